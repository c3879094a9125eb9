"""The command line: what it says and with which code it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from okrkit.cli import main
from tests.conftest import ROOT


def test_help_lists_each_command_in_one_line_in_both_languages(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ended.value.code == 0
    assert [line[0] for line in lines if "·" in line and len(line) > 5 and line[0].isascii()] == [
        "lab",
        "check",
        "lint",
        "score",
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
