"""What the exam's page is told: a paper without its key, and once it has ended, what it came to."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from html import escape
from typing import Any

from okrkit.errors import AnswerError
from okrkit.practice import answering
from okrkit.practice import exam as practice
from okrkit.practice.answering import Sheet
from okrkit.practice.bank import Bank
from okrkit.practice.drawing import shown
from okrkit.practice.exam import Draft, Paper, Result
from okrkit.practice.grading import grade, verdict_on
from okrkit.practice.items import Item, Written
from okrkit.practice.progress import Attempt, Sitting
from okrkit.practice.session import Session
from okrkit.views import answer_page, quiz_page
from okrkit.views.markup import to_html

words = partial(quiz_page.words, "answer", "exam")


def say(name: str, **values: object) -> str:
    """Return some words of the exam, filled in, in the language in force."""
    return quiz_page.say(name, "answer", "exam", **values)


def cover(paper: Paper) -> list[str]:
    """Return what is to be known before the clock runs."""
    form, minutes = paper.form, shown(paper.form.minutes)
    rule = say("rule", n=form.shown, minutes=minutes)
    if form.chooses:
        values = {"shown": form.shown, "answered": form.answered, "points": form.points}
        rule = say("rule_part", minutes=minutes, **values)
    return [rule, say("rule_silent"), say("rule_clock")]


def marks(paper: Paper, session: Session, drafts: Mapping[str, Draft]) -> list[str]:
    """Return, for each question, what is on the sheet; once the exam has ended, the verdict on it."""
    if session.sitting.ended:
        waiting = practice.to_mark(session, drafts)
        return ["to_mark" if item in waiting else _verdict(session, item) for item in session.asked]
    return [_mark(paper, drafts.get(item.id, Draft())) for item in session.asked]


def _verdict(session: Session, item: Item) -> str:
    attempts = session.attempts.get(item.id, ())
    return verdict_on(attempts[0].score) if attempts and attempts[0].answer else "open"


def _mark(paper: Paper, draft: Draft) -> str:
    if paper.form.chooses and not draft.chosen:
        return "open"
    if practice.is_blank(draft.answer) and not paper.by_hand:
        return "chosen_open" if paper.form.chooses else "open"
    return "answered"


def written(item: Written, draft: Draft, attempt: Attempt | None) -> dict[str, Any]:
    """Return a prompt of an exam that has ended: to be marked, as it was marked, or as it was left.

    Args:
        item: The prompt.
        draft: What was written.
        attempt: The learner's own marks; None before they are confirmed.
    """
    text = str(draft.answer or "")
    given = attempt.answer if attempt and isinstance(attempt.answer, dict) else {}
    lines = tuple(given["lines"].split()) if given else None
    sheet, marks = answering.proposed(
        item, Sheet(text, lines=lines, caps=tuple(given.get("caps", "").split()))
    )
    found = answer_page.marking(item, sheet, marks)
    rows = [(each["key"], each["text"], each["said"], each["ticked"]) for each in found["lines"]]
    rows += [
        (CAP + each["key"], say("limit", text=each["text"]), (), each["ticked"]) for each in found["caps"]
    ]
    shown = {
        "kind": "rubric" if draft.chosen else "paper",
        "id": item.id,
        "stem": quiz_page.inline(item.stem),
    }
    own = f'<div class="okr-answered-text">{escape(text)}</div>' if text.strip() else ""
    parts = [{"key": key, "text": _row(words, said)} for key, words, said, _ in rows] if draft.chosen else []
    outline = "" if draft.chosen and not attempt else _outline(item)
    return {
        "item": shown | {"parts": parts, "more": own + outline},
        "draft": asdict(draft) | {"answer": [key for key, *_, ticked in rows if ticked]},
        "feedback": _self_marked(item, draft, attempt, rows),
        "marking": draft.chosen and attempt is None,
    }


CAP = "cap:"  # before the key of a limit, among those of the rubric's lines


def _row(text: str, said: Sequence[str]) -> str:
    return escape(text) + "".join(f'<span class="okr-why">{escape(each)}</span>' for each in said)


def _outline(item: Written) -> str:
    known = "".join(
        f"<p>{escape(f'{each.letters}: {each.text} ({each.source})')}</p>" for each in item.mnemonics
    )
    # It scrolls where the window is narrow, so the keyboard must reach it, and no shortcut from there.
    reached = f'tabindex="0" data-lm-suppress-shortcuts="true" role="group" aria-label="{say("outline")}"'
    outline = to_html(str(item.outline))
    return f'<h3>{say("outline")}</h3><div class="okr-outline" {reached}>{outline}</div>{known}'


def _self_marked(
    item: Written, draft: Draft, attempt: Attempt | None, rows: Sequence[tuple[str, str, Sequence[str], bool]]
) -> dict[str, Any] | None:
    """Return what stands below a prompt that is done with; None while it is to be marked."""
    if draft.chosen and attempt is None:
        return None
    points = say("result", n=shown(round((attempt.score if attempt else 0) * item.points)), of=item.points)
    return {
        "answer": [key for key, *_, ticked in rows if ticked],
        "done": True,
        "verdict": verdict_on(attempt.score) if attempt else "open",
        "headline": points if attempt else say("not_chosen"),
        "lines": [],
        "marks": [],
        "parts": {
            key: {
                "mark": "right" if ticked else "wrong",
                "labels": [say("has" if ticked else "has_not")],
                "why": "",
            }
            for key, _, _, ticked in rows
            if not key.startswith(CAP)
        },
    }


def sure(paper: Paper, session: Session, drafts: Mapping[str, Draft]) -> list[str]:
    """Return what to consider before handing in: what is open, unreadable, filled in by halves or flagged."""
    found: dict[str, list[int]] = {"open": [], "unread": [], "partial": [], "flagged": []}
    chosen = [
        item.id for item in session.asked if not paper.form.chooses or drafts.get(item.id, Draft()).chosen
    ]
    for number, item in enumerate(session.items, 1):
        draft = drafts.get(item.id, Draft())
        if draft.flag:
            found["flagged"].append(number)
        if item.id in chosen and not paper.by_hand and (lack := _lack(item, draft)):
            found[lack].append(number)
    lines = [say(f"sure_{name}", numbers=", ".join(map(str, each))) for name, each in found.items() if each]
    if paper.form.chooses:
        lines.insert(0, say("sure_chosen", n=len(chosen), of=paper.form.answered))
    return [say("sure_hand_in"), *(lines or [say("sure_all")])]


def _lack(item: Item, draft: Draft) -> str:
    """Return what an answer lacks: ``open``, ``unread``, ``partial``; empty if nothing."""
    if practice.is_blank(draft.answer):
        return "open"
    if practice.answered(item, draft.answer) is None:
        return "unread"
    try:
        grade(item, draft.answer or "")
    except AnswerError:
        return "partial"
    return ""


def feedback(session: Session, item: Item) -> dict[str, Any]:
    """Return what to say of a question once the exam has ended, its key included."""
    (attempt,) = session.attempts[item.id]
    found = practice.answered(item, attempt.answer)
    said = quiz_page.remarks(session, item, found or practice.unanswered(item), attempt.answer, done=True)
    points = quiz_page.say("points", points=shown(round(attempt.score, 2)), of=1)
    headline = said["headline"] if found else say("said_open")
    return said | {"headline": headline, "tries": 1, "marks": [points]}


def summary(session: Session, bank: Bank, mocks: list[Result], waiting: int) -> dict[str, Any]:
    """Return what the exam came to, claim by claim, and beside one's earlier mocks.

    Args:
        session: The sitting, ended and marked.
        bank: Where the claims are.
        mocks: All that have ended of this kind, this one among them.
        waiting: Written answers still to be marked.
    """
    this = next(each for each in mocks if each.sitting.id == session.sitting.id)
    ran_out = session.sitting.ended == practice.deadline(session.sitting)
    full, claims = quiz_page.by_claim(session, bank)
    percent = shown(round(this.percent, 1))
    return {
        "text": say("result_points", points=shown(round(this.points, 2)), of=shown(this.of), percent=percent),
        "lines": [
            say("time_up") if ran_out else say("handed_in", minutes=_minutes(session.sitting)),
            *([say("still_to_mark", n=waiting)] if waiting else []),
            say("pass_mark_exam", n=shown(practice.rules().pass_mark)),
            *full,
        ],
        "claims": claims,
        "mocks": [_mock_row(each, this) for each in mocks[-LATEST:]] if len(mocks) > 1 else [],
    }


LATEST = 10  # mocks shown


def _mock_row(mock: Result, this: Result) -> list[str]:
    day = mock.sitting.began.astimezone().date().isoformat()
    mark = f" ({say('this_one')})" if mock is this else ""
    return [day + mark, shown(round(mock.percent, 1)), say("minutes", n=_minutes(mock.sitting))]


def _minutes(sitting: Sitting) -> int:
    ended: datetime = sitting.ended or sitting.began
    return max(1, math.ceil((ended - sitting.began).total_seconds() / 60))
