"""A pass through some questions: which are asked, in what order, what was answered."""

import difflib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from okrkit.errors import AnswerError, ContentError, Problem
from okrkit.practice.bank import Bank
from okrkit.practice.drawing import draw
from okrkit.practice.grading import Grade, Raw, grade
from okrkit.practice.items import Assignment, Item, OneChoice, Order, Written, part_names
from okrkit.practice.progress import Attempt, Confidence, Progress, Sitting
from okrkit.text import Text

TRIES = 2
"""Tries at a question: the first wrong answer is taught, the second reveals the key."""


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting with its questions and the answers given so far.

    Args:
        sitting: The pass, as the history knows it.
        pool: All questions of the quiz, in order, their variables not yet drawn.
        attempts: The tries at each question answered, by the question's id.
        seed: Of the order of the choices and of what is drawn.
    """

    sitting: Sitting
    pool: tuple[Item, ...]
    attempts: Mapping[str, tuple[Attempt, ...]]
    seed: int = 0

    @property
    def asked(self) -> tuple[Item, ...]:
        """The questions of this sitting: all, or those it was begun for."""
        only = self.sitting.items
        return tuple(item for item in self.pool if only is None or item.id in only) or self.pool

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions as they are shown: with the numbers of this sitting."""
        return tuple(self.drawn(item) for item in self.asked)

    @property
    def place(self) -> int:
        """Index of the question to show: the one looked at last, else the first one open."""
        ids = [item.id for item in self.asked]
        if self.sitting.place in ids:
            return ids.index(self.sitting.place)
        return next((index for index, name in enumerate(ids) if name not in self.attempts), 0)

    def drawn(self, item: Item) -> Item:
        """Return a question with the numbers of this sitting."""
        return draw(item, self.seed_of(item))

    def seed_of(self, item: Item) -> str:
        """Return the seed of a question's draws: its own in each sitting that has no seed for all."""
        own = self.sitting.seed
        return f"{self.seed}/{self.sitting.number}/{item.id}" if own is None else f"{own}/{item.id}"


def select(bank: Bank, what: str, n: int | None = None, seed: int = 0) -> tuple[Item, ...]:
    """Return the questions of a chapter, about a claim, with a tag, or the one with an id.

    Args:
        bank: Where to look.
        what: ``"01"``, ``"C28"``, a tag, or an item's id.
        n: How many; all if None. Fewer are drawn with the seed and keep their order.
        seed: Of the draw.

    Raises:
        ContentError: If there is no such question, or all of them are written ones.
    """
    if n is not None and (type(n) is not int or n < 1):
        problem = Text("문제 수가 {n}입니다", "the number of questions is {n}").fill(n=n)
        raise ContentError(
            Problem(problem, Text("1 이상의 정수를 쓰세요", "write a whole number, 1 or more"))
        )
    what = str(what)
    chapter = bank.chapters.get(what)
    found = (
        chapter.items
        if chapter
        else tuple(
            item
            for item in bank.items.values()
            if what == item.id or what.upper() in item.claims or what in item.tags
        )
    )
    found = tuple(item for item in found if not isinstance(item, Written)) or _to_be_written(found)
    if not found:
        names = [*bank.chapters, *bank.items, *(tag for item in bank.items.values() for tag in item.tags)]
        near = difflib.get_close_matches(what, names, n=1)
        fix = Text("이렇게 써 보세요: {all}, 또는 주장 번호(C01)", "try {all}, or a claim (C01)")
        problem = Text("'{what}'에 해당하는 문제가 없습니다", "there are no questions for '{what}'").fill(
            what=what
        )
        raise ContentError(Problem(problem, fix.fill(all=", ".join(near or bank.chapters))))
    if n is None or n >= len(found):
        return tuple(found)
    drawn = set(random.Random(seed).sample(range(len(found)), n))  # noqa: S311  (a quiz, not a secret)
    return tuple(item for index, item in enumerate(found) if index in drawn)


def _to_be_written(found: Sequence[Item]) -> tuple[Item, ...]:
    """Refuse questions that no quiz can ask: their answers fill a page."""
    for item in found:
        what = Text("'{id}'은(는) 서술형 문제입니다", "'{id}' is a written question").fill(id=item.id)
        fix = Text('ok.answer("{id}")로 답안지를 여세요', 'open its sheet with ok.answer("{id}")')
        raise ContentError(Problem(what, fix.fill(id=item.id)))
    return ()


def start(
    quiz: str,
    items: Sequence[Item],
    progress: Progress,
    at: datetime,
    seed: int = 0,
    *,
    known: Mapping[str, tuple[Attempt, ...]] | None = None,
) -> Session:
    """Take up the latest sitting of a quiz where it was left, or begin the first.

    Args:
        quiz: The quiz's name with its options, the same for the same quiz.
        items: Its questions; a sitting of some of them asks only those.
        progress: The learner's history.
        at: Now.
        seed: Of the order of the choices and of what is drawn.
        known: Attempts that were read before and need not be looked at again.
    """
    sitting = progress.sitting(quiz, at)
    session = Session(sitting, tuple(items), {}, seed)
    asked = {item.id: item for item in session.asked}
    attempts: dict[str, tuple[Attempt, ...]] = {}
    for attempt in progress.attempts(sitting):
        name, item = attempt.item, asked.get(attempt.item)
        if item and (attempt in (known or {}).get(name, ()) or _still_fits(session.drawn(item), attempt)):
            attempts[name] = (*attempts.get(name, ()), attempt)
    return replace(session, attempts=attempts)


def _still_fits(item: Item, attempt: Attempt) -> bool:
    """Tell whether an old answer is one the question still takes; if not, it counts as open again."""
    try:
        grade(item, attempt.answer)
    except AnswerError:
        return False
    return True


def again(session: Session, progress: Progress, at: datetime, only: Sequence[Item] | None = None) -> Session:
    """Begin a new sitting; the old answers stay in the history.

    Args:
        session: The sitting before.
        progress: The learner's history.
        at: Now.
        only: The questions to ask, if not all.
    """
    names = None if only is None else [item.id for item in only]
    progress.begin(session.sitting.quiz, at, names)
    return start(session.sitting.quiz, session.pool, progress, at, session.seed)


def answer(
    session: Session,
    item_id: str,
    raw: Raw,
    progress: Progress,
    at: datetime,
    *,
    confidence: Confidence | None = None,
    hints: int = 0,
) -> Session:
    """Grade an answer, commit it, and only then return the session that holds it.

    A question that has its answer in this sitting keeps it, wherever it was given:
    the same quiz may be open in two notebooks. An answer to numbers that another
    notebook has drawn anew meanwhile is not taken.

    Args:
        session: The sitting as the learner saw it.
        item_id: Which question.
        raw: The answer.
        progress: Where it is saved.
        at: Now.
        confidence: How sure the learner is; None if not asked.
        hints: How many hints were seen.

    Raises:
        AnswerError: If the answer is malformed; nothing is recorded.
        ProgressError: If it could not be saved.
        KeyError: If the session does not ask this question.
    """
    item, seen = _item(session, item_id), len(session.attempts.get(item_id, ()))
    score = grade(item, raw).score
    session = start(session.sitting.quiz, session.pool, progress, at, session.seed, known=session.attempts)
    tries = session.attempts.get(item_id, ())
    if len(tries) > seen or is_done(session, item) or item != _item(session, item_id):
        return session
    for nth in count(len(tries) + 1):  # past answers that no longer fit
        given = Attempt(session.sitting.id, item_id, raw, score, at, nth, confidence, hints)
        stands = progress.record(given)
        if _still_fits(item, stands):
            break
    return replace(session, attempts={**session.attempts, item_id: (*tries, stands)})


def is_done(session: Session, item: Item) -> bool:
    """Tell whether a question takes no more tries: it was answered rightly, or often enough.

    Of two choices only one is left after a wrong one: there is nothing to try again.
    """
    tries = session.attempts.get(item.id, ())
    allowed = 1 if isinstance(item, OneChoice) and len(item.choices) <= TRIES else TRIES
    return len(tries) >= allowed or any(attempt.score >= 1 for attempt in tries)


def feedback(session: Session, item: Item) -> Grade | None:
    """Return the grade of the latest answer to a question, as drawn; None before there is one."""
    tries = session.attempts.get(item.id, ())
    return grade(item, tries[-1].answer) if tries else None


def part_order(session: Session, item: Item) -> list[str]:
    """Return the keys of choices, gaps or parts in this sitting's order, the same each time it is asked.

    Parts to be put in order never come in the right one.
    """
    names = _shuffled(part_names(item), session.seed_of(item))
    return names[::-1] if isinstance(item, Order) and names == part_names(item) else names


def target_order(session: Session, item: Assignment) -> list[str]:
    """Return the keys of the targets in this sitting's order."""
    return _shuffled(item.targets, f"{session.seed_of(item)}/targets")


def _shuffled(names: Iterable[str], seed: str) -> list[str]:
    keys = sorted(names)
    random.Random(seed).shuffle(keys)  # noqa: S311  (a quiz, not a secret)
    return keys


def _item(session: Session, item_id: str) -> Item:
    for item in session.asked:
        if item.id == item_id:
            return session.drawn(item)
    raise KeyError(item_id)
