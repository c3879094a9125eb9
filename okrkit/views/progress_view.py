"""What the learner knows, what is weak, what is due."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

from okrkit import clock
from okrkit.errors import ContentError, Problem
from okrkit.practice import scheduling
from okrkit.practice.bank import load_bank, shipped_bank
from okrkit.practice.mastery import By, Mastery, mastery
from okrkit.practice.progress import Progress
from okrkit.text import Text


def progress(by: By = "claim", *, bank: str | Path | None = None) -> Mastery:
    """Return what you know, what is weak and what is due, by all your answers so far.

    A question is known when your latest first try earned its full point and was no guess;
    else, once practised, it is weak. Due is what ``ok.review()`` has still to ask today. With
    ``ok.set_exam_date`` the estimate of recall is for that day: an estimate of FSRS, over
    the questions practised. ``ok.to_frame`` makes a table of it, ``ok.plot_progress`` and
    ``ok.plot_calibration`` draw it.

    Args:
        by: What the rows are: ``"claim"`` of the topic card, ``"chapter"`` or ``"level"``.
        bank: Your own quiz file or a folder of them; okrkit's own if None.

    Raises:
        ContentError: If there are no such rows, or the bank has problems.
        ProgressError: If the learner's history cannot be read.

    Example:
        >>> progress("level").total.questions > 0
        True
    """
    if by not in get_args(By):
        what = Text("'{by}'별로는 보여 줄 수 없습니다", "there is no table by '{by}'").fill(by=by)
        raise ContentError(
            Problem(
                what, Text("{all} 가운데 고르세요", "choose from {all}").fill(all=", ".join(get_args(By)))
            )
        )
    questions = shipped_bank() if bank is None else load_bank([Path(bank)])
    history = Progress()
    told = mastery(history.attempts(), questions, clock.now(), scheduling.exam_date(), by)
    return replace(told, notices=tuple(history.notices))
