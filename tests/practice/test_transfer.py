"""A whole history in one file, there and back."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import okrkit as ok
from okrkit.errors import ContentError, ProgressError
from okrkit.practice import session as practice
from okrkit.practice.items import OneChoice
from okrkit.practice.progress import Attempt, Progress, transfer
from okrkit.practice.progress.transfer import delete_history, export_history, import_history
from tests.conftest import NOW, refuse
from tests.practice.test_durability import MIGRATED, make_version_1


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    move(tmp_path / "laptop", monkeypatch)


def move(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Progress:
    """Go to another computer, with a history of its own."""
    monkeypatch.setenv("OKRKIT_HOME", str(folder))
    return Progress()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Progress]:
    return lambda: move(tmp_path / "desktop", monkeypatch)


def everything(progress: Progress) -> Iterator[list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with closing(sqlite3.connect(progress.path)) as file:
        for table in ("sitting", "attempt", "draft"):
            yield sorted(file.execute(f"SELECT * FROM {table}"), key=repr)


def filled() -> Progress:
    """Return a history with all a history can hold."""
    progress = Progress()
    first = progress.sitting("01", NOW)
    progress.record(Attempt(first.id, "x/one", "b", 1.0, NOW, confidence="sure", hints=2))
    progress.record(Attempt(first.id, "x/match", {"a": "나"}, 0.0, NOW + timedelta(seconds=0.5)))
    progress.record(Attempt(first.id, "x/match", {"a": "다"}, 0.5, NOW, nth=2))
    progress.hint(progress.move(first, "x/one"), "x/one", 2)
    exam = progress.begin("exam", NOW, ["x/many", "x/one"], seed=10**30, minutes=12.5)
    progress.keep(exam, "x/many", ["a", {"deep": None}], NOW + timedelta(1))
    progress.end(progress.begin("exam", NOW, minutes=100), NOW + timedelta(2))
    return progress


def test_a_history_comes_back_whole_on_another_computer(elsewhere: Callable[[], Progress]):
    laptop = filled()
    written = export_history()
    desktop = elsewhere()
    assert str(import_history()) == (
        "my-history.okrkit에서 가져왔습니다: 새로 푼 횟수 3번, 새 답 3개, 이미 있던 답 0개"
    )
    assert [*everything(desktop)] == [*everything(laptop)]
    assert str(written) == "my-history.okrkit에 내보냈습니다: 푼 횟수 3번, 답 3개"
    assert export_history().attempts == 3


def test_what_is_there_already_is_not_doubled(english: None):
    progress = filled()
    before = [*everything(progress)]
    export_history("mine.okrkit")
    assert str(import_history("mine.okrkit")) == (
        "Imported from mine.okrkit: 0 new sittings, 0 new answers, 3 already there"
    )
    assert [*everything(progress)] == before


def test_what_went_on_in_two_places_is_joined(
    elsewhere: Callable[[], Progress], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    laptop = filled()
    export_history()
    desktop = elsewhere()
    import_history()
    first, (exam, *_) = desktop.sitting("01", NOW), desktop.sittings("exam")
    desktop.hint(first, "x/one", 1)
    desktop.hint(first, "x/new", 3)
    desktop.record(Attempt(first.id, "x/new", "b", 1.0, NOW))
    desktop.keep(exam, "x/many", ["later"], NOW + timedelta(3))
    desktop.end(exam, NOW + timedelta(4))
    export_history("from-desktop.okrkit")
    move(tmp_path / "laptop", monkeypatch)
    laptop.record(Attempt(first.id, "x/new", "a", 0.0, NOW))
    laptop.record(Attempt(first.id, "x/here", "a", 0.0, NOW))
    assert (import_history("from-desktop.okrkit").attempts, len(laptop.attempts())) == (0, 5)
    assert laptop.sitting("01", NOW).hints == {"x/one": 2, "x/new": 3}
    assert (laptop.drafts(exam), laptop.sittings("exam")[0].ended) == (
        {"x/many": ["later"]},
        NOW + timedelta(4),
    )


def test_an_older_draft_does_not_replace_a_later_one():
    progress = filled()
    export_history()
    exam, *_ = progress.sittings("exam")
    progress.keep(exam, "x/many", ["later"], NOW + timedelta(3))
    import_history()
    assert progress.drafts(exam) == {"x/many": ["later"]}


def test_the_same_quiz_begun_on_two_computers_keeps_both(elsewhere: Callable[[], Progress]):
    filled()
    export_history()
    desktop = elsewhere()
    here = desktop.sitting("01", NOW)
    desktop.record(Attempt(here.id, "x/one", "a", 0.0, NOW))
    assert import_history().attempts == 3
    assert desktop.sitting("01", NOW) == here
    assert [(each.quiz.split(",")[0], each.number) for each in desktop.sittings()] == [
        ("01", 1), ("01", 1), ("exam", 1), ("exam", 2),
    ]  # fmt: skip
    assert import_history().sittings == 0


def test_a_history_that_was_migrated_is_exported_as_any_other(elsewhere: Callable[[], Progress]):
    laptop = Progress()
    laptop.path.parent.mkdir()
    make_version_1(laptop.path)
    export_history()
    desktop = elsewhere()
    assert (import_history().attempts, desktop.attempts()) == (3, MIGRATED)
    assert desktop.sittings() == laptop.sittings()


def test_an_import_reaches_the_review(
    elsewhere: Callable[[], Progress], monkeypatch: pytest.MonkeyPatch, bank
):
    laptop, (name, *_) = Progress(), bank.items
    laptop.record(Attempt(laptop.sitting("q", NOW).id, name, "b", 1.0, NOW))
    export_history()
    elsewhere()
    monkeypatch.setenv("OKRKIT_NOW", (NOW + timedelta(5)).isoformat())
    assert ok.progress().total.due == 0
    import_history()
    assert (ok.progress().total.due, [item.id for item in ok.review()._session.asked]) == (1, [name])


def change(data: dict[str, Any], *address: str | int, to: object) -> None:
    for step in address[:-1]:
        data = data[step]
    data[address[-1]] = to


TAMPERED = [
    (("sittings", 0, "number"), "1"),
    (("sittings", 0, "began"), "2026-01-05T00:00:00"),
    (("sittings", 0, "hints"), {"x/one": -1}),
    (("sittings", 1, "seed"), 1.5),
    (("sittings", 1, "items"), "x/one"),
    (("attempts", 0, "score"), 1.5),
    (("attempts", 0, "score"), float("nan")),
    (("attempts", 0, "score"), True),
    (("attempts", 0, "at"), "0001-01-01T00:00:00Z"),
    (("attempts", 0, "at"), "yesterday"),
    (("attempts", 0, "nth"), 10**30),
    (("attempts", 0, "answer"), 7),
    (("attempts", 0, "item"), "\ud800"),
    (("attempts", 0, "confidence"), "certain"),
    (("attempts", 0, "sitting"), "another"),
    (("attempts", 0, "extra"), 1),
    (("drafts", 0, "sitting"), None),
    (("drafts", 0, "value"), float("inf")),
    (("drafts",), {}),
    (("version",), "1"),
    (("okrkit",), "bank"),
]


@pytest.mark.parametrize(("address", "value"), TAMPERED)
def test_a_file_that_was_tampered_with_is_refused_and_changes_nothing(
    elsewhere: Callable[[], Progress], address: tuple[str | int, ...], value: object
):
    filled()
    export_history("mine.okrkit")
    data = json.loads(Path("mine.okrkit").read_text(encoding="utf-8"))
    change(data, *address, to=value)
    Path("mine.okrkit").write_text(json.dumps(data), encoding="utf-8")
    desktop = elsewhere()
    desktop.sitting("01", NOW)
    before = [*everything(desktop)]
    with pytest.raises(
        ContentError, match=r"okrkit 학습 기록이 아닙니다; ok\.export_history가 쓴 파일을"
    ) as refused:
        import_history("mine.okrkit")
    assert len(refused.value.problems) == 1
    assert [*everything(desktop)] == before


def test_it_says_where_a_file_is_wrong():
    filled()
    export_history("mine.okrkit")
    text = Path("mine.okrkit").read_text(encoding="utf-8")
    Path("mine.okrkit").write_text(text.replace('"score":0.5', '"score":"0.5"'), encoding="utf-8")
    with pytest.raises(ContentError, match=r"^mine\.okrkit: attempts\.2\.score: okrkit 학습 기록이"):
        import_history("mine.okrkit")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "okrkit 학습 기록이 아닙니다"),
        (b"items: []", "okrkit 학습 기록이 아닙니다"),
        (b"[1, 2]", "okrkit 학습 기록이 아닙니다"),
        (b"null", "okrkit 학습 기록이 아닙니다"),
        (b'{"okrkit": "history"}', "okrkit 학습 기록이 아닙니다"),
        (b'{"okrkit": "history", "version": 1}', "okrkit 학습 기록이 아닙니다"),
        (
            b'{"okrkit": "history", "version": 2}',
            "더 새로운 okrkit이 쓴 학습 기록입니다; okrkit을 새로 받으세요",
        ),
        (b"[" * 100_000, "okrkit 학습 기록이 아닙니다"),
        (b'{"okrkit": "history", "version": 1, "drafts": ' + b"[" * 500 + b"]" * 500 + b"}", "아닙니다"),
        ("기록".encode("cp949"), "UTF-8"),
        (b"SQLite format 3\x00\xff\xfe", "UTF-8"),
    ],
)
def test_what_is_no_history_is_refused_in_one_clear_error(data: bytes, said: str):
    Path("mine.okrkit").write_bytes(data)
    with pytest.raises(ContentError, match=said) as refused:
        import_history("mine.okrkit")
    assert (len(refused.value.problems), Progress().path.exists()) == (1, False)


def test_a_file_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch):
    filled()
    export_history()
    monkeypatch.setattr(transfer, "MAX_BYTES", 1000)
    with pytest.raises(ContentError, match="0 MB보다 큽니다"):
        import_history()


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(ContentError, match=r"^gone\.okrkit: 파일을 읽을 수 없습니다 \(No such file"):
        import_history("gone.okrkit")


def test_an_import_that_fails_halfway_changes_nothing(elsewhere: Callable[[], Progress]):
    filled()
    export_history()
    desktop = elsewhere()
    desktop.sitting("01", NOW)
    refuse(desktop)
    with pytest.raises(ProgressError, match="다른 판의 okrkit"):
        import_history()


def test_an_earlier_export_is_replaced_and_any_other_file_is_not():
    export_history("mine.okrkit")
    filled()
    assert export_history("mine.okrkit").attempts == import_history("mine.okrkit").known == 3
    Path("notes.txt").write_text("mine")
    with pytest.raises(ContentError, match=r"^notes\.txt: 다른 파일이 이미 있습니다; 다른 이름을 쓰세요$"):
        export_history("notes.txt")
    assert Path("notes.txt").read_text() == "mine"
    with pytest.raises(ContentError, match="파일을 쓸 수 없습니다"):
        export_history("nowhere/mine.okrkit")


def test_deleting_asks_first_and_says_where_an_export_would_go():
    progress = filled()
    with pytest.raises(ProgressError) as refused:
        delete_history()
    assert f"ok.export_history()로 {Path('my-history.okrkit').absolute()}에 먼저 남겨 두고" in str(
        refused.value
    )
    with pytest.raises(ProgressError):
        delete_history(yes=1)
    assert len(progress.attempts()) == 3


def test_deleting_leaves_no_answer_behind_and_the_exam_date_and_exports_alone(
    monkeypatch: pytest.MonkeyPatch,
):
    progress = Progress()
    progress.path.parent.mkdir()
    make_version_1(progress.path)
    progress.path.with_name("progress.damaged-1.sqlite").write_text("damaged")
    ok.set_exam_date("2026-02-01")
    monkeypatch.setenv("OKRKIT_NOW", (NOW + timedelta(5)).isoformat())
    ok.review()
    export_history(progress.path.with_name("progress.okrkit"))
    assert str(delete_history(yes=True)) == "학습 기록을 지웠습니다: 파일 4개"
    assert sorted(each.name for each in progress.path.parent.iterdir()) == [
        "exam_date.txt",
        "progress.okrkit",
    ]
    assert str(delete_history(yes=True)) == "학습 기록을 지웠습니다: 파일 0개"
    assert progress.attempts() == ()


def test_a_quiz_that_is_open_takes_the_next_answer_after_all_was_deleted(one: OneChoice):
    progress = Progress()
    begun = practice.start("01", [one], progress, NOW)
    delete_history(yes=True)
    assert len(practice.answer(begun, one.id, "b", progress, NOW).attempts[one.id]) == 1
