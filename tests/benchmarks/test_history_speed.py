"""How fast a long history is read, and a quiz goes on out of it, beside a short one in the same run.

    .venv/bin/python -m pytest tests/benchmarks/test_history_speed.py -q -s

Nothing fails for being slow: the table is the result.
"""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from okrkit.practice import session as practice
from okrkit.practice.grading import grade
from okrkit.practice.items import Item
from okrkit.practice.progress import Progress
from okrkit.practice.specimens import specimens
from tests.conftest import NOW, skeletons

PASS = 60  # questions in one sitting


@pytest.fixture(scope="module")
def questions() -> tuple[Item, ...]:
    """Sixty questions of every kind."""
    kinds = list(skeletons().values())
    return tuple(replace(kinds[n % len(kinds)], id=f"speed/{n:02}") for n in range(PASS))


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory, questions: tuple[Item, ...]) -> dict[int, Path]:
    """Histories of so many attempts at these questions, the last sitting half done."""
    return {size: history(tmp_path_factory.mktemp("h"), questions, size) for size in (30, 10_000, 100_000)}


def history(folder: Path, questions: tuple[Item, ...], size: int) -> Path:
    progress = Progress(folder / "progress.sqlite")
    progress.sitting("other", NOW)
    sittings = -(-(size + PASS // 2) // PASS)
    drawn = {
        number: practice.Session(practice.Sitting("", "q", number, NOW), questions, {}).items
        for number in range(1, sittings + 1)
    }
    rows = (
        (
            f"{number}/{item.id}",
            f"s{number}",
            item.id,
            json.dumps(specimens(item).right),
            1.0,
            NOW.isoformat(),
        )
        for number, items in drawn.items()
        for item in (items if number < sittings else items[: PASS // 2])
    )
    with closing(sqlite3.connect(progress.path)) as file, file:
        file.executemany(
            "INSERT INTO sitting (id, quiz, number, began, place) VALUES (?, 'q', ?, '2026-01-05', '')",
            [(f"s{number}", number) for number in drawn],
        )
        file.executemany(
            "INSERT INTO attempt (id, sitting, item, answer, score, at) VALUES (?, ?, ?, ?, ?, ?)", rows
        )
    return progress.path


@pytest.mark.parametrize("how", ["read", "read and graded anew"])
def test_ten_thousand_attempts(
    benchmark: BenchmarkFixture, histories: dict[int, Path], questions: tuple[Item, ...], how: str
):
    benchmark.group = "10,000 attempts replayed"
    drawn = {
        item.id: item for item in practice.Session(practice.Sitting("", "q", 1, NOW), questions, {}).items
    }

    def replay() -> float:
        attempts = Progress(histories[10_000]).attempts()
        scores = (
            each.score if how == "read" else grade(drawn[each.item], each.answer).score for each in attempts
        )
        return sum(scores) / len(attempts)

    assert benchmark.pedantic(replay, rounds=9, warmup_rounds=1) > 0.9


@pytest.mark.parametrize("size", [30, 100_000])
def test_the_next_question_when_the_cell_runs(
    benchmark: BenchmarkFixture, histories: dict[int, Path], questions: tuple[Item, ...], size: int
):
    benchmark.group = "next question, when the cell runs"

    def next_question() -> int:
        return practice.start("q", questions, Progress(histories[size]), NOW).place

    assert benchmark.pedantic(next_question, rounds=15, warmup_rounds=2) == PASS // 2


@pytest.mark.parametrize("size", [30, 100_000])
def test_the_next_question_after_an_answer(
    benchmark: BenchmarkFixture, histories: dict[int, Path], questions: tuple[Item, ...], size: int
):
    benchmark.group = "next question, after an answer is saved"
    progress = Progress(histories[size])
    begun = practice.start("q", questions, progress, NOW)
    session, numbers = [practice.again(begun, progress, NOW)], iter(range(PASS))

    def answer() -> None:
        item = session[0].items[next(numbers)]
        session[0] = practice.answer(session[0], item.id, specimens(item).right, progress, NOW)
        assert session[0].items[session[0].place] != item

    benchmark.pedantic(answer, rounds=40, warmup_rounds=2)
