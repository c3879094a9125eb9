"""The learner's own progress, as the roof gives it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import okrkit as ok
from okrkit.errors import ContentError
from okrkit.practice import scheduling
from okrkit.practice import session as practice
from okrkit.practice.bank import Bank
from okrkit.practice.progress import Progress
from okrkit.practice.specimens import specimens
from tests.conftest import NOW, SKELETONS


@pytest.fixture(autouse=True)
def new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path))


def practised(bank: Bank, n: int) -> None:
    """Answer the first questions of the bank rightly."""
    progress = Progress()
    session = practice.start("01", list(bank.items.values())[:n], progress, NOW)
    for item in session.items:
        session = practice.answer(session, item.id, specimens(item).right, progress, NOW)


def test_what_is_known_weak_and_due_follows_the_answers_and_agrees_with_the_review(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
):
    assert ok.progress().total.new == len(bank.quizzed)
    practised(bank, 4)
    monkeypatch.setenv("OKRKIT_NOW", (NOW + timedelta(3)).isoformat())
    total, asked = ok.progress().total, ok.review()._session.asked
    assert (total.known, total.weak, total.due) == (4, 0, len(asked)) == (4, 0, 4)


def test_the_estimate_is_for_the_exam_if_its_date_is_set(bank: Bank):
    practised(bank, 1)
    assert (ok.progress().exam, ok.progress().total.recall) == (None, 1.0)
    ok.set_exam_date("2026-03-01")
    (card,) = scheduling.memories(Progress().attempts(), date(2026, 3, 1)).values()
    assert ok.progress().total.recall == scheduling.retrievability(card, date(2026, 3, 1)) < 0.7


def test_a_damaged_history_is_said_to_be_one():
    Progress().path.write_bytes(b"damaged" * 1000)
    first, begin = str(ok.progress()).splitlines()
    assert "학습 기록이 손상되어 새로 시작했습니다" in first
    assert begin.startswith("아직 푼 문제가 없습니다")


def test_a_bank_of_ones_own_is_told_of_by_itself():
    assert ok.progress(bank=SKELETONS).total.questions == 9


def test_a_table_by_anything_else_is_refused():
    with pytest.raises(ContentError, match="claim, chapter, level 가운데 고르세요"):
        ok.progress("topic")


def test_an_empty_history_has_tables_and_plots_too():
    told = ok.progress("chapter")
    assert ok.to_frame(told)[["known", "weak", "due"]].sum().to_list() == [0, 0, 0]
    assert [plot(told).get_xlabel() for plot in (ok.plot_progress, ok.plot_calibration)] == ["문제 수", ""]
