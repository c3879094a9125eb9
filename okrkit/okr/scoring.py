"""From measured values to a score between 0 and 1."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from okrkit.errors import ContentError, Problem
from okrkit.okr.model import KeyResult, Objective
from okrkit.text import Text


@dataclass(frozen=True, slots=True)
class Score:
    """A score, and on how many key results it rests.

    Args:
        value: Fraction from 0.0 to 1.0, not rounded; None if no key result has one.
        counted: Number of key results that have a score.
        total: Number of all key results.
    """

    value: float | None
    counted: int
    total: int

    def __str__(self) -> str:
        basis = Text("핵심 결과 {total}개 중 {counted}개로 계산", "on {counted} of {total} key results")
        shown = "-" if self.value is None else str(round_half_up(self.value))
        return f"{shown} ({basis.fill(counted=self.counted, total=self.total)})"

    __repr__ = __str__


def progress(key_result: KeyResult) -> float | None:
    """Return how far a key result has moved from its baseline to its target.

    (current - baseline) / (target - baseline), the formula every published tool
    agrees on, for rising and falling measures alike.

    Returns:
        A fraction, not clamped: below 0 when things got worse, above 1 when
        overshot. None if nothing can be or has been measured.

    Example:
        >>> from okrkit.okr.reading import parse_key_result
        >>> progress(parse_key_result("이탈률 12% -> 6% (now 9%)"))
        0.5
    """
    measure = key_result.measure
    if measure is None or measure.current is None:
        return None
    return (measure.current - measure.baseline) / (measure.target - measure.baseline)


def score(okrs: KeyResult | Objective | Sequence[Objective]) -> Score:
    """Return the score of a key result, an objective, or several objectives.

    A key result scores its progress, clamped to 0-1. An objective scores the
    mean of its key results (Doerr, Measure What Matters), several objectives
    the mean of theirs. What has no score is left out, never counted as zero.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> score(parse_okrs('''
        ... O: 단골이 친구를 데려오는 카페가 된다
        ... KR: 재방문율 20% -> 35% (now 29%)
        ... KR: 앱을 출시한다
        ... '''))
        0.60 (핵심 결과 2개 중 1개로 계산)
    """
    if isinstance(okrs, KeyResult):
        moved = progress(okrs)
        value = None if moved is None else min(max(moved, 0.0), 1.0)
        return Score(value, counted=int(value is not None), total=1)
    if isinstance(okrs, str):
        what = Text("아직 읽지 않은 글입니다", "this is text that was not read yet")
        raise ContentError(
            Problem(what, Text("먼저 ok.parse_okrs로 읽으세요", "read it with ok.parse_okrs first"))
        )
    parts = okrs.key_results if isinstance(okrs, Objective) else okrs
    return _mean(score(part) for part in parts)


def round_half_up(value: float, digits: int = 2) -> Decimal:
    """Round as people do: 0.725 to 0.73, where Python's ``round`` gives 0.72.

    Args:
        value: Any finite number. Binary dust is taken off first, at the ninth decimal.
        digits: Decimals to keep, 0 or more.

    Example:
        >>> round_half_up(0.725), round_half_up(0.1 + 0.2, 1)
        (Decimal('0.73'), Decimal('0.3'))
    """
    return Decimal(str(round(value, 9))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _mean(scores: Iterable[Score]) -> Score:
    parts = list(scores)
    values = [part.value for part in parts if part.value is not None]
    mean = math.fsum(values) / len(values) if values else None
    return Score(mean, sum(part.counted for part in parts), sum(part.total for part in parts))
