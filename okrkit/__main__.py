"""``python3 -m okrkit …`` on any machine that has Python, and nothing else.

Standard library only, and in words that an old Python can read far enough to
say that it is too old. Where okrkit's dependencies can be imported, the command
runs at once. Where they cannot, they are installed into ``.venv`` beside
``pyproject.toml``, once, and the command is handed over to that environment.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
READY = VENV / "okrkit-ready.json"  # written last: without it the environment is only half built
LOG = ROOT / ".venv-setup.log"

# What is imported, by the name of the package that brings it; a test holds this to pyproject.toml.
RUNTIME = {
    "anywidget": "anywidget",
    "fsrs": "fsrs",
    "ipywidgets": "ipywidgets",
    "jupyterlab": "jupyterlab",
    "jupyterlab-language-pack-ko-KR": "jupyterlab_language_pack_ko_KR",
    "markdown-it-py": "markdown_it",
    "matplotlib": "matplotlib",
    "nh3": "nh3",
    "openpyxl": "openpyxl",
    "pandas": "pandas",
    "platformdirs": "platformdirs",
    "pydantic": "pydantic",
    "pylopdf-fonts-ko": "pylopdf_fonts_ko",
    "pyyaml": "yaml",
    "sqlalchemy": "sqlalchemy",
}
TEST = {
    "axe-playwright-python": "axe_playwright_python",
    "hypothesis": "hypothesis",
    "jupyterquiz": "jupyterquiz",
    "mypy": "mypy",
    "nbval": "nbval",
    "notebook": "notebook",
    "playwright": "playwright",
    "pytest": "pytest",
    "pytest-benchmark": "pytest_benchmark",
    "pytest-xdist": "xdist",
    "ruff": "ruff",
}
IMPORT = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]"
# A folder left behind by a package that is gone imports as an empty namespace: no origin.
FIND = (
    "import sys; from importlib.util import find_spec; "
    "sys.exit(any(getattr(find_spec(name), 'origin', None) is None for name in sys.argv[1:]))"
)

FAILURES = (
    (r"no space left|errno 28|os error 28|enospc|not enough space|disk quota",
     "디스크에 자리가 없습니다. 1 GB를 비우고 다시 실행하세요.",
     "The disk is full. Free 1 GB and run the command again."),
    (r"ensurepip is not available|no module named '?(venv|ensurepip|pip)\b",
     "이 파이썬에는 venv 모듈이 없습니다. python3-venv 패키지(또는 uv)를 설치하고 다시 실행하세요.",
     "This Python lacks the venv module. Install python3-venv (or uv) and run the command again."),
    (r"connection|resolution|resolve host|network|timed out|dns error|proxyerror|sslerror|sending request"
     r"|could not find a version",
     "네트워크에 연결할 수 없어 설치하지 못했습니다. 인터넷 연결을 확인하고 다시 실행하세요.",
     "Nothing could be installed, for there is no network. Check the connection and run the command again."),
    (r"permission denied|errno 13|read-only file system",
     "이 폴더에 쓸 수 없습니다. 쓸 수 있는 폴더에 저장소를 두고 다시 실행하세요.",
     "This folder cannot be written to. Put the clone where you may write and run the command again."),
    (r"",
     "설치하지 못했습니다. 자세한 기록은 .venv-setup.log에 있습니다.",
     "The installation failed. The details are in .venv-setup.log."),
)  # fmt: skip


class SetupFailed(Exception):  # noqa: N818  (it is what happened, said to the user)
    """The environment could not be made; the message says why and what to do."""


def main() -> int:
    """Run a command of okrkit, after making sure that what it needs is there.

    Returns:
        The exit code: 0 done, 1 something was found, 2 wrong use or no way to set up.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a sign shows '?', and lives
    try:
        return _run()
    except SetupFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 2
    except KeyboardInterrupt:
        say(
            "\n멈췄습니다. 같은 명령으로 이어서 할 수 있습니다.",
            "Stopped. The same command takes it up again.",
        )
        return 130


def _run() -> int:
    if sys.version_info < OLDEST:
        say("파이썬 3.11 이상이 필요합니다.", "Python 3.11 or newer is needed.")
        return 2
    testing = sys.argv[1:2] == ["test"]
    modules = [*RUNTIME.values(), *(TEST.values() if testing else ())]
    if _here_already(modules):
        from okrkit.cli import main as run

        return run()
    python = environment(modules, "test" if testing or _stamped("extra") == "test" else "")
    call = [str(python), "-m", "okrkit.cli", *sys.argv[1:]]
    if os.name != "nt":
        os.execv(call[0], call)  # noqa: S606  (this process becomes that one, so Ctrl-C reaches it alone)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows has no exec: the command itself hears Ctrl-C
    return subprocess.call(call)


def environment(modules: Sequence[str], extra: str) -> Path:
    """Return the Python of a working ``.venv``, which is built, updated or rebuilt if need be.

    Args:
        modules: What must be importable in it.
        extra: Optional dependencies to install, ``"test"`` or none.

    Raises:
        SetupFailed: If it cannot be made to work on this machine.
    """
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if _ready(python, modules):
        return python
    if not (ROOT / "pyproject.toml").is_file():
        raise SetupFailed(
            "의존 패키지가 없습니다: pip install okrkit\nDependencies are missing: pip install okrkit"
        )
    try:
        with _alone() as lock:
            if _ready(python, modules):  # another okrkit built it while we waited
                return python
            if not READY.exists() and _runs(python, IMPORT, modules):  # made by hand, and it works: adopt it
                _stamp_ready(extra)
                return python
            _build(python, modules, extra, lock)
    except OSError as error:
        raise SetupFailed(_explain(str(error))) from error
    return python


def say(korean: str, english: str) -> None:
    """Tell the user something, in both languages."""
    sys.stderr.write(f"{korean}\n{english}\n")
    sys.stderr.flush()


def _here_already(modules: Sequence[str]) -> bool:
    """Tell whether this very Python has all it needs: by importing, for metadata can be left over."""
    own = Path(sys.prefix) == VENV
    if own and _stamped("stamp") == _stamp():
        return subprocess.run([sys.executable, "-c", FIND, *modules], check=False).returncode == 0
    try:
        for module in modules:
            # JupyterLab takes two seconds to import and runs as a process of its own: finding it is enough.
            spec = find_spec(module) if module == "jupyterlab" else importlib.import_module(module).__spec__
            if spec is None or spec.origin is None:
                return False
    except Exception:  # noqa: BLE001  (a broken package may raise anything)
        return False
    return True


def _ready(python: Path, modules: Sequence[str]) -> bool:
    return _stamped("stamp") == _stamp() and _runs(python, FIND, modules)


def _runs(python: Path, code: str, modules: Sequence[str]) -> bool:
    """Tell whether the environment's Python starts and finds (or imports) the modules."""
    try:
        call = [str(python), "-c", code, *modules]
        return subprocess.run(call, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _stamp() -> str:
    """Return what the environment was built from; a newer okrkit has another."""
    with contextlib.suppress(OSError):
        return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return ""


def _stamped(name: str) -> str | None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        found = json.loads(READY.read_text(encoding="utf-8")).get(name)
        return found if isinstance(found, str) else None
    return None


@contextlib.contextmanager
def _alone() -> Iterator[int]:
    """Hold the lock that lets one okrkit at a time build; the system frees it when its holders are gone."""
    with (ROOT / ".venv.lock").open("a+") as lock:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(
                    "다른 okrkit이 설치하는 중이라 기다립니다.",
                    "Another okrkit is installing; waiting for it.",
                )
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


def _build(python: Path, modules: Sequence[str], extra: str, lock: int) -> None:
    uv = shutil.which("uv")
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    if READY.exists() and _runs(python, "", ()):
        say(".venv에 빠진 것을 채웁니다.", "Bringing .venv up to date.")
        READY.unlink()
        _install(uv, python, target, lock)
        if _runs(python, IMPORT, modules):
            return _finish(extra)
    if VENV.exists() or VENV.is_symlink():
        say(".venv가 온전하지 않아 새로 만듭니다.", ".venv is broken or half built; building it anew.")
        _clear()
    say(
        f"처음 한 번, 필요한 것을 {VENV}에 설치합니다(1~3분, 약 600 MB).",
        f"Once, what okrkit needs is installed into {VENV} (1-3 minutes, about 600 MB).",
    )
    with LOG.open("w"):
        pass
    here = sys.executable
    _follow(
        [uv, "venv", "--quiet", "--python", here, str(VENV)] if uv else [here, "-m", "venv", str(VENV)], lock
    )
    _install(uv, python, target, lock)
    if not _runs(python, IMPORT, modules):
        raise SetupFailed(_explain(""))
    return _finish(extra)


def _stamp_ready(extra: str) -> None:
    READY.write_text(json.dumps({"stamp": _stamp(), "extra": extra}), encoding="utf-8")


def _finish(extra: str) -> None:
    _stamp_ready(extra)
    LOG.unlink(missing_ok=True)
    say("준비되었습니다.", "Ready.")


def _clear() -> None:
    """Make room for a new ``.venv``; one that okrkit did not make is set aside, not deleted."""
    ours = VENV / "okrkit-building"
    if VENV.is_symlink() or not VENV.is_dir() or not (ours.exists() or READY.exists()):
        number = next(n for n in range(1, 1000) if not (ROOT / f".venv-old-{n}").exists())
        VENV.rename(ROOT / f".venv-old-{number}")
    else:
        shutil.rmtree(VENV)


def _install(uv: str | None, python: Path, target: str, lock: int) -> None:
    (VENV / "okrkit-building").touch()
    installer = (
        [uv, "pip", "install", "--python", str(python)] if uv else [str(python), "-m", "pip", "install"]
    )
    _follow([*installer, "--editable", target], lock)


def _follow(call: Sequence[str], lock: int) -> None:
    """Run a step of the installation, showing what it is at and how long it has taken.

    The step holds the lock too: should we be killed, the next okrkit waits until it is done.

    Raises:
        SetupFailed: If the step fails.
    """
    began, shown = time.monotonic(), ""
    with LOG.open("ab") as log:
        shared = () if os.name == "nt" else (lock,)
        step = subprocess.Popen(
            call, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, pass_fds=shared
        )
    try:
        while step.poll() is None:
            time.sleep(0.2)
            shown = _progress(began, shown)
    finally:
        if step.returncode is None:
            step.kill()
            step.wait()
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 78 + "\r")
    if step.returncode:
        raise SetupFailed(_explain(LOG.read_text(encoding="utf-8", errors="replace")))


def _progress(began: float, shown: str) -> str:
    """Show the log's newest line; on a terminal in place, elsewhere one line every 10 seconds."""
    with LOG.open("rb") as log:
        log.seek(max(log.seek(0, os.SEEK_END) - 5000, 0))
        lines = log.read().decode("utf-8", "replace").split("\n")[-8:]
    newest = next((line.strip() for line in reversed(lines) if line.strip()), "")
    if not newest:
        return shown
    seconds = int(time.monotonic() - began)
    line = f"  {seconds:>3} s  {newest}"[:78]
    if sys.stderr.isatty():
        sys.stderr.write("\r" + line.ljust(78))
        sys.stderr.flush()
    elif not shown or seconds >= int(shown.split(maxsplit=1)[0]) + 10:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
        return line.strip()
    return shown


def _explain(said: str) -> str:
    """Return one sentence, in both languages, for what went wrong."""
    if shutil.disk_usage(ROOT).free < 20_000_000:
        said = "no space left"  # on a full disk not even the log could be written
    found = next(failure for failure in FAILURES if re.search(failure[0], said, re.IGNORECASE))
    return f"{found[1]}\n{found[2]}"


if __name__ == "__main__":
    sys.exit(main())
