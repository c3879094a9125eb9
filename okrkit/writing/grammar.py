"""How the sentences of a language are read, as data: ``english.yaml``, ``korean.yaml``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Literal

from okrkit.files import read_yaml
from okrkit.text import Language

Measured = Literal["change", "share", "bound", "percent", "time", "words", "count"]
"""What a number tells: a change (from, to), a share (one in ten), a bound (under 5), a
percentage, a duration, a number written out (half), or just how many."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the rules know of a language.

    Args:
        words: Classes of words, by name; English nouns and verbs with their other forms.
        patterns: What to look for in a sentence, by name.
        measures: What each kind of number looks like, in the order in which they are tried.
        measure: All of these in one, a named group each.
    """

    words: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    measures: Mapping[Measured, re.Pattern[str]]
    measure: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    words: dict[str, str]
    parts: dict[str, list[str]]
    patterns: dict[str, list[str]]
    measures: dict[Measured, list[str]]


@cache
def grammar(lang: Language) -> Grammar:
    """Return how sentences of a language are read."""
    name = {"en": "english", "ko": "korean"}[lang]
    file = read_yaml(Path(__file__).with_name(f"{name}.yaml"), _File).value
    words = {name: frozenset(listed.split()) for name, listed in file.words.items()}
    if lang == "en":
        words = {name: _with_forms(name, listed) for name, listed in words.items()}

    def compiled(alternatives: Iterable[str]) -> re.Pattern[str]:
        pattern = "|".join(alternatives)
        while named := re.search(r"<([a-z_]+)>", pattern):
            name = named[1]
            pattern = pattern.replace(
                named[0], "|".join(file.parts[name]) if name in file.parts else any_of(words[name])
            )
        return re.compile(pattern)

    measures = {kind: compiled(alternatives) for kind, alternatives in file.measures.items()}
    return Grammar(
        words,
        {name: compiled(alternatives) for name, alternatives in file.patterns.items()},
        measures,
        re.compile("|".join(f"(?P<{kind}>{pattern.pattern})" for kind, pattern in measures.items())),
    )


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of these words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def _with_forms(name: str, base: frozenset[str]) -> frozenset[str]:
    """Return a class of nouns with their plurals, or of verbs with their -s and -ing forms."""
    if not name.endswith(("_nouns", "_verbs")):
        return base
    made = {word + "s" for word in base} | {word + "es" for word in base if word[-1] in "shxz"}
    made |= {word[:-1] + "ies" for word in base if word.endswith("y")}
    if name.endswith("_verbs"):
        made |= {word.removesuffix("e") + "ing" for word in base} | {word + word[-1] + "ing" for word in base}
    return base | made
