"""Drafts of OKRs: kept whatever they hold, read if they can be, never written over in silence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import okrkit as ok
from okrkit.errors import ContentError, Problem
from okrkit.okr.model import KeyResult, Metric, Objective, Okrs
from okrkit.okr.reading import parse_okrs
from okrkit.writing.drafts import Draft, comment, draft_of, draft_path, load_draft, save_draft, to_okrs

OKR = Draft(
    "단골이 친구를 데려오는 카페가 된다",
    ("재방문율 20% -> 35% (now 29%)", "앱을 출시한다"),
    ("만족도 4.5점",),
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DRAFTS = st.builds(
    Draft, WORDS, st.lists(WORDS, max_size=4).map(tuple), st.lists(WORDS, max_size=2).map(tuple)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drafts" / "x.yaml"


def rules(draft: Draft) -> list[list[str]]:
    return [[each.rule if not isinstance(each, Problem) else "" for each in row] for row in comment(draft)]


def test_a_draft_is_read_as_an_okr_with_its_measures():
    assert to_okrs(OKR) == Okrs(
        (
            Objective(
                "단골이 친구를 데려오는 카페가 된다",
                (KeyResult("재방문율 20% -> 35%", Metric(20, 35, 29, "%")), KeyResult("앱을 출시한다")),
                health=(KeyResult("만족도 4.5점"),),
            ),
        )
    )


def test_every_row_that_cannot_be_read_is_named_at_once():
    with pytest.raises(ContentError) as error:
        to_okrs(Draft(" ", ("대기 시간 12분 -> 6%", "재방문율 35% -> 35%", "")))
    assert str(error.value).splitlines() == [
        "목표가 비어 있습니다; 목표 칸에 한 문장을 쓰세요",
        "'대기 시간 12분 -> 6%': 단위가 서로 다릅니다 (분, %); 한 단위로 쓰세요",
        "'재방문율 35% -> 35%': 기준값과 목표값이 35%로 같아 진행률을 셈할 수 없습니다; 바꾸려는 값을 목표값으로 쓰세요",
    ]


def test_each_row_gets_its_own_comments_and_blank_rows_none():
    assert rules(OKR) == [[], ["no-deadline"], ["task"], []]
    assert rules(Draft("", ("", "앱을 출시한다", "대기 시간 12분 -> 6%"))) == [
        [],
        [],
        ["task"],
        ["", "no-deadline"],
    ]
    assert rules(Draft()) == [[], []]


def test_what_is_missing_as_a_whole_is_said_at_the_objective_and_mended_by_a_health_measure():
    growing = Draft(OKR.objective, ("재방문율 20% -> 35%", "대기 시간 12분 -> 6분"))
    assert rules(growing)[0] == ["no-health"]
    assert rules(Draft(OKR.objective, growing.key_results, ("만족도 4.5점",)))[0] == []


def test_an_objective_becomes_a_draft_and_its_cycle_stays():
    okrs = ok.example("cafe")
    draft = draft_of(Okrs(okrs[:1], okrs.cycle))
    assert (draft.objective, draft.cycle) == (okrs[0].text, okrs.cycle)
    metrics = [each.measure for each in okrs[0].key_results if isinstance(each.measure, Metric)]
    again = [each.measure for each in to_okrs(draft)[0].key_results if each.measure]
    assert [(each.baseline, each.target) for each in again] == [
        (each.baseline, each.target) for each in metrics
    ]
    assert not any("no-deadline" in row for row in rules(draft))
    with pytest.raises(ContentError, match="목표가 2개입니다"):
        draft_of(parse_okrs("O: a\nO: b"))


@given(draft=DRAFTS)
def test_whatever_is_typed_is_kept_and_commented_on(tmp_path_factory: pytest.TempPathFactory, draft: Draft):
    path = tmp_path_factory.mktemp("drafts") / "x.yaml"
    assert save_draft(draft, path, None) is None
    there, notice = load_draft(path)
    words = [text for _, text in draft.rows if text.strip()]
    assert ([text for _, text in there.rows if text.strip()], notice) == (words, None)
    assert len(comment(draft)) == len(draft.rows)


def test_what_another_notebook_wrote_meanwhile_is_kept_under_a_name_of_its_own(path: Path):
    mine, theirs = Draft("내 글"), Draft("남의 글")
    save_draft(mine, path, None)
    save_draft(theirs, path, mine)
    notice = save_draft(Draft("내 글 더"), path, mine)
    assert notice.ko == '다른 곳에서 같은 초안을 고쳤습니다. 그 글은 ok.clinic("x-2")에 따로 두었습니다.'
    assert load_draft(path) == (Draft("내 글 더"), None)
    assert load_draft(path.with_stem("x-2")) == (theirs, None)


def test_a_damaged_draft_is_put_aside_and_said_to_be(path: Path):
    path.parent.mkdir()
    path.write_bytes(b"objective: [\n\xff")
    there, notice = load_draft(path)
    assert (there, "x-damaged.yaml" in notice.ko) == (None, True)
    assert [each.name for each in path.parent.iterdir()] == ["x-damaged.yaml"]
    assert path.with_stem("x-damaged").read_bytes() == b"objective: [\n\xff"


def test_a_draft_too_large_to_be_read_again_is_refused_and_the_saved_one_stays(path: Path):
    save_draft(OKR, path, None)
    with pytest.raises(ContentError, match="5 MB"):
        save_draft(Draft("가" * 2_000_000), path, OKR)
    assert load_draft(path) == (OKR, None)


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "a" * 61, "a\n"])
def test_a_name_that_no_file_can_have_is_refused(name: str):
    with pytest.raises(ContentError, match="초안 이름이 될 수 없습니다"):
        draft_path(name)
