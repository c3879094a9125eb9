"""What there is to say about sentences: findings, and how they are shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

from okrkit.text import Text
from okrkit.writing.rules import Rule, Severity
from okrkit.writing.sentences import Span

SentenceKind = Literal["objective", "key_result"]

_KINDS = {"objective": Text("목표", "Objective"), "key_result": Text("핵심 결과", "Key result")}
_MARKS: dict[Severity, str] = {"error": "×", "warning": "!", "info": "·"}
_QUIET = Text("고칠 곳을 찾지 못했습니다.", "Nothing to mend was found.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One comment.

    Args:
        rule: Code of the rule.
        severity: How much it matters.
        message: What was seen.
        suggestion: What to write instead: a frame made of the sentence itself, never an invented number.
        span: The characters of the sentence it is about: from the first to behind the last.
        source: Who states the rule.
    """

    rule: str
    severity: Severity
    message: Text
    suggestion: Text
    span: Span
    source: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A sentence that was read, and the findings about it.

    Args:
        line: Line it stands on, counted from 1; None if it came from no text.
        kind: Objective or key result.
        text: The sentence.
        findings: In the order of the rules; empty where there is nothing to say.
    """

    line: int | None
    kind: SentenceKind
    text: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Comments(Sequence[Comment]):
    """The sentences that were read, each with its findings; printed as lines to read.

    Args:
        sentences: In the order read.
    """

    sentences: tuple[Comment, ...]

    @overload
    def __getitem__(self, index: int) -> Comment: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Comment, ...]: ...
    def __getitem__(self, index: int | slice) -> Comment | tuple[Comment, ...]:
        return self.sentences[index]

    def __len__(self) -> int:
        return len(self.sentences)

    def __iter__(self) -> Iterator[Comment]:
        return iter(self.sentences)

    def __repr__(self) -> str:
        return "\n".join(_lines(self.sentences)) or str(_QUIET)

    @property
    def serious(self) -> bool:
        """Whether there is a finding above ``info``."""
        return any(found.severity != "info" for each in self for found in each.findings)


def make_finding(rule: Rule, span: Span, **filled: object) -> Finding:
    """Return what a rule has to say about some words."""
    return Finding(
        rule.code, rule.severity, rule.says.fill(**filled), rule.instead.fill(**filled), span, rule.source
    )


def to_entries(comments: Iterable[Comment]) -> list[dict[str, Any]]:
    """Return plain data, in the shape that ``okrkit lint --format json`` prints."""
    return [
        {
            "line": each.line,
            "kind": each.kind,
            "text": each.text,
            "findings": [
                {
                    "rule": found.rule,
                    "severity": found.severity,
                    "message": str(found.message),
                    "suggestion": str(found.suggestion),
                    "span": list(found.span),
                    "source": found.source,
                }
                for found in each.findings
            ],
        }
        for each in comments
    ]


def _lines(comments: Iterable[Comment]) -> Iterator[str]:
    for each in comments:
        if each.findings:
            where = Text("{line}행 ", "line {line}, ").fill(line=each.line) if each.line else ""
            yield f"{where}{_KINDS[each.kind]}: {each.text}"
        for found in each.findings:
            yield f"  {_MARKS[found.severity]} {found.message} [{found.rule}]"
            yield f"    → {found.suggestion}"
