"""The review schedule: derived from attempts, and serving the day of the exam."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import mean

import pytest
from fsrs import Rating

from okrkit.errors import ContentError
from okrkit.files import home
from okrkit.practice import scheduling
from okrkit.practice.progress import Attempt, Progress
from okrkit.practice.scheduling import due, exam_date, memories, next_day, set_exam_date
from tests.conftest import NOW
from tests.practice.simulation import compared, deck

TODAY = scheduling.local_day(NOW)
TRIED = Attempt("s", "x/one", "b", 1.0, NOW)


def days(number: float) -> timedelta:
    return timedelta(days=number)


@pytest.mark.parametrize(
    ("attempt", "grade"),
    [
        (replace(TRIED, score=0.0), Rating.Again),
        (replace(TRIED, score=0.4), Rating.Again),
        (replace(TRIED, score=0.0, confidence="sure"), Rating.Again),
        (replace(TRIED, score=0.5), Rating.Hard),
        (replace(TRIED, hints=1), Rating.Hard),
        (replace(TRIED, hints=3), Rating.Again),
        (replace(TRIED, confidence="guess"), Rating.Hard),
        (TRIED, Rating.Good),
        (replace(TRIED, confidence="likely"), Rating.Good),
        (replace(TRIED, confidence="sure"), Rating.Easy),
    ],
)
def test_a_first_try_is_graded_by_score_hints_and_confidence(attempt: Attempt, grade: Rating):
    assert scheduling.rating(attempt) is grade


def test_what_is_held_comes_from_the_first_tries_before_the_day_in_any_order():
    first, later = replace(TRIED, score=0.0), replace(TRIED, at=NOW + days(3))
    second = replace(TRIED, nth=2, at=NOW + days(1))
    held = memories([first, second, later], TODAY + days(4))
    assert held == memories([later, first], TODAY + days(9))
    assert memories([first, later], TODAY + days(3)) == memories([first], TODAY + days(1))
    assert memories([first], TODAY) == {}


def given(progress: Progress, *tries: tuple[str, float]) -> None:
    """Write attempts at questions, so many days after the first."""
    sitting = progress.begin("01", NOW)
    for item, later in tries:
        progress.record(Attempt(sitting.id, item, "b", float(later % 2 == 0), NOW + days(later)))


def replayed(progress: Progress, today: date) -> tuple[object, list[Attempt]]:
    """Return what ``remembered`` is to return, out of the whole history."""
    attempts = progress.attempts()
    return memories(attempts, today), [each for each in attempts if scheduling.local_day(each.at) >= today]


def told(progress: Progress, today: date) -> tuple[object, list[Attempt]]:
    held, since = scheduling.remembered(progress, today)
    return held, list(since)


def test_what_was_remembered_this_morning_is_the_same_replayed_or_kept(progress: Progress):
    assert told(progress, TODAY) == ({}, [])
    given(progress, ("x/one", 0), ("x/two", 0), ("x/one", 1), ("x/two", 4))
    for later in (0, 1, 2, 4, 5):
        assert told(progress, TODAY + days(later)) == replayed(progress, TODAY + days(later))
    given(progress, ("x/one", 5), ("x/three", 5))
    for later in (5, 6):
        assert told(progress, TODAY + days(later)) == replayed(progress, TODAY + days(later))


def test_what_is_kept_is_not_replayed_again(progress: Progress, monkeypatch: pytest.MonkeyPatch):
    given(progress, ("x/one", 0), ("x/two", 0), ("x/one", 3))
    kept = told(progress, TODAY + days(2))
    monkeypatch.setattr(scheduling, "rating", lambda _: pytest.fail("replayed"))
    assert told(progress, TODAY + days(2)) == kept


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"\xff{"),
        lambda path: path.write_text(path.read_text().replace('"rule": [1', '"rule": [0')),
        lambda path: path.write_text(path.read_text().replace('"stability"', '"steadiness"')),
        lambda path: path.write_text(re.sub('"seen": ".*?"', '"seen": "gone"', path.read_text())),
    ],
)
def test_a_kept_file_that_is_lost_damaged_or_of_another_history_is_made_again(
    progress: Progress, change: Callable[[Path], object]
):
    given(progress, ("x/one", 0), ("x/two", 0))
    expected = told(progress, TODAY + days(2))
    kept = progress.path.with_suffix(".memories.json")
    text = kept.read_text()
    change(kept)
    assert (told(progress, TODAY + days(2)), kept.read_text()) == (expected, text)


def test_attempts_that_come_late_or_a_clock_set_back_are_replayed_from_the_whole_history(progress: Progress):
    given(progress, ("x/one", 3), ("x/two", 4))
    told(progress, TODAY + days(5))
    given(progress, ("x/two", 4.5))
    assert told(progress, TODAY + days(6)) == replayed(progress, TODAY + days(6))
    given(progress, ("x/one", 1), ("x/new", 2))
    for later in (6, 7, 2):
        assert told(progress, TODAY + days(later)) == replayed(progress, TODAY + days(later))


def test_where_nothing_can_be_kept_it_is_replayed_each_time(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
):
    given(progress, ("x/one", 0))
    progress.path.with_suffix(".memories.json").mkdir()
    assert told(progress, TODAY + days(2)) == replayed(progress, TODAY + days(2))


def test_recall_fades_with_the_days_and_what_has_faded_to_ninety_per_cent_is_due():
    held = memories([TRIED, replace(TRIED, item="x/easy", confidence="sure")], TODAY + days(1))
    card = held["x/one"]
    assert [round(scheduling.retrievability(card, TODAY + days(n)), 2) for n in (0, 2, 30)] == [
        1.0,
        0.91,
        0.67,
    ]
    assert [due(held, TODAY + days(n)) for n in (1, 2, 8)] == [[], ["x/one"], ["x/one", "x/easy"]]
    assert next_day(held, TODAY) == TODAY + days(2)


def test_nothing_is_put_off_beyond_the_exam_and_the_last_days_go_to_what_is_likeliest_forgotten():
    exam = TODAY + days(30)
    held = {
        name: scheduling.reviewed(card, Rating.Easy, TODAY + days(20)) for name, card in deck(1, 21).items()
    }
    left = {name: scheduling.retrievability(card, exam) for name, card in held.items()}
    assert sum(card.due.date() > exam for card in held.values()) == 15  # put off by plain FSRS
    assert (due(held, exam - days(8), exam), next_day(held, exam - days(8), exam)) == ([], exam - days(7))
    asked = []
    for today in (exam - days(n) for n in range(7, 0, -1)):
        asked.append(due(held, today, exam))
        held |= {name: scheduling.reviewed(held[name], Rating.Easy, today) for name in asked[-1]}
    assert [len(names) for names in asked] == [3] * 7
    assert [name for names in asked for name in names] == sorted(left, key=lambda name: (-left[name], name))
    assert due(held, exam, exam) == []


def test_a_question_missed_in_the_last_days_comes_back_before_the_exam():
    held, exam = deck(1, 1), date(2026, 3, 1)
    (name,) = held
    missed = {name: scheduling.reviewed(held[name], Rating.Again, exam - days(6))}
    assert [due(missed, exam - days(left), exam) for left in (6, 5)] == [[], [name]]


def test_after_the_exam_the_schedule_is_the_plain_one():
    held = deck(1, 30)
    for exam in (TODAY, TODAY - days(3)):
        assert due(held, TODAY, exam) == due(held, TODAY)


@pytest.mark.parametrize("horizon", [14, 45, 90])
def test_on_the_day_more_is_remembered_than_by_plain_fsrs_with_as_many_reviews(horizon: int):
    runs = [compared(seed, horizon, questions=60)[:2] for seed in range(20)]
    assert mean(served.recall - plain.recall for served, plain in runs) > 0.005
    assert all(served.counts == plain.counts for served, plain in runs)


def test_a_question_takes_as_long_as_it_took_the_learner_in_the_median():
    pauses = [20, 400, 30, 5000, 30, 30, 25, 35, 30, 30, 30]
    tries = [replace(TRIED, item=f"x/{n}", at=NOW + timedelta(seconds=sum(pauses[:n]))) for n in range(12)]
    assert scheduling.seconds_each(tries) == 30
    assert scheduling.seconds_each(tries[:9]) == scheduling.SECONDS
    apart = [replace(each, sitting=f"s{n}") for n, each in enumerate(tries)]
    assert scheduling.seconds_each(apart) == scheduling.SECONDS


@pytest.fixture
def empty_home(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path / "home"))


def test_the_exam_date_is_kept_read_back_and_taken_back(empty_home: None):
    assert exam_date() is None
    assert set_exam_date("2027-05-15") == exam_date() == date(2027, 5, 15)
    assert set_exam_date(date(2027, 8, 1)) == exam_date() == date(2027, 8, 1)
    assert (set_exam_date(None), exam_date(), set_exam_date(None)) == (None, None, None)


def test_what_is_no_day_is_refused_and_the_date_set_before_stays(empty_home: None):
    set_exam_date("2027-05-15")
    with pytest.raises(ContentError) as refused:
        set_exam_date("2027-02-30")
    assert str(refused.value) == (
        "'2027-02-30'은 날짜가 아닙니다; ok.set_exam_date(\"2027-05-15\")처럼 쓰세요"
    )
    assert exam_date() == date(2027, 5, 15)


def test_a_damaged_date_is_named_with_its_file(empty_home: None):
    set_exam_date("2027-05-15")
    (home() / "exam_date.txt").write_bytes(b"\xff soon")
    with pytest.raises(ContentError, match=r"exam_date\.txt: .*날짜가 아닙니다"):
        exam_date()
    assert set_exam_date("2027-05-15") == exam_date()
