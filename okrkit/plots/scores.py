"""Scores as bars."""

import textwrap
from collections.abc import Sequence

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from okrkit.okr.model import Objective
from okrkit.okr.scoring import round_half_up, score
from okrkit.plots.style import BLUE, GREEN, GREY, style
from okrkit.text import Text

SUCCESS_ZONE = (0.6, 0.7)  # what the card calls success for a stretch goal; re:Work's "sweet spot"

_TITLE = Text("핵심 결과별 점수", "Score of each key result")
_AXIS = Text("점수 (0–1)", "score (0–1)")
_ZONE = Text("도전적 목표의 성공 구간 0.6–0.7", "success zone of a stretch goal, 0.6–0.7")
_BLANK = Text("점수 없음", "no score")


def plot_scores(okrs: Objective | Sequence[Objective], ax: Axes | None = None) -> Axes:
    """Draw a bar for the score of each key result, over the success zone of stretch goals.

    A key result without a score has no bar and says so: it is blank, not zero.

    Args:
        okrs: An objective, or several.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes, with one row per key result from top to bottom.
    """
    objectives = [okrs] if isinstance(okrs, Objective) else okrs
    key_results = [key_result for objective in objectives for key_result in objective.key_results]
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 1.4 + 0.6 * max(len(key_results), 1)))
        ax.axvspan(*SUCCESS_ZONE, color=GREEN, alpha=0.18, label=str(_ZONE))
        for row, key_result in enumerate(key_results):
            value = score(key_result).value
            ax.barh(row, value or 0, height=0.55, color=BLUE)
            label = str(_BLANK) if value is None else str(round_half_up(value))
            ax.text((value or 0) + 0.01, row, label, va="center", color=GREY if value is None else "black")
        ax.set_yticks(
            range(len(key_results)), [textwrap.fill(each.text.replace("->", "→"), 28) for each in key_results]
        )
        ax.set(xlim=(0, 1.1), ylim=(len(key_results) - 0.4, -0.6), xlabel=str(_AXIS))
        ax.set_title(str(_TITLE), loc="left")
        ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
        ax.legend(loc="lower right", bbox_to_anchor=(1, 1), frameon=False, borderaxespad=0.2)
    return ax
