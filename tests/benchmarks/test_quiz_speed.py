"""How fast a quiz is, beside jupyterquiz and the same questions in stock ipywidgets, in one run.

    python3 -m okrkit test tests/benchmarks

Times inside the page are taken in the page, from the event to the first frame
that shows its effect. Nothing fails for being slow: the table is the result.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_benchmark.fixture import BenchmarkFixture

from okrkit.practice.bank import Bank
from tests.browser.conftest import Lab, NotebookPage, write_notebook

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
RUN_CELL = "window.jupyterapp.commands.execute('notebook:run-cell')"

TOOLS = {
    "okrkit": ("import okrkit as ok\nok.quiz('comparison-of-speed')", ".okr-quiz legend"),
    "jupyterquiz": ("from jupyterquiz import display_quiz\ndisplay_quiz({path!r})", ".MCButton"),
    "stock ipywidgets": (STOCK, ".stock-stem"),
}
CLICKS = {  # what a click does, and what shows that feedback was painted
    "okrkit": (
        "[...document.querySelectorAll('.okr-primary')].at(-1).click()",
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


def questions(bank: Bank) -> list[dict[str, object]]:
    """Return the single-choice questions in jupyterquiz's own form."""
    return [
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


@pytest.fixture
def page(chromium: Browser):
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    yield page
    page.close()


def source(tool: str, bank: Bank, folder: Path) -> str:
    """Return the cell that shows the same questions with this tool."""
    path = folder / "questions.json"
    path.write_text(json.dumps(questions(bank), ensure_ascii=False), encoding="utf-8")
    template = TOOLS[tool][0]
    if tool == "okrkit":
        return template.replace("comparison-of-speed", "01")
    return template.format(path=str(path), questions=questions(bank))


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
def test_cell_run_to_first_question(
    benchmark: BenchmarkFixture, page: Page, lab: Lab, bank: Bank, tmp_path: Path, tool: str
):
    benchmark.group = "cell run to first question, warm kernel"
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, source(tool, bank, tmp_path)))
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
def test_click_to_feedback_painted(
    benchmark: BenchmarkFixture, page: Page, lab: Lab, bank: Bank, tmp_path: Path, tool: str
):
    benchmark.group = "click to feedback painted"
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, source(tool, bank, tmp_path)))
    notebook.run_all()
    page.wait_for_selector(TOOLS[tool][1])
    act, shown = CLICKS[tool]
    state = {"number": 0}

    def click() -> float:
        number = state["number"]
        state["number"] += 1
        if tool == "okrkit":
            quiz = notebook.quiz()
            while quiz.locator(".okr-summary").count() or quiz.locator(".okr-feedback strong").count():
                quiz.locator(".okr-primary").click()
                page.wait_for_timeout(60)
            quiz.locator("input").first.fill("7") if quiz.locator(".okr-number").count() else quiz.locator(
                "input"
            ).first.check()
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

    count = 60 if tool == "okrkit" else len(questions(bank)) - 1
    report(benchmark, f"{tool}, click to feedback", rounds(benchmark, click, count))
