"""What a written question is made of: the answer's structure, its rubric, and samples to try it on."""

from dataclasses import asdict, dataclass
from typing import ClassVar, Literal

from okrkit.text import Text
from okrkit.writing.rules import Examples

_SUBJECTS = {
    "정보관리": Text("정보관리", "information management"),
    "컴퓨터시스템응용": Text("컴퓨터시스템응용", "computer systems application"),
}
_STRICT: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the answer that is expected.

    Args:
        heading: Its heading.
        holds: What belongs there: a definition, a picture, a table of components, a comparison.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    heading: Text
    holds: Text


@dataclass(frozen=True, slots=True)
class RubricLine:
    """One fact that earns points.

    Args:
        text: The fact.
        points: What it earns, 1 or more.
        claims: Ids of the claims behind it.
        accept: Groups of words; the line is found where of each group one form occurs,
            in either language. Korean by stems ("측정", "재는"); an English form is the
            beginning of a word ("measur").
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    text: Text
    points: int
    claims: tuple[str, ...]
    accept: tuple[Examples, ...]


@dataclass(frozen=True, slots=True)
class Mnemonic:
    """Syllables to remember a list by.

    Args:
        letters: The syllables, such as ``재고내학``.
        text: What they stand for.
        source: Who teaches it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    letters: str
    text: Text
    source: str


@dataclass(frozen=True, slots=True)
class Samples:
    """Three answers that the marker must rank.

    Args:
        full: Earns every point.
        middling: Earns fewer.
        empty: Has words and no sense, and earns the fewest.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    full: Text
    middling: Text
    empty: Text


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """A question of a real paper that a prompt resembles; its words are not ours to copy.

    Args:
        round: Which exam, such as 125.
        subject: 정보관리 or 컴퓨터시스템응용.
        part: 교시, 1 to 4.
        number: Of the question.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    round: int
    subject: Literal["정보관리", "컴퓨터시스템응용"]
    part: Literal[1, 2, 3, 4]
    number: int

    @property
    def label(self) -> Text:
        """Where it was set."""
        form = Text("기출 유형: {round}회 {subject} {part}교시 {number}번",
                    "like round {round}, {subject}, part {part}, no. {number}")  # fmt: skip
        return form.fill(**asdict(self) | {"subject": _SUBJECTS[self.subject]})
