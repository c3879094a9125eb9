"""``okrkit score``: what it prints and with which code it ends."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from okrkit.cli import main
from okrkit.okr.model import Okrs
from okrkit.okr.reporting import to_report
from tests.conftest import ROOT
from tests.okr.test_scoring import chain

DOCUMENT = """\
cycle: {start: 2026-01-01, end: 2026-03-31}
objectives:
  - objective: 단골이 친구를 데려온다
    judgement: {score: 0.7, reason: 반응이 좋다}
    key_results:
      - text: 재방문율
        baseline: 20
        target: 35
        check_ins:
          - {on: 2026-01-05, value: 20, confidence: 5}
          - {on: 2026-02-09, value: 29, confidence: 6}
          - {on: 2026-03-30, value: 50}
      - {text: 불만, keep_below: 5, current: 9}
      - {text: 메뉴, milestones: [{text: 고른다, done: true}, {text: 낸다}]}
      - {text: 앱, done: true}
      - {text: 홀 팀, objective: hall}
      - {text: 아무것도 재지 않는다}
  - {id: hall, objective: 홀}
"""
NAMES = ("text", "kind", "progress", "score", "band", "pace", "confidence")


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "okr.yaml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return str(path)


def run(*typed: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "okrkit.cli", *typed], input=stdin, capture_output=True, check=False, cwd=ROOT
    )


def test_each_objective_is_held_against_its_own_cycle_and_nothing_is_done_before_its_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "okr.yaml"
    rows = """    key_results:
      - {text: half, baseline: 0, target: 10, current: 5}
      - {text: menu, milestones: [{text: a, done: true, done_on: 2026-02-10}, {text: b, done: true, done_on: 2026-03-10}]}
      - {text: app, done: true, done_on: 2026-03-01}
"""
    path.write_text(
        "cycle: {start: 2026-01-01, end: 2026-03-31}\nobjectives:\n"
        f"  - objective: quarter\n{rows}"
        f"  - objective: year\n    cycle: {{start: 2026-01-01, end: 2026-12-31}}\n{rows}",
        encoding="utf-8",
    )
    assert main(["score", str(path), "--at", "2026-03-01", "--format", "csv"]) == 0
    found = [(row["progress"], row["pace"]) for row in csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert found == [
        ("0.5", "behind"),
        ("0.5", "behind"),
        ("1.0", "on_track"),
        ("0.5", "on_track"),
        ("0.5", "on_track"),
        ("1.0", "on_track"),
    ]
    assert main(["score", str(path), "--at", "2026-03-01", "--lang", "en"]) == 0
    assert [line.split(" · ")[-1] for line in capsys.readouterr().out.splitlines() if "pace" in line] == [
        *("pace behind", "pace behind", "pace on track"),
        *("pace on track", "pace on track", "pace on track"),
    ]


def test_json_has_every_score_and_null_for_what_cannot_be_told(
    document: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["score", document, "--at", "2026-02-14", "--format", "json"]) == 0
    rows = [
        ("재방문율", "metric", 0.6, 0.6, "yellow", "on_track", 6),
        ("불만", "keep", 0, 0, "red", "behind", None),
        ("메뉴", "milestones", 0.5, 0.5, "yellow", "on_track", None),
        ("앱", "yes_no", 1, 1, "green", "on_track", None),
        ("홀 팀", "child", None, None, None, None, None),
        ("아무것도 재지 않는다", None, None, None, None, None, None),
    ]
    assert json.loads(capsys.readouterr().out) == {
        "objectives": [
            {
                "text": "단골이 친구를 데려온다",
                "score": 0.525,
                "band": "yellow",
                "key_results": [dict(zip(NAMES, row, strict=True)) for row in rows],
            },
            {"text": "홀", "score": None, "band": None, "key_results": []},
        ]
    }


def test_without_a_date_all_check_ins_count_and_there_is_no_pace(
    document: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["score", document, "--format", "json", "--scheme", "gitlab"]) == 0
    first = json.loads(capsys.readouterr().out)["objectives"][0]["key_results"][0]
    assert first == dict(zip(NAMES, ("재방문율", "metric", 2.0, 1.0, "on_target", None, 6), strict=True))


def test_text_shows_the_owners_judgement_beside_the_score(document: str, capsys: pytest.CaptureFixture[str]):
    assert main(["score", document, "--at", "2026-02-14"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[:4] == [
        "O: 단골이 친구를 데려온다",
        "   점수 0.53 (핵심 결과 6개 중 4개로 계산) · 노랑 · 담당자 판정 0.70 (반응이 좋다)",
        "   KR: 재방문율",
        "       수치 · 진행률 60% · 점수 0.60 · 노랑 · 속도 순조 · 자신감 6/10",
    ]
    assert said.splitlines()[-5:] == [
        "   KR: 아무것도 재지 않는다",
        "       재는 것이 없어 점수도 없음",
        "O: 홀",
        "   점수 - (핵심 결과 0개 중 0개로 계산)",
        "전체 점수 0.53 (핵심 결과 6개 중 4개로 계산)",
    ]
    assert main(["score", document, "--lang", "en"]) == 0
    assert (said + capsys.readouterr().out).encode("cp949")


def test_what_is_committed_is_expected_at_1_by_its_own_word_or_its_objectives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "okr.yaml"
    measure = "baseline: 0, target: 10, current: 9"
    path.write_text(
        f"objectives:\n  - objective: a\n    key_results: [{{text: k, {measure}}}, {{text: c, {measure}, committed: true}}]\n"
        f"  - objective: b\n    kind: committed\n    key_results: [{{text: s, {measure}, committed: false}}]\n",
        encoding="utf-8",
    )
    assert main(["score", str(path)]) == 0
    assert [line.strip() for line in capsys.readouterr().out.splitlines()[1:-1]] == [
        "점수 0.90 (핵심 결과 2개 중 2개로 계산) · 초록",
        "KR: k",
        "수치 · 진행률 90% · 점수 0.90 · 초록",
        "KR: c",
        "수치 · 진행률 90% · 점수 0.90 · 초록 · 약속형(1.0 기대)",
        "O: b",
        "점수 0.90 (핵심 결과 1개 중 1개로 계산) · 초록 · 약속형(1.0 기대)",
        "KR: s",
        "수치 · 진행률 90% · 점수 0.90 · 초록",
    ]


def test_a_report_scores_a_child_once_however_many_count_it_and_however_deep_it_stands():
    rows = to_report(Okrs(tuple(chain(2000, shared=2))))["objectives"]
    assert {row["score"] for row in rows} == {0.5}
    assert {key_result["progress"] for row in rows for key_result in row["key_results"]} == {0.5}


def test_csv_has_a_row_per_key_result(document: str, capsys: pytest.CaptureFixture[str]):
    assert main(["score", document, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["key_result"] for row in rows] == [
        "재방문율",
        "불만",
        "메뉴",
        "앱",
        "홀 팀",
        "아무것도 재지 않는다",
        "",
    ]
    assert rows[0] == {
        "objective": "단골이 친구를 데려온다",
        "objective_score": "0.625",
        "objective_band": "yellow",
        "key_result": "재방문율",
        "kind": "metric",
        "progress": "2.0",
        "score": "1.0",
        "band": "green",
        "pace": "",
        "confidence": "6.0",
    }


def test_text_comes_in_by_standard_input_and_json_goes_out_as_utf_8():
    text = "O: 단골 🙂\nKR: 재방문율 20% -> 35% (now 29%)"
    for encoding in ("utf-8", "utf-8-sig"):
        done = run("score", "-", "--format", "json", stdin=text.encode(encoding))
        assert done.returncode == 0
        assert json.loads(done.stdout)["objectives"][0]["text"] == "단골 🙂"


def test_yaml_comes_in_by_standard_input_too():
    done = run("score", "-", "--at", "2026-02-14", "--format", "json", stdin=DOCUMENT.encode())
    assert json.loads(done.stdout)["objectives"][0]["key_results"][0]["pace"] == "on_track"


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        (b"O: a\nKR: 3 -> 3", "-:2: 기준값과 목표값이 3으로 같아 진행률을 셈할 수 없습니다"),
        (b"O: a\n" * 1_000_001, "-: 5 MB가 넘습니다; 5 MB 아래로 나누세요"),
        (b"\xff\xfe\x00", "-: UTF-8 / cp949로 저장된 파일이 아닙니다"),
    ],
)
def test_text_that_cannot_be_read_ends_with_2(stdin: bytes, said: str):
    done = run("score", "-", stdin=stdin)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["nowhere.yaml"], "nowhere.yaml: 파일을 읽을 수 없습니다"),
        (["okr.doc"], "okr.doc: '.doc'(으)로 끝나는 파일은 모릅니다"),
        (["FILE", "--scheme", "gogle"], "등급 체계 'gogle'이(가) 없습니다; 'google'(으)로 쓰려던 것인가요?"),
    ],
)
def test_an_unreadable_file_and_an_unknown_scheme_end_with_2(
    typed: list[str], said: str, document: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["score", *(document if each == "FILE" else each for each in typed)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(said)


@pytest.mark.parametrize(
    "typed", [[], ["a.yaml", "--at", "soon"], ["a.yaml", "--format", "xml"], ["a.yaml", "b.yaml"]]
)
def test_wrong_use_ends_with_2(typed: list[str]):
    with pytest.raises(SystemExit) as ended:
        main(["score", *typed])
    assert ended.value.code == 2


def test_health_measures_are_shown_beside_the_score_and_not_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "okr.yaml"
    path.write_text(
        "objectives:\n  - objective: a\n    key_results: [{text: k, baseline: 0, target: 10, current: 5}]\n"
        "    health: [{text: NPS, keep_above: 30, current: 20}, {text: eNPS, keep_above: 10, current: 20}]\n",
        encoding="utf-8",
    )
    assert main(["score", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["   건강 지표: NPS - 깨짐", "   건강 지표: eNPS - 지켜짐"]
    assert "점수 0.50" in lines[1]


def test_a_day_that_is_none_is_named_with_one_that_is(document: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["score", document, "--at", "2026-13-01"])
    assert capsys.readouterr().err.endswith("'2026-13-01'은 날짜가 아닙니다; 2026-02-14처럼 쓰세요\n")
