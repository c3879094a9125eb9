"""Scores that agree with what is published."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.okr.model import KeyResult, Metric, Objective
from okrkit.okr.scoring import Score, progress, round_half_up, score
from okrkit.text import set_language

values = st.floats(-1e6, 1e6)


def measured(baseline: float, target: float, current: float | None) -> KeyResult:
    return KeyResult("", Metric(baseline, target, current))


@pytest.mark.parametrize(("current", "percent"), [(80, 50), (70, 75), (50, 125)])
def test_a_falling_measure_as_quantive_publishes_it(current: float, percent: float):
    """help.quantive.com 3849793: from 100 down to 60."""
    assert progress(measured(100, 60, current)) == percent / 100


@pytest.mark.parametrize(("current", "clamped"), [(29, 0.6), (10, 0.0), (50, 1.0)])
def test_a_score_is_progress_clamped(current: float, clamped: float):
    assert score(measured(20, 35, current)) == Score(clamped, counted=1, total=1, worst=clamped)


def test_an_objective_scores_the_mean_and_leaves_blanks_out():
    objective = Objective(
        "", (measured(0, 100, 85), measured(0, 100, 60), KeyResult("앱을 출시한다"), measured(0, 1, None))
    )
    assert score(objective) == Score(0.725, counted=2, total=4, worst=0.6)
    assert str(score(objective)) == "0.73 (핵심 결과 4개 중 2개로 계산)"


def test_several_objectives_score_the_mean_of_theirs():
    whole, half = Objective("", (measured(0, 1, 1), measured(0, 1, 1))), Objective("", (measured(0, 1, 0),))
    assert score([whole, half, Objective("")]) == Score(0.5, counted=3, total=3, worst=0.0)


def test_nothing_measured_is_no_score_and_not_zero(english: None):
    assert score(Objective("", (KeyResult("앱을 출시한다"),))) == Score(None, counted=0, total=1)
    assert repr(score(Objective(""))) == "- (on 0 of 0 key results)"


@given(values, values, values)
def test_direction_makes_no_difference(baseline: float, target: float, current: float):
    if baseline != target:
        rising, falling = measured(baseline, target, current), measured(-baseline, -target, -current)
        assert progress(rising) == progress(falling)


@given(values, values, values)
def test_a_score_stays_within_its_bounds(baseline: float, target: float, current: float):
    if baseline != target:
        assert 0 <= score(measured(baseline, target, current)).value <= 1


@pytest.mark.parametrize("numbers", [(3, 3), (float("nan"), 1), (0, float("inf"))])
def test_a_measure_without_a_way_to_go_is_refused(numbers: tuple[float, float]):
    with pytest.raises(ContentError):
        Metric(*numbers)


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [(0.725, 2, "0.73"), (0.35, 1, "0.4"), (0.65, 1, "0.7"), (0.1 + 0.2, 1, "0.3"), (2.5, 0, "3")],
)
def test_rounding_is_half_up_without_binary_dust(value: float, digits: int, rounded: str):
    assert round_half_up(value, digits) == Decimal(rounded)


def test_text_that_was_not_read_is_named():
    with pytest.raises(ContentError, match=r"먼저 ok\.parse_okrs로 읽으세요"):
        score("O: a")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_score_can_be_printed_on_a_korean_windows_console(lang):
    set_language(lang)
    for shown in (score(Objective("")), score(measured(0, 1, 0.5))):
        assert str(shown).encode("cp949")
