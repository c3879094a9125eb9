"""What a learner knows, what is weak and what is due: derived from the attempts, told claim by claim.

Only first tries count, as for the schedule: a second try has been taught.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import escape
from math import nan, sqrt
from statistics import mean
from textwrap import shorten
from typing import Any, Literal, get_args

from okrkit.practice import scheduling
from okrkit.practice.answering import owed
from okrkit.practice.bank import Bank
from okrkit.practice.items import Item, Level
from okrkit.practice.marking import CERTAINTY, certainty_mark, worth
from okrkit.practice.progress import Attempt, Confidence
from okrkit.text import Text

By = Literal["claim", "chapter", "level"]

MOST = 15
"""Rows that are printed; a table of all is ``ok.to_frame``'s."""

_LEVELS: dict[Level, Text] = {
    "recall": Text("기억하기", "remembering"),
    "understand": Text("이해하기", "understanding"),
    "apply": Text("적용하기", "applying"),
    "analyse": Text("분석하기", "analysing"),
}
CERTAIN: dict[Confidence, Text] = {
    "sure": Text("확실함", "sure"),
    "likely": Text("아마", "likely"),
    "guess": Text("찍음", "guess"),
}
"""How sure, as the quiz calls it."""

HONEST: dict[Confidence, tuple[float, float]] = {
    "sure": (0.8, 1.0),
    "likely": (2 / 3, 0.8),
    "guess": (0.0, 2 / 3),
}
"""Shares right in which saying so earns the most, as follows from the marks in ``CERTAINTY``."""

_BEGIN = Text(
    '아직 푼 문제가 없습니다. ok.quiz("01")이나 ok.review()로 시작하면 여기에 쌓입니다.',
    'Nothing practised yet. Begin with ok.quiz("01") or ok.review(), and it will gather here.',
)
_KNOWN = Text(
    "문제 {n}개: 아는 것 {known}, 약한 것 {weak}, 아직 안 푼 것 {new}. 오늘 복습할 것 {due}.",
    "Questions: {n}. Known {known}, weak {weak}, not yet practised {new}. Due today: {due}.",
)
_RECALL = Text(
    "{day} 떠올릴 확률: 평균 {recall} (FSRS의 추정. 안 푼 문제는 뺐고, 고르는 문제는 찍어 맞힐 수도 있음)",
    "Probability of recall {day}: {recall} on average"
    " (an estimate by FSRS, without those not yet practised; and a choice can be guessed)",
)
_EXAM = Text("시험일({day})에", "on the day of the exam, {day}")
_TODAY = Text("오늘", "today")
_MINUTES = Text(
    "푼 시간: 모두 약 {all}분, 최근 7일 약 {week}분 (답 사이의 간격으로 어림)",
    "Time practised: about {all} min in all, {week} in the last 7 days (from the gaps between answers)",
)
_SURE = Text(
    "확신한 만큼 맞았나: {parts}. 확신도 점수 {mark} (최고 {of})",
    "As right as you were sure? {parts}. Certainty-based mark {mark} of {of}",
)
_PART = Text("{name} {right}/{answers}", "{name} {right}/{answers}")
_ROW = Text(
    "{key}: 아는 것 {known}, 약한 것 {weak}, 안 푼 것 {new}, 복습 {due}, 떠올릴 확률 {recall}  {name}",
    "{key}: known {known}, weak {weak}, new {new}, due {due}, recall {recall}  {name}",
)
_MORE = Text("그 밖에 {n}개: ok.to_frame(ok.progress())", "{n} more: ok.to_frame(ok.progress())")
_HEADS: dict[str, Text] = {
    "claim": Text("주장", "claim"),
    "chapter": Text("장", "chapter"),
    "level": Text("수준", "level"),
    "name": Text("내용", "what it is about"),
    "questions": Text("문제", "questions"),
    "known": Text("아는 것", "known"),
    "weak": Text("약한 것", "weak"),
    "new": Text("안 푼 것", "new"),
    "due": Text("오늘 복습", "due today"),
    "recall": Text("떠올릴 확률", "recall"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a learner is with the questions about one thing.

    Args:
        key: The claim's id, the chapter's number or the level; empty for everything.
        name: What the claim says, the chapter's title, the level's name.
        questions: How many there are.
        known: Whose latest first try earned its full point and was no guess.
        weak: Whose latest first try did not: missed, partly right, helped by a hint, or guessed.
        due: What ``ok.review()`` has still to ask today; known ones fade and are due, too.
        recall: Mean probability of recall, 0.0 to 1.0, that FSRS estimates for the day of the
            exam, or for today if none is set; over those practised, None if none was.
    """

    key: str
    name: Text
    questions: int
    known: int
    weak: int
    due: int
    recall: float | None

    @property
    def new(self) -> int:
        """How many were never practised."""
        return self.questions - self.known - self.weak


@dataclass(frozen=True, slots=True)
class Calibration:
    """How right first tries were of which the learner said to be this sure.

    Args:
        confidence: How sure.
        answers: How many.
        right: How many of them were fully right.
        mark: The sum of their certainty-based marks.
    """

    confidence: Confidence
    answers: int
    right: int
    mark: float

    @property
    def share(self) -> float | None:
        """The share that was right, 0.0 to 1.0; None without answers."""
        return self.right / self.answers if self.answers else None

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies by 95 %: Wilson's score interval (E. B. Wilson, JASA 22, 1927).

        Example:
            >>> [round(end, 2) for end in Calibration("sure", 10, 9, 21.0).interval]
            [0.6, 0.98]
        """
        if not self.answers:
            return 0.0, 1.0
        n, z = self.answers, 1.96
        share, wide = self.right / n, 1 + z * z / n
        middle = (share + z * z / (2 * n)) / wide
        half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / wide
        return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True, slots=True, repr=False)
class Mastery:
    """A learner's progress; printed as a few lines and a table of what was practised, the weakest first.

    Args:
        by: What the rows are.
        rows: One per claim, chapter or level of the bank.
        total: All questions together.
        calibration: One per degree of certainty, the surest first.
        minutes: Time practised by the learner's day, estimated from the gaps between answers.
        today: The learner's day.
        exam: The day the estimate of recall is for, if an exam lies ahead.
        notices: What the history has to say, such as that it was damaged and begun anew.
    """

    by: By
    rows: tuple[Standing, ...]
    total: Standing
    calibration: tuple[Calibration, ...]
    minutes: Mapping[date, float] = field(default_factory=dict)
    today: date = date.min
    exam: date | None = None
    notices: tuple[Text, ...] = ()

    def __str__(self) -> str:
        rows = [_ROW.fill(**_cells(row), key=row.key, name=_short(row.name)) for row in self.practised[:MOST]]
        return "\n".join([*_lines(self), *map(str, rows), *_more(self)])

    __repr__ = __str__

    @property
    def practised(self) -> list[Standing]:
        """The rows of which something was practised: the weakest first, then those likeliest forgotten."""
        rows = [row for row in self.rows if row.recall is not None]
        return sorted(rows, key=lambda row: (-row.weak / (row.known + row.weak), row.recall, row.key))

    def to_rows(self) -> list[dict[str, Any]]:
        """Return every row as plain data in the language in force; a recall that is not known is NaN."""
        return [
            {
                self.by: row.key,
                "name": str(row.name),
                "questions": row.questions,
                "known": row.known,
                "weak": row.weak,
                "new": row.new,
                "due": row.due,
                "recall": nan if row.recall is None else row.recall,
            }
            for row in self.rows
        ]

    def _repr_html_(self) -> str:
        """Return the same for a notebook."""
        said, more = ("".join(f"<p>{escape(line)}</p>" for line in told(self)) for told in (_lines, _more))
        heads = "".join(f'<th scope="col">{_HEADS[name]}</th>' for name in (self.by, *_NUMBERS))
        name = f'<th scope="col" {_LEFT}>{_HEADS["name"]}</th>'
        rows = "".join(map(_table_row, self.practised[:MOST]))
        table = f"<table><thead><tr>{heads}{name}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
        return said + table + more


_LEFT = 'style="text-align: left"'
_NUMBERS = ("questions", "known", "weak", "new", "due", "recall")


def mastery(
    attempts: Sequence[Attempt], bank: Bank, at: datetime, exam: date | None = None, by: By = "claim"
) -> Mastery:
    """Return what attempts say about each claim, chapter or level of a bank.

    Args:
        attempts: The learner's history.
        bank: The questions there are; attempts at others count for the time and the calibration.
        at: Now.
        exam: The day of the exam; one that is over does not count.
        by: What the rows are. A question counts for each of its claims.
    """
    today = scheduling.local_day(at)
    ahead = exam if exam and exam >= today else None
    firsts = sorted((each for each in attempts if each.nth == 1), key=lambda each: each.at)
    latest = {each.item: each for each in firsts}
    this_morning = scheduling.memories(firsts, today)
    since = (each for each in firsts if scheduling.local_day(each.at) == today)
    held = scheduling.memories(since, today + timedelta(1), this_morning)
    recall = {name: scheduling.retrievability(card, ahead or today) for name, card in held.items()}
    quizzed = {name: card for name, card in this_morning.items() if name in bank.quizzed}
    waiting = {*scheduling.due(quizzed, today, ahead), *owed(bank, attempts, today)}
    due = waiting - {each.item for each in firsts if scheduling.local_day(each.at) >= today}

    def standing(key: str, name: Text, items: Iterable[Item]) -> Standing:
        ids = {item.id for item in items}
        tried = [latest[each] for each in ids if each in latest]
        known = sum(worth([each]) >= 1 and each.confidence != "guess" for each in tried)
        likely = [recall[each.item] for each in tried]
        return Standing(
            key, name, len(ids), known, len(tried) - known, len(ids & due), mean(likely) if likely else None
        )

    rows = tuple(standing(key, *about) for key, about in _groups(bank, by).items())
    total = standing("", Text("", ""), bank.quizzed.values())
    certain = tuple(_calibration(firsts, each) for each in get_args(Confidence))
    return Mastery(by, rows, total, certain, minutes_by_day(attempts), today, ahead)


def minutes_by_day(attempts: Sequence[Attempt]) -> dict[date, float]:
    """Return about how many minutes were practised on each of the learner's days, in order.

    An answer took as long as lies between it and the one before; where that is nothing or over
    ten minutes (the first of a day, after a pause, or handed in together), the learner's usual time.
    """
    usual, found = scheduling.seconds_each(attempts), dict[date, float]()
    before: datetime | None = None
    for moment in sorted(each.at for each in attempts):
        gap = (moment - before).total_seconds() if before else 0.0
        day, took = scheduling.local_day(moment), gap if 0 < gap <= scheduling.LONGEST else usual
        found[day] = found.get(day, 0.0) + took / 60
        before = moment
    return found


def _groups(bank: Bank, by: By) -> dict[str, tuple[Text, list[Item]]]:
    """Return the bank's questions by what they are about, with its name."""
    groups: dict[str, tuple[Text, list[Item]]] = {}
    quizzed = bank.quizzed
    for number, chapter in bank.chapters.items():
        for item in (each for each in chapter.items if each.id in quizzed):
            about: dict[str, Text] = {number: chapter.title}
            if by == "claim":
                claims = {name: bank.claim(item, name) for name in item.claims}
                about = {n: Text(each.ko, each.en) if each else Text("", "") for n, each in claims.items()}
            elif by == "level":
                about = {item.level: _LEVELS[item.level]}
            for key, name in about.items():
                groups.setdefault(key, (name, []))[1].append(item)
    order = list(_LEVELS) if by == "level" else sorted(groups)
    return {key: groups[key] for key in order if key in groups}


def _calibration(firsts: Iterable[Attempt], confidence: Confidence) -> Calibration:
    said = [each for each in firsts if each.confidence == confidence]
    marks = sum(certainty_mark([each]) or 0.0 for each in said)
    return Calibration(confidence, len(said), sum(each.score >= 1 for each in said), float(marks))


def _lines(told: Mastery) -> list[str]:
    """Return what is said of everything together."""
    total, answers = told.total, [each for each in told.calibration if each.answers]
    notices = [str(each) for each in told.notices]
    if not told.minutes:
        return [*notices, str(_BEGIN)]
    counts = {name: getattr(total, name) for name in ("known", "weak", "new", "due")}
    said = [_KNOWN.fill(n=total.questions, **counts)]
    if total.recall is not None:
        day = _EXAM.fill(day=told.exam) if told.exam else _TODAY
        said.append(_RECALL.fill(day=day, recall=_percent(total.recall)))
    week = sum(took for day, took in told.minutes.items() if day > told.today - timedelta(7))
    said.append(_MINUTES.fill(all=round(sum(told.minutes.values())), week=round(week)))
    if answers:
        parts = ", ".join(
            str(_PART.fill(name=CERTAIN[each.confidence], right=each.right, answers=each.answers))
            for each in answers
        )
        mark = f"{sum(each.mark for each in answers):+g}"
        most = max(right for right, _ in CERTAINTY.values()) * sum(each.answers for each in answers)
        said.append(_SURE.fill(parts=parts, mark=mark, of=most))
    return notices + [str(each) for each in said]


def _more(told: Mastery) -> list[str]:
    left = len(told.practised) - MOST
    return [str(_MORE.fill(n=left))] if left > 0 else []


def _short(name: Text) -> str:
    return shorten(str(name), 60, placeholder="…")


def _cells(row: Standing) -> dict[str, str]:
    numbers = {name: str(getattr(row, name)) for name in _NUMBERS}
    return numbers | {"recall": _percent(row.recall or 0.0)}


def _table_row(row: Standing) -> str:
    cells = "".join(f"<td>{cell}</td>" for cell in _cells(row).values())
    name = f"<td {_LEFT}>{escape(str(row.name))}</td>"
    return f'<tr><th scope="row">{escape(row.key)}</th>{cells}{name}</tr>'


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"
