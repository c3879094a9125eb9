"""What a schedule that knows the exam date is worth, and how fast the review is.

    .venv/bin/python -m pytest tests/benchmarks/test_review_speed.py -q -s

Nothing fails for being slow, or for a small gain: the tables are the result.
"""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import mean, median, stdev

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from okrkit.practice import scheduling
from okrkit.practice import session as practice
from okrkit.practice.bank import Bank
from okrkit.practice.items import Item
from okrkit.practice.mastery import mastery
from okrkit.practice.progress import Progress
from okrkit.practice.specimens import specimens
from okrkit.views import review_view
from tests.conftest import NOW, skeletons
from tests.practice.simulation import compared

ITEMS, ATTEMPTS, SEEDS = 300, 10_000, 30
KERNEL = """
from time import perf_counter
from okrkit.practice.bank import Bank
from okrkit.views import markup, review_view
from tests.benchmarks.test_review_speed import questions
markup.to_html("a")
review_view.shipped_bank = lambda found=Bank(items=questions()): found
began = perf_counter()
view = review_view.review()
print(perf_counter() - began)
assert len(view._session.asked) > 50
"""


def questions() -> dict[str, Item]:
    """Return 300 questions of every kind, by their ids."""
    kinds = list(skeletons().values())
    items = [replace(kinds[n % len(kinds)], id=f"speed/{n:03}") for n in range(ITEMS)]
    return {item.id: item for item in items}


def test_what_the_exam_date_is_worth():
    print(f"\nMean recall on the day of the exam, {SEEDS} simulated learners of 80 questions each")
    print("days  reviews  knows the date  plain, as many reviews        gain  (sd, least)    plain as it is")
    for horizon in (14, 45, 90):
        runs = [compared(seed, horizon) for seed in range(SEEDS)]
        gains = [served.recall - same.recall for served, same, _ in runs]
        served, same, plain = (mean(run[column].recall for run in runs) for column in range(3))
        many, few = (mean(sum(run[column].counts) for run in runs) for column in (0, 2))
        print(
            f"{horizon:4} {many:8.0f} {served:15.4f} {same:23.4f} {mean(gains):+11.4f}"
            f"  ({stdev(gains):.4f}, {min(gains):+.4f}) {plain:8.4f} in {few:.0f}"
        )


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    """Return 300 questions of every kind, ten thousand first tries of them in the history of a new home."""
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path))
    found = Bank(items=questions())
    items = list(found.items.values())
    Progress().sitting("other", NOW)
    rounds = [(n, ITEMS * n, NOW - timedelta(200 - 5 * n)) for n in range(-(-ATTEMPTS // ITEMS))]
    with closing(sqlite3.connect(Progress().path)) as file, file:
        file.executemany(
            "INSERT INTO sitting (id, quiz, number, began, place) VALUES (?, 'q', ?, '2026-01-05', '')",
            [(f"s{n}", n) for n, _, _ in rounds],
        )
        file.executemany(
            "INSERT INTO attempt (id, sitting, item, answer, score, at) VALUES (?, ?, ?, '\"b\"', ?, ?)",
            [
                (f"{n}/{k}", f"s{n}", items[k].id, float((k + n) % 7 > 0), (at + timedelta(0, k)).isoformat())
                for n, done, at in rounds
                for k in range(min(ITEMS, ATTEMPTS - done))
            ],
        )
    monkeypatch.setattr(review_view, "shipped_bank", lambda: found)
    scheduling.set_exam_date(scheduling.local_day(NOW) + timedelta(3))
    return found


@pytest.mark.parametrize("when", ["with what was kept this morning", "without: all is replayed"])
def test_the_first_question(benchmark: BenchmarkFixture, bank: Bank, when: str):
    benchmark.group = "review, first question out of 10,000 attempts"
    kept = Progress().path.with_suffix(".memories.json")
    forget = kept.unlink if "without" in when else lambda: None
    review_view.review()
    view = benchmark.pedantic(review_view.review, setup=forget, rounds=15, warmup_rounds=2)
    assert len(view._session.asked) > 50


def test_the_first_question_in_a_new_kernel(benchmark: BenchmarkFixture, bank: Bank):
    """A process of its own each time, its libraries imported: they load once, whatever is done first."""
    benchmark.group = "review, first question out of 10,000 attempts"
    review_view.review()
    took = []

    def run() -> None:
        ran = subprocess.run([sys.executable, "-c", KERNEL], capture_output=True, text=True, check=True)
        took.append(float(ran.stdout))

    benchmark.pedantic(run, rounds=9)
    print(f"\nreview, first question in a new kernel: median {1000 * median(took):.0f} ms")


def test_the_progress_of_ten_thousand_attempts(benchmark: BenchmarkFixture, bank: Bank):
    attempts = Progress().attempts()
    benchmark.group = "progress out of 10,000 attempts"
    told = benchmark.pedantic(mastery, (attempts, bank, NOW), rounds=9, warmup_rounds=1)
    assert told.total.questions == ITEMS


def test_the_next_question(benchmark: BenchmarkFixture, bank: Bank):
    benchmark.group = "review, next question after an answer is saved"
    view = review_view.review()
    asked = iter(view._session.items)

    def answer() -> None:
        item = next(asked)
        view._session = practice.answer(view._session, item.id, specimens(item).right, view._progress, NOW)
        view._handle_custom_msg({"do": "go", "place": view._place + 1}, [])

    benchmark.pedantic(answer, rounds=40, warmup_rounds=2)
