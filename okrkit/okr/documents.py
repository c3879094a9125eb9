"""OKRs and a scorecard as YAML: the form that holds everything.

A document is held against its shape first (``entries``), then turned into the
model, then its parts are held against each other. All problems come at once,
each with its line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from okrkit.errors import ContentError, Problem
from okrkit.files import Address, Document, parse_yaml, read_yaml, to_yaml
from okrkit.okr.bsc import Scorecard
from okrkit.okr.cycles import Cycle
from okrkit.okr.entries import CycleEntry, DocumentEntry, KeyResultEntry, ObjectiveEntry
from okrkit.okr.model import (
    CheckIn,
    Child,
    Judgement,
    Keep,
    KeyResult,
    Measure,
    Metric,
    Milestones,
    Objective,
    Okrs,
    Step,
    YesNo,
)
from okrkit.okr.references import Reading, check_objectives, check_perspectives, check_scorecard
from okrkit.text import Text

Made = TypeVar("Made")

_KEEPS = ("keep_above", "keep_below", "keep_within")
_KINDS = ("target", *_KEEPS, "milestones", "done", "objective")  # the key that tells a measure's kind
_PARTNERS = {  # keys that mean something only beside others
    "current": Text("baseline과 target을", "baseline and target"),
    "unit": Text("baseline과 target을", "baseline and target"),
    "inclusive": Text("keep_above 등과", "keep_above, say,"),
    "done_on": Text("done: true와", "done: true"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one document holds.

    Args:
        okrs: The objectives in their cycle.
        scorecard: The Balanced Scorecard; None if there is none.
    """

    okrs: Okrs
    scorecard: Scorecard | None = None


def read_document(path: Path) -> Plan:
    """Read a YAML file of OKRs, a scorecard, or both.

    Raises:
        ContentError: With every problem of the file.
    """
    return _plan(read_yaml(path, DocumentEntry))


def parse_document(text: str, file: str = "") -> Plan:
    """Read YAML text of OKRs, a scorecard, or both; ``file`` is its name in messages.

    Raises:
        ContentError: With every problem of the text.

    Example:
        >>> parse_document('''
        ... objectives:
        ...   - objective: 단골이 친구를 데려오는 카페가 된다
        ...     key_results:
        ...       - {text: 재방문율, baseline: 20, target: 35, current: 29, unit: "%"}
        ... ''').okrs[0].key_results[0].measure
        Metric(baseline=20.0, target=35.0, current=29.0, unit='%')
    """
    return _plan(parse_yaml(text, DocumentEntry, file))


def dump_document(plan: Plan) -> str:
    """Write a plan as YAML that ``parse_document`` reads back as the equal plan.

    Raises:
        ContentError: If it could not be read back: a sentence is blank, an id is used
            twice, a parent does not exist.

    Example:
        >>> print(dump_document(Plan(Okrs((Objective("No waste", (KeyResult("Bread", YesNo(True)),)),)))))
        objectives:
        - objective: No waste
          key_results:
          - text: Bread
            done: true
        <BLANKLINE>
    """
    data = {"cycle": plan.okrs.cycle, "objectives": plan.okrs.objectives, "scorecard": plan.scorecard}
    text = to_yaml({name: _plain(value) for name, value in data.items() if value})
    if parse_document(text) != plan:
        what = Text("YAML로 옮기면 달라지는 값이 있습니다", "YAML would not hold every value as it is")
        fix = Text("아주 큰 정수 같은 값을 확인하세요", "check values such as very large whole numbers")
        raise ContentError(Problem(what, fix))
    return text


# --- from the document to the model ------------------------------------------------------------------


def _plan(document: Document[DocumentEntry]) -> Plan:
    reading, entry = Reading(document), document.value
    cycle = _cycle(reading, entry.cycle, ("cycle", "end"))
    made = [_objective(reading, each, ("objectives", n), cycle) for n, each in enumerate(entry.objectives)]
    check_objectives(reading, entry.objectives)
    if entry.scorecard:
        check_scorecard(reading, entry.scorecard)
        check_perspectives(reading, entry.objectives, entry.scorecard)
    if not made and not entry.scorecard:
        what = Text("목표가 하나도 없습니다", "there is no objective")
        reading.refuse((), what, Text("'objectives:' 아래에 쓰세요", "write one below 'objectives:'"))
    if reading.problems:
        raise ContentError(*sorted(reading.problems, key=lambda problem: problem.line or 0))
    return Plan(Okrs(_whole(made), cycle), entry.scorecard)


def _whole(made: Iterable[Made | None]) -> tuple[Made, ...]:
    return tuple(each for each in made if each is not None)


def _cycle(reading: Reading, days: CycleEntry | None, at: Address) -> Cycle | None:
    return reading.make(at, Cycle, days.start, days.end) if days else None


def _objective(reading: Reading, entry: ObjectiveEntry, at: Address, cycle: Cycle | None) -> Objective | None:
    said, where = entry.judgement, (*at, "judgement", "score")
    judgement = reading.make(where, Judgement, said.score, said.reason) if said else None
    own = _cycle(reading, entry.cycle, (*at, "cycle", "end"))
    key_results, health = (
        _whole(_key_result(reading, each, (*at, name, n), own or cycle) for n, each in enumerate(entries))
        for name, entries in (("key_results", entry.key_results), ("health", entry.health))
    )
    same = ("id", "kind", "owner", "parent", "origin", "perspective", "weight")
    return reading.make(
        (*at, "weight"),
        Objective,
        entry.objective,
        key_results,
        judgement=judgement,
        health=health,
        cycle=own,
        line=reading.document.lines[at],
        **{name: getattr(entry, name) for name in same},
    )


def _key_result(
    reading: Reading, entry: KeyResultEntry, at: Address, cycle: Cycle | None
) -> KeyResult | None:
    return reading.make(
        (*at, "weight"),
        KeyResult,
        entry.text,
        _measure(reading, entry, at),
        entry.id,
        entry.weight,
        entry.committed,
        tuple(_check_ins(reading, entry, (*at, "check_ins"), cycle)),
        reading.document.lines[at],
    )


def _check_ins(
    reading: Reading, entry: KeyResultEntry, at: Address, cycle: Cycle | None
) -> Iterator[CheckIn]:
    before: date | None = None
    for n, each in enumerate(entry.check_ins):
        made = reading.make((*at, n, "confidence"), CheckIn, each.on, each.value, each.confidence, each.note)
        if cycle and each.on < cycle.start:  # one after its end is the grading, and welcome
            what = Text(
                "{on}은(는) 주기가 시작된 {start}보다 이릅니다",
                "{on} is before the cycle, which starts on {start}",
            )
            fix = Text("날짜나 주기를 고치세요", "correct the date or the cycle")
            reading.refuse((*at, n, "on"), what.fill(on=each.on, start=cycle.start), fix)
        if before and each.on < before:
            what = Text("{on}이(가) {before} 뒤에 나옵니다", "{on} comes after {before}")
            fix = Text("오래된 것부터 차례로 쓰세요", "write the oldest first")
            reading.refuse((*at, n, "on"), what.fill(on=each.on, before=before), fix)
        before = each.on
        if made:
            yield made


def _measure(reading: Reading, entry: KeyResultEntry, at: Address) -> Measure | None:
    """Make the measure that the keys speak of, if they agree on one."""
    lines = reading.document.lines
    kinds = [name for name in _KINDS if getattr(entry, name) is not None]
    if entry.done is None and (*at, "done") in lines:
        kinds.append("done")  # written, and left blank: yes or no, and nobody has said which
    if entry.baseline is not None and "target" not in kinds:
        kinds.insert(0, "target")
    if len(kinds) > 1:
        what = Text("재는 방식이 둘 이상입니다 ({all})", "more than one kind of measure ({all})")
        fix = Text("하나만 남기세요", "keep one of them")
        reading.refuse((*at, kinds[-1]), what.fill(all=", ".join(kinds)), fix)
        return None
    kind = kinds[0] if kinds else ""
    _check_company(reading, entry, at, kind)
    match kind:
        case "target":
            return _metric(reading, entry, at)
        case "milestones":
            return _milestones(reading, entry, (*at, kind))
        case "done":
            return reading.make((*at, kind), YesNo, entry.done, entry.done_on)
        case "objective":
            return Child(entry.objective or "")
    return _keep(reading, entry, (*at, kind)) if kind else None


def _check_company(reading: Reading, entry: KeyResultEntry, at: Address, kind: str) -> None:
    """See that no key stands where it says nothing."""
    meant = {"target": ("current", "unit"), "done": ("done_on",)}
    meant |= dict.fromkeys(_KEEPS, ("current", "unit", "inclusive"))
    for name, partner in _PARTNERS.items():
        written = (*at, name) in reading.document.lines and getattr(entry, name) is not None
        if written and name not in meant.get(kind, ()):
            what = Text("'{name}'은(는) 여기서 뜻이 없습니다", "'{name}' means nothing here").fill(name=name)
            fix = Text("{partner} 함께 쓰거나 지우세요", "write {partner} too, or remove it")
            reading.refuse((*at, name), what, fix.fill(partner=partner))


def _metric(reading: Reading, entry: KeyResultEntry, at: Address) -> Metric | None:
    if entry.baseline is None or entry.target is None:
        name = "baseline" if entry.baseline is None else "target"
        what = Text("'{name}'이(가) 빠졌습니다", "'{name}' is missing").fill(name=name)
        fix = Text("baseline과 target을 함께 쓰세요", "write both baseline and target")
        reading.refuse(at, what, fix)
        return None
    return reading.make((*at, "target"), Metric, entry.baseline, entry.target, entry.current, entry.unit)


def _keep(reading: Reading, entry: KeyResultEntry, at: Address) -> Keep | None:
    within = entry.keep_within
    if within is not None and len(within) != 2:
        what = Text("값이 {n}개입니다", "there are {n} values").fill(n=len(within))
        fix = Text("[아래 끝, 위 끝] 두 값을 쓰세요", "write two, [lower, upper]")
        reading.refuse(at, what, fix)
        return None
    low, high = within or (entry.keep_above, entry.keep_below)
    return reading.make(at, Keep, low, high, entry.inclusive, entry.current, entry.unit)


def _milestones(reading: Reading, entry: KeyResultEntry, at: Address) -> Milestones | None:
    written = entry.milestones or ()
    steps = [
        reading.make((*at, n, "weight"), Step, each.text, each.weight, each.done, each.done_on)
        for n, each in enumerate(written)
    ]
    return None if written and not all(steps) else reading.make(at, Milestones, _whole(steps))


# --- from the model to the document ------------------------------------------------------------------


def _plain(value: Any) -> Any:  # noqa: ANN401  (any part of the model, to plain data)
    """Return a part of the model as plain data, without what is as it would be anyway."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if not is_dataclass(value):
        return value
    said = {each.name: getattr(value, each.name) for each in fields(value) if _is_said(value, each)}
    order: Any = value
    if isinstance(value, Objective):
        order, said["objective"] = ObjectiveEntry, said.pop("text")
    elif isinstance(value, KeyResult):
        order, said = KeyResultEntry, said | _measure_keys(said.pop("measure", None))
    return {each.name: _plain(said[each.name]) for each in fields(order) if each.name in said}


def _is_said(value: object, part: Field[Any]) -> bool:
    return part.compare and (part.default is MISSING or getattr(value, part.name) != part.default)


def _measure_keys(measure: Measure | None) -> dict[str, Any]:
    """Return the keys that stand beside a key result's text for its measure."""
    match measure:
        case None:
            return {}
        case YesNo(done, done_on):
            return {"done": done} | ({"done_on": done_on} if done_on else {})
        case Child():
            return {"objective": measure.objective}
        case Milestones():
            return {"milestones": measure.steps}
        case Metric():
            return {
                each.name: getattr(measure, each.name) for each in fields(measure) if _is_said(measure, each)
            }
        case Keep(low, high):
            bounds: dict[str, Any] = {"keep_above": low, "keep_below": high}
            if low is not None and high is not None:
                bounds = {"keep_within": (low, high)}
            others = {name: getattr(measure, name) for name in ("inclusive", "current", "unit")}
            return {name: value for name, value in (bounds | others).items() if not _is_blank(value)}


def _is_blank(value: object) -> bool:
    return value is None or value is False or value == ""
