"""Mutated bank files: whatever is done to them, a bank or a clear error comes of it.

Some hundreds of mutations in a normal run; ``OKRKIT_FUZZ=10000`` asks for more.
"""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from okrkit.errors import ContentError
from okrkit.files import shipped
from okrkit.practice.bank import Bank, load_bank
from tests.conftest import SKELETONS

MUTATIONS = int(os.environ.get("OKRKIT_FUZZ", "400"))
FILES = [*sorted(shipped("quizzes").rglob("*.yaml")), SKELETONS]  # the last has every kind of question
NASTY = (
    *("no", "12:30", "010", "1e999", "9" * 400, "~", "''", "null", "true", "-", "- ", ": ", "? ", "#", "|", ">", "%"),
    *("&a ", "*a", "<<: ", "!!python/name:os.system ", "---\n", "...\n", "\t", "\r", "\0", "\ufeff", "\u2028", "\x85"),
    *("[" * 500, "{a: " * 300, "]", "}", '"', "'", "\\", "{x}", "{", "<script>", "\U0001f600", "가" * 5000, "kind: one"),
)  # fmt: skip
ENCODINGS = ("cp949", "utf-16", "utf-16-le", "utf-32", "latin-1", "utf-7")


def words(text: str, chance: random.Random) -> str:
    """Put something nasty somewhere, often in place of what stands there."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(NASTY) + text[at + chance.choice((0, 0, 1, 5, 40)) :]


def lines(text: str, chance: random.Random) -> str:
    """Lose, repeat, move, indent or exchange lines."""
    rows = text.splitlines(keepends=True)
    first, second = (chance.randrange(len(rows)) for _ in range(2))
    match chance.randrange(5):
        case 0:
            del rows[first : first + chance.choice((1, 1, 1, 4))]
        case 1:
            rows.insert(second, rows[first])
        case 2:
            rows[first] = chance.choice((" ", "  ", "    ", "\t")) + rows[first]
        case 3:
            rows[first] = rows[first].removeprefix("  ")
        case _:
            rows[first], rows[second] = rows[second], rows[first]
    return "".join(rows)


def letters(text: str, chance: random.Random) -> str:
    """Misspell: exchange, lose or double a character."""
    at = chance.randrange(1, len(text))
    return text[: at - 1] + chance.choice((text[at] + text[at - 1], text[at], text[at] * 2)) + text[at + 1 :]


def mutate(text: str, chance: random.Random) -> bytes:
    """Return a file with one to three things done to it, once in a while as bytes."""
    kinds: tuple[Callable[[str, random.Random], str], ...] = (words, lines, letters)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        text = chance.choice(kinds)(text, chance)
    data = bytearray(text.encode(chance.choice(("utf-8",) * 40 + ENCODINGS), errors="replace"))
    if chance.random() < 0.1:
        start = chance.randrange(len(data))
        data[start : start + chance.choice((1, 8))] = chance.randbytes(chance.choice((1, 8)))
    return bytes(data[: chance.randrange(len(data))] if chance.random() < 0.05 else data)


def said(path: Path) -> ContentError | Bank:
    try:
        return load_bank([path])
    except ContentError as error:
        return error


@pytest.mark.parametrize("source", FILES, ids=lambda path: path.stem)
def test_any_mutation_of_a_bank_file_gives_a_bank_or_an_error_that_names_the_place(
    tmp_path: Path, source: Path
):
    path = tmp_path / source.parent.name / source.name
    path.parent.mkdir()
    text, slowest, banks = source.read_text(encoding="utf-8"), 0.0, 0
    for seed in range(MUTATIONS // len(FILES)):
        path.write_bytes(mutate(text, random.Random(f"{source.name}/{seed}")))
        began = time.perf_counter()
        found = said(path)
        slowest = max(slowest, time.perf_counter() - began)
        banks += isinstance(found, Bank)
        for problem in () if isinstance(found, Bank) else found.problems:
            where = f"seed {seed}: {problem}"
            assert problem.file, where
            assert problem.what.ko, where
            assert problem.fix.en, where
            assert 1 <= (problem.line or 1) <= path.read_bytes().count(b"\n") + 2, where
    print(f"\n{source.stem}: {seed + 1} mutations, {banks} still a bank, slowest {slowest * 1000:.0f} ms")
    assert 0 < banks < seed + 1
