"""What was acknowledged is there, whatever happens to the process, the disk or the file."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from okrkit.errors import ProgressError
from okrkit.practice import session as practice
from okrkit.practice.items import OneChoice
from okrkit.practice.progress import SCHEMA, Attempt, Progress
from tests.conftest import NOW, SKELETONS

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork, SIGKILL nor these permissions")

KILLED = """
import json, os, random, signal, sys, time
from datetime import UTC, datetime
from pathlib import Path
from okrkit.practice.progress import Attempt, Progress

folder, kills, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(7)
for kill in range(kills):
    path = folder / f"{kill // 10}.sqlite"
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        progress, number = Progress(path), 0
        sitting = progress.sitting("01", datetime.now(UTC))
        while True:
            item = f"{kill}/{number}"
            progress.record(Attempt(sitting.id, item, "b", 1.0, datetime.now(UTC)))
            os.write(sink, f"{path.name} {item}\\n".encode())
            number += 1
    os.close(sink)
    said = os.read(source, 1000) if kill % 2 else b""  # every other one has answered before
    time.sleep(chance.uniform(0, 0.06))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print((said + os.fdopen(source, "rb").read()).decode(), end="")
"""

RIVAL = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from okrkit.practice import session as practice
from okrkit.practice.bank import load_bank
from okrkit.practice.progress import Progress
from okrkit.practice.specimens import specimens

path, questions, first_try = sys.argv[1:]
items, progress = tuple(load_bank([Path(questions)]).items.values()), Progress(Path(path))
print("ready", flush=True)
sys.stdin.readline()
session = practice.start("01", items, progress, datetime.now(UTC))
for item in session.items:
    for kind in (first_try, "right"):
        raw = getattr(specimens(item), kind)
        session = practice.answer(session, item.id, raw, progress, datetime.now(UTC))
print(json.dumps([(each.item, each.nth, each.answer) for tries in session.attempts.values() for each in tries]))
"""

VERSION_1 = """
CREATE TABLE sitting (id VARCHAR NOT NULL, quiz VARCHAR NOT NULL, number INTEGER NOT NULL,
    began VARCHAR NOT NULL, place VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (quiz, number));
CREATE TABLE attempt (id VARCHAR NOT NULL, sitting VARCHAR NOT NULL, item VARCHAR NOT NULL,
    answer VARCHAR NOT NULL, score FLOAT NOT NULL, at VARCHAR NOT NULL, PRIMARY KEY (id),
    FOREIGN KEY(sitting) REFERENCES sitting (id));
CREATE INDEX ix_attempt_sitting ON attempt (sitting);
CREATE INDEX ix_attempt_item ON attempt (item);
INSERT INTO sitting VALUES ('s', '01', 1, '2026-01-05T00:00:00+00:00', 'x/many');
INSERT INTO attempt VALUES ('1', 's', 'x/one', '"b"', 1.0, '2026-01-05T00:00:00+00:00');
INSERT INTO attempt VALUES ('2', 's', 'x/many', '["a", "나"]', 0.5, '2026-01-05T00:00:00+00:00');
INSERT INTO attempt VALUES ('3', 's', 'x/one', '"a"', 0.0, '2026-01-05T00:00:00+00:00');
PRAGMA user_version = 1;
"""
MIGRATED = (
    Attempt("s", "x/one", "b", 1.0, NOW),
    Attempt("s", "x/many", ["a", "나"], 0.5, NOW),
    Attempt("s", "x/one", "a", 0.0, NOW, nth=2),
)

MIGRATION_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import sqlalchemy as sa
from okrkit.practice.progress import Progress

steps = 0
def step(*_):
    global steps
    steps += 1
    if steps == int(os.environ["KILL_AT"]):
        os.kill(os.getpid(), signal.SIGKILL)
sa.event.listen(sa.Engine, "before_cursor_execute", step)
sa.event.listen(sa.Engine, "commit", step)
for number in range(1, 40):
    child = os.fork()
    if child == 0:
        os.environ["KILL_AT"] = str(number)
        Progress(Path(sys.argv[1]) / f"{number}.sqlite").sitting("01", datetime.now(UTC))
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(number)
"""


def run(script: str, *arguments: object) -> str:
    call = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def make_version_1(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.executescript(VERSION_1)


def answers(progress: Progress) -> dict[str, object]:
    return {attempt.item: attempt.answer for attempt in progress.attempts()}


@posix
def test_every_acknowledged_answer_is_there_once_however_the_process_was_killed(tmp_path: Path):
    kills = int(os.environ.get("OKRKIT_KILLS", "40"))
    acknowledged = [tuple(line.split()) for line in run(KILLED, tmp_path, kills).splitlines()]
    stored = [
        (path.name, attempt.item)
        for path in tmp_path.glob("?*.sqlite")
        for attempt in Progress(path).attempts()
    ]
    print(f"{kills} kills, {len(acknowledged)} answers acknowledged, {len(stored)} stored")
    assert acknowledged
    assert len(set(stored)) == len(stored)
    assert set(acknowledged) <= set(stored)
    assert len(stored) - len(acknowledged) <= kills, "at most the answer in hand when the process was killed"
    assert not list(tmp_path.glob("*damaged*"))


def rivals(path: Path, *first_tries: str) -> list[object]:
    """Answer one quiz in several processes at once; return what each was told to have answered."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    calls = [[sys.executable, "-c", RIVAL, str(path), str(SKELETONS), each] for each in first_tries]
    started = [subprocess.Popen(call, **pipes) for call in calls]
    assert [each.stdout.readline() for each in started] == ["ready\n"] * len(started)
    for each in started:
        each.stdin.write("go\n")
        each.stdin.flush()
    told = [json.loads(each.communicate()[0]) for each in started]
    assert [each.returncode for each in started] == [0] * len(started)
    return told


def test_two_notebooks_that_answer_the_same_quiz_at_once_lose_no_answer_and_store_none_twice(tmp_path: Path):
    path = tmp_path / "progress.sqlite"
    told = rivals(path, "wrong", "right")
    stored = [[each.item, each.nth, each.answer] for each in Progress(path).attempts()]
    assert len({(item, nth) for item, nth, _ in stored}) == len(stored)
    assert [each for answers in told for each in answers if each not in stored] == []
    assert (
        {item for item, _, _ in stored}
        == {item for item, _, _ in told[0]}
        == {item for item, _, _ in told[1]}
    )


def full(progress: Progress) -> None:
    """Let SQLite find no room beyond what the file has."""
    (pages,) = progress._run(lambda connection: connection.exec_driver_sql("PRAGMA page_count").one())
    sa.event.listen(
        progress._engine, "connect", lambda file, _: file.execute(f"PRAGMA max_page_count = {pages}")
    )


def test_a_history_without_room_says_that_the_answer_was_not_saved(one: OneChoice, progress: Progress):
    begun = practice.start("01", [one], progress, NOW)
    first = practice.answer(begun, one.id, "b", progress, NOW)
    full(progress)
    with pytest.raises(
        ProgressError, match=r"이 답은 저장되지 않았습니다 \(디스크가 가득 찼습니다\); .*비우고"
    ):
        progress.record(Attempt(begun.sitting.id, "x/long", "b" * 100_000, 1.0, NOW))
    assert progress.attempts() == first.attempts[one.id]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 200 kB."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", path]
    if os.name == "nt" or os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this sandbox does not allow a mount")  # the same failure is simulated in the test above
    yield path
    subprocess.run(["umount", path], check=True)


def test_a_disk_that_is_really_full_loses_nothing_and_takes_the_answer_when_there_is_room(
    one: OneChoice, disk: Path
):
    progress = Progress(disk / "progress.sqlite")
    begun = practice.start("01", [one], progress, NOW)
    progress.record(Attempt(begun.sitting.id, "x/many", ["a"], 0.5, NOW))
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 1000):
            pass
    with pytest.raises(ProgressError, match=r"이 답은 저장되지 않았습니다 \(디스크가 가득 찼습니다\)"):
        practice.answer(begun, one.id, "b", progress, NOW)
    assert answers(progress) == {"x/many": ["a"]}
    filler.unlink()
    practice.answer(begun, one.id, "b", progress, NOW)
    assert answers(progress) == {"x/many": ["a"], "x/one": "b"}


@pytest.fixture
def learner() -> Iterator[Path]:
    """A folder of somebody whom permissions bind, as they do not bind root."""
    path = Path(tempfile.mkdtemp(prefix="okrkit-test-"))
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
        os.seteuid(65534)
    yield path
    path.chmod(0o755)
    os.seteuid(os.getuid())
    shutil.rmtree(path)


@posix
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_history_is_read_and_says_what_it_could_not_save(
    one: OneChoice, learner: Path, what: str
):
    progress = Progress(learner / "progress.sqlite")
    begun = practice.start("01", [one], progress, NOW)
    progress.record(Attempt(begun.sitting.id, "x/many", ["a"], 0.5, NOW))
    target = progress.path if what == "file" else learner
    target.chmod(target.stat().st_mode & ~0o222)
    assert practice.start("01", [one], progress, NOW) == begun
    with pytest.raises(ProgressError, match=r"이 답은 저장되지 않았습니다 \(.*progress.sqlite .*다시 하세요"):
        practice.answer(begun, one.id, "b", progress, NOW)
    assert (answers(progress), progress.notices) == ({"x/many": ["a"]}, [])
    target.chmod(0o755)
    assert practice.answer(begun, one.id, "b", progress, NOW).attempts[one.id][-1].answer == "b"


@posix
def test_a_damaged_history_that_cannot_be_moved_is_left_as_it_is(learner: Path):
    path = learner / "progress.sqlite"
    path.write_bytes(b"damaged" * 1000)
    learner.chmod(0o555)
    with pytest.raises(ProgressError, match=r"progress\.sqlite 파일의 권한과"):
        Progress(path).sitting("01", NOW)
    assert path.read_bytes() == b"damaged" * 1000


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "random bytes": lambda whole: noise(len(whole)),
    "random bytes behind a sound start": lambda whole: whole[:100] + noise(len(whole) - 100),
    "half of it": lambda whole: whole[: len(whole) // 2],
    "its first bytes": lambda whole: whole[:50],
    "all zero": lambda whole: bytes(len(whole)),
    "zero pages": lambda whole: whole[:4096] + bytes(len(whole) - 4096),
    "a text file": lambda _: "내 메모\n".encode(),
    "answers that are no JSON": lambda whole: whole.replace(b'"answer ', b'"answer"'),
    "answers that are no text": lambda whole: whole.replace(b'"answer ', b'"\xff\xfe\xff\xfe\xff\xfe '),
    "times that are none": lambda whole: whole.replace(b"2026-01-05", b"2026-99-99"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a history of sixty answers."""
    progress = Progress(tmp_path_factory.mktemp("sound") / "progress.sqlite")
    sitting = progress.sitting("01", NOW)
    for number in range(60):
        progress.record(Attempt(sitting.id, f"x/{number}", f"answer {number}", 1.0, NOW))
    return progress.path.read_bytes()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_history_is_set_aside_whole_and_a_new_one_takes_the_answer(
    one: OneChoice, tmp_path: Path, sound: bytes, damage: str
):
    progress, aside = Progress(tmp_path / "progress.sqlite"), tmp_path / "progress.damaged-1.sqlite"
    progress.path.write_bytes(sound)
    begun = practice.start("01", [one], progress, NOW)
    damaged = DAMAGES[damage](sound)
    progress.path.write_bytes(damaged)
    with suppress(ProgressError):  # where the sitting is read before the damage is found
        practice.answer(begun, one.id, "b", progress, NOW)
    assert practice.answer(begun, one.id, "b", progress, NOW).attempts[one.id][-1].answer == "b"
    assert answers(progress) == {"x/one": "b"}
    assert aside.read_bytes() == damaged
    assert [str(aside) in notice.ko and str(aside) in notice.en for notice in progress.notices] == [True]
    assert sorted(tmp_path.iterdir()) == [aside, progress.path]


def test_an_answer_in_a_sitting_that_went_with_a_damaged_history_is_asked_for_again(
    one: OneChoice, progress: Progress
):
    begun = practice.start("01", [one], progress, NOW)
    progress.path.write_bytes(b"damaged" * 1000)
    said = r"이 답은 저장되지 않았습니다 \(학습 기록이 그사이 새로 시작되었습니다\); 다시 하세요"
    with pytest.raises(ProgressError, match=said):
        progress.record(Attempt(begun.sitting.id, one.id, "b", 1.0, NOW))
    assert len(progress.notices) == 1
    assert practice.answer(begun, one.id, "b", progress, NOW).attempts[one.id][-1].answer == "b"


def test_a_folder_in_its_place_and_earlier_damage_are_set_aside_under_names_of_their_own(tmp_path: Path):
    path = tmp_path / "progress.sqlite"
    for content in ("first", "second"):
        path.write_text(content)
        Progress(path).sitting("01", NOW)
        path.unlink()
    (path / "inside").mkdir(parents=True)
    assert Progress(path).sitting("01", NOW).number == 1
    kept = [tmp_path / f"progress.damaged-{n}.sqlite" for n in (1, 2, 3)]
    assert [kept[0].read_text(), kept[1].read_text(), kept[2].is_dir()] == ["first", "second", True]


def test_of_many_notebooks_that_find_the_same_damage_one_sets_it_aside(tmp_path: Path):
    path = tmp_path / "progress.sqlite"
    path.write_bytes(b"damaged" * 1000)
    told = rivals(path, *["wrong"] * 4)
    stored = [[each.item, each.nth, each.answer] for each in Progress(path).attempts()]
    assert [each for answers in told for each in answers if each not in stored] == []
    assert (tmp_path / "progress.damaged-1.sqlite").read_bytes() == b"damaged" * 1000
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "progress.damaged-1.sqlite",
        "progress.sqlite",
    ]


def test_what_another_notebook_began_after_the_same_damage_stays(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
):
    progress.path.write_bytes(b"damaged" * 1000)
    set_aside, begun = Progress._set_aside, []

    def be_overtaken(self: Progress, seen: tuple[int, int]) -> None:
        monkeypatch.setattr(Progress, "_set_aside", set_aside)
        begun.append(Progress(self.path).sitting("01", NOW))
        set_aside(self, seen)

    monkeypatch.setattr(Progress, "_set_aside", be_overtaken)
    assert [progress.sitting("01", NOW)] == begun
    assert progress.notices == []


@pytest.mark.parametrize("seed", range(int(os.environ.get("OKRKIT_FUZZ", "400")) // 10))
def test_any_damage_is_met_with_the_history_with_a_new_one_or_with_a_clear_error(
    tmp_path: Path, sound: bytes, seed: int
):
    path, chance = tmp_path / "progress.sqlite", random.Random(seed)
    damaged = bytearray(sound)
    for _ in range(chance.choice((1, 5, 50))):
        start = chance.randrange(len(damaged))
        damaged[start : start + chance.choice((1, 20, 500))] = chance.randbytes(chance.choice((1, 20, 500)))
    path.write_bytes(damaged)
    progress = Progress(path)
    try:
        found = progress.attempts()
    except ProgressError:
        assert path.read_bytes() == damaged
    else:
        if progress.notices:
            assert (tmp_path / "progress.damaged-1.sqlite").read_bytes() == damaged
        else:
            assert len(found) <= 60


def test_a_version_1_history_is_migrated_and_a_copy_of_it_stays(tmp_path: Path):
    path = tmp_path / "progress.sqlite"
    make_version_1(path)
    before = path.read_bytes()
    (tmp_path / "progress.sqlite-part").write_text("of a migration that was interrupted")
    progress = Progress(path)
    assert progress.sitting("01", NOW).place == "x/many"
    assert progress.attempts() == MIGRATED
    progress.record(Attempt("s", "x/many", ["a"], 1.0, NOW, nth=2, confidence="sure", hints=1))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["progress.sqlite", "progress.v1-1.sqlite"]
    with closing(sqlite3.connect(tmp_path / "progress.v1-1.sqlite")) as copy:
        assert "\n".join(copy.iterdump()) == dump(before)


def dump(database: bytes) -> str:
    with closing(sqlite3.connect(":memory:")) as file:
        file.deserialize(database)
        return "\n".join(file.iterdump())


def test_a_migrated_history_has_the_shape_of_a_new_one(tmp_path: Path):
    make_version_1(tmp_path / "old.sqlite")
    shapes = []
    for name in ("old", "new"):
        Progress(tmp_path / f"{name}.sqlite").sitting("01", NOW)
        with closing(sqlite3.connect(tmp_path / f"{name}.sqlite")) as file:
            tables = [
                file.execute(f"PRAGMA table_xinfo({table})").fetchall()
                for table in ("sitting", "attempt", "draft")
            ]
            indices = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name")
            shapes.append((tables, indices.fetchall(), file.execute("PRAGMA user_version").fetchone()))
    assert shapes[0] == shapes[1]
    assert shapes[0][2] == (SCHEMA,)


@posix
def test_a_migration_killed_at_any_step_is_done_anew_and_loses_nothing(tmp_path: Path):
    for number in range(1, 40):
        make_version_1(tmp_path / f"{number}.sqlite")
    steps = int(run(MIGRATION_KILLED, tmp_path))
    assert steps > 10
    for number in range(1, steps + 1):
        assert Progress(tmp_path / f"{number}.sqlite").attempts() == MIGRATED
        assert (tmp_path / f"{number}.v1-1.sqlite").exists()
    assert not list(tmp_path.glob("*-part*"))
