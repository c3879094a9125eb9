"""Reading an English sentence: which numbers measure something, and what its verb does."""

import re
from collections.abc import Sequence
from itertools import takewhile

from okrkit.writing.grammar import grammar
from okrkit.writing.sentences import Reading, Span, Word, blank, find_measures, span_of

_LOWER = {ord("A") + n: ord("a") + n for n in range(26)}


def read(text: str) -> Reading:
    """Find out what an English sentence says; see ``reading.read_sentence``."""
    known, lower = grammar("en"), _lowered(text)
    words = tuple((found[0], found.span()) for found in known.patterns["word"].finditer(lower))
    plain = blank(lower, known.patterns["no_measure"]) if known.patterns["numbers"].search(lower) else ""
    measures = find_measures(plain, known)
    bare = Reading(text=lower, lang="en", words=words, measures=measures)
    verb, output = _verb(text, bare), _output(text, plain, bare)
    return Reading(
        text=text,
        lang="en",
        words=words,
        measures=measures,
        task=None if verb is None or _has_result(bare, verb, output) else verb,
        deliverable=_deliverable(bare, output) if verb is None else None,
        output=output,
        wish=bare.find("change_verbs") or bare.search("wish"),
        when=_when(lower),
        quality=bool(bare.search("quality") or bare.find("vivid")),
    )


def _lowered(text: str) -> str:
    """Return a text in lower case, every character in its place (of ``İ`` Python makes two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_LOWER)


def _is(name: str, word: str) -> bool:
    return word in grammar("en").words[name]


def _verb(text: str, reading: Reading) -> Span | None:
    """Return the verb at the head of the sentence, if it says what is done."""
    rest = [each for each in reading.words[:8] if not _is("fillers", each[0]) and not each[0].endswith("ly")]
    if len(rest) < 2 or _is("change_verbs", rest[0][0]) or _is("weak_verbs", rest[0][0]):
        return None
    head, span = rest[0]
    patterns = grammar("en").patterns
    counts = patterns["counted_object"].match(reading.text, span[1])
    if counts and _is("winning_verbs", head):
        return None
    if _is("output_verbs", head) or _is("binary_verbs", head):
        has_object = counts or patterns["object"].match(reading.text, span[1])
        whole = span[0], patterns["verb_end"].match(reading.text, span[1]).end()  # type: ignore[union-attr]
        return whole if has_object or not _is_noun(text, rest) else None
    # An imperative that no list holds: a plain word at the start, before a count.
    plain = (
        head.isalpha() and not head.endswith(("s", "ed", "ing", "er")) and not text[slice(*span)].isupper()
    )
    noun = _is("metric_nouns", head) or _is("stops", head) or reading.kinds != {"count"}
    return span if counts and plain and not noun and rest[0] == reading.words[0] else None


def _is_noun(text: str, words: Sequence[Word]) -> bool:
    """Tell the noun in ``Release frequency`` and ``Share of pupils`` from the verb in ``Release the app``."""
    (head, span), following = words[0], _phrase(words[1:4])
    of_something = head.endswith("s") or (_is("metric_nouns", head) and text.startswith(" of ", span[1]))
    return (
        of_something
        or "-" in text[span[0] : span[1] + 1]
        or any(_is("metric_nouns", word) for word, _ in following)
    )


def _phrase(words: Sequence[Word]) -> list[Word]:
    """Return the words up to the first that no compound noun holds, such as ``of`` or ``why``."""
    return list(takewhile(lambda each: not _is("stops", each[0]), words))


def _has_result(reading: Reading, verb: Span, output: Span | None) -> bool:
    """Tell whether a measured result follows the task: ``launch a page that has 12% conversion``."""
    patterns, text = grammar("en").patterns, reading.text
    if "percent" in reading.kinds and patterns["service"].search(text):
        return True
    behind = patterns["result"].search(text, verb[1])
    counted = output or (0, 0)
    for measure in reading.measures:
        start, said = measure.span[0], text[slice(*measure.span)]
        if not behind or start < behind.start() or counted[0] <= start < counted[1]:
            continue
        before = [word for word, span in reading.words if span[1] <= start][-3:]
        low = (
            measure.kind == "bound" and patterns["limit"].search(said) and not patterns["money"].search(said)
        )
        share = measure.kind in {"percent", "change", "share"} and not said.startswith("100")
        if share or low or any(_is("outcome_verbs", word) for word in before):
            return True
    return False


def _deliverable(reading: Reading, output: Span | None) -> Span | None:
    """Return what is done or not: ``new CRM rolled out``, ``migration 100% complete``."""
    patterns, kinds = grammar("en").patterns, reading.kinds
    done = patterns["done"].search(reading.text)
    if not done or kinds & {"change", "time"}:
        return None
    of_work = patterns["work_done"].fullmatch(done[0]) or reading.search("full")
    people = patterns["people"].search(reading.text, 0, done.start())
    if kinds and (people or (kinds & {"share", "percent"} and not of_work)):
        return None
    before = [word for word, span in reading.words if span[1] <= done.start()][-2:]
    came = kinds == {"count"} and not output and any(_is("people_nouns", word) for word in before)
    return None if came else done.span()


def _output(text: str, plain: str, reading: Reading) -> Span | None:
    """Return a count of what is made: ``10 blog posts``, ``number of workshops from 4 to 9``."""
    kinds, patterns = reading.kinds, grammar("en").patterns
    if "change" in kinds:
        return _more_output(reading)
    if not kinds or kinds & {"share", "percent", "words"} or patterns["limit"].search(plain):
        return None
    if made := _counted(reading) or _made(reading, plain):
        return made
    told = any(reading.find(name) for name in ("people_nouns", "metric_nouns", "change_verbs"))
    alone = kinds == {"count"} and not told and not patterns["worth"].search(text)
    return reading.measures[0].span if alone else None


def _counted(reading: Reading) -> Span | None:
    """Return a number with what was made right behind it."""
    for measure in reading.measures:
        near = [each for each in reading.words if 0 <= each[1][0] - measure.span[1] <= 30][:4]
        for word, span in _phrase(near):
            if _is("output_nouns", word):
                return measure.span[0], span[1]
            if _is("people_nouns", word) and (word.endswith("s") or word == "people"):
                break  # `40 customers on a call`; in `40 customer calls` the word says of which kind
    return None


def _made(reading: Reading, plain: str) -> Span | None:
    """Return the thing made that a noun phrase is about: ``Poster campaign in 40 bus shelters``."""
    phrase = [
        each for each in _phrase(reading.words[:6]) if re.fullmatch(r"[\w\s/&'-]*", plain[: each[1][1]])
    ]
    return (phrase[0][1][0], phrase[-1][1][1]) if phrase and _is("output_nouns", phrase[-1][0]) else None


def _more_output(reading: Reading) -> Span | None:
    """Return the things of which more are to be made, if a change lets their number rise."""
    change = next(each.span for each in reading.measures if each.kind == "change")
    numbers = re.findall(r"\d[\d,]{0,15}(?:\.\d{1,9})?", reading.text[slice(*change)])
    if len(numbers) < 2 or float(numbers[-1].replace(",", "")) <= float(numbers[0].replace(",", "")):
        return None
    for found in grammar("en").patterns["counted"].finditer(reading.text):
        for n, word in enumerate(found.groups(""), start=1):
            if _is("output_nouns", word):
                return found.start(), found.end(n)
    return None


def _when(lower: str) -> Span | None:
    """Return where a date stands, with the words before it: ``by the end of June``."""
    patterns = grammar("en").patterns
    for date in patterns["date"].finditer(lower):
        begin = max(date.start() - 40, 0)
        before = patterns["until"].search(lower[begin : date.start()])
        month = _is("months", date[0][:3]) and date[0] != "may"
        if before or month or any(each.isdigit() for each in date[0]):
            return begin + before.start() if before else date.start(), date.end()
    return span_of(patterns["within"].search(lower))
