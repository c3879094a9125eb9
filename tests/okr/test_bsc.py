"""A scorecard's achievement, and what deserves a second look in its map."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.okr.bsc import (
    IT_PERSPECTIVES,
    PERSPECTIVES,
    Achievement,
    Link,
    Perspective,
    Scorecard,
    ScorecardMeasure,
    StrategicObjective,
    achievement,
    check_scorecard,
    perspective_name,
)
from okrkit.okr.model import Objective, Okrs
from okrkit.text import set_language

LEAD = ScorecardMeasure("바리스타 교육 시간", 2, 10, 6, "시간", kind="lead")
LAG = ScorecardMeasure("재방문율", 20, 35, 29, "%")


def objective(name: str, *measures: ScorecardMeasure) -> StrategicObjective:
    return StrategicObjective(name, name, measures or (LEAD,))


def scorecard(*links: str) -> Scorecard:
    """Three levels, a at the top, d beside c at the bottom; a link is written as 'c>b'."""
    levels = [("financial", "a"), ("customer", "b"), ("learning_growth", "cd")]
    return Scorecard(
        tuple(Perspective(place, place, tuple(map(objective, names))) for place, names in levels),
        tuple(Link(*link.split(">")) for link in links),
    )


WHOLE = scorecard("d>c", "c>b", "b>a")


def comments(card: Scorecard) -> list[tuple[str, str]]:
    return [(comment.rule, comment.about) for comment in check_scorecard(card)]


@pytest.mark.parametrize(
    ("current", "value"), [(20, 0.0), (29, 0.6), (35, 1.0), (10, 0.0), (50, 1.0), (None, None)]
)
def test_a_measure_achieves_its_clamped_share_of_the_way(current: float | None, value: float | None):
    measure = ScorecardMeasure("재방문율", 20, 35, current, "%")
    assert achievement(measure) == Achievement(value, counted=int(value is not None), total=1)


def test_a_falling_measure_needs_no_flag():
    assert achievement(ScorecardMeasure("대기 시간", 12, 6, 9, "분")) == Achievement(0.5, 1, 1)


def test_the_weights_of_every_level_count_and_blanks_are_left_out():
    def measured(current: float | None, weight: float = 1) -> ScorecardMeasure:
        return ScorecardMeasure("m", 0, 100, current, weight=weight)

    card = Scorecard(
        (
            Perspective(
                "financial",
                "재무",
                (
                    StrategicObjective("x", "x", (measured(50, 3), measured(90), measured(None, 9))),  # 0.6
                    StrategicObjective("y", "y", (measured(100),), weight=3),  # 0.9 with x
                ),
                weight=2,
            ),
            Perspective("customer", "고객", (StrategicObjective("z", "z", (measured(30),)),)),
            Perspective("learning_growth", "학습과 성장", (StrategicObjective("w", "w"),), weight=50),
        )
    )
    assert achievement(card.perspectives[0]) == Achievement(0.9, counted=3, total=4)
    assert achievement(card) == Achievement(pytest.approx((2 * 0.9 + 0.3) / 3), counted=4, total=5)


def test_nothing_measured_is_not_zero(english: None):
    assert achievement(StrategicObjective("x", "x")) == Achievement(None, counted=0, total=0)
    assert repr(achievement(Scorecard(()))) == "- (on 0 of 0 measures)"


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.001, 1000)), min_size=1, max_size=9))
def test_any_positive_weights_give_a_mean_between_its_parts(parts: list[tuple[float, float]]):
    measures = tuple(ScorecardMeasure("m", 0, 1, value, weight=weight) for value, weight in parts)
    value = achievement(StrategicObjective("x", "x", measures)).value
    assert min(value for value, _ in parts) - 1e-9 <= value <= max(value for value, _ in parts) + 1e-9


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            ScorecardMeasure("재방문율", 3, 3),
            "재방문율: 기준값과 목표값이 3으로 같아 진행률을 셈할 수 없습니다; 바꾸려는 값을 목표값으로 쓰세요",
        ),
        (
            ScorecardMeasure("재방문율", 3, float("nan")),
            "재방문율: 유한한 수가 아닙니다; 실제로 잰 수를 쓰세요",
        ),
        (
            StrategicObjective("loyal", "단골이 는다", weight=0),
            "loyal: 가중치 0이 0보다 크지 않습니다; 0보다 큰 수를 쓰세요",
        ),
        (
            Scorecard((Perspective("customer", "고객", weight=-1),)),
            "customer: 가중치 -1이 0보다 크지 않습니다; 0보다 큰 수를 쓰세요",
        ),
    ],
)
def test_what_cannot_be_counted_with_is_named(wrong: object, said: str):
    with pytest.raises(ContentError) as caught:
        achievement(wrong)
    assert str(caught.value) == said


def test_a_whole_map_is_left_without_a_comment():
    assert check_scorecard(WHOLE) == []


@pytest.mark.parametrize("links", [("d>c", "c>a", "b>a"), ("c>b", "d>b", "b>a", "c>a")])
def test_arrows_within_a_level_and_arrows_that_skip_one_are_fine(links: tuple[str, ...]):
    assert check_scorecard(scorecard(*links)) == []


def test_an_arrow_against_the_order_is_a_comment_and_not_an_error():
    assert comments(scorecard("d>c", "c>b", "a>b")) == [("against_order", "a -> b")]


def test_the_order_is_the_companys_own():
    upside_down = replace(WHOLE, perspectives=WHOLE.perspectives[::-1])
    assert comments(upside_down) == [("against_order", "c -> b"), ("against_order", "b -> a")]


def test_what_stands_alone_or_empty_is_commented_from_top_to_bottom():
    top, middle, bottom = WHOLE.perspectives
    bare = replace(bottom, objectives=(StrategicObjective("c", "c"), objective("d", LAG)))
    empty = replace(middle, objectives=())
    assert comments(Scorecard((top, empty, bare), (Link("c", "a"),))) == [
        ("empty_perspective", "customer"),
        ("no_measure", "c"),
        ("only_lag", "d"),
        ("no_arrow", "d"),
    ]


def test_lag_measures_are_enough_only_at_the_top_where_results_belong():
    top, middle, bottom = WHOLE.perspectives
    results = replace(top, objectives=(objective("a", LAG),))
    assert comments(replace(WHOLE, perspectives=(results, middle, bottom))) == []
    late = replace(middle, objectives=(objective("b", LAG),))
    assert comments(replace(WHOLE, perspectives=(results, late, bottom))) == [("only_lag", "b")]


def test_a_comment_says_what_and_what_to_do_in_both_languages():
    (comment,) = check_scorecard(scorecard("d>c", "c>b", "a>b"))
    assert str(comment) == (
        "a -> b: 화살표가 관점의 순서를 거슬러 내려갑니다; 원인과 결과가 바뀌지 않았는지 살펴보세요"
    )
    set_language("en")
    assert str(comment) == (
        "a -> b: the arrow runs down, against the order; see whether cause and effect have been swapped"
    )


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (
            ("c>b", "x>a", "b>y"),
            "x -> a: 'x'(이)라는 전략 목표가 없습니다; 있는 전략 목표의 id를 쓰세요: a, b, c, d\n"
            "b -> y: 'y'(이)라는 전략 목표가 없습니다; 있는 전략 목표의 id를 쓰세요: a, b, c, d",
        ),
        (("d>c", "c>b", "b>c"), "화살표가 돌고 돕니다: b -> c -> b; 화살표 하나를 지우세요"),
        (("a>a",), "화살표가 돌고 돕니다: a -> a; 화살표 하나를 지우세요"),
    ],
)
def test_arrows_to_nowhere_and_in_a_circle_are_errors(links: tuple[str, ...], said: str):
    with pytest.raises(ContentError) as caught:
        check_scorecard(scorecard(*links))
    assert str(caught.value) == said


def test_an_id_given_twice_is_an_error():
    with pytest.raises(ContentError, match="id 'a'이\\(가\\) 두 번 나옵니다; 하나를 다른 이름으로 바꾸세요"):
        check_scorecard(Scorecard((*WHOLE.perspectives, WHOLE.perspectives[0])))


def test_both_sets_of_four_are_named_as_the_exam_names_them():
    assert [name.ko for name in PERSPECTIVES.names.values()] == [
        "재무",
        "고객",
        "내부 프로세스",
        "학습과 성장",
    ]
    assert [name.ko for name in IT_PERSPECTIVES.names.values()] == [
        "기업 공헌도",
        "사용자 지향",
        "운영 우수성",
        "미래 지향",
    ]
    for each in (PERSPECTIVES, IT_PERSPECTIVES):
        assert "".join(name.ko[0] for name in each.names.values()) == each.mnemonic
        assert each.source


def test_a_perspective_of_ones_own_keeps_its_name():
    assert perspective_name("mission").en == "mission"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_all_of_it_can_be_printed_on_a_korean_windows_console(lang):
    set_language(lang)
    alone = Scorecard((Perspective("customer", "고객", (StrategicObjective("x", "x"),)),))
    for shown in (
        achievement(alone),
        check_scorecard(alone),
        check_scorecard(Scorecard((Perspective("", ""),))),
    ):
        assert repr(shown).encode("cp949")


@pytest.mark.parametrize("ask", [achievement, check_scorecard])
def test_okrs_are_no_scorecard(english: None, ask: Callable[[Any], object]):
    with pytest.raises(ContentError, match=r"^this is no scorecard \(Okrs\); of OKRs, ask ok\.score$"):
        ask(Okrs((Objective("a"),)))
