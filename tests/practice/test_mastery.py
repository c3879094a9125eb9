"""What is known, weak and due, as the attempts tell it."""

from dataclasses import replace
from datetime import date, timedelta
from math import isnan

import pytest

from okrkit.okr.tables import to_frame
from okrkit.practice import scheduling
from okrkit.practice.bank import Bank
from okrkit.practice.items import Chapter, Choice, OneChoice
from okrkit.practice.mastery import Calibration, Mastery, Standing, mastery, minutes_by_day
from okrkit.practice.progress import Attempt
from okrkit.practice.topics import Claim, Topic
from okrkit.text import Text
from tests.conftest import NOW, common

TODAY = scheduling.local_day(NOW)
TRIED = Attempt("s", "x/a", "b", 1.0, NOW)
CARD = Topic(
    "okr-001", Text("카드", "card"), "c", Text("하위", "sub"), (), (), "basic", 1, (), {},
    {name: Claim("A", "ok", f"<b>주장 {name}</b>", f"<b>claim {name}</b>") for name in ("C01", "C02", "C03")},
)  # fmt: skip


def question(name: str, *claims: str, level: str = "recall") -> OneChoice:
    made = {**common(f"x/{name}"), "claims": claims, "level": level}
    return OneChoice(kind="one", choices={"b": Choice("나", "b", Text("", ""), correct=True)}, **made)


@pytest.fixture
def bank() -> Bank:
    """Four questions in two chapters, about three claims."""
    first = (question("a", "C01"), question("b", "C01", "C02"))
    second = (question("c", "C02", level="apply"), question("d", "C03", level="apply"))
    chapters = {"01": Chapter(Text("하나", "one"), CARD.id, first)}
    chapters["02"] = Chapter(Text("둘", "two"), CARD.id, second)
    return Bank({CARD.id: CARD}, chapters, {item.id: item for item in first + second})


def counts(told: Mastery) -> dict[str, tuple[int, int, int, int]]:
    """Return known, weak, new and due of each row."""
    return {row.key: (row.known, row.weak, row.new, row.due) for row in told.rows}


A_RIGHT_B_WRONG = (TRIED, replace(TRIED, item="x/b", score=0.0, at=NOW + timedelta(seconds=40)))


def test_a_question_counts_for_each_of_its_claims_its_chapter_and_its_level(bank: Bank):
    told = {by: counts(mastery(A_RIGHT_B_WRONG, bank, NOW, by=by)) for by in ("claim", "chapter", "level")}
    assert told == {
        "claim": {"C01": (1, 1, 0, 0), "C02": (0, 1, 1, 0), "C03": (0, 0, 1, 0)},
        "chapter": {"01": (1, 1, 0, 0), "02": (0, 0, 2, 0)},
        "level": {"recall": (1, 1, 0, 0), "apply": (0, 0, 2, 0)},
    }


@pytest.mark.parametrize(
    ("tried", "known"),
    [
        (TRIED, True),
        (replace(TRIED, confidence="likely"), True),
        (replace(TRIED, confidence="guess"), False),
        (replace(TRIED, hints=1), False),
        (replace(TRIED, score=0.9), False),
        (replace(TRIED, score=0.0), False),
    ],
)
def test_known_is_what_was_fully_right_at_the_first_try_without_help_and_no_guess(
    bank: Bank, tried: Attempt, known: bool
):
    total = mastery([tried], bank, NOW).total
    assert (total.known, total.weak, total.new) == (known, not known, 3)


def test_the_latest_first_try_decides_whatever_the_order_and_second_tries_do_not_count(bank: Bank):
    missed, later = replace(TRIED, score=0.0), replace(TRIED, sitting="t", at=NOW + timedelta(1))
    second = replace(missed, nth=2, score=1.0, at=NOW + timedelta(2))
    assert [
        mastery(tries, bank, NOW + timedelta(3)).total.known
        for tries in ([missed, later], [later, missed], [missed, second])
    ] == [1, 1, 0]


def test_due_is_what_the_review_has_still_to_ask_today(bank: Bank):
    later = NOW + timedelta(3)
    total = mastery(A_RIGHT_B_WRONG, bank, later).total
    held = scheduling.memories(A_RIGHT_B_WRONG, scheduling.local_day(later))
    assert total.due == len(scheduling.due(held, scheduling.local_day(later))) == 2
    again = replace(TRIED, sitting="t", at=later)
    assert mastery([*A_RIGHT_B_WRONG, again], bank, later).total.due == 1


def test_recall_is_fsrs_estimate_for_the_exam_or_else_for_today_over_what_was_practised(bank: Bank):
    held = scheduling.memories(A_RIGHT_B_WRONG, TODAY + timedelta(1))
    exam = TODAY + timedelta(30)
    for day, asked in ((exam, exam), (TODAY, None), (TODAY, TODAY - timedelta(1))):
        told = mastery(A_RIGHT_B_WRONG, bank, NOW, asked)
        chances = [scheduling.retrievability(held[name], day) for name in ("x/a", "x/b")]
        assert [row.recall for row in told.rows] == [sum(chances) / 2, chances[1], None]


def test_calibration_counts_first_tries_by_how_sure_one_was(bank: Bank):
    said = [("sure", 1.0), ("sure", 0.0), ("likely", 1.0), ("likely", 0.5), (None, 1.0)]
    tries = [replace(TRIED, item=f"x/{n}", confidence=c, score=s) for n, (c, s) in enumerate(said)]
    told = mastery([*tries, replace(tries[0], nth=2)], bank, NOW)
    assert told.calibration == (
        Calibration("sure", 2, 1, -3.0),
        Calibration("likely", 2, 1, 3.0),
        Calibration("guess", 0, 0, 0.0),
    )
    assert [each.share for each in told.calibration] == [0.5, 0.5, None]


@pytest.mark.parametrize(
    ("right", "of", "interval"),
    [(0, 0, (0.0, 1.0)), (9, 10, (0.596, 0.982)), (0, 10, (0.0, 0.278)), (5, 5, (0.566, 1.0))],
)
def test_few_answers_leave_a_wide_interval(right: int, of: int, interval: tuple[float, float]):
    # 9 of 10 and 0 of 10 as in Newcombe (Statistics in Medicine 17, 1998) by Wilson's method.
    found = Calibration("sure", of, right, 0.0).interval
    assert tuple(round(end, 3) for end in found) == interval


def test_minutes_are_the_gaps_between_answers_and_a_pause_counts_as_the_usual_time():
    seconds = [0, 30, 90, 90, 5000]  # usual 60 s, 30, 60, usual (at once), usual (after a pause)
    tries = [replace(TRIED, item=f"x/{n}", at=NOW + timedelta(seconds=s)) for n, s in enumerate(seconds)]
    assert minutes_by_day(tries) == {TODAY: 4.5}
    apart = [*tries, replace(TRIED, item="x/9", at=NOW + timedelta(2))]
    assert minutes_by_day(apart[::-1]) == {TODAY: 4.5, TODAY + timedelta(2): 1.0}


def test_it_prints_what_matters_first_the_weakest_on_top(bank: Bank):
    sure = replace(A_RIGHT_B_WRONG[0], confidence="sure")
    told = mastery([sure, A_RIGHT_B_WRONG[1]], bank, NOW, TODAY + timedelta(30))
    assert (
        str(told)
        == repr(told)
        == (
            "문제 4개: 아는 것 1, 약한 것 1, 아직 안 푼 것 2. 오늘 복습할 것 0.\n"
            "시험일(2026-02-04)에 떠올릴 확률: 평균 63% (FSRS의 추정. 안 푼 문제는 뺐고, 고르는 문제는 찍어 맞힐 수도 있음)\n"
            "푼 시간: 모두 약 2분, 최근 7일 약 2분 (답 사이의 간격으로 어림)\n"
            "확신한 만큼 맞았나: 확실함 1/1. 확신도 점수 +3 (최고 3)\n"
            "C02: 아는 것 0, 약한 것 1, 안 푼 것 1, 복습 0, 떠올릴 확률 47%  <b>주장 C02</b>\n"
            "C01: 아는 것 1, 약한 것 1, 안 푼 것 0, 복습 0, 떠올릴 확률 63%  <b>주장 C01</b>"
        )
    )
    assert str(told).encode("cp949")


def test_it_speaks_english_too(bank: Bank, english: None):
    assert str(mastery([TRIED], bank, NOW)) == (
        "Questions: 4. Known 1, weak 0, not yet practised 3. Due today: 0.\n"
        "Probability of recall today: 100% on average"
        " (an estimate by FSRS, without those not yet practised; and a choice can be guessed)\n"
        "Time practised: about 1 min in all, 1 in the last 7 days (from the gaps between answers)\n"
        "C01: known 1, weak 0, new 1, due 0, recall 100%  <b>claim C01</b>"
    )


def test_in_a_notebook_it_is_a_table_whose_text_is_text(bank: Bank, english: None):
    html = mastery(A_RIGHT_B_WRONG, bank, NOW)._repr_html_()
    assert html.count("<tr>") == 3
    assert '<th scope="row">C02</th><td>2</td><td>0</td><td>1</td><td>1</td><td>0</td>' in html
    assert "&lt;b&gt;claim C02&lt;/b&gt;" in html
    assert "<b>" not in html


def test_of_many_rows_the_weakest_are_printed_and_the_rest_counted(bank: Bank):
    row = Standing("C01", Text("", ""), 1, 1, 0, 0, 0.9)
    told = replace(mastery([TRIED], bank, NOW), rows=tuple(replace(row, key=f"C{n:02}") for n in range(20)))
    assert str(told).splitlines()[-2:] == [
        "C14: 아는 것 1, 약한 것 0, 안 푼 것 0, 복습 0, 떠올릴 확률 90%  ",
        "그 밖에 5개: ok.to_frame(ok.progress())",
    ]
    assert told._repr_html_().endswith("<p>그 밖에 5개: ok.to_frame(ok.progress())</p>")


def test_before_anything_was_practised_it_says_how_to_begin(bank: Bank):
    told = mastery([], bank, NOW)
    begin = '아직 푼 문제가 없습니다. ok.quiz("01")이나 ok.review()로 시작하면 여기에 쌓입니다.'
    assert str(told) == begin
    assert told._repr_html_() == f"<p>{begin.replace(chr(34), '&quot;')}</p>"
    assert counts(told) == {"C01": (0, 0, 2, 0), "C02": (0, 0, 2, 0), "C03": (0, 0, 1, 0)}


def test_as_a_frame_it_has_one_row_a_claim_practised_or_not(bank: Bank):
    frame = to_frame(mastery(A_RIGHT_B_WRONG, bank, NOW))
    assert [*frame.columns] == ["claim", "name", "questions", "known", "weak", "new", "due", "recall"]
    assert frame.iloc[0].to_list() == ["C01", "<b>주장 C01</b>", 2, 1, 1, 0, 0, 1.0]
    assert isnan(frame.loc[2, "recall"])
    assert to_frame(mastery((), bank, NOW, by="level"))["new"].to_list() == [2, 2]


def test_answers_to_questions_that_left_the_bank_count_for_the_time_alone(bank: Bank):
    told = mastery([replace(TRIED, item="x/gone")], bank, NOW, date(2026, 2, 1))
    assert (told.practised, told.total.new, sum(told.minutes.values())) == ([], 4, 1.0)
