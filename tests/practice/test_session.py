"""A pass through some questions."""

from dataclasses import replace

import pytest

from okrkit.errors import AnswerError, ContentError, ProgressError
from okrkit.practice import marking
from okrkit.practice import session as practice
from okrkit.practice.bank import Bank
from okrkit.practice.items import ManyChoices, Number, OneChoice
from okrkit.practice.progress import Attempt, Progress
from tests.conftest import NOW, refuse, skeletons


def test_an_answer_is_committed_and_a_new_session_takes_it_up(
    one: OneChoice, many: ManyChoices, progress: Progress
):
    begun = practice.start("01", [one, many], progress, NOW)
    after = practice.answer(begun, one.id, "b", progress, NOW)
    assert begun.attempts == {}
    assert {name: [each.answer for each in tries] for name, tries in after.attempts.items()} == {
        "x/one": ["b"]
    }
    assert practice.start("01", [one, many], Progress(progress.path), NOW) == after
    assert practice.feedback(after, one).verdict == "right"
    assert practice.feedback(after, many) is None


def test_a_question_takes_two_tries_and_keeps_them_until_one_starts_again(one: OneChoice, progress: Progress):
    begun = practice.start("01", [one], progress, NOW)
    once = practice.answer(begun, one.id, "a", progress, NOW, confidence="sure", hints=1)
    twice = practice.answer(once, one.id, "c", progress, NOW, hints=2)
    assert [practice.is_done(each, one) for each in (begun, once, twice)] == [False, False, True]
    assert practice.answer(twice, one.id, "b", progress, NOW) == twice
    fresh = practice.again(twice, progress, NOW)
    assert fresh.attempts == {}
    assert [
        (each.answer, each.nth, each.confidence, each.hints) for each in progress.attempts(twice.sitting)
    ] == [
        ("a", 1, "sure", 1),
        ("c", 2, None, 2),
    ]
    right = practice.answer(fresh, one.id, "b", progress, NOW)
    assert practice.is_done(right, one)


def test_of_two_choices_a_wrong_one_leaves_nothing_to_try(one: OneChoice, progress: Progress):
    either = replace(one, choices={name: one.choices[name] for name in "ab"})
    answered = practice.answer(practice.start("01", [either], progress, NOW), one.id, "a", progress, NOW)
    assert practice.is_done(answered, either)


def test_only_the_missed_questions_are_asked_again(
    one: OneChoice, many: ManyChoices, number: Number, progress: Progress
):
    session = practice.start("01", [one, many, number], progress, NOW)
    for item, raw in ((one, "b"), (many, ["a"]), (number, "7"), (number, "0.6")):
        session = practice.answer(session, item.id, raw, progress, NOW)
    repeat = practice.again(session, progress, NOW, marking.missed(session))
    assert repeat.asked == (many, number)
    assert practice.start("01", [one, many, number], progress, NOW) == repeat
    assert practice.again(repeat, progress, NOW).asked == (one, many, number)


def test_an_answer_to_numbers_drawn_anew_elsewhere_is_not_taken(progress: Progress):
    item = skeletons()["new/number"]
    left, right = (practice.start("01", [item], progress, NOW) for _ in range(2))
    fresh = practice.again(left, progress, NOW)
    assert fresh.items != left.items
    assert practice.answer(right, item.id, "1", progress, NOW) == fresh


def test_a_malformed_answer_is_not_recorded(one: OneChoice, progress: Progress):
    begun = practice.start("01", [one], progress, NOW)
    with pytest.raises(AnswerError):
        practice.answer(begun, one.id, "", progress, NOW)
    assert progress.attempts(begun.sitting) == ()


def test_an_answer_that_could_not_be_saved_is_not_taken(one: OneChoice, progress: Progress):
    begun = practice.start("01", [one], progress, NOW)
    refuse(progress)
    with pytest.raises(ProgressError):
        practice.answer(begun, one.id, "b", progress, NOW)


def test_the_place_is_the_question_looked_at_last_else_the_first_open(
    one: OneChoice, many: ManyChoices, progress: Progress
):
    begun = practice.start("01", [one, many], progress, NOW)
    answered = practice.answer(begun, one.id, "b", progress, NOW)
    assert (begun.place, answered.place) == (0, 1)
    progress.move(answered.sitting, one.id)
    assert practice.start("01", [one, many], progress, NOW).place == 0


def test_the_order_of_choices_is_the_same_each_time_and_another_in_the_next_sitting(
    many: ManyChoices, progress: Progress
):
    begun = practice.start("01", [many], progress, NOW)
    orders = [practice.part_order(begun, many)]
    for _ in range(8):
        begun = practice.again(begun, progress, NOW)
        orders.append(practice.part_order(begun, many))
    assert practice.part_order(begun, many) == orders[-1]
    assert len({tuple(order) for order in orders}) > 1
    assert {frozenset(order) for order in orders} == {frozenset("abcd")}


def test_questions_are_found_by_chapter_claim_tag_and_id(bank: Bank):
    chapter = practice.select(bank, "01")
    assert len(chapter) >= 12
    assert practice.select(bank, "what/stands-for") == (bank.items["what/stands-for"],)
    assert all("C01" in item.claims for item in practice.select(bank, "C01"))
    assert all("definition" in item.tags for item in practice.select(bank, "definition"))
    drawn = practice.select(bank, "01", n=3, seed=1)
    assert (len(drawn), drawn) == (3, practice.select(bank, "01", n=3, seed=1))
    assert [item for item in chapter if item in drawn] == list(drawn)
    assert practice.select(bank, "01", n=3, seed=2) != drawn


def test_an_unknown_name_is_answered_with_a_near_one(bank: Bank):
    with pytest.raises(
        ContentError, match="'what/stand-for'에 해당하는 문제가 없습니다; 이렇게 써 보세요: what/stands-for,"
    ):
        practice.select(bank, "what/stand-for")


def test_the_same_quiz_in_two_notebooks_keeps_the_first_answer_in_both(one: OneChoice, progress: Progress):
    left, right = (practice.start("01", [one], progress, NOW) for _ in range(2))
    left = practice.answer(left, one.id, "a", progress, NOW)
    assert practice.answer(right, one.id, "b", progress, NOW) == left
    assert len(progress.attempts(left.sitting)) == 1


def test_an_answer_given_after_starting_again_elsewhere_goes_to_the_new_pass(
    one: OneChoice, progress: Progress
):
    left, right = (practice.start("01", [one], progress, NOW) for _ in range(2))
    fresh = practice.again(left, progress, NOW)
    assert practice.answer(right, one.id, "b", progress, NOW).sitting == fresh.sitting
    assert "x/one" in practice.start("01", [one], progress, NOW).attempts


def test_a_history_that_is_replaced_meanwhile_takes_the_next_answer(one: OneChoice, progress: Progress):
    begun = practice.start("01", [one], progress, NOW)
    progress.path.unlink()
    answered = practice.answer(begun, one.id, "b", progress, NOW)
    assert practice.start("01", [one], progress, NOW) == answered


def test_an_old_answer_that_no_longer_fits_its_question_leaves_it_open(one: OneChoice, progress: Progress):
    begun = practice.start("01", [one], progress, NOW)
    progress.record(Attempt(begun.sitting.id, one.id, "zz", 1.0, NOW))
    assert practice.start("01", [one], progress, NOW).attempts == {}
    answered = practice.answer(begun, one.id, "b", progress, NOW)
    assert [attempt.answer for attempt in answered.attempts[one.id]] == ["b"]
    assert practice.start("01", [one], progress, NOW) == answered


@pytest.mark.parametrize("n", [0, -3, True, 2.5, "3"])
def test_a_number_of_questions_that_is_none_is_refused(bank: Bank, n: int):
    with pytest.raises(ContentError, match="1 이상의 정수를 쓰세요"):
        practice.select(bank, "01", n=n)


def test_a_claim_may_be_written_small(bank: Bank):
    assert practice.select(bank, "c01") == practice.select(bank, "C01")
