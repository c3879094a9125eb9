"""OKR and the Balanced Scorecard side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from okrkit.okr.bsc import Scorecard, achievement
from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import Objective
from okrkit.okr.scoring import round_half_up, score, score_each
from okrkit.plots.scores import SUCCESS_ZONE
from okrkit.plots.style import BLUE, GREEN, GREY, LINE, VERMILLION, describe, style, wrap, write
from okrkit.text import Text

_PANEL, _GAP, _EDGE, _HEAD, _FOOT, _BAR, _REACH = 350.0, 44.0, 20.0, 74.0, 84.0, 14.0, 1.14  # points; x-limit
MOST = 20  # objectives; a taller picture fits on no screen

_OKR, _BSC = (
    Text("OKR: 목표별 점수", "OKR: score by objective"),
    Text("BSC: 관점별 달성도", "BSC: achieved by perspective"),
)
_SOME = Text("{title} ({all}개 중 {shown}개)", "{title} ({shown} of {all})")
_MORE = Text("그 밖에 {n}개", "and {n} more")
_WHOLE = Text("전체 {n}", "overall {n}")
_MARK_OKR = Text("0.7 = 성공(도전적 목표)", "0.7 = success (stretch)")
_MARK_BSC = Text("70% = 목표에 30% 미달", "70% = 30% short of target")
_FOOT_OKR = Text(
    "초록 구간 0.6–0.7: 도전적 목표에 기대하는 점수. 약속형은 굵은 선 1.0을 기대합니다.",
    "Green zone, 0.6–0.7: what a stretch goal is expected to score. A committed one: 1.0, the thick line.",
)
_FOOT_BSC = Text(
    "빗금: 목표값까지 모자란 몫. 굵은 선 100%가 목표값입니다.",
    "Hatched: what is missing to the target. The thick line, 100%, is the target.",
)
_COMMITTED = Text("{text} (약속형)", "{text} (committed)")
_BLANK_OKR, _BLANK_BSC = Text("점수 없음", "no score"), Text("달성도 없음", "not measured")
_ALT = Text(
    "왼쪽은 OKR의 목표별 점수: {okrs}. 전체 {score}. 오른쪽은 BSC의 관점별 달성도: {places}. "
    "전체 {achieved}. 70%는 도전적 OKR에서는 성공이고 BSC에서는 목표에 30% 미달이다.",
    "Left, OKR scores by objective: {okrs}. Overall {score}. Right, BSC achievement by perspective: "
    "{places}. Overall {achieved}. At 70% a stretch OKR is a success, and a BSC target is missed by 30%.",
)


@dataclass(frozen=True, slots=True)
class _Bar:
    lines: tuple[str, ...]
    value: float | None
    label: str
    zone: tuple[float, float] | None = None  # where success lies, if below the target
    hatched: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + _BAR + 16


def plot_comparison(okrs: Gatherable, scorecard: Scorecard, at: date | None = None) -> Axes:
    """Draw a company's OKR scores beside its scorecard's achievement, and what 70 % means to each.

    Args:
        okrs: An objective, several, or a plan: a bar for the score of each, over the zone in
            which a stretch goal succeeds. Of more than 20 the first are drawn; the title says so.
        scorecard: A bar for the achievement of each perspective, up to its target; what is
            missing is hatched.
        at: Count check-ins up to this day only; None for all.

    Returns:
        The axes of the OKR side, which hold the alternative text as their gid; the other
        side is ``ax.figure.axes[1]``. A bar's gid is ``bar:`` and its place from the top.

    Raises:
        ContentError: As ``score`` and ``achievement``.
    """
    objectives = objectives_of(okrs)
    whole, achieved = score(objectives, at).value, achievement(scorecard).value
    shown = objectives[:MOST]
    values = [each.value for each in score_each(shown, at, objectives)]
    some = _SOME.fill(title=_OKR, all=len(objectives), shown=len(shown))
    with style():
        left, right = _okr_bars(shown, values), _bsc_bars(scorecard)
        tall = max(LINE, *(sum(bar.height for bar in bars) for bars in (left, right)))
        figure = plt.figure(
            figsize=((2 * (_PANEL + _EDGE) + _GAP) / 72, (_HEAD + tall + _FOOT) / 72), layout="none"
        )
        title = _OKR if len(shown) == len(objectives) else some
        ax = _panel(figure, 0, left, (title, _number(whole)), (_MARK_OKR, _FOOT_OKR))
        other = _panel(figure, 1, right, (_BSC, _percent(achieved)), (_MARK_BSC, _FOOT_BSC))
        other.set_xticklabels([f"{n}%" for n in range(0, 101, 20)])
    said = [f"{each.text} {_number(value)}" for each, value in zip(shown, values, strict=True)]
    said += [str(_MORE.fill(n=len(objectives) - MOST))] if len(objectives) > MOST else []
    places = [f"{each.name} {_percent(achievement(each).value)}" for each in scorecard.perspectives]
    alt = _ALT.fill(
        okrs=", ".join(said), score=_number(whole), places=", ".join(places), achieved=_percent(achieved)
    )
    describe(ax, alt)
    return ax


def _okr_bars(objectives: Sequence[Objective], values: Sequence[float | None]) -> list[_Bar]:
    bars = []
    for each, value in zip(objectives, values, strict=True):
        stretch = each.kind == "aspirational"
        text = each.text if stretch else str(_COMMITTED.fill(text=each.text))
        label = _number(value, str(_BLANK_OKR))
        bars.append(_Bar(tuple(wrap(text, _PANEL - 4, 2)), value, label, SUCCESS_ZONE if stretch else None))
    return bars


def _bsc_bars(scorecard: Scorecard) -> list[_Bar]:
    values = [(each.name, achievement(each).value) for each in scorecard.perspectives]
    return [
        _Bar(tuple(wrap(name, _PANEL - 4, 2)), value, _percent(value, str(_BLANK_BSC)), hatched=True)
        for name, value in values
    ]


def _panel(
    figure: Figure, number: int, bars: Sequence[_Bar], head: tuple[Text, str], notes: tuple[Text, Text]
) -> Axes:
    wide, tall = (size * 72 for size in figure.get_size_inches())
    left = _EDGE + number * (_PANEL + _GAP)
    ax = figure.add_axes((left / wide, _FOOT / tall, _PANEL / wide, 1 - (_HEAD + _FOOT) / tall))
    ax.set(xlim=(0, _REACH), ylim=(tall - _HEAD - _FOOT, 0), yticks=[], xticks=[n / 5 for n in range(6)])
    ax.spines["left"].set_visible(False)
    write(ax, 0, -50, str(head[0]), fontsize=14)
    write(ax, _REACH, -50, str(_WHOLE.fill(n=head[1])), ha="right")
    write(ax, 0.7, -20, str(notes[0]), ha="center")
    ax.plot([0.7], [-9], marker="v", color="black", clip_on=False)
    for line_number, line in enumerate(wrap(str(notes[1]), _PANEL, 3)):
        write(ax, 0, tall - _HEAD - _FOOT + 38 + line_number * LINE, line, color=GREY)
    top = 0.0
    for place, bar in enumerate(bars):
        _draw(ax, bar, top, place)
        top += bar.height
    return ax


def _draw(ax: Axes, bar: _Bar, top: float, place: int) -> None:
    for number, line in enumerate(bar.lines):
        write(ax, 0, top + 12 + number * LINE, line)
    y = top + len(bar.lines) * LINE + 6 + _BAR / 2
    value = bar.value or 0
    ax.barh(y, 1, height=_BAR, facecolor="none", edgecolor=GREY)
    if bar.hatched and bar.value is not None:
        ax.barh(y, 1 - value, left=value, height=_BAR, facecolor="none", edgecolor=VERMILLION, hatch="////")
    if bar.zone:
        start, end = bar.zone
        ax.barh(y, end - start, left=start, height=_BAR + 6, facecolor=GREEN, alpha=0.35)
    if bar.value is not None:
        ax.barh(y, value, height=_BAR - 6, facecolor=BLUE, gid=f"bar:{place}")
    if bar.zone or bar.hatched:  # to a committed objective 0.7 means nothing in particular
        ax.plot([0.7, 0.7], [y - 10, y + 10], color="black", linewidth=1, linestyle=":")
    ax.plot([1, 1], [y - 10, y + 10], color="black", linewidth=3 if bar.zone is None else 1)
    # A bar has its number at its right; without a bar its place is free for the words.
    x = 1.02 if bar.value is not None else 0.02
    write(ax, x, y + 4, bar.label, color="black" if bar.value is not None else GREY)


def _number(value: float | None, blank: str = "-") -> str:
    return blank if value is None else str(round_half_up(value))


def _percent(value: float | None, blank: str = "-") -> str:
    return blank if value is None else f"{round_half_up(value * 100, 0)}%"
