"""The house: which floor each module stands on, and which walls no import goes through."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import okrkit
from tests.conftest import ROOT

FLOORS = {  # longest prefix wins; imports point down, never up
    "okrkit.text": 0,
    "okrkit.errors": 0,
    "okrkit.clock": 0,
    "okrkit.files": 1,
    "okrkit.okr": 2,
    "okrkit.writing": 3,
    "okrkit.practice": 4,
    "okrkit.plots": 5,
    "okrkit.classroom": 5,
    "okrkit.views": 6,
    "okrkit.lab": 7,
    "okrkit.cli": 7,
    "okrkit.__main__": 7,
}
WALLS = {  # library: the only places that may import it
    "pandas": ("tables", "statistics"),
    "matplotlib": ("okrkit.plots",),
    "ipywidgets": ("okrkit.views",),
    "anywidget": ("okrkit.views",),
    "traitlets": ("okrkit.views",),
    "IPython": ("okrkit.views",),
    "markdown_it": ("okrkit.views.markup",),
    "nh3": ("okrkit.views.markup",),
    "yaml": ("okrkit.files",),
    "openpyxl": ("okrkit.okr.sheets",),
    "fsrs": ("okrkit.practice.scheduling",),
    "sqlalchemy": ("okrkit.practice.progress", "okrkit.classroom"),
    "platformdirs": ("okrkit.files",),
}
CLOCK_READERS = {
    "okrkit.clock",
    "okrkit.__main__",
    "okrkit.lab",
}  # the last two wait for programs, not for learners
MODULES = {
    ".".join(path.with_suffix("").relative_to(ROOT).parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "okrkit").rglob("*.py"))
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def floor(module: str) -> int | None:
    places = [place for place in FLOORS if module == place or module.startswith(place + ".")]
    return FLOORS[max(places, key=len)] if places else None


def inside(module: str) -> set[str]:
    """Return the modules of okrkit that a module imports."""
    found = {name if name in MODULES else name.rpartition(".")[0] for name in imports(MODULES[module])}
    return {name for name in found if name in MODULES and name != "okrkit"}


def test_every_module_stands_on_a_floor():
    assert [module for module in MODULES if floor(module) is None] == ["okrkit"]


@pytest.mark.parametrize("module", [module for module in MODULES if module != "okrkit"])
def test_imports_point_down(module: str):
    above = {name for name in inside(module) if floor(name) > floor(module)}
    assert above == set()


def test_imports_make_no_circle():
    clear: set[str] = set()  # what lies below these was looked at: by every path it would take minutes

    def reach(module: str, seen: frozenset[str]) -> None:
        assert module not in seen, f"circle through {module}: {sorted(seen)}"
        for name in inside(module) if module not in clear else ():
            reach(name, seen | {module})
        clear.add(module)

    for module in MODULES:
        reach(module, frozenset())


@pytest.mark.parametrize("library", WALLS)
def test_each_library_stays_behind_its_wall(library: str):
    users = {
        name for name, path in MODULES.items() for each in imports(path) if each.split(".")[0] == library
    }
    allowed = {
        name
        for name in users
        if name.split(".")[-1] in WALLS[library] or any(name.startswith(place) for place in WALLS[library])
    }
    assert users == allowed


def test_only_the_clock_reads_the_clock():
    reads = {"datetime.now", "datetime.utcnow", "time.time", "time.monotonic", "date.today"}
    users = {
        name
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in reads
    }
    assert users <= CLOCK_READERS


def test_the_bare_machine_needs_the_standard_library_alone():
    for module in ("okrkit", "okrkit.__main__"):
        tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
        top = {ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)}
        names = {line.split()[1].split(".")[0] for line in top}
        assert names <= sys.stdlib_module_names


def test_importing_okrkit_loads_no_library():
    code = "import sys, okrkit; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(loaded) & (set(WALLS) | {"pydantic", "numpy"}) == set()


def test_no_public_name_is_hidden_by_a_submodule():
    for module in pkgutil.walk_packages(okrkit.__path__, "okrkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    assert {name: callable(getattr(okrkit, name)) for name in okrkit.__all__} == dict.fromkeys(
        okrkit.__all__, True
    )


def test_the_roof_tells_type_checkers_the_same_names_and_homes():
    tree = ast.parse(MODULES["okrkit"].with_suffix(".pyi").read_text(encoding="utf-8"))
    typed = {
        alias.name: node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == alias.asname
    }
    assert typed == okrkit._HOMES
    assert dir(okrkit) == sorted(okrkit._HOMES)
    with pytest.raises(AttributeError, match="no attribute 'scores'"):
        okrkit.scores  # noqa: B018


def test_small_is_a_feature():
    long_files = {
        name for name, path in MODULES.items() if len(path.read_text(encoding="utf-8").splitlines()) > 400
    }
    lengths = {}
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                lengths[f"{name}.{node.name}"] = body[-1].end_lineno - body[0].lineno + 1
    assert long_files == set()
    assert {name for name, length in lengths.items() if length > 40} == set()
    assert sorted(lengths.values())[len(lengths) // 2] <= 10
