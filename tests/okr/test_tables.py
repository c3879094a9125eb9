"""One row per key result."""

import pandas as pd

from okrkit.okr.reading import parse_okrs
from okrkit.okr.tables import to_frame


def test_each_key_result_is_a_row_and_the_unknown_is_missing():
    frame = to_frame(parse_okrs("O: a\nKR: 재방문율 20% -> 35% (now 14%)\nKR: 앱을 출시한다"))
    nan = float("nan")
    wanted = pd.DataFrame(
        {
            "objective": ["a", "a"],
            "key_result": ["재방문율 20% -> 35%", "앱을 출시한다"],
            "baseline": [20.0, nan],
            "target": [35.0, nan],
            "current": [14.0, nan],
            "unit": ["%", ""],
            "progress": [-0.4, nan],
            "score": [0.0, nan],
        }
    )
    pd.testing.assert_frame_equal(
        frame, wanted.astype({"objective": "str", "key_result": "str", "unit": "str"})
    )


def test_no_key_result_is_an_empty_table_of_the_same_kind():
    objective = parse_okrs("O: a")[0]
    assert to_frame(objective).dtypes.equals(to_frame(parse_okrs("O: a\nKR: b")).dtypes)
