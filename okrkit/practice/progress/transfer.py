"""A whole history in one file: written, merged into another, or deleted."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.dialects.sqlite import insert

from okrkit.errors import ContentError, Problem, ProgressError
from okrkit.files import decode, display
from okrkit.okr.filing import replace_file
from okrkit.practice.progress import records
from okrkit.practice.progress.history import Progress
from okrkit.practice.progress.records import STRICT, Attempt, Moment, Sitting
from okrkit.practice.progress.schema import ATTEMPTS, DRAFTS, SITTINGS
from okrkit.text import Text

VERSION = 1
MAX_BYTES = 100_000_000  # three hundred thousand answers; a parser should not be fed more by mistake

_FILE = "my-history.okrkit"
_WROTE = Text(
    "{path}에 내보냈습니다: 푼 횟수 {sittings}번, 답 {attempts}개",
    "Exported to {path}: {sittings} sittings, {attempts} answers",
)
_MERGED = Text(
    "{path}에서 가져왔습니다: 새로 푼 횟수 {sittings}번, 새 답 {attempts}개, 이미 있던 답 {known}개",
    "Imported from {path}: {sittings} new sittings, {attempts} new answers, {known} already there",
)
_DELETED = Text("학습 기록을 지웠습니다: 파일 {files}개", "Your history is deleted: {files} files")
_STRANGER = Text("okrkit 학습 기록이 아닙니다", "it is no okrkit history")
_EXPORTED = Text(
    "ok.export_history가 쓴 파일을 고치지 말고 그대로 쓰세요", "use a file as ok.export_history wrote it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named(Attempt):
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    id: str


@dataclass(frozen=True, slots=True)
class _Draft:
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    sitting: str
    item: str
    value: Any
    at: Moment


@dataclass(frozen=True, slots=True)
class _History:
    """What the file says; ``okrkit`` and ``version`` come first, so that it can be told for what it is."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    okrkit: Literal["history"]
    version: int
    sittings: tuple[Sitting, ...]
    attempts: tuple[_Named, ...]
    drafts: tuple[_Draft, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Transfer:
    """What was done with a history; printed as a sentence.

    Args:
        said: The sentence.
        sittings: Passes through a quiz that were written, or are new.
        attempts: Answers that were written, or are new.
        known: Answers that were there already.
    """

    said: Text
    sittings: int = 0
    attempts: int = 0
    known: int = 0

    def __str__(self) -> str:
        return str(self.said)

    __repr__ = __str__


def export_history(path: str | Path = _FILE) -> Transfer:
    """Write your whole history, with what is being written in an exam, into one file.

    Args:
        path: Where to; an earlier export is replaced, any other file is not.

    Raises:
        ContentError: If it cannot be written, or there is another file of this name.
        ProgressError: If the history cannot be read.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     written = export_history(Path(folder) / "mine.okrkit")
        >>> written.known
        0
    """
    path = Path(path).expanduser()
    if path.exists() and not _is_history(path):
        what = Text("다른 파일이 이미 있습니다", "there is another file of this name")
        raise ContentError(
            Problem(what, Text("다른 이름을 쓰세요", "choose another name"), file=display(path))
        )
    history = Progress()._run(_read)
    replace_file(path, TypeAdapter(_History).dump_json(history), display(path))
    counts = {"sittings": len(history.sittings), "attempts": len(history.attempts)}
    return Transfer(_WROTE.fill(path=display(path), **counts), **counts)


def import_history(path: str | Path = _FILE) -> Transfer:
    """Merge an exported history into yours; what is there already stays and is not doubled.

    Args:
        path: A file that ``ok.export_history`` wrote, here or on another computer.

    Raises:
        ContentError: If it is no such file, or was tampered with; nothing is changed then.
        ProgressError: If the history cannot be written; nothing is changed then.
    """
    path = Path(path).expanduser()
    history = _parse(path)
    sittings, attempts = Progress()._run(lambda connection: _merge(connection, history))
    counts = {"sittings": sittings, "attempts": attempts, "known": len(history.attempts) - attempts}
    return Transfer(_MERGED.fill(path=display(path), **counts), **counts)


def delete_history(*, yes: bool = False) -> Transfer:
    """Delete your whole history, with the copies that okrkit made of it; the exam date stays.

    Args:
        yes: Whether you mean it.

    Raises:
        ProgressError: Unless ``yes`` is True, saying how to keep a copy; or if a file cannot be deleted.
    """
    path = Progress().path
    if yes is not True:
        what = Text("학습 기록을 모두 지우며 되돌릴 수 없습니다", "this deletes your whole history for good")
        fix = Text(
            "ok.export_history()로 {copy}에 먼저 남겨 두고, 지우려면 ok.delete_history(yes=True)",
            "ok.export_history() keeps it in {copy} first; to delete it, ok.delete_history(yes=True)",
        )
        raise ProgressError(Problem(what, fix.fill(copy=Path(_FILE).absolute()), file=display(path)))
    patterns = (".v*.sqlite", ".damaged-*.sqlite", ".memories.json", ".sqlite-*", ".sqlite")
    found = [each for pattern in patterns for each in path.parent.glob(path.stem + pattern)]
    for each in found:
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            what = Text("지울 수 없습니다 ({why})", "it cannot be deleted ({why})").fill(why=error.strerror)
            fix = Text("쓰고 있는 프로그램을 닫고 다시 하세요", "close what uses it and do it again")
            raise ProgressError(Problem(what, fix, file=display(each))) from error
    return Transfer(_DELETED.fill(files=len(found)))


def _is_history(path: Path) -> bool:
    """Tell by its first letters whether a file is an export."""
    try:
        with path.open("rb") as file:
            return file.read(19) == b'{"okrkit":"history"'
    except OSError:
        return False


def _read(connection: sa.Connection) -> _History:
    named = records.named_attempts(connection)
    attempts = tuple(_Named(**asdict(attempt), id=name) for name, attempt in named)
    rows = connection.execute(sa.select(DRAFTS).order_by(sa.text("rowid")))
    drafts = tuple(_Draft(*records.draft(row)) for row in rows)
    return _History("history", VERSION, records.sittings(connection), attempts, drafts)


def _parse(path: Path) -> _History:
    """Read an exported file strictly.

    Raises:
        ContentError: If anything in it is not as it was written.
    """
    name = display(path)
    text = decode(_read_bytes(path), name)
    try:
        told = json.loads(text, parse_constant=_refuse)
        version = told["version"] if told["okrkit"] == "history" else None
    except (ValueError, TypeError, KeyError, RecursionError):
        version = None
    if type(version) is not int:
        raise ContentError(Problem(_STRANGER, _EXPORTED, file=name))
    if version > VERSION:
        what = Text("더 새로운 okrkit이 쓴 학습 기록입니다", "a newer okrkit wrote this history")
        raise ContentError(Problem(what, Text("okrkit을 새로 받으세요", "update okrkit"), file=name))
    try:
        history = TypeAdapter(_History).validate_json(text, strict=True)
    except ValidationError as error:
        at = error.errors()[0]["loc"]
        raise ContentError(Problem(_STRANGER, _EXPORTED, path=".".join(map(str, at)), file=name)) from error
    named = {each.sitting for each in history.attempts} | {each.sitting for each in history.drafts}
    lost = named - {each.id for each in history.sittings}
    if lost:
        raise ContentError(Problem(_STRANGER, _EXPORTED, path=f"sitting {min(lost)[:40]}", file=name))
    return history


def _refuse(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _merge(connection: sa.Connection, history: _History) -> tuple[int, int]:
    """Add what a history does not hold yet; return how many sittings and attempts that were."""
    before = _count(connection)
    for sitting in history.sittings:
        _merge_sitting(connection, sitting)
    attempts = [
        asdict(each) | {"answer": json.dumps(each.answer), "at": each.at.isoformat()}
        for each in history.attempts
    ]
    drafts = [
        asdict(each) | {"value": json.dumps(each.value), "at": each.at.isoformat()} for each in history.drafts
    ]
    if attempts:
        connection.execute(insert(ATTEMPTS).on_conflict_do_nothing(), attempts)
    if drafts:
        new = insert(DRAFTS)
        later = {"value": new.excluded.value, "at": new.excluded["at"]}
        update = new.on_conflict_do_update(
            DRAFTS.primary_key, set_=later, where=new.excluded["at"] > DRAFTS.c["at"]
        )
        connection.execute(update, drafts)
    sittings, answers = (after - earlier for after, earlier in zip(_count(connection), before, strict=True))
    return sittings, answers


def _merge_sitting(connection: sa.Connection, sitting: Sitting) -> None:
    """Add a sitting; of one that is there already, what was seen and when it ended.

    Another sitting of the same number, begun on another computer, keeps its place: the
    number decides what was drawn, so the quiz's name tells the two apart.
    """
    this = SITTINGS.c.id == sitting.id
    known = next(iter(records.sittings(connection, this)), None)
    if known:
        hints = {name: max(n, known.hints.get(name, 0)) for name, n in sitting.hints.items()}
        ended, heard = (
            known.ended or sitting.ended,
            max(filter(None, (known.heard, sitting.heard)), default=None),
        )
        merged = replace(known, hints={**known.hints, **hints}, ended=ended, heard=heard)
        connection.execute(sa.update(SITTINGS).where(this).values(records.to_row(merged)))
        return
    row = records.to_row(sitting)
    taken = sa.select(SITTINGS.c.id).where(SITTINGS.c.quiz == row["quiz"], SITTINGS.c.number == row["number"])
    if connection.execute(taken).first():
        row["quiz"] += f", imported {sitting.id}"
    connection.execute(sa.insert(SITTINGS).values(row))


def _count(connection: sa.Connection) -> list[int]:
    tables: Iterable[sa.Table] = (SITTINGS, ATTEMPTS)
    return [connection.execute(sa.select(sa.func.count()).select_from(each)).scalar_one() for each in tables]


def _read_bytes(path: Path) -> bytes:
    fix = Text("이름과 권한을 확인하세요", "check its name and permissions")
    try:
        if path.stat().st_size <= MAX_BYTES:
            return path.read_bytes()
        what = Text("{n} MB보다 큽니다", "it is larger than {n} MB").fill(n=MAX_BYTES // 1_000_000)
        fix = _EXPORTED
    except OSError as error:
        what = Text("파일을 읽을 수 없습니다 ({why})", "the file cannot be read ({why})").fill(
            why=error.strerror
        )
    raise ContentError(Problem(what, fix, file=display(path)))
