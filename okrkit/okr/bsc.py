"""The Balanced Scorecard: perspectives, strategic objectives, measures, and what causes what."""

from dataclasses import dataclass
from typing import ClassVar, Literal

_STRICT: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class ScorecardMeasure:
    """What tells how a strategic objective fares.

    Args:
        text: Its name.
        baseline: Value at the start.
        target: Value aimed at; different from the baseline.
        current: Value now; None while nothing has been measured.
        unit: What is counted; may be empty.
        kind: ``lead`` for what drives a result, ``lag`` for the result itself.
        weight: Its share of the objective, above 0.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    text: str
    baseline: float
    target: float
    current: float | None = None
    unit: str = ""
    kind: Literal["lead", "lag"] = "lag"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class StrategicObjective:
    """One box of the strategy map.

    Args:
        id: Name the links use.
        text: What is to be achieved.
        measures: How it is measured.
        initiatives: What is done for it.
        weight: Its share of the perspective, above 0.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    text: str
    measures: tuple[ScorecardMeasure, ...] = ()
    initiatives: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Perspective:
    """One side from which the company is looked at.

    Args:
        id: ``financial``, ``customer``, ``internal_process``, ``learning_growth``; of the IT
            scorecard ``business_contribution``, ``user_orientation``,
            ``operational_excellence``, ``future_orientation``; or one's own.
        name: As it is shown.
        objectives: Its strategic objectives.
        weight: Its share of the whole, above 0.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    name: str
    objectives: tuple[StrategicObjective, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow of the strategy map: a hypothesis that one objective helps another.

    Args:
        cause: Id of the strategic objective that helps.
        effect: Id of the one that is helped.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    cause: str
    effect: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A company's scorecard.

    Args:
        perspectives: From the top of the map to its bottom, in whatever order the
            company holds right: a business puts finance on top, a public body its mission.
        links: The arrows.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    perspectives: tuple[Perspective, ...]
    links: tuple[Link, ...] = ()
