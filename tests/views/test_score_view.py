"""The score explorer, as the page sees it."""

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ipywidgets.widgets.widget import _instances

from okrkit.okr.bands import SCHEMES, band
from okrkit.okr.model import KeyResult, Metric
from okrkit.okr.scoring import progress_of, score
from okrkit.text import set_language
from okrkit.views import explorer, score_view
from okrkit.views.score_view import ScoreView, explore_score


def move(view: ScoreView, **inputs: object) -> dict[str, Any]:
    """Send what the page would send; return what it is told to draw."""
    message = {"inputs": {name: str(value) for name, value in inputs.items()}, "serial": "page-1"}
    view._handle_custom_msg(message, [])
    return view.state


def cards(state: dict[str, Any]) -> dict[str, str]:
    return {each["title"]: each["verdict"] for each in state["seen"]["cards"]}


def test_it_begins_with_the_example_of_the_lessons():
    state = explore_score().state
    assert state["seen"]["formula"] == "진행률 = (29 − 20) ÷ (35 − 20) = 9 ÷ 15 = 0.60"
    assert cards(state) == {"점수": "", "등급 (google)": "노랑", "성공인가?": "예", "페이스": "순조"}
    assert state["seen"]["conclusion"] == (
        "점수 0.60, 등급 노랑, 성공 여부 예, 페이스 순조. 등급과 성공 여부는 서로 다른 잣대여서 이렇게 엇갈리기도 합니다."
    )
    assert state["problem"] == ""


@pytest.mark.parametrize(
    ("baseline", "target", "current", "formula"),
    [
        (12, 6, 9, "진행률 = (9 − 12) ÷ (6 − 12) = −3 ÷ (−6) = 0.50"),
        (-3, 2, 0, "진행률 = (0 − (−3)) ÷ (2 − (−3)) = 3 ÷ 5 = 0.60"),
        (20, 35, 30, "진행률 = (30 − 20) ÷ (35 − 20) = 10 ÷ 15 ≈ 0.67"),
        (0.1, 0.4, 0.3, "진행률 = (0.3 − 0.1) ÷ (0.4 − 0.1) = 0.2 ÷ 0.3 ≈ 0.67"),
        (20, 35, 38, "진행률 = (38 − 20) ÷ (35 − 20) = 18 ÷ 15 = 1.20\n점수 = 진행률을 0에서 1 사이로 자른 값 = 1.00"),
        (20, 35, 17, "진행률 = (17 − 20) ÷ (35 − 20) = −3 ÷ 15 = −0.20\n점수 = 진행률을 0에서 1 사이로 자른 값 = 0.00"),
    ],
)  # fmt: skip
def test_the_formula_is_filled_in_with_the_very_numbers(baseline, target, current, formula):
    assert (
        move(explore_score(), baseline=baseline, target=target, current=current)["seen"]["formula"] == formula
    )


def test_success_gives_its_reason_for_both_kinds_of_goal():
    view = explore_score()
    reasons = {}
    for kind in ("aspirational", "committed"):
        card = move(view, kind=kind, current=33.5)["seen"]["cards"][2]
        reasons[kind] = (card["verdict"], card["tone"], card["note"])
    assert reasons == {
        "aspirational": ("예", "good", "도전형은 0.6부터 성공으로 봅니다. re:Work가 알맞다고 한 0.6–0.7이 시작하는 곳입니다."),
        "committed": ("아니요", "bad", "약속형에는 1.0을 기대합니다. 못 미치면 까닭을 밝혀야 합니다."),
    }  # fmt: skip


def test_pace_moves_with_the_date():
    view = explore_score()
    paces = {}
    for day in (1, 54, 55, 90):
        state = move(view, day=day)
        rows = state["seen"]["cards"][3]["rows"]
        paces[state["fields"][3]["said"]] = (state["seen"]["cards"][3]["verdict"], rows[0]["value"])
    assert paces == {
        "1월 1일": ("순조", "0.01"),
        "2월 23일": ("순조", "0.60"),
        "2월 24일": ("뒤처짐", "0.61"),
        "3월 31일": ("뒤처짐", "1.00"),
    }


def test_the_picture_shows_each_value_where_it_is():
    picture = move(explore_score(), kind="committed", scheme="gitlab")["seen"]["track"]
    assert picture["now"] == {"at": 0.6, "words": "현재 29%"}
    assert picture["pace"] == {"at": 0.5, "words": "기대 0.50"}
    assert picture["zone"] == {"from": 1.0, "to": 1.25, "words": "1.0부터 성공"}
    assert [(each["words"], each["from"], each["to"]) for each in picture["bands"]] == [
        ("위험", 0.0, 0.695),
        ("목표 미달", 0.695, 0.845),
        ("목표 수준", 0.845, 1.25),
    ]
    assert picture["alt"] == (
        "진행률 눈금: 0은 기준값 20%, 1은 목표값 35%. 현재 29%의 진행률은 0.60, 성공은 1.0부터, 기대 진행률은 0.50."
    )


@pytest.mark.parametrize("scheme", SCHEMES)
@given(value=st.floats(0, 1))
def test_each_band_is_drawn_where_scores_fall_into_it(scheme: str, value: float):
    # Rounding half up puts each boundary's own score into the upper band, binary dust aside.
    drawn = [each for each in explorer.segments(SCHEMES[scheme]) if round(value, 9) >= each["from"]]
    assert drawn[-1]["words"] == str(band(value, scheme).label)


@given(baseline=st.integers(-99, 99), target=st.integers(-99, 99), current=st.integers(-99, 99))
def test_the_view_says_what_the_package_says(baseline: int, target: int, current: int):
    assume(baseline != target)
    key_result = KeyResult("", Metric(baseline, target, current))
    state = move(SHARED, baseline=baseline, target=target, current=current)
    rows = [row["value"].replace("−", "-") for row in state["seen"]["cards"][0]["rows"]]
    assert rows == [
        score_view.two(progress_of(key_result)).replace("−", "-"),
        score_view.two(score(key_result).value),
    ]


SHARED = explore_score()


@pytest.mark.parametrize(
    ("inputs", "problem"),
    [
        ({"target": 20}, "기준값과 목표값이 20%로 같아 진행률을 셈할 수 없습니다; 바꾸려는 값을 목표값으로 쓰세요"),
        ({"current": ""}, "현재값에 쓸 수 있는 숫자가 없습니다; 29 같은 숫자를 쓰세요"),
        ({"current": "nan"}, "현재값에 쓸 수 있는 숫자가 없습니다; 29 같은 숫자를 쓰세요"),
        ({"current": "1e10"}, "현재값에 쓸 수 있는 숫자가 없습니다; 29 같은 숫자를 쓰세요"),
        ({"day": 91}, "91은 이 분기의 며칠째가 될 수 없습니다; 1부터 90까지의 정수로 쓰세요"),
        ({"day": 1.5}, "1.5는 이 분기의 며칠째가 될 수 없습니다; 1부터 90까지의 정수로 쓰세요"),
        ({"scheme": "x"}, "등급 체계에 'x'은(는) 없습니다; google, gitlab, sourcegraph, thirds 가운데 고르세요"),
    ],
)  # fmt: skip
def test_a_number_from_which_nothing_follows_is_explained_and_no_result_is_shown(inputs, problem):
    view = explore_score()
    state = move(view, **inputs)
    assert (state["problem"], state["seen"]) == (problem, None)
    assert move(view, target=35, current=29, day=45, scheme="google")["problem"] == ""


def test_an_unexpected_error_is_shown_where_the_learner_looks(monkeypatch: pytest.MonkeyPatch):
    view = explore_score()
    monkeypatch.setattr(score_view, "pace", lambda *_: 1 / 0)
    state = move(view)
    assert state["problem"] == "뜻밖의 오류입니다: ZeroDivisionError: division by zero"
    assert state["serial"] == "page-1"


def test_what_the_page_sends_is_echoed_so_that_it_knows_what_was_answered():
    state = move(explore_score(), current=31)
    assert [(each["name"], each["value"], each["start"]) for each in state["fields"]] == [
        ("baseline", "20", "20"),
        ("target", "35", "35"),
        ("current", "31", "29"),
        ("day", "45", "45"),
        ("kind", "aspirational", "aspirational"),
        ("scheme", "google", "google"),
    ]
    assert state["serial"] == "page-1"


def test_it_speaks_english_when_told():
    set_language("en")
    state = explore_score().state
    assert (state["lang"], state["title"], state["seen"]["formula"], state["fields"][3]["said"]) == (
        "en",
        "Score explorer",
        "progress = (29 − 20) ÷ (35 − 20) = 9 ÷ 15 = 0.60",
        "February 14",
    )
    assert not any("가" <= letter <= "힣" for letter in json.dumps(state, ensure_ascii=False))


def test_its_repr_is_short_the_same_each_time_and_notices_another_number():
    assert repr(explore_score()) == repr(explore_score())
    assert len(repr(explore_score())) < 40
    moved = explore_score()
    move(moved, current=30)
    assert repr(moved) != repr(explore_score())


def test_an_explorer_is_one_widget_with_its_layout():
    before = len(_instances)
    explore_score()
    assert len(_instances) - before == 2


@pytest.mark.parametrize("message", [None, {"inputs": None}, {"inputs": [1]}, "?"])
def test_a_message_that_makes_no_sense_changes_nothing(message: object):
    view = explore_score()
    before = view.state["seen"]
    view._handle_custom_msg(message, [])
    assert (view.state["seen"], view.state["problem"]) == (before, "")
