"""The shape of an OKR document: which keys may stand where. Editors get it as a JSON Schema.

The names are those of the model, a key result's measure aside: its keys stand
beside its text, and which of them are there says what kind it is.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from okrkit.okr.bsc import Scorecard
from okrkit.okr.model import Kind, Origin

_STRICT: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class CycleEntry:
    """The first and the last day."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class CheckInEntry:
    """What was seen on one day: a value, a confidence from 0 to 10, a note, or several of these."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    on: date
    value: float | None = None
    confidence: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneEntry:
    """One step of several; done counts from the day done_on, or on every day if none is said."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    text: str
    weight: float = 1.0
    done: bool = False
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultEntry:
    """A key result: baseline and target, or one of keep_*, milestones, done, objective, or none.

    Done counts from the day done_on, or on every day if none is said.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str = ""
    text: str
    baseline: float | None = None
    target: float | None = None
    current: float | None = None
    unit: str = ""
    weight: float = 1.0
    committed: bool | None = None
    keep_above: float | None = None
    keep_below: float | None = None
    keep_within: tuple[float, ...] | None = None
    inclusive: bool = False
    milestones: tuple[MilestoneEntry, ...] | None = None
    done: bool | None = None
    done_on: date | None = None
    objective: str | None = None
    check_ins: tuple[CheckInEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementEntry:
    """The owner's verdict, from 0 to 1."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveEntry:
    """An objective with its key results, in a cycle of its own if it runs over several."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str = ""
    objective: str
    kind: Kind = "aspirational"
    owner: str = ""
    parent: str = ""
    origin: Origin | None = None
    perspective: str = ""
    weight: float = 1.0
    cycle: CycleEntry | None = None
    judgement: JudgementEntry | None = None
    health: tuple[KeyResultEntry, ...] = ()
    key_results: tuple[KeyResultEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """OKRs of one cycle, a Balanced Scorecard, or both."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    cycle: CycleEntry | None = None
    objectives: tuple[ObjectiveEntry, ...] = ()
    scorecard: Scorecard | None = None


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema of OKR documents, by which editors complete and check them.

    Example:
        >>> sorted(document_schema()["properties"])
        ['cycle', 'objectives', 'scorecard']
    """
    from pydantic import TypeAdapter

    return TypeAdapter(DocumentEntry).json_schema()
