"""What the strategy map shows."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from okrkit.errors import ContentError
from okrkit.okr.bsc import Link, Perspective, Scorecard, ScorecardMeasure, StrategicObjective
from okrkit.plots.strategy import plot_strategy_map
from okrkit.text import set_language
from tests.plots.test_alignment import (
    LONG,
    assert_readable,
    assert_text_stays_in_its_box,
    closed,  # noqa: F401  (an autouse fixture)
    frames,
    words,
)


def objective(name: str, current: float | None = 50, text: str = "") -> StrategicObjective:
    measures = (ScorecardMeasure("m", 0, 100, current, kind="lead"),)
    return StrategicObjective(name, text or name, measures)


CARD = Scorecard(
    (
        Perspective("financial", "재무", (objective("profit", 70),)),
        Perspective(
            "customer", "고객", (objective("loyal", 60), objective("wait", None), objective("fun", 30))
        ),
        Perspective("learning_growth", "학습과 성장", (objective("train", 90),)),
    ),
    (
        Link("train", "wait"),
        Link("train", "profit"),
        Link("wait", "loyal"),
        Link("loyal", "fun"),
        Link("loyal", "profit"),
    ),
)


def arrows(ax: Axes) -> dict[str, list[tuple[float, float]]]:
    """The corners of each arrow, in points from the upper left corner."""
    found = [patch for patch in ax.patches if (patch.get_gid() or "").startswith("arrow:")]
    return {
        patch.get_gid().removeprefix("arrow:"): [tuple(corner) for corner in patch._path_original.vertices]
        for patch in found
    }


def touches(box: Bbox, corner: tuple[float, float]) -> bool:
    x, y = corner
    beside = x in (box.x0, box.x1) and box.y0 < y < box.y1
    return beside or (y in (box.y0, box.y1) and box.x0 < x < box.x1)


def assert_arrows_go_where_they_should_and_pass_no_box(ax: Axes, card: Scorecard) -> None:
    at = frames(ax)
    assert list(arrows(ax)) == [f"{link.cause} -> {link.effect}" for link in card.links]
    for link, corners in zip(card.links, arrows(ax).values(), strict=True):
        assert touches(at[link.cause], corners[0])
        assert touches(at[link.effect], corners[-1])
        for name, box in at.items():
            for start, end in pairwise(corners):
                way = np.linspace(start, end, 200)[1:-1]
                within = (way > [box.x0 + 0.01, box.y0 + 0.01]) & (way < [box.x1 - 0.01, box.y1 - 0.01])
                assert not within.all(axis=1).any(), f"{link} runs behind {name}"


def test_each_box_and_each_band_shows_how_far_its_targets_were_reached():
    assert words(plot_strategy_map(CARD)) == [
        "전략 맵",
        *("재무", "달성 70%", "profit", "70%"),
        *("고객", "달성 45%", "loyal", "60%", "wait", "달성도 없음", "fun", "30%"),
        *("학습과 성장", "달성 90%", "train", "90%"),
        "화살표는 원인에서 결과로 가며, 지표로 검증할 가설입니다.",
    ]


def test_a_bar_is_as_long_as_the_achievement():
    filled = [
        patch for patch in plot_strategy_map(CARD).patches if getattr(patch, "get_height", float)() == 10
    ]
    shares = [
        bar.get_width() / track.get_width() for track, bar in zip(filled[::2], filled[1::2], strict=True)
    ]
    assert shares == pytest.approx([0.7, 0.6, 0.3, 0.9])


def test_the_perspectives_stand_in_the_order_of_the_scorecard():
    at = frames(plot_strategy_map(CARD))
    assert at["profit"].y1 < at["loyal"].y0 == at["wait"].y0 < at["loyal"].y1 < at["train"].y0
    turned = frames(plot_strategy_map(Scorecard(CARD.perspectives[::-1])))
    assert turned["train"].y1 < turned["loyal"].y0


def test_arrows_run_from_edge_to_edge_and_never_behind_a_box():
    assert_arrows_go_where_they_should_and_pass_no_box(plot_strategy_map(CARD), CARD)


def test_an_arrow_against_the_order_is_dashed_and_explained():
    ax = plot_strategy_map(replace(CARD, links=(*CARD.links[2:4], Link("profit", "train"))))
    drawn = {
        patch.get_gid(): patch.get_linestyle() for patch in ax.patches if "arrow" in (patch.get_gid() or "")
    }
    assert drawn == {"arrow:wait -> loyal": "-", "arrow:loyal -> fun": "-", "arrow:profit -> train": "--"}
    assert words(ax)[-1].endswith("점선은 관점의 순서를 거스릅니다.")


def test_a_perspective_without_objectives_says_so(english: None):
    assert words(plot_strategy_map(Scorecard((Perspective("customer", "Customer"),)))) == [
        "Strategy map",
        *("Customer", "not measured", "no objective"),
        "Arrows run from cause to effect; each is a hypothesis to be tested.",
    ]


def crowd(number: int, text: str) -> Scorecard:
    """As many objectives in one perspective, and few above, below and beside it."""

    def place(name: str, count: int) -> Perspective:
        inside = tuple(objective(f"{name}{n}", n, text[: 9 + 40 * n]) for n in range(count))
        return Perspective(name, text[: 5 * count], inside)

    last = number - 1
    links = [("d0", "a0"), ("c0", f"b{last}"), ("c2", "a2"), ("c1", "a1"), (f"b{last}", "a0"), ("a0", "a2")]
    links += [("b0", f"b{last}"), ("d0", "b0"), ("a1", "c0")] if number > 1 else []
    places = (place("a", 3), place("b", number), place("c", 3), Perspective("e", text), place("d", 1))
    return Scorecard(places, tuple(Link(*link) for link in links))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("number", [1, 2, 5, 12])
def test_nothing_overlaps_however_long_the_texts(number: int, lang):
    set_language(lang)
    card = crowd(number, LONG[lang])
    ax = plot_strategy_map(card)
    assert_readable(ax)
    assert_text_stays_in_its_box(ax)
    assert_arrows_go_where_they_should_and_pass_no_box(ax, card)
    assert len(frames(ax)) == number + 7


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_one_objective_alone_is_readable_too(lang):
    set_language(lang)
    assert_readable(plot_strategy_map(Scorecard((Perspective("customer", "고객", (objective("a"),)),))))


def test_the_alternative_text_tells_it_in_both_languages():
    assert plot_strategy_map(CARD).get_gid() == (
        "전략 맵. 위에서 아래로 재무 (profit 70%), 고객 (loyal 60%, wait -, fun 30%), 학습과 성장 (train 90%). "
        "화살표: train → wait, train → profit, wait → loyal, loyal → fun, loyal → profit."
    )
    set_language("en")
    assert plot_strategy_map(Scorecard(())).get_gid() == ("A strategy map. From top to bottom: -. Arrows: -.")


def test_a_loop_is_an_error_and_no_picture():
    with pytest.raises(ContentError, match="profit -> train -> profit"):
        plot_strategy_map(replace(CARD, links=(Link("train", "profit"), Link("profit", "train"))))
