"""What a question or a card must be beyond its shape, said one complaint at a time."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import assert_never

from okrkit.files import Address
from okrkit.practice.items import Chapter, Item, ManyChoices, Number, OneChoice, key_of
from okrkit.practice.topics import Topic
from okrkit.text import LANGUAGES, Text

Complaint = tuple[Address, Text, Text]
"""Where in the document, what is wrong, what to write."""

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
    chapter: Chapter, taken: Container[str], topics: Mapping[str, Topic] | None
) -> Iterator[Complaint]:
    """Complain of questions that cannot be asked, graded, or told apart.

    Args:
        chapter: The questions.
        taken: Ids that other chapters use.
        topics: The cards there are; None if that cannot be told.
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
            *_check_item(item),
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


def _check_item(item: Item) -> Iterator[Complaint]:
    if not _ID.fullmatch(item.id):
        what = Text("id는 소문자, 숫자, '-', '/'로 씁니다", "an id is made of a-z, 0-9, '-' and '/'")
        yield ("id",), what, Text("writing/kr-vs-task처럼 쓰세요", "write, say, writing/kr-vs-task")
    match item:
        case OneChoice():
            if len(key_of(item)) != 1:
                what = Text("정답이 {n}개입니다", "{n} choices are correct").fill(n=len(key_of(item)))
                fix = Text("하나에만 correct: true를 쓰세요", "mark exactly one with correct: true")
                yield ("choices",), what, fix
        case ManyChoices():
            if not 1 <= len(key_of(item)) < len(item.choices):
                what = Text("정답과 오답이 모두 있어야 합니다", "it needs right choices and wrong ones")
                yield (
                    ("choices",),
                    what,
                    Text("correct: true가 붙은 보기를 확인하세요", "look at correct: true"),
                )
        case Number():
            if item.tolerance < 0:
                what = Text("허용 오차가 음수입니다", "the tolerance is negative")
                yield ("tolerance",), what, Text("0 이상으로 쓰세요", "write 0 or more")
            for step, mistake in enumerate(item.mistakes):
                if abs(mistake.value - item.answer) <= item.tolerance:
                    what = Text("정답으로 채점되는 값입니다", "this value is graded as right")
                    yield ("mistakes", step), what, Text("다른 값을 쓰세요", "write another value")
        case _:
            assert_never(item)
    if not isinstance(item, Number):
        yield from _check_choices(item)


def _check_choices(item: OneChoice | ManyChoices) -> Iterator[Complaint]:
    if len(item.choices) < 2:
        yield (
            ("choices",),
            Text("보기가 두 개도 안 됩니다", "fewer than two choices"),
            Text("더 쓰세요", "add some"),
        )
    for lang in LANGUAGES:
        seen: dict[str, str] = {}
        for name, choice in item.choices.items():
            first = seen.setdefault(choice.text.in_language(lang), name)
            if first != name:
                what = Text("'{first}'의 글과 같습니다", "the same words as '{first}'").fill(first=first)
                yield ("choices", name, lang), what, Text("다르게 쓰세요", "write something else")


def _one_of(names: Iterable[str]) -> Text:
    if not any(True for _ in names):
        return Text("먼저 topics 폴더에 카드를 두세요", "put a card into the folder topics first")
    return Text("가능한 것: {all}", "allowed: {all}").fill(all=", ".join(names))
