"""Marking a written answer by its rubric: which facts are found, where, and what caps the points.

The marker finds words; it understands nothing. It proposes, the learner decides
(자기 채점), and the real exam's rubric is unpublished: every page that marks says so.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found of one line of the rubric.

    Args:
        found: Whether of each group of words one form occurs.
        spans: Where, as places in the answer in Unicode's NFC, from and up to.
    """

    found: bool
    spans: tuple[Span, ...]


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
    words = _words(answer)
    lines = {}
    for key, line in item.rubric.items():
        hits = [_first(words, (*group.ko, *group.en)) for group in line.accept]
        lines[key] = Mark(None not in hits, tuple(sorted({hit for hit in hits if hit})))
    return Marks(lines, tuple(_caps(item.points, answer)), rows(answer))


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
    if line.isascii():
        return len(line)
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in line)


# --- where words are found


@dataclass(frozen=True, slots=True)
class _Words:
    """An answer's letters in one piece; where each word begins there, and where in the answer."""

    letters: str
    starts: list[int]
    places: list[int]

    def place(self, at: int) -> int:
        """Return where in the answer a letter stands."""
        word = bisect_right(self.starts, at) - 1
        return self.places[word] + at - self.starts[word]

    def begins(self, at: int) -> bool:
        """Tell whether a word begins at a letter, or the letters end."""
        word = bisect_right(self.starts, at) - 1
        return at == len(self.letters) or self.starts[word] == at


_WORD = re.compile(r"(?<=\d)%? ?~(?= ?\d)|\d+(?:\.\d+)*|[a-z]+|%|[^\W\d_a-z]+")
_DASHES = str.maketrans("–—∼〜～", "~~~~~")
SHORT = 3  # Latin letters up to which a form must be the whole word, but for an s: OKR, not "all" in "allow"


@lru_cache(maxsize=8192)
def _folded(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter).casefold().translate(_DASHES)
    return plain if len(plain) == 1 else letter


def _words(answer: str) -> _Words:
    found = list(_WORD.finditer(re.sub(r"(?<=[\d%])-(?=\d)", "~", "".join(map(_folded, answer)))))
    letters = ["~" if "~" in each[0] else each[0] for each in found]
    starts, at = [], 0
    for word in letters:
        starts.append(at)
        at += len(word)
    return _Words("".join(letters), starts, [each.start() for each in found])


def words_of(form: str) -> tuple[str, ...]:
    """Return the words of a form as they are looked for.

    Example:
        >>> words_of("Key-Results, 60 – 70％")
        ('key', 'results', '60', '~', '70', '%')
    """
    made = _words(unicodedata.normalize("NFC", form))
    ends = [*made.starts[1:], len(made.letters)]
    return tuple(made.letters[start:end] for start, end in zip(made.starts, ends, strict=True))


@lru_cache(maxsize=8192)
def _form(form: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Return a form's words, and what finds them in a row with a Korean particle after any of them."""
    words = words_of(form)
    return words, re.compile(f"(?:{PARTICLE})?".join(f"({re.escape(word)})" for word in words) or "(?!)")


def _first(words: _Words, forms: Collection[str]) -> Span | None:
    """Return where the first of some forms stands in an answer; None if none does."""
    spans = (span for form in forms for span in _hits(words, form))
    return next(spans, None)


def _hits(words: _Words, form: str) -> Iterator[Span]:
    parts, pattern = _form(form)
    if not parts or parts[0] not in words.letters:
        return
    for hit in pattern.finditer(words.letters):
        if _holds(words, hit):
            yield words.place(hit.start()), words.place(hit.end() - 1) + 1


def _holds(words: _Words, hit: re.Match[str]) -> bool:
    """Tell whether letters in a row are the words meant: 재무 stands in 비재무, and not in 현재 무엇."""
    start, end = hit.span()
    first, last = hit[1], hit[hit.lastindex or 1]
    for n in range(1, (hit.lastindex or 0) + 1):
        if hit[n][0].isdigit() and not (words.begins(hit.start(n)) and words.begins(hit.end(n))):
            return False
    if last.isascii() and last.isalpha() and len(last) <= SHORT:
        plural = end + (words.letters[end : end + 1] == "s")
        if not (words.begins(end) or words.begins(plural)):
            return False
    if words.begins(start):
        return True
    if first.isascii():
        return False
    inner = words.starts[bisect_right(words.starts, start) : bisect_right(words.starts, end - 1)]
    return set(inner) <= {hit.start(n) for n in range(2, (hit.lastindex or 1) + 1)}


# --- what an answer looks like

_HEADING = re.compile(
    r"\s*(?:#|\*\*|[ⅠⅡⅢⅣⅤ]|[IVX]{1,4}[.)]|\d{1,2}[.)]|[가나다라마바][.)]|\(\d|[■□○●▶◆])\s*\S.{1,60}"
)
_FIGURE = re.compile(r"\|.*\||\t.*\t|[→←↑↓↔⇒─│┌└]|->|--")
_PIECES = re.compile(r"[|,;·/\t]|\. ")
_SENTENCE_WORD = re.compile(
    r".*[가-힣](?:은|는|을|를|의|에|에서|로|와|과|며|하고|하여|해서|한다|된다|이다|니다|함|임|됨|하는|되는|위해)"
    r"|an?|the|of|to|by|in|on|is|are|was|be|that|which|and|not|for|from|with|it|its|as|what|who|how|than",
    re.IGNORECASE,
)


def _caps(points: int, answer: str) -> Iterator[str]:
    lines = [line for line in answer.split("\n") if line.strip()]
    sentences = sum(any(map(_is_said, _PIECES.split(line))) for line in lines)
    figures = sum(bool(_FIGURE.search(line)) for line in lines)
    if not sentences or sentences + figures < points // 5:
        yield "list"
    if rows(answer) < round(points * PAGE / 30 - 0.5):
        yield "short"
    if sum(bool(_HEADING.fullmatch(line)) for line in lines) < 2 and not figures:
        yield "plain"


def _is_said(piece: str) -> bool:
    """Tell a statement from a list of words: four words or more, two of which bind the others."""
    words = piece.strip(" .:)(").split()
    return len(words) >= 4 and sum(bool(_SENTENCE_WORD.fullmatch(word.strip(".:()"))) for word in words) >= 2
