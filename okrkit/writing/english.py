"""Reading an English sentence: which numbers measure something, and what its verb does."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from okrkit.writing.sentences import (
    Measured,
    Reading,
    Span,
    blank,
    find_measures,
    lowered,
    rising,
    words_of,
)

_Word = tuple[str, Span]

_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_LONG = r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|quarters?|years?|sprints?)"
_WRITTEN = r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)\b"
_NUMBER = r"(?:(?<![A-Za-z\d])\d+h\d+|(?<![A-Za-z\d])[-+~±]?(?:us)?[$€£₩]?\d+(?:[.,]\d+)*(?: \d{3}\b)*(?:\s?(?:million|billion|thousand)|[a-z°µ²]{0,4})(?![a-z\d]))"
_SOME = rf"(?:{_NUMBER}|{_WRITTEN})"
_UNIT = r"(?:\s?(?:%|percent\b|pp\b|/\s?\d+))?"

# Dates, quarters, versions, ordinals, names with a digit and windows of time measure nothing.
_DIGITS_FIRST = (
    r"\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH}(?:\s\d{{4}})?(?![a-z])",
    r"[1-4]q(?:\s?'?\d{2,4})?\b|[12]h(?:\s'?\d{2,4})?\b|\d[dg]\b|1:1s?\b|24/7\b",
    r"(?:19[89]|20[0-4])\d\b(?!\s?(?:%|[a-z]+s\b))",
    r"\d+(?:st|nd|rd|th)\b(?!\spercentile)|\d+\.\d+\.\d+(?:\.\d+)*\b|\d+[-‑][a-z]+\b(?!\s?(?:%|→|->))",
)
_LETTERS_FIRST = (
    r"https?://\S{1,200}|(?:by|before|until|till|on|from|due)\s\d{1,2}/\d{1,2}\b",
    rf"{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s\d{{4}})?",
    r"[qh][1-4](?:\s?(?:fy)?'?\d{2,4})?\b|fy\s?'?\d{2,4}\b|v\.?\s?\d+(?:\.\d+)*\b|version\s\d+(?:\.\d+)*",
    rf"(?:first|last|next|past|previous|every|per|over|for|each|after|older\sthan)\s(?:the\s)?(?:first|last|next|past)?\s?{_SOME}\s(?:business\s|working\s)?{_LONG}\b",
    r"(?:zero|two|three|four|five)-[a-z]+\b|[a-z]{1,10}-?\d+(?:[.-]\d+)*\b(?!\s?(?:%|→|->))",
    r"(?:phase|tier|level|step|stage|sprint|week|day|month|ward|line|room|hall|gate|building|grade|route|section|floor|tower"
    r"|station|no\.|unit|article|zone|site|plant|series|round|wave|chapter|batch|group|type|class|part|ios|android|python"
    r"|java|windows|iso|soc|pci|wcag|tls|oauth|http)s?\s\d+(?:\.\d+)*(?:\s(?:to|and)\s\d+)?\b(?!\s?%)",
)
_NO_MEASURE = re.compile(
    rf"(?<![$€£\w.,])(?=\d)(?:{'|'.join(_DIGITS_FIRST)})|\b(?=[a-z])(?:{'|'.join(_LETTERS_FIRST)})|#\d+"
)
_LATER = "|".join(  # what stands between the two values of a change
    (
        r"[^\d]{0,60}\b(?:(?:up|down|risen|fallen)\sfrom|prev(?:ious(?:ly)?|\.)?|compared\s(?:to|with)|against)\s",
        r"[^\d]{0,60}\(curr(?:ent(?:ly)?|\.)(?:\sis)?:?\s",
        r"[^→\d]{0,20}\b(?:now|today|currently|last\s(?:year|quarter|month))\b[^\d]{1,12}",
        r"(?:\s?%)?(?:\s[a-z]+){0,2}?\s?(?:->|=>|→|,?\s(?:instead\sof|vs\.?|versus)\b)\s?",
        r"(?:\s?%)?(?:\s(?!sent)[a-z]+)?\sto\s",
    )
)
_MEASURES: dict[Measured, re.Pattern[str]] = {
    "change": re.compile(
        rf"\bfrom\s(?:[a-z]+\s){{0,3}}?{_SOME}.{{0,60}}?\b(?:to|by)\s(?:[a-z]+\s){{0,4}}?{_SOME}{_UNIT}"
        rf"|\bto\s{_SOME}.{{0,40}}?\bfrom\s{_SOME}{_UNIT}|\bnow\s{_SOME}[^\d]{{1,20}}(?:goal|target)\s{_SOME}"
        rf"|{_SOME}(?:{_LATER})(?:[a-z]+\s){{0,3}}?{_SOME}{_UNIT}|{_SOME}.{{0,60}}{_SOME}\s(?:now|today|currently)\b"
        r"|(?<![\w.])\+\d[\d.,]*\s?(?:pts?|points?)\b"
    ),
    "share": re.compile(
        rf"(?:{_SOME}|\bone)\s(?:of|in|out\sof|every)\s(?:the\s|every\s)?{_SOME}|\b(?:a|one|two)[-\s](?:third|quarter|fifth|half)s?\b"
    ),
    "percent": re.compile(
        rf"{_SOME}\s?(?:%|‰|percent(?:age)?\b|pp\b|bps\b)|\b\d+(?:st|nd|rd|th)\spercentile"
    ),
    "bound": re.compile(
        rf"(?:[<>≤≥]=?|\b(?:under|below|above|over|at\s(?:least|most)|(?:less|more|fewer)\sthan|no[t]?\s(?:more|fewer|higher|lower|less|older)\sthan|up\sto|within|exceeds?|min(?:imum)?\.?|max(?:imum)?\.?)\s(?:of\s)?)\s?{_SOME}{_UNIT}"
        rf"|\bbetween\s{_SOME}\sand\s{_SOME}|{_NUMBER}\s?(?:\+|or\s(?:more|less|fewer|lower|higher|better|above|below)\b)"
    ),
    "time": re.compile(
        rf"\b\d+h\d+\b|\b\d+(?:\.\d+)?\s?(?:ms|s|h|min)\b|{_SOME}\s(?:(?:working|business|calendar)\s)?{_LONG}\b"
    ),
    "words": re.compile(
        r"\b(?:halv(?:e|es|ed|ing)|half|doubl(?:e|es|ed|ing)|twice|0(?=\s[a-z])|tripl(?:e|es|ed|ing)|zero|nobody|none|no\s(?:single|one)|break[-\s]?even)\b|\b\d+(?:\.\d+)?x\b"
    ),
    "count": re.compile(rf"{_SOME}(?:\s?/\s?\d+\b)?"),
}
_DATE = re.compile(
    rf"\b(?:[qh][1-4]\b(?:\s\d{{4}})?|20[2-4]\d(?:-\d\d){{0,2}}\b|{_MONTH}(?![a-z])(?:\s\d{{1,4}}\b)?"
    r"|(?:year|quarter|month|week|summer|winter|spring|autumn|easter|christmas)\b)"
)
_UNTIL = re.compile(
    r"(?:\b(?:by|before|until|in|within|during|at|this|next|end\sof)\s)(?:the\s)?(?:(?:end|middle|close)\sof\s)?(?:the\s|this\s|next\s)?(?:\d{1,2}(?:st|nd|rd|th)?\s)?$"
)
_WITHIN = re.compile(r"\bwithin\s\d{1,3}\s(?:days|weeks|months)\b")
_NUMBERS = re.compile(rf"\d|{_WRITTEN}|\b(?:hal[fv]|doubl|twice|tripl|zero|none|nobody|no\s|one\b|break)|third|quarter|fifth")
_WORD = re.compile(r"[a-z][a-z'&]*(?:[-/][a-z]+)*")
_OBJECT = re.compile(  # an article right behind a word shows that the word is a verb
    r"\s+(?:an?|the|our|their|new|its|his|her|my|your|this|these|more|any|some|another|both)\b"
)
_COUNTED_OBJECT = re.compile(  # so does a count, even of a word that no list holds: lay 6.5 km
    r"\s+(?:(?:all|every|each)\b"
    rf"|(?:at\sleast\s|about\s|over\s|up\sto\s)?(?:\d[\d,. ]*(?![\d%,.]|\s?(?:%|→|->|percent|/))|(?:one\b|{_WRITTEN})(?!\s(?:%|percent))))",
)
_FILLERS = frozenset("we to our will also then please continue have should must each it is".split())
_RESULT = re.compile(
    r"\b(?:that|which|with|and|to|so|resulting|leading|reaching|achieving|used|adopted|paid|generating|where|such)\b|[:;,–—]"
)
_DONE = re.compile(
    r"\b(?:launched|shipped|published|delivered|implemented|released|deployed|documented|built|created|written|migrated"
    r"|rolled\sout|set\sup|designed|drafted|finished|finali[sz]ed|completed?|installed|introduced|integrated|automated"
    r"|refactored|trained|hired|conducted|held|organi[sz]ed|defined|approved|signed(?:\soff)?|done|established|opened"
    r"|updated|upgraded|reviewed|prepared|produced|added|incorporated|redesigned|developed|certified|in\splace|live"
    r"|available|ready|moved|deleted|purchased|bought|fitted|erected|digiti[sz]ed|in\sproduction|progress(?=\son))\b"
    r"(?=\s*(?:$|[.,;:)!]|(?:by|in|on|to|for|with|at|and|before|within|across|from|as|during|into)\b))",
)
_WORK_DONE = re.compile(
    r"done|moved|completed?|progress|migrated|automated|documented|deleted|digiti[sz]ed|held|installed|fitted|deployed|implemented|rolled\sout|set\sup"
)
_PEOPLE = re.compile(
    r"\b(?:users?|customers?|clients?|patients?|students?|citizens?|developers?|employees|residents|teams)\b",
)
_WISH = re.compile(
    r"\b(?:significant(?:ly)?|substantial(?:ly)?|dramatic(?:ally)?|considerabl[ey]|radical(?:ly)?|possible|much|better"
    r"|faster|higher|lower|stronger|fewer|more|less|strong|great|good|delightful|happy|excellent|success(?:ful)?)\b",
)
_LIMIT = re.compile(r"[<≤]|\b(?:fewer|less|below|under|at\smost|no\smore|max(?:imum)?)\b")
_WORTH = re.compile(r"[$€£₩]|\b[A-Z]{3,5}\b|\d\.\d|/\s?\d|★|\bscore|\b(?:1st|first|top|rank)\b")
_MONEY = re.compile(r"[$€£₩]")
_COUNTED = re.compile(r"\b(?:number|amount)\sof\s([a-z]+)(?:\s([a-z]+))?|^([a-z]+)(?:\soutput)?:")
_QUALITY = re.compile(
    r"\b(?:that\s(?!we\b|were\b|was\b|the\b|is\b|are\b)[a-z]+\s|out\sof|the\sworld\b|(?:[a-z]*place|company|team|floor|city|school|culture|world)\swhere|who|whom|whose|so\s[a-z]+\sthat|so\sthat|without|how|in\sorder\sto|instead\sof|ourselves)\b",
)


def read(text: str) -> Reading:
    """Find out what an English sentence says; see ``sentences.read_sentence``."""
    lower = lowered(text)
    words = tuple((found[0], found.span()) for found in _WORD.finditer(lower))
    plain = blank(lower, _NO_MEASURE) if _NUMBERS.search(lower) else ""
    bare = Reading(text=lower, lang="en", words=words, measures=find_measures(plain, _MEASURES))
    head = _verb(text, lower, words)
    output = _output(text, plain, bare)
    return Reading(
        text=text,
        lang="en",
        words=words,
        measures=bare.measures,
        task=None if head is None or _has_result(bare, head, output) else head,
        deliverable=_deliverable(bare, output) if head is None else None,
        output=output,
        wish=_wish(lower, words),
        when=_when(lower),
        quality=bool(_QUALITY.search(lower) or bare.find("vivid")),
    )


@cache
def _forms(name: str) -> frozenset[str]:
    """Return a class of nouns with their plurals, or of verbs with their -s, -ed and -ing forms."""
    base = words_of("en")[name]
    made = {word + "s" for word in base} | {word + "es" for word in base if word[-1] in "shxz"}
    made |= {word[:-1] + "ies" for word in base if word.endswith("y")}
    if name.endswith("verbs"):
        made |= {word.removesuffix("e") + "ing" for word in base} | {word + word[-1] + "ing" for word in base}
    return base | made


def _verb(text: str, lower: str, words: Sequence[_Word]) -> Span | None:
    """Return the verb at the head of the sentence, if it says what is done."""
    rest = [each for each in words[:8] if each[0] not in _FILLERS and not each[0].endswith("ly")]
    if not rest:
        return None
    (head, span), following = rest[0], _until_stop([word for word, _ in rest[1:4]])
    if head in _forms("change_verbs") or head in _forms("weak_verbs"):
        return None
    counts = bool(_COUNTED_OBJECT.match(lower, span[1]))
    has_object = counts or bool(_OBJECT.match(lower, span[1]))
    metrics = _forms("metric_nouns")
    if head in _forms("output_verbs") or head in _forms("binary_verbs"):
        named = any(word in metrics for word in following) or (head in metrics and lower.startswith(" of ", span[1]))
        noun = not has_object and (named or "-" in text[span[0] : span[1] + 1])
        return None if noun else span
    # An imperative that no list holds: a plain word at the start, before an article or a count.
    plain = head.isalpha() and not head.endswith(("s", "ed", "ing", "er")) and not text[slice(*span)].isupper()
    known = head in metrics or head in words_of("en")["not_verbs"]
    return span if rest[0] == words[0] and plain and not known and counts else None


def _until_stop(words: Sequence[str]) -> list[str]:
    """Return the words up to the first that no compound noun holds, such as ``of`` or ``why``."""
    return list(takewhile(lambda word: word not in words_of("en")["not_verbs"], words))


def _has_result(reading: Reading, verb: Span, output: Span | None) -> bool:
    """Tell whether a measured result follows the task: ``launch a page that has 12% conversion``."""
    if "percent" in reading.kinds and ("time" in reading.kinds or "on time" in reading.text):
        return True  # a level of service: deliver 95 % of orders within two days
    behind = _RESULT.search(reading.text, verb[1])
    if not behind:
        return False
    counted = output or (0, 0)
    results = [
        (each.kind, reading.text[slice(*each.span)], [word for word, at in reading.words if at[1] <= each.span[0]])
        for each in reading.measures
        if each.span[0] >= behind.start() and not counted[0] <= each.span[0] < counted[1]
    ]
    return any(
        (kind in {"percent", "change", "share"} and not said.startswith("100"))
        or (kind == "bound" and _LIMIT.search(said) and not _MONEY.search(said))
        or not _forms("outcome_verbs").isdisjoint(before[-3:])
        for kind, said, before in results
    )


def _deliverable(reading: Reading, output: Span | None) -> Span | None:
    """Return what is done or not: ``new CRM rolled out``, ``migration 100% complete``."""
    done, kinds = _DONE.search(reading.text), reading.kinds
    if not done or kinds & {"change", "time"}:
        return None
    of_work = _WORK_DONE.fullmatch(done[0]) or re.search(r"\b100\s?(?:%|percent)|\ball\b", reading.text)
    if kinds and (_PEOPLE.search(reading.text, 0, done.start()) or (kinds & {"share", "percent"} and not of_work)):
        return None
    before = [word for word, span in reading.words if span[1] <= done.start()]
    if kinds == {"count"} and not output and any(word in _forms("people_nouns") for word in before[-2:]):
        return None
    return done.span()


def _when(lower: str) -> Span | None:
    """Return where a date stands, with the words before it: ``by the end of June``."""
    for date in _DATE.finditer(lower):
        begin = max(date.start() - 40, 0)
        before = _UNTIL.search(lower[begin : date.start()])
        if before or any(each.isdigit() for each in date[0]) or (date[0][:3] in _MONTHS and date[0] != "may"):
            return begin + before.start() if before else date.start(), date.end()
    within = _WITHIN.search(lower)
    return within.span() if within else None


def _wish(text: str, words: Sequence[_Word]) -> Span | None:
    """Return a verb of change, or a word that stands where a number should."""
    change = next((span for word, span in words if word in _forms("change_verbs")), None)
    found = _WISH.search(text)
    return change or (found.span() if found else None)


def _output(text: str, plain: str, reading: Reading) -> Span | None:
    """Return a count of what is made: ``10 blog posts``, ``number of workshops from 4 to 9``."""
    nouns, kinds = _forms("output_nouns"), reading.kinds
    if "change" in kinds:
        return _more_output(reading)
    if kinds & {"share", "percent", "words"} or _LIMIT.search(plain):
        return None
    for measure in reading.measures:
        near = [each for each in reading.words if 0 <= each[1][0] - measure.span[1] <= 30][:4]
        for word, span in near:
            if word in nouns:
                return measure.span[0], span[1]
            if word in words_of("en")["not_verbs"] or word in _forms("people_nouns"):
                break
    told = _has(reading, "people_nouns") or _has(reading, "metric_nouns") or _has(reading, "change_verbs")
    if made := _made(reading, plain):
        return made
    if kinds == {"count"} and not told and not _WORTH.search(text):
        return reading.measures[0].span
    return None


def _made(reading: Reading, plain: str) -> Span | None:
    """Return the thing made that a noun phrase is about: ``Poster campaign in 40 bus shelters``."""
    phrase = list(takewhile(lambda each: each[0] not in words_of("en")["not_verbs"], reading.words[:6]))
    phrase = [each for each in phrase if re.fullmatch(r"[\w\s/&'-]*", plain[: each[1][1]])]
    if reading.measures and phrase and phrase[-1][0] in _forms("output_nouns"):
        return phrase[0][1][0], phrase[-1][1][1]
    return None


def _more_output(reading: Reading) -> Span | None:
    """Return the things of which more are to be made."""
    change = next(each.span for each in reading.measures if each.kind == "change")
    for named in _COUNTED.finditer(reading.text):
        made = any(word and word.lower() in _forms("output_nouns") for word in named.groups())
        if made and rising(reading.text[slice(*change)]):
            return named.span()
    return None


def _has(reading: Reading, name: str) -> bool:
    return any(word in _forms(name) for word, _ in reading.words)
