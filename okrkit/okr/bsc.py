"""The Balanced Scorecard: perspectives, strategic objectives, measures, and what causes what."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import ClassVar, Literal, assert_never

from okrkit.errors import ContentError, Problem
from okrkit.files import read_yaml
from okrkit.okr.checking import refuse
from okrkit.okr.model import KeyResult, Metric
from okrkit.okr.scoring import round_half_up, score, weighted_mean
from okrkit.text import Text

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


@dataclass(frozen=True, slots=True)
class PerspectiveSet:
    """The perspectives that belong together, and who named them.

    Args:
        names: Name of each by its id, from the top of the map to its bottom.
        mnemonic: The first letters by which candidates of the exam remember them (두음).
        source: Who says so.
    """

    names: Mapping[str, Text]
    mnemonic: str
    source: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What the data file tells of any scorecard."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    perspectives: Mapping[str, PerspectiveSet]
    comments: Mapping[str, tuple[Text, Text]]


_KNOWN = read_yaml(Path(__file__).with_name("scorecards.yaml"), _Known).value
PERSPECTIVES, IT_PERSPECTIVES = _KNOWN.perspectives["bsc"], _KNOWN.perspectives["it_bsc"]


def perspectives() -> dict[str, PerspectiveSet]:
    """Return the perspectives that belong together: those of any company and those of its IT.

    Example:
        >>> {name: each.mnemonic for name, each in perspectives().items()}
        {'bsc': '재고내학', 'it_bsc': '기사운미'}
    """
    return dict(_KNOWN.perspectives)


@dataclass(frozen=True, slots=True, repr=False)
class Achievement:
    """How far targets were reached, and on how many measures that rests.

    Args:
        value: Fraction from 0.0 to 1.0, not rounded; None if no measure has a value.
        counted: Number of measures that have a value.
        total: Number of all measures.
    """

    value: float | None
    counted: int
    total: int

    def __str__(self) -> str:
        basis = Text("지표 {total}개 중 {counted}개로 계산", "on {counted} of {total} measures")
        shown = "-" if self.value is None else str(round_half_up(self.value))
        return f"{shown} ({basis.fill(counted=self.counted, total=self.total)})"

    __repr__ = __str__


WeightedPart = Perspective | StrategicObjective | ScorecardMeasure


def achievement(part: Scorecard | WeightedPart) -> Achievement:
    """Return how far a scorecard, or a part of it, has reached its targets.

    A measure: (current - baseline) / (target - baseline), clamped to 0-1. All else: the
    mean of its parts by their weights (a weighted average upward is what BSC Designer and
    Spider Impact do by default). What has no value is left out with its weight. Measures
    carry no days: this is how they stand now, and no earlier day can be asked for.

    Args:
        part: A scorecard, a perspective, a strategic objective or a measure.

    Raises:
        ContentError: If a measure's baseline equals its target, a number is not finite,
            or a weight is not above 0; the error names the part.

    Example:
        >>> achievement(StrategicObjective("loyal", "단골이 는다", (
        ...     ScorecardMeasure("재방문율", 20, 35, 29, "%", weight=3),
        ...     ScorecardMeasure("추천 고객", 0, 50, 50, "명", weight=1),
        ...     ScorecardMeasure("만족도", 3.8, 4.5),
        ... )))
        0.70 (지표 3개 중 2개로 계산)
    """
    if not isinstance(part, Scorecard | WeightedPart):
        what = Text("균형성과표가 아닙니다 ({kind})", "this is no scorecard ({kind})")
        fix = Text("OKR의 점수라면 ok.score를 쓰세요", "of OKRs, ask ok.score")
        refuse(what.fill(kind=type(part).__name__), fix)
    if not isinstance(part, Scorecard):
        _must_be_sound(part)
    if isinstance(part, ScorecardMeasure):
        value = score(_as_key_result(part)).value
        return Achievement(value, counted=int(value is not None), total=1)
    parts = [(achievement(each), each.weight) for each in _parts(part)]
    mean = weighted_mean([(each.value, weight) for each, weight in parts])
    return Achievement(mean, sum(each.counted for each, _ in parts), sum(each.total for each, _ in parts))


def perspective_name(perspective: str) -> Text:
    """Return the name of one of the eight known perspectives by its id; any other id as it is.

    Example:
        >>> perspective_name("future_orientation").ko
        '미래 지향'
    """
    known = {**PERSPECTIVES.names, **IT_PERSPECTIVES.names}
    return known.get(perspective, Text(perspective, perspective))


@dataclass(frozen=True, slots=True, repr=False)
class Comment:
    """Something to think about in a scorecard; not an error.

    Args:
        rule: Its short name, such as ``against_order``.
        about: Id of the perspective or strategic objective, or both ids of an arrow.
        what: What was seen.
        advice: What might be done.
    """

    rule: str
    about: str
    what: Text
    advice: Text

    def __str__(self) -> str:
        return f"{self.about}: {self.what}; {self.advice}"

    __repr__ = __str__


def check_scorecard(scorecard: Scorecard) -> list[Comment]:
    """Return what deserves a second look in a scorecard and its strategy map.

    Arrows within a perspective and arrows that skip one are fine. That lag measures
    want lead measures beside them is Kaplan and Norton's (1996); the top perspective is
    exempt, for results are what it holds.

    Args:
        scorecard: Its perspectives stand from top to bottom; an arrow should run up.

    Raises:
        ContentError: With every arrow to an id that does not exist, every id given
            twice, or else the loop that the arrows make, named. As ``achievement``, if a
            weight or a measure cannot be counted with.

    Example:
        >>> check_scorecard(Scorecard((Perspective("customer", "고객"),)))
        [customer: 전략 목표가 없는 관점입니다; 전략 목표를 하나 이상 두세요]
    """
    achievement(scorecard)  # for its errors
    _must_be_a_map(scorecard)
    return [Comment(rule, about, *_KNOWN.comments[rule]) for rule, about in _seen(scorecard)]


def _seen(scorecard: Scorecard) -> Iterator[tuple[str, str]]:
    """Go through the map from top to bottom, then through its arrows."""
    linked = {end for link in scorecard.links for end in (link.cause, link.effect)}
    results = scorecard.perspectives[:1] if len(scorecard.perspectives) > 1 else ()
    for perspective in scorecard.perspectives:
        if not perspective.objectives:
            yield "empty_perspective", perspective.id
        for objective in perspective.objectives:
            if not objective.measures:
                yield "no_measure", objective.id
            elif perspective not in results and all(each.kind == "lag" for each in objective.measures):
                yield "only_lag", objective.id
            if objective.id not in linked:
                yield "no_arrow", objective.id
    level = {each.id: n for n, place in enumerate(scorecard.perspectives) for each in place.objectives}
    for link in scorecard.links:
        if level[link.cause] < level[link.effect]:
            yield "against_order", _spell(link)


def _must_be_a_map(scorecard: Scorecard) -> None:
    known = Counter(each.id for place in scorecard.perspectives for each in place.objectives)
    rename = Text("하나를 다른 이름으로 바꾸세요", "rename one of them")
    exists = Text("있는 전략 목표의 id를 쓰세요: {all}", "write the id of one that exists: {all}")
    twice = Text("id '{id}'이(가) 두 번 나옵니다", "the id '{id}' is given twice")
    unknown = Text("'{id}'(이)라는 전략 목표가 없습니다", "there is no strategic objective '{id}'")
    problems = [Problem(twice.fill(id=each), rename) for each, times in known.items() if times > 1]
    problems += [
        Problem(unknown.fill(id=end), exists.fill(all=", ".join(known) or "-"), path=_spell(link))
        for link in scorecard.links
        for end in (link.cause, link.effect)
        if end not in known
    ]
    if problems:
        raise ContentError(*problems)
    causes: dict[str, list[str]] = {each: [] for each in known}
    for link in scorecard.links:
        causes[link.effect].append(link.cause)
    try:
        TopologicalSorter(causes).prepare()
    except CycleError as error:
        what = Text("화살표가 돌고 돕니다: {loop}", "the arrows go round in a circle: {loop}")
        fix = Text("화살표 하나를 지우세요", "remove one of the arrows")
        raise ContentError(Problem(what.fill(loop=" -> ".join(error.args[1])), fix)) from error


def _spell(link: Link) -> str:
    return f"{link.cause} -> {link.effect}"


def _parts(part: Scorecard | Perspective | StrategicObjective) -> Sequence[WeightedPart]:
    match part:
        case Scorecard():
            return part.perspectives
        case Perspective():
            return part.objectives
        case StrategicObjective():
            return part.measures
        case _:
            assert_never(part)


def _must_be_sound(part: WeightedPart) -> None:
    """Refuse a part whose weight or numbers are wrong, by its name."""
    try:
        _as_key_result(part)
    except ContentError as error:
        name = part.text if isinstance(part, ScorecardMeasure) else part.id
        raise ContentError(*(replace(problem, path=name) for problem in error.problems)) from error


def _as_key_result(part: WeightedPart) -> KeyResult:
    """Put a part in the form that checks weights and numbers, and can be scored."""
    if not isinstance(part, ScorecardMeasure):
        return KeyResult("", weight=part.weight)
    return KeyResult("", Metric(part.baseline, part.target, part.current), weight=part.weight)
