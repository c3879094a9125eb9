"""What a question is, one class a kind.

To add a kind: a class here and in ``Item``; the type checker then names every
place that must know it (``assert_never``).
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from okrkit.text import Text

Level = Literal["recall", "understand", "apply", "analyse"]
_STRICT: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: its words, whether it is right, and why.

    Args:
        ko: The choice in Korean.
        en: The choice in English.
        why: Why it is right, or which misconception it is.
        correct: Whether it belongs to the key.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    ko: str
    en: str
    why: Text
    correct: bool = False

    @property
    def text(self) -> Text:
        """The words of the choice."""
        return Text(self.ko, self.en)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong number that a known misconception leads to.

    Args:
        value: The number, in the item's unit.
        why: The misconception.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    value: float
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """What questions of every kind have.

    Args:
        id: Permanent name, ``chapter/what-it-asks``; never reused.
        claims: Ids of the claims whose truth decides the key.
        level: What it asks of the learner.
        source: The topic card, or a citation.
        stem: The question.
        tags: Further names to find it by.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    claims: tuple[str, ...]
    level: Level
    source: str
    stem: Text
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OneChoice(_Item):
    """Exactly one choice is right.

    Args:
        kind: ``one``.
        choices: By stable key, so that a history survives rewording.
    """

    kind: Literal["one"]
    choices: dict[str, Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyChoices(_Item):
    """Some choices are right, some are not.

    Args:
        kind: ``many``.
        choices: By stable key.
    """

    kind: Literal["many"]
    choices: dict[str, Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(_Item):
    """A number is asked for.

    Args:
        kind: ``number``.
        answer: The right number, in ``unit``.
        tolerance: Largest absolute error still taken as right; 0 asks for the number itself.
        unit: Shown behind the input; None where there is none.
        why: The worked solution.
        mistakes: Wrong numbers with a reason of their own.
    """

    kind: Literal["number"]
    answer: float
    why: Text
    tolerance: float = 0.0
    unit: Text | None = None
    mistakes: tuple[Mistake, ...] = ()


Item = Annotated[OneChoice | ManyChoices | Number, Field(discriminator="kind")]
Chooser = OneChoice | ManyChoices


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of questions.

    Args:
        title: Its title.
        topic: Id of the card whose claims its questions name.
        items: The questions, in order.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    title: Text
    topic: str
    items: tuple[Item, ...]


def key_of(item: Chooser) -> frozenset[str]:
    """Return the keys of the right choices."""
    return frozenset(name for name, choice in item.choices.items() if choice.correct)
