"""The example companies: the same in both languages, and telling the story they say they tell."""

from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.okr import examples
from okrkit.okr.alignment import orphans, tree
from okrkit.okr.bsc import Scorecard, achievement, check_scorecard
from okrkit.okr.documents import Plan, dump_document, parse_document
from okrkit.okr.examples import company, example
from okrkit.okr.model import Child, Keep, KeyResult, Metric, Milestones, Objective, Okrs, YesNo, current_value
from okrkit.okr.reading import parse_key_result
from okrkit.okr.scoring import progress_of, round_half_up, score
from okrkit.text import LANGUAGES, language, set_language

FOLDER = Path(examples.__file__).parent / "companies"
NAMES = ["cafe", "cafe_bsc", "cafe_faulty", "cafe_it_bsc"]
PROSE = {"text", "owner", "unit", "note", "reason", "name", "initiatives", "line"}
MONDAYS = [date(2026, 1, 5) + timedelta(weeks=n) for n in range(13)]


def without_words(value: object) -> object:
    """Return plain data in which prose says only how much of it there is."""
    if isinstance(value, dict):
        return {name: _blank(each) if name in PROSE else without_words(each) for name, each in value.items()}
    return [without_words(each) for each in value] if isinstance(value, tuple | list) else value


def _blank(prose: object) -> object:
    return [_blank(each) for each in prose] if isinstance(prose, tuple | list) else bool(prose)


def words(value: object) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    return (
        [each for part in value for each in words(part)] if isinstance(value, tuple | list) else [str(value)]
    )


def in_both(name: str) -> tuple[object, object]:
    found = []
    for chosen in LANGUAGES:
        set_language(chosen)
        found.append(asdict(example(name)))
    return tuple(found)


def key_results(okrs: Okrs) -> dict[str, KeyResult]:
    return {each.id: each for objective in okrs for each in objective.key_results}


def shown(parts: dict[str, KeyResult] | Okrs, okrs: Okrs) -> dict[str, str]:
    """Return scores as they are shown, by id."""
    parts = parts.values() if isinstance(parts, dict) else parts
    scores = {each.id: score(each, objectives=okrs).value for each in parts}
    return {name: "-" if value is None else str(round_half_up(value)) for name, value in scores.items()}


# --- the files ---------------------------------------------------------------------------------------


def test_each_company_is_there_in_both_languages():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(
        f"{name}.{lang}.yaml" for name in NAMES for lang in LANGUAGES
    )


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same_of_the_same_numbers_ids_and_dates(name: str):
    korean, english = in_both(name)
    assert without_words(korean) == without_words(english)
    assert korean != english


@pytest.mark.parametrize("name", NAMES)
def test_the_first_line_says_that_the_company_is_fictional(name: str):
    for chosen, said in (("ko", "# 지어낸 회사"), ("en", "# A fictional company")):
        assert (FOLDER / f"{name}.{chosen}.yaml").read_text(encoding="utf-8").startswith(said)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_can_be_shown_on_a_korean_windows_console(name: str):
    for data in in_both(name):
        said = "\n".join(words(data)).replace("café", "cafe")  # the console shows 'caf?', which will do
        assert said.encode("cp949")


@pytest.mark.parametrize("name", ["cafe", "cafe_faulty"])
def test_a_sentence_with_two_values_says_what_its_measure_says(name: str):
    for chosen in LANGUAGES:
        set_language(chosen)
        for each in key_results(example(name)).values():
            if isinstance(each.measure, Metric):
                said = parse_key_result(each.text).measure
                assert (said.baseline, said.target) == (each.measure.baseline, each.measure.target), each.text


def test_a_wrong_name_is_answered_with_the_nearest_and_the_list():
    with pytest.raises(ContentError) as caught:
        example("cafe_bcs")
    assert str(caught.value) == (
        "보기 회사 'cafe_bcs'이(가) 없습니다; 'cafe_bsc'을(를) 쓰려던 것인가요?"
        " 가능한 것: cafe, cafe_bsc, cafe_faulty, cafe_it_bsc"
    )


def test_a_name_like_no_other_is_answered_with_the_list(english: None):
    with pytest.raises(ContentError) as caught:
        example("동네 서점")
    assert str(caught.value) == (
        "there is no example company '동네 서점'; there are: cafe, cafe_bsc, cafe_faulty, cafe_it_bsc"
    )


# --- the good one ------------------------------------------------------------------------------------


def test_the_cafe_ends_where_its_story_says():
    okrs = example("cafe")
    assert shown(okrs, okrs) == {"friends": "0.62", "hall": "0.77", "bakery": "0.69", "haram": "0.78"}
    assert shown(key_results(okrs), okrs) == {
        "return-rate": "0.60",
        "waiting-time": "0.50",
        "hall-succeeds": "0.77",
        "second-visit": "0.58",
        "names": "1.00",
        "complaints": "1.00",
        "gatherings": "0.50",
        "bread-waste": "0.75",
        "hygiene": "1.00",
        "extraction": "1.00",
        "bean-sales": "0.00",
        "blind-tasting": "0.70",
        "remakes": "0.75",
        "finals": "1.00",
    }
    assert str(score(okrs)) == "0.69 (핵심 결과 14개 중 14개로 계산)"


def test_one_key_result_ends_below_its_baseline_and_one_beyond_its_target():
    found = {name: progress_of(each) for name, each in key_results(example("cafe")).items() if each.check_ins}
    assert {name: moved for name, moved in found.items() if not 0 <= moved <= 1} == {
        "names": 1.08,
        "bean-sales": -0.2,
    }


def test_confidence_in_bean_sales_falls_while_the_figures_still_rise():
    seen = key_results(example("cafe"))["bean-sales"].check_ins
    assert [(each.value, each.confidence) for each in seen[1:6]] == [
        (52, 6),
        (54, 6),
        (55, 4),
        (56, 4),
        (55, 3),
    ]


def test_the_return_rate_recovers_after_week_six_and_waiting_stalls_after_week_four():
    okrs, week = key_results(example("cafe")), dict(enumerate(MONDAYS, 1))
    values = {
        name: [current_value(okrs[name], week[n]) for n in (1, 4, 6, 9, 13)]
        for name in ("return-rate", "waiting-time")
    }
    assert values == {"return-rate": [20, 21, 21, 25, 29], "waiting-time": [12, 9, 9, 9, 9]}


def test_the_cafe_shows_everything_an_okr_can_be():
    okrs = example("cafe")
    all_of_them = key_results(okrs).values()
    keeps = [each.measure for each in all_of_them if isinstance(each.measure, Keep)]
    assert {type(each.measure) for each in all_of_them} == {Metric, Keep, Milestones, YesNo, Child}
    assert {(keep.low is None, keep.high is None) for keep in keeps} == {(True, False), (False, False)}
    assert {
        each.measure.target > each.measure.baseline
        for each in all_of_them
        if isinstance(each.measure, Metric)
    } == {True, False}
    assert {each.kind for each in okrs} == {"committed", "aspirational"}
    assert {each.committed for each in all_of_them} == {None, True, False}
    assert {each.origin for each in okrs} == {"top_down", "bottom_up"}
    assert [each.perspective for each in okrs] == [
        "customer",
        "customer",
        "internal_process",
        "learning_growth",
    ]
    assert [each.parent for each in okrs] == ["", "friends", "friends", "hall"]
    assert [each.judgement and each.judgement.score for each in okrs] == [0.5, None, 0.7, None]
    assert [each.id for each in okrs[0].health] == ["work-hours", "margin"]


def test_what_is_a_number_was_looked_at_every_monday():
    numbers = [
        each for each in key_results(example("cafe")).values() if isinstance(each.measure, Metric | Keep)
    ]
    assert len(numbers) == 11
    for each in numbers:
        assert [seen.on for seen in each.check_ins] == MONDAYS
        assert all(seen.confidence is not None for seen in each.check_ins)


# --- the faulty one ----------------------------------------------------------------------------------


def test_the_faulty_cafe_scores_better_than_the_good_one():
    okrs = example("cafe_faulty")
    assert shown(okrs, okrs) == {
        "loved": "0.20",
        "faster": "0.10",
        "beans": "1.00",
        "famous": "0.96",
        "as-usual": "1.00",
        "morning-sales": "-",
        "menu": "1.00",
        "learn": "1.00",
    }
    assert score(okrs).value > score(example("cafe")).value


def test_each_fault_is_in_the_data():
    okrs = example("cafe_faulty")
    found = key_results(okrs)
    assert len(okrs) > 5
    assert [name for name, each in found.items() if each.measure is None] == [
        "launch-app",
        "posters",
        "delight",
        "complaints",
    ]
    assert [each.id for each in orphans(okrs)] == ["famous"]
    assert {seen.confidence for seen in found["waiting-time"].check_ins} == {8}
    assert progress_of(found["bean-sales"], at=MONDAYS[1]) == 0.5
    assert progress_of(found["bean-sales"], at=MONDAYS[2]) == 1.5
    assert [seen.on for seen in found["return-rate"].check_ins] == [*MONDAYS[:3], MONDAYS[-1]]


@pytest.mark.parametrize(("lang", "mark"), [("ko", "# 흠 {}:"), ("en", "# Fault {}:")])
def test_each_fault_is_named_where_it_stands(lang: str, mark: str):
    said = (FOLDER / f"cafe_faulty.{lang}.yaml").read_text(encoding="utf-8")
    assert [n for n in range(1, 16) if mark.format(n) in said] == list(range(1, 15))


# --- the scorecards ----------------------------------------------------------------------------------


def steps_up(scorecard: Scorecard) -> list[int]:
    """Return how many levels each arrow rises."""
    level = {each.id: n for n, side in enumerate(scorecard.perspectives) for each in side.objectives}
    return sorted(level[link.cause] - level[link.effect] for link in scorecard.links)


@pytest.mark.parametrize(
    ("name", "sides", "arrows"),
    [
        (
            "cafe_bsc",
            ["financial", "customer", "internal_process", "learning_growth"],
            [0, 1, 1, 1, 1, 1, 1, 1, 1, 2],
        ),
        (
            "cafe_it_bsc",
            ["business_contribution", "user_orientation", "operational_excellence", "future_orientation"],
            [0, 1, 1, 1, 1, 1, 1, 1, 2],
        ),
    ],
)
def test_a_scorecard_rises_from_learning_to_the_top(name: str, sides: list[str], arrows: list[int]):
    scorecard = example(name)
    assert [each.id for each in scorecard.perspectives] == sides
    assert [len(each.objectives) for each in scorecard.perspectives] == [2, 2, 2, 2]
    assert sum(each.weight for each in scorecard.perspectives) == 100
    assert steps_up(scorecard) == arrows
    assert {
        measure.kind
        for side in scorecard.perspectives
        for each in side.objectives
        for measure in each.measures
    } == {"lead", "lag"}
    assert all(each.initiatives for side in scorecard.perspectives for each in side.objectives)
    assert check_scorecard(scorecard) == []


def test_the_scorecards_have_gone_as_far_as_their_stories_say():
    achieved = {
        name: [str(round_half_up(achievement(side).value)) for side in example(name).perspectives]
        for name in ("cafe_bsc", "cafe_it_bsc")
    }
    assert achieved == {
        "cafe_bsc": ["0.38", "0.75", "0.76", "0.69"],
        "cafe_it_bsc": ["0.35", "0.56", "0.73", "0.13"],
    }


def test_the_scorecard_measures_the_cafe_of_the_okrs_on_the_same_day(english: None):
    okrs = key_results(example("cafe"))
    sides = example("cafe_bsc").perspectives
    card = {each.text: each for side in sides for objective in side.objectives for each in objective.measures}
    same = {
        "Return rate": "return-rate",
        "Average waiting time": "waiting-time",
        "Guests known by name": "names",
        "Drinks made again": "remakes",
        "Loaves thrown away a day": "bread-waste",
        "Points raised by the hygiene inspection": "hygiene",
        "Blind tasting score": "blind-tasting",
    }
    for text, name in same.items():
        assert (card[text].baseline, card[text].current) == (
            okrs[name].measure.baseline,
            current_value(okrs[name]),
        )
    assert card["Operating margin"].current == example("cafe")[0].health[1].measure.current
    assert [(card[text].target, okrs[same[text]].measure.target) for text in list(same)[:2]] == [
        (30, 35),
        (8, 6),
    ]


# --- the large one -----------------------------------------------------------------------------------


def test_a_seed_makes_the_same_company_again_and_another_seed_another():
    assert company(seed=7) == company(seed=7)
    assert company(seed=7) != company(seed=8)


def test_the_language_changes_the_words_of_a_company_and_nothing_else():
    korean = asdict(company(seed=7))
    set_language("en")
    english = asdict(company(seed=7))
    assert language() == "en"
    assert without_words(korean) == without_words(english)
    assert not set(words(korean)) & {each for each in words(english) if " " in each}


def test_a_large_company_has_four_levels_and_every_kind_of_everything():
    okrs = company(seed=7)
    depth: dict[str, int] = {}
    for each in okrs:
        depth[each.id] = depth[each.parent] + 1 if each.parent else 0
    measured = [each for objective in okrs for each in objective.key_results]
    assert (len(okrs), set(depth.values())) == (250, {0, 1, 2, 3})
    assert {type(each.measure) for each in measured} == {Metric, Keep, Milestones, YesNo, Child, type(None)}
    assert {each.kind for each in okrs} == {"committed", "aspirational"}
    assert {each.origin for each in okrs} == {"top_down", "bottom_up", None}
    assert len({each.weight for each in okrs}) > 1
    assert len({each.weight for each in measured}) > 1
    assert {seen.confidence for each in measured for seen in each.check_ins} == {None, *range(11)}
    assert {seen.on for each in measured for seen in each.check_ins} == set(MONDAYS)
    assert {len(each.check_ins) for each in measured if isinstance(each.measure, Metric)} >= {0, 11, 12, 13}


def test_no_objective_asks_for_the_same_thing_twice():
    for objective in company(seed=7):
        texts = [each.text for each in objective.key_results]
        assert len(texts) == len(set(texts))


@settings(max_examples=40, deadline=None)
@given(st.integers(), st.integers(1, 60))
def test_any_company_can_be_linked_scored_written_and_read(seed: int, objectives: int):
    okrs = company(seed, objectives)
    assert len(okrs) == objectives
    assert tree(okrs).roots[0].owner == "회사"
    assert score(okrs).total == sum(len(each.key_results) for each in okrs)
    assert parse_document(dump_document(Plan(okrs))) == Plan(okrs)


def test_a_company_without_objectives_is_refused():
    with pytest.raises(ContentError, match="목표가 0개인 회사는 만들 수 없습니다; 1 이상을 쓰세요"):
        company(seed=1, objectives=0)


def test_an_example_is_what_it_is_called():
    assert [type(example(name)) for name in NAMES] == [Okrs, Scorecard, Okrs, Scorecard]
    assert isinstance(example("cafe")[0], Objective)
