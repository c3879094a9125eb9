"""What a learner knows, and how right they were for how sure they felt."""

import textwrap

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from okrkit.plots.style import BLUE, GREEN, GREY, ORANGE, describe, settle, style
from okrkit.practice.mastery import CERTAIN, HONEST, Mastery, Standing
from okrkit.text import Text

MOST = 30  # rows; a taller picture fits on no screen

_PARTS = (  # told apart by hatching as well as by colour
    ("known", Text("아는 것", "known"), BLUE, ""),
    ("weak", Text("약한 것", "weak"), ORANGE, "//"),
    ("new", Text("안 푼 것", "not yet practised"), "white", ""),
)
_TITLE = Text("아는 문제와 약한 문제", "What is known and what is weak")
_AXIS = Text("문제 수", "number of questions")
_DUE = Text("복습 {n}", "due {n}")
_NOTHING = Text("아직 푼 문제가 없습니다", "nothing practised yet")
_ROW = Text(
    "{key} 아는 것 {known}, 약한 것 {weak}, 안 푼 것 {new}, 복습 {due}",
    "{key} known {known}, weak {weak}, new {new}, due {due}",
)
_MORE = Text("그 밖에 {n}줄", "and {n} more")
_ALT = Text("막대그래프, {title}: {rows}.", "Bar chart, {title}: {rows}.")

_SURE_TITLE = Text("확신한 만큼 맞았나", "As right as you were sure?")
_SHARE = Text("첫 시도에 맞은 비율", "share right at the first try")
_HONEST = Text("이만큼 맞으면 이 확신도가 이득", "where saying so pays")
_NOBODY = Text("확신도를 말한 답이 없습니다", "no answer says how sure you were")
_SURE_ROW = Text("{name} {n}개 중 {right}개 맞음", "{name} {right} of {n} right")
_SURE_ALT = Text("점그래프, {title}: {rows}.", "Dot chart, {title}: {rows}.")


def plot_progress(progress: Mastery, ax: Axes | None = None) -> Axes:
    """Draw how many questions are known, weak and not yet practised, row by row.

    Args:
        progress: What ``ok.progress()`` returned. Rows of which something was practised are
            drawn, the weakest on top; of more than 30 the rest is counted below.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes; beside each bar stands how many are due today. A bar's ``gid`` is its part
        (``known``, ``weak``, ``new``) and its row; that of the axes says in words what they show.
    """
    practised = progress.practised
    rows = practised[:MOST]
    more = [str(_MORE.fill(n=len(practised) - MOST))] if len(practised) > MOST else []
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 1.6 + 0.42 * max(len(rows) + len(more), 1)))
        for place, row in enumerate(rows):
            _draw_row(ax, place, row)
        full = [str(row.name) if progress.by == "level" else f"{row.key} {row.name}" for row in rows]
        names = [textwrap.shorten(name, 34, placeholder="…") for name in full]
        ax.set_yticks(range(len(rows) + len(more)), names + more)
        ax.set(ylim=(max(len(rows) + len(more), 1) - 0.4, -0.6), xlabel=str(_AXIS))
        ax.set_xlim(0, max((row.questions for row in rows), default=1) * 1.2)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_title(str(_TITLE), loc="left", pad=28 if rows else None)
        if rows:
            ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0.2)
        else:
            ax.text(0.5, 0.5, str(_NOTHING), transform=ax.transAxes, ha="center", color=GREY)
        said = [str(_ROW.fill(key=row.key, **_counts(row), due=row.due)) for row in rows]
        describe(ax, _ALT.fill(title=_TITLE, rows=", ".join(said + more) or _NOTHING))
        settle(ax)
    return ax


def plot_calibration(progress: Mastery, ax: Axes | None = None) -> Axes:
    """Draw how often first tries were right that were called sure, likely or a guess.

    Behind each lies the span in which saying so earns the most certainty-based marks; the
    line through a dot is where the true share lies by 95 % (Wilson's interval): few answers, long line.

    Args:
        progress: What ``ok.progress()`` returned.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes: degrees of certainty across, the share right upward, 0 to 1. Its ``gid``
        says in words what it shows; a dot's is ``share:`` and its confidence.
    """
    known = [(place, each) for place, each in enumerate(progress.calibration) if each.answers]
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(7, 4.4))
        for place, each in enumerate(progress.calibration):
            low, high = HONEST[each.confidence]
            label = "_" if place else str(_HONEST)
            ax.bar(place, high - low, bottom=low, width=0.9, color=GREEN, alpha=0.18, label=label)
        for place, each in known:
            ax.plot([place, place], each.interval, color=BLUE, linewidth=2)
            share = each.right / each.answers
            ax.plot(place, share, color=BLUE, marker="o", markersize=9, gid=f"share:{each.confidence}")
            ax.text(place + 0.06, share, f"{each.right}/{each.answers}", va="center")
        names = [str(CERTAIN[each.confidence]) for each in progress.calibration]
        ax.set_xticks(range(len(names)), names)
        ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(0, 1.04), ylabel=str(_SHARE))
        ax.set_title(str(_SURE_TITLE), loc="left")
        ax.legend(loc="lower right", bbox_to_anchor=(1, 1), frameon=False, borderaxespad=0.2)
        if not known:
            ax.text(0.5, 0.5, str(_NOBODY), transform=ax.transAxes, ha="center", color=GREY)
        said = [
            str(_SURE_ROW.fill(name=CERTAIN[each.confidence], n=each.answers, right=each.right))
            for _, each in known
        ]
        describe(ax, _SURE_ALT.fill(title=_SURE_TITLE, rows=", ".join(said) or _NOBODY))
        settle(ax)
    return ax


def _draw_row(ax: Axes, place: int, row: Standing) -> None:
    """Draw one bar of three parts, each with its number; the first row's stand in the legend."""
    left, counts = 0, _counts(row)
    for part, label, colour, hatch in _PARTS:
        n = counts[part]
        bar = ax.barh(
            place, n, left=left, height=0.62, color=colour, hatch=hatch, edgecolor="black", linewidth=0.8,
            label="_" if place else str(label),
        )  # fmt: skip
        bar[0].set_gid(f"{part}:{place}")
        left += n
    if row.due:
        ax.text(left + 0.08, place, str(_DUE.fill(n=row.due)), va="center")


def _counts(row: Standing) -> dict[str, int]:
    return {part: getattr(row, part) for part, *_ in _PARTS}
