"""What the plots of a learner's progress show."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from okrkit.plots.mastery import plot_calibration, plot_progress
from okrkit.practice.mastery import Calibration, Mastery, Standing
from okrkit.text import Text

ROWS = (
    Standing("C01", Text("주장 하나", "claim one"), 4, 3, 1, 0, 0.9),
    Standing("C02", Text("주장 $둘$", "claim two"), 5, 1, 2, 3, 0.6),
    Standing("C03", Text("주장 셋", "claim three"), 2, 0, 0, 0, None),
)
SAID = (Calibration("sure", 10, 9, 21.0), Calibration("likely", 0, 0, 0.0), Calibration("guess", 4, 1, 1.0))
TOLD = Mastery("claim", ROWS, replace(ROWS[0], key=""), SAID, {date(2026, 1, 5): 3.0})
NOTHING = replace(
    TOLD, rows=ROWS[2:], calibration=tuple(Calibration(each.confidence, 0, 0, 0.0) for each in SAID)
)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    mpl.use("agg")
    yield
    plt.close("all")


def bars(ax: Axes) -> dict[str, tuple[float, float]]:
    """Return start and length of each bar, by its part and row."""
    return {each.get_gid(): (each.get_x(), each.get_width()) for each in ax.patches if each.get_gid()}


def rows(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_each_row_that_was_practised_has_a_bar_of_known_weak_and_new_the_weakest_on_top():
    ax = plot_progress(TOLD)
    assert rows(ax) == ["C02 주장 $둘$", "C01 주장 하나"]
    assert bars(ax) == {
        "known:0": (0, 1), "weak:0": (1, 2), "new:0": (3, 2),
        "known:1": (0, 3), "weak:1": (3, 1), "new:1": (4, 0),
    }  # fmt: skip
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_what_is_due_is_written_beside_the_bar():
    assert [(each.get_text(), each.get_position()[1]) for each in plot_progress(TOLD).texts] == [
        ("복습 3", 0)
    ]


def test_parts_differ_by_hatching_and_not_by_colour_alone():
    looks = [(each.get_hatch(), each.get_facecolor()[:3]) for each in plot_progress(TOLD).patches[:3]]
    assert looks[1][0] == "//"
    assert looks[0] != looks[2]


def test_levels_go_by_their_name_alone():
    assert rows(plot_progress(replace(TOLD, by="level", rows=ROWS[:1]))) == ["주장 하나"]


def test_of_many_rows_the_weakest_thirty_are_drawn_and_the_rest_counted():
    many = tuple(replace(ROWS[0], key=f"C{n:02}") for n in range(40))
    ax = plot_progress(replace(TOLD, rows=many))
    assert (len(rows(ax)), rows(ax)[-1]) == (31, "그 밖에 10줄")
    assert ax.get_gid().endswith(", 그 밖에 10줄.")


def test_each_degree_of_certainty_has_a_dot_at_the_share_right_its_interval_and_its_numbers():
    ax = plot_calibration(TOLD)
    dots = {
        each.get_gid(): (*each.get_xdata(), *each.get_ydata())
        for each in ax.lines
        if "share:" in (each.get_gid() or "")
    }
    assert dots == {"share:sure": (0, 0.9), "share:guess": (2, 0.25)}
    assert [tuple(ax.lines[n].get_ydata()) for n in (0, 2)] == [SAID[0].interval, SAID[2].interval]
    assert [each.get_text() for each in ax.texts] == ["9/10", "1/4"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["확실함", "아마", "찍음"]


def test_behind_each_dot_lies_where_saying_so_pays():
    spans = [
        (each.get_y(), round(each.get_y() + each.get_height(), 9)) for each in plot_calibration(TOLD).patches
    ]
    assert spans == [(0.8, 1.0), (2 / 3, 0.8), (0.0, round(2 / 3, 9))]


def test_in_words_for_those_who_do_not_see_it(english: None):
    assert [plot(TOLD).get_gid() for plot in (plot_progress, plot_calibration)] == [
        "Bar chart, What is known and what is weak: C02 known 1, weak 2, new 2, due 3, C01 known 3, weak 1, new 0, due 0.",
        "Dot chart, As right as you were sure?: sure 9 of 10 right, guess 1 of 4 right.",
    ]


@pytest.mark.parametrize(
    ("plot", "said"),
    [
        (plot_progress, "막대그래프, 아는 문제와 약한 문제: 아직 푼 문제가 없습니다."),
        (plot_calibration, "점그래프, 확신한 만큼 맞았나: 확신도를 말한 답이 없습니다."),
    ],
)
def test_without_answers_it_says_so(plot: object, said: str):
    ax = plot(NOTHING)
    assert (ax.get_gid(), len(ax.texts), list(ax.lines)) == (said, 1, [])


def test_it_can_be_drawn_into_axes_of_ones_own():
    _, ax = plt.subplots()
    assert plot_progress(TOLD, ax) is ax
    _, ax = plt.subplots()
    assert plot_calibration(TOLD, ax) is ax
