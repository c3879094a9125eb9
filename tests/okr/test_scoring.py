"""Scores that agree with what is published."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.okr.model import Child, Keep, KeyResult, Kind, Metric, Milestones, Objective, Step, YesNo
from okrkit.okr.scoring import Score, kind_of, progress_of, round_half_up, score, success, too_easy
from okrkit.text import set_language

values = st.floats(-1e6, 1e6).map(lambda value: round(value, 9))  # no two nearer than can be told


def measured(baseline: float, target: float, current: float | None) -> KeyResult:
    return KeyResult("", Metric(baseline, target, current))


@pytest.mark.parametrize(("current", "percent"), [(80, 50), (70, 75), (50, 125)])
def test_a_falling_measure_as_quantive_publishes_it(current: float, percent: float):
    """help.quantive.com 3849793: from 100 down to 60."""
    assert progress_of(measured(100, 60, current)) == percent / 100


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
        assert progress_of(rising) == progress_of(falling)


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
    [
        (0.725, 2, "0.73"),
        (0.35, 1, "0.4"),
        (0.65, 1, "0.7"),
        (0.1 + 0.2, 1, "0.3"),
        (2.5, 0, "3"),
        (1e30, 0, "1" + "0" * 30),
        (Fraction(1, 3), 2, "0.33"),
    ],
)
def test_rounding_is_half_up_without_binary_dust(value: float, digits: int, rounded: str):
    assert round_half_up(value, digits) == Decimal(rounded)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_score_can_be_printed_on_a_korean_windows_console(lang):
    set_language(lang)
    for shown in (score(Objective("")), score(measured(0, 1, 0.5))):
        assert str(shown).encode("cp949")


@pytest.mark.parametrize(("current", "kept"), [(24.9, 1), (25, 0), (25.1, 0)])
def test_staying_below_a_bound_is_strict_as_quantive_publishes_it(current: float, kept: float):
    """help.quantive.com 3849793: stay below 25 %; at exactly 25 % it is 0 %."""
    assert progress_of(KeyResult("", Keep(high=25, current=current, unit="%"))) == kept
    assert progress_of(KeyResult("", Keep(high=25, current=25, inclusive=True, unit="%"))) == 1


def test_a_child_objective_counts_by_its_score_as_quantive_publishes_it():
    """help.quantive.com 4867334: key results at 27 and 18, a child objective at 73: 39 %."""
    child = Objective("", (measured(0, 100, 73),), id="child")
    parent = Objective("", (measured(0, 100, 27), measured(0, 100, 18), KeyResult("", Child("child"))))
    assert round_half_up(score(parent, objectives=[child]).value) == Decimal("0.39")


def test_a_half_is_rounded_up_as_quantive_publishes_it():
    """help.quantive.com 4865857: key results at 85 and 60: 73 %, where Python's round gives 72."""
    assert round_half_up(score(Objective("", (measured(0, 100, 85), measured(0, 100, 60)))).value) == Decimal(
        "0.73"
    )


def test_zeros_count_as_perdoo_and_lattice_publish_it():
    """support.perdoo.com 4640875, help.lattice.com 360059451414: 100, 0, 0: 33 %; Perdoo's status: the worst."""
    found = score(Objective("", tuple(measured(0, 100, current) for current in (100, 0, 0))))
    assert (round_half_up(found.value), found.worst) == (Decimal("0.33"), 0)


def test_weights_count_as_viindoo_publishes_it():
    """viindoo.com, OKR documentation: 0.84, 0.80, 0.90 by 30, 30, 40: 0.85."""
    weighted = zip((0.84, 0.80, 0.90), (30, 30, 40), strict=True)
    objective = Objective(
        "", tuple(KeyResult("", Metric(0, 1, each), weight=weight) for each, weight in weighted)
    )
    assert round(score(objective).value, 9) == 0.852
    assert round_half_up(score(objective).value) == Decimal("0.85")


@pytest.mark.parametrize(
    "measure",
    [Metric(0, 5, 4), Milestones(tuple(Step(str(n), done=n < 4) for n in range(5)))],
    ids=["metric", "steps"],
)
def test_four_of_five_experiments_are_80_percent_whatever_came_of_them(measure: Metric | Milestones):
    """GitLab handbook, okrs-basics.md: four of five experiments run, one succeeded: 80 %."""
    assert score(KeyResult("", measure)).value == 0.8


@pytest.mark.parametrize(
    ("value", "kind", "succeeds"),
    [
        (0.6, "aspirational", True),
        (0.1 + 0.2 + 0.3 - 1e-16, "aspirational", True),  # binary dust below 0.6
        (0.5999, "aspirational", False),
        (1.0, "committed", True),
        (0.1 * 3 + 0.7 - 1e-16, "committed", True),
        (0.9999, "committed", False),
        (None, "aspirational", None),
        (None, "committed", None),
    ],
)
def test_a_stretch_succeeds_from_60_percent_and_a_commitment_in_full_only(
    value: float | None, kind: Kind, succeeds: bool | None
):
    assert success(value, kind) is succeeds


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (0.5, "commited", "there is no kind 'commited'; write one of: aspirational, committed"),
        (70, "committed", "the score 70 is not between 0 and 1; write 70 % as 0.7"),
        (float("nan"), "committed", "the score nan is not between 0 and 1; write 70 % as 0.7"),
        (
            "0.7",
            "committed",
            "the score is no number ('0.7'); write, say, 0.7; of what ok.score returns, its .value",
        ),
    ],
)
def test_success_of_what_is_no_score_or_no_kind_is_refused(
    value: object, kind: str, said: str, english: None
):
    with pytest.raises(ContentError) as caught:
        success(value, kind)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("own", "objective", "judged"),
    [
        (None, "aspirational", "aspirational"),
        (None, "committed", "committed"),
        (True, "aspirational", "committed"),
        (False, "committed", "aspirational"),
    ],
)
def test_a_key_result_is_judged_by_its_own_word_or_else_its_objectives(
    own: bool | None, objective: Kind, judged: Kind
):
    assert kind_of(KeyResult("", committed=own), Objective("", kind=objective)) == judged


def ended(value: float | None, kind: Kind = "aspirational") -> Objective:
    return Objective("", (measured(0, 1, value),), kind=kind)


@pytest.mark.parametrize(
    ("okrs", "easy"),
    [
        (ended(1), True),
        ([ended(1), ended(1.5), ended(None)], True),
        ([ended(1), ended(0.99)], False),
        ([ended(1), ended(0.9, "committed")], False),
        ([ended(1), ended(1, "committed")], True),
        ([ended(1, "committed")], False),  # what was promised was kept: that is no fault
        ([ended(None)], False),
        ([], False),
    ],
)
def test_goals_were_too_easy_if_everything_with_a_score_ended_at_one(
    okrs: Objective | list[Objective], easy: bool
):
    assert too_easy(okrs) is easy


@pytest.mark.parametrize(
    ("own", "objective", "easy"), [(True, "aspirational", False), (False, "committed", True)]
)
def test_a_promise_kept_is_not_too_easy_whoever_gave_it(own: bool, objective: Kind, easy: bool):
    kept = replace(measured(0, 1, 1), committed=own)
    assert too_easy(Objective("", (kept,), kind=objective)) is easy


def chain(length: int, shared: int = 1) -> list[Objective]:
    """Objectives each of which has the next as a child so many times over; the last one is half done."""
    below = [tuple(KeyResult("", Child(str(n + 1))) for _ in range(shared)) for n in range(length - 1)]
    return [Objective("", each, id=str(n)) for n, each in enumerate([*below, (measured(0, 1, 0.5),)])]


def test_children_that_many_share_are_scored_once():
    """Each of 40 objectives counts the next one three times: one by one that would never end."""
    okrs = chain(40, shared=3)
    assert score(okrs[0], objectives=okrs).value == 0.5
    assert progress_of(okrs[0].key_results[0], objectives=okrs) == 0.5
    assert score(okrs).value == 0.5


def test_a_chain_of_children_may_be_as_deep_as_it_likes():
    okrs = chain(5000)
    assert score(okrs[0], objectives=okrs) == Score(0.5, counted=1, total=1, worst=0.5)


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ({"a": "b", "b": "c", "c": "a"}, "목표가 돌고 돕니다: b -> c -> a -> b; 고리 하나를 끊으세요"),
        ({"a": "a"}, "목표가 돌고 돕니다: a -> a; 고리 하나를 끊으세요"),
        ({"a": "x"}, "목표 'x'이(가) 없습니다; 있는 목표의 id를 쓰세요"),
    ],
)
def test_children_in_a_circle_or_nowhere_are_named(links: dict[str, str], said: str):
    okrs = [Objective("", (KeyResult("", Child(child)),), id=name) for name, child in links.items()]
    for ask in (score, too_easy, lambda each: progress_of(each[0].key_results[0], objectives=each)):
        with pytest.raises(ContentError) as caught:
            ask(okrs)
        assert str(caught.value) == said


@pytest.mark.parametrize("weight", [5e-324, 1e-300, 1.0, 1e308])
def test_no_weight_is_too_large_or_too_small_to_count_with(weight: float):
    key_results = tuple(replace(measured(0, 1, value), weight=weight) for value in (0.25, 0.5, 0.75))
    assert score(Objective("", key_results)).value == 0.5
    steps = tuple(Step("", weight, done=done) for done in (True, False))
    assert progress_of(KeyResult("", Milestones(steps))) == 0.5


def test_a_child_objective_counts_towards_too_easy_too():
    child = Objective("", (KeyResult("", YesNo(done=True)),), id="child")
    assert too_easy([child, Objective("", (KeyResult("", Child("child")),))])


def test_targets_tracked_by_total_count_as_lattice_publishes_it():
    """help.lattice.com 1915331: targets of 300, 500 and 1,000, the first one done: 17 %."""
    steps = (Step("a", 300, done=True), Step("b", 500), Step("c", 1000))
    assert round_half_up(score(KeyResult("", Milestones(steps))).value) == Decimal("0.17")


@given(values, values, values, values)
def test_nearer_the_target_never_scores_less(baseline: float, target: float, one: float, other: float):
    if baseline != target:
        nearer, farther = sorted(
            (one, other), key=lambda value: (value - baseline) * (1 if target > baseline else -1)
        )[::-1]
        assert (
            score(measured(baseline, target, nearer)).value
            >= score(measured(baseline, target, farther)).value
        )


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(5e-324, 1.7e308)), min_size=1, max_size=8))
def test_any_weights_give_a_mean_between_the_least_and_the_most(parts: list[tuple[float, float]]):
    key_results = tuple(replace(measured(0, 1, value), weight=weight) for value, weight in parts)
    lowest, highest = min(value for value, _ in parts), max(value for value, _ in parts)
    scored = score(Objective("", key_results))
    assert lowest - 1e-12 <= scored.value <= highest + 1e-12
    assert scored.worst == lowest
