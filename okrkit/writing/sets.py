"""Rules about objectives as a whole: how many, which kinds, and what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from okrkit.okr.model import Keep, Metric, Objective
from okrkit.text import Text
from okrkit.writing.comments import Comment, Finding, make_finding
from okrkit.writing.frames import topic
from okrkit.writing.reading import read_sentence
from okrkit.writing.rules import rule

_ACTIVITY = frozenset({"task", "deliverable", "output"})
_THAT_ONE = Text("핵심 결과 {n}번과", "key result {n}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many are advised; sources disagree, so these are yours to set.

    Args:
        objectives: Fewest and most objectives; 1-5 takes in what Google (5), Microsoft (3-5)
            and GitLab (at most 3) advise.
        key_results: Fewest and most key results of an objective; Castro advises 2-5.
    """

    objectives: tuple[int, int] = (1, 5)
    key_results: tuple[int, int] = (2, 5)


def count_finding(
    code: str, number: int, limits: tuple[int, int], span: tuple[int, int]
) -> Iterator[Finding]:
    """Comment on a number outside what is advised."""
    low, high = limits
    if not low <= number <= high:
        yield make_finding(rule(code), span, n=number, low=low, high=high)


def set_findings(objective: Objective, key_results: Sequence[Comment], limits: Limits) -> Iterator[Finding]:
    """Comment on an objective together with its key results.

    Args:
        objective: The objective.
        key_results: What was found about each of its key results, in their order.
        limits: How many are advised.
    """
    whole = (0, len(objective.text))
    yield from count_finding("key-result-count", len(key_results), limits.key_results, whole)
    if len(key_results) > 1 and all(_codes(each) & _ACTIVITY for each in key_results):
        yield make_finding(rule("all-activity"), whole)
    if len(key_results) > 1 and all(_has(each, "lagging") for each in key_results):
        yield make_finding(rule("all-lagging"), whole)
    guarded = objective.health or any(isinstance(each.measure, Keep) for each in objective.key_results)
    if any(_grows(each) for each in objective.key_results) and not guarded:
        yield make_finding(rule("no-health"), whole)
    sure = {each.check_ins[-1].confidence for each in objective.key_results if each.check_ins}
    if len(objective.key_results) > 2 and len(sure) == 1 and None not in sure:
        yield make_finding(rule("same-confidence"), whole, n=f"{sure.pop():g}")


def repeated(key_results: Sequence[Comment]) -> dict[int, Finding]:
    """Return, by position, the key results that measure the same as an earlier one.

    Two are alike if two in three of the words that say what they are about are the same.
    """
    found: dict[int, Finding] = {}
    words = [frozenset(topic(read_sentence(each.text)).ko.split()) for each in key_results]
    for (i, first), (j, second) in combinations(enumerate(words), 2):
        if len(first & second) * 3 >= len(first | second) * 2 and first and j not in found:
            span = (0, len(key_results[j].text))
            found[j] = make_finding(rule("repeated"), span, line=_THAT_ONE.fill(n=i + 1))
    return found


def _codes(comment: Comment) -> set[str]:
    return {found.rule for found in comment.findings}


def _has(comment: Comment, name: str) -> bool:
    return read_sentence(comment.text).find(name) is not None


def _grows(key_result: object) -> bool:
    measure = getattr(key_result, "measure", None)
    return isinstance(measure, Metric) and measure.target > measure.baseline
