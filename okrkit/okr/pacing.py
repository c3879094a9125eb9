"""Pace: progress beside the time that has passed, and whether check-ins are kept up."""

import calendar
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, pairwise, takewhile
from pathlib import Path
from typing import Literal

from okrkit.files import read_yaml
from okrkit.okr.bands import look_up
from okrkit.okr.cycles import Cycle, last_day
from okrkit.okr.gathering import Gatherable
from okrkit.okr.model import CheckIn, KeyResult
from okrkit.okr.scoring import progress_of, round_half_up
from okrkit.text import Text


@dataclass(frozen=True, slots=True)
class Status:
    """One verdict of a rule, given from ``share`` times what is expected, plus ``margin``, upward.

    Args:
        key: As files and tables call it, such as ``"on_track"``.
        label: As people read it.
        share: Share of the expected progress; 0 if time plays no part.
        margin: What is added to that, in progress (or, by confidence, in points of 0-10).
    """

    key: str
    label: Text
    share: float = 0.0
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule that tells who is on track; one's own is just another value.

    Args:
        name: Its name.
        looks_at: Progress, or the owner's confidence rounded half up to a whole number.
        statuses: From the best; the first that is reached holds, and else the last.
        source: Where it is published.
    """

    name: str
    looks_at: Literal["progress", "confidence"]
    statuses: tuple[Status, ...]
    source: str


RULES: dict[str, Rule] = {
    each.name: each for each in read_yaml(Path(__file__).with_name("pace_rules.yaml"), tuple[Rule, ...]).value
}
"""The published rules by name."""


def pace_rules() -> dict[str, Rule]:
    """Return the published rules by name, each with its statuses.

    Example:
        >>> [status.key for status in pace_rules()["viva"].statuses]
        ['on_track', 'behind']
    """
    return dict(RULES)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a key result fares for the time that has passed.

    Args:
        expected: Progress to be expected by now, 0 to 1.
        actual: Progress by now, not clamped; None, by a rule on confidence, where nothing is measured.
        status: The rule's verdict, such as ``"behind"``.
        label: The same as people read it.
    """

    expected: float
    actual: float | None
    status: str
    label: Text


@dataclass(frozen=True, slots=True)
class Cadence:
    """Whether check-ins came as often as agreed.

    Args:
        kept: Number of due periods with a check-in.
        due: Number of periods that are over.
        missed: First days of the due periods without one, in order.
    """

    kept: int
    due: int
    missed: tuple[date, ...]


def expected(cycle: Cycle, at: date) -> float:
    """Return the progress to be expected by the end of a day: the share of the cycle that has passed.

    Linear in time, as Viva Goals has it; 0.0 before the cycle, 1.0 after it.

    Args:
        cycle: The time there is.
        at: The day.

    Example:
        >>> from okrkit.okr.cycles import quarter
        >>> expected(quarter(2026, 1), date(2026, 2, 14))
        0.5
    """
    until = last_day(cycle, at)
    return cycle.elapsed(until)


def pace(
    key_result: KeyResult,
    cycle: Cycle,
    at: date,
    rule: str | Rule = "viva",
    objectives: Gatherable = (),
) -> Pace | None:
    """Compare a key result's progress with what the time passed lets expect.

    Args:
        key_result: The key result.
        cycle: The time there is: that of its objective, ``okrs.cycle_of(key_result)``.
        at: By the end of this day.
        rule: A name in ``pace_rules()``, or a rule of one's own.
        objectives: Where child objectives are found.

    Returns:
        Its pace; None if the rule has nothing to look at: no progress, or no confidence.

    Raises:
        ContentError: If no rule has this name, or no cycle is known.

    Example:
        >>> from okrkit.okr.cycles import quarter
        >>> from okrkit.okr.reading import parse_key_result
        >>> pace(parse_key_result("이탈률 12% -> 6% (now 10%)"), quarter(2026, 1), date(2026, 2, 14)).status
        'behind'
    """
    rule = look_up(RULES, rule, Text("규칙", "rule"))
    hoped, actual = expected(cycle, at), progress_of(key_result, at, objectives)
    seen = actual if rule.looks_at == "progress" else _whole(confidence(key_result, at))
    if seen is None:
        return None
    # Nine decimals, as everywhere: 0.3 is not more than 0.2 behind 0.5 for its binary dust.
    reached = (each for each in rule.statuses if round(seen - each.share * hoped - each.margin, 9) >= 0)
    status = next(reached, rule.statuses[-1])
    return Pace(hoped, actual, status.key, status.label)


def confidence(key_result: KeyResult, at: date | None = None) -> float | None:
    """Return how sure the owner is to reach the target, 0 to 10, as last said in a check-in.

    Args:
        key_result: The key result.
        at: Count check-ins up to this day only; None for all.

    Returns:
        None if no check-in says so.
    """
    said = sorted(key_result.check_ins, key=lambda each: each.on)
    values = [each.confidence for each in said if at is None or each.on <= at]
    return next((value for value in reversed(values) if value is not None), None)


def cadence(
    check_ins: Iterable[CheckIn], cycle: Cycle, at: date, every: Literal["weekly", "monthly"] = "weekly"
) -> Cadence:
    """Tell in how many weeks or months of the cycle there was a check-in.

    A week is seven days counted from the cycle's first day, a month runs from that day of
    the month. One is due once it is over; what is left of the cycle after the last whole
    one is not asked for.

    Args:
        check_ins: Of one key result, in any order; one without a value counts too.
        cycle: The time there is: that of its objective, ``okrs.cycle_of(key_result)``.
        at: By the end of this day.
        every: How often a check-in was agreed.

    Raises:
        ContentError: If it is neither weekly nor monthly, or no cycle is known.

    Example:
        >>> from okrkit.okr.cycles import quarter
        >>> kept = cadence([CheckIn(date(2026, 1, 5), 20)], quarter(2026, 1), date(2026, 1, 20))
        >>> kept.kept, kept.due, kept.missed
        (1, 2, (datetime.date(2026, 1, 8),))
    """
    period = look_up(_PERIODS, every, Text("간격", "interval"))
    days, limit = {each.on for each in check_ins}, last_day(cycle, at).toordinal() + 1
    starts = takewhile(lambda first: first.toordinal() <= limit, _starts(cycle.start, period))
    periods = list(pairwise(starts))
    missed = tuple(first for first, after in periods if not any(first <= day < after for day in days))
    return Cadence(len(periods) - len(missed), len(periods), missed)


def _starts(first: date, period: Callable[[date, int], date]) -> Iterator[date]:
    """Yield the first day of each period, as long as the calendar has one."""
    with suppress(OverflowError, ValueError):  # after the year 9999
        yield from (period(first, number) for number in count())


def _month(first: date, number: int) -> date:
    """Return the first day of a month after the first; a 31st falls back to the last day its month has."""
    years, month = divmod(first.month - 1 + number, 12)
    last = calendar.monthrange(first.year + years, month + 1)[1]
    return date(first.year + years, month + 1, min(first.day, last))


_PERIODS = {"weekly": lambda first, number: first + timedelta(weeks=number), "monthly": _month}


def _whole(points: float | None) -> float | None:
    """Round confidence: the published bounds are whole numbers and say nothing of 7.5."""
    return None if points is None else float(round_half_up(points, 0))
