"""The learner's history, and the only place that writes it.

Attempts are only ever added, and hold the answer as it was given; whatever
else one wants to know is derived from them. A sitting is one pass through a
quiz: it lets a cell that runs again show the answers already given.
"""

import json
import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from okrkit.errors import Problem, ProgressError
from okrkit.files import home
from okrkit.practice.grading import Raw
from okrkit.text import Text

Result = TypeVar("Result")

PATIENCE_MS = 5000  # how long to wait while another notebook writes

_TABLES = sa.MetaData()
_SITTINGS = sa.Table(
    "sitting",
    _TABLES,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("quiz", sa.String, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("began", sa.String, nullable=False),
    sa.Column("place", sa.String, nullable=False),
    sa.UniqueConstraint("quiz", "number"),
)
_ATTEMPTS = sa.Table(
    "attempt",
    _TABLES,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("sitting", sa.String, sa.ForeignKey("sitting.id"), nullable=False, index=True),
    sa.Column("item", sa.String, nullable=False, index=True),
    sa.Column("answer", sa.String, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("at", sa.String, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One pass through a quiz.

    Args:
        id: Unique name.
        quiz: Which quiz, with its options.
        number: First, second, … pass, counted from 1.
        place: Id of the question looked at last; empty at the start.
    """

    id: str
    quiz: str
    number: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer that was given.

    Args:
        sitting: Id of the sitting.
        item: Id of the question.
        answer: The raw answer.
        score: What it was worth when it was given, 0.0 to 1.0.
        at: When, with its time zone.
    """

    sitting: str
    item: str
    answer: Raw
    score: float
    at: datetime


class Progress:
    """A learner's history in a SQLite file, which is made when first needed.

    Args:
        path: The file; ``progress.sqlite`` in okrkit's home if None.

    Raises:
        ProgressError: From every method, if the file cannot be read or written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or home() / "progress.sqlite"
        # No pool: a file that is replaced, or a folder that is moved, is seen at once.
        self._engine = sa.create_engine(f"sqlite:///{self.path}", poolclass=sa.NullPool)
        sa.event.listen(self._engine, "connect", _prepare)

    def sitting(self, quiz: str, at: datetime) -> Sitting:
        """Return the latest sitting of a quiz; the first begins now if there is none."""

        def latest(connection: sa.Connection) -> Sitting | None:
            query = sa.select(_SITTINGS.c.id, _SITTINGS.c.quiz, _SITTINGS.c.number, _SITTINGS.c.place).where(
                _SITTINGS.c.quiz == quiz
            )
            row = connection.execute(query.order_by(_SITTINGS.c.number.desc()).limit(1)).one_or_none()
            return Sitting(*row) if row else None

        return self._run(latest) or self.begin(quiz, at)

    def begin(self, quiz: str, at: datetime) -> Sitting:
        """Begin the next sitting of a quiz. Where two begin at once, both get the same one."""

        def insert(connection: sa.Connection) -> Sitting:
            query = sa.select(sa.func.max(_SITTINGS.c.number)).where(_SITTINGS.c.quiz == quiz)
            number = (connection.execute(query).scalar() or 0) + 1
            sitting = Sitting(uuid.uuid4().hex, quiz, number)
            values = {"id": sitting.id, "quiz": quiz, "number": number, "began": at.isoformat(), "place": ""}
            connection.execute(sa.insert(_SITTINGS).values(values))
            return sitting

        try:
            return self._run(insert)
        except IntegrityError:
            return self.sitting(quiz, at)

    def record(self, attempt: Attempt) -> None:
        """Write an attempt to disk; when this returns, it is there."""
        values = {
            "id": uuid.uuid4().hex,
            "sitting": attempt.sitting,
            "item": attempt.item,
            "answer": json.dumps(attempt.answer, ensure_ascii=False),
            "score": attempt.score,
            "at": attempt.at.isoformat(),
        }
        self._run(lambda connection: connection.execute(sa.insert(_ATTEMPTS).values(values)))

    def move(self, sitting: Sitting, place: str) -> Sitting:
        """Remember which question is looked at."""
        query = sa.update(_SITTINGS).where(_SITTINGS.c.id == sitting.id).values(place=place)
        self._run(lambda connection: connection.execute(query))
        return replace(sitting, place=place)

    def attempts(self, sitting: Sitting) -> tuple[Attempt, ...]:
        """Return the attempts of a sitting, in the order they were given."""
        query = sa.select(_ATTEMPTS).where(_ATTEMPTS.c.sitting == sitting.id).order_by(sa.text("rowid"))
        rows = self._run(lambda connection: connection.execute(query).all())
        return tuple(
            Attempt(row.sitting, row.item, json.loads(row.answer), row.score, datetime.fromisoformat(row.at))
            for row in rows
        )

    def _run(self, work: Callable[[sa.Connection], Result]) -> Result:
        """Do some work in one transaction, in a file that has its tables."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._engine.begin() as connection:
                _TABLES.create_all(connection)
                return work(connection)
        except IntegrityError:
            raise
        except (SQLAlchemyError, OSError) as error:
            said = error.__cause__ or error
            what = Text(
                "학습 기록을 저장하거나 읽지 못했습니다 ({said})",
                "your history could not be saved or read ({said})",
            )
            fix = Text(
                "{path} 파일의 권한과 디스크의 남은 공간을 확인하세요",
                "check the permissions of {path} and the room on its disk",
            )
            raise ProgressError(Problem(what.fill(said=said), fix.fill(path=self.path))) from error


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
