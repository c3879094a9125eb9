"""Learn, teach and be examined on OKR: ``import okrkit as ok``.

The public names. Each is found in its module when it is first used, so that
``import okrkit`` itself loads no library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrkit.errors import ContentError, OkrkitError
    from okrkit.okr.alignment import origins, orphans, share_aligned, tree
    from okrkit.okr.bands import Band, Scheme, band, schemes
    from okrkit.okr.bsc import (
        Link,
        Perspective,
        Scorecard,
        ScorecardMeasure,
        StrategicObjective,
        achievement,
        check_scorecard,
        perspectives,
    )
    from okrkit.okr.comparing import compare_bsc
    from okrkit.okr.cycles import Cycle, quarter
    from okrkit.okr.documents import Plan
    from okrkit.okr.examples import company, example
    from okrkit.okr.filing import read_okrs, read_plan, write_okrs
    from okrkit.okr.forecasting import forecast, optimism_bias
    from okrkit.okr.model import (
        CheckIn,
        Child,
        Judgement,
        Keep,
        KeyResult,
        Metric,
        Milestones,
        Objective,
        Okrs,
        Step,
        YesNo,
    )
    from okrkit.okr.pacing import Rule, Status, cadence, confidence, expected, pace, pace_rules
    from okrkit.okr.reading import parse_okrs, to_text
    from okrkit.okr.scoring import progress, score, success, too_easy
    from okrkit.okr.tables import check_ins_to_frame, score_frame, to_frame
    from okrkit.plots.alignment import plot_alignment
    from okrkit.plots.comparison import plot_comparison
    from okrkit.plots.confidence import plot_confidence
    from okrkit.plots.pacing import plot_pace
    from okrkit.plots.scores import plot_scores
    from okrkit.plots.strategy import plot_strategy_map
    from okrkit.text import Text, set_language
    from okrkit.views.bsc_view import explore_bsc
    from okrkit.views.clinic_view import clinic
    from okrkit.views.quiz_view import quiz
    from okrkit.views.score_view import explore_score
    from okrkit.writing.linting import lint
    from okrkit.writing.rules import writing_rules

__version__ = "0.1.0"

_HOMES = {
    "Band": "okrkit.okr.bands",
    "CheckIn": "okrkit.okr.model",
    "Child": "okrkit.okr.model",
    "ContentError": "okrkit.errors",
    "Cycle": "okrkit.okr.cycles",
    "Judgement": "okrkit.okr.model",
    "Keep": "okrkit.okr.model",
    "KeyResult": "okrkit.okr.model",
    "Link": "okrkit.okr.bsc",
    "Metric": "okrkit.okr.model",
    "Milestones": "okrkit.okr.model",
    "Objective": "okrkit.okr.model",
    "OkrkitError": "okrkit.errors",
    "Okrs": "okrkit.okr.model",
    "Perspective": "okrkit.okr.bsc",
    "Plan": "okrkit.okr.documents",
    "Rule": "okrkit.okr.pacing",
    "Scheme": "okrkit.okr.bands",
    "Scorecard": "okrkit.okr.bsc",
    "ScorecardMeasure": "okrkit.okr.bsc",
    "Status": "okrkit.okr.pacing",
    "Step": "okrkit.okr.model",
    "StrategicObjective": "okrkit.okr.bsc",
    "Text": "okrkit.text",
    "YesNo": "okrkit.okr.model",
    "achievement": "okrkit.okr.bsc",
    "band": "okrkit.okr.bands",
    "cadence": "okrkit.okr.pacing",
    "check_ins_to_frame": "okrkit.okr.tables",
    "check_scorecard": "okrkit.okr.bsc",
    "clinic": "okrkit.views.clinic_view",
    "company": "okrkit.okr.examples",
    "compare_bsc": "okrkit.okr.comparing",
    "confidence": "okrkit.okr.pacing",
    "example": "okrkit.okr.examples",
    "expected": "okrkit.okr.pacing",
    "explore_bsc": "okrkit.views.bsc_view",
    "explore_score": "okrkit.views.score_view",
    "forecast": "okrkit.okr.forecasting",
    "lint": "okrkit.writing.linting",
    "optimism_bias": "okrkit.okr.forecasting",
    "origins": "okrkit.okr.alignment",
    "orphans": "okrkit.okr.alignment",
    "pace": "okrkit.okr.pacing",
    "pace_rules": "okrkit.okr.pacing",
    "parse_okrs": "okrkit.okr.reading",
    "perspectives": "okrkit.okr.bsc",
    "plot_alignment": "okrkit.plots.alignment",
    "plot_comparison": "okrkit.plots.comparison",
    "plot_confidence": "okrkit.plots.confidence",
    "plot_pace": "okrkit.plots.pacing",
    "plot_scores": "okrkit.plots.scores",
    "plot_strategy_map": "okrkit.plots.strategy",
    "progress": "okrkit.okr.scoring",
    "quarter": "okrkit.okr.cycles",
    "quiz": "okrkit.views.quiz_view",
    "read_okrs": "okrkit.okr.filing",
    "read_plan": "okrkit.okr.filing",
    "schemes": "okrkit.okr.bands",
    "score": "okrkit.okr.scoring",
    "score_frame": "okrkit.okr.tables",
    "set_language": "okrkit.text",
    "share_aligned": "okrkit.okr.alignment",
    "success": "okrkit.okr.scoring",
    "to_frame": "okrkit.okr.tables",
    "to_text": "okrkit.okr.reading",
    "too_easy": "okrkit.okr.scoring",
    "tree": "okrkit.okr.alignment",
    "write_okrs": "okrkit.okr.filing",
    "writing_rules": "okrkit.writing.rules",
}

__all__ = [
    "Band",
    "CheckIn",
    "Child",
    "ContentError",
    "Cycle",
    "Judgement",
    "Keep",
    "KeyResult",
    "Link",
    "Metric",
    "Milestones",
    "Objective",
    "OkrkitError",
    "Okrs",
    "Perspective",
    "Plan",
    "Rule",
    "Scheme",
    "Scorecard",
    "ScorecardMeasure",
    "Status",
    "Step",
    "StrategicObjective",
    "Text",
    "YesNo",
    "achievement",
    "band",
    "cadence",
    "check_ins_to_frame",
    "check_scorecard",
    "clinic",
    "company",
    "compare_bsc",
    "confidence",
    "example",
    "expected",
    "explore_bsc",
    "explore_score",
    "forecast",
    "lint",
    "optimism_bias",
    "origins",
    "orphans",
    "pace",
    "pace_rules",
    "parse_okrs",
    "perspectives",
    "plot_alignment",
    "plot_comparison",
    "plot_confidence",
    "plot_pace",
    "plot_scores",
    "plot_strategy_map",
    "progress",
    "quarter",
    "quiz",
    "read_okrs",
    "read_plan",
    "schemes",
    "score",
    "score_frame",
    "set_language",
    "share_aligned",
    "success",
    "to_frame",
    "to_text",
    "too_easy",
    "tree",
    "write_okrs",
    "writing_rules",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'okrkit' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
