"""How soon a written answer is marked, and how soon its sheet answers a keystroke.

    .venv/bin/python -m pytest tests/benchmarks/test_answer_speed.py -q -s

A keystroke is taken in the page: from the key to the first frame that shows what it did, the
letter on the sheet and the rows counted anew, with three pages written and saves going on.
Nothing fails for being slow: the table is the result.
"""

import pytest
from playwright.sync_api import Browser
from pytest_benchmark.fixture import BenchmarkFixture

from okrkit.practice.bank import shipped_bank
from okrkit.practice.items import Written
from okrkit.practice.rubrics import mark
from tests.benchmarks.test_quiz_speed import UNTIL_SHOWN, report, rounds
from tests.browser.conftest import Lab, NotebookPage, write_notebook

BYTES = 50_000
TYPE = "document.execCommand(STEP % 2 ? 'delete' : 'insertText', false, '가')"
SHOWN = "document.querySelector('.okr-page .okr-behind').textContent.endsWith(STEP % 2 ? '한다' : '가')"


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("size", ["an answer", "50 KB", "50 KB, hostile"])
def test_marking(benchmark: BenchmarkFixture, lang: str, size: str):
    item = shipped_bank().items["okr-25pt-01"]
    assert isinstance(item, Written)
    whole = item.samples.full.in_language(lang)
    long = (whole + "\n") * 100
    texts = {"an answer": whole, "50 KB": long, "50 KB, hostile": "현재 무엇 " * 9000}
    text = texts[size].encode()[: BYTES if size != "an answer" else None].decode(errors="ignore")
    benchmark.group = f"marking, {lang}"
    benchmark(mark, item, text)


def test_keystroke_to_row_painted(benchmark: BenchmarkFixture, chromium: Browser, lab: Lab):
    benchmark.group = "keystroke to row counted and painted, three pages written"
    page = chromium.new_page(viewport={"width": 1280, "height": 2600})
    name = write_notebook(lab.folder, "import okrkit as ok\nok.answer('okr-25pt-01')")
    notebook = NotebookPage(page, lab, name)
    notebook.run_all()
    page.locator(".okr-answer .okr-primary").click()
    area = page.locator(".okr-answer textarea")
    area.fill("\n".join(f"{n}. 목표와 핵심 결과를 분기마다 점검한다" for n in range(66)))
    page.keyboard.press("Control+End")
    state = {"step": 0}

    def key() -> float:
        texts = [each.replace("STEP", str(state["step"])) for each in (TYPE, SHOWN)]
        state["step"] += 1
        return page.evaluate(UNTIL_SHOWN, texts)

    report(benchmark, "answer sheet, 66 rows", rounds(benchmark, key, 300))
    page.close()
