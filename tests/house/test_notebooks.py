"""The lessons: the same program in both languages, short cells, nothing a machine left behind."""

import ast
import json
import re
from typing import Any

import pytest

from tests.conftest import ROOT

NAMES = sorted(path.name for path in (ROOT / "notebooks" / "ko").glob("*.ipynb"))


def load(lang: str, name: str) -> dict[str, Any]:
    return json.loads((ROOT / "notebooks" / lang / name).read_text(encoding="utf-8"))


def sources(notebook: dict[str, Any], kind: str) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


def program(source: str) -> str:
    """Return the syntax tree of a cell without its prose; names such as ``"01"`` stay."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and not re.fullmatch(r"[!-~]*", node.value)
        ):
            node.value = ""
    return ast.dump(tree)


def test_both_languages_have_the_same_lessons():
    assert sorted(path.name for path in (ROOT / "notebooks" / "en").glob("*.ipynb")) == NAMES
    assert "00_start_here.ipynb" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_run_the_same_program(name: str):
    korean, english = load("ko", name), load("en", name)
    assert [cell["cell_type"] for cell in korean["cells"]] == [cell["cell_type"] for cell in english["cells"]]
    assert [cell["id"] for cell in korean["cells"]] == [cell["id"] for cell in english["cells"]]
    assert [program(cell) for cell in sources(korean, "code")] == [
        program(cell) for cell in sources(english, "code")
    ]


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_code_cells_are_short_and_introduced(lang: str, name: str):
    notebook = load(lang, name)
    kinds = [cell["cell_type"] for cell in notebook["cells"]]
    assert max(len(source.splitlines()) for source in sources(notebook, "code")) <= 8
    assert [index for index, kind in enumerate(kinds) if kind == "code" and kinds[index - 1] == "code"] == []
    assert all(isinstance(ast.parse(source).body[-1], ast.Expr) for source in sources(notebook, "code"))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_lessons_are_committed_executed_and_clean(lang: str, name: str):
    notebook = load(lang, name)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert [output for cell in code for output in cell["outputs"] if output["output_type"] == "error"] == []
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert {key for cell in notebook["cells"] for key in cell["metadata"]} <= {"tags"}


@pytest.mark.parametrize("name", NAMES)
def test_each_language_is_written_in_itself(name: str):
    korean = "\n".join(sources(load("ko", name), "markdown"))
    english = "\n".join(sources(load("en", name), "markdown"))
    hangul = [sum("가" <= char <= "힣" for char in text) / len(text) for text in (korean, english)]
    assert hangul[0] > 0.3
    assert hangul[1] < 0.05
