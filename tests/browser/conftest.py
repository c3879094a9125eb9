"""A real JupyterLab and Notebook 7, started by the command a learner types, and a real Chromium."""

import json
import os
import shutil
import signal
import string
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, sync_playwright

KEYS = [*string.ascii_letters, *string.digits, *string.punctuation, " "]
SPECIAL_KEYS = ["Escape", "Enter", "Space", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Tab"]
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Missing, it fails the run where OKRKIT_REQUIRE_BROWSER asks for it, as CI does."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "needs Chromium (Debian: apt-get install chromium)"
        if os.environ.get("OKRKIT_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)  # a newcomer without a browser still gets every other test
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


PLACES = {"JupyterLab": "lab/workspaces/test/tree", "Notebook 7": "notebooks"}  # the same server has both


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own for each test."""
    page = chromium.new_page(viewport={"width": 1280, "height": 1400})
    yield page
    page.close()


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address with the token, and the learner's folder."""

    address: str
    folder: Path

    def url(self, notebook: str, app: str = "JupyterLab") -> str:
        """Return the address of a notebook, in a workspace of its own."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}/{PLACES[app]}/{notebook}?{parts.query}&reset"


def start_lab(folder: Path, home: Path, lang: str, *options: str) -> tuple[subprocess.Popen[str], str]:
    """Start `python -m okrkit lab` and wait for the address it prints."""
    config = home / ".jupyter"
    config.mkdir(parents=True, exist_ok=True)
    # The user's own configuration, which okrkit must leave in force: here it lets the test drive the page.
    for name, app in (("lab", "LabApp"), ("notebook", "JupyterNotebookApp")):
        (config / f"jupyter_{name}_config.json").write_text(f'{{"{app}": {{"expose_app_in_browser": true}}}}')
    env = {**os.environ, "HOME": str(home), "USERPROFILE": str(home), "OKRKIT_HOME": str(home / "okrkit")}
    env.pop("JUPYTER_PLATFORM_DIRS", None)
    call = [sys.executable, "-m", "okrkit", "lab", str(folder), "--lang", lang, "--no-browser", *options]
    # A test run started in the background by a shell ignores SIGINT; the learner's terminal does not.
    heed = None if os.name == "nt" else lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    server = subprocess.Popen(
        call, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8", preexec_fn=heed
    )
    assert server.stdout is not None
    for line in server.stdout:
        if line.strip().startswith("http"):
            return server, line.strip()
    raise AssertionError(f"`okrkit lab` ended with {server.wait()} and printed no address")


def stop(server: subprocess.Popen[str]) -> int:
    """Press Ctrl-C."""
    server.send_signal(signal.SIGINT)
    code = server.wait(30)
    if server.stdout:
        server.stdout.close()
    return code


@pytest.fixture(scope="session")
def lab(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab as a Korean learner starts it."""
    home = tmp_path_factory.mktemp("home")
    server, address = start_lab(home / "my", home, "ko")
    yield Lab(address, home / "my")
    stop(server)


class NotebookPage:
    """A notebook open in JupyterLab or Notebook 7, and what a learner does in it."""

    def __init__(self, page: Page, lab: Lab, name: str, app: str = "JupyterLab") -> None:
        self.page, self.lab = page, lab
        page.goto(lab.url(name, app))
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
        self.wait_idle()

    def wait_idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.page.wait_for_function(
            """() => {
                const session = window.jupyterapp.shell.currentWidget?.sessionContext?.session;
                const busy = [...document.querySelectorAll('.jp-InputPrompt')].some(p => p.textContent.includes('[*]'));
                return session?.kernel?.status === 'idle' && !busy;
            }""",
            timeout=120_000,
        )

    def run_all(self) -> None:
        """Run every cell."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.wait_idle()

    def restart(self) -> None:
        """Restart the kernel and run every cell again."""
        self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        )
        self.wait_idle()
        self.run_all()

    def cells(self) -> list[tuple[str, str]]:
        """Return type and source of each cell, as the notebook now holds them."""
        model: dict[str, Any] = self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.model.toJSON()"
        )
        return [(cell["cell_type"], "".join(cell["source"])) for cell in model["cells"]]

    def quiz(self, number: int = -1) -> Locator:
        """Return a quiz on the page, the last one unless numbered."""
        quizzes = self.page.locator(".okr-quiz")
        return quizzes.last if number < 0 else quizzes.nth(number)


def write_notebook(folder: Path, *sources: str) -> str:
    """Write a small notebook of code cells; return its name within the folder."""
    cells = [
        {"cell_type": "code", "id": f"cell-{n}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for n, source in enumerate(sources)
    ]  # fmt: skip
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    name = f"ko/test-{len(list((folder / 'ko').glob('test-*')))}.ipynb"
    (folder / name).write_text(json.dumps(notebook), encoding="utf-8")
    return name


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong inside the quizzes now."""
    page.wait_for_timeout(150)  # JupyterLab fades between themes; a colour half way is not a finding
    result = Axe().run(page, context={"include": [[".okr-quiz"]]})
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in result.response["violations"]]
