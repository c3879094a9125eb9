"""What the quiz's page is told: questions without their key, then what became of the answers.

The page names gaps, parts and targets by their place on the screen: in the
file's own names an order or a match might show.
"""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any, assert_never

from okrkit.files import read_yaml
from okrkit.practice import marking
from okrkit.practice import session as practice
from okrkit.practice.bank import Bank, picture_type
from okrkit.practice.drawing import shown
from okrkit.practice.grading import Grade, Raw, verdict_on
from okrkit.practice.items import (
    GAP,
    Blanks,
    Classify,
    Item,
    ManyChoices,
    Match,
    Number,
    OneChoice,
    Order,
    Rewrite,
    ShortText,
    Written,
)
from okrkit.practice.session import Session
from okrkit.text import Text
from okrkit.views.markup import to_html
from okrkit.views.pages import STATIC


@cache
def words(*views: str) -> Mapping[str, Text]:
    """Return everything the quiz says by itself, and what further views add."""
    files = (STATIC.parent / f"{each}_words.yaml" for each in ("quiz", *views))
    return {name: text for file in files for name, text in read_yaml(file, dict[str, Text]).value.items()}


def say(name: str, *views: str, **values: object) -> str:
    """Return some words of the quiz or of further views, filled in, in the language in force."""
    return str(words(*views)[name].fill(**values))


def question(session: Session, item: Item, bank: Bank) -> dict[str, Any]:
    """Return a question as the page may see it: without its key.

    Args:
        session: The sitting.
        item: The question, as drawn.
        bank: Where its picture is.
    """
    stem, _, more = str(item.stem).partition("\n\n")
    page: dict[str, Any] = {"id": item.id, "kind": item.kind, "stem": inline(stem), "more": to_html(more)}
    parts, targets = _names(session, item)
    texts: Mapping[str, Text] = {}
    match item:
        case OneChoice() | ManyChoices():
            texts = {name: choice.text for name, choice in item.choices.items()}
        case Match() | Order() | Classify():
            texts = {name: part.text for name, part in item.parts.items()}
            if not isinstance(item, Order):
                page["targets"] = [
                    {"key": targets[name], "text": str(item.targets[name])} for name in targets
                ]
        case Blanks():
            pieces = enumerate(GAP.split(str(item.text)))
            page["pieces"] = [parts[piece] if gap % 2 else inline(piece) for gap, piece in pieces]
        case Number():
            page["unit"] = str(item.unit or "")
        case Rewrite():
            page["draft"] = str(item.draft)
        case ShortText() | Written():
            pass
        case _:
            assert_never(item)
    page["parts"] = [{"key": parts[name], "text": inline(texts[name])} for name in parts if name in texts]
    return page | _picture(item, bank)


def feedback(session: Session, item: Item) -> dict[str, Any] | None:
    """Return what to say of the latest answer; None before there is one. The key comes with the last try."""
    grade = practice.feedback(session, item)
    if grade is None:
        return None
    done, tries = practice.is_done(session, item), session.attempts[item.id]
    said = remarks(session, item, grade, tries[-1].answer, done=done)
    return said | {"tries": len(tries), "marks": _marks(session, item) if done else []}


def remarks(session: Session, item: Item, grade: Grade, raw: Raw, *, done: bool) -> dict[str, Any]:
    """Return what to say of an answer and its parts; the key only if the question is done with."""
    return {
        "answer": to_page(session, item, raw),
        "done": done,
        "verdict": grade.verdict,
        "headline": say(f"said_{grade.verdict}"),
        "lines": [inline(line) for line in _lines(item, grade, done) if str(line)],
        "parts": _parts(session, item, grade, raw, done),
    }


def summary(session: Session, bank: Bank) -> dict[str, Any]:
    """Return how the sitting went: in all, and claim by claim, the weakest first."""
    items = session.asked
    left = sum(item.id not in session.attempts for item in items)
    right = sum(any(each.score >= 1 for each in session.attempts.get(item.id, ())) for item in items)
    text = say("some_open", total=len(items), left=left)
    if not left:
        text = say("all_answered", total=len(items), right=right)
    tries = [session.attempts.get(item.id, ()) for item in items]
    certain = [mark for mark in map(marking.certainty_mark, tries) if mark is not None]
    lines = [say("points", points=shown(round(sum(map(marking.worth, tries)), 2)), of=len(items))]
    lines += [] if left else _chapters(session, bank)
    if certain:
        lines.append(say("certainty", mark=_signed(sum(certain)), of=3 * len(certain)))
    missed = 0 if left else len(marking.missed(session))
    full, rows = by_claim(session, bank)
    lines += full
    return {"text": text, "lines": lines, "claims": rows, "missed": say("missed", n=missed) if missed else ""}


def by_claim(session: Session, bank: Bank) -> tuple[list[str], list[dict[str, str]]]:
    """Return a line on the claims with the full score, and a row for each of the others."""
    known = {name: bank.claim(item, name) for item in session.pool for name in item.claims}
    results = marking.by_claim(session)
    full = [each.claim for each in results if each.points == each.questions]
    rows = [
        {
            "claim": each.claim,
            "text": str(Text(claim.ko, claim.en)) if (claim := known[each.claim]) else "",
            "score": f"{shown(round(each.points, 2))} / {each.questions}",
        }
        for each in results
        if each.claim not in full
    ]
    return [say("full_claims", claims=", ".join(full))] if full else [], rows


def marks(session: Session) -> list[str]:
    """Return, for each question: open, retry, or the verdict on its answer."""
    return [_mark(session, item) for item in session.asked]


def _mark(session: Session, item: Item) -> str:
    tries = session.attempts.get(item.id, ())
    if not tries:
        return "open"
    return verdict_on(tries[-1].score) if practice.is_done(session, item) else "retry"


def _chapters(session: Session, bank: Bank) -> list[str]:
    """Return how each chapter went and the weakest to begin with, where there are several."""
    results = marking.by_chapter(session, bank)
    if len(results) < 2:
        return []
    each = [
        say("chapter", chapter=chapter, points=shown(round(points, 2)), of=asked)
        for chapter, (points, asked) in results.items()
    ]
    weakest, (points, asked) = min(results.items(), key=lambda result: result[1][0] / result[1][1])
    begin = say("begin", chapter=weakest, title=bank.chapters[weakest].title)
    return [say("chapters", chapters=", ".join(each)), say("all_full") if points == asked else begin]


def hints(session: Session, item: Item) -> dict[str, Any]:
    """Return the hints seen so far, and what the button for the next one says."""
    seen = session.sitting.hints.get(item.id, 0)
    left = len(item.hints) - seen
    return {
        "seen": [inline(hint) for hint in item.hints[:seen]],
        "more": say("more_hints", left=left) if left > 0 else "",
    }


def without_widgets(session: Session, title: Text) -> str:
    """Return the questions as plain HTML, for places that cannot run a widget."""
    listed = "".join(f"<li>{to_html(str(item.stem))}</li>" for item in session.items)
    return f"<p><strong>{inline(title)}</strong></p><p>{say('no_widgets')}</p><ol>{listed}</ol>"


def to_page(session: Session, item: Item, raw: Raw) -> Raw:
    """Return an answer by the page's names."""
    return _renamed(raw, *_names(session, item))


def from_page(session: Session, item: Item, raw: Raw) -> Raw:
    """Return an answer by the file's names."""
    parts, targets = _names(session, item)
    return _renamed(raw, {new: old for old, new in parts.items()}, {new: old for old, new in targets.items()})


def _names(session: Session, item: Item) -> tuple[dict[str, str], dict[str, str]]:
    """Return the page's names of a question's parts and targets, by the file's, in the order shown."""
    order = practice.part_order(session, item)
    if isinstance(item, OneChoice | ManyChoices):
        return {name: name for name in order}, {}
    targets = practice.target_order(session, item) if isinstance(item, Match | Classify) else []
    parts = sorted(order, key=list(item.blanks).index) if isinstance(item, Blanks) else order
    return _numbered(parts), _numbered(targets)


def _numbered(names: list[str]) -> dict[str, str]:
    return {name: str(number) for number, name in enumerate(names, 1)}


def _renamed(raw: Raw, parts: Mapping[str, str], targets: Mapping[str, str]) -> Raw:
    if isinstance(raw, list):
        return [parts.get(str(name), str(name)) for name in raw]
    if isinstance(raw, dict):
        return {parts.get(name, name): targets.get(str(each), each) for name, each in raw.items()}
    return raw


def _lines(item: Item, grade: Grade, done: bool) -> list[Text | str]:
    """Return what stands below the headline: of several choices each has its reason beside it."""
    if not done:
        return ["" if isinstance(item, ManyChoices) else grade.taught, say("try_again")]
    beside = isinstance(item, Blanks | Match | Classify)
    key = "" if grade.verdict == "right" or beside else say("the_key", key=grade.key)
    if isinstance(item, OneChoice):  # the reason of what was chosen: after the key it would seem the key's
        return [grade.why, key]
    return [key, "" if isinstance(item, ManyChoices) else grade.why]


def _marks(session: Session, item: Item) -> list[str]:
    tries = session.attempts[item.id]
    points, certain = marking.worth(tries), marking.certainty_mark(tries)
    found = [say("points", points=shown(round(points, 2)), of=1)]
    return found if certain is None else [*found, say("certainty", mark=_signed(certain), of=3)]


def _parts(session: Session, item: Item, grade: Grade, raw: Raw, done: bool) -> dict[str, Any]:
    """Return, by the page's names, how each part is marked, labelled and explained."""
    names, _ = _names(session, item)
    found = {}
    for name, part in grade.parts.items():
        if isinstance(item, OneChoice | ManyChoices):
            chosen, correct = name in raw, item.choices[name].correct
            mark = "right" if correct and (done or chosen) else "wrong" if chosen else ""
            labels = [say(each) for each in ("key",) * (done and correct) + ("chosen",) * chosen]
            explained = (done or chosen) and not (chosen and isinstance(item, OneChoice))
        else:
            mark = "right" if part.right else "wrong"
            labels = [say(mark), *([say("the_key", key=part.key)] if done and not part.right else [])]
            explained = done or part.right
        why = inline(part.why) if explained else ""
        found[names[name]] = {"mark": mark, "labels": labels, "why": why}
    return found


def _picture(item: Item, bank: Bank) -> dict[str, Any]:
    data = bank.pictures.get(item.id)
    if item.picture is None or data is None:
        return {}
    source = f"data:{picture_type(data)};base64,{b64encode(data).decode()}"
    return {"picture": {"src": source, "alt": str(item.picture.alt)}}


def _signed(mark: float) -> str:
    return ("+" if mark > 0 else "−" if mark < 0 else "") + shown(round(abs(mark), 2))


def inline(text: Text | str) -> str:
    """Return a text as HTML that stands inside a line."""
    return to_html(str(text), inline=True)
