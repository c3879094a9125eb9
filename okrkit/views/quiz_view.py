"""The quiz: one widget, which draws what it is told and sends back what was answered.

The page never holds the key: a question travels without it, the answer is
graded here, and only then do the reasons follow.
"""

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from okrkit import clock
from okrkit.errors import AnswerError, Problem
from okrkit.practice import marking
from okrkit.practice import session as practice
from okrkit.practice.bank import Bank, load_bank, shipped_bank
from okrkit.practice.progress import Confidence, Progress
from okrkit.practice.session import Session
from okrkit.text import Text, language, speaking
from okrkit.views import quiz_page
from okrkit.views.pages import script, stylesheet
from okrkit.views.talking import TalkingView

_SEVERAL = Text("{all}장에서 고른 문제", "Questions from chapters {all}")


class QuizView(TalkingView):
    """A quiz in a notebook cell.

    Args:
        title: What stands above the questions.
        session: The sitting to show.
        progress: Where answers are saved before their feedback is shown.
        bank: Where pictures and claims are.
        confidence: Whether to ask how sure the learner is before each answer.
    """

    _esm = script("question", "quiz")
    _css = stylesheet("quiz")

    def __init__(
        self,
        title: Text,
        session: Session,
        progress: Progress,
        bank: Bank | None = None,
        *,
        confidence: bool = False,
    ) -> None:
        self._title, self._session, self._progress = title, session, progress
        self._bank, self._asks = bank or Bank(), confidence
        self._notices: list[Text] = []
        self._place = session.place
        super().__init__(state=self._drawn())
        self.on_msg(self._take)

    def __repr__(self) -> str:
        """Name what is shown, the same in every run; the hash changes with any word of it."""
        pool = self._session.pool
        pictures = [self._bank.pictures.get(item.id) for item in pool]
        shown = hashlib.sha256(repr((pool, pictures)).encode()).hexdigest()[:8]
        name = re.sub(r"^review \S+?(?=,|$)", "review", self._session.sitting.quiz)  # whatever the day
        return f"<Quiz {name}: {len(pool)} question{'s' * (len(pool) != 1)}, {shown}>"

    def _repr_mimebundle_(self, **options: Any) -> Any:  # noqa: ANN401  (as ipywidgets has it)
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            data["text/html"] = quiz_page.without_widgets(self._session, self._title)
        return bundle

    def _do(self, message: dict[str, Any]) -> None:
        match message["do"]:
            case "answer":
                self._answer(message)
            case "hint":
                item = self._session.asked[self._place]
                nth = min(int(message["nth"]), len(item.hints))
                sitting = self._progress.hint(self._session.sitting, item.id, nth)
                self._session = replace(self._session, sitting=sitting)
            case "go":
                self._place = max(0, min(int(message["place"]), len(self._session.asked)))
                if self._place < len(self._session.asked):
                    self._progress.move(self._session.sitting, self._session.asked[self._place].id)
            case "again" | "missed":
                only = marking.missed(self._session) if message["do"] == "missed" else None
                self._session = practice.again(self._session, self._progress, clock.now(), only)
                self._place = 0
            case "ask":
                self._asks = bool(message["confidence"])

    def _answer(self, message: dict[str, Any]) -> None:
        session, name = self._session, message["item"]
        raw, tries = message["answer"], session.attempts.get(name, ())
        if message.get("tries", len(tries)) < len(tries):
            return  # the second click of a double click: it is no second try
        for item in session.asked:
            if item.id == name:
                raw = quiz_page.from_page(session, item, raw)
        sure = message.get("confidence")
        if self._asks and not tries and sure not in get_args(Confidence):
            words = quiz_page.words()
            raise AnswerError(Problem(words["not_sure"], words["choose_one"]))
        self._session = practice.answer(
            session,
            name,
            raw,
            self._progress,
            clock.now(),
            confidence=sure if self._asks else None,
            hints=session.sitting.hints.get(name, 0),
        )

    def _drawn(self, problem: str = "", serial: int = 0) -> dict[str, Any]:
        self._notices += self._progress.notices
        self._progress.notices.clear()
        session, lang = self._session, self._lang or language()
        with speaking(lang):
            item = session.drawn(session.asked[self._place]) if self._place < len(session.asked) else None
            said = item and quiz_page.feedback(session, item)
            return {
                "lang": lang,
                "words": {name: str(text) for name, text in quiz_page.words().items()},
                "title": str(self._title),
                "notices": [str(notice) for notice in self._notices],
                "sitting": session.sitting.id,
                "place": self._place,
                "marks": quiz_page.marks(session),
                "item": item and quiz_page.question(session, item, self._bank),
                "hints": item and quiz_page.hints(session, item),
                "asks": self._asks,
                "feedback": said,
                "summary": None if item else quiz_page.summary(session, self._bank),
                "problem": problem,
                "serial": serial,
            }


def quiz(
    what: str,
    n: int | None = None,
    seed: int = 0,
    *,
    confidence: bool = False,
    bank: str | Path | None = None,
) -> QuizView:
    """Show questions to answer, with the reason for each answer at once.

    Answers are saved as they are given: run the cell again, tomorrow or in a
    new kernel, and they are still there. A wrong answer is explained and may be
    tried once more before the key is shown.

    Args:
        what: A chapter (``"01"``), a claim (``"C28"``), a tag, or one question's id.
        n: How many questions; all of them if None.
        seed: Of the draw, of the order of the choices, and of the numbers in a question.
        confidence: Whether to ask before each answer how sure you are, for certainty-based marks.
        bank: Your own quiz file or a folder of them; okrkit's own if None.

    Raises:
        ContentError: If there are no such questions, or the bank has problems.
        ProgressError: If the learner's history cannot be read.
    """
    questions = shipped_bank() if bank is None else load_bank([Path(bank)])
    items = practice.select(questions, what, n, seed)
    options = (("n", n), ("seed", seed), ("bank", bank and Path(bank).name))
    what = str(what).upper() if str(what).upper() in items[0].claims else what  # c28 is C28's quiz
    name = str(what) + "".join(f", {option}={value}" for option, value in options if value)
    progress = Progress()
    session = practice.start(name, items, progress, clock.now(), seed)
    chapters = sorted({questions.chapter(item) for item in items})
    several = _SEVERAL.fill(all=", ".join(chapters))
    title = several if len(chapters) > 1 else questions.chapters[chapters[0]].title
    return QuizView(title, session, progress, questions, confidence=confidence)
