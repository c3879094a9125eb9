"""Strict YAML: no surprises, and every problem with its line."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.files import MAX_BYTES, MAX_PROBLEMS, home, parse_yaml, read_yaml


@dataclass(frozen=True, slots=True)
class Leaf:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    name: str
    size: float = 0.0
    colour: Literal["red", "green"] = "red"


@dataclass(frozen=True, slots=True)
class Tree:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    leaves: tuple[Leaf, ...]
    notes: dict[str, str] | None = None


def problems(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_yaml(text, Tree, file="tree.yaml")
    return str(caught.value).splitlines()


def test_a_good_file_becomes_a_value_that_knows_its_lines():
    document = parse_yaml("leaves:\n  - name: oak\n    size: 3\n  - {name: 느티}\n", Tree)
    assert document.value == Tree(leaves=(Leaf("oak", 3.0), Leaf("느티")))
    assert document.lines["leaves", 0, "size"] == 3
    assert document.lines["leaves", 1, "name"] == 4


@pytest.mark.parametrize(
    "surprise",
    [
        "no",
        "Yes",
        "on",
        "12:30",
        "1:20:30",
        "010",
        "0x1F",
        "0o17",
        "1_000",
        "+5",
        ".5",
        "5.",
        ".inf",
        ".NaN",
        "True",
        "NULL",
        "007",
    ],
)
def test_what_programs_read_differently_must_be_quoted(surprise: str):
    (said,) = problems(f"leaves:\n  - name: {surprise}\n")
    assert said.startswith(f"tree.yaml:2: leaves[0].name: '{surprise}'")
    assert said.endswith(
        "프로그램마다 다르게 읽힙니다; 문자열이면 따옴표로 감싸고, 숫자면 10, 0.5처럼 쓰세요"
    )
    assert parse_yaml(f"leaves:\n  - name: '{surprise}'\n", Tree).value.leaves[0].name == surprise


@pytest.mark.parametrize("number", ["10", "0.5", "-3", "1e3"])
def test_plain_numbers_are_numbers(number: str):
    assert parse_yaml(f"leaves: [{{name: a, size: {number}}}]", Tree).value.leaves[0].size == float(number)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "leaves:\n  - name: a\n    name: b\n",
            "tree.yaml:3: leaves[0].name: 이름 'name'이(가) 두 번 나옵니다; 하나만 남기세요",
        ),
        ("leaves:\n  - nam: a\n", "tree.yaml:2: leaves[0]: 'name'이(가) 빠졌습니다; 'name: …'을(를) 쓰세요"),
        (
            "leaves:\n  - name: a\n    siez: 1\n",
            "tree.yaml:3: leaves[0].siez: 'siez'은(는) 모르는 이름입니다; 'size'(으)로 쓰려던 것인가요?",
        ),
        (
            "leaves:\n  - {name: a, colour: gren}\n",
            "tree.yaml:2: leaves[0].colour: 'gren'은(는) 쓸 수 없는 값입니다; 'green'(으)로 쓰려던 것인가요?",
        ),
        ("leaves:\n  - {name: 3}\n", "tree.yaml:2: leaves[0].name: 문자열이 아닙니다; 문자열로 쓰세요"),
        (
            "leaves:\n  - {name: a, size: big}\n",
            "tree.yaml:2: leaves[0].size: 숫자가 아닙니다; 숫자로 쓰세요",
        ),
        ("leaves: 3\n", "tree.yaml:1: leaves: 목록이 아닙니다; 목록으로 쓰세요"),
        (
            "leaves: &all []\nnotes: *all\n",
            "tree.yaml:1: leaves: 별칭(*), 앵커(&), 태그(!)는 쓸 수 없습니다; 값을 그대로 쓰세요",
        ),
        (
            "leaves: !!python/object []\n",
            "tree.yaml:1: leaves: 별칭(*), 앵커(&), 태그(!)는 쓸 수 없습니다; 값을 그대로 쓰세요",
        ),
        (
            "leaves: []\n---\nleaves: []\n",
            "tree.yaml:2: 문서가 둘 이상입니다; '---' 아래를 다른 파일로 옮기세요",
        ),
        ("leaves: " + "[" * 40 + "]" * 40, "tree.yaml:1: 너무 깊이 겹쳤습니다; 풀어 쓰세요"),
        ("", "tree.yaml:1: '이름: 값' 묶음이 아닙니다; '이름: 값' 묶음으로 쓰세요"),
    ],
)
def test_a_problem_says_where_what_and_what_to_write(text: str, said: str):
    assert said in problems(text)


def test_all_problems_come_at_once():
    text = "leaves:\n  - {name: 3}\n  - {size: 1}\n  - {name: a, colour: blue}\n"
    assert [line.split(" ")[0] for line in problems(text)] == ["tree.yaml:2:", "tree.yaml:3:", "tree.yaml:4:"]


def test_broken_yaml_is_named_with_its_line():
    assert problems("leaves:\n  - name: 'open\n")[0].startswith("tree.yaml:3: YAML을 읽을 수 없습니다")


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        ("[", "tree.yaml:1: 너무 깊이 겹쳤습니다"),
        ("{a: ", "tree.yaml:1: 너무 깊이 겹쳤습니다"),
        ("? ", "tree.yaml:1: 이름이 문자열이 아닙니다"),
        ("a: *b\n", "tree.yaml:1: a: 별칭(*), 앵커(&), 태그(!)는 쓸 수 없습니다"),
        ("a: 1\n", "tree.yaml:2: a: 이름 'a'이(가) 두 번 나옵니다"),
        ("- {}\n", "tree.yaml:1: '이름: 값' 묶음이 아닙니다"),
    ],
)
def test_a_large_file_of_nonsense_is_told_of_at_once_and_briefly(piece: str, said: str):
    found = problems(piece * 100_000)
    assert found[0].startswith(said)
    assert len(found) <= MAX_PROBLEMS


def test_of_many_unknown_names_the_first_hundred_are_told():
    assert len(problems("leaves: []\n" + "".join(f"name{n}: 1\n" for n in range(1000)))) == MAX_PROBLEMS


def test_an_alias_bomb_ends_at_its_first_anchor():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert problems(bomb)[0].startswith("tree.yaml:1: a: 별칭")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "leaves: [{name: 느티}]".encode("cp949"),
            "UTF-8이 아니라 cp949로 저장된 파일입니다; 편집기에서 UTF-8로 다시 저장하세요",
        ),
        (
            "leaves: [{name: 느티}]".encode("utf-16"),
            "UTF-8이 아니라 UTF-16으로 저장된 파일입니다; 편집기에서 UTF-8로 다시 저장하세요",
        ),
        (b"leaves: \xff", "UTF-8로 저장된 파일이 아닙니다; 편집기에서 UTF-8로 다시 저장하세요"),
        (b" " * (MAX_BYTES + 1), "파일이 너무 큽니다; 5 MB 아래로 나누세요"),
        (None, "파일을 읽을 수 없습니다 (No such file or directory); 이름과 권한을 확인하세요"),
    ],
    ids=["cp949", "UTF-16", "unknown", "large", "missing"],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, said: str):
    path = tmp_path / "tree.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ContentError) as caught:
        read_yaml(path, Tree)
    assert str(caught.value) == f"{path.as_posix()}: {said}"


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path):
    (tmp_path / "tree.yaml").write_bytes(b"\xef\xbb\xbfleaves: []\n")
    assert read_yaml(tmp_path / "tree.yaml", Tree).value == Tree(leaves=())


@given(st.text(max_size=200))
def test_any_text_is_a_tree_or_a_clear_error(text: str):
    try:
        assert isinstance(parse_yaml(text, Tree).value, Tree)
    except ContentError as error:
        assert all(problem.line for problem in error.problems)


def test_okrkit_home_moves_the_learners_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.delenv("OKRKIT_HOME")
    assert home().name == "okrkit"
