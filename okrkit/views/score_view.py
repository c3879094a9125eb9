"""The score explorer: move a key result, and see what its numbers make of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, cast

from okrkit.errors import ContentError, Problem
from okrkit.okr.bands import SCHEMES, Scheme, band
from okrkit.okr.cycles import quarter
from okrkit.okr.model import Kind, Metric
from okrkit.okr.pacing import Pace, pace
from okrkit.okr.scoring import success
from okrkit.text import Text
from okrkit.views.explorer import (
    Choice,
    Controls,
    ExplorerView,
    Slider,
    card,
    measured,
    plain,
    segments,
    success_from,
    tone,
    track,
    two,
    worked,
    zone,
)

_CYCLE = quarter(2026, 1)  # any quarter would do; a fixed one shows the same today and tomorrow
_DAYS = (_CYCLE.end - _CYCLE.start).days + 1

_DATE = Text("{m}월 {d}일", "{name} {d}")
_MONTHS = ("January", "February", "March")
_CLAMPED = Text("\n점수 = 진행률을 0에서 1 사이로 자른 값 = {s}", "\nscore = progress cut to 0–1 = {s}")
_ALT = Text(
    "진행률 눈금: 0은 기준값 {baseline}, 1은 목표값 {target}. 현재 {current}의 진행률은 {p}, "
    "성공은 {floor}부터, 기대 진행률은 {e}.",
    "Scale of progress: 0 is the baseline {baseline}, 1 the target {target}. Now {current}, at {p}; "
    "success from {floor}; expected by now {e}.",
)
_EXPECTED = Text("기대 {v}", "expected {v}")
_REASONS: dict[tuple[Kind, bool], Text] = {
    ("aspirational", True): Text(
        "도전형은 {floor}부터 성공으로 봅니다. re:Work가 알맞다고 한 0.6–0.7이 시작하는 곳입니다.",
        "An aspirational goal succeeds from {floor}, where re:Work's sweet spot of 0.6–0.7 begins.",
    ),
    ("aspirational", False): Text(
        "도전형은 {floor}부터 성공으로 보는데, 아직 못 미칩니다.",
        "An aspirational goal succeeds from {floor}; this is still below.",
    ),
    ("committed", True): Text(
        "약속형에는 {floor}을 기대하고, 그만큼 해냈습니다.",
        "A committed goal is expected to reach {floor}, and this did.",
    ),
    ("committed", False): Text(
        "약속형에는 {floor}을 기대합니다. 못 미치면 까닭을 밝혀야 합니다.",
        "A committed goal is expected to reach {floor}; less wants an explanation.",
    ),
}
_CONCLUSION = Text(
    "점수 {s}, 등급 {band}, 성공 여부 {met}, 페이스 {pace}.",
    "Score {s}, band {band}, success {met}, pace {pace}.",
)
_YES, _NO, _NONE = Text("예", "yes"), Text("아니요", "no"), Text("없음", "none")
_WORSE = Text(
    "기준값보다 나빠졌습니다. 진행률은 음수 그대로 남고 점수는 0입니다.",
    "It is worse than at the start: progress keeps its minus, the score is 0.",
)
_OVER = Text(
    "목표값을 넘어섰습니다. 진행률은 그대로 남고 점수는 1입니다.",
    "It went beyond the target: progress keeps that, the score is 1.",
)
_EASY = Text(
    "도전형이 늘 1.0으로 끝난다면 목표가 너무 쉬웠던 것입니다.",
    "If stretch goals always end at 1.0, they were too easy.",
)
_DIFFER = Text(
    "등급과 성공 여부는 서로 다른 잣대여서 이렇게 엇갈리기도 합니다.",
    "Band and success are two scales, and here they disagree.",
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the kernel makes of where the controls stand."""

    metric: Metric
    kind: Kind
    scheme: Scheme
    at: date
    moved: float
    value: float
    pace: Pace | None

    @property
    def met(self) -> bool:
        return bool(success(self.value, self.kind))

    @property
    def place(self) -> int:
        """Which band of the scheme it is, counted from the lowest."""
        return self.scheme.bands.index(cast("Any", band(self.value, self.scheme)))

    @property
    def remarks(self) -> list[Text]:
        beyond = [_WORSE] if self.moved < 0 else [_OVER] if self.moved > 1 else []
        return beyond + ([_EASY] if self.value == 1 and self.kind == "aspirational" else [])


class ScoreView(ExplorerView):
    """Baseline, target, current value and date to move; progress, score, band, success and pace to watch."""

    title = Text("점수 탐색기", "Score explorer")
    legend = Text("재방문율을 올리는 핵심 결과", "A key result: raise the return rate")
    notes = (
        Text(
            "성공: re:Work(2차)와 구글 OKR 플레이북(whatmatters.com). 등급: 고른 체계가 공개한 표.",
            "Success: re:Work (secondary), Google OKR playbook (whatmatters.com). Bands: as printed.",
        ),
        Text(
            "페이스: 지난 시간만큼 나아가기를 기대하는 Viva Goals의 규칙(support.microsoft.com).",
            "Pace: by Viva Goals' rule, which expects progress in step with time (support.microsoft.com).",
        ),
    )
    controls: ClassVar[Controls] = {
        "baseline": Slider(Text("기준값", "Baseline"), 0, 60, 20, "%"),
        "target": Slider(Text("목표값", "Target"), 0, 60, 35, "%"),
        "current": Slider(Text("현재값", "Current value"), 0, 60, 29, "%"),
        "day": Slider(Text("날짜(분기의 며칠째)", "Date (day of the quarter)"), 1, _DAYS, 45),
        "kind": Choice(
            Text("목표의 성격", "Kind of goal"),
            {
                "aspirational": Text("도전형(aspirational)", "aspirational (a stretch)"),
                "committed": Text("약속형(committed)", "committed (a promise)"),
            },
        ),
        "scheme": Choice(Text("등급 체계", "Band scheme"), {name: Text(name, name) for name in SCHEMES}),
    }

    def remark(self, name: str, number: float) -> Text | str:
        """Return the date of a day of the quarter."""
        return _dated(_day(number)) if name == "day" else ""

    def see(self, numbers: Mapping[str, float], chosen: Mapping[str, str]) -> dict[str, Any]:
        """Return the formula with these numbers, and all that follows from them."""
        metric = Metric(numbers["baseline"], numbers["target"], numbers["current"], "%")
        at = _day(numbers["day"])
        key_result, moved, value = measured(metric)
        found = _Found(
            metric,
            cast("Kind", chosen["kind"]),
            SCHEMES[chosen["scheme"]],
            at,
            moved,
            value,
            pace(key_result, _CYCLE, at),
        )
        return {
            "formula": _formula(found),
            "track": _track(found),
            "cards": [_score_card(found), _band_card(found), _success_card(found), _pace_card(found)],
            "conclusion": _conclusion(found),
        }


def explore_score() -> ScoreView:
    """Show a key result whose numbers can be moved, and the score, band, success and pace that follow."""
    return ScoreView()


def _day(number: float) -> date:
    if number == int(number) and 1 <= number <= _DAYS:
        return _CYCLE.start + timedelta(days=int(number) - 1)
    what = Text("{n}은(는) 이 분기의 며칠째가 될 수 없습니다", "{n} is no day of this quarter")
    fix = Text("1부터 {n}까지의 정수로 쓰세요", "write a whole number from 1 to {n}").fill(n=_DAYS)
    raise ContentError(Problem(what.fill(n=plain(number)), fix))


def _dated(day: date) -> Text:
    return _DATE.fill(m=day.month, d=day.day, name=_MONTHS[day.month - 1])


def _formula(found: _Found) -> str:
    clamped = _CLAMPED.fill(s=two(found.value)) if found.value != found.moved else ""
    return f"{worked(found.metric, found.moved)}{clamped}"


def _track(found: _Found) -> dict[str, Any]:
    due = found.pace.expected if found.pace else 0.0
    ends = {name: f"{plain(getattr(found.metric, name))}%" for name in ("baseline", "target", "current")}
    return {
        **track(found.metric, found.moved),
        "zone": zone(found.kind),
        "bands": segments(found.scheme),
        "pace": {"at": due, "words": str(_EXPECTED.fill(v=two(due)))},
        "alt": str(_ALT.fill(**ends, p=two(found.moved), floor=success_from(found.kind), e=two(due))),
    }


def _score_card(found: _Found) -> dict[str, Any]:
    rows = {Text("진행률", "progress"): two(found.moved), Text("점수", "score"): two(found.value)}
    return card(Text("점수", "Score"), rows=rows, note=" ".join(str(each) for each in found.remarks))


def _band_card(found: _Found) -> dict[str, Any]:
    scheme = found.scheme
    rounded = Text("{step} 단위로 반올림한 뒤에 봅니다.", "Rounded to {step} first.").fill(step=scheme.step)
    note = rounded if scheme.step else Text("반올림하지 않고 봅니다.", "Not rounded first.")
    title = Text("등급 ({name})", "Band ({name})").fill(name=scheme.name)
    return card(title, tone(found.place, scheme), scheme.bands[found.place].label, note=note)


def _success_card(found: _Found) -> dict[str, Any]:
    reason = _REASONS[found.kind, found.met].fill(floor=success_from(found.kind))
    title = Text("성공인가?", "A success?")
    return card(title, "good" if found.met else "bad", _YES if found.met else _NO, note=reason)


def _pace_card(found: _Found) -> dict[str, Any]:
    title, paced = Text("페이스", "Pace"), found.pace
    if paced is None:
        return card(title, verdict=_NONE)
    note = Text("{day}까지 지난 시간만큼 나아갔는지 봅니다.", "Is it as far on as the time up to {day}?")
    rows = {
        Text("기대 진행률", "expected"): two(paced.expected),
        Text("실제 진행률", "actual"): two(found.moved),
    }
    sign = "good" if paced.status == "on_track" else "bad"
    return card(title, sign, paced.label, rows, note.fill(day=_dated(found.at)))


def _conclusion(found: _Found) -> str:
    top = found.place == len(found.scheme.bands) - 1
    said = _CONCLUSION.fill(
        s=two(found.value),
        band=found.scheme.bands[found.place].label,
        met=_YES if found.met else _NO,
        pace=found.pace.label if found.pace else _NONE,
    )
    differ = [_DIFFER] if found.met != top else []
    return " ".join(str(each) for each in (said, *found.remarks, *differ))
