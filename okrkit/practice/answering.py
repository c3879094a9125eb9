"""Writing an answer against the clock: what is on the sheet, how it is marked, what it leaves to review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from okrkit.practice.bank import Bank
from okrkit.practice.exam import IN_TRANSIT, deadline
from okrkit.practice.grading import grade
from okrkit.practice.items import Written
from okrkit.practice.progress import Attempt, Progress, Sitting
from okrkit.practice.rubrics import Marks, mark, rows
from okrkit.practice.scheduling import local_day


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer while it is written and marked; kept as a draft.

    Args:
        text: What is written; empty where it is written on paper.
        rows: How many rows it fills on the learner's screen, or on paper.
        until: How many letters were there when time was up; None while it is not.
        done: When the learner laid down the pen (ISO 8601); empty before.
        lines: Keys of the rubric's lines that the learner lets stand; None before they are looked at.
        caps: Keys of the caps that the learner lets stand.
    """

    text: str = ""
    rows: int = 0
    until: int | None = None
    done: str = ""
    lines: tuple[str, ...] | None = None
    caps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """An answer that was written and marked.

    Args:
        at: When it was begun.
        minutes: How long it took.
        rows: How many rows it fills.
        points: What the learner gave it.
        lines: Keys of the lines that stand.
    """

    at: datetime
    minutes: float
    rows: int
    points: int
    lines: tuple[str, ...]


def sheet_of(sitting: Sitting, item: Written, progress: Progress) -> Sheet:
    """Return the sheet as it was left."""
    kept: dict[str, Any] = progress.drafts(sitting).get(item.id, {})
    lines = kept.get("lines")
    fixed = {"lines": None if lines is None else tuple(lines), "caps": tuple(kept.get("caps", ()))}
    return Sheet(**(kept | fixed))


def written(sheet: Sheet, sitting: Sitting, text: str, filled: int, at: datetime) -> Sheet:
    """Return the sheet with what stands on it now; once time is up, a line says where it was."""
    late = at >= deadline(sitting) + IN_TRANSIT and sheet.until is None
    return replace(sheet, text=text, rows=filled, until=len(sheet.text) if late else sheet.until)


def proposed(item: Written, sheet: Sheet) -> tuple[Sheet, Marks]:
    """Return the sheet with the lines the marker proposes, if the learner has not looked at them yet.

    What was written after time was up is marked, but not proposed.
    """
    marks = mark(item, sheet.text)
    if sheet.lines is None and sheet.text.strip():
        timely = mark(item, sheet.text[: sheet.until])
        sheet = replace(sheet, lines=timely.found, caps=timely.caps)
    return replace(sheet, lines=sheet.lines or ()), marks


def answer_of(sheet: Sheet) -> dict[str, str]:
    """Return the raw answer that goes into the history."""
    filled = sheet.rows or rows(sheet.text)
    lines, caps = " ".join(sheet.lines or ()), " ".join(sheet.caps)
    return {"text": sheet.text, "lines": lines, "caps": caps, "rows": str(filled)}


def confirm(sheet: Sheet, sitting: Sitting, item: Written, progress: Progress) -> Sitting:
    """Record an answer with the learner's own marks, and end its sitting."""
    at, raw = datetime.fromisoformat(sheet.done), answer_of(sheet)
    progress.record(Attempt(sitting.id, item.id, raw, grade(item, raw).score, at))
    return progress.end(sitting, at)


def tries(item: Written, name: str, progress: Progress) -> list[Try]:
    """Return the answers to a prompt that were marked, in the order they were begun.

    Args:
        item: The prompt.
        name: How the names of its sittings begin.
        progress: Where they are.
    """
    found = []
    for sitting in progress.sittings(name):
        for attempt in progress.attempts(sitting):
            if attempt.item == item.id and isinstance(attempt.answer, dict):
                lines = tuple(attempt.answer.get("lines", "").split())
                filled = int(attempt.answer.get("rows") or rows(attempt.answer.get("text", "")))
                took = (attempt.at - sitting.began) / timedelta(minutes=1)
                points = round(attempt.score * item.points)
                found.append(Try(sitting.began, took, filled, points, lines))
    return found


def owed(bank: Bank, attempts: Sequence[Attempt], today: date) -> list[str]:
    """Return the questions that written answers left to review: one for each claim that was missed.

    A claim behind a line that the latest answer to a prompt lacks is asked for from the
    day after, by the question about it that was practised least lately, until one of its
    questions has been practised since. All is derived from the attempts.

    Args:
        bank: Where prompts and questions are.
        attempts: In the order they were given.
        today: The learner's day; what was done on it changes nothing until tomorrow.
    """
    prompts = {name: item for name, item in bank.items.items() if isinstance(item, Written)}
    if not any(each.item in prompts for each in attempts):
        return []
    latest, quizzed = {each.item: each for each in attempts if local_day(each.at) < today}, bank.quizzed
    found: dict[str, None] = {}
    for item, given in ((prompts[name], latest[name]) for name in latest if name in prompts):
        parts = grade(item, given.answer).parts
        missed = {name for key, part in parts.items() if not part.right for name in item.rubric[key].claims}
        for claim in sorted(missed):
            about = [name for name, each in quizzed.items() if claim in each.claims]
            times = {name: latest[name].at for name in about if name in latest}
            if about and not any(at > given.at for at in times.values()):
                found[_least_lately(about, times)] = None
    return list(found)


def _least_lately(names: Sequence[str], times: Mapping[str, datetime]) -> str:
    """Return the first that was never practised, else the one practised longest ago."""
    never = [name for name in names if name not in times]
    return never[0] if never else min(times, key=lambda name: times[name])
