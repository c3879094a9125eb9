"""From a learner's raw answer to a grade with reasons."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, assert_never

from okrkit.errors import AnswerError, Problem
from okrkit.practice.items import Chooser, Item, ManyChoices, Number, OneChoice, key_of
from okrkit.text import Text

Raw = str | list[str]
"""An answer as it is stored: a choice's key, a list of them, or the number as typed."""

Verdict = Literal["right", "partly", "wrong"]


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth, and why.

    Args:
        score: Fraction from 0.0 to 1.0.
        key: The right answer, as the learner would see it.
        why: Reason for the answer that was given.
        whys: Reason for each choice, by its key; empty where there are no choices.
        correct: Keys of the right choices; empty where there are no choices.
    """

    score: float
    key: Text
    why: Text
    whys: Mapping[str, Text]
    correct: frozenset[str]

    @property
    def verdict(self) -> Verdict:
        """Right at full score, wrong at none, partly in between."""
        if self.score >= 1:
            return "right"
        return "partly" if self.score > 0 else "wrong"


def grade(item: Item, raw: Raw) -> Grade:
    """Grade an answer.

    One choice: all or nothing. Many choices: the share of right choices taken,
    less the share of wrong choices taken, not below 0; so choosing everything,
    or nothing, earns nothing. Number: right within the tolerance.

    Args:
        item: The question.
        raw: The answer as the learner gave it.

    Raises:
        AnswerError: If the answer has not the form the question asks for. Such an
            answer is neither right nor wrong.
    """
    match item:
        case OneChoice():
            return _grade_choices(item, _chosen(item, raw, at_most=1))
        case ManyChoices():
            return _grade_choices(item, _chosen(item, raw, at_most=len(item.choices)))
        case Number():
            return _grade_number(item, parse_number(raw if isinstance(raw, str) else "", item.unit))
        case _:
            assert_never(item)


def _chosen(item: Chooser, raw: object, at_most: int) -> frozenset[str]:
    """Return the choices taken, if they are choices of this question and their number is allowed."""
    listed = [raw] if isinstance(raw, str) and raw else raw or []
    keys = [str(key) for key in listed] if isinstance(listed, list) else [str(listed)]
    unknown = sorted(set(keys) - set(item.choices))
    if unknown:
        what = Text("이 문제에 없는 보기입니다 ({keys})", "no such choice ({keys})").fill(
            keys=", ".join(unknown)
        )
        raise AnswerError(Problem(what, Text("화면에 나온 보기에서 고르세요", "choose one that is shown")))
    if not 1 <= len(set(keys)) <= at_most:
        what = Text("아직 고르지 않았습니다", "nothing is chosen yet")
        fix = Text("답을 고른 뒤 확인을 누르세요", "choose an answer, then check it")
        if keys:
            what = Text("하나만 고르는 문제입니다", "only one choice may be taken")
        raise AnswerError(Problem(what, fix))
    return frozenset(keys)


def _grade_choices(item: Chooser, chosen: frozenset[str]) -> Grade:
    key = key_of(item)
    hits, misses = len(chosen & key) / len(key), len(chosen - key) / max(len(item.choices) - len(key), 1)
    reasons = [item.choices[name].why for name in item.choices if name in chosen]
    return Grade(
        score=max(hits - misses, 0.0),
        key=_join([item.choices[name].text for name in item.choices if name in key], " / "),
        why=_join(reasons, " "),
        whys={name: choice.why for name, choice in item.choices.items()},
        correct=key,
    )


def _grade_number(item: Number, value: float) -> Grade:
    def near(wanted: float) -> bool:
        return abs(value - wanted) <= item.tolerance + 1e-9 * max(1.0, abs(wanted))  # the binary dust

    shown = Text("{value:g} {unit}", "{value:g} {unit}").fill(
        value=item.answer, unit=item.unit or Text("", "")
    )
    right = near(item.answer)
    reasons = [] if right else [mistake.why for mistake in item.mistakes if near(mistake.value)][:1]
    key = Text(shown.ko.strip(), shown.en.strip())
    return Grade(float(right), key, _join([*reasons, item.why], " "), whys={}, correct=frozenset())


_TYPED = re.compile(r"(?P<sign>[-+]?)(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?P<unit>\D*)")


def parse_number(typed: str, unit: Text | None = None) -> float:
    """Read a number as people type it.

    Full-width digits, thousands commas, a minus sign of any shape and the unit
    behind the number are taken as meant. ``%`` counts as hundredths where the
    question has no unit of its own.

    Args:
        typed: What the learner typed.
        unit: Unit of the question, in which the number is returned.

    Raises:
        AnswerError: If it is no number, or carries another unit.

    Example:
        >>> parse_number("６０ %"), parse_number("1,200명", Text("명", "people"))
        (0.6, 1200.0)
    """
    plain = unicodedata.normalize("NFKC", typed).replace("−", "-").strip()
    found = _TYPED.fullmatch(plain)
    if not found:
        what = Text("'{typed}'은(는) 숫자가 아닙니다", "'{typed}' is not a number").fill(
            typed=typed.strip()[:40]
        )
        if not plain:
            what = Text("아직 답을 쓰지 않았습니다", "nothing is written yet")
        raise AnswerError(Problem(what, Text("0.7이나 1,200처럼 쓰세요", "write a number like 0.7 or 1,200")))
    value = float(found["sign"] + found["number"].replace(",", ""))
    suffix = found["unit"].strip().casefold()
    own = {form.casefold() for form in (unit.ko, unit.en)} if unit else set()
    if suffix == "%" and not own:
        return value / 100
    if suffix and suffix not in own:
        what = Text("단위 '{unit}'을(를) 알 수 없습니다", "unknown unit '{unit}'").fill(
            unit=found["unit"].strip()
        )
        raise AnswerError(Problem(what, Text("숫자만 쓰세요", "write the number alone")))
    return value


def _join(texts: list[Text], between: str) -> Text:
    return Text(between.join(text.ko for text in texts), between.join(text.en for text in texts))
