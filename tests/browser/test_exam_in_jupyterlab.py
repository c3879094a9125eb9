"""A mock exam in a real JupyterLab: by keyboard, with a reload in the middle, in both themes."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from okrkit.practice import exam
from okrkit.practice.bank import load_bank
from okrkit.practice.drawing import draw
from okrkit.practice.specimens import specimens
from tests.browser.conftest import Lab, NotebookPage, axe, write_notebook
from tests.browser.test_kinds_in_jupyterlab import press_answer
from tests.conftest import NOW, SKELETONS

pytestmark = pytest.mark.browser

UNGUARDED = """exam => [...exam.querySelectorAll("button, input, select, textarea, form, [tabindex]")]
    .filter(each => !each.hasAttribute("data-lm-suppress-shortcuts")).map(each => each.outerHTML)"""
SEED, N = 11, 4


def set_clock(page: Page, minutes: float) -> None:
    """Let the kernel's clock say that it is so many minutes after the first moment."""
    code = f"import os; os.environ['OKRKIT_NOW'] = {(NOW + timedelta(minutes=minutes)).isoformat()!r}"
    page.evaluate(
        "code => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({ code }).done",
        code,
    )


def test_a_mock_by_keyboard_with_a_flag_a_reload_in_the_middle_and_the_results(page: Page, lab: Lab):
    bank = load_bank([SKELETONS])
    items = [
        draw(item, f"{SEED}/{item.id}")
        for item in exam.draw_paper(bank, list(bank.quizzed.values()), N, SEED)
    ]
    source = f"ok.exam(n={N}, minutes=12, seed={SEED}, bank={str(SKELETONS)!r})"
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, "import okrkit as ok", source))
    notebook.run_all()
    quiz, found, unguarded = page.locator(".okr-exam"), [], []

    def look(*themes: str) -> None:
        """Look at what is shown now as axe does, and for controls that a shortcut would reach."""
        unguarded.extend(quiz.evaluate(UNGUARDED))
        for theme in themes:
            page.evaluate(
                "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })",
                f"JupyterLab {theme}",
            )
            found.extend(axe(page))

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    look("Dark")
    cells = notebook.cells()
    quiz.get_by_role("button", name="시험 시작").focus()
    press("Enter")
    for number, item in enumerate(items[:2], 1):
        expect(quiz).to_contain_text(f"{number} / {N}")
        expect(quiz.locator(".okr-question :focus")).to_have_count(1)
        press_answer(page, quiz, item, specimens(item).right)
        quiz.get_by_label("다시 볼 문제로 표시").focus()
        press(*["Space"] * number, "d", "d", "b")  # the first is flagged; the second too, and then no longer
        quiz.get_by_role("button", name="다음", exact=True).focus()
        press("Enter")
    expect(quiz).to_contain_text(f"3 / {N}")
    look("Dark", "Light")

    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    set_clock(page, 5)
    page.reload()
    expect(quiz).to_contain_text(f"3 / {N}", timeout=60_000)
    expect(quiz.get_by_role("timer")).to_contain_text("남은 시간 06:5")
    expect(quiz).to_contain_text("5분 동안 소식이 없었지만 시계는 멈추지 않았습니다.")
    expect(quiz.get_by_role("button", name="1번 문제, 답함, 다시 볼 문제", exact=True)).to_have_count(1)
    expect(quiz.get_by_role("button", name="2번 문제, 답함", exact=True)).to_have_count(1)
    notebook.wait_idle()
    set_clock(page, 7.5)
    quiz.get_by_role("button", name="시계 숨기기").press("Enter")
    quiz.get_by_role("button", name="이전", exact=True).press("Enter")
    expect(quiz).to_contain_text("5분 남았습니다.")
    expect(quiz.get_by_role("timer")).to_be_empty()

    quiz.get_by_role("button", name="제출", exact=True).press("Enter")
    expect(quiz.get_by_role("status")).to_contain_text("답하지 않은 문제: 3, 4")
    expect(quiz.get_by_role("button", name="시험지로 돌아가기")).to_be_focused()
    look("Light")
    quiz.get_by_role("button", name="제출합니다").press("Enter")
    expect(quiz).to_contain_text("4점 만점에 2점, 100점으로 치면 50점입니다.")
    look("Light", "Dark")
    quiz.get_by_role("button", name="문제와 풀이 보기").press("Enter")
    expect(quiz.get_by_role("status")).to_contain_text("맞았습니다.")
    press("Enter")
    expect(quiz).to_contain_text(f"2 / {N}")
    press("Enter")
    expect(quiz.get_by_role("status")).to_contain_text("답하지 않았습니다.")
    look("Dark")
    assert (found, unguarded, notebook.cells()) == ([], [], cells)


def test_what_is_typed_just_before_a_reload_and_to_a_dead_kernel_is_kept(page: Page, lab: Lab):
    source = "ok.exam(part=1, minutes=12, seed=3)"
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, "import okrkit as ok", source))
    notebook.run_all()
    quiz = page.locator(".okr-exam")
    quiz.get_by_role("button", name="시험 시작").press("Enter")
    sheet = quiz.get_by_role("textbox")
    sheet.press_sequentially("정의: ")
    expect(quiz).to_contain_text("(1 / 10)")  # what is begun is chosen
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    sheet.press_sequentially("목표와 ")
    page.reload()
    expect(sheet).to_have_value("정의: 목표와 ", timeout=60_000)
    notebook.wait_idle()
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    notebook.wait_idle()
    sheet.press("End")
    sheet.press_sequentially("핵심 결과")
    notebook.run_all()
    expect(sheet).to_have_value("정의: 목표와 핵심 결과", timeout=60_000)
