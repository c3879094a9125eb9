"""What every part of the model must be: of its type, numbers finite, text such as a file can hold."""

import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from numbers import Real
from types import NoneType
from typing import TYPE_CHECKING, Any, NoReturn, get_args, get_origin

from okrkit.errors import ContentError, Problem
from okrkit.text import Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Rule = tuple[Callable[[Any], bool], Text, Text]
"""What must hold, what is wrong where it does not, and the remedy."""


def _is_storable(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


_RULES: dict[type, tuple[Rule, ...]] = {
    bool: (
        (
            lambda value: isinstance(value, int) and value in {0, 1},
            Text("예나 아니요가 아닙니다", "neither yes nor no"),
            Text("True나 False를 쓰세요", "write True or False"),
        ),
    ),
    float: (
        (
            lambda value: isinstance(value, Real),
            Text("수가 아닙니다", "not a number"),
            Text("따옴표 없이 35처럼 쓰세요", "write, say, 35, without quotes"),
        ),
        (
            lambda value: abs(value) <= sys.float_info.max,
            Text("유한한 수가 아닙니다", "not a finite number"),
            Text("실제로 잰 수를 쓰세요", "write a number that was measured"),
        ),
    ),
    str: (
        (
            lambda value: isinstance(value, str),
            Text("글이 아닙니다", "not text"),
            Text("따옴표로 감싸 쓰세요", "write it in quotes"),
        ),
        (
            _is_storable,
            Text("반쪽짜리 글자(서로게이트)가 있습니다", "it holds half a character (a lone surrogate)"),
            Text("그 글자를 지우거나 다시 쓰세요", "delete that character or write it again"),
        ),
    ),
    date: (
        (
            lambda value: isinstance(value, date) and not isinstance(value, datetime),
            Text("날짜가 아닙니다", "not a date"),
            Text("date(2026, 3, 31)처럼 쓰세요", "write, say, date(2026, 3, 31)"),
        ),
    ),
}


def check_fields(part: "DataclassInstance") -> None:
    """Refuse a part of which a field is not what its type says, or no file could hold it.

    A list where a tuple belongs becomes one, so that what is equal stays equal.

    Raises:
        ContentError: With the first such field as its path.
    """
    for name, optional, (holds, what, fix) in _rules(type(part)):
        value = getattr(part, name)
        if isinstance(value, list):
            value = tuple(value)
            object.__setattr__(part, name, value)
        if not ((optional and value is None) or holds(value)):
            refuse(what, fix, name)


def check_day(at: date | None) -> None:
    """Refuse a day that is given and is none, such as text.

    Raises:
        ContentError: With ``at`` as its path.
    """
    for holds, what, fix in _RULES[date]:
        if at is not None and not holds(at):
            refuse(what, fix, "at")


def check_within(most: int, value: float | None, name: Text, fix: Text) -> None:
    """Refuse a value that is given and not from 0 to ``most``; name and remedy go into the error."""
    if value is not None and not 0 <= value <= most:
        what = Text("{name} {value}이(가) 0에서 {most} 사이가 아닙니다",
                    "{name} {value} is not between 0 and {most}")  # fmt: skip
        refuse(what.fill(name=name, value=f"{value:g}", most=most), fix)


def check_done(done: bool | None, day: date | None) -> None:
    """Refuse the day of what is not done."""
    if day and not done:
        what = Text("이룬 날은 있는데 이루었다는 말이 없습니다", "there is a day, but it is not done")
        fix = Text("done: true를 쓰거나 날을 지우세요", "write done: true, or remove the day")
        refuse(what, fix, "done_on")


def refuse(what: Text, fix: Text, path: str = "") -> NoReturn:
    """Raise a ``ContentError`` of one problem, about the field named by ``path``."""
    raise ContentError(Problem(what, fix, path=path))


@cache
def _rules(kind: "type[DataclassInstance]") -> list[tuple[str, bool, Rule]]:
    """Return the rules for each field, by the first of its types, and whether it may be None."""
    return [
        (each.name, NoneType in get_args(each.type), rule)
        for each in fields(kind)
        for rule in _RULES.get((get_args(each.type) or (each.type,))[0]) or [_allowed(each.type)]
    ]


def _allowed(hint: Any) -> Rule:  # noqa: ANN401  (a type hint)
    """Return the rule for one of several words, one of several parts, or a tuple of parts."""
    kinds = get_args(hint) or (hint,)
    words = [each for each in get_args(kinds[0]) or kinds if isinstance(each, str)]
    parts = tuple(each for each in kinds if isinstance(each, type) and each is not NoneType)
    names = ", ".join(words or [each.__name__ for each in parts])

    def holds(value: object) -> bool:
        if get_origin(hint) is tuple:
            return isinstance(value, tuple) and all(isinstance(each, parts) for each in value)
        return value in words or isinstance(value, parts)

    fix = Text("쓸 수 있는 것: {all}", "allowed: {all}")
    listed = fix.fill(all=f"[{names}, …]" if get_origin(hint) is tuple else names)
    return holds, Text("여기에 쓸 수 없는 값입니다", "this does not belong here"), listed
