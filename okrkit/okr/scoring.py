"""From measured values to a score between 0 and 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from graphlib import CycleError, TopologicalSorter
from numbers import Real
from typing import assert_never

from okrkit.errors import ContentError, Problem
from okrkit.okr.checking import check_day
from okrkit.okr.gathering import Gatherable, objectives_of
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


MEASURES: dict[type, tuple[str, Text]] = {
    Metric: ("metric", Text("수치", "metric")),
    Keep: ("keep", Text("유지", "keep")),
    Milestones: ("milestones", Text("이정표", "milestones")),
    YesNo: ("yes_no", Text("예/아니요", "yes or no")),
    Child: ("child", Text("하위 목표", "child objective")),
}
"""The kinds of measure: as tables and reports call them, and as people read them."""


def progress_of(key_result: KeyResult, at: date | None = None, objectives: Gatherable = ()) -> float | None:
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
        >>> progress_of(parse_key_result("이탈률 12% -> 6% (now 9%)"))
        0.5
    """
    return _progress(key_result, at, _children([key_result], at, objectives))


def score(okrs: KeyResult | Gatherable, at: date | None = None, objectives: Gatherable = ()) -> Score:
    """Return the score of a key result, an objective, or several objectives.

    A key result scores its progress, clamped to 0-1. An objective scores the mean of
    its key results (Doerr, Measure What Matters) by their weights, several objectives
    the mean of theirs. What has no score is left out, never counted as zero.

    Args:
        okrs: What to score: a key result, an objective, several in any sequence, or a plan.
        at: Count check-ins, and what was done, up to this day only; None for all. What has
            no day (``current``, ``done`` without ``done_on``) always counts.
        objectives: Where child objectives are found, beside those being scored.

    Raises:
        ContentError: If objectives are each other's children in a circle, a child does
            not exist, or two objectives have the same id.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> score(parse_okrs('''
        ... O: 단골이 친구를 데려오는 카페가 된다
        ... KR: 재방문율 20% -> 35% (now 29%)
        ... KR: 앱을 출시한다
        ... '''))
        0.60 (핵심 결과 2개 중 1개로 계산)
    """
    if isinstance(okrs, KeyResult | Objective):
        return score_each([okrs], at, objectives)[0]
    found = objectives_of(okrs)
    scored = score_each(found, at, objectives)
    return _rolled_up([(part, each.weight) for part, each in zip(scored, found, strict=True)])


def score_each(
    parts: Sequence[KeyResult | Objective], at: date | None = None, objectives: Gatherable = ()
) -> list[Score]:
    """Return the score of each part, in order; a child objective that many share is scored once.

    Args:
        parts: Key results, objectives, or both.
        at: Count check-ins up to this day only; None for all.
        objectives: Where child objectives are found, beside those among the parts.

    Raises:
        ContentError: As ``score``.

    Example:
        >>> [part.value for part in score_each([KeyResult("", YesNo(True)), Objective("")])]
        [1.0, None]
    """
    children = _children(parts, at, objectives)
    return [_score(each, at, children) for each in parts]


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
    return Decimal(str(round(float(value), 9))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, wide)


def weighted_mean(parts: Sequence[tuple[float | None, float]]) -> float | None:
    """Return the mean of values by their weights; blanks are left out with their weights.

    Weights are taken as shares of the largest, so that none is too large or too small to
    count with. Summed in the order given, as ``score_frame`` does: both agree to the last bit.

    Args:
        parts: Values and weights, the weights above 0.

    Example:
        >>> weighted_mean([(1.0, 1e308), (0.5, 1e308), (None, 1.0)])
        0.75
    """
    known = [(value, weight) for value, weight in parts if value is not None]
    largest = max((weight for _, weight in known), default=1.0)
    total = shares = 0.0
    for value, weight in known:  # not sum(): it compensates for rounding, which NumPy's does not
        total += value * (weight / largest)
        shares += weight / largest
    return total / shares if known else None


Children = Mapping[str, Score]
"""The scores of child objectives by their id."""


def _score(part: KeyResult | Objective, at: date | None, children: Children) -> Score:
    if isinstance(part, KeyResult):
        moved = _progress(part, at, children)
        value = None if moved is None else min(max(moved, 0.0), 1.0)
        return Score(value, counted=int(value is not None), total=1, worst=value)
    return _rolled_up([(_score(each, at, children), each.weight) for each in part.key_results])


def _progress(key_result: KeyResult, at: date | None, children: Children) -> float | None:
    measure, value = key_result.measure, current_value(key_result, at)
    match measure:
        case None:
            return None
        case Metric():
            return None if value is None else (value - measure.baseline) / (measure.target - measure.baseline)
        case Keep():
            return None if value is None else float(_keeps(measure, value))
        case Milestones():
            return weighted_mean([(float(is_done(step, at) or 0), step.weight) for step in measure.steps])
        case YesNo():
            done = is_done(measure, at)
            return None if done is None else float(done)
        case Child():
            return children[measure.objective].value
        case _:
            assert_never(measure)


def _keeps(keep: Keep, value: float) -> bool:
    above = keep.low is None or value > keep.low or (keep.inclusive and value == keep.low)
    below = keep.high is None or value < keep.high or (keep.inclusive and value == keep.high)
    return above and below


def _children(
    parts: Sequence[KeyResult | Objective], at: date | None, objectives: Gatherable
) -> dict[str, Score]:
    """Score every objective that the parts have below them, children before their parents."""
    check_day(at)
    known = {
        each.id: each
        for each in (*objectives_of(objectives), *parts)
        if isinstance(each, Objective) and each.id
    }
    graph: dict[str, list[str]] = {}
    waiting = [name for part in parts for name in child_ids(part)]
    for name in waiting:  # it grows on the way
        if name not in known:
            what = Text("목표 '{id}'이(가) 없습니다", "there is no objective '{id}'").fill(id=name)
            fix = Text("있는 목표의 id를 쓰세요", "write the id of one that exists")
            raise ContentError(Problem(what, fix))
        if name not in graph:
            graph[name] = child_ids(known[name])
            waiting += graph[name]
    found: dict[str, Score] = {}
    try:
        for name in TopologicalSorter(graph).static_order():
            found[name] = _score(known[name], at, found)
    except CycleError as error:
        loop = " -> ".join(reversed(error.args[1]))
        what = Text("목표가 돌고 돕니다: {loop}", "objectives go round in a circle: {loop}").fill(loop=loop)
        fix = Text("고리 하나를 끊으세요", "break the circle at one place")
        raise ContentError(Problem(what, fix)) from error
    return found


def child_ids(part: KeyResult | Objective) -> list[str]:
    """Return the ids of the child objectives that a part refers to."""
    key_results = (part,) if isinstance(part, KeyResult) else part.key_results
    return [each.measure.objective for each in key_results if isinstance(each.measure, Child)]


def _rolled_up(parts: Sequence[tuple[Score, float]]) -> Score:
    mean = weighted_mean([(part.value, weight) for part, weight in parts])
    worst = min((part.worst for part, _ in parts if part.worst is not None), default=None)
    return Score(mean, sum(part.counted for part, _ in parts), sum(part.total for part, _ in parts), worst)


SUCCESS_FROM: dict[Kind, float] = {"aspirational": 0.6, "committed": 1.0}
"""The score from which a goal of each kind is a success; see ``success``."""


def kind_of(key_result: KeyResult, objective: Objective) -> Kind:
    """Return by which kind a key result is judged: its own, if it says so, or else its objective's.

    Example:
        >>> kind_of(KeyResult("", committed=True), Objective("", kind="aspirational"))
        'committed'
    """
    if key_result.committed is None:
        return objective.kind
    return "committed" if key_result.committed else "aspirational"


def must_be_a_score(value: object) -> None:
    """Refuse what is no score.

    Raises:
        ContentError: If it is no number, or not between 0 and 1.
    """
    if not isinstance(value, Real | Decimal):
        what = Text("점수가 수가 아닙니다 ({value})", "the score is no number ({value})").fill(
            value=repr(value)
        )
        fix = Text(
            "0.7처럼 쓰세요. ok.score의 결과라면 .value를 붙이세요",
            "write, say, 0.7; of what ok.score returns, its .value",
        )
        raise ContentError(Problem(what, fix))
    if not 0 <= value <= 1:  # type: ignore[operator]  # (any real number compares)
        what = Text("점수 {value}이(가) 0에서 1 사이가 아닙니다", "the score {value} is not between 0 and 1")
        raise ContentError(Problem(what.fill(value=value), Text("70%라면 0.7로 쓰세요", "write 70 % as 0.7")))


def success(value: float | None, kind: Kind) -> bool | None:
    """Tell whether a score counts as a success for what was promised.

    An aspirational goal succeeds from 0.6, where re:Work's sweet spot of 0.6-0.7 begins
    (theokrguide.com; the exam card's 60-70 %). A committed one is expected to reach 1.0;
    less wants an explanation (Google OKR playbook, whatmatters.com). A band is another
    scale, and the two disagree on purpose: 0.62 is yellow by Google and a success.

    Each is judged by its own kind and nothing else: an objective's score by the objective's
    kind, a key result's by its own ``committed`` or else its objective's kind. So a committed
    key result in a stretch objective is expected at 1.0, and does not bind the objective.

    Args:
        value: The score, 0 to 1; None if there is none.
        kind: What was promised.

    Returns:
        None if there is no score.

    Raises:
        ContentError: If the value is not between 0 and 1, or there is no such kind.

    Example:
        >>> success(0.62, "aspirational"), success(0.9, "committed")
        (True, False)
    """
    if kind not in list(SUCCESS_FROM):
        what = Text("'{kind}'(이)라는 성격의 목표는 없습니다", "there is no kind '{kind}'").fill(kind=kind)
        fix = Text("{all} 가운데 하나를 쓰세요", "write one of: {all}").fill(all=", ".join(SUCCESS_FROM))
        raise ContentError(Problem(what, fix))
    if value is None:
        return None
    must_be_a_score(value)
    return round(value, 9) >= SUCCESS_FROM[kind]


def too_easy(okrs: Gatherable) -> bool:
    """Tell whether the goals were too easy: everything that has a score ended at 1.0.

    Who always reaches 1.0 did not aim high enough (re:Work, by theokrguide.com). That is
    said of stretch goals: where every key result is committed, 1.0 was the promise.

    Args:
        okrs: An objective, several, or a plan, at the end of the cycle.

    Returns:
        True if every key result that has a score has 1.0, and at least one of these is
        aspirational, by its own word or its objective's.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> too_easy(parse_okrs("O: 빵을 덜 버린다" + chr(10) + "KR: 폐기 20개 -> 5개 (now 3개)"))
        True
    """
    found = objectives_of(okrs)
    kinds = [(each, kind_of(each, objective)) for objective in found for each in objective.key_results]
    scores = score_each([each for each, _ in kinds], objectives=found)
    ended = [
        (part.value, kind) for part, (_, kind) in zip(scores, kinds, strict=True) if part.value is not None
    ]
    stretched = any(kind == "aspirational" for _, kind in ended)
    return stretched and all(round(value, 9) == 1 for value, _ in ended)
