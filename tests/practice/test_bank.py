"""The bank: strict, complete, and clear about what is wrong."""

from pathlib import Path

import pytest

from okrkit.errors import ContentError
from okrkit.files import shipped
from okrkit.practice.bank import Bank, load_bank
from okrkit.practice.session import select
from tests.conftest import skeletons

HEAD = 'title: {ko: "제목", en: "title"}\ntopic: okr-001\nitems:\n'
ITEM = """\
  - id: x/id
    kind: one
    claims: [C01]
    level: recall
    source: okr-001
    stem: {ko: "물음", en: "question"}
    choices:
      a: {ko: "가", en: "a", correct: true, why: {ko: "맞음", en: "right"}}
      b: {ko: "나", en: "b", why: {ko: "틀림", en: "wrong"}}
"""


def problems(path: Path, text: str) -> list[str]:
    (path / "09_test.yaml").write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_bank([path])
    return [line.replace(path.as_posix() + "/", "") for line in str(caught.value).splitlines()]


def test_a_good_chapter_loads(tmp_path: Path):
    (tmp_path / "09_test.yaml").write_text(HEAD + ITEM, encoding="utf-8")
    bank = load_bank([tmp_path])
    assert (list(bank.chapters), list(bank.items)) == (["09"], ["x/id"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("correct: true, ", "", "09_test.yaml:10: items[0].choices: 정답이 0개입니다; 하나에만 correct: true를 쓰세요"),
        ("b: {ko", "b: {correct: true, ko", "09_test.yaml:10: items[0].choices: 정답이 2개입니다; 하나에만 correct: true를 쓰세요"),
        ("C01", "C99", "09_test.yaml:6: items[0].claims[0]: 'C99' 주장이 카드에 없습니다; 카드의 번호를 쓰세요"),
        ("[C01]", "[]", "09_test.yaml:6: items[0].claims: 어느 주장을 묻는지 적혀 있지 않습니다; claims: [C01]처럼 쓰세요"),
        ("kind: one", "kind: ome", "09_test.yaml:5: items[0].kind: 'ome'은(는) 쓸 수 없는 값입니다; 'one'(으)로 쓰려던 것인가요?"),
        ("    kind: one\n", "", "09_test.yaml:4: items[0]: 'kind'가 빠졌습니다; 'kind: one'처럼 쓰세요"),
        ("level: recall", "level: recal", "09_test.yaml:7: items[0].level: 'recal'은(는) 쓸 수 없는 값입니다; 'recall'(으)로 쓰려던 것인가요?"),
        (', why: {ko: "틀림", en: "wrong"}', "", "09_test.yaml:12: items[0].choices.b: 'why'이(가) 빠졌습니다; 'why: …'을(를) 쓰세요"),
        (', en: "wrong"', "", "09_test.yaml:12: items[0].choices.b.why: 'en'이(가) 빠졌습니다; 'en: …'을(를) 쓰세요"),
        ('ko: "물음"', 'ko: " "', "09_test.yaml:9: items[0].stem.ko: 비어 있습니다; 내용을 쓰거나 줄을 지우세요"),
        ("x/id", "X Id", "09_test.yaml:4: items[0].id: id는 소문자, 숫자, '-', '/'로 씁니다; writing/kr-vs-task처럼 쓰세요"),
        ('ko: "나"', 'ko: "가"', "09_test.yaml:12: items[0].choices.b.ko: 'a'의 글과 같습니다; 다르게 쓰세요"),
        ("stem:", "stm:", "09_test.yaml:9: items[0].stm: 'stm'은(는) 모르는 이름입니다; 'stem'(으)로 쓰려던 것인가요?"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line_and_remedy(tmp_path: Path, old: str, new: str, said: str):
    assert said in problems(tmp_path, ITEM.replace(old, new, 1))


def test_all_faults_of_all_files_come_at_once(tmp_path: Path):
    (tmp_path / "08_other.yaml").write_text("title: 3\n", encoding="utf-8")
    said = problems(
        tmp_path, ITEM.replace("level: recall", "level: x") + ITEM.replace("kind: one", "kind: x")
    )
    assert {line.split(":")[0] for line in said} == {"08_other.yaml", "09_test.yaml"}
    assert len(said) >= 4


def test_an_id_is_used_once_in_the_whole_bank(tmp_path: Path):
    (tmp_path / "08_other.yaml").write_text(HEAD + ITEM, encoding="utf-8")
    said = problems(tmp_path, ITEM)
    assert said == ["09_test.yaml:4: items[0].id: 'x/id'이(가) 이미 있습니다; 다른 이름을 쓰세요"]


def test_a_number_needs_an_honest_tolerance_and_mistakes_that_are_mistakes(tmp_path: Path):
    item = ITEM[: ITEM.index("    choices:")].replace("kind: one", "kind: number")
    item += '    answer: 0.6\n    tolerance: -1\n    why: {ko: "가", en: "a"}\n    mistakes: [{value: 0.6, why: {ko: "가", en: "a"}}]\n'
    assert (
        problems(tmp_path, item)[0]
        == "09_test.yaml:11: items[0].tolerance: 허용 오차가 음수입니다; 0 이상으로 쓰세요"
    )
    assert problems(tmp_path, item.replace("-1", "0.1")) == [
        "09_test.yaml:13: items[0].mistakes[0]: 정답으로 채점되는 값입니다; 다른 값을 쓰세요"
    ]


def test_a_claim_with_a_limit_must_state_it(tmp_path: Path):
    text = (shipped("quizzes") / "topics" / "okr-001.yaml").read_text(encoding="utf-8")
    (tmp_path / "topics").mkdir()
    path = tmp_path / "topics" / "okr-001.yaml"
    path.write_text(
        text.replace("fit: ok", "fit: nuance", 1).replace("section: B", "section: Q", 1), encoding="utf-8"
    )
    with pytest.raises(ContentError) as caught:
        load_bank([tmp_path])
    assert [(problem.path, problem.what.en) for problem in caught.value.problems] == [
        ("claims.C01", "the caveat is missing"),
        ("claims.C10.section", "there is no section 'Q'"),
    ]


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path):
    with pytest.raises(ContentError, match="YAML 파일이 없습니다"):
        load_bank([tmp_path])


def test_the_shipped_card_holds_every_claim_with_its_limit(bank: Bank):
    card = bank.topics["okr-001"]
    numbered = (
        [f"C{n:02}" for n in range(1, 51)]
        + [f"M{n:02}" for n in range(1, 21)]
        + [f"X{n:02}" for n in range(1, 16)]
    )
    assert list(card.claims) == numbered
    assert {name for name, claim in card.claims.items() if claim.fit == "example"} == {
        "C16",
        "C23",
        "C24",
        "C25",
    }
    assert {name for name, claim in card.claims.items() if claim.fit == "contested"} == {"C13", "C39", "C40"}
    assert {"C07", "C09", "C22", "C28", "C42"} <= {
        name for name, claim in card.claims.items() if claim.fit == "nuance"
    }
    assert all(claim.source for name, claim in card.claims.items() if name[0] == "X")


def test_the_card_says_of_itself_what_its_bookkeeping_claims_say(bank: Bank):
    """The metadata are data, so they are checked here; of what is mere bookkeeping nothing is asked."""
    card = bank.topics["okr-001"]
    assert (card.id, card.title.en, card.category, card.subcategory.ko) == (
        "okr-001",
        "OKR (Objectives and Key Results)",
        "management-focus",
        "프로젝트 성과 관리",
    )
    assert (card.certifications, card.subjects) == (("information-management",), ("PM", "IM"))
    assert (card.difficulty, card.importance) == ("intermediate", 4)
    assert [keyword.ko for keyword in card.keywords] == [
        "OKR",
        "목표 및 핵심 결과",
        "성과 관리",
        "목표 설정",
        "정렬",
        "투명성",
    ]
    assert card.related == ("bsc-it-bsc-001", "agile-project-management-001")
    assert [trend.ko for trend in card.trends] == [
        "AI 기반 OKR 관리",
        "애자일 조직의 OKR",
        "전사적 OKR 도입",
    ]
    assert [name for name, claim in card.claims.items() if not claim.asked] == [
        "M01", "M02", "M03", "M04", "M07", "M08", "M09"
    ]  # fmt: skip


def test_the_first_chapter_asks_at_least_twelve_questions_of_every_kind(bank: Bank):
    items = bank.chapters["01"].items
    assert len(items) >= 12
    assert {item.kind for item in items} == {item.kind for item in skeletons().values()}


def test_the_key_of_single_choices_is_spread_over_the_letters(bank: Bank):
    keys = [
        name
        for item in bank.items.values()
        if item.kind == "one"
        for name in item.choices
        if item.choices[name].correct
    ]
    assert max(keys.count(letter) for letter in set(keys)) <= len(keys) / 2


def test_a_shape_error_in_one_chapter_hides_no_wrong_claim_in_another(tmp_path: Path):
    (tmp_path / "08_other.yaml").write_text("title: 3\n", encoding="utf-8")
    said = problems(tmp_path, ITEM.replace("C01", "C99"))
    assert "09_test.yaml:6: items[0].claims[0]: 'C99' 주장이 카드에 없습니다; 카드의 번호를 쓰세요" in said


def test_two_files_of_one_chapter_are_named(tmp_path: Path):
    (tmp_path / "09_again.yml").write_text(HEAD + ITEM.replace("x/id", "x/other"), encoding="utf-8")
    assert problems(tmp_path, ITEM) == ["09_test.yaml:1: '09'가 이미 있습니다; 다른 이름을 쓰세요"]


def test_a_card_is_known_by_its_folder_however_it_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(shipped("quizzes") / "topics")
    assert list(load_bank([Path("okr-001.yaml")]).topics) == ["okr-001"]


def test_what_editors_and_notebooks_hide_is_not_read(tmp_path: Path):
    (tmp_path / ".ipynb_checkpoints").mkdir()
    for name in ("09_test.yaml", ".ipynb_checkpoints/09_test-checkpoint.yaml", ".hidden.yaml"):
        (tmp_path / name).write_text(HEAD + ITEM, encoding="utf-8")
    assert list(load_bank([tmp_path]).items) == ["x/id"]


def test_the_diagnostic_is_ten_questions_that_look_into_every_lesson(bank: Bank):
    chapters = [bank.chapter(item) for item in select(bank, "diagnostic")]
    lessons = [number for number in bank.chapters if number.isdigit()]
    assert len(chapters) == 10
    assert [number for number in lessons if chapters.count(number) < 2] == []
