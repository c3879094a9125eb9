"""What a suggestion is made of: the sentence's own subject and deadline."""

import re

from okrkit.text import Text
from okrkit.writing.sentences import Reading

_REST_OF_WORD = re.compile(r"[^\s,;:()]{0,12}")
_EDGES = {
    "ko": re.compile(
        r"^(?:\W|(?:현재|약|월|주|총|최소|매주|매월)\s)+|(?:\W|(?<=[가-힣A-Za-z])(?:을|를|은|는|이|가|의|으로|로|까지|에서|과|와)(?=\W|$)|\s(?:달성|확보|도달|및|약|월|주|총|최소|현재|연|매주|매월)(?=\W|$))+$"
    ),
    "en": re.compile(
        r"^(?:\W|\b(?:an?|the|our|we|to|by|from|of|at|least|over|all|new|and|is|are|per|up|out)\b)+"
        r"|(?:\W|\b(?:an?|the|our|to|by|from|of|at|in|on|for|with|and|least|is|are|than|per|up|down|or|until|before)\b)+$",
        re.IGNORECASE,
    ),
}


def deadline(reading: Reading) -> Text:
    """Return the sentence's own deadline, or a blank to fill."""
    said = reading.text[slice(*reading.when)] if reading.when else ""
    own = re.sub(r"^(?:by|before|until|in|within|during|at)\s", "", said, flags=re.IGNORECASE).strip()
    return Text(own, own) if own else Text("[기한]", "[date]")


def topic(reading: Reading) -> Text:
    """Return what a sentence is about: its words without numbers, dates, and the verb of doing.

    Example:
        >>> from okrkit.writing.sentences import read_sentence
        >>> topic(read_sentence("블로그 글 10편 발행")).ko, topic(read_sentence("Ship the new menu by June")).en
        ('블로그 글', 'new menu')
    """
    spans = [measure.span for measure in reading.measures]
    spans += [span for span in (reading.task, reading.deliverable, reading.wish, reading.when) if span]
    kept = reading.text
    for start, end in spans:
        rest = _REST_OF_WORD.match(reading.text, end)
        behind = rest.end() if rest else end
        kept = kept[:start] + " " * (behind - start) + kept[behind:]
    own = _EDGES[reading.lang].sub("", " ".join(kept.split()))
    return Text(own, own) if own else Text("이것", "this")
