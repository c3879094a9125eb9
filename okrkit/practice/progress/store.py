"""The file a history lies in: it outlives what happens to it.

An older history is migrated after a copy of it was made; a damaged one is set
aside under another name and a new one begun.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from okrkit.errors import Problem, ProgressError
from okrkit.files import home
from okrkit.practice.progress.schema import MIGRATIONS, SCHEMA, TABLES
from okrkit.text import Text

Result = TypeVar("Result")
PATIENCE_MS = 5000  # how long to wait while another notebook writes

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


class Store:
    """A SQLite file in which work is done, a transaction at a time; made when first needed.

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
            TABLES.create_all(connection)

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
                for statement in MIGRATIONS[older]:
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


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin alone
    connection.text_factory = bytes.decode  # what is no text is a ValueError, not worded like a lock
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    connection.execute("PRAGMA synchronous = EXTRA")  # a commit survives a power cut, too
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once: two notebooks may look and then write, but not both between."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
