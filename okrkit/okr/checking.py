"""What every part of the model must be: numbers finite, days days, text such as a file can hold."""

import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from numbers import Real
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from okrkit.errors import ContentError, Problem
from okrkit.text import Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Rule = tuple[Callable[[Any], bool], Text, Text]
"""What must hold, what is wrong where it does not, and the remedy."""


def _is_storable(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


_RULES: dict[type, tuple[Rule, ...]] = {
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
    """Refuse a part of which a number, a text or a day is something else, or no file could hold it.

    Raises:
        ContentError: With the first such field as its path.
    """
    for name, (holds, what, fix) in _rules(type(part)):
        value = getattr(part, name)
        if value is not None and not holds(value):
            refuse(what, fix, name)


def refuse(what: Text, fix: Text, path: str = "") -> NoReturn:
    """Raise a ``ContentError`` of one problem, about the field named by ``path``."""
    raise ContentError(Problem(what, fix, path=path))


@cache
def _rules(kind: "type[DataclassInstance]") -> list[tuple[str, Rule]]:
    """Return the rules for each field; the type of ``float | None`` is float."""
    types = {each.name: get_args(each.type) or (each.type,) for each in fields(kind)}
    return [(name, rule) for name, kinds in types.items() for rule in _RULES.get(kinds[0], ())]
