"""OKRs to and from files: which form a file has, its ending says."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from okrkit.errors import ContentError, Problem
from okrkit.files import MAX_BYTES, decode, display, read_bytes
from okrkit.okr.documents import Plan, dump_document, parse_document
from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import (
    Child,
    Keep,
    KeyResult,
    Metric,
    Milestones,
    Objective,
    Okrs,
    YesNo,
    current_value,
)
from okrkit.okr.reading import parse_okrs, to_text
from okrkit.okr.sheets import parse_csv, parse_excel, to_csv, to_excel
from okrkit.text import Text


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write OKRs down.

    Args:
        parse: From the content of a file, and its name for messages.
        dump: To the content of a file.
        holds: The parts of objectives, the parts of key results (``key_result_…``) and the
            measures it has a place for, beside texts and metrics; None if it holds everything.
    """

    parse: Callable[[bytes, str], Plan]
    dump: Callable[[Plan], bytes]
    holds: frozenset[str | type] | None


def parse_text(data: bytes, name: str) -> Okrs:
    """Read the text form out of a file's content; ``name`` is the file's in messages.

    Raises:
        ContentError: With every line that cannot be read.
    """
    text = decode(data, name, "cp949")
    try:
        return parse_okrs(text)
    except ContentError as error:
        raise ContentError(*(replace(problem, file=name) for problem in error.problems)) from error


def parse_stream(data: bytes, name: str) -> Okrs:
    """Read OKRs without a file's ending: YAML if they begin as such a document does, else the text form.

    YAML begins, comments and blank lines aside, with ``cycle:``, ``objectives:``,
    ``scorecard:``, ``---`` or ``{``; no line of the text form does.

    Args:
        data: The content, at most 5 MB.
        name: What to call it in messages.

    Raises:
        ContentError: With every problem, if there is more, or no objective.
    """
    if len(data) > MAX_BYTES:
        what = Text("5 MB가 넘습니다", "it is larger than 5 MB")
        raise ContentError(Problem(what, Text("5 MB 아래로 나누세요", "split it below 5 MB"), file=name))
    return _okrs((_YAML if _YAML_START.match(data) else _TEXT).parse(data, name), name)


_YAML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:(?:cycle|objectives|scorecard)[ ]*:|---|\{)"
)
_YAML = Form(
    lambda data, name: parse_document(decode(data, name), name),
    lambda plan: dump_document(plan).encode(),
    None,
)
_TEXT = Form(
    lambda data, name: Plan(parse_text(data, name)),
    lambda plan: to_text(plan.okrs).encode(),
    frozenset(),
)
_ROW: frozenset[str | type] = frozenset(
    {"id", "kind", "owner", "perspective", "key_result_weight", "key_result_committed", Child}
)
FORMS = {
    ".yaml": _YAML,
    ".yml": _YAML,
    ".csv": Form(lambda data, name: Plan(parse_csv(data, name)), lambda plan: to_csv(plan.okrs), _ROW),
    ".xlsx": Form(lambda data, name: Plan(parse_excel(data, name)), lambda plan: to_excel(plan.okrs), _ROW),
    ".txt": _TEXT,
    ".md": _TEXT,
}
"""The forms by the ending of a file's name."""


def read_okrs(path: str | Path) -> Okrs:
    """Read OKRs from a file: YAML, CSV, Excel or the text form, by its ending.

    Args:
        path: Ends in .yaml, .yml, .csv, .xlsx, .txt or .md; at most 5 MB.

    Returns:
        The objectives, each remembering its line or row.

    Raises:
        ContentError: With every problem of the file, or if it holds no objective.
    """
    return _okrs(read_plan(path), display(Path(path)))


def read_plan(path: str | Path) -> Plan:
    """Read OKRs and, from YAML, the scorecard beside them; as ``read_okrs``."""
    path = Path(path).expanduser()
    return _form(path).parse(read_bytes(path), display(path))


def write_okrs(okrs: Gatherable | Plan, path: str | Path) -> list[Text]:
    """Write OKRs to a file: YAML, CSV, Excel or the text form, by its ending.

    The file is replaced as a whole or not at all. What was written is read back first,
    so that what got lost is known and not guessed.

    Args:
        okrs: An objective, several, or their plan; a cycle comes with ``Okrs`` and plans.
        path: Ends in .yaml, .yml, .csv, .xlsx, .txt or .md.

    Returns:
        What this form could not hold, each with its count; empty for YAML.

    Raises:
        ContentError: If the form could not be read back (a blank sentence, more than
            5 MB), or the file cannot be written.
    """
    gathered = okrs if isinstance(okrs, Okrs | Plan) else Okrs(objectives_of(okrs))
    path, plan = Path(path).expanduser(), gathered if isinstance(gathered, Plan) else Plan(gathered)
    form, name = _form(path), display(path)
    data = form.dump(plan)
    if len(data) > MAX_BYTES:
        what = Text("5 MB가 넘어 다시 읽을 수 없습니다", "at more than 5 MB it could not be read again")
        fix = Text("목표를 여러 파일로 나누세요", "split the objectives over several files")
        raise ContentError(Problem(what, fix, file=name))
    # What YAML wrote it has read back itself.
    left_out = [] if form.holds is None else list(_left_out(plan, form.parse(data, name).okrs, form.holds))
    replace_file(path, data, name)
    return left_out


def _okrs(plan: Plan, name: str) -> Okrs:
    """Return the objectives of a plan, of which there must be one."""
    if not plan.okrs:
        what = Text("목표가 하나도 없습니다", "there is no objective")
        fix = Text(
            "균형성과표만 있다면 read_plan으로 읽으세요", "if it is a scorecard, read it with read_plan"
        )
        raise ContentError(Problem(what, fix, file=name))
    return plan.okrs


def _form(path: Path) -> Form:
    form = FORMS.get(path.suffix.lower())
    if form is None:
        what = Text("'{ending}'(으)로 끝나는 파일은 모릅니다", "files that end in '{ending}' are unknown")
        fix = Text("다음 가운데 하나로 저장하세요: {all}", "save it as one of: {all}").fill(
            all=", ".join(FORMS)
        )
        raise ContentError(Problem(what.fill(ending=path.suffix or path.name), fix, file=display(path)))
    return form


def replace_file(path: Path, data: bytes, name: str) -> None:
    """Write beside, then put in place: a file is there as a whole or as it was before.

    Raises:
        ContentError: If it cannot be written; it says ``name``, the file's.
    """
    path = path.resolve()
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")  # two programs may write at once
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        what = Text("파일을 쓸 수 없습니다 ({why})", "the file cannot be written ({why})")
        fix = Text(
            "폴더와 권한을 확인하고, 다른 프로그램에서 열려 있으면 닫으세요",
            "check the folder and its permissions, and close it in other programs",
        )
        raise ContentError(Problem(what.fill(why=error.strerror), fix, file=name)) from error
    finally:
        with suppress(OSError):
            draft.unlink()


# --- what a form has no place for --------------------------------------------------------------------

_OBJECTIVES = {
    "id": Text("목표 id", "objective ids"),
    "kind": Text("목표 유형", "kinds of objective"),
    "owner": Text("담당", "owners"),
    "parent": Text("상위 목표", "parents"),
    "origin": Text("출처(하향/상향)", "origins (top-down or bottom-up)"),
    "perspective": Text("관점", "perspectives"),
    "weight": Text("목표 가중치", "weights of objectives"),
    "judgement": Text("담당자 판정", "owners' judgements"),
    "health": Text("건강 지표", "health measures"),
    "cycle": Text("목표별 주기", "cycles of objectives"),
}
_KEY_RESULTS = {
    "id": Text("핵심 결과 id", "key result ids"),
    "weight": Text("핵심 결과 가중치", "weights of key results"),
    "committed": Text("핵심 결과별 약속 여부", "key results committed on their own"),
    "check_ins": Text(
        "점검 기록(최근 값만 현재값으로 남음)", "check-ins (the latest stays as current value)"
    ),
}
_MEASURES: dict[type, Text] = {
    Keep: Text("지킬 범위", "bounds to keep"),
    Milestones: Text("이정표", "milestones"),
    YesNo: Text("예/아니요", "yes or no"),
    Child: Text("하위 목표", "child objectives"),
}


def _left_out(plan: Plan, back: Sequence[Objective], holds: frozenset[str | type]) -> Iterator[Text]:
    """Name what the plan says and the form has no place for, and what was read back otherwise."""
    if plan.okrs.cycle:
        yield Text("주기", "the cycle")
    if plan.scorecard:
        yield Text("균형성과표", "the scorecard")
    key_results = [each for objective in plan.okrs for each in objective.key_results]
    counts = [(noun, _said(plan.okrs, name)) for name, noun in _OBJECTIVES.items() if name not in holds]
    counts += [
        (noun, _said(key_results, name))
        for name, noun in _KEY_RESULTS.items()
        if f"key_result_{name}" not in holds
    ]
    counts += [
        (noun, sum(isinstance(each.measure, kind) for each in key_results))
        for kind, noun in _MEASURES.items()
        if kind not in holds
    ]
    kept = (_kept(each, holds) for each in plan.okrs)
    changed = Text("글이나 값이 그대로 남지 않는 목표", "objectives whose words or values change")
    counts.append((changed, sum(one != other for one, other in zip_longest(kept, back))))
    yield from (Text("{noun}: {n}", "{noun}: {n}").fill(noun=noun, n=n) for noun, n in counts if n)


def _said(parts: Iterable[Objective | KeyResult], name: str) -> int:
    """Count the parts that say something where they could have said nothing."""
    return sum(getattr(each, name) != _default(type(each), name) for each in parts)


def _default(kind: type[Any], name: str) -> object:
    return next(each.default for each in fields(kind) if each.name == name and each.default is not MISSING)


def _kept(objective: Objective, holds: frozenset[str | type]) -> Objective:
    """Return the objective as the form should give it back."""
    about = {name: getattr(objective, name) for name in _OBJECTIVES if name in holds}
    return Objective(
        objective.text, tuple(_kept_result(each, holds) for each in objective.key_results), **about
    )


def _kept_result(key_result: KeyResult, holds: frozenset[str | type]) -> KeyResult:
    measure = key_result.measure
    if isinstance(measure, Metric):
        measure = replace(measure, current=current_value(key_result))
    elif type(measure) not in holds:
        measure = None
    weight = key_result.weight if "key_result_weight" in holds else 1.0
    return KeyResult(
        key_result.text,
        measure,
        weight=weight,
        committed=key_result.committed if "key_result_committed" in holds else None,
    )
