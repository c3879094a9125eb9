"""The clinic in a real JupyterLab: typed into in both languages, restarted, exported, with every key."""

import itertools
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import KEYS, SPECIAL_KEYS, Lab, NotebookPage, write_notebook

pytestmark = pytest.mark.browser

NAMES = (f"browser-{n}" for n in itertools.count())
KOREAN = [
    "단골이 친구를 데려오는 카페가 된다",
    "앱을 출시한다",
    "재방문율 20%에서 35%로",
    "고객 만족도 대폭 향상",
]
ENGLISH = [
    "Become the café regulars bring friends to",
    "Launch the app by June",
    "Improve guest satisfaction",
]
NOTEBOOK_STATE = """() => ({
    cells: window.jupyterapp.shell.currentWidget.content.model.toJSON().cells
        .map(cell => [cell.cell_type, [cell.source].flat().join('')]),
    dialog: document.querySelector('.jp-Dialog')?.textContent ?? '',
    inside: Boolean(document.activeElement.closest('.okr-clinic')),
})"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, lab: Lab) -> Iterator[NotebookPage]:
    """One notebook for all of these tests: to open it takes longer than most of them."""
    page = chromium.new_page(viewport={"width": 1280, "height": 1400})
    yield NotebookPage(page, lab, write_notebook(lab.folder, "", ""))
    page.close()


@pytest.fixture
def notebook(opened: NotebookPage) -> NotebookPage:
    """A clinic of its own for each test."""
    run(opened, 0, f"import okrkit as ok\nok.set_language('ko')\nok.clinic('{next(NAMES)}')")
    expect(opened.page.locator(".okr-row textarea")).to_have_count(2)
    return opened


def run(notebook: NotebookPage, number: int, source: str) -> None:
    """Put a program in a cell and run it."""
    notebook.page.evaluate(
        """([number, source]) => {
            const { content } = window.jupyterapp.shell.currentWidget;
            content.activeCellIndex = number;
            content.activeCell.model.sharedModel.setSource(source);
            window.jupyterapp.commands.execute('notebook:run-cell');
        }""",
        [number, source],
    )
    notebook.page.wait_for_timeout(100)  # until the cell counts as busy
    notebook.wait_idle()


def row(page: Page, number: int) -> Locator:
    """Return a row: 0 is the objective."""
    return page.locator(".okr-row").nth(number)


def write(page: Page, sentences: list[str]) -> None:
    """Type an objective and key results, with Enter between them."""
    page.locator(".okr-clinic textarea").first.focus()
    for number, sentence in enumerate(sentences):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(sentence)


def values(page: Page) -> list[str]:
    return page.locator(".okr-row textarea").evaluate_all("all => all.map(each => each.value)")


def test_typing_brings_comments_beside_their_words_and_a_restart_loses_none(notebook: NotebookPage):
    page = notebook.page
    write(page, KOREAN)
    task = row(page, 1)
    expect(task.locator("mark")).to_have_text("출시한다")
    expect(task.locator(".okr-comment")).to_contain_text("고칠 곳 '출시한다'는 할 일이지")
    expect(row(page, 3).locator("mark")).to_have_text("대폭 향상")
    expect(row(page, 0).locator(".okr-comment")).to_contain_text("함께 지킬 지표가 없습니다")
    assert task.get_by_role("textbox").get_attribute("aria-describedby") == task.locator(
        ".okr-comments"
    ).get_attribute("id")

    task.get_by_text("왜 그런가요?").click()
    expect(task).to_contain_text("일을 다 하고도 아무것도 달라지지 않을 수 있습니다.")
    task.get_by_text("예시", exact=True).click()
    expect(task.locator(".okr-flagged li").first).to_have_text("신규 주문 화면 출시")
    expect(task.locator(".okr-passes li").first).to_have_text("출시 후 30일 잔존율 40% 달성")

    task.get_by_role("button", name="이 틀로 바꾸기").click()
    framed = "앱: 이 일로 달라질 [지표]를 [현재값]에서 [목표값]으로, [기한]까지"
    expect(task.get_by_role("textbox")).to_have_value(framed)
    assert page.evaluate("String(getSelection())") == "[지표]"
    page.keyboard.press("Control+z")
    expect(task.get_by_role("textbox")).to_have_value(KOREAN[1])
    task.get_by_role("button", name="이 틀로 바꾸기").click()
    page.keyboard.type("월간 사용자 수")
    expect(task.locator("mark")).to_have_text("[현재값]")

    wanted = [KOREAN[0], framed.replace("[지표]", "월간 사용자 수"), *KOREAN[2:]]
    notebook.restart()
    expect(row(page, 1).locator("mark")).to_have_text("[현재값]")
    assert values(page) == wanted
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.reload()
    expect(row(page, 1).locator("mark")).to_have_text("[현재값]", timeout=30_000)
    assert values(page) == wanted


def test_half_typed_hangul_keeps_its_text_and_caret_while_comments_come(notebook: NotebookPage):
    page = notebook.page
    keys = page.context.new_cdp_session(page)
    write(page, ["", ""])
    row(page, 1).get_by_role("textbox").focus()

    def compose(text: str) -> None:
        keys.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )

    page.keyboard.type("앱을 ")
    for half, whole in (
        ("ㅊ", ""),
        ("추", ""),
        ("출", "출"),
        ("시", "시"),
        ("ㅎ", ""),
        ("하", ""),
        ("한", "한"),
        ("ㄷ", ""),
    ):
        compose(half)
        if whole:
            keys.send("Input.insertText", {"text": whole})
    compose("다")
    expect(row(page, 1).locator("mark")).to_have_text("출시한다")  # a comment that came while 다 is open
    page.wait_for_timeout(700)  # and the summary, after a rest
    field = row(page, 1).get_by_role("textbox")
    assert (field.input_value(), field.evaluate("each => each.selectionEnd")) == ("앱을 출시한다", 7)
    enter = {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    keys.send("Input.dispatchKeyEvent", enter)  # in a composition it ends the syllable, and no more
    keys.send("Input.insertText", {"text": "다"})
    keys.send("Input.insertText", {"text": ". 6월까지"})
    expect(field).to_have_value("앱을 출시한다. 6월까지")
    assert values(page) == ["", "앱을 출시한다. 6월까지"]


def test_lines_pasted_at_once_are_rows_and_a_removed_row_comes_back(notebook: NotebookPage):
    page = notebook.page
    page.locator(".okr-clinic textarea").first.focus()
    page.keyboard.insert_text(
        "O: 단골이 늘어난다\n재방문율 20%에서 35%로\r\n\n- KR 2: 대기 시간 12분에서 6분으로"
    )
    wanted = ["단골이 늘어난다", "재방문율 20%에서 35%로", "대기 시간 12분에서 6분으로", ""]
    assert values(page) == wanted
    page.get_by_title("지우기: 핵심 결과 2").click()
    assert values(page) == [*wanted[:2], ""]
    page.get_by_role("button", name="지운 것 되돌리기").click()
    assert values(page) == [*wanted[:2], "", wanted[2]]
    row(page, 2).get_by_role("textbox").focus()
    page.keyboard.press("Backspace")
    assert values(page) == wanted[:3]
    page.get_by_role("button", name="건강 지표 더하기").click()
    page.keyboard.type("만족도 4.5점")
    expect(page.get_by_label("건강 지표 1")).to_have_value("만족도 4.5점")


def test_what_is_typed_after_the_kernel_died_is_there_once_the_cell_runs_again(notebook: NotebookPage):
    page = notebook.page
    write(page, ["저장된 글"])
    expect(row(page, 0).locator(".okr-comment").first).to_be_visible()
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    notebook.wait_idle()
    row(page, 0).get_by_role("textbox").focus()
    page.keyboard.press("End")
    page.keyboard.type(" 다음의 글")
    expect(page.locator(".okr-status")).to_contain_text("커널이 꺼졌거나 다시 시작되었습니다.")
    notebook.run_all()
    expect(row(page, 0).get_by_role("textbox")).to_have_value("저장된 글 다음의 글")
    expect(page.locator(".okr-clinic .okr-problem")).to_contain_text("따로 두었습니다")


def test_the_language_can_change_under_what_is_typed(notebook: NotebookPage):
    page = notebook.page
    run(notebook, 0, f"ok.set_language('en')\nok.clinic('{next(NAMES)}')")
    expect(page.locator(".okr-row label").first).to_have_text("Objective")
    write(page, ENGLISH)
    expect(row(page, 1).locator("mark")).to_have_text("Launch")
    expect(row(page, 1)).to_contain_text(
        "app: [the measure it should move] from [current value] to [target value] by June"
    )
    run(notebook, 1, "ok.set_language('ko')")
    page.locator(".okr-row textarea").last.focus()
    page.keyboard.press("End")
    page.keyboard.type(" a lot")
    expect(page.locator(".okr-row label").first).to_have_text("목표")
    assert values(page) == [*ENGLISH[:2], f"{ENGLISH[2]} a lot"]
    expect(row(page, 1)).to_contain_text("'Launch'은(는) 할 일이지")
    expect(row(page, 1)).to_contain_text("app: [the measure it should move]")


def test_new_comments_leave_a_reader_where_they_are(notebook: NotebookPage):
    page = notebook.page
    write(page, KOREAN[:2])
    expect(row(page, 1).locator(".okr-comment")).to_be_visible()
    tab_to(page, "예시")
    page.keyboard.press("Space")
    expect(row(page, 1).locator(".okr-flagged")).to_be_visible()
    # As if a letter typed a moment ago were answered only now.
    page.evaluate(
        """() => { const area = document.querySelectorAll(".okr-row textarea")[1];
                   area.value = `새 ${area.value}`; area.dispatchEvent(new InputEvent("input", { bubbles: true })); }"""
    )
    expect(row(page, 1).locator(".okr-comment")).to_contain_text("새 앱:")
    expect(row(page, 1).locator(".okr-flagged")).to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == "예시"


def test_the_keyboard_alone_writes_mends_and_exports(notebook: NotebookPage):
    page, keyboard = notebook.page, notebook.page.keyboard
    cells = notebook.cells()
    write(page, KOREAN[:2])
    expect(row(page, 1).locator(".okr-comment")).to_contain_text("출시한다")  # not of a half-typed sentence
    tab_to(page, "이 틀로 바꾸기")
    keyboard.press("Enter")
    keyboard.type("주간 사용자")
    tab_to(page, "예시")
    keyboard.press("Space")
    expect(row(page, 1).locator(".okr-flagged")).to_be_visible()
    tab_to(page, "글로 내보내기")
    keyboard.press("Enter")
    box = page.get_by_label("완성한 OKR")
    expect(box).to_be_focused()
    assert page.evaluate("String(getSelection())") == box.input_value()
    assert box.input_value().splitlines()[1].startswith("KR: 앱: 이 일로 달라질 주간 사용자를")
    tab_to(page, "파일로 저장")
    keyboard.press("Enter")
    said = page.locator(".okr-export [role=status]")
    expect(said).to_contain_text(".txt에 저장했습니다.")
    saved = notebook.lab.folder / "ko" / said.inner_text().split("에 저장")[0].split("/")[-1]
    assert saved.read_text(encoding="utf-8") == box.input_value()
    assert notebook.cells() == cells


def tab_to(page: Page, name: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            return
    raise AssertionError(f"the Tab key does not lead to {name}")


def test_no_key_on_any_control_reaches_the_notebook(notebook: NotebookPage):
    page, cells, pressed = notebook.page, notebook.cells(), 0
    write(page, KOREAN[:2])
    expect(row(page, 1).locator(".okr-comment")).to_be_visible()
    view = page.locator(".okr-clinic")
    page.get_by_role("button", name="글로 내보내기").click()
    expect(page.locator(".okr-export button")).to_have_count(2)
    kinds = [".okr-row textarea", ".okr-line button", ".okr-more button", "summary", ".okr-actions > button", ".okr-export textarea"]  # fmt: skip
    for control in [view, *(view.locator(kind).last for kind in kinds)]:
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true"
    for control in [view, view.locator("summary").last]:
        for key in [*KEYS, *SPECIAL_KEYS]:
            control.evaluate("control => control.focus()")
            page.keyboard.press(key)
            if key == "Tab":
                page.wait_for_timeout(100)
            else:
                page.keyboard.press(key)  # `d d` deletes a cell, `0 0` restarts the kernel
            pressed += 1
            state = page.evaluate(NOTEBOOK_STATE)
            assert [tuple(cell) for cell in state["cells"]] == cells, f"{key!r} changed a cell"
            assert state["dialog"] == "", f"{key!r} opened a dialog"
            assert state["inside"] or key == "Tab", f"{key!r} lost the focus"
    assert pressed > 200


def test_axe_finds_nothing_in_either_theme_nor_a_narrow_page_a_sideways_scroll(notebook: NotebookPage):
    page = notebook.page
    found = axe(page)
    write(page, [*KOREAN, "[지표] 20% 개선"])
    expect(row(page, 4).locator(".okr-comment").first).to_be_visible()
    page.get_by_text("예시", exact=True).first.click()
    page.get_by_text("왜 그런가요?").last.click()
    page.get_by_role("button", name="YAML로 내보내기").click()
    expect(page.locator(".okr-export textarea")).to_be_visible()
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
        )
        expect(
            page.locator(f"body[data-jp-theme-light={'true' if 'Light' in theme else 'false'}]")
        ).to_have_count(1)
        found += axe(page)
    assert found == []
    page.set_viewport_size({"width": 400, "height": 1400})
    fits = page.locator(".okr-clinic").evaluate("view => view.scrollWidth <= view.clientWidth + 1")
    page.set_viewport_size({"width": 1280, "height": 1400})
    assert fits


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong inside the clinic now."""
    page.wait_for_timeout(150)  # JupyterLab fades between themes; a colour half way is not a finding
    result = Axe().run(page, context={"include": [[".okr-clinic"]]})
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in result.response["violations"]]
