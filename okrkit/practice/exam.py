"""A mock exam: what is on the paper, how late it is, what it came to.

Nothing is said about right and wrong until the end. What is answered until then
are drafts; handed in, or when time runs out, they become attempts.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from okrkit.errors import AnswerError, ContentError, Problem
from okrkit.files import read_yaml
from okrkit.practice.bank import Bank
from okrkit.practice.grading import Grade, Raw, grade
from okrkit.practice.items import Item, Written
from okrkit.practice.progress import Attempt, Progress, Sitting
from okrkit.practice.session import Session
from okrkit.practice.specimens import specimens
from okrkit.text import Text

PULSE = timedelta(seconds=20)
"""How often the page reports that the exam goes on."""

AWAY = timedelta(minutes=2)
"""Silence after which it is said that time ran on; a browser lets a hidden page speak once a minute."""

IN_TRANSIT = timedelta(seconds=2)
"""For letters typed before the end that arrive after it."""

_RAN_ON = Text(
    "{n}분 동안 소식이 없었지만 시계는 멈추지 않았습니다. 실제 시험도 그렇습니다.",
    "Nothing was heard for {n} minutes, but the clock ran on, as it does in the real exam.",
)
_SET_BACK = Text(
    "컴퓨터의 시계가 뒤로 갔습니다. 시험 시간은 늘지 않습니다.",
    "The computer's clock was set back. That gives no more time.",
)


@dataclass(frozen=True, slots=True)
class Format:
    """What a paper asks for.

    Args:
        shown: Questions on the paper.
        answered: How many of them are to be answered.
        points: Of each question.
        minutes: For all of them.
    """

    shown: int
    answered: int
    points: int
    minutes: float

    @property
    def chooses(self) -> bool:
        """Whether the learner chooses which questions to answer."""
        return self.answered < self.shown


@dataclass(frozen=True, slots=True)
class Rules:
    """The formats of the exam's parts, and what its papers have in common.

    Args:
        formats: By the part's number.
        pass_mark: Points of 100 that pass.
        minutes_each: For one machine-marked question.
    """

    formats: dict[str, Format]
    pass_mark: float
    minutes_each: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be sat.

    Args:
        family: How the names of mocks of this kind begin.
        name: Of this paper, with its options.
        form: Its format.
        items: Its questions, their variables not yet drawn.
        seed: That drew it, and draws what is in it.
        by_hand: Whether it is written on paper.
    """

    family: str
    name: str
    form: Format
    items: tuple[Item, ...]
    seed: int
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a learner has done with a question so far.

    Args:
        answer: As it stands; None before there is one.
        flag: Whether it is marked to return to.
        chosen: Whether it is one of those to be graded.
    """

    answer: Raw | None = None
    flag: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """How late it is held to be.

    Args:
        seen: What the computer's clock said.
        moment: How late it is; never earlier than it was.
    """

    seen: datetime
    moment: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """What a mock came to.

    Args:
        sitting: Of which.
        points: Earned.
        of: To be had.
    """

    sitting: Sitting
    points: float
    of: float

    @property
    def percent(self) -> float:
        """Points of 100."""
        return 100 * self.points / self.of


@cache
def rules() -> Rules:
    """Return the formats of the exam's parts."""
    return read_yaml(Path(__file__).parent / "exam.yaml", Rules).value


def draw_paper(bank: Bank, items: Sequence[Item], n: int, seed: int) -> tuple[Item, ...]:
    """Return questions for a paper, spread over the chapters and their claims.

    Args:
        bank: Whose chapters they are in.
        items: To draw from.
        n: How many, 1 or more.
        seed: The same seed draws the same paper from the same questions.

    Raises:
        ContentError: If there are fewer.
    """
    if type(n) is not int or not 1 <= n <= len(items):
        what = Text(
            "{n}문제를 낼 수 없습니다: 문제은행에 {have}개가 있습니다",
            "no paper of {n} questions: the bank has {have}",
        )
        fix = Text("n을 1에서 {have} 사이로 쓰세요", "write an n from 1 to {have}")
        if not items:
            fix = Text(
                "문제를 더하거나 bank=로 다른 문제은행을 쓰세요",
                "add questions, or name another bank with bank=",
            )
        raise ContentError(Problem(what.fill(n=n, have=len(items)), fix.fill(have=len(items))))
    left = list(items)
    random.Random(seed).shuffle(left)  # noqa: S311  (a quiz, not a secret)
    chapter = {item.id: name for name, each in bank.chapters.items() for item in each.items}
    used: Counter[str] = Counter()
    drawn: list[Item] = []
    while len(drawn) < n:
        fewest = min(
            left,
            key=lambda item: (used[chapter[item.id]], max((used[name] for name in item.claims), default=0)),
        )
        left.remove(fewest)
        drawn.append(fewest)
        used.update([chapter[fewest.id], *fewest.claims])
    return tuple(drawn)


def latest(paper: Paper, bank: Bank, progress: Progress) -> Session | None:
    """Return the latest sitting of a paper with the questions it was begun with; None if there is none."""
    sat = [session_of(each, bank) for each in progress.sittings(paper.name) if each.quiz == paper.name]
    return sat[-1] if sat and sat[-1].asked else None


def begin(paper: Paper, bank: Bank, progress: Progress, at: datetime) -> Session:
    """Begin a paper now; one that goes on in another notebook is taken up."""
    there = latest(paper, bank, progress)
    if there and not there.sitting.ended:
        return there
    names = [item.id for item in paper.items]
    return session_of(progress.begin(paper.name, at, names, paper.seed, paper.form.minutes), bank)


def session_of(sitting: Sitting, bank: Bank) -> Session:
    """Return a sitting with those of its questions that are still in the bank."""
    items = [bank.items[name] for name in sitting.items or () if name in bank.items]
    return Session(sitting, tuple(items), {}, sitting.seed or 0)


def look(watch: Watch | None, sitting: Sitting, now: datetime) -> Watch:
    """Return how late it is held to be now.

    The clock decides. Set back, it gives no time: the exam goes on from the latest
    moment heard of. Set forward, or after the computer slept, time has run on, as it
    does in the real exam.

    Args:
        watch: The look before; None at the first.
        sitting: The exam.
        now: What the clock says.
    """
    if watch is None:
        return Watch(now, max(now, sitting.heard or sitting.began))
    passed = min(max(now - watch.seen, timedelta()), PULSE)
    return Watch(now, max(now, watch.moment + passed))


def told(watch: Watch | None, sitting: Sitting, now: datetime) -> Text | None:
    """Return what to say of a clock that ran on unheard, or was set back; None where nothing is to be said.

    Args:
        watch: The look before; None at the first.
        sitting: The exam.
        now: What the clock says.
    """
    since = watch.seen if watch else sitting.heard or sitting.began
    if now - since > AWAY:
        return _RAN_ON.fill(n=round((now - since) / timedelta(minutes=1)))
    return _SET_BACK if since - now > AWAY else None


def deadline(sitting: Sitting) -> datetime:
    """Return when the time of an exam is up."""
    return sitting.began + timedelta(minutes=sitting.minutes or 0)


def is_blank(raw: Raw | None) -> bool:
    """Tell whether nothing was chosen or written."""
    given = raw.values() if isinstance(raw, Mapping) else [raw] if isinstance(raw, str) else raw or []
    return not any(str(each).strip() for each in given)


def answered(item: Item, raw: Raw | None) -> Grade | None:
    """Return the grade of an answer as it stands, parts left out being wrong; None if there is none to grade.

    Args:
        item: The question, as drawn.
        raw: The answer; one that has not the form asked for is none.
    """
    try:
        return None if raw is None or is_blank(raw) else grade(item, raw, whole=False)
    except AnswerError:
        return None


def unanswered(item: Item) -> Grade:
    """Return the grade of a question that was left open: nothing earned, the key and its reasons."""
    wrong = grade(item, specimens(item).wrong)
    parts = {name: replace(part, right=False) for name, part in wrong.parts.items()}
    why = getattr(item, "why", Text("", ""))
    return replace(wrong, score=0.0, why=why, taught=why, parts=parts)


def finish(session: Session, drafts: Mapping[str, Draft], progress: Progress) -> Session:
    """Record what was answered in an exam that has ended; doing it again changes nothing.

    Args:
        session: The sitting with its paper.
        drafts: By the question's id.
        progress: Where the attempts are saved.

    Returns:
        The session with an attempt at each question; at those left open one that is not
        recorded and earned nothing, at written ones none until ``confirm`` records it.
    """
    marked = {each.item: (each,) for each in progress.attempts(session.sitting)}
    attempts = {item.id: marked[item.id] for item in session.asked if item.id in marked}
    for item in session.items:
        if isinstance(item, Written):
            continue  # the learner marks it
        raw = drafts.get(item.id, Draft()).answer
        found = answered(item, raw)
        given = Attempt(
            session.sitting.id,
            item.id,
            raw or "",
            found.score if found else 0.0,
            session.sitting.ended or session.sitting.began,
        )
        attempts[item.id] = (progress.record(given) if found else given,)
    return replace(session, attempts=attempts)


def written_paper(bank: Bank, part: int, seed: int) -> tuple[Format, tuple[Item, ...]]:
    """Return the format of a part of the real exam, and prompts for it.

    Parts of one seed share no prompt, as far as the bank goes.

    Raises:
        ContentError: If there is no such part, or the bank has too few prompts of its points.
    """
    form = rules().formats.get(str(part))
    if form is None:
        what = Text("{part}교시는 없습니다", "there is no part {part}").fill(part=part)
        raise ContentError(
            Problem(what, Text("part에 1, 2, 3, 4 가운데 하나를 쓰세요", "write 1, 2, 3 or 4"))
        )
    prompts = [
        each for each in bank.items.values() if isinstance(each, Written) and each.points == form.points
    ]
    if len(prompts) < form.shown:
        what = Text(
            "{part}교시에는 {points}점 서술형 문제가 {n}개 있어야 하는데 문제은행에 {have}개뿐입니다",
            "part {part} takes {n} prompts of {points} points; the bank has {have}",
        )
        fix = Text(
            "quizzes/written-okr.yaml처럼 문제를 더하거나 bank=로 다른 문제은행을 쓰세요",
            "add prompts as in quizzes/written-okr.yaml, or name another bank with bank=",
        )
        values = {"part": part, "points": form.points, "n": form.shown, "have": len(prompts)}
        raise ContentError(Problem(what.fill(**values), fix))
    alike = [name for name, each in rules().formats.items() if each.points == form.points]
    drawn = draw_paper(bank, prompts, len(prompts), seed)
    first = alike.index(str(part)) * form.shown  # no prompt twice on one day, as far as they go
    return form, tuple(drawn[(first + k) % len(drawn)] for k in range(form.shown))


def to_mark(session: Session, drafts: Mapping[str, Draft]) -> list[Written]:
    """Return the written answers chosen in an exam that has ended and not marked yet."""
    chosen = [item for item in session.asked if drafts.get(item.id, Draft()).chosen]
    return [item for item in chosen if isinstance(item, Written) and item.id not in session.attempts]


def confirm(session: Session, item: Written, raw: Raw, progress: Progress) -> Session:
    """Record a written answer of an exam that has ended, the learner's own marks with it."""
    at = session.sitting.ended or session.sitting.began
    given = progress.record(Attempt(session.sitting.id, item.id, raw, grade(item, raw).score, at))
    return replace(session, attempts={**session.attempts, item.id: (given,)})


def results(progress: Progress, paper: Paper) -> list[Result]:
    """Return what the mocks of a paper's kind that have ended came to, in the order they began."""
    found = []
    for sitting in progress.sittings(paper.family):
        if sitting.ended:
            asked = paper.form.answered if paper.form.chooses else len(sitting.items or ())
            earned = paper.form.points * sum(attempt.score for attempt in progress.attempts(sitting))
            found.append(Result(sitting, earned, paper.form.points * asked))
    return found
