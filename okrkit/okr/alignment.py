"""Who serves whom: from the company's objectives to the teams' and the persons'."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from okrkit.errors import ContentError, Problem
from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import Objective
from okrkit.okr.scoring import round_half_up
from okrkit.text import Text

ADVISED_BOTTOM_UP = 0.6
"""Share of objectives that is often advised to come from below: "60%" in the study note
jwryu87.github.io, "more than half" in notes of Klau's Google Ventures talk (both secondary)."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Objectives by whom they serve.

    Args:
        roots: Those that serve no other, in the order written.
        children: Those that serve an objective, by its id, in the order written. An
            objective that none serves is not among the keys.
    """

    roots: tuple[Objective, ...]
    children: Mapping[str, tuple[Objective, ...]]

    def below(self, objective: Objective) -> tuple[Objective, ...]:
        """Return the objectives that serve this one directly."""
        return self.children.get(objective.id, ()) if objective.id else ()


@dataclass(frozen=True, slots=True, repr=False)
class Origins:
    """How many objectives came from where.

    Args:
        top_down: From above.
        bottom_up: From those who own them.
        unsaid: Nobody said.
    """

    top_down: int
    bottom_up: int
    unsaid: int

    @property
    def bottom_up_share(self) -> float | None:
        """Share that came from below, of those whose origin is known; None if none is."""
        return _share(self.bottom_up, self.top_down + self.bottom_up)

    @property
    def top_down_share(self) -> float | None:
        """Share that came from above, of those whose origin is known; None if none is."""
        return _share(self.top_down, self.top_down + self.bottom_up)

    @property
    def unsaid_share(self) -> float | None:
        """Share whose origin nobody said, of all; None if there are no objectives."""
        return _share(self.unsaid, self.top_down + self.bottom_up + self.unsaid)

    def __str__(self) -> str:
        counts = Text(
            "하향식 {down}개, 상향식 {up}개, 밝히지 않음 {unsaid}개",
            "{down} top-down, {up} bottom-up, {unsaid} unsaid",
        ).fill(down=self.top_down, up=self.bottom_up, unsaid=self.unsaid)
        if self.bottom_up_share is None:
            return str(counts)
        share = Text("{counts} (밝힌 것의 {up}%가 상향식)", "{counts} ({up}% of those said are bottom-up)")
        return str(share.fill(counts=counts, up=round_half_up(self.bottom_up_share * 100, 0)))

    __repr__ = __str__


def tree(okrs: Gatherable) -> Tree:
    """Return who serves whom, by the ``parent`` of each objective.

    Args:
        okrs: The objectives of a company, its teams and its people, or their plan.

    Raises:
        ContentError: With every id given twice, or else every parent that does not exist,
            or else the loop that parents make, named from parent to child.

    Example:
        >>> okrs = (Objective("동네 1위 카페가 된다", id="cafe"), Objective("빵을 덜 버린다", parent="cafe"))
        >>> [child.text for child in tree(okrs).children["cafe"]]
        ['빵을 덜 버린다']
    """
    objectives = objectives_of(okrs)
    _must_be_a_tree(objectives)
    children: dict[str, list[Objective]] = {}
    for each in objectives:
        if each.parent:
            children.setdefault(each.parent, []).append(each)
    roots = tuple(each for each in objectives if not each.parent)
    return Tree(roots, {parent: tuple(served_by) for parent, served_by in children.items()})


def orphans(okrs: Gatherable) -> tuple[Objective, ...]:
    """Return the objectives that stand alone while others are linked.

    Such an objective has neither a parent nor children. Where no objective is linked to
    any other, nobody has begun to align, and none is an orphan.

    Raises:
        ContentError: As ``tree``; a parent that does not exist is an error, not an orphan.

    Example:
        >>> okrs = (Objective("a", id="a"), Objective("b", parent="a"), Objective("c"))
        >>> [orphan.text for orphan in orphans(okrs)]
        ['c']
    """
    grown = tree(okrs)
    return tuple(each for each in grown.roots if grown.children and not grown.below(each))


def share_aligned(okrs: Gatherable) -> float | None:
    """Return the share of objectives that serve another, of those that are not at the top.

    At the top is what has children and no parent.

    Returns:
        A fraction from 0.0 to 1.0; None where no objective is linked to any other.

    Raises:
        ContentError: As ``tree``.

    Example:
        >>> share_aligned((Objective("a", id="a"), Objective("b", parent="a"), Objective("c")))
        0.5
    """
    objectives = objectives_of(okrs)
    serving = sum(bool(each.parent) for each in objectives)
    return _share(serving, serving + len(orphans(objectives)))


def origins(okrs: Gatherable) -> Origins:
    """Return how many objectives came from above, how many from their owners.

    Example:
        >>> origins([Objective("a", origin="top_down"), Objective("b", origin="bottom_up"), Objective("c")])
        하향식 1개, 상향식 1개, 밝히지 않음 1개 (밝힌 것의 50%가 상향식)
    """
    counts = Counter(each.origin for each in objectives_of(okrs))
    return Origins(counts["top_down"], counts["bottom_up"], unsaid=counts[None])


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _must_be_a_tree(okrs: Sequence[Objective]) -> None:
    known = {each.id for each in okrs if each.id}
    missing = Text("상위 목표 '{id}'이(가) 없습니다", "there is no parent '{id}'")
    exists = Text(
        "있는 목표의 id를 쓰거나 parent를 지우세요", "write the id of one that exists, or no parent"
    )
    problems = [
        Problem(missing.fill(id=each.parent), exists, line=each.line, path=each.id)
        for each in okrs
        if each.parent and each.parent not in known
    ]
    if problems:
        raise ContentError(*problems)
    try:
        TopologicalSorter({each.id: [each.parent] for each in okrs if each.id and each.parent}).prepare()
    except CycleError as error:
        what = Text("목표가 돌고 돕니다: {loop}", "objectives go round in a circle: {loop}")
        fix = Text("parent 하나를 지우세요", "remove the parent of one of them")
        line = next(each.line for each in okrs if each.id == error.args[1][0])
        raise ContentError(Problem(what.fill(loop=" -> ".join(error.args[1])), fix, line)) from error
