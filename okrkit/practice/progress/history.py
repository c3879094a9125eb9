"""What is done with a history: sittings are begun and ended, attempts added, drafts kept."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from okrkit.practice.progress import records
from okrkit.practice.progress.records import Attempt, Sitting
from okrkit.practice.progress.schema import ATTEMPTS, DRAFTS, ONCE, SITTINGS
from okrkit.practice.progress.store import Store
from okrkit.text import Text

_NEWEST = sa.text("rowid > (SELECT max(rowid) FROM attempt) - :n")
_LATEST = sa.text(
    "rowid IN (SELECT max(rowid) FROM attempt"
    " WHERE rowid <= (SELECT max(rowid) FROM attempt) - :but GROUP BY item)"
)
_AFTER = sa.text("rowid > (SELECT rowid FROM attempt WHERE id = :seen)")
_NOT_SAVED = Text("이 답은 저장되지 않았습니다", "this answer was not saved")


class Progress(Store):
    """A learner's history in a SQLite file, which is made when first needed.

    Args:
        path: The file; ``progress.sqlite`` in okrkit's home if None.

    Attributes:
        notices: What the learner should be told once; whoever shows a notice takes it out.

    Raises:
        ProgressError: From every method, if the file cannot be read or written.
    """

    def sitting(
        self,
        quiz: str,
        at: datetime,
        items: Sequence[str] | None = None,
        seed: int | None = None,
        minutes: float | None = None,
    ) -> Sitting:
        """Return the latest sitting of a quiz; the first is begun now if there is none."""

        def latest_or_first(connection: sa.Connection) -> Sitting:
            latest = records.latest_sitting(connection, quiz)
            return latest or records.add_sitting(connection, quiz, at, items, seed=seed, minutes=minutes)

        return self._run(latest_or_first)

    def begin(
        self,
        quiz: str,
        at: datetime,
        items: Sequence[str] | None = None,
        seed: int | None = None,
        minutes: float | None = None,
    ) -> Sitting:
        """Begin the next sitting of a quiz.

        Args:
            quiz: The quiz's name, with its options.
            at: Now.
            items: Ids of the questions, if not all of the quiz are asked.
            seed: Of the order of choices, if the sitting has one of its own.
            minutes: How long it may take, if time counts.
        """
        return self._run(lambda file: records.add_sitting(file, quiz, at, items, seed=seed, minutes=minutes))

    def sittings(self, prefix: str = "") -> tuple[Sitting, ...]:
        """Return the sittings of the quizzes whose name begins so, in the order they began."""
        chosen = sa.func.substr(SITTINGS.c.quiz, 1, len(prefix)) == prefix
        return self._run(lambda connection: records.sittings(connection, chosen))

    def keep(self, sitting: Sitting, item: str, value: Any, at: datetime) -> Sitting:  # noqa: ANN401  (any JSON)
        """Keep what is being written at a question, in place of what was kept before.

        Args:
            sitting: Once it has ended, wherever that was said, nothing is kept any more.
            item: Id of the question.
            value: Anything JSON can say.
            at: Now.

        Returns:
            The sitting as it stands; ``ended`` says whether the value was kept.
        """
        kept = {"value": json.dumps(value), "at": at.isoformat()}

        def write(connection: sa.Connection) -> Sitting:
            stands = _heard(connection, sitting, at)
            if stands.ended is None:
                new = insert(DRAFTS).values(sitting=sitting.id, item=item, **kept)
                connection.execute(new.on_conflict_do_update(DRAFTS.primary_key, set_=kept))
            return stands

        return self._run(write, _NOT_SAVED)

    def drafts(self, sitting: Sitting) -> dict[str, Any]:
        """Return what is being written in a sitting, by the question's id."""
        return self._run(lambda connection: records.drafts(connection, sitting.id))

    def heard(self, sitting: Sitting, at: datetime) -> Sitting:
        """Remember that it was this late already; an earlier moment changes nothing."""
        return self._run(lambda connection: _heard(connection, sitting, at))

    def end(self, sitting: Sitting, at: datetime) -> Sitting:
        """End a sitting; one that has ended keeps its end. Returns it as it stands."""

        def write(connection: sa.Connection) -> Sitting:
            stands = _heard(connection, sitting, at)
            return stands if stands.ended else _written(connection, replace(stands, ended=at))

        return self._run(write)

    def record(self, attempt: Attempt) -> Attempt:
        """Write an attempt to disk; when this returns, it is there.

        Returns:
            The attempt that stands: an earlier one of the same number at the same question
            in the same sitting, given in another notebook, is kept and returned.
        """
        values = asdict(attempt) | {
            "id": uuid.uuid4().hex,
            "answer": json.dumps(attempt.answer),
            "at": attempt.at.isoformat(),
        }

        def keep_the_first(connection: sa.Connection) -> Attempt:
            connection.execute(insert(ATTEMPTS).values(values).on_conflict_do_nothing(ONCE.columns))
            (stands,) = records.attempts(
                connection, *(column == values[column.name] for column in ONCE.columns)
            )
            return stands

        return self._run(keep_the_first, _NOT_SAVED)

    def move(self, sitting: Sitting, place: str) -> Sitting:
        """Remember which question is looked at."""
        query = sa.update(SITTINGS).where(SITTINGS.c.id == sitting.id).values(place=place)
        self._run(lambda connection: connection.execute(query))
        return replace(sitting, place=place)

    def hint(self, sitting: Sitting, item: str, nth: int) -> Sitting:
        """Remember that the hints of a question were seen up to the ``nth``, before they are shown."""

        def remember(connection: sa.Connection) -> Sitting:
            this = SITTINGS.c.id == sitting.id
            seen = json.loads(connection.execute(sa.select(SITTINGS.c.hints).where(this)).scalar() or "{}")
            hints = {**seen, item: max(nth, seen.get(item, 0))}
            connection.execute(sa.update(SITTINGS).where(this).values(hints=json.dumps(hints)))
            return replace(sitting, hints=hints)

        return self._run(remember)

    def attempts(self, sitting: Sitting | None = None, newest: int | None = None) -> tuple[Attempt, ...]:
        """Return the attempts of a sitting, or of all of them, in the order they were given.

        Args:
            sitting: None for all sittings.
            newest: About how many at most, the latest ones; None for all.
        """
        chosen = [] if sitting is None else [ATTEMPTS.c.sitting == sitting.id]
        latest = [] if newest is None else [_NEWEST.bindparams(n=newest)]
        return self._run(lambda connection: records.attempts(connection, *chosen, *latest))

    def latest(self, but: int = 0) -> tuple[Attempt, ...]:
        """Return the latest attempt at each question, the newest ``but`` attempts left out."""
        return self._run(lambda connection: records.attempts(connection, _LATEST.bindparams(but=but)))

    def since(self, seen: str = "") -> tuple[tuple[str, Attempt], ...] | None:
        """Return what was written after an attempt, each with its id; None if there is no such attempt.

        Args:
            seen: The attempt's id; empty for all attempts.
        """

        def look(connection: sa.Connection) -> tuple[tuple[str, Attempt], ...] | None:
            if not seen:
                return records.named_attempts(connection)
            known = connection.execute(sa.select(ATTEMPTS.c.id).where(ATTEMPTS.c.id == seen)).first()
            return records.named_attempts(connection, _AFTER.bindparams(seen=seen)) if known else None

        return self._run(look)


def _heard(connection: sa.Connection, sitting: Sitting, at: datetime) -> Sitting:
    """Return a sitting as the file has it, and has now heard of a moment if it goes on."""
    stands = next(iter(records.sittings(connection, SITTINGS.c.id == sitting.id)), sitting)
    late = stands.ended or at <= (stands.heard or stands.began)
    return stands if late else _written(connection, replace(stands, heard=at))


def _written(connection: sa.Connection, sitting: Sitting) -> Sitting:
    """Write the moments of a sitting and return it."""
    moments = {"heard": sitting.heard, "ended": sitting.ended}
    values = {name: at and at.isoformat() for name, at in moments.items()}
    connection.execute(sa.update(SITTINGS).where(SITTINGS.c.id == sitting.id).values(values))
    return sitting
