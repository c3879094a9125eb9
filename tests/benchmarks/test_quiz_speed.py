"""How fast a quiz is, beside jupyterquiz and the same questions in stock ipywidgets, in one run.

    python3 -m okrkit test tests/benchmarks

Sixty questions, and one to warm up: of every kind in okrkit, of one choice in the others,
which know few kinds. Times inside the page are taken in the page, from the event to the
first frame that shows its effect. Nothing fails for being slow: the table is the result.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pytest
from ipywidgets.widgets.widget import _instances
from playwright.sync_api import Browser, Page, expect
from pytest_benchmark.fixture import BenchmarkFixture

from okrkit.practice.bank import Bank
from tests.browser.conftest import Lab, NotebookPage, write_notebook
from tests.conftest import SKELETONS

STOCK = """
import ipywidgets as w
questions = {questions!r}
def card(q):
    pick = w.RadioButtons(options=[c["answer"] for c in q["answers"]], value=None, layout={{"width": "auto"}})
    check, said = w.Button(description="확인"), w.HTML()
    def look(_):
        said.value = next((c["feedback"] for c in q["answers"] if c["answer"] == pick.value), "–")
    check.on_click(look)
    return w.VBox([w.HTML("<b class='stock-stem'>" + q["question"] + "</b>"), pick, check, said])
w.VBox([card(q) for q in questions])
"""

# Runs in the page: does something, then counts the milliseconds until a frame shows what it brings.
UNTIL_SHOWN = """async ([act, shown]) => {
    const began = performance.now();
    eval(act);
    while (!eval(shown)) {
        if (performance.now() - began > 30000) throw new Error('never shown: ' + shown);
        await new Promise(requestAnimationFrame);
    }
    await new Promise(requestAnimationFrame);
    return performance.now() - began;
}"""
FILL = """() => {
    const box = [...document.querySelectorAll('.okr-question')].at(-1);
    box.querySelectorAll('select').forEach((pick, at) => { pick.selectedIndex = 1 + at % (pick.length - 1); });
    box.querySelectorAll('input[type=text]').forEach(input => { input.value = '7'; });
    box.querySelectorAll(':is([type=radio], [type=checkbox])')[0]?.click();
}"""
COUNT = 61
RUN_CELL = "window.jupyterapp.commands.execute('notebook:run-cell')"

TOOLS = {
    "okrkit": ("import okrkit as ok\nok.quiz('60', bank={bank!r})", ".okr-quiz legend"),
    "jupyterquiz": ("from jupyterquiz import display_quiz\ndisplay_quiz({path!r})", ".MCButton"),
    "stock ipywidgets": (STOCK, ".stock-stem"),
}
CLICKS = {  # what a click does, and what shows that feedback was painted
    "okrkit": (
        "document.querySelector('.okr-actions [type=submit]').click()",
        "document.querySelector('.okr-feedback strong')",
    ),
    "jupyterquiz": (
        "document.querySelectorAll('.MCButton')[NUMBER].click()",
        "[...document.querySelectorAll('.Feedback')].filter(each => each.textContent.trim()).length > COUNT",
    ),
    "stock ipywidgets": (
        "document.querySelectorAll('.jupyter-button')[NUMBER].click()",
        "[...document.querySelectorAll('.jp-OutputArea .widget-html-content')].filter(each => !each.firstElementChild && each.textContent.trim()).length > COUNT",
    ),
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank of questions of every kind, in turn."""
    head, *kinds = SKELETONS.read_text(encoding="utf-8").split("  - id: new/")
    items = [
        f"  - id: speed{number}/{item}" for number, item in zip(range(COUNT), cycle(kinds), strict=False)
    ]
    path = tmp_path_factory.mktemp("mixed") / "60_speed.yaml"
    path.write_text(head + "".join(items), encoding="utf-8")
    return path


def questions(bank: Bank) -> list[dict[str, object]]:
    """Return single-choice questions in jupyterquiz's own form."""
    made = [
        {
            "question": item.stem.ko,
            "type": "multiple_choice",
            "answers": [
                {"answer": choice.ko, "correct": choice.correct, "feedback": choice.why.ko}
                for choice in item.choices.values()
            ],
        }
        for item in bank.items.values()
        if item.kind == "one"
    ]
    return list(islice(cycle(made), COUNT))


@pytest.fixture
def page(chromium: Browser):
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    yield page
    page.close()


@pytest.fixture
def source(tool: str, bank: Bank, mixed: Path, tmp_path: Path) -> str:
    """The cell that shows the questions with this tool."""
    path = tmp_path / "questions.json"
    path.write_text(json.dumps(questions(bank), ensure_ascii=False), encoding="utf-8")
    return TOOLS[tool][0].format(path=str(path), questions=questions(bank), bank=str(mixed))


def report(benchmark: BenchmarkFixture, name: str, times: list[float]) -> None:
    """Keep the in-page times beside pytest-benchmark's own and print them."""
    ordered = sorted(times)
    figures = {
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1),
        "n": len(times),
    }
    benchmark.extra_info.update(figures)
    print(f"\n  {name:<45} {figures}")


def rounds(benchmark: BenchmarkFixture, measure: Callable[[], float], count: int) -> list[float]:
    """Measure some rounds, after one to warm up."""
    times: list[float] = []
    benchmark.pedantic(lambda: times.append(measure()), rounds=count, warmup_rounds=1)
    return times[1:]


@pytest.mark.parametrize("module", ["", "okrkit", "jupyterquiz", "ipywidgets"])
def test_import(benchmark: BenchmarkFixture, module: str):
    code = f"import {module}" if module else ""
    benchmark.group = "import, beside a bare interpreter"
    benchmark.pedantic(
        lambda: subprocess.run([sys.executable, "-c", code], check=True), rounds=15, warmup_rounds=2
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_widget_models(tool: str, source: str):
    before = len(_instances)
    exec(source, {})
    print(f"\n  {tool + ', widget models':<45} {len(_instances) - before}")


@pytest.mark.parametrize("tool", TOOLS)
def test_cell_run_to_first_question(
    benchmark: BenchmarkFixture, page: Page, lab: Lab, source: str, tool: str
):
    benchmark.group = "cell run to first question, warm kernel"
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, source))
    shown = f"document.querySelector({TOOLS[tool][1]!r})?.getBoundingClientRect().height"

    def fresh() -> float:
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        notebook.wait_idle()
        page.wait_for_timeout(1500)
        return page.evaluate(UNTIL_SHOWN, [RUN_CELL, shown])

    def warm() -> float:
        notebook.wait_idle()
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        page.wait_for_timeout(100)
        return page.evaluate(UNTIL_SHOWN, [RUN_CELL, shown])

    fresh_times = [fresh() for _ in range(3)]
    print(f"\n  {tool + ', fresh kernel':<45} {{'ms': {[round(each) for each in fresh_times]}}}")
    report(benchmark, f"{tool}, warm kernel", rounds(benchmark, warm, 10))


@pytest.mark.parametrize("tool", TOOLS)
def test_click_to_feedback_painted(benchmark: BenchmarkFixture, page: Page, lab: Lab, source: str, tool: str):
    benchmark.group = "click to feedback painted"
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, source))
    notebook.run_all()
    page.wait_for_selector(TOOLS[tool][1])
    act, shown = CLICKS[tool]
    state = {"number": 0}

    def click() -> float:
        number = state["number"]
        state["number"] += 1
        if tool == "okrkit":
            page.locator(".okr-dot").nth(number).click()
            expect(page.locator(".okr-title")).to_contain_text(f"{number + 1} / ")
            page.evaluate(FILL)
        if tool == "stock ipywidgets":
            page.evaluate(
                f"() => document.querySelectorAll('.widget-radio-box')[{number}].querySelector('input').click()"
            )
            page.wait_for_timeout(60)
        per_question = 4 * number if tool == "jupyterquiz" else number
        filled = {"NUMBER": str(per_question), "COUNT": str(number)}
        texts = [act, shown]
        for mark, value in filled.items():
            texts = [text.replace(mark, value) for text in texts]
        return page.evaluate(UNTIL_SHOWN, texts)

    report(benchmark, f"{tool}, click to feedback", rounds(benchmark, click, COUNT - 1))
