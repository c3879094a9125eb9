"""The learner's own copy of the notebooks, and a JupyterLab that opens on it."""

import copy
import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from okrkit.errors import ContentError, Problem, SetupError
from okrkit.files import home, root, shipped
from okrkit.text import Language, Text

START = "00_start_here.ipynb"
LAID = ".okrkit-laid.json"  # in the learner's folder: a hash of each notebook as the kit last laid it there


@dataclass(frozen=True, slots=True)
class Kept:
    """A notebook the learner has changed, and where its newer version was laid.

    Args:
        path: The learner's notebook, untouched.
        newer: The kit's newer version, beside it.
    """

    path: Path
    newer: Path


def default_folder() -> Path:
    """Return where the learner's notebooks go unless told otherwise."""
    clone = (root() / "pyproject.toml").is_file()
    return (root() if clone else Path.cwd()) / "my-notebooks"


def lay_notebooks(folder: Path) -> list[Kept]:
    """Copy the lessons, without their outputs, into the learner's folder.

    A notebook the learner has not changed is brought up to date. One that was
    changed is left alone; if the kit has a newer version, it is laid beside it.
    Running a notebook is no change; writing in a cell is.

    Args:
        folder: The learner's folder; made if need be.

    Returns:
        The changed notebooks that now have a newer version beside them.

    Raises:
        SetupError: If the folder cannot be written.
    """
    if folder.resolve() == shipped("notebooks").resolve():
        what = Text("{folder}은(는) 키트의 원본입니다", "{folder} holds the kit's own notebooks").fill(
            folder=folder
        )
        raise SetupError(Problem(what, Text("다른 폴더를 쓰세요", "name another folder")))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        laid = _read_laid(folder)
        kept = []
        for source in sorted(shipped("notebooks").glob("*/*.ipynb")):
            name = f"{source.parent.name}/{source.name}"
            fresh = without_outputs(json.loads(source.read_text(encoding="utf-8")))
            place = _place(folder / name, fresh, laid.get(name))
            if place != folder / name:
                kept.append(Kept(folder / name, place))
            laid[name] = _content(fresh)
        _write(folder / LAID, json.dumps(laid, indent=1))
    except OSError as error:
        what = Text("{folder} 폴더에 쓸 수 없습니다 ({why})", "the folder {folder} cannot be written ({why})")
        fix = Text("'okrkit lab 다른폴더'로 실행하세요", "run 'okrkit lab OTHER_FOLDER'")
        raise SetupError(Problem(what.fill(folder=folder, why=error.strerror or error), fix)) from error
    return kept


def _place(path: Path, fresh: dict[str, Any], laid: str | None) -> Path:
    """Write a lesson where it belongs, or beside the learner's own version; return where it is."""
    wanted = _content(fresh)
    if path.exists():
        there = _content_of(path)
        if wanted in {there, laid}:  # up to date, or changed since but nothing newer to offer
            return path
        if there != laid:
            beside = path.with_name(f"{path.stem}-new-{wanted[:6]}.ipynb")
            if not beside.exists():
                _write(beside, json.dumps(fresh, ensure_ascii=False, indent=1) + "\n")
            return beside
    _write(path, json.dumps(fresh, ensure_ascii=False, indent=1) + "\n")
    return path


def without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook as a learner should find it: outputs would spoil the predictions."""
    fresh = copy.deepcopy(notebook)
    for cell in fresh["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return fresh


def _content(notebook: dict[str, Any]) -> str:
    """Return a hash of what was written in a notebook, whatever running it has added."""
    cells = [(cell.get("cell_type"), "".join(cell.get("source", ""))) for cell in notebook.get("cells", [])]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def _content_of(path: Path) -> str:
    try:
        return _content(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, AttributeError, TypeError):
        return "unreadable"  # the learner's, whatever it is: never equal to ours, so never overwritten


def _read_laid(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / LAID).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, text: str) -> None:
    """Write a file wholly or not at all."""
    path = path.resolve()  # a link stays a link
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


def open_lab(folder: Path, lang: Language, *, browser: bool) -> int:
    """Run JupyterLab on the learner's folder until it is stopped.

    Args:
        folder: The learner's notebooks.
        lang: Language of the start notebook, and of the menus.
        browser: Whether to open one; the address is printed either way.

    Returns:
        JupyterLab's exit code; 0 after Ctrl-C.

    Raises:
        ContentError: If the start notebook is not there.
        SetupError: If JupyterLab does not come up.
    """
    start = f"{lang}/{START}"
    if not (folder / start).is_file():
        what = Text("{path} 파일이 없습니다", "{path} is missing").fill(path=folder / start)
        raise ContentError(Problem(what, Text("저장소를 새로 받으세요", "get a fresh clone")))
    port = _free_port()
    options = [
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--ServerApp.port={port}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.open_browser={browser}",
        f"--LabApp.default_url=/lab/workspaces/okrkit/tree/{start}",
        "--ServerApp.answer_yes=True",
        "--Application.log_level=ERROR",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append(
            "--allow-root"
        )  # in a container there is often no other user; it listens on loopback only
    # In a session of its own, so that Ctrl-C reaches us and we stop it, rather than both at once.
    call = [sys.executable, "-m", "jupyterlab", *options]
    server = subprocess.Popen(call, env=lab_environment(lang), start_new_session=True)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        sys.stdout.write(f"\n  {_address(server, start)}\n\n")
        sys.stdout.write(
            f"  {Text('끝내려면 Ctrl-C를 누르세요.', 'Press Ctrl-C to stop.').in_language(lang)}\n"
        )
        sys.stdout.flush()
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        if server.poll() is None:
            server.terminate()
            server.wait(20)


def lab_environment(lang: Language) -> dict[str, str]:
    """Return the environment JupyterLab runs in: okrkit's defaults beneath the user's own settings.

    The user's configuration is neither changed nor hidden: what they have set
    themselves still wins. Only the workspace (which tabs are open) is ours.
    """
    ours = home() / "jupyter" / lang
    defaults: dict[str, dict[str, object]] = {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        # Cells scrolled out of sight would drop their outputs, and a quiz with them.
        "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    }
    if lang == "ko":
        defaults["@jupyterlab/translation-extension:plugin"] = {"locale": "ko_KR"}
    _write(ours / "labconfig" / "default_setting_overrides.json", json.dumps(defaults, indent=1))
    paths = {
        "JUPYTER_CONFIG_PATH": [str(ours), os.environ.get("JUPYTER_CONFIG_PATH", "")],
        "PYTHONPATH": [str(Path(__file__).resolve().parent.parent), os.environ.get("PYTHONPATH", "")],
    }
    return {
        **os.environ,
        **{name: os.pathsep.join(filter(None, folders)) for name, folders in paths.items()},
        "JUPYTERLAB_WORKSPACES_DIR": str(ours / "workspaces"),
        "JUPYTER_PREFER_ENV_PATH": "1",  # this Python's kernel, not one of the same name in the user's folder
        # A token of ours: of one that JupyterLab made itself it would print a second, longer address.
        "JUPYTER_TOKEN": os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(24),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # keeps a debugger's warning off the learner's console
    }


def _free_port() -> int:
    """Return 8888 if it is free, as people expect, else any free port."""
    for wanted in (8888, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SetupError(
        Problem(
            Text("빈 포트가 없습니다", "no port is free"), Text("다른 서버를 끄세요", "stop other servers")
        )
    )


def _address(server: "subprocess.Popen[bytes]", start: str) -> str:
    """Wait until JupyterLab is up; return the address of the start notebook, with its token."""
    from jupyter_server.serverapp import list_running_servers

    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        for running in list_running_servers():
            if running["pid"] == server.pid:
                token = f"?token={running['token']}" if running["token"] else ""
                return f"{running['url']}lab/workspaces/okrkit/tree/{start}{token}"
        time.sleep(0.1)
    what = Text("JupyterLab이 시작되지 않았습니다", "JupyterLab did not start")
    raise SetupError(Problem(what, Text("위에 나온 메시지를 보세요", "see the messages above")))
