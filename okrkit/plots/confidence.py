"""How sure the owners were, week by week."""

import textwrap
from datetime import date

from matplotlib import dates as mdates
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import KeyResult
from okrkit.plots.style import BLUE, GREEN, GREY, ORANGE, VERMILLION, day_number, describe, settle, style
from okrkit.text import Text

MOST = 12  # lines; the names of more do not fit beside their ends
_EVEN = 5  # a fifty-fifty bet, where Wodtke has every key result start (secondary: awesome-okr, Worksheet.md)
_GAP = 0.75  # labels closer than this, in points of confidence, would run into each other

# Marker and dash differ as well as the colour; Okabe and Ito's purple joins the palette.
_LOOKS = [
    (BLUE, "o", "-"), (ORANGE, "s", "--"), (GREEN, "^", "-."),
    ("#CC79A7", "D", ":"), (VERMILLION, "v", "-"), (GREY, "P", "--"),
]  # fmt: skip

_TITLE = Text("자신감의 변화", "Confidence over time")
_AXIS = Text("자신감 (0–10)", "confidence (0–10)")
_HALF = Text("반반", "fifty-fifty")
_NOBODY = Text("자신감을 적은 체크인이 없습니다", "no check-in says how confident its owner was")
_SILENT = Text("자신감을 적지 않은 핵심 결과 {n}개", "key results without a confidence: {n}")
_MORE = Text("자신감이 더 높은 핵심 결과 {n}개 더", "and {n} more, of higher confidence")
_ALT = Text("꺾은선그래프, {title}: {lines}.", "Line chart, {title}: {lines}.")
_LINE = Text("{text} {first}에서 {last}(으)로", "{text} from {first} to {last}")


def plot_confidence(okrs: Gatherable, ax: Axes | None = None) -> Axes:
    """Draw how sure the owners were to reach each key result, check-in by check-in.

    Args:
        okrs: An objective, several, or a plan, with check-ins that say a confidence. Of more
            than 12 key results those whose owners are least sure by now are drawn, for they
            are to be talked about; below the picture stands how many more there are.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes: days across, confidence 0 to 10 upward, each line named at its end. Its
        ``gid`` says in words what it shows.
    """
    key_results = [each for objective in objectives_of(okrs) for each in objective.key_results]
    lines = [(each.text.replace("->", "→"), _said(each)) for each in key_results]
    known = [(name, points) for name, points in lines if points]
    least = sorted(range(len(known)), key=lambda n: known[n][1][-1][1])[:MOST]
    drawn = [known[n] for n in sorted(least)]
    counts = ((_MORE, len(known) - len(drawn)), (_SILENT, len(lines) - len(known)))
    notes = [str(noun.fill(n=n)) for noun, n in counts if n]
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(9, 4.8))
        ax.axhline(_EVEN, color=GREY, linewidth=1, linestyle=(0, (1, 3)))
        for number, (_, points) in enumerate(drawn):
            again, look = divmod(number, len(_LOOKS))
            colour, marker, dash = _LOOKS[look]
            days, values = [day_number(day) for day, _ in points], [value for _, value in points]
            filled = "none" if again else "full"
            ax.plot(days, values, color=colour, marker=marker, linestyle=dash, fillstyle=filled)
        _name_lines(ax, drawn)
        ax.set(ylim=(-0.4, 10.4), ylabel=str(_AXIS))
        ax.set_yticks(range(11), [f"{_HALF} {n}" if n == _EVEN else str(n) for n in range(11)])
        ax.set_title(str(_TITLE), loc="left")
        said = [
            str(_LINE.fill(text=name, first=f"{pts[0][1]:g}", last=f"{pts[-1][1]:g}")) for name, pts in drawn
        ]
        ax.text(0, -0.12, ", ".join(notes), transform=ax.transAxes, va="top", color=GREY)
        describe(ax, _ALT.fill(title=_TITLE, lines=", ".join(said + notes) or _NOBODY))
        settle(ax)
    return ax


def _said(key_result: KeyResult) -> list[tuple[date, float]]:
    """Return each day on which a confidence was said, oldest first; of several on a day, the last."""
    days = {each.on: each.confidence for each in key_result.check_ins if each.confidence is not None}
    return sorted(days.items())


def _name_lines(ax: Axes, drawn: list[tuple[str, list[tuple[date, float]]]]) -> None:
    """Write each line's name beside its end, joined to it, and set the days below."""
    if not drawn:
        ax.text(0.5, 0.5, str(_NOBODY), transform=ax.transAxes, ha="center", color=GREY)
        ax.set_xticks([])
        return
    places = _apart([points[-1][1] for _, points in drawn])
    edge = max(day_number(points[-1][0]) for _, points in drawn)
    start = min(day_number(points[0][0]) for _, points in drawn)
    width = max(edge - start, 1.0)
    for number, ((name, points), place) in enumerate(zip(drawn, places, strict=True)):
        end = (day_number(points[-1][0]), points[-1][1])
        ax.annotate(
            textwrap.shorten(name, 34, placeholder="…"),
            end,
            (edge + width * 0.05, place),
            va="center",
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": _LOOKS[number % len(_LOOKS)][0],
                "shrinkA": 2,
                "relpos": (0, 0.5),
            },
        )
    ax.set_xticks([start, edge] if edge > start else [start])
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m-%d"))  # type: ignore[no-untyped-call]
    ax.set_xlim(start - width * 0.03, edge + width * 0.03)


def _apart(ends: list[float]) -> list[float]:
    """Return places for labels near their ends, in the same order, none closer than the gap."""
    places, lowest, highest = [0.0] * len(ends), -_GAP, 10 + _GAP
    upward = sorted(range(len(ends)), key=lambda each: ends[each])
    for number in upward:
        lowest = places[number] = max(ends[number], lowest + _GAP)
    for number in reversed(upward):  # the topmost would leave the picture, and come down as far as need be
        highest = places[number] = min(places[number], highest - _GAP)
    return places
