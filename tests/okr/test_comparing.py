"""The same company seen both ways."""

import pytest

from okrkit.errors import ContentError
from okrkit.files import read_yaml, shipped
from okrkit.okr.bsc import Achievement, Perspective, Scorecard, ScorecardMeasure, StrategicObjective
from okrkit.okr.comparing import COLUMNS, UNTAGGED, compare_bsc, comparison_points
from okrkit.okr.model import KeyResult, Metric, Objective, Okrs
from okrkit.okr.scoring import Score
from okrkit.practice.topics import Topic
from okrkit.text import set_language


def okr(perspective: str, *currents: float | None) -> Objective:
    results = tuple(KeyResult("재방문율", Metric(0, 100, current)) for current in currents)
    return Objective("목표", results, perspective=perspective)


OKRS = Okrs((okr("customer", 60, None), okr("customer", 80), okr("mission"), okr("")))
CARD = Scorecard(
    (
        Perspective("financial", "재무", (StrategicObjective("profit", "이익", (ScorecardMeasure("이익", 0, 10, 5),)),)),
        Perspective("customer", "고객", (StrategicObjective("loyal", "단골", (ScorecardMeasure("단골", 0, 10),)),)),
    )
)  # fmt: skip


def test_a_company_is_counted_and_scored_on_both_sides():
    both = compare_bsc(OKRS, CARD)
    assert (both.okr_objectives, both.bsc_objectives) == (4, 2)
    assert both.okr_score == Score(0.7, counted=2, total=3, worst=0.6)
    assert both.bsc_achievement == Achievement(0.5, counted=1, total=2)


def test_the_balance_shows_the_empty_perspective_the_strange_one_and_the_untagged():
    assert list(compare_bsc(OKRS, CARD).balance.items()) == [
        ("financial", 0),
        ("customer", 2),
        ("mission", 1),
        (UNTAGGED, 1),
    ]


def test_one_objective_alone_may_be_compared():
    assert compare_bsc(okr("financial", 70), CARD).balance == {"financial": 1, "customer": 0, UNTAGGED: 0}


def test_the_points_are_those_of_the_exam_and_of_the_card():
    assert [point.id for point in comparison_points()] == [
        "full_name",
        "purpose",
        "structure",
        "direction",
        "level",
        "seventy_percent",
        "cycle",
        "flexibility",
        "openness",
        "pay",
    ]


def test_every_cell_speaks_both_languages_and_names_its_source():
    for point in comparison_points():
        cells = [getattr(point, column) for column in COLUMNS]
        assert all(text.ko and text.en and text.ko != text.en for text in (point.name, *cells)), point.id
        assert all(cell.source for cell in cells), point.id
        assert point.caveats, point.id


def test_a_point_names_its_source_column_by_column():
    cycle = next(point for point in comparison_points() if point.id == "cycle")
    assert cycle.source == (
        "OKR: Klau, Google Ventures talk (secondary notes); hankyung.com 2024-04-27 / BSC: 통설"
        " / MBO: Tigunews/PE_Note study note / KPI: hankyung.com 2020-02-06"
    )


def test_english_readers_are_told_what_the_label_means(english: None):
    sources = [row["source"] for row in compare_bsc(OKRS, CARD).to_rows()]
    assert sources[0].endswith(" / MBO, KPI: common teaching (통설)")
    assert all(source.count("통설") == source.count("common teaching (통설)") for source in sources)


def test_the_caveats_are_the_cards_own_word_for_word():
    claims = read_yaml(shipped("quizzes") / "topics" / "okr-001.yaml", Topic).value.claims
    caveats = [caveat for point in comparison_points() for caveat in point.caveats]
    assert {each.claim: (each.fit, each.text) for each in caveats} == {
        each.claim: (claims[each.claim].fit, claims[each.claim].caveat) for each in caveats
    }
    limited = {f"C{n}" for n in range(37, 47)} | {f"X{n:02}" for n in range(4, 9)}
    assert {each.claim for each in caveats} >= {name for name in limited if claims[name].caveat}


def test_rows_hold_the_points_and_then_this_company(english: None):
    rows = compare_bsc(OKRS, CARD).to_rows()
    assert [set(row) for row in rows] == [{"point", "OKR", "BSC", "MBO", "KPI", "source", "caveat"}] * 14
    assert rows[5]["point"] == "What 70 % means"
    assert rows[5]["BSC"] == "30 % short of the target"
    assert rows[7]["caveat"].startswith("[C45] The comparison is the card's,")
    assert [(row["point"], row["OKR"], row["BSC"]) for row in rows[10:]] == [
        ("Number of objectives", "4", "2"),
        ("Number of key results or measures", "3", "2"),
        ("Overall score or achievement", "0.70 (on 2 of 3 key results)", "0.50 (on 1 of 2 measures)"),
        ("Objectives by perspective", "Financial 0, Customer 2, mission 1, no perspective named 1", ""),
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "ko",
            "OKR: 목표 4개, 점수 0.70 (핵심 결과 3개 중 2개로 계산)\n"
            "BSC: 전략 목표 2개, 달성도 0.50 (지표 2개 중 1개로 계산)\n견줄 점 10가지",
        ),
        (
            "en",
            "OKR: 4 objectives, score 0.70 (on 2 of 3 key results)\n"
            "BSC: 2 strategic objectives, achievement 0.50 (on 1 of 2 measures)\n10 points of comparison",
        ),
    ],
)
def test_it_is_said_in_three_lines_that_a_korean_console_can_print(lang, said: str):
    set_language(lang)
    assert repr(compare_bsc(OKRS, CARD)) == said
    assert said.encode("cp949")


def test_what_cannot_be_scored_is_an_error():
    with pytest.raises(ContentError, match=r"먼저 ok\.parse_okrs로 읽으세요"):
        compare_bsc("O: a", CARD)
