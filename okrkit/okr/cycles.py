"""The time in which objectives are to be reached."""

import calendar
from dataclasses import dataclass
from datetime import date

from okrkit.okr.checking import check_day, check_fields, refuse
from okrkit.text import Text


@dataclass(frozen=True, slots=True)
class Cycle:
    """The time in which the objectives are to be reached.

    Args:
        start: First day.
        end: Last day, after the first.

    Raises:
        ContentError: If it ends before it begins.

    Example:
        >>> quarter(2026, 1)
        Cycle(start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31))
        >>> quarter(2026, 1).elapsed(date(2026, 2, 14))
        0.5
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        check_fields(self)
        if self.end <= self.start:
            what = Text(
                "주기가 {end}에 끝나 시작보다 늦지 않습니다", "the cycle ends on {end}, not after its start"
            )
            fix = Text("끝을 시작보다 늦게 쓰세요", "write an end after the start")
            refuse(what.fill(end=self.end), fix)

    def elapsed(self, at: date) -> float:
        """Return the share of the cycle that has passed by the end of a day, from 0.0 to 1.0."""
        days = (self.end - self.start).days + 1
        return min(max(((at - self.start).days + 1) / days, 0.0), 1.0)


def last_day(cycle: Cycle, at: date) -> date:
    """Return up to which day a cycle has run: ``at``, or its end if that is earlier.

    Raises:
        ContentError: If no cycle is known, as with OKRs read from text, or ``at`` is no day.
    """
    if not isinstance(cycle, Cycle):
        what = Text("주기를 알 수 없습니다", "no cycle is known")
        fix = Text("ok.quarter(2026, 1)처럼 넘기세요", "pass one, say, ok.quarter(2026, 1)")
        refuse(what, fix, "cycle")
    check_day(at)
    return min(at, cycle.end)


def quarter(year: int, number: int) -> Cycle:
    """Return a calendar quarter, the usual cycle.

    Args:
        year: Such as 2026.
        number: From 1 to 4.

    Raises:
        ContentError: If there is no such quarter.
    """
    try:
        last = calendar.monthrange(year, 3 * number)[1]
        return Cycle(date(year, 3 * number - 2, 1), date(year, 3 * number, last))
    except (TypeError, ValueError):
        what = Text("{year}년에 {number}분기는 없습니다", "there is no quarter {number} in the year {year}")
        fix = Text(
            "quarter(2026, 1)처럼 쓰세요; 분기는 1~4", "write, say, quarter(2026, 1); quarters are 1 to 4"
        )
        refuse(what.fill(year=year, number=number), fix)
