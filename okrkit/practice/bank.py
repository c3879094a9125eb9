"""The bank: every topic card and every question, loaded strictly.

A folder holds one file per chapter (``03_writing_key_results.yaml``) and the
cards in ``topics/``. All problems of all files come in one error.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from okrkit.errors import ContentError, Problem
from okrkit.files import Document, read_bytes, read_yaml, shipped
from okrkit.practice.checking import check_chapter, check_topic, not_a_duplicate
from okrkit.practice.items import Chapter, Item, Written
from okrkit.practice.topics import Claim, Topic
from okrkit.text import Text

MAX_PICTURE = 500_000  # bytes: it travels to the page with its question
_PICTURES = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


@dataclass(frozen=True, slots=True)
class Bank:
    """All cards and all questions.

    Args:
        topics: Cards by id: those loaded, and okrkit's own where a question names one.
        chapters: Chapters by number (``"01"``).
        items: Questions by id, in the order of the chapters.
        pictures: The bytes of each question's picture, by the question's id.
    """

    topics: dict[str, Topic] = field(default_factory=dict)
    chapters: dict[str, Chapter] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def quizzed(self) -> dict[str, Item]:
        """The questions that a machine marks, by id; the written ones have ``ok.answer``."""
        return {name: item for name, item in self.items.items() if not isinstance(item, Written)}

    def claim(self, item: Item, name: str) -> Claim | None:
        """Return a claim of a question; None if its card is not in this bank."""
        chapter = self.chapters.get(self.chapter(item))
        card = self.topics.get(chapter.topic) if chapter else None
        return card.claims.get(name) if card else None

    def chapter(self, item: Item) -> str:
        """Return the number of a question's chapter; empty if it is in none."""
        return next((number for number, chapter in self.chapters.items() if item in chapter.items), "")


@cache
def shipped_bank() -> Bank:
    """Return the bank that comes with okrkit, read once."""
    return load_bank([shipped("quizzes")], tried=True)


def load_bank(paths: Sequence[Path], *, tried: bool = False) -> Bank:
    """Load files and folders into one bank.

    Args:
        paths: Quiz or topic files, or folders of them. Cards that questions name and
            that are not among these are looked for in okrkit's own.
        tried: Whether the rubrics were tried on their samples before, as okrkit's own are by its
            tests: that takes several times as long as all the rest.

    Raises:
        ContentError: With every problem of every file.
    """
    problems: list[Problem] = []
    files = list(_files(paths, problems))
    cards = [path for path in files if path.resolve().parent.name == "topics"]
    topics = _load_topics(cards, problems)
    # A card that could not be read would make every claim look unknown: that check waits until it can.
    known = None if problems else topics
    bank = Bank(topics=topics)
    for path in files:
        if path not in cards:
            _load_chapter(path, bank, known, problems, tried)
    if problems:
        raise ContentError(*problems)
    return bank


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """Find the YAML files, leaving out what editors and notebooks hide."""
    for path in paths:
        found = sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")]) if path.is_dir() else [path]
        shown = [each for each in found if not any(part[0] == "." for part in each.relative_to(path).parts)]
        yield from shown
        if not shown:
            what = Text("YAML 파일이 없습니다", "there are no YAML files")
            fix = Text("다른 폴더를 지정하세요", "name another folder")
            problems.append(Problem(what, fix, file=path.as_posix()))


def _read(path: Path, shape: type[Any], problems: list[Problem]) -> Iterator[Document[Any]]:
    """Give the document, or nothing and its problems."""
    try:
        yield read_yaml(path, shape)
    except ContentError as error:
        problems += error.problems


def _load_topics(paths: Iterable[Path], problems: list[Problem]) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for path in paths:
        for card in _read(path, Topic, problems):
            complaints = [*not_a_duplicate(card.value.id, topics, "id"), *check_topic(card.value, path.stem)]
            problems += [card.problem(*complaint) for complaint in complaints]
            topics[card.value.id] = card.value
    return topics


def _load_chapter(
    path: Path, bank: Bank, known: dict[str, Topic] | None, problems: list[Problem], tried: bool
) -> None:
    number = path.stem.split("_")[0]
    for chapter in _read(path, Chapter, problems):
        if known is not None and chapter.value.topic not in known:
            known.update(_own_topic(chapter.value.topic))
        complaints = [
            *not_a_duplicate(number, bank.chapters),
            *check_chapter(chapter.value, bank.items, known, tried),
        ]
        problems += [chapter.problem(*complaint) for complaint in complaints]
        bank.chapters[number] = chapter.value
        bank.items.update((item.id, item) for item in chapter.value.items)
        for index, item in enumerate(chapter.value.items):
            if item.picture:
                try:
                    bank.pictures[item.id] = _picture(path.parent, item.picture.file)
                except ContentError as error:
                    at = ("items", index, "picture", "file")
                    problems += [chapter.problem(at, each.what, each.fix) for each in error.problems]


def _picture(folder: Path, name: str) -> bytes:
    """Return the bytes of a picture that lies in a folder or below it."""
    path = folder / name
    fix = Text("이 파일 옆의 PNG, JPEG, WebP를 쓰세요", "name a PNG, JPEG or WebP beside this file")
    if not path.resolve().is_relative_to(folder.resolve()):
        what = Text("그림이 문제 파일의 폴더 밖에 있습니다", "the picture lies outside the file's folder")
        raise ContentError(Problem(what, fix))
    data = read_bytes(path)
    if picture_type(data) is None or len(data) > MAX_PICTURE:
        what = Text("PNG, JPEG, WebP가 아니거나 500 KB가 넘습니다", "no PNG, JPEG or WebP, or over 500 KB")
        raise ContentError(Problem(what, fix))
    return data


def picture_type(data: bytes) -> str | None:
    """Return the media type of a picture by its first bytes, whatever its name; None if it is none."""
    return next((kind for start, kind in _PICTURES.items() if data.startswith(start)), None)


def _own_topic(name: str) -> dict[str, Topic]:
    """Return okrkit's own card of a name, if there is one."""
    path = shipped("quizzes") / "topics" / f"{name}.yaml"
    return {name: read_yaml(path, Topic).value} if path.is_file() else {}
