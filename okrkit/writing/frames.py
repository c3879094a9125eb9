"""What a suggestion is made of: the sentence's own subject and deadline."""

import re

from okrkit.text import Text
from okrkit.writing.grammar import grammar
from okrkit.writing.sentences import Reading, Span

_SOME_DAY = Text("[기한]", "[date]")
_REST_OF_WORD = re.compile(r"[^\s,;:()]{0,12}")


def deadline(reading: Reading) -> Text:
    """Return the sentence's own deadline, or a blank to fill."""
    if reading.when is None:
        return _SOME_DAY
    said = reading.text[slice(*reading.when)]
    own = re.sub(
        r"^(?:by|before|until|in|within|during|at)\s|\s?(?:내|안|중)?(?:에|까지)?[.!]?$", "", said, flags=re.I
    )
    return Text(own, own) if own else _SOME_DAY


def target(words: str, reading: Reading, span: Span) -> Text:
    """Return the number in some words, with its unit; of an amount of change (by 5%) a blank to fill."""
    if grammar(reading.lang).patterns["amount"].search(reading.text, max(span[0] - 3, 0), span[1] + 8):
        return Text("[목표값]", "[target value]")
    found = grammar(reading.lang).measures["count"].search(words.lower())
    number = words[slice(*found.span())].strip() if found else words
    return Text(number, number)


def topic(reading: Reading) -> Text:
    """Return what a sentence is about: its words without numbers, dates, and the verb of doing.

    Example:
        >>> from okrkit.writing.reading import read_sentence
        >>> topic(read_sentence("블로그 글 10편 발행")).ko
        '블로그 글'
        >>> topic(read_sentence("Ship the new menu by June")).en
        'menu'
    """
    spans = [measure.span for measure in reading.measures]
    spans += [span for span in (reading.task, reading.deliverable, reading.wish, reading.when) if span]
    kept = reading.text
    for start, end in spans:
        rest = _REST_OF_WORD.match(reading.text, end)
        behind = rest.end() if rest else end
        kept = kept[:start] + " " * (behind - start) + kept[behind:]
    own, patterns = " ".join(kept.split()), grammar(reading.lang).patterns
    head = patterns["head"].match(own)
    own = own[head.end() :] if head else own
    tail = patterns["tail"].search(own, max(len(own) - 40, 0))  # no more is ever cut: looking is not free
    own = own[: tail.start()] if tail else own
    return Text(own, own) if own else Text("이것", "this")
