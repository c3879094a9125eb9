"""Mock exams: what is on a paper, how late it is, what it came to."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okrkit.errors import ContentError
from okrkit.practice import exam
from okrkit.practice.bank import Bank
from okrkit.practice.drawing import draw
from okrkit.practice.exam import Draft, Format, Paper, Result, Watch
from okrkit.practice.items import Chapter, Item, OneChoice
from okrkit.practice.progress import Attempt, Progress
from okrkit.practice.specimens import specimens
from okrkit.text import Text
from okrkit.views.exam_view import exam as sit
from tests.conftest import NOW, skeletons

MINUTE = timedelta(minutes=1)


def chapters(one: OneChoice, *sizes: int) -> Bank:
    """Return a bank of chapters of so many questions, each about a claim of its own."""
    made = {
        f"{n:02}": Chapter(
            Text("", ""),
            "okr-001",
            tuple(replace(one, id=f"{n}/{k}", claims=(f"C{n}{k}",)) for k in range(size)),
        )
        for n, size in enumerate(sizes, 1)
    }
    return Bank(chapters=made, items={item.id: item for each in made.values() for item in each.items})


def drawn(bank: Bank, n: int, seed: int = 7) -> list[str]:
    return [item.id for item in exam.draw_paper(bank, list(bank.items.values()), n, seed)]


def paper_of(items: dict[str, Item], minutes: float = 30) -> tuple[Paper, Bank]:
    form = Format(len(items), len(items), 1, minutes)
    return Paper("exam, n=", "exam, n=9", form, tuple(items.values()), 7), Bank(items=items)


def test_the_same_seed_draws_the_same_paper_and_another_one_another(one: OneChoice):
    bank = chapters(one, 20, 20, 20)
    assert drawn(bank, 12) == drawn(bank, 12)
    assert drawn(bank, 12) != drawn(bank, 12, seed=8)
    assert len(set(drawn(bank, 60))) == 60


def test_a_paper_is_spread_over_the_chapters_and_within_them_over_the_claims(one: OneChoice):
    bank = chapters(one, 20, 20, 2)
    assert Counter(name[0] for name in drawn(bank, 12)) == {"1": 5, "2": 5, "3": 2}
    same = {
        name: replace(item, claims=("C1" if item.id < "1/5" else item.id,))
        for name, item in bank.items.items()
    }
    alike = replace(
        bank, chapters={"01": Chapter(Text("", ""), "okr-001", tuple(same.values())[:20])}, items=same
    )
    for seed in range(20):
        names = [item.id for item in exam.draw_paper(alike, list(same.values())[:20], 6, seed)]
        assert sum(same[name].claims == ("C1",) for name in names) <= 1


@pytest.mark.parametrize("n", [0, -1, 4, True, 2.0, "3"])
def test_a_number_of_questions_that_the_bank_has_not_is_refused(one: OneChoice, n: int):
    with pytest.raises(ContentError, match=r"문제은행에 3개가 있습니다; n을 1에서 3 사이로 쓰세요"):
        drawn(chapters(one, 3), n)


def test_the_formats_are_those_of_the_real_exam():
    long = Format(6, 4, 25, 100)
    assert exam.rules() == exam.Rules(
        {"1": Format(13, 10, 10, 100), "2": long, "3": long, "4": long}, 60, 1.5
    )
    assert {each.answered * each.points for each in exam.rules().formats.values()} == {100}


def test_the_same_paper_asks_for_the_same_numbers_in_each_of_its_sittings(progress: Progress):
    paper, bank = paper_of(skeletons())
    first = exam.begin(paper, bank, progress, NOW)
    progress.end(first.sitting, NOW)
    second = exam.begin(paper, bank, progress, NOW)
    assert (first.sitting.number, second.sitting.number) == (1, 2)
    assert first.items == second.items


def test_a_paper_that_goes_on_elsewhere_is_taken_up_and_keeps_its_questions(progress: Progress):
    paper, bank = paper_of(skeletons())
    assert exam.latest(paper, bank, progress) is None
    begun = exam.begin(paper, bank, progress, NOW)
    assert exam.begin(replace(paper, items=paper.items[:2]), bank, progress, NOW + MINUTE) == begun
    fewer = Bank(items=dict(list(bank.items.items())[:3]))
    assert [item.id for item in exam.latest(paper, fewer, progress).asked] == list(fewer.items)
    assert exam.latest(paper, Bank(), progress) is None
    assert exam.latest(replace(paper, name="exam, n=9, seed=1"), bank, progress) is None


@pytest.mark.parametrize(
    ("minutes", "held"),
    [
        pytest.param([1, 2, 3], [1, 2, 3], id="the clock decides"),
        pytest.param([1, 20, 21], [1, 20, 21], id="forward, or asleep: time has run on"),
        pytest.param(
            [9, -50, -50, -49.9, -49.8], [9, 9, 9, 9.1, 9.2], id="back: it gives no time, and time goes on"
        ),
        pytest.param([9, -50, 9.5, 10], [9, 9, 9.5, 10], id="back and right again: nothing is lost"),
    ],
)
def test_how_late_it_is(progress: Progress, minutes: list[float], held: list[float]):
    sitting, watch, moments = progress.begin("exam", NOW, minutes=30), None, []
    for each in minutes:
        watch = exam.look(watch, sitting, NOW + each * MINUTE)
        moments.append(watch.moment)
    assert [round((moment - NOW) / MINUTE, 3) for moment in moments] == held


def test_after_a_restart_with_the_clock_set_back_the_latest_moment_heard_of_counts(progress: Progress):
    sitting = progress.heard(progress.begin("exam", NOW, minutes=30), NOW + 20 * MINUTE)
    before = NOW - 60 * MINUTE
    assert exam.look(None, sitting, before) == Watch(before, NOW + 20 * MINUTE)
    assert exam.deadline(sitting) == NOW + 30 * MINUTE


@pytest.mark.parametrize("name", skeletons())
def test_every_kind_is_graded_as_it_stands_and_has_its_key_shown_when_left_open(name: str):
    item = draw(skeletons()[name], "7")
    made = specimens(item)
    right, wrong, unread = (exam.answered(item, raw) for raw in (made.right, made.wrong, made.malformed))
    assert right is not None
    assert wrong is not None
    assert (right.score, wrong.score < 1, unread) == (1, True, None)
    assert (exam.unanswered(item).score, exam.unanswered(item).key) == (0, right.key)
    blanks = (None, "", " ", [], {}, {"a": ""})
    assert [exam.answered(item, blank) for blank in blanks] == [None] * len(blanks)


def test_parts_left_out_are_wrong_and_those_given_count():
    item = skeletons()["new/classify"]
    right = specimens(item).right
    one_of_them = dict([next(iter(right.items()))])
    assert exam.answered(item, one_of_them).score == pytest.approx(1 / len(right))
    blanks = skeletons()["new/blanks"]
    first = next(iter(blanks.blanks))
    assert exam.answered(blanks, {first: blanks.blanks[first].answer.ko}).score == 1 / len(blanks.blanks)


def test_what_was_answered_is_recorded_once_and_what_was_left_open_is_not(one: OneChoice, progress: Progress):
    items = {each.id: each for each in (one, replace(one, id="x/two"), replace(one, id="x/three"))}
    paper, bank = paper_of(items)
    session = exam.begin(paper, bank, progress, NOW)
    ended = replace(session, sitting=progress.end(session.sitting, NOW + 9 * MINUTE))
    drafts = {"x/one": Draft("b"), "x/two": Draft("a", flag=True), "x/three": Draft(flag=True)}
    given = [Attempt(session.sitting.id, name, raw, score, NOW + 9 * MINUTE) for name, raw, score in (("x/one", "b", 1.0), ("x/two", "a", 0.0), ("x/three", "", 0.0))]  # fmt: skip
    for _ in range(2):
        marked = exam.finish(ended, drafts, progress)
        assert marked.attempts == {each.item: (each,) for each in given}
        assert progress.attempts() == tuple(given[:2])
    assert exam.results(progress, paper) == [Result(ended.sitting, 1.0, 3)]
    assert exam.results(progress, paper)[0].percent == pytest.approx(33.3, abs=0.1)


KILLED = """
import os, signal, sys
from datetime import timedelta
from pathlib import Path
from okrkit.practice.progress import Progress
from okrkit.views.exam_view import exam
from okrkit.practice.specimens import specimens

view = exam(n=3, minutes=10, seed=7)
view._handle_custom_msg({"do": "begin"}, [])
item = view._session.items[0]
view._handle_custom_msg({"do": "go", "place": 1, "item": item.id, "answer": "가나다"}, [])
print(item.id, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kernel_killed_in_the_middle_loses_neither_a_draft_nor_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path))
    call = [sys.executable, "-c", KILLED]
    name = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=False).stdout.strip()
    monkeypatch.setenv("OKRKIT_NOW", (NOW + 4 * MINUTE).isoformat())
    view = sit(n=3, minutes=10, seed=7)
    assert (view.state["phase"], view.state["place"], view.state["left"]) == ("running", 1, 360)
    assert view._drafts[name].answer == "가나다"
    assert view.state["notices"] == [
        "4분 동안 소식이 없었지만 시계는 멈추지 않았습니다. 실제 시험도 그렇습니다."
    ]
