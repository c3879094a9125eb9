"""The command line. Exit codes: 0 done, 1 something was found, 2 wrong use."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from okrkit import __version__
from okrkit.errors import ContentError, OkrkitError, Problem, SetupError
from okrkit.files import MAX_BYTES, decode, read_bytes, root, shipped
from okrkit.text import LANGUAGES, Text, language, set_language

if TYPE_CHECKING:
    from okrkit.practice.bank import Bank

_HELP = {
    "lab": "학습용 노트북을 JupyterLab에서 연다 · open the lessons in JupyterLab",
    "check": "문제와 토픽 파일을 검사한다 · validate quiz and topic files",
    "coverage": "문제가 카드의 주장을 얼마나 묻는지 보여 준다 · show which claims the questions ask about",
    "lint": "OKR 문장을 읽고 고칠 곳을 짚어 준다 · comment on how OKRs are written",
    "score": "OKR 파일의 점수를 셈한다 · score a file of OKRs",
    "new": "새 문제의 뼈대를 출력하거나 덧붙인다 · print or append the start of a new question",
    "schema": "OKR·문제 파일의 JSON 스키마를 출력한다 · print the JSON Schema of OKR or quiz files",
    "test": "전체 테스트를 실행한다 · run the whole test suite",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: As typed, without the program's name; those of the process if None.

    Returns:
        The exit code: 0 done, 1 something was found, 2 wrong use.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a sign shows '?', and lives
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != "test":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if getattr(options, "lang", None) in LANGUAGES:
        set_language(options.lang)
    try:
        code = _run(options, rest) if options.command else _show_help(parser)
        sys.stdout.flush()
    except OkrkitError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # Ctrl-C, before the command has taken it into its own hands
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a full disk behind `>`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(
            Text("출력하지 못했습니다 ({why})", "could not write ({why})").fill(why=error.strerror),
            file=sys.stderr,
        )
        return 2
    return code


def _run(options: argparse.Namespace, rest: Sequence[str]) -> int:
    commands = {
        "lab": _lab,
        "check": _check,
        "coverage": _coverage,
        "lint": _lint,
        "score": _score,
        "new": _new,
        "schema": _schema,
    }
    return commands[options.command](options) if options.command in commands else _test(rest)


def _show_help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="okrkit",
        description="OKR을 배우고 가르치고 시험 본다 · Learn, teach and be examined on OKR",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"okrkit {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="명령 · commands")
    lab = commands.add_parser("lab", help=_HELP["lab"], description=_HELP["lab"])
    lab.add_argument(
        "folder", nargs="?", type=Path, help="내 노트북을 둘 폴더 · where your copies go (my-notebooks)"
    )
    lab.add_argument("--lang", choices=LANGUAGES, help="언어 · language (ko)")
    lab.add_argument("--no-browser", action="store_true", help="주소만 출력한다 · only print the address")
    for name in ("check", "coverage"):
        bank = commands.add_parser(name, help=_HELP[name], description=_HELP[name])
        bank.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="파일이나 폴더 · files or folders (quizzes)"
        )
        bank.add_argument("--lang", choices=LANGUAGES, help="언어 · language (ko)")
    bank.add_argument("--format", choices=("text", "json"), default="text", help="출력 형식 · output (text)")
    _add_lint(commands.add_parser("lint", help=_HELP["lint"], description=_HELP["lint"]))
    _add_score(commands.add_parser("score", help=_HELP["score"], description=_HELP["score"]))
    _add_new(commands.add_parser("new", help=_HELP["new"], description=_HELP["new"]))
    schema = commands.add_parser("schema", help=_HELP["schema"], description=_HELP["schema"])
    schema.add_argument(
        "files", nargs="?", choices=("okr", "quiz"), default="okr", help="어느 파일 · of which files (okr)"
    )
    commands.add_parser("test", help=_HELP["test"], description=_HELP["test"] + " (pytest …)", add_help=False)
    return parser


def _add_lint(linted: argparse.ArgumentParser) -> None:
    linted.add_argument(
        "files",
        nargs="*",
        default=["-"],
        metavar="FILE",
        help="OKR 파일, 또는 -(표준 입력) · OKR files, or - for stdin (-)",
    )
    linted.add_argument(
        "--as",
        dest="kind",
        choices=("objective", "key-result"),
        help="한 줄을 한 문장으로 읽는다 · take each line as one such sentence",
    )
    linted.add_argument(
        "--lang",
        choices=(*LANGUAGES, "auto"),
        default="auto",
        help="문장의 언어, 답하는 언어 · language of the sentences and of the answer (auto)",
    )
    linted.add_argument("--rules", action="store_true", help="모든 규칙을 보여 준다 · show every rule")
    linted.add_argument(
        "--format", choices=("text", "json"), default="text", help="출력 형식 · output (text)"
    )


def _add_score(scored: argparse.ArgumentParser) -> None:
    scored.add_argument(
        "file",
        metavar="FILE",
        help="파일(.yaml .csv .xlsx .txt) 또는 -(표준 입력의 글이나 YAML)"
        " · a file, or - for text or YAML on stdin",
    )
    scored.add_argument(
        "--at",
        type=_day,
        metavar="DATE",
        help="이 날까지의 점수와 속도; 날짜 없는 값은 늘 셈한다"
        " · as of this day (2026-02-14); what has no day always counts",
    )
    scored.add_argument(
        "--scheme",
        default="google",
        metavar="NAME",
        help="등급 체계 · bands: google gitlab sourcegraph thirds (google)",
    )
    scored.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="출력 형식 · output (text)"
    )
    scored.add_argument("--lang", choices=LANGUAGES, help="언어 · language (ko)")


def _add_new(new: argparse.ArgumentParser) -> None:
    new.add_argument("what", choices=("question",), help="문제 · a question")
    new.add_argument(
        "kind",
        metavar="KIND",
        help="종류 · kind: one many number text blanks match order classify rewrite written",
    )
    new.add_argument(
        "--chapter", type=Path, metavar="FILE", help="이 파일에 덧붙인다 · append it to this file"
    )
    new.add_argument("--lang", choices=LANGUAGES, help="언어 · language (ko)")


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        what = Text(
            "'{said}'은(는) 날짜가 아닙니다; 2026-02-14처럼 쓰세요",
            "'{said}' is no day; write, say, 2026-02-14",
        )
        raise argparse.ArgumentTypeError(str(what.fill(said=said))) from None


def _lab(options: argparse.Namespace) -> int:
    from okrkit.lab import default_folder, lay_notebooks, open_lab

    folder = (options.folder or default_folder()).expanduser()
    about = Text(
        "{folder}에 노트북을 두고 JupyterLab을 엽니다.",
        "Laying your notebooks in {folder} and opening JupyterLab.",
    )
    print(about.fill(folder=folder))
    newer = Text("  {path} 파일은 고치신 그대로 두고, 새 판은 옆에 {newer} 파일로 두었습니다.",
                 "  {path} is left as you changed it; {newer}, beside it, is newer.")  # fmt: skip
    for kept in lay_notebooks(folder):
        print(newer.fill(path=kept.path.name, newer=kept.newer.name))
    sys.stdout.flush()
    return open_lab(folder, language(), browser=not options.no_browser)


def _bank(options: argparse.Namespace) -> "Bank":
    from okrkit.practice.bank import load_bank

    for path in options.paths:
        if not path.exists():
            what = Text("{path}이(가) 없습니다", "{path} does not exist").fill(path=path)
            raise SetupError(Problem(what, Text("이름을 확인하세요", "check its name")))
    return load_bank(options.paths or [shipped("quizzes")])


def _coverage(options: argparse.Namespace) -> int:
    from okrkit.practice.coverage import coverage, report, to_entries

    covered = coverage(_bank(options))
    if options.format == "json":
        _speak_utf8()
        print(json.dumps(to_entries(covered), ensure_ascii=False, indent=2))
    else:
        print(report(covered))
    return 0


def _check(options: argparse.Namespace) -> int:
    try:
        bank = _bank(options)
    except ContentError as error:
        print(error)
        print(Text("틀린 점 {n}개를 찾았습니다.", "Problems found: {n}.").fill(n=len(error.problems)))
        return 1
    good = Text(
        "이상 없음: 문제 {items}개, 토픽 카드 {topics}장.",
        "All good. Questions: {items}; topic cards: {topics}.",
    )
    print(good.fill(items=len(bank.items), topics=len(bank.topics)))
    return 0


def _score(options: argparse.Namespace) -> int:
    from okrkit.okr.filing import parse_stream, read_okrs
    from okrkit.okr.reporting import REPORTS

    if options.file == "-":
        okrs = parse_stream(sys.stdin.buffer.read(MAX_BYTES + 1), "-")
    else:
        okrs = read_okrs(options.file)
    report = REPORTS[options.format](okrs, options.at, options.scheme)
    if options.format != "text":
        _speak_utf8()
    print(report)
    return 0


def _lint(options: argparse.Namespace) -> int:
    from okrkit.okr.filing import parse_stream, read_okrs
    from okrkit.writing.comments import Comments, to_entries
    from okrkit.writing.linting import lint, lint_lines
    from okrkit.writing.rules import writing_rules

    if options.rules:
        print(writing_rules())
        return 0
    said: list[Comments] = []
    for file in options.files:
        if options.kind:
            data = _standard_input() if file == "-" else read_bytes(Path(file))
            lines = re.split(r"\r\n?|\n", decode(data, file))
            said.append(lint_lines(lines, options.kind.replace("-", "_"), options.lang))
        else:
            okrs = parse_stream(_standard_input(), file) if file == "-" else read_okrs(file)
            said.append(lint(okrs, options.lang))
    if options.format == "json":
        _speak_utf8()
        print(
            json.dumps([entry for each in said for entry in to_entries(each)], ensure_ascii=False, indent=2)
        )
    else:
        for file, each in zip(options.files, said, strict=True):
            print(f"{file}:\n{each}" if len(said) > 1 else each)
    return 1 if any(each.serious for each in said) else 0


def _standard_input() -> bytes:
    """Read standard input, one byte beyond what a file may have, so that more can be told from enough."""
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _speak_utf8() -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")  # programs read it, whatever the console speaks


def _new(options: argparse.Namespace) -> int:
    from okrkit.practice.skeletons import add_skeleton, skeletons

    known, kind, chapter = skeletons(), options.kind, options.chapter
    if kind not in known:
        what = Text("'{kind}'은(는) 모르는 종류입니다", "unknown kind '{kind}'").fill(kind=kind)
        raise SetupError(Problem(what, Text("가능한 것: {all}", "allowed: {all}").fill(all=", ".join(known))))
    if chapter is None:
        print(known[kind], end="")
        return 0
    added = Text("{file}:{line}에 덧붙였습니다. 고친 뒤 'okrkit check {file}'로 확인하세요.",
                 "Added at {file}:{line}. Edit it, then run 'okrkit check {file}'.")  # fmt: skip
    print(added.fill(file=chapter, line=add_skeleton(kind, chapter)))
    return 0


def _schema(options: argparse.Namespace) -> int:
    from okrkit.okr.entries import document_schema
    from okrkit.practice.items import chapter_schema

    print(json.dumps(chapter_schema() if options.files == "quiz" else document_schema(), indent=2))
    return 0


def _test(rest: Sequence[str]) -> int:
    """Run the test suite in a home of its own, which starts empty and is thrown away."""
    if not find_spec("pytest"):
        what = Text("테스트 도구가 설치되어 있지 않습니다", "the test tools are not installed")
        fix = Text("'python3 -m okrkit test'로 실행하세요", "run 'python3 -m okrkit test'")
        raise SetupError(Problem(what, fix))
    with tempfile.TemporaryDirectory(prefix="okrkit-test-") as folder:
        homes = {"HOME": folder, "USERPROFILE": folder, "OKRKIT_HOME": str(Path(folder) / "okrkit")}
        everything = ["--numprocesses=auto", "--dist=loadfile", "--benchmark-disable"]
        call = [sys.executable, "-m", "pytest", *(rest or everything)]
        return subprocess.call(call, cwd=root(), env={**os.environ, **homes})  # noqa: S603  (this very Python)


if __name__ == "__main__":
    sys.exit(main())
