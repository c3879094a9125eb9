"""The quiz widget, as the page sees it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from okrkit.practice import session as practice
from okrkit.practice.items import ManyChoices, Number, OneChoice
from okrkit.practice.progress import Progress
from okrkit.text import Text, set_language
from okrkit.views.quiz_view import QuizView, quiz
from tests.conftest import NOW, refuse


@pytest.fixture
def view(one: OneChoice, many: ManyChoices, number: Number, progress: Progress) -> QuizView:
    return QuizView(Text("제목", "title"), practice.start("t", [one, many, number], progress, NOW), progress)


def send(view: QuizView, **message: Any) -> dict[str, Any]:
    """Send what the page would send; return what it is told to draw."""
    view._handle_custom_msg(message, [])
    return view.state


def test_the_page_is_told_the_question_and_not_its_key(view: QuizView):
    told = json.dumps(view.get_state(), ensure_ascii=False, default=str)
    assert "b 보기" in told
    assert "이유" not in told
    assert "correct" not in view.state["item"]
    assert view.state["feedback"] is None


def test_an_answer_brings_its_reasons(view: QuizView):
    state = send(view, do="answer", item="x/one", answer="c")
    assert state["feedback"] == {
        "answer": "c",
        "verdict": "wrong",
        "headline": "아쉽게도 아닙니다.",
        "key": "정답: b 보기",
        "why": "c 이유",
        "whys": {"a": "a 이유", "b": "b 이유", "c": "c 이유"},
        "correct": ["b"],
    }
    assert state["marks"] == ["wrong", "open", "open"]


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
    assert send(view, do="go", place=3)["summary"] == "3문제 가운데 3문제가 남았습니다."
    for item, answer in {"x/one": "b", "x/many": ["c"], "x/number": "0.6"}.items():
        send(view, do="answer", item=item, answer=answer)
    assert view.state["summary"] == "3문제를 다 풀었고, 2문제를 맞혔습니다."
    assert send(view, do="again")["marks"] == ["open"] * 3


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
