"""Where things lie on disk, and strict YAML that knows its lines.

YAML means what it says here: no ``no`` that becomes false, no ``12:30`` that
becomes 750, no key given twice, no alias, no tag. A file is read as plain data
first (with the line of every value), then held against a shape: a dataclass
whose type hints say what may stand where.
"""

import json
import math
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from okrkit.errors import ContentError, Problem
from okrkit.text import Text

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

Shape = TypeVar("Shape")
Address = tuple[str | int, ...]

MAX_BYTES = 5_000_000  # ten times the largest bank we expect; a parser should not be fed more by mistake
MAX_DEPTH = 20
MAX_PROBLEMS = 100  # of one file: nobody mends more in one go, and a large broken file is told of at once

_NULLS = {"", "~", "null"}
_BOOLS = {"true": True, "false": False}
_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
# What YAML 1.1 readers take for something else than it looks like, and people for different things.
_SURPRISE = re.compile(
    r"(?i:yes|no|on|off|y|n|true|false|null|[-+]?\.?(inf(inity)?|nan))|[-+]?0[0-9_xXoObB][0-9a-fA-F_]*"
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9]*)?|[-+]?[0-9]+_[0-9_.]*|\+[0-9.]+|-?\.[0-9]+|-?[0-9]+\."
)
_EXPECTED = {
    "string_type": Text("문자열", "text"),
    "int_type": Text("정수", "a whole number"),
    "int_from_float": Text("정수", "a whole number"),
    "float_type": Text("숫자", "a number"),
    "bool_type": Text("true나 false 값", "true or false"),
    "dict_type": Text("'이름: 값' 묶음", "a mapping of 'name: value'"),
    "dataclass_type": Text("'이름: 값' 묶음", "a mapping of 'name: value'"),
    "tuple_type": Text("목록", "a list"),
    "date_type": Text("2026-03-31 같은 날짜", "a date such as 2026-03-31"),
    "date_parsing": Text("2026-03-31 같은 날짜", "a date such as 2026-03-31"),
}


def home() -> Path:
    """Return the folder of the learner's own data; ``OKRKIT_HOME`` moves it."""
    import platformdirs

    moved = os.environ.get("OKRKIT_HOME")
    return Path(moved).expanduser() if moved else platformdirs.user_data_path("okrkit", appauthor=False)


def root() -> Path:
    """Return the folder that holds ``quizzes`` and ``notebooks``: the clone, or what was installed."""
    package = Path(__file__).resolve().parent
    installed = package / "_shipped"
    return installed if installed.is_dir() else package.parent


def shipped(name: str) -> Path:
    """Return where ``quizzes`` or ``notebooks`` lies."""
    return root() / name


@dataclass(frozen=True, slots=True)
class Document(Generic[Shape]):
    """A file that has the right shape, and the line of each of its values.

    Args:
        value: What the file says.
        file: Its name, as the user would write it.
        lines: Line of each value, by address: ``("items", 2, "stem")``.
    """

    value: Shape
    file: str
    lines: Mapping[Address, int]

    def problem(self, address: Address, what: Text, fix: Text) -> Problem:
        """Return a problem at an address of this file, with its line."""
        known = next(address[:n] for n in range(len(address), -1, -1) if address[:n] in self.lines)
        return Problem(what, fix, self.lines[known], _spell(address), self.file)


def read_yaml(path: Path, shape: type[Shape]) -> Document[Shape]:
    """Read a YAML file strictly.

    Args:
        path: The file; UTF-8, at most 5 MB.
        shape: A dataclass, or anything pydantic can check, that the content must fit.

    Raises:
        ContentError: With every problem of the file, if it cannot be read or does not fit.
    """
    name = display(path)
    return parse_yaml(decode(read_bytes(path), name), shape, file=name)


def read_bytes(path: Path) -> bytes:
    """Read a file of at most 5 MB; a larger one is refused unread.

    Raises:
        ContentError: If it is too large, is no file, or cannot be read.
    """
    name = display(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            what = Text("파일이 너무 큽니다", "the file is too large")
            raise ContentError(Problem(what, Text("5 MB 아래로 나누세요", "split it below 5 MB"), file=name))
        return path.read_bytes()
    except OSError as error:
        what = Text("파일을 읽을 수 없습니다 ({why})", "the file cannot be read ({why})")
        fix = Text("이름과 권한을 확인하세요", "check its name and permissions")
        raise ContentError(Problem(what.fill(why=error.strerror), fix, file=name)) from error


def decode(data: bytes, name: str, *also: str) -> str:
    """Return the text that bytes hold in UTF-8, with or without its mark, or else in other encodings.

    Raises:
        ContentError: If they are in none of these; it says ``name``, the file's.
    """
    for encoding in ("utf-8-sig", *also):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    seems = "UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp949"
    what = Text("{all}(으)로 저장된 파일이 아닙니다", "the file is not saved as {all}")
    with suppress(UnicodeDecodeError):
        data.decode(seems)
        what = Text("{all}이(가) 아니라 {seems}(으)로 저장된 파일입니다", "it is {seems}, not {all}")
    fix = Text("편집기에서 UTF-8로 다시 저장하세요", "save it again as UTF-8")
    raise ContentError(Problem(what.fill(all=" / ".join(("UTF-8", *also)), seems=seems), fix, file=name))


def parse_yaml(text: str, shape: type[Shape], file: str = "") -> Document[Shape]:
    """Read YAML text strictly; as ``read_yaml``, for text that is already at hand.

    Example:
        >>> parse_yaml('{ko: "목표", en: "objective"}', Text).value.en
        'objective'
    """
    import pydantic

    data, lines, problems = _plain(text, file)
    if problems:
        raise ContentError(*problems)
    adapter: TypeAdapter[Shape] = _adapter(cast(Any, shape))  # mypy takes no type[…] for hashable
    document = Document(data, file, lines)
    try:
        # By way of JSON: only there does pydantic's strict mode take mappings for dataclasses.
        value = adapter.validate_json(json.dumps(data, ensure_ascii=False), strict=True)
    except pydantic.ValidationError as error:
        found = [_explain(document, each, adapter) for each in error.errors(include_url=False)[:MAX_PROBLEMS]]
        raise ContentError(*sorted(found, key=lambda problem: problem.line or 0)) from error
    return Document(value, file, lines)


def to_yaml(data: object) -> str:
    """Write plain data as YAML that the strict reader reads back as the same data."""
    import yaml

    class Writer(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  (the reader takes no aliases)
            return True

    def text(writer: Writer, value: str) -> yaml.ScalarNode:
        plain = not (_INT.fullmatch(value) or _FLOAT.fullmatch(value) or _SURPRISE.fullmatch(value))
        style = None if plain and value.isprintable() else '"'
        return writer.represent_scalar("tag:yaml.org,2002:str", value, style)

    Writer.add_representer(str, text)
    return yaml.dump(data, Dumper=Writer, allow_unicode=True, sort_keys=False, width=math.inf)


@cache
def _adapter(shape: Any) -> "TypeAdapter[Any]":  # noqa: ANN401  (a dataclass or a union of them)
    from pydantic import TypeAdapter

    return TypeAdapter(shape)


def display(path: Path) -> str:
    """Name a file as briefly as is still clear."""
    with suppress(OSError, ValueError):
        return path.resolve().relative_to(Path.cwd()).as_posix()
    return path.as_posix()


def _spell(address: Address) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in address)
    return "".join(steps).removeprefix(".")


# --- from YAML to plain data -------------------------------------------------------------------------


def _plain(text: str, file: str) -> tuple[Any, dict[Address, int], list[Problem]]:
    import yaml

    reader, data = _Reader(file), None
    loader = getattr(yaml, "CLoader", yaml.Loader)  # the C parser where there is one
    try:
        events = yaml.parse(text, Loader=loader)
        data = reader.document(events)
    except (yaml.YAMLError, UnicodeEncodeError) as error:  # the latter: of half a character
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        what = Text("YAML을 읽을 수 없습니다 ({said})", "this is not readable YAML ({said})").fill(said=said)
        fix = Text("들여쓰기, 따옴표, 쌍점(:)을 확인하세요", "check indents, quotes and colons")
        return None, reader.lines, [Problem(what, fix, mark.line + 1 if mark else 1, file=file)]
    except _EnoughError:
        pass
    return data if not reader.problems else None, reader.lines, reader.problems


class _EnoughError(Exception):
    """Nested beyond reason, or wrong in too many places: reading stops there."""


class _Reader:
    """Turn parser events into plain data; gather the line of each value and every problem."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Address, int] = {}
        self.problems: list[Problem] = []

    def document(self, events: Iterator[Any]) -> Any:  # noqa: ANN401  (plain data of any shape)
        data = None
        self.lines[()] = 1
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    what = Text("문서가 둘 이상입니다", "more than one document")
                    fix = Text("'---' 아래를 다른 파일로 옮기세요", "move what follows '---' to another file")
                    self.complain(event, (), what, fix)
            elif kind not in {"StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"}:
                data = self.value(event, events, ())
        return data

    def value(self, event: Any, events: Iterator[Any], at: Address) -> Any:  # noqa: ANN401
        kind = type(event).__name__
        self.lines[at] = event.start_mark.line + 1
        if len(at) > MAX_DEPTH:
            what = Text("너무 깊이 겹쳤습니다", "nested too deeply")
            self.complain(event, (), what, Text("풀어 쓰세요", "flatten it"))
            raise _EnoughError
        if kind == "AliasEvent" or event.anchor or event.tag:
            what = Text("별칭(*), 앵커(&), 태그(!)는 쓸 수 없습니다",
                        "aliases (*), anchors (&) and tags (!) are not allowed")  # fmt: skip
            self.complain(event, at, what, Text("값을 그대로 쓰세요", "write the value itself"))
        if kind == "ScalarEvent":
            return self.scalar(event, at)
        if kind == "SequenceStartEvent":
            return self.sequence(events, at)
        return self.mapping(events, at) if kind == "MappingStartEvent" else None

    def sequence(self, events: Iterator[Any], at: Address) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            found.append(self.value(event, events, (*at, len(found))))
        return found

    def mapping(self, events: Iterator[Any], at: Address) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = str(event.value) if type(event).__name__ == "ScalarEvent" else None
            if key is None or event.anchor or event.tag:
                what = Text("이름이 문자열이 아닙니다", "a name is not text")
                self.complain(event, at, what, Text("문자열로 쓰세요", "write text"))
                key = f"?{len(found)}"
                self.value(event, events, (*at, key))
            if key in found:
                what = Text("이름 '{key}'이(가) 두 번 나옵니다", "the name '{key}' occurs twice")
                fix = Text("하나만 남기세요", "keep one of them")
                self.complain(event, (*at, key), what.fill(key=key), fix)
            found[key] = self.value(next(events), events, (*at, key))
            self.lines[(*at, key)] = event.start_mark.line + 1
        return found

    def scalar(self, event: Any, at: Address) -> str | int | float | bool | None:  # noqa: ANN401
        value: str = event.value
        if not event.implicit[0]:  # quoted, or a block: text
            if not value.strip():
                what = Text("비어 있습니다", "it is empty")
                fix = Text("내용을 쓰거나 줄을 지우세요", "write something or delete the line")
                self.complain(event, at, what, fix)
            return value
        if value in _NULLS:
            return None
        if value in _BOOLS:
            return _BOOLS[value]
        if _INT.fullmatch(value):
            return int(value)
        if _FLOAT.fullmatch(value) and math.isfinite(float(value)):
            return float(value)
        if _FLOAT.fullmatch(value) or _SURPRISE.fullmatch(value):
            what = Text("'{value}'은(는) 프로그램마다 다르게 읽힙니다",
                        "'{value}' is read differently by different programs")  # fmt: skip
            fix = Text("문자열이면 따옴표로 감싸고, 숫자면 10, 0.5처럼 쓰세요",
                       "quote it if it is text; write numbers like 10 or 0.5")  # fmt: skip
            self.complain(event, at, what.fill(value=value[:40]), fix)
        return value

    def complain(self, event: Any, at: Address, what: Text, fix: Text) -> None:  # noqa: ANN401
        self.problems.append(Problem(what, fix, event.start_mark.line + 1, _spell(at), self.file))
        if len(self.problems) == MAX_PROBLEMS:
            raise _EnoughError


# --- from pydantic's errors to ours ------------------------------------------------------------------


def _explain(document: Document[Any], detail: "ErrorDetails", adapter: "TypeAdapter[Any]") -> Problem:
    """Say a validation error in words: where in the file, what is wrong, what to write."""
    address, inside = _locate(document.value, detail["loc"])
    kind, last = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    context = detail.get("ctx", {})
    if kind in {"missing", "missing_argument"}:
        what = Text("'{name}'이(가) 빠졌습니다", "'{name}' is missing").fill(name=last)
        fix = Text("'{name}: …'을(를) 쓰세요", "write '{name}: …'").fill(name=last)
        return document.problem(address, what, fix)
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        what = Text("'{name}'은(는) 모르는 이름입니다", "unknown name '{name}'").fill(name=last)
        around = set(inside) - {last} if isinstance(inside, Mapping) and len(address) > 1 else None
        return document.problem(address, what, _nearest(last, _known_names(adapter, last, around)))
    if kind in {"literal_error", "enum", "union_tag_invalid"}:
        wrong = str(context.get("tag", detail["input"]))[:40]
        what = Text("'{wrong}'은(는) 쓸 수 없는 값입니다", "'{wrong}' is not an allowed value")
        allowed = re.findall(r"'([^']*)'", str(context.get("expected_tags", context.get("expected", ""))))
        if kind == "union_tag_invalid":
            address = (*address, "kind")
        return document.problem(address, what.fill(wrong=wrong), _nearest(wrong, allowed))
    if kind == "union_tag_not_found":
        what = Text("'kind'가 빠졌습니다", "'kind' is missing")
        return document.problem(address, what, Text("'kind: one'처럼 쓰세요", "write, say, 'kind: one'"))
    if kind in _EXPECTED:
        what = Text("{expected}이(가) 아닙니다", "this is not {expected}").fill(expected=_EXPECTED[kind])
        fix = Text("{expected}(으)로 쓰세요", "write {expected}").fill(expected=_EXPECTED[kind])
        return document.problem(address, what, fix)
    what = Text("값이 맞지 않습니다 ({said})", "the value does not fit ({said})").fill(said=detail["msg"])
    return document.problem(address, what, Text("값을 고치세요", "correct the value"))


def _locate(data: Any, location: tuple[str | int, ...]) -> tuple[Address, Any]:  # noqa: ANN401
    """Follow an error's location through the data, past the marks pydantic adds for unions.

    Returns:
        The address as far as the data goes, and the mapping or list that holds its last step.
    """
    address: list[str | int] = []
    inside, holder = data, data
    for step in location:
        is_key = isinstance(inside, Mapping) and step in inside
        is_index = isinstance(inside, list) and isinstance(step, int) and step < len(inside)
        if is_key or is_index:
            holder, inside = inside, inside[step]
            address.append(step)
    return tuple(address), holder


def _known_names(adapter: "TypeAdapter[Any]", wrong: str, around: set[str] | None) -> list[str]:
    """Return the names allowed here: the document's, or of the shape most like what is around."""
    schema = adapter.json_schema()
    if around is None:
        return sorted(schema.get("properties", ()))
    parts = (schema, *schema.get("$defs", {}).values())
    shapes = [frozenset[str](part.get("properties", ())) for part in parts]
    shared = [(len(around & names), len(get_close_matches(wrong, names)), -len(names)) for names in shapes]
    return sorted(shapes[shared.index(max(shared))])


def _nearest(wrong: str, allowed: list[str]) -> Text:
    """Propose the allowed word closest to what was written, or list them all."""
    close = get_close_matches(wrong, allowed, n=1)
    if close:
        return Text("'{near}'(으)로 쓰려던 것인가요?", "did you mean '{near}'?").fill(near=close[0])
    if not allowed:
        return Text("지우세요", "remove it")
    return Text("가능한 것: {all}", "allowed: {all}").fill(all=", ".join(allowed))
