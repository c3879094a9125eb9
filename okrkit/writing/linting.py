"""Comments on how OKRs are written, each with what to write instead."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import KeyResult, Objective
from okrkit.okr.reading import HEAD
from okrkit.writing.comments import Comment, Comments, Finding, SentenceKind, make_finding
from okrkit.writing.finders import FINDERS, Finder
from okrkit.writing.frames import deadline, target, topic
from okrkit.writing.reading import Spoken, read_sentence
from okrkit.writing.rules import Rule, writing_rules
from okrkit.writing.sentences import Span
from okrkit.writing.sets import Limits, count_finding, repeated, set_findings


def lint(okrs: Gatherable, lang: Spoken = "auto", limits: Limits = Limits()) -> Comments:  # noqa: B008  (a value)
    """Comment on how OKRs are written: on each sentence, and on what they lack as a whole.

    Args:
        okrs: An objective, several, or a plan.
        lang: Their language; ``auto`` finds out, sentence by sentence.
        limits: How many objectives and key results are advised; sources disagree.

    Returns:
        One entry for each objective and key result, in their order, with its findings:
        few, and each with what to write instead.

    Raises:
        ContentError: If something else than objectives is among them.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> okrs = parse_okrs("O: 단골이 친구를 데려오는 카페가 된다" + chr(10) + "KR: 앱을 출시한다")
        >>> [found.rule for found in lint(okrs)[1].findings]
        ['task']
    """
    objectives = objectives_of(okrs)
    comments: list[Comment] = []
    for objective in objectives:
        timed = getattr(okrs, "cycle", None) or getattr(objective, "cycle", None)
        said = [_comment(each, "key_result", lang, timed=bool(timed)) for each in objective.key_results]
        same = repeated(said)
        said = [_more(each, [same[n]] if n in same else []) for n, each in enumerate(said)]
        head = _comment(objective, "objective", lang)
        comments += [_more(head, set_findings(objective, said, limits)), *said]
    if comments:
        whole = (0, len(comments[0].text))
        comments[0] = _more(
            comments[0], count_finding("objective-count", len(objectives), limits.objectives, whole)
        )
    return Comments(tuple(comments))


def lint_lines(lines: Sequence[str], kind: SentenceKind, lang: Spoken = "auto") -> Comments:
    """Comment on sentences, one a line; empty lines are passed over, and so is a typed ``KR:``.

    Args:
        lines: The lines, the first of which is line 1.
        kind: What each of them is.
        lang: Their language; ``auto`` finds out, sentence by sentence.

    Example:
        >>> lint_lines(["", "6월까지 재방문율 20%에서 35%로"], "key_result")[0].line
        2
    """
    said = ((number, _headless(line.strip())) for number, line in enumerate(lines, start=1))
    return Comments(
        tuple(Comment(number, kind, text, lint_sentence(text, kind, lang)) for number, text in said if text)
    )


def lint_sentence(text: str, kind: SentenceKind, lang: Spoken = "auto") -> tuple[Finding, ...]:
    """Comment on one sentence.

    Args:
        text: The sentence; of a longer one the first 1,000 characters are read.
        kind: ``objective`` or ``key_result``.
        lang: Its language; ``auto`` finds out.

    Returns:
        The findings in the order of the rules, of each group of rules at most one.

    Example:
        >>> [found.rule for found in lint_sentence("Launch the app by June", "key_result")]
        ['task']
    """
    reading = read_sentence(text, lang)
    spans: dict[str, tuple[Rule, Span]] = {}
    for rule, find in _rules_about(kind):
        if rule.group in spans or ("core" in spans and rule.severity == "info"):
            continue  # polish can wait until the sentence says something measurable
        if span := find(reading):
            spans[rule.group] = rule, span
    if not spans:
        return ()
    own: dict[str, object] = {"topic": topic(reading), "when": deadline(reading)}
    findings = []
    for rule, span in spans.values():
        own["words"] = words = reading.text[slice(*span)].strip(" .!")
        if "{target}" in rule.instead.en:
            own["target"] = target(words, reading, span)
        findings.append(make_finding(rule, span, **own))
    return tuple(findings)


@cache
def _rules_about(kind: SentenceKind) -> tuple[tuple[Rule, Finder], ...]:
    return tuple((rule, FINDERS[rule.code]) for rule in writing_rules() if kind in rule.about)


def _headless(line: str) -> str:
    head = HEAD.match(line)
    return line[head.start("text") :] if head else line


def _comment(said: Objective | KeyResult, kind: SentenceKind, lang: Spoken, timed: bool = False) -> Comment:
    """Comment on a sentence; inside a cycle its end is the deadline."""
    text = " ".join(said.text.split())
    findings = lint_sentence(text, kind, lang)
    known = {"no-deadline"} if timed else set()
    known |= {"no-baseline"} if getattr(said, "measure", None) else set()
    return Comment(said.line, kind, text, tuple(found for found in findings if found.rule not in known))


def _more(comment: Comment, findings: Iterable[Finding]) -> Comment:
    return replace(comment, findings=(*comment.findings, *findings))
