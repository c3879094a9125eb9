"""What the score plot shows."""

from collections.abc import Iterator

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt
from matplotlib.font_manager import FontProperties, get_font

from okrkit.okr.reading import parse_okrs
from okrkit.plots.scores import plot_scores
from okrkit.plots.style import korean_font, style

OKRS = parse_okrs("O: a\nKR: 재방문율 20% -> 35% (now 29%)\nKR: 앱을 출시한다\nKR: 손익 -3 -> 2 (now -4)")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    mpl.use("agg")
    yield
    plt.close("all")


def test_each_key_result_has_its_bar_from_top_to_bottom():
    ax = plot_scores(OKRS)
    bars = [patch for patch in ax.patches if patch.get_label() == "_nolegend_" or patch.get_height() == 0.55]
    assert [round(bar.get_width(), 9) for bar in bars] == [0.6, 0, 0]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "재방문율 20% → 35%",
        "앱을 출시한다",
        "손익 -3 → 2",
    ]
    assert ax.yaxis_inverted()


def test_a_blank_is_not_drawn_as_zero():
    assert [text.get_text() for text in plot_scores(OKRS).texts] == ["0.60", "점수 없음", "0.00"]


def test_the_success_zone_is_where_the_card_puts_it():
    zone = plot_scores(OKRS).patches[0]
    assert (zone.get_x(), round(zone.get_x() + zone.get_width(), 9)) == (0.6, 0.7)


def test_it_speaks_the_language_in_force(english: None):
    ax = plot_scores(OKRS)
    assert (ax.get_title(loc="left"), ax.get_xlabel()) == ("Score of each key result", "score (0–1)")


def test_it_draws_where_it_is_told():
    _, ax = plt.subplots()
    assert plot_scores(OKRS, ax=ax) is ax


def test_korean_and_the_minus_sign_have_letters_without_any_system_font():
    with style():
        font = get_font(
            mpl.font_manager.findfont(FontProperties(family=[korean_font()]), fallback_to_default=False)
        )
    assert {sign: bool(font.get_char_index(ord(sign))) for sign in "가힣뷁−→≥"} == dict.fromkeys(
        "가힣뷁−→≥", True
    )


def test_drawing_warns_of_no_missing_letter():
    ax = plot_scores(OKRS)
    ax.set_xlim(-1, 1)
    ax.figure.canvas.draw()  # a missing letter is a warning, and a warning is an error here


def test_the_users_own_style_returns_after_drawing():
    before = mpl.rcParams["font.family"]
    plot_scores(OKRS)
    assert mpl.rcParams["font.family"] == before
