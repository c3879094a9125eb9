"""How soon the clinic answers a keystroke, with ten key results on the screen.

    .venv/bin/python -m pytest tests/benchmarks/test_clinic_speed.py -q -s

Taken in the page, from the keystroke to the first frame that shows the comment on what now
stands there; saved to disk in between. Nothing fails for being slow: the table is the result.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.test_quiz_speed import UNTIL_SHOWN, report, rounds
from tests.browser.conftest import Lab, NotebookPage, write_notebook

ROWS = {
    "ko": (
        "단골이 친구를 데려오는 카페가 된다",
        ["신규 주문 화면 출시", "블로그 글 12편", "단골 만족도 대폭 향상", "재방문율 20%에서 35%로", "이사회 최종 승인"],
        "추천율 35% 달성",
    ),
    "en": (
        "Become the café regulars bring their friends to",
        ["Launch the new app", "12 blog posts", "Improve guest satisfaction", "Return rate from 20% to 35%", "Manual signed off"],
        "Repeat visits reach 35%",
    ),
}  # fmt: skip
# A digit more, and a digit less, by turns; the comment quotes the number.
TYPE = "document.execCommand(STEP % 2 ? 'delete' : 'insertText', false, '7')"
SHOWN = "document.querySelector('.okr-row:last-child .okr-comments').textContent.includes(STEP % 2 ? QUOTES[0] : QUOTES[1])"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 2400})
    yield page
    page.close()


@pytest.mark.parametrize("lang", ROWS)
def test_keystroke_to_comment_painted(benchmark: BenchmarkFixture, page: Page, lab: Lab, lang: str):
    benchmark.group = "keystroke to comment painted, 10 key results"
    objective, others, last = ROWS[lang]
    okrs = [f"O: {objective}", *(f"KR: {each}" for each in [*others, *others[:4], last])]
    program = f"import okrkit as ok\nok.set_language('{lang}')\nok.clinic('speed-{lang}', ok.parse_okrs({chr(10).join(okrs)!r}))"
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, program))
    notebook.run_all()
    field = page.locator(".okr-row textarea").last
    field.focus()
    field.evaluate("field => field.setSelectionRange(field.value.indexOf('%'), field.value.indexOf('%'))")
    state = {"step": 0}
    quotes = repr(["'35%'", "'357%'"] if lang == "ko" else ["“35%”", "“357%”"])

    def key() -> float:
        texts = [each.replace("STEP", str(state["step"])).replace("QUOTES", quotes) for each in (TYPE, SHOWN)]
        state["step"] += 1
        return page.evaluate(UNTIL_SHOWN, texts)

    report(benchmark, f"clinic, {lang}", rounds(benchmark, key, 200))
    assert page.locator(".okr-row").count() == 11
