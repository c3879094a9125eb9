"""The mock exam, as the page sees it."""

import json
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from okrkit.errors import ContentError
from okrkit.files import read_yaml, to_yaml
from okrkit.practice.items import Item
from okrkit.practice.progress import Progress
from okrkit.practice.progress.transfer import export_history
from okrkit.practice.specimens import specimens
from okrkit.views import quiz_page
from okrkit.views.exam_view import ExamView, exam
from okrkit.views.review_view import review
from tests.conftest import NOW, ROOT, SKELETONS, refuse

KINDS = 9


@pytest.fixture(autouse=True)
def new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path))
    at(monkeypatch, 0)


def at(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    """Let the clock say that it is so many minutes after the first moment."""
    monkeypatch.setenv("OKRKIT_NOW", (NOW + timedelta(minutes=minutes)).isoformat())


def send(view: ExamView, do: str, **message: Any) -> dict[str, Any]:
    """Send what the page would send; return what it is told to draw."""
    view._handle_custom_msg({"do": do, **message}, [])
    return view.state


def kinds(**options: Any) -> ExamView:
    """Return an exam of one question of each kind."""
    return exam(n=KINDS, minutes=30, seed=7, bank=SKELETONS, **options)


def begun() -> ExamView:
    view = kinds()
    send(view, "begin")
    return view


def items(view: ExamView) -> tuple[Item, ...]:
    return view._session.items


def write(view: ExamView, item: Item, kind: str) -> dict[str, Any]:
    """Put the right or a wrong answer on the sheet, by the names the page knows."""
    raw = getattr(specimens(item), kind)
    raw = raw[0] if item.kind == "one" else raw
    return send(view, "pulse", item=item.id, answer=quiz_page.to_page(view._session, item, raw))


def told(view: ExamView) -> str:
    """Return all the page has been told."""
    return json.dumps(view.get_state(), ensure_ascii=False, default=str)


def test_the_cover_says_what_is_asked_and_the_clock_stands_till_it_is_begun(monkeypatch: pytest.MonkeyPatch):
    view = kinds()
    assert view.state["cover"] == [
        "9문제, 30분. 한 문제에 1점이고, 일부만 맞으면 그만큼 얻습니다.",
        "제출하거나 시간이 다 될 때까지 정답과 풀이를 보여 주지 않습니다. 그때까지는 답을 고칠 수 있습니다.",
        "시작하면 시계가 갑니다. 창을 닫거나 커널을 다시 시작해도 멈추지 않고, 쓴 답은 바로 저장됩니다.",
    ]
    assert (view.state["phase"], view.state["item"]) == ("cover", None)
    at(monkeypatch, 60)
    assert send(view, "begin")["left"] == 30 * 60


def test_neither_key_nor_reason_nor_verdict_reaches_the_page_before_the_end():
    view = begun()
    whys = set(re.findall(r"why=Text\(ko='([^']+)'", repr(items(view))))
    for place, item in enumerate(items(view)):
        send(view, "go", place=place)
        state = write(view, item, "right" if place % 2 else "wrong")
        assert {why for why in whys if why in told(view)} == set()
        assert {"feedback", "summary"} & state.keys() == set()
    assert set(view.state["marks"]) == {"answered"}
    assert "correct" not in told(view)


def test_a_wrong_and_a_right_answer_look_the_same_before_the_end():
    view = begun()
    one = next(item for item in items(view) if item.kind == "one")
    right, wrong = (write(view, one, kind) | {"draft": None} for kind in ("right", "wrong"))
    assert right == wrong


def test_answers_are_changed_till_the_end_and_the_last_ones_are_marked():
    view = begun()
    for item in items(view):
        write(view, item, "wrong")
        write(view, item, "right")
    assert Progress().attempts() == ()
    assert send(view, "hand in")["sure"] == [
        "제출할까요? 제출하면 고칠 수 없습니다.",
        "모든 문제에 답했습니다.",
    ]
    state = send(view, "hand in now")
    assert state["summary"]["text"] == "9점 만점에 9점, 100점으로 치면 100점입니다."
    assert {each.item: each.score for each in Progress().attempts()} == {item.id: 1.0 for item in items(view)}


def test_handing_in_asks_once_and_names_what_is_open_unreadable_partly_filled_or_flagged():
    view = begun()
    number = {item.kind: place for place, item in enumerate(items(view), 1)}
    of = {item.kind: item for item in items(view)}
    send(view, "pulse", item=of["number"].id, answer="많이")
    send(view, "pulse", item=of["blanks"].id, answer={"1": "가"})
    send(view, "mark", item=of["one"].id, flag=True)
    for kind in ("one", "match", "classify"):
        write(view, of[kind], "right")
    left = sorted(number[kind] for kind in ("many", "text", "order", "rewrite"))
    assert send(view, "hand in")["sure"] == [
        "제출할까요? 제출하면 고칠 수 없습니다.",
        f"답하지 않은 문제: {', '.join(map(str, left))}",
        f"읽을 수 없어 0점이 되는 답: {number['number']}",
        f"덜 채운 문제: {number['blanks']}",
        f"다시 볼 문제로 표시한 것: {number['one']}",
    ]
    assert send(view, "keep on")["sure"] == []
    assert view.state["flags"] == [item.kind == "one" for item in items(view)]
    assert view.state["phase"] == "running"


def test_when_time_runs_out_what_was_written_till_then_is_marked(monkeypatch: pytest.MonkeyPatch):
    view = begun()
    first, second, third, *_ = items(view)
    at(monkeypatch, 29.9)
    write(view, first, "right")
    at(monkeypatch, 30.1)
    write(view, second, "right")
    at(monkeypatch, 31)
    write(view, third, "right")
    assert (view.state["phase"], view.state["summary"]["lines"][0]) == (
        "over",
        "시간이 다 되어 그때까지 쓴 답으로 채점했습니다.",
    )
    ended = NOW + timedelta(minutes=30)
    assert [(each.item, each.at) for each in Progress().attempts()] == [(first.id, ended)]


def test_letters_on_their_way_when_time_ran_out_still_count(monkeypatch: pytest.MonkeyPatch):
    view = begun()
    at(monkeypatch, 30 + 1 / 60)
    write(view, items(view)[0], "right")
    assert (view.state["phase"], len(Progress().attempts())) == ("over", 1)


def test_the_cell_run_again_goes_on_with_the_time_left_the_place_the_flags_and_the_drafts(
    monkeypatch: pytest.MonkeyPatch,
):
    view = begun()
    send(view, "go", place=4)
    write(view, items(view)[4], "right")
    send(view, "mark", item=items(view)[4].id, flag=True)
    before = dict(view.state)
    at(monkeypatch, 1.5)
    again = kinds()
    assert again.state == before | {"left": 28.5 * 60, "serial": 0}


def test_a_clock_set_back_gives_no_time_and_a_long_silence_is_told(monkeypatch: pytest.MonkeyPatch):
    view = begun()
    at(monkeypatch, 12)
    assert send(view, "pulse")["left"] == 18 * 60
    at(monkeypatch, -100)
    assert send(view, "pulse")["left"] == 18 * 60
    assert kinds().state["left"] == 18 * 60
    assert view.state["notices"] == [
        "12분 동안 소식이 없었지만 시계는 멈추지 않았습니다. 실제 시험도 그렇습니다.",
        "컴퓨터의 시계가 뒤로 갔습니다. 시험 시간은 늘지 않습니다.",
    ]
    at(monkeypatch, 31)
    assert send(view, "pulse")["phase"] == "over"


def test_an_exam_whose_time_ran_out_while_nothing_ran_is_marked_when_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
):
    write((view := begun()), items(view)[0], "right")
    at(monkeypatch, 24 * 60)
    again = kinds()
    assert again.state["phase"] == "over"
    assert again.state["summary"]["text"] == "9점 만점에 1점, 100점으로 치면 11.1점입니다."
    assert again.state["summary"]["lines"][0] == "시간이 다 되어 그때까지 쓴 답으로 채점했습니다."


def test_handed_in_in_one_notebook_it_is_over_in_the_other():
    here, there = begun(), kinds()
    write(there, items(there)[0], "right")
    send(here, "hand in now")
    assert write(there, items(there)[1], "right")["phase"] == "over"
    assert len(Progress().attempts()) == 1
    assert there.state["marks"] == here.state["marks"]


def test_after_the_end_every_question_is_looked_through_with_its_key():
    view = begun()
    first, *others = items(view)
    write(view, first, "wrong")
    send(view, "hand in now")
    assert [mark for mark in view.state["marks"] if mark == "open"] == ["open"] * len(others)
    for place, item in enumerate(items(view)):
        state = send(view, "go", place=place)
        assert state["feedback"]["done"]
        assert state["feedback"]["headline"] == (
            "답하지 않았습니다." if place else state["feedback"]["headline"]
        )
        whys = set(re.findall(r"why=Text\(ko='([^']+)'", repr(item)))
        assert any(why.replace("**", "") in told(view) for why in whys), item.kind
    assert send(view, "go", place=KINDS)["item"] is None


def test_the_results_stand_beside_those_of_earlier_mocks(monkeypatch: pytest.MonkeyPatch):
    for minutes, n in ((0, 2), (60, KINDS)):
        at(monkeypatch, minutes)
        view = exam(n=n, minutes=30, seed=7, bank=SKELETONS)
        send(view, "begin")
        write(view, items(view)[0], "right")
        at(monkeypatch, minutes + 7)
        state = send(view, "hand in now")
    day = NOW.astimezone().date().isoformat()
    assert state["summary"]["mocks"] == [[day, "50", "7분"], [f"{day} (이번)", "11.1", "7분"]]
    assert state["summary"]["lines"][0] == "제출했습니다. 7분 걸렸습니다."
    scores = sorted(row["score"] for row in state["summary"]["claims"])
    asked = Counter(claim for item in items(view) for claim in item.claims)
    right = set(items(view)[0].claims)
    assert scores == sorted(
        f"{1 if name in right else 0} / {n}" for name, n in asked.items() if n > (name in right)
    )


def test_the_cell_run_again_after_the_end_shows_the_same_result():
    view = begun()
    write(view, items(view)[0], "right")
    before = send(view, "hand in now")
    assert kinds().state == before
    assert len(Progress().attempts()) == 1


def test_the_same_paper_is_sat_again_from_its_cover():
    view = begun()
    before = items(view)
    send(view, "hand in now")
    assert send(view, "again")["phase"] == "cover"
    assert send(view, "begin")["phase"] == "running"
    assert (items(view), view._session.sitting.number) == (before, 2)


def test_what_was_missed_comes_back_in_the_review(monkeypatch: pytest.MonkeyPatch):
    view = exam(n=3, seed=7)
    send(view, "begin")
    missed = items(view)[1]
    write(view, missed, "wrong")
    send(view, "hand in now")
    at(monkeypatch, 24 * 60)
    assert [item.id for item in review()._session.asked] == [missed.id]


def test_the_language_changes_in_the_middle_and_nothing_else_does():
    view = begun()
    write(view, items(view)[0], "right")
    before = dict(view.state)
    state = send(view, "speak", lang="en")
    assert (state["title"], state["item"]["stem"]) == ("Short mock exam", str(items(view)[0].stem.en))
    same = ("marks", "flags", "left", "place", "draft")
    assert {name: state[name] for name in same} == {name: before[name] for name in same}


def test_what_could_not_be_saved_is_said_and_kept_apart_from_what_was():
    view = begun()
    first = items(view)[0]
    write(view, first, "right")
    refuse(Progress())
    state = write(view, first, "wrong")
    assert state["problem"].endswith("다른 판의 okrkit이 쓴 기록입니다; okrkit을 새로 받으세요")
    assert state["phase"] == "running"


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"do": "nothing"},
        {"do": "go", "place": "x"},
        {"do": "go", "place": 10**9},
        {"do": "pulse", "item": "x/none", "answer": "a"},
        {"do": "speak", "lang": "xx"},
        {"do": "hand in now"},
    ],
)
def test_nonsense_from_the_page_is_survived(message: dict[str, Any]):
    for view in (kinds(), begun()):
        view._handle_custom_msg(message, [])
        assert send(view, "pulse")["problem"] == ""


def test_its_repr_names_what_is_shown_and_changes_with_it():
    assert re.fullmatch(
        r"<Exam exam, n=9, minutes=30, seed=7, bank=skeletons.yaml: 9 questions, 30 min, [0-9a-f]{8}>",
        repr(kinds()),
    )
    assert repr(kinds()) == repr(kinds())
    assert repr(exam(n=9, seed=1))[-9:] != repr(exam(n=9, seed=2))[-9:]


def test_where_widgets_cannot_run_it_says_so_and_shows_no_question():
    bundle = kinds()._repr_mimebundle_()
    html = (bundle[0] if isinstance(bundle, tuple) else bundle)["text/html"]
    assert html == (
        "<p><strong>짧은 모의시험</strong></p>"
        "<p>여기서는 모의시험을 볼 수 없습니다. JupyterLab이나 Jupyter Notebook 7에서 이 셀을 실행하세요.</p>"
    )


@pytest.mark.parametrize("seed", ["abc", 1.5, True, None, [1]])
def test_a_seed_that_no_history_could_hold_is_refused_before_anything_is_written(seed: Any, tmp_path: Path):
    with pytest.raises(ContentError, match="정수를 쓰세요"):
        exam(n=3, seed=seed)
    assert list(tmp_path.iterdir()) == []


def test_machine_marked_questions_are_not_written_by_hand():
    with pytest.raises(ContentError, match="손으로 쓰는 것은 서술형뿐입니다; part=1처럼 교시를 쓰세요"):
        exam(n=3, paper=True)


@pytest.mark.parametrize("minutes", [0, -1, 401, float("nan"), True, "10"])
def test_a_time_that_is_none_is_refused(minutes: float):
    with pytest.raises(ContentError, match="0보다 크고 400 이하인 수를 쓰세요"):
        exam(n=3, minutes=minutes)


def test_one_and_a_half_minutes_a_question_unless_said_otherwise():
    assert repr(exam(n=4, seed=1)).startswith("<Exam exam, n=4, minutes=6, seed=1: 4 questions, 6 min, ")


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """A bank of thirteen prompts of 10 points and six of 25."""
    made: list[dict[str, Any]] = []
    source = read_yaml(ROOT / "quizzes" / "written-okr.yaml", dict[str, Any]).value
    of = {points: next(each for each in source["items"] if each["points"] == points) for points in (10, 25)}
    for points, n in ((10, 13), (25, 6)):
        made += [{**of[points], "id": f"test-{points}pt-{k:02}"} for k in range(n)]
    path = tmp_path / "written-test.yaml"
    path.write_text(to_yaml({**source, "items": made}), encoding="utf-8")
    return path


def choose(view: ExamView, n: int, kind: str = "full") -> None:
    """Choose the first prompts and write a sample on the sheet of each."""
    for item in items(view)[:n]:
        answer = getattr(item.samples, kind).ko
        send(view, "mark", item=item.id, chosen=True, **({} if view._paper.by_hand else {"answer": answer}))


@pytest.mark.parametrize(("part", "shown", "answered"), [(1, 13, 10), (2, 6, 4)])
def test_a_part_of_the_real_exam_has_its_format_and_takes_no_more_answers(
    prompts: Path, part: int, shown: int, answered: int
):
    view = exam(part=part, seed=7, bank=prompts)
    assert f"{shown}문제 가운데 {answered}문제를 골라" in view.state["cover"][0]
    assert send(view, "begin")["left"] == 100 * 60
    assert len(view.state["marks"]) == shown
    choose(view, answered)
    assert (view.state["chooses"], view.state["problem"]) == ([answered, answered], "")
    refused = send(view, "mark", item=items(view)[answered].id, chosen=True)
    assert refused["problem"] == f"이미 {answered}문제를 골랐습니다; 바꾸려면 다른 문제의 선택을 먼저 푸세요"
    send(view, "mark", item=items(view)[answered].id, chosen=True, answer="글")
    assert Progress().drafts(view._session.sitting)[items(view)[answered].id]["answer"] == "글"
    send(view, "mark", item=items(view)[0].id, chosen=False)
    assert send(view, "mark", item=items(view)[answered].id, chosen=True)["chooses"] == [answered, answered]
    assert "outline" not in json.dumps(view.state["item"])


def test_what_is_begun_is_chosen_while_there_is_room_until_it_is_taken_back(prompts: Path):
    view = exam(part=2, seed=7, bank=prompts)
    send(view, "begin")
    for item in items(view)[:5]:
        send(view, "pulse", item=item.id, answer="글")
    assert view.state["marks"] == ["answered"] * 4 + ["open"] * 2
    send(view, "mark", item=items(view)[0].id, chosen=False)
    send(view, "pulse", item=items(view)[0].id, answer="글을 더")
    assert (view.state["marks"][0], view.state["chooses"]) == ("open", [3, 4])


def test_two_notebooks_take_nothing_from_each_other(prompts: Path):
    here = exam(part=2, seed=7, bank=prompts)
    send(here, "begin")
    there = exam(part=2, seed=7, bank=prompts)
    first, *_, last = items(here)
    for item in items(here)[:4]:
        send(here, "pulse", item=item.id, answer="여기서 쓴 글")
    send(there, "mark", item=first.id, flag=True)
    kept = Progress().drafts(here._session.sitting)
    assert kept[first.id] == {"answer": "여기서 쓴 글", "flag": True, "chosen": True}
    send(here, "mark", item=first.id, chosen=False)
    third = exam(part=2, seed=7, bank=prompts)
    send(here, "mark", item=last.id, chosen=True)
    assert send(third, "mark", item=first.id, chosen=True)["chooses"] == [4, 4]


def test_parts_of_one_seed_share_no_prompt_as_far_as_they_go():
    shown = [item.id for part in (2, 3, 4) for item in exam(part=part, seed=1)._paper.items]
    assert len(set(shown)) == len(shown) == 18


def test_half_a_letter_from_the_page_does_not_spoil_the_history(tmp_path: Path):
    view = begun()
    text = next(item for item in items(view) if item.kind == "text")
    assert send(view, "pulse", item=text.id, answer="반쪽 \ud83d")["problem"] == ""
    assert export_history(tmp_path / "mine.okrkit").sittings == 1


def test_written_answers_are_marked_by_oneself_after_the_end_and_add_up(prompts: Path):
    view = exam(part=2, seed=7, bank=prompts)
    send(view, "begin")
    choose(view, 2)
    state = send(view, "hand in now")
    assert state["marks"] == ["to_mark", "to_mark", "open", "open", "open", "open"]
    assert state["summary"]["text"] == "100점 만점에 0점, 100점으로 치면 0점입니다."
    assert state["summary"]["lines"][1].startswith("아직 채점하지 않은 답안이 2개 있습니다.")
    state = send(view, "go", place=0)
    item = items(view)[0]
    assert (state["marking"], state["draft"]["answer"]) == (True, list(item.rubric))
    assert item.outline.ko.splitlines()[0] not in told(view)
    state = send(view, "confirm", item=item.id, answer=list(item.rubric)[1:])
    points = 25 - next(iter(item.rubric.values())).points
    assert state["feedback"]["headline"] == f"자기 채점: 25점 가운데 {points}점"
    again = exam(part=2, seed=7, bank=prompts)
    assert again.state["summary"]["text"].startswith(f"100점 만점에 {points}점")
    assert again.state["marks"][:2] == ["partly", "to_mark"]
    assert send(again, "go", place=5)["feedback"]["headline"] == "고르지 않은 문제입니다."


def test_on_paper_the_kit_keeps_the_time_and_the_choice_and_marking_comes_afterwards(prompts: Path):
    view = exam(part=1, seed=7, bank=prompts, paper=True)
    send(view, "begin")
    assert view.state["item"]["kind"] == "paper"
    choose(view, 1)
    send(view, "hand in now")
    item = items(view)[0]
    assert send(view, "go", place=0)["draft"]["answer"] == []
    assert send(view, "confirm", item=item.id, answer=list(item.rubric))["marks"][0] == "right"
    assert Progress().attempts()[0].answer["lines"] == " ".join(item.rubric)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (5, "5교시는 없습니다; part에 1, 2, 3, 4 가운데 하나를 쓰세요"),
        (
            2,
            "2교시에는 25점 서술형 문제가 6개 있어야 하는데 문제은행에 0개뿐입니다; quizzes/written-okr.yaml처럼",
        ),
    ],
)
def test_a_part_that_cannot_be_drawn_says_why_in_one_error(tmp_path: Path, part: int, said: str):
    (tmp_path / "none.yaml").write_text(SKELETONS.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ContentError, match=said):
        exam(part=part, bank=tmp_path / "none.yaml")
