"""OKRs as tables, and scores for a whole company at once."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from okrkit.errors import ContentError, Problem
from okrkit.okr.alignment import Tree
from okrkit.okr.bands import Scheme, band, scheme_of
from okrkit.okr.bsc import Scorecard, achievement
from okrkit.okr.forecasting import Forecast
from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import (
    FARTHEST,
    CheckIn,
    Child,
    Keep,
    KeyResult,
    Metric,
    Objective,
    current_value,
)
from okrkit.okr.pacing import confidence
from okrkit.okr.scoring import MEASURES, Score, progress_of, score_each
from okrkit.text import Text

Floats = NDArray[np.float64]

_COLUMNS = (
    "objective", "key_result", "baseline", "target", "current", "unit",
    "progress", "score", "kind", "weight", "confidence", "objective_id",
)  # fmt: skip
_CHECK_IN_COLUMNS = (
    "objective", "key_result", "on", "value", "unit", "progress", "confidence", "note", "objective_id",
)  # fmt: skip
_MEASURE_COLUMNS = (
    "perspective", "objective", "measure", "kind",
    "baseline", "target", "current", "unit", "weight", "achievement",
)  # fmt: skip
_TREE_COLUMNS = ("level", "objective", "owner", "score", "objective_id", "parent")
_FORECAST_COLUMNS = ("score", "low", "high", "reason")
_NUMBERS = (
    "baseline", "target", "current", "progress", "score", "weight", "confidence", "value",
    "achievement", "low", "high",
)  # fmt: skip
_TYPES = {"level": "int64", "on": "datetime64[s]", **dict.fromkeys(_NUMBERS, "float64")}  # all else is text
_MOST_PROBLEMS = 10  # of a million rows, the first few that are wrong tell enough


@runtime_checkable
class Tabular(Protocol):
    """What has rows of its own to make a table of."""

    def to_rows(self) -> list[dict[str, Any]]:
        """Return the rows as plain data."""


def to_frame(okrs: KeyResult | Gatherable | Tree | Forecast | Scorecard | Tabular) -> pd.DataFrame:
    """Return a table: a row per key result, objective of a tree, measure, point compared, claim, or forecast.

    Args:
        okrs: An objective, several, a plan, or one key result; or what ``tree``, ``forecast``,
            ``compare_bsc`` or ``progress`` returned; or a scorecard.

    Returns:
        Of objectives: columns objective, key_result, baseline, target, current, unit, progress
        (unclamped fraction), score (0-1), kind (metric, keep, milestones, yes_no, child
        or none), weight, confidence (0-10, as last said in a check-in) and objective_id (``#2``
        for the second objective if it has none). A number that is not known is NaN, a text
        that is not known is empty. Of a tree: level (0 at the top), objective, owner, score,
        objective_id and parent (its id), each objective above those that serve it. Of a
        scorecard: perspective, objective, measure, kind (lead or lag), baseline, target,
        current, unit, weight and achievement (0-1). Of a forecast: score, low, high (0-1) and
        reason. Of a comparison: its points in the language in force. Of a learner's progress:
        claim (or chapter, level), name, questions, known, weak, new, due (numbers of questions)
        and recall (0-1, NaN where nothing was practised).

    Raises:
        ContentError: If it is nothing of these; as ``score``, if it cannot be scored.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> okrs = parse_okrs("O: Regulars bring friends" + chr(10) + "KR: return rate 20% -> 35% (now 29%)")
        >>> to_frame(okrs).loc[0, ["target", "score"]].to_list()
        [35.0, 0.6]
    """
    match okrs:
        case Tabular():
            return pd.DataFrame(okrs.to_rows())
        case Scorecard():
            return _table(_measures(okrs), _MEASURE_COLUMNS)
        case Forecast():
            return _table([(okrs.score, okrs.low, okrs.high, str(okrs.reason or ""))], _FORECAST_COLUMNS)
        case Tree():
            return _table(_levels(okrs), _TREE_COLUMNS)
        case KeyResult():
            return _table(_rows((Objective("", (okrs,)),)), _COLUMNS)
    return _table(_rows(objectives_of(okrs)), _COLUMNS)


def _table(rows: Iterable[tuple[object, ...]], columns: Sequence[str]) -> pd.DataFrame:
    types = {name: _TYPES.get(name, "str") for name in columns}
    return pd.DataFrame(rows, columns=list(columns)).astype(types)


def _levels(tree: Tree) -> Iterator[tuple[object, ...]]:
    """Go through a tree depth first, in the order written."""
    everyone = (*tree.roots, *(each for served in tree.children.values() for each in served))
    scores = dict(zip(map(id, everyone), score_each(everyone, objectives=everyone), strict=True))
    waiting = [(each, 0) for each in reversed(tree.roots)]
    while waiting:
        each, level = waiting.pop()
        yield level, each.text, each.owner, scores[id(each)].value, each.id, each.parent
        waiting += [(below, level + 1) for below in reversed(tree.below(each))]


def _measures(scorecard: Scorecard) -> Iterator[tuple[object, ...]]:
    for perspective in scorecard.perspectives:
        for objective in perspective.objectives:
            for each in objective.measures:
                values = (each.baseline, each.target, each.current, each.unit, each.weight)
                names = (perspective.name, objective.text, each.text, each.kind)
                yield (*names, *values, achievement(each).value)


def check_ins_to_frame(okrs: Gatherable) -> pd.DataFrame:
    """Return one row per check-in, by key result and as they were written.

    Args:
        okrs: An objective, several, or a plan.

    Returns:
        Columns objective, key_result, on (the day), value, unit, progress (unclamped
        fraction with that value; NaN where there is none or the measure is no number),
        confidence (0-10), note and objective_id, as of ``to_frame``. A number that is not known is NaN.

    Example:
        >>> from datetime import date
        >>> from okrkit.okr.model import CheckIn
        >>> seen = (CheckIn(date(2026, 1, 9), 29, confidence=6),)
        >>> returning = KeyResult("return rate", Metric(20, 35, unit="%"), check_ins=seen)
        >>> check_ins_to_frame(Objective("Regulars", (returning,))).loc[0, ["value", "progress"]].to_list()
        [29.0, 0.6]
    """
    rows = (
        (objective.text, key_result.text, seen.on, seen.value, unit, moved, seen.confidence, seen.note, name)
        for name, objective, key_result in _key_results(objectives_of(okrs))
        for seen, unit, moved in _seen(key_result)
    )
    return _table(rows, _CHECK_IN_COLUMNS)


def score_frame(df: pd.DataFrame, *, scheme: str | Scheme = "google") -> pd.DataFrame:
    """Score a whole company at once, to the last bit as ``score`` and ``band`` do.

    Args:
        df: One row per key result, with the columns objective_id or objective (an id or text:
            rows that share it belong together; the id goes first), baseline, target and
            current (NaN while nothing was measured), and, if need be, weight (above 0; 1
            without the column). A row with neither baseline nor target measures nothing,
            unless a column progress, as of ``to_frame``, says how far it came.
        scheme: A name in ``schemes()``, or a scheme of one's own.

    Returns:
        One row per objective, as they first appear: objective_id and objective (if the table
        has them), score (weighted mean of the key results that have one, 0-1; NaN if none
        has), band (its name, a categorical from the lowest up; missing without a score), worst
        (lowest score among them), counted and total (key results with a score, and all).

    Raises:
        ContentError: With the first rows in which baseline equals target, a number is not
            finite, a weight is not above 0 or the objective is missing; or if a column is
            missing or holds no numbers.

    Example:
        >>> df = pd.DataFrame({"objective": ["a", "a"], "baseline": 0, "target": 100, "current": [85, 60]})
        >>> score_frame(df)
          objective  score   band  worst  counted  total
        0         a  0.725  green    0.6        2      2
    """
    scheme = scheme_of(scheme)
    codes, names = _objectives(df)
    scores, weights = _scores(df)
    size, measured = len(next(iter(names.values()))), ~np.isnan(scores)
    counted = np.bincount(codes[measured], minlength=size)
    shares, worst = np.where(measured, weights, 0.0), np.full(size, np.inf)
    largest = np.zeros(size)
    np.maximum.at(largest, codes, shares)
    np.minimum.at(worst, codes, np.where(measured, scores, np.inf))
    with np.errstate(invalid="ignore"):  # 0 / 0: an objective without a score
        shares /= largest[codes]
        total = np.bincount(codes, np.where(measured, scores * shares, 0.0), size)
        means = total / np.bincount(codes, shares, size)
    columns = {
        **names,
        "score": means,
        "band": _bands(means, scheme),
        "worst": np.where(counted > 0, worst, np.nan),
        "counted": counted,
        "total": np.bincount(codes, minlength=size),
    }
    return pd.DataFrame(columns)


def _key_results(objectives: Iterable[Objective]) -> Iterator[tuple[str, Objective, KeyResult]]:
    """Yield each key result with its objective, and what tells that one from all others."""
    for number, each in enumerate(objectives, start=1):
        for key_result in each.key_results:
            yield each.id or f"#{number}", each, key_result


def _rows(objectives: Sequence[Objective]) -> Iterator[tuple[object, ...]]:
    found = list(_key_results(objectives))
    scores = score_each([each for *_, each in found], objectives=objectives)
    for (name, objective, key_result), scored in zip(found, scores, strict=True):
        yield objective.text, *_row(key_result, scored), name


def _row(key_result: KeyResult, scored: Score) -> tuple[object, ...]:
    """Return what ``to_frame`` tells of one key result, beside its objective."""
    measure = key_result.measure
    bounds = (measure.baseline, measure.target) if isinstance(measure, Metric) else (None, None)
    moved = scored.value if isinstance(measure, Child) else progress_of(key_result)
    known = (*bounds, current_value(key_result), _unit(key_result), moved, scored.value)
    return (
        key_result.text,
        *known,
        MEASURES[type(measure)][0] if measure else "none",
        key_result.weight,
        confidence(key_result),
    )


def _seen(key_result: KeyResult) -> Iterator[tuple[CheckIn, str, float | None]]:
    """Yield the check-ins, each with its unit and the progress it alone would make."""
    numeric = isinstance(key_result.measure, Metric | Keep)
    for each in key_result.check_ins:
        measured = numeric and each.value is not None
        moved = progress_of(replace(key_result, check_ins=(each,))) if measured else None
        yield each, _unit(key_result), moved


def _unit(key_result: KeyResult) -> str:
    return key_result.measure.unit if isinstance(key_result.measure, Metric | Keep) else ""


def _objectives(df: pd.DataFrame) -> tuple[NDArray[np.intp], dict[str, Any]]:
    """Return the number of each row's objective, and the objectives' names as they first appear."""
    given = [name for name in ("objective_id", "objective") if name in df.columns] or ["objective"]
    codes, names = pd.factorize(_column(df, given[0]).array)
    nameless = Problem(
        Text("목표가 비어 있습니다", "no objective is named"),
        Text("어느 목표의 핵심 결과인지 쓰세요", "name the objective it belongs to"),
    )
    _refuse(codes < 0, lambda _: nameless)
    first = np.empty(len(names), dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # of several writes to a place the last one stays
    return codes, {given[0]: names} | {name: df[name].array[first] for name in given[1:]}


def _scores(df: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return the score of each row, NaN where there is none, and its weight."""
    baseline, target, current = (_numbers(df, name) for name in ("baseline", "target", "current"))
    weight = _numbers(df, "weight") if "weight" in df.columns else np.ones(len(df))
    with np.errstate(all="ignore"):  # Python's own arithmetic does not warn of overflow either
        way = target - baseline
        moved = (current - baseline) / way
    unmeasured = np.isnan(baseline) & np.isnan(target) & ~np.isinf(current)
    measured = np.isfinite(way) & (way != 0) & ~np.isinf(current) & ~(np.abs(moved) > FARTHEST)
    weighty = np.isfinite(weight) & (weight > 0)
    _refuse(
        ~((measured | unmeasured) & weighty),
        lambda row: _problem(*(float(each[row]) for each in (baseline, target, current, weight))),
    )
    if "progress" in df.columns:
        moved = np.where(unmeasured, _numbers(df, "progress"), moved)
    return np.clip(moved, 0.0, 1.0), weight


def _problem(baseline: float, target: float, current: float, weight: float) -> Problem:
    """Return what the model itself says against such a row."""
    try:
        KeyResult("", weight=weight)
        Metric(baseline, target, None if np.isnan(current) else current)
    except ContentError as error:
        return error.problems[0]
    raise AssertionError("a row was refused that the model accepts")


def _refuse(bad: NDArray[np.bool_], explain: Callable[[int], Problem]) -> None:
    """Raise an error that names the first bad rows by their position."""
    rows = np.flatnonzero(bad)[:_MOST_PROBLEMS]
    if rows.size:
        raise ContentError(*(replace(explain(int(row)), path=f"df.iloc[{row}]") for row in rows))


def _column(df: pd.DataFrame, name: str) -> "pd.Series[Any]":
    if name not in df.columns:
        what = Text("'{name}' 열이 없습니다", "there is no column '{name}'").fill(name=name)
        fix = Text(
            "objective, baseline, target, current 열을 두세요",
            "the columns are objective, baseline, target, current",
        )
        raise ContentError(Problem(what, fix))
    return df[name]


def _numbers(df: pd.DataFrame, name: str) -> Floats:
    """Return a column as floats, NaN where it is empty."""
    column = _column(df, name)
    try:
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        wrong = pd.to_numeric(column, errors="coerce").isna() & column.notna()
        what = Text("{name} 값이 수가 아닙니다", "{name} is not a number").fill(name=name)
        fix = Text("단위 없이 35처럼 쓰세요", "write, say, 35, without its unit")
        _refuse((wrong if wrong.any() else column.notna()).to_numpy(), lambda _: Problem(what, fix))
        raise


def _bands(scores: Floats, scheme: Scheme) -> "pd.Categorical[str]":
    """Return the band of each score, just as ``band`` would."""
    places = np.searchsorted(_cuts(scheme), scores, side="right") - 1
    names = pd.Index([each.name for each in scheme.bands], dtype="str")
    return pd.Categorical.from_codes(np.where(np.isnan(scores), -1, places), names, ordered=True)


@cache
def _cuts(scheme: Scheme) -> Floats:
    """Return the lowest float that ``band`` puts into each band.

    As bands only rise with the score, these are all one needs to know. They are searched
    for among all floats with ``band`` itself, so that no rounding can differ; from 0 to 1,
    floats stand in the order of their bits.
    """

    def floor(bits: int) -> Decimal:
        found = band(float(np.int64(bits).view(np.float64)), scheme)
        return found.floor if found else Decimal(0)

    floats = range(int(np.float64(1).view(np.int64)) + 1)
    return np.array([bisect_left(floats, each.floor, key=floor) for each in scheme.bands]).view(np.float64)
