"""What the page of a written answer is told: the prompt, the marker's findings, the learner's tries."""

from collections.abc import Sequence
from functools import partial
from html import escape
from itertools import pairwise
from typing import Any

from okrkit.practice.answering import Sheet, Try
from okrkit.practice.drawing import shown
from okrkit.practice.items import Written
from okrkit.practice.rubrics import CAPS, PAGE, Marks, earned
from okrkit.text import language
from okrkit.views import quiz_page
from okrkit.views.markup import to_html
from okrkit.views.pages import STATIC

words = partial(quiz_page.words, "answer")
SHOWN = 6
"""Tries that are compared: the latest ones."""


def say(name: str, **values: object) -> str:
    """Return some words of the view, filled in, in the language in force."""
    return quiz_page.say(name, "answer", **values)


def cover(item: Written, *, paper: bool) -> list[str]:
    """Return what is to be known before the clock runs."""
    rules = ["rule_time", *(["rule_paper"] if paper else ["rule_sheet", "rule_hand"]), "rule_marking"]
    return [say(name, minutes=item.points) for name in rules]


def label(item: Written) -> str:
    """Return the points, the minutes, and whether the prompt is like a past one or only expected."""
    origin = str(item.resembles.label) if item.resembles else say("expected")
    return f"{say('worth', points=item.points, minutes=item.points)} · {origin}"


def prompt(item: Written) -> dict[str, Any]:
    """Return the question, and the structure that is expected."""
    blocks = [{"heading": str(block.heading), "holds": str(block.holds)} for block in item.structure]
    return {"id": item.id, "stem": to_html(str(item.stem)), "structure": blocks}


def marking(item: Written, sheet: Sheet, marks: Marks) -> dict[str, Any]:
    """Return each line with what was found, the answer in pieces with the lines they are of, and the points.

    Args:
        item: The prompt.
        sheet: The answer, its lines proposed or confirmed.
        marks: What the marker found.
    """
    lines = [_line(item, sheet, marks, key, n) for n, key in enumerate(item.rubric, 1)]
    caps = [
        {
            "key": key,
            "text": say("cap", why=CAPS[key].why, points=shown(round(item.points * CAPS[key].share))),
            "ticked": key in sheet.caps,
        }
        for key in (marks.caps if sheet.text.strip() else ())
    ]
    return {
        "lines": lines,
        "caps": caps,
        "pieces": _pieces(sheet.text, marks, sheet.until),
        "points": _points(item, sheet),
        "rows": sheet.rows,
    }


def _points(item: Written, sheet: Sheet) -> str:
    kept = sheet.lines or ()
    all_lines, stands = earned(item, kept), earned(item, kept, sheet.caps)
    name = "points_capped" if stands < all_lines else "points_now"
    return say(name, n=stands, of=item.points, all=all_lines)


def _line(item: Written, sheet: Sheet, marks: Marks, key: str, n: int) -> dict[str, Any]:
    line, found = item.rubric[key], marks.lines[key]
    quoted = dict.fromkeys(" ".join(sheet.text[slice(*span)].split()) for span in found.spans)
    lacking = [group for group, hit in zip(line.accept, found.hits, strict=True) if hit is None]
    forms = [" / ".join((group.en if language() == "en" else group.ko)[:4]) for group in lacking]
    quotes = "“{}”" if language() == "en" else "‘{}’"
    said = [say("found", words=", ".join(map(quotes.format, quoted)))] if quoted else []
    said += [say("lacks", words="; ".join(forms))] if forms and sheet.text.strip() else []
    late = sheet.until is not None and any(end > sheet.until for _, end in found.spans)
    return {
        "key": key,
        "text": say("fact", n=n, text=line.text, points=line.points),
        "ticked": key in (sheet.lines or ()),
        "said": [*said, *([say("late")] if late else [])],
    }


def _pieces(answer: str, marks: Marks, until: int | None) -> list[dict[str, Any]]:
    """Return the answer cut where a finding begins or ends, each piece with the numbers of its lines."""
    spans = [(n, *span) for n, mark in enumerate(marks.lines.values(), 1) for span in mark.spans]
    inner = {at for _, start, end in spans for at in (start, end)} | ({until} if until is not None else set())
    edges = sorted({0, len(answer), *(at for at in inner if 0 <= at <= len(answer))})
    return [
        {
            "text": answer[start:end],
            "lines": [n for n, first, last in spans if first <= start and end <= last],
            "ends": [n for n, _, last in spans if last == end],
            "until": until == end and end < len(answer),
        }
        for start, end in pairwise(edges)
    ]


def result(item: Written, sheet: Sheet, owed: int) -> dict[str, Any]:
    """Return what an answer came to, what a good one would hold, and what comes back to be reviewed."""
    kept = sheet.lines or ()
    missed = len(item.rubric) - len(set(kept) & set(item.rubric))
    coming = say("to_review", n=owed) if owed else say("none_to_review")
    return {
        "text": say("result", n=earned(item, kept, sheet.caps), of=item.points),
        "lines": [
            say("pass_mark", n=shown(item.points * 0.6), of=item.points),
            coming if missed else say("nothing_missed"),
        ],
        "outline": to_html(str(item.outline)),
        "mnemonics": [
            {
                "text": say("mnemonic", letters=each.letters, text=each.text),
                "source": say("source", source=each.source),
            }
            for each in item.mnemonics
        ],
        "caveat": str(item.caveat or ""),
    }


def compared(item: Written, tries: Sequence[Try]) -> dict[str, Any]:
    """Return a table of the latest tries, one a column: when, minutes, rows, points, and each line."""
    latest = tries[-SHOWN:]
    of = [
        (say("try_minutes"), [f"{each.minutes:.1f}" for each in latest]),
        (say("try_rows"), [str(each.rows) for each in latest]),
        (say("try_points"), [f"{each.points} / {item.points}" for each in latest]),
        *(
            (
                say("fact", n=n, text=line.text, points=line.points),
                ["✓" if key in each.lines else "–" for each in latest],
            )
            for n, (key, line) in enumerate(item.rubric.items(), 1)
        ),
    ]
    days = [f"{each.at.astimezone():%Y-%m-%d %H:%M}" for each in latest]
    return {"days": days, "rows": [{"head": head, "cells": cells} for head, cells in of]}


def printed(item: Written) -> str:
    """Return the sheet to be printed: pages of 22 ruled rows on A4; the question stays on the screen."""
    pages = 2 if item.points == 10 else 4  # 1 to 1.4 and 3 to 3.5 pages are usual
    head = f"<tr><th>{escape(say('number'))}</th><th></th><th></th><th></th></tr>"
    rows = "<tr><td></td><td></td><td></td><td></td></tr>" * PAGE
    foot = f"{escape(item.id)} · {escape(label(item))}"
    sheets = [
        f"<section><table><thead>{head}</thead><tbody>{rows}</tbody></table><p>{foot} · {n}</p></section>"
        for n in range(1, pages + 1)
    ]
    style = f"<style>{(STATIC / 'print.css').read_text(encoding='utf-8')}</style>"
    return f'<!doctype html><html lang="{language()}"><meta charset="utf-8">{style}{"".join(sheets)}'
