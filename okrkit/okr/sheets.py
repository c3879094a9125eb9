"""OKRs as CSV and Excel files: bytes on one side, the rows of a table on the other."""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from okrkit.errors import ContentError, Problem
from okrkit.files import decode
from okrkit.okr.model import Okrs
from okrkit.okr.rows import CARRIED, COLUMNS, Row, column_letter, column_name, parse_rows, to_rows
from okrkit.text import Text

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_UNZIPPED = 50_000_000  # ten times what a file may weigh; a zip bomb is far beyond
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_SEPARATOR = re.compile(r"sep=([^\w\s\"\0]|\t)\r?(?:\n|$)", re.IGNORECASE)
_MAX_COLUMNS = 40  # more than anybody has; a cell far to the right must not make every row long
# Cells with a value: any, and those from the 41st column (AO) on.
_FILLED, _FAR = (
    re.compile(rb"<(?:\w+:)?c\b[^>]*" + place + rb"[^>]*(?<!/)>(?!</)")
    for place in (b"", rb'\br="((?:A[O-Z]|[B-Z][A-Z]|[A-Z]{3})\d+)"')
)
# What openpyxl and what it stands on raise for a file that is no workbook, or a broken one.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, IndexError,
    AttributeError, SyntaxError, EOFError, OSError, RuntimeError,
)  # fmt: skip


def parse_csv(data: bytes, name: str) -> Okrs:
    """Read CSV, in UTF-8 or as Korean Excel writes it (cp949).

    Between cells stands a comma, semicolon or tab, or what Excel's line ``sep=|`` names first.

    Args:
        data: The content of the file.
        name: Of the file, for messages.

    Raises:
        ContentError: With every problem, each with its row.
    """
    text = decode(data, name, "cp949")
    first = text.lstrip().partition("\n")[0]
    named = _SEPARATOR.match(text)
    between = named[1] if named else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    try:
        rows = list(enumerate(reader, start=1))[1 if named else 0 :]
    except csv.Error as error:
        what = Text("CSV를 읽을 수 없습니다 ({why})", "this is not readable CSV ({why})").fill(why=error)
        fix = Text("따옴표가 모두 닫혔는지 확인하세요", "check that every quote is closed")
        raise ContentError(Problem(what, fix, reader.line_num, file=name)) from error
    return parse_rows(rows, name)


def to_csv(okrs: Okrs) -> bytes:
    """Write OKRs as CSV, in UTF-8 with the mark by which Korean Excel knows it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(to_rows(okrs))
    return out.getvalue().encode("utf-8-sig")


def parse_excel(data: bytes, name: str) -> Okrs:
    """Read the first sheet of an Excel workbook; there must be nothing to see in the others.

    Args:
        data: The content of the file.
        name: Of the file, for messages.

    Raises:
        ContentError: With every problem, each with its row; also if it unzips to more
            than 50 MB, cells that should stand apart are merged, or values stand in another
            visible sheet or right of the 40th column.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unzipped = sum(each.file_size for each in archive.infolist())
        if unzipped <= MAX_UNZIPPED:
            with warnings.catch_warnings():  # of features that openpyxl leaves alone, as we do
                warnings.simplefilter("ignore")
                rows, problems = _sheet(data, name)
    except _BROKEN as error:
        what = Text("엑셀 파일로 읽을 수 없습니다", "this is not a readable Excel workbook")
        fix = Text("암호 없이 .xlsx로 다시 저장하세요", "save it again as .xlsx, without a password")
        raise ContentError(Problem(what, fix, file=name)) from error
    if unzipped > MAX_UNZIPPED:
        what = Text("압축을 풀면 50 MB가 넘습니다", "it unzips to more than 50 MB")
        fix = Text("필요한 시트만 남겨 다시 저장하세요", "keep only the sheet needed and save it again")
        raise ContentError(Problem(what, fix, file=name))
    if problems:
        raise ContentError(*problems)
    return parse_rows(rows, name)


def to_excel(okrs: Okrs) -> bytes:
    """Write OKRs as an Excel workbook of one sheet.

    Raises:
        ContentError: If a text holds a control character, which Excel cannot.
    """
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet.freeze_panes = "OKR", "A2"
    for number, row in enumerate(to_rows(okrs), start=1):
        try:
            sheet.append(row)
        except IllegalCharacterError as error:
            what = Text(
                "제어 문자가 있어 엑셀에 담을 수 없습니다", "it holds a control character, which Excel cannot"
            )
            fix = Text("그 글자를 지우세요", "delete that character")
            raise ContentError(Problem(what, fix, number)) from error
    for n, name in enumerate(COLUMNS):
        sheet.column_dimensions[column_letter(n)].width = 48 if name in {"objective", "key_result"} else 12
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- from a workbook to rows -------------------------------------------------------------------------


def _sheet(data: bytes, name: str) -> tuple[list[Row], list[Problem]]:
    """Return the rows of the first sheet, and the cells that cannot be read as they stand."""
    from openpyxl import load_workbook

    values, formulas = (
        load_workbook(io.BytesIO(data), read_only=True, data_only=only) for only in (True, False)
    )
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, (shown, written) in enumerate(zip(_cells(values), _cells(formulas), strict=True), start=1):
        problems += [
            _uncomputed(name, number, n)
            for n, (value, cell) in enumerate(zip(shown, written, strict=True))
            if cell.data_type == "f" and value.value is None
        ]
        if any(cell.value is not None for cell in shown):
            rows.append((number, [_shown(cell) for cell in shown]))
    sheets: list[Any] = values.worksheets
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, *others = ((each, archive.read(each._worksheet_path.lstrip("/"))) for each in sheets)
    problems += _merged(first[1], rows[0][1] if rows else [], name)
    seen = [each.title for each, xml in others if each.sheet_state == "visible" and _FILLED.search(xml)]
    return rows, [*problems, *_unread(first[1], seen, name)]


def _cells(book: "Workbook") -> Iterable[tuple[Any, ...]]:
    sheet: Any = book.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(max_col=_MAX_COLUMNS)
    return rows


def _shown(cell: Any) -> str:  # noqa: ANN401  (one of openpyxl's several kinds of cell)
    """Return what a person sees in a cell: 0.12 in a percent format is 12%."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    percent = "%" in re.sub(r'"[^"]*"|\\.', "", cell.number_format)
    number = round(value * 100, 9) if percent else value
    return f"{int(number) if float(number).is_integer() else number}" + "%" * percent


def _uncomputed(name: str, row: int, column: int) -> Problem:
    what = Text("수식의 값이 저장되어 있지 않습니다", "a formula without its value")
    fix = Text(
        "엑셀에서 열어 다시 저장하거나 값을 쓰세요", "open it in Excel and save it, or write the value"
    )
    return Problem(what, fix, row, column_letter(column), name)


def _unread(xml: bytes, others: list[str], name: str) -> Iterator[Problem]:
    """Name values that a person sees and nobody reads: far to the right, and in other sheets."""
    for far in _FAR.findall(xml)[:1]:
        what = Text("40번째 열 오른쪽에 값이 있습니다", "there is a value right of the 40th column")
        yield Problem(
            what, Text("왼쪽으로 옮기거나 지우세요", "move it left, or delete it"), None, far.decode(), name
        )
    for sheet in others:
        what = Text("첫 시트만 읽는데 시트 '{sheet}'에도 값이 있습니다",
                    "only the first sheet is read, but the sheet '{sheet}' holds values too")  # fmt: skip
        fix = Text(
            "다른 파일로 옮기거나, 숨기거나, 지우세요", "move it to another file, hide it, or delete it"
        )
        yield Problem(what.fill(sheet=sheet), fix, file=name)


def _merged(xml: bytes, headings: list[str], name: str) -> list[Problem]:
    """Find merged cells that would lose a value; an objective may well stand over several rows."""
    columns = {column_letter(n): column_name(heading) for n, heading in enumerate(headings)}
    merges = [tuple(part.decode() for part in found) for found in _MERGED.findall(xml)]
    objectives = {(row, last) for left, row, _, last in merges if columns.get(left) == "objective"}

    def harmless(left: str, row: str, right: str, last: str) -> bool:
        """Down a column whose value is carried on, and over the rows of one objective alone."""
        carried = columns.get(left) in CARRIED and (row, last) in objectives
        return left == right and carried

    what = Text("셀이 병합되어 있습니다", "cells are merged")
    fix = Text("병합을 풀고 칸마다 값을 쓰세요", "unmerge them and write a value in each")
    return [
        Problem(what, fix, int(row), f"{left}{row}:{right}{last}", name)
        for left, row, right, last in merges
        if not harmless(left, row, right, last)
    ]
