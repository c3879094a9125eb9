"""The mock exam: a paper, a clock, and not a word about right and wrong before the end.

The page shows how much time is left and decides nothing: whether it is over is
reckoned here, from the moment the exam was begun, which lies in the history.
"""

import hashlib
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from okrkit import clock
from okrkit.errors import AnswerError, ContentError, Problem
from okrkit.practice import exam as practice
from okrkit.practice.answering import Sheet, answer_of
from okrkit.practice.bank import Bank, load_bank, shipped_bank
from okrkit.practice.exam import Draft, Format, Paper, Watch
from okrkit.practice.items import Written
from okrkit.practice.progress import Progress, Sitting
from okrkit.practice.rubrics import CAPS
from okrkit.practice.session import Session
from okrkit.text import Text, language, speaking
from okrkit.views import exam_page, quiz_page
from okrkit.views.markup import to_html
from okrkit.views.pages import script, stylesheet
from okrkit.views.talking import TalkingView


class ExamView(TalkingView):
    """A mock exam in a notebook cell.

    Args:
        title: What stands above the paper.
        paper: The paper.
        bank: Where its questions are.
        progress: Where drafts and answers are saved.
    """

    _esm = script("question", "sheet", "exam")
    _css = stylesheet("quiz", "sheet", "answer", "exam")

    def __init__(self, title: Text, paper: Paper, bank: Bank, progress: Progress) -> None:
        self._title, self._paper, self._bank, self._progress = title, paper, bank, progress
        self._notices: list[Text] = []
        self._take_up(practice.latest(paper, bank, progress))
        super().__init__(state=self._drawn())
        self.on_msg(self._take)

    def __repr__(self) -> str:
        """Name what is shown, the same in every run; the hash changes with any word of it."""
        paper = self._paper
        shown = hashlib.sha256(repr(paper.items).encode()).hexdigest()[:8]
        asked = f"{paper.form.shown} question{'s' * (paper.form.shown != 1)}"
        return f"<Exam {paper.name}: {asked}, {paper.form.minutes:g} min, {shown}>"

    def _repr_mimebundle_(self, **options: Any) -> Any:  # noqa: ANN401  (as ipywidgets has it)
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            title = to_html(str(self._title), inline=True)
            data["text/html"] = f"<p><strong>{title}</strong></p><p>{exam_page.say('no_exam')}</p>"
        return bundle

    def _take_up(self, session: Session | None) -> None:
        """Show a sitting as it was left, or the cover if there is none."""
        self._session = session
        self._watch: Watch | None = None
        self._place, self._asks_sure = session.place if session else 0, False
        self._drafts: dict[str, Draft] = {}
        if session and session.sitting.ended:
            self._settle(session)
        elif session:
            self._go_on({})

    def _go_on(self, message: dict[str, Any]) -> None:
        """Look at the clock, keep what the message brings, and end the exam if its time is up."""
        session = self._running()
        if session is None:
            return
        sitting, now = session.sitting, clock.now()
        if said := practice.told(self._watch, sitting, now):
            self._notices.append(said)
        self._watch = practice.look(self._watch, sitting, now)
        moment, deadline = self._watch.moment, practice.deadline(sitting)
        if "item" in message and moment < deadline + practice.IN_TRANSIT:
            sitting = self._keep(session, message, moment)
        sitting = self._progress.heard(sitting, moment)
        if moment >= deadline:
            sitting = self._progress.end(sitting, deadline)
        self._settle(replace(session, sitting=sitting))

    def _running(self) -> Session | None:
        return self._session if self._session and not self._session.sitting.ended else None

    def _keep(self, session: Session, message: dict[str, Any], at: datetime) -> Sitting:
        """Save what is on the sheet of a question, its flag and whether it is chosen."""
        item = next(each for each in session.items if each.id == message["item"])
        drafts, form = self._kept(session.sitting), self._paper.form  # another notebook may have written, too
        before = drafts.get(item.id, Draft())
        draft = replace(before, flag=bool(message.get("flag", before.flag)))
        if "answer" in message:
            draft = replace(draft, answer=quiz_page.from_page(session, item, message["answer"]))
        taken = sum(each.chosen for each in drafts.values())
        room = before.chosen or taken < form.answered
        # What is written counts, as in the real exam, unless the learner takes it back.
        begun = practice.is_blank(before.answer) and not practice.is_blank(draft.answer)
        chosen = bool(message.get("chosen", before.chosen or (form.chooses and room and begun)))
        draft = replace(draft, chosen=chosen and room)
        stands = self._progress.keep(session.sitting, item.id, asdict(draft), at)
        if chosen and not room:
            words, self._drafts = exam_page.words(), self._kept(stands)
            raise AnswerError(Problem(words["too_many"].fill(n=taken), words["choose_less"]))
        return stands

    def _kept(self, sitting: Sitting) -> dict[str, Draft]:
        return {name: Draft(**value) for name, value in self._progress.drafts(sitting).items()}

    def _settle(self, session: Session) -> None:
        """Take over how a sitting stands; one that has ended is marked, and its result shown."""
        self._session, self._drafts = session, self._kept(session.sitting)
        if session.sitting.ended:
            self._session = practice.finish(session, self._drafts, self._progress)
            self._place = len(session.asked)

    def _do(self, message: dict[str, Any]) -> None:
        self._go_on(message)
        session, running = self._session, self._running()
        match message["do"]:
            case "begin" if not session:
                self._take_up(practice.begin(self._paper, self._bank, self._progress, clock.now()))
            case "go" if session:
                last = len(session.asked) - (1 if running else 0)
                self._place, self._asks_sure = max(0, min(int(message["place"]), last)), False
                if running:
                    self._progress.move(session.sitting, session.asked[self._place].id)
            case "hand in" | "keep on" if running:
                self._asks_sure = message["do"] == "hand in"
            case "hand in now" if running and self._watch:
                at = self._watch.moment
                self._settle(replace(running, sitting=self._progress.end(running.sitting, at)))
            case "confirm" if session and not running:
                self._confirm(session, message["item"], message["answer"])
            case "again" if not running:
                self._take_up(None)

    def _confirm(self, session: Session, name: str, ticked: list[str]) -> None:
        """Record the learner's own marks of a written answer."""
        item = next(each for each in practice.to_mark(session, self._drafts) if each.id == name)
        lines = tuple(key for key in item.rubric if key in ticked)
        caps = tuple(key for key in CAPS if f"{exam_page.CAP}{key}" in ticked)
        raw = answer_of(Sheet(str(self._drafts[name].answer or ""), lines=lines, caps=caps))
        self._session = practice.confirm(session, item, raw, self._progress)

    def _drawn(self, problem: str = "", serial: int = 0) -> dict[str, Any]:
        self._notices += self._progress.notices
        self._progress.notices.clear()
        lang = self._lang or language()
        with speaking(lang):
            return {
                "lang": lang,
                "words": {name: str(text) for name, text in exam_page.words().items()},
                "title": str(self._title),
                "notices": [str(notice) for notice in self._notices],
                "problem": problem,
                "serial": serial,
                "place": self._place,
                "minutes": self._paper.form.minutes,
                **(self._cover() if self._session is None else self._sheet(self._session)),
            }

    def _cover(self) -> dict[str, Any]:
        return {
            "phase": "cover",
            "sitting": "",
            "marks": [],
            "item": None,
            "cover": exam_page.cover(self._paper),
        }

    def _sheet(self, session: Session) -> dict[str, Any]:
        """Return a question as it stands or, after the end, with its feedback; or the result."""
        running, item = self._running(), None
        if self._place < len(session.asked):
            item = session.drawn(session.asked[self._place])
        draft = self._drafts.get(item.id, Draft()) if item else Draft()
        answer = (
            None if item is None or draft.answer is None else quiz_page.to_page(session, item, draft.answer)
        )
        hand = {"kind": "paper"} if self._paper.by_hand else {}
        state = {
            "phase": "running" if running else "over",
            "sitting": session.sitting.id,
            "marks": exam_page.marks(self._paper, session, self._drafts),
            "flags": [self._drafts.get(each.id, Draft()).flag for each in session.asked],
            "item": item and quiz_page.question(session, item, self._bank) | hand,
            "draft": asdict(draft) | {"answer": answer},
        }
        if running and self._watch:
            left = practice.deadline(session.sitting) - self._watch.moment
            sure = exam_page.sure(self._paper, session, self._drafts) if self._asks_sure else []
            choice = [sum(each.chosen for each in self._drafts.values()), self._paper.form.answered]
            chooses = choice if self._paper.form.chooses else None
            return state | {"left": left.total_seconds(), "sure": sure, "chooses": chooses}
        if isinstance(item, Written):
            attempt = next(iter(session.attempts.get(item.id, ())), None)
            return state | exam_page.written(item, draft, attempt)
        if item:
            return state | {"feedback": exam_page.feedback(session, item)}
        mocks = practice.results(self._progress, self._paper)
        waiting = len(practice.to_mark(session, self._drafts))
        return state | {"summary": exam_page.summary(session, self._bank, mocks, waiting)}


def exam(
    n: int = 20,
    minutes: float | None = None,
    seed: int = 0,
    *,
    part: int | None = None,
    paper: bool = False,
    bank: str | Path | None = None,
) -> ExamView:
    """Sit a mock exam: a clock, and nothing about right and wrong until the end.

    Begin it on its cover; from then on the clock runs, whatever happens to the page or
    the kernel. Run the cell again and the exam goes on with the time that is left and
    everything written. Handed in, or when time runs out, it is marked, and what was
    missed comes back in ``ok.review()``.

    Args:
        n: How many questions, spread over the chapters and their claims; unless ``part`` is given.
        minutes: How long it may take; if None, one and a half for each question, or as the real exam's part.
        seed: Of the paper: the same seed gives the same questions with the same numbers.
        part: A part of the real exam, 1 to 4, with written answers: part 1 shows 13 questions of which
            10 are answered, 10 points each; the others 6 of which 4, 25 points each; 100 minutes.
            What you begin to write is chosen while there is room, until you untick it.
        paper: Whether written answers are written by hand: okrkit keeps the time, you mark them.
        bank: Your own quiz file or a folder of them; okrkit's own if None.

    Raises:
        ContentError: If there is no such part, the bank has problems or too few questions,
            ``minutes`` is not above 0, ``seed`` no whole number, or ``paper`` is without a part.
        ProgressError: If the learner's history cannot be read.
    """
    _check(seed, part, paper=paper)
    questions = shipped_bank() if bank is None else load_bank([Path(bank)])
    own = [("minutes", minutes)] if minutes is not None else []
    if part is None:
        items = practice.draw_paper(questions, list(questions.quizzed.values()), n, seed)
        form = Format(n, n, 1, n * practice.rules().minutes_each)
        family, title, own = (
            f"exam, n={n}",
            exam_page.words()["title"],
            [("minutes", minutes or form.minutes)],
        )
    else:
        form, items = practice.written_paper(questions, part, seed)
        family, title = f"exam, part={part}", exam_page.words()["title_part"].fill(part=part)
    form = replace(form, minutes=_checked(form.minutes if minutes is None else minutes))
    options = (*own, ("seed", seed), ("bank", bank and Path(bank).name), ("paper", paper or None))
    named = (
        f", {option}={value:g}" if option == "minutes" else f", {option}={value}"
        for option, value in options
        if value is not None
    )
    paper_ = Paper(
        "exam, n=" if part is None else f"{family},", family + "".join(named), form, items, seed, paper
    )
    return ExamView(title, paper_, questions, Progress())


def _check(seed: int, part: int | None, *, paper: bool) -> None:
    if type(seed) is not int:
        what = Text("seed가 {seed}입니다", "the seed is {seed}").fill(seed=repr(seed))
        raise ContentError(Problem(what, Text("7처럼 정수를 쓰세요", "write a whole number, such as 7")))
    if paper and part is None:
        what = Text("손으로 쓰는 것은 서술형뿐입니다", "only written answers are written by hand")
        raise ContentError(Problem(what, Text("part=1처럼 교시를 쓰세요", "name a part, such as part=1")))


def _checked(minutes: float) -> float:
    if type(minutes) not in (int, float) or not 0 < minutes <= LONGEST:
        what = Text("시험 시간이 {minutes}분입니다", "the exam takes {minutes} minutes").fill(minutes=minutes)
        fix = Text("0보다 크고 {most} 이하인 수를 쓰세요", "write a number above 0, at most {most}")
        raise ContentError(Problem(what, fix.fill(most=LONGEST)))
    return minutes


LONGEST = 400  # minutes: all four parts of the exam together
