"""The OKR and BSC explorer: one goal in both forms, and what each would conclude."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from okrkit.errors import ContentError, Problem
from okrkit.okr.bands import Band, Scheme, band
from okrkit.okr.bsc import ScorecardMeasure, achievement
from okrkit.okr.model import Metric
from okrkit.okr.scoring import SUCCESS_FROM, round_half_up, success
from okrkit.text import Text
from okrkit.views.explorer import (
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

_BASELINE = 20.0  # the share of guests who come again; the example of the lessons
_AS_EVER, _FAR = 26, 40  # where the café ends without trying harder, and what nobody there has done yet

# BSC tools set lights measure by measure: Spider Impact by a goal and a red flag, BSC Designer by
# stop-lights. Half way to the target is this example's own red flag.
_LIGHTS = Scheme(
    "lights",
    (
        Band("red", Text("빨강", "red"), Decimal(0)),
        Band("amber", Text("노랑", "amber"), Decimal("0.5")),
        Band("green", Text("초록", "green"), Decimal(1)),
    ),
    step=None,
    source="Spider Impact, support.spiderstrategies.com 360041553391 (goal and red flag); its place is ours",
)
_AMBITIONS = (
    (_AS_EVER, Text("낮은 목표: 하던 대로 해도 닿습니다", "modest: as ever will do")),
    (_FAR, Text("도전적인 목표: 더 애써야 닿습니다", "a stretch: takes more than that")),
    (math.inf, Text("문샷: 아직 방법을 모릅니다", "a moonshot: nobody knows how yet")),
)
_OKR = {
    "full": (
        Text("성공, 점수 1.0", "a success at 1.0"),
        Text(
            "다 이뤘습니다. 도전형이 늘 이렇게 끝난다면 목표가 너무 쉬웠던 것입니다.",
            "All of it. If stretch goals always end so, they were too easy.",
        ),
    ),
    "met": (
        Text("성공", "a success"),
        Text(
            "다 이루지 못했어도 도전형은 {floor}부터 성공입니다.",
            "Not all of it, but a stretch goal succeeds from {floor}.",
        ),
    ),
    "short": (
        Text("성공에 못 미침", "short of success"),
        Text(
            "{floor}에 못 미칩니다. 무엇을 배웠는지 적고 다음 분기에 다시 겨눕니다.",
            "Below {floor}. Write down what was learnt, and aim again next quarter.",
        ),
    ),
}
_BSC = {
    "green": Text("약속한 목표값을 지켰습니다.", "The target was met, as agreed."),
    "amber": Text(
        "목표값에 못 미쳤습니다. 모자란 까닭을 설명합니다.", "The target was missed; the gap is explained."
    ),
    "red": Text("경고선에도 못 미쳤습니다. 조치를 정합니다.", "Below the red flag; measures are taken."),
}
_TOGETHER = {
    "full": Text(
        "둘 다 이뤘다고 봅니다. BSC는 지킨 약속으로 여기고, OKR은 목표가 쉬웠던 것은 아닌지 묻습니다.",
        "Both say it was reached. To the BSC a promise was kept; the OKR asks whether the goal was too easy.",
    ),
    "met": Text(
        "같은 결과를 OKR은 성공, BSC는 미달이라고 봅니다. OKR은 얼마나 멀리 갔는지, BSC는 약속한 값을 "
        "지켰는지 묻기 때문입니다.",
        "One result: to the OKR a success, to the BSC a miss. The OKR asks how far one came, the BSC whether "
        "the agreed value was met.",
    ),
    "short": Text(
        "둘 다 못 미쳤다고 봅니다. OKR은 무엇을 배웠는지, BSC는 어떻게 메울지 묻습니다.",
        "Both say it fell short. The OKR asks what was learnt, the BSC how the gap will be closed.",
    ),
}
_WHAT_IF = Text(
    "이 결과로 BSC가 초록이려면 목표값이 {bsc}% 이하, OKR이 성공이려면 {okr}% 이하였어야 합니다.",
    "With this result the BSC is green for a target up to {bsc}%, the OKR a success for one up to {okr}%.",
)
_ALT = Text(
    "진행률 눈금: 0은 기준값 {b}%, 1은 목표값 {t}%. 결과 {c}%는 {p}. "
    "OKR은 {floor}부터 성공, BSC 신호등은 {light}.",
    "Scale of progress: 0 is the baseline {b}%, 1 the target {t}%. The result {c}% is at {p}. "
    "The OKR succeeds from {floor}; the BSC's light is {light}.",
)
_RATIO = Text(
    "실적 ÷ 목표로 셈하는 회사에서는 {n}%라고 합니다(통설).",
    "Firms that divide result by target call it {n}% (common teaching).",
)


class BscView(ExplorerView):
    """One goal as an OKR and as a scorecard measure; its ambition and its result to move."""

    title = Text("같은 목표, OKR과 BSC", "One goal, as an OKR and in a BSC")
    legend = Text(
        "재방문율을 20%에서 올립니다. 하던 대로 하면 26%쯤 됩니다.",
        "Raise the return rate from 20%. Carrying on as ever leads to about 26%.",
    )
    notes = (
        Text(
            "어느 쪽이 옳다는 뜻이 아닙니다. 약속형(committed) OKR에는 1.0을 기대하므로 BSC와 결론이 "
            "가까워집니다(구글 OKR 플레이북).",
            "Neither is called right. A committed OKR is expected to reach 1.0, and so comes close to the "
            "BSC (Google OKR playbook).",
        ),
        Text(
            "0.6–0.7이면 성공: re:Work(2차)와 카드의 60–70%. BSC의 목표값은 지킬 값이라는 대비: 통설.",
            "Success at 0.6–0.7: re:Work (secondary); the card's 60–70%. That BSC targets are to be met: "
            "common teaching (통설).",
        ),
        Text(
            "신호등은 지표마다 회사가 정합니다(BSC Designer, Spider Impact). 여기서는 중간을 경고선으로 "
            "삼았고, 낮음·도전·문샷의 경계 26%와 40%도 이 예시의 것입니다.",
            "Each firm sets the lights of each measure (BSC Designer, Spider Impact). Half way as red flag, "
            "and 26% and 40% as bounds of modest, stretch and moonshot, are this example's own.",
        ),
    )
    controls: ClassVar[Controls] = {
        "target": Slider(Text("목표값(낮게 ↔ 아주 높게)", "Target (modest to moonshot)"), 22, 60, 35, "%"),
        "result": Slider(Text("분기 말 결과", "Result at the end"), 10, 60, 30, "%"),
    }

    def remark(self, name: str, number: float) -> Text | str:
        """Return how ambitious a target is."""
        return next(words for most, words in _AMBITIONS if number <= most) if name == "target" else ""

    def see(self, numbers: Mapping[str, float], chosen: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG002
        """Return what both would conclude from this target and this result."""
        target, result = numbers["target"], numbers["result"]
        if target <= _BASELINE:
            what = Text("목표값이 출발점 {n}%보다 높지 않습니다", "the target is not above the start, {n}%")
            fix = Text("{n}보다 큰 수를 쓰세요", "write one above {n}")
            raise ContentError(Problem(what.fill(n=plain(_BASELINE)), fix.fill(n=plain(_BASELINE))))
        metric = Metric(_BASELINE, target, result, "%")
        _, moved, value = measured(metric)
        outcome = "full" if value == 1 else "met" if success(value, "aspirational") else "short"
        return {
            "formula": str(worked(metric, moved)),
            "track": _track(metric, moved, _light(metric)),
            "cards": [_okr_card(target, value, outcome), _bsc_card(metric, _light(metric))],
            "conclusion": " ".join(str(each) for each in (_TOGETHER[outcome], *_what_if(result))),
        }


def explore_bsc() -> BscView:
    """Show one goal as an OKR and as a scorecard measure, and what each concludes as its numbers move."""
    return BscView()


def _achieved(metric: Metric) -> float:
    measure = ScorecardMeasure("", metric.baseline, metric.target, metric.current, metric.unit)
    return achievement(measure).value or 0.0


def _light(metric: Metric) -> Band:
    found = band(_achieved(metric), _LIGHTS)
    return found or _LIGHTS.bands[0]


def _track(metric: Metric, moved: float, light: Band) -> dict[str, Any]:
    alt = _ALT.fill(
        b=plain(metric.baseline),
        t=plain(metric.target),
        c=plain(metric.current or 0.0),
        p=two(moved),
        floor=success_from("aspirational"),
        light=light.label,
    )
    return {
        **track(metric, moved),
        "rows": ["OKR", "BSC"],
        "zone": zone("aspirational"),
        "bands": segments(_LIGHTS),
        "alt": str(alt),
    }


def _okr_card(target: float, value: float, outcome: str) -> dict[str, Any]:
    verdict, note = _OKR[outcome]
    rows = {Text("도전 목표값", "stretch target"): f"{plain(target)}%", Text("점수", "score"): two(value)}
    sign = "bad" if outcome == "short" else "good"
    return card(
        Text("OKR로 보면", "As an OKR"), sign, verdict, rows, note.fill(floor=success_from("aspirational"))
    )


def _bsc_card(metric: Metric, light: Band) -> dict[str, Any]:
    rows = {
        Text("지킬 목표값", "target to be met"): f"{plain(metric.target)}%",
        Text("달성률", "achievement"): f"{round_half_up(_achieved(metric) * 100, 1)}%",
    }
    ratio = round_half_up((metric.current or 0.0) / metric.target * 100, 1)
    met = Text("달성", "met") if light.name == "green" else Text("미달", "missed")
    verdict = Text("{light}, {met}", "{light}, {met}").fill(light=light.label, met=met)
    note = f"{_BSC[light.name]} {_RATIO.fill(n=ratio)}"
    return card(
        Text("BSC로 보면", "As a BSC measure"), tone(_LIGHTS.bands.index(light), _LIGHTS), verdict, rows, note
    )


def _what_if(result: float) -> list[Text]:
    """Tell the most ambitious target with which each would have been content with this result."""
    if result <= _BASELINE:
        return []
    most = _BASELINE + (result - _BASELINE) / SUCCESS_FROM["aspirational"]
    # Rounded down, so that the target named is one that does.
    return [_WHAT_IF.fill(bsc=plain(result), okr=plain(math.floor(round(most * 10, 6)) / 10))]
