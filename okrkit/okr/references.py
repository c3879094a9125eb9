"""A document being read, and its parts held against each other: ids, parents, children, links."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import ParamSpec, TypeVar

from okrkit.errors import ContentError, Problem
from okrkit.files import Address, Document
from okrkit.okr.bsc import Scorecard
from okrkit.okr.entries import DocumentEntry, ObjectiveEntry
from okrkit.okr.model import Metric, Step
from okrkit.text import Text

Made = TypeVar("Made")
Given = ParamSpec("Given")

_ONE_ID = Text("서로 다른 id를 쓰세요", "write ids that differ")
_KNOWN_ID = Text("있는 것의 id를 쓰세요", "write the id of one that exists")
_OBJECTIVE = Text("목표", "objective")
_STRATEGIC = Text("전략 목표", "strategic objective")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document being read, and what was found wrong with it so far."""

    document: Document[DocumentEntry]
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, at: Address, what: Text, fix: Text) -> None:
        """Remember a problem at an address."""
        self.problems.append(self.document.problem(at, what, fix))

    def make(
        self, at: Address, maker: Callable[Given, Made], *args: Given.args, **named: Given.kwargs
    ) -> Made | None:
        """Make a part of the model; what it objects to is a problem here, or at the key it names."""
        try:
            return maker(*args, **named)
        except ContentError as error:
            for problem in error.problems:
                self.refuse((*at[:-1], problem.path) if problem.path else at, problem.what, problem.fix)
            return None


def check_objectives(reading: Reading, entries: tuple[ObjectiveEntry, ...]) -> None:
    """See that ids differ, that those referred to exist, and that none go round in a circle."""
    ids: dict[Address, str] = {("objectives", n, "id"): each.id for n, each in enumerate(entries) if each.id}
    _check_unique(reading, ids)
    parents: dict[Address, str] = {}
    children: dict[Address, str] = {}
    for n, entry in enumerate(entries):
        if entry.parent:
            parents["objectives", n, "parent"] = entry.parent
        own: dict[Address, str] = {}
        for part in ("key_results", "health"):
            for k, each in enumerate(getattr(entry, part)):
                at = ("objectives", n, part, k)
                own |= {(*at, "id"): each.id} if each.id else {}
                children |= {(*at, "objective"): each.objective} if each.objective else {}
        _check_unique(reading, own)
    for references in (parents, children):
        _check_known(reading, references, ids.values(), _OBJECTIVE)
        arrows = ((entries[int(at[1])].id, at, other) for at, other in references.items())
        _check_loops(reading, arrows, _OBJECTIVE)


def check_perspectives(reading: Reading, entries: tuple[ObjectiveEntry, ...], scorecard: Scorecard) -> None:
    """See that objectives belong to perspectives of the scorecard beside them."""
    known = [each.id for each in scorecard.perspectives]
    said: dict[Address, str] = {
        ("objectives", n, "perspective"): each.perspective
        for n, each in enumerate(entries)
        if each.perspective
    }
    fix = Text("균형성과표에 있는 것: {all}", "the scorecard has: {all}").fill(all=", ".join(known) or "-")
    _check_known(reading, said, known, Text("관점", "perspective"), fix)


def check_scorecard(reading: Reading, scorecard: Scorecard) -> None:
    """See that a scorecard's ids differ, its measures can be scored and its links lead somewhere."""
    top: Address = ("scorecard", "perspectives")
    _check_unique(reading, {(*top, n, "id"): each.id for n, each in enumerate(scorecard.perspectives)})
    ids: dict[Address, str] = {}
    for n, perspective in enumerate(scorecard.perspectives):
        reading.make((*top, n, "weight"), Step, perspective.name, perspective.weight)
        for k, each in enumerate(perspective.objectives):
            at = (*top, n, "objectives", k)
            ids[*at, "id"] = each.id
            reading.make((*at, "weight"), Step, each.text, each.weight)
            for m, measure in enumerate(each.measures):
                reading.make((*at, "measures", m, "weight"), Step, measure.text, measure.weight)
                reading.make((*at, "measures", m, "target"), Metric, measure.baseline, measure.target)
    _check_unique(reading, ids)
    links = [(("scorecard", "links", n), each) for n, each in enumerate(scorecard.links)]
    ends: dict[Address, str] = {
        (*at, name): getattr(each, name) for at, each in links for name in ("cause", "effect")
    }
    _check_known(reading, ends, ids.values(), _STRATEGIC)
    _check_loops(reading, ((each.cause, at, each.effect) for at, each in links), _STRATEGIC)


def _check_unique(reading: Reading, ids: Mapping[Address, str]) -> None:
    seen: set[str] = set()
    for at, name in ids.items():
        if name in seen:
            what = Text("id '{id}'이(가) 두 번 나옵니다", "the id '{id}' occurs twice").fill(id=name)
            reading.refuse(at, what, _ONE_ID)
        seen.add(name)


def _check_known(
    reading: Reading,
    references: Mapping[Address, str],
    known: Iterable[str],
    noun: Text,
    fix: Text = _KNOWN_ID,
) -> None:
    names = set(known)
    for at, name in references.items():
        if name not in names:
            what = Text("{noun} '{id}'이(가) 없습니다", "there is no {noun} '{id}'").fill(noun=noun, id=name)
            reading.refuse(at, what, fix)


def _check_loops(reading: Reading, arrows: Iterable[tuple[str, Address, str]], noun: Text) -> None:
    """Name each circle that arrows make, at one of them."""
    graph: dict[str, dict[str, Address]] = {}
    for start, at, end in arrows:
        if start:
            graph.setdefault(start, {})[end] = at
    for _ in range(20):  # after so many one reads no further
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            loop: list[str] = error.args[1][::-1]  # it lists each before the one that points to it
            what = Text("{noun}이(가) 돌고 돕니다: {loop}", "{noun}s go round in a circle: {loop}")
            fix = Text("고리 하나를 끊으세요", "break the circle at one place")
            reading.refuse(graph[loop[0]].pop(loop[1]), what.fill(noun=noun, loop=" -> ".join(loop)), fix)
        else:
            return
