"""OKRs as tables."""

from collections.abc import Sequence

import pandas as pd

from okrkit.okr.model import Keep, Metric, Objective, current_value
from okrkit.okr.scoring import progress, score

_COLUMNS = {
    "objective": "str",
    "key_result": "str",
    "baseline": "float64",
    "target": "float64",
    "current": "float64",
    "unit": "str",
    "progress": "float64",
    "score": "float64",
}


def to_frame(okrs: Objective | Sequence[Objective]) -> pd.DataFrame:
    """Return one row per key result.

    Args:
        okrs: An objective, or several.

    Returns:
        Columns objective, key_result, baseline, target, current, unit, progress
        (unclamped fraction) and score (0-1). A number that is not known is NaN,
        a unit that is not known is empty.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> okrs = parse_okrs("O: Regulars bring friends" + chr(10) + "KR: return rate 20% -> 35% (now 29%)")
        >>> to_frame(okrs).loc[0, ["target", "score"]].to_list()
        [35.0, 0.6]
    """
    objectives = [okrs] if isinstance(okrs, Objective) else okrs
    rows = []
    for objective in objectives:
        for key_result in objective.key_results:
            measure = key_result.measure if isinstance(key_result.measure, Metric) else None
            bounds = (measure.baseline, measure.target) if measure else (None, None)
            unit = key_result.measure.unit if isinstance(key_result.measure, Metric | Keep) else ""
            known = (*bounds, current_value(key_result), unit)
            scored = score(key_result, objectives=objectives).value
            rows.append(
                (objective.text, key_result.text, *known, progress(key_result, None, objectives), scored)
            )
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
