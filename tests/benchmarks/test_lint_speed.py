"""How fast sentences are commented on, and how the cost grows with their number.

    .venv/bin/python -m pytest tests/benchmarks/test_lint_speed.py -q -s

Nothing fails for being slow: the table is the result.
"""

import statistics
import time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from okrkit.writing.linting import lint_lines
from okrkit.writing.rules import writing_rules

SIZES = [10**2, 10**3, 10**4, 10**5]
EXAMPLES = {
    lang: [
        text.replace("20", "{n}", 1)
        for rule in writing_rules()
        if "key_result" in rule.about and rule.code != "too-long"
        for text in (*getattr(rule.flagged, lang), *getattr(rule.passes, lang))
    ]
    for lang in ("ko", "en")
}


def sentences(lang: str, count: int) -> list[str]:
    """Return so many key results, good and bad, no two alike."""
    examples = EXAMPLES[lang]
    return [f"{examples[n % len(examples)].replace('{n}', str(n))} {n}" for n in range(count)]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_ten_thousand_sentences(benchmark: BenchmarkFixture, lang: str):
    lines = sentences(lang, 10_000)
    found = benchmark.pedantic(lint_lines, (lines, "key_result", lang), rounds=5, warmup_rounds=1)
    assert len(found) == 10_000


def test_the_cost_grows_with_the_number_of_sentences():
    print()
    for lang in ("ko", "en"):
        for size in SIZES:
            lines = sentences(lang, size)
            times = []
            for _ in range(3 if size < 10**5 else 1):
                begin = time.perf_counter()
                lint_lines(lines, "key_result", lang)
                times.append(time.perf_counter() - begin)
            took = statistics.median(times)
            print(f"{lang} {size:>7,} sentences {took:8.3f} s  {took / size * 1e6:6.1f} µs each")


def test_a_long_line_costs_no_more_than_its_first_thousand_characters():
    print()
    for size in (10**3, 10**6):
        begin = time.perf_counter()
        lint_lines(["from 1 to " * (size // 10)], "key_result", "en")
        print(f"{size:>9,} characters {(time.perf_counter() - begin) * 1e3:6.1f} ms")
