"""The learner's history, and the only place that writes it.

Attempts are only ever added, and hold the answer as it was given; whatever
else one wants to know is derived from them. A sitting is one pass through a
quiz: it lets a cell that runs again show the answers already given.

A history outlives what happens to it: an older one is migrated after a copy of
it was made, a damaged one is set aside under another name and a new one begun.
"""

import json
import sqlite3
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from okrkit.errors import Problem, ProgressError
from okrkit.files import home
from okrkit.practice.grading import Raw
from okrkit.text import Text

Result = TypeVar("Result")
Confidence = Literal["sure", "likely", "guess"]

SCHEMA = 3  # kept in the file, so that a later okrkit knows what it reads
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
    sa.Column("items", sa.String),
    sa.Column("seed", sa.String),  # as text: a seed may be larger than SQLite's integers
    sa.Column("hints", sa.String),
    sa.UniqueConstraint("quiz", "number"),
)
_ATTEMPTS = sa.Table(
    "attempt",
    _TABLES,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("sitting", sa.String, sa.ForeignKey("sitting.id"), nullable=False),
    sa.Column("item", sa.String, nullable=False, index=True),
    sa.Column("answer", sa.String, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("at", sa.String, nullable=False),
    sa.Column("nth", sa.Integer, nullable=False, server_default="1"),
    sa.Column("confidence", sa.String),
    sa.Column("hints", sa.Integer, nullable=False, server_default="0"),
)
_ONCE = sa.Index("attempt_once", _ATTEMPTS.c.sitting, _ATTEMPTS.c.item, _ATTEMPTS.c.nth, unique=True)

_MIGRATIONS = {  # from the version named to the next
    1: (
        "ALTER TABLE sitting ADD COLUMN items VARCHAR",
        "ALTER TABLE sitting ADD COLUMN seed VARCHAR",
        "ALTER TABLE attempt ADD COLUMN nth INTEGER DEFAULT '1' NOT NULL",
        "ALTER TABLE attempt ADD COLUMN confidence VARCHAR",
        "ALTER TABLE attempt ADD COLUMN hints INTEGER DEFAULT '0' NOT NULL",
        # Version 1 kept one attempt by care alone; were there ever two, both are kept, as two tries.
        "UPDATE attempt SET nth = (SELECT count(*) FROM attempt AS earlier WHERE earlier.sitting ="
        " attempt.sitting AND earlier.item = attempt.item AND earlier.rowid <= attempt.rowid)"
        " WHERE rowid NOT IN (SELECT min(rowid) FROM attempt GROUP BY sitting, item)",
        "DROP INDEX ix_attempt_sitting",
        "CREATE UNIQUE INDEX attempt_once ON attempt (sitting, item, nth)",
    ),
    2: ("ALTER TABLE sitting ADD COLUMN hints VARCHAR",),
}

_NOT_SAVED = Text("이 답은 저장되지 않았습니다", "this answer was not saved")
_NOT_USED = Text("학습 기록을 저장하거나 읽지 못했습니다", "your history could not be saved or read")
_CAUSES = {  # SQLite's reason in a learner's words, and the remedy
    sqlite3.SQLITE_FULL: (
        Text("디스크가 가득 찼습니다", "the disk is full"),
        Text("{path} 파일이 있는 디스크를 비우고 다시 하세요", "free the disk of {path} and do it again"),
    ),
    sqlite3.SQLITE_READONLY: (
        Text("읽기만 할 수 있는 파일입니다", "the file may only be read"),
        Text("{path} 파일에 쓸 권한을 주고 다시 하세요", "allow writing to {path} and do it again"),
    ),
    sqlite3.SQLITE_BUSY: (
        Text("다른 프로그램이 쓰고 있습니다", "another program is using it"),
        Text("{path} 파일을 쓰는 프로그램을 닫고 다시 하세요", "close what uses {path} and do it again"),
    ),
    sqlite3.SQLITE_CONSTRAINT: (  # the sitting went with a damaged file
        Text("학습 기록이 그사이 새로 시작되었습니다", "your history was begun anew meanwhile"),
        Text("다시 하세요", "do it again"),
    ),
}
_OTHER_REMEDY = Text(
    "{path} 파일의 권한과 디스크의 남은 공간을 확인하고 다시 하세요",
    "see that {path} may be written and has room on its disk, and do it again",
)
_SET_ASIDE = Text(
    "학습 기록이 손상되어 새로 시작했습니다. 손상된 파일은 지우지 않고 옮겨 두었습니다: {aside}",
    "Your history was damaged, so a new one was begun. The damaged file was kept: {aside}",
)
_FAILURES = (SQLAlchemyError, sqlite3.Error, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One pass through a quiz.

    Args:
        id: Unique name.
        quiz: Which quiz, with its options.
        number: First, second, … pass, counted from 1.
        place: Id of the question looked at last; empty at the start.
        items: Ids of the questions, where not all of the quiz are asked; None for all.
        seed: Of the order of choices, where the sitting has one of its own.
        hints: How many hints were seen, by the question's id.
    """

    id: str
    quiz: str
    number: int
    place: str = ""
    items: tuple[str, ...] | None = None
    seed: int | None = None
    hints: Mapping[str, int] = field(default_factory=dict)


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

    sitting: str
    item: str
    answer: Raw
    score: float
    at: datetime
    nth: int = 1
    confidence: Confidence | None = None
    hints: int = 0


class Progress:
    """A learner's history in a SQLite file, which is made when first needed.

    Args:
        path: The file; ``progress.sqlite`` in okrkit's home if None.

    Attributes:
        notices: What the learner should be told once; whoever shows a notice takes it out.

    Raises:
        ProgressError: From every method, if the file cannot be read or written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or home() / "progress.sqlite"
        self.notices: list[Text] = []
        # No pool: a file that is replaced, or a folder that is moved, is seen at once.
        url = sa.URL.create("sqlite", database=str(self.path))
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)
        sa.event.listen(self._engine, "connect", _prepare)
        sa.event.listen(self._engine, "begin", _begin)

    def sitting(self, quiz: str, at: datetime) -> Sitting:
        """Return the latest sitting of a quiz; the first begins now if there is none."""

        def latest_or_first(connection: sa.Connection) -> Sitting:
            return _latest_sitting(connection, quiz) or _begin_sitting(connection, quiz, at)

        return self._run(latest_or_first)

    def begin(
        self, quiz: str, at: datetime, items: Sequence[str] | None = None, seed: int | None = None
    ) -> Sitting:
        """Begin the next sitting of a quiz, of some of its questions only if ``items`` names them."""
        chosen = None if items is None else tuple(items)
        return self._run(lambda connection: _begin_sitting(connection, quiz, at, chosen, seed))

    def record(self, attempt: Attempt) -> Attempt:
        """Write an attempt to disk; when this returns, it is there.

        Returns:
            The attempt that stands: an earlier one of the same number at the same question
            in the same sitting, given in another notebook, is kept and returned.
        """
        values = asdict(attempt) | {
            "id": uuid.uuid4().hex,
            "answer": json.dumps(attempt.answer),
            "at": attempt.at.isoformat(),
        }

        def keep_the_first(connection: sa.Connection) -> Attempt:
            connection.execute(insert(_ATTEMPTS).values(values).on_conflict_do_nothing(_ONCE.columns))
            (stands,) = _attempts(connection, *(column == values[column.name] for column in _ONCE.columns))
            return stands

        return self._run(keep_the_first, _NOT_SAVED)

    def move(self, sitting: Sitting, place: str) -> Sitting:
        """Remember which question is looked at."""
        query = sa.update(_SITTINGS).where(_SITTINGS.c.id == sitting.id).values(place=place)
        self._run(lambda connection: connection.execute(query))
        return replace(sitting, place=place)

    def hint(self, sitting: Sitting, item: str, nth: int) -> Sitting:
        """Remember that the hints of a question were seen up to the ``nth``, before they are shown."""

        def remember(connection: sa.Connection) -> Sitting:
            this = _SITTINGS.c.id == sitting.id
            seen = json.loads(connection.execute(sa.select(_SITTINGS.c.hints).where(this)).scalar() or "{}")
            hints = {**seen, item: max(nth, seen.get(item, 0))}
            connection.execute(sa.update(_SITTINGS).where(this).values(hints=json.dumps(hints)))
            return replace(sitting, hints=hints)

        return self._run(remember)

    def attempts(self, sitting: Sitting | None = None) -> tuple[Attempt, ...]:
        """Return the attempts of a sitting, or of all of them, in the order they were given."""
        chosen = () if sitting is None else (_ATTEMPTS.c.sitting == sitting.id,)
        return self._run(lambda connection: _attempts(connection, *chosen))

    def _run(self, work: Callable[[sa.Connection], Result], failed: Text = _NOT_USED) -> Result:
        """Do some work in one transaction; a damaged file is set aside, and the work done in a new one."""
        seen = _identity(self.path)
        try:
            try:
                return self._transact(work)
            except _FAILURES as error:
                if seen is None or not (self.path.is_dir() or _is_damage(error)):
                    raise
                self._set_aside(seen)
            return self._transact(work)
        except _FAILURES as error:
            raise _explained(error, failed, self.path) from error

    def _transact(self, work: Callable[[sa.Connection], Result]) -> Result:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._engine.begin() as connection:
            self._bring_up_to_date(connection)
            return work(connection)

    def _bring_up_to_date(self, connection: sa.Connection) -> None:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version == SCHEMA:
            return
        if not 0 <= version < SCHEMA:
            what = Text("{path}은(는) 다른 판의 okrkit이 쓴 기록입니다", "{path} is of another okrkit")
            fix = Text("okrkit을 새로 받으세요", "update okrkit")
            raise ProgressError(Problem(what.fill(path=self.path), fix))
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
        if version:
            self._migrate(connection, version)
        else:
            _TABLES.create_all(connection)

    def _migrate(self, connection: sa.Connection, version: int) -> None:
        """Bring an older history up to date; a copy of what it was stays beside it.

        The copy gets its name last: one made by halves never looks like a whole one.
        """
        part = self.path.with_name(f"{self.path.name}-part")
        part.unlink(missing_ok=True)
        try:
            # Another connection: it still sees the file as it was before this transaction.
            with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
            for older in range(version, SCHEMA):
                for statement in _MIGRATIONS[older]:
                    connection.exec_driver_sql(statement)
            part.replace(_beside(self.path, f"v{version}"))
        finally:
            part.unlink(missing_ok=True)

    def _set_aside(self, seen: tuple[int, int]) -> None:
        """Rename the file that was seen to be damaged, unless another notebook has done so meanwhile."""
        turn = self.path.with_name(f"{self.path.name}-turn")
        with closing(sqlite3.connect(turn, PATIENCE_MS / 1000)) as one_at_a_time:
            try:
                one_at_a_time.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error:  # another did the work, and took away the file by which turns are taken
                if _identity(self.path) == seen:
                    raise
            if _identity(self.path) == seen:
                aside = _beside(self.path, "damaged")
                self.path.rename(aside)
                self.notices.append(_SET_ASIDE.fill(aside=aside))
        with suppress(OSError):
            turn.unlink()


def _identity(path: Path) -> tuple[int, int] | None:
    """Tell one file from another that took its name; None if there is none."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def _beside(path: Path, mark: str) -> Path:
    """Return a name beside a file that nothing bears yet."""
    names = (path.with_name(f"{path.stem}.{mark}-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not name.exists())


def _code(error: Exception) -> int:
    """Return SQLite's own number for an error; 0 if it is not SQLite's."""
    code: int = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
    return code & 0xFF  # the rest is detail


def _is_damage(error: Exception) -> bool:
    """Tell damage from a full disk, a lock or a missing permission."""
    unreadable = isinstance(error, ValueError) and not isinstance(error, UnicodeEncodeError)
    return unreadable or _code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _explained(error: Exception, failed: Text, path: Path) -> ProgressError:
    said = str(getattr(error, "orig", error))
    cause, remedy = _CAUSES.get(_code(error), (Text(said, said), _OTHER_REMEDY))
    what = Text("{failed} ({cause})", "{failed} ({cause})").fill(failed=failed, cause=cause)
    return ProgressError(Problem(what, remedy.fill(path=path)))


def _latest_sitting(connection: sa.Connection, quiz: str) -> Sitting | None:
    query = sa.select(_SITTINGS).where(_SITTINGS.c.quiz == quiz).order_by(_SITTINGS.c.number.desc())
    row = connection.execute(query.limit(1)).one_or_none()
    if row is None:
        return None
    items = None if row.items is None else tuple(json.loads(row.items))
    seed, hints = None if row.seed is None else int(row.seed), json.loads(row.hints or "{}")
    return Sitting(row.id, quiz, row.number, row.place, items, seed, hints)


def _begin_sitting(
    connection: sa.Connection,
    quiz: str,
    at: datetime,
    items: tuple[str, ...] | None = None,
    seed: int | None = None,
) -> Sitting:
    query = sa.select(sa.func.max(_SITTINGS.c.number)).where(_SITTINGS.c.quiz == quiz)
    number = (connection.execute(query).scalar() or 0) + 1
    sitting = Sitting(uuid.uuid4().hex, quiz, number, "", items, seed)
    kept = {
        "items": None if items is None else json.dumps(items),
        "seed": None if seed is None else str(seed),
        "hints": None,
    }
    values = asdict(sitting) | kept | {"began": at.isoformat()}
    connection.execute(sa.insert(_SITTINGS).values(values))
    return sitting


def _attempts(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> tuple[Attempt, ...]:
    columns = [_ATTEMPTS.c[each.name] for each in fields(Attempt)]
    query = sa.select(*columns).where(*where).order_by(sa.text("rowid"))
    return tuple(_attempt(row) for row in connection.execute(query))


def _attempt(row: Sequence[Any]) -> Attempt:
    try:
        sitting, item, answer, score, at, nth, confidence, hints = row
        given, when = json.loads(answer), datetime.fromisoformat(at)
        return Attempt(sitting, item, given, float(score), when, int(nth), confidence, int(hints))
    except TypeError as error:  # nothing, where the table allows no nothing: damage, like any other nonsense
        raise ValueError(str(error)) from error


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin alone
    connection.text_factory = bytes.decode  # what is no text is a ValueError, not worded like a lock
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    connection.execute("PRAGMA synchronous = EXTRA")  # a commit survives a power cut, too
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once: two notebooks may look and then write, but not both between."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
