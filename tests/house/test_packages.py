"""One list of packages: pyproject.toml, environment.yml and what `python -m okrkit` looks for agree."""

import re
import tomllib
from importlib.metadata import packages_distributions

import yaml

from okrkit.__main__ import RUNTIME, TEST
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def bounds(requirements: list[str]) -> dict[str, str]:
    """Map each package, by its normalised name, to its version bounds."""
    split = [re.fullmatch(r"([A-Za-z0-9._-]+)\s*(.*)", requirement) for requirement in requirements]
    return {re.sub(r"[-_.]+", "-", found[1]).lower(): found[2].replace(" ", "") for found in split}


def conda_packages() -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Return the packages conda installs, those pip installs within it, and the package itself."""
    (pip,) = [entry["pip"] for entry in CONDA if isinstance(entry, dict)]
    ours = [entry for entry in pip if entry.startswith("-e")]
    return (
        bounds([entry for entry in CONDA if isinstance(entry, str)]),
        bounds([entry for entry in pip if entry not in ours]),
        ours,
    )


def test_conda_installs_what_pip_would_within_the_same_bounds():
    conda, pip, ours = conda_packages()
    optional = PROJECT["optional-dependencies"]["test"]
    wanted = bounds(PROJECT["dependencies"])
    assert conda.pop("python") == PROJECT["requires-python"]
    conda.pop("pip")
    assert ours == ["-e .[test]"]
    assert wanted.items() <= (conda | pip).items()
    extra = {name: bound for name, bound in (conda | pip).items() if name not in wanted}
    assert extra.items() <= bounds(optional).items()
    assert "nbval" in conda


def test_every_major_is_bounded():
    open_ended = [name for name, bound in bounds(PROJECT["dependencies"]).items() if "<" not in bound]
    assert open_ended == []


def test_the_bare_machine_looks_for_just_these_packages():
    stubs = {"pandas-stubs", "types-openpyxl", "types-pyyaml"}  # they bring types, no module
    assert set(bounds(list(RUNTIME))) == set(bounds(PROJECT["dependencies"]))
    assert set(TEST) == set(bounds(PROJECT["optional-dependencies"]["test"])) - stubs


def test_each_package_brings_the_module_named():
    brought = packages_distributions()
    named = {**RUNTIME, **TEST}
    normalised = {
        module: {re.sub(r"[-_.]+", "-", name).lower() for name in packages}
        for module, packages in brought.items()
    }
    missing = {name for name, module in named.items() if name.lower() not in normalised.get(module, set())}
    assert missing == set()


def test_no_file_names_a_registry_or_a_machine():
    hosts = re.compile("python" + "hosted|py" + r"pi\.org|registry\.npm" + "js|anaconda" + r"\.org")
    kinds = {".py", ".md", ".toml", ".yml", ".yaml", ".js", ".css", ".ipynb"}
    folders = [ROOT, *(ROOT / name for name in ("okrkit", "notebooks", "quizzes", "tests"))]
    files = {path for folder in folders for path in folder.glob("*" if folder == ROOT else "**/*")}
    texts = {path.name: path.read_text(encoding="utf-8") for path in files if path.suffix in kinds}
    assert {name for name, text in texts.items() if hosts.search(text)} == set()
