"""The exam's topic cards: what a candidate is expected to know, claim by claim."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from okrkit.text import Text

Fit = Literal["ok", "nuance", "contested", "example", "card"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a topic card says, restated.

    Args:
        section: Key of the card's section it stands in.
        fit: How it stands against outside sources: ``ok`` supported; ``nuance`` true
            with a limit; ``contested`` sources pull the other way; ``example`` an
            illustration; ``card`` no outside source was found.
        ko: The claim in Korean.
        en: The claim in English.
        caveat: Its limit; there is one wherever ``fit`` is not ``ok``.
        source: Where it comes from beside the card; ``통설`` for common teaching.
        asked: Whether questions should ask about it; a card's bookkeeping is not worth one.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    section: str
    fit: Fit
    ko: str
    en: str
    caveat: Text | None = None
    source: str = ""
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic card, and its claims by their permanent ids.

    Args:
        id: The card's id, such as ``okr-001``.
        title: Its title.
        category: Domain it belongs to, by the card's own scheme.
        subcategory: Narrower field.
        certifications: Exams it is for.
        subjects: Exam subjects, such as ``PM`` and ``IM``.
        difficulty: basic, intermediate or advanced.
        importance: From 1 to 5.
        keywords: Words to know.
        related: Ids of related cards.
        trends: Developments the card names.
        sections: Titles of the sections, by key.
        claims: The claims, by id (``C01``).
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    id: str
    title: Text
    category: str
    subcategory: Text
    certifications: tuple[str, ...]
    subjects: tuple[str, ...]
    difficulty: Literal["basic", "intermediate", "advanced"]
    importance: Literal[1, 2, 3, 4, 5]
    keywords: tuple[Text, ...]
    sections: dict[str, Text]
    claims: dict[str, Claim]
    related: tuple[str, ...] = ()
    trends: tuple[Text, ...] = field(default=())
