"""Reading a Korean sentence: which numbers measure something, and what its predicate does.

A predicate is looked at whole: ``출시한다`` and ``출시하기`` are the task ``출시``, while
``출시 후 30일 잔존율`` and ``완료율`` are no tasks at all.
"""

import re
from collections.abc import Sequence
from functools import cache

from okrkit.writing.sentences import (
    Measured,
    Reading,
    Span,
    any_of,
    blank,
    find_measures,
    rising,
    words_of,
)

_Word = tuple[str, Span]

_DIGITS = r"(?<![A-Za-z\d])[-+~±]?[$€£₩]?\d+(?:[.,]\d+)*(?:[kKMB](?![A-Za-z]))?"
_WRITTEN = r"(?<![가-힣])(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무|수십|수백)(?=\s?(?:배|곱|명|건|개|번|달|곳|팀|시간|가지|편|권|회))"
_SOME = rf"(?:{_DIGITS}|{_WRITTEN})"
_UNIT = (
    r"(?:\s?(?:%\s?p|%|퍼센트\s?포인트|퍼센트|[십백천만억조]*\s?(?:원|명|건|개월|개|팀|점|위|배|초|분|시간|영업일|일|주|년|월|곳|회|번|편|잔|도|대|톤|★)?"
    r"|[A-Za-zµ°]{1,4}[²³]?(?:/[A-Za-z]{1,3})?)(?:\s?\d+\s?(?:m|분|초|원))?)"
)
_NO_MEASURE = re.compile(  # dates, quarters, versions, ordinals, names with a digit, windows of time
    "|".join(
        (
            r"https?://\S{1,200}|#\d+|\b[A-Z]{2,10}-\d+\b",
            r"\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?(?!\d)|(?<!\d)\d{1,2}/\d{1,2}(?=\s?(?:까지|이전|전|내|에|부터))",
            r"(?:20)?\d\d\s?년(?:도)?(?!\s?(?:→|->|에서|간|이상|이하|미만|이내))|(?<![\d.,])(?:19[89]|20[0-4])\d(?=\s?(?:Q|H|\.|/|\s|$))",
            r"(?<!\d)\d{1,2}\s?월(?!\s?(?:간|평균))\s?(?:\d{1,2}\s?일)?(?:\s?(?:말|초|중|내|까지))*|(?<!\d)\d{1,2}\s?일\s?(?:까지|전까지)(?!\s?(?:단축|줄|감))",
            r"\d\s?(?:사)?분기|(?<![A-Za-z])[QHqh][1-4](?:\s?'?\d{2,4})?|[1-4][Qq](?![A-Za-z])|[12]H(?![A-Za-z\d])|FY\s?\d{2,4}",
            r"[vV]\.?\s?\d+(?:\.\d+)*|(?<![\d.])\d+\.\d+\.\d+(?:\.\d+)*|버전\s?\d+(?:\.\d+)*|(?<![\d.])[1-9]\.0(?=\s?(?:버전|출시|릴리[스즈]|구축|런칭|오픈|공개|배포|전환|업그레이드))",
            r"제\s?\d+|(?<!\d)\d{1,2}\s?(?:차년도|차|기|학년|학기|단계|라인|번째|호기|인칭)(?![가-힣]*\s?(?:→|에서\s?\d))|(?<![가-힣])라인\s?\d+|(?<!\d)[1-9]순위",
            r"\d+\s?(?:인당|건당|명당|회당|일당|시간당|개당|톤당|인\s?가구|인실)|(?:만|천)\s?건당|1\s?(?=인\s|인\b)|(?<!\d)\d인(?=\s)",
            r"\d+\s?(?:일|주|개월|달|년)\s?(?:내|이내|안에|안|간|동안|차|후|뒤|이상\s?(?:된|지난)|유지율|잔존율|잔존|재방문|리텐션|연속)(?!\s?(?:으로|로)\s?(?:단축|줄|감))",
            r"(?:첫|최근|지난|향후|매|출시\s?후|가입\s?후|입사\s?후|이후)\s?\d+\s?(?:일|주|개월|달|년|시간|분)",
            r"(?<![A-Za-z])[A-Za-z]+-?\d+(?:\.\d+)*(?![A-Za-z%\d])(?!\s?(?:%|→|에서\s?\d))",
            r"(?<![A-Za-z])(?:2FA|5G|4G|3D|2D|365|24/7)(?![A-Za-z])|1:1|(?<!\d)\d+\s?(?:대|살|세)\s(?=고객|남|여|사용자|이용자|청년)",
            r"\d+대\s?보험|2030\s?세대|1on1|\b(?:SOC|ISO|PCI|Type)\s\d+|(?<![\d.])[1-9]\.0(?=\s베타)",
            r"(?:TOP|Top|상위)\s?\d+(?=\s?(?:개|곳|명|건|\s))",
        )
    )
)
_MEASURES: dict[Measured, re.Pattern[str]] = {
    "change": re.compile(
        rf"{_SOME}{_UNIT}[^→\d]{{0,18}}?(?:에서|→|->|=>|/\s?목표|,\s?목표|,\s?올해|대신|이?던\s?(?:것|게|걸))[^→\d]{{0,24}}?{_SOME}{_UNIT}"
        rf"|{_SOME}{_UNIT}(?:을|를|인)\s[^→\d]{{0,24}}?{_SOME}{_UNIT}\s?(?:으로|로|까지|아래로|이하로|미만으로)"
        rf"|{_SOME}{_UNIT}[^→\d]{{0,18}}?(?:에서|→)\s?(?:절반|반|열흘|보름|하루|이틀|사흘)"
        rf"|현재\s?{_SOME}.{{0,20}}?목표\s?{_SOME}{_UNIT}"
    ),
    "share": re.compile(
        rf"{_SOME}{_UNIT}\s?중\s?{_SOME}{_UNIT}|{_SOME}\s?명\s?(?:중|가운데)\s?(?:최소\s)?(?:{_SOME}\s?명|[가-힣]{{1,2}}[이은])|(?:셋|둘|넷|다섯|열)\s?(?:중|가운데|에)\s?(?:하나|둘|셋|넷|아홉)|[삼사오]분의\s?[일이삼사]"
    ),
    "percent": re.compile(rf"{_SOME}\s?(?:%\s?p|%|‰|퍼센트|프로(?![가-힣])|pp|ppm|bps)"),
    "bound": re.compile(
        rf"{_SOME}{_UNIT}\s?(?:\+|이상|이하|초과|미만|이내|아래|안쪽|넘|[을를]\s?(?:안\s)?넘|밑|or\s(?:fewer|less|more))|[<>≤≥]=?\s?{_SOME}{_UNIT}|최소\s?{_SOME}{_UNIT}"
    ),
    "time": re.compile(rf"{_SOME}\s?(?:ms|초|분|시간|영업일|일|주|개월|년)(?![가-힣]*차)"),
    "words": re.compile(
        r"(?:두|세|네|다섯|열|\d+(?:\.\d+)?)\s?배|절반|반으로|반토막|갑절|곱절|열흘|보름|흑자|(?<![가-힣])제로|무사고|무장애|무중단|(?<![\d.,])0\s?[건명회]|\d+x(?![A-Za-z])"
    ),
    "count": re.compile(_SOME),
}
_DATE = re.compile(
    r"(?:\d{4}\s?년\s?)?(?:\d\s?사?분기|\d{1,2}\s?월(?:\s?\d{1,2}\s?일)?|[상하]반기|연말|분기\s?말|월말)(?:\s?[말초중내])?"
    r"|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|(?<![A-Za-z])Q[1-4](?!\d)|\d{4}\s?년|올해|이번\s?(?:분기|달|학기)|\d{1,3}\s?(?:일|주|개월)\s?(?:내|안)"
)
_WORD = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z\d.+-]*")
_ENDING = re.compile(
    r"(?:(?:하|되|시키)(?:기|고|며|여|자|게|는|도록|었다|였다)?|해(?:서|야)?|(?:한|된|시킨)다|함|됨|시킴|합니다|됩니다|했다|했음|됐다|하였다)$"
)
_PARTICLE = re.compile(r"(?:으로|까지|부터|을|를|은|는|이|가|도|만|의|에|로|와|과)$")
_MAKING = re.compile(  # native verbs of doing, as they end a sentence
    r"(?:만들|열|쓰|읽|찍|돌리|끝내|뽑|세우|짓|갖추|정하|바꾸|고치|나가|올리|보내|받|듣|배우|달리|걷|뛰|심|모으|그리|짜|가르치|외우|풀|치르|치우)(?:기|자|었다|ㄴ다)$"
    r"|(?:만든|연|쓴|읽는|찍는|돌린|끝낸|뽑는|세운|짓는|갖춘|정한|바꾼|고친|나간|올린|보낸|받는|듣는|배운|심는|모은|그린|짠|마친|치른|푼|외운|엮는)다$"
    r"|(?:만듦|끝냄|갖춤|세움|마침)$|[가-힣](?<![하되시])기$"
)
_SKIPPED = frozenset("목표 기준 및 등 전부 모두 완전히".split())
_MUCH = r"(?:대폭|최대한|훨씬|획기적으로|획기적|크게|많이|많은|더|적극|꾸준히|의미\s?있게|전반적으로|전반적)"
_MORE = (
    r"(?:극대화|최소화|강화|제고|활성화|향상|개선|증대|확대|증가|감소|절감|단축|안정화|다양화|거듭난|기여|노력"
    r"|늘[리린림려]|줄[이인임여]|높[이인임여]|낮[추춘춤춰]|올[리린림려]|빠르게|좋게)[가-힣]{0,4}"
)
_WISH = re.compile(rf"(?<![가-힣]){_MUCH}(?:\s{_MORE})?(?![가-힣])|{_MORE}|수준으?로")
_METRIC = re.compile(
    r"율|률|도(?=[\s를가는은])|점수|지수|비율|비중|시간|기간|횟수|비용|매출|평점|속도|전환|만족|리텐션|커버리지|%[가는이]\s|정확|(?<![A-Za-z])[A-Z]{3,5}(?![A-Za-z])"
)
_WORK = r"(?:진행|진척|진도|공정|이행|작성|개발|구축|적용|집행|추진|코드화|이전|이관|문서화)"
_WORK_DONE = re.compile(rf"{_WORK}[률율도]?(?:을|를|은|는)?\s?(?:100|\d{{1,2}})\s?%(?!\s?(?:→|->|에서|p))|\d+\s?%\s?(?:{_WORK}|완료|이수|교육)|(?:완료|이수|참석|전환|도입|교육)[률율]?\s?100\s?%")
_QUALITY = re.compile(
    r"수\s있(?:게|는|도록)|[가-힣]*(?:하는|되는|있는|없는|지는|쓰는|찾는|믿는|가는|오는|않는|느끼는|싶은|쉬운|스러운|로운|다운|받는|주는|하게|되게|않게|도록|없이)\s+[가-힣A-Za-z]"
    r"|[가-힣]+[한된할될은]\s+[가-힣]{2,}.*\s(?:경험|제품|도구|서비스|문화|회사|병원|학교|곳|팀|앱|삶|몸)"
)


def read(text: str) -> Reading:
    """Find out what a Korean sentence says; see ``sentences.read_sentence``."""
    said = tuple((found[0], found.span()) for found in _WORD.finditer(text))
    plain = blank(text, _NO_MEASURE)
    measures = find_measures(plain, _MEASURES)
    kinds = frozenset(measure.kind for measure in measures)
    output = _output(plain, kinds)
    work = _WORK_DONE.search(text) if "change" not in kinds else None
    task, deliverable = _predicate(said, len(re.sub(r"\s*\([^()]*\)\s*[.!]?\s*$", "", text)))
    full = re.search(r"100\s?%", text)
    measured = bool(kinds & {"percent", "bound"} and _METRIC.search(text)) and not full and not output
    result = bool(kinds & {"change", "share"}) or (measured and not work)
    wish, date = _WISH.search(text), _DATE.search(text)
    words = tuple((stem(word), span) for word, span in said)
    return Reading(
        text=text,
        lang="ko",
        words=words,
        measures=measures,
        task=None if result else task or (work.span() if work else None),
        deliverable=None if result else deliverable,
        output=output,
        wish=wish.span() if wish else None,
        when=date.span() if date else None,
        quality=bool(_QUALITY.search(text)) or any(_vivid().search(word) for word, _ in words),
    )


def stem(word: str) -> str:
    """Return a word without its particle or ending.

    Example:
        >>> stem("출시한다"), stem("출시하기"), stem("출시를")
        ('출시', '출시', '출시')
    """
    bare = _ENDING.sub("", word)
    return bare if bare and bare != word else (_PARTICLE.sub("", word) if len(word) > 2 else word)


def _predicate(words: Sequence[_Word], end: int) -> tuple[Span | None, Span | None]:
    """Return where the sentence ends in something to do, and in something done or not."""
    rest = [each for each in words if each[0] not in _SKIPPED and each[1][1] <= end]
    for word, span in rest[:-3:-1]:
        if _changing().search(word):
            return None, None
        if _MAKING.search(word) and span == rest[-1][1]:
            return span, None
        bare = stem(word)
        if bare in words_of("ko")["binary_nouns"]:
            return None, span
        if bare in words_of("ko")["doing_nouns"] or _doing().search(bare):
            return span, None
        if bare not in words_of("ko")["light_nouns"]:
            return None, None
    return None, None


@cache
def _changing() -> re.Pattern[str]:
    return re.compile(any_of(words_of("ko")["change_verbs"]) + "$")


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(any_of(word for word in words_of("ko")["output_nouns"] if len(word) > 1) + "$")


@cache
def _vivid() -> re.Pattern[str]:
    return re.compile(any_of(words_of("ko")["vivid"]))


@cache
def _counted() -> re.Pattern[str]:
    things, counters = any_of(words_of("ko")["output_counted"]), any_of(words_of("ko")["work_counters"])
    often = r"(?:최소\s|약\s|총\s|월\s|주\s|매주\s|매월\s|분기\s|연\s|연간\s|하루\s)?"
    return re.compile(
        rf"{things}(?:을|를|은|는)?\s?{often}{_SOME}\s?{counters}|{_SOME}\s?{counters}\s?(?:의\s)?(?:[가-힣]+\s)?{things}"
        rf"|[주월년일]\s?{_SOME}\s?(?:회|번|차례)|{_SOME}\s?(?:회|차례|번|라운드|콜|편|권|종|과목)(?=\s|[을를]|$)"
    )


@cache
def _gained() -> re.Pattern[str]:
    words = words_of("ko")
    return re.compile(any_of(words["change_nouns"] | words["people_nouns"] | words["money_nouns"]) + r"|\d\s?(?:점|위)(?![가-힣])")


def _output(plain: str, kinds: frozenset[Measured]) -> Span | None:
    """Return a count of what is made: ``블로그 글 10편``, ``인터뷰 20회``."""
    if kinds & {"change", "percent", "share"}:
        return None
    found = _counted().search(plain)
    if found and re.search(r"이하|미만|이내|아래|밑|줄|감소|횟수|빈도|없", plain):
        return None
    if found or kinds != {"count"} or _gained().search(plain) or _METRIC.search(plain):
        return found.span() if found else None
    alone = re.search(_SOME, plain)
    return alone.span() if alone else None
