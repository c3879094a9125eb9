"""What the confidence plot shows."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from okrkit.okr.model import CheckIn, KeyResult, Metric, Objective
from okrkit.plots.confidence import _GAP, _apart, plot_confidence


def key_result(text: str, *confidences: float | None) -> KeyResult:
    days = [date(2026, 1, 7) + timedelta(weeks=n) for n in range(len(confidences))]
    check_ins = tuple(
        CheckIn(day, None, said, "재지 않음") for day, said in zip(days, confidences, strict=True)
    )
    return KeyResult(text, Metric(0, 10), check_ins=check_ins)


OKR = Objective("목표", (key_result("가", 5, 6, 8), key_result("나", 5, None, 3), key_result("다", None)))


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    mpl.use("agg")
    yield
    plt.close("all")


def test_each_key_result_has_a_line_through_what_its_owner_said():
    lines = [[float(y) for y in each.get_ydata()] for each in plot_confidence(OKR).lines[1:]]
    assert lines == [[5, 6, 8], [5, 3]]


def test_each_line_is_named_at_its_end():
    ax = plot_confidence(OKR)
    labels = {each.get_text(): (each.xy[1], each.xyann[1]) for each in ax.texts if hasattr(each, "xyann")}
    assert labels == {"가": (8, 8), "나": (3, 3)}


def test_lines_differ_by_marker_and_dash_and_not_by_colour_alone():
    looks = [(each.get_marker(), each.get_linestyle()) for each in plot_confidence(OKR).lines[1:]]
    assert len(set(looks)) == len(looks)


def test_the_scale_runs_from_0_to_10_and_marks_the_even_bet():
    ax = plot_confidence(OKR)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "0", "1", "2", "3", "4", "반반 5", "6", "7", "8", "9", "10",
    ]  # fmt: skip
    assert set(ax.lines[0].get_ydata()) == {5}


def test_who_said_nothing_is_counted_and_not_drawn_as_zero():
    ax = plot_confidence([OKR])
    assert "자신감을 적지 않은 핵심 결과 1개" in [each.get_text() for each in ax.texts]
    assert ax.get_gid() == (
        "꺾은선그래프, 자신감의 변화: 가 5에서 8로, 나 5에서 3으로, 자신감을 적지 않은 핵심 결과 1개."
    )


def test_of_many_the_least_sure_are_drawn_and_the_rest_is_counted():
    many = [key_result(f"k{n}", 5, 9 - n % 10) for n in range(60)]
    ax = plot_confidence(Objective("", (*many, key_result("x", None))))
    ends = [float(line.get_ydata()[-1]) for line in ax.lines[1:]]
    assert ends == [1, 0] * 6
    assert ax.texts[-1].get_text() == "자신감이 더 높은 핵심 결과 48개 더, 자신감을 적지 않은 핵심 결과 1개"
    assert ax.get_gid().endswith(
        "k59 5에서 0으로, 자신감이 더 높은 핵심 결과 48개 더, 자신감을 적지 않은 핵심 결과 1개."
    )
    looks = {(line.get_marker(), line.get_linestyle(), line.get_fillstyle()) for line in ax.lines[1:]}
    assert len(looks) == 12


def test_where_nobody_said_anything_the_picture_says_so(english: None):
    ax = plot_confidence(Objective("", (key_result("a", None),)))
    assert ax.texts[0].get_text() == "no check-in says how confident its owner was"
    assert plot_confidence([]).get_gid().endswith(": no check-in says how confident its owner was.")


@given(ends=st.lists(st.integers(0, 10), min_size=1, max_size=12))
def test_labels_keep_apart_and_in_order(ends: list[float]):
    places = _apart(ends)
    ordered = sorted(places)
    assert all(above - below >= _GAP - 1e-9 for below, above in pairwise(ordered))
    assert min(places) >= 0  # below it they would run into the dates
    assert max(places) <= 10
    assert all(
        (ends[a] < ends[b]) <= (places[a] < places[b]) for a in range(len(ends)) for b in range(len(ends))
    )


def test_it_draws_every_letter_where_it_is_told():
    _, ax = plt.subplots()
    assert plot_confidence(OKR, ax=ax) is ax
    ax.figure.canvas.draw()  # a missing letter is a warning, and a warning is an error here
