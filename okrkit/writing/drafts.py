"""A draft of an OKR while it is typed: kept on disk, read as an OKR, commented on row by row.

A draft may hold anything: blank rows, half a sentence, units that do not fit. What
cannot be read is said and stays as it was typed.
"""

import re
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from typing import ClassVar, Literal

from okrkit.errors import ContentError, Problem
from okrkit.files import MAX_BYTES, display, home, read_yaml, to_yaml
from okrkit.okr.cycles import Cycle
from okrkit.okr.filing import replace_file
from okrkit.okr.gathering import Gatherable, objectives_of
from okrkit.okr.model import KeyResult, Objective, Okrs
from okrkit.okr.reading import parse_okrs, to_text
from okrkit.text import Text
from okrkit.writing.comments import Finding
from okrkit.writing.linting import lint
from okrkit.writing.reading import LONGEST
from okrkit.writing.rules import rule

RowKind = Literal["objective", "key_result", "health"]

_NAME = re.compile(r"\w[\w -]{0,59}")
_DAMAGED = Text(
    "저장된 초안을 읽을 수 없어 {file}(으)로 옮겨 두고 새로 시작합니다.",
    "The saved draft could not be read. It was put aside as {file}, and this one starts anew.",
)
_MEANWHILE = Text(
    '다른 곳에서 같은 초안을 고쳤습니다. 그 글은 ok.clinic("{name}")에 따로 두었습니다.',
    'The draft was changed elsewhere meanwhile. That text was kept as ok.clinic("{name}").',
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far, row by row.

    Args:
        objective: Its sentence; may be blank.
        key_results: Their sentences; a row may be blank.
        health: What must not suffer meanwhile, a row each.
        cycle: When it is to be reached; None if not said.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    objective: str = ""
    key_results: tuple[str, ...] = ("",)
    health: tuple[str, ...] = ()
    cycle: Cycle | None = None

    @property
    def rows(self) -> list[tuple[RowKind, str]]:
        """The objective, the key results, the health measures, in this order."""
        parts: dict[RowKind, tuple[str, ...]] = {
            "objective": (self.objective,),
            "key_result": self.key_results,
            "health": self.health,
        }
        return [(kind, text) for kind, texts in parts.items() for text in texts]


def draft_of(okrs: Gatherable) -> Draft:
    """Return the sentences of an objective as a draft, each with the values that it measures.

    Args:
        okrs: One objective, in any form; owners, weights and check-ins have no place in a draft.

    Raises:
        ContentError: If there are several objectives.

    Example:
        >>> draft_of(parse_okrs("O: a" + chr(10) + "KR: 재방문율 20% -> 35%")).key_results
        ('재방문율 20% -> 35%',)
    """
    objectives = objectives_of(okrs)
    if len(objectives) != 1:
        what = Text("목표가 {n}개입니다", "there are {n} objectives").fill(n=len(objectives))
        raise ContentError(Problem(what, Text("okrs[0]처럼 하나만 주세요", "pass one, such as okrs[0]")))
    (objective,) = objectives
    cycle = objective.cycle or getattr(getattr(okrs, "okrs", okrs), "cycle", None)
    return Draft(
        objective.text, _sentences(objective.key_results) or ("",), _sentences(objective.health), cycle
    )


def _sentences(key_results: tuple[KeyResult, ...]) -> tuple[str, ...]:
    lines = to_text(Objective("-", key_results)).splitlines()[1:]
    return tuple(line.partition(": ")[2] for line in lines)


# --- read as an OKR ----------------------------------------------------------------------------------


def to_okrs(draft: Draft) -> Okrs:
    """Read a draft as an OKR.

    Raises:
        ContentError: With every row that cannot be read, or if there is no objective.

    Example:
        >>> to_okrs(Draft("No waste", ("Bread left from 9 to 2", "")))[0].key_results[0].measure
        Metric(baseline=9.0, target=2.0, current=None, unit='')
    """
    okrs, problems = _read(draft)
    found = [problem for each in problems for problem in each]
    if not okrs[0].text:
        what = Text("목표가 비어 있습니다", "the objective is blank")
        found.insert(0, Problem(what, Text("목표 칸에 한 문장을 쓰세요", "write one sentence as objective")))
    if found:
        raise ContentError(*found)
    return okrs


def comment(draft: Draft) -> list[tuple[Finding | Problem, ...]]:
    """Comment on a draft: for each of its rows what cannot be read, then what ``lint`` finds.

    Example:
        >>> [[each.rule for each in row] for row in comment(Draft("", ("Launch the app",)))]
        [['key-result-count'], ['task']]
    """
    okrs, problems = _read(draft)
    if not okrs[0].text and not okrs[0].key_results:
        return list(problems)
    head, *said = (each.findings for each in lint(okrs))
    if not okrs[0].text:
        head = tuple(found for found in head if "set" in rule(found.rule).about)
    key_results = iter(said)
    findings = [head] + [next(key_results) if text.strip() else () for text in draft.key_results]
    return [
        (*wrong, *(findings[n] if n < len(findings) else ())) for n, wrong in enumerate(problems)
    ]  # health measures are held, not judged


def _read(draft: Draft) -> tuple[Okrs, list[tuple[Problem, ...]]]:
    """Return the OKR, with bare sentences for what cannot be read, and each row's problems."""
    read = [(kind, *_read_row(kind, " ".join(text.split()))) for kind, text in draft.rows]
    key_results, health = (
        tuple(
            replace(each, line=None) for kind, part, _ in read if kind == wanted for each in part.key_results
        )
        for wanted in ("key_result", "health")
    )
    objective = Objective(read[0][1].text, key_results, health=health)
    return Okrs((objective,), draft.cycle), [problems for _, _, problems in read]


def _read_row(kind: RowKind, text: str) -> tuple[Objective, tuple[Problem, ...]]:
    """Return a row as an objective, or as one with this key result."""
    if not text:
        return Objective(""), ()
    try:
        return parse_okrs(f"O: {text}" if kind == "objective" else f"O: -\nKR: {text}")[0], ()
    except ContentError as error:
        bare = text[:LONGEST]
        part = Objective(bare) if kind == "objective" else Objective("-", (KeyResult(bare),))
        return part, tuple(replace(each, line=None, path=f"'{text[:40]}'") for each in error.problems)


# --- kept on disk ------------------------------------------------------------------------------------


def draft_path(name: str) -> Path:
    """Return where the draft of this name lies.

    Raises:
        ContentError: If no file can have this name everywhere.
    """
    if not _NAME.fullmatch(name):
        what = Text("'{name}'은(는) 초안 이름이 될 수 없습니다", "'{name}' cannot name a draft")
        fix = Text("글자, 숫자, 빈칸, -, _로 60자까지 쓰세요", "use up to 60 letters, digits, blanks, - or _")
        raise ContentError(Problem(what.fill(name=name), fix))
    return home() / "drafts" / f"{name}.yaml"


def free(path: Path) -> Path:
    """Return a path where no file is yet: this one, or the first of ``name-2``, ``name-3`` …."""
    tried = (path if n == 1 else path.with_stem(f"{path.stem}-{n}") for n in count(1))
    return next(each for each in tried if not each.exists())


def load_draft(path: Path) -> tuple[Draft | None, Text | None]:
    """Return the draft that lies there, None if there is none, and what to tell about it.

    One that cannot be read is put aside, so that it is neither lost nor written over.
    """
    if not path.exists():
        return None, None
    try:
        return read_yaml(path, Draft).value, None
    except ContentError:
        aside = free(path.with_stem(f"{path.stem}-damaged"))
        path.rename(aside)
        return None, _DAMAGED.fill(file=display(aside))


def save_draft(draft: Draft, path: Path, seen: Draft | None) -> Text | None:
    """Write a draft, whole or not at all.

    Args:
        draft: What was typed.
        path: Where it lies.
        seen: What lay there when it was last read or written from here. If something else lies
            there now, another notebook wrote it: it is kept under a name of its own.

    Returns:
        What to tell about it, if there is anything.

    Raises:
        ContentError: If it cannot be written, or is larger than could be read again.
    """
    draft, seen = _kept(draft), seen and _kept(seen)
    data = to_yaml({part: value for part, value in asdict(draft).items() if any(value or ())}).encode()
    name = display(path)
    if len(data) > MAX_BYTES:
        what = Text("초안이 5 MB를 넘어 저장하지 못했습니다", "the draft is over 5 MB and was not saved")
        raise ContentError(Problem(what, Text("글을 줄이세요", "shorten it"), file=name))
    there, notice = load_draft(path)
    if there == draft:
        return None
    if there not in {None, seen}:
        aside = free(path)
        path.rename(aside)
        notice = _MEANWHILE.fill(name=aside.stem)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)  # what fails here fails below, with its reason
    replace_file(path, data, name)
    return notice


def _kept(draft: Draft) -> Draft:
    """Return a draft as a file holds it: without blank rows."""
    key_results, health = (
        tuple(text for text in texts if text.strip()) for texts in (draft.key_results, draft.health)
    )
    objective = draft.objective if draft.objective.strip() else ""
    return Draft(objective, key_results or ("",), health, draft.cycle)
