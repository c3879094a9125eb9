"""What every test stands on: an empty home, a fixed clock, Korean unless the test says otherwise."""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from okrkit import text
from okrkit.practice.bank import Bank, load_bank, shipped_bank
from okrkit.practice.items import Choice, Item, ManyChoices, Mistake, Number, OneChoice
from okrkit.practice.progress import Progress
from okrkit.text import Text

# Speed is for the benchmarks: no example fails for being slow on a busy machine.
settings.register_profile("okrkit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("okrkit")

NOW = datetime(2026, 1, 5, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent
SKELETONS = ROOT / "okrkit" / "practice" / "skeletons.yaml"


def pytest_configure() -> None:
    """Keep every test, and every kernel a test starts, out of the user's own home."""
    folder = os.environ.get("OKRKIT_HOME") or tempfile.mkdtemp(prefix="okrkit-test-")
    os.environ["OKRKIT_HOME"] = folder
    os.environ["OKRKIT_NOW"] = NOW.isoformat()
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"
    for name in ("OKRKIT_LANG", "OKRKIT_DATABASE"):
        os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def korean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each test in Korean, whatever the test before it chose."""
    monkeypatch.setattr(text, "_chosen", ["ko"])


@pytest.fixture
def english() -> None:
    """Speak English in this test."""
    text.set_language("en")


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    """A history of its own, empty."""
    return Progress(tmp_path / "progress.sqlite")


def refuse(progress: Progress) -> None:
    """Make every later use of a history fail: it looks like a later okrkit's."""
    with closing(sqlite3.connect(progress.path)) as file:
        file.execute("PRAGMA user_version = 99")


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The bank that is shipped."""
    return shipped_bank()


def skeletons() -> dict[str, Item]:
    """Return one question of each kind that a quiz asks, by its id: what `okrkit new question` prints."""
    return load_bank([SKELETONS]).quizzed


def choice(name: str, *, correct: bool = False) -> Choice:
    return Choice(
        ko=f"{name} 보기", en=f"choice {name}", why=Text(f"{name} 이유", f"why {name}"), correct=correct
    )


def common(name: str) -> dict[str, object]:
    return {
        "id": name,
        "claims": ("C01",),
        "level": "recall",
        "source": "okr-001",
        "stem": Text("문제", "question"),
    }


@pytest.fixture
def one() -> OneChoice:
    choices = {"a": choice("a"), "b": choice("b", correct=True), "c": choice("c")}
    return OneChoice(kind="one", choices=choices, **common("x/one"))


@pytest.fixture
def many() -> ManyChoices:
    choices = {name: choice(name, correct=name in "ab") for name in "abcd"}
    return ManyChoices(kind="many", choices=choices, **common("x/many"))


@pytest.fixture
def number() -> Number:
    return Number(
        kind="number",
        answer=0.6,
        tolerance=0.005,
        why=Text("9/15", "9/15"),
        mistakes=(Mistake(1.5, Text("분모가 뒤집혔습니다.", "The fraction is upside down.")),),
        **common("x/number"),
    )
