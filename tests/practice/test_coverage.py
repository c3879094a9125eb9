"""Which claims the questions ask about: counted right, told thinnest first, and not less than was reached."""

import json
import re
from pathlib import Path

import pytest

from okrkit.cli import main
from okrkit.files import shipped
from okrkit.practice.bank import Bank, load_bank
from okrkit.practice.coverage import coverage, report, to_entries

STRONG = "C30 C33 C35 C36 X02 X03 X07 X08 X09 X13 X14 X15 " + " ".join(f"C{n:02}" for n in range(1, 30))
"""Claims that two shipped questions of different kinds depend on. It only ever grows."""

CARD = """\
id: {id}
title: {{ko: "카드", en: "card"}}
category: x
subcategory: {{ko: "가", en: "a"}}
certifications: [x]
subjects: [x]
difficulty: basic
importance: 1
keywords: []
sections: {{A: {{ko: "가", en: "a"}}}}
claims:
  C01: {{section: A, fit: ok, ko: "하나", en: "one"}}
  C02: {{section: A, fit: ok, ko: "둘", en: "two"}}
  C03: {{section: A, fit: ok, ko: "셋", en: "three"}}
  M01: {{section: A, fit: ok, ko: "번호", en: "number", asked: false}}
"""
ONE = """\
  - id: {id}
    kind: one
    claims: [{claims}]
    level: recall
    source: card
    stem: {{ko: "물음", en: "question"}}
    choices:
      a: {{ko: "가", en: "a", correct: true, why: {{ko: "맞음", en: "right"}}}}
      b: {{ko: "나", en: "b", why: {{ko: "틀림", en: "wrong"}}}}
"""
WORD = """\
  - id: {id}
    kind: text
    claims: [{claims}]
    level: apply
    source: card
    stem: {{ko: "물음", en: "question"}}
    answer: {{ko: "답", en: "answer"}}
    why: {{ko: "까닭", en: "reason"}}
"""


def write(folder: Path, card: str, number: str, *items: str) -> Path:
    """Write a card, and a chapter of questions about it, into a folder."""
    (folder / "topics").mkdir(exist_ok=True)
    (folder / "topics" / f"{card}.yaml").write_text(CARD.format(id=card), encoding="utf-8")
    head = f'title: {{ko: "장", en: "chapter"}}\ntopic: {card}\nitems:\n'
    (folder / f"{number}_x.yaml").write_text(head + "".join(items), encoding="utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A bank in which C01 is asked about by two kinds of question, C02 by one kind twice, C03 not at all."""
    questions = ONE.format(id="x/a", claims="C01, C02"), ONE.format(id="x/b", claims="C02")
    return write(tmp_path, "card-1", "09", *questions, WORD.format(id="x/c", claims="C01"))


def test_a_claim_is_strong_by_two_questions_of_different_kinds(own: Path):
    assert to_entries(coverage(load_bank([own]))) == {
        "claims": {
            "C01": {"items": ["x/a", "x/c"], "kinds": ["one", "text"], "levels": ["apply", "recall"], "strong": True},
            "C02": {"items": ["x/a", "x/b"], "kinds": ["one"], "levels": ["recall"], "strong": False},
            "C03": {"items": [], "kinds": [], "levels": [], "strong": False},
            "M01": {"items": [], "kinds": [], "levels": [], "strong": False},
        },
        "totals": {"C": {"claims": 3, "covered": 2, "strong": 1}},
    }  # fmt: skip


def test_of_several_cards_each_claim_is_named_with_its_card(own: Path):
    entries = to_entries(
        coverage(load_bank([write(own, "card-2", "10", ONE.format(id="y/a", claims="C01"))]))
    )
    assert [name for name, each in entries["claims"].items() if each["items"]] == [
        "card-1/C01",
        "card-1/C02",
        "card-2/C01",
    ]
    assert entries["totals"] == {
        "card-1/C": {"claims": 3, "covered": 2, "strong": 1},
        "card-2/C": {"claims": 3, "covered": 1, "strong": 0},
    }


def test_the_report_begins_with_what_is_thinnest(own: Path, english: None):
    assert report(coverage(load_bank([own]))).splitlines() == [
        "Thin claims: 2 (without two questions of different kinds)",
        "  C03 (no question) three",
        "  C02 (questions: 2; one; recall) two",
        "",
        "Strong claims: 1",
        "  C01 (questions: 2; one text; apply recall) one",
        "",
        "C: 3 claims, 2 of them asked about, 1 strong",
    ]


def test_the_report_is_korean_and_survives_a_korean_windows_console(bank: Bank):
    said = report(coverage(bank))
    assert said.startswith("얇은 주장 ")
    assert said.encode("cp949", errors="replace").count(b"?") == said.count("?")


def test_the_command_prints_text_or_json(own: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["coverage", str(own), "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Thin claims: 2 ")
    assert main(["coverage", "--format", "json", str(own)]) == 0
    assert json.loads(capsys.readouterr().out) == to_entries(coverage(load_bank([own])))


def test_the_command_measures_the_shipped_bank_unless_told_otherwise(
    bank: Bank, capsys: pytest.CaptureFixture[str]
):
    assert main(["coverage", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == to_entries(coverage(bank))


def test_questions_alone_are_measured_against_okrkits_own_card(capsys: pytest.CaptureFixture[str]):
    chapter = next(shipped("quizzes").glob("01_*.yaml"))
    assert main(["coverage", str(chapter)]) == 0
    assert re.findall(r"^[CMX]: .*", capsys.readouterr().out, re.MULTILINE)[0].startswith("C: 주장 50개 ")


def test_a_faulty_bank_is_told_and_ends_with_2(own: Path, capsys: pytest.CaptureFixture[str]):
    (own / "08_bad.yaml").write_text("title: 3\n", encoding="utf-8")
    assert main(["coverage", str(own)]) == 2
    assert "08_bad.yaml:1: " in capsys.readouterr().err


def test_the_shipped_questions_cover_what_was_reached(bank: Bank):
    strong = {name for name, each in coverage(bank).items() if each.strong}
    assert set(STRONG.split()) - strong == set()


def test_what_is_to_be_asked_of_the_card_are_its_claims_and_what_is_beyond_it_but_not_its_bookkeeping(
    bank: Bank,
):
    totals = to_entries(coverage(bank))["totals"]
    assert {group: counts["claims"] for group, counts in totals.items()} == {"C": 50, "M": 13, "X": 15}
