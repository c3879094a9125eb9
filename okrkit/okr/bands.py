"""Bands: the colours and words that published schemes give a score."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TypeVar

from okrkit.errors import ContentError, Problem
from okrkit.files import read_yaml
from okrkit.okr.scoring import must_be_a_score, round_half_up
from okrkit.text import Text

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of scores that bears one name.

    Args:
        name: As files and tables call it, such as ``"green"``.
        label: As people read it.
        floor: The lowest score in it, 0 to 1, once rounded by its scheme; a float is taken
            as it is written, 0.7 as seven tenths.

    Raises:
        ContentError: If the floor is no number from 0 to 1.
    """

    name: str
    label: Text
    floor: Decimal

    def __post_init__(self) -> None:
        must_be_a_score(self.floor)
        object.__setattr__(self, "floor", Decimal(str(self.floor)))


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to put scores into bands; one's own is just another value.

    Args:
        name: Its name.
        bands: From the lowest, whose floor is 0, upward.
        step: What a score is rounded to before it is compared, half up, above 0 and up to 1;
            None for not at all.
        source: Where it is published.

    Raises:
        ContentError: If the floors do not rise from 0, two bands share a name, or the
            step is not above 0.

    Example:
        >>> halves = Scheme("halves", (Band("low", Text("낮음", "low"), 0),
        ...     Band("high", Text("높음", "high"), 0.5)), None, "mine")
        >>> band(0.5, halves).name
        'high'
    """

    name: str
    bands: tuple[Band, ...]
    step: Decimal | None
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "bands", tuple(self.bands))
        floors, names = [each.floor for each in self.bands], {each.name for each in self.bands}
        if floors[:1] != [0] or floors != sorted(set(floors)) or len(names) < len(floors):
            what = Text(
                "'{name}'의 등급이 0에서 시작해 차례로 오르지 않거나 이름이 겹칩니다",
                "the bands of '{name}' do not rise from 0, or two share a name",
            )
            fix = Text(
                "가장 낮은 등급(floor 0)부터 서로 다른 이름으로 쓰세요",
                "write them from the lowest (floor 0) up, each with a name of its own",
            )
            raise ContentError(Problem(what.fill(name=self.name), fix))
        if self.step is None:
            return
        must_be_a_score(self.step)
        object.__setattr__(self, "step", Decimal(str(self.step)))
        if not self.step:
            what = Text("반올림 단위 {step}이(가) 0보다 크지 않습니다", "the step {step} is not above 0")
            fix = Text("0.1처럼 쓰거나 None으로 두세요", "write, say, 0.1, or None")
            raise ContentError(Problem(what.fill(step=self.step), fix))

    @property
    def edges(self) -> tuple[tuple[float, float], ...]:
        """From where to where each band goes: scores round up to its floor from half a step below."""
        floors = [float(min(max(self._edge(each.floor), Decimal(0)), Decimal(1))) for each in self.bands]
        return tuple(zip(floors, [*floors[1:], 1.0], strict=True))

    def _edge(self, floor: Decimal) -> Decimal:
        if self.step is None:
            return floor
        return (floor / self.step).to_integral_value(ROUND_CEILING) * self.step - self.step / 2


def band(value: float | None, scheme: str | Scheme = "google") -> Band | None:
    """Return the band a score falls into.

    The score is rounded half up to the scheme's step, in decimal, and only then
    compared: printed bands such as 0.0-0.3 and 0.4-0.6 say nothing of 0.35.

    Args:
        value: A score, 0 to 1; None if there is none.
        scheme: A name in ``schemes()``, or a scheme of one's own.

    Returns:
        The band; None for no score.

    Raises:
        ContentError: If no scheme has this name, or the value is no number from 0 to 1.

    Example:
        >>> band(0.65).name, band(0.65, "gitlab").name, band(0.64).name
        ('green', 'at_risk', 'yellow')
    """
    scheme = scheme_of(scheme)
    if value is None:
        return None
    must_be_a_score(value)
    rounded = round_half_up(value, 9)
    if scheme.step is not None:
        rounded = (rounded / scheme.step).quantize(Decimal(1), ROUND_HALF_UP) * scheme.step
    return next(each for each in reversed(scheme.bands) if rounded >= each.floor)


def scheme_of(scheme: str | Scheme) -> Scheme:
    """Return a scheme by its name, or the scheme that was passed; raises as ``look_up``."""
    return look_up(SCHEMES, scheme, Text("등급 체계", "scheme"))


def schemes() -> dict[str, Scheme]:
    """Return the published schemes by name.

    Example:
        >>> {name: scheme.edges for name, scheme in schemes().items()}["google"]
        ((0.0, 0.35), (0.35, 0.65), (0.65, 1.0))
    """
    return dict(SCHEMES)


def look_up(table: Mapping[str, Named], asked: str | Named, kind: Text) -> Named:
    """Return what bears a name in a table, or what was passed if it is one's own of its kind.

    Args:
        table: The known ones by name; not empty.
        asked: A name, or a value of the type that the table holds.
        kind: What the table holds, for the message.

    Raises:
        ContentError: If the table has no such name; it proposes the nearest, or all.
    """
    if isinstance(asked, str):
        if asked in table:
            return table[asked]
    elif isinstance(asked, type(next(iter(table.values())))):
        return asked
    what = Text("{kind} '{name}'이(가) 없습니다", "there is no {kind} '{name}'").fill(name=asked, kind=kind)
    near = difflib.get_close_matches(str(asked), table, n=1)
    meant = Text("'{near}'(으)로 쓰려던 것인가요?", "did you mean '{near}'?")
    fix = meant if near else Text("가능한 것: {near}", "allowed: {near}")
    raise ContentError(Problem(what, fix.fill(near=", ".join(near or table))))


SCHEMES: dict[str, Scheme] = {
    each.name: each for each in read_yaml(Path(__file__).with_name("schemes.yaml"), tuple[Scheme, ...]).value
}
"""The published schemes by name."""
