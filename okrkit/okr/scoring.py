"""From measured values to a score between 0 and 1."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import assert_never

from okrkit.errors import ContentError, Problem
from okrkit.okr.model import (
    Child,
    Keep,
    KeyResult,
    Kind,
    Metric,
    Milestones,
    Objective,
    YesNo,
    current_value,
    is_done,
)
from okrkit.text import Text


@dataclass(frozen=True, slots=True)
class Score:
    """A score, and on how many key results it rests.

    Args:
        value: Fraction from 0.0 to 1.0, not rounded; None if no key result has one.
        counted: Number of key results that have a score.
        total: Number of all key results.
        worst: Lowest score of a key result among them, the other way to roll up
            (Perdoo); None if none has a score.
    """

    value: float | None
    counted: int
    total: int
    worst: float | None = None

    def __str__(self) -> str:
        basis = Text("핵심 결과 {total}개 중 {counted}개로 계산", "on {counted} of {total} key results")
        shown = "-" if self.value is None else str(round_half_up(self.value))
        return f"{shown} ({basis.fill(counted=self.counted, total=self.total)})"

    __repr__ = __str__


def progress(
    key_result: KeyResult, at: date | None = None, objectives: Iterable[Objective] = ()
) -> float | None:
    """Return how far a key result has come.

    A metric: (current - baseline) / (target - baseline), the formula every published
    tool agrees on, for rising and falling measures alike. A number to keep: 1 while it
    keeps to its bounds, else 0. Milestones: the weight of those reached. Yes or no: 1
    or 0. A child objective: its score.

    Args:
        key_result: The key result.
        at: Count check-ins, and what was done, up to this day only; None for all. What has
            no day (``current``, ``done`` without ``done_on``) always counts.
        objectives: Where child objectives are found.

    Returns:
        A fraction, not clamped: below 0 when things got worse, above 1 when
        overshot. None if nothing can be or has been measured.

    Example:
        >>> from okrkit.okr.reading import parse_key_result
        >>> progress(parse_key_result("이탈률 12% -> 6% (now 9%)"))
        0.5
    """
    return _progress(key_result, at, {each.id: each for each in objectives if each.id}, ())


def score(
    okrs: KeyResult | Objective | Sequence[Objective],
    at: date | None = None,
    objectives: Iterable[Objective] = (),
) -> Score:
    """Return the score of a key result, an objective, or several objectives.

    A key result scores its progress, clamped to 0-1. An objective scores the mean of
    its key results (Doerr, Measure What Matters) by their weights, several objectives
    the mean of theirs. What has no score is left out, never counted as zero.

    Args:
        okrs: What to score.
        at: Count check-ins, and what was done, up to this day only; None for all. What has
            no day (``current``, ``done`` without ``done_on``) always counts.
        objectives: Where child objectives are found, beside those being scored.

    Raises:
        ContentError: If objectives are each other's children in a circle, or a child
            does not exist.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> score(parse_okrs('''
        ... O: 단골이 친구를 데려오는 카페가 된다
        ... KR: 재방문율 20% -> 35% (now 29%)
        ... KR: 앱을 출시한다
        ... '''))
        0.60 (핵심 결과 2개 중 1개로 계산)
    """
    if isinstance(okrs, str):
        what = Text("아직 읽지 않은 글입니다", "this is text that was not read yet")
        raise ContentError(
            Problem(what, Text("먼저 ok.parse_okrs로 읽으세요", "read it with ok.parse_okrs first"))
        )
    scored = [] if isinstance(okrs, KeyResult | Objective) else list(okrs)
    known = {each.id: each for each in (*objectives, *scored) if each.id}
    return _score(okrs, at, known, ())


def round_half_up(value: float, digits: int = 2) -> Decimal:
    """Round as people do: 0.725 to 0.73, where Python's ``round`` gives 0.72.

    Args:
        value: Any finite number. Binary dust is taken off first, at the ninth decimal.
        digits: Decimals to keep, 0 or more.

    Example:
        >>> round_half_up(0.725), round_half_up(0.1 + 0.2, 1)
        (Decimal('0.73'), Decimal('0.3'))
    """
    wide = Context(prec=400)  # enough for every digit of the largest float
    return Decimal(str(round(value, 9))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, wide)


Known = dict[str, Objective]


def _score(
    part: KeyResult | Objective | Sequence[Objective], at: date | None, known: Known, path: tuple[str, ...]
) -> Score:
    """Score a part; ``path`` holds the ids of the objectives on the way to it."""
    if isinstance(part, KeyResult):
        moved = _progress(part, at, known, path)
        value = None if moved is None else min(max(moved, 0.0), 1.0)
        return Score(value, counted=int(value is not None), total=1, worst=value)
    parts = part.key_results if isinstance(part, Objective) else part
    return _mean([(_score(each, at, known, path), each.weight) for each in parts])


def _progress(key_result: KeyResult, at: date | None, known: Known, path: tuple[str, ...]) -> float | None:
    measure, value = key_result.measure, current_value(key_result, at)
    match measure:
        case None:
            return None
        case Metric():
            return None if value is None else (value - measure.baseline) / (measure.target - measure.baseline)
        case Keep():
            return None if value is None else float(_keeps(measure, value))
        case Milestones():
            reached = math.fsum(step.weight for step in measure.steps if is_done(step, at))
            return reached / math.fsum(step.weight for step in measure.steps)
        case YesNo():
            done = is_done(measure, at)
            return None if done is None else float(done)
        case Child():
            return _score(_child(measure, known, path), at, known, (*path, measure.objective)).value
        case _:
            assert_never(measure)


def _keeps(keep: Keep, value: float) -> bool:
    above = keep.low is None or value > keep.low or (keep.inclusive and value == keep.low)
    below = keep.high is None or value < keep.high or (keep.inclusive and value == keep.high)
    return above and below


def _child(child: Child, known: Known, path: tuple[str, ...]) -> Objective:
    if child.objective in path:
        loop = " -> ".join((*path[path.index(child.objective) :], child.objective))
        what = Text("목표가 돌고 돕니다: {loop}", "objectives go round in a circle: {loop}").fill(loop=loop)
        raise ContentError(Problem(what, Text("고리 하나를 끊으세요", "break the circle at one place")))
    if child.objective not in known:
        what = Text("목표 '{id}'이(가) 없습니다", "there is no objective '{id}'").fill(id=child.objective)
        raise ContentError(Problem(what, Text("있는 목표의 id를 쓰세요", "write the id of one that exists")))
    return known[child.objective]


def _mean(parts: Sequence[tuple[Score, float]]) -> Score:
    """Return the weighted mean of scores; blanks are left out with their weights."""
    values = [(part.value, weight) for part, weight in parts if part.value is not None]
    weights = math.fsum(weight for _, weight in values)
    mean = math.fsum(value * weight for value, weight in values) / weights if values else None
    worst = min((part.worst for part, _ in parts if part.worst is not None), default=None)
    return Score(mean, sum(part.counted for part, _ in parts), sum(part.total for part, _ in parts), worst)


_SUCCESS_FROM: dict[Kind, float] = {"aspirational": 0.6, "committed": 1.0}


def success(value: float | None, kind: Kind) -> bool | None:
    """Tell whether a score counts as a success for what was promised.

    An aspirational goal succeeds from 0.6, where re:Work's sweet spot of 0.6-0.7 begins
    (theokrguide.com; the exam card's 60-70 %). A committed one is expected to reach 1.0;
    less wants an explanation (Google OKR playbook, whatmatters.com). A band is another
    scale, and the two disagree on purpose: 0.62 is yellow by Google and a success.

    Args:
        value: The score, 0 to 1; None if there is none.
        kind: What was promised.

    Returns:
        None if there is no score.

    Example:
        >>> success(0.62, "aspirational"), success(0.9, "committed")
        (True, False)
    """
    return None if value is None else round(value, 9) >= _SUCCESS_FROM[kind]


def too_easy(okrs: Objective | Sequence[Objective]) -> bool:
    """Tell whether the goals were too easy: everything that has a score ended at 1.0.

    Who always reaches 1.0 did not aim high enough (re:Work, by theokrguide.com). That is
    said of stretch goals: where every objective is committed, 1.0 was the promise.

    Args:
        okrs: An objective, or several, at the end of the cycle.

    Returns:
        True if every objective that has a score has 1.0, and at least one of these is
        aspirational.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> too_easy(parse_okrs("O: 빵을 덜 버린다" + chr(10) + "KR: 폐기 20개 -> 5개 (now 3개)"))
        True
    """
    objectives = [okrs] if isinstance(okrs, Objective) else list(okrs)
    scored = [(score(each, objectives=objectives).value, each.kind) for each in objectives]
    ended = [(value, kind) for value, kind in scored if value is not None]
    stretched = any(kind == "aspirational" for _, kind in ended)
    return stretched and all(round(value, 9) == 1 for value, _ in ended)
