"""`python3 -m okrkit` on a machine that has nothing: what it builds, mends and says.

Each test runs the real command in a copy of the project, with a Python that sees
no installed package (``-S``). That a whole environment is built from nothing is
what `.ci/run` does.
"""

import ast
import json
import os
import shutil
import signal
import site
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT

NO_NETWORK = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"}
BUILDING = "처음 한 번, 필요한 것을"
REBUILDING = ".venv가 온전하지 않아 새로 만듭니다."
UPDATING = ".venv에 빠진 것을 채웁니다."
NETWORK = "네트워크에 연결할 수 없어 설치하지 못했습니다. 인터넷 연결을 확인하고 다시 실행하세요."


class Clone:
    """A copy of the project, and the command run in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "okrkit", path / "okrkit", ignore=ignored)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, path / name)

    @property
    def python(self) -> Path:
        return self.path / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def environment(self) -> dict[str, str]:
        """Return variables of a machine without uv, without a network and without any installed package."""
        plain = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "UV_", "PYTHON"))
        }
        plain["PATH"] = os.pathsep.join(
            folder for folder in os.environ["PATH"].split(os.pathsep) if not shutil.which("uv", path=folder)
        )
        return plain | NO_NETWORK

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run okrkit on such a machine."""
        call = [sys.executable, "-S", "-m", "okrkit", *arguments]
        everything = self.environment() | env
        return subprocess.run(
            call, cwd=self.path, env=everything, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def make_venv(self, *, ready: bool = True, packages: bool = True) -> None:
        """Make a real environment by hand; it borrows the packages of the one the tests run in."""
        call = [sys.executable, "-m", "venv", "--without-pip", str(self.path / ".venv")]
        subprocess.run(call, check=True)
        if packages:
            (folder,) = (self.path / ".venv").glob("**/site-packages")
            (folder / "borrowed.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
        if ready:
            stamp = sha256((self.path / "pyproject.toml").read_bytes()).hexdigest()
            (self.path / ".venv" / "okrkit-ready.json").write_text(json.dumps({"stamp": stamp, "extra": ""}))


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path / "clone")


def test_a_ready_environment_is_used_at_once(clone: Clone):
    clone.make_venv()
    done = clone.run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, "okrkit 0.1.0\n", "")


def test_without_a_network_one_sentence_says_so_and_the_half_built_rest_is_rebuilt_next_time(clone: Clone):
    first = clone.run("--version")
    assert first.returncode == 2
    assert BUILDING in first.stderr
    assert first.stderr.splitlines()[-2:-1] == [NETWORK]
    assert "Traceback" not in first.stderr
    second = clone.run("--version")
    assert REBUILDING in second.stderr
    assert not list(clone.path.glob(".venv-old-*")), "what okrkit half built is nobody's to keep"


def test_an_environment_whose_python_is_gone_is_rebuilt(clone: Clone):
    clone.make_venv()
    for python in clone.python.parent.glob("python*"):
        python.unlink()
    assert REBUILDING in clone.run("--version").stderr


def test_an_environment_that_lost_its_packages_is_noticed(clone: Clone):
    clone.make_venv(packages=False)
    done = clone.run("--version")
    assert UPDATING in done.stderr
    assert done.returncode == 2


def test_an_environment_built_for_an_older_okrkit_is_brought_up_to_date(clone: Clone):
    clone.make_venv()
    pyproject = clone.path / "pyproject.toml"
    pyproject.write_text(pyproject.read_text(encoding="utf-8") + "\n# newer\n", encoding="utf-8")
    assert UPDATING in clone.run("--version").stderr


def test_an_environment_okrkit_did_not_make_is_set_aside_and_not_deleted(clone: Clone):
    clone.make_venv(ready=False, packages=False)
    (clone.path / ".venv" / "mine.txt").write_text("precious")
    clone.run("--version")
    assert (clone.path / ".venv-old-1" / "mine.txt").read_text() == "precious"


@pytest.mark.parametrize("left", ["metadata", "folders"])
def test_left_over_metadata_and_empty_folders_do_not_count_as_packages(
    clone: Clone, tmp_path: Path, left: str
):
    from okrkit.__main__ import RUNTIME

    for package, module in RUNTIME.items():
        folder = tmp_path / "left" / (f"{package}-1.0.dist-info" if left == "metadata" else module)
        folder.mkdir(parents=True)
        (folder / ("METADATA" if left == "metadata" else "nothing.txt")).write_text(
            f"Name: {package}\nVersion: 1.0\n"
        )
    assert BUILDING in clone.run("--version", PYTHONPATH=str(tmp_path / "left")).stderr


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("raise ModuleNotFoundError(\"No module named 'venv'\")", "이 파이썬에는 venv 모듈이 없습니다."),
        (
            "import errno, os; raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))",
            "디스크에 자리가 없습니다.",
        ),
        (
            "raise SystemExit('something nobody foresaw')",
            "설치하지 못했습니다. 자세한 기록은 .venv-setup.log에 있습니다.",
        ),
    ],
    ids=["no venv", "full disk", "unforeseen"],
)
def test_each_failure_is_one_clear_sentence(clone: Clone, tmp_path: Path, module: str, said: str):
    (tmp_path / "faults").mkdir()
    (tmp_path / "faults" / "venv.py").write_text(module)
    done = clone.run("--version", PYTHONPATH=str(tmp_path / "faults"))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-2].startswith(said)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk"
)
def test_a_disk_that_is_really_full_is_named(tmp_path: Path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("this sandbox does not allow a mount")  # the same failure is simulated in the test above
    try:
        done = Clone(disk / "clone").run("--version")
    finally:
        subprocess.run(["umount", disk], check=True)
    assert done.stderr.splitlines()[-2] == "디스크에 자리가 없습니다. 1 GB를 비우고 다시 실행하세요."


def test_an_old_python_can_read_far_enough_to_say_so():
    for name in ("__init__.py", "__main__.py"):
        ast.parse((ROOT / "okrkit" / name).read_text(encoding="utf-8"), feature_version=(3, 8))
    code = "import sys; sys.version_info = (3, 10, 0); import runpy; runpy.run_module('okrkit', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "파이썬 3.11 이상이 필요합니다.\nPython 3.11 or newer is needed.\n",
    )


def test_an_environment_made_by_hand_that_works_is_adopted(clone: Clone):
    clone.make_venv(ready=False)
    done = clone.run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, "okrkit 0.1.0\n", "")
    assert not list(clone.path.glob(".venv-old-*"))


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C reaches a process group only on POSIX")
@pytest.mark.parametrize(
    ("built", "wait", "code"),
    [(True, 3.0, 0), (True, 0.7, 0), (False, 1.5, 130)],
    ids=["lab", "early", "building"],
)
def test_ctrl_c_ends_without_a_traceback_and_leaves_nothing_running(
    clone: Clone, tmp_path: Path, built: bool, wait: float, code: int
):
    for name in ("notebooks", "quizzes"):
        shutil.copytree(ROOT / name, clone.path / name)
    if built:
        clone.make_venv()
    env = clone.environment() | {"HOME": str(tmp_path), "OKRKIT_HOME": str(tmp_path / "okrkit")}
    call = [sys.executable, "-S", "-m", "okrkit", "lab", "my", "--no-browser"]
    lab = subprocess.Popen(
        call,
        cwd=clone.path,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=heed_ctrl_c,
    )
    time.sleep(wait)
    os.killpg(lab.pid, signal.SIGINT)
    _, said = lab.communicate(timeout=30)
    assert "Traceback" not in said
    assert lab.returncode in {code, 130}
    deadline = time.monotonic() + 10  # what was interrupted may need a moment to go
    while (left := processes(clone.path)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert left == ""


def heed_ctrl_c() -> None:
    """Hear SIGINT again: a test run started in the background by a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def processes(folder: Path) -> str:
    return subprocess.run(["pgrep", "-fa", str(folder)], capture_output=True, text=True, check=False).stdout
