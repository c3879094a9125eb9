"""OKRs out of text.

The text form is what one would write on a whiteboard::

    O: 단골이 친구를 데려오는 카페가 된다
    KR: 재방문율 20% -> 35% (now 29%)
    KR: 대기 시간을 12분에서 6분으로 줄인다 (현재 9분)

``O`` may be written ``목표`` or ``Objective``, ``KR`` ``핵심 결과`` or ``Key result``,
each with a number (``KR2:``). ``#`` starts a comment line.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from okrkit.errors import ContentError, Problem
from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import KeyResult, Metric, Objective, Okrs, current_value
from okrkit.text import Text

HEAD = re.compile(
    r"(?:[-*•]\s*)?(?:(?P<o>O|목표|objective)|KR|핵심\s?결과|key\s?result)\s*\d*\s*[:：]\s*(?P<text>.*)",
    re.IGNORECASE,
)
"""A line that says what it is: ``O: …``, ``KR2: …``."""

# Full-width forms and the typographic minus, one character for one, so that positions stay what they were.
_WIDTHS = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: " ", 0x2212: "-"}
_MAX_LINE = 1000

# A number that is no part of a date, a version or a name: 20, -3.5, 1,200.
_NUMBER = r"(?<![\d.,/A-Za-z])(?<!\d-)[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|[.,/-]\d)"
_PARTICLE, _END = r"(?:으로|로|까지)?", r"(?=[\s(),.]|$)"
# Units that may stand apart from their number; any other word must touch it, or it is just the next word.
_KNOWN = (
    r"(?:백만|천만|[천만억])?\s?(?:%p|%|pp|점|명|건|개월|개|원|회|초|분|시간|일|주|년|배|권|잔|봉지|곳|팀|위|도"
    r"|ms|seconds?|sec|minutes?|min|hours?|days?|weeks?|months?|years?|points?|people|users?|customers?|won|s|h|x)"
    r"|백만|천만|[천만억]"
)
_ATTACHED = r"(?:[^\s\d()<>=~→,.-]+?)??"
_ARROW = re.compile(
    rf"(?P<from>{_NUMBER})(?P<u1>\s?(?:{_KNOWN})(?=\s*(?:->|=>|→))|{_ATTACHED})\s?(?:->|=>|→)"
    rf"\s?(?P<to>{_NUMBER})(?P<u2>\s?(?:{_KNOWN})(?={_PARTICLE}{_END})|{_ATTACHED}){_PARTICLE}{_END}"
)
_FROM_TO = re.compile(
    rf"(?P<from>{_NUMBER})(?P<u1>\s?(?:{_KNOWN})(?=에서)|{_ATTACHED})에서"
    rf"\s?(?P<to>{_NUMBER})(?P<u2>\s?(?:{_KNOWN})(?=(?:으로|로|까지){_END})|{_ATTACHED})(?:으로|로|까지){_END}"
)
_ENGLISH = re.compile(
    rf"\bfrom (?P<from>{_NUMBER})(?P<u1>\s?(?:{_KNOWN})(?= to )|{_ATTACHED}) to "
    rf"(?P<to>{_NUMBER})(?P<u2>\s?(?:{_KNOWN}){_END}|{_ATTACHED}){_END}",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\s?\(\s?(?:now|currently|current|현재|지금)(?![가-힣A-Za-z])(?P<said>[^()]*)(?P<closed>\))?",
    re.IGNORECASE,
)
_VALUE = re.compile(rf"\s?[:=]?\s?(?P<now>{_NUMBER})(?P<unit>\s?(?:{_KNOWN})|{_ATTACHED})\s?")


def parse_okrs(text: str) -> Okrs:
    """Read objectives and their key results from text.

    Args:
        text: Lines that start with ``O:`` or ``KR:``; see the module's head for the form.
            A key result measures something if it names two values once, as ``20% -> 35%``,
            ``20%에서 35%로`` or ``from 20% to 35%``; ``(now 29%)`` or ``(현재 29%)`` adds
            where it stands.

    Returns:
        The objectives in order, each remembering its line.

    Raises:
        ContentError: With every line that cannot be read, or if there is no objective.

    Example:
        >>> (okr,) = parse_okrs('''
        ... O: 단골이 친구를 데려오는 카페가 된다
        ... KR: 재방문율 20% -> 35% (now 29%)
        ... ''')
        >>> okr.key_results[0].measure
        Metric(baseline=20.0, target=35.0, current=29.0, unit='%')
    """
    objectives: list[Objective] = []
    problems: list[Problem] = []
    # Composed letters: a Mac hands over 각 in three pieces. Single blanks: the patterns look no further.
    composed = re.sub(r"[^\S\n]+", " ", unicodedata.normalize("NFC", text))
    for number, raw in enumerate(composed.splitlines(), start=1):
        line = raw.strip("\ufeff \t\u3000")
        if not line or line.startswith("#"):
            continue
        try:
            _take(line, number, objectives)
        except ContentError as error:
            problems += [replace(problem, line=number) for problem in error.problems]
    if not objectives and not problems:
        what = Text("목표가 하나도 없습니다", "there is no objective")
        problems.append(
            Problem(what, Text("'O: …'로 시작하는 줄을 쓰세요", "write a line that starts with 'O:'"))
        )
    if problems:
        raise ContentError(*problems)
    return Okrs(tuple(objectives))


def _take(line: str, number: int, objectives: list[Objective]) -> None:
    """Add what one line says to the objectives read so far."""
    if len(line) > _MAX_LINE:
        what = Text("한 줄이 {n}자를 넘습니다", "the line is longer than {n} characters").fill(n=_MAX_LINE)
        raise ContentError(Problem(what, Text("문장 하나만 남기세요", "keep one sentence")))
    head = HEAD.fullmatch(_plain(line))
    if not head:
        what = Text("'{start}'(으)로 시작합니다", "starts with '{start}'").fill(
            start=line.split(maxsplit=1)[0][:20]
        )
        raise ContentError(Problem(what, Text("'O:'나 'KR:'로 시작하세요", "expected 'O:' or 'KR:'")))
    text = line[head.start("text") :].strip()
    if not text:
        what = Text("'{line}' 뒤에 내용이 없습니다", "nothing follows '{line}'").fill(line=line)
        raise ContentError(
            Problem(what, Text("한 문장을 쓰거나 줄을 지우세요", "write a sentence or delete the line"))
        )
    if head["o"]:
        objectives.append(Objective(text, line=number))
    elif objectives:
        key_results = (*objectives[-1].key_results, parse_key_result(text, number))
        objectives[-1] = replace(objectives[-1], key_results=key_results)
    else:
        what = Text("핵심 결과가 목표보다 먼저 나왔습니다", "a key result comes before any objective")
        raise ContentError(Problem(what, Text("그 위에 'O: …'를 쓰세요", "write 'O: …' above it")))


def parse_key_result(text: str, line: int | None = None) -> KeyResult:
    """Read one key result, without its ``KR:``.

    Args:
        text: The sentence, with or without a measure. One that names several
            measures is two key results in one, and is read as measuring none.
        line: Where it stood, to be remembered.

    Raises:
        ContentError: If the values have different units, baseline equals target, or the
            current value cannot be read.

    Example:
        >>> parse_key_result("앱을 출시한다").measure is None
        True
    """
    plain = _plain(text)
    found = [match for pattern in (_ARROW, _FROM_TO, _ENGLISH) for match in pattern.finditer(plain)]
    if len(found) != 1 or re.match(r"\s?(?:->|=>|→)", plain[found[0].end() :]):
        return KeyResult(text, line=line)
    now = _NOW.search(plain)
    current, unit = _current(now) if now and re.search(r"\d", now["said"]) else (None, "")
    units = [each.strip() for each in (found[0]["u1"], found[0]["u2"], unit) if each.strip()]
    if len({each.casefold().removesuffix("s") for each in units}) > 1:
        what = Text("단위가 서로 다릅니다 ({units})", "the units differ ({units})").fill(
            units=", ".join(units)
        )
        raise ContentError(Problem(what, Text("한 단위로 쓰세요", "write all values in one unit")))
    sentence = text if current is None or now is None else text[: now.start()] + text[now.end() :]
    measure = Metric(
        _number(found[0]["from"]), _number(found[0]["to"]), current, "".join(units[1:2] or units[:1])
    )
    return KeyResult(sentence.strip(), measure, line=line)


def to_text(okrs: Gatherable) -> str:
    """Write objectives in the text form: their sentences, and what metrics measure.

    Values that the sentence already names are not repeated; the latest value follows as
    ``(현재 29%)``. All else (weights, owners, check-ins, other kinds of measure) has no
    place in this form.

    Example:
        >>> print(to_text(parse_okrs("O: a" + chr(10) + "KR: 재방문율 20% -> 35% (now 29%)")), end="")
        O: a
        KR: 재방문율 20% -> 35% (현재 29%)
    """
    lines = []
    for objective in objectives_of(okrs):
        lines.append(f"O: {' '.join(objective.text.split())}")
        lines += [f"KR: {_sentence(each)}" for each in objective.key_results]
    return "\n".join(lines) + "\n"


def _sentence(key_result: KeyResult) -> str:
    """Return the first sentence that is read back as this measure, or else the bare text."""
    text, measure = " ".join(key_result.text.split()), key_result.measure
    if not isinstance(measure, Metric):
        return text
    values = (measure.baseline, measure.target, current_value(key_result))
    gaps = (" ", "") if re.match("[A-Za-z]", measure.unit) else ("",)  # 9 min, 9%; a rare unit must touch
    for gap in gaps:
        unit = f"{gap}{measure.unit}"
        start, end, now = ("" if value is None else f"{_digits(value)}{unit}" for value in values)
        after = f" ({Text('현재', 'now')} {now})" if now else ""
        for sentence in (f"{text}{after}", f"{text} {start} -> {end}{after}"):
            with suppress(ContentError):
                if parse_key_result(sentence).measure == replace(measure, current=values[2]):
                    return sentence
    return text


def _digits(value: float) -> str:
    """Write a number without an exponent, which the form does not know."""
    return f"{Decimal(str(value)):f}".removesuffix(".0")


def _current(now: re.Match[str]) -> tuple[float, str]:
    """Return the value in ``(now 29%)`` and its unit."""
    value = _VALUE.fullmatch(now["said"])
    if not value or not now["closed"]:
        what = Text("현재값 '{said}'을(를) 읽을 수 없습니다", "the current value '{said}' cannot be read")
        fix = Text("(현재 29%)처럼 값 하나만 쓰세요", "write one value, as in (now 29%)")
        raise ContentError(Problem(what.fill(said=now["said"].strip()), fix))
    return _number(value["now"]), value["unit"].strip()


def _plain(text: str) -> str:
    """Return the text in the forms the patterns know; every character stays in its place."""
    return re.sub(r"[\t\u00a0]", " ", text.translate(_WIDTHS))


def _number(text: str) -> float:
    return float(text.replace(",", ""))
