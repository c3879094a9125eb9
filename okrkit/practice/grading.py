"""From a learner's raw answer to a grade with reasons."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, assert_never

from okrkit.errors import AnswerError, Problem
from okrkit.practice.drawing import evaluate, shown
from okrkit.practice.items import (
    Assignment,
    Blank,
    Blanks,
    Chooser,
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
    part_names,
)
from okrkit.practice.rubrics import earned, mark
from okrkit.practice.wording import near_miss, same_words
from okrkit.text import Text
from okrkit.writing.linting import lint_sentence
from okrkit.writing.reading import LONGEST

Raw = str | list[str] | dict[str, str]
"""An answer as it is stored, always by the stable keys of the file.

A choice's key; a list of them (many choices, or parts in order); words or a
number as typed; or, by the key of a part or a gap, its target's key or what was
typed. A written answer is its text; with ``lines`` and ``caps`` beside ``text``, keys
between blanks, it says what the learner let stand.
"""

MAX_WRITTEN = 50_000  # letters of a written answer; ten pages have fewer
MAX_TYPED = 200  # letters: more is no short answer, and comparing it would take long
Verdict = Literal["right", "partly", "wrong"]


@dataclass(frozen=True, slots=True)
class PartGrade:
    """What became of one choice, gap or part.

    Args:
        right: Whether it was rightly taken, rightly left, rightly filled, or rightly placed.
        why: Its reason.
        key: What belongs there; empty for a choice.
    """

    right: bool
    why: Text
    key: Text = field(default_factory=lambda: Text("", ""))


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth, and why.

    Args:
        score: Fraction from 0.0 to 1.0.
        key: The right answer, as the learner would see it.
        why: Reason for the answer that was given, with the worked solution where there is one.
        taught: What may be said before a second try: the reason of what was chosen, not the key.
        parts: What became of each choice, gap or part, by its key.
    """

    score: float
    key: Text
    why: Text
    taught: Text
    parts: Mapping[str, PartGrade] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """Right at full score, wrong at none, partly in between."""
        return verdict_on(self.score)


def verdict_on(score: float) -> Verdict:
    """Return right at full score, wrong at none, partly in between."""
    if score >= 1:
        return "right"
    return "partly" if score > 0 else "wrong"


def grade(item: Item, raw: Raw, *, whole: bool = True) -> Grade:
    """Grade an answer.

    One choice, number, short text, rewrite: all or nothing; a number within its
    tolerance, words as ``wording`` takes them, a sentence by the writing rules. Many
    choices: the share of right choices taken, less the share of wrong choices taken,
    not below 0; so choosing everything, or nothing, earns nothing. Blanks, match,
    classify: the share of parts that are right. Order: Kendall's tau between the order
    given and the right one, not below 0; so a random order earns nothing on average.
    Written: the points of the lines that the learner let stand, else of those the marker
    finds, of the points to be had.

    Args:
        item: The question, its variables drawn.
        raw: The answer as the learner gave it.
        whole: Whether every part must have an answer; else a part without one is wrong.

    Raises:
        AnswerError: If the answer has not the form the question asks for. Such an
            answer is neither right nor wrong.
    """
    match item:
        case OneChoice():
            graded = _grade_choices(item, _chosen(item, raw, at_most=1))
        case ManyChoices():
            graded = _grade_choices(item, _chosen(item, raw, at_most=len(item.choices)))
        case Number():
            graded = _grade_number(item, parse_number(raw if isinstance(raw, str) else "", item.unit))
        case ShortText():
            graded = _grade_text(item, _words(raw))
        case Blanks():
            typed = _by_part(item, raw, whole)
            graded = _grade_blanks(item, {name: words and _words(words) for name, words in typed.items()})
        case Match() | Classify():
            graded = _grade_assignment(item, _targets(item, _by_part(item, raw, whole)))
        case Order():
            graded = _grade_order(item, raw)
        case Rewrite():
            graded = _grade_rewrite(item, _words(raw, LONGEST))
        case Written():
            graded = _grade_written(item, raw)
        case _:
            assert_never(item)
    return graded


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


def _by_part(item: Blanks | Assignment, raw: object, whole: bool) -> dict[str, str]:
    """Return what was given for each part, if nothing is missing and nothing unknown."""
    given = {str(name): str(each) for name, each in raw.items()} if isinstance(raw, Mapping) else {}
    names = part_names(item)
    left = sum(not given.get(name, "").strip() for name in names)
    if (left and whole) or set(given) - set(names):
        what = Text("아직 답하지 않은 칸이 {n}개 있습니다", "{n} of the fields have no answer yet")
        raise AnswerError(
            Problem(what.fill(n=left), Text("모두 채우고 확인을 누르세요", "fill them all, then check"))
        )
    return {name: given.get(name, "").strip() for name in names}


def _targets(item: Assignment, given: dict[str, str]) -> dict[str, str]:
    """Return the targets taken, if they are targets of this question and, in a match, each is taken once."""
    taken = [target for target in given.values() if target]
    fix = Text("화면에 나온 것에서 고르세요", "choose one that is shown")
    if set(taken) - set(item.targets):
        raise AnswerError(Problem(Text("이 문제에 없는 짝입니다", "no such target"), fix))
    if isinstance(item, Match) and len(set(taken)) < len(taken):
        twice = next(item.targets[name] for name in taken if taken.count(name) > 1)
        what = Text("‘{name}’을(를) 두 번 골랐습니다", "“{name}” is chosen twice").fill(name=twice)
        raise AnswerError(Problem(what, Text("한 번씩만 고르세요", "choose each once")))
    return given


def _words(raw: object, longest: int = MAX_TYPED) -> str:
    """Return the words typed, if there are some and not too many."""
    typed = raw.strip() if isinstance(raw, str) else ""
    if not 1 <= len(typed) <= longest:
        what = Text("아직 답을 쓰지 않았습니다", "nothing is written yet")
        if typed:
            what = Text("답이 너무 깁니다", "the answer is too long")
        raise AnswerError(Problem(what, Text("낱말이나 짧은 구로 쓰세요", "write a word or a short phrase")))
    return typed


def _grade_choices(item: Chooser, chosen: frozenset[str]) -> Grade:
    key = key_of(item)
    hits, misses = len(chosen & key) / len(key), len(chosen - key) / max(len(item.choices) - len(key), 1)
    why = _join([item.choices[name].why for name in item.choices if name in chosen], " ")
    return Grade(
        score=max(hits - misses, 0.0),
        key=_join([item.choices[name].text for name in item.choices if name in key], " / "),
        why=why,
        taught=why,
        parts={
            name: PartGrade((name in chosen) == choice.correct, choice.why)
            for name, choice in item.choices.items()
        },
    )


def _grade_number(item: Number, value: float) -> Grade:
    answer = evaluate(item.answer, {})

    def near(wanted: float) -> bool:
        return abs(value - wanted) <= item.tolerance + 1e-9 * max(1.0, abs(wanted))  # the binary dust

    unit = item.unit or Text("", "")
    key = Text(f"{shown(answer)} {unit.ko}".strip(), f"{shown(answer)} {unit.en}".strip())
    known = [each.why for each in item.mistakes if near(evaluate(each.value, {}))][:1]
    return _all_or_nothing(near(answer), key, item.why, known, _TOO_LARGE if value > answer else _TOO_SMALL)


def _grade_text(item: ShortText, typed: str) -> Grade:
    forms = _forms(item)
    known = [each.why for each in item.mistakes if same_words(typed, [str(each.value)])]
    if not known and near_miss(typed, forms):
        known = [_NEAR]
    letters, words = len("".join(item.answer.ko.split())), len(item.answer.en.split())
    return _all_or_nothing(
        same_words(typed, forms), item.answer, item.why, known[:1], _LENGTH.fill(letters=letters, words=words)
    )


def _all_or_nothing(
    right: bool, key: Text, why: Text, known: Sequence[Text], nudge: Text | None = None
) -> Grade:
    """Return the grade of something typed; a mistake is explained, if it is known, else there is a nudge."""
    known = [] if right else known
    taught = known or ([nudge] if nudge and not right else [])
    return Grade(float(right), key, _join([*known, why], "\n"), _join(taught, "\n"))


def _grade_blanks(item: Blanks, typed: Mapping[str, str]) -> Grade:
    def one(blank: Blank, words: str) -> PartGrade:
        forms = _forms(blank)
        right = same_words(words, forms)
        why = blank.why if right or not near_miss(words, forms) else _join([_NEAR, blank.why], " ")
        return PartGrade(right, why, blank.answer)

    return _by_parts({name: one(blank, typed[name]) for name, blank in item.blanks.items()})


def _grade_assignment(item: Assignment, given: Mapping[str, str]) -> Grade:
    return _by_parts(
        {
            name: PartGrade(given[name] == part.to, part.why, item.targets[part.to])
            for name, part in item.parts.items()
        }
    )


def _grade_order(item: Order, raw: object) -> Grade:
    given, right = list(raw) if isinstance(raw, list) else [], list(item.parts)
    if sorted(map(str, given)) != sorted(right):
        what = Text("차례가 온전하지 않습니다", "the order is not complete")
        raise AnswerError(Problem(what, Text("모두 한 번씩 늘어놓으세요", "put each in its place once")))
    pairs = list(combinations(range(len(right)), 2))
    places = [right.index(name) for name in given]
    kept = sum(places[before] < places[after] for before, after in pairs)
    parts = {
        name: PartGrade(given[place] == name, part.why, Text(f"{place + 1}번째", f"no. {place + 1}"))
        for place, (name, part) in enumerate(item.parts.items())
    }
    key = _join([part.text for part in item.parts.values()], " → ")
    said = _PAIRS.fill(n=len(pairs), right=kept)
    return Grade(max(2 * kept / len(pairs) - 1, 0.0), key, said, said, parts)


def _grade_rewrite(item: Rewrite, typed: str) -> Grade:
    found = lint_sentence(" ".join(typed.split()), item.sentence)
    broken = [each for each in found if each.rule in item.rules or each.severity != "info"]
    comments = [_join([each.message, each.suggestion], "\n") for each in broken]
    topics = [*item.about.ko, *item.about.en]
    if not any(topic.casefold() in typed.casefold() for topic in topics):
        lost = Text("초안이 다루던 것이 빠졌습니다: {ko}.", "It is no longer about what the draft was: {en}.")
        comments.append(lost.fill(ko=", ".join(item.about.ko), en=", ".join(item.about.en)))
    return _all_or_nothing(not comments, item.model, item.why, comments)


def _grade_written(item: Written, raw: object) -> Grade:
    given = raw if isinstance(raw, Mapping) else {"text": raw}
    text, kept = given.get("text"), given.get("lines")
    by_hand = isinstance(kept, str)
    if not isinstance(text, str) or not (text.strip() or by_hand) or len(text) > MAX_WRITTEN:
        what = Text("답안이 비었거나 {n}자가 넘습니다", "the answer is empty, or longer than {n} letters")
        fix = Text("답안지에 쓰고 채점하세요", "write on the sheet, then mark it")
        raise AnswerError(Problem(what.fill(n=MAX_WRITTEN), fix))
    found = mark(item, text)
    lines = kept.split() if isinstance(kept, str) else found.found
    caps = str(given.get("caps", "")).split() if by_hand else found.caps
    parts = {key: PartGrade(key in lines, line.text) for key, line in item.rubric.items()}
    said = _POINTS.fill(n=earned(item, lines, caps), of=item.points)
    return Grade(earned(item, lines, caps) / item.points, item.outline, said, said, parts)


def _by_parts(parts: Mapping[str, PartGrade]) -> Grade:
    """Return a grade out of those of the parts: the share that is right."""
    right = sum(part.right for part in parts.values())
    said = Text("{n}개 가운데 {right}개가 맞았습니다.", "{right} of {n} are right.").fill(
        n=len(parts), right=right
    )
    return Grade(right / len(parts), _join([part.key for part in parts.values()], " / "), said, said, parts)


def _forms(asked: ShortText | Blank) -> list[str]:
    return [asked.answer.ko, asked.answer.en, *asked.accept]


_NEAR = Text(
    "거의 맞았습니다. 글자 하나하나를 다시 살펴보세요.",
    "That is very close: look at the spelling once more.",
)
_TOO_LARGE = Text("정답보다 큽니다.", "That is too large.")
_TOO_SMALL = Text("정답보다 작습니다.", "That is too small.")
_LENGTH = Text(
    "정답은 띄어쓰기를 빼고 {letters}글자입니다. 다른 표현도 맞을 수 있습니다.",
    "Number of words in the answer: {words}. Other wordings may be right, too.",
)
_PAIRS = Text(
    "둘씩 견주면 {n}쌍 가운데 {right}쌍의 앞뒤가 맞습니다. 절반을 넘는 만큼 점수가 됩니다.",
    "Taken two by two, {right} of {n} pairs are in the right order; what is beyond half of them counts.",
)
_POINTS = Text("{of}점 가운데 {n}점입니다.", "{n} of {of} points.")
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


def _join(texts: Iterable[Text], between: str) -> Text:
    listed = list(texts)
    return Text(between.join(text.ko for text in listed), between.join(text.en for text in listed))
