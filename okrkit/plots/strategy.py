"""The strategy map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path

from okrkit.okr.bsc import Link, Perspective, Scorecard, achievement, check_scorecard
from okrkit.okr.scoring import round_half_up
from okrkit.plots.style import GREY, LINE, PAD, VERMILLION, Box, canvas, describe, style, wrap, write
from okrkit.text import Text

_LABEL, _GAP, _ROW_GAP, _EDGE, _HEAD, _ABREAST = 116.0, 26.0, 40.0, 16.0, 44.0, 4  # points; boxes in a row
_NOBODY = 4 * LINE  # height of a band without boxes, enough for its name
_TITLE = Text("전략 맵", "Strategy map")
_ACHIEVED = Text("달성 {n}%", "{n}% achieved")
_BLANK = Text("달성도 없음", "not measured")
_EMPTY = Text("전략 목표 없음", "no objective")
_NOTE = Text(
    "화살표는 원인에서 결과로 가며, 지표로 검증할 가설입니다.",
    "Arrows run from cause to effect; each is a hypothesis to be tested.",
)
_AGAINST = Text("점선은 관점의 순서를 거스릅니다.", "Dashed ones run against the order.")
_ALT = Text(
    "전략 맵. 위에서 아래로 {places}. 화살표: {arrows}.",
    "A strategy map. From top to bottom: {places}. Arrows: {arrows}.",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """Boxes side by side, all as tall as the tallest; ``gaps`` are where an arrow may pass them."""

    top: float
    bottom: float
    boxes: dict[str, Box]

    @property
    def gaps(self) -> list[float]:
        edges = [box.x - _GAP / 2 for box in self.boxes.values()]
        return [*edges, max(box.x + box.width for box in self.boxes.values()) + _GAP / 2]


def plot_strategy_map(scorecard: Scorecard) -> Axes:
    """Draw the perspectives as bands, the strategic objectives in them, and what causes what.

    Each box and each band shows how far its targets were reached. Arrows pass between the
    boxes, never behind them; one against the order of the perspectives is dashed.

    Args:
        scorecard: Its perspectives from top to bottom.

    Returns:
        Axes that count in points; each box is a patch whose gid is ``objective:`` and its id,
        each arrow one whose gid is ``arrow:``, cause, `` -> `` and effect. The alternative
        text is the gid of the axes.

    Raises:
        ContentError: As ``check_scorecard``, for arrows to nowhere or in a circle.
    """
    against = {each.about for each in check_scorecard(scorecard) if each.rule == "against_order"}
    with style():
        abreast = min(_ABREAST, max((len(each.objectives) for each in scorecard.perspectives), default=1))
        width = 150.0 if abreast == _ABREAST else 176.0
        right = max(_LABEL + abreast * (width + _GAP) + _GAP, 460)
        bands, top = [], _HEAD
        for perspective in scorecard.perspectives:
            bands.append((perspective, _rows(perspective, width, (_LABEL, right), top + _ROW_GAP / 2)))
            top = (bands[-1][1][-1].bottom if bands[-1][1] else top + _NOBODY) + _ROW_GAP / 2
        notes = wrap(f"{_NOTE} {_AGAINST}" if against else str(_NOTE), right - _EDGE)
        ax = canvas(right + _EDGE, top + LINE * (len(notes) + 1))
        write(ax, _EDGE, 26, str(_TITLE), fontsize=14)
        _draw_bands(ax, bands, right)
        rows = [row for _, inside in bands for row in inside]
        for link, points in _routes(scorecard.links, rows):
            _draw_arrow(ax, link, points, dashed=_spell(link) in against)
        for number, line in enumerate(notes):
            write(ax, _EDGE, top + LINE * (number + 1) + 4, line, color=GREY)
    describe(ax, _said(scorecard))
    return ax


def _rows(perspective: Perspective, width: float, sides: tuple[float, float], top: float) -> list[_Row]:
    rows: list[_Row] = []
    objectives = perspective.objectives
    count = -(-len(objectives) // _ABREAST)  # rows needed, and then as even as can be
    each = -(-len(objectives) // count) if count else 1
    for start in range(0, len(objectives), each):
        part = objectives[start : start + each]
        left = (sum(sides) - len(part) * (width + _GAP) + _GAP) / 2
        boxes = {}
        for number, objective in enumerate(part):
            value = achievement(objective).value
            lines = tuple(wrap(objective.text, width - 2 * PAD))
            x = left + number * (width + _GAP)
            boxes[objective.id] = Box(x, top, width, lines, value, _percent(value, str(_BLANK)))
        bottom = top + max(box.height for box in boxes.values())
        rows.append(_Row(top, bottom, boxes))
        top = bottom + _ROW_GAP
    return rows


def _draw_bands(ax: Axes, bands: Sequence[tuple[Perspective, list[_Row]]], right: float) -> None:
    top = _HEAD
    for number, (perspective, rows) in enumerate(bands):
        bottom = (rows[-1].bottom if rows else top + _NOBODY) + _ROW_GAP / 2
        shade = "#F2F2F2" if number % 2 == 0 else "white"
        ax.add_patch(Rectangle((0, top), right + _EDGE, bottom - top, facecolor=shade, zorder=0))
        value = achievement(perspective).value
        said = str(_ACHIEVED.fill(n=_whole(value))) if value is not None else str(_BLANK)
        lines = [*wrap(perspective.name, _LABEL - _EDGE, 2), *wrap(said, _LABEL - _EDGE, 2)]
        start = (top + bottom - len(lines) * LINE) / 2 + 12
        for line_number, line in enumerate(lines):
            write(ax, _EDGE, start + line_number * LINE, line)
        if not rows:
            patch = {"facecolor": shade, "edgecolor": "none", "pad": 3}  # an arrow may pass behind
            middle = ((_LABEL + right) / 2, (top + bottom) / 2 + 4)
            write(ax, *middle, str(_EMPTY), color=GREY, ha="center", zorder=3, bbox=patch)
        for row in rows:
            for name, box in row.boxes.items():
                box.draw(ax, f"objective:{name}", row.bottom - row.top)
        top = bottom


def _draw_arrow(ax: Axes, link: Link, points: list[tuple[float, float]], *, dashed: bool) -> None:
    arrow = FancyArrowPatch(path=Path(points), arrowstyle="-|>", mutation_scale=13, linewidth=1.4, zorder=2)
    arrow.set(color=VERMILLION if dashed else "black", linestyle="--" if dashed else "-")
    arrow.set_gid(f"arrow:{_spell(link)}")
    ax.add_patch(arrow)


def _routes(links: Sequence[Link], rows: Sequence[_Row]) -> Iterator[tuple[Link, list[tuple[float, float]]]]:
    """Yield the corners of each arrow: from edge to edge, through the gaps of the rows between."""
    at = {name: (number, box) for number, row in enumerate(rows) for name, box in row.boxes.items()}
    ports = _ports(links, at)
    for number, link in enumerate(links):
        (start, cause), (end, effect) = at[link.cause], at[link.effect]
        step = 1 if start < end else -1
        if _neighbours(link, at):
            y = (rows[start].top + rows[start].bottom) / 2
            ahead = effect.x > cause.x
            yield link, [(cause.x + cause.width * ahead, y), (effect.x + effect.width * (not ahead), y)]
            continue
        x, goal = ports[number, link.cause], ports[number, link.effect]
        points = [(x, rows[start].bottom if step > 0 else rows[start].top)]
        if start == end:
            points += [(x, rows[start].top - 12), (goal, rows[start].top - 12)]
        for row in rows[start + step : end : step] if start != end else ():
            x = min(row.gaps, key=lambda gap: abs(gap - (x + goal) / 2)) + 3 * (number % 7 - 3)
            points += [(x, row.top), (x, row.bottom)][::step]
        yield link, [*points, (goal, rows[end].top if step > 0 or start == end else rows[end].bottom)]


def _neighbours(link: Link, at: dict[str, tuple[int, Box]]) -> bool:
    (start, cause), (end, effect) = at[link.cause], at[link.effect]
    return start == end and abs(cause.x - effect.x) < cause.width + _GAP + 1


def _ports(links: Sequence[Link], at: dict[str, tuple[int, Box]]) -> dict[tuple[int, str], float]:
    """Spread the arrows that meet one edge of a box along it, in the order they come from."""
    meeting: dict[tuple[str, bool], list[tuple[float, int]]] = {}
    for number, link in enumerate(links):
        if _neighbours(link, at):
            continue
        for name, other in ((link.cause, link.effect), (link.effect, link.cause)):
            upper = at[other][0] <= at[name][0]
            meeting.setdefault((name, upper), []).append((at[other][1].x, number))
    return {
        (number, name): at[name][1].x + at[name][1].width * (place + 1) / (len(ends) + 1)
        for (name, _), ends in meeting.items()
        for place, (_, number) in enumerate(sorted(ends))
    }


def _said(scorecard: Scorecard) -> Text:
    places = []
    for perspective in scorecard.perspectives:
        boxes = [f"{each.text} {_percent(achievement(each).value)}" for each in perspective.objectives]
        places.append(f"{perspective.name} ({', '.join(boxes) or '-'})")
    names = {each.id: each.text for place in scorecard.perspectives for each in place.objectives}
    arrows = [f"{names[link.cause]} → {names[link.effect]}" for link in scorecard.links]
    return _ALT.fill(places=", ".join(places) or "-", arrows=", ".join(arrows) or "-")


def _percent(value: float | None, blank: str = "-") -> str:
    return blank if value is None else f"{_whole(value)}%"


def _whole(value: float) -> int:
    return int(round_half_up(value * 100, 0))


def _spell(link: Link) -> str:
    return f"{link.cause} -> {link.effect}"
