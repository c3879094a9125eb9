"""One row per key result, one per check-in, and a whole company scored at once."""

import math
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.okr.alignment import tree
from okrkit.okr.bands import SCHEMES, band
from okrkit.okr.bsc import achievement
from okrkit.okr.comparing import compare_bsc
from okrkit.okr.cycles import quarter
from okrkit.okr.documents import Plan
from okrkit.okr.examples import example
from okrkit.okr.forecasting import Forecast, forecast
from okrkit.okr.model import (
    CheckIn,
    Child,
    Keep,
    KeyResult,
    Metric,
    Milestones,
    Objective,
    Okrs,
    Step,
    YesNo,
)
from okrkit.okr.reading import parse_okrs
from okrkit.okr.scoring import score
from okrkit.okr.tables import check_ins_to_frame, score_frame, to_frame

NAN = float("nan")
TEXTS = {"objective": "str", "key_result": "str", "unit": "str", "kind": "str", "objective_id": "str"}
EVERY_KIND = (
    KeyResult("m", Metric(20, 40, unit="%"), check_ins=(CheckIn(date(2026, 1, 9), 30, 6, "느림"),), weight=2),
    KeyResult("k", Keep(high=25, current=24, unit="%")),
    KeyResult("s", Milestones((Step("a", done=True), Step("b", weight=3)))),
    KeyResult("y", YesNo(done=False)),
    KeyResult("c", Child("team")),
    KeyResult("n"),
)
COMPANY = (
    Objective("company", EVERY_KIND),
    Objective("team", (KeyResult("t", Metric(0, 4, 1)),), id="team"),
)


def test_each_key_result_is_a_row_and_the_unknown_is_missing():
    frame = to_frame(parse_okrs("O: a\nKR: 재방문율 20% -> 35% (now 14%)\nKR: 앱을 출시한다"))
    wanted = pd.DataFrame(
        {
            "objective": ["a", "a"],
            "key_result": ["재방문율 20% -> 35%", "앱을 출시한다"],
            "baseline": [20.0, NAN],
            "target": [35.0, NAN],
            "current": [14.0, NAN],
            "unit": ["%", ""],
            "progress": [-0.4, NAN],
            "score": [0.0, NAN],
            "kind": ["metric", "none"],
            "weight": [1.0, 1.0],
            "confidence": [NAN, NAN],
            "objective_id": ["#1", "#1"],
        }
    )
    pd.testing.assert_frame_equal(frame, wanted.astype(TEXTS))


def test_every_kind_of_key_result_has_its_name_weight_and_confidence():
    frame = to_frame(COMPANY)
    assert frame["kind"].to_list() == ["metric", "keep", "milestones", "yes_no", "child", "none", "metric"]
    assert frame["weight"].to_list() == [2, 1, 1, 1, 1, 1, 1]
    assert frame["confidence"].dropna().to_dict() == {0: 6.0}
    assert frame["score"].dropna().to_dict() == {0: 0.5, 1: 1.0, 2: 0.25, 3: 0.0, 4: 0.25, 6: 0.25}


def test_each_check_in_is_a_row():
    seen = (CheckIn(date(2026, 1, 9), 30, 6, "느림"), CheckIn(date(2026, 1, 16), 50))
    objective = Objective(
        "a", (KeyResult("b", Metric(20, 40, unit="%"), check_ins=seen), KeyResult("c", check_ins=seen[:1]))
    )
    wanted = pd.DataFrame(
        {
            "objective": ["a", "a", "a"],
            "key_result": ["b", "b", "c"],
            "on": pd.to_datetime(["2026-01-09", "2026-01-16", "2026-01-09"]).astype("datetime64[s]"),
            "value": [30.0, 50.0, 30.0],
            "unit": ["%", "%", ""],
            "progress": [0.5, 1.5, NAN],
            "confidence": [6.0, NAN, 6.0],
            "note": ["느림", "", "느림"],
            "objective_id": ["#1"] * 3,
        }
    )
    pd.testing.assert_frame_equal(
        check_ins_to_frame(objective),
        wanted.astype(dict.fromkeys(("objective", "key_result", "unit", "note", "objective_id"), "str")),
    )


def test_a_check_in_without_a_value_makes_no_progress():
    felt = KeyResult("b", Metric(20, 40, 30), check_ins=(CheckIn(date(2026, 1, 9), confidence=6),))
    frame = check_ins_to_frame(Objective("a", (felt,)))
    assert frame[["value", "progress"]].isna().all(axis=None)
    assert frame["confidence"].to_list() == [6]
    assert to_frame(Objective("a", (felt,)))["current"].to_list() == [30]


def test_nothing_to_show_is_an_empty_table_of_the_same_kind():
    objective = parse_okrs("O: a")[0]
    assert to_frame(objective).dtypes.equals(to_frame(parse_okrs("O: a\nKR: b")).dtypes)
    assert check_ins_to_frame(objective).dtypes.equals(check_ins_to_frame(COMPANY).dtypes)


def company(*rows: tuple[object, ...], **columns: object) -> pd.DataFrame:
    """Return key results as a table: objective, baseline, target, current."""
    names = ["objective", "baseline", "target", "current"]
    return pd.DataFrame(list(rows), columns=names).assign(**columns)


def test_a_company_is_scored_banded_and_rolled_up_in_order_of_first_appearance():
    found = score_frame(
        company(
            ("b", 0, 100, 85),
            ("a", 100, 60, 80),
            ("b", 0, 100, 60),
            ("b", 0, 100, None),
            ("c", 0, 1, None),
            ("a", 0, 10, 10),
            weight=[1.0, 3, 1, 5, 1, 1],
        )
    )
    wanted = pd.DataFrame(
        {
            "objective": ["b", "a", "c"],
            "score": [0.725, 0.625, NAN],
            "band": pd.Categorical(["green", "yellow", None], ["red", "yellow", "green"], ordered=True),
            "worst": [0.6, 0.5, NAN],
            "counted": [2, 2, 0],
            "total": [3, 2, 1],
        }
    )
    pd.testing.assert_frame_equal(found, wanted)


numbers = st.floats(-1e6, 1e6).map(lambda value: round(value, 9)) | st.integers(-9, 9).map(float)
measures = st.tuples(numbers, numbers, st.none() | numbers).filter(lambda each: each[0] != each[1])
weights = st.floats(0.01, 100) | st.just(1.0) | st.floats(5e-324, 1.7e308)
rows = st.tuples(st.integers(0, 5), measures, weights)


@given(st.lists(rows, max_size=30), st.sampled_from(list(SCHEMES)))
def test_a_table_scores_exactly_as_its_objectives_do(company_rows: list[tuple], scheme: str):
    table = company(
        *((name, *measure) for name, measure, _ in company_rows), weight=[row[2] for row in company_rows]
    )
    together: dict[int, list[KeyResult]] = {}
    for name, measure, weight in company_rows:
        together.setdefault(name, []).append(KeyResult("", Metric(*measure), weight=weight))
    found = score_frame(table, scheme=scheme)
    assert found["objective"].to_list() == list(together)
    for row, key_results in zip(found.itertuples(), together.values(), strict=True):
        wanted = score(Objective("", tuple(key_results)))
        assert (row.counted, row.total) == (wanted.counted, wanted.total)
        if wanted.value is None:
            assert all(pd.isna(each) for each in (row.score, row.band, row.worst))
        else:
            assert (row.score, row.worst) == (wanted.value, wanted.worst)  # to the last bit
            assert row.band == band(wanted.value, scheme).name


@given(st.floats(0, 1) | st.sampled_from([0.35, 0.65, 0.845, 1 / 3, 2 / 3]), st.sampled_from(list(SCHEMES)))
def test_a_table_bands_each_float_near_a_bound_as_band_does(value: float, scheme: str):
    step = SCHEMES[scheme].step or Decimal(0)
    bounds = [float(each.floor - step / 2) for each in SCHEMES[scheme].bands[1:]]
    near = [math.nextafter(bound - 5e-10, way) for bound in bounds for way in (0, 1)] + [*bounds, value]
    found = score_frame(company(*((n, 0, 1, each) for n, each in enumerate(near))), scheme=scheme)
    assert found["band"].to_list() == [band(each, scheme).name for each in near]


def test_objectives_with_the_same_words_stay_apart_by_their_id():
    twins = [
        Objective("빵", (KeyResult("폐기", Metric(0, 4, n)),), id=each)
        for n, each in enumerate(("a", "", ""))
    ]
    found = score_frame(to_frame(twins))
    assert found[["objective_id", "objective", "score"]].to_numpy().tolist() == [
        ["a", "빵", 0.0],
        ["#2", "빵", 0.25],
        ["#3", "빵", 0.5],
    ]


def test_a_plan_one_key_result_and_several_objectives_have_the_same_table():
    for held in (Okrs(COMPANY), Plan(Okrs(COMPANY)), list(COMPANY)):
        pd.testing.assert_frame_equal(to_frame(held), to_frame(COMPANY))
        pd.testing.assert_frame_equal(check_ins_to_frame(held), check_ins_to_frame(COMPANY))
    alone = to_frame(EVERY_KIND[0]).loc[0, ["objective", "key_result", "score", "weight"]]
    assert alone.to_list() == ["", "m", 0.5, 2.0]


def test_a_tree_is_one_row_an_objective_each_above_those_that_serve_it():
    okrs = [
        Objective("c", (KeyResult("", YesNo(True)),), id="c", parent="b", owner="다"),
        Objective("b", id="b", parent="a"),
        Objective("a", (KeyResult("", Child("c")),), id="a"),
        Objective("d"),
    ]
    assert to_frame(tree(okrs)).fillna(-1).to_numpy().tolist() == [
        [0, "a", "", 1.0, "a", ""],
        [1, "b", "", -1.0, "b", "a"],
        [2, "c", "다", 1.0, "c", "b"],
        [0, "d", "", -1.0, "", ""],
    ]


def test_a_forecast_is_one_row_with_the_reason_where_there_is_none(english: None):
    assert to_frame(Forecast(0.5, 0.25, 0.75)).to_dict("records") == [
        {"score": 0.5, "low": 0.25, "high": 0.75, "reason": ""}
    ]
    found = to_frame(forecast(EVERY_KIND[5], quarter(2026, 1), date(2026, 2, 1)))
    assert found["reason"].to_list() == ["only a key result with a metric has a forecast"]
    assert found["score"].isna().all()


def test_the_table_of_objectives_of_every_kind_scores_as_they_do():
    found = score_frame(to_frame(COMPANY))
    wanted = [score(each, objectives=COMPANY) for each in COMPANY]
    assert found["score"].to_list() == [each.value for each in wanted]
    assert found["worst"].to_list() == [each.worst for each in wanted]
    assert found[["counted", "total"]].to_numpy().tolist() == [[each.counted, each.total] for each in wanted]


@pytest.mark.parametrize(
    "names", [[7, 3, 7], ["b", "a", "b"], [("b", 1), ("a", 2), ("b", 1)], [1.5, "a", 1.5]]
)
def test_any_hashable_names_an_objective(names: list[object]):
    table = pd.DataFrame({"baseline": 0, "target": 1, "current": [1, 0, 0]}).assign(
        objective=pd.Series(names)
    )
    assert score_frame(table)["objective"].to_list() == names[:2]


def test_a_table_may_come_from_excel_with_empty_and_nullable_cells():
    table = company(("a", 0, 10, "5"), ("a", "0", 10, None), weight=pd.array([1, 2], dtype="Int64"))
    found = score_frame(table.convert_dtypes())
    assert (found.loc[0, "score"], found.loc[0, "counted"]) == (0.5, 1)


def test_no_rows_are_no_objectives():
    found = score_frame(company())
    assert (len(found), list(found)) == (0, ["objective", "score", "band", "worst", "counted", "total"])


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            company(("a", 0, 1, 1), ("a", 3, 3, 1)),
            "df.iloc[1]: baseline and target are both 3, so there is no progress to measure; write as target the value you want to reach",
        ),
        (
            company(("a", 0, 1e-300, 1e300)),
            "df.iloc[0]: baseline, target and current value are too far apart; write a number that was measured",
        ),
        (company(("a", 0, math.inf, 1)), "df.iloc[0]: not a finite number; write a number that was measured"),
        (
            company(("a", 0, 1, -math.inf)),
            "df.iloc[0]: not a finite number; write a number that was measured",
        ),
        (
            company(("a", -1e308, 1e308, 1)),
            "df.iloc[0]: baseline, target and current value are too far apart; write a number that was measured",
        ),
        (company(("a", NAN, 1, 1)), "df.iloc[0]: not a finite number; write a number that was measured"),
        (
            company(("a", NAN, NAN, math.inf)),
            "df.iloc[0]: not a finite number; write a number that was measured",
        ),
        (
            company(("a", 0, 1, 1), weight=0),
            "df.iloc[0]: the weight 0.0 is not above 0; write a number above 0",
        ),
        (
            company(("a", 0, 1, 1), weight=NAN),
            "df.iloc[0]: the weight nan is not above 0; write a number above 0",
        ),
        (
            company(("a", 0, 1, 1), (None, 0, 1, 1)),
            "df.iloc[1]: no objective is named; name the objective it belongs to",
        ),
        (
            company(("a", 0, 1, 1), ("a", 0, 1, "1 %")),
            "df.iloc[1]: current is not a number; write, say, 35, without its unit",
        ),
        (
            company(("a", 0, 1, 1)).drop(columns="target"),
            "there is no column 'target'; the columns are objective, baseline, target, current",
        ),
    ],
)
def test_a_wrong_row_is_named_with_its_remedy(table: pd.DataFrame, said: str, english: None):
    with pytest.raises(ContentError) as caught:
        score_frame(table)
    assert str(caught.value) == said


def test_of_many_wrong_rows_the_first_ten_are_named():
    with pytest.raises(ContentError) as caught:
        score_frame(pd.DataFrame({"objective": np.arange(99), "baseline": 0, "target": 0, "current": 0}))
    assert [each.path for each in caught.value.problems] == [f"df.iloc[{row}]" for row in range(10)]


def test_a_scorecard_is_one_row_a_measure():
    frame = to_frame(example("cafe_bsc"))
    scorecard = example("cafe_bsc")
    measures = [each for view in scorecard.perspectives for box in view.objectives for each in box.measures]
    assert frame["measure"].tolist() == [each.text for each in measures]
    assert frame["achievement"].tolist() == [achievement(each).value for each in measures]
    assert set(frame["kind"]) == {"lead", "lag"}


def test_a_comparison_is_one_row_a_point():
    comparison = compare_bsc(example("cafe"), example("cafe_bsc"))
    assert to_frame(comparison).to_dict("records") == comparison.to_rows()
