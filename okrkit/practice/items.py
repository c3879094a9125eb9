"""What a question is, one class a kind.

To add a kind: a class here and in ``Item``; the type checker then names every
place that must know it (``assert_never``): checking, grading, specimens and the
quiz's page. What no type checker sees: its fields in ``quiz.js`` and its
skeleton in ``skeletons.yaml``, which a test asks for.
"""

import re
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, assert_never

from pydantic import Field

from okrkit.practice.prompts import Block, Mnemonic, PastQuestion, RubricLine, Samples
from okrkit.text import Text
from okrkit.writing.comments import SentenceKind
from okrkit.writing.rules import Examples

GAP = re.compile(r"\{([a-z0-9_]+)\}")  # in the text of blanks
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
    """A wrong answer that a known misconception leads to.

    Args:
        value: The number in the item's unit, or its formula; of a short text, the words.
        why: The misconception.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    value: float | str
    why: Text


@dataclass(frozen=True, slots=True)
class Variable:
    """A number drawn anew for each sitting, or computed from those before it.

    Args:
        low: Smallest value.
        high: Largest value.
        step: Distance of the values between, above 0.
        formula: Arithmetic on the variables above, instead of ``low`` and ``high``.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    low: float | None = None
    high: float | None = None
    step: float = 1.0
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap in a text.

    Args:
        answer: What belongs there; either language is taken.
        why: Why it does.
        accept: Further forms that are as good.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    answer: Text
    why: Text
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to be matched, classified or put in its place.

    Args:
        ko: The part in Korean.
        en: The part in English.
        why: Why it belongs where it does.
        to: Key of the target it belongs to; empty where the order is asked for.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    ko: str
    en: str
    why: Text
    to: str = ""

    @property
    def text(self) -> Text:
        """The words of the part."""
        return Text(self.ko, self.en)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside the question.

    Args:
        file: Its name, from the folder of the question's file; PNG, JPEG or WebP.
        alt: What it shows, for those who cannot see it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    file: str
    alt: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """What questions of every kind have.

    Args:
        id: Permanent name, ``chapter/what-it-asks``; never reused.
        claims: Ids of the claims whose truth decides the key.
        level: What it asks of the learner.
        source: The topic card, or a citation.
        stem: The question, in Markdown; its first paragraph names it to a screen reader.
        tags: Further names to find it by.
        hints: At most three, shown one by one; each costs a quarter of the score.
        picture: Shown below the stem.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    claims: tuple[str, ...]
    level: Level
    source: str
    stem: Text
    tags: tuple[str, ...] = ()
    hints: tuple[Text, ...] = ()
    picture: Picture | None = None


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
        answer: The right number in ``unit``, or a formula of the variables.
        why: The worked solution; ``{name}`` shows a variable here, in the stem and in hints.
        tolerance: Largest absolute error still taken as right; 0 asks for the number itself.
        unit: Shown behind the input; None where there is none.
        mistakes: Wrong numbers with a reason of their own.
        variables: Drawn anew for each sitting, by name.
    """

    kind: Literal["number"]
    answer: float | str
    why: Text
    tolerance: float = 0.0
    unit: Text | None = None
    mistakes: tuple[Mistake, ...] = ()
    variables: dict[str, Variable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText(_Item):
    """A word or a few are asked for.

    Args:
        kind: ``text``.
        answer: The right words; either language is taken.
        why: Why these.
        accept: Further forms that are as good.
        mistakes: Wrong words with a reason of their own.
    """

    kind: Literal["text"]
    answer: Text
    why: Text
    accept: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanks(_Item):
    """A text with gaps to fill.

    Args:
        kind: ``blanks``.
        text: The text; ``{name}`` is a gap.
        blanks: The gaps, by name.
    """

    kind: Literal["blanks"]
    text: Text
    blanks: dict[str, Blank]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(_Item):
    """Each part belongs to a target of its own; targets may be left over.

    Args:
        kind: ``match``.
        targets: What may be chosen for a part, by key. Plain text.
        parts: By key.
    """

    kind: Literal["match"]
    targets: dict[str, Text]
    parts: dict[str, Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify(_Item):
    """Each part belongs to one of some groups.

    Args:
        kind: ``classify``.
        targets: The groups, by key. Plain text.
        parts: By key.
    """

    kind: Literal["classify"]
    targets: dict[str, Text]
    parts: dict[str, Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(_Item):
    """Parts to be put in order.

    Args:
        kind: ``order``.
        parts: By key, in the right order.
    """

    kind: Literal["order"]
    parts: dict[str, Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite(_Item):
    """A badly written sentence to be written anew; the writing rules grade it.

    Args:
        kind: ``rewrite``.
        sentence: What it is to be, ``objective`` or ``key_result``; ``as`` in the file.
        draft: The sentence to mend.
        rules: Codes of the writing rules that it must no longer break. An error or a
            warning of another rule is no better.
        about: Words of which it must still have one, in either language.
        model: A good version.
        why: What is better about it.
    """

    kind: Literal["rewrite"]
    sentence: Annotated[SentenceKind, Field(alias="as")]
    draft: Text
    rules: tuple[str, ...]
    about: Examples
    model: Text
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(_Item):
    """An answer as the exam wants it, of a page or three; the rubric helps the learner mark it.

    Args:
        kind: ``written``.
        points: 10, or 25; in as many minutes.
        structure: The blocks expected, in order.
        rubric: The facts, by stable key; their points add up to ``points``.
        outline: A good answer in Markdown, with a table or a figure (a code block) at least.
        samples: Answers by which the rubric is tested.
        mnemonics: To remember it by.
        resembles: The real question it is like; None for one that is only expected (예상).
        caveat: What of it is contested.
    """

    kind: Literal["written"]
    points: Literal[10, 25]
    structure: tuple[Block, ...]
    rubric: dict[str, RubricLine]
    outline: Text
    samples: Samples
    mnemonics: tuple[Mnemonic, ...] = ()
    resembles: PastQuestion | None = None
    caveat: Text | None = None


Chooser = OneChoice | ManyChoices
Assignment = Match | Classify
Kind = OneChoice | ManyChoices | Number | ShortText | Blanks | Match | Order | Classify | Rewrite | Written
Item = Annotated[Kind, Field(discriminator="kind")]


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


def part_names(item: Item) -> list[str]:
    """Return the keys of what an answer may name, in the file's order; none where words are typed."""
    match item:
        case OneChoice() | ManyChoices():
            return list(item.choices)
        case Match() | Order() | Classify():
            return list(item.parts)
        case Blanks():
            return list(item.blanks)
        case Written():
            return list(item.rubric)
        case Number() | ShortText() | Rewrite():
            return []
        case _:
            assert_never(item)


def key_of(item: Chooser) -> frozenset[str]:
    """Return the keys of the right choices."""
    return frozenset(name for name, choice in item.choices.items() if choice.correct)


def chapter_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file of questions, by which editors complete and check it.

    Example:
        >>> sorted(chapter_schema()["properties"])
        ['items', 'title', 'topic']
    """
    from pydantic import TypeAdapter

    return TypeAdapter(Chapter).json_schema()
