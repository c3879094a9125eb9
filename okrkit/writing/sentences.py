"""What a sentence says: its numbers that measure something, and what its verb does."""

import re
from dataclasses import dataclass

from okrkit.text import Language
from okrkit.writing.grammar import Grammar, Measured, grammar

Span = tuple[int, int]
"""Where words stand in a sentence: from the first character to behind the last."""

Word = tuple[str, Span]


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
    words: tuple[Word, ...]
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
        known = grammar(self.lang).words[name]
        return next((span for word, span in self.words if word in known), None)

    def search(self, name: str) -> Span | None:
        """Return where a pattern of the language is first found in the sentence, if it is."""
        return span_of(grammar(self.lang).patterns[name].search(self.text))


def span_of(found: re.Match[str] | None) -> Span | None:
    """Return where something was found, if it was."""
    return found.span() if found else None


def find_measures(text: str, known: Grammar) -> tuple[Measure, ...]:
    """Return the numbers in a text, each once: of the kinds the one that is tried first takes it.

    Patterns are tried only where a number, or a word that leads to one, begins, and all
    at once: that is several times as fast as looking for each of them everywhere.
    """
    order: list[Measured] = list(known.measures)
    begins = (known.measure.match(text, start.start()) for start in known.patterns["starts"].finditer(text))
    waiting = sorted((order.index(found.lastgroup), found.span()) for found in begins if found)  # type: ignore[arg-type]
    measures: list[Measure] = []
    while waiting:
        rank, (start, end) = waiting.pop(0)
        taken = [each.span for each in measures if each.span[0] < end and start < each.span[1]]
        if not taken:
            measures.append(Measure(order[rank], (start, end)))
        elif all(start < begin for begin, _ in taken):  # a shorter one of a later kind may still fit
            later = ((n, known.measures[order[n]].match(text, start)) for n in range(rank + 1, len(order)))
            waiting = sorted(waiting + [(n, found.span()) for n, found in later if found][:1])
    return tuple(sorted(measures, key=lambda measure: measure.span))


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """Blank out what a pattern finds; every other character keeps its place."""
    return pattern.sub(lambda found: " " * len(found[0]), text)
