"""What a question or a card must be beyond its shape, said one complaint at a time."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sized
from typing import assert_never

from okrkit.errors import AnswerError
from okrkit.files import Address
from okrkit.practice.drawing import draw, evaluate
from okrkit.practice.grading import MAX_TYPED, grade
from okrkit.practice.items import (
    GAP,
    Blank,
    Blanks,
    Chapter,
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
from okrkit.practice.topics import Topic
from okrkit.practice.trying import check_written
from okrkit.practice.wording import same_words
from okrkit.text import LANGUAGES, Text
from okrkit.writing.rules import writing_rules

Complaint = tuple[Address, Text, Text]
"""Where in the document, what is wrong, what to write."""

MAX_HINTS = 3  # each costs a quarter of the score
SAMPLES = 20  # draws of a question with variables that are tried out

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?")


def not_a_duplicate(name: str, taken: Container[str], *address: str | int) -> Iterator[Complaint]:
    """Complain if a name is taken."""
    if name in taken:
        what = Text("'{name}'이(가) 이미 있습니다", "'{name}' is taken").fill(name=name)
        yield address, what, Text("다른 이름을 쓰세요", "give it another name")


def check_topic(topic: Topic, file: str) -> Iterator[Complaint]:
    """Complain of a card whose name, sections or caveats do not fit together."""
    if topic.id != file:
        what = Text("파일 이름 '{file}'과 다릅니다", "it differs from the file's name, '{file}'").fill(
            file=file
        )
        yield ("id",), what, Text("둘을 같게 하세요", "make them the same")
    for name, claim in topic.claims.items():
        if claim.section not in topic.sections:
            what = Text("'{key}' 절이 없습니다", "there is no section '{key}'").fill(key=claim.section)
            yield ("claims", name, "section"), what, _one_of(topic.sections)
        if claim.fit != "ok" and claim.caveat is None:
            what = Text("한계(caveat)가 빠졌습니다", "the caveat is missing")
            fix = Text("fit이 ok가 아니면 한계를 쓰세요", "where fit is not ok, state the limit")
            yield ("claims", name), what, fix


def check_chapter(
    chapter: Chapter, taken: Container[str], topics: Mapping[str, Topic] | None, tried: bool = False
) -> Iterator[Complaint]:
    """Complain of questions that cannot be asked, graded, or told apart.

    Args:
        chapter: The questions.
        taken: Ids that other chapters use.
        topics: The cards there are; None if that cannot be told.
        tried: Whether rubrics were tried on their samples before.
    """
    if topics is not None and chapter.topic not in topics:
        what = Text("'{key}' 카드가 없습니다", "there is no card '{key}'").fill(key=chapter.topic)
        yield ("topic",), what, _one_of(topics)
    if not chapter.items:
        yield (
            ("items",),
            Text("문제가 없습니다", "there are no questions"),
            Text("하나 이상 쓰세요", "write some"),
        )
    claims = topics[chapter.topic].claims if topics and chapter.topic in topics else None
    seen: set[str] = set()
    for index, item in enumerate(chapter.items):
        for complaint in (
            *not_a_duplicate(item.id, seen, "id"),
            *not_a_duplicate(item.id, taken, "id"),
            *_check_claims(item, claims),
            *_check_item(item, tried),
        ):
            address, what, fix = complaint
            yield ("items", index, *address), what, fix
        seen.add(item.id)


def _check_claims(item: Item, claims: Container[str] | None) -> Iterator[Complaint]:
    if not item.claims:
        what = Text("어느 주장을 묻는지 적혀 있지 않습니다", "it names no claim")
        yield ("claims",), what, Text("claims: [C01]처럼 쓰세요", "write, say, claims: [C01]")
    for step, claim in enumerate(item.claims):
        if claims is not None and claim not in claims:
            what = Text("'{claim}' 주장이 카드에 없습니다", "the card has no claim '{claim}'").fill(
                claim=claim
            )
            yield ("claims", step), what, Text("카드의 번호를 쓰세요", "use a claim of the card")


def _check_item(item: Item, tried: bool) -> Iterator[Complaint]:
    if not _ID.fullmatch(item.id):
        what = Text("id는 소문자, 숫자, '-', '/'로 씁니다", "an id is made of a-z, 0-9, '-' and '/'")
        yield ("id",), what, Text("writing/kr-vs-task처럼 쓰세요", "write, say, writing/kr-vs-task")
    if len(item.hints) > MAX_HINTS:
        what = Text("힌트가 너무 많습니다", "there are too many hints")
        yield ("hints",), what, Text("{n}개까지 쓰세요", "write at most {n}").fill(n=MAX_HINTS)
    match item:
        case OneChoice() | ManyChoices():
            yield from _check_choices(item)
        case Number():
            yield from _check_number(item)
        case ShortText():
            yield from _check_text(item)
        case Blanks():
            yield from _check_blanks(item)
        case Match() | Classify():
            yield from _check_assignment(item)
        case Order():
            yield from _check_order(item)
        case Rewrite():
            yield from _check_rewrite(item)
        case Written():
            yield from check_written(item, tried)
        case _:
            assert_never(item)


def _check_order(item: Order) -> Iterator[Complaint]:
    yield from _at_least_two("parts", item.parts)
    yield from _told_apart("parts", {name: part.text for name, part in item.parts.items()})
    for name, part in item.parts.items():
        if part.to:
            what = Text("차례를 묻는 문제에는 짝이 없습니다", "an order has no targets")
            yield ("parts", name, "to"), what, Text("지우세요", "remove it")


def _check_number(item: Number) -> Iterator[Complaint]:
    if item.tolerance < 0:
        what = Text("허용 오차가 음수입니다", "the tolerance is negative")
        yield ("tolerance",), what, Text("0 이상으로 쓰세요", "write 0 or more")
    try:
        samples = [draw(item, str(seed)) for seed in range(SAMPLES if item.variables else 1)]
        answers = [evaluate(sample.answer, {}) for sample in samples if isinstance(sample, Number)]
        wrong = [evaluate(mistake.value, {}) for mistake in item.mistakes if not item.variables]
    except ValueError as error:
        what = Text("식이나 변수를 셈할 수 없습니다 ({said})", "a formula or variable does not work ({said})")
        fix = Text("변수 이름, 범위, + - * / 식을 확인하세요", "check names, ranges and + - * / formulas")
        yield ("answer",), what.fill(said=error), fix
        return
    for step, value in enumerate(wrong):
        if abs(value - answers[0]) <= item.tolerance:
            what = Text("정답으로 채점되는 값입니다", "this value is graded as right")
            yield ("mistakes", step), what, Text("다른 값을 쓰세요", "write another value")


def _check_text(item: ShortText) -> Iterator[Complaint]:
    yield from _can_be_typed(item)
    for step, mistake in enumerate(item.mistakes):
        if same_words(str(mistake.value), [item.answer.ko, item.answer.en, *item.accept]):
            what = Text("정답으로 채점되는 말입니다", "these words are graded as right")
            yield ("mistakes", step), what, Text("다른 말을 쓰세요", "write others")


def _can_be_typed(asked: ShortText | Blank, *address: str) -> Iterator[Complaint]:
    for lang in LANGUAGES:
        words = asked.answer.in_language(lang)
        if len(words) > MAX_TYPED or same_words("", [words]):
            what = Text("칠 수 있는 답이 아닙니다", "nobody could type this answer")
            fix = Text("글자가 있게, {n}자까지 쓰세요", "use letters, at most {n}").fill(n=MAX_TYPED)
            yield (*address, "answer", lang), what, fix


def _check_blanks(item: Blanks) -> Iterator[Complaint]:
    for name, blank in item.blanks.items():
        yield from _can_be_typed(blank, "blanks", name)
    for lang in LANGUAGES:
        gaps = GAP.findall(item.text.in_language(lang))
        if sorted(gaps) != sorted(item.blanks) or not gaps:
            what = Text("글의 빈칸({gaps})과 blanks가 다릅니다", "the gaps ({gaps}) and the blanks differ")
            fix = Text("빈칸마다 {{이름}}을 한 번씩 쓰세요", "write each {{name}} once")
            yield ("text", lang), what.fill(gaps=", ".join(gaps)), fix.fill()


def _check_assignment(item: Match | Classify) -> Iterator[Complaint]:
    yield from _at_least_two("parts", item.parts)
    yield from _at_least_two("targets", item.targets)
    yield from _told_apart("parts", {name: part.text for name, part in item.parts.items()})
    yield from _told_apart("targets", item.targets)
    taken: set[str] = set()
    for name, part in item.parts.items():
        if part.to not in item.targets:
            what = Text("'{name}'은(는) targets에 없습니다", "'{name}' is not among the targets")
            yield ("parts", name), what.fill(name=part.to), _one_of(item.targets)
        elif isinstance(item, Match):
            yield from not_a_duplicate(part.to, taken, "parts", name, "to")
        taken.add(part.to)


def _check_rewrite(item: Rewrite) -> Iterator[Complaint]:
    known = {rule.code for rule in writing_rules() if item.sentence in rule.about}
    for step, code in enumerate(item.rules):
        if code not in known:
            what = Text("'{code}' 규칙이 없습니다", "there is no rule '{code}'").fill(code=code)
            yield ("rules", step), what, _one_of(sorted(known))
    for lang in LANGUAGES:
        try:
            model = grade(item, item.model.in_language(lang))
            draft = grade(item, item.draft.in_language(lang))
        except AnswerError as error:
            yield ("model", lang), error.problems[0].what, error.problems[0].fix
            continue
        if model.score < 1:
            yield (
                ("model", lang),
                Text("모범 답이 규칙을 어깁니다", "the model breaks the rules"),
                model.taught,
            )
        if draft.score == 1:
            what = Text("초안에 고칠 것이 없습니다", "the draft breaks no rule")
            yield ("draft", lang), what, Text("rules의 규칙을 어기게 쓰세요", "make it break the rules named")


def _check_choices(item: OneChoice | ManyChoices) -> Iterator[Complaint]:
    yield from _at_least_two("choices", item.choices)
    right = len(key_of(item))
    if isinstance(item, OneChoice) and right != 1:
        what = Text("정답이 {n}개입니다", "{n} choices are correct").fill(n=right)
        fix = Text("하나에만 correct: true를 쓰세요", "mark exactly one with correct: true")
        yield ("choices",), what, fix
    if isinstance(item, ManyChoices) and not 1 <= right < len(item.choices):
        what = Text("정답과 오답이 모두 있어야 합니다", "it needs right choices and wrong ones")
        fix = Text("correct: true가 붙은 보기를 확인하세요", "look at correct: true")
        yield ("choices",), what, fix
    yield from _told_apart("choices", {name: choice.text for name, choice in item.choices.items()})


def _at_least_two(field: str, found: Sized) -> Iterator[Complaint]:
    if len(found) < 2:
        yield (field,), Text("두 개도 안 됩니다", "fewer than two"), Text("더 쓰세요", "add some")


def _told_apart(field: str, texts: Mapping[str, Text]) -> Iterator[Complaint]:
    for lang in LANGUAGES:
        seen: dict[str, str] = {}
        for name, text in texts.items():
            first = seen.setdefault(text.in_language(lang), name)
            if first != name:
                what = Text("'{first}'의 글과 같습니다", "the same words as '{first}'").fill(first=first)
                yield (field, name, lang), what, Text("다르게 쓰세요", "write something else")


def _one_of(names: Iterable[str]) -> Text:
    if not any(True for _ in names):
        return Text("먼저 topics 폴더에 카드를 두세요", "put a card into the folder topics first")
    return Text("가능한 것: {all}", "allowed: {all}").fill(all=", ".join(names))
