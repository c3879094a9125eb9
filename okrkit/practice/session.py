"""A pass through some questions: which are asked, in what order, what was answered."""

import difflib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from okrkit.errors import AnswerError, ContentError, Problem
from okrkit.practice.bank import Bank
from okrkit.practice.grading import Grade, Raw, grade
from okrkit.practice.items import Chooser, Item
from okrkit.practice.progress import Attempt, Progress, Sitting
from okrkit.text import Text


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting with its questions and the answers given so far.

    Args:
        sitting: The pass, as the history knows it.
        items: The questions, in the order they are asked.
        attempts: Latest attempt at each question answered, by the question's id.
        seed: Of the order of the choices.
    """

    sitting: Sitting
    items: tuple[Item, ...]
    attempts: Mapping[str, Attempt]
    seed: int = 0

    @property
    def place(self) -> int:
        """Index of the question to show: the one looked at last, else the first one open."""
        ids = [item.id for item in self.items]
        if self.sitting.place in ids:
            return ids.index(self.sitting.place)
        return next((index for index, name in enumerate(ids) if name not in self.attempts), 0)


def select(bank: Bank, what: str, n: int | None = None, seed: int = 0) -> tuple[Item, ...]:
    """Return the questions of a chapter, about a claim, with a tag, or the one with an id.

    Args:
        bank: Where to look.
        what: ``"01"``, ``"C28"``, a tag, or an item's id.
        n: How many; all if None. Fewer are drawn with the seed and keep their order.
        seed: Of the draw.

    Raises:
        ContentError: If there is no such question.
    """
    if n is not None and (isinstance(n, bool) or n < 1):
        problem = Text("문제 수가 {n}입니다", "the number of questions is {n}").fill(n=n)
        raise ContentError(Problem(problem, Text("1 이상으로 쓰세요", "write 1 or more")))
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


def start(quiz: str, items: Sequence[Item], progress: Progress, at: datetime, seed: int = 0) -> Session:
    """Take up the latest sitting of a quiz where it was left, or begin the first.

    Args:
        quiz: The quiz's name with its options, the same for the same quiz.
        items: Its questions.
        progress: The learner's history.
        at: Now.
        seed: Of the order of the choices.
    """
    sitting = progress.sitting(quiz, at)
    asked = {item.id: item for item in items}
    attempts = {
        attempt.item: attempt
        for attempt in progress.attempts(sitting)
        if attempt.item in asked and _still_fits(asked[attempt.item], attempt)
    }
    return Session(sitting, tuple(items), attempts, seed)


def _still_fits(item: Item, attempt: Attempt) -> bool:
    """Tell whether an old answer is one the question still takes; if not, it counts as open again."""
    try:
        grade(item, attempt.answer)
    except AnswerError:
        return False
    return True


def again(session: Session, progress: Progress, at: datetime) -> Session:
    """Begin a new sitting of the same questions; the old answers stay in the history."""
    return replace(session, sitting=progress.begin(session.sitting.quiz, at), attempts={})


def answer(session: Session, item_id: str, raw: Raw, progress: Progress, at: datetime) -> Session:
    """Grade an answer, commit it, and only then return the session that holds it.

    A question that has its answer in this sitting keeps it, wherever it was given:
    the same quiz may be open in two notebooks.

    Raises:
        AnswerError: If the answer is malformed; nothing is recorded.
        ProgressError: If it could not be saved.
        KeyError: If the session does not ask this question.
    """
    item = next((item for item in session.items if item.id == item_id), None)
    if item is None:
        raise KeyError(item_id)
    graded = grade(item, raw)
    session = start(session.sitting.quiz, session.items, progress, at, session.seed)
    if item_id in session.attempts:
        return session
    stands = progress.record(Attempt(session.sitting.id, item_id, raw, graded.score, at))
    return replace(session, attempts={**session.attempts, item_id: stands})


def feedback(session: Session, item: Item) -> Grade | None:
    """Return the grade of the answer given to a question; None before it is given."""
    attempt = session.attempts.get(item.id)
    return grade(item, attempt.answer) if attempt else None


def choice_order(session: Session, item: Chooser) -> list[str]:
    """Return the keys of the choices in this sitting's order, the same each time it is asked."""
    keys = sorted(item.choices)
    random.Random(f"{session.seed}/{session.sitting.number}/{item.id}").shuffle(keys)  # noqa: S311  (a quiz, not a secret)
    return keys
