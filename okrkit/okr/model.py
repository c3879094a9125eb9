"""What an OKR is made of.

A bad OKR must be representable, for it is the subject matter: a key result
may lack its measure, and then has no score, which is not the same as zero.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from numbers import Real
from typing import Literal, overload

from okrkit.okr.checking import check_done, check_fields, check_within, refuse
from okrkit.okr.cycles import Cycle
from okrkit.text import Text

Kind = Literal["committed", "aspirational"]
"""Committed: to be met in full. Aspirational: a stretch, of which 60-70 % is a success."""

Origin = Literal["top_down", "bottom_up"]
"""Whether an objective came from above or from those who own it."""

FARTHEST = 1e100
"""The most progress there may be, either way: nobody measured more, and no sum of it overflows."""


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
        ContentError: If baseline equals target, for then no progress can be told, if a number
            is not finite, or so far off that progress would leave all reason (1e100).

    Example:
        >>> Metric(baseline=12, target=6, current=9, unit="%").current
        9
    """

    baseline: float
    target: float
    current: float | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.baseline == self.target:
            what = Text(
                "기준값과 목표값이 {value}(으)로 같아 진행률을 셈할 수 없습니다",
                "baseline and target are both {value}, so there is no progress to measure",
            ).fill(value=f"{self.target:g}{self.unit}")
            refuse(
                what, Text("바꾸려는 값을 목표값으로 쓰세요", "write as target the value you want to reach")
            )
        _must_be_in_reach(self, "", self.current)


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
        check_fields(self)
        if self.low is None and self.high is None:
            what = Text("지킬 범위가 없습니다", "there is no bound to keep")
            refuse(what, Text("keep_above나 keep_below를 쓰세요", "write keep_above or keep_below"))
        if self.low is not None and self.high is not None and self.low >= self.high:
            what = Text(
                "아래 끝 {low}이(가) 위 끝 {high}보다 작지 않습니다",
                "the lower bound {low} is not below {high}",
            )
            fix = Text("작은 값을 먼저 쓰세요", "write the smaller one first")
            refuse(what.fill(low=f"{self.low:g}", high=f"{self.high:g}"), fix)


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone.

    Args:
        text: What is to be reached.
        weight: Its share beside the other milestones, above 0.
        done: Whether it was reached.
        done_on: The day since when; None if not said, and then it counts on every day.

    Raises:
        ContentError: If the weight is not above 0, or there is a day but it is not done.
    """

    text: str
    weight: float = 1.0
    done: bool = False
    done_on: date | None = None

    def __post_init__(self) -> None:
        _must_weigh_something(self)
        check_done(self.done, self.done_on)


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
        check_fields(self)
        if not self.steps:
            what = Text("이정표가 하나도 없습니다", "there are no milestones")
            refuse(what, Text("하나 이상 쓰세요", "write at least one"))


@dataclass(frozen=True, slots=True)
class YesNo:
    """Something that is done or not.

    Args:
        done: Whether it is; None while nobody has said so.
        done_on: The day since when; None if not said, and then it counts on every day.

    Raises:
        ContentError: If there is a day but it is not done.
    """

    done: bool | None = None
    done_on: date | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        check_done(self.done, self.done_on)


@dataclass(frozen=True, slots=True)
class Child:
    """Another objective, whose score is the progress of this key result.

    Args:
        objective: The id of that objective.
    """

    objective: str

    def __post_init__(self) -> None:
        check_fields(self)


Measure = Metric | Keep | Milestones | YesNo | Child


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What was seen on one day.

    Args:
        on: The day.
        value: The measure's value on that day, in its unit; None if it was not measured.
        confidence: How sure the owner is to reach the target, 0 to 10; None if not asked.
        note: In the owner's words; may be empty.

    Raises:
        ContentError: If there is neither value, confidence nor note, the value is not finite
            or the confidence outside 0 to 10.
    """

    on: date
    value: float | None = None
    confidence: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.value is None and self.confidence is None and not self.note.strip():
            what = Text("값도 자신감도 메모도 없습니다", "there is neither value, confidence nor note")
            refuse(what, Text("하나는 쓰세요", "write at least one of them"), "value")
        check_within(
            10, self.confidence, Text("자신감", "confidence"), Text("0에서 10 사이로 쓰세요", "write 0 to 10")
        )


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
        ContentError: If the weight is not above 0, or a check-in out of a metric's reach.
    """

    text: str
    measure: Measure | None = None
    id: str = ""
    weight: float = 1.0
    committed: bool | None = None
    check_ins: tuple[CheckIn, ...] = ()
    line: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _must_weigh_something(self)
        if isinstance(self.measure, Metric):
            _must_be_in_reach(self.measure, "check_ins", *(each.value for each in self.check_ins))


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
        check_fields(self)
        name, fix = Text("판정 점수", "the judged score"), Text("0.7처럼 쓰세요", "write, say, 0.7")
        check_within(1, self.score, name, fix)


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
        cycle: Its own, as of a goal that runs over several; None: that of the whole plan.
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
    cycle: Cycle | None = None
    line: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _must_weigh_something(self)


@dataclass(frozen=True, slots=True)
class Okrs(Sequence[Objective]):
    """Objectives that belong together, in their cycle; a sequence of its objectives.

    Args:
        objectives: In the order written.
        cycle: When they are to be reached, those aside that have their own; None if not said.
    """

    objectives: tuple[Objective, ...]
    cycle: Cycle | None = None

    def __post_init__(self) -> None:
        check_fields(self)

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

    def cycle_of(self, part: Objective | KeyResult) -> Cycle | None:
        """Return the cycle of an objective, its own or else that of the plan; None if neither is said.

        Args:
            part: One of the objectives, or a key result or health measure of one (itself, no copy of it).

        Example:
            >>> returning = KeyResult("재방문율")
            >>> years = Cycle(date(2026, 1, 1), date(2027, 12, 31))
            >>> Okrs((Objective("단골", (returning,), cycle=years),)).cycle_of(returning) == years
            True
        """
        if isinstance(part, Objective):
            return part.cycle or self.cycle
        holders = (each for each in self if any(part is own for own in (*each.key_results, *each.health)))
        return next((each.cycle for each in holders), None) or self.cycle


def current_value(key_result: KeyResult, at: date | None = None) -> float | None:
    """Return the latest value known, by the end of a day.

    Args:
        key_result: Of a measure that is a number (``Metric`` or ``Keep``).
        at: The day; None for all that is known. Given a day, only check-ins up to
            it count, where there are check-ins with a value.

    Returns:
        The value in the measure's unit; None if nothing was measured or it has no value.
    """
    if not isinstance(key_result.measure, Metric | Keep):
        return None
    seen = [(each.on, each.value) for each in key_result.check_ins if each.value is not None]
    if not seen:
        return key_result.measure.current
    known = [(on, value) for on, value in seen if at is None or on <= at]
    # Of two on one day the later written holds: max takes the first of equals.
    return max(reversed(known), key=lambda each: each[0])[1] if known else None


def is_done(part: Step | YesNo, at: date | None = None) -> bool | None:
    """Return whether something was done by the end of a day.

    Args:
        part: A milestone, or a yes or no; done without a day, it was so all along.
        at: The day; None for all that is known.

    Returns:
        None while nobody has said so.
    """
    return part.done_on <= at if at and part.done_on else part.done


def _must_be_in_reach(metric: Metric, path: str, *values: float | None) -> None:
    way = metric.target - metric.baseline
    for value in (metric.target, *values):
        if value is not None and not abs((value - metric.baseline) / way) <= FARTHEST:
            what = Text("기준값, 목표값, 현재값이 서로 너무 멉니다",
                        "baseline, target and current value are too far apart")  # fmt: skip
            refuse(what, Text("실제로 잰 수를 쓰세요", "write a number that was measured"), path)


def _must_weigh_something(part: Step | KeyResult | Objective) -> None:
    if isinstance(part.weight, Real) and not 0 < part.weight < math.inf:
        what = Text("가중치 {weight}이(가) 0보다 크지 않습니다", "the weight {weight} is not above 0")
        refuse(what.fill(weight=part.weight), Text("0보다 큰 수를 쓰세요", "write a number above 0"))
    check_fields(part)
