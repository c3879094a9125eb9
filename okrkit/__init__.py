"""Learn, teach and be examined on OKR: ``import okrkit as ok``.

The public names. Each is found in its module when it is first used, so that
``import okrkit`` itself loads no library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrkit.okr.model import KeyResult, Metric, Objective
    from okrkit.okr.reading import parse_okrs
    from okrkit.okr.scoring import progress, score
    from okrkit.okr.tables import to_frame
    from okrkit.plots.scores import plot_scores
    from okrkit.text import set_language
    from okrkit.views.quiz_view import quiz

__version__ = "0.1.0"

_HOMES = {
    "KeyResult": "okrkit.okr.model",
    "Metric": "okrkit.okr.model",
    "Objective": "okrkit.okr.model",
    "parse_okrs": "okrkit.okr.reading",
    "plot_scores": "okrkit.plots.scores",
    "progress": "okrkit.okr.scoring",
    "quiz": "okrkit.views.quiz_view",
    "score": "okrkit.okr.scoring",
    "set_language": "okrkit.text",
    "to_frame": "okrkit.okr.tables",
}

__all__ = [
    "KeyResult",
    "Metric",
    "Objective",
    "parse_okrs",
    "plot_scores",
    "progress",
    "quiz",
    "score",
    "set_language",
    "to_frame",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'okrkit' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
