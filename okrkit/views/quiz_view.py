"""The quiz: one widget, which draws what it is told and sends back what was answered.

The page never holds the key: a question travels without it, the answer is
graded here, and only then do the reasons follow.
"""

import hashlib
from typing import Any, assert_never

import anywidget
import traitlets

from okrkit import clock
from okrkit.errors import OkrkitError
from okrkit.practice import session as practice
from okrkit.practice.bank import shipped_bank
from okrkit.practice.grading import Grade
from okrkit.practice.items import Item, ManyChoices, Number, OneChoice
from okrkit.practice.progress import Progress
from okrkit.practice.session import Session
from okrkit.text import Text, language
from okrkit.views.pages import script, stylesheet

_WORDS = {
    "quiz": Text("퀴즈", "Quiz"),
    "questions": Text("문제 목록", "questions"),
    "question": Text("{n}번 문제", "question {n}"),
    "one": Text("하나를 고르세요.", "Choose one."),
    "many": Text("맞는 것을 모두 고르세요.", "Choose all that apply."),
    "number": Text("숫자로 답하세요.", "Answer with a number."),
    "answer": Text("답", "Answer"),
    "check": Text("확인", "Check"),
    "next": Text("다음", "Next"),
    "result": Text("결과 보기", "See the result"),
    "again": Text("처음부터 다시 풀기", "Start again"),
    "right": Text("맞음", "right"),
    "partly": Text("일부 맞음", "partly right"),
    "wrong": Text("틀림", "wrong"),
    "open": Text("아직 안 풂", "not answered"),
    "chosen": Text("내 답", "your answer"),
    "key": Text("정답", "correct answer"),
    "silent": Text(
        "커널이 아직 응답하지 않습니다. 다른 셀을 실행하는 중이면 끝날 때까지 기다려 주세요.",
        "The kernel has not responded yet. If it is busy with another cell, please wait until that is done.",
    ),
    "gone": Text(
        "커널이 꺼졌거나 다시 시작되었습니다. 이 셀을 다시 실행하세요. 저장된 답은 그대로 있습니다.",
        "The kernel was stopped or restarted. Run this cell again; saved answers are kept.",
    ),
}
_HEADLINES = {
    "right": Text("맞았습니다.", "That is right."),
    "partly": Text("일부만 맞았습니다.", "That is partly right."),
    "wrong": Text("아쉽게도 아닙니다.", "Not quite."),
}
_KEY = Text("정답: {key}", "The answer: {key}")
_SCORE = Text(
    "{total}문제를 다 풀었고, {right}문제를 맞혔습니다.",
    "All {total} questions answered, {right} of them right.",
)
_OPEN = Text("{total}문제 가운데 {left}문제가 남았습니다.", "Still open: {left} of {total} questions.")
_UNEXPECTED = Text("뜻밖의 오류입니다: {error}", "Something unexpected went wrong: {error}")


class QuizView(anywidget.AnyWidget):
    """A quiz in a notebook cell.

    Args:
        title: What stands above the questions.
        session: The sitting to show.
        progress: Where answers are saved before their feedback is shown.
    """

    _esm = script("quiz")
    _css = stylesheet("quiz")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, title: Text, session: Session, progress: Progress) -> None:
        self._title, self._session, self._progress = title, session, progress
        self._place = session.place
        super().__init__(state=self._drawn())
        self.on_msg(self._take)

    def __repr__(self) -> str:
        """Name what is shown, the same in every run; the hash changes with any word of it."""
        shown = hashlib.sha256(repr(self._session.items).encode()).hexdigest()[:8]
        count = len(self._session.items)
        return f"<Quiz {self._session.sitting.quiz}: {count} question{'s' * (count != 1)}, {shown}>"

    def _take(self, _: object, message: dict[str, Any], __: object) -> None:
        """Do what the page asks; show an error where the learner looks, whatever it is."""
        problem, serial = "", 0
        try:
            serial = message.get("serial", 0)
            self._do(message)
        except OkrkitError as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001  (a callback's exception would vanish in a log)
            problem = str(_UNEXPECTED.fill(error=f"{type(error).__name__}: {error}"))
        self.state = self._drawn(problem, serial)

    def _do(self, message: dict[str, Any]) -> None:
        match message["do"]:
            case "answer":
                raw, item = message["answer"], message["item"]
                self._session = practice.answer(self._session, item, raw, self._progress, clock.now())
            case "go":
                self._place = max(0, min(int(message["place"]), len(self._session.items)))
                if self._place < len(self._session.items):
                    self._progress.move(self._session.sitting, self._session.items[self._place].id)
            case "again":
                self._session = practice.again(self._session, self._progress, clock.now())
                self._place = 0

    def _drawn(self, problem: str = "", serial: int = 0) -> dict[str, Any]:
        """Return all the page needs to draw itself, and nothing that it must not know."""
        session, items = self._session, self._session.items
        grades = [practice.feedback(session, item) for item in items]
        return {
            "lang": language(),
            "words": {name: str(text) for name, text in _WORDS.items()},
            "title": str(self._title),
            "sitting": session.sitting.id,
            "place": self._place,
            "marks": [grade.verdict if grade else "open" for grade in grades],
            "item": _question(session, items[self._place]) if self._place < len(items) else None,
            "feedback": self._feedback(grades) if self._place < len(items) else None,
            "summary": _summary(grades) if self._place == len(items) else "",
            "problem": problem,
            "serial": serial,
        }

    def _feedback(self, grades: list[Grade | None]) -> dict[str, Any] | None:
        item, grade = self._session.items[self._place], grades[self._place]
        if grade is None:
            return None
        return {
            "answer": self._session.attempts[item.id].answer,
            "verdict": grade.verdict,
            "headline": str(_HEADLINES[grade.verdict]),
            "key": "" if grade.verdict == "right" else str(_KEY.fill(key=grade.key)),
            "why": str(grade.why),
            "whys": {name: str(why) for name, why in grade.whys.items()},
            "correct": sorted(grade.correct),
        }


def quiz(what: str, n: int | None = None, seed: int = 0) -> QuizView:
    """Show questions to answer, with the reason for each answer at once.

    Answers are saved as they are given: run the cell again, tomorrow or in a
    new kernel, and they are still there.

    Args:
        what: A chapter (``"01"``), a claim (``"C28"``), a tag, or one question's id.
        n: How many questions; all of them if None.
        seed: Of the draw and of the order of the choices.

    Raises:
        ContentError: If there are no such questions.
        ProgressError: If the learner's history cannot be read.
    """
    bank = shipped_bank()
    items = practice.select(bank, what, n, seed)
    name = what + "".join(f", {option}={value}" for option, value in (("n", n), ("seed", seed)) if value)
    progress = Progress()
    session = practice.start(name, items, progress, clock.now(), seed)
    titles = [chapter.title for chapter in bank.chapters.values() if items[0] in chapter.items]
    return QuizView(titles[0], session, progress)


def _question(session: Session, item: Item) -> dict[str, Any]:
    """Return a question as the page may see it: without its key."""
    shown: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind,
        "stem": str(item.stem),
        "unit": "",
        "choices": [],
    }
    match item:
        case OneChoice() | ManyChoices():
            order = practice.choice_order(session, item)
            shown["choices"] = [{"key": key, "text": str(item.choices[key].text)} for key in order]
        case Number():
            shown["unit"] = str(item.unit or "")
        case _:
            assert_never(item)
    return shown


def _summary(grades: list[Grade | None]) -> str:
    left = grades.count(None)
    if left:
        return str(_OPEN.fill(total=len(grades), left=left))
    right = sum(grade is not None and grade.verdict == "right" for grade in grades)
    return str(_SCORE.fill(total=len(grades), right=right))
