"""Progress over time, beside what the time passed lets expect."""

from datetime import date

from matplotlib import dates as mdates
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from okrkit.okr.cycles import Cycle
from okrkit.okr.forecasting import Forecast, forecast
from okrkit.okr.gathering import Gatherable
from okrkit.okr.model import KeyResult
from okrkit.okr.pacing import Pace, expected, pace
from okrkit.okr.scoring import progress_of, round_half_up
from okrkit.plots.style import BLUE, GREY, ORANGE, day_number, settle, style
from okrkit.text import Text

_LEVEL = 0.8  # the interval is to hold the true end in four cycles of five

_AXIS = Text("진행률 (1 = 목표값)", "progress (1 = target)")
_EXPECTED = Text("기대: 지난 시간만큼", "expected: in step with time")
_ACTUAL = Text("실제: 체크인 때마다", "actual: at each check-in")
_AS_OF = Text("보는 날 {day}", "as of {day}")
_FORECAST = Text("끝날 때 점수 예측, 80% 구간", "forecast of the final score, 80% interval")
_STANDS = Text("{day}: 기대 {hoped}, 실제 {actual}", "{day}: expected {hoped}, actual {actual}")
_ENDS = Text("예측 점수 {score} ({low}–{high})", "forecast score {score} ({low}–{high})")
_NO_FORECAST = Text("예측 없음: {reason}", "no forecast: {reason}")
_BLANK = Text("잰 것이 없음", "nothing measured")


def plot_pace(
    key_result: KeyResult, cycle: Cycle, at: date, ax: Axes | None = None, objectives: Gatherable = ()
) -> Axes:
    """Draw a key result's progress at its check-ins against the line of time, and where it is heading.

    Args:
        key_result: With check-ins; without them, its progress on the day is one point.
        cycle: The time there is: that of its objective, ``okrs.cycle_of(key_result)``.
        at: The day; later check-ins are not looked at.
        ax: Where to draw; a new figure if None.
        objectives: Where child objectives are found.

    Returns:
        The axes: days across, progress upward. Above the picture stands in words what it
        shows, and its ``gid`` says it too.

    Raises:
        ContentError: If no cycle is known, or a child objective does not exist.
    """
    seen, ahead = _seen(key_result, cycle, at, objectives), forecast(key_result, cycle, at, _LEVEL)
    words = f"{_standing(cycle, at, pace(key_result, cycle, at, objectives=objectives))}\n{_ending(ahead)}"
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 4.8))
        _draw_line(
            ax, [(day, expected(cycle, day)) for day in (cycle.start, cycle.end)], "--", GREY, _EXPECTED
        )
        ax.axvline(day_number(at), color=GREY, linewidth=1, label=str(_AS_OF.fill(day=at)))
        if seen:
            _draw_line(ax, seen, "o-", BLUE, _ACTUAL)
        if seen and ahead.score is not None:
            _draw_forecast(ax, seen[-1], cycle.end, ahead)
        ax.set(ylabel=str(_AXIS), xlim=(day_number(cycle.start) - 2, day_number(cycle.end) + 3))
        ax.set_xticks([day_number(day) for day in (cycle.start, cycle.end)])
        ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m-%d"))  # type: ignore[no-untyped-call]
        ax.set_ylim(
            min([0.0, *(value for _, value in seen)]) - 0.05, max([1.0, *(value for _, value in seen)]) + 0.1
        )
        title = key_result.text.replace("->", "→")
        ax.set_title(f"{title}\n{words}", loc="left", fontsize=11, linespacing=1.4)
        ax.legend(loc="upper left", facecolor="white", edgecolor="none", framealpha=1)
        ax.set_gid(f"{title}. {words}".replace("\n", ". "))
        settle(ax)
    return ax


def _seen(key_result: KeyResult, cycle: Cycle, at: date, objectives: Gatherable) -> list[tuple[date, float]]:
    """Return the progress on each day on which a value was seen, up to a day; if on none, on that day."""
    measured = {each.on for each in key_result.check_ins if each.value is not None}
    days = sorted(day for day in measured if cycle.start <= day <= at)
    points = [(day, progress_of(key_result, day, objectives)) for day in days or [at]]
    return [(day, value) for day, value in points if value is not None]


def _standing(cycle: Cycle, at: date, found: Pace | None) -> Text:
    if found is None or found.actual is None:
        actual: Text | str = _BLANK
    else:
        actual = Text("{n}, {label}", "{n}, {label}").fill(n=round_half_up(found.actual), label=found.label)
    return _STANDS.fill(day=at, hoped=round_half_up(expected(cycle, at)), actual=actual)


def _ending(ahead: Forecast) -> Text:
    if ahead.score is None or ahead.low is None or ahead.high is None:
        return _NO_FORECAST.fill(reason=ahead.reason or _BLANK)
    low, score, high = (round_half_up(each) for each in (ahead.low, ahead.score, ahead.high))
    return _ENDS.fill(score=score, low=low, high=high)


def _draw_line(ax: Axes, points: list[tuple[date, float]], look: str, colour: str, label: Text) -> None:
    ax.plot(
        [day_number(day) for day, _ in points],
        [value for _, value in points],
        look,
        color=colour,
        label=str(label),
    )


def _draw_forecast(ax: Axes, last: tuple[date, float], end: date, ahead: Forecast) -> None:
    """Draw the forecast at the cycle's end: a score, so it starts from today's progress cut to 0-1."""
    low, score, high = (each or 0.0 for each in (ahead.low, ahead.score, ahead.high))
    ax.plot(
        [day_number(last[0]), day_number(end)],
        [min(max(last[1], 0.0), 1.0), score],
        ":",
        color=ORANGE,
        linewidth=2,
    )
    bounds = [[score - low], [high - score]]
    ax.errorbar(
        [day_number(end)],
        [score],
        yerr=bounds,
        fmt="D",
        color=ORANGE,
        capsize=6,
        linewidth=2,
        label=str(_FORECAST),
    )
