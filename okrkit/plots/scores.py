"""Scores as bars."""

import textwrap
from collections.abc import Sequence
from decimal import Decimal

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.text import Text as Words

from okrkit.okr.bands import Scheme, band, scheme_of
from okrkit.okr.model import KeyResult, Objective
from okrkit.okr.scoring import round_half_up, score
from okrkit.plots.style import BLUE, GREEN, GREY, describe, style
from okrkit.text import Text

Row = KeyResult | Objective

SUCCESS_ZONE = (0.6, 0.7)  # what the card calls success for a stretch goal; re:Work's "sweet spot"

# Okabe and Ito's vermillion, yellow and green, lightened; each band also bears its name.
_LOWEST, _BETWEEN, _HIGHEST = "#F6CDB2", "#FAF6B8", "#B2E1D4"
_NARROW = 0.2  # a band below this share of the axis has no room for two words side by side

_TITLE = Text("핵심 결과별 점수", "Score of each key result")
_BOTH = Text("목표와 핵심 결과의 점수", "OKR scores")
_AXIS = Text("점수 (0–1)", "score (0–1)")
_ZONE = Text("도전적 목표의 성공 구간 0.6–0.7", "success zone of a stretch goal, 0.6–0.7")
_BLANK = Text("점수 없음", "no score")
_BANDS = Text("등급({name})", "bands ({name})")
_ALT = Text("막대그래프, {title}: {rows}.", "Bar chart, {title}: {rows}.")


def plot_scores(
    okrs: Objective | Sequence[Objective], ax: Axes | None = None, scheme: str | Scheme | None = None
) -> Axes:
    """Draw a bar for the score of each key result, over the success zone of stretch goals.

    A key result without a score has no bar and says so: it is blank, not zero. Given a
    scheme, its bands stand beneath the bars by name, each score names its own, and each
    objective has a row with the mean of its key results by their weights.

    Args:
        okrs: An objective, or several.
        ax: Where to draw; a new figure if None.
        scheme: Bands by name (``"google"``), or a scheme of one's own; None for no bands.

    Returns:
        The axes, with one row per key result from top to bottom. Its ``gid`` says in words
        what it shows.

    Raises:
        ContentError: If no scheme has this name.
    """
    objectives = [okrs] if isinstance(okrs, Objective) else list(okrs)
    chosen = None if scheme is None else scheme_of(scheme)
    rows: list[Row] = []
    for objective in objectives:
        rows += [objective] if chosen else []
        rows += objective.key_results
    values = [score(each, objectives=objectives).value for each in rows]
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 1.4 + 0.6 * max(len(rows) + 1.4 * bool(chosen), 1)))
        ax.axvspan(*SUCCESS_ZONE, color=GREEN, alpha=0.18, label=str(_ZONE))
        labels = [_label(value, chosen) for value in values]
        for place, (row, value, label) in enumerate(zip(rows, values, labels, strict=True)):
            _draw_bar(ax, place, row, value, label)
        _name_rows(ax, rows, _BOTH if chosen else _TITLE)
        if chosen:
            _draw_bands(ax, len(rows), chosen)
        said = ", ".join(f"{row.text} {label}" for row, label in zip(rows, labels, strict=True))
        describe(ax, _ALT.fill(title=ax.get_title(loc="left"), rows=said))
        settle(ax)
    return ax


def settle(ax: Axes) -> None:
    """Give all words of a picture our letters, and let a dollar sign be one of them.

    Axes that the caller made have letters of their own: smaller, and perhaps none for
    Korean. To be called last, inside ``style()``.
    """
    for words in ax.findobj(Words):
        assert isinstance(words, Words)  # noqa: S101  (what was asked for)
        words.set_fontfamily(plt.rcParams["font.family"])
        words.set_fontsize(max(words.get_fontsize(), plt.rcParams["font.size"]))
        words.set_parse_math(False)


def _label(value: float | None, scheme: Scheme | None) -> str:
    if value is None:
        return str(_BLANK)
    found = band(value, scheme) if scheme else None
    return f"{round_half_up(value)} {found.label}" if found else str(round_half_up(value))


def _draw_bar(ax: Axes, place: int, row: Row, value: float | None, label: str) -> None:
    """Draw a score; an objective's is an outline, for it rests on the bars below it."""
    mean = isinstance(row, Objective)
    ax.barh(
        place,
        value or 0,
        height=0.55,
        color="white" if mean else BLUE,
        edgecolor=BLUE,
        linewidth=2 if mean and value is not None else 0,
    )
    ax.text((value or 0) + 0.01, place, label, va="center", color=GREY if value is None else "black")


def _name_rows(ax: Axes, rows: Sequence[Row], title: Text) -> None:
    names = [f"O: {each.text}" if isinstance(each, Objective) else each.text for each in rows]
    ax.set_yticks(range(len(rows)), [textwrap.fill(each.replace("->", "→"), 28) for each in names])
    ax.set(xlim=(0, 1.1), ylim=(len(rows) - 0.4, -0.6), xlabel=str(_AXIS))
    ax.set_title(str(title), loc="left")
    ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), frameon=False, borderaxespad=0.2)


def _draw_bands(ax: Axes, place: int, scheme: Scheme) -> None:
    """Draw a strip below the last row: each band from half a rounding step below its printed floor."""
    half = (scheme.step or Decimal(0)) / 2
    floors = [float(max(each.floor - half, Decimal(0))) for each in scheme.bands]
    last = len(scheme.bands) - 1
    for rank, (each, low, high) in enumerate(zip(scheme.bands, floors, [*floors[1:], 1.0], strict=True)):
        colour = _HIGHEST if rank == last else _BETWEEN if rank else _LOWEST
        ax.barh(place, high - low, left=low, height=0.8, color=colour, edgecolor="black")
        words = str(each.label)
        shown = words.replace(" ", "\n") if high - low < _NARROW else words
        ax.text((low + high) / 2, place, shown, ha="center", va="center", linespacing=1.0)
        if low:
            ax.axvline(low, color=GREY, linestyle=":", linewidth=1, zorder=0)
    ax.set_yticks(
        [*range(place + 1)],
        [*(tick.get_text() for tick in ax.get_yticklabels()), str(_BANDS.fill(name=scheme.name))],
    )
    ax.set_ylim(place + 0.5, -0.6)
