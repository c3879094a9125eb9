"""What an OKR is made of."""

from datetime import date

import pytest

from okrkit.errors import ContentError
from okrkit.okr.model import (
    CheckIn,
    Cycle,
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
    quarter,
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
        (lambda: Metric(-1e308, 1e308), "not a finite number"),
        (lambda: Metric(0, 1, float("nan")), "not a finite number"),
        (Keep, "there is no bound to keep"),
        (lambda: Keep(low=5, high=5), "the lower bound 5 is not below 5"),
        (lambda: Milestones(()), "there are no milestones"),
        (lambda: Step("a", weight=0), "the weight 0 is not above 0"),
        (lambda: KeyResult("a", weight=-1), "the weight -1 is not above 0"),
        (lambda: Objective("a", weight=float("inf")), "the weight inf is not above 0"),
        (lambda: CheckIn(JAN, 1, confidence=11), "confidence 11 is not between 0 and 10"),
        (lambda: Judgement(1.2, "a"), "the judged score 1.2 is not between 0 and 1"),
        (lambda: Cycle(FEB, JAN), "the cycle ends on 2026-01-12, not after its start"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(english: None, make, said: str):
    with pytest.raises(ContentError) as caught:
        make()
    assert said in str(caught.value)
