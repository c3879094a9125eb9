"""What to review today, as a quiz."""

import math
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from okrkit import clock
from okrkit.errors import ContentError, Problem
from okrkit.practice import scheduling
from okrkit.practice import session as practice
from okrkit.practice.answering import owed
from okrkit.practice.bank import Bank, load_bank, shipped_bank
from okrkit.practice.progress import Progress
from okrkit.text import Text
from okrkit.views.quiz_view import QuizView

FRESH = 10  # questions offered where nothing is due
_TITLES: Mapping[str, Text] = {
    "due": Text(
        "오늘 복습할 문제 {all}개, 약 {minutes}분", "Questions due today: {all}, about {minutes} min"
    ),
    "some": Text(
        "오늘 복습할 문제 {all}개 가운데 {n}개, 약 {minutes}분",
        "Questions due today: {all}; here are {n}, about {minutes} min",
    ),
    "begin": Text(
        "아직 푼 문제가 없습니다. 새 문제 {n}개로 시작하세요, 약 {minutes}분",
        "Nothing practised yet. Begin with new questions: {n}, about {minutes} min",
    ),
    "new": Text(
        "오늘 복습할 문제가 없습니다. 다음 복습은 {day}입니다. 새 문제 {n}개, 약 {minutes}분",
        "Nothing is due today; the next review is on {day}. New questions: {n}, about {minutes} min",
    ),
    "ahead": Text(
        "오늘 복습할 문제가 없습니다. 다음 복습은 {day}입니다. 미리 볼 문제 {n}개, 약 {minutes}분",
        "Nothing is due today; the next review is on {day}. To look at ahead: {n}, about {minutes} min",
    ),
}
_EXAM = Text("{title} · 시험까지 {left}일", "{title} · days to the exam: {left}")


def review(n: int | None = None, minutes: float | None = None, *, bank: str | Path | None = None) -> QuizView:
    """Show what is due today, as a quiz that says how many questions and how long they will take.

    What is due is derived from your answers by FSRS; with ``ok.set_exam_date`` every
    question comes once more in the last week. What a written answer missed is asked for
    the next day. Where nothing is due, new questions are offered, or the ones likeliest
    forgotten. Run the cell again and it is as you left it; questions answered elsewhere
    today are not asked again.

    Args:
        n: How many questions at most; all that are due if None.
        minutes: How long at most, by the time you have taken so far.
        bank: Your own quiz file or a folder of them; okrkit's own if None.

    Raises:
        ContentError: If ``n`` or ``minutes`` is not above 0, or the bank has problems.
        ProgressError: If the learner's history cannot be read.
    """
    _check(n, minutes)
    questions = shipped_bank() if bank is None else load_bank([Path(bank)])
    progress, at, exam = Progress(), clock.now(), scheduling.exam_date()
    today, quizzed = scheduling.local_day(at), questions.quizzed
    every, since = scheduling.remembered(progress, today)
    held = {name: card for name, card in every.items() if name in quizzed}
    options = (("n", n), ("minutes", minutes), ("bank", bank and Path(bank).name))
    name = f"review {today}" + "".join(f", {option}={value}" for option, value in options if value)
    here = progress.sitting(name, at).id
    done = {each.item for each in since if each.sitting != here and scheduling.local_day(each.at) == today}
    latest = progress.latest(but=len(since))
    due = dict.fromkeys([*scheduling.due(held, today, exam), *owed(questions, latest, today)])
    kind, found = _offered(questions, held, due, done, exam or today)
    now = scheduling.memories((each for each in since if each.item in quizzed), today + timedelta(1), held)
    day = scheduling.next_day(now, today, exam) if now else today
    if owed(questions, [*latest, *since], today + timedelta(1)):
        day = today + timedelta(1)
    each = scheduling.seconds_each(progress.attempts(newest=scheduling.RECENT))
    most = min(n or len(found), max(1, int(minutes * 60 / each)) if minutes else len(found))
    items = [questions.items[name] for name in found[:most]]
    about = max(1, math.ceil(len(items) * each / 60))
    key = "some" if kind == "due" and most < len(found) else kind
    title = _TITLES[key].fill(all=len(found), n=len(items), minutes=about, day=day)
    if exam and exam > today:
        title = _EXAM.fill(title=title, left=(exam - today).days)
    return QuizView(title, practice.start(name, items, progress, at), progress, questions)


def _offered(
    bank: Bank, held: scheduling.Memories, due: Iterable[str], done: set[str], on: date
) -> tuple[str, list[str]]:
    """Return why something is offered and what, the same all day.

    Args:
        bank: The questions there are.
        held: What was held of them this morning.
        due: What is due today.
        done: What was answered elsewhere today.
        on: The day of the exam, or today.
    """
    waiting = [name for name in due if name not in done]
    if waiting:
        return "due", waiting
    fresh = [name for name in bank.quizzed if name not in held and name not in done]
    if fresh:
        return "new" if held or done else "begin", fresh[:FRESH]
    ahead = sorted(held.keys() - done, key=lambda name: scheduling.retrievability(held[name], on))
    return "ahead", ahead[:FRESH]


def _check(n: int | None, minutes: float | None) -> None:
    for limit, kinds in ((n, (int,)), (minutes, (int, float))):
        if limit is not None and (type(limit) not in kinds or not 0 < limit < MOST):
            what = Text("문제 수나 시간이 {limit}입니다", "the number or the minutes are {limit}")
            fix = Text("0보다 큰 수를 쓰세요", "write a number above 0")
            raise ContentError(Problem(what.fill(limit=limit), fix))


MOST = 10**6  # of questions or minutes; a slip of the finger beyond
