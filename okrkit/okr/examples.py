"""Companies to look at: a few told in full, and large ones made from a seed. All of them are fictional."""

import difflib
import random
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from itertools import accumulate
from pathlib import Path

from okrkit.errors import ContentError, Problem
from okrkit.files import read_yaml
from okrkit.okr.bsc import Scorecard
from okrkit.okr.cycles import Cycle, quarter
from okrkit.okr.documents import read_document
from okrkit.okr.model import (
    CheckIn,
    Child,
    Keep,
    KeyResult,
    Measure,
    Metric,
    Milestones,
    Objective,
    Okrs,
    Origin,
    Step,
    YesNo,
)
from okrkit.text import Language, Text, language

_FOLDER = Path(__file__).parent / "companies"


def example(name: str) -> Okrs | Scorecard:
    """Return a fictional company, in the language in force.

    Args:
        name: ``"cafe"``, Corner Café over a whole quarter, well done; ``"cafe_faulty"``, the
            same quarter with the usual faults; ``"cafe_bsc"``, the café as a Balanced
            Scorecard; ``"cafe_it_bsc"``, its IT as an IT scorecard. The files in
            ``okrkit/okr/companies`` tell the story of each at their head.

    Returns:
        Its objectives; for a name that ends in ``bsc`` its scorecard.

    Raises:
        ContentError: If there is no company of that name.

    Example:
        >>> example("cafe")[0].text
        '단골이 친구를 데려오는 카페가 된다'
        >>> [perspective.name for perspective in example("cafe_bsc").perspectives]
        ['재무', '고객', '내부 프로세스', '학습과 성장']
    """
    names = sorted({path.name.partition(".")[0] for path in _FOLDER.glob("*.yaml")})
    if name not in names:
        what = Text("보기 회사 '{name}'이(가) 없습니다", "there is no example company '{name}'")
        fix = Text("가능한 것: {all}", "there are: {all}").fill(all=", ".join(names))
        for near in difflib.get_close_matches(str(name), names, n=1):
            asked = Text("'{near}'을(를) 쓰려던 것인가요? {fix}", "did you mean '{near}'? {fix}")
            fix = asked.fill(near=near, fix=fix)
        raise ContentError(Problem(what.fill(name=name), fix))
    return _read(name, language())


@cache  # a company cannot be changed, so everybody may have the same one
def _read(name: str, chosen: Language) -> Okrs | Scorecard:
    plan = read_document(_FOLDER / f"{name}.{chosen}.yaml")
    return plan.okrs if plan.scorecard is None else plan.scorecard


def company(seed: int, objectives: int = 250) -> Okrs:
    """Return a large fictional company in the first quarter of 2026, in the language in force.

    A company, its divisions, teams and people, linked by parents; key results of every
    kind, some without a measure or never measured; weekly check-ins that walk at random
    around a drift, of which some are missing. Numbers and links depend on the arguments
    alone, words on the language too.

    Args:
        seed: Any whole number; the same seed gives the same company.
        objectives: How many, at least 1.

    Raises:
        ContentError: If ``objectives`` is below 1.

    Example:
        >>> len(company(seed=7)), company(seed=7) == company(seed=7), company(seed=7) == company(seed=8)
        (250, True, False)
    """
    if objectives < 1:
        what = Text("목표가 {n}개인 회사는 만들 수 없습니다", "no company has {n} objectives")
        raise ContentError(Problem(what.fill(n=objectives), Text("1 이상을 쓰세요", "write 1 or more")))
    rng, cycle = random.Random(seed), quarter(2026, 1)  # noqa: S311  (a story, not a secret)
    seats = _seats(rng, objectives)
    below: dict[str, list[_Seat]] = {}
    for seat in seats:
        below.setdefault(seat.parent, []).append(seat)
    days = _mondays(cycle)
    return Okrs(tuple(_objective(rng, seat, below.get(seat.id, []), days) for seat in seats), cycle)


_Metric = tuple[Text, Text, float, float, int]
_Keep = tuple[Text, Text, float | None, float | None, float, float]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words and numbers a large company draws from, as the data file has them."""

    divisions: tuple[tuple[Text, str], ...]
    people: tuple[Text, ...]
    aims: tuple[Text, ...]
    subjects: tuple[Text, ...]
    metrics: tuple[_Metric, ...]
    keeps: tuple[_Keep, ...]
    steps: tuple[Text, ...]
    yes_or_no: tuple[Text, ...]
    unmeasured: tuple[Text, ...]


# --- who there is ------------------------------------------------------------------------------------

_SHARES = (0.012, 0.072, 0.36)  # of the objectives, down to the company, its divisions, its teams
_WORDS = read_yaml(Path(__file__).with_name("company.yaml"), _Words).value
_TEAMS = 4  # of each division
_BELOW = (
    len(_WORDS.divisions),
    _TEAMS,
    len(_WORDS.people),
)  # how many a company, a division, a team may have


@dataclass(frozen=True, slots=True)
class _Seat:
    """An objective before it has key results.

    Args:
        id: Its id.
        path: Which division, which team of it, which person of that; empty for the company.
        parent: Id of the objective it serves; may be empty.
        text: Its sentence.
    """

    id: str
    path: tuple[int, ...]
    parent: str
    text: str


def _seats(rng: random.Random, count: int) -> list[_Seat]:
    """Fill the company from the top, each objective below one of the level above it."""
    bounds = [count * share for share in _SHARES]
    levels: list[list[_Seat]] = [[], [], [], []]
    depth = 0
    for number in range(count):
        depth = min(bisect_right(bounds, number), depth + 1 if levels[depth] else 0)
        above = rng.choice(levels[depth - 1]) if depth else None
        path = (*above.path, rng.randrange(_BELOW[depth - 1])) if above else ()
        serves = above.id if above and rng.random() > 0.04 else ""  # one in 25 has lost its link
        text = rng.choice(_WORDS.aims).fill(what=rng.choice(_WORDS.subjects))
        levels[depth].append(_Seat(f"o{number + 1:03}", path, serves, str(text)))
    return [seat for level in levels for seat in level]


def _owner(path: tuple[int, ...]) -> str:
    if not path:
        return str(Text("회사", "The company"))
    words = {"division": _WORDS.divisions[path[0]][0]}
    if len(path) == 1:
        return str(Text("{division} 부문", "{division} division").fill(**words))
    team = Text("{division} {n}팀", "{division} team {n}").fill(n=path[1] + 1, **words)
    if len(path) == 2:
        return str(team)
    return str(Text("{team} {name}", "{name}, {team}").fill(team=team, name=_WORDS.people[path[2]]))


# --- what they want ----------------------------------------------------------------------------------

_BOTTOM_UP = (0.0, 0.3, 0.5, 0.7)  # share by level: the further down, the more come from their owners

_Drawn = tuple[str, Measure | None, tuple[CheckIn, ...]]
_Draw = Callable[[random.Random, list[date]], _Drawn]


def _objective(rng: random.Random, seat: _Seat, children: list[_Seat], days: list[date]) -> Objective:
    drawn = rng.sample(_DECK, rng.randint(2, 4))
    key_results = [_key_result(rng, f"{seat.id}-k{n + 1}", draw, days) for n, draw in enumerate(drawn)]
    if children and rng.random() < 0.5:
        child = rng.choice(children)
        text = Text("'{aim}'라는 목표를 이룬다", "Reach the objective '{aim}'").fill(aim=child.text)
        key_results.append(KeyResult(str(text), Child(child.id), f"{seat.id}-child"))
    return Objective(
        seat.text,
        tuple(key_results),
        seat.id,
        "committed" if rng.random() < 0.3 else "aspirational",
        _owner(seat.path),
        seat.parent,
        _origin(rng, len(seat.path)),
        _WORDS.divisions[seat.path[0]][1] if seat.path else "financial",
        rng.choice((1.0, 1.0, 1.0, 2.0, 3.0)),
    )


def _origin(rng: random.Random, depth: int) -> Origin | None:
    if rng.random() < 0.05:
        return None
    return "bottom_up" if rng.random() < _BOTTOM_UP[depth] else "top_down"


def _key_result(rng: random.Random, name: str, draw: _Draw, days: list[date]) -> KeyResult:
    text, measure, check_ins = draw(rng, days if rng.random() > 0.06 else [])  # some are never looked at
    committed = True if rng.random() < 0.1 else None
    return KeyResult(text, measure, name, rng.choice((1.0, 1.0, 1.0, 2.0)), committed, check_ins)


def _metric(usual: _Metric, rng: random.Random, days: list[date]) -> _Drawn:
    name, unit, low, high, digits = usual
    shift, reach = rng.uniform(-0.1, 0.1) * (high - low), rng.uniform(0.6, 1.0) * (high - low)
    baseline, target = round(low + shift, digits), round(low + shift + reach, digits)
    drift = rng.gauss(0.65, 0.25) / 13  # 0.6-0.7 by the end is the average to expect
    walk = accumulate(rng.gauss(drift, 0.04) for _ in days)
    seen = [
        (round(baseline + moved * (target - baseline), digits), moved + 0.05 * (12 - week))
        for week, moved in enumerate(walk)  # one hopes for 0.05 in each week that is left
    ]
    sentence = Text("{name} {a:g}{unit} -> {b:g}{unit}", "{name} {a:g}{unit} -> {b:g}{unit}")
    said = sentence.fill(name=name, a=baseline, b=target, unit=unit)
    return str(said), Metric(baseline, target, unit=str(unit).strip()), _check_ins(rng, days, seen)


def _keep(usual: _Keep, rng: random.Random, days: list[date]) -> _Drawn:
    name, unit, low, high, middle, stray = usual
    keep = Keep(low, high, inclusive=rng.random() < 0.5, unit=str(unit).strip())
    said = Text("{name}을(를) 지킨다", "Hold {name}").fill(name=name)
    return str(said), keep, _check_ins(rng, days, [(round(rng.gauss(middle, stray), 2), 0.8) for _ in days])


def _milestones(rng: random.Random, _: list[date]) -> _Drawn:
    reached = rng.randint(0, len(_WORDS.steps))
    steps = tuple(Step(str(text), n + 1.0, n < reached) for n, text in enumerate(_WORDS.steps))
    return str(Text("새 서비스가 자리를 잡는다", "The new service takes hold")), Milestones(steps), ()


def _yes_no(text: Text, rng: random.Random, _: list[date]) -> _Drawn:
    return str(text), YesNo(rng.choice((True, False, None))), ()


def _unmeasured(text: Text, _: random.Random, __: list[date]) -> _Drawn:
    return str(text), None, ()


_DECK: tuple[_Draw, ...] = (  # each objective draws from it without putting back: no key result comes twice
    *(partial(_metric, usual) for usual in _WORDS.metrics),
    *(partial(_keep, usual) for usual in _WORDS.keeps),
    _milestones,
    *(partial(_yes_no, text) for text in _WORDS.yes_or_no),
    *(partial(_unmeasured, text) for text in _WORDS.unmeasured),
)


# --- how it went -------------------------------------------------------------------------------------


def _check_ins(rng: random.Random, days: list[date], seen: list[tuple[float, float]]) -> tuple[CheckIn, ...]:
    """Write down what was seen each week: the value, and the score it lets one hope for.

    One week in twelve nobody writes, and one time in twenty nobody asks for the confidence.
    """
    written = []
    for day, (value, hope) in zip(days, seen, strict=True):
        felt = min(max(round(10 * hope + rng.gauss(0, 1)), 0), 10)
        if rng.random() > 1 / 12:
            written.append(CheckIn(day, value, felt if rng.random() > 0.05 else None))
    return tuple(written)


def _mondays(cycle: Cycle) -> list[date]:
    first = cycle.start + timedelta(days=-cycle.start.weekday() % 7)
    return [first + timedelta(weeks=n) for n in range((cycle.end - first).days // 7 + 1)]
