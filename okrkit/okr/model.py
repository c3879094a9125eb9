"""What an OKR is made of.

A bad OKR must be representable, for it is the subject matter: a key result
may lack its measure, and then has no score, which is not the same as zero.
"""

import math
from dataclasses import dataclass, field

from okrkit.errors import ContentError, Problem
from okrkit.text import Text


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
        if not all(math.isfinite(number) for number in (self.baseline, self.target, self.current or 0)):
            what = Text("유한한 수가 아닙니다", "not a finite number")
            raise ContentError(
                Problem(what, Text("실제로 잰 수를 쓰세요", "write a number that was measured"))
            )
        if self.baseline == self.target:
            what = Text(
                "기준값과 목표값이 {value}(으)로 같아 진행률을 셈할 수 없습니다",
                "baseline and target are both {value}, so there is no progress to measure",
            ).fill(value=f"{self.target:g}{self.unit}")
            fix = Text("바꾸려는 값을 목표값으로 쓰세요", "write as target the value you want to reach")
            raise ContentError(Problem(what, fix))


@dataclass(frozen=True, slots=True)
class KeyResult:
    """How one will know that the objective was reached.

    Args:
        text: The sentence, as its owner wrote it.
        measure: What it measures; None for a sentence that measures nothing.
        line: Line of the text it was read from, counted from 1.
    """

    text: str
    measure: Metric | None = None
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Objective:
    """What is to be achieved, and the key results that tell whether it was.

    Args:
        text: The sentence, as its owner wrote it.
        key_results: In the order written; may be empty.
        line: Line of the text it was read from, counted from 1.
    """

    text: str
    key_results: tuple[KeyResult, ...] = ()
    line: int | None = field(default=None, compare=False)
