"""The command line: what it says and with which code it ends."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from okrkit.cli import main
from okrkit.files import parse_yaml
from okrkit.practice.bank import load_bank
from okrkit.practice.items import Item
from okrkit.practice.skeletons import skeletons
from tests.conftest import ROOT


def test_help_lists_each_command_in_one_line_in_both_languages(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ended.value.code == 0
    assert [line[0] for line in lines if "·" in line and len(line) > 5 and line[0].isascii()] == [
        "lab",
        "check",
        "coverage",
        "lint",
        "score",
        "new",
        "schema",
        "test",
    ]


@pytest.mark.parametrize("typed", [["nonsense"], ["check", "--nonsense"], ["lab", "--lang", "fr"]])
def test_wrong_use_ends_with_2(typed: list[str]):
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code == 2


def test_no_command_is_wrong_use_and_shows_the_help(capsys: pytest.CaptureFixture[str]):
    assert main([]) == 2
    assert "lab" in capsys.readouterr().out


def test_ctrl_c_ends_a_command_with_130_and_no_traceback(monkeypatch: pytest.MonkeyPatch):
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("okrkit.cli._check", interrupted)
    assert main(["check"]) == 130


def test_check_finds_nothing_wrong_with_what_is_shipped(capsys: pytest.CaptureFixture[str]):
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("이상 없음: 문제 ")


def test_check_names_every_problem_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "09_test.yaml"
    path.write_text("titel: {ko: a}\n", encoding="utf-8")
    assert main(["check", str(path), "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{path.as_posix()}:1: 'title' is missing; write 'title: …'",
        f"{path.as_posix()}:1: 'topic' is missing; write 'topic: …'",
        f"{path.as_posix()}:1: 'items' is missing; write 'items: …'",
        f"{path.as_posix()}:1: titel: unknown name 'titel'; did you mean 'title'?",
        "Problems found: 4.",
    ]


@pytest.mark.parametrize("encoding", ["cp949", "ascii", "utf-8"])
def test_a_console_of_any_encoding_survives(tmp_path: Path, encoding: str):
    (tmp_path / "09_test.yaml").write_text("제목: [ — ✓\n", encoding="utf-8")
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    call = [sys.executable, "-m", "okrkit.cli", "check", str(tmp_path)]
    done = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_help_is_readable_on_a_korean_windows_console():
    env = {**os.environ, "PYTHONIOENCODING": "cp949"}
    done = subprocess.run(
        [sys.executable, "-m", "okrkit.cli", "--help"], cwd=ROOT, env=env, capture_output=True, check=True
    )
    assert "?" not in done.stdout.decode("cp949")
    assert "학습용 노트북을 JupyterLab에서 연다" in done.stdout.decode("cp949")


def test_a_path_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str]):
    assert main(["check", "nope.yaml"]) == 2
    assert capsys.readouterr().err == "nope.yaml이(가) 없습니다; 이름을 확인하세요\n"


def test_the_schema_is_what_an_editor_takes(capsys: pytest.CaptureFixture[str]):
    assert main(["schema"]) == 0
    assert set(json.loads(capsys.readouterr().out)["properties"]) == {"cycle", "objectives", "scorecard"}


@pytest.mark.skipif(os.name == "nt", reason="`head` is not on Windows")
def test_a_reader_that_has_seen_enough_is_no_error():
    command = f"{sys.executable} -m okrkit.cli schema | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a disk that is always full")
def test_a_full_disk_behind_the_output_is_one_sentence():
    command = f"{sys.executable} -m okrkit.cli schema > /dev/full"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "출력하지 못했습니다 (No space left on device)\n")


@pytest.mark.parametrize("kind", skeletons())
def test_new_prints_a_valid_question_of_any_kind(kind: str, capsys: pytest.CaptureFixture[str]):
    assert main(["new", "question", kind]) == 0
    (item,) = parse_yaml(capsys.readouterr().out, tuple[Item, ...]).value
    assert (item.kind, item.id) == (kind, f"new/{kind}")


def test_new_begins_a_chapter_and_adds_to_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "09_mine.yaml"
    for kind in (*skeletons(), "one"):
        assert main(["new", "question", kind, "--chapter", str(path)]) == 0
    assert [*load_bank([path]).items][-1] == "new/one-2"
    line = int(re.findall(r":(\d+)에 덧붙였습니다", capsys.readouterr().out)[-1])
    assert path.read_text(encoding="utf-8").splitlines()[line - 1].startswith("  # 하나 고르기")


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_new_leaves_every_byte_that_is_there(tmp_path: Path, ending: str):
    path = tmp_path / "09_mine.yaml"
    text = 'title: {ko: "가", en: "a"} # 주석\ntopic: okr-001\nitems:\n' + skeletons()["one"].rstrip() + "\n"
    before = (text.replace("\n", ending) if ending else text.rstrip()).encode("utf-8-sig")
    path.write_bytes(before)
    assert main(["new", "question", "order", "--chapter", str(path)]) == 0
    assert path.read_bytes().startswith(before)
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(ending.encode() or b"\n")
    assert list(load_bank([path]).items) == ["new/one", "new/order"]


def test_new_writes_nothing_into_a_chapter_with_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "09_mine.yaml"
    path.write_text("titel: a\n", encoding="utf-8")
    assert main(["new", "question", "one", "--chapter", str(path)]) == 2
    assert path.read_text(encoding="utf-8") == "titel: a\n"
    assert main(["new", "question", "oen"]) == 2
    assert "'oen'은(는) 모르는 종류입니다; 가능한 것: one, many, number" in capsys.readouterr().err
    assert main(["new", "question", "one", "--chapter", str(tmp_path / "nowhere" / "09.yaml")]) == 2


def test_the_schema_of_quiz_files_names_every_kind(capsys: pytest.CaptureFixture[str]):
    assert main(["schema", "quiz"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert sorted(schema["properties"]["items"]["items"]["discriminator"]["mapping"]) == sorted(skeletons())
    data = yaml.safe_load((ROOT / "quizzes" / "01_what_is_an_okr.yaml").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(data)) == []
