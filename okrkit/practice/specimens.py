"""Answers a question makes for itself, so that a whole bank can be tested by machine."""

from dataclasses import dataclass
from typing import assert_never

from okrkit.practice.drawing import evaluate
from okrkit.practice.grading import Raw
from okrkit.practice.items import (
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
    key_of,
)


@dataclass(frozen=True, slots=True)
class Specimens:
    """Three answers to one question.

    Args:
        right: Earns the full score.
        wrong: Well formed, and earns less.
        malformed: Has not the form the question asks for.
    """

    right: Raw
    wrong: Raw
    malformed: Raw


def specimens(item: Item) -> Specimens:
    """Return a right, a wrong and a malformed answer.

    Args:
        item: The question, its variables drawn.
    """
    match item:
        case OneChoice() | ManyChoices():
            right, others = sorted(key_of(item)), sorted(set(item.choices) - key_of(item))
            made = Specimens(right, others[:1], ["no such choice"])
        case Number():
            number = evaluate(item.answer, {})
            made = Specimens(repr(number), repr(number + 2 * item.tolerance + 1), "many")
        case ShortText():
            made = Specimens(item.answer.ko, f"{item.answer.ko} × ?", " ")
        case Blanks():
            filled = {name: blank.answer.ko for name, blank in item.blanks.items()}
            made = Specimens(filled, {**filled, next(iter(filled)): "×××"}, {})
        case Match() | Classify():
            made = _assigned(item)
        case Order():
            made = Specimens(list(item.parts), list(item.parts)[::-1], list(item.parts)[1:])
        case Rewrite():
            made = Specimens(item.model.ko, item.draft.ko, " ")
        case Written():
            made = Specimens(item.samples.full.ko, item.samples.empty.ko, " ")
        case _:
            assert_never(item)
    return made


def _assigned(item: Match | Classify) -> Specimens:
    right = {name: part.to for name, part in item.parts.items()}
    first, second, *_ = right
    other = next(name for name in item.targets if name != right[first])
    wrong = {**right, first: other}
    if isinstance(item, Match) and other in right.values():
        wrong = {**right, first: right[second], second: right[first]}
    return Specimens(right, wrong, {})
