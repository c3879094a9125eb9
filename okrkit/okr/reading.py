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
from dataclasses import replace

from okrkit.errors import ContentError, Problem
from okrkit.okr.model import KeyResult, Metric, Objective
from okrkit.text import Text

_HEAD = re.compile(
    r"(?:[-*•]\s*)?(?:(?P<o>O|목표|objective)|KR|핵심\s?결과|key\s?result)\s*\d*\s*:\s*(?P<text>.*)",
    re.IGNORECASE,
)
# A number that is no part of a date, a version or a name: 20, -3.5, 1,200.
_NUMBER = r"(?<![\d.,/A-Za-z])(?<!\d-)[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|[.,/-]\d)"
_UNIT = r"(?:\s?(?:백만|천만|[천만억])?\s?(?!에서)[^\s\d()<>=~→,.-]+?)?"
_ARROW = re.compile(
    rf"(?P<from>{_NUMBER})(?P<u1>{_UNIT})\s*(?:->|=>|→)\s*(?P<to>{_NUMBER})(?P<u2>{_UNIT})(?=[\s(),.]|$)"
)
_FROM_TO = re.compile(
    rf"(?P<from>{_NUMBER})(?P<u1>{_UNIT})에서\s*(?P<to>{_NUMBER})(?P<u2>{_UNIT})(?:으로|로)(?=[\s(),.]|$)"
)
_NOW = re.compile(
    rf"\s*\(\s*(?:now|current|현재|지금)\s*:?\s*(?P<now>{_NUMBER})(?P<unit>{_UNIT})\s*\)", re.IGNORECASE
)


def parse_okrs(text: str) -> tuple[Objective, ...]:
    """Read objectives and their key results from text.

    Args:
        text: Lines that start with ``O:`` or ``KR:``; see the module's head for the form.
            A key result measures something if it names two values, as ``20% -> 35%`` or
            ``20%에서 35%로``; ``(now 29%)`` or ``(현재 29%)`` adds where it stands.

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
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
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
    return tuple(objectives)


def _take(line: str, number: int, objectives: list[Objective]) -> None:
    """Add what one line says to the objectives read so far."""
    head = _HEAD.fullmatch(line.replace("：", ":", 1))
    if not head:
        what = Text("'{start}'(으)로 시작합니다", "starts with '{start}'").fill(
            start=line.split(maxsplit=1)[0][:20]
        )
        raise ContentError(Problem(what, Text("'O:'나 'KR:'로 시작하세요", "expected 'O:' or 'KR:'")))
    text = head["text"].strip()
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
        text: The sentence, with or without a measure.
        line: Where it stood, to be remembered.

    Raises:
        ContentError: If the values have different units, or baseline equals target.

    Example:
        >>> parse_key_result("앱을 출시한다").measure is None
        True
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-")
    now = _NOW.search(plain)
    values = _ARROW.search(plain) or _FROM_TO.search(plain)
    sentence = _NOW.sub("", text) if now else text
    if not values:
        return KeyResult(sentence.strip(), None, line)
    units = {
        unit
        for unit in (values["u1"].strip(), values["u2"].strip(), now["unit"].strip() if now else "")
        if unit
    }
    if len(units) > 1:
        what = Text("단위가 서로 다릅니다 ({units})", "the units differ ({units})").fill(
            units=", ".join(sorted(units))
        )
        raise ContentError(Problem(what, Text("한 단위로 쓰세요", "write all values in one unit")))
    current = _number(now["now"]) if now else None
    measure = Metric(_number(values["from"]), _number(values["to"]), current, "".join(units))
    return KeyResult(sentence.strip(), measure, line)


def _number(text: str) -> float:
    return float(text.replace(",", ""))
