"""Learn, teach and be examined on OKR: ``import okrkit as ok``.

The public names. Each is found in its module when it is first used, so that
``import okrkit`` itself loads no library. ``__init__.pyi`` tells type checkers the same.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    name: f"okrkit.{module}"
    for module, names in {
        "errors": "ContentError OkrkitError",
        "okr.alignment": "origins orphans share_aligned tree",
        "okr.bands": "Band Scheme band schemes",
        "okr.bsc": "Link Perspective Scorecard ScorecardMeasure StrategicObjective achievement "
        "check_scorecard perspectives",
        "okr.comparing": "compare_bsc",
        "okr.cycles": "Cycle quarter",
        "okr.documents": "Plan",
        "okr.examples": "company example",
        "okr.filing": "read_okrs read_plan write_okrs",
        "okr.forecasting": "forecast optimism_bias",
        "okr.model": "CheckIn Child Judgement Keep KeyResult Metric Milestones Objective Okrs Step YesNo",
        "okr.pacing": "Rule Status cadence confidence expected pace pace_rules",
        "okr.reading": "parse_okrs to_text",
        "okr.scoring": "progress_of score success too_easy",
        "okr.tables": "check_ins_to_frame score_frame to_frame",
        "plots.alignment": "plot_alignment",
        "plots.comparison": "plot_comparison",
        "plots.confidence": "plot_confidence",
        "plots.mastery": "plot_calibration plot_progress",
        "plots.pacing": "plot_pace",
        "plots.scores": "plot_scores",
        "plots.strategy": "plot_strategy_map",
        "practice.progress.transfer": "delete_history export_history import_history",
        "practice.scheduling": "exam_date set_exam_date",
        "text": "Text set_language",
        "views.answer_view": "answer",
        "views.bsc_view": "explore_bsc",
        "views.clinic_view": "clinic",
        "views.exam_view": "exam",
        "views.progress_view": "progress",
        "views.quiz_view": "quiz",
        "views.review_view": "review",
        "views.score_view": "explore_score",
        "writing.linting": "lint",
        "writing.rules": "writing_rules",
    }.items()
    for name in names.split()
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'okrkit' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
