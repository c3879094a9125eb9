"""A written answer in its cell: the sheet, the clock, the marking, and what is left to review."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from okrkit.errors import ContentError, ProgressError
from okrkit.practice.bank import Bank
from okrkit.practice.items import Written
from okrkit.practice.progress import Progress
from okrkit.practice.specimens import specimens
from okrkit.views.answer_view import AnswerView, answer
from okrkit.views.progress_view import progress
from okrkit.views.review_view import review
from tests.conftest import NOW, ROOT, refuse

NAME = "okr-10pt-01"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path))


@pytest.fixture
def item(bank: Bank) -> Written:
    found = bank.items[NAME]
    assert isinstance(found, Written)
    return found


def wake(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    """Let so many minutes have passed since the beginning."""
    monkeypatch.setenv("OKRKIT_NOW", (NOW + timedelta(minutes=minutes)).isoformat())


def send(view: AnswerView, do: str, **more: Any) -> dict[str, Any]:
    """Say what the page says; return what it is told."""
    view._take(None, {"do": do, "sitting": view.state["sitting"], "serial": 1, **more}, [])
    return view.state


def begun(text: str = "", **options: Any) -> AnswerView:
    """Return a sheet on which something is written."""
    view = answer(NAME, **options)
    send(view, "begin")
    send(view, "keep", text=text, rows=3)
    return view


def test_the_question_is_shown_once_the_clock_runs(item: Written):
    view = answer(NAME)
    assert (view.state["phase"], item.stem.ko in str(view.state)) == ("cover", False)
    state = send(view, "begin")
    assert (state["phase"], state["left"], state["text"]) == ("writing", 600, "")
    assert item.stem.ko in state["prompt"]["stem"]
    assert all(line.text.ko not in str(state) for line in item.rubric.values())


def test_what_is_written_is_there_in_a_new_kernel_with_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch):
    begun("Ⅰ. 정의")
    wake(monkeypatch, 4)
    state = answer(NAME).state
    assert (state["phase"], state["text"], state["left"], state["until"]) == ("writing", "Ⅰ. 정의", 360, None)


def test_a_clock_set_back_gives_no_time(monkeypatch: pytest.MonkeyPatch):
    view = begun("가")
    wake(monkeypatch, 4)
    send(view, "keep", text="가나")
    wake(monkeypatch, 1)
    assert answer(NAME).state["left"] == 360


def test_a_clock_set_back_gives_no_time_where_nothing_was_written_since(monkeypatch: pytest.MonkeyPatch):
    view = begun("가")
    wake(monkeypatch, 0.3)
    send(view, "keep")
    wake(monkeypatch, 0)
    assert answer(NAME).state["left"] == 600 - 0.3 * 60


def test_a_sheet_says_that_time_ran_on_unheard_and_that_a_clock_set_back_gives_none(
    monkeypatch: pytest.MonkeyPatch,
):
    view = begun("가")
    wake(monkeypatch, 5)
    send(view, "keep")
    wake(monkeypatch, 1)
    assert send(view, "keep")["notices"] == [
        "5분 동안 소식이 없었지만 시계는 멈추지 않았습니다. 실제 시험도 그렇습니다.",
        "컴퓨터의 시계가 뒤로 갔습니다. 시험 시간은 늘지 않습니다.",
    ]


def test_what_is_written_after_time_was_up_is_told_apart_and_not_proposed(
    item: Written, monkeypatch: pytest.MonkeyPatch
):
    view = begun("핵심 결과는 지표로 측정한다.\n")
    wake(monkeypatch, 10.5)
    text = "핵심 결과는 지표로 측정한다.\n모두에게 공개한다."
    assert send(view, "keep", text=text)["until"] == 17
    state = send(view, "done")
    assert [line["key"] for line in state["marking"]["lines"] if line["ticked"]] == ["key-result"]
    assert state["marking"]["lines"][5]["said"] == ["찾은 말: ‘공개’", "시간이 지난 뒤에 썼습니다."]
    assert [piece["text"] for piece in state["marking"]["pieces"] if piece["until"]] == ["한다.\n"]


def test_letters_on_their_way_when_time_was_up_still_count(monkeypatch: pytest.MonkeyPatch):
    view = begun("가")
    wake(monkeypatch, 10 + 1 / 60)
    assert (send(view, "keep", text="가나다")["until"], view.state["left"]) == (None, -1)


def test_each_line_is_proposed_with_the_words_found_and_the_learner_decides(item: Written):
    view = begun(item.samples.middling.ko)
    state = send(view, "done")
    marking = state["marking"]
    assert (state["phase"], marking["points"]) == ("marking", "10점 가운데 4점")
    assert marking["lines"][7] == {
        "key": "rhythm",
        "text": "8. 주기: 주나 월마다 점검하고 분기마다 평가 (1점)",
        "ticked": False,
        "said": ["찾은 말: ‘분기’", "찾지 못한 말(하나면 됩니다): 매주 / 주간 / 주 단위 / 한 주"],
    }
    assert "".join(piece["text"] for piece in marking["pieces"]) == item.samples.middling.ko
    assert [(piece["text"], piece["lines"], piece["ends"]) for piece in marking["pieces"]][1:4] == [
        ("목표", [1], [1]),
        ("를 세우고 ", [], []),
        ("핵심 결과", [1, 3], [1, 3]),
    ]
    state = send(view, "tick", lines=["rhythm", "definition", "nonsense"], caps=[])
    assert (state["marking"]["points"], answer(NAME).state["marking"]) == (
        "10점 가운데 3점",
        state["marking"],
    )


def test_a_cap_is_shown_with_its_reason_and_may_be_lifted(item: Written):
    state = send(view := begun("목표, 핵심 결과, 추적, 지표, 공개, 도전 70%"), "done")
    assert [cap["text"] for cap in state["marking"]["caps"]] == [
        "낱말만 늘어놓았고 풀어 쓴 문장이나 표가 거의 없습니다. 4점까지만 칩니다.",
        "기대하는 분량의 3분의 1이 안 됩니다(10점은 7행, 25점은 18행부터). 6점까지만 칩니다.",
        "제목이 둘이 안 되고 표나 그림도 없습니다. 7점까지만 칩니다.",
    ]
    kept = [line["key"] for line in state["marking"]["lines"] if line["ticked"]]
    said = [send(view, "tick", lines=kept, caps=caps)["marking"]["points"] for caps in (["list"], [])]
    assert said == [
        "10점 가운데 4점 (표시한 줄은 6점이지만 한도가 있습니다)",
        "10점 가운데 6점",
    ]


def test_the_pen_may_be_taken_up_again_before_the_marks_are_kept(item: Written):
    view = begun("핵심 결과")
    send(view, "done")
    assert send(view, "resume")["phase"] == "writing"
    send(view, "done", text=item.samples.full.ko)
    assert view.state["marking"]["points"] == "10점 가운데 10점"


def marked(text: str, monkeypatch: pytest.MonkeyPatch, minutes: float = 6) -> AnswerView:
    """Return an answer that was written in so many minutes and whose marks were kept as proposed."""
    view = answer(NAME)
    if view.state["phase"] == "marked":
        send(view, "again")
    send(view, "begin")
    wake(monkeypatch, minutes)
    send(view, "done", text=text, rows=21)
    send(view, "confirm")
    return view


def test_marks_that_are_kept_are_an_attempt_and_come_with_an_outline_and_its_mnemonics(
    item: Written, monkeypatch: pytest.MonkeyPatch
):
    view = marked(item.samples.middling.ko, monkeypatch)
    (attempt,) = Progress().attempts()
    lines = "objective key-result open"
    raw = {"text": item.samples.middling.ko, "lines": lines, "caps": "", "rows": "21"}
    assert (attempt.item, attempt.score, attempt.answer) == (NAME, 0.4, raw)
    result = view.state["result"]
    assert (result["text"], result["lines"][0]) == (
        "자기 채점: 10점 가운데 4점",
        "실제 시험은 100점에 60점, 곧 10점에 6점 수준부터 합격입니다.",
    )
    assert result["mnemonics"] == [
        {
            "text": "집정추도: 집중 · 정렬 · 추적 · 도전",
            "source": "출처: 수험 노트 · study notes (jwryu87.github.io, Tigunews/PE_Note)",
        }
    ]
    assert ("<table>" in result["outline"], result["caveat"]) == (True, item.caveat.ko)
    assert answer(NAME).state == {**view.state, "serial": 0, "notices": []}


def test_answers_to_one_prompt_are_kept_and_compared(item: Written, monkeypatch: pytest.MonkeyPatch):
    marked(item.samples.middling.ko, monkeypatch)
    monkeypatch.setenv("OKRKIT_NOW", NOW.isoformat())
    table = marked(item.samples.full.ko, monkeypatch, 9.5).state["tries"]
    assert [row["cells"] for row in table["rows"][:3]] == [
        ["6.0", "9.5"],
        ["21", "21"],
        ["4 / 10", "10 / 10"],
    ]
    assert [row["cells"] for row in table["rows"][3:6]] == [["–", "✓"], ["✓", "✓"], ["✓", "✓"]]
    view = answer(NAME)
    send(view, "again")
    assert (view.state["phase"], view.state["tries"]) == ("cover", table)


def asked(view: Any) -> set[str]:
    return {item.id for item in view._session.asked}


def test_what_was_missed_is_asked_for_from_the_next_day_until_it_was_practised(
    item: Written, bank: Bank, monkeypatch: pytest.MonkeyPatch
):
    view = marked(item.samples.middling.ko, monkeypatch)
    claims = {
        claim
        for key in ("definition", "number", "stretch", "both-ways", "rhythm")
        for claim in item.rubric[key].claims
        if any(claim in each.claims for each in bank.quizzed.values())
    }
    assert review().state["title"].startswith("오늘 복습할 문제가 없습니다. 다음 복습은 2026-01-06입니다.")
    wake(monkeypatch, 24 * 60)
    again = review()
    names = asked(again)
    assert progress().total.due == len(names)
    assert again.state["title"].startswith(f"오늘 복습할 문제 {len(names)}개")
    assert view.state["result"]["lines"][1].startswith(f"빠뜨린 것과 이어진 문제 {len(names)}개가")
    assert all(any(claim in bank.items[name].claims for name in names) for claim in claims)
    for each in again._session.items:
        message = {"do": "answer", "item": each.id, "answer": specimens(each).right, "serial": 1}
        again._take(None, message, [])
    wake(monkeypatch, 48 * 60)
    assert "오늘 복습할 문제가 없습니다" in review().state["title"]


def test_a_better_answer_leaves_less_to_review(item: Written, monkeypatch: pytest.MonkeyPatch):
    marked(item.samples.middling.ko, monkeypatch)
    marked(item.samples.full.ko, monkeypatch, 15)
    wake(monkeypatch, 24 * 60)
    assert review().state["title"].startswith("아직 푼 문제가 없습니다.")


def test_on_paper_the_kit_keeps_the_time_and_the_learner_ticks_what_the_paper_holds(
    item: Written, monkeypatch: pytest.MonkeyPatch
):
    view = answer(NAME, paper=True)
    assert view.state["printed"].count("<tr>") == 2 * (1 + 22)
    send(view, "begin")
    wake(monkeypatch, 8)
    state = send(view, "done", text="not asked for")
    assert (state["marking"]["pieces"], state["marking"]["caps"]) == ([], [])
    assert not any(line["ticked"] or line["said"] for line in state["marking"]["lines"])
    send(view, "tick", lines=["definition", "open"], caps=[], rows="24")
    state = send(view, "confirm")
    assert [row["cells"] for row in state["tries"]["rows"][:3]] == [["8.0"], ["24"], ["3 / 10"]]
    assert answer(NAME).state["tries"] == state["tries"], "typed and handwritten answers stand side by side"


def test_a_sheet_is_as_it_was_after_the_kernel_was_killed(tmp_path: Path):
    program = f"""
import os, signal
import okrkit as ok
view = ok.answer("{NAME}")
for message in ({{"do": "begin"}}, {{"do": "keep", "text": "Ⅰ. 정의"}}):
    view._take(None, {{**message, "sitting": view.state["sitting"], "serial": 1}}, [])
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=dict(os.environ), check=False)
    assert (killed.returncode, answer(NAME).state["text"]) == (-9, "Ⅰ. 정의")


def test_two_views_of_one_sheet_write_one_history(item: Written):
    one = begun("가")
    other = answer(NAME)
    send(one, "done", text=item.samples.full.ko)
    send(one, "confirm")
    said = send(other, "keep", text="가나")
    assert (said["phase"], said["result"]["text"]) == ("marked", "자기 채점: 10점 가운데 10점")
    assert len(Progress().attempts()) == 1


def test_what_is_written_in_one_view_is_there_in_the_other():
    one, other = begun(), answer(NAME)
    send(one, "keep", text="Ⅰ. 정의")
    assert send(other, "keep")["text"] == "Ⅰ. 정의"
    assert send(other, "done")["phase"] == "marking"


def test_an_empty_sheet_is_not_marked_and_an_abandoned_one_may_be_thrown_away(
    monkeypatch: pytest.MonkeyPatch,
):
    view = begun(" ")
    said = send(view, "done")
    assert (said["phase"], said["problem"]) == ("writing", "아직 쓴 것이 없습니다; 쓰고 나서 채점하세요")
    wake(monkeypatch, 60 * 24)
    assert send(answer(NAME), "throw away")["phase"] == "cover"
    assert (answer(NAME).state["phase"], Progress().attempts()) == ("cover", ())


def test_a_message_of_an_older_sheet_changes_nothing(item: Written, monkeypatch: pytest.MonkeyPatch):
    view = marked(item.samples.full.ko, monkeypatch)
    old = view.state["sitting"]
    send(view, "again")
    send(view, "begin")
    send(view, "keep", text="가", sitting=old)
    assert view.state["text"] == ""


def test_what_cannot_be_saved_is_said_and_stays_on_the_page():
    view = begun("가")
    refuse(Progress())
    assert "okrkit을 새로 받으세요" in send(view, "keep", text="가나")["problem"]
    with pytest.raises(ProgressError):
        answer(NAME)


def test_an_answer_that_no_sheet_holds_is_refused():
    view = begun("가")
    said = send(view, "keep", text="가" * 50_001)
    assert (said["problem"], said["text"]) == ("답안이 50000자를 넘습니다; 줄이세요", "가")


def test_text_is_kept_as_text_whatever_it_holds():
    view = begun("<b>\ud83d\0" + "e\u0301")
    assert (view.state["text"], answer(NAME).state["text"]) == ("<b>?\0é", "<b>?\0é")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("okr-10pt-1", "'okr-10pt-1'은 서술형 문제가 아닙니다; 이렇게 써 보세요: okr-10pt-01"),
        (
            "what/stands-for",
            "'what/stands-for'은(는) 서술형 문제가 아닙니다; ok.quiz(\"what/stands-for\")로 푸세요",
        ),
    ],
)
def test_another_name_is_answered_with_what_to_write(name: str, said: str):
    with pytest.raises(ContentError) as caught:
        answer(name)
    assert str(caught.value) == said


def test_it_is_told_apart_and_can_be_read_where_widgets_cannot_run(item: Written, english: None):
    view = answer(NAME)
    data, _ = view._repr_mimebundle_()
    assert repr(view).startswith("<Answer okr-10pt-01: 10 points, 10 min, ")
    assert data["text/html"].startswith("<p>Define OKR (Objectives and Key Results),")
    assert view.state["label"] == "10 points · 10 min · expected question"
    assert (
        answer("bsc-10pt-01").state["label"].endswith("like round 127, information management, part 1, no. 4")
    )


def test_a_language_chosen_in_the_view_holds_for_all_it_says(item: Written):
    view = begun(item.samples.middling.ko)
    send(view, "done")
    state = send(view, "speak", lang="en")
    assert (state["lang"], state["marking"]["points"]) == ("en", "4 of 10 points")
    assert state["marking"]["lines"][7]["said"] == ["Found: “분기”", "Not found (one would do): week / month"]
