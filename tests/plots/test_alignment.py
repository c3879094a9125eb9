"""What the tree of objectives shows."""

from collections.abc import Iterator
from itertools import combinations

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from okrkit.errors import ContentError
from okrkit.okr.model import KeyResult, Metric, Objective, Okrs
from okrkit.plots.alignment import plot_alignment
from okrkit.plots.style import SIZE, style, wrap
from okrkit.text import set_language

LONG = {
    "ko": "우리 카페를 찾는 모든 손님이 주문부터 계산까지 한 번도 불편을 느끼지 않게 한다 " * 5,
    "en": "Let every guest who visits our café feel no friction from order to payment " * 5 + "W" * 90,
}


def objective(name: str, current: float | None = None, **said: str) -> Objective:
    return Objective(said.pop("text", name), (KeyResult("", Metric(0, 100, current)),), id=name, **said)


OKRS = Okrs(
    (
        objective("cafe", 62, owner="대표"),
        objective("hall", 60, parent="cafe"),
        objective("bar", None, parent="cafe"),
        objective("kim", 30, parent="hall"),
        objective("club", 10),
    )
)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    mpl.use("agg")
    yield
    plt.close("all")


def frames(ax: Axes) -> dict[str, Bbox]:
    """Where each box is, in points from the upper left corner."""
    found = [patch for patch in ax.patches if (patch.get_gid() or "").startswith("objective:")]
    return {patch.get_gid().removeprefix("objective:"): patch.get_bbox() for patch in found}


def words(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def crossing(boxes: list[Bbox]) -> list[tuple[Bbox, Bbox]]:
    """Return the pairs that share more than an edge."""
    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if min(one.x1, other.x1) - max(one.x0, other.x0) > 0.01
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 0.01
    ]


def assert_readable(ax: Axes) -> None:
    """No box on another, no text on another or outside the picture, no small letters."""
    ax.figure.canvas.draw()  # a missing letter is a warning, and a warning is an error here
    axes, whole = ax.figure.axes, ax.figure.bbox
    texts = [text for each in axes for text in (*each.texts, *each.get_xticklabels()) if text.get_text()]
    assert crossing(list(frames(ax).values())) == []
    assert crossing([text.get_window_extent() for text in texts]) == []
    assert [text.get_text() for text in texts if not inside(text.get_window_extent(), whole)] == []
    assert min(text.get_fontsize() for text in texts) >= SIZE == 11


def inside(part: Bbox, whole: Bbox) -> bool:
    return whole.x0 <= part.x0 and part.x1 <= whole.x1 and whole.y0 <= part.y0 and part.y1 <= whole.y1


def assert_text_stays_in_its_box(ax: Axes) -> None:
    drawn = [patch for patch in ax.patches if (patch.get_gid() or "").startswith("objective:")]
    homes = [patch.get_window_extent() for patch in drawn]
    for text in ax.texts:
        place = text.get_window_extent()
        met = [home for home in homes if crossing([home, place])]
        assert all(inside(place, home) for home in met), text.get_text()


def test_each_box_shows_owner_sentence_and_score_or_that_there_is_none():
    assert words(plot_alignment(OKRS)) == [
        "목표의 정렬",
        "정렬되지 않은 목표",
        *("[대표]", "cafe", "0.62"),
        *("club", "0.10"),
        *("hall", "0.60"),
        *("bar", "점수 없음"),
        *("kim", "0.30"),
    ]


def test_a_bar_is_as_long_as_its_score_and_a_blank_has_none():
    filled = [patch for patch in plot_alignment(OKRS).patches if patch.get_height() == 10]
    tracks, bars = filled[::2], filled[1::2]
    shares = [bar.get_width() / track.get_width() for track, bar in zip(tracks, bars, strict=True)]
    assert shares == pytest.approx([0.62, 0.1, 0.6, 0.3])


def test_the_tree_grows_from_left_to_right_and_a_parent_stands_before_its_children():
    at = frames(plot_alignment(OKRS))
    assert at["cafe"].x1 < at["hall"].x0 == at["bar"].x0 < at["kim"].x0
    assert at["hall"].y0 < at["bar"].y0
    assert at["cafe"].y0 < at["club"].y0


def test_lines_join_each_child_to_its_parent():
    ax = plot_alignment(OKRS)
    right = {(box.x1, (box.y0 + box.y1) / 2): name for name, box in frames(ax).items()}
    left = {(box.x0, (box.y0 + box.y1) / 2): name for name, box in frames(ax).items()}
    ends = [list(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in ax.lines]
    assert [(right[start], left[end]) for start, *_, end in ends] == [
        ("cafe", "hall"),
        ("cafe", "bar"),
        ("hall", "kim"),
    ]


def test_what_is_not_aligned_stands_apart_in_a_dashed_box():
    styles = {
        patch.get_gid(): patch.get_linestyle() for patch in plot_alignment(OKRS).patches if patch.get_gid()
    }
    assert [name for name, drawn in styles.items() if drawn == "--"] == ["objective:club"]


def test_where_nobody_is_aligned_nobody_stands_apart():
    assert "정렬되지 않은 목표" not in words(plot_alignment([OKRS[0], OKRS[4]]))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("number", [1, 2, 12, 40])
def test_nothing_overlaps_however_long_the_texts(number: int, lang):
    set_language(lang)
    many = [
        objective(
            str(n), n, text=LONG[lang][: 9 + 40 * n], owner=LONG[lang], parent=str((n - 1) // 3) if n else ""
        )
        for n in range(number)
    ]
    ax = plot_alignment([*many, *([objective("alone", text=LONG[lang])] if number > 1 else [])])
    assert_readable(ax)
    assert_text_stays_in_its_box(ax)
    assert len(frames(ax)) == number + (number > 1)


def test_of_very_many_the_top_is_drawn_and_the_rest_counted():
    many = [objective(str(n), n % 100, parent=str((n - 1) // 8) if n else "") for n in range(1000)]
    ax = plot_alignment(many)
    assert list(frames(ax)) == [str(n) for n in range(60)]
    assert words(ax)[0] == "목표의 정렬 (목표 1000개 중 60개)"
    assert "아래에 5개 더" in words(ax)  # objective 7 has 57 to 64
    assert_readable(ax)


def test_the_alternative_text_tells_it_in_both_languages():
    assert plot_alignment(OKRS).get_gid() == (
        "목표 5개의 정렬을 왼쪽에서 오른쪽으로 그린 나무. 맨 위 목표: cafe (0.62). "
        "상위 목표에 이어진 비율: 0.75. 정렬되지 않은 목표 1개."
    )
    set_language("en")
    assert plot_alignment(OKRS).get_gid() == (
        "A tree of 5 objectives from left to right. At the top: cafe (0.62). "
        "Share aligned with a parent: 0.75. Objectives not aligned: 1."
    )


def test_the_same_okrs_make_the_same_picture():
    one, other = (plot_alignment(OKRS) for _ in range(2))
    for ax in (one, other):
        ax.figure.canvas.draw()
    assert bytes(one.figure.canvas.buffer_rgba()) == bytes(other.figure.canvas.buffer_rgba())


def test_two_dollar_signs_are_no_formula():
    ax = plot_alignment(objective("a", text="$5 -> $10"))
    assert "$5 → $10" in words(ax)
    assert not any(text.get_parse_math() for text in ax.texts)


def test_no_objective_is_an_empty_picture():
    assert frames(plot_alignment([])) == {}


def test_a_parent_that_does_not_exist_is_an_error():
    with pytest.raises(ContentError, match="상위 목표 'x'이"):
        plot_alignment([objective("a", parent="x")])


def test_lines_break_at_words_then_within_them_and_end_in_an_ellipsis():
    with style():
        assert wrap("단골이 친구를 데려온다", 70) == ["단골이 친구를", "데려온다"]
        assert "".join(wrap("W" * 30, 60, 9)) == "W" * 30
        assert wrap("단골이 친구를 데려오는 동네 카페", 70, 2) == ["단골이 친구를", "데려오는 동…"]
        assert wrap("", 70) == []
