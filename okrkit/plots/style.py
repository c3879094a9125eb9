"""How every picture looks: letters that exist, colours that can be told apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import dates as mdates
from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text as Words
from matplotlib.textpath import text_to_path

from okrkit.text import Text

# Okabe and Ito's palette, made to be told apart by colour-blind readers (jfly.uni-koeln.de/color).
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#E69F00", "#009E73", "#767676"
VERMILLION = "#D55E00"

SIZE = 11  # points; smaller letters are not read from the last row of a classroom
LINE = 16.0  # points from one line of text to the next
PAD = 8.0  # points between a box and its text


@cache
def korean_font() -> str:
    """Return the name of a font with Korean letters and a minus sign, made known to matplotlib.

    It is Noto Sans KR under the Open Font License, which comes with okrkit's
    installation, so that a machine without any Korean font draws the same picture.
    """
    from pylopdf_fonts_ko import sans_path

    font_manager.fontManager.addfont(sans_path())
    return font_manager.FontProperties(fname=sans_path()).get_name()


@contextmanager
def style() -> Iterator[None]:
    """Draw in okrkit's style inside the ``with`` block; the user's own settings return after it."""
    settings: dict[Any, Any] = {
        "font.family": [korean_font(), "DejaVu Sans"],  # the second for signs the first lacks
        "font.size": 11,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "figure.constrained_layout.use": True,
    }
    with mpl.rc_context(settings):
        yield


def describe(ax: Axes, text: Text) -> None:
    """Give a picture its alternative text, for readers who cannot see it.

    It is kept as the gid of the axes (``ax.get_gid()``), in the language in force: the
    one place matplotlib has for words that go with an artist and are not drawn.

    Args:
        ax: The picture.
        text: One paragraph that says what the picture shows.
    """
    ax.set_gid(str(text))


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


def day_number(day: date) -> float:
    """Return a day's place on an axis, in matplotlib's days."""
    return float(mdates.date2num(day))  # type: ignore[no-untyped-call]


def canvas(width: float, height: float) -> Axes:
    """Return empty axes that fill a new figure and count in points, y from the top down.

    Letters are measured in points too, so that what is laid out here fits on every screen.
    """
    figure = plt.figure(figsize=(width / 72, height / 72), layout="none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[])
    ax.set_axis_off()
    return ax


def wrap(text: str, width: float, most: int = 5) -> list[str]:
    """Break text into lines by the true width of its letters; call it inside ``style()``.

    Args:
        text: Any text; a word that is wider than a line is broken.
        width: Of a line, in points.
        most: Number of lines at most; what is cut off leaves "…".
    """
    lines: list[str] = []
    for word in text.replace("->", "→").split():
        if len(lines) > most:
            break  # the rest is cut off anyway
        if lines and _width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word[:300], width)
    if len(lines) > most:
        last = lines[most - 1]
        while last and _width(last + "…") > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return lines


def write(ax: Axes, x: float, y: float, words: str, **how: Any) -> None:  # noqa: ANN401  (matplotlib's)
    """Write one line just as it is: a dollar sign starts no formula."""
    ax.text(x, y, words, **{"va": "baseline", "parse_math": False, "fontsize": SIZE, **how})


@dataclass(frozen=True, slots=True)
class Box:
    """A box with lines of text and a bar below them, in points on a canvas.

    Args:
        x: Its left edge.
        y: Its top edge.
        width: From left to right.
        lines: Text, one line below the other.
        value: Length of the bar, 0.0 to 1.0; None for no bar.
        label: What is written beside the bar, or in its place.
    """

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    value: float | None
    label: str

    @property
    def height(self) -> float:
        """From top to bottom, for all lines and the bar."""
        return (len(self.lines) + 1) * LINE + 2 * PAD

    def draw(self, ax: Axes, gid: str, height: float | None = None, *, dashed: bool = False) -> None:
        """Draw it; ``gid`` names its frame, ``height`` may stretch it."""
        tall = height or self.height
        frame = Rectangle((self.x, self.y), self.width, tall, facecolor="white", edgecolor="black", zorder=3)
        frame.set(gid=gid, linestyle="--" if dashed else "-")
        ax.add_patch(frame)
        left, foot = self.x + PAD, self.y + tall - PAD
        for number, line in enumerate(self.lines):
            write(ax, left, self.y + PAD + 12 + number * LINE, line, zorder=4)
        shade = GREY if self.value is None else "black"
        if self.value is not None:
            track = self.width - 2 * PAD - _width(self.label) - 6
            ax.add_patch(Rectangle((left, foot - 10), track, 10, facecolor="none", edgecolor=GREY, zorder=4))
            ax.add_patch(Rectangle((left, foot - 10), track * self.value, 10, facecolor=BLUE, zorder=4))
        write(ax, self.x + self.width - PAD, foot - 1, self.label, ha="right", color=shade, zorder=4)


def _width(text: str) -> float:
    """Measure a line in points."""
    font = font_manager.FontProperties(size=SIZE)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def _pieces(word: str, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and _width(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
