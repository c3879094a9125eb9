"""Every kind of question: what it takes, what it is worth, what it says."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import AnswerError, ContentError
from okrkit.files import parse_yaml
from okrkit.practice.bank import Bank, load_bank
from okrkit.practice.drawing import draw, evaluate
from okrkit.practice.grading import grade
from okrkit.practice.items import Item, Kind, Number
from okrkit.practice.specimens import specimens
from okrkit.practice.wording import near_miss, same_words
from tests.conftest import SKELETONS

ITEMS = load_bank([SKELETONS]).items
SOURCE = SKELETONS.read_text(encoding="utf-8")


def faults(old: str, new: str, folder: Path) -> list[str]:
    """Return what is said of the skeletons with one thing changed."""
    assert old in SOURCE
    (folder / "09_test.yaml").write_text(SOURCE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_bank([folder])
    return [f"{problem.path}: {problem.what.ko}" for problem in caught.value.problems]


def test_there_is_a_skeleton_of_every_kind():
    assert sorted(type(item).__name__ for item in ITEMS.values()) == sorted(
        kind.__name__ for kind in get_args(Kind)
    )


def test_every_question_of_the_bank_knows_its_right_wrong_and_malformed_answers(bank: Bank):
    for template in [*bank.items.values(), *ITEMS.values()]:
        for seed in "abc":
            item = draw(template, seed)
            made = specimens(item)
            assert (grade(item, made.right).score, grade(item, made.wrong).score < 1) == (1.0, True), item.id
            with pytest.raises(AnswerError):
                grade(item, made.malformed)


def test_every_known_mistake_of_the_bank_is_wrong_and_named(bank: Bank):
    for item in (draw(each, "1") for each in [*bank.items.values(), *ITEMS.values()]):
        for mistake in getattr(item, "mistakes", ()):
            found = grade(item, str(mistake.value))
            assert (found.score, found.taught) == (0.0, mistake.why), item.id


@given(
    st.sampled_from(list(ITEMS.values())),
    st.recursive(
        st.none() | st.text(max_size=20) | st.integers(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    ),
)
def test_any_message_from_a_page_is_graded_or_a_clear_error(item: Item, raw: object):
    try:
        assert 0 <= grade(draw(item, "1"), raw).score <= 1
    except AnswerError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("name", "raw", "score", "said"),
    [
        ("blanks", {"o": "O", "kr": "핵심결과는"}, 1.0, "2개 가운데 2개가 맞았습니다."),
        ("blanks", {"o": "목표", "kr": "지표"}, 0.5, "2개 가운데 1개가 맞았습니다."),
        ("match", {"what": "objective", "how": "mission"}, 0.5, "2개 가운데 1개가 맞았습니다."),
        ("classify", {"retention": "result", "app": "result", "referrals": "result"}, 2 / 3, "3개 가운데 2개가 맞았습니다."),
        ("order", ["objective", "results", "grade", "check"], 2 / 3, "둘씩 견주면 6쌍 가운데 5쌍의 앞뒤가 맞습니다."),
        ("number", "9", 0.0, "정답보다 큽니다."),
        ("number", "-9", 0.0, "정답보다 작습니다."),
        ("text", "할 일", 0.0, "정답은 띄어쓰기를 빼고 4글자입니다."),
        ("order", ["grade", "check", "results", "objective"], 0.0, "둘씩 견주면 6쌍 가운데 0쌍의 앞뒤가 맞습니다."),
        ("text", "주요결과입니다", 1.0, ""),
        ("text", "핵심 결관", 0.0, "거의 맞았습니다. 글자 하나하나를 다시 살펴보세요."),
        ("rewrite", "쿠폰을 쓴 손님의 비율을 5월까지 20%에서 35%로 높인다", 1.0, ""),
        ("rewrite", "재방문율을 5월까지 20%에서 35%로 높인다", 0.0, "초안이 다루던 것이 빠졌습니다: 쿠폰."),
        ("rewrite", "쿠폰", 0.0, "잴 수 있는 숫자가 없습니다.\n"),
        ("text", "KPI", 0.0, "KPI는 늘 지켜보는 지표이고, KR은 한 목표에 딸린 결과입니다."),
    ],
)  # fmt: skip
def test_partial_credit_and_what_is_said_before_the_key(name: str, raw, score: float, said: str):
    found = grade(draw(ITEMS[f"new/{name}"], "1"), raw)
    assert (found.score, found.taught.ko.startswith(said)) == (pytest.approx(score), True)
    assert bool(found.taught.ko) == bool(said)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("match", {"what": "mission", "how": "mission"}, "‘미션’을 두 번 골랐습니다; 한 번씩만 고르세요"),
        (
            "match",
            {"what": "nowhere", "how": "mission"},
            "이 문제에 없는 짝입니다; 화면에 나온 것에서 고르세요",
        ),
        ("classify", {"app": "task"}, "아직 답하지 않은 칸이 2개 있습니다; 모두 채우고 확인을 누르세요"),
        (
            "blanks",
            {"o": "목표", "kr": " "},
            "아직 답하지 않은 칸이 1개 있습니다; 모두 채우고 확인을 누르세요",
        ),
        ("order", ["grade", "grade"], "차례가 온전하지 않습니다; 모두 한 번씩 늘어놓으세요"),
        ("text", "가" * 201, "답이 너무 깁니다; 낱말이나 짧은 구로 쓰세요"),
    ],
)
def test_a_malformed_answer_says_what_is_missing(name: str, raw, said: str):
    with pytest.raises(AnswerError) as caught:
        grade(ITEMS[f"new/{name}"], raw)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    "typed", ["핵심결과", " 핵심  결과 ", "핵심 결과는", "‘핵심 결과’입니다.", "ＫＥＹ ＲＥＳＵＬＴＳ", "the key-results", "Key Results"]
)  # fmt: skip
def test_the_same_words_are_taken_however_they_are_typed(typed: str):
    assert same_words(typed, ["핵심 결과", "key results"])


@pytest.mark.parametrize("typed", ["결과", "핵심", "핵심 결과 지표", "key result", "", "핵심 결과가는"])
def test_other_words_are_not_taken(typed: str):
    assert not same_words(typed, ["핵심 결과", "key results"])


def test_a_slip_of_the_pen_is_told_from_another_word():
    assert near_miss("key reslts", ["key results"])
    assert near_miss("핵심 결괴", ["핵심 결과"])
    assert not near_miss("성과 지표", ["핵심 결과"])


def test_the_same_seed_draws_the_same_numbers_in_the_question_and_its_worked_solution():
    template = ITEMS["new/number"]
    drawn = [draw(template, seed) for seed in "aab"]
    assert drawn[0] == drawn[1] != drawn[2]
    base, goal, now = (int(number) for number in re.findall(r"\d+", drawn[0].stem.ko)[:3])
    assert drawn[0].answer == (now - base) / (goal - base)
    assert drawn[0].why.en == f"({now} − {base}) ÷ ({goal} − {base}) = {drawn[0].answer:g}."
    assert len({draw(template, str(seed)).answer for seed in range(30)}) == 3


def test_a_mistake_that_happens_to_be_right_is_left_out():
    item = replace(ITEMS["new/number"], answer="now / goal")
    assert draw(item, "1").mistakes == ()


@pytest.mark.parametrize(
    "formula",
    ["__import__('os')", "a.b", "a[0]", "2 ** 9", "[1]", "a if a else a", "'x' * 9", "1 / 0", "1e308 * 10", "b", "", "(", "min(a, key=a)", "True", "-" * 300, "lambda: a", "round(a, 1)", "9" * 199 + "*9" + "9" * 199],
)  # fmt: skip
def test_a_formula_is_arithmetic_and_nothing_else(formula: str):
    with pytest.raises(ValueError, match=r"."):
        evaluate(formula, {"a": 1.0})


@given(st.text(max_size=60))
def test_any_formula_is_a_number_or_a_value_error(formula: str):
    with suppress(ValueError):
        assert isinstance(evaluate(formula, {"a": 1.0}), float)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('formula: "base + gain"', 'formula: "base + gian"', "items[2].answer: 식이나 변수를 셈할 수 없습니다 (gian)"),
        ("low: 10, high: 40", "low: 40, high: 10", "items[2].answer: 식이나 변수를 셈할 수 없습니다 (low, high, step)"),
        ("{base}명 → ", "{bsae}명 → ", "items[2].answer: 식이나 변수를 셈할 수 없습니다 ({bsae})"),
        ("{base}명 → ", "{base:>999}명 → ", "items[2].answer: 식이나 변수를 셈할 수 없습니다 ({base})"),
        ('value: "KPI"', 'value: "KRs의 key result"', None),
        ('value: "KPI"', 'value: "핵심결과"', "items[3].mistakes[0]: 정답으로 채점되는 말입니다"),
        ('{ko: "핵심 결과", en: "key results"}', '{ko: "·", en: "key results"}', "items[3].answer.ko: 칠 수 있는 답이 아닙니다"),
        ('{ko: "목표", en: "objective"}', '{ko: "목표", en: "' + "o" * 201 + '"}', "items[4].blanks.o.answer.en: 칠 수 있는 답이 아닙니다"),
        ("{o}은(는)", "{x}은(는)", "items[4].text.ko: 글의 빈칸(x, kr)과 blanks가 다릅니다"),
        ("to: result", "to: nothing", "items[5].parts.how: 'nothing'은(는) targets에 없습니다"),
        ("to: result", "to: objective", "items[5].parts.how.to: 'objective'이(가) 이미 있습니다"),
        ('ko: "미션"', 'ko: "목표(O)"', "items[5].targets.mission.ko: 'objective'의 글과 같습니다"),
        ('en: "Check progress', 'to: x\n        en: "Check progress', "items[6].parts.check.to: 차례를 묻는 문제에는 짝이 없습니다"),
        ("rules: [task,", "rules: [taks,", "items[8].rules[0]: 'taks' 규칙이 없습니다"),
        ("재방문율을 20%에서 35%로 높인다", "재방문율을 높인다", "items[8].model.ko: 모범 답이 규칙을 어깁니다"),
        ('en: "Launch the coupon app"}', 'en: "Raise coupon use from 20% to 35% by May"}', "items[8].draft.en: 초안에 고칠 것이 없습니다"),
        ("쿠폰 앱을 출시한다\", en: \"Launch the coupon app\"", "쿠폰" + "가" * 1000 + '", en: "Launch the coupon app"', "items[8].model.ko: 답이 너무 깁니다"),
        ("    choices:", '    picture: {file: ../x.png, alt: {ko: "가", en: "a"}}\n    choices:', "items[0].picture.file: 그림이 문제 파일의 폴더 밖에 있습니다"),
        ("    choices:", '    picture: {file: 09_test.yaml, alt: {ko: "가", en: "a"}}\n    choices:', "items[0].picture.file: PNG, JPEG, WebP가 아니거나 500 KB가 넘습니다"),
    ],
)  # fmt: skip
def test_each_fault_of_a_kind_is_named(tmp_path: Path, old: str, new: str, said: str | None):
    if said is None:
        (tmp_path / "09_test.yaml").write_text(SOURCE.replace(old, new, 1), encoding="utf-8")
        assert len(load_bank([tmp_path]).items) == len(ITEMS)
    else:
        assert said in faults(old, new, tmp_path)


def test_numbers_of_any_question_survive_the_way_through_json():
    for item in ITEMS.values():
        made = specimens(draw(item, "1"))
        assert json.loads(json.dumps(made.right)) == made.right


def test_a_formula_may_stand_for_a_plain_number():
    item = parse_yaml(
        "kind: number\nid: a\nclaims: [C01]\nlevel: apply\nsource: x\nstem: {ko: a, en: a}\nwhy: {ko: a, en: a}\nanswer: 3\n",
        Number,
    ).value
    assert grade(draw(item, ""), "3").score == 1
