"""The review of the day, as a quiz."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from okrkit.errors import ContentError
from okrkit.practice import scheduling
from okrkit.practice import session as practice
from okrkit.practice.bank import Bank
from okrkit.practice.progress import Progress
from okrkit.practice.specimens import specimens
from okrkit.text import set_language
from okrkit.views.quiz_view import QuizView
from okrkit.views.review_view import review
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path))


def wake(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    """Let it be so many days after the first."""
    monkeypatch.setenv("OKRKIT_NOW", (NOW + timedelta(days)).isoformat())


def practised(bank: Bank, days: float = 0, n: int = 3, quiz: str = "01") -> list[str]:
    """Answer the first questions of the bank rightly, ten seconds each; return their ids."""
    progress, items = Progress(), list(bank.quizzed.values())[:n]
    session = practice.start(quiz, items, progress, NOW)
    for number, item in enumerate(session.items):
        at = NOW + timedelta(days, 10 * number)
        session = practice.answer(session, item.id, specimens(item).right, progress, at)
    return [item.id for item in items]


def asked(view: QuizView) -> list[str]:
    return [item.id for item in view._session.asked]


def solve(view: QuizView) -> None:
    item = view._session.items[view._session.place]
    raw = {"do": "answer", "item": item.id, "answer": specimens(item).right}
    view._handle_custom_msg(raw, [])


def test_before_anything_was_practised_it_offers_new_questions(bank: Bank):
    view = review()
    assert view.state["title"] == "아직 푼 문제가 없습니다. 새 문제 10개로 시작하세요, 약 10분"
    assert asked(view) == list(bank.quizzed)[:10]


def test_it_asks_what_is_due_and_says_how_many_and_how_long(bank: Bank, monkeypatch: pytest.MonkeyPatch):
    names = practised(bank, n=12)
    wake(monkeypatch, 3)
    view = review()
    assert view.state["title"] == "오늘 복습할 문제 12개, 약 2분"
    assert sorted(asked(view)) == sorted(names)
    assert [review(5).state["title"], review(minutes=1).state["title"]] == [
        "오늘 복습할 문제 12개 가운데 5개, 약 1분",
        "오늘 복습할 문제 12개 가운데 6개, 약 1분",
    ]


def test_it_stays_as_it_was_left_all_day_and_asks_nothing_that_was_answered_elsewhere(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
):
    names = sorted(practised(bank, n=4))
    wake(monkeypatch, 3)
    solve(review())
    again = review()
    assert (asked(again), again.state["marks"]) == (names, ["right", "open", "open", "open"])
    assert asked(review(2)) == names[1:3]
    elsewhere = practised(bank, 3, 1, quiz="elsewhere")
    assert asked(review()) == [name for name in names if name not in elsewhere]
    wake(monkeypatch, 4)
    assert asked(review()) == [name for name in names[1:] if name not in elsewhere]


def test_where_nothing_is_due_it_says_when_and_offers_new_questions_then_the_likeliest_forgotten(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
):
    practised(bank)
    wake(monkeypatch, 1)
    view = review()
    assert (
        view.state["title"]
        == "오늘 복습할 문제가 없습니다. 다음 복습은 2026-01-07입니다. 새 문제 10개, 약 10분"
    )
    assert asked(view) == list(bank.quizzed)[3:13]
    practised(bank, 0.5, len(bank.quizzed), quiz="all")
    set_language("en")
    assert (
        review(2).state["title"]
        == "Nothing is due today; the next review is on 2026-01-07. To look at ahead: 2, about 1 min"
    )


def test_with_an_exam_date_it_tells_the_days_left_and_asks_a_share_of_everything_in_the_last_week(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
):
    names = practised(bank, n=len(bank.quizzed))
    today = scheduling.local_day(NOW + timedelta(8))
    scheduling.set_exam_date(today + timedelta(4))
    wake(monkeypatch, 8)
    view = review()
    share = -(-len(names) // 4)
    assert view.state["title"] == f"오늘 복습할 문제 {share}개, 약 {-(-share * 10 // 60)}분 · 시험까지 4일"
    assert len(asked(view)) == share
    wake(monkeypatch, 12)
    assert "시험" not in review().state["title"]


@pytest.mark.parametrize("n", [0, True, "3", 2.5])
def test_a_number_that_is_none_is_refused(n: Any):
    with pytest.raises(ContentError, match="0보다 큰 수를 쓰세요"):
        review(n)


@pytest.mark.parametrize("limits", [{"minutes": each} for each in (-1, float("nan"), float("inf"), "x")])
def test_a_limit_that_is_none_is_refused(limits: dict[str, Any]):
    with pytest.raises(ContentError, match="0보다 큰 수를 쓰세요"):
        review(**limits)


def test_its_name_is_the_same_on_any_day(bank: Bank, monkeypatch: pytest.MonkeyPatch):
    first = repr(review(n=2))
    wake(monkeypatch, 1)
    assert repr(review(n=2)) == first
    assert re.fullmatch(r"<Quiz review, n=2: 2 questions, [0-9a-f]{8}>", first)
