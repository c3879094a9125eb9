# What the public names are, for type checkers; a test holds it to __init__.py.
from okrkit.errors import (
    ContentError as ContentError,
)
from okrkit.errors import (
    OkrkitError as OkrkitError,
)
from okrkit.okr.alignment import (
    origins as origins,
)
from okrkit.okr.alignment import (
    orphans as orphans,
)
from okrkit.okr.alignment import (
    share_aligned as share_aligned,
)
from okrkit.okr.alignment import (
    tree as tree,
)
from okrkit.okr.bands import (
    Band as Band,
)
from okrkit.okr.bands import (
    Scheme as Scheme,
)
from okrkit.okr.bands import (
    band as band,
)
from okrkit.okr.bands import (
    schemes as schemes,
)
from okrkit.okr.bsc import (
    Link as Link,
)
from okrkit.okr.bsc import (
    Perspective as Perspective,
)
from okrkit.okr.bsc import (
    Scorecard as Scorecard,
)
from okrkit.okr.bsc import (
    ScorecardMeasure as ScorecardMeasure,
)
from okrkit.okr.bsc import (
    StrategicObjective as StrategicObjective,
)
from okrkit.okr.bsc import (
    achievement as achievement,
)
from okrkit.okr.bsc import (
    check_scorecard as check_scorecard,
)
from okrkit.okr.bsc import (
    perspectives as perspectives,
)
from okrkit.okr.comparing import compare_bsc as compare_bsc
from okrkit.okr.cycles import (
    Cycle as Cycle,
)
from okrkit.okr.cycles import (
    quarter as quarter,
)
from okrkit.okr.documents import Plan as Plan
from okrkit.okr.examples import (
    company as company,
)
from okrkit.okr.examples import (
    example as example,
)
from okrkit.okr.filing import (
    read_okrs as read_okrs,
)
from okrkit.okr.filing import (
    read_plan as read_plan,
)
from okrkit.okr.filing import (
    write_okrs as write_okrs,
)
from okrkit.okr.forecasting import (
    forecast as forecast,
)
from okrkit.okr.forecasting import (
    optimism_bias as optimism_bias,
)
from okrkit.okr.model import (
    CheckIn as CheckIn,
)
from okrkit.okr.model import (
    Child as Child,
)
from okrkit.okr.model import (
    Judgement as Judgement,
)
from okrkit.okr.model import (
    Keep as Keep,
)
from okrkit.okr.model import (
    KeyResult as KeyResult,
)
from okrkit.okr.model import (
    Metric as Metric,
)
from okrkit.okr.model import (
    Milestones as Milestones,
)
from okrkit.okr.model import (
    Objective as Objective,
)
from okrkit.okr.model import (
    Okrs as Okrs,
)
from okrkit.okr.model import (
    Step as Step,
)
from okrkit.okr.model import (
    YesNo as YesNo,
)
from okrkit.okr.pacing import (
    Rule as Rule,
)
from okrkit.okr.pacing import (
    Status as Status,
)
from okrkit.okr.pacing import (
    cadence as cadence,
)
from okrkit.okr.pacing import (
    confidence as confidence,
)
from okrkit.okr.pacing import (
    expected as expected,
)
from okrkit.okr.pacing import (
    pace as pace,
)
from okrkit.okr.pacing import (
    pace_rules as pace_rules,
)
from okrkit.okr.reading import (
    parse_okrs as parse_okrs,
)
from okrkit.okr.reading import (
    to_text as to_text,
)
from okrkit.okr.scoring import (
    progress_of as progress_of,
)
from okrkit.okr.scoring import (
    score as score,
)
from okrkit.okr.scoring import (
    success as success,
)
from okrkit.okr.scoring import (
    too_easy as too_easy,
)
from okrkit.okr.tables import (
    check_ins_to_frame as check_ins_to_frame,
)
from okrkit.okr.tables import (
    score_frame as score_frame,
)
from okrkit.okr.tables import (
    to_frame as to_frame,
)
from okrkit.plots.alignment import plot_alignment as plot_alignment
from okrkit.plots.comparison import plot_comparison as plot_comparison
from okrkit.plots.confidence import plot_confidence as plot_confidence
from okrkit.plots.mastery import plot_calibration as plot_calibration
from okrkit.plots.mastery import plot_progress as plot_progress
from okrkit.plots.pacing import plot_pace as plot_pace
from okrkit.plots.scores import plot_scores as plot_scores
from okrkit.plots.strategy import plot_strategy_map as plot_strategy_map
from okrkit.practice.progress.transfer import (
    delete_history as delete_history,
)
from okrkit.practice.progress.transfer import (
    export_history as export_history,
)
from okrkit.practice.progress.transfer import (
    import_history as import_history,
)
from okrkit.practice.scheduling import (
    exam_date as exam_date,
)
from okrkit.practice.scheduling import (
    set_exam_date as set_exam_date,
)
from okrkit.text import (
    Text as Text,
)
from okrkit.text import (
    set_language as set_language,
)
from okrkit.views.answer_view import answer as answer
from okrkit.views.bsc_view import explore_bsc as explore_bsc
from okrkit.views.clinic_view import clinic as clinic
from okrkit.views.exam_view import exam as exam
from okrkit.views.progress_view import progress as progress
from okrkit.views.quiz_view import quiz as quiz
from okrkit.views.review_view import review as review
from okrkit.views.score_view import explore_score as explore_score
from okrkit.writing.linting import lint as lint
from okrkit.writing.rules import writing_rules as writing_rules

__version__: str
_HOMES: dict[str, str]
__all__: list[str]
