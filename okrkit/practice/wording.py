"""Whether typed words are the words asked for, as a fair reader would take them."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

NEAR = 0.8  # share of equal letters (of Hangul, jamo) from which a wrong word counts as a near miss
PARTICLE = "이|가|은|는|을|를|의|도|와|과|로|으로|이다|다|입니다|이에요|예요|이요|요"
_IDLE = re.compile(r"[\s\-‐‑·.,;:!?'\"’‘“”()\[\]/]+")
_ARTICLE = re.compile(r"(the|an|a)\s+", re.IGNORECASE)


def same_words(typed: str, forms: Iterable[str]) -> bool:
    """Tell whether what was typed is one of the forms.

    Upper or lower case, full-width letters, spaces, hyphens, punctuation, a
    leading English article and a trailing Korean particle make no difference.

    Example:
        >>> same_words("핵심결과는", ["핵심 결과"]), same_words("Ｋｅｙ results", ["key-results"])
        (True, True)
        >>> same_words("결과", ["핵심 결과"])
        False
    """
    plain = _plain(typed)
    return any(re.fullmatch(f"{re.escape(_plain(form))}({PARTICLE})?", plain) for form in forms)


def near_miss(typed: str, forms: Iterable[str]) -> bool:
    """Tell whether a wrong answer is a slip of the pen away from a form.

    Example:
        >>> near_miss("투명셩", ["투명성"]), near_miss("정렬", ["투명성"])
        (True, False)
    """
    letters = unicodedata.normalize("NFD", _plain(typed))
    return any(_alike(letters, unicodedata.normalize("NFD", _plain(form))) >= NEAR for form in forms)


def _plain(words: str) -> str:
    normal = unicodedata.normalize("NFKC", words).strip()
    return _IDLE.sub("", _ARTICLE.sub("", normal, count=1) if _ARTICLE.match(normal) else normal).casefold()


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
