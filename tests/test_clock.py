"""The one clock."""

from datetime import UTC, datetime

import pytest

from okrkit.clock import now


@pytest.mark.parametrize(
    "written", ["2026-01-05T09:00:00+09:00", "2026-01-05T00:00:00", "2026-01-05T00:00:00Z"]
)
def test_the_clock_can_be_fixed(monkeypatch: pytest.MonkeyPatch, written: str):
    monkeypatch.setenv("OKRKIT_NOW", written)
    assert now() == datetime(2026, 1, 5, tzinfo=UTC)


def test_otherwise_it_runs_in_utc(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OKRKIT_NOW")
    before = datetime.now(UTC)
    assert before <= now() <= datetime.now(UTC)
