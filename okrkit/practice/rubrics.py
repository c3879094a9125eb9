"""Marking a written answer by its rubric: which facts are found, where, and what caps the points.

The marker finds words; it understands nothing. It proposes, the learner decides
(자기 채점), and the real exam's rubric is unpublished: every page that marks says so.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from okrkit.practice.items import Written
from okrkit.practice.wording import PARTICLE
from okrkit.text import Text

PAGE = 22  # rows a page: counted on HRDK's answer sheet of 2026
COLUMNS = 56
"""Columns a row: 28 Korean letters, of two columns each, or 56 Latin ones.

The sheet prints rows and no squares, so this is an assumption of okrkit's: the width that A4
leaves beside the three narrow columns at the left, about 15 cm, at 5 to 6 mm a letter.
"""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on what an answer of some form can earn.

    Args:
        share: Of the points, 0.0 to 1.0.
        why: What the answer lacks.
    """

    share: float
    why: Text


# okrkit's own rules, for the real rubric is unpublished. Study notes cap short answers and marks a
# quarter each for structure, keywords, legibility and completeness.
CAPS: Mapping[str, Cap] = {
    "list": Cap(0.4, Text("낱말만 늘어놓았고 풀어 쓴 문장이나 표가 거의 없습니다.",
                          "It lists words, with hardly a sentence or a row of a table.")),
    "short": Cap(0.6, Text("기대하는 분량의 3분의 1이 안 됩니다(10점은 7행, 25점은 18행부터).",
                           "It has less than a third of the rows expected (7 for 10 points, 18 for 25).")),
    "plain": Cap(0.7, Text("제목이 둘이 안 되고 표나 그림도 없습니다.",
                           "It has fewer than two headings, and no table or figure.")),
}  # fmt: skip

STATEMENTS = 2
"""Statements or rows of a table from which an answer is no list: good notes are terse, a list has none."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found of one line of the rubric.

    Args:
        hits: Of each group of words, where the first form found stands in the answer (in
            Unicode's NFC), from and up to; None if none was found.
    """

    hits: tuple[Span | None, ...]

    @property
    def found(self) -> bool:
        """Whether of each group a form was found."""
        return None not in self.hits

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the words stand, in order."""
        return tuple(sorted({hit for hit in self.hits if hit}))


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marker proposes for an answer.

    Args:
        lines: Of each line of the rubric, by its key.
        caps: Keys of the ``CAPS`` that apply.
        rows: How many rows of the sheet it fills.
    """

    lines: Mapping[str, Mark]
    caps: tuple[str, ...]
    rows: int

    @property
    def found(self) -> tuple[str, ...]:
        """Keys of the lines that were found."""
        return tuple(key for key, mark in self.lines.items() if mark.found)


def mark(item: Written, text: str) -> Marks:
    """Look for each line of a rubric in an answer.

    Order, case, spacing, full-width letters and Korean particles make no difference, and
    forms of both languages are looked for in any answer.

    Args:
        item: The prompt.
        text: The answer.
    """
    answer = unicodedata.normalize("NFC", text)
    plain = answer.translate(_FOLD)
    joined = plain.translate(_NOT_JOINED)
    lines = {}
    for key, line in item.rubric.items():
        lines[key] = Mark(tuple(_first(plain, joined, (*group.ko, *group.en)) for group in line.accept))
    filled = rows(answer)
    return Marks(lines, tuple(_caps(item.points, answer, filled)), filled)


def earned(item: Written, lines: Collection[str], caps: Collection[str] = ()) -> int:
    """Return the points of the lines that stand, never more than the caps leave, rounded half up."""
    found = sum(line.points for key, line in item.rubric.items() if key in lines)
    share = min((cap.share for key, cap in CAPS.items() if key in caps), default=1.0)
    return min(found, int(item.points * share + 0.5))


def rows(text: str) -> int:
    """Return how many rows of the sheet a text fills; a full-width letter takes two columns.

    Example:
        >>> rows("가" * 28), rows("가" * 29), rows("objective"), rows("")
        (1, 2, 1, 0)
    """
    if not text.strip():
        return 0
    return sum(max(1, -(-_columns(line) // COLUMNS)) for line in text.rstrip().split("\n"))


def _columns(line: str) -> int:
    return len(line) if line.isascii() else len(line) + sum(map(len, _WIDE.findall(line)))


# --- where words are found

SHORT = 3  # Latin letters up to which a form must be the whole word, but for an s: OKR, not "all" in "allow"
_BETWEEN = "[ ~-]*"  # what may stand within words that are meant as one
_WORD = re.compile(r"\d+(?:\.\d+)*|[a-z]+|[%~]|[^\W\d_a-z]+")
_NOT_JOINED = dict.fromkeys(map(ord, " ~-."))
_ALIKE = {"∼": "~", "〜": "~", "–": "-", "—": "-"}


class _Fold(dict[int, str]):
    """Lets ``str.translate`` turn each letter into one to compare, and what is none into a blank."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).casefold()
        plain = _ALIKE.get(plain, plain) if len(plain) == 1 else chr(code)
        self[code] = plain if plain.isalnum() or plain in "%~.-" else " "
        return self[code]


_FOLD = _Fold()


@dataclass(frozen=True, slots=True)
class _Form:
    """How a form is looked for: by ``key`` first, for that is quick; then exactly, or with blanks inside."""

    key: str
    exact: re.Pattern[str]
    joined: str
    loose: re.Pattern[str] | None


def words_of(form: str) -> list[str]:
    """Return the words of a form as they are looked for.

    Example:
        >>> words_of("Key-Results, 60–70％")
        ['key', 'results', '60', '70', '%']
    """
    return _WORD.findall(unicodedata.normalize("NFC", form).translate(_FOLD))


@lru_cache(maxsize=8192)
def _form(form: str) -> _Form | None:
    words = [word for word in words_of(form) if word != "~"]
    if not words:
        return None
    exact = f"{_BETWEEN}(?:(?:{PARTICLE}){_BETWEEN})?".join(map(_exactly, words))
    first, rest = words[0][0], "".join(words)[1:]
    hangul = not any(word.isascii() for word in words)
    loose = re.compile(f"{first}(?<![^\\W_]{first}){_BETWEEN}" + _BETWEEN.join(rest)) if hangul else None
    return _Form(max(words, key=len), re.compile(exact), "".join(words), loose)


def _exactly(word: str) -> str:
    """Return a pattern: a number stands alone, Latin begins a word (and ends it, if short)."""
    plain = re.escape(word)
    if word[0].isdigit():
        return rf"{plain}(?<!\d{plain})(?<!\d\.{plain})(?!\.?\d)(?: ?%(?= ?[~-]))?"
    if not (word.isascii() and word.isalpha()):
        return plain
    return rf"{plain}(?<![a-z]{plain})" + (r"s?(?![a-z])" if len(word) <= SHORT else "[a-z]*")


def _first(plain: str, joined: str, forms: Collection[str]) -> Span | None:
    """Return where the first of some forms stands in an answer; None if none does.

    재무 stands in 비재무 and in 재 무, and not in 현재 무엇.
    """
    for form in filter(None, map(_form, forms)):
        hit = form.exact.search(plain) if form.key in plain else None
        if hit is None and form.loose and form.joined in joined:
            hit = form.loose.search(plain)
        if hit:
            return hit.span()
    return None


# --- what an answer looks like

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]+"
)
_HEADING = re.compile(
    r"\s*(?:#|\*\*|[ⅠⅡⅢⅣⅤ]|[IVX]{1,4}[.)]|\d{1,2}[.)]|[가나다라마바][.)]|\([\da-f가-바]\)|[■□○●▶◆])\s*\S.{1,60}"
)
_FIGURE = re.compile(r"\|.*\||\t.*\t|[→←↑↓↔⇒─│┌└]|->|--")
_PIECES = re.compile(r"[|,;·/\t]|\. ")
_BINDS = re.compile(  # what a statement has and a list of words has not
    r"[은는을를의에로와과며고여서다함임됨한된해](?<=[가-힣].)(?![^\s.)])"
    r"|\b(?:an?|the|of|to|by|in|on|is|are|was|be|that|which|and|not|for|from|with|it|its|as|what|who|how|than)\b"
)


def _caps(points: int, answer: str, filled: int) -> Iterator[str]:
    lines = [line for line in answer.split("\n") if line.strip()]
    said = sum(1 for _ in islice((line for line in lines if _says(line)), STATEMENTS))
    figures = sum(bool(_FIGURE.search(line)) for line in lines)
    if not said or said + figures < STATEMENTS:
        yield "list"
    if filled < round(points * PAGE / 30 - 0.5):
        yield "short"
    if sum(bool(_HEADING.fullmatch(line)) for line in lines) < 2 and not figures:
        yield "plain"


def _says(line: str) -> bool:
    """Tell a statement from a list of words: somewhere four words in a row, two of which bind the others."""
    pieces = (piece for piece in _PIECES.split(line.casefold()) if piece.strip().count(" ") >= 3)
    return any(len(list(islice(_BINDS.finditer(piece), 2))) == 2 for piece in pieces)
