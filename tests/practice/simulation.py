"""Learners who forget as FSRS says: what a schedule brings them on the day of the exam."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from fsrs import Card, Rating

from okrkit.practice import scheduling

BEGAN = date(2026, 1, 5)
FIRST = {Rating.Again: 25, Rating.Hard: 15, Rating.Good: 50, Rating.Easy: 10}  # how first tries go, per cent


@dataclass(frozen=True)
class Outcome:
    """Mean retrievability on the day, and how many reviews each day before it took."""

    recall: float
    counts: tuple[int, ...]


def deck(seed: int, questions: int) -> dict[str, Card]:
    """Return questions that were first tried in the week before, with results as the seed has them."""
    rng = random.Random(seed)
    return {
        f"x/{n:03}": scheduling.reviewed(
            Card(card_id=n),
            rng.choices(list(FIRST), list(FIRST.values()))[0],
            BEGAN - timedelta(rng.randint(1, 7)),
        )
        for n in range(questions)
    }


def study(
    seed: int, horizon: int, *, serve: bool, counts: Sequence[int] | None = None, questions: int = 80
) -> Outcome:
    """Review day by day until the exam; the same question on the same day has the same luck in any schedule.

    Args:
        seed: Of the first tries and of the luck.
        horizon: Days from the first review to the exam.
        serve: Whether the schedule knows the date.
        counts: Reviews on each day; plain FSRS takes what is due next even before its time. None: what is due.
        questions: How many there are.
    """
    held, exam, made = deck(seed, questions), BEGAN + timedelta(horizon), []
    for number in range(horizon):
        today = BEGAN + timedelta(number)
        names = scheduling.due(held, today, exam if serve else None)
        if counts is not None:
            names = sorted(held, key=lambda name: (held[name].due, name))[: counts[number]]
        for name in names:
            known = random.Random(f"{seed}/{number}/{name}").random() < scheduling.retrievability(
                held[name], today
            )
            held[name] = scheduling.reviewed(held[name], Rating.Good if known else Rating.Again, today)
        made.append(len(names))
    return Outcome(mean(scheduling.retrievability(card, exam) for card in held.values()), tuple(made))


def compared(seed: int, horizon: int, questions: int = 80) -> tuple[Outcome, Outcome, Outcome]:
    """Return a schedule that knows the date, plain FSRS with as many reviews each day, and plain FSRS as it is."""
    served = study(seed, horizon, serve=True, questions=questions)
    same = study(seed, horizon, serve=False, counts=served.counts, questions=questions)
    return served, same, study(seed, horizon, serve=False, questions=questions)
