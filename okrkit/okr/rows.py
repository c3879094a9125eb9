"""OKRs as the rows of a table, one row per key result.

Cells are the text that a person sees in them. An objective that stands in
several rows, or over several rows of one merged cell, is one objective. What
tells objectives apart is their id, or else their text and owner.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from okrkit.errors import ContentError, Problem
from okrkit.okr.model import Child, KeyResult, Kind, Metric, Objective, Okrs, current_value
from okrkit.text import LANGUAGES, Text

Row = tuple[int, list[str]]
"""The number of a row, counted from 1, and the text of its cells."""

Word = TypeVar("Word")
Key = tuple[str, ...]
"""What tells objectives apart: their id, or else their text and their owner."""

COLUMNS = {
    "objective": Text("목표", "objective"),
    "objective_kind": Text("유형", "objective_kind"),
    "owner": Text("담당", "owner"),
    "key_result": Text("핵심 결과", "key_result"),
    "baseline": Text("기준값", "baseline"),
    "target": Text("목표값", "target"),
    "current": Text("현재값", "current"),
    "unit": Text("단위", "unit"),
    "weight": Text("가중치", "weight"),
    "committed": Text("약속", "committed"),
    "perspective": Text("관점", "perspective"),
    "id": Text("목표 id", "id"),
    "child_objective": Text("하위 목표 id", "child_objective"),
}
"""The columns, with their headings."""

# These may be merged over several rows.
CARRIED = ("objective", "objective_kind", "owner", "perspective", "id")
_REQUIRED = ("objective", "key_result", "baseline", "target")
_KINDS: dict[Kind, Text] = {
    "committed": Text("약속", "committed"),
    "aspirational": Text("도전", "aspirational"),
}
_ANSWERS = {True: Text("예", "yes"), False: Text("아니요", "no")}
_KIND_WORDS: dict[str, Kind] = {
    **dict.fromkeys(("committed", "약속", "약속형", "필수"), "committed"),
    **dict.fromkeys(("aspirational", "도전", "도전형", "도전적"), "aspirational"),
}
_ANSWER_WORDS = dict.fromkeys(("yes", "true", "y", "1", "예", "네", "o"), True) | dict.fromkeys(
    ("no", "false", "n", "0", "아니요", "아니오", "x"), False
)
_NUMBER = re.compile(
    r"(?P<value>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(?P<unit>[^\d\s.,=+-]\D*)?"
)
# What a spreadsheet would run as a formula (OWASP, CSV injection); a quote in front makes it text.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r]")


def to_rows(okrs: Okrs) -> Iterator[list[str | float]]:
    """Return the headings, in the language in force, and a row per key result.

    An objective without key results has a row too. Text that a spreadsheet would take
    for a formula gets a quote in front.
    """
    yield [str(heading) for heading in COLUMNS.values()]
    for objective in okrs:
        about: dict[str, str | float] = {
            "objective": guard(objective.text),
            "objective_kind": str(_KINDS[objective.kind]),
            "owner": guard(objective.owner),
            "perspective": guard(objective.perspective),
            "id": guard(objective.id),
        }
        for key_result in objective.key_results or (None,):
            cells = about | (_cells(key_result) if key_result else {})
            yield [cells.get(name, "") for name in COLUMNS]


def _cells(key_result: KeyResult) -> dict[str, str | float]:
    cells: dict[str, str | float] = {
        "key_result": guard(key_result.text),
        "weight": _short(key_result.weight),
    }
    if key_result.committed is not None:
        cells["committed"] = str(_ANSWERS[key_result.committed])
    measure, current = key_result.measure, current_value(key_result)
    if isinstance(measure, Metric):
        cells |= {"baseline": _short(measure.baseline), "target": _short(measure.target)}
        cells |= {"unit": guard(measure.unit)} | ({} if current is None else {"current": _short(current)})
    if isinstance(measure, Child):
        cells["child_objective"] = guard(measure.objective)
    return cells


def _short(number: float) -> float:
    return int(number) if float(number).is_integer() and abs(number) < 1e15 else number


def guard(text: str) -> str:
    """Put a quote before text that a spreadsheet would run.

    Example:
        >>> guard("=1+1"), guard("재방문율")
        ("'=1+1", '재방문율')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _unguard(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


# --- from rows to the model --------------------------------------------------------------------------


@dataclass(slots=True)
class _Sheet:
    """Rows being read: the objectives so far, that of the row above, and every problem."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    objectives: dict[Key, tuple[Objective, list[KeyResult]]] = field(default_factory=dict)
    last: Objective | None = None

    def refuse(self, row: int, column: str, what: Text, fix: Text) -> None:
        heading = str(COLUMNS[column]) if column in COLUMNS else column
        self.problems.append(Problem(what, fix, row, heading, self.name))


def parse_rows(rows: Iterable[Row], name: str) -> Okrs:
    """Read rows, the first of which holds the headings.

    Args:
        rows: Numbered; blank ones are passed over.
        name: Of the file, for messages.

    Raises:
        ContentError: With every problem, each with its row.
    """
    sheet, written = _Sheet(name), [row for row in rows if any(cell.strip() for cell in row[1])]
    if not written:
        what = Text("표가 비어 있습니다", "the table is empty")
        fix = Text("첫 줄에 제목을 쓰세요: {all}", "write the headings in the first row: {all}")
        sheet.refuse(1, "", what, fix.fill(all=", ".join(map(str, COLUMNS.values()))))
    else:
        columns = _columns(sheet, written)
        if not sheet.problems:
            for number, cells in written[1:]:
                _take(sheet, number, {columns[n]: cell for n, cell in enumerate(cells) if n in columns})
            if len(written) == 1:
                what = Text("제목 아래에 줄이 없습니다", "there is no row below the headings")
                sheet.refuse(1, "", what, Text("핵심 결과마다 한 줄을 쓰세요", "write a row per key result"))
    _check_children(sheet)
    if sheet.problems:
        raise ContentError(*sheet.problems)
    return Okrs(tuple(replace(about, key_results=tuple(own)) for about, own in sheet.objectives.values()))


def _columns(sheet: _Sheet, rows: Sequence[Row]) -> dict[int, str]:
    """Return which column holds what; every heading must be known, and given once."""
    number, headings = rows[0]
    found: dict[int, str] = {}
    for n, heading in enumerate(headings):
        name = column_name(heading)
        if heading.strip() and not name:
            what = Text("모르는 열입니다", "unknown column")
            fix = Text(
                "열을 지우거나 다음 가운데 하나로 고치세요: {all}", "remove it, or rename it to one of: {all}"
            )
            sheet.refuse(number, heading.strip(), what, fix.fill(all=", ".join(map(str, COLUMNS.values()))))
        elif name in found.values():
            what = Text("같은 열이 두 번 나옵니다", "the column occurs twice")
            sheet.refuse(number, name, what, Text("하나만 남기세요", "keep one of them"))
        elif name:
            found[n] = name
    for name in _REQUIRED:
        if name not in found.values():
            what = Text("열이 없습니다", "the column is missing")
            fix = Text("제목 줄에 '{name}' 열을 더하세요", "add a column with this heading: {name}")
            sheet.refuse(number, name, what, fix.fill(name=COLUMNS[name]))
    _check_bare(sheet, rows[1:], {n for n, heading in enumerate(headings) if heading.strip()})
    return found


def _check_bare(sheet: _Sheet, rows: Iterable[Row], headed: set[int]) -> None:
    """Refuse cells that stand under no heading, each column once."""
    bare: dict[int, int] = {}
    for number, cells in rows:
        for n, cell in enumerate(cells):
            if n not in headed and cell.strip():
                bare.setdefault(n, number)
    for n, number in sorted(bare.items()):
        what = Text("값이 있는데 열 제목이 없습니다", "there is a value, but the column has no heading")
        fix = Text(
            "병합된 제목을 나누고 열마다 제목을 쓰세요", "split merged headings; write one for each column"
        )
        sheet.refuse(number, column_letter(n), what, fix)


def column_letter(index: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    before, last = divmod(index, 26)
    return (column_letter(before - 1) if before else "") + chr(ord("A") + last)


def column_name(heading: str) -> str:
    """Return which column a heading names, in either language; empty for none."""
    return _HEADINGS.get(_folded(heading), "")


def _folded(heading: str) -> str:
    return re.sub(r"[\s_]", "", unicodedata.normalize("NFKC", heading)).casefold()


_HEADINGS = {_folded(words.in_language(each)): name for name, words in COLUMNS.items() for each in LANGUAGES}


def _take(sheet: _Sheet, row: int, raw: Mapping[str, str]) -> None:
    """Add what one row says to the objectives read so far."""
    cells = {
        name: _unguard(cell if name == "unit" and cell.strip() else cell.strip())
        for name, cell in raw.items()
    }
    key = _place(sheet, row, cells)
    key_result = _key_result(sheet, row, cells)
    if key and key_result:
        sheet.objectives[key][1].append(key_result)


def _place(sheet: _Sheet, row: int, cells: Mapping[str, str]) -> Key | None:
    """Return the objective that a row belongs to: that of the row above, if it names no other."""
    name, text, owner = (cells.get(column, "") for column in ("id", "objective", "owner"))
    above = sheet.last
    if above and text in {"", above.text} and name in {"", above.id}:
        name, text, owner = above.id, above.text, owner or above.owner
    key = (name,) if name else (text, owner)
    kind = _word(sheet, row, "objective_kind", cells, _KIND_WORDS)
    perspective = cells.get("perspective", "")
    if key not in sheet.objectives:
        if not text:
            what = Text("비어 있습니다", "it is empty")
            sheet.refuse(
                row, "objective", what, Text("이 줄의 목표를 쓰세요", "write the objective of this row")
            )
            return None
        made = Objective(text, (), name, kind or "aspirational", owner, perspective=perspective, line=row)
        sheet.objectives[key] = (made, [])
    known = sheet.last = sheet.objectives[key][0]
    for column, said, before in (
        ("objective", text, known.text),
        ("owner", owner, known.owner),
        ("objective_kind", kind, known.kind),
        ("perspective", perspective, known.perspective),
    ):
        if said and said != before:
            what = Text("같은 목표인데 {line}행과 다릅니다", "the same objective differs from row {line}")
            fix = Text(
                "한 목표의 줄에는 같은 값을, 다른 목표라면 저마다 다른 id를 쓰세요",
                "write the same in all rows of one objective; if they are two, give each its own id",
            )
            sheet.refuse(row, column, what.fill(line=known.line), fix)
    return key


def _key_result(sheet: _Sheet, row: int, cells: Mapping[str, str]) -> KeyResult | None:
    """Make the key result of a row; None for an objective that has none, or if something is wrong."""
    before = len(sheet.problems)
    measure, weight = _measure(sheet, row, cells), _number(sheet, row, "weight", cells)[0]
    committed = _word(sheet, row, "committed", cells, _ANSWER_WORDS)
    text = cells.get("key_result", "")
    if not text and (measure or weight is not None or committed is not None):
        what = Text("비어 있습니다", "it is empty")
        sheet.refuse(row, "key_result", what, Text("핵심 결과를 쓰세요", "write the key result"))
    if not text or len(sheet.problems) > before:
        return None
    try:
        weight = 1.0 if weight is None else weight
        return KeyResult(text, measure, weight=weight, committed=committed, line=row)
    except ContentError as error:
        for problem in error.problems:
            sheet.refuse(row, "weight", problem.what, problem.fix)
        return None


def _measure(sheet: _Sheet, row: int, cells: Mapping[str, str]) -> Metric | Child | None:
    """Make the measure of a row: a metric, or the score of another objective."""
    metric, child = _metric(sheet, row, cells), cells.get("child_objective", "")
    if metric and child:
        what = Text("재는 방식이 둘입니다", "there are two measures")
        fix = Text("하위 목표나 수치 하나만 남기세요", "keep the child objective or the values")
        sheet.refuse(row, "child_objective", what, fix)
    return Child(child) if child else metric


def _check_children(sheet: _Sheet) -> None:
    """See that child objectives exist."""
    ids = {about.id for about, _ in sheet.objectives.values()}
    for each in (each for _, own in sheet.objectives.values() for each in own):
        if isinstance(each.measure, Child) and each.measure.objective not in ids:
            what = Text("목표 '{id}'이(가) 없습니다", "there is no objective '{id}'")
            fix = Text("id 열에 있는 것을 쓰세요", "write one that stands in the id column")
            sheet.refuse(each.line or 0, "child_objective", what.fill(id=each.measure.objective), fix)


def _metric(sheet: _Sheet, row: int, cells: Mapping[str, str]) -> Metric | None:
    """Make the measure of a row; None if it measures nothing, or if something is wrong."""
    before = len(sheet.problems)
    read = {name: _number(sheet, row, name, cells) for name in ("baseline", "target", "current")}
    (baseline, _), (target, _), (current, _) = read.values()
    said = [unit.strip() for unit in (cells.get("unit", ""), *(unit for _, unit in read.values()))]
    units = list(dict.fromkeys(unit for unit in said if unit))
    if len(sheet.problems) > before or (baseline, target, current) == (None, None, None):
        return None
    if len(units) > 1:
        what = Text("단위가 서로 다릅니다 ({units})", "the units differ ({units})").fill(
            units=", ".join(units)
        )
        sheet.refuse(row, "unit", what, Text("한 단위로 쓰세요", "write all values in one unit"))
    elif baseline is None or target is None:
        what = Text("비어 있습니다", "it is empty")
        fix = Text("기준값과 목표값을 함께 쓰세요", "write both baseline and target")
        sheet.refuse(row, "baseline" if baseline is None else "target", what, fix)
    else:
        try:
            return Metric(baseline, target, current, cells.get("unit", "") or "".join(units))
        except ContentError as error:
            for problem in error.problems:
                sheet.refuse(row, "target", problem.what, problem.fix)
    return None


def _number(sheet: _Sheet, row: int, column: str, cells: Mapping[str, str]) -> tuple[float | None, str]:
    """Return the number in a cell and the unit that stands behind it."""
    said = unicodedata.normalize("NFKC", cells.get(column, "")).replace("−", "-")
    found = _NUMBER.fullmatch(said)
    if found and (column != "weight" or found["unit"] in {None, "%"}):
        return float(found["value"].replace(",", "")), (found["unit"] or "").strip()
    if said:
        what = Text("'{said}'은(는) 숫자가 아닙니다", "'{said}' is not a number").fill(said=said[:40])
        fix = Text("12, 12% 또는 1,200명처럼 쓰세요", "write, say, 12, 12% or 1,200")
        sheet.refuse(row, column, what, fix)
    return None, ""


def _word(
    sheet: _Sheet, row: int, column: str, cells: Mapping[str, str], words: Mapping[str, Word]
) -> Word | None:
    """Return what a word of a short list stands for; None for a blank cell."""
    said = cells.get(column, "")
    if said and said.casefold() not in words:
        what = Text("'{said}'은(는) 쓸 수 없는 값입니다", "'{said}' is not an allowed value").fill(
            said=said[:40]
        )
        fix = Text("다음 가운데 하나를 쓰세요: {all}", "write one of: {all}").fill(all=", ".join(words))
        sheet.refuse(row, column, what, fix)
    return words.get(said.casefold())
