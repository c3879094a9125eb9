"""What the pace plot shows."""

from collections.abc import Iterator
from datetime import date, timedelta

import matplotlib as mpl
import pytest
from matplotlib import dates as mdates
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from okrkit.okr.cycles import quarter
from okrkit.okr.forecasting import forecast
from okrkit.okr.model import CheckIn, Child, KeyResult, Metric, Objective, YesNo
from okrkit.plots.pacing import plot_pace

CYCLE = quarter(2026, 1)
AT = date(2026, 2, 14)
VALUES = [20, 23, 22, 25, 24, 29, 31, 33]


def weekly(values: list[float]) -> tuple[CheckIn, ...]:
    return tuple(CheckIn(CYCLE.start + timedelta(days=6 + 7 * n), value) for n, value in enumerate(values))


RISING = KeyResult("재방문율 20% -> 35%", Metric(20, 35), check_ins=weekly(VALUES))


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    mpl.use("agg")
    yield
    plt.close("all")


def line(ax: Axes, label: str) -> list[tuple[date, float]]:
    (found,) = [each for each in ax.lines if str(each.get_label()).startswith(label)]
    days = [mdates.num2date(x).date() for x in found.get_xdata()]
    return [(day, round(float(y), 9)) for day, y in zip(days, found.get_ydata(), strict=True)]


def test_expected_progress_is_a_straight_line_through_the_cycle():
    assert line(plot_pace(RISING, CYCLE, AT), "기대") == [
        (CYCLE.start, round(1 / 90, 9)),
        (CYCLE.end, 1.0),
    ]


def test_progress_stands_at_each_check_in_up_to_the_day_and_no_later():
    seen = line(plot_pace(RISING, CYCLE, AT), "실제")
    assert [value for _, value in seen] == [round((value - 20) / 15, 9) for value in (20, 23, 22, 25, 24, 29)]
    assert seen[-1][0] == date(2026, 2, 11)


def test_a_check_in_without_a_value_is_no_point():
    felt = CheckIn(date(2026, 2, 12), confidence=3)
    sure = KeyResult(RISING.text, RISING.measure, check_ins=(*RISING.check_ins[:6], felt))
    assert line(plot_pace(sure, CYCLE, AT), "실제") == line(plot_pace(RISING, CYCLE, AT), "실제")


def test_the_day_is_marked():
    ax = plot_pace(RISING, CYCLE, AT)
    assert {day for day, _ in line(ax, "보는 날")} == {AT}


def test_the_forecast_stands_at_the_end_with_its_interval():
    ahead = forecast(RISING, CYCLE, AT)
    (bars,) = plot_pace(RISING, CYCLE, AT).containers
    marker, _, (interval,) = bars.lines
    (low, high) = interval.get_segments()[0][:, 1]
    assert (float(marker.get_ydata()[0]), float(low), float(high)) == pytest.approx(
        (ahead.score, ahead.low, ahead.high)
    )
    assert mdates.num2date(marker.get_xdata()[0]).date() == CYCLE.end


def test_words_above_the_picture_say_what_it_shows():
    ax = plot_pace(RISING, CYCLE, AT)
    ahead = forecast(RISING, CYCLE, AT)
    assert ax.get_title(loc="left") == (
        "재방문율 20% → 35%\n2026-02-14: 기대 0.50, 실제 0.60, 순조\n"
        f"예측 점수 {ahead.score:.2f} ({ahead.low:.2f}–{ahead.high:.2f})"
    )
    assert ax.get_gid() == ax.get_title(loc="left").replace("\n", ". ")


def test_too_few_check_ins_for_a_forecast_say_so_and_draw_none():
    ax = plot_pace(RISING, CYCLE, date(2026, 1, 16))
    assert ax.get_title(loc="left").splitlines()[2] == (
        "예측 없음: 값을 잰 날이 2일뿐이어서 예측하기 이릅니다 (3일부터)"
    )
    assert len(ax.containers) == 0


def test_progress_below_the_start_stays_in_the_picture():
    ax = plot_pace(KeyResult("", Metric(20, 35), check_ins=weekly([14])), CYCLE, AT)
    assert line(ax, "실제")[0][1] == -0.4
    assert ax.get_ylim()[0] < -0.4


@pytest.mark.parametrize(
    ("key_result", "points", "says"),
    [
        (KeyResult("", Metric(20, 35, 29)), [(AT, 0.6)], "실제 0.60, 순조"),
        (KeyResult("", YesNo(done=True)), [(AT, 1.0)], "실제 1.00, 순조"),
        (KeyResult("앱을 출시한다"), [], "실제 잰 것이 없음"),
    ],
)
def test_without_check_ins_there_is_one_point_or_none(key_result, points, says):
    ax = plot_pace(key_result, CYCLE, AT)
    drawn = [each for each in ax.lines if str(each.get_label()).startswith("실제")]
    assert (line(ax, "실제") if drawn else []) == points
    assert says in ax.get_title(loc="left")


def test_it_speaks_the_language_in_force_and_misses_no_letter(english: None):
    ax = plot_pace(RISING, CYCLE, AT)
    assert ax.get_ylabel() == "progress (1 = target)"
    ax.figure.canvas.draw()  # a missing letter is a warning, and a warning is an error here


def test_it_draws_where_it_is_told():
    _, ax = plt.subplots()
    assert plot_pace(RISING, CYCLE, AT, ax=ax) is ax


def test_a_child_objective_is_drawn_where_its_score_stands():
    served = KeyResult("팀이 해낸다", Child("team"))
    ax = plot_pace(served, CYCLE, AT, objectives=Objective("", (RISING,), "team"))
    assert line(ax, "실제") == [(AT, 0.6)]
