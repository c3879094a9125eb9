"""The quiz widget, as the page sees it."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from okrkit.practice import session as practice
from okrkit.practice.bank import Bank, load_bank
from okrkit.practice.items import Chapter, ManyChoices, Number, OneChoice
from okrkit.practice.progress import Progress
from okrkit.practice.specimens import specimens
from okrkit.text import Text, language, set_language
from okrkit.views import quiz_page
from okrkit.views.quiz_view import QuizView, quiz
from tests.conftest import NOW, SKELETONS, refuse, skeletons


@pytest.fixture
def view(one: OneChoice, many: ManyChoices, number: Number, progress: Progress) -> QuizView:
    return QuizView(Text("제목", "title"), practice.start("t", [one, many, number], progress, NOW), progress)


PNG = b"\x89PNG\r\n\x1a\n"


def with_picture(folder: Path) -> Path:
    """Write a chapter of one question with a picture and a table."""
    (folder / "dot.png").write_bytes(PNG)
    text = SKELETONS.read_text(encoding="utf-8")
    picture = '    picture: {file: dot.png, alt: {ko: "점 하나", en: "a dot"}}\n    stem: {ko: "물음\\n\\n| 가 |\\n|---|\\n| 나 |", en: "q"}\n'
    start, stem, hints = (text.index(mark) for mark in ("  # 하나 고르기", "    stem:", "    hints:"))
    item = text[:stem] + picture + text[hints : text.index("  # 모두 고르기")]
    assert start < stem < hints
    (folder / "09_mine.yaml").write_text(item, encoding="utf-8")
    return folder


def told(view: QuizView) -> str:
    """Return all the page has been told."""
    return json.dumps(view.get_state(), ensure_ascii=False, default=str)


def send(view: QuizView, **message: Any) -> dict[str, Any]:
    """Send what the page would send; return what it is told to draw."""
    view._handle_custom_msg(message, [])
    return view.state


def test_the_page_is_told_the_question_and_not_its_key(view: QuizView):
    assert "b 보기" in told(view)
    assert re.findall("[a-d] 이유", told(view)) == []
    assert "correct" not in view.state["item"]
    assert view.state["feedback"] is None


def test_a_first_wrong_answer_is_taught_and_the_second_shows_the_key(view: QuizView):
    first = send(view, do="answer", item="x/one", answer="c")["feedback"]
    assert first == {
        "answer": "c",
        "tries": 1,
        "done": False,
        "verdict": "wrong",
        "headline": "아쉽게도 아닙니다.",
        "lines": ["c 이유", "한 번 더 풀어 보세요. 이번에 맞히면 점수의 50%를 얻습니다."],
        "marks": [],
        "parts": {
            "a": {"mark": "", "labels": [], "why": ""},
            "b": {"mark": "", "labels": [], "why": ""},
            "c": {"mark": "wrong", "labels": ["내 답"], "why": ""},
        },
    }
    assert view.state["marks"] == ["retry", "open", "open"]
    second = send(view, do="answer", item="x/one", answer="a")["feedback"]
    assert second == {
        **first,
        "answer": "a",
        "tries": 2,
        "done": True,
        "lines": ["a 이유", "정답: b 보기"],
        "marks": ["점수 0 / 1"],
        "parts": {
            "a": {"mark": "wrong", "labels": ["내 답"], "why": ""},
            "b": {"mark": "right", "labels": ["정답"], "why": "b 이유"},
            "c": {"mark": "", "labels": [], "why": "c 이유"},
        },
    }
    assert view.state["marks"] == ["wrong", "open", "open"]


@pytest.mark.parametrize("name", skeletons())
def test_neither_key_nor_reason_reaches_the_page_before_the_last_try(name: str, progress: Progress):
    session = practice.start("t", [skeletons()[name]], progress, NOW)
    (item,), view = session.items, QuizView(Text("", ""), session, progress)
    made, whys = specimens(item), set(re.findall(r"why=Text\(ko='([^']+)'", repr(item)))
    assert {why for why in whys if why in told(view)} == set()
    if not isinstance(item, OneChoice | ManyChoices):
        names = {*getattr(item, "parts", ()), *getattr(item, "targets", ()), *getattr(item, "blanks", ())}
        assert {part["key"] for part in view.state["item"]["parts"]} & names == set()
    send(view, do="answer", item=name, answer=quiz_page.to_page(session, item, made.wrong))
    grade = practice.feedback(view._session, item)
    chosen = {item.choices[key].why.ko for key in made.wrong} if hasattr(item, "choices") else None
    may = chosen or {part.why.ko for part in grade.parts.values() if part.right} | {grade.taught.ko}
    assert {why for why in whys if why in told(view)} == whys & may
    last = send(view, do="answer", item=name, answer=quiz_page.to_page(session, item, made.right))
    assert (last["feedback"]["verdict"], last["feedback"]["done"]) == ("right", True)


def test_a_hint_is_shown_when_asked_for_and_costs_a_quarter(progress: Progress):
    item = skeletons()["new/one"]
    view = QuizView(Text("", ""), practice.start("t", [item], progress, NOW), progress)
    assert item.hints[0].ko not in told(view)
    assert view.state["hints"] == {"seen": [], "more": "힌트 보기 (1개 남음, 하나에 점수의 25%)"}
    assert send(view, do="hint", nth=1)["hints"] == {"seen": [item.hints[0].ko], "more": ""}
    assert send(view, do="answer", item=item.id, answer="a")["feedback"]["marks"] == ["점수 0.75 / 1"]
    assert progress.attempts(view._session.sitting)[0].hints == 1


def test_a_hint_seen_stays_seen_and_counted_when_the_cell_runs_again(progress: Progress):
    item = skeletons()["new/one"]
    send(QuizView(Text("", ""), practice.start("t", [item], progress, NOW), progress), do="hint", nth=1)
    again = QuizView(Text("", ""), practice.start("t", [item], progress, NOW), progress)
    assert again.state["hints"] == {"seen": [item.hints[0].ko], "more": ""}
    assert send(again, do="answer", item=item.id, answer="a")["feedback"]["marks"] == ["점수 0.75 / 1"]
    assert send(again, do="again")["hints"]["seen"] == []


def test_a_double_click_is_no_second_try_and_no_second_hint(progress: Progress):
    item = replace(skeletons()["new/one"], hints=(Text("첫째", "first"), Text("둘째", "second")))
    view = QuizView(Text("", ""), practice.start("t", [item], progress, NOW), progress)
    for _ in range(2):
        send(view, do="hint", nth=1)
        send(view, do="answer", item=item.id, answer="b", tries=0)
    assert (view.state["hints"]["seen"], view.state["feedback"]["tries"]) == (["첫째"], 1)
    assert send(view, do="answer", item=item.id, answer="b", tries=1)["feedback"]["tries"] == 2


def test_confidence_is_asked_before_the_first_try_and_marked_beside_the_score(
    one: OneChoice, many: ManyChoices, progress: Progress
):
    view = QuizView(Text("", ""), practice.start("t", [one, many], progress, NOW), progress, confidence=True)
    assert send(view, do="answer", item="x/one", answer="b")["problem"] == (
        "얼마나 확신하는지 고르지 않았습니다; 하나를 고르고 확인을 누르세요"
    )
    state = send(view, do="answer", item="x/one", answer="b", confidence="sure")
    assert state["feedback"]["marks"] == ["점수 1 / 1", "확신도 점수 +3 (최고 3)"]
    send(view, do="go", place=1)
    send(view, do="answer", item="x/many", answer=["c"], confidence="likely")
    send(view, do="answer", item="x/many", answer=["a", "b"])
    assert send(view, do="go", place=2)["summary"] == {
        "text": "2문제를 다 풀었고, 2문제를 맞혔습니다.",
        "lines": ["점수 1.5 / 2", "확신도 점수 +1 (최고 6)"],
        "claims": [{"claim": "C01", "text": "", "score": "1.5 / 2"}],
        "missed": "틀린 문제만 다시 풀기 (1문제)",
    }
    again = send(view, do="missed")
    assert (again["marks"], again["item"]["id"]) == (["open"], "x/many")
    assert send(view, do="ask", confidence=False)["asks"] is False


def test_the_language_is_switched_in_the_quiz_alone(view: QuizView):
    assert send(view, do="speak", lang="en")["item"]["stem"] == "question"
    problem = send(view, do="answer", item="x/one", answer="")["problem"]
    assert problem == "nothing is chosen yet; choose an answer, then check it"
    assert (language(), send(view, do="speak", lang="fr")["lang"]) == ("ko", "en")


def test_what_the_history_has_to_say_is_said_in_the_quiz(one: OneChoice, progress: Progress):
    session = practice.start("t", [one], progress, NOW)
    progress.notices.append(Text("알림", "notice"))
    view = QuizView(Text("", ""), session, progress)
    assert (view.state["notices"], progress.notices) == (["알림"], [])
    assert send(view, do="go", place=0)["notices"] == ["알림"]


def test_a_picture_travels_with_its_question_and_its_words(tmp_path: Path, progress: Progress):
    bank = load_bank([with_picture(tmp_path)])
    session = practice.start("t", list(bank.items.values()), progress, NOW)
    page = QuizView(Text("", ""), session, progress, bank).state["item"]
    assert page["picture"] == {"src": f"data:image/png;base64,{b64encode(PNG).decode()}", "alt": "점 하나"}
    assert page["more"].startswith("<table>")


def test_where_widgets_cannot_run_the_questions_can_be_read(view: QuizView):
    data, _ = view._repr_mimebundle_()
    assert data["text/html"].startswith("<p><strong>제목</strong></p><p>여기서는 문제를 풀 수 없습니다.")
    assert data["text/html"].endswith("<ol><li><p>문제</p></li><li><p>문제</p></li><li><p>문제</p></li></ol>")


def test_a_bank_of_ones_own_is_practised_under_its_own_name(tmp_path: Path):
    with_picture(tmp_path)
    assert repr(quiz("09", bank=tmp_path)).startswith(f"<Quiz 09, bank={tmp_path.name}: 1 question, ")


def test_a_malformed_answer_is_said_to_be_one_and_not_recorded(view: QuizView, progress: Progress):
    send(view, do="go", place=2)
    state = send(view, do="answer", item="x/number", answer="많이")
    assert state["problem"] == "'많이'는 숫자가 아닙니다; 0.7이나 1,200처럼 쓰세요"
    assert (state["feedback"], state["marks"]) == (None, ["open"] * 3)
    assert progress.attempts(progress.sitting("t", NOW)) == ()
    assert send(view, do="answer", item="x/number", answer="0.6")["problem"] == ""


def test_the_attempt_is_on_disk_before_the_page_is_told(view: QuizView, progress: Progress):
    seen = []
    view.observe(
        lambda _: seen.append(len(Progress(progress.path).attempts(progress.sitting("t", NOW)))), "state"
    )
    send(view, do="answer", item="x/one", answer="b")
    assert seen == [1]


def test_an_answer_that_could_not_be_saved_shows_no_result(view: QuizView, progress: Progress):
    refuse(progress)
    state = send(view, do="answer", item="x/one", answer="b")
    assert "다른 판의 okrkit이 쓴 기록입니다" in state["problem"]
    assert (state["feedback"], state["marks"][0]) == (None, "open")


def test_an_unexpected_error_is_shown_where_the_learner_looks(view: QuizView):
    state = send(view, do="answer", item="x/nowhere", answer="b", serial=7)
    assert state["problem"] == "뜻밖의 오류입니다: KeyError: 'x/nowhere'"
    assert state["serial"] == 7


def test_a_view_made_again_shows_the_same_question_and_answers(
    view: QuizView, one, many, number, progress: Progress
):
    send(view, do="answer", item="x/one", answer="b")
    send(view, do="go", place=1)
    last = send(view, do="answer", item="x/many", answer=["a"])
    again = QuizView(
        Text("제목", "title"),
        practice.start("t", [one, many, number], Progress(progress.path), NOW),
        progress,
    )
    assert {**again.state, "serial": 0} == {**last, "serial": 0}


def test_the_end_tells_how_it_went_and_lets_one_start_again(view: QuizView):
    assert send(view, do="go", place=3)["summary"] == {
        "text": "3문제 가운데 3문제가 남았습니다.",
        "lines": ["점수 0 / 3"],
        "claims": [],
        "missed": "",
    }
    for item, answer in (("x/one", "b"), ("x/many", ["c"]), ("x/many", ["d"]), ("x/number", "0.6")):
        send(view, do="answer", item=item, answer=answer)
    assert view.state["summary"]["text"] == "3문제를 다 풀었고, 2문제를 맞혔습니다."
    assert send(view, do="again")["marks"] == ["open"] * 3


def test_claims_with_the_full_score_are_named_in_a_line_and_the_table_holds_the_weak(
    one: OneChoice, number: Number, progress: Progress
):
    known = replace(number, claims=("C02",))
    view = QuizView(Text("", ""), practice.start("t", [one, known], progress, NOW), progress)
    send(view, do="answer", item=known.id, answer="0.6")
    assert send(view, do="go", place=2)["summary"]["lines"] == ["점수 1 / 2", "다 맞힌 주장: C02"]
    send(view, do="answer", item=one.id, answer="c")
    assert view.state["summary"]["claims"] == [{"claim": "C01", "text": "", "score": "0 / 1"}]


def test_a_quiz_over_several_chapters_names_the_one_to_begin_with(
    one: OneChoice, many: ManyChoices, number: Number, progress: Progress
):
    chapters = {
        "01": Chapter(Text("앞 장", "the first"), "x", (one,)),
        "02": Chapter(Text("뒤 장", "the second"), "x", (many, number)),
    }
    session = practice.start("t", [many, one, number], progress, NOW)
    view = QuizView(Text("", ""), session, progress, Bank(chapters=chapters))
    for item, answer in (("x/one", "b"), ("x/many", ["c"]), ("x/many", ["a", "b"])):
        send(view, do="answer", item=item, answer=answer)
    assert send(view, do="go", place=3)["summary"]["lines"] == ["점수 1.5 / 3"]  # nothing is said too early
    send(view, do="answer", item="x/number", answer="0.6")
    assert view.state["summary"]["lines"] == [
        "점수 2.5 / 3",
        "장별 점수: 01장 1 / 1, 02장 1.5 / 2",
        "02장 ‘뒤 장’부터 시작하세요. 점수가 가장 낮습니다.",
    ]
    assert send(view, do="speak", lang="en")["summary"]["lines"][1:] == [
        "By chapter: 01 (1 of 1), 02 (1.5 of 2)",
        "Begin with chapter 02, “the second”: its score is the lowest.",
    ]


def test_a_full_score_in_every_chapter_leaves_the_choice(one: OneChoice, number: Number, progress: Progress):
    chapters = {name: Chapter(Text("장", "c"), "x", (item,)) for name, item in (("01", one), ("02", number))}
    session = practice.start("t", [one, number], progress, NOW)
    view = QuizView(Text("", ""), session, progress, Bank(chapters=chapters))
    for item, answer in (("x/one", "b"), ("x/number", "0.6")):
        send(view, do="answer", item=item, answer=answer)
    assert send(view, do="go", place=2)["summary"]["lines"][1:] == [
        "장별 점수: 01장 1 / 1, 02장 1 / 1",
        "모든 장에서 만점입니다. 어느 장부터 시작해도 좋습니다.",
        "다 맞힌 주장: C01",
    ]


def test_a_quiz_over_several_chapters_is_titled_by_them_all(tmp_path: Path):
    for number in ("08", "09"):
        text = SKELETONS.read_text(encoding="utf-8").replace("id: new/", f"id: new{number}/")
        (tmp_path / f"{number}_x.yaml").write_text(text, encoding="utf-8")
    assert quiz("C01", bank=tmp_path).state["title"] == "08, 09장에서 고른 문제"
    assert quiz("09", bank=tmp_path).state["title"] == "새 문제"


def test_it_speaks_english_when_told(view: QuizView):
    set_language("en")
    state = send(view, do="go", place=0)
    assert (state["lang"], state["title"], state["item"]["stem"], state["words"]["check"]) == (
        "en",
        "title",
        "question",
        "Check",
    )


def test_its_repr_is_short_the_same_each_time_and_notices_a_changed_word(one: OneChoice, progress: Progress):
    def shown(item: OneChoice) -> str:
        return repr(QuizView(Text("", ""), practice.start("t", [item], progress, NOW), progress))

    assert shown(one) == shown(one)
    assert len(shown(one)) < 80
    assert shown(replace(one, stem=Text("물음", "question"))) != shown(one)


def test_a_quiz_of_any_length_is_one_widget_with_its_layout():
    before = len(_instances)
    quiz("01")
    assert len(_instances) - before == 2


def test_a_quiz_with_options_is_a_quiz_of_its_own():
    names = [repr(quiz(*options)).split(":")[0] for options in (("01",), ("01", 2), ("01", 2, 5), ("C01",))]
    assert names == ["<Quiz 01", "<Quiz 01, n=2", "<Quiz 01, n=2, seed=5", "<Quiz C01"]


def test_a_claim_in_small_letters_is_the_same_quiz_with_the_same_history():
    small, large = quiz("c28"), quiz("C28")
    assert (small._session.sitting, repr(small)) == (large._session.sitting, repr(large))
