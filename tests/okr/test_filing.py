"""OKRs to and from files: the ending says the form, nothing is half written, what is lost is said."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.files import MAX_BYTES
from okrkit.okr.bsc import Perspective, Scorecard
from okrkit.okr.cycles import Cycle
from okrkit.okr.documents import Plan
from okrkit.okr.examples import company
from okrkit.okr.filing import FORMS, parse_stream, read_okrs, read_plan, write_okrs
from okrkit.okr.model import (
    CheckIn,
    Judgement,
    Keep,
    KeyResult,
    Metric,
    Milestones,
    Objective,
    Okrs,
    Step,
    YesNo,
)
from okrkit.okr.reading import parse_okrs, to_text
from okrkit.okr.scoring import score
from okrkit.text import set_language

SIMPLE = Okrs(
    (Objective("단골이 친구를 데려온다", (KeyResult("재방문율 20% -> 35%", Metric(20, 35, 29, "%")),)),)
)
RICH = Plan(
    Okrs(
        (
            Objective(
                "단골이 친구를 데려온다",
                (
                    KeyResult(
                        "재방문율",
                        Metric(20, 35, None, "%"),
                        "return",
                        2,
                        True,
                        (CheckIn(date(2026, 1, 5), 21), CheckIn(date(2026, 1, 12), 29)),
                    ),
                    KeyResult("불만", Keep(high=5)),
                    KeyResult("메뉴", Milestones((Step("고른다"),))),
                    KeyResult("앱", YesNo(True)),
                ),
                "friends",
                "committed",
                "지우",
                weight=2,
                judgement=Judgement(0.5, "대기"),
                health=(KeyResult("이익률", Keep(9)),),
            ),
        ),
        Cycle(date(2026, 1, 1), date(2026, 3, 31)),
    ),
    Scorecard((Perspective("customer", "고객"),)),
)


def refused(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        read_okrs(path)
    return str(caught.value).removeprefix(f"{path.as_posix()}:").strip()


@pytest.mark.parametrize("ending", FORMS)
def test_each_form_holds_a_simple_okr(tmp_path: Path, ending: str):
    path = tmp_path / f"okr{ending}"
    assert write_okrs(SIMPLE, path) == []
    assert read_okrs(path) == SIMPLE
    assert read_plan(str(path)) == Plan(SIMPLE)
    assert os.listdir(tmp_path) == [path.name]


def test_yaml_holds_everything(tmp_path: Path):
    assert write_okrs(RICH, tmp_path / "okr.YAML") == []
    assert read_plan(tmp_path / "okr.YAML") == RICH


def test_a_table_says_what_it_cannot_hold(tmp_path: Path):
    said = write_okrs(RICH, tmp_path / "okr.csv")
    assert [str(each) for each in said] == [
        "주기",
        "균형성과표",
        "목표 가중치: 1",
        "담당자 판정: 1",
        "건강 지표: 1",
        "핵심 결과 id: 1",
        "점검 기록(최근 값만 현재값으로 남음): 1",
        "지킬 범위: 1",
        "이정표: 1",
        "예/아니요: 1",
    ]
    (objective,) = read_okrs(tmp_path / "okr.csv")
    assert objective.key_results[0] == KeyResult(
        "재방문율", Metric(20, 35, 29, "%"), weight=2, committed=True
    )


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_large_company_comes_back_from_a_table_but_for_what_the_table_says_it_lacks(
    tmp_path: Path, ending: str
):
    okrs, path = company(seed=1), tmp_path / f"okr{ending}"
    assert [str(each).partition(":")[0] for each in write_okrs(okrs, path)] == [
        "주기",
        "상위 목표",
        "출처(하향/상향)",
        "목표 가중치",
        "핵심 결과 id",
        "점검 기록(최근 값만 현재값으로 남음)",
        "지킬 범위",
        "이정표",
        "예/아니요",
    ]
    back = read_okrs(path)
    assert [(each.id, each.text, each.owner, each.kind) for each in back] == [
        (each.id, each.text, each.owner, each.kind) for each in okrs
    ]
    assert [
        score(one, objectives=back)
        for objective in back
        for one in objective.key_results
        if isinstance(one.measure, Metric)
    ] == [
        score(one, objectives=okrs)
        for objective in okrs
        for one in objective.key_results
        if isinstance(one.measure, Metric)
    ]


def test_two_objectives_of_the_same_words_and_no_id_are_not_merged_in_silence(tmp_path: Path):
    alike = Okrs((Objective("a", (KeyResult("k"),)), Objective("a", (KeyResult("l"),))))
    assert [str(each) for each in write_okrs(alike, tmp_path / "okr.csv")] == [
        "글이나 값이 그대로 남지 않는 목표: 2"
    ]


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("", "text"),
        ("# objectives:\n", "text"),
        ("objectives:\n", "yaml"),
        ("\ufeff# 2분기\n\ncycle: {start: 2026-01-01, end: 2026-03-31}\r\nobjectives:\n", "yaml"),
        ("---\nobjectives:\n", "yaml"),
        ('{"objectives": [{"objective": "a"}]}', ""),
    ],
)
def test_a_stream_is_yaml_if_it_begins_as_a_document_does_and_the_text_form_otherwise(head: str, form: str):
    rest = {"text": "O: a\n", "yaml": "- objective: a\n", "": ""}[form]
    assert parse_stream((head + rest).encode(), "-").objectives == (Objective("a"),)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"#" * (MAX_BYTES + 1), "-: 5 MB가 넘습니다; 5 MB 아래로 나누세요"),
        (b"objectives:\n- {objective: a, wieght: 2}", "-:2: objectives[0].wieght: 'wieght'은(는) 모르는 이름입니다; 'weight'(으)로 쓰려던 것인가요?"),
        (b"scorecard: {perspectives: []}", "-: 목표가 하나도 없습니다; 균형성과표만 있다면 read_plan으로 읽으세요"),
    ],
)  # fmt: skip
def test_a_stream_that_cannot_be_read_is_refused_as_a_file_would_be(data: bytes, problem: str):
    with pytest.raises(ContentError) as caught:
        parse_stream(data, "-")
    assert str(caught.value) == problem


def test_the_text_form_says_what_it_cannot_hold_and_what_it_changes(tmp_path: Path, english: None):
    said = write_okrs(RICH.okrs, tmp_path / "okr.txt")
    assert [str(each) for each in said] == [
        "the cycle",
        "objective ids: 1",
        "kinds of objective: 1",
        "owners: 1",
        "weights of objectives: 1",
        "owners' judgements: 1",
        "health measures: 1",
        "key result ids: 1",
        "weights of key results: 1",
        "key results committed on their own: 1",
        "check-ins (the latest stays as current value): 1",
        "bounds to keep: 1",
        "milestones: 1",
        "yes or no: 1",
        "objectives whose words or values change: 1",
    ]
    assert (tmp_path / "okr.txt").read_text(encoding="utf-8") == (
        "O: 단골이 친구를 데려온다\nKR: 재방문율 20% -> 35% (now 29%)\nKR: 불만\nKR: 메뉴\nKR: 앱\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("okr.yaml", None, "파일을 읽을 수 없습니다 (No such file or directory); 이름과 권한을 확인하세요"),
        ("okr.docx", b"", "'.docx'(으)로 끝나는 파일은 모릅니다; 다음 가운데 하나로 저장하세요: .yaml, .yml, .csv, .xlsx, .txt, .md"),
        ("okr", b"", "'okr'(으)로 끝나는 파일은 모릅니다; 다음 가운데 하나로 저장하세요: .yaml, .yml, .csv, .xlsx, .txt, .md"),
        ("okr.yaml", "objectives: [{objective: 느티}]".encode("cp949"), "UTF-8이 아니라 cp949로 저장된 파일입니다; 편집기에서 UTF-8로 다시 저장하세요"),
        ("okr.csv", b"\xff\xfe\x00", "UTF-8 / cp949로 저장된 파일이 아닙니다; 편집기에서 UTF-8로 다시 저장하세요"),
        ("okr.txt", b"\xff\xfe\x00", "UTF-8 / cp949로 저장된 파일이 아닙니다; 편집기에서 UTF-8로 다시 저장하세요"),
        ("okr.txt", b"O:", "1: 'O:' 뒤에 내용이 없습니다; 한 문장을 쓰거나 줄을 지우세요"),
        ("okr.yaml", b"scorecard: {perspectives: []}", "목표가 하나도 없습니다; 균형성과표만 있다면 read_plan으로 읽으세요"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes | None, problem: str):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == problem


@pytest.mark.parametrize("ending", FORMS)
def test_a_folder_and_a_file_of_100_mb_are_refused(tmp_path: Path, ending: str):
    (tmp_path / f"folder{ending}").mkdir()
    large = tmp_path / f"large{ending}"
    with large.open("wb") as file:
        file.truncate(100_000_000)  # takes no room on the disk
    assert refused(tmp_path / f"folder{ending}").startswith("파일을 읽을 수 없습니다 (")
    assert refused(large) == "파일이 너무 큽니다; 5 MB 아래로 나누세요"


def test_the_text_form_is_read_as_korean_notepad_saves_it(tmp_path: Path):
    (tmp_path / "okr.txt").write_bytes(to_text(SIMPLE).encode("cp949"))
    assert read_okrs(tmp_path / "okr.txt") == SIMPLE


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("text", [" ", "가" * (MAX_BYTES // 2), "\x00"], ids=["blank", "large", "nul"])
def test_what_is_written_can_be_read_or_its_loss_is_said_or_nothing_is_written(
    tmp_path: Path, ending: str, text: str
):
    path = tmp_path / f"okr{ending}"
    path.write_text("before", encoding="utf-8")
    okrs = Okrs((Objective(text),))
    try:
        assert write_okrs(okrs, path) or read_okrs(path) == okrs
    except ContentError:
        assert path.read_text(encoding="utf-8") == "before"
    assert os.listdir(tmp_path) == [path.name]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "okr.yaml").mkdir()
    for path in (tmp_path / "nowhere" / "okr.yaml", tmp_path / "okr.yaml"):
        with pytest.raises(ContentError, match="파일을 쓸 수 없습니다"):
            write_okrs(SIMPLE, path)
    assert os.listdir(tmp_path) == ["okr.yaml"]


@pytest.mark.parametrize(
    ("key_result", "line"),
    [
        (KeyResult("재방문율 20% -> 35%", Metric(20, 35, None, "%")), "재방문율 20% -> 35%"),
        (KeyResult("재방문율", Metric(20, 35, 29.5, "%")), "재방문율 20% -> 35% (현재 29.5%)"),
        (KeyResult("대기 시간을 12분에서 6분으로", Metric(12, 6, 9, "분")), "대기 시간을 12분에서 6분으로 (현재 9분)"),
        (KeyResult("손익", Metric(-1e-7, 1e6)), "손익 -0.0000001 -> 1000000"),
        (KeyResult("대기 12 min -> 6 min", Metric(12, 6, 9, "min")), "대기 12 min -> 6 min (현재 9 min)"),
        (KeyResult("응답", Metric(300, 120, None, "ms")), "응답 300 ms -> 120 ms"),
        (KeyResult("이익률", Metric(3, 5, None, "%p")), "이익률 3%p -> 5%p"),
        (KeyResult("매출", Metric(3, 5, None, "USD")), "매출 3USD -> 5USD"),  # apart it would not be read
        (KeyResult("두\n줄"), "두 줄"),
        (KeyResult("20 -> 30, 30 -> 40", Metric(1, 2)), "20 -> 30, 30 -> 40"),
    ],
)  # fmt: skip
def test_the_text_form_names_each_value_once(key_result: KeyResult, line: str):
    assert to_text([Objective("a", (key_result,))]) == f"O: a\nKR: {line}\n"


sentences = st.text(st.characters(categories=["Ll", "Lo"], max_codepoint=0xFFFF), min_size=1, max_size=8)
values = st.decimals(-(10**9), 10**9, places=3).map(float)
metrics = st.builds(
    lambda pair, *rest: Metric(*pair, *rest),
    st.tuples(values, values).filter(lambda pair: pair[0] != pair[1]),
    st.none() | values,
    st.sampled_from(["", "%", "명", "시간", "min", "ms", "USD"]),
)


@settings(deadline=None)
@given(st.lists(metrics, min_size=1, max_size=3), sentences, st.sampled_from(["ko", "en"]))
def test_what_the_text_form_holds_comes_back(found: list[Metric], sentence: str, lang: str):
    set_language(lang)
    okrs = Okrs((Objective("a", tuple(KeyResult(f"{sentence} 것", each) for each in found)),))
    back = parse_okrs(to_text(okrs))
    assert [each.measure for each in back[0].key_results] == found
    assert parse_okrs(to_text(back)) == back


@settings(deadline=None)
@given(st.lists(sentences, min_size=1, max_size=5))
def test_any_sentences_come_back(found: list[str]):
    okrs = parse_okrs("O: a\n" + "\n".join(f"KR: {each}" for each in found))
    assert parse_okrs(to_text(okrs)) == okrs
