"""What OKR and the scorecard show side by side."""

import pytest
from matplotlib.axes import Axes

from okrkit.okr.bsc import Perspective, Scorecard, ScorecardMeasure, StrategicObjective
from okrkit.okr.model import KeyResult, Metric, Objective, Okrs
from okrkit.plots.comparison import plot_comparison
from okrkit.text import set_language
from tests.plots.test_alignment import (
    LONG,
    assert_readable,
    closed,  # noqa: F401  (an autouse fixture)
    words,
)


def okr(text: str, current: float | None, **said: str) -> Objective:
    return Objective(text, (KeyResult("", Metric(0, 100, current)),), **said)


def place(name: str, current: float | None) -> Perspective:
    goal = StrategicObjective("x", "x", (ScorecardMeasure("m", 0, 100, current),))
    return Perspective(name, name, (goal,))


OKRS = Okrs((okr("단골", 70), okr("위생", 90, kind="committed"), okr("행사", None)))
CARD = Scorecard((place("재무", 70), place("고객", None), place("학습과 성장", 25)))


def bars(ax: Axes) -> dict[str, float]:
    found = [patch for patch in ax.patches if (patch.get_gid() or "").startswith("bar:")]
    return {patch.get_gid(): round(patch.get_width(), 9) for patch in found}


def spans(ax: Axes, *, hatched: bool) -> list[tuple[float, float]]:
    """Where the hatched parts lie, or else the shaded zones."""
    found = [patch for patch in ax.patches if (patch.get_hatch() if hatched else patch.get_alpha())]
    return [(round(patch.get_x(), 9), round(patch.get_x() + patch.get_width(), 9)) for patch in found]


def test_the_left_has_the_score_of_each_objective_and_the_right_the_achievement_of_each_perspective():
    ax = plot_comparison(OKRS, CARD)
    assert bars(ax) == {"bar:0": 0.7, "bar:1": 0.9}
    assert bars(ax.figure.axes[1]) == {"bar:0": 0.7, "bar:2": 0.25}


def test_the_words_on_both_sides_say_what_70_percent_means():
    ax = plot_comparison(OKRS, CARD)
    assert words(ax)[:3] == ["OKR: 목표별 점수", "전체 0.80", "0.7 = 성공(도전적 목표)"]
    assert words(ax)[-6:] == ["단골", "0.70", "위생 (약속형)", "0.90", "행사", "점수 없음"]
    other = words(ax.figure.axes[1])
    assert other[:3] == ["BSC: 관점별 달성도", "전체 48%", "70% = 목표에 30% 미달"]
    assert other[-6:] == ["재무", "70%", "고객", "달성도 없음", "학습과 성장", "25%"]


def test_a_stretch_goal_has_its_success_zone_a_committed_one_and_the_scorecard_have_none():
    ax = plot_comparison(OKRS, CARD)
    assert spans(ax, hatched=False) == [(0.6, 0.7), (0.6, 0.7)]
    assert spans(ax.figure.axes[1], hatched=False) == []


def test_what_is_missing_to_the_target_is_hatched_on_the_scorecards_side_alone():
    ax = plot_comparison(OKRS, CARD)
    assert spans(ax, hatched=True) == []
    assert spans(ax.figure.axes[1], hatched=True) == [(0.7, 1), (0.25, 1)]


def test_where_1_is_expected_the_line_at_the_target_is_thick():
    ax = plot_comparison(OKRS, CARD)
    lines = [line.get_linewidth() for line in ax.lines if list(line.get_xdata()) == [1, 1]]
    assert lines == [1, 3, 1]


def test_the_axes_count_from_0_to_1_and_to_100_percent(english: None):
    ax = plot_comparison(OKRS, CARD)
    ax.figure.canvas.draw()
    ticks = [[label.get_text() for label in each.get_xticklabels()] for each in ax.figure.axes]
    assert ticks == [["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], ["0%", "20%", "40%", "60%", "80%", "100%"]]


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("number", [1, 2, 12])
def test_nothing_overlaps_however_long_the_texts(number: int, lang):
    set_language(lang)
    kinds = ("aspirational", "committed")
    okrs = [okr(LONG[lang][: 9 + 40 * n], 9 * n if n % 5 else None, kind=kinds[n % 2]) for n in range(number)]
    card = Scorecard(tuple(place(LONG[lang][: 5 + 9 * n], 100 - n) for n in range(number)))
    ax = plot_comparison(okrs, card)
    assert_readable(ax)
    assert [len(bars(each)) for each in ax.figure.axes] == [sum(bool(n % 5) for n in range(number)), number]


def test_one_objective_may_stand_alone_and_either_side_be_empty():
    assert bars(plot_comparison(OKRS[0], Scorecard(()))) == {"bar:0": 0.7}
    assert bars(plot_comparison([], CARD)) == {}
    assert bars(plot_comparison([], Scorecard(()))) == {}  # and a warning is an error here


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_of_many_objectives_the_first_are_drawn_and_the_title_and_the_words_say_so(lang):
    set_language(lang)
    ax = plot_comparison([okr(f"o{n}", n) for n in range(63)], CARD)
    assert len(bars(ax)) == 20
    assert (
        words(ax)[0]
        == {
            "ko": "OKR: 목표별 점수 (63개 중 20개)",
            "en": "OKR: score by objective (20 of 63)",
        }[lang]
    )
    assert {"ko": "o19 0.19, 그 밖에 43개.", "en": "o19 0.19, and 43 more."}[lang] in ax.get_gid()
    assert_readable(ax)


def test_the_alternative_text_tells_it_in_both_languages():
    assert plot_comparison(OKRS, CARD).get_gid() == (
        "왼쪽은 OKR의 목표별 점수: 단골 0.70, 위생 0.90, 행사 -. 전체 0.80. "
        "오른쪽은 BSC의 관점별 달성도: 재무 70%, 고객 -, 학습과 성장 25%. 전체 48%. "
        "70%는 도전적 OKR에서는 성공이고 BSC에서는 목표에 30% 미달이다."
    )
    set_language("en")
    assert plot_comparison(OKRS, CARD).get_gid().startswith("Left, OKR scores by objective: 단골 0.70,")
