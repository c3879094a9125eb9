"""Scores as bars."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from okrkit.okr.bands import Scheme, band, scheme_of
from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import KeyResult, Kind, Objective
from okrkit.okr.scoring import SUCCESS_FROM, kind_of, round_half_up, score_each
from okrkit.plots.style import BLUE, GREEN, GREY, describe, settle, style
from okrkit.text import Text

MOST = 30  # rows; a taller picture fits on no screen

# Up to 0.7, by what the card calls success for a stretch goal; re:Work's "sweet spot".
SUCCESS_ZONE = (SUCCESS_FROM["aspirational"], 0.7)

# Okabe and Ito's vermillion, yellow and green, lightened; each band also bears its name.
_LOWEST, _BETWEEN, _HIGHEST = "#F6CDB2", "#FAF6B8", "#B2E1D4"
_NARROW = 0.2  # a band below this share of the axis has no room for two words side by side

_TITLE = Text("핵심 결과별 점수", "Score of each key result")
_BOTH = Text("목표와 핵심 결과의 점수", "OKR scores")
_AXIS = Text("점수 (0–1)", "score (0–1)")
_ZONE = Text("도전적 목표의 성공 구간 0.6–0.7", "success zone of a stretch goal, 0.6–0.7")
_MARK = Text("약속형에 기대하는 1.0", "1.0, expected of a committed one")
_COMMITTED = Text("{text} (약속형)", "{text} (committed)")
_BLANK = Text("점수 없음", "no score")
_MORE = Text("… 그 밖에 {n}개", "… and {n} more")
_BANDS = Text("등급({name})", "bands ({name})")
_ALT = Text("막대그래프, {title}: {rows}.", "Bar chart, {title}: {rows}.")


@dataclass(frozen=True, slots=True)
class _Row:
    """An objective or a key result, and by which kind it is judged."""

    part: KeyResult | Objective
    kind: Kind

    @property
    def name(self) -> str:
        text = self.part.text
        return text if self.kind == "aspirational" else str(_COMMITTED.fill(text=text))


def plot_scores(okrs: Gatherable, ax: Axes | None = None, scheme: str | Scheme | None = None) -> Axes:
    """Draw a bar for the score of each key result, and what counts as its success.

    Behind a stretch goal lies the zone of its success; what is committed, by its own word or
    its objective's, has a thick line at the 1.0 it is expected to reach. A key result without
    a score has no bar and says so: it is blank, not zero. Given a scheme, its bands stand
    beneath the bars by name, each score names its own, and each objective has a row with the
    mean of its key results by their weights.

    Args:
        okrs: An objective, several, or a plan. Of more than 30 rows the first are drawn, and
            the last line says how many more there are.
        ax: Where to draw; a new figure if None.
        scheme: Bands by name (``"google"``), or a scheme of one's own; None for no bands.

    Returns:
        The axes, with one row per key result from top to bottom. Its ``gid`` says in words
        what it shows; a bar's is ``bar:`` and its row, a zone's ``zone:``, a line's ``mark:``.

    Raises:
        ContentError: If no scheme has this name; as ``score``.
    """
    objectives = objectives_of(okrs)
    chosen = None if scheme is None else scheme_of(scheme)
    everything = list(_rows(objectives, means=chosen is not None))
    rows = everything[:MOST]
    values = [each.value for each in score_each([row.part for row in rows], objectives=objectives)]
    labels = [_label(value, chosen) for value in values]
    more = [str(_MORE.fill(n=len(everything) - MOST))] if len(everything) > MOST else []
    with style():
        if ax is None:
            lines = len(rows) + len(more) + 1.4 * bool(chosen)
            _, ax = plt.subplots(figsize=(8, 1.4 + 0.6 * max(lines, 1)))
        for place, (row, value, label) in enumerate(zip(rows, values, labels, strict=True)):
            _draw_expected(ax, place, row.kind)
            _draw_bar(ax, place, row, value, label)
        _name_rows(ax, rows, more, _BOTH if chosen else _TITLE)
        if chosen:
            _draw_bands(ax, len(rows) + len(more), chosen)
        said = [f"{row.name} {label}" for row, label in zip(rows, labels, strict=True)]
        describe(ax, _ALT.fill(title=ax.get_title(loc="left"), rows=", ".join([*said, *more])))
        settle(ax)
    return ax


def _rows(objectives: Sequence[Objective], *, means: bool) -> Iterator[_Row]:
    for objective in objectives:
        if means:
            yield _Row(objective, objective.kind)
        yield from (_Row(each, kind_of(each, objective)) for each in objective.key_results)


def _label(value: float | None, scheme: Scheme | None) -> str:
    if value is None:
        return str(_BLANK)
    found = band(value, scheme) if scheme else None
    return f"{round_half_up(value)} {found.label}" if found else str(round_half_up(value))


def _draw_expected(ax: Axes, place: int, kind: Kind) -> None:
    """Draw what is expected of a row; the first of its sort also stands in the legend."""
    known = ax.get_legend_handles_labels()[1]
    if kind == "aspirational":
        start, end = SUCCESS_ZONE
        label = "_" if str(_ZONE) in known else str(_ZONE)
        zone = ax.barh(place, end - start, left=start, height=1, color=GREEN, alpha=0.18, label=label)
        zone[0].set_gid(f"zone:{place}")
    else:
        label = "_" if str(_MARK) in known else str(_MARK)
        full, span = SUCCESS_FROM[kind], (place - 0.42, place + 0.42)
        ax.plot([full, full], span, color="black", linewidth=3, label=label, gid=f"mark:{place}")


def _draw_bar(ax: Axes, place: int, row: _Row, value: float | None, label: str) -> None:
    """Draw a score; an objective's is an outline, for it rests on the bars below it."""
    mean = isinstance(row.part, Objective)
    bar = ax.barh(
        place,
        value or 0,
        height=0.55,
        color="white" if mean else BLUE,
        edgecolor=BLUE,
        linewidth=2 if mean and value is not None else 0,
    )
    bar[0].set_gid(f"bar:{place}")
    crossed = row.kind == "committed" and 0.8 < (value or 0) < 1  # the line at 1.0 would run through it
    ax.text(
        1.01 if crossed else (value or 0) + 0.01,
        place,
        label,
        va="center",
        color=GREY if value is None else "black",
    )


def _name_rows(ax: Axes, rows: Sequence[_Row], more: Sequence[str], title: Text) -> None:
    names = [f"O: {each.name}" if isinstance(each.part, Objective) else each.name for each in rows]
    shown = [textwrap.fill(each.replace("->", "→"), 28) for each in names] + [*more]
    ax.set_yticks(range(len(shown)), shown)
    ax.set(xlim=(0, 1.1), ylim=(len(shown) - 0.4, -0.6), xlabel=str(_AXIS))
    ax.set_title(str(title), loc="left")
    ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    if rows:
        ax.legend(loc="lower right", bbox_to_anchor=(1, 1), frameon=False, borderaxespad=0.2)


def _draw_bands(ax: Axes, place: int, scheme: Scheme) -> None:
    """Draw a strip of the bands below the last row."""
    last = len(scheme.bands) - 1
    for rank, (each, (low, high)) in enumerate(zip(scheme.bands, scheme.edges, strict=True)):
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
