"""From a sentence to what it says, in either language."""

import re
import unicodedata
from typing import Literal

from okrkit.text import Language
from okrkit.writing import english, korean
from okrkit.writing.sentences import Reading

Spoken = Language | Literal["auto"]
"""The language of a sentence; ``auto``: find out."""

LONGEST = 1_000
"""So many characters of a sentence are read; no key result is longer and still understood."""

_WIDTHS = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: " ", 0x00A0: " ", 0x2212: "-"}


def read_sentence(text: str, lang: Spoken = "auto") -> Reading:
    """Find out what a sentence says.

    Args:
        text: One sentence, of which the first ``LONGEST`` characters are read.
        lang: Its language; ``auto`` finds out.

    Example:
        >>> reading = read_sentence("블로그 글 10편 발행")
        >>> reading.text[slice(*reading.task)]
        '발행'
    """
    plain = text[:LONGEST]
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", text)[:LONGEST].translate(_WIDTHS)
    chosen = language_of(plain) if lang == "auto" else lang
    return korean.read(plain) if chosen == "ko" else english.read(plain)


def language_of(text: str) -> Language:
    """Return ``ko`` if a text has Hangul and not over three times as many Latin words, else ``en``.

    Example:
        >>> language_of("DAU 50만에서 100만으로"), language_of("Reach 70 % of Korea")
        ('ko', 'en')
    """
    hangul, latin = len(re.findall(r"[가-힣ㄱ-ㅣ]+", text)), len(re.findall(r"[A-Za-z]{2,}", text))
    return "ko" if hangul and hangul * 3 >= latin else "en"
