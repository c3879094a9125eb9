"""Objectives out of whatever holds some."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Protocol

from okrkit.errors import ContentError, Problem
from okrkit.okr.model import Objective, Okrs
from okrkit.text import Text


class HoldsOkrs(Protocol):
    """What has objectives among other things, such as a plan with its scorecard."""

    @property
    def okrs(self) -> Okrs:
        """Its objectives."""


Gatherable = Objective | Iterable[Objective] | HoldsOkrs
"""An objective, several in any sequence (``Okrs``, a list), or a plan."""


def objectives_of(okrs: Gatherable) -> tuple[Objective, ...]:
    """Return the objectives in the order written.

    Args:
        okrs: An objective, several, or a plan.

    Raises:
        ContentError: If there is something else among them, such as text that was not
            read yet, or if two have the same id: nobody could tell which one is meant.

    Example:
        >>> objectives_of(Objective("빵을 덜 버린다")) == objectives_of([Objective("빵을 덜 버린다")])
        True
    """
    held: Any = getattr(okrs, "okrs", okrs)
    single = isinstance(held, Objective | str) or not isinstance(held, Iterable)
    found: tuple[Objective, ...] = (held,) if single else tuple(held)
    for each in found:
        if not isinstance(each, Objective):
            raise ContentError(_stranger(each))
    known = Counter(each.id for each in found if each.id)
    twice = Text("id '{id}'이(가) 두 번 나옵니다", "the id '{id}' is given twice")
    rename = Text("하나를 다른 이름으로 바꾸세요", "rename one of them")
    problems = [
        Problem(twice.fill(id=each.id), rename, each.line, each.id) for each in found if known[each.id] > 1
    ]
    if problems:
        raise ContentError(*problems)
    return found


def _stranger(found: object) -> Problem:
    if isinstance(found, str):
        what = Text("아직 읽지 않은 글입니다", "this is text that was not read yet")
        return Problem(what, Text("먼저 ok.parse_okrs로 읽으세요", "read it with ok.parse_okrs first"))
    what = Text("{kind}은(는) 목표가 아닙니다", "{kind} is no objective").fill(kind=type(found).__name__)
    return Problem(what, Text("Objective나 그 목록을 쓰세요", "pass an Objective, or several in a list"))
