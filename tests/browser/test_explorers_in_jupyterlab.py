"""The explorers in a real JupyterLab: dragged, typed into, with every key, in both themes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import KEYS, SPECIAL_KEYS, Lab, NotebookPage, write_notebook

pytestmark = pytest.mark.browser

SCORE = "from okrkit.views.score_view import explore_score\nexplore_score()"
BSC = "from okrkit.views.bsc_view import explore_bsc\nexplore_bsc()"

NOTEBOOK_STATE = """() => ({
    cells: window.jupyterapp.shell.currentWidget.content.model.toJSON().cells
        .map(cell => [cell.cell_type, [cell.source].flat().join('')]),
    dialog: document.querySelector('.jp-Dialog')?.textContent ?? '',
    inside: Boolean(document.activeElement.closest('.okr-explorer')),
})"""


@pytest.fixture
def notebook(page: Page, lab: Lab) -> NotebookPage:
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, SCORE, BSC))
    notebook.run_all()
    expect(page.locator(".okr-explorer")).to_have_count(2)
    return notebook


def explorer(notebook: NotebookPage, number: int) -> Locator:
    return notebook.page.locator(".okr-explorer").nth(number)


def drag(slider: Locator, to: float) -> None:
    """Drag a slider's thumb by the mouse, in many small steps, to a share of its width."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    share = slider.evaluate("each => (each.value - each.min) / (each.max - each.min)")
    mouse, middle, thumb = slider.page.mouse, box["y"] + box["height"] / 2, 8
    place = lambda part: box["x"] + thumb + part * (box["width"] - 2 * thumb)  # noqa: E731
    mouse.move(place(share), middle)
    mouse.down()
    mouse.move(place(to), middle, steps=40)
    mouse.up()


def test_a_dragged_slider_moves_formula_score_band_and_picture(notebook: NotebookPage):
    score = explorer(notebook, 0)
    status = score.locator("[role=status]")
    expect(score.locator(".okr-formula")).to_have_text("진행률 = (29 − 20) ÷ (35 − 20) = 9 ÷ 15 = 0.60")
    expect(status).to_contain_text("점수 0.60, 등급 노랑, 성공 여부 예, 페이스 순조.")
    drag(score.get_by_role("slider", name="현재값"), to=35 / 60)
    expect(score.locator(".okr-formula")).to_have_text("진행률 = (35 − 20) ÷ (35 − 20) = 15 ÷ 15 = 1.00")
    expect(score.get_by_role("spinbutton", name="현재값")).to_have_value("35")
    expect(score.get_by_role("img")).to_have_accessible_name(
        "진행률 눈금: 0은 기준값 20%, 1은 목표값 35%. 현재 35%의 진행률은 1.00, 성공은 0.6부터, 기대 진행률은 0.50."
    )
    expect(score.locator(".okr-card", has_text="등급")).to_contain_text("초록")
    expect(status).to_contain_text("점수 1.00, 등급 초록")


def test_the_keyboard_and_typing_do_what_the_mouse_does(notebook: NotebookPage):
    score, keyboard = explorer(notebook, 0), notebook.page.keyboard
    score.get_by_role("slider", name="현재값").focus()
    keyboard.press("ArrowRight")
    expect(score.locator(".okr-formula")).to_contain_text("(30 − 20) ÷ (35 − 20) = 10 ÷ 15 ≈ 0.67")
    score.get_by_role("spinbutton", name="목표값").fill("10.5")
    expect(score.locator(".okr-formula")).to_contain_text("(30 − 20) ÷ (10.5 − 20) = 10 ÷ (−9.5) ≈ −1.05")
    score.get_by_role("combobox", name="목표의 성격").select_option("committed")
    expect(score.locator(".okr-card", has_text="성공인가")).to_contain_text("약속형에는 1.0을 기대합니다")
    score.get_by_role("button", name="처음 값으로").click()
    expect(score.locator(".okr-formula")).to_contain_text("= 9 ÷ 15 = 0.60")
    expect(score.get_by_role("combobox", name="목표의 성격")).to_have_value("aspirational")


def test_an_impossible_target_is_explained_and_its_results_vanish(notebook: NotebookPage):
    score = explorer(notebook, 0)
    score.get_by_role("spinbutton", name="목표값").fill("20")
    expect(score.locator("[role=status]")).to_contain_text("기준값과 목표값이 20%로 같아")
    expect(score.locator(".okr-formula")).to_be_hidden()
    score.get_by_role("spinbutton", name="목표값").fill("35")
    expect(score.locator(".okr-formula")).to_be_visible()
    expect(score.locator("[role=status]")).to_contain_text("점수 0.60")


def test_ambition_changes_what_each_would_conclude(notebook: NotebookPage):
    bsc = explorer(notebook, 1)
    status = bsc.locator("[role=status]")
    expect(status).to_contain_text("같은 결과를 OKR은 성공, BSC는 미달이라고 봅니다.")
    drag(bsc.get_by_role("slider", name="목표값"), to=0)
    expect(status).to_contain_text("둘 다 이뤘다고 봅니다.")
    expect(bsc.locator(".okr-said").first).to_have_text("낮은 목표: 하던 대로 해도 닿습니다")
    drag(bsc.get_by_role("slider", name="목표값"), to=1)
    expect(status).to_contain_text("둘 다 못 미쳤다고 봅니다.")
    expect(bsc.locator(".okr-card", has_text="BSC로 보면")).to_contain_text("빨강, 미달")


def test_the_conclusion_is_spoken_once_the_slider_rests(notebook: NotebookPage):
    score = explorer(notebook, 0)
    score.locator("[role=status]").evaluate(
        """status => { window.spoken = 0;
            new MutationObserver(() => { window.spoken += 1; }).observe(status, { childList: true }); }"""
    )
    drag(score.get_by_role("slider", name="현재값"), to=0.9)
    expect(score.locator("[role=status]")).to_contain_text("점수 1.00")
    notebook.page.wait_for_timeout(600)
    assert notebook.page.evaluate("window.spoken") <= 2


def test_of_many_moves_within_a_frame_only_the_latest_is_sent(notebook: NotebookPage):
    score = explorer(notebook, 0)
    score.get_by_role("slider", name="현재값").evaluate(
        """slider => {
            window.sent = 0;
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (data) { window.sent += 1; return send.call(this, data); };
            for (let n = 0; n < 200; n += 1) {
                slider.value = n % 60;
                slider.dispatchEvent(new Event("input"));
            }
        }"""
    )
    expect(score.locator(".okr-formula")).to_contain_text("(19 − 20)")
    assert notebook.page.evaluate("window.sent") <= 3


def test_a_restart_brings_the_beginning_back_and_a_lost_kernel_is_said(notebook: NotebookPage):
    score = explorer(notebook, 0)
    score.get_by_role("spinbutton", name="현재값").fill("34")
    expect(score.locator(".okr-formula")).to_contain_text("= 14 ÷ 15 ≈ 0.93")
    notebook.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    notebook.wait_idle()
    score.get_by_role("spinbutton", name="현재값").fill("33")
    expect(score.locator("[role=status]")).to_contain_text("커널이 꺼졌거나 다시 시작되었습니다.")
    notebook.run_all()
    expect(score.locator(".okr-formula")).to_contain_text("= 9 ÷ 15 = 0.60")


def test_no_key_on_any_control_reaches_the_notebook(notebook: NotebookPage):
    page, cells, pressed = notebook.page, notebook.cells(), 0
    for number in range(2):
        view = explorer(notebook, number)
        controls = [view, *view.locator("button, input, select, [tabindex]").all()]
        assert len(controls) == (12 if number == 0 else 6)
        for index, control in enumerate(controls):
            for key in ["", *SPECIAL_KEYS]:
                control.evaluate("control => control.focus()")
                if not key:  # every printable one, twice: `d d` deletes a cell, `0 0` restarts the kernel
                    page.keyboard.type("".join(each * 2 for each in KEYS if each != " "))
                elif key == "Tab":  # it leads on, perhaps out of the view
                    page.keyboard.press(key)
                    page.wait_for_timeout(100)
                else:
                    page.keyboard.press(key)
                    page.keyboard.press(key)
                pressed += 1
                state = page.evaluate(NOTEBOOK_STATE)
                where = f"{key or 'a printable key'!r} on control {index} of view {number}"
                assert [tuple(cell) for cell in state["cells"]] == cells, f"{where} changed a cell"
                assert state["dialog"] == "", f"{where} opened a dialog"
                assert state["inside"] or key == "Tab", f"{where} lost the focus"
    assert pressed == 18 * (1 + len(SPECIAL_KEYS))


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_any_state(notebook: NotebookPage, theme: str):
    page = notebook.page
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    light = "true" if "Light" in theme else "false"
    expect(page.locator(f"body[data-jp-theme-light={light}]")).to_have_count(1)
    found = axe(page)
    score, bsc = explorer(notebook, 0), explorer(notebook, 1)
    for scheme in ("gitlab", "sourcegraph", "thirds"):  # each scheme in a band of its own
        score.get_by_role("combobox", name="등급 체계").select_option(scheme)
        score.get_by_role("spinbutton", name="현재값").fill(
            {"gitlab": "32", "sourcegraph": "35"}.get(scheme, "15")
        )
        expect(score.locator(".okr-card", has_text="등급")).to_contain_text(f"({scheme})")
        found += axe(page)
    for target, verdict in (("22", "초록"), ("60", "빨강")):
        bsc.get_by_role("spinbutton", name="목표값").fill(target)
        expect(bsc.locator(".okr-card").last).to_contain_text(verdict)
        found += axe(page)
    score.get_by_role("spinbutton", name="목표값").fill("20")
    expect(score.locator(".okr-problem")).to_be_visible()
    found += axe(page)
    assert found == []


def test_a_narrow_page_needs_no_sideways_scrolling(notebook: NotebookPage):
    notebook.page.set_viewport_size({"width": 400, "height": 1400})
    for number in range(2):
        view = explorer(notebook, number)
        assert view.evaluate("view => view.scrollWidth <= view.clientWidth + 1")


@pytest.mark.parametrize("width", [400, 1280])
def test_the_sign_of_the_success_zone_stands_inside_it_and_its_name_below(notebook: NotebookPage, width: int):
    notebook.page.set_viewport_size({"width": width, "height": 1400})
    score = explorer(notebook, 0)
    score.get_by_role("combobox", name="목표의 성격").select_option("committed")
    expect(score.locator(".okr-legend")).to_contain_text("✓ 1.0부터 성공")
    zone, sign = (
        score.locator(f".okr-track {name}").bounding_box() for name in (".okr-zone", ".okr-zone-name")
    )
    assert zone["x"] < sign["x"]
    assert sign["x"] + sign["width"] < zone["x"] + zone["width"]


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong inside the explorers now."""
    page.wait_for_timeout(150)  # JupyterLab fades between themes; a colour half way is not a finding
    result = Axe().run(page, context={"include": [[".okr-explorer"]]})
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in result.response["violations"]]
