"""What the explorers share: controls to move, and a kernel that says what follows.

The page sends where its controls stand and draws what comes back; it computes
nothing about OKRs.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import anywidget
import traitlets

from okrkit.errors import ContentError, OkrkitError, Problem
from okrkit.okr.bands import Scheme
from okrkit.okr.model import KeyResult, Kind, Metric
from okrkit.okr.scoring import SUCCESS_FROM, progress_of, round_half_up, score
from okrkit.text import Text, language
from okrkit.views.pages import script, stylesheet

LOW, HIGH = -0.25, 1.25  # what the picture shows of the progress, so that falling back and overshooting show
_LARGEST = 1e9  # far from where a float's own limits would answer instead of the formula

_WORDS = {
    "reset": Text("처음 값으로", "Back to the start"),
    "silent": Text(
        "커널이 아직 응답하지 않습니다. 다른 셀을 실행하는 중이면 끝날 때까지 기다려 주세요.",
        "The kernel has not responded yet. If it is busy with another cell, please wait until that is done.",
    ),
    "gone": Text(
        "커널이 꺼졌거나 다시 시작되었습니다. 이 셀을 다시 실행하세요.",
        "The kernel was stopped or restarted. Run this cell again.",
    ),
}
_FORMULA = Text(
    "진행률 = ({c} − {b}) ÷ ({t} − {b}) = {gained} ÷ {way} {sign} {p}",
    "progress = ({c} − {b}) ÷ ({t} − {b}) = {gained} ÷ {way} {sign} {p}",
)
_MARKS = {
    "baseline": Text("기준값 {v}", "baseline {v}"),
    "target": Text("목표값 {v}", "target {v}"),
    "current": Text("현재 {v}", "now {v}"),
}
_SUCCESS = Text("{v}부터 성공", "success from {v}")
_UNEXPECTED = Text("뜻밖의 오류입니다: {error}", "Something unexpected went wrong: {error}")


@dataclass(frozen=True, slots=True)
class Slider:
    """A number to move.

    Args:
        label: What stands above it.
        low: Where the slider begins; a number typed beside it may lie outside.
        high: Where the slider ends.
        start: Where it stands at first.
        unit: What is counted; may be empty.
    """

    label: Text
    low: int
    high: int
    start: int
    unit: str | Text = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, to be chosen.

    Args:
        label: What stands above it.
        options: The choices, by the name the kernel knows them by; the first is chosen at first.
    """

    label: Text
    options: Mapping[str, Text]


Controls = Mapping[str, Slider | Choice]


class ExplorerView(anywidget.AnyWidget):
    """Controls, and what follows from where they stand.

    A view of its own says what its controls are and what it sees. It remembers nothing:
    made again, it stands where it began.
    """

    _esm = script("explorer")
    _css = stylesheet("explorer")
    state = traitlets.Dict().tag(sync=True)

    title: ClassVar[Text]
    legend: ClassVar[Text]
    notes: ClassVar[tuple[Text, ...]]
    controls: ClassVar[Controls]

    def __init__(self) -> None:
        self._inputs = {name: _start(control) for name, control in self.controls.items()}
        super().__init__(state=self._drawn(""))
        self.on_msg(self._take)

    def __repr__(self) -> str:
        """Name what is shown, the same in every run; the hash changes with any word or number of it."""
        shown = json.dumps({**self.state, "serial": ""}, ensure_ascii=False, sort_keys=True)
        return f"<{type(self).__name__}, {hashlib.sha256(shown.encode()).hexdigest()[:8]}>"

    def see(self, numbers: Mapping[str, float], chosen: Mapping[str, str]) -> dict[str, Any]:
        """Return what follows: ``formula``, ``track`` (or None), ``cards`` and ``conclusion``.

        Args:
            numbers: Where each slider stands.
            chosen: The option of each choice.

        Raises:
            ContentError: If nothing follows from them.
        """
        raise NotImplementedError

    def remark(self, name: str, number: float) -> Text | str:  # noqa: ARG002  (for those that have one)
        """Return what a slider's number means, such as the date of a day; empty if it speaks for itself."""
        return ""

    def _take(self, _: object, message: dict[str, Any], __: object) -> None:
        told = message if isinstance(message, dict) else {}
        inputs = told.get("inputs")
        if isinstance(inputs, dict):
            self._inputs = {name: str(inputs.get(name, old)) for name, old in self._inputs.items()}
        self.state = self._drawn(str(told.get("serial", "")))

    def _drawn(self, serial: str) -> dict[str, Any]:
        """Return all the page needs to draw itself; an error is shown where the learner looks."""
        seen, problem = None, ""
        try:
            seen = self.see(*self._read())
        except OkrkitError as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001  (a callback's exception would vanish in a log)
            problem = str(_UNEXPECTED.fill(error=f"{type(error).__name__}: {error}"))
        return {
            "lang": language(),
            "words": {name: str(text) for name, text in _WORDS.items()},
            "title": str(self.title),
            "legend": str(self.legend),
            "notes": [str(note) for note in self.notes],
            "fields": [self._field(name, control) for name, control in self.controls.items()],
            "seen": seen,
            "problem": problem,
            "serial": serial,
        }

    def _read(self) -> tuple[dict[str, float], dict[str, str]]:
        numbers, chosen = {}, {}
        for name, control in self.controls.items():
            if isinstance(control, Slider):
                numbers[name] = _number(control, self._inputs[name])
            else:
                chosen[name] = _option(control, self._inputs[name])
        return numbers, chosen

    def _field(self, name: str, control: Slider | Choice) -> dict[str, Any]:
        value = self._inputs[name]
        common = {"name": name, "label": str(control.label), "value": value, "start": _start(control)}
        if isinstance(control, Choice):
            options = [{"value": key, "text": str(text)} for key, text in control.options.items()]
            return {**common, "options": options}
        try:
            said = str(self.remark(name, _number(control, value)))
        except OkrkitError:
            said = ""  # the problem itself is shown where the results would be
        bounds = {"low": control.low, "high": control.high, "step": 1, "unit": str(control.unit)}
        return {**common, **bounds, "said": said}


def measured(metric: Metric) -> tuple[KeyResult, float, float]:
    """Return a key result of a metric with a current value, its progress and its score."""
    key_result = KeyResult("", metric)
    return key_result, progress_of(key_result) or 0.0, score(key_result).value or 0.0


def worked(metric: Metric, moved: float) -> Text:
    """Return the formula of progress with a metric's own numbers filled in.

    Args:
        metric: One with a current value.
        moved: Its progress.
    """
    current = metric.current or 0.0
    return _FORMULA.fill(
        c=plain(current),
        b=bracketed(metric.baseline),
        t=plain(metric.target),
        gained=plain(current - metric.baseline),
        way=bracketed(metric.target - metric.baseline),
        sign="=" if round(moved, 9) == float(round_half_up(moved)) else "≈",
        p=two(moved),
    )


def track(metric: Metric, moved: float) -> dict[str, Any]:
    """Return the picture's scale and three values, placed by progress: what falls runs to the right too."""
    words = {
        name: str(text.fill(v=f"{plain(getattr(metric, name))}{metric.unit}"))
        for name, text in _MARKS.items()
    }
    beyond = "◀ " if moved < LOW else "▶ " if moved > HIGH else ""
    return {
        "low": LOW,
        "high": HIGH,
        "rows": [],
        "ends": [{"at": 0, "words": words["baseline"]}, {"at": 1, "words": words["target"]}],
        "now": {"at": moved, "words": beyond + words["current"]},
    }


def zone(kind: Kind) -> dict[str, Any]:
    """Return the part of the picture that counts as a success for a kind of goal."""
    words = _SUCCESS.fill(v=success_from(kind))
    return {"from": SUCCESS_FROM[kind], "to": HIGH, "words": str(words)}


def success_from(kind: Kind) -> str:
    """Write the score from which a goal of a kind succeeds."""
    return f"{SUCCESS_FROM[kind]:.1f}"


def segments(scheme: Scheme) -> list[dict[str, Any]]:
    """Return where each band lies in the picture; the highest goes on to its end."""
    starts = [low for low, _ in scheme.edges]
    return [
        {"from": low, "to": high, "words": str(each.label), "tone": tone(place, scheme)}
        for place, (each, low, high) in enumerate(zip(scheme.bands, starts, [*starts[1:], HIGH], strict=True))
    ]


def tone(place: int, scheme: Scheme) -> str:
    """Return the tone of a scheme's band, counted from the lowest."""
    return "good" if place == len(scheme.bands) - 1 else "middle" if place else "bad"


def two(value: float) -> str:
    """Write a score with two decimals, never as minus zero."""
    return str(round_half_up(value) + 0).replace("-", "−")


def plain(number: float) -> str:
    """Write a number as people do: 29, 0.5, −4; at most six decimals, and a true minus sign."""
    return f"{round(number, 6) + 0:.15g}".replace("-", "−")


def bracketed(number: float) -> str:
    """Write a number for the middle of a formula: a negative one stands in brackets."""
    return f"({plain(number)})" if number < 0 else plain(number)


def card(
    title: Text,
    tone: str = "",
    verdict: Text | str = "",
    rows: Mapping[Text, str] | None = None,
    note: Text | str = "",
) -> dict[str, Any]:
    """Return one finding for the page.

    Args:
        title: What it is about.
        tone: ``good``, ``middle`` or ``bad``, which gives it a colour and a sign; empty for neither.
        verdict: The finding in a word; may be empty.
        rows: Names and their values.
        note: The reason; may be empty.
    """
    lines = [{"label": str(label), "value": value} for label, value in (rows or {}).items()]
    return {"title": str(title), "tone": tone, "verdict": str(verdict), "rows": lines, "note": str(note)}


def _start(control: Slider | Choice) -> str:
    return str(control.start) if isinstance(control, Slider) else next(iter(control.options))


def _number(control: Slider, raw: str) -> float:
    try:
        number = float(raw)
    except ValueError:
        number = float("nan")
    if abs(number) <= _LARGEST:
        return number
    what = Text("{label}에 쓸 수 있는 숫자가 없습니다", "{label}: this is no number to work with")
    fix = Text("{n} 같은 숫자를 쓰세요", "write a number such as {n}").fill(n=control.start)
    raise ContentError(Problem(what.fill(label=control.label), fix))


def _option(control: Choice, raw: str) -> str:
    if raw in control.options:
        return raw
    what = Text("{label}에 '{raw}'은(는) 없습니다", "{label}: there is no '{raw}'")
    fix = Text("{names} 가운데 고르세요", "choose one of {names}").fill(names=", ".join(control.options))
    raise ContentError(Problem(what.fill(label=control.label, raw=raw), fix))
