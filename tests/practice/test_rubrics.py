"""Written answers: what the marker finds, what caps the points, and what a prompt must be."""

import random
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.practice.bank import Bank, load_bank
from okrkit.practice.grading import grade
from okrkit.practice.items import Item, Written
from okrkit.practice.prompts import PastQuestion, RubricLine
from okrkit.practice.rubrics import Mark, earned, mark, rows
from okrkit.practice.session import select
from okrkit.text import Text
from okrkit.writing.rules import Examples
from tests.conftest import SKELETONS

PROMPT: Item = load_bank([SKELETONS]).items["new/written"]
SOURCE = SKELETONS.read_text(encoding="utf-8")


def looking_for(*groups: tuple[str, ...]) -> Written:
    """Return a prompt whose only line asks for a word of each group."""
    line = RubricLine(Text("사실", "fact"), 10, ("C01",), tuple(Examples(ko=group) for group in groups))
    return replace(PROMPT, rubric={"fact": line})


def found(form: str, answer: str) -> str | None:
    """Return the words in which a form is found; None if it is not."""
    seen = mark(looking_for((form,)), answer).lines["fact"]
    return answer[slice(*seen.spans[0])] if seen.found else None


@pytest.mark.parametrize(
    ("form", "answer", "words"),
    [
        ("핵심 결과", "핵심결과는", "핵심결과"),
        ("핵심결과", "그 핵심\n결과를", "핵심\n결과"),
        ("상향식 하향식 결합", "상향식과 하향식의 결합", "상향식과 하향식의 결합"),
        ("목표 설정", "성과목표 설정", "목표 설정"),
        ("재무", "비재무 지표", "재무"),
        ("재무", "현재 무엇을", None),
        ("key result", "KEY-RESULTS", "KEY-RESULTS"),
        ("key result", "Ｋｅｙ　ｒｅｓｕｌｔ", "Ｋｅｙ　ｒｅｓｕｌｔ"),
        ("measur", "unmeasured", None),
        ("OKR", "OKRs, OKR은", "OKRs"),
        ("KPI", "KPIs fall", "KPIs"),
        ("KPI", "KPIss", None),
        ("all", "allow it", None),
        ("60~70", "60% – 70%를", "60% – 70"),
        ("0.6~0.7", "0.6-0.7점", "0.6-0.7"),
        ("3~5", "35개", None),
        ("70%", "170%", None),
        ("KR 측정", "KR은 측정", "KR은 측정"),
    ],
)
def test_words_are_found_whatever_their_spacing_case_and_particles(form: str, answer: str, words: str | None):
    assert found(form, answer) == words


def test_letters_of_a_mac_are_found_where_they_stand_once_composed():
    apart = unicodedata.normalize("NFD", "목표와 핵심 결과")
    assert mark(looking_for(("핵심 결과",)), apart).lines["fact"] == Mark(((4, 9),))


def test_a_line_needs_a_word_of_every_group_in_any_order_and_either_language():
    item = looking_for(("분기", "quarter"), ("점검", "check"))
    said = [mark(item, text).lines["fact"] for text in ("check it by the 분기", "분기마다", "연마다")]
    assert said == [Mark(((16, 18), (0, 5))), Mark(((0, 2), None)), Mark((None, None))]


FULL = PROMPT.samples.full.ko
LIST = "목표, 핵심 결과, 추적, 무엇을 이루, 측정, 지표\n" * 9
PROSE = (
    "조직의 목표를 세우고 핵심 결과를 정하여 추적하는데 무엇을 이루려 하는지와 재는 지표를 함께 정한다.\n" * 5
)


@pytest.mark.parametrize(
    ("answer", "points", "caps"),
    [
        (FULL, 10, ()),
        (LIST, 4, ("list", "plain")),
        (LIST.replace(", ", " | "), 4, ("list",)),
        (PROSE, 7, ("plain",)),
        (PROSE[: len(PROSE) // 5], 6, ("list", "short", "plain")),
        ("Ⅰ. 정의\nⅡ. 특징\n" + PROSE, 10, ()),
        ("", 0, ("list", "short", "plain")),
    ],
)
def test_an_answer_that_lists_words_is_short_or_has_no_form_earns_less(answer: str, points: int, caps: tuple):
    marks = mark(PROMPT, answer)
    assert (earned(PROMPT, marks.found, marks.caps), marks.caps) == (
        min(points, 4) if "list" in caps else points,
        caps,
    )


def test_points_are_never_more_than_there_are_and_unknown_lines_earn_none():
    assert earned(PROMPT, [*PROMPT.rubric, *PROMPT.rubric, "other"], ["other"]) == 10


def test_what_the_learner_lets_stand_decides_over_what_the_marker_found():
    given = {"text": FULL, "lines": "definition key-result"}
    graded = grade(PROMPT, given)
    assert (graded.score, {key: part.right for key, part in graded.parts.items()}) == (
        0.7,
        {"definition": True, "objective": False, "key-result": True},
    )
    on_paper = grade(PROMPT, {"text": "", "lines": "objective"})
    lifted, kept = (grade(PROMPT, {**given, "caps": caps}).score for caps in ("", "list"))
    assert (on_paper.score, lifted, kept) == (0.3, 0.7, 0.4)


def test_a_full_width_letter_takes_two_columns_and_a_line_that_is_too_long_goes_on():
    assert [rows(text) for text in ("가" * 28, "가" * 29, "a" * 56, "a" * 57, "a\n\nb\n\n", " \n", "｜" * 56)] == [
        1, 2, 1, 2, 3, 0, 2
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_any_text_is_marked_and_every_span_lies_in_it(text: str):
    marks, length = mark(PROMPT, text), len(unicodedata.normalize("NFC", text))
    assert 0 <= earned(PROMPT, marks.found, marks.caps) <= PROMPT.points
    assert all(0 <= start < end <= length for line in marks.lines.values() for start, end in line.spans)


def test_the_order_of_the_lines_of_an_answer_makes_no_difference():
    lines = FULL.split("\n")
    random.Random(1).shuffle(lines)
    assert mark(PROMPT, "\n".join(lines)).found == tuple(PROMPT.rubric)


def test_the_marker_ranks_the_samples_of_every_prompt(bank: Bank):
    for item in [PROMPT, *(item for item in bank.items.values() if isinstance(item, Written))]:
        for lang in ("ko", "en"):
            texts = [getattr(item.samples, name).in_language(lang) for name in ("full", "middling", "empty")]
            full, middling, empty = (grade(item, text).score for text in texts)
            assert 1 == full > middling > empty, (item.id, lang)


def test_every_outline_holds_what_its_rubric_asks(bank: Bank):
    for item in (item for item in bank.items.values() if isinstance(item, Written)):
        for lang in ("ko", "en"):
            found = mark(item, item.outline.in_language(lang)).found
            assert (item.id, lang, set(item.rubric) - set(found)) == (item.id, lang, set())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("points: 4", "points: 5", "rubric: rubric의 점수를 더하면 11점입니다"),
        ("points: 10  ", "points: 11  ", "points: '11'은 쓸 수 없는 값입니다"),
        ("claims: [C01, C10, C17]", "claims: [C01, C10, C18]", "claims: claims와 rubric의 주장이 다릅니다 (C17, C18)"),
        ("[핵심 결과, 주요 결과]", "[핵]", "rubric.definition.accept[0].ko: '핵'은 다른 낱말에도 들어 있습니다"),
        ("ko: [추적, 점검], en: [track, follow, check]", "ko: [추적, 점검]", "rubric.definition.accept: 받아 줄 말이 한 언어에 없습니다"),
        ("      key-result:\n", '      "key result":\n', "rubric.key result: 열쇠 'key result'에 빈칸이 있습니다"),
        ("        |---|---|\n        | O | 무엇", "        | O | 무엇", "outline.ko: 표도 그림도 없습니다"),
        ("이루었는지를 재는 지표 |\n", "이루었는지 |\n", "samples.full.ko: 만점 답안이 7점입니다 (key-result)"),
        ('"OKR은 매우 중요한 기법이며 널리 쓰이고 있다."', '"핵심 결과를 추적하며 무엇을 이루는지 본다."', "samples: 점수의 차례가 어긋납니다"),
    ],
)  # fmt: skip
def test_each_fault_of_a_prompt_is_named(tmp_path: Path, old: str, new: str, said: str):
    start = SOURCE.index("id: new/written")
    assert old in SOURCE[start:]
    (tmp_path / "09_test.yaml").write_text(
        SOURCE[:start] + SOURCE[start:].replace(old, new, 1), encoding="utf-8"
    )
    with pytest.raises(ContentError) as caught:
        load_bank([tmp_path])
    places = [f"{each.path.removeprefix('items[9].')}: {each.what.ko}" for each in caught.value.problems]
    assert said in [place[: len(said)] for place in places], places


def test_a_prompt_is_called_past_only_with_its_round_part_and_number():
    past = PastQuestion(127, "정보관리", 1, 4)
    assert (past.label.ko, past.label.en) == (
        "기출 유형: 127회 정보관리 1교시 4번",
        "like round 127, information management, part 1, no. 4",
    )


@pytest.mark.parametrize("what", ["okr-10pt-01", "written-okr"])
def test_a_quiz_asks_no_written_question_and_says_what_does(bank: Bank, what: str):
    with pytest.raises(
        ContentError, match=r"'okr-10pt-01'은 서술형 문제입니다; ok.answer\(\"okr-10pt-01\"\)로"
    ):
        select(bank, what)
    assert not any(isinstance(item, Written) for item in select(bank, "C28"))
