"""OKRs out of text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.okr.model import KeyResult, Metric, Objective, Okrs
from okrkit.okr.reading import parse_key_result, parse_okrs


def test_objectives_hold_their_key_results_and_remember_their_lines():
    okrs = parse_okrs(
        "# 2분기\nO: 단골이 친구를 데려온다\nKR: 재방문율 20% -> 35% (now 29%)\n\nKR: 앱을 출시한다\nO: 빵을 덜 버린다"
    )
    assert okrs.objectives == (
        Objective(
            "단골이 친구를 데려온다",
            (KeyResult("재방문율 20% -> 35%", Metric(20, 35, 29, "%")), KeyResult("앱을 출시한다")),
        ),
        Objective("빵을 덜 버린다"),
    )
    assert [okrs[0].line, okrs[0].key_results[1].line, okrs[1].line] == [2, 5, 6]


@pytest.mark.parametrize(
    "head",
    [
        "O: a\nKR: b",
        "목표: a\n핵심 결과: b",
        "O1: a\nKR2: b",
        "- o：a\n- kr：b",
        "Objective: a\nKey result 1: b",
        "목표 1: a\n핵심결과 2: b",
    ],
)
def test_heads_may_be_korean_english_numbered_or_listed(head: str):
    assert parse_okrs(head) == Okrs((Objective("a", (KeyResult("b"),)),))


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("재방문율 20% -> 35%", Metric(20, 35, None, "%")),
        ("재방문율 20% → 35% (현재 29%)", Metric(20, 35, 29, "%")),
        ("재방문율 ２０％ => ３５％ (현재: ２９％)", Metric(20, 35, 29, "%")),
        ("대기 시간을 12분에서 6분으로 줄인다 (현재 9분)", Metric(12, 6, 9, "분")),
        ("평점을 4.1점에서 4.6점으로", Metric(4.1, 4.6, None, "점")),
        ("회원 1,200명 -> 2,000명 (now 1,100명)", Metric(1200, 2000, 1100, "명")),
        ("손익 −3.5 -> +2", Metric(-3.5, 2)),
        ("배송비 3만 원 -> 2만 원", Metric(3, 2, None, "만 원")),
        ("응답 300 -> 120 ms", Metric(300, 120, None, "ms")),
        ("이익률 3 %p -> 5 %p", Metric(3, 5, None, "%p")),
        ("20에서 30으로", Metric(20, 30)),
        ("100에서 200으로 늘린다", Metric(100, 200)),
        ("10에서 6으로 줄인다 (현재 8)", Metric(10, 6, 8)),
        ("매출 1억에서 2억으로", Metric(1, 2, None, "억")),
        ("매출 5천에서 8천으로", Metric(5, 8, None, "천")),
        ("매출 5천만 원에서 8천만 원까지", Metric(5, 8, None, "천만 원")),
        ("재방문율 20%→35%로", Metric(20, 35, None, "%")),
        ("NPS 20 -> 30 달성", Metric(20, 30)),
        ("Raise NPS from 30 to 50 (now 41)", Metric(30, 50, 41)),
        ("Cut waiting from 3 hours to 1 hour", Metric(3, 1, None, "hour")),
        ("재방문율 20% -> 35%（현재 ２９％）", Metric(20, 35, 29, "%")),
        ("손익 −10 -> 5 (now −10)", Metric(-10, 5, -10)),
        ("재방문율 20% -> 35% (now = 29%)", Metric(20, 35, 29, "%")),
        ("재방문율 20% -> 35% (지금 재는 중)", Metric(20, 35, None, "%")),
    ],
)
def test_two_values_make_a_measure(text: str, measure: Metric):
    assert parse_key_result(text).measure == measure


@pytest.mark.parametrize(
    "text",
    [
        "앱을 출시한다",
        "v1.2 -> v2.0 출시",
        "2026-01-05 -> 2026-03-31",
        "만족도 90% 이상",
        "A -> B",
        "1,5 -> 2,5",
        "Q1 -> Q2",
        "재방문율 (now 29%)",
        "앱 출시 (현재 개발 중)",
        "NPS 20 -> 30, 이탈률 12% -> 6% (now 9%)",
        "10 → 20 → 30",
    ],
)
def test_what_names_no_two_values_measures_nothing(text: str):
    assert parse_key_result(text) == KeyResult(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("O: a\nKR 20%", "2행: 'KR'로 시작합니다; 'O:'나 'KR:'로 시작하세요"),
        ("KR: a", "1행: 핵심 결과가 목표보다 먼저 나왔습니다; 그 위에 'O: …'를 쓰세요"),
        ("O:", "1행: 'O:' 뒤에 내용이 없습니다; 한 문장을 쓰거나 줄을 지우세요"),
        ("", "목표가 하나도 없습니다; 'O: …'로 시작하는 줄을 쓰세요"),
        (
            "O: a\nKR: 3% -> 3%",
            "2행: 기준값과 목표값이 3%로 같아 진행률을 셈할 수 없습니다; 바꾸려는 값을 목표값으로 쓰세요",
        ),
        ("O: a\nKR: 3% -> 4명", "2행: 단위가 서로 다릅니다 (%, 명); 한 단위로 쓰세요"),
        ("O: a\nKR: 3 -> 4 (now 15", "2행: 현재값 '15'를 읽을 수 없습니다; (현재 29%)처럼 값 하나만 쓰세요"),
        (
            "O: a\nKR: 3% -> 4% (now 3% as of May)",
            "2행: 현재값 '3% as of May'을(를) 읽을 수 없습니다; (현재 29%)처럼 값 하나만 쓰세요",
        ),
        ("O: " + "가" * 1001, "1행: 한 줄이 1000자를 넘습니다; 문장 하나만 남기세요"),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(text: str, said: str):
    with pytest.raises(ContentError) as caught:
        parse_okrs(text)
    assert str(caught.value) == said


def test_all_wrong_lines_come_at_once(english: None):
    with pytest.raises(ContentError) as caught:
        parse_okrs("O: a\nfoo: b\nKR: 1 -> 1\n")
    assert str(caught.value) == (
        "line 2: starts with 'foo:'; expected 'O:' or 'KR:'\n"
        "line 3: baseline and target are both 1, so there is no progress to measure; "
        "write as target the value you want to reach"
    )


def test_the_current_value_is_taken_out_of_the_sentence_and_the_rest_left_as_written():
    assert (
        parse_key_result("재방문율 ２０％ → ３５％（현재 ２９％） 달성").text
        == "재방문율 ２０％ → ３５％ 달성"
    )


def test_a_byte_order_mark_full_width_heads_and_decomposed_letters_are_read():
    text = unicodedata.normalize("NFD", "\ufeffＯ： 각별한 카페\nＫＲ： 재방문율 20% -> 35%")
    assert parse_okrs(text).objectives == (
        Objective("각별한 카페", (KeyResult("재방문율 20% -> 35%", Metric(20, 35, None, "%")),)),
    )


@given(st.text(max_size=300))
def test_any_text_is_read_or_clearly_refused(text: str):
    try:
        assert parse_okrs("O: a\nKR: " + text)
    except ContentError as error:
        assert all(problem.line for problem in error.problems)
