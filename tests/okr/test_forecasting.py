"""Forecasts that hold what they promise, and say so where they cannot be made."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from okrkit.errors import ContentError
from okrkit.okr.cycles import Cycle
from okrkit.okr.forecasting import Forecast, forecast, optimism_bias, t_quantile
from okrkit.okr.model import CheckIn, Keep, KeyResult, Measure, Metric
from okrkit.text import Text

THIRTEEN_WEEKS = Cycle(date(2026, 1, 5), date(2026, 4, 5))
SERIES = 1500  # a share of them near 0.8 is known to within 0.01


def seen(values: list[float], days: list[int] | None = None, measure: Measure | None = None) -> KeyResult:
    """Return a key result with these check-ins, weekly unless the days are given."""
    days = days or [7 * week + 6 for week in range(len(values))]
    check_ins = (
        CheckIn(THIRTEEN_WEEKS.start + timedelta(day), value) for day, value in zip(days, values, strict=True)
    )
    return KeyResult("", measure or Metric(0, 1), check_ins=tuple(check_ins))


def walk(rng: random.Random, drift: float, noise: float, days: list[int]) -> list[float]:
    """Return a random walk with this drift and noise a week, as it stands on these days."""
    gaps = [(day - before) / 7 for before, day in zip([0, *days], days, strict=False)]
    steps = [rng.gauss(drift * gap, noise * gap**0.5) for gap in gaps]
    return [sum(steps[: count + 1]) for count in range(len(steps))]


def coverage(check_ins: int, drift: float, noise: float, *, even: bool = True, place: int = 15) -> float:
    """Return the share of simulated quarters, seen rounded, whose true end lies in the 80 % interval."""
    rng, held = random.Random(f"{check_ins} {drift} {noise}"), 0
    for _ in range(SERIES):
        weeks = [7 * week + 6 for week in range(12)]
        days = weeks if even else sorted(rng.sample(range(84), 12))
        *values, end = walk(rng, drift, noise, [*days, 90])
        at = THIRTEEN_WEEKS.start + timedelta(days[check_ins - 1])
        low, _, high = forecast(
            seen([round(each, place) for each in values], days), THIRTEEN_WEEKS, at
        ).unclamped
        held += low <= end <= high
    return held / SERIES


@pytest.mark.parametrize("check_ins", [4, 10])
@pytest.mark.parametrize(("drift", "noise"), [(0.077, 0.02), (0.05, 0.1), (-0.02, 0.3)])
def test_an_80_percent_interval_holds_the_true_end_80_times_in_100(
    check_ins: int, drift: float, noise: float
):
    assert 0.75 <= coverage(check_ins, drift, noise) <= 0.85


@pytest.mark.parametrize("check_ins", [4, 10])
def test_it_does_so_for_check_ins_at_irregular_days_too(check_ins: int):
    assert 0.75 <= coverage(check_ins, 0.05, 0.1, even=False) <= 0.85


@pytest.mark.parametrize(
    ("freedom", "t80", "t95"),
    [
        (1, 3.078, 12.706),
        (2, 1.886, 4.303),
        (3, 1.638, 3.182),
        (8, 1.397, 2.306),
        (30, 1.310, 2.042),
        (1000, 1.282, 1.962),
    ],
)
def test_t_is_what_the_printed_tables_say(freedom: int, t80: float, t95: float):
    """Any textbook's table of Student's t, two-sided 80 and 95 %."""
    assert [round(t_quantile(level, freedom), 3) for level in (0.8, 0.95)] == [t80, t95]


@pytest.mark.parametrize(
    ("values", "metric", "bounds"),
    [
        ([0.06, 0.12, 0.18, 0.24], Metric(0, 1), [0.753, 0.78, 0.807]),  # known to a hundredth
        ([20, 20, 20], Metric(20, 60), [-0.172, 0.0, 0.172]),  # to one of forty
        ([4.1, 4.1, 4.1], Metric(3.9, 4.4), [-0.976, 0.4, 1.776]),  # to a tenth: a fifth of the way
        ([5e5, 5e5, 5e5], Metric(0, 1e6), [0.431, 0.5, 0.569]),  # to one of a million: no finer than 0.01
    ],
)
def test_standing_still_or_climbing_evenly_leaves_the_doubt_that_rounding_hides(
    values: list[float], metric: Metric, bounds: list[float]
):
    found = forecast(seen(values, measure=metric), THIRTEEN_WEEKS, THIRTEEN_WEEKS.end)
    assert [round(each, 3) for each in found.unclamped] == bounds


@pytest.mark.parametrize("check_ins", [3, 10])
@pytest.mark.parametrize(("noise", "place"), [(0.02, 2), (0.005, 2), (0.001, 2), (0.1, 1), (0.02, 1)])
def test_rounded_values_never_make_the_interval_promise_more_than_it_keeps(
    check_ins: int, noise: float, place: int
):
    assert coverage(check_ins, 0.0, noise, place=place) >= 0.75


def test_gaps_between_check_ins_are_counted_in_days():
    even, uneven = seen([0.1, 0.2, 0.3, 0.4]), seen([0.1, 0.2, 0.4], [6, 13, 27])
    ends = [forecast(each, THIRTEEN_WEEKS, THIRTEEN_WEEKS.end).unclamped[1] for each in (even, uneven)]
    assert [round(end, 9) for end in ends] == [1.3, 1.3]


def test_only_what_is_reported_as_a_score_is_clamped():
    found = forecast(seen([0.1, 0.1, 0.5, 0.5]), THIRTEEN_WEEKS, THIRTEEN_WEEKS.end)
    assert (found.low, found.score, found.high) == (0.0, 1.0, 1.0)
    assert [round(each, 2) for each in found.unclamped] == [-0.91, 1.7, 4.31]


def test_a_falling_measure_is_forecast_as_its_mirror():
    rising, falling = (
        seen([10, 14, 15, 21], measure=Metric(0, 40)),
        seen([90, 86, 85, 79], measure=Metric(100, 60)),
    )
    assert forecast(rising, THIRTEEN_WEEKS, THIRTEEN_WEEKS.end) == forecast(
        falling, THIRTEEN_WEEKS, THIRTEEN_WEEKS.end
    )


def test_a_higher_level_is_a_wider_interval():
    key_result, day = seen([0.1, 0.15, 0.3, 0.32]), THIRTEEN_WEEKS.end
    narrow, wide = (forecast(key_result, THIRTEEN_WEEKS, day, level).unclamped for level in (0.5, 0.9))
    assert wide[0] < narrow[0] < narrow[1] == wide[1] < narrow[2] < wide[2]


def test_nothing_after_the_day_or_the_cycle_is_known():
    values = [0.1, 0.15, 0.3, 0.32]
    later = seen([*values, 0.9, 5.0], [6, 13, 20, 27, 34, 99])
    day = THIRTEEN_WEEKS.start + timedelta(27)
    assert forecast(later, THIRTEEN_WEEKS, day) == forecast(seen(values), THIRTEEN_WEEKS, day)
    late = THIRTEEN_WEEKS.end + timedelta(30)
    assert forecast(later, THIRTEEN_WEEKS, late) == forecast(later, THIRTEEN_WEEKS, THIRTEEN_WEEKS.end)


def test_a_check_in_without_a_value_changes_nothing():
    key_result = seen([0.1, 0.15, 0.3])
    felt = CheckIn(THIRTEEN_WEEKS.start + timedelta(30), confidence=3)
    sure = replace(key_result, check_ins=(*key_result.check_ins, felt))
    assert forecast(sure, THIRTEEN_WEEKS, THIRTEEN_WEEKS.end) == forecast(
        key_result, THIRTEEN_WEEKS, THIRTEEN_WEEKS.end
    )


def test_on_the_last_day_there_is_nothing_left_to_forecast():
    found = forecast(seen([0.1, 0.5, 0.6], [6, 13, 90]), THIRTEEN_WEEKS, THIRTEEN_WEEKS.end)
    assert found == Forecast(0.6, 0.6, 0.6, unclamped=(0.6, 0.6, 0.6))


@pytest.mark.parametrize(
    ("key_result", "reason"),
    [
        (
            seen([0.1, 0.2]),
            Text(
                "값을 잰 날이 2일뿐이어서 예측하기 이릅니다 (3일부터)",
                "too early to forecast: values of 2 days, of at least 3",
            ),
        ),
        (
            seen([1, 1, 1], measure=Keep(low=0)),
            Text("수치로 재는 핵심 결과만 예측합니다", "only a key result with a metric has a forecast"),
        ),
    ],
)
def test_where_there_is_no_forecast_there_is_a_reason(key_result: KeyResult, reason: Text):
    assert forecast(key_result, THIRTEEN_WEEKS, THIRTEEN_WEEKS.end) == Forecast(reason=reason)


@pytest.mark.parametrize("level", [80, 0, 1, float("nan")])
def test_a_level_that_is_no_share_is_refused(level: float, english: None):
    with pytest.raises(ContentError, match=r"is not between 0 and 1; write 80 % as 0\.8"):
        forecast(seen([1, 2, 3]), THIRTEEN_WEEKS, THIRTEEN_WEEKS.end, level)


def test_optimism_is_projected_minus_final_on_average():
    assert optimism_bias([(0.5, 0.25), (0.5, 0.75), (1.0, 0.25)]) == 0.25
    with pytest.raises(ContentError, match="짝이 하나도 없습니다"):
        optimism_bias([])
