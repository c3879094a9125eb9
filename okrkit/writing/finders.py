"""Where a sentence breaks a rule: one short function for each rule."""

import re
from collections.abc import Callable, Mapping

from okrkit.writing.sentences import Reading, Span, words_of

Finder = Callable[[Reading], Span | None]

_BLANK = re.compile(
    r"\b[XYZN](?=\s?(?:%|분|명|건|원|점|회|초|개|시간|일|배|퍼센트|percent\b|users\b|customers\b|views\b|days\b|hours\b|minutes\b|points\b))"
    r"|\b(?:from|by|to|at\sleast)\s[XYN]\b(?!\s?[A-Z])|\bX%|(?<![A-Za-z])(?:TB[DAC]|tbd)(?![A-Za-z])|\?{2,}|_{3,}|<[a-z가-힣 ]{2,30}>"
    r"|\[(?!\s?[xX ]?\s?\])[^\[\]\d]{1,30}\]|(?<![가-힣])(?:목표값|현재값|지표명)(?![가-힣])|○{2,}|(?<!\d)0{2,}%"
)
_BY_PERCENT = {
    "ko": re.compile(r"(?:율|률|비율|비중|점유율)[을를이가은는]?\s(?:약\s)?\d+(?:\.\d+)?\s?%(?!\s?p)\s?(?:이상\s)?(?:증가|감소|향상|개선|상승|하락|높|낮|줄|늘|성장)"),
    "en": re.compile(r"\b(?:rate|share|ratio|conversion|retention|churn|margin|percentage|proportion)\b.{0,30}\bby\s\d+(?:\.\d+)?\s?%", re.IGNORECASE),
}  # fmt: skip
_VANITY = {
    "ko": re.compile(r"팔로워|좋아요|조회\s?수|페이지\s?뷰|노출\s?수|구독자\s?수?|누적\s?다운로드|방문자\s?수"),
    "en": re.compile(r"\b(?:followers?|likes|impressions|page\s?views|views|hits|downloads|retweets)\b", re.IGNORECASE),
}
_AND = {"ko": re.compile(r"[,;·/]|및|하고|(?:이|으)?며|과\s|와\s"), "en": re.compile(r"[,;]|\band\b|\+", re.IGNORECASE)}


def _search(patterns: Mapping[str, re.Pattern[str]]) -> Finder:
    def find(reading: Reading) -> Span | None:
        found = patterns[reading.lang].search(reading.text)
        return found.span() if found else None

    return find


def _placeholder(reading: Reading) -> Span | None:
    found = _BLANK.search(reading.text)
    return found.span() if found else None


def _vague(reading: Reading) -> Span | None:
    return None if reading.measures else reading.wish


def _no_number(reading: Reading) -> Span | None:
    return None if reading.measures else reading.whole


def _number_only(reading: Reading) -> Span | None:
    plain = not reading.quality and len(reading.words) <= 10
    return reading.measures[0].span if reading.measures and plain else None


def _objective_task(reading: Reading) -> Span | None:
    short = reading.lang == "en" or len(reading.words) <= 7  # a long Korean aim ends in a verb of doing, too
    return None if reading.quality or not short else reading.task or reading.deliverable


def _business_as_usual(reading: Reading) -> Span | None:
    return None if reading.quality or len(reading.words) > 9 else reading.find("bau")


def _no_direction(reading: Reading) -> Span | None:
    known, count = words_of(reading.lang)["vague"], len(reading.words)
    telling = sum(word not in known for word, _ in reading.words)
    if not telling and count <= 2:
        return reading.whole
    empty = not telling or count <= 2 or (telling * 3 <= count + 0.1 and count <= 7)
    return reading.whole if empty and not reading.quality else None


def _no_baseline(reading: Reading) -> Span | None:
    if not reading.measures or reading.kinds & {"change", "share", "words"}:
        return None
    return reading.measures[0].span


def _no_deadline(reading: Reading) -> Span | None:
    return None if reading.when else reading.whole


def _several(reading: Reading) -> Span | None:
    told = [each for each in reading.measures if each.kind in {"change", "percent", "bound", "share"}]
    if len(told) < 3 or len(_AND[reading.lang].findall(reading.text)) < 2:
        return None
    return told[0].span[0], told[-1].span[1]


def _too_long(reading: Reading) -> Span | None:
    return reading.whole if len(reading.text) > 200 else None


def _too_short(reading: Reading) -> Span | None:
    return reading.whole if len(reading.text.split()) < 3 else None


FINDERS: Mapping[str, Finder] = {
    "placeholder": _placeholder,
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
    "percent-points": _search(_BY_PERCENT),
    "vanity": _search(_VANITY),
    "several": _several,
    "too-long": _too_long,
    "too-short": _too_short,
    "jargon": lambda reading: reading.find("jargon"),
}
"""By the code of the rule; rules about sets look at whole objectives (``sets``)."""
