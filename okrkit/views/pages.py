"""The files a view is drawn with."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def script(name: str) -> Path:
    """Return the ES module that draws a view."""
    return STATIC / f"{name}.js"


def stylesheet(name: str) -> str:
    """Return what every view shares, then what this one adds."""
    return "".join((STATIC / f"{each}.css").read_text(encoding="utf-8") for each in ("theme", name))
