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
from sqlalchemy.exc import SQLAlchemyError

from okrkit.errors import Problem, ProgressError
from okrkit.files import home
from okrkit.practice.grading import Raw
from okrkit.text import Text

Result = TypeVar("Result")

SCHEMA = 1  # kept in the file, so that a later okrkit knows what it reads
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
        url = sa.URL.create("sqlite", database=str(self.path))
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)
        sa.event.listen(self._engine, "connect", _prepare)
        sa.event.listen(self._engine, "begin", _begin)

    def sitting(self, quiz: str, at: datetime) -> Sitting:
        """Return the latest sitting of a quiz; the first begins now if there is none."""

        def latest_or_first(connection: sa.Connection) -> Sitting:
            query = sa.select(_SITTINGS.c.id, _SITTINGS.c.number, _SITTINGS.c.place).where(
                _SITTINGS.c.quiz == quiz
            )
            row = connection.execute(query.order_by(_SITTINGS.c.number.desc()).limit(1)).one_or_none()
            return (
                Sitting(row.id, quiz, row.number, row.place) if row else _begin_sitting(connection, quiz, at)
            )

        return self._run(latest_or_first)

    def begin(self, quiz: str, at: datetime) -> Sitting:
        """Begin the next sitting of a quiz."""
        return self._run(lambda connection: _begin_sitting(connection, quiz, at))

    def record(self, attempt: Attempt) -> Attempt:
        """Write an attempt to disk; when this returns, it is there.

        Returns:
            The attempt that stands: an earlier one at the same question in the same
            sitting, given in another notebook, is kept and returned.
        """
        values = {
            "id": uuid.uuid4().hex,
            "sitting": attempt.sitting,
            "item": attempt.item,
            "answer": json.dumps(attempt.answer, ensure_ascii=False),
            "score": attempt.score,
            "at": attempt.at.isoformat(),
        }

        def insert(connection: sa.Connection) -> Attempt:
            earlier = [each for each in _attempts(connection, attempt.sitting) if each.item == attempt.item]
            if not earlier:
                connection.execute(sa.insert(_ATTEMPTS).values(values))
            return earlier[0] if earlier else attempt

        return self._run(insert)

    def move(self, sitting: Sitting, place: str) -> Sitting:
        """Remember which question is looked at."""
        query = sa.update(_SITTINGS).where(_SITTINGS.c.id == sitting.id).values(place=place)
        self._run(lambda connection: connection.execute(query))
        return replace(sitting, place=place)

    def attempts(self, sitting: Sitting) -> tuple[Attempt, ...]:
        """Return the attempts of a sitting, in the order they were given."""
        return self._run(lambda connection: _attempts(connection, sitting.id))

    def _run(self, work: Callable[[sa.Connection], Result]) -> Result:
        """Do some work in one transaction, in a file that has its tables."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._engine.begin() as connection:
                self._make_tables(connection)
                return work(connection)
        except (SQLAlchemyError, OSError, ValueError) as error:
            said = error.__cause__ or error
            what = Text(
                "학습 기록을 저장하거나 읽지 못했습니다 ({said})",
                "your history could not be saved or read ({said})",
            )
            fix = Text(
                "{path} 파일이 온전한지, 권한과 디스크의 남은 공간을 확인하세요",
                "see that {path} is sound, may be written, and has room on its disk",
            )
            raise ProgressError(Problem(what.fill(said=said), fix.fill(path=self.path))) from error

    def _make_tables(self, connection: sa.Connection) -> None:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version == 0:
            _TABLES.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
        elif version != SCHEMA:
            what = Text(
                "{path}은(는) 다른 판의 okrkit이 쓴 기록입니다",
                "{path} was written by another version of okrkit",
            )
            raise ProgressError(
                Problem(what.fill(path=self.path), Text("okrkit을 새로 받으세요", "update okrkit"))
            )


def _begin_sitting(connection: sa.Connection, quiz: str, at: datetime) -> Sitting:
    query = sa.select(sa.func.max(_SITTINGS.c.number)).where(_SITTINGS.c.quiz == quiz)
    number = (connection.execute(query).scalar() or 0) + 1
    sitting = Sitting(uuid.uuid4().hex, quiz, number)
    values = {"id": sitting.id, "quiz": quiz, "number": number, "began": at.isoformat(), "place": ""}
    connection.execute(sa.insert(_SITTINGS).values(values))
    return sitting


def _attempts(connection: sa.Connection, sitting: str) -> tuple[Attempt, ...]:
    query = sa.select(_ATTEMPTS).where(_ATTEMPTS.c.sitting == sitting).order_by(sa.text("rowid"))
    return tuple(
        Attempt(row.sitting, row.item, json.loads(row.answer), row.score, datetime.fromisoformat(row.at))
        for row in connection.execute(query)
    )


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin alone
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once: two notebooks may look and then write, but not both between."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
