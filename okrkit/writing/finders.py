"""Where a sentence breaks a rule: one short function for each rule."""

from collections.abc import Callable, Mapping

from okrkit.writing.grammar import grammar
from okrkit.writing.sentences import Reading, Span

Finder = Callable[[Reading], Span | None]


def _search(name: str) -> Finder:
    return lambda reading: reading.search(name)


def _vague(reading: Reading) -> Span | None:
    return None if reading.measures else reading.wish


def _no_number(reading: Reading) -> Span | None:
    return None if reading.measures else reading.whole


def _number_only(reading: Reading) -> Span | None:
    plain = not reading.quality and len(reading.words) <= 10
    return reading.measures[0].span if reading.measures and plain else None


def _objective_task(reading: Reading) -> Span | None:
    short = reading.lang == "en" or len(reading.words) <= 7  # a long Korean aim ends in a verb of doing, too
    done = (
        reading.deliverable if reading.lang == "ko" else None
    )  # in English `live` and `complete` are adjectives, too
    return None if reading.quality or not short else reading.task or done


def _business_as_usual(reading: Reading) -> Span | None:
    return None if reading.quality or len(reading.words) > 9 else reading.find("bau")


def _no_direction(reading: Reading) -> Span | None:
    known, count = grammar(reading.lang).words["vague"], len(reading.words)
    telling = sum(word not in known for word, _ in reading.words)
    if not telling and count <= 2:
        return reading.whole
    empty = not telling or count <= 2 or (telling * 3 <= count + 0.1 and count <= 7)
    return reading.whole if empty and not reading.quality else None


def _no_baseline(reading: Reading) -> Span | None:
    if not reading.measures or reading.kinds & {"change", "share", "words"} or reading.search("kept_up"):
        return None
    return reading.measures[0].span


def _no_deadline(reading: Reading) -> Span | None:
    return None if reading.when else reading.whole


def _several(reading: Reading) -> Span | None:
    told = [each for each in reading.measures if each.kind in {"change", "percent", "share"}]
    if len(told) < 3 or len(grammar(reading.lang).patterns["and"].findall(reading.text)) < 2:
        return None
    return told[0].span[0], told[-1].span[1]


def _too_long(reading: Reading) -> Span | None:
    return reading.whole if len(reading.text) > 200 else None


def _too_short(reading: Reading) -> Span | None:
    return reading.whole if len(reading.text.split()) < 3 else None


FINDERS: Mapping[str, Finder] = {
    "placeholder": _search("blank"),
    "task": lambda reading: reading.task,
    "deliverable": lambda reading: reading.deliverable,
    "output": lambda reading: reading.output,
    "vague": _vague,
    "no-number": _no_number,
    "number-only": _number_only,
    "objective-task": _objective_task,
    "business-as-usual": _business_as_usual,
    "no-direction": _no_direction,
    "no-baseline": _no_baseline,
    "no-deadline": _no_deadline,
    "percent-points": _search("by_percent"),
    "vanity": _search("vanity"),
    "several": _several,
    "too-long": _too_long,
    "too-short": _too_short,
    "jargon": lambda reading: reading.find("jargon"),
}
"""By the code of the rule; rules about sets look at whole objectives (``sets``)."""
