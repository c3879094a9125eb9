"""The writing rules: one table, ``rules.yaml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Literal

from okrkit.files import read_yaml
from okrkit.text import Text, language

About = Literal["key_result", "objective", "set"]
Severity = Literal["error", "warning", "info"]
_STRICT: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences in both languages; unlike a ``Text``, they do not translate each other.

    Args:
        ko: In Korean.
        en: In English.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    ko: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of writing.

    Args:
        code: Its permanent name.
        about: What it looks at: key results, objectives, or a set of them.
        severity: How much it matters; ``info`` is for whoever wants to polish.
        group: Of the rules of one group only the first that finds something speaks.
        source: Who states it, or ``통설``: common teaching, no source found.
        title: Its name, as shown.
        why: Why it matters.
        says: The comment, with the words it is about at ``{words}``.
        instead: A frame to fill, made of the sentence itself.
        frame: What ``instead`` may stand in place of, the sentence or the words it is about;
            None if it is advice.
        flagged: Sentences it must find.
        passes: Sentences it must leave alone.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    code: str
    about: tuple[About, ...]
    severity: Severity
    group: str
    source: str
    title: Text
    why: Text
    says: Text
    instead: Text
    frame: Literal["sentence", "words"] | None = None
    flagged: Examples = Examples()
    passes: Examples = Examples()


@dataclass(frozen=True, slots=True)
class _Table:
    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    rules: tuple[Rule, ...]


class Rules(tuple[Rule, ...]):
    """The rules; printed as a catalogue, in the language in force."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n\n".join(map(_entry, self))


def _entry(rule: Rule) -> str:
    """Return a rule as it stands in the catalogue."""
    lines = [f"{rule.code} · {rule.title} ({rule.severity})", f"  {rule.why}", f"  → {rule.instead}"]
    for mark, examples in (("✗", rule.flagged), ("✓", rule.passes)):
        lines += [f"  {mark} {text}" for text in (examples.en if language() == "en" else examples.ko)]
    return "\n".join([*lines, f"  {_SOURCE}: {rule.source}"])


_SOURCE = Text("출처", "Source")


@cache
def writing_rules() -> Rules:
    """Return every rule of writing, in the order in which they are tried.

    Example:
        >>> writing_rules()[0].code
        'placeholder'
    """
    return Rules(read_yaml(Path(__file__).with_name("rules.yaml"), _Table).value.rules)


def rule(code: str) -> Rule:
    """Return the rule of this code.

    Raises:
        KeyError: If there is none.
    """
    return _by_code()[code]


@cache
def _by_code() -> dict[str, Rule]:
    return {each.code: each for each in writing_rules()}
