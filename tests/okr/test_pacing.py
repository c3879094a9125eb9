"""Pace by the published rules, and check-ins kept up or not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from okrkit.errors import ContentError
from okrkit.okr.cycles import Cycle, quarter
from okrkit.okr.forecasting import forecast
from okrkit.okr.model import CheckIn, Child, KeyResult, Metric, Objective, Okrs, YesNo
from okrkit.okr.pacing import RULES, Cadence, Pace, Rule, Status, cadence, confidence, expected, pace
from okrkit.text import Text

HUNDRED_DAYS = Cycle(date(2026, 1, 1), date(2026, 4, 10))
HALFWAY = date(2026, 2, 19)
QUARTER = quarter(2026, 1)


def at(share: float, sure: float | None = None) -> KeyResult:
    """Return a key result that has come this share of its way."""
    return KeyResult("", Metric(0, 1), check_ins=(CheckIn(HUNDRED_DAYS.start, share, sure),))


@pytest.mark.parametrize(
    ("day", "share"),
    [(date(2025, 12, 1), 0), (date(2026, 1, 1), 0.01), (HALFWAY, 0.5), (date(2026, 5, 1), 1)],
)
def test_expected_progress_grows_with_the_days_and_stays_within_the_cycle(day: date, share: float):
    assert expected(HUNDRED_DAYS, day) == share


@pytest.mark.parametrize(
    ("actual", "label", "status"),
    [(0.33, Text("순조", "on track"), "on_track"), (0.32, Text("뒤처짐", "behind"), "behind")],
)
def test_viva_calls_33_of_33_percent_on_track_and_less_behind(actual: float, label: Text, status: str):
    """support.microsoft.com, Viva Goals phased targets: expected 33 %."""
    assert pace(at(actual), HUNDRED_DAYS, date(2026, 2, 2)) == Pace(0.33, actual, status, label)


@pytest.mark.parametrize(
    ("rule", "actual", "status"),
    [
        ("viva", 0.5, "on_track"),
        ("viva", 0.4999, "behind"),
        ("viva", -0.5, "behind"),
        ("burningokr", 0.3, "on_track"),
        ("burningokr", 0.2999, "in_danger"),
        ("burningokr", 0.1, "in_danger"),
        ("burningokr", 0.0999, "off_track"),
        ("upraise", 0.475, "on_track"),
        ("upraise", 0.4749, "lagging"),
        ("upraise", 0.375, "lagging"),
        ("upraise", 0.3749, "at_risk"),
    ],
)
def test_each_rule_has_the_bounds_its_source_publishes_halfway(rule: str, actual: float, status: str):
    assert pace(at(actual), HUNDRED_DAYS, HALFWAY, rule).status == status


def test_binary_dust_puts_nobody_behind():
    day_55 = HUNDRED_DAYS.start + timedelta(54)
    assert pace(at(0.35), HUNDRED_DAYS, day_55, "burningokr").status == "on_track"


@pytest.mark.parametrize(
    ("sure", "status"),
    [
        (10, "on_track"),
        (8, "on_track"),
        (7.5, "on_track"),  # half up, as 7 and 8 leave a gap
        (7.4, "has_issues"),
        (4, "has_issues"),
        (3, "at_risk"),
        (0, "at_risk"),
    ],
)
def test_koan_looks_at_confidence_alone(sure: float, status: str):
    """help.koan.co 3459501."""
    assert pace(at(0.1, sure), HUNDRED_DAYS, HALFWAY, "koan").status == status


def test_a_rule_with_nothing_to_look_at_tells_nothing():
    unsure, unmeasured = at(0.1), KeyResult("", check_ins=(CheckIn(HUNDRED_DAYS.start, 0, 9),))
    assert pace(unsure, HUNDRED_DAYS, HALFWAY, "koan") is None
    assert pace(unmeasured, HUNDRED_DAYS, HALFWAY) is None
    assert pace(unmeasured, HUNDRED_DAYS, HALFWAY, "koan") == Pace(
        0.5, None, "on_track", Text("순조", "on track")
    )


def test_only_check_ins_up_to_the_day_count():
    moving = KeyResult("", Metric(0, 1), check_ins=(CheckIn(HALFWAY, 0.5), CheckIn(date(2026, 3, 1), 0.1)))
    assert pace(moving, HUNDRED_DAYS, HALFWAY).status == "on_track"
    assert pace(moving, HUNDRED_DAYS, date(2026, 3, 1)).status == "behind"
    assert pace(moving, HUNDRED_DAYS, date(2026, 1, 5)) is None


def test_a_child_objective_is_found_among_the_objectives():
    child = Objective("", (KeyResult("", YesNo(done=True)),), id="team")
    assert pace(KeyResult("", Child("team")), HUNDRED_DAYS, HALFWAY, "viva", [child]).actual == 1


def test_ones_own_rule_is_a_value():
    half = Rule(
        "half",
        "progress",
        (Status("fine", Text("좋음", "fine"), share=0.5), Status("low", Text("낮음", "low"))),
        "mine",
    )
    assert [pace(at(each), HUNDRED_DAYS, HALFWAY, half).status for each in (0.25, 0.24)] == ["fine", "low"]


def test_an_unknown_rule_is_named_with_the_nearest():
    with pytest.raises(ContentError) as caught:
        pace(at(0.5), HUNDRED_DAYS, HALFWAY, "burning")
    assert str(caught.value) == "규칙 'burning'이(가) 없습니다; 'burningokr'(으)로 쓰려던 것인가요?"


def test_confidence_is_what_was_last_said_whatever_the_order():
    said = (CheckIn(date(2026, 2, 1), 0, 4), CheckIn(date(2026, 1, 9), 0, 7), CheckIn(date(2026, 3, 1), 0))
    assert [
        confidence(KeyResult("", check_ins=said), day) for day in (None, date(2026, 1, 31), date(2026, 1, 1))
    ] == [4, 7, None]


def test_a_check_in_may_say_a_confidence_alone():
    felt = KeyResult("", Metric(0, 1, 0.5), check_ins=(CheckIn(HUNDRED_DAYS.start, confidence=9),))
    assert pace(felt, HUNDRED_DAYS, HALFWAY, "koan").status == "on_track"
    assert pace(felt, HUNDRED_DAYS, HALFWAY).actual == 0.5
    assert cadence(felt.check_ins, HUNDRED_DAYS, date(2026, 1, 7)) == Cadence(1, 1, ())


def on(*days: date) -> list[CheckIn]:
    return [CheckIn(day, 0) for day in days]


def test_a_check_in_every_week_of_a_quarter_keeps_the_cadence():
    weekly = on(*(QUARTER.start + timedelta(weeks=week, days=4) for week in range(13)))
    whole = Cadence(kept=12, due=12, missed=())  # 90 days: 12 weeks, and six days nobody asks for
    assert cadence(weekly, QUARTER, QUARTER.end) == cadence(weekly, QUARTER, date(2027, 1, 1)) == whole


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2026, 1, 6), Cadence(0, 0, ())),
        (date(2026, 1, 7), Cadence(1, 1, ())),
        (date(2026, 1, 20), Cadence(1, 2, (date(2026, 1, 8),))),
        (date(2026, 1, 21), Cadence(2, 3, (date(2026, 1, 8),))),
        (date(2025, 12, 1), Cadence(0, 0, ())),
    ],
)
def test_a_week_is_due_when_it_is_over(day: date, kept: Cadence):
    two_in_one_week = on(date(2026, 1, 21), date(2026, 1, 7), date(2026, 1, 15), date(2025, 12, 30))
    assert cadence(two_in_one_week, QUARTER, day) == kept


def test_months_run_from_the_first_day_of_the_cycle_and_end_with_short_months():
    cycle = Cycle(date(2025, 12, 31), date(2026, 3, 30))
    seen = on(date(2026, 1, 30), date(2026, 2, 27))
    assert cadence(seen, cycle, cycle.end, "monthly") == Cadence(2, 3, (date(2026, 2, 28),))
    assert cadence((), QUARTER, date(2026, 3, 30), "monthly").missed == (date(2026, 1, 1), date(2026, 2, 1))


@pytest.mark.parametrize(("every", "due"), [("weekly", 4), ("monthly", 0)])
def test_the_last_days_of_the_calendar_are_due_as_far_as_there_is_a_day_after_them(every: str, due: int):
    end = Cycle(date(9999, 12, 1), date(9999, 12, 31))
    assert cadence((), end, end.end, every).due == due


@pytest.mark.parametrize("ask", [pace, forecast, lambda *known: cadence((), *known[1:])])
def test_without_a_cycle_or_a_day_it_says_what_to_pass(english: None, ask: Callable[..., object]):
    key_result = KeyResult("", Metric(0, 100, 50))
    with pytest.raises(
        ContentError, match=r"^cycle: no cycle is known; pass one, say, ok\.quarter\(2026, 1\)$"
    ):
        ask(key_result, Okrs(()).cycle_of(key_result), HALFWAY)
    with pytest.raises(ContentError, match=r"^at: not a date"):
        ask(key_result, QUARTER, "2026-02-14")


def test_only_an_agreed_interval_is_looked_for(english: None):
    with pytest.raises(ContentError, match="there is no interval 'daily'"):
        cadence((), QUARTER, HALFWAY, "daily")


def test_labels_can_be_printed_on_a_korean_windows_console():
    labels = [each.label for rule in RULES.values() for each in rule.statuses]
    assert all((label.ko + label.en).encode("cp949") for label in labels)
