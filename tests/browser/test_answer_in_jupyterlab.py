"""A written answer in a real JupyterLab: by keyboard, half a syllable open, reloaded, restarted, marked."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import KEYS, SPECIAL_KEYS, Lab, NotebookPage, axe, write_notebook
from tests.browser.test_exam_in_jupyterlab import UNGUARDED, set_clock

pytestmark = pytest.mark.browser

TEXT = "Ⅰ. 정의\n목표를 세우고 핵심 결과로 측정하며 진척을 추적한다\n"
ROWS = """area => {
    const row = parseFloat(getComputedStyle(area).lineHeight), behind = area.previousElementSibling;
    return [area.clientHeight / row, behind.offsetHeight / row, area.scrollHeight === area.clientHeight];
}"""


def test_an_answer_by_keyboard_survives_a_reload_and_a_restart_and_is_marked(page: Page, lab: Lab):
    notebook = NotebookPage(
        page, lab, write_notebook(lab.folder, "import okrkit as ok", "ok.answer('okr-10pt-01')")
    )
    notebook.run_all()
    cells, view, found, unguarded = notebook.cells(), page.locator(".okr-answer"), [], []
    area = view.locator("textarea")

    def look(*themes: str) -> None:
        """Look at what is shown now as axe does, and for controls that a shortcut would reach."""
        unguarded.extend(view.evaluate(UNGUARDED))
        for theme in themes:
            page.evaluate(
                "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })",
                f"JupyterLab {theme}",
            )
            found.extend(axe(page))

    look("Dark")
    view.get_by_role("button", name="시작").press("Enter")
    expect(area).to_be_focused()
    page.keyboard.type(TEXT)
    expect(view).to_contain_text("3행째" if TEXT.count("\n") > 2 else "2행 · 1쪽 2행째")
    keys = page.context.new_cdp_session(page)
    for half in ("ㅂ", "부", "분"):
        keys.send("Input.imeSetComposition", {"text": half, "selectionStart": 1, "selectionEnd": 1})
    page.wait_for_timeout(1500)  # the sheet is saved, and the reply drawn, with the syllable open
    assert (area.input_value(), area.evaluate("each => each.selectionEnd")) == (f"{TEXT}분", len(TEXT) + 1)
    keys.send("Input.insertText", {"text": "분"})
    page.keyboard.type("기마다 평가")
    page.keyboard.press("Enter")
    page.keyboard.type("가" * 29)
    expect(view).to_contain_text("5행 · 1쪽 5행째")
    assert area.evaluate(ROWS) == [22, 5, True], (
        "the rules stand under the rows, and the sheet does not scroll"
    )
    whole = area.input_value()
    look("Dark", "Light")

    page.wait_for_timeout(1500)  # until it is saved
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.reload()
    expect(area).to_have_value(whole, timeout=60_000)
    notebook.wait_idle()
    notebook.restart()
    expect(area).to_have_value(whole)
    set_clock(page, 11)
    area.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n공개한다")
    expect(view).to_contain_text("시간이 다 되었습니다.")
    expect(view.locator(".okr-until")).to_have_count(1)
    look("Light")

    view.get_by_role("button", name="다 썼습니다. 채점하기").press("Enter")
    expect(view.get_by_role("status")).to_contain_text("10점 가운데 4점")
    expect(view.locator("mark").first).to_have_text("목표")
    look("Light", "Dark")
    view.get_by_role("checkbox", name="6. 투명성").focus()
    page.keyboard.press("Space")
    expect(view.get_by_role("status")).to_contain_text("표시한 줄은 5점이지만 한도가 있습니다")
    expect(view.get_by_role("checkbox", name="6. 투명성")).to_be_focused()
    view.get_by_role("checkbox", name="낱말만 늘어놓았고").press("Space")
    expect(view.get_by_role("status")).to_have_text("10점 가운데 5점")
    view.get_by_role("button", name="이 점수로 마치기").press("Enter")
    expect(view).to_contain_text("자기 채점: 10점 가운데 5점")
    expect(view.get_by_role("table", name="그동안 쓴 답안")).to_contain_text("5 / 10")
    look("Dark", "Light")
    page.set_viewport_size({"width": 420, "height": 1400})
    assert view.evaluate("view => view.scrollWidth <= view.clientWidth + 1")
    assert (found, unguarded, notebook.cells()) == ([], [], cells)


def test_no_key_on_a_sheet_reaches_the_notebook_and_what_is_typed_to_a_dead_kernel_is_kept(
    page: Page, lab: Lab
):
    notebook = NotebookPage(
        page, lab, write_notebook(lab.folder, "import okrkit as ok", "ok.answer('bsc-10pt-01')")
    )
    notebook.run_all()
    cells, view = notebook.cells(), page.locator(".okr-answer")
    view.get_by_role("button", name="시작").press("Enter")
    area = view.locator("textarea")
    for control in [view, view.locator("summary"), area]:
        for key in [*KEYS, *SPECIAL_KEYS]:
            control.evaluate("control => control.focus()")
            page.keyboard.press(key)
            page.keyboard.press(key)  # `d d` deletes a cell, `0 0` restarts the kernel
            assert notebook.cells() == cells, f"{key!r} changed a cell"
    assert page.locator(".jp-Dialog").count() == 0
    page.wait_for_timeout(1500)
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    notebook.wait_idle()
    area.fill("재무와 고객")
    expect(view.get_by_role("status")).to_contain_text("커널이 꺼졌거나 다시 시작되었습니다.")
    notebook.run_all()
    expect(view.locator("textarea")).to_have_value("재무와 고객")


def test_on_paper_the_sheet_is_printed_and_ticked(page: Page, lab: Lab):
    source = "ok.answer('okr-25pt-01', paper=True)"
    notebook = NotebookPage(
        page, lab, write_notebook(lab.folder, "import okrkit as ok", "ok.set_language('en')", source)
    )
    notebook.run_all()
    view = page.locator(".okr-answer")
    view.get_by_role("button", name="Print the sheet").click()
    expect(view.frame_locator(".okr-print").locator("tbody tr")).to_have_count(4 * 22)
    view.get_by_role("button", name="Begin", exact=True).click()
    expect(view).to_contain_text("(a) What OKR is, and its components")
    expect(view.get_by_role("timer")).to_contain_text("Time left 2")
    view.get_by_role("button", name="I am done").click()
    for name in ("1. a framework", "13. kept apart"):
        view.get_by_role("checkbox", name=name).check()
    expect(view.get_by_role("status")).to_contain_text("5 of 25 points")
    view.get_by_label("How many rows did you write?").fill("61")
    view.get_by_role("button", name="Keep these marks").click()
    expect(view.get_by_role("table", name="Your answers so far")).to_contain_text("61")
    assert axe(page) == []
