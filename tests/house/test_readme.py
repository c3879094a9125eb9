"""What the README says is true."""

import re
import shlex

import pytest

from okrkit.cli import _HELP, _parser
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
OKRKIT = [line for line in SHELL if re.match(r"(python3 -m |\S*/)?okrkit ", line)]


def test_the_two_commands_stand_at_the_top_before_the_picture():
    assert [shlex.split(line, comments=True) for line in SHELL[:2]] == [
        ["python3", "-m", "okrkit", "lab"],
        ["python3", "-m", "okrkit", "test"],
    ]
    assert README.index(SHELL[1]) < README.index("](.github/quiz-ko.png)")
    assert (ROOT / ".github" / "quiz-ko.png").stat().st_size < 300_000


@pytest.mark.parametrize("line", OKRKIT)
def test_each_command_of_the_readme_is_one_okrkit_takes(line: str):
    words = shlex.split(line, comments=True)
    arguments = words[words.index("okrkit") + 1 :] if "okrkit" in words else words[1:]
    known, rest = _parser().parse_known_args(arguments)
    assert known.command == arguments[0]
    assert not rest or known.command == "test"


def test_each_command_is_described():
    assert {name for name in _HELP if f"`okrkit {name}" not in README} == set()


def test_the_example_runs_and_gives_what_it_says():
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(example, names)
    said = re.search(r"ok\.score\(okrs\) +# (.*)", example)[1]
    assert repr(names["ok"].score(names["okrs"])) == said
