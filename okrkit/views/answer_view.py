"""Written answers: a sheet, a clock, and a rubric by which the learner marks what was written.

The page keeps nothing but what is being typed; how late it is, what is found in the
answer and what it earns is reckoned here.
"""

import difflib
import hashlib
import unicodedata
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from okrkit import clock
from okrkit.errors import AnswerError, ContentError, Problem
from okrkit.practice import answering as practice
from okrkit.practice.answering import Sheet
from okrkit.practice.bank import Bank, load_bank, shipped_bank
from okrkit.practice.exam import Watch, deadline, look, told
from okrkit.practice.grading import MAX_WRITTEN
from okrkit.practice.items import Written
from okrkit.practice.progress import Progress, Sitting
from okrkit.practice.rubrics import CAPS
from okrkit.practice.scheduling import local_day
from okrkit.text import Text, language, speaking
from okrkit.views import answer_page as page
from okrkit.views.markup import to_html
from okrkit.views.pages import script, stylesheet
from okrkit.views.talking import TalkingView


class AnswerView(TalkingView):
    """A prompt, its sheet, and its marking, in a notebook cell.

    Args:
        item: The prompt.
        name: Of its sittings.
        bank: Where questions on what was missed are.
        progress: Where sheet and marks are saved.
        paper: Whether it is written by hand.
    """

    _esm = script("question", "sheet", "answer")
    _css = stylesheet("quiz", "sheet", "answer")

    def __init__(
        self, item: Written, name: str, bank: Bank, progress: Progress, *, paper: bool = False
    ) -> None:
        self._item, self._name, self._bank, self._progress = item, name, bank, progress
        self._paper = paper
        self._notices: list[Text] = []
        sat = [each for each in progress.sittings(name) if each.quiz == self._quiz]
        self._take_up(sat[-1] if sat else None)
        super().__init__(state=self._drawn())
        self.on_msg(self._take)

    def __repr__(self) -> str:
        """Name what is shown, the same in every run; the hash changes with any word of it."""
        shown = hashlib.sha256(repr(self._item).encode()).hexdigest()[:8]
        points = self._item.points
        return f"<Answer {self._quiz.removeprefix('answer ')}: {points} points, {points} min, {shown}>"

    def _repr_mimebundle_(self, **options: Any) -> Any:  # noqa: ANN401  (as ipywidgets has it)
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            data["text/html"] = f"{to_html(str(self._item.stem))}<p>{page.say('no_answer')}</p>"
        return bundle

    @property
    def _quiz(self) -> str:
        return self._name + (", paper" if self._paper else "")

    def _take_up(self, sitting: Sitting | None) -> None:
        """Show a sitting as it was left, or the cover if there is none."""
        self._sitting: Sitting | None = sitting
        self._sheet = practice.sheet_of(sitting, self._item, self._progress) if sitting else Sheet()
        self._watch: Watch | None = None
        if sitting:
            self._look(sitting)
        if sitting and sitting.ended and not self._sheet.done:
            self._sitting = None  # it was thrown away

    def _do(self, message: dict[str, Any]) -> None:
        sitting, sheet, do = self._sitting, self._sheet, message["do"]
        if do == "begin" and (sitting is None or sitting.ended):
            minutes = self._item.points
            self._take_up(self._progress.begin(self._quiz, clock.now(), [self._item.id], minutes=minutes))
        elif do == "again" and sitting and sitting.ended:
            self._take_up(None)
        elif do == "throw away" and sitting and not sitting.ended:
            self._take_up(self._progress.end(sitting, clock.now()))
        elif sitting and not sitting.ended and message.get("sitting") == sitting.id:
            self._look(sitting)
            # Another notebook may have written on it, too.
            self._sheet = sheet = practice.sheet_of(sitting, self._item, self._progress)
            if not sheet.done:
                self._write(sitting, message)
            else:
                self._mark(sitting, message)

    def _look(self, sitting: Sitting) -> None:
        """Look at the clock, and say so if it jumped while there was something to write."""
        now = clock.now()
        if not self._sheet.done and not sitting.ended and (said := told(self._watch, sitting, now)):
            self._notices.append(said)
        self._watch = look(self._watch, sitting, now)

    def _write(self, sitting: Sitting, message: dict[str, Any]) -> None:
        """Keep what is on the sheet; the pen laid down, propose its marks."""
        at = self._watch.moment if self._watch else clock.now()
        sheet = self._sheet
        if "text" in message and not self._paper:
            text = unicodedata.normalize("NFC", str(message["text"]))
            if len(text) > MAX_WRITTEN:
                what = Text("답안이 {n}자를 넘습니다", "the answer is longer than {n} letters")
                raise AnswerError(Problem(what.fill(n=MAX_WRITTEN), Text("줄이세요", "make it shorter")))
            sheet = practice.written(sheet, sitting, text, int(message.get("rows") or 0), at)
        if message["do"] == "done" and not (sheet.text.strip() or self._paper):
            raise AnswerError(Problem(page.words()["empty"], page.words()["write_first"]))
        if message["do"] == "done":
            sheet, _ = practice.proposed(self._item, replace(sheet, done=at.isoformat()))
        self._keep(sitting, sheet, at)

    def _keep(self, sitting: Sitting, sheet: Sheet, at: datetime) -> None:
        """Save the sheet, or only how late it is; one ended in another view is shown as it stands."""
        if sheet == self._sheet:
            stands = self._progress.heard(sitting, at)
        else:
            stands = self._progress.keep(sitting, self._item.id, asdict(sheet), at)
        self._sheet = sheet
        if stands.ended:
            self._take_up(stands)

    def _mark(self, sitting: Sitting, message: dict[str, Any]) -> None:
        """Keep which lines the learner lets stand, go back to writing, or record the marks."""
        at, sheet = clock.now(), self._sheet
        if message["do"] == "tick":
            lines = tuple(key for key in self._item.rubric if key in message["lines"])
            caps = tuple(key for key in CAPS if key in message["caps"])
            filled = max(0, min(int(message.get("rows") or 0), 999)) if self._paper else sheet.rows
            sheet = replace(sheet, lines=lines, caps=caps, rows=filled)
        elif message["do"] == "resume":
            sheet = replace(sheet, done="", lines=None, caps=())
        elif message["do"] == "confirm":
            self._sitting = practice.confirm(sheet, sitting, self._item, self._progress)
            return
        self._keep(sitting, sheet, at)

    def _drawn(self, problem: str = "", serial: int = 0) -> dict[str, Any]:
        self._notices += self._progress.notices
        self._progress.notices.clear()
        lang, sitting = self._lang or language(), self._sitting
        with speaking(lang):
            return {
                "lang": lang,
                "words": {name: str(text) for name, text in page.words().items()},
                "label": page.label(self._item),
                "notices": [str(notice) for notice in self._notices],
                "problem": problem,
                "serial": serial,
                "paper": self._paper,
                "sitting": sitting.id if sitting else "",
                "printed": page.printed(self._item) if self._paper else "",
                **(self._cover() if sitting is None else self._begun(sitting)),
            }

    def _cover(self) -> dict[str, Any]:
        tries = practice.tries(self._item, self._name, self._progress)
        table = page.compared(self._item, tries) if tries else None
        return {"phase": "cover", "cover": page.cover(self._item, paper=self._paper), "tries": table}

    def _begun(self, sitting: Sitting) -> dict[str, Any]:
        """Return the sheet, its marking, or what it came to."""
        item, sheet = self._item, self._sheet
        state: dict[str, Any] = {"prompt": page.prompt(item)}
        if not sheet.done and self._watch:
            left = (deadline(sitting) - self._watch.moment) / timedelta(seconds=1)
            return state | {"phase": "writing", "left": left, "text": sheet.text, "until": sheet.until}
        sheet, marks = practice.proposed(item, sheet)
        state["marking"] = page.marking(item, sheet, marks)
        if not sitting.ended:
            return state | {"phase": "marking"}
        known = {item.id, *self._bank.quizzed}
        attempts = [each for each in self._progress.attempts() if each.item in known]
        owed = practice.owed(self._bank, attempts, local_day(clock.now()) + timedelta(1))
        tries = practice.tries(item, self._name, self._progress)
        return state | {
            "phase": "marked",
            "result": page.result(item, sheet, len(owed)),
            "tries": page.compared(item, tries),
        }


def answer(prompt: str, *, paper: bool = False, bank: str | Path | None = None) -> AnswerView:
    """Write an answer as the exam wants it, against the clock, and mark it by a rubric of facts.

    What is typed is saved as you type: run the cell again, and the sheet and the time that
    is left are still there. Then okrkit shows which facts it finds, and where; you confirm
    or correct each (the real rubric is unpublished), see the outline of a good answer and
    how you did before, and what was missed comes back in ``ok.review()``.

    Args:
        prompt: Its id, such as ``"okr-10pt-01"``; 10 points are 10 minutes, 25 are 25.
        paper: Whether to write by hand: a sheet to print, with the kit as clock and marker.
        bank: Your own quiz file or a folder of them; okrkit's own if None.

    Raises:
        ContentError: If there is no such prompt, or the bank has problems.
        ProgressError: If the learner's history cannot be read.
    """
    questions = shipped_bank() if bank is None else load_bank([Path(bank)])
    item = questions.items.get(prompt)
    if not isinstance(item, Written):
        prompts = [name for name, each in questions.items.items() if isinstance(each, Written)]
        near = difflib.get_close_matches(str(prompt), prompts, n=1) or prompts
        what = Text("'{id}'은(는) 서술형 문제가 아닙니다", "'{id}' is no written question").fill(id=prompt)
        fix = Text("이렇게 써 보세요: {all}", "try {all}").fill(all=", ".join(near) or "-")
        if item:
            fix = Text('ok.quiz("{id}")로 푸세요', 'answer it with ok.quiz("{id}")').fill(id=prompt)
        raise ContentError(Problem(what, fix))
    name = f"answer {item.id}" + (f", bank={Path(bank).name}" if bank else "")
    return AnswerView(item, name, questions, Progress(), paper=paper)
