"""How fast a whole company is scored, beside plain NumPy doing the same work in one run.

    .venv/bin/python -m pytest tests/benchmarks/test_score_speed.py -q -s

Four key results an objective in random order, a tenth of them blank, weighted. Nothing
fails for being slow: the table is the result. That both reckon the same is asserted.
"""

import statistics
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from okrkit.okr.tables import score_frame

SIZES = [10**3, 10**4, 10**5, 10**6]
NUMBERS = ["baseline", "target", "current", "weight"]
Arrays = tuple[np.ndarray, ...]


def company(rows: int, *, text: bool = False) -> pd.DataFrame:
    """Return so many key results of a quarter as many objectives, the same ones each time."""
    rng = np.random.default_rng(rows)
    ids = rng.permutation(np.repeat(np.arange(rows // 4), 4))
    baseline = rng.normal(50, 20, rows)
    return pd.DataFrame(
        {
            "objective": pd.Series(ids).map("team-{:07d}".format) if text else ids,
            "baseline": baseline,
            "target": baseline + rng.choice([-1, 1], rows) * rng.uniform(1, 50, rows),
            "current": np.where(rng.random(rows) < 0.1, np.nan, rng.normal(50, 30, rows)),
            "weight": rng.uniform(0.5, 3, rows),
        }
    )


def numbered(ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Number any ids in order of first appearance."""
    names, first, codes = np.unique(ids, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[codes], names[order]


def plain(ids: np.ndarray, *numbers: np.ndarray) -> Arrays:
    """Score, band by Google and roll up, as one would in a script; nothing is checked."""
    codes, names = numbered(ids)
    return names, *rolled_up(codes, len(names), *numbers)


def rolled_up(codes: np.ndarray, size: int, baseline, target, current, weight) -> Arrays:
    """Do the same for ids that are numbers from 0 already, which spares the grouping."""
    score = np.clip((current - baseline) / (target - baseline), 0, 1)
    known = ~np.isnan(score)
    weight, filled = np.where(known, weight, 0), np.where(known, score, 0)
    counted, total = np.bincount(codes[known], minlength=size), np.bincount(codes, minlength=size)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(codes, filled * weight, size) / np.bincount(codes, weight, size)
    worst = np.full(size, np.inf)
    np.minimum.at(worst, codes, np.where(known, score, np.inf))
    tenths = np.floor(np.nan_to_num(np.round(mean, 9)) * 10 + 0.5)
    band = np.where(counted > 0, np.digitize(tenths, [4, 7]), -1)
    return mean, band, np.where(counted > 0, worst, np.nan), counted, total


def works(df: pd.DataFrame) -> dict[str, Callable[[], object]]:
    """Return the same work done three ways."""
    ids, numbers = df["objective"].to_numpy(), [df[name].to_numpy() for name in NUMBERS]
    ways = {"score_frame": partial(score_frame, df), "plain NumPy": partial(plain, ids, *numbers)}
    if ids.dtype.kind == "i":
        ways["plain NumPy, ids 0 to n"] = partial(rolled_up, ids, int(ids.max()) + 1, *numbers)
    return ways


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the median of some rounds, after one to warm up."""
    work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def megabytes(work: Callable[[], object]) -> float:
    """Return the peak of what the work allocates."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def test_both_reckon_the_same():
    df = company(10**5)
    found = score_frame(df)
    names, mean, band, worst, counted, total = works(df)["plain NumPy"]()
    assert found["objective"].to_numpy().tolist() == names.tolist()
    np.testing.assert_allclose(found["score"], mean, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(found["band"].cat.codes, band)
    np.testing.assert_array_equal(found["worst"], worst)
    np.testing.assert_array_equal(found[["counted", "total"]], np.column_stack([counted, total]))


@pytest.mark.parametrize("way", ["score_frame", "plain NumPy", "plain NumPy, ids 0 to n"])
def test_a_million_key_results(benchmark: BenchmarkFixture, way: str):
    benchmark.group = "a million key results in 250,000 objectives"
    work = works(company(10**6))[way]
    benchmark.extra_info["peak_mb"] = round(megabytes(work))
    benchmark.pedantic(work, rounds=15, warmup_rounds=2)


@pytest.mark.parametrize("text", [False, True], ids=["ids are numbers", "ids are text"])
def test_growth_and_memory(text: bool):
    print(
        f"\n  {'text ids' if text else 'number ids':<12}{'way':<26}{'ms':>9}{'ns a row':>10}{'peak MB':>9}{'ratio':>7}"
    )
    for rows in SIZES:
        df = company(rows, text=text)
        slow = text and rows == SIZES[-1]  # NumPy sorts a million Python strings
        took = {name: seconds(work, 3 if slow else 15) for name, work in works(df).items()}
        for name, work in works(df).items():
            ratio, time_ms = took["score_frame"] / took[name], took[name] * 1e3
            peak = megabytes(work)
            print(
                f"  {rows:<12,}{name:<26}{time_ms:>9.2f}{time_ms * 1e6 / rows:>10.0f}{peak:>9.1f}{ratio:>7.2f}"
            )
