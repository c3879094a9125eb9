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
from tests.conftest import NOW

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


def test_attempts_come_back_as_they_were_given(progress: Progress):
    sitting = progress.sitting("01", NOW)
    given = (
        Attempt(sitting.id, "x/one", "b", 1.0, NOW),
        Attempt(sitting.id, "x/many", ["a", "나"], 0.5, NOW + timedelta(seconds=3)),
    )
    for attempt in given:
        progress.record(attempt)
    assert progress.attempts(sitting) == given


def test_a_quiz_keeps_its_sitting_until_the_next_begins(progress: Progress):
    first = progress.sitting("01", NOW)
    assert progress.sitting("01", NOW) == first
    second = progress.begin("01", NOW)
    assert (first.number, second.number) == (1, 2)
    assert progress.sitting("01", NOW) == second
    assert progress.sitting("02", NOW).number == 1
    assert progress.attempts(second) == ()


def test_the_place_is_remembered(progress: Progress):
    sitting = progress.sitting("01", NOW)
    assert progress.move(sitting, "x/many") == replace(sitting, place="x/many")
    assert Progress(progress.path).sitting("01", NOW).place == "x/many"


def test_where_two_begin_at_once_both_get_the_same_sitting(progress: Progress):
    other = Progress(progress.path)
    progress.sitting("01", NOW)
    numbers = {progress.begin("01", NOW).number, other.begin("01", NOW).number}
    assert numbers == {2, 3}
    assert progress.sitting("01", NOW) == other.sitting("01", NOW)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_what_was_recorded_survives_a_kill(tmp_path: Path):
    path = tmp_path / "progress.sqlite"
    subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False)
    progress = Progress(path)
    assert [attempt.item for attempt in progress.attempts(progress.sitting("01", NOW))] == [
        f"x/{n}" for n in range(5)
    ]


def test_a_file_that_is_no_history_is_named_and_left_as_it_is(tmp_path: Path):
    path = tmp_path / "progress.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(
        ProgressError,
        match=r"학습 기록을 저장하거나 읽지 못했습니다 \(file is not a database\); .*progress.sqlite",
    ):
        Progress(path).sitting("01", NOW)
    assert path.read_bytes() == b"not a database" * 100


def test_a_history_in_use_elsewhere_is_said_to_be(progress: Progress, monkeypatch: pytest.MonkeyPatch):
    sitting = progress.sitting("01", NOW)
    with sqlite3.connect(progress.path) as other:
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr("okrkit.practice.progress.PATIENCE_MS", 10)
        with pytest.raises(ProgressError, match="database is locked"):
            progress.record(Attempt(sitting.id, "x/one", "b", 1.0, NOW))
    other.close()
    assert progress.attempts(sitting) == ()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(ProgressError, match="권한과 디스크의 남은 공간을 확인하세요"):
        Progress(tmp_path / "file" / "progress.sqlite").sitting("01", NOW)
