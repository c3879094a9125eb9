"""The scores of OKRs as a report: for people, for programs, and as a table."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from okrkit.okr.bands import Scheme, band, scheme_of
from okrkit.okr.cycles import Cycle
from okrkit.okr.model import KeyResult, Kind, Metric, Objective, Okrs
from okrkit.okr.pacing import Pace, confidence, pace
from okrkit.okr.rows import guard
from okrkit.okr.scoring import (
    MEASURES,
    Score,
    child_ids,
    kind_of,
    progress_of,
    round_half_up,
    score,
    score_each,
)
from okrkit.text import Text

_HEALTH = Text("건강 지표", "health")
_COMMITTED = Text("약속형(1.0 기대)", "committed (1.0 expected)")
_PARTS = ("text", "kind", "progress", "score", "band", "pace", "confidence")


def to_report(okrs: Okrs, at: date | None = None, scheme: str = "google") -> dict[str, list[dict[str, Any]]]:
    """Return every score as plain data, in the shape that ``okrkit score --format json`` prints.

    Args:
        okrs: The objectives; pace needs their cycle, or that of the objective.
        at: Count check-ins, and what was done, up to this day only, and tell the pace on it;
            None for all that is known, and no pace.
        scheme: Name of the scheme the bands are of.

    Returns:
        Scores are fractions 0-1, progress is unclamped, confidence 0-10; what cannot be
        told is None.

    Raises:
        ContentError: If no scheme has this name, or a child objective does not exist.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> okrs = parse_okrs("O: a" + chr(10) + "KR: 재방문율 20% -> 35% (now 29%)")
        >>> to_report(okrs)["objectives"][0]["key_results"][0]["score"]
        0.6
    """
    asked = _asked(okrs, at, scheme)
    return {"objectives": [_objective(each, asked) for each in okrs]}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of each part: by which day, in which cycle and scheme, with which children.

    The children, by id, are stand-ins that hold nothing but their score: each was scored once.
    """

    at: date | None
    cycle: Cycle | None
    scheme: Scheme
    children: Mapping[str, Objective]

    def below(self, part: KeyResult | Objective) -> list[Objective]:
        return [self.children[name] for name in {*child_ids(part)} if name in self.children]

    def pace(self, key_result: KeyResult) -> Pace | None:
        if self.cycle is None or self.at is None:
            return None
        return pace(key_result, self.cycle, self.at, objectives=self.below(key_result))

    def within(self, objective: Objective) -> "_Asked":
        """Ask the same of an objective, in its own cycle if it has one."""
        return replace(self, cycle=objective.cycle or self.cycle)


def _asked(okrs: Okrs, at: date | None, scheme: str) -> _Asked:
    ids = {name for each in okrs for name in child_ids(each)}
    children = [each for each in okrs if each.id in ids]
    scores = score_each(children, at, children)
    alone = {each.id: _stand_in(each, scored) for each, scored in zip(children, scores, strict=True)}
    return _Asked(at, okrs.cycle, scheme_of(scheme), alone)


def _stand_in(objective: Objective, scored: Score) -> Objective:
    return Objective("", (KeyResult("", Metric(0, 1, scored.value)),), objective.id)


def _objective(objective: Objective, asked: _Asked) -> dict[str, Any]:
    value = score(objective, asked.at, asked.below(objective)).value
    rows = [_key_result(each, asked.within(objective)) for each in objective.key_results]
    return {"text": objective.text, "score": value, "band": _band(value, asked), "key_results": rows}


def _key_result(key_result: KeyResult, asked: _Asked) -> dict[str, Any]:
    value = score(key_result, asked.at, asked.below(key_result)).value
    kept = asked.pace(key_result)
    return {
        "text": key_result.text,
        "kind": MEASURES[type(key_result.measure)][0] if key_result.measure else None,
        "progress": progress_of(key_result, asked.at, asked.below(key_result)),
        "score": value,
        "band": _band(value, asked),
        "pace": kept.status if kept else None,
        "confidence": confidence(key_result, asked.at),
    }


def _band(value: float | None, asked: _Asked) -> str | None:
    found = band(value, asked.scheme)
    return found.name if found else None


def report_json(okrs: Okrs, at: date | None = None, scheme: str = "google") -> str:
    """Return the report as JSON."""
    return json.dumps(to_report(okrs, at, scheme), ensure_ascii=False, allow_nan=False, indent=2)


def report_csv(okrs: Okrs, at: date | None = None, scheme: str = "google") -> str:
    """Return the report as CSV, a row per key result; an objective without any has a row too."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("objective", "objective_score", "objective_band", "key_result", *_PARTS[1:]))
    for objective in to_report(okrs, at, scheme)["objectives"]:
        about = (guard(objective["text"]), objective["score"], objective["band"])
        for row in objective["key_results"] or [{"text": ""}]:
            table.writerow((*about, guard(row["text"]), *(row.get(part) for part in _PARTS[1:])))
    return out.getvalue().rstrip("\n")


def report_text(okrs: Okrs, at: date | None = None, scheme: str = "google") -> str:
    """Return the report as people read it, the owner's judgement beside the computed score.

    Of what is committed, by its own word or its objective's, it says that 1.0 is expected;
    whether that was a success is told at the end of a cycle, and not here.
    """
    asked, lines = _asked(okrs, at, scheme), list[str]()
    for objective in okrs:
        lines += [f"O: {_line(objective.text)}", f"   {_verdict(objective, asked)}"]
        for each in objective.key_results:
            lines += [
                f"   KR: {_line(each.text)}",
                f"       {' · '.join(_facts(each, kind_of(each, objective), asked.within(objective)))}",
            ]
        lines += [f"   {_HEALTH}: {_line(each.text)} - {_kept(each, at)}" for each in objective.health]
    if len(okrs) > 1:
        lines.append(str(Text("전체 점수 {score}", "Overall score {score}").fill(score=score(okrs, at))))
    return "\n".join(lines)


def _kept(health: KeyResult, at: date | None) -> Text:
    """Say of a health measure whether it held; it is shown, never scored."""
    value = score(health, at).value
    if value is None:
        return Text("아직 재지 않음", "not measured yet")
    return Text("지켜짐", "kept") if value >= 1 else Text("깨짐", "broken")


def _verdict(objective: Objective, asked: _Asked) -> str:
    found = score(objective, asked.at, asked.below(objective))
    parts = [str(Text("점수 {score}", "score {score}").fill(score=found)), *_label(found, asked)]
    parts += [str(_COMMITTED)] if objective.kind == "committed" else []
    if objective.judgement:
        said = Text("담당자 판정 {value} ({reason})", "the owner's judgement {value} ({reason})")
        value, reason = round_half_up(objective.judgement.score), _line(objective.judgement.reason)
        parts.append(str(said.fill(value=value, reason=reason)))
    return " · ".join(parts)


def _facts(key_result: KeyResult, kind: Kind, asked: _Asked) -> Iterator[str]:
    moved = progress_of(key_result, asked.at, asked.below(key_result))
    found, sure = score(key_result, asked.at, asked.below(key_result)), confidence(key_result, asked.at)
    kept = asked.pace(key_result)
    if key_result.measure is None:
        yield str(Text("재는 것이 없어 점수도 없음", "measures nothing, so it has no score"))
    else:
        yield str(MEASURES[type(key_result.measure)][1])
    if moved is not None:
        yield str(Text("진행률 {n}%", "progress {n}%").fill(n=round_half_up(moved * 100, 0)))
    elif key_result.measure is not None:
        yield str(Text("아직 재지 않음", "not measured yet"))
    if found.value is not None:
        yield str(Text("점수 {n}", "score {n}").fill(n=round_half_up(found.value)))
    yield from _label(found, asked)
    if kind == "committed":
        yield str(_COMMITTED)
    if kept:
        yield str(Text("속도 {kept}", "pace {kept}").fill(kept=kept.label))
    if sure is not None:
        yield str(Text("자신감 {n}/10", "confidence {n}/10").fill(n=f"{sure:g}"))


def _label(found: Score, asked: _Asked) -> list[str]:
    named = band(found.value, asked.scheme)
    return [str(named.label)] if named else []


def _line(text: str) -> str:
    """Return text on one line, without signs that would steer a console."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


REPORTS: dict[str, Callable[[Okrs, date | None, str], str]] = {
    "text": report_text,
    "json": report_json,
    "csv": report_csv,
}
"""The reports by the name of their format."""
