"""The clinic, as the page sees it."""

from pathlib import Path
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

import okrkit as ok
from okrkit.okr.filing import read_okrs
from okrkit.text import set_language
from okrkit.views.clinic_view import ClinicView, clinic
from okrkit.writing.drafts import Draft, draft_path, load_draft, save_draft

GOOD = ["단골이 친구를 데려오는 카페가 된다", "재방문율 20% -> 35% (now 29%)", "대기 시간 12분에서 6분으로"]


@pytest.fixture
def view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClinicView:
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return clinic("x")


def send(view: ClinicView, *texts: str, health: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """Send what the page would send; return what it is told to draw."""
    kinds = ["objective", *["key_result"] * (len(texts) - 1), *["health"] * len(health)]
    rows = [{"id": f"p-{n}", "kind": kind, "text": text} for n, (kind, text) in enumerate(zip(kinds, (*texts, *health), strict=True))]  # fmt: skip
    view._handle_custom_msg({"rows": rows, "serial": "page-1", **more}, [])
    return view.state


def test_a_comment_knows_its_words_its_frame_and_its_row(view: ClinicView):
    state = send(view, "", "  앱을   출시한다")
    assert state["rows"][1] == {
        "id": "p-1",
        "kind": "key_result",
        "text": "  앱을   출시한다",
        "comments": [
            {
                "rule": "task",
                "severity": "warning",
                "message": "'출시한다'는 할 일이지, 그 일로 달라질 결과가 아닙니다.",
                "instead": "앱: 이 일로 달라질 [지표]를 [현재값]에서 [목표값]으로, [기한]까지",
                "frame": "앱: 이 일로 달라질 [지표]를 [현재값]에서 [목표값]으로, [기한]까지",
                "lang": "ko",
                "span": [7, 11],
            }
        ],
    }
    assert state["summary"] == "고칠 곳 1군데, 참고할 말 1가지."


def test_a_frame_for_a_few_words_leaves_the_others_as_they_were(view: ClinicView):
    (first, *_) = send(view, "", "👍 재방문율 35% 달성, 6월 말까지")["rows"][1]["comments"]
    assert (first["rule"], first["span"]) == ("no-baseline", [7, 10])
    assert first["frame"] == "👍 재방문율 [현재값]에서 35%로 달성, 6월 말까지"


def test_a_frame_is_in_the_language_of_its_sentence_and_advice_in_that_of_the_reader(view: ClinicView):
    state = send(view, "Improve the product", "Launch the app")
    ((direction, *_), (task,)) = (row["comments"] for row in state["rows"])
    assert task["message"] == "'Launch'은(는) 할 일이지, 그 일로 달라질 결과가 아닙니다."
    assert task["frame"].startswith("app: [the measure it should move] from")
    assert (direction["rule"], direction["frame"]) == ("no-direction", "")
    assert direction["instead"].endswith("되는지 쓰세요.")


def test_why_and_examples_of_every_rule_are_at_hand(view: ClinicView):
    assert set(view.rules) == {each.code for each in ok.writing_rules()}
    assert view.rules["task"]["ko"]["flagged"][0] == "신규 주문 화면 출시"
    assert view.rules["task"]["why"].startswith("일을 다 하고도")


def test_what_was_typed_is_on_disk_before_the_page_is_told(view: ClinicView):
    seen = []
    view.observe(lambda _: seen.append(load_draft(draft_path("x"))[0].objective), "state")
    send(view, "단골이", "")
    assert seen == ["단골이"]


def test_the_same_cell_shows_what_was_typed_again(view: ClinicView):
    send(view, *GOOD, health=("만족도 4.5점",))
    assert [row["text"] for row in clinic("x").state["rows"]] == [*GOOD, "만족도 4.5점"]


def test_two_clinics_of_one_name_lose_nothing_in_silence(view: ClinicView):
    other = clinic("x")
    send(view, "첫째 글", "")
    notice = send(other, "둘째 글", "")["notice"]
    assert notice.endswith('그 글은 ok.clinic("x-2")에 따로 두었습니다.')
    assert [clinic(name).state["rows"][0]["text"] for name in ("x", "x-2")] == ["둘째 글", "첫째 글"]
    assert send(other, "둘째 글이", "")["notice"] == notice, "it stays to be read"


def test_text_that_outlived_its_kernel_replaces_no_newer_text_in_silence(view: ClinicView):
    send(view, "저장된 글", "")
    assert 'ok.clinic("x-2")' in send(clinic("x"), "브라우저에 남은 글", "", restored=True)["notice"]


def test_a_damaged_draft_is_said_to_be_and_kept(view: ClinicView):
    draft_path("x").parent.mkdir(parents=True)
    draft_path("x").write_text("objective: [", encoding="utf-8")
    state = clinic("x").state
    assert state["notice"].startswith("저장된 초안을 읽을 수 없어")
    assert [row["text"] for row in state["rows"]] == ["", ""]


def test_a_draft_that_cannot_be_saved_is_said_and_still_commented_on(view: ClinicView, tmp_path: Path):
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    state = send(view, "", "앱을 출시한다")
    assert state["problem"].startswith("home/drafts/x.yaml: 파일을 쓸 수 없습니다")
    assert [each["rule"] for each in state["rows"][1]["comments"]] == ["task"]


def test_an_unexpected_error_is_shown_where_the_writer_looks(view: ClinicView):
    view._handle_custom_msg({"rows": [{}], "serial": "page-7"}, [])
    assert (view.state["problem"], view.state["serial"]) == ("뜻밖의 오류입니다: KeyError: 'kind'", "page-7")


def test_half_an_emoji_does_no_harm(view: ClinicView):
    assert send(view, "\ud83d 카페", "")["rows"][0]["text"] == "? 카페"


def test_what_was_typed_can_be_scored(view: ClinicView):
    send(view, *GOOD)
    assert repr(ok.score(view.okrs)) == "0.60 (핵심 결과 2개 중 1개로 계산)"


@pytest.mark.parametrize(("form", "name"), [("text", "x.txt"), ("yaml", "x.yaml")])
def test_the_finished_okr_is_shown_and_saved_and_overwrites_nothing(view: ClinicView, tmp_path: Path, form: str, name: str):  # fmt: skip
    shown = send(view, *GOOD, form=form)["export"]
    assert (shown["said"], (tmp_path / name).exists()) == ("", False)
    first, second = (send(view, *GOOD, form=form, save=True)["export"] for _ in range(2))
    path = tmp_path / name
    assert first["said"] == f"{path.as_posix()}에 저장했습니다."
    assert second["said"] == f"{path.with_stem('x-2').as_posix()}에 저장했습니다."
    assert path.read_text(encoding="utf-8") == shown["text"]
    assert read_okrs(path) == view.okrs
    assert send(view, *GOOD, "더")["export"] is None, "what is no longer true is not shown"


def test_text_says_what_it_has_no_place_for(view: ClinicView):
    assert send(view, *GOOD, health=("만족도",), form="text")["export"]["said"] == (
        "이 형식에는 건강 지표 자리가 없습니다."
    )
    assert send(view, *GOOD, health=("만족도",), form="yaml")["export"]["said"] == ""


def test_what_cannot_be_read_is_not_exported_but_said(view: ClinicView):
    state = send(view, "", "대기 시간 12분 -> 6%", form="yaml")
    assert (state["export"], state["problem"].splitlines()) == (
        None,
        [
            "목표가 비어 있습니다; 목표 칸에 한 문장을 쓰세요",
            "'대기 시간 12분 -> 6%': 단위가 서로 다릅니다 (분, %); 한 단위로 쓰세요",
        ],
    )
    assert state["rows"][1]["comments"][0]["message"] == "단위가 서로 다릅니다 (분, %)"


def test_it_begins_with_an_objective_that_is_given_and_keeps_its_draft_apart(view: ClinicView):
    okrs = ok.parse_okrs("O: 빵을 덜 버린다\nKR: 폐기 9kg -> 2kg (현재 5kg)")
    begun = clinic(okrs)
    assert repr(begun).startswith("<Clinic draft-")
    assert [row["text"] for row in begun.state["rows"]] == ["빵을 덜 버린다", "폐기 9kg -> 2kg (현재 5kg)"]
    assert begun.okrs == okrs
    save_draft(Draft("고쳐 쓴 글"), draft_path("y"), None)
    assert clinic("y", okrs).state["rows"][0]["text"] == "고쳐 쓴 글"


def test_it_speaks_english_when_told_and_keeps_what_was_typed(view: ClinicView):
    send(view, *GOOD)
    set_language("en")
    state = send(view, *GOOD)
    assert (state["lang"], state["words"]["key_result"], state["summary"]) == (
        "en",
        "Key result {n}",
        "To mend: 0. Notes: 3.",
    )
    assert [row["text"] for row in state["rows"]] == GOOD
    assert view.rules["task"]["why"].startswith("All the work")


def test_its_repr_is_short_the_same_each_time_and_notices_a_changed_word(view: ClinicView):
    before = repr(view)
    assert before == repr(clinic("x"))
    assert before.startswith("<Clinic x: 0 key results, ")
    send(view, *GOOD)
    assert repr(view).startswith("<Clinic x: 2 key results, ")


def test_a_clinic_of_any_size_is_one_widget_with_its_layout(view: ClinicView):
    before = len(_instances)
    send(clinic("z"), *GOOD * 5)
    assert len(_instances) - before == 2
