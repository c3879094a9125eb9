"""What an OKR is made of."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from okrkit.errors import ContentError
from okrkit.okr.cycles import Cycle, quarter
from okrkit.okr.model import (
    CheckIn,
    Judgement,
    Keep,
    KeyResult,
    Metric,
    Milestones,
    Objective,
    Okrs,
    Step,
    YesNo,
    current_value,
    is_done,
)

JAN, FEB = date(2026, 1, 12), date(2026, 2, 9)


@pytest.mark.parametrize(
    ("number", "start", "end"),
    [
        (1, "2026-01-01", "2026-03-31"),
        (2, "2026-04-01", "2026-06-30"),
        (3, "2026-07-01", "2026-09-30"),
        (4, "2026-10-01", "2026-12-31"),
    ],
)
def test_a_quarter_is_three_whole_months(number: int, start: str, end: str):
    assert quarter(2026, number) == Cycle(date.fromisoformat(start), date.fromisoformat(end))


def test_time_elapsed_runs_from_the_first_morning_to_the_last_evening():
    cycle = quarter(2026, 1)
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 14), date(2026, 3, 31), date(2026, 4, 1))
    assert [round(cycle.elapsed(day), 4) for day in days] == [0.0, 0.0111, 0.5, 1.0, 1.0]


def test_check_ins_go_before_the_current_value_and_the_last_written_of_a_day_holds():
    check_ins = (CheckIn(JAN, 22), CheckIn(FEB, 25), CheckIn(FEB, 26))
    key_result = KeyResult("", Metric(20, 35, 29), check_ins=check_ins)
    assert current_value(key_result) == 26
    assert [current_value(key_result, day) for day in (date(2026, 1, 1), JAN, FEB)] == [None, 22, 26]
    assert current_value(KeyResult("", Metric(20, 35, 29))) == 29
    assert current_value(KeyResult("", YesNo(True))) is None


def test_a_check_in_without_a_value_tells_nothing_of_where_the_measure_stands():
    unmeasured = CheckIn(FEB, confidence=7)
    assert current_value(KeyResult("", Metric(20, 35), check_ins=(CheckIn(JAN, 22), unmeasured))) == 22
    assert current_value(KeyResult("", Metric(20, 35, 29), check_ins=(unmeasured,))) == 29


@pytest.mark.parametrize("part", [Step("a", done=True, done_on=JAN), YesNo(True, JAN)])
def test_what_is_done_counts_from_its_day_or_without_one_on_every_day(part: Step | YesNo):
    assert [is_done(part, day) for day in (date(2026, 1, 11), JAN, FEB, None)] == [False, True, True, True]
    assert is_done(replace(part, done_on=None), date(2020, 1, 1)) is True


def test_an_objective_may_have_a_cycle_of_its_own():
    year = Cycle(date(2026, 1, 1), date(2026, 12, 31))
    own, plain = Objective("a", cycle=year), Objective("b")
    assert [Okrs((own, plain), quarter(2026, 1)).cycle_of(each) for each in (own, plain)] == [
        year,
        quarter(2026, 1),
    ]
    assert Okrs((plain,)).cycle_of(plain) is None


def test_a_list_will_do_where_parts_belong():
    parts = Objective("a", [KeyResult("b", Milestones([Step("c")]), check_ins=[CheckIn(JAN, note="d")])])
    same = Objective("a", (KeyResult("b", Milestones((Step("c"),)), check_ins=(CheckIn(JAN, note="d"),)),))
    assert Okrs([parts]) == Okrs((same,))


def test_a_key_result_is_reached_for_in_the_cycle_of_its_objective():
    year, twins = Cycle(date(2026, 1, 1), date(2026, 12, 31)), [KeyResult("a") for _ in range(3)]
    okrs = Okrs((Objective("b", (twins[0],)), Objective("c", (twins[1],), health=(twins[2],), cycle=year)))
    assert [replace(okrs, cycle=quarter(2026, 1)).cycle_of(each) for each in twins] == [
        quarter(2026, 1),
        year,
        year,
    ]
    assert okrs.cycle_of(twins[0]) is None


def test_okrs_are_a_sequence_of_their_objectives():
    okrs = Okrs((Objective("a"), Objective("b")))
    assert (len(okrs), okrs[1], okrs[:1], list(okrs)) == (
        2,
        Objective("b"),
        (Objective("a"),),
        [Objective("a"), Objective("b")],
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Metric(3, 3), "so there is no progress to measure"),
        (lambda: Metric(-1e308, 1e308), "baseline, target and current value are too far apart"),
        (lambda: Metric(0, 1, float("nan")), "current: not a finite number"),
        (lambda: Metric(0, 10**400), "target: not a finite number"),
        (lambda: Metric("20", "35"), "baseline: not a number; write, say, 35, without quotes"),
        (lambda: Metric(0, 1e-300, 1e300), "baseline, target and current value are too far apart"),
        (
            lambda: KeyResult("a", Metric(0, 1e-300), check_ins=(CheckIn(JAN, 1e300),)),
            "baseline, target and current value are too far apart",
        ),
        (lambda: Objective("\ud83d"), "text: it holds half a character (a lone surrogate)"),
        (lambda: KeyResult(3), "text: not text; write it in quotes"),
        (lambda: CheckIn("2026-01-12", 1), "on: not a date; write, say, date(2026, 3, 31)"),
        (lambda: CheckIn(datetime(2026, 1, 12, tzinfo=UTC), 1), "on: not a date"),
        (lambda: CheckIn(JAN, note=" "), "there is neither value, confidence nor note"),
        (lambda: YesNo(False, JAN), "there is a day, but it is not done"),
        (lambda: Step("a", done_on=JAN), "there is a day, but it is not done"),
        (lambda: quarter(2026, 5), "there is no quarter 5 in the year 2026"),
        (lambda: quarter(10000, 1), "there is no quarter 1 in the year 10000"),
        (lambda: quarter("2026", 1), "there is no quarter 1 in the year 2026"),
        (Keep, "there is no bound to keep"),
        (lambda: Keep(low=5, high=5), "the lower bound 5 is not below 5"),
        (lambda: Milestones(()), "there are no milestones"),
        (lambda: Step("a", weight=0), "the weight 0 is not above 0"),
        (lambda: KeyResult("a", weight=-1), "the weight -1 is not above 0"),
        (lambda: Objective("a", weight=float("inf")), "the weight inf is not above 0"),
        (lambda: CheckIn(JAN, 1, confidence=11), "confidence 11 is not between 0 and 10"),
        (lambda: Judgement(1.2, "a"), "the judged score 1.2 is not between 0 and 1"),
        (
            lambda: Objective("a", kind="commited"),
            "kind: this does not belong here; allowed: committed, aspirational",
        ),
        (
            lambda: Objective("a", origin="above"),
            "origin: this does not belong here; allowed: top_down, bottom_up",
        ),
        (
            lambda: Objective("a", KeyResult("b")),
            "key_results: this does not belong here; allowed: [KeyResult, …]",
        ),
        (lambda: Okrs([KeyResult("b")]), "objectives: this does not belong here; allowed: [Objective, …]"),
        (
            lambda: KeyResult("a", 0.7),
            "measure: this does not belong here; allowed: Metric, Keep, Milestones",
        ),
        (lambda: YesNo("no"), "done: neither yes nor no; write True or False"),
        (lambda: Judgement(0.7, None), "reason: not text; write it in quotes"),
        (lambda: Cycle(FEB, JAN), "the cycle ends on 2026-01-12, not after its start"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(english: None, make, said: str):
    with pytest.raises(ContentError) as caught:
        make()
    assert said in str(caught.value)
