"""OKRs as CSV and Excel: what a person sees in the cells is what is read."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from okrkit.errors import ContentError
from okrkit.okr.model import FARTHEST, CheckIn, Child, KeyResult, Metric, Objective, Okrs
from okrkit.okr.sheets import MAX_UNZIPPED, parse_csv, parse_excel, to_csv, to_excel
from okrkit.text import set_language

HEADINGS = ["objective", "key_result", "baseline", "target", "current", "unit"]
RETURN = KeyResult("재방문율", Metric(20, 35, 29, "%"))


def csv_of(*rows: str) -> bytes:
    return "\n".join(("objective,key_result,baseline,target,current,weight", *rows)).encode()


def excel(*rows: list[object], change: Callable[[Workbook], object] | None = None) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    if change:
        change(book)
    book.save(out)
    return out.getvalue()


def said(call: Callable[..., Okrs], data: bytes) -> list[str]:
    with pytest.raises(ContentError) as caught:
        call(data, "okr")
    return str(caught.value).splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_csv_is_read_as_korean_excel_saves_it(encoding: str, between: str):
    text = '목표,핵심 결과,기준값,목표값,현재값,유형,약속\n단골,재방문율,20%,35%,29%,약속,아니요\n,회원,900명,"1,200명",,,\n'
    if between != ",":
        text = text.replace('"1,200명"', "1200명").replace(",", between)
    assert parse_csv(text.encode(encoding), "okr.csv") == Okrs(
        (
            Objective(
                "단골",
                (
                    KeyResult("재방문율", Metric(20, 35, 29, "%"), committed=False),
                    KeyResult("회원", Metric(900, 1200, None, "명")),
                ),
                kind="committed",
            ),
        )
    )


def test_rows_of_one_objective_and_owner_belong_together_wherever_they_stand():
    rows = b"objective,owner,key_result,baseline,target\na,Kim,k1,,\na,Lee,k2,,\na,Kim,k3,,\n,,k4,,\nb,,,,\n"
    assert parse_csv(rows, "") == Okrs(
        (
            Objective("a", (KeyResult("k1"), KeyResult("k3"), KeyResult("k4")), owner="Kim"),
            Objective("a", (KeyResult("k2"),), owner="Lee"),
            Objective("b"),
        )
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "okr:1: 표가 비어 있습니다; 첫 줄에 제목을 쓰세요: 목표, 유형, 담당, 핵심 결과, 기준값, 목표값, 현재값, 단위, 가중치, 약속, 관점, 목표 id, 하위 목표 id"),
        (csv_of(), "okr:1: 제목 아래에 줄이 없습니다; 핵심 결과마다 한 줄을 쓰세요"),
        (b"objective,key_result,baseline\na,k,1", "okr:1: 목표값: 열이 없습니다; 제목 줄에 '목표값' 열을 더하세요"),
        (b"objective,key_result,baseline,target,target\n", "okr:1: 목표값: 같은 열이 두 번 나옵니다; 하나만 남기세요"),
        (
            b"objective,key_result,baseline,target,color\n",
            "okr:1: color: 모르는 열입니다; 열을 지우거나 다음 가운데 하나로 고치세요: 목표, 유형, 담당, 핵심 결과, 기준값, 목표값, 현재값, 단위, 가중치, 약속, 관점, 목표 id, 하위 목표 id",
        ),
        (csv_of("a,k,1,2,3,1,9"), "okr:2: G: 값이 있는데 열 제목이 없습니다; 병합된 제목을 나누고 열마다 제목을 쓰세요"),
        (csv_of(",k,1,2,,"), "okr:2: 목표: 비어 있습니다; 이 줄의 목표를 쓰세요"),
        (csv_of("a,,1,2,,"), "okr:2: 핵심 결과: 비어 있습니다; 핵심 결과를 쓰세요"),
        (csv_of("a,k,1,,,"), "okr:2: 목표값: 비어 있습니다; 기준값과 목표값을 함께 쓰세요"),
        (csv_of("a,k,1,#REF!,,"), "okr:2: 목표값: '#REF!'은(는) 숫자가 아닙니다; 12, 12% 또는 1,200명처럼 쓰세요"),
        (csv_of("a,k,1,nan,,"), "okr:2: 목표값: 'nan'은(는) 숫자가 아닙니다; 12, 12% 또는 1,200명처럼 쓰세요"),
        (csv_of("a,k,1,1e999,,"), "okr:2: 목표값: 유한한 수가 아닙니다; 실제로 잰 수를 쓰세요"),
        (csv_of("a,k,3%,3%,,"), "okr:2: 목표값: 기준값과 목표값이 3%로 같아 진행률을 셈할 수 없습니다; 바꾸려는 값을 목표값으로 쓰세요"),
        (csv_of("a,k,3%,4명,,"), "okr:2: 단위: 단위가 서로 다릅니다 (%, 명); 한 단위로 쓰세요"),
        (csv_of("a,k,1,2,,0"), "okr:2: 가중치: 가중치 0.0이 0보다 크지 않습니다; 0보다 큰 수를 쓰세요"),
        (csv_of('a,"k'), "okr:2: CSV를 읽을 수 없습니다 (unexpected end of data); 따옴표가 모두 닫혔는지 확인하세요"),
        (
            b"objective,key_result,baseline,target,objective_kind\na,k,,,committed\na,l,,,aspirational\n",
            "okr:3: 유형: 같은 목표인데 2행과 다릅니다; 한 목표의 줄에는 같은 값을, 다른 목표라면 저마다 다른 id를 쓰세요",
        ),
        (
            b"objective,key_result,baseline,target,committed\na,k,,,maybe\n",
            "okr:2: 약속: 'maybe'은(는) 쓸 수 없는 값입니다; 다음 가운데 하나를 쓰세요: yes, true, y, 1, 예, 네, o, no, false, n, 0, 아니요, 아니오, x",
        ),
        (b"\xff\xfe\x00a", "okr: UTF-8 / cp949가 아니라 UTF-16으로 저장된 파일입니다; 편집기에서 UTF-8로 다시 저장하세요"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_named_with_its_row_and_column(data: bytes, problem: str):
    assert said(parse_csv, data) == [problem]


def test_all_problems_come_at_once(english: None):
    assert said(parse_csv, csv_of("a,k,x,2,,", "a,l,1,1,,", "a,m,1,2,y,-1")) == [
        "okr:2: baseline: 'x' is not a number; write, say, 12, 12% or 1,200",
        "okr:3: target: baseline and target are both 1, so there is no progress to measure; write as target the value you want to reach",
        "okr:4: current: 'y' is not a number; write, say, 12, 12% or 1,200",
    ]


def test_what_is_written_opens_in_korean_excel_and_follows_the_language():
    okrs = Okrs((Objective("단골", (RETURN,), kind="committed"),))
    assert (
        to_csv(okrs)
        == (
            "\ufeff목표,유형,담당,핵심 결과,기준값,목표값,현재값,단위,가중치,약속,관점,목표 id,하위 목표 id\r\n"
            "단골,약속,,재방문율,20,35,29,%,1,,,,\r\n"
        ).encode()
    )
    set_language("en")
    assert to_csv(okrs).decode("utf-8-sig").splitlines() == [
        "objective,objective_kind,owner,key_result,baseline,target,current,unit,weight,committed,perspective,id,child_objective",
        "단골,committed,,재방문율,20,35,29,%,1,,,,",
    ]


def test_the_latest_check_in_is_the_current_value():
    measured = KeyResult("k", Metric(20, 35, 20), check_ins=(CheckIn(date(2026, 1, 5), 31),))
    (objective,) = parse_csv(to_csv(Okrs((Objective("a", (measured,)),))), "")
    assert objective.key_results == (KeyResult("k", Metric(20, 35, 31)),)


def test_csv_keeps_every_digit():
    okrs = Okrs((Objective("a", (KeyResult("k", Metric(0.1 + 0.2, 1 / 3, 1e-300)),)),))
    assert parse_csv(to_csv(okrs), "") == okrs


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''=1", "＝1", "'tis", "\t=1"])
def test_text_that_a_spreadsheet_would_run_is_guarded_and_comes_back(text: str):
    okrs = Okrs((Objective(text.strip(), (KeyResult(text.strip()),)),))
    for write, parse in ((to_csv, parse_csv), (to_excel, parse_excel)):
        assert parse(write(okrs), "") == okrs
    book = load_workbook(io.BytesIO(to_excel(okrs)))
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}.isdisjoint({"f"})
    assert not to_csv(okrs).decode().splitlines()[1].startswith(tuple("=+-@＝\t"))


def test_excel_is_read_as_it_looks():
    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.merge_cells("A2:A3")
        for cell in ("C2", "D2", "E2"):
            sheet[cell].number_format = "0%"
        book.create_sheet("empty")
        book.create_sheet("hidden").append(["nonsense"])
        book.worksheets[2].sheet_state = "hidden"

    data = excel(
        [*HEADINGS, "committed"],
        ["단골", "재방문율", 0.2, 0.35, 0.29, None, True],
        [None, "회원", "900명", "1,200명", 1000],
        [2026, "평점", 4.1, 4.6, None, "점"],
        change=change,
    )
    assert parse_excel(data, "") == Okrs(
        (
            Objective(
                "단골",
                (
                    KeyResult("재방문율", Metric(20, 35, 29, "%"), committed=True),
                    KeyResult("회원", Metric(900, 1200, 1000, "명")),
                ),
            ),
            Objective("2026", (KeyResult("평점", Metric(4.1, 4.6, None, "점")),)),
        )
    )


GOOD: list[object] = ["a", "k", 1, 2]


def test_an_id_tells_apart_objectives_of_the_same_words_and_key_results_find_their_child():
    okrs = Okrs(
        (
            Objective("빨라진다", (RETURN, KeyResult("팀 목표", Child("b"))), "a", "committed", "지우"),
            Objective("빨라진다", (KeyResult("k"),), "b", owner="지우"),
            Objective("빨라진다", id="c", owner="지우"),
        )
    )
    for write, parse in ((to_csv, parse_csv), (to_excel, parse_excel)):
        assert parse(write(okrs), "") == okrs


def test_rows_of_one_id_belong_together_wherever_they_stand_and_need_not_repeat_the_words():
    rows = b"id,objective,owner,key_result,baseline,target\n1,a,Kim,k1,,\n2,a,Kim,k2,,\n1,,,k3,,\n,,,k4,,\n,a,,k5,,\n"
    assert parse_csv(rows, "") == Okrs(
        (
            Objective("a", tuple(KeyResult(each) for each in ("k1", "k3", "k4", "k5")), id="1", owner="Kim"),
            Objective("a", (KeyResult("k2"),), id="2", owner="Kim"),
        )
    )


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("1,a,k,,,\n1,b,l,,,", "okr:3: 목표: 같은 목표인데 2행과 다릅니다; 한 목표의 줄에는 같은 값을, 다른 목표라면 저마다 다른 id를 쓰세요"),
        ("1,a,k,,,\n2,,l,,,", "okr:3: 목표: 비어 있습니다; 이 줄의 목표를 쓰세요"),
        ("1,a,k,,,2", "okr:2: 하위 목표 id: 목표 '2'가 없습니다; id 열에 있는 것을 쓰세요"),
        ("1,a,k,,,\n2,b,l,1,2,1", "okr:3: 하위 목표 id: 재는 방식이 둘입니다; 하위 목표나 수치 하나만 남기세요"),
    ],
)  # fmt: skip
def test_an_id_that_does_not_fit_is_named_with_its_row(rows: str, problem: str):
    data = f"id,objective,key_result,baseline,target,child_objective\n{rows}".encode()
    assert said(parse_csv, data) == [problem]


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_a_first_line_may_name_what_stands_between_cells_as_excel_writes_it(between: str):
    text = "sep=,\r\nobjective,key_result,baseline,target\r\na,k,1,x\r\n".replace(",", between)
    assert said(parse_csv, text.encode("utf-8-sig")) == [
        "okr:3: 목표값: 'x'은(는) 숫자가 아닙니다; 12, 12% 또는 1,200명처럼 쓰세요"
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            lambda book: book.create_sheet("2분기").append(["단골"]),
            "okr: 첫 시트만 읽는데 시트 '2분기'에도 값이 있습니다; 다른 파일로 옮기거나, 숨기거나, 지우세요",
        ),
        (
            lambda book: book.worksheets[0].cell(2, 41, "memo"),
            "okr: AO2: 40번째 열 오른쪽에 값이 있습니다; 왼쪽으로 옮기거나 지우세요",
        ),
        (
            lambda book: book.worksheets[0].cell(5, 16384, 0),
            "okr: XFD5: 40번째 열 오른쪽에 값이 있습니다; 왼쪽으로 옮기거나 지우세요",
        ),
    ],
)
def test_a_value_that_a_person_sees_and_nobody_reads_is_named(
    change: Callable[[Workbook], object], problem: str
):
    assert said(parse_excel, excel(HEADINGS, GOOD, change=change)) == [problem]


def test_an_empty_cell_far_to_the_right_loses_nothing():
    def change(book: Workbook) -> None:
        book.worksheets[0].cell(2, 41).number_format = "0%"

    assert parse_excel(excel(HEADINGS, GOOD, change=change), "")[0].text == "a"


@pytest.mark.parametrize(
    ("rows", "merge", "problem"),
    [
        ([HEADINGS, ["a", "k", 1, "=1+1"]], "", "okr:2: D: 수식의 값이 저장되어 있지 않습니다; 엑셀에서 열어 다시 저장하거나 값을 쓰세요"),
        ([HEADINGS, GOOD, GOOD], "D2:D3", "okr:2: D2:D3: 셀이 병합되어 있습니다; 병합을 풀고 칸마다 값을 쓰세요"),
        ([HEADINGS, GOOD], "A2:B2", "okr:2: A2:B2: 셀이 병합되어 있습니다; 병합을 풀고 칸마다 값을 쓰세요"),
        ([["objective", "owner", *HEADINGS[1:]], ["a", "x", *GOOD[1:]], ["b", None, *GOOD[1:]]], "B2:B3", "okr:2: B2:B3: 셀이 병합되어 있습니다; 병합을 풀고 칸마다 값을 쓰세요"),
        ([HEADINGS, GOOD], "A1:B1", "okr:1: A1:B1: 셀이 병합되어 있습니다; 병합을 풀고 칸마다 값을 쓰세요"),
        ([["objective", "key_result", "baseline"], GOOD], "", "okr:1: 목표값: 열이 없습니다; 제목 줄에 '목표값' 열을 더하세요"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_read_as_it_stands_is_named(
    rows: list[list[object]], merge: str, problem: str
):
    data = excel(*rows, change=lambda book: merge and book.worksheets[0].merge_cells(merge))
    assert said(parse_excel, data)[0] == problem


@pytest.mark.parametrize("data", [b"", b"no workbook", excel(HEADINGS)[:-300]], ids=["empty", "text", "cut"])
def test_a_file_that_is_no_workbook_is_named(data: bytes):
    assert said(parse_excel, data) == ["okr: 엑셀 파일로 읽을 수 없습니다; 암호 없이 .xlsx로 다시 저장하세요"]


def test_a_zip_bomb_is_not_unpacked():
    out = io.BytesIO(excel(HEADINGS, GOOD))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/large.bin", bytes(MAX_UNZIPPED))
    assert len(out.getvalue()) < 100_000
    assert said(parse_excel, out.getvalue()) == [
        "okr: 압축을 풀면 50 MB가 넘습니다; 필요한 시트만 남겨 다시 저장하세요"
    ]


def test_a_control_character_is_refused_by_excel_and_named():
    with pytest.raises(ContentError, match="제어 문자가 있어 엑셀에 담을 수 없습니다"):
        to_excel(Okrs((Objective("a\x00"),)))


# --- any table comes back ----------------------------------------------------------------------------

letters = st.characters(exclude_categories=["C", "Z"])
words = st.text(letters, min_size=1, max_size=8) | st.sampled_from(
    ["12:30", "no", "=1", "12%", "a\nb", 'a "b", c', "😀 한"]
)
numbers = st.floats(-1e150, 1e150).map(lambda value: float(f"{value:.15g}"))  # Excel holds no more digits
units = st.sampled_from(["", "%", "명", "만 원", " h"])
metrics = (
    st.tuples(numbers, numbers, numbers)
    .filter(lambda each: each[0] != each[1] and abs((each[2] - each[0]) / (each[1] - each[0])) <= FARTHEST)
    .flatmap(lambda each: st.builds(Metric, *map(st.just, each[:2]), st.sampled_from([None, each[2]]), units))
)
key_results = st.builds(
    KeyResult,
    words,
    st.none() | metrics | st.just(Child("last")),
    weight=numbers.filter(lambda value: value > 0),
    committed=st.none() | st.booleans(),
)
objectives = st.builds(
    Objective,
    words,
    st.lists(key_results, max_size=3).map(tuple),
    kind=st.sampled_from(["committed", "aspirational"]),
    owner=st.just("") | words,
    perspective=st.just("") | words,
)
ids = st.lists(words, min_size=3, max_size=3, unique=True).filter(lambda names: "last" not in names)
some = st.builds(
    lambda found, names: [
        *(replace(each, id=name) for each, name in zip(found, names, strict=False)),
        Objective("x", id="last"),
    ],
    st.lists(objectives, max_size=3),
    ids,
) | st.lists(objectives, max_size=3, unique_by=lambda each: each.text).map(
    lambda found: [Objective("the last", id="last"), *found]
)


@settings(deadline=None)
@given(some, st.sampled_from(["ko", "en"]))
def test_what_a_table_holds_comes_back(found: list[Objective], lang: str):
    set_language(lang)
    assert parse_csv(to_csv(Okrs(tuple(found))), "") == Okrs(tuple(found))


@settings(deadline=None, max_examples=25)
@given(some)
def test_what_a_workbook_holds_comes_back(found: list[Objective]):
    assert parse_excel(to_excel(Okrs(tuple(found))), "") == Okrs(tuple(found))


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(csv_of))
def test_any_bytes_are_read_or_clearly_refused(data: bytes):
    for parse in (parse_csv, parse_excel):
        try:
            assert isinstance(parse(data, "okr"), Okrs)
        except ContentError as error:
            assert all(problem.file == "okr" for problem in error.problems)
