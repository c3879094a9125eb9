"""How every picture looks: letters that exist, colours that can be told apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager

# Okabe and Ito's palette, made to be told apart by colour-blind readers (jfly.uni-koeln.de/color).
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#E69F00", "#009E73", "#767676"


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
