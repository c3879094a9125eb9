"""The quiz and the clinic in Notebook 7, where a key that escapes from a control would change the notebook."""

import pytest
from playwright.sync_api import Page, expect

from okrkit.practice.bank import Bank
from okrkit.practice.items import key_of
from tests.browser.conftest import Lab, NotebookPage, write_notebook
from tests.conftest import SKELETONS, skeletons

pytestmark = pytest.mark.browser

KINDS = str(SKELETONS)  # one question of each kind
# Pressed twice each, as `d d` deletes a cell; `b` and `a` insert one, Enter edits it, Escape wakes the shortcuts.
KEYS = ["b", "d", "a", "Enter", "Escape"]
FOCUS = """index => {
    const control = [...document.querySelectorAll('.okr-quiz')].flatMap(quiz =>
        [...quiz.querySelectorAll('.okr-question *, .okr-actions *')].filter(each => each.tabIndex >= 0 && !each.disabled)
    )[index];
    control?.focus();
    return Boolean(control);
}"""
STATE = """() => [
    window.jupyterapp.shell.currentWidget.content.model.toJSON().cells.map(cell => [cell.source].flat().join('')),
    document.querySelectorAll('.jp-Dialog').length,
]"""


def test_a_quiz_in_notebook_7_is_answered_by_keyboard(page: Page, lab: Lab, bank: Bank):
    item = next(item for item in bank.items.values() if item.kind == "one")
    name = write_notebook(lab.folder, f"import okrkit as ok\nok.quiz({item.id!r}, seed=70)")
    notebook = NotebookPage(page, lab, name, "Notebook 7")
    expect(page.locator("body[data-notebook=notebooks]")).to_have_count(1)  # it is not JupyterLab
    notebook.run_all()
    before, quiz = notebook.cells(), notebook.quiz()
    page.locator(".jp-Cell").first.click(position={"x": 5, "y": 5})
    page.keyboard.press("Escape")
    for _ in range(60):
        page.keyboard.press("Tab")
        if quiz.locator("input:focus").count():
            break
    page.keyboard.press("Space")
    for _ in item.choices:
        if quiz.locator("input:checked").get_attribute("value") in key_of(item):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("status")).to_contain_text("맞았습니다.")
    assert notebook.cells() == before


def test_no_key_on_a_control_of_any_kind_reaches_notebook_7(page: Page, lab: Lab):
    names = list(skeletons())
    sources = ["import okrkit as ok", *(f"ok.quiz({name!r}, seed=71, bank={KINDS!r})" for name in names)]
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, *sources), "Notebook 7")
    notebook.run_all()
    expect(page.locator(".okr-quiz")).to_have_count(len(names))
    index = 0
    while page.evaluate(FOCUS, index):
        for key in KEYS:
            page.evaluate(FOCUS, index)
            page.keyboard.press(key)
            page.keyboard.press(key)
            assert page.evaluate(STATE) == [sources, 0], f"{key!r} on control {index} changed the notebook"
        index += 1
    assert index > 2 * len(names)


def test_the_clinic_in_notebook_7_takes_every_key_and_keeps_what_was_typed(page: Page, lab: Lab):
    name = write_notebook(lab.folder, "import okrkit as ok\nok.clinic('notebook-7')")
    notebook = NotebookPage(page, lab, name, "Notebook 7")
    notebook.run_all()
    before, area = notebook.cells(), page.locator(".okr-row textarea")
    area.nth(0).focus()
    page.keyboard.type("bdda 단골이 친구를 데려오는 카페가 된다")
    page.keyboard.press("Enter")  # on to the key result
    page.keyboard.type("앱을 출시한다")
    expect(page.locator(".okr-row").nth(1).locator("mark")).to_have_text("출시한다")
    page.keyboard.press("Escape")
    assert notebook.cells() == before
    notebook.restart()
    expect(area.nth(1)).to_have_value("앱을 출시한다")
