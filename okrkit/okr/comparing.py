"""The same company seen as OKRs and as a Balanced Scorecard, beside MBO and KPI."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import ClassVar, Literal

from okrkit.files import read_yaml
from okrkit.okr.bsc import Achievement, Scorecard, achievement, perspective_name
from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.scoring import Score, score
from okrkit.text import Text

_STRICT: dict[str, str] = {"extra": "forbid"}
UNTAGGED = ""
"""Key of the balance under which objectives stand that name no perspective."""

COLUMNS = {"okr": "OKR", "bsc": "BSC", "mbo": "MBO", "kpi": "KPI"}


@dataclass(frozen=True, slots=True)
class Cell(Text):
    """What one of the four has to say on a point.

    Args:
        ko: In Korean.
        en: In English.
        source: Who says so, or ``통설``: common teaching, no source found.
    """

    source: str


@dataclass(frozen=True, slots=True)
class Caveat:
    """How far a claim of the topic card holds.

    Args:
        claim: Its id on the card, such as ``C39``.
        fit: How well sources bear it out: ``ok``, ``nuance``, ``card`` (on the card
            alone) or ``contested`` (sources disagree).
        text: The limit, in words.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    claim: str
    fit: Literal["ok", "nuance", "card", "contested"]
    text: Text


@dataclass(frozen=True, slots=True)
class Point:
    """One row of the comparison.

    Args:
        id: Its short name, such as ``seventy_percent``.
        name: As it is shown.
        okr: What OKR has to say.
        bsc: What the Balanced Scorecard has to say.
        mbo: What management by objectives has to say.
        kpi: What key performance indicators have to say.
        caveats: How far the card's claims on this point hold.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    name: Text
    okr: Cell
    bsc: Cell
    mbo: Cell
    kpi: Cell
    caveats: tuple[Caveat, ...] = ()

    @property
    def source(self) -> str:
        """Who says so, column by column: ``OKR: … / BSC, MBO: 통설``; in English, 통설 is explained."""
        said: dict[str, list[str]] = {}
        for column, head in COLUMNS.items():
            said.setdefault(getattr(self, column).source, []).append(head)
        told = " / ".join(f"{', '.join(heads)}: {source}" for source, heads in said.items())
        return str(Text(told, told.replace("통설", "common teaching (통설)")))


@dataclass(frozen=True, slots=True)
class _Table:
    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """A company seen both ways.

    Args:
        points: What holds for any company, point by point.
        okr_objectives: Number of its objectives.
        bsc_objectives: Number of its strategic objectives.
        balance: Number of its objectives (OKR) by the id of the perspective they name: those
            of the scorecard from top to bottom, with 0 where there is none; then others
            that were named; at last ``UNTAGGED``, those that name none.
        okr_score: Score of all its OKRs; ``total`` is the number of key results.
        bsc_achievement: Achievement of its scorecard; ``total`` is the number of measures.
    """

    points: tuple[Point, ...]
    okr_objectives: int
    bsc_objectives: int
    balance: Mapping[str, int]
    okr_score: Score
    bsc_achievement: Achievement

    def __str__(self) -> str:
        said = Text(
            "OKR: 목표 {okrs}개, 점수 {score}\nBSC: 전략 목표 {goals}개, 달성도 {achieved}"
            "\n견줄 점 {points}가지",
            "OKR: {okrs} objectives, score {score}\nBSC: {goals} strategic objectives, achievement {achieved}"
            "\n{points} points of comparison",
        )
        return str(
            said.fill(
                okrs=self.okr_objectives,
                score=self.okr_score,
                goals=self.bsc_objectives,
                achieved=self.bsc_achievement,
                points=len(self.points),
            )
        )

    __repr__ = __str__

    def to_rows(self) -> list[dict[str, str]]:
        """Return the points as rows in the language in force, then what this company shows.

        Returns:
            Rows of point, OKR, BSC, MBO, KPI, source and caveat; what does not apply is empty.
        """
        points = [
            {
                "point": str(point.name),
                **{head: str(getattr(point, column)) for column, head in COLUMNS.items()},
                "source": point.source,
                "caveat": "\n".join(f"[{each.claim}] {each.text}" for each in point.caveats),
            }
            for point in self.points
        ]
        blank = {"MBO": "", "KPI": "", "source": str(_THIS_COMPANY), "caveat": ""}
        return points + [
            {"point": str(name), "OKR": okr, "BSC": bsc, **blank} for name, okr, bsc in self._company()
        ]

    def _company(self) -> Iterator[tuple[Text, str, str]]:
        balance = ", ".join(f"{_shown(place)} {count}" for place, count in self.balance.items())
        yield _OBJECTIVES, str(self.okr_objectives), str(self.bsc_objectives)
        yield _MEASURES, str(self.okr_score.total), str(self.bsc_achievement.total)
        yield _RESULT, str(self.okr_score), str(self.bsc_achievement)
        yield _BALANCE, balance, ""


_THIS_COMPANY = Text("이 회사의 자료", "this company's data")
_OBJECTIVES = Text("목표 수", "Number of objectives")
_MEASURES = Text("핵심 결과·지표 수", "Number of key results or measures")
_RESULT = Text("전체 점수·달성도", "Overall score or achievement")
_BALANCE = Text("관점별 목표 수", "Objectives by perspective")
_UNTAGGED = Text("관점 표시 없음", "no perspective named")


def compare_bsc(okrs: Gatherable, scorecard: Scorecard, at: date | None = None) -> Comparison:
    """Return what OKR and the Balanced Scorecard each make of the same company.

    Args:
        okrs: An objective, several, or a plan; each may name the perspective it belongs to.
        scorecard: The same company's scorecard.
        at: Count check-ins up to this day only; None for all.

    Raises:
        ContentError: As ``score`` and ``achievement``.

    Example:
        >>> from okrkit.okr.bsc import Perspective
        >>> cafe = Scorecard((Perspective("financial", "재무"), Perspective("customer", "고객")))
        >>> from okrkit.okr.model import Objective
        >>> both = compare_bsc([Objective("단골이 친구를 데려온다", perspective="customer")], cafe)
        >>> both.balance
        {'financial': 0, 'customer': 1, '': 0}
        >>> print(next(point.bsc for point in both.points if point.id == "seventy_percent"))
        목표값에 30% 미달
    """
    objectives = objectives_of(okrs)
    scored = score(objectives, at)
    tagged = Counter(each.perspective for each in objectives)
    places = [
        *dict.fromkeys((*(each.id for each in scorecard.perspectives), *sorted(set(tagged) - {UNTAGGED})))
    ]
    return Comparison(
        points=comparison_points(),
        okr_objectives=len(objectives),
        bsc_objectives=sum(len(each.objectives) for each in scorecard.perspectives),
        balance={**{place: tagged[place] for place in places}, UNTAGGED: tagged[UNTAGGED]},
        okr_score=scored,
        bsc_achievement=achievement(scorecard),
    )


@cache
def comparison_points() -> tuple[Point, ...]:
    """Return the points on which OKR, BSC, MBO and KPI are compared, as the data file has them."""
    return read_yaml(Path(__file__).with_name("comparison.yaml"), _Table).value.points


def _shown(perspective: str) -> Text:
    return perspective_name(perspective) if perspective else _UNTAGGED
