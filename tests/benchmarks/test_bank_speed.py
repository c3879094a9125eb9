"""How fast the shipped bank loads with every check, beside a plain parse of the same files by the C library.

    .venv/bin/python -m pytest tests/benchmarks/test_bank_speed.py -q -s

The goal is 150 ms. Nothing fails for being slow: the table is the result.
"""

import subprocess
import sys

import yaml
from pytest_benchmark.fixture import BenchmarkFixture

from okrkit.files import shipped
from okrkit.practice.bank import load_bank

FIRST = """
import time
from okrkit.files import shipped
from okrkit.practice.bank import load_bank
import pydantic, yaml
begin = time.perf_counter()
load_bank([shipped("quizzes")], tried=True)
print(1000 * (time.perf_counter() - begin))
"""


def test_load_with_every_check(benchmark: BenchmarkFixture):
    benchmark.group = "the bank"
    bank = benchmark.pedantic(load_bank, ([shipped("quizzes")],), rounds=20, warmup_rounds=2)
    size = sum(path.stat().st_size for path in shipped("quizzes").rglob("*.yaml"))
    benchmark.extra_info.update(questions=len(bank.items), bytes=size)
    print(f"\n  {len(bank.items)} questions, {size / 1e6:.2f} MB of YAML")


def test_parse_alone(benchmark: BenchmarkFixture):
    benchmark.group = "the bank"
    texts = [path.read_text(encoding="utf-8") for path in shipped("quizzes").rglob("*.yaml")]
    benchmark.pedantic(
        lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts], rounds=20, warmup_rounds=2
    )


def test_first_load_of_a_new_kernel():
    """The first load also compiles the writing rules, by which questions to rewrite are checked."""
    call = [sys.executable, "-c", FIRST]
    runs = [float(subprocess.run(call, capture_output=True, check=True).stdout) for _ in range(7)]
    print(f"\n  first load, median of {len(runs)}: {sorted(runs)[len(runs) // 2]:.0f} ms")
