"""The OKR and BSC explorer, as the page sees it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.okr.model import KeyResult, Metric
from okrkit.okr.scoring import score, success
from okrkit.text import set_language
from okrkit.views.bsc_view import BscView, _what_if, explore_bsc


def move(view: BscView, **inputs: object) -> dict[str, Any]:
    """Send what the page would send; return what it is told to draw."""
    message = {"inputs": {name: str(value) for name, value in inputs.items()}, "serial": "page-1"}
    view._handle_custom_msg(message, [])
    return view.state


def verdicts(state: dict[str, Any]) -> list[str]:
    return [each["verdict"] for each in state["seen"]["cards"]]


@pytest.mark.parametrize(
    ("target", "result", "okr", "bsc", "together"),
    [
        (25, 30, "성공, 점수 1.0", "초록, 달성", "둘 다 이뤘다고 봅니다."),
        (30, 30, "성공, 점수 1.0", "초록, 달성", "둘 다 이뤘다고 봅니다."),
        (35, 29, "성공", "노랑, 미달", "같은 결과를 OKR은 성공, BSC는 미달이라고 봅니다."),
        (35, 28, "성공에 못 미침", "노랑, 미달", "둘 다 못 미쳤다고 봅니다."),
        (60, 30, "성공에 못 미침", "빨강, 미달", "둘 다 못 미쳤다고 봅니다."),
        (35, 15, "성공에 못 미침", "빨강, 미달", "둘 다 못 미쳤다고 봅니다."),
    ],
)
def test_the_same_result_is_concluded_on_both_ways(target, result, okr, bsc, together):
    state = move(explore_bsc(), target=target, result=result)
    assert verdicts(state) == [okr, bsc]
    assert state["seen"]["conclusion"].startswith(together)


def test_both_forms_show_their_own_number():
    rows = [
        {row["label"]: row["value"] for row in each["rows"]} for each in explore_bsc().state["seen"]["cards"]
    ]
    assert rows == [
        {"도전 목표값": "35%", "점수": "0.67"},
        {"지킬 목표값": "35%", "달성률": "66.7%"},
    ]


def test_the_other_way_to_reckon_is_named_as_common_teaching():
    assert (
        explore_bsc()
        .state["seen"]["cards"][1]["note"]
        .endswith("실적 ÷ 목표로 셈하는 회사에서는 85.7%라고 합니다(통설).")
    )


def test_the_slider_says_how_ambitious_a_target_is():
    view = explore_bsc()
    said = {target: move(view, target=target)["fields"][0]["said"] for target in (22, 26, 27, 40, 41)}
    modest, stretch, moonshot = (
        "낮은 목표: 하던 대로 해도 닿습니다",
        "도전적인 목표: 더 애써야 닿습니다",
        "문샷: 아직 방법을 모릅니다",
    )
    assert said == {22: modest, 26: modest, 27: stretch, 40: stretch, 41: moonshot}


@given(result=st.integers(21, 60))
def test_the_most_ambitious_target_it_names_is_one_that_would_have_done(result: int):
    (said,) = _what_if(result)
    most = float(said.ko.rpartition("이려면 ")[2].partition("%")[0])
    for target, expected in ((most, True), (most + 0.11, False)):
        value = score(KeyResult("", Metric(20, target, result))).value
        assert success(value, "aspirational") == expected


def test_without_a_gain_no_target_is_named():
    assert move(explore_bsc(), result=20)["seen"]["conclusion"] == (
        "둘 다 못 미쳤다고 봅니다. OKR은 무엇을 배웠는지, BSC는 어떻게 메울지 묻습니다."
    )


@pytest.mark.parametrize(
    ("inputs", "problem"),
    [
        ({"target": 20}, "목표값이 출발점 20%보다 높지 않습니다; 20보다 큰 수를 쓰세요"),
        ({"result": "-"}, "분기 말 결과에 쓸 수 있는 숫자가 없습니다; 30 같은 숫자를 쓰세요"),
    ],
)
def test_a_number_from_which_nothing_follows_is_explained(inputs, problem):
    state = move(explore_bsc(), **inputs)
    assert (state["problem"], state["seen"]) == (problem, None)


def test_the_picture_shows_success_above_and_the_light_below():
    picture = explore_bsc().state["seen"]["track"]
    assert picture["rows"] == ["OKR", "BSC"]
    assert (picture["zone"]["from"], picture["now"]["words"]) == (0.6, "현재 30%")
    assert [(each["from"], each["to"], each["words"]) for each in picture["bands"]] == [
        (0.0, 0.5, "빨강"),
        (0.5, 1.0, "노랑"),
        (1.0, 1.25, "초록"),
    ]
    assert picture["alt"] == (
        "진행률 눈금: 0은 기준값 20%, 1은 목표값 35%. 결과 30%는 0.67. OKR은 0.6부터 성공, BSC 신호등은 노랑."
    )


def test_no_way_is_called_right_and_sources_are_named():
    notes = " ".join(explore_bsc().state["notes"])
    assert "어느 쪽이 옳다는 뜻이 아닙니다" in notes
    assert [
        name for name in ("re:Work", "구글 OKR 플레이북", "통설", "Spider Impact") if name not in notes
    ] == []


def test_it_speaks_english_when_told():
    set_language("en")
    state = explore_bsc().state
    assert verdicts(state) == ["a success", "amber, missed"]
    assert {letter for letter in json.dumps(state, ensure_ascii=False) if "가" <= letter <= "힣"} == set(
        "통설"
    )


def test_its_repr_is_short_and_the_same_each_time():
    assert repr(explore_bsc()) == repr(explore_bsc())
    assert len(repr(explore_bsc())) < 40
