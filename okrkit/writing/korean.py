"""Reading a Korean sentence: which numbers measure something, and what its predicate does.

A predicate is looked at whole: ``출시한다`` and ``출시하기`` are the task ``출시``, while
``출시 후 30일 잔존율`` and ``완료율`` are no tasks at all.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from okrkit.writing.grammar import Measured, any_of, grammar
from okrkit.writing.sentences import Reading, Span, Word, blank, find_measures, span_of


def read(text: str) -> Reading:
    """Find out what a Korean sentence says; see ``reading.read_sentence``."""
    known = grammar("ko")
    said = tuple((found[0], found.span()) for found in known.patterns["word"].finditer(text))
    plain = blank(text, known.patterns["no_measure"])
    measures = find_measures(plain, known)
    kinds = frozenset(each.kind for each in measures)

    def search(name: str) -> Span | None:
        return span_of(known.patterns[name].search(text))

    output = _output(plain, kinds)
    work = search("work_done") if "change" not in kinds else None
    aside = known.patterns["aside"].search(text) if "(" in text else None
    task, deliverable = _predicate(said, aside.start() if aside else len(text))
    told = kinds & {"percent", "bound"} and search("metric") and not search("full") and not output
    won = "count" in kinds and search("won")
    result = (
        kinds & {"change", "share"}
        or (told and not work)
        or won
        or (search("service") and not search("full"))
    )
    words = tuple((stem(word), span) for word, span in said)
    return Reading(
        text=text,
        lang="ko",
        words=words,
        measures=measures,
        task=None if result else task or work,
        deliverable=None if result else deliverable,
        output=None if won else output,
        wish=search("wish"),
        when=search("date"),
        quality=bool(search("quality") or _pattern("vivid").search(" ".join(word for word, _ in words))),
    )


@lru_cache(maxsize=10_000)  # the words of one subject come again and again
def stem(word: str) -> str:
    """Return a word without its particle or ending.

    Example:
        >>> stem("출시한다"), stem("출시하기"), stem("출시를")
        ('출시', '출시', '출시')
    """
    patterns = grammar("ko").patterns
    bare = patterns["ending"].sub("", word)
    return bare if bare and bare != word else (patterns["particle"].sub("", word) if len(word) > 2 else word)


def _predicate(words: Sequence[Word], end: int) -> tuple[Span | None, Span | None]:
    """Return where the sentence ends in something to do, and in something done or not."""
    known = grammar("ko")
    rest = [each for each in words if each[0] not in known.words["skipped"] and each[1][1] <= end]
    for word, span in rest[:-3:-1]:
        if _pattern("change_verbs", "$").search(word):
            return None, None
        if known.patterns["making"].search(word) and span == rest[-1][1]:
            return span, None
        bare = stem(word)
        if bare in known.words["binary_nouns"]:
            return None, span
        if bare in known.words["doing_nouns"] or _pattern("output_nouns", "$").search(bare):
            return span, None
        if bare not in known.words["light_nouns"]:
            return None, None
    return None, None


@cache
def _pattern(name: str, behind: str = "") -> re.Pattern[str]:
    """Return a pattern of a class of words, wherever they stand in a word."""
    return re.compile(any_of(grammar("ko").words[name]) + behind)


def _output(plain: str, kinds: frozenset[Measured]) -> Span | None:
    """Return a count of what is made: ``블로그 글 10편``, ``인터뷰 20회``."""
    patterns = grammar("ko").patterns
    if "change" in kinds:
        more = patterns["more_made"].search(plain)
        return more.span() if more and int(more[1]) < int(more[2]) else None
    if not kinds or kinds & {"percent", "share"}:
        return None
    found = patterns["counted"].search(plain) if patterns["counter"].search(plain) else None
    if found and patterns["kept_low"].search(plain):
        return None
    if found or kinds != {"count"} or patterns["gained"].search(plain) or patterns["metric"].search(plain):
        return span_of(found)
    return span_of(grammar("ko").measures["count"].search(plain))
