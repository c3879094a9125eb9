"""Which numbers of a sentence measure something, and what its verb does.

``OKRKIT_FUZZ=10000`` types more odd input than the normal run.
"""

import os
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okrkit.writing.linting import lint_sentence
from okrkit.writing.reading import language_of, read_sentence


def said(text: str, lang: str = "auto") -> list[tuple[str, str]]:
    return [(each.kind, text[slice(*each.span)].strip()) for each in read_sentence(text, lang).measures]


@pytest.mark.parametrize(
    "text",
    [
        "2026년 2분기까지", "6월 말", "v2.1 적용", "제3회", "2단계", "24/7 운영", "11월 3일", "2026-06-30", "Q3 안에", "p95",
        "by 30 June 2026", "in Q2 2026", "version 3.1", "the 2nd week", "ISO 27001", "24/7", "7-day trial", "Python 3", "#123", "phase 2", "1:1s", "B2B", "within the first 30 days",
    ],
)  # fmt: skip
def test_dates_versions_ordinals_and_names_measure_nothing(text: str):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("재방문율 20%에서 35%로", [("change", "20%에서 35%")]),
        ("대기 시간 12분 → 6분", [("change", "12분 → 6분")]),
        ("재방문율 35% 이상", [("percent", "35%")]),
        ("오류 5건 이하", [("bound", "5건 이하")]),
        ("주문을 두 배로", [("words", "두 배")]),
        ("손님 셋 중 둘이 다시 온다", [("share", "셋 중 둘")]),
        ("만족도 5%p 향상", [("percent", "5%p")]),
        ("출시 후 30일 잔존율 40%", [("percent", "40%")]),
        ("returns from 20% to 35%", [("change", "from 20% to 35%")]),
        ("under 4 minutes", [("bound", "under 4")]),
        ("one in twenty orders", [("share", "one in twenty")]),
        ("halve the queue", [("words", "halve")]),
        ("day-30 retention of 40%", [("percent", "40%")]),
        ("200 guests", [("count", "200")]),
        ("Marketing 20% cheaper", [("percent", "20%")]),
        ("기사의 3분의 2가 전기차를 고른다", [("share", "3분의 2")]),
        ("2번 라인 정지 3회 미만", [("bound", "3회 미만")]),
    ],
)
def test_a_number_tells_a_change_a_share_a_bound_or_how_many(text: str, measures: list[tuple[str, str]]):
    assert said(text) == measures


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("예약 시스템을 구축한다", "구축한다"),
        ("블로그 글 10편 발행", "발행"),
        ("고객 인터뷰 20회 진행하기", "진행하기"),
        ("메뉴판 만들기", "만들기"),
        ("Launch the new menu", "Launch"),
        ("Plant 1,000 trees", "Plant"),
        ("We will interview 20 guests", "interview"),
    ],
)
def test_a_task_is_found_at_its_verb(text: str, task: str):
    assert text[slice(*(read_sentence(text).task or (0, 0)))] == task


@pytest.mark.parametrize(
    "text",
    [
        "출시 후 30일 잔존율 40% 달성", "주문 완료율 60%에서 75%로", "개발 리드타임 12일에서 5일로 단축", "온보딩 개편으로 이탈률 30%→20%",
        "Release frequency from 1 to 4 a month", "Launch-week refunds stay under 2%", "Support tickets drop by half",
        "Launch an app that 30% of regulars use", "Deliver 95% of orders within 20 minutes", "Design defects fall from 12 to 4",
    ],
)  # fmt: skip
def test_words_of_doing_inside_a_measured_result_are_no_task(text: str):
    assert (read_sentence(text).task, read_sentence(text).output) == (None, None)


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("15 customer interviews done", "15 customer interviews"),
        ("Increase the number of newsletters from 2 to 4", "number of newsletters"),
        ("뉴스레터 발행을 월 2회에서 4회로 늘린다", "뉴스레터 발행을 월 2회에서 4회"),
        ("900 customers on a call", ""),
        ("블로그 글 작성을 월 4편에서 8편으로", "블로그 글 작성을 월 4편에서 8편"),
        ("배포를 월 1회에서 4회로", ""),
        ("회의를 주 9회에서 4회로", ""),
    ],
)
def test_more_of_what_is_made_is_an_output(text: str, output: str):
    assert text[slice(*(read_sentence(text).output or (0, 0)))] == output


@pytest.mark.parametrize(
    ("text", "when"),
    [("Launch it by the end of June", "by the end of June"), ("More marketing leads for junior cooks", "")],
)
def test_only_whole_names_of_months_are_dates(text: str, when: str):
    assert text[slice(*(read_sentence(text).when or (0, 0)))] == when


def test_a_sentence_of_both_languages_is_read_in_the_one_that_carries_it():
    assert [
        language_of(text) for text in ("DAU 50만에서 100만으로", "NPS 50 in all of Korea (한국)", "", "🙂")
    ] == [
        "ko",
        "en",
        "en",
        "en",
    ]


def test_letters_in_pieces_and_full_width_forms_are_read_as_composed():
    plain = read_sentence("재방문율 20%에서 35%로").measures
    assert read_sentence("재방문율 ２０％에서 35%로").measures == plain
    assert read_sentence(unicodedata.normalize("NFD", "재방문율 20%에서 35%로")).measures == plain


ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("0123456789%→.-~ KR율률에서로 \u202e\u0000\U0001f642ㄱㅏ각\u0301\ud800"),
    ),
    max_size=200,
)


@settings(max_examples=int(os.environ.get("OKRKIT_FUZZ", "200")), deadline=None)
@given(ODD, st.sampled_from(["ko", "en", "auto"]), st.sampled_from(["objective", "key_result"]))
@example("1" * 100_000, "auto", "key_result")
@example("from 1 to " * 10_000, "en", "key_result")
@example("1에서 " * 10_000, "ko", "key_result")
@example("a " * 50_000 + "1", "en", "objective")
@example("\u200f\u202e재방문율 20%\u0000", "auto", "key_result")
@example("ㅈ ㅐ ㅂㅏㅇ", "ko", "key_result")
def test_anything_one_can_type_gets_findings_inside_the_text(text: str, lang: str, kind: str):
    for each in lint_sentence(text, kind, lang):
        assert 0 <= each.span[0] <= each.span[1] <= max(len(text) * 4, 1_000)
        assert str(each.message)
        assert str(each.suggestion)
