"""What an OKR is made of.

A bad OKR must be representable, for it is the subject matter: a key result
may lack its measure, and then has no score, which is not the same as zero.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, overload

from okrkit.errors import ContentError, Problem
from okrkit.text import Text

Kind = Literal["committed", "aspirational"]
"""Committed: to be met in full. Aspirational: a stretch, of which 60-70 % is a success."""

Origin = Literal["top_down", "bottom_up"]
"""Whether an objective came from above or from those who own it."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that is to move from where it stands to where it should be.

    A falling measure needs no flag: a target below the baseline says so.

    Args:
        baseline: Value at the start of the cycle, any finite number.
        target: Value aimed at, in the same unit; different from the baseline.
        current: Value now, in the same unit; None while nothing has been measured.
        unit: What is counted, such as ``"%"`` or ``"명"``; may be empty.

    Raises:
        ContentError: If baseline equals target, for then no progress can be told,
            or if a number is not finite.

    Example:
        >>> Metric(baseline=12, target=6, current=9, unit="%").current
        9
    """

    baseline: float
    target: float
    current: float | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        _must_be_finite(self.baseline, self.target, self.current, self.target - self.baseline)
        if self.baseline == self.target:
            what = Text(
                "기준값과 목표값이 {value}(으)로 같아 진행률을 셈할 수 없습니다",
                "baseline and target are both {value}, so there is no progress to measure",
            ).fill(value=f"{self.target:g}{self.unit}")
            fix = Text("바꾸려는 값을 목표값으로 쓰세요", "write as target the value you want to reach")
            raise ContentError(Problem(what, fix))


@dataclass(frozen=True, slots=True)
class Keep:
    """A number that is to stay where it is: above, below, or within two bounds.

    Args:
        low: It is to stay above this; None if there is no lower bound.
        high: It is to stay below this; None if there is no upper bound.
        inclusive: Whether the bound itself will do (이상, 이하) or not (초과, 미만).
        current: Value now; None while nothing has been measured.
        unit: What is counted; may be empty.

    Raises:
        ContentError: If there is no bound, the bounds are the wrong way round, or a
            number is not finite.
    """

    low: float | None = None
    high: float | None = None
    inclusive: bool = False
    current: float | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        _must_be_finite(self.low, self.high, self.current)
        if self.low is None and self.high is None:
            what = Text("지킬 범위가 없습니다", "there is no bound to keep")
            raise ContentError(
                Problem(what, Text("keep_above나 keep_below를 쓰세요", "write keep_above or keep_below"))
            )
        if self.low is not None and self.high is not None and self.low >= self.high:
            what = Text(
                "아래 끝 {low}이(가) 위 끝 {high}보다 작지 않습니다",
                "the lower bound {low} is not below {high}",
            )
            fix = Text("작은 값을 먼저 쓰세요", "write the smaller one first")
            raise ContentError(Problem(what.fill(low=f"{self.low:g}", high=f"{self.high:g}"), fix))


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone.

    Args:
        text: What is to be reached.
        weight: Its share beside the other milestones, above 0.
        done: Whether it was reached.

    Raises:
        ContentError: If the weight is not above 0.
    """

    text: str
    weight: float = 1.0
    done: bool = False

    def __post_init__(self) -> None:
        _must_weigh_something(self.weight)


@dataclass(frozen=True, slots=True)
class Milestones:
    """Milestones on the way; progress is the weight of those reached.

    Args:
        steps: At least one.

    Raises:
        ContentError: If there is none.
    """

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if not self.steps:
            what = Text("이정표가 하나도 없습니다", "there are no milestones")
            raise ContentError(Problem(what, Text("하나 이상 쓰세요", "write at least one")))


@dataclass(frozen=True, slots=True)
class YesNo:
    """Something that is done or not.

    Args:
        done: Whether it is; None while nobody has said so.
    """

    done: bool | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """Another objective, whose score is the progress of this key result.

    Args:
        objective: The id of that objective.
    """

    objective: str


Measure = Metric | Keep | Milestones | YesNo | Child


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What was seen on one day.

    Args:
        on: The day.
        value: The measure's value on that day, in its unit.
        confidence: How sure the owner is to reach the target, 0 to 10; None if not asked.
        note: In the owner's words; may be empty.

    Raises:
        ContentError: If the value is not finite or the confidence outside 0 to 10.
    """

    on: date
    value: float
    confidence: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        _must_be_finite(self.value, self.confidence)
        if self.confidence is not None and not 0 <= self.confidence <= 10:
            what = Text(
                "자신감 {value}이(가) 0에서 10 사이가 아닙니다", "confidence {value} is not between 0 and 10"
            )
            fix = Text("0에서 10 사이로 쓰세요", "write 0 to 10")
            raise ContentError(Problem(what.fill(value=f"{self.confidence:g}"), fix))


@dataclass(frozen=True, slots=True)
class KeyResult:
    """How one will know that the objective was reached.

    Args:
        text: The sentence, as its owner wrote it.
        measure: What it measures; None for a sentence that measures nothing.
        id: Name within its objectives; may be empty.
        weight: Its share of the objective's score beside the other key results, above 0.
        committed: Whether it must be met in full; None if it is as its objective is.
        check_ins: What was seen, oldest first; their latest value goes before ``measure.current``.
        line: Line of the text it was read from, counted from 1.

    Raises:
        ContentError: If the weight is not above 0.
    """

    text: str
    measure: Measure | None = None
    id: str = ""
    weight: float = 1.0
    committed: bool | None = None
    check_ins: tuple[CheckIn, ...] = ()
    line: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _must_weigh_something(self.weight)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The owner's own verdict at the end, shown beside the computed score.

    Args:
        score: From 0.0 to 1.0.
        reason: Why it differs from the computed score, or agrees with it.

    Raises:
        ContentError: If the score is outside 0 to 1.
    """

    score: float
    reason: str

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1:
            what = Text(
                "판정 점수 {value}이(가) 0에서 1 사이가 아닙니다",
                "the judged score {value} is not between 0 and 1",
            )
            raise ContentError(
                Problem(what.fill(value=self.score), Text("0.7처럼 쓰세요", "write, say, 0.7"))
            )


@dataclass(frozen=True, slots=True)
class Objective:
    """What is to be achieved, and the key results that tell whether it was.

    Args:
        text: The sentence, as its owner wrote it.
        key_results: In the order written; may be empty.
        id: Name others refer to it by; may be empty.
        kind: Committed, or aspirational (a stretch).
        owner: Who answers for it; may be empty.
        parent: Id of the objective it serves; empty at the top.
        origin: Whether it came from above or from its owners; None if not said.
        perspective: Id of the scorecard perspective it belongs to; may be empty.
        weight: Its share beside the other objectives, above 0.
        judgement: The owner's own verdict; None before there is one.
        health: What must not suffer meanwhile; shown, not scored.
        line: Line of the text it was read from, counted from 1.

    Raises:
        ContentError: If the weight is not above 0.
    """

    text: str
    key_results: tuple[KeyResult, ...] = ()
    id: str = ""
    kind: Kind = "aspirational"
    owner: str = ""
    parent: str = ""
    origin: Origin | None = None
    perspective: str = ""
    weight: float = 1.0
    judgement: Judgement | None = None
    health: tuple[KeyResult, ...] = ()
    line: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _must_weigh_something(self.weight)


@dataclass(frozen=True, slots=True)
class Cycle:
    """The time in which the objectives are to be reached.

    Args:
        start: First day.
        end: Last day, after the first.

    Raises:
        ContentError: If it ends before it begins.

    Example:
        >>> quarter(2026, 1)
        Cycle(start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31))
        >>> quarter(2026, 1).elapsed(date(2026, 2, 14))
        0.5
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            what = Text(
                "주기가 {end}에 끝나 시작보다 늦지 않습니다", "the cycle ends on {end}, not after its start"
            )
            fix = Text("끝을 시작보다 늦게 쓰세요", "write an end after the start")
            raise ContentError(Problem(what.fill(end=self.end), fix))

    def elapsed(self, at: date) -> float:
        """Return the share of the cycle that has passed by the end of a day, from 0.0 to 1.0."""
        days = (self.end - self.start).days + 1
        return min(max(((at - self.start).days + 1) / days, 0.0), 1.0)


def quarter(year: int, number: int) -> Cycle:
    """Return a calendar quarter, the usual cycle.

    Args:
        year: Such as 2026.
        number: From 1 to 4.
    """
    start = date(year, 3 * number - 2, 1)
    after = date(year + number // 4, 3 * number % 12 + 1, 1)
    return Cycle(start, after - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Okrs(Sequence[Objective]):
    """Objectives that belong together, in their cycle; a sequence of its objectives.

    Args:
        objectives: In the order written.
        cycle: When they are to be reached; None if not said.
    """

    objectives: tuple[Objective, ...]
    cycle: Cycle | None = None

    @overload
    def __getitem__(self, index: int) -> Objective: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Objective, ...]: ...
    def __getitem__(self, index: int | slice) -> Objective | tuple[Objective, ...]:
        return self.objectives[index]

    def __len__(self) -> int:
        return len(self.objectives)

    def __iter__(self) -> Iterator[Objective]:
        return iter(self.objectives)


def current_value(key_result: KeyResult, at: date | None = None) -> float | None:
    """Return the latest value known, by the end of a day.

    Args:
        key_result: Of a measure that is a number (``Metric`` or ``Keep``).
        at: The day; None for all that is known. Given a day, only check-ins up to
            it count, where there are check-ins.

    Returns:
        The value in the measure's unit; None if nothing was measured or it has no value.
    """
    if not isinstance(key_result.measure, Metric | Keep):
        return None
    if not key_result.check_ins:
        return key_result.measure.current
    known = [each for each in key_result.check_ins if at is None or each.on <= at]
    # Of two on one day the later written holds: max takes the first of equals.
    return max(reversed(known), key=lambda each: each.on).value if known else None


def _must_be_finite(*numbers: float | None) -> None:
    if not all(number is None or math.isfinite(number) for number in numbers):
        what = Text("유한한 수가 아닙니다", "not a finite number")
        raise ContentError(Problem(what, Text("실제로 잰 수를 쓰세요", "write a number that was measured")))


def _must_weigh_something(weight: float) -> None:
    if not (math.isfinite(weight) and weight > 0):
        what = Text("가중치 {weight}이(가) 0보다 크지 않습니다", "the weight {weight} is not above 0").fill(
            weight=weight
        )
        raise ContentError(Problem(what, Text("0보다 큰 수를 쓰세요", "write a number above 0")))
