"""The start of a new question: a valid, commented example of each kind, in both languages."""

import re
from itertools import count
from pathlib import Path
from textwrap import dedent, indent

from okrkit.errors import Problem, SetupError
from okrkit.files import decode, display, parse_yaml, read_bytes
from okrkit.practice.items import Chapter
from okrkit.text import Text

_FILE = Path(__file__).with_name("skeletons.yaml")
_HEAD = 'title: {ko: "새 문제", en: "New questions"}\ntopic: okr-001\nitems:\n'


def skeletons() -> dict[str, str]:
    """Return the YAML of a question of each kind, by kind.

    Example:
        >>> list(skeletons())
        ['one', 'many', 'number', 'text', 'blanks', 'match', 'order', 'classify', 'rewrite', 'written']
    """
    text = _FILE.read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=  # )", text)[1:]
    return {re.findall(r"kind: (\w+)", block)[0]: dedent(block).strip() + "\n" for block in blocks}


def add_skeleton(kind: str, path: Path) -> int:
    """Append a new question to a chapter's file; a file that is not there yet is begun.

    Args:
        kind: One of the kinds of ``skeletons``.
        path: The chapter. What it holds stays as it is, byte for byte.

    Returns:
        The line where the question begins, counted from 1.

    Raises:
        ContentError: If the chapter has faults, or could not take the question; nothing is written.
        SetupError: If the file cannot be written.
    """
    begun = path.exists()
    text = decode(read_bytes(path), display(path)) if begun else _HEAD
    taken = [item.id for item in parse_yaml(text, Chapter, display(path)).value.items] if begun else []
    names = (f"new/{kind}-{n}" if n > 1 else f"new/{kind}" for n in count(1))
    name = next(each for each in names if each not in taken)
    level = re.search(r"^( *)- id:", text, re.MULTILINE)
    block = indent(skeletons()[kind], level[1] if level else "  ").replace(f"new/{kind}", name, 1)
    gap = ("" if text.endswith("\n") else "\n") + ("\n" if begun else "")
    added = (gap + block).replace("\n", "\r\n" if "\r\n" in text else "\n")
    parse_yaml(text + added, Chapter, display(path))
    try:
        with path.open("ab") as file:
            file.write((added if begun else text + added).encode())
    except OSError as error:
        what = Text("{path}에 쓸 수 없습니다 ({why})", "{path} cannot be written ({why})")
        fix = Text("이름과 권한을 확인하세요", "check its name and permissions")
        raise SetupError(Problem(what.fill(path=display(path), why=error.strerror), fix)) from error
    return (text + gap).count("\n") + 1
