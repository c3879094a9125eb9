"""The files a view is drawn with."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def script(*names: str) -> str:
    """Return the ES module that draws a view: what it shares with others first, its own part last."""
    return "".join((STATIC / f"{each}.js").read_text(encoding="utf-8") for each in names)


def stylesheet(*names: str) -> str:
    """Return what every view shares, then what these add."""
    return "".join((STATIC / f"{each}.css").read_text(encoding="utf-8") for each in ("theme", *names))
