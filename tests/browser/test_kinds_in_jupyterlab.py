"""Every kind of question in a real JupyterLab: keyboard, screen reader's view, both themes, hostile text."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from okrkit.files import to_yaml
from okrkit.practice import session as practice
from okrkit.practice.drawing import draw
from okrkit.practice.grading import Raw
from okrkit.practice.items import Item
from okrkit.practice.progress import Progress
from okrkit.practice.specimens import specimens
from okrkit.text import Language
from tests.browser.conftest import Lab, NotebookPage, axe, write_notebook
from tests.conftest import NOW, SKELETONS, skeletons

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>hacked=1</script><img src=x onerror=hacked=1><svg onload=hacked=1><a href='javascript:hacked=1'>"
    "<math><mtext><style><img src=x onerror=hacked=1></style></mtext></math>[x](javascript:hacked=1)<iframe srcdoc=x>"
)
ROLES = {  # what a screen reader finds inside the question
    "one": ["radio"] * 3,
    "many": ["checkbox"] * 3,
    "number": ["textbox"],
    "text": ["textbox"],
    "blanks": ["textbox"] * 2,
    "match": ["combobox"] * 2,
    "order": ["button"] * 8,
    "classify": ["combobox"] * 3,
    "rewrite": ["textbox"],
}


def show(page: Page, lab: Lab, seed: int, bank: Path = SKELETONS, more: str = "") -> NotebookPage:
    """Open a notebook with one quiz for each kind; a seed of its own keeps the answers of other tests out."""
    sources = [f"ok.quiz('{name}', seed={seed}, bank={str(bank)!r}{more})" for name in skeletons()]
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, "import okrkit as ok", *sources))
    notebook.run_all()
    expect(page.locator(".okr-quiz")).to_have_count(len(sources))
    return notebook


def asked(seed: int) -> list[Item]:
    """Return the questions with the numbers that a first sitting with this seed draws."""
    return [draw(item, f"{seed}/1/{name}") for name, item in skeletons().items()]


def give(quiz: Locator, item: Item, raw: Raw, lang: Language = "ko") -> None:
    """Answer as a learner does, who sees only the words."""
    if item.kind in {"one", "many"}:
        for key in raw:
            quiz.locator(f"input[value={key}]").check()
    elif item.kind in {"number", "text", "rewrite"}:
        quiz.locator(".okr-question [data-part]").fill(str(raw))
    elif item.kind == "blanks":
        for place, name in enumerate(item.blanks):
            quiz.locator(".okr-question input").nth(place).fill(raw[name])
    elif item.kind == "order":
        for place, name in enumerate(raw):
            row = quiz.locator("li", has_text=item.parts[name].text.in_language(lang))
            while row.evaluate("row => [...row.parentNode.children].indexOf(row)") > place:
                row.get_by_role("button").first.click()
    else:
        for name, target in raw.items():
            row = quiz.locator("li", has_text=item.parts[name].text.in_language(lang))
            row.locator("select").select_option(label=item.targets[target].in_language(lang))


def check(quiz: Locator) -> None:
    quiz.locator(".okr-actions .okr-primary").click()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_any_state_of_any_kind(page: Page, lab: Lab, theme: str):
    seed = 21 if "Light" in theme else 22
    notebook = show(page, lab, seed, more=", confidence=True")
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    light = "true" if "Light" in theme else "false"
    expect(page.locator(f"body[data-jp-theme-light={light}]")).to_have_count(1)
    found = axe(page)
    for number, item in enumerate(asked(seed)):
        quiz = notebook.quiz(number)
        check(quiz)
        expect(quiz.locator(".okr-problem")).to_be_visible()
        if item.hints:
            quiz.locator(".okr-more-hints").click()
            expect(quiz.locator(".okr-hint")).to_have_count(1)
        quiz.locator(".okr-confidence input").first.check()
        give(quiz, item, specimens(item).wrong)
    found += axe(page)
    for number in range(len(ROLES)):
        check(notebook.quiz(number))
        expect(notebook.quiz(number).locator(".okr-feedback strong")).to_be_visible()
    found += axe(page)
    for number in range(len(ROLES)):
        check(notebook.quiz(number))
        expect(notebook.quiz(number).locator(".okr-marks")).to_be_visible()
    assert found + axe(page) == []


def test_each_kind_reads_as_a_question_to_a_screen_reader(page: Page, lab: Lab):
    notebook = show(page, lab, 23)
    for number, item in enumerate(asked(23)):
        group = notebook.quiz(number).get_by_role("group", name=item.stem.ko, exact=True)
        expect(group).to_have_count(1)
        controls = re.findall(
            r"- '?(radio|checkbox|textbox|combobox|button)(?: \"([^\"]+)\")?", group.aria_snapshot()
        )
        assert [role for role, _ in controls] == ROLES[item.kind]
        assert all(name for _, name in controls), f"{item.kind}: a control without a name"
        assert len({name for _, name in controls}) == len(controls), f"{item.kind}: two controls of one name"


def test_each_kind_is_answered_by_keyboard_alone(page: Page, lab: Lab):
    notebook = show(page, lab, 24)
    before = notebook.cells()
    for number, item in enumerate(asked(24)):
        quiz, right = notebook.quiz(number), specimens(item).right
        quiz.locator(".okr-question :is(input, select, textarea, button)").first.focus()
        press_answer(page, quiz, item, right)
        for _ in range(20):
            if quiz.locator(".okr-primary:focus").count():
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(quiz.get_by_role("status")).to_contain_text("맞았습니다.")
        assert quiz.evaluate("quiz => quiz.contains(document.activeElement)"), "the focus stays in the quiz"
    assert notebook.cells() == before


def press_answer(page: Page, quiz: Locator, item: Item, right: Raw) -> None:
    """Answer with keys, the focus on the first control of the question."""
    press = {"one": press_choices, "many": press_choices, "order": press_order, "match": press_targets}
    press["classify"] = press_targets
    if item.kind in press:
        press[item.kind](page, quiz, item, right)
    typed = right.values() if item.kind == "blanks" else [right]
    for words in typed if item.kind not in press else ():
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(words)
        page.keyboard.press("Tab")


def press_choices(page: Page, quiz: Locator, item: Item, right: Raw) -> None:
    for _ in item.choices:
        if quiz.locator("input:focus").get_attribute("value") in right:
            page.keyboard.press("Space")
            if item.kind == "one":
                return
        page.keyboard.press("ArrowDown" if item.kind == "one" else "Tab")


def press_order(page: Page, quiz: Locator, item: Item, right: Raw) -> None:
    for name in list(right)[::-1]:  # each to the top, the last first
        quiz.locator("li", has_text=item.parts[name].text.ko).get_by_role("button").first.focus()
        for _ in right:
            page.keyboard.press("Space")


def press_targets(page: Page, quiz: Locator, item: Item, right: Raw) -> None:
    words = {item.parts[name].text.ko: item.targets[target].ko for name, target in right.items()}
    for row in quiz.locator("li").all():
        want = next(target for part, target in words.items() if part in row.inner_text())
        for _ in item.targets:
            page.keyboard.press("ArrowDown")
            if row.locator("select").evaluate("pick => pick.selectedOptions[0].text") == want:
                break
        page.keyboard.press("Tab")


def test_the_review_shows_what_is_due_takes_an_answer_by_keyboard_and_has_less_to_ask_then(
    page: Page, lab: Lab, tmp_path: Path
):
    progress, names = Progress(tmp_path / "progress.sqlite"), list(skeletons())[:2]
    session = practice.start("before", [skeletons()[name] for name in names], progress, NOW)
    for item in session.items:
        session = practice.answer(session, item.id, specimens(item).right, progress, NOW)
    fixed = {"OKRKIT_HOME": str(tmp_path), "OKRKIT_NOW": (NOW + timedelta(5)).isoformat()}
    cells = (f"ok.review(bank={str(SKELETONS)!r})", f"ok.progress(bank={str(SKELETONS)!r}).total.due")
    begin = f"import os, okrkit as ok; os.environ.update({fixed!r})"
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, begin, *cells))
    notebook.run_all()
    quiz, due = notebook.quiz(), page.locator(".jp-OutputArea-output pre").last
    expect(quiz).to_contain_text("오늘 복습할 문제 2개, 약 2분")
    expect(due).to_have_text("2")
    item = next(skeletons()[name] for name in names if skeletons()[name].stem.ko in quiz.inner_text())
    quiz.locator(".okr-question :is(input, button, select, textarea)").first.focus()
    press_answer(page, quiz, item, specimens(item).right)
    while not quiz.locator(".okr-primary:focus").count():
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("status")).to_contain_text("맞았습니다.")
    notebook.run_all()
    expect(due).to_have_text("1")
    expect(notebook.quiz()).to_contain_text("오늘 복습할 문제 2개")


def test_what_was_typed_survives_a_switch_of_language(page: Page, lab: Lab):
    notebook = show(page, lab, 25, more=", confidence=True")
    for number, item in enumerate(asked(25)):
        quiz = notebook.quiz(number)
        give(quiz, item, specimens(item).right)
        quiz.locator(".okr-confidence input").nth(1).check()
        quiz.get_by_role("button", name="English").press("Enter")
        expect(quiz.locator("legend").first).to_have_text(item.stem.en)
        expect(quiz.locator(".okr-tools button")).to_be_focused()
        check(quiz)
        expect(quiz.get_by_role("status")).to_contain_text("That is right.")
        expect(quiz.get_by_role("status")).to_contain_text("Certainty-based mark +2 of 3")


def test_a_double_click_is_one_click(page: Page, lab: Lab):
    notebook = show(page, lab, 29)
    for number, item in enumerate(asked(29)):
        quiz = notebook.quiz(number)
        give(quiz, item, specimens(item).wrong)
        quiz.locator(".okr-primary").dblclick()
        expect(quiz.locator(".okr-feedback strong")).to_be_visible()
    notebook.wait_idle()
    notebook.restart()  # what was recorded, not what is shown
    expect(page.locator(".okr-feedback strong")).to_have_count(len(ROLES))
    assert page.locator(".okr-marks").count() == 0


@pytest.mark.parametrize("width", [400, 640])  # 640 is 1280 at 200 % zoom
def test_no_kind_is_wider_than_a_narrow_window(page: Page, lab: Lab, width: int):
    seed = 26 + width
    notebook = show(page, lab, seed)
    page.set_viewport_size({"width": width, "height": 900})
    for number, item in enumerate(asked(seed)):
        quiz = notebook.quiz(number)
        give(quiz, item, specimens(item).wrong)
        check(quiz)
        expect(quiz.locator(".okr-feedback strong")).to_be_visible()
        check(quiz)
        expect(quiz.locator(".okr-marks")).to_be_visible()
        assert quiz.evaluate("quiz => quiz.scrollWidth <= quiz.clientWidth"), item.kind


def test_text_from_a_file_is_shown_and_never_runs(page: Page, lab: Lab):
    def poison(node: object, key: str = "", by: str = HOSTILE) -> object:
        if isinstance(
            node, dict
        ):  # a model that breaks the rules, or an answer too long to type, would not load
            by_name = {name: by[:150] if name == "answer" else by for name in node}
            return {n: each if n == "model" else poison(each, n, by_name[n]) for n, each in node.items()}
        if isinstance(node, list):
            return [poison(each) for each in node]
        return f"{node} {by}" if key in {"ko", "en"} else node

    bank = lab.folder / "hostile.yaml"
    bank.write_text(to_yaml(poison(yaml.safe_load(SKELETONS.read_text(encoding="utf-8")))), encoding="utf-8")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    notebook = show(page, lab, 27, bank)
    elements = "script, img, svg, math, iframe, a, style, [onerror], [onload], [href], [srcdoc]"
    for number, item in enumerate(asked(27)):
        quiz = notebook.quiz(number)
        if item.hints:
            quiz.locator(".okr-more-hints").click()
        for _ in range(2):
            if item.kind in {"one", "many"}:
                wrong = next(name for name, choice in item.choices.items() if not choice.correct)
                quiz.locator(f"input[value={wrong}]").check()
            for field in quiz.locator(".okr-question :is(input[type=text], textarea)").all():
                field.fill("9 " if item.kind == "number" else HOSTILE[:40])
            for place, pick in enumerate(quiz.locator("select").all()):
                pick.select_option(index=place + 1 if item.kind == "match" else 1)
            check(quiz)
            expect(quiz.locator(".okr-feedback strong")).to_be_visible()
        expect(quiz).to_contain_text("<script>hacked=1</script><img src=x onerror=hacked=1>")
        assert quiz.locator(elements).count() == 0, item.kind
    assert page.evaluate("() => typeof window.hacked") == "undefined"


def test_no_key_and_no_reason_is_sent_or_saved_before_the_answer(page: Page, lab: Lab):
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(str(data))))
    notebook = show(page, lab, 28)
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    saved = (lab.folder / page.url.split("/tree/")[1].split("?")[0]).read_text(encoding="utf-8")
    told = "\n".join([*frames, page.content(), saved])
    whys = [why for item in asked(28) for why in re.findall(r"why=Text\(ko='([^']+)'", repr(item))]
    assert len(whys) > 15
    assert [why for why in whys if why in told or json.dumps(why)[1:-1] in told] == []
    assert "OKR에서 KR은 무엇의 약자인가?" in told
    assert notebook.quiz(0).is_visible()


def test_a_quiz_over_two_chapters_ends_with_the_one_to_begin_with(page: Page, lab: Lab, tmp_path: Path):
    text = SKELETONS.read_text(encoding="utf-8")
    for number in ("08", "09"):
        (tmp_path / f"{number}_x.yaml").write_text(
            text.replace("id: new/", f"id: new{number}/"), encoding="utf-8"
        )
    source = f"import okrkit as ok\nok.quiz('C01', bank={str(tmp_path)!r})"
    notebook = NotebookPage(page, lab, write_notebook(lab.folder, source))
    notebook.run_all()
    quiz, item = notebook.quiz(), skeletons()["new/text"]
    for place, raw in (("1 / 2", specimens(item).right), ("2 / 2", "목표"), ("2 / 2", "목표")):
        expect(quiz.locator(".okr-title")).to_contain_text(place)
        give(quiz, item, raw)
        check(quiz)
        expect(quiz.locator(".okr-feedback strong")).to_be_visible()
        if raw != "목표":
            check(quiz)
    expect(quiz.locator(".okr-marks")).to_be_visible()
    check(quiz)
    expect(quiz).to_contain_text("장별 점수: 08장 1 / 1, 09장 0 / 1")
    expect(quiz).to_contain_text("09장 ‘새 문제’부터 시작하세요.")
    quiz.get_by_role("button", name="English").click()
    expect(quiz).to_contain_text("Begin with chapter 09, “New questions”: its score is the lowest.")
