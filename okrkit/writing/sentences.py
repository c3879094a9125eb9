"""What a sentence says: its numbers that measure something, and what its verb does.

The rules ask a ``Reading``; how it is found out differs by language (``english``,
``korean``).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from okrkit.files import read_yaml
from okrkit.text import Language

Span = tuple[int, int]
"""Where words stand in a sentence: from the first character to behind the last."""

Measured = Literal["change", "share", "bound", "percent", "time", "words", "count"]
"""What a number tells: a change (from, to), a share (one in ten), a bound (under 5), a
percentage, a duration, a number written out (half), or just how many."""

LONGEST = 1_000
"""So many characters of a sentence are read; no key result is longer and still understood."""

_WIDTHS = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: " ", 0x00A0: " ", 0x2212: "-"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that measures something, unlike a date, an ordinal or a version.

    Args:
        kind: What it tells.
        span: Where it stands.
    """

    kind: Measured
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found in a sentence.

    Args:
        text: The sentence; every span counts its characters.
        lang: The language it was read in.
        words: Its words in lower case, without Korean particles and endings, each with its span.
        measures: Its numbers that measure something.
        task: Where it says what is done, and not what comes of it.
        deliverable: Where it names something that is either done or not.
        output: Where it counts what is made, such as ``10 blog posts``.
        wish: Where it wishes for change: ``improve``, ``significantly``.
        when: Where it says by when.
        quality: Whether it says what will be better, and for whom: ``a clinic patients trust``.
    """

    text: str
    lang: Language
    words: tuple[tuple[str, Span], ...]
    measures: tuple[Measure, ...] = ()
    task: Span | None = None
    deliverable: Span | None = None
    output: Span | None = None
    wish: Span | None = None
    when: Span | None = None
    quality: bool = False

    @property
    def whole(self) -> Span:
        """The whole sentence."""
        return 0, len(self.text)

    @property
    def kinds(self) -> frozenset[Measured]:
        """What its numbers tell."""
        return frozenset(measure.kind for measure in self.measures)

    def find(self, name: str) -> Span | None:
        """Return where the first word of a class stands, if there is one."""
        known = words_of(self.lang)[name]
        return next((span for word, span in self.words if word in known), None)


def read_sentence(text: str, lang: Language | Literal["auto"] = "auto") -> Reading:
    """Find out what a sentence says.

    Args:
        text: One sentence, of which the first ``LONGEST`` characters are read.
        lang: Its language; ``auto`` finds out.

    Example:
        >>> reading = read_sentence("블로그 글 10편 발행")
        >>> reading.text[slice(*reading.task)]
        '발행'
    """
    from okrkit.writing import english, korean

    plain = unicodedata.normalize("NFC", text)[:LONGEST].translate(_WIDTHS)
    chosen = language_of(plain) if lang == "auto" else lang
    return (korean if chosen == "ko" else english).read(plain)


def language_of(text: str) -> Language:
    """Return ``ko`` if a text has Hangul and not over three times as many Latin words, else ``en``.

    Example:
        >>> language_of("DAU 50만에서 100만으로"), language_of("Reach 70 % of Korea")
        ('ko', 'en')
    """
    hangul, latin = len(re.findall(r"[가-힣ㄱ-ㅣ]+", text)), len(re.findall(r"[A-Za-z]{2,}", text))
    return "ko" if hangul and hangul * 3 >= latin else "en"


@cache
def words_of(lang: Language) -> Mapping[str, frozenset[str]]:
    """Return the classes of words in ``words.yaml``, by name."""
    shape = dict[Language, dict[str, str]]
    classes = read_yaml(Path(__file__).with_name("words.yaml"), shape).value[lang]
    return {name: frozenset(words.split()) for name, words in classes.items()}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of these words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def find_measures(text: str, patterns: Mapping[Measured, re.Pattern[str]]) -> tuple[Measure, ...]:
    """Return the numbers that the patterns find, each once: the pattern named first takes it."""
    measures: list[Measure] = []
    for kind, pattern in patterns.items():

        def take(found: re.Match[str], kind: Measured = kind) -> str:
            measures.append(Measure(kind, found.span()))
            return " " * len(found[0])

        text = pattern.sub(take, text)
    return tuple(sorted(measures, key=lambda measure: measure.span))


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """Blank out what a pattern finds; every other character keeps its place."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


def lowered(text: str) -> str:
    """Return a text in lower case, every character in its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_LOWER)


_LOWER = {ord("A") + n: ord("a") + n for n in range(26)}


def rising(words: str) -> bool:
    """Tell whether the second number of ``4 → 9`` is the larger one."""
    numbers = [float(each.replace(",", "")) for each in re.findall(r"\d[\d,]{0,15}(?:\.\d{1,9})?", words)]
    return len(numbers) > 1 and numbers[-1] > numbers[0]
