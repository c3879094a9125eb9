"""Text in Korean and English, and the language in force."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, TypeGuard

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")

_chosen: list[Language] = []  # what set_language chose, newest last; empty: nothing was chosen


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages; ``str()`` gives those of the language in force.

    Args:
        ko: The Korean words.
        en: The English words, saying the same.

    Example:
        >>> greeting = Text(ko="{name}님, 안녕하세요", en="Hello, {name}")
        >>> greeting.en
        'Hello, {name}'
        >>> greeting.fill(name="Ada").ko
        'Ada님, 안녕하세요'
        >>> Text("{x}이(가) 아닙니다", "not {x}").fill(x="숫자").ko
        '숫자가 아닙니다'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    ko: str
    en: str

    def __str__(self) -> str:
        return self.in_language(language())

    def in_language(self, chosen: Language) -> str:
        """Return the words of one language, whichever is in force."""
        return self.en if chosen == "en" else self.ko

    def fill(self, **values: object) -> "Text":
        """Return the text with its ``{names}`` replaced; a ``Text`` value enters in its own language.

        A Korean particle written as ``이(가)``, ``은(는)``, ``을(를)`` or ``(으)로`` takes
        the form that the word before it asks for.
        """
        ko, en = dict(values), dict(values)
        for name, value in values.items():
            if isinstance(value, Text):
                ko[name], en[name] = value.ko, value.en
        return Text(_with_particles(self.ko.format_map(ko)), self.en.format_map(en))


def language() -> Language:
    """Return the language in force.

    The first of these that names one: ``set_language``, the environment
    variable ``OKRKIT_LANG``, the name of the current folder (``notebooks/en``),
    and else Korean.
    """
    for name in (*_chosen[-1:], os.environ.get("OKRKIT_LANG"), _folder()):
        if _is_language(name):
            return name
    return "ko"


def set_language(chosen: Language) -> None:
    """Speak this language from now on, in every text and picture.

    Args:
        chosen: ``"ko"`` or ``"en"``.

    Raises:
        ValueError: For any other language.
    """
    if not _is_language(chosen):
        raise ValueError(f"unknown language {chosen!r}; write 'ko' or 'en'")
    _chosen[:] = [chosen]


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Speak a language for as long as a block runs, whichever is in force."""
    _chosen.append(chosen)
    try:
        yield
    finally:
        _chosen.pop()


_PARTICLE = re.compile(r"이\(가\)|은\(는\)|을\(를\)|\(으\)로")
_CLOSING = "'’\"”)]"
_FINALS = dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0)  # 에이 비 씨 …, of which four end in a consonant:
_FINALS |= {"L": 8, "M": 16, "N": 4, "R": 8}  # 엘 엠 엔 알
_FINALS |= dict(zip("0123456789%", (21, 8, 0, 16, 0, 0, 1, 8, 8, 0, 0), strict=True))  # 영 일 이 삼 … 퍼센트


def _with_particles(korean: str) -> str:
    """Settle each open particle by the final consonant before it; after Latin letters it stays open."""
    if "(" not in korean:
        return korean

    def settle(found: re.Match[str]) -> str:
        particle, last = found[0], korean[: found.start()].rstrip(_CLOSING)[-1:]
        if not ("가" <= last <= "힣" or last in _FINALS):
            return particle
        final = _FINALS[last] if last in _FINALS else (ord(last) - ord("가")) % 28
        if particle == "(으)로":
            return "로" if final in {0, 8} else "으로"  # 8 is ㄹ: 물로, not 물으로
        return particle[0] if final else particle[2]

    return _PARTICLE.sub(settle, korean)


def _folder() -> str | None:
    """Name the current folder; a folder that was deleted meanwhile has no name."""
    try:
        return Path.cwd().name
    except OSError:
        return None


def _is_language(name: object) -> TypeGuard[Language]:
    return name in LANGUAGES
