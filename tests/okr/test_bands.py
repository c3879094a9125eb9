"""Bands as they are published, and what lies between them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.okr.bands import SCHEMES, Band, Scheme, band, schemes
from okrkit.okr.model import Objective
from okrkit.okr.scoring import score
from okrkit.text import Text

LOW, HIGH = Band("low", Text("낮음", "low"), Decimal(0)), Band("high", Text("높음", "high"), Decimal("0.5"))


@pytest.mark.parametrize(
    ("scheme", "bands"),
    [
        ("google", {"red": (0.0, 0.3), "yellow": (0.4, 0.6), "green": (0.7, 1.0)}),
        ("gitlab", {"at_risk": (0.0, 0.69), "off_target": (0.70, 0.84), "on_target": (0.85, 1.0)}),
        ("sourcegraph", {"not_met": (0.0, 0.74), "partial": (0.75, 0.89), "success": (0.90, 1.0)}),
        ("thirds", {"red": (0.0, 0.3333), "yellow": (0.3334, 0.6666), "green": (0.6667, 1.0)}),
    ],
)
def test_each_scheme_has_the_bands_its_source_prints(scheme: str, bands: dict[str, tuple[float, float]]):
    found = {name: tuple(band(end, scheme).name for end in ends) for name, ends in bands.items()}
    assert found == {name: (name, name) for name in bands}
    assert [each.name for each in SCHEMES[scheme].bands] == list(bands)


@pytest.mark.parametrize(
    ("value", "scheme", "name"),
    [
        (0.35, "google", "yellow"),
        (0.65, "google", "green"),
        (0.3499, "google", "red"),
        (0.6499, "google", "yellow"),
        (0.1 + 0.2 + 0.35, "google", "green"),  # 0.6499999999999999: dust, not a lower score
        (0.845, "gitlab", "on_target"),
        (0.8449, "gitlab", "off_target"),
        (0.695, "gitlab", "off_target"),
        (0.895, "sourcegraph", "success"),
        (0.745, "sourcegraph", "partial"),
        (1 / 3, "thirds", "yellow"),
        (2 / 3, "thirds", "green"),
        (1 - 1 / 3, "thirds", "green"),
        (0.33333, "thirds", "red"),
    ],
)
def test_what_lies_between_two_printed_bands_is_rounded_half_up_first(value: float, scheme: str, name: str):
    assert band(value, scheme).name == name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_score_has_no_band(scheme: str):
    assert band(None, scheme) is None


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(list(SCHEMES)))
def test_a_higher_score_never_has_a_lower_band(one: float, other: float, scheme: str):
    assert band(min(one, other), scheme).floor <= band(max(one, other), scheme).floor


@pytest.mark.parametrize(
    ("step", "value", "name"), [(None, 0.49, "low"), ("0.05", 0.475, "high"), ("0.05", 0.4749, "low")]
)
def test_ones_own_scheme_may_round_to_any_step(step: str | None, value: float, name: str):
    assert band(value, Scheme("mine", (LOW, HIGH), Decimal(step) if step else None, "mine")).name == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gogle", "등급 체계 'gogle'이(가) 없습니다; 'google'(으)로 쓰려던 것인가요?"),
        (3, "등급 체계 '3'이 없습니다; 가능한 것: google, gitlab, sourcegraph, thirds"),
        ("A-F", "등급 체계 'A-F'가 없습니다; 가능한 것: google, gitlab, sourcegraph, thirds"),
    ],
)
def test_an_unknown_scheme_is_named_with_the_nearest(name: str, said: str):
    with pytest.raises(ContentError) as caught:
        band(0.5, name)
    assert str(caught.value) == said


@pytest.mark.parametrize("value", ["0.7", "green", score(Objective("")), [0.7]])
def test_what_is_no_number_is_refused(value: object, english: None):
    with pytest.raises(ContentError, match=r"the score is no number .*; write, say, 0\.7; of what ok\.score"):
        band(value)


@pytest.mark.parametrize("value", [70, -0.1, 1.25, float("nan"), float("inf")])
def test_what_is_no_score_is_refused(value: float, english: None):
    with pytest.raises(ContentError, match=r"is not between 0 and 1; write 70 % as 0\.7"):
        band(value)


@pytest.mark.parametrize(
    "bands", [(), (HIGH,), (HIGH, LOW), (LOW, LOW), (LOW, Band("low", LOW.label, Decimal(1)))]
)
def test_bands_that_do_not_rise_from_zero_are_refused(bands: tuple[Band, ...]):
    with pytest.raises(ContentError, match="가장 낮은 등급"):
        Scheme("mine", bands, None, "mine")


def test_floors_and_step_may_be_floats_taken_as_they_are_written():
    own = Scheme("mine", [Band("low", LOW.label, 0), Band("high", HIGH.label, 0.7)], 0.1, "mine")
    assert own == Scheme(
        "mine", (replace(LOW, floor=Decimal(0)), replace(HIGH, floor=Decimal("0.7"))), Decimal("0.1"), "mine"
    )
    assert [band(value, own).name for value in (0.65, 0.6499)] == ["high", "low"]


@pytest.mark.parametrize(
    ("floor", "said"),
    [
        (1.5, "the score 1.5 is not between 0 and 1"),
        (70, "the score 70 is not between 0 and 1"),
        (float("nan"), "the score nan is not between 0 and 1"),
        ("0.5", r"the score is no number \('0\.5'\)"),
        (None, r"the score is no number \(None\)"),
    ],
)
def test_a_floor_that_no_score_could_be_is_refused(floor: object, said: str, english: None):
    with pytest.raises(ContentError, match=said):
        Band("high", HIGH.label, floor)


@given(st.integers(1, 99), st.integers(1, 100), st.floats(0, 1))
def test_the_edges_of_any_scheme_are_where_its_band_changes(floor: int, step: int, value: float):
    own = Scheme("mine", (LOW, replace(HIGH, floor=Decimal(floor) / 100)), Decimal(step) / 100, "mine")
    (_, edge), _ = own.edges
    if abs(value - edge) > 1e-8:
        assert band(value, own).name == ("high" if value > edge else "low")


def test_the_published_schemes_can_be_had_by_name_and_not_be_spoilt():
    schemes().clear()
    assert list(schemes()) == ["google", "gitlab", "sourcegraph", "thirds"]


def test_a_step_of_nothing_is_refused(english: None):
    with pytest.raises(ContentError, match="the step 0 is not above 0"):
        Scheme("mine", (LOW, HIGH), Decimal(0), "mine")


def test_labels_can_be_printed_on_a_korean_windows_console():
    labels = [each.label for scheme in SCHEMES.values() for each in scheme.bands]
    assert all((label.ko + label.en).encode("cp949") for label in labels)
    assert all(scheme.source for scheme in SCHEMES.values())
