"""A learner in front of a real JupyterLab: mouse, keyboard, restart, both themes."""

import pytest
from playwright.sync_api import Locator, Page, expect

from okrkit.practice.bank import Bank
from okrkit.practice.items import Item, key_of
from tests.browser.conftest import KEYS, SPECIAL_KEYS, Lab, NotebookPage, write_notebook
from tests.conftest import SKELETONS, skeletons

pytestmark = pytest.mark.browser

LESSON = "ko/01_what_is_an_okr.ipynb"

FOCUS = """([number, index]) => {
    const quiz = document.querySelectorAll('.okr-quiz')[number];
    const controls = quiz.querySelectorAll(':is(button, input, select, textarea):not([disabled]), [tabindex]');
    const control = index < 0 ? quiz : controls[index];
    control?.focus();
    return Boolean(control);
}"""
NOTEBOOK_STATE = """() => ({
    cells: window.jupyterapp.shell.currentWidget.content.model.toJSON().cells
        .map(cell => [cell.cell_type, [cell.source].flat().join('')]),
    dialog: document.querySelector('.jp-Dialog')?.textContent ?? '',
    inside: Boolean(document.activeElement.closest('.okr-quiz')),
})"""


@pytest.fixture
def lesson(page: Page, lab: Lab) -> NotebookPage:
    notebook = NotebookPage(page, lab, LESSON)
    notebook.run_all()
    return notebook


def item_on(quiz: Locator, bank: Bank) -> Item:
    stem = quiz.locator("legend").inner_text()
    return next(item for item in bank.items.values() if item.stem.ko == stem)


def choose(quiz: Locator, item: Item, *, right: bool, nth: int = 0) -> str:
    """Click a right or a wrong choice; return its key."""
    key = [name for name in sorted(item.choices) if (name in key_of(item)) == right][nth]
    quiz.locator(f"input[value={key}]").check()
    return key


def test_right_and_wrong_by_mouse_show_their_reasons_and_survive_a_restart(lesson: NotebookPage, bank: Bank):
    quiz = lesson.page.locator(".okr-quiz", has_text="/ 10")
    first = item_on(quiz, bank)
    right = choose(quiz, first, right=True)
    quiz.get_by_role("button", name="확인").click()
    status = quiz.get_by_role("status")
    expect(status).to_contain_text("맞았습니다.")
    expect(status).to_contain_text(first.choices[right].why.ko)

    quiz.get_by_role("button", name="다음").click()
    expect(quiz.locator("legend")).not_to_have_text(first.stem.ko)
    second = item_on(quiz, bank)
    wrong = choose(quiz, second, right=False)
    quiz.get_by_role("button", name="확인").click()
    expect(status).to_contain_text("아쉽게도 아닙니다.")
    expect(status).to_contain_text(second.choices[wrong].why.ko)
    expect(status).to_contain_text("한 번 더 풀어 보세요.")
    right_one = next(iter(key_of(second)))
    expect(quiz).not_to_contain_text(second.choices[right_one].why.ko)
    wrong = choose(quiz, second, right=False, nth=1)
    quiz.get_by_role("button", name="확인").click()
    expect(status).to_contain_text(second.choices[wrong].why.ko)
    for other, choice in second.choices.items():
        if other != wrong:
            expect(quiz.locator(f".okr-choice:has(input[value={other}])")).to_contain_text(choice.why.ko)

    lesson.restart()
    expect(quiz.locator("legend")).to_have_text(second.stem.ko)
    expect(quiz.get_by_role("status")).to_contain_text(second.choices[wrong].why.ko)
    assert quiz.locator(f"input[value={wrong}]").is_checked()
    quiz.get_by_role("button", name="1번 문제, 맞음").click()
    expect(quiz.get_by_role("status")).to_contain_text(first.choices[right].why.ko)
    assert quiz.locator(f"input[value={right}]").is_checked()


def test_right_and_wrong_by_keyboard_alone(page: Page, lab: Lab, bank: Bank):
    items = [item for item in bank.items.values() if item.kind == "one"][-2:]
    name = write_notebook(
        lab.folder, f"import okrkit as ok\nok.quiz('{items[0].id}')", f"ok.quiz('{items[1].id}')"
    )
    notebook = NotebookPage(page, lab, name)
    notebook.run_all()
    before = notebook.cells()
    page.locator(".jp-Cell").first.click(position={"x": 5, "y": 5})
    for quiz, item, right in zip((notebook.quiz(0), notebook.quiz(1)), items, (True, False), strict=True):
        page.keyboard.press("Escape")
        for _ in range(60):
            page.keyboard.press("Tab")
            if quiz.locator("input:focus").count():
                break
        page.keyboard.press("Space")
        for _ in item.choices:
            if (quiz.locator("input:checked").get_attribute("value") in key_of(item)) == right:
                break
            page.keyboard.press("ArrowDown")
        chosen = quiz.locator("input:checked").get_attribute("value")
        page.keyboard.press("Enter")
        expect(quiz.get_by_role("status")).to_contain_text("맞았습니다." if right else "아쉽게도 아닙니다.")
        expect(quiz.get_by_role("status")).to_contain_text(item.choices[chosen].why.ko)
        assert quiz.evaluate("quiz => quiz.contains(document.activeElement)"), "the focus stays in the quiz"
        page.keyboard.press("Enter")
        expect(quiz.get_by_role("status")).to_contain_text(item.choices[chosen].why.ko)
    assert notebook.cells() == before


def test_no_key_on_any_control_reaches_the_notebook(page: Page, lab: Lab):
    of_kind = skeletons()
    sources = [f"ok.quiz('{name}', bank={str(SKELETONS)!r})" for name in of_kind]
    name = write_notebook(lab.folder, "import okrkit as ok", *sources, "ok.quiz('01', n=2, seed=3)")
    notebook = NotebookPage(page, lab, name)
    notebook.run_all()
    cells = notebook.cells()
    pressed = 0
    for number in range(len(of_kind) + 1):
        index = -1  # the quiz itself, then its controls
        while page.evaluate(FOCUS, [number, index]):
            for key in ["", *SPECIAL_KEYS]:
                if not page.evaluate(FOCUS, [number, index]):
                    break  # the key before it moved on to a question with fewer controls
                if not key:  # every printable one, twice: `d d` deletes a cell, `0 0` restarts the kernel
                    page.keyboard.type("".join(each * 2 for each in KEYS if each != " "))
                elif (
                    key == "Tab"
                ):  # it leads on, perhaps out of the quiz, and JupyterLab follows a moment later
                    page.keyboard.press(key)
                    page.wait_for_timeout(100)
                else:
                    page.keyboard.press(key)
                    page.keyboard.press(key)
                pressed += 1
                state = page.evaluate(NOTEBOOK_STATE)
                where = f"{key or 'a printable key'!r} on control {index} of quiz {number}"
                assert [tuple(cell) for cell in state["cells"]] == cells, f"{where} changed a cell"
                assert state["dialog"] == "", f"{where} opened a dialog"
                assert state["inside"] or key == "Tab", f"{where} lost the focus"
            index += 1
    assert pressed > 150


def test_a_kernel_that_is_gone_or_busy_is_said_to_be(page: Page, lab: Lab, bank: Bank):
    name = write_notebook(
        lab.folder, "import okrkit as ok\nok.quiz('01', n=3, seed=5)", "import time; time.sleep(8)"
    )
    notebook = NotebookPage(page, lab, name)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.wait_for_selector(".okr-quiz legend")
    notebook.quiz().locator(".okr-primary").click()
    expect(notebook.quiz().get_by_role("status")).to_contain_text(
        "커널이 아직 응답하지 않습니다.", timeout=7000
    )
    notebook.wait_idle()
    expect(notebook.quiz().get_by_role("status")).not_to_contain_text("커널", timeout=5000)
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    notebook.wait_idle()
    notebook.quiz().locator(".okr-primary").click()
    expect(notebook.quiz().get_by_role("status")).to_contain_text("커널이 꺼졌거나 다시 시작되었습니다.")
