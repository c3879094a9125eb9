"""Comments on OKRs: few, each about some words, each with what to write instead."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import okrkit as ok
from okrkit.cli import main
from okrkit.okr.model import CheckIn, Keep, KeyResult, Metric, Objective, Okrs
from okrkit.okr.reading import parse_okrs
from okrkit.writing.comments import Comment
from okrkit.writing.frames import topic
from okrkit.writing.linting import lint, lint_lines, lint_sentence
from okrkit.writing.reading import read_sentence
from okrkit.writing.sets import Limits
from tests.conftest import ROOT

GOOD = Objective("단골이 친구를 데려오는 카페가 된다", health=(KeyResult("만족도", Keep(low=4.5)),))


def codes(*key_results: str | KeyResult, objective: Objective = GOOD, **options: object) -> list[list[str]]:
    """Return the rules that speak, about the objective and then about each key result."""
    said = tuple(each if isinstance(each, KeyResult) else KeyResult(each) for each in key_results)
    okrs = Okrs((replace(objective, key_results=said),), ok.quarter(2026, 1))
    return [[found.rule for found in each.findings] for each in lint(okrs, **options)]


def test_the_example_of_the_readme_gets_its_two_comments():
    okrs = parse_okrs(
        "O: 단골이 친구를 데려오는 카페가 된다\nKR: 재방문율 20% -> 35% (now 29%)\nKR: 앱을 출시한다"
    )
    assert [(each.line, [found.rule for found in each.findings]) for each in lint(okrs)] == [
        (1, ["no-health"]),
        (2, ["no-deadline"]),
        (3, ["task"]),
    ]


def test_a_suggestion_is_a_frame_made_of_the_sentence_itself():
    (korean,) = lint_sentence("6월까지 블로그 글 10편 발행", "key_result")
    (english,) = lint_sentence("Publish 10 recipes by the end of June", "key_result")
    assert korean.suggestion.ko == "블로그 글: 이 일로 달라질 [지표]를 [현재값]에서 [목표값]으로, 6월까지"
    assert english.suggestion.en == (
        "recipes: [the measure it should move] from [current value] to [target value] by the end of June"
    )


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Significantly reduce waste in the kitchen", "waste in the kitchen"),
        ("Dramatically faster checkout", "checkout"),
        ("Reduce delays as much as possible", "delays"),
        ("The new menu is live", "menu"),
        ("Continue weekly reporting", "Continue weekly reporting"),
        ("A/B tests in the OR", "A/B tests in the OR"),
        ("온보딩 화면을 새로 만든다", "온보딩 화면"),
        ("Decide on a vendor", "vendor"),
        ("고객 만족도가 좋아진다", "고객 만족도"),
        ("배송이 빨라진다", "배송"),
        ("워크숍 개최 분기 1회에서 3회로", "워크숍 개최"),
        ("설문 조사와 서베이", "설문 조사와 서베이"),
    ],
)
def test_a_frame_holds_what_the_sentence_is_about_and_none_of_its_wishes(text: str, about: str):
    assert topic(read_sentence(text)).ko == about


def test_no_suggestion_invents_a_number():
    for text in (
        "블로그 글 10편 발행",
        "재방문율 35% 달성",
        "고객 만족도 대폭 향상",
        "Launch 3 menus",
        "Reach 40% returns",
    ):
        given = {part for part in text if part.isdigit()}
        for found in lint_sentence(text, "key_result"):
            assert {part for part in found.suggestion.ko + found.suggestion.en if part.isdigit()} <= given


def test_where_the_measure_is_missing_polish_can_wait():
    assert [found.rule for found in lint_sentence("팔로워 대폭 증가", "key_result")] == ["vague"]


def test_inside_a_cycle_its_end_is_the_deadline():
    assert codes("재방문율 20%에서 35%로", "대기 시간 12분에서 6분으로") == [[], [], []]


def test_too_many_and_too_few_are_told_by_limits_of_ones_own():
    many = [
        f"{name} 20%에서 35%로" for name in ("재방문율", "회전율", "추천율", "적립률", "예약률", "포장률")
    ]
    assert codes(*many)[0] == ["key-result-count"]
    assert codes(*many, limits=Limits(key_results=(2, 6)))[0] == []
    assert codes("재방문율 20%에서 35%로")[0] == ["key-result-count"]
    assert [found.rule for found in lint([GOOD] * 6)[0].findings] == ["key-result-count", "objective-count"]


def test_key_results_that_repeat_each_other_are_told_at_the_later_one():
    assert codes("재방문율 20%에서 35%로", "재방문율 35% 이상", "대기 시간 12분에서 6분으로")[1:] == [
        [],
        ["no-baseline", "repeated"],
        [],
    ]


def test_nothing_but_tasks_is_told_at_the_objective():
    assert codes("앱을 출시한다", "전단 1,000장 인쇄")[0] == ["all-activity"]
    assert codes("앱을 출시한다", "재방문율 20%에서 35%로")[0] == []


def test_nothing_but_lagging_measures_is_told_at_the_objective():
    assert codes("매출 20억에서 25억으로", "영업이익률 5%에서 8%로 이익 개선")[0] == ["all-lagging"]
    assert codes("매출 20억에서 25억으로", "대기 시간 12분에서 6분으로")[0] == []


def test_growth_wants_a_health_measure_beside_it():
    growing = KeyResult("재방문율", Metric(20, 35, unit="%"))
    other = "대기 시간 12분에서 6분으로"
    assert codes(growing, other, objective=replace(GOOD, health=()))[0] == ["no-health"]
    assert codes(growing, other)[0] == []
    assert (
        codes(growing, KeyResult("불만을 5건 아래로", Keep(high=5)), objective=replace(GOOD, health=()))[0]
        == []
    )


def test_one_confidence_for_all_is_told():
    def sure(text: str, confidence: float) -> KeyResult:
        return KeyResult(text, check_ins=(CheckIn(date(2026, 1, 5), 1, confidence),))

    texts = ("재방문율 20%에서 35%로", "대기 시간 12분에서 6분으로", "추천 손님 40명에서 80명으로")
    assert codes(*(sure(text, 5) for text in texts))[0] == ["same-confidence"]
    assert codes(*(sure(text, 5 + n) for n, text in enumerate(texts)))[0] == []


def test_what_is_printed_is_read_line_by_line(english: None):
    assert repr(lint_lines(["Launch the app by June"], "key_result")).splitlines() == [
        "line 1, Key result: Launch the app by June",
        "  ! “Launch” says what will be done, not what will be different afterwards. [task]",
        "    → app: [the measure it should move] from [current value] to [target value] by June",
    ]
    assert repr(lint_lines(["Make a first visit effortless"], "objective")) == "Nothing to mend was found."


def run(*typed: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    call = [sys.executable, "-m", "okrkit.cli", "lint", *typed]
    return subprocess.run(call, input=stdin, capture_output=True, check=False, cwd=ROOT)


def test_the_command_prints_one_entry_for_each_sentence():
    done = run(
        "-",
        "--as",
        "key-result",
        "--lang",
        "ko",
        "--format",
        "json",
        stdin="앱을 출시한다\n\n재방문율 20%에서 35%로, 6월까지\n".encode(),
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout) == [
        {
            "line": 1,
            "kind": "key_result",
            "text": "앱을 출시한다",
            "findings": [
                {
                    "rule": "task",
                    "severity": "warning",
                    "message": "'출시한다'는 할 일이지, 그 일로 달라질 결과가 아닙니다.",
                    "suggestion": "앱: 이 일로 달라질 [지표]를 [현재값]에서 [목표값]으로, [기한]까지",
                    "span": [3, 7],
                    "source": "GitLab handbook, OKR basics (Avoid/Instead); Google OKR playbook (whatmatters.com): outcomes, not activities",
                }
            ],
        },
        {"line": 3, "kind": "key_result", "text": "재방문율 20%에서 35%로, 6월까지", "findings": []},
    ]


@pytest.mark.parametrize(
    ("typed", "stdin", "code"),
    [
        (["--as", "key-result"], "6월까지 재방문율 20%에서 35%로", 0),
        (["--as", "key-result"], "재방문율 20%에서 35%로", 0),  # an info, no more
        (["--as", "key-result"], "앱을 출시한다", 1),
        (["--as", "objective"], "단골이 친구를 데려오는 카페가 된다", 0),
        ([], "O: 단골이 친구를 데려온다\nKR: 앱을 출시한다", 1),
        ([], "objectives:\n  - objective: 단골이 친구를 데려오는 카페가 된다\n", 0),
        ([], "", 2),
        (["--as", "key-result"], "", 0),
        (["--as", "task"], "x", 2),
        (["no-such-file.yaml"], "", 2),
    ],
)
def test_the_exit_code_says_whether_there_is_something_to_mend(typed: list[str], stdin: str, code: int):
    assert run(*typed, stdin=stdin.encode()).returncode == code


def test_files_of_okrs_are_commented_on_in_turn(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for name, text in (
        ("a.txt", "O: 단골이 친구를 데려오는 카페가 된다\nKR: 앱을 출시한다"),
        ("b.txt", "O: 매출 12억"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["lint", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]) == 1
    printed = capsys.readouterr().out
    assert (
        printed.index("a.txt:")
        < printed.index("[task]")
        < printed.index("b.txt:")
        < printed.index("[number-only]")
    )


@pytest.mark.parametrize("head", ["KR: ", "KR2： ", "- kr 3:", "핵심 결과 1: ", "Key result: "])
def test_a_typed_head_is_no_part_of_the_sentence(head: str):
    (comment,) = lint_lines([head + "앱을 출시한다"], "key_result")
    assert comment == Comment(1, "key_result", "앱을 출시한다", lint_sentence("앱을 출시한다", "key_result"))


def test_a_megabyte_on_one_line_is_read_without_a_pause_or_a_crash():
    done = run("--as", "key-result", "--format", "json", stdin=b"1" * 1_000_000)
    assert (done.returncode, len(json.loads(done.stdout))) == (1, 1)


def test_only_the_end_of_a_line_ends_a_sentence():
    done = run("--as", "key-result", "--format", "json", stdin="a\r\nb\x0b\u2028c\rd\n\n".encode())
    said = [(each["line"], each["text"]) for each in json.loads(done.stdout)]
    assert said == [(1, "a"), (2, "b\x0b\u2028c"), (3, "d")]


def test_text_that_is_no_utf_8_is_one_clear_error():
    done = run("--as", "key-result", stdin=b"\xff\xfe\x00abc\xff")
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
