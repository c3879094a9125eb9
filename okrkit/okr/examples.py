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


# --- who there is ------------------------------------------------------------------------------------

_SHARES = (0.012, 0.072, 0.36)  # of the objectives, down to the company, its divisions, its teams
_DIVISIONS = (
    (Text("영업", "Sales"), "customer"),
    (Text("제품", "Product"), "internal_process"),
    (Text("운영", "Operations"), "internal_process"),
    (Text("고객 지원", "Customer care"), "customer"),
    (Text("인재", "People"), "learning_growth"),
)
_TEAMS = 4  # of each division
_PEOPLE = (
    Text("가온", "Gaon"),
    Text("나래", "Narae"),
    Text("다온", "Daon"),
    Text("라온", "Raon"),
    Text("보람", "Boram"),
    Text("새롬", "Saerom"),
    Text("아람", "Aram"),
    Text("한결", "Hangyeol"),
)
_BELOW = (len(_DIVISIONS), _TEAMS, len(_PEOPLE))  # how many a company, a division, a team may have
_AIMS = (
    Text("고객이 {what} 때문에 우리를 고르게 한다", "Make {what} a reason to choose us"),
    Text("{what}만큼은 업계의 본보기가 된다", "Set the industry's example in {what}"),
    Text("{what}에서 느린 일과 헛일을 없앤다", "Take the waiting and the waste out of {what}"),
    Text("{what} 이야기가 나오면 칭찬부터 듣는다", "Hear praise first whenever {what} comes up"),
    Text("처음 온 고객도 {what}에서 헤매지 않는다", "Let no newcomer get lost in {what}"),
    Text("{what}을(를) 아는 사람이 회사에 넘친다", "Fill the company with people who know {what}"),
)
_SUBJECTS = (
    Text("상담", "advice"),
    Text("첫 구매", "first-time buying"),
    Text("배송", "delivery"),
    Text("모바일 앱", "the mobile app"),
    Text("정기 구독", "the subscription"),
    Text("데이터", "data"),
    Text("새 요금제", "the new price plan"),
    Text("품질 관리", "quality control"),
)


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
        text = rng.choice(_AIMS).fill(what=rng.choice(_SUBJECTS))
        levels[depth].append(_Seat(f"o{number + 1:03}", path, serves, str(text)))
    return [seat for level in levels for seat in level]


def _owner(path: tuple[int, ...]) -> str:
    if not path:
        return str(Text("회사", "The company"))
    words = {"division": _DIVISIONS[path[0]][0]}
    if len(path) == 1:
        return str(Text("{division} 부문", "{division} division").fill(**words))
    team = Text("{division} {n}팀", "{division} team {n}").fill(n=path[1] + 1, **words)
    if len(path) == 2:
        return str(team)
    return str(Text("{team} {name}", "{name}, {team}").fill(team=team, name=_PEOPLE[path[2]]))


# --- what they want ----------------------------------------------------------------------------------

_BOTTOM_UP = (0.0, 0.3, 0.5, 0.7)  # share by level: the further down, the more come from their owners

# Name, unit, usual baseline and target, decimals. A falling target is at least half its baseline,
# so that a walk that overshoots still ends above zero.
_METRICS = (
    (Text("재구매율", "Repeat purchases"), Text("%", "%"), 20, 35, 1),
    (Text("첫 응답까지 걸리는 시간", "Time to first reply"), Text("시간", " h"), 8, 4, 1),
    (Text("해지율", "Churn"), Text("%", "%"), 6, 4, 2),
    (Text("월 활성 사용자", "Monthly active users"), Text("명", " users"), 12_000, 18_000, 0),
    (Text("고객 추천 지수(NPS)", "Net promoter score"), Text("점", " points"), 18, 35, 0),
    (Text("되풀이된 결함", "Recurring defects"), Text("건", " defects"), 24, 13, 0),
    (Text("개발에서 배포까지 걸리는 시간", "Lead time to release"), Text("일", " days"), 9, 5, 1),
    (Text("신규 계약", "New contracts"), Text("건", " contracts"), 40, 75, 0),
    (Text("납기 준수율", "Delivered on time"), Text("%", "%"), 82, 90, 1),
    (Text("직원 추천 지수(eNPS)", "Employee net promoter score"), Text("점", " points"), -5, 15, 0),
)
# Name, unit, bounds, the value it keeps to and how far it strays in a week.
_KEEPS = (
    (Text("고객 만족도", "customer satisfaction"), Text("점", " points"), 4.2, None, 4.35, 0.1),
    (Text("한 사람의 주당 초과 근무", "overtime a week"), Text("시간", " h"), None, 6.0, 5.0, 0.8),
    (Text("재고 일수", "days of stock"), Text("일", " days"), 20.0, 35.0, 28.0, 4.0),
)
_STEPS = (
    Text("고객 열 곳이 시범으로 쓴다", "Ten customers use the pilot"),
    Text("서른 곳이 돈을 내고 쓴다", "Thirty customers pay for it"),
    Text("쓰는 곳이 다른 곳에 권한다", "One customer recommends it to another"),
)
_YES_OR_NO = (
    Text("정보 보호 인증을 받는다", "Gain the information security certificate"),
    Text("외부 감사를 지적 없이 마친다", "Pass the external audit without a finding"),
)
_UNMEASURED = (
    Text("부서 사이의 협업을 활발하게 한다", "Encourage departments to work together"),
    Text("새 시스템을 연다", "Launch the new system"),
)


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
        _DIVISIONS[seat.path[0]][1] if seat.path else "financial",
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


def _metric(usual: tuple[Text, Text, float, float, int], rng: random.Random, days: list[date]) -> _Drawn:
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


def _keep(
    usual: tuple[Text, Text, float | None, float | None, float, float], rng: random.Random, days: list[date]
) -> _Drawn:
    name, unit, low, high, middle, stray = usual
    keep = Keep(low, high, inclusive=rng.random() < 0.5, unit=str(unit).strip())
    said = Text("{name}을(를) 지킨다", "Hold {name}").fill(name=name)
    return str(said), keep, _check_ins(rng, days, [(round(rng.gauss(middle, stray), 2), 0.8) for _ in days])


def _milestones(rng: random.Random, _: list[date]) -> _Drawn:
    reached = rng.randint(0, len(_STEPS))
    steps = tuple(Step(str(text), n + 1.0, n < reached) for n, text in enumerate(_STEPS))
    return str(Text("새 서비스가 자리를 잡는다", "The new service takes hold")), Milestones(steps), ()


def _yes_no(text: Text, rng: random.Random, _: list[date]) -> _Drawn:
    return str(text), YesNo(rng.choice((True, False, None))), ()


def _unmeasured(text: Text, _: random.Random, __: list[date]) -> _Drawn:
    return str(text), None, ()


_DECK: tuple[_Draw, ...] = (  # each objective draws from it without putting back: no key result comes twice
    *(partial(_metric, usual) for usual in _METRICS),
    *(partial(_keep, usual) for usual in _KEEPS),
    _milestones,
    *(partial(_yes_no, text) for text in _YES_OR_NO),
    *(partial(_unmeasured, text) for text in _UNMEASURED),
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
