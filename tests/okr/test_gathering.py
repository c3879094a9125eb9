"""Objectives out of whatever holds some, for every function that takes objectives."""

from collections.abc import Callable
from pathlib import Path

import pytest

import okrkit as ok
from okrkit.errors import ContentError
from okrkit.okr.documents import Plan
from okrkit.okr.gathering import objectives_of
from okrkit.okr.model import KeyResult, Metric, Objective, Okrs
from tests.plots.test_alignment import closed  # noqa: F401  (an autouse fixture)

ONE = Objective("빵을 덜 버린다", (KeyResult("폐기", Metric(20, 5, 8)),), id="bread", origin="top_down")
CARD = ok.Scorecard(())
TAKE_OBJECTIVES: dict[str, Callable[..., object]] = {
    "score": ok.score,
    "too_easy": ok.too_easy,
    "to_frame": lambda okrs: ok.to_frame(okrs).to_csv(),
    "check_ins_to_frame": lambda okrs: ok.check_ins_to_frame(okrs).to_csv(),
    "to_text": ok.to_text,
    "tree": ok.tree,
    "orphans": ok.orphans,
    "origins": ok.origins,
    "share_aligned": ok.share_aligned,
    "compare_bsc": lambda okrs: ok.compare_bsc(okrs, CARD),
    "plot_scores": lambda okrs: ok.plot_scores(okrs).get_gid(),
    "plot_confidence": lambda okrs: ok.plot_confidence(okrs).get_gid(),
    "plot_alignment": lambda okrs: ok.plot_alignment(okrs).get_gid(),
    "plot_comparison": lambda okrs: ok.plot_comparison(okrs, CARD).get_gid(),
}


@pytest.mark.parametrize("name", TAKE_OBJECTIVES)
def test_an_objective_a_list_okrs_and_a_plan_are_the_same_to_all(name: str):
    ask = TAKE_OBJECTIVES[name]
    wanted = ask(Okrs((ONE,)))
    assert [ask(ONE), ask([ONE]), ask((ONE,)), ask(Plan(Okrs((ONE,)), CARD))] == [wanted] * 4


def test_each_of_them_can_be_written(tmp_path: Path):
    for held in (ONE, [ONE], Okrs((ONE,)), Plan(Okrs((ONE,)))):
        assert ok.write_okrs(held, tmp_path / "okr.yaml") == []
        assert ok.read_okrs(tmp_path / "okr.yaml") == Okrs((ONE,))


@pytest.mark.parametrize("name", TAKE_OBJECTIVES)
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("O: a", "아직 읽지 않은 글입니다; 먼저 ok.parse_okrs로 읽으세요"),
        (None, "NoneType은(는) 목표가 아닙니다; Objective나 그 목록을 쓰세요"),
        ([ONE, 3], "int은(는) 목표가 아닙니다; Objective나 그 목록을 쓰세요"),
        ([ONE, ONE], "bread: id 'bread'이(가) 두 번 나옵니다; 하나를 다른 이름으로 바꾸세요\n" * 2),
    ],
)
def test_what_holds_no_objectives_or_two_of_one_id_is_refused_by_all(name: str, wrong: object, said: str):
    with pytest.raises(ContentError) as caught:
        TAKE_OBJECTIVES[name](wrong)
    assert str(caught.value) == said.strip()


def test_objectives_without_an_id_may_be_alike():
    assert objectives_of([Objective("a"), Objective("a")]) == (Objective("a"), Objective("a"))
