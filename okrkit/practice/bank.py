"""The bank: every topic card and every question, loaded strictly.

A folder holds one file per chapter (``03_writing_key_results.yaml``) and the
cards in ``topics/``. All problems of all files come in one error.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, assert_never

from okrkit.errors import ContentError, Problem
from okrkit.files import Address, Document, read_yaml, shipped
from okrkit.practice.items import Item, ManyChoices, Number, OneChoice, key_of
from okrkit.practice.topics import Topic
from okrkit.text import Text

Complaint = tuple[Address, Text, Text]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of questions.

    Args:
        title: Its title.
        topic: Id of the card whose claims its questions name.
        items: The questions, in order.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    title: Text
    topic: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Bank:
    """All cards and all questions.

    Args:
        topics: Cards by id.
        chapters: Chapters by number (``"01"``).
        items: Questions by id, in the order of the chapters.
    """

    topics: dict[str, Topic] = field(default_factory=dict)
    chapters: dict[str, Chapter] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)


@cache
def shipped_bank() -> Bank:
    """Return the bank that comes with okrkit, read once."""
    return load_bank([shipped("quizzes")])


def load_bank(paths: Sequence[Path]) -> Bank:
    """Load files and folders into one bank.

    Args:
        paths: Quiz or topic files, or folders of them. Cards that questions name and
            that are not among these are looked for in okrkit's own.

    Raises:
        ContentError: With every problem of every file.
    """
    bank, problems = Bank(), list[Problem]()
    topics, chapters = [], []
    for path in _files(paths, problems):
        if path.parent.name == "topics":
            topics += _read(path, Topic, problems)
        else:
            chapters += [(path, document) for document in _read(path, Chapter, problems)]
    for topic in topics:
        problems += [topic.problem(*complaint) for complaint in _check_topic(topic.value, bank)]
        bank.topics[topic.value.id] = topic.value
    # A card that could not be read would make every claim look unknown: those checks wait until it can.
    known = (
        None
        if problems
        else bank.topics | _own_topics({chapter.value.topic for _, chapter in chapters} - set(bank.topics))
    )
    for path, chapter in chapters:
        problems += [chapter.problem(*complaint) for complaint in _check_chapter(chapter.value, bank, known)]
        bank.chapters[path.stem.split("_")[0]] = chapter.value
        bank.items.update((item.id, item) for item in chapter.value.items)
    if problems:
        raise ContentError(*problems)
    return bank


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        yield from found
        if not found:
            what = Text("YAML 파일이 없습니다", "there are no YAML files")
            problems.append(
                Problem(what, Text("다른 폴더를 지정하세요", "name another folder"), file=path.as_posix())
            )


def _read(path: Path, shape: type[Any], problems: list[Problem]) -> list[Document[Any]]:
    """Return the document, or nothing and its problems."""
    try:
        return [read_yaml(path, shape)]
    except ContentError as error:
        problems += error.problems
        return []


def _own_topics(wanted: set[str]) -> dict[str, Topic]:
    """Return those of okrkit's own cards that are wanted."""
    paths = [shipped("quizzes") / "topics" / f"{name}.yaml" for name in sorted(wanted)]
    topics = [read_yaml(path, Topic).value for path in paths if path.is_file()]
    return {topic.id: topic for topic in topics}


def _check_topic(topic: Topic, bank: Bank) -> Iterator[Complaint]:
    if topic.id in bank.topics:
        yield ("id",), _twice(topic.id), Text("다른 id를 쓰세요", "give it another id")
    for name, claim in topic.claims.items():
        if claim.section not in topic.sections:
            what = Text("'{key}' 절이 없습니다", "there is no section '{key}'").fill(key=claim.section)
            yield ("claims", name, "section"), what, _one_of(topic.sections)
        if claim.fit != "ok" and claim.caveat is None:
            what = Text("한계(caveat)가 빠졌습니다", "the caveat is missing")
            fix = Text("fit이 ok가 아니면 한계를 쓰세요", "where fit is not ok, state the limit")
            yield ("claims", name), what, fix


def _check_chapter(chapter: Chapter, bank: Bank, topics: dict[str, Topic] | None) -> Iterator[Complaint]:
    if topics is not None and chapter.topic not in topics:
        what = Text("'{key}' 카드가 없습니다", "there is no card '{key}'").fill(key=chapter.topic)
        yield ("topic",), what, _one_of(topics)
    claims = topics[chapter.topic].claims if topics and chapter.topic in topics else None
    seen: set[str] = set(bank.items)
    for index, item in enumerate(chapter.items):
        if item.id in seen:
            yield ("items", index, "id"), _twice(item.id), Text("다른 id를 쓰세요", "give it another id")
        seen.add(item.id)
        for step, claim in enumerate(item.claims):
            if claims is not None and claim not in claims:
                what = Text("'{claim}' 주장이 카드에 없습니다", "the card has no claim '{claim}'").fill(
                    claim=claim
                )
                yield (
                    ("items", index, "claims", step),
                    what,
                    Text("카드의 번호를 쓰세요", "use a claim of the card"),
                )
        for address, what, fix in _check_item(item):
            yield ("items", index, *address), what, fix


def _check_item(item: Item) -> Iterator[Complaint]:
    if not item.claims:
        what = Text("어느 주장을 묻는지 적혀 있지 않습니다", "it names no claim")
        yield ("claims",), what, Text("claims: [C01]처럼 쓰세요", "write, say, claims: [C01]")
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
    if not isinstance(item, Number) and len(item.choices) < 2:
        yield (
            ("choices",),
            Text("보기가 두 개도 안 됩니다", "fewer than two choices"),
            Text("더 쓰세요", "add some"),
        )


def _twice(name: str) -> Text:
    return Text("id '{name}'이(가) 이미 있습니다", "the id '{name}' is taken").fill(name=name)


def _one_of(names: Iterable[str]) -> Text:
    return Text("가능한 것: {all}", "allowed: {all}").fill(all=", ".join(names))
