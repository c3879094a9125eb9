"""What attempts are worth."""

from dataclasses import replace

import pytest

from okrkit.practice import marking
from okrkit.practice import session as practice
from okrkit.practice.items import ManyChoices, Number, OneChoice
from okrkit.practice.progress import Attempt, Progress
from tests.conftest import NOW


def attempt(score: float, nth: int = 1, confidence: str | None = None, hints: int = 0) -> Attempt:
    return Attempt("s", "x/one", "b", score, NOW, nth, confidence, hints)


@pytest.mark.parametrize(
    ("tries", "points"),
    [
        ([], 0),
        ([attempt(1)], 1),
        ([attempt(1, hints=1)], 0.75),
        ([attempt(1, hints=3)], 0.25),
        ([attempt(0), attempt(1, nth=2)], 0.5),
        ([attempt(0), attempt(1, nth=2, hints=2)], 0.25),
        ([attempt(0.75), attempt(0, nth=2)], 0.75),
    ],
)
def test_a_hint_costs_a_quarter_and_a_second_try_half(tries: list[Attempt], points: float):
    assert marking.worth(tries) == points


@pytest.mark.parametrize(
    ("confidence", "right", "partly", "wrong"), [("sure", 3, 1.5, -6), ("likely", 2, 1, -2), ("guess", 1, 0.5, 0)]
)  # fmt: skip
def test_certainty_is_marked_as_gardner_medwin_published_it(
    confidence: str, right: float, partly: float, wrong: float
):
    marks = [marking.certainty_mark([attempt(score, confidence=confidence)]) for score in (1, 0.5, 0)]
    assert marks == [right, partly, wrong]


def test_certainty_counts_in_the_first_try_alone_and_only_if_it_was_told():
    assert marking.certainty_mark([attempt(0, confidence="sure"), attempt(1, nth=2)]) == -6
    assert marking.certainty_mark([attempt(1)]) is None
    assert marking.certainty_mark([]) is None


def test_it_pays_to_be_honest_about_certainty():
    def expected(level: str, chance: float) -> float:
        right, wrong = marking.CERTAINTY[level]
        return chance * right + (1 - chance) * wrong

    best = {
        chance: max(marking.CERTAINTY, key=lambda level: expected(level, chance))
        for chance in (0.5, 0.7, 0.9)
    }
    assert best == {0.5: "guess", 0.7: "likely", 0.9: "sure"}


def test_claims_are_listed_from_the_weakest_and_only_where_something_was_answered(
    one: OneChoice, many: ManyChoices, number: Number, progress: Progress
):
    items = [
        replace(one, claims=("C01", "C02")),
        replace(many, claims=("C02",)),
        replace(number, claims=("C03",)),
    ]
    session = practice.start("01", items, progress, NOW)
    for item, raw in ((one, "b"), (many, ["c"])):
        session = practice.answer(session, item.id, raw, progress, NOW)
    assert marking.by_claim(session) == (
        marking.ClaimResult("C02", 1, 2),
        marking.ClaimResult("C01", 1, 1),
    )
    assert [item.id for item in marking.missed(session)] == ["x/many", "x/number"]
