"""When to see a question again: FSRS, and a schedule that knows the exam date.

The memory model is FSRS-6 with its published default weights and no fuzz (Open
Spaced Repetition, package ``fsrs``; Ye, Su and Cao, "A Stochastic Shortest Path
Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022). A question is
one card. All is derived from the attempts; only the exam date is kept, and, for speed,
what they came to by this morning (``remembered``).

Time is counted in the learner's own days: what is answered at 23:50 and at 0:10
lies a day apart, and nothing comes back on the day it was answered.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from pathlib import Path
from statistics import median
from types import MappingProxyType

from fsrs import Card, Rating, Scheduler

from okrkit.errors import ContentError, Problem
from okrkit.files import display, home, read_bytes
from okrkit.okr.filing import replace_file
from okrkit.practice.marking import worth
from okrkit.practice.progress import Attempt, Progress
from okrkit.text import Text

RETENTION = 0.9
"""Probability of recall at which a question comes back: FSRS's own default."""

FINAL_DAYS = 7
"""Days before the exam in which every question is seen once more."""

SECONDS = 60.0
"""Taken for a question, its feedback read, until there are ``ENOUGH`` answers to tell; an assumption."""

ENOUGH = 10
RECENT = 300  # attempts that tell how fast the learner is by now
LONGEST = 600  # seconds between two answers; beyond, the learner was away

# No steps within a day: a question that was missed comes back tomorrow at the earliest.
_FSRS = Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)

_RULE = [1, _FSRS.to_dict()]  # to be raised when a grade or a day comes out otherwise

Memories = Mapping[str, Card]
"""What FSRS holds of each question practised, by the question's id."""


def local_day(at: datetime) -> date:
    """Return the learner's day of a moment: that of the computer's time zone, from midnight."""
    return at.astimezone().date()


def rating(attempt: Attempt) -> Rating:
    """Return how well a first try was remembered, in FSRS's four grades.

    Again below half of what it is worth with its hints; Hard if partly right, helped
    by a hint, or right by a guess; Easy if right and "sure"; Good otherwise. The rule is
    okrkit's own; as FSRS asks, what was forgotten is never called Hard.

    Example:
        >>> tried = Attempt("s", "x/one", "b", 1.0, datetime(2026, 1, 5, tzinfo=UTC), confidence="sure")
        >>> rating(tried).name
        'Easy'
    """
    earned = worth([attempt])
    if earned < 0.5:
        return Rating.Again
    if earned < 1 or attempt.confidence == "guess":
        return Rating.Hard
    return Rating.Easy if attempt.confidence == "sure" else Rating.Good


def memories(attempts: Iterable[Attempt], before: date, since: Memories = MappingProxyType({})) -> Memories:
    """Return what is held of each question practised before a day, from the first tries alone.

    Args:
        attempts: In any order.
        before: The learner's day; what was answered on it or later does not count.
        since: What was held before the first of the attempts.
    """
    reviews: dict[str, list[tuple[date, Rating]]] = {}
    for attempt in attempts:
        if attempt.nth == 1 and (day := local_day(attempt.at)) < before:
            reviews.setdefault(attempt.item, []).append((day, rating(attempt)))
    replayed = {name: _replayed(sorted(days), since.get(name)) for name, days in reviews.items()}
    return {**since, **replayed}


def remembered(progress: Progress, today: date) -> tuple[Memories, tuple[Attempt, ...]]:
    """Return what was held of each question this morning, and the attempts since.

    To replay ten thousand answers takes a quarter of a second. So what they came to is kept
    in a file beside the history and only what is new is replayed; without the file, or
    where it does not fit the history, it is made again.
    """
    kept = progress.path.with_suffix(".memories.json")
    seen, held = _read_kept(kept)
    new = progress.since(seen)
    if new is None or not _follow(new, held, today):
        held, new = {}, progress.since() or ()
    old = list(takewhile(lambda each: local_day(each[1].at) < today, new))
    held = memories((attempt for _, attempt in old), today, held)
    if old:
        cards = {name: card.to_dict() for name, card in held.items()}
        text = json.dumps({"rule": _RULE, "seen": old[-1][0], "cards": cards})
        with suppress(ContentError):  # what cannot be kept is replayed next time
            replace_file(kept, text.encode(), kept.name)
    late = tuple(attempt for _, attempt in new[len(old) :])
    return memories(late, today, held), tuple(each for each in late if local_day(each.at) >= today)


def reviewed(memory: Card, grade: Rating, on: date) -> Card:
    """Return the memory after one more review; the one before stays as it was."""
    return _FSRS.review_card(memory, grade, _moment(on))[0]


def retrievability(memory: Card, on: date) -> float:
    """Return the estimated probability, 0.0 to 1.0, of recall on a day if it is not reviewed till then."""
    return _FSRS.get_card_retrievability(memory, _moment(on))


def due(held: Memories, today: date, exam: date | None = None) -> list[str]:
    """Return the questions due today, the first to ask first.

    Without an exam date, or more than ``FINAL_DAYS`` before it: those whose recall has
    fallen to ``RETENTION`` by FSRS, the longest overdue first. In the days before
    the exam, every question is seen once more, however far off it was due: as many a day
    as leave an equal share to each day, the steadiest memories first, so that the last
    days go to what would most likely be forgotten on the day. What is missed then
    comes back by FSRS.

    That order is chosen by simulation (``tests/practice/test_scheduling.py``): asking the
    most endangered first, which sounds better, leaves them the longest time to fade.

    Args:
        held: The memories as they were this morning.
        today: The learner's day.
        exam: The day of the exam; on it and after it, it counts no more.
    """
    waiting = sorted(
        (name for name in held if held[name].due <= _moment(today)), key=lambda name: (held[name].due, name)
    )
    left = (exam - today).days if exam else 0
    if not exam or not 0 < left <= FINAL_DAYS:
        return waiting
    opened = exam - timedelta(FINAL_DAYS)
    unseen = {name for name in held if _last(held[name]) < opened}
    steady = sorted(unseen, key=lambda name: (-retrievability(held[name], exam), name))
    return [name for name in waiting if name not in unseen] + steady[: math.ceil(len(unseen) / left)]


def next_day(held: Memories, today: date, exam: date | None = None) -> date:
    """Return the next day after today on which something is due.

    Raises:
        ValueError: If nothing was practised.
    """
    days = [max(card.due.date(), today + timedelta(1)) for card in held.values()]
    opened = exam - timedelta(FINAL_DAYS) if exam else today
    return min(days + [opened] * (bool(days) and opened > today))


def seconds_each(attempts: Sequence[Attempt]) -> float:
    """Return how long the learner takes for a question: the median between two first tries of a sitting.

    Of the last ``RECENT`` attempts. Gaps over ten minutes are left out; with fewer than ten
    left, it is ``SECONDS``.
    """
    firsts = [attempt for attempt in attempts[-RECENT:] if attempt.nth == 1]
    gaps = [
        (later.at - earlier.at).total_seconds()
        for earlier, later in pairwise(firsts)
        if earlier.sitting == later.sitting
    ]
    kept = [gap for gap in gaps if 0 < gap <= LONGEST]
    return median(kept) if len(kept) >= ENOUGH else SECONDS


def exam_date() -> date | None:
    """Return the day of the exam; None if none is set.

    Raises:
        ContentError: If the file that keeps it holds no day.
    """
    path = _exam_file()
    if not path.exists():
        return None
    return _as_day(read_bytes(path).decode(errors="replace").strip(), display(path))


def set_exam_date(day: date | str | None) -> date | None:
    """Set the day of the exam, which ``ok.review()`` then serves; None takes it back.

    Args:
        day: A day such as ``"2027-05-15"``.

    Returns:
        The day as it is now kept in okrkit's home; ``ok.exam_date()`` reads it back.

    Raises:
        ContentError: If it is no day, or cannot be written.

    Example:
        >>> set_exam_date("2027-05-15")
        datetime.date(2027, 5, 15)
        >>> exam_date() == set_exam_date(exam_date())
        True
        >>> set_exam_date(None)
    """
    path = _exam_file()
    if day is None:
        path.unlink(missing_ok=True)
        return None
    kept = _as_day(str(day))
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)  # what fails here fails below, with its reason
    replace_file(path, f"{kept}\n".encode(), display(path))
    return kept


def _exam_file() -> Path:
    return home() / "exam_date.txt"


def _as_day(said: str, file: str = "") -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        what = Text("'{said}'은(는) 날짜가 아닙니다", "'{said}' is no day").fill(said=said[:40])
        fix = Text('ok.set_exam_date("2027-05-15")처럼 쓰세요', 'write ok.set_exam_date("2027-05-15")')
        raise ContentError(Problem(what, fix, file=file)) from None


def _replayed(reviews: Iterable[tuple[date, Rating]], since: Card | None = None) -> Card:
    card = since or Card(card_id=0)
    for day, grade in reviews:
        card = reviewed(card, grade, day)
    return card


def _read_kept(path: Path) -> tuple[str, Memories]:
    """Return the last attempt that was replayed and what was held then; nothing if that cannot be told."""
    try:
        kept = json.loads(path.read_bytes())
        if kept["rule"] == _RULE:
            return kept["seen"], {name: Card.from_dict(card) for name, card in kept["cards"].items()}
    except (OSError, ValueError, TypeError, KeyError):
        pass
    return "", {}


def _follow(new: Iterable[tuple[str, Attempt]], held: Memories, today: date) -> bool:
    """Tell whether attempts are all later than what is held, and that is before today.

    Neither holds where a history was imported or a clock set back.
    """
    last = {name: _last(card) for name, card in held.items()}
    days = ((attempt.item, local_day(attempt.at)) for _, attempt in new)
    return max(last.values(), default=date.min) < today and all(
        last.get(item, date.min) < day for item, day in days
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _last(memory: Card) -> date:
    return memory.last_review.date() if memory.last_review else date.min
