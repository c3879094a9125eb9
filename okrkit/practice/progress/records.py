"""What a history holds, and how it is read from its rows."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

import sqlalchemy as sa
from pydantic import AwareDatetime, Field

from okrkit.practice.grading import Raw
from okrkit.practice.progress.schema import ATTEMPTS, DRAFTS, SITTINGS

Condition = sa.ColumnElement[bool] | sa.TextClause
Confidence = Literal["sure", "likely", "guess"]

STRICT: dict[str, str] = {"extra": "forbid"}

# What a file that is imported may say; a day at either end of the calendar has no place in every time zone.
Count = Annotated[int, Field(ge=0, le=10**9)]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(1970, 1, 2, tzinfo=UTC), le=datetime(2500, 1, 1, tzinfo=UTC))
]
Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[float, Field(gt=0, le=10**6)]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One pass through a quiz.

    Args:
        id: Unique name.
        quiz: Which quiz, with its options.
        number: First, second, … pass, counted from 1.
        began: When, with its time zone.
        place: Id of the question looked at last; empty at the start.
        items: Ids of the questions, where not all of the quiz are asked; None for all.
        seed: Of the order of choices, where the sitting has one of its own.
        hints: How many hints were seen, by the question's id.
        minutes: How long it may take; None where time does not count.
        ended: When it was handed in or its time ran out; None while it goes on.
        heard: The latest moment known of while it went on: no clock set back undoes it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    id: str
    quiz: str
    number: Count
    began: Moment
    place: str = ""
    items: tuple[str, ...] | None = None
    seed: int | None = None
    hints: Mapping[str, Count] = field(default_factory=dict)
    minutes: Minutes | None = None
    ended: Moment | None = None
    heard: Moment | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer that was given.

    Args:
        sitting: Id of the sitting.
        item: Id of the question.
        answer: The raw answer.
        score: What it was worth when it was given, 0.0 to 1.0.
        at: When, with its time zone.
        nth: Which try at this question in this sitting, counted from 1.
        confidence: How sure the learner was before; None if not asked.
        hints: How many hints were seen before.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    sitting: str
    item: str
    answer: Raw
    score: Share
    at: Moment
    nth: Count = 1
    confidence: Confidence | None = None
    hints: Count = 0


def sittings(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> tuple[Sitting, ...]:
    """Return sittings in the order they began."""
    columns = [SITTINGS.c[each.name] for each in fields(Sitting)]
    query = sa.select(*columns).where(*where).order_by(sa.text("rowid"))
    return tuple(_sitting(*row) for row in connection.execute(query))


def latest_sitting(connection: sa.Connection, quiz: str) -> Sitting | None:
    """Return the latest sitting of a quiz; None before the first."""
    newest = sa.select(sa.func.max(SITTINGS.c.number)).where(SITTINGS.c.quiz == quiz).scalar_subquery()
    return next(iter(sittings(connection, SITTINGS.c.quiz == quiz, SITTINGS.c.number == newest)), None)


def add_sitting(
    connection: sa.Connection,
    quiz: str,
    at: datetime,
    items: Sequence[str] | None,
    *,
    seed: int | None,
    minutes: float | None,
) -> Sitting:
    """Begin the next sitting of a quiz."""
    before = latest_sitting(connection, quiz)
    number = before.number + 1 if before else 1
    chosen = None if items is None else tuple(items)
    begun = Sitting(uuid.uuid4().hex, quiz, number, at, "", chosen, seed, minutes=minutes)
    connection.execute(sa.insert(SITTINGS).values(to_row(begun)))
    return begun


def to_row(sitting: Sitting) -> dict[str, Any]:
    """Return a sitting as its table keeps it."""
    moments = {"began": sitting.began, "ended": sitting.ended, "heard": sitting.heard}
    return {
        **asdict(sitting),
        **{name: at and at.isoformat() for name, at in moments.items()},
        "items": None if sitting.items is None else json.dumps(sitting.items),
        "seed": None if sitting.seed is None else str(sitting.seed),
        "hints": json.dumps(sitting.hints) if sitting.hints else None,
    }


def attempts(connection: sa.Connection, *where: Condition) -> tuple[Attempt, ...]:
    """Return attempts in the order they were given."""
    return tuple(attempt for _, attempt in named_attempts(connection, *where))


def named_attempts(connection: sa.Connection, *where: Condition) -> tuple[tuple[str, Attempt], ...]:
    """Return attempts with their ids, in the order they were given."""
    columns = [ATTEMPTS.c.id, *(ATTEMPTS.c[each.name] for each in fields(Attempt))]
    query = sa.select(*columns).where(*where).order_by(sa.text("rowid"))
    return tuple((row[0], _attempt(row[1:])) for row in connection.execute(query))


def drafts(connection: sa.Connection, sitting: str) -> dict[str, Any]:
    """Return the latest of what is being written in a sitting, by the question's id."""
    query = sa.select(DRAFTS.c.item, DRAFTS.c.value).where(DRAFTS.c.sitting == sitting)
    return {item: json.loads(value) for item, value in connection.execute(query)}


def draft(row: Sequence[Any]) -> tuple[str, str, Any, datetime]:
    """Return sitting, question, value and moment of a draft."""
    sitting, item, value, at = row
    return sitting, item, json.loads(value), datetime.fromisoformat(at)


def _sitting(*row: Any) -> Sitting:  # noqa: ANN401  (as the file has it)
    name, quiz, number, began, place, items, seed, hints, minutes, ended, heard = row
    try:
        return Sitting(
            name,
            quiz,
            int(number),
            datetime.fromisoformat(began),
            place,
            None if items is None else tuple(json.loads(items)),
            None if seed is None else int(seed),
            json.loads(hints or "{}"),
            None if minutes is None else float(minutes),
            None if ended is None else datetime.fromisoformat(ended),
            None if heard is None else datetime.fromisoformat(heard),
        )
    except TypeError as error:  # as of an attempt
        raise ValueError(str(error)) from error


def _attempt(row: Sequence[Any]) -> Attempt:
    try:
        sitting, item, answer, score, at, nth, confidence, hints = row
        given, when = json.loads(answer), datetime.fromisoformat(at)
        return Attempt(sitting, item, given, float(score), when, int(nth), confidence, int(hints))
    except TypeError as error:  # nothing, where the table allows no nothing: damage, like any other nonsense
        raise ValueError(str(error)) from error
