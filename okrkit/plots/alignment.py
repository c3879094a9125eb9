"""Who serves whom, as a tree."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from matplotlib.axes import Axes

from okrkit.okr.alignment import Tree, orphans, share_aligned, tree
from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import Objective
from okrkit.okr.scoring import round_half_up, score
from okrkit.plots.style import GREY, LINE, PAD, Box, canvas, describe, style, wrap, write
from okrkit.text import Text

MOST = 60  # boxes; a larger picture cannot be read

_WIDTH, _ACROSS, _DOWN, _EDGE, _HEAD = 216.0, 36.0, 12.0, 16.0, 44.0  # points
_TITLE = Text("목표의 정렬", "Alignment of objectives")
_SOME = Text("목표의 정렬 (목표 {all}개 중 {shown}개)", "Alignment of objectives ({shown} of {all})")
_ALONE = Text("정렬되지 않은 목표", "Not aligned")
_BLANK = Text("점수 없음", "no score")
_MORE = Text("아래에 {n}개 더", "{n} more below")
_ALT = Text(
    "목표 {all}개의 정렬을 왼쪽에서 오른쪽으로 그린 나무. 맨 위 목표: {tops}. "
    "상위 목표에 이어진 비율: {share}. 정렬되지 않은 목표 {alone}개.",
    "A tree of {all} objectives from left to right. At the top: {tops}. "
    "Share aligned with a parent: {share}. Objectives not aligned: {alone}.",
)


@dataclass(eq=False, slots=True)
class _Node:
    """An objective on its way to becoming a box."""

    objective: Objective
    depth: int
    box: Box
    below: list["_Node"] = field(default_factory=list)

    @property
    def span(self) -> float:
        """Height of the whole branch: its own box or those below it, whichever needs more."""
        return max(self.box.height, sum(each.span + _DOWN for each in self.below) - _DOWN)


def plot_alignment(okrs: Gatherable, at: date | None = None) -> Axes:
    """Draw whom each objective serves, from the company at the left to its people at the right.

    Each box holds the objective's owner, its sentence and its score. An objective that
    is linked to no other, while others are, stands apart in a dashed box.

    Args:
        okrs: An objective, several, or a plan. Of more than 60 the first are drawn, from the top down.
        at: Count check-ins up to this day only; None for all.

    Returns:
        Axes that count in points; each box is a patch whose gid is ``objective:`` and the
        objective's id or, without one, its sentence. The alternative text is the gid of the axes.

    Raises:
        ContentError: If a parent does not exist or parents go round in a circle.
    """
    objectives = objectives_of(okrs)
    grown, alone = tree(objectives), orphans(objectives)
    with style():
        nodes = _nodes(grown, objectives, at)
        tops = [node for node in nodes if node.depth == 0]
        joined = [node for node in tops if node.objective not in alone]
        apart = [node for node in tops if node.objective in alone]
        foot = _place(joined, _HEAD)
        bottom = _place(apart, foot + 2 * LINE) if apart else foot
        columns = max((node.depth + 1 for node in nodes), default=1)
        ax = canvas(2 * _EDGE + max(columns * (_WIDTH + _ACROSS) - _ACROSS, 2 * _WIDTH), bottom + _EDGE)
        whole = _TITLE if len(nodes) == len(objectives) else _SOME
        write(ax, _EDGE, 26, str(whole.fill(all=len(objectives), shown=len(nodes))), fontsize=14)
        if apart:
            write(ax, _EDGE, foot + LINE + 4, str(_ALONE))
        for node in nodes:
            _draw(ax, node, dashed=node in apart)
    describe(ax, _said(objectives, grown, len(alone), at))
    return ax


def _nodes(grown: Tree, objectives: Sequence[Objective], at: date | None) -> list[_Node]:
    """Take objectives level by level, until there are as many as can be read."""
    waiting: deque[tuple[Objective, int, list[_Node]]] = deque((each, 0, []) for each in grown.roots)
    nodes: list[_Node] = []
    while waiting and len(nodes) < MOST:
        objective, depth, siblings = waiting.popleft()
        node = _Node(objective, depth, _box(objective, depth, objectives, at))
        nodes.append(node)
        siblings.append(node)
        waiting.extend((each, depth + 1, node.below) for each in grown.below(objective))
    for node in nodes:
        hidden = len(grown.below(node.objective)) - len(node.below)
        if hidden:
            lines = (*node.box.lines, str(_MORE.fill(n=hidden)))
            node.box = Box(node.box.x, 0, _WIDTH, lines, node.box.value, node.box.label)
    return nodes


def _box(objective: Objective, depth: int, objectives: Sequence[Objective], at: date | None) -> Box:
    value = score(objective, at, objectives).value
    label = str(_BLANK) if value is None else str(round_half_up(value))
    inside = _WIDTH - 2 * PAD
    lines = (*wrap(objective.owner and f"[{objective.owner}]", inside, 1), *wrap(objective.text, inside))
    return Box(_EDGE + depth * (_WIDTH + _ACROSS), 0, _WIDTH, lines, value, label)


def _place(nodes: Sequence[_Node], top: float) -> float:
    """Stack branches from ``top`` down, each box in the middle of its branch; return where they end."""
    tops = list(accumulate((node.span + _DOWN for node in nodes), initial=top))
    for node, start in zip(nodes, tops, strict=False):
        box = node.box
        middle = start + (node.span - box.height) / 2
        node.box = Box(box.x, middle, box.width, box.lines, box.value, box.label)
        below = sum(each.span + _DOWN for each in node.below) - _DOWN
        _place(node.below, start + (node.span - below) / 2)
    return tops[-1]


def _draw(ax: Axes, node: _Node, *, dashed: bool) -> None:
    box, objective = node.box, node.objective
    box.draw(ax, f"objective:{objective.id or objective.text}", dashed=dashed)
    for child in node.below:
        start, end = box.x + box.width, child.box.x
        turn = (start + end) / 2
        heights = (box.y + box.height / 2, child.box.y + child.box.height / 2)
        ax.plot([start, turn, turn, end], [heights[0]] * 2 + [heights[1]] * 2, color=GREY, zorder=1)


def _said(objectives: Sequence[Objective], grown: Tree, alone: int, at: date | None) -> Text:
    tops = [each for each in grown.roots if grown.below(each)] or list(grown.roots)
    names = ", ".join(f"{each.text} ({_number(score(each, at, objectives).value)})" for each in tops[:5])
    share = _number(share_aligned(objectives))
    return _ALT.fill(all=len(objectives), tops=names or "-", share=share, alone=alone)


def _number(value: float | None) -> str:
    return "-" if value is None else str(round_half_up(value))
