"""A history that keeps what it acknowledged."""

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okrkit.errors import ProgressError
from okrkit.practice.progress import Attempt, Progress
from okrkit.text import Text
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)

CRASH = """
import os, signal, sys
from pathlib import Path
from datetime import UTC, datetime
from okrkit.practice.progress import Attempt, Progress
progress = Progress(Path(sys.argv[1]))
sitting = progress.sitting("01", datetime.now(UTC))
for number in range(5):
    progress.record(Attempt(sitting.id, f"x/{number}", "b", 1.0, datetime.now(UTC)))
os.kill(os.getpid(), signal.SIGKILL)
"""

RACE = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from okrkit.practice.progress import Attempt, Progress
progress = Progress(Path(sys.argv[1]))
sitting = progress.sitting("01", datetime.now(UTC))
for item in (f"x/{sys.argv[2]}", "x/same"):
    progress.record(Attempt(sitting.id, item, "b", 1.0, datetime.now(UTC)))
"""


def test_attempts_come_back_as_they_were_given(progress: Progress):
    sitting = progress.sitting("01", NOW)
    given = (
        Attempt(sitting.id, "x/one", "b", 1.0, NOW),
        Attempt(sitting.id, "x/many", ["a", "나"], 0.5, NOW + timedelta(seconds=3)),
        Attempt(sitting.id, "x/match", {"a": "나"}, 0.0, NOW, nth=1, confidence="guess", hints=2),
        Attempt(sitting.id, "x/match", {"a": "다"}, 1.0, NOW, nth=2, confidence="sure"),
    )
    for attempt in given:
        progress.record(attempt)
    assert progress.attempts(sitting) == progress.attempts() == given


def test_a_quiz_keeps_its_sitting_until_the_next_begins(progress: Progress):
    first = progress.sitting("01", NOW)
    assert progress.sitting("01", NOW) == first
    second = progress.begin("01", NOW)
    assert (first.number, second.number) == (1, 2)
    assert progress.sitting("01", NOW) == second
    assert progress.sitting("02", NOW).number == 1
    assert progress.attempts(second) == ()


def test_a_sitting_may_ask_some_of_the_questions_in_an_order_of_its_own(progress: Progress):
    again = progress.begin("01", NOW, items=["x/many", "x/one"], seed=10**30)
    assert (again.items, again.seed) == (("x/many", "x/one"), 10**30)
    assert progress.sitting("01", NOW) == again
    assert (progress.begin("01", NOW).items, progress.begin("01", NOW).seed) == (None, None)


def test_the_place_is_remembered(progress: Progress):
    sitting = progress.sitting("01", NOW)
    assert progress.move(sitting, "x/many") == replace(sitting, place="x/many")
    assert Progress(progress.path).sitting("01", NOW).place == "x/many"


def test_many_processes_that_make_the_history_at_once_share_one_sitting_and_lose_nothing(tmp_path: Path):
    path = tmp_path / "progress.sqlite"
    racers = [subprocess.Popen([sys.executable, "-c", RACE, str(path), str(n)]) for n in range(6)]
    assert [racer.wait() for racer in racers] == [0] * 6
    progress = Progress(path)
    sitting = progress.sitting("01", NOW)
    assert sitting.number == 1
    assert sorted(attempt.item for attempt in progress.attempts(sitting)) == [
        *(f"x/{n}" for n in range(6)),
        "x/same",
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_what_was_recorded_survives_a_kill(tmp_path: Path):
    path = tmp_path / "progress.sqlite"
    subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False)
    progress = Progress(path)
    assert [attempt.item for attempt in progress.attempts(progress.sitting("01", NOW))] == [
        f"x/{n}" for n in range(5)
    ]


def test_a_file_that_is_no_history_is_set_aside_and_the_learner_told_once(tmp_path: Path):
    path, aside = tmp_path / "progress.sqlite", tmp_path / "progress.damaged-1.sqlite"
    path.write_bytes(b"not a database" * 100)
    progress = Progress(path)
    assert progress.sitting("01", NOW).number == 1
    assert progress.notices == [
        Text(
            f"학습 기록이 손상되어 새로 시작했습니다. 손상된 파일은 지우지 않고 옮겨 두었습니다: {aside}",
            f"Your history was damaged, so a new one was begun. The damaged file was kept: {aside}",
        )
    ]
    assert aside.read_bytes() == b"not a database" * 100


def test_a_history_in_use_elsewhere_is_said_to_be(progress: Progress, monkeypatch: pytest.MonkeyPatch):
    sitting = progress.sitting("01", NOW)
    with sqlite3.connect(progress.path) as other:
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr("okrkit.practice.progress.store.PATIENCE_MS", 10)
        with pytest.raises(
            ProgressError,
            match=r"이 답은 저장되지 않았습니다 \(다른 프로그램이 쓰고 있습니다\); .*progress\.sqlite 파일을 쓰는",
        ):
            progress.record(Attempt(sitting.id, "x/one", "b", 1.0, NOW))
    other.close()
    assert progress.attempts(sitting) == ()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(ProgressError, match="권한과 디스크의 남은 공간을 확인하고 다시 하세요"):
        Progress(tmp_path / "file" / "progress.sqlite").sitting("01", NOW)


@pytest.mark.parametrize("name", ["what?x=1", "a%20b", "내 기록 #1"])
def test_any_folder_name_is_the_folder_it_names(tmp_path: Path, name: str):
    path = tmp_path / name / "progress.sqlite"
    Progress(path).sitting("01", NOW)
    assert [each.relative_to(tmp_path) for each in tmp_path.rglob("*.sqlite")] == [
        Path(name) / "progress.sqlite"
    ]


def test_a_history_of_a_later_okrkit_is_left_alone(progress: Progress):
    progress.sitting("01", NOW)
    with sqlite3.connect(progress.path) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    with pytest.raises(ProgressError, match="다른 판의 okrkit이 쓴 기록입니다; okrkit을 새로 받으세요"):
        progress.sitting("01", NOW)


def test_an_earlier_answer_in_the_same_sitting_stands(progress: Progress):
    sitting = progress.sitting("01", NOW)
    first = Attempt(sitting.id, "x/one", "a", 0.0, NOW)
    assert progress.record(first) == first
    assert progress.record(replace(first, answer="b", score=1.0)) == first
    assert progress.attempts(sitting) == (first,)


def test_the_latest_draft_of_each_question_is_kept_until_the_sitting_ends(progress: Progress):
    sitting = progress.begin("exam", NOW, items=["x/one", "x/many"], seed=7, minutes=30)
    for item, value in (("x/one", "a"), ("x/many", {"answer": ["나"], "flag": True}), ("x/one", "b")):
        progress.keep(sitting, item, value, NOW)
    kept = {"x/one": "b", "x/many": {"answer": ["나"], "flag": True}}
    assert Progress(progress.path).drafts(sitting) == kept
    ended = progress.end(sitting, NOW + MINUTE)
    assert ended == replace(sitting, heard=NOW + MINUTE, ended=NOW + MINUTE)
    assert progress.keep(sitting, "x/one", "c", NOW + 2 * MINUTE) == ended
    assert progress.end(sitting, NOW + 2 * MINUTE) == progress.sitting("exam", NOW) == ended
    assert progress.drafts(sitting) == kept
    assert progress.drafts(progress.begin("exam", NOW)) == {}


def test_a_sitting_remembers_the_latest_moment_it_heard_of(progress: Progress):
    sitting = progress.sitting("exam", NOW, minutes=30)
    assert progress.heard(sitting, NOW + 5 * MINUTE).heard == NOW + 5 * MINUTE
    assert progress.heard(sitting, NOW - 5 * MINUTE).heard == NOW + 5 * MINUTE
    assert progress.keep(sitting, "x/one", "a", NOW + 6 * MINUTE).heard == NOW + 6 * MINUTE
    assert progress.sitting("exam", NOW, minutes=99).minutes == 30


def test_the_sittings_of_quizzes_of_one_name_come_in_the_order_they_began(progress: Progress):
    begun = [progress.begin(quiz, NOW) for quiz in ("exam, seed=7", "exam, seed=8", "Exam", "exam, seed=7")]
    assert progress.sittings("exam") == (begun[0], begun[1], begun[3])
    assert progress.sittings() == tuple(begun)


def test_a_draft_of_a_sitting_that_went_with_a_damaged_history_is_said_not_to_be_saved(progress: Progress):
    sitting = progress.sitting("exam", NOW)
    progress.path.write_bytes(b"damaged" * 1000)
    with pytest.raises(ProgressError, match=r"이 답은 저장되지 않았습니다 \(학습 기록이 그사이"):
        progress.keep(sitting, "x/one", "a", NOW)


def test_the_latest_attempts_are_found_all_of_them_or_those_before_the_newest(progress: Progress):
    sitting = progress.sitting("01", NOW)
    assert (progress.latest(), progress.since(), progress.since("gone")) == ((), (), None)
    one, two, again = (
        progress.record(Attempt(sitting.id, item, "b", 1.0, NOW, nth=nth))
        for item, nth in (("x/one", 1), ("x/two", 1), ("x/one", 2))
    )
    assert [progress.latest(but) for but in (0, 1, 2, 3)] == [(two, again), (one, two), (one,), ()]
    assert [progress.attempts(newest=n) for n in (1, 9)] == [(again,), (one, two, again)]
    (first, _), *rest = progress.since()
    assert (
        [attempt for _, attempt in rest] == [attempt for _, attempt in progress.since(first)] == [two, again]
    )
