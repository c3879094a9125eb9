"""What attempts are worth, plain and by certainty, and what a sitting says about each claim."""

from collections.abc import Sequence
from dataclasses import dataclass

from okrkit.practice.bank import Bank
from okrkit.practice.items import Item
from okrkit.practice.progress import Attempt, Confidence
from okrkit.practice.session import Session

HINT_COST = 0.25
"""Share of the score that each hint costs."""

SECOND_TRY = 0.5
"""Share of the score that a second try earns."""

CERTAINTY: dict[Confidence, tuple[int, int]] = {"sure": (3, -6), "likely": (2, -2), "guess": (1, 0)}
"""Mark if right and mark if wrong, by certainty.

A. R. Gardner-Medwin's certainty-based marking (UCL; "Confidence-based marking",
in Bryan & Clegg, Innovative Assessment in Higher Education, 2006). It pays to be
honest: "sure" from 80 %, "likely" from 67 %, else "guess".
"""


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """How the questions about one claim went.

    Args:
        claim: The claim's id.
        points: Earned, one at most a question.
        questions: How many were asked.
    """

    claim: str
    points: float
    questions: int


def worth(tries: Sequence[Attempt]) -> float:
    """Return what the tries at one question earn together, 0.0 to 1.0: the best of them.

    A try earns its score, half of it if it is the second, less a quarter of that for each hint seen.
    """
    return max((_worth(attempt) for attempt in tries), default=0.0)


def certainty_mark(tries: Sequence[Attempt]) -> float | None:
    """Return the certainty-based mark, from -6 to 3, of the first try; None if no confidence was told.

    As Moodle does it, a partly right answer earns its share of the mark for a right one.
    """
    if not tries or tries[0].confidence is None:
        return None
    right, wrong = CERTAINTY[tries[0].confidence]
    return right * tries[0].score if tries[0].score > 0 else wrong


def by_claim(session: Session) -> tuple[ClaimResult, ...]:
    """Return the result of each claim, the weakest first; a question answered counts for all its claims."""
    earned: dict[str, list[float]] = {}
    for item in session.asked:
        for claim in item.claims if item.id in session.attempts else ():
            earned.setdefault(claim, []).append(worth(session.attempts[item.id]))
    results = [ClaimResult(claim, sum(points), len(points)) for claim, points in earned.items()]
    return tuple(sorted(results, key=lambda each: (each.points / each.questions, each.claim)))


def by_chapter(session: Session, bank: Bank) -> dict[str, tuple[float, int]]:
    """Return, by chapter, the points earned and the number of questions that the sitting asks."""
    found: dict[str, tuple[float, int]] = {}
    for item in session.asked:
        points, asked = found.get(number := bank.chapter(item), (0.0, 0))
        found[number] = (points + worth(session.attempts.get(item.id, ())), asked + 1)
    return dict(sorted(found.items()))


def missed(session: Session) -> tuple[Item, ...]:
    """Return the questions that did not earn their full point."""
    return tuple(item for item in session.asked if worth(session.attempts.get(item.id, ())) < 1)


def _worth(attempt: Attempt) -> float:
    share = 1.0 if attempt.nth == 1 else SECOND_TRY
    return attempt.score * share * max(1 - HINT_COST * attempt.hints, 0.0)
