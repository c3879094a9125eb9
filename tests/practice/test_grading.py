"""From an answer to a grade with reasons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import AnswerError
from okrkit.practice.grading import Grade, PartGrade, grade, parse_number
from okrkit.practice.items import ManyChoices, Number, OneChoice
from okrkit.text import Text


def test_one_choice_is_all_or_nothing_and_every_choice_has_its_reason(one: OneChoice):
    whys = {name: Text(f"{name} 이유", f"why {name}") for name in "abc"}
    key = Text("b 보기", "choice b")
    left = {name: PartGrade(name in "ab", whys[name]) for name in "abc"}
    left["b"] = PartGrade(False, whys["b"])
    assert grade(one, ["c"]) == Grade(
        0.0, key, whys["c"], whys["c"], left | {"c": PartGrade(False, whys["c"])}
    )
    assert [part.right for part in grade(one, "b").parts.values()] == [True, True, True]
    assert (grade(one, "b").verdict, grade(one, "a").verdict) == ("right", "wrong")


@pytest.mark.parametrize(
    ("chosen", "score", "verdict"),
    [
        ("ab", 1.0, "right"),
        ("a", 0.5, "partly"),
        ("abc", 0.5, "partly"),
        ("ac", 0.0, "wrong"),
        ("abcd", 0.0, "wrong"),
        ("cd", 0.0, "wrong"),
    ],
)
def test_many_choices_earn_the_right_share_less_the_wrong_share(
    many: ManyChoices, chosen: str, score: float, verdict: str
):
    graded = grade(many, list(chosen))
    assert (graded.score, graded.verdict) == (score, verdict)
    assert {name for name, part in graded.parts.items() if part.right == (name in chosen)} == set("ab")
    assert graded.why.en == " ".join(f"why {name}" for name in chosen)


@pytest.mark.parametrize(
    ("typed", "score", "why"),
    [
        ("0.6", 1.0, "9/15"),
        (" ０．６０ ", 1.0, "9/15"),
        ("60%", 1.0, "9/15"),
        (".605", 1.0, "9/15"),
        ("0.606", 0.0, "9/15"),
        ("1.5", 0.0, "The fraction is upside down.\n9/15"),
    ],
)
def test_a_number_is_right_within_its_tolerance_and_a_known_mistake_is_named(
    number: Number, typed: str, score: float, why: str
):
    graded = grade(number, typed)
    assert (graded.score, graded.why.en, graded.key.en) == (score, why, "0.6")


@pytest.mark.parametrize("raw", ["", "z", ["a", "b"], [], ["a", "z"], None, 5, True, {"a": 1}, [["a"]]])
def test_a_malformed_choice_is_neither_right_nor_wrong(one: OneChoice, raw):
    with pytest.raises(AnswerError):
        grade(one, raw)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "아직 답을 쓰지 않았습니다; 0.7이나 1,200처럼 쓰세요"),
        ("많이", "'많이'는 숫자가 아닙니다; 0.7이나 1,200처럼 쓰세요"),
        ("1,2", "'1,2'는 숫자가 아닙니다; 0.7이나 1,200처럼 쓰세요"),
        ("1.2.3", "'1.2.3'은 숫자가 아닙니다; 0.7이나 1,200처럼 쓰세요"),
        ("60% apples", "단위 '% apples'을(를) 알 수 없습니다; 숫자만 쓰세요"),
        ("3 apples", "단위 'apples'을(를) 알 수 없습니다; 숫자만 쓰세요"),
    ],
)
def test_what_is_no_number_is_said_to_be_none(typed: str, said: str):
    with pytest.raises(AnswerError) as caught:
        parse_number(typed)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("1,200명", Text("명", "people"), 1200),
        ("12 PEOPLE", Text("명", "people"), 12),
        ("60%", Text("%", "%"), 60),
        ("−3.5", None, -3.5),
        ("+2", None, 2),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, unit: Text | None, value: float):
    assert parse_number(typed, unit) == value


@given(st.floats(-1e9, 1e9))
def test_any_number_that_is_printed_can_be_typed(value: float):
    assert parse_number(f"{value:,.3f}") == float(f"{value:.3f}")


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_clear_error(typed: str):
    try:
        assert isinstance(parse_number(typed), float)
    except AnswerError as error:
        assert error.problems


def test_percent_is_no_unit_of_a_question_that_counts_people():
    with pytest.raises(AnswerError, match="단위 '%'를 알 수 없습니다"):
        parse_number("60%", Text("명", "people"))
