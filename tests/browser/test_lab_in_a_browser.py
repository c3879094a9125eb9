"""What a learner sees when JupyterLab comes up."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from okrkit import lab as okrkit_lab
from tests.browser.conftest import Lab, start_lab, stop

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("lang", "menu", "title"), [("ko", "파일", "00 시작하기"), ("en", "File", "00 Start here")]
)
def test_it_opens_ready_to_learn(chromium: Browser, tmp_path: Path, lang: str, menu: str, title: str):
    server, address = start_lab(tmp_path / "내 노트북", tmp_path, lang)
    page = chromium.new_page()
    try:
        page.goto(address)
        expect(page.locator(".jp-Notebook h1").first).to_contain_text(title, timeout=60_000)
        expect(page.locator(".lm-MenuBar-itemLabel").first).to_have_text(menu)
        expect(page.locator(".jp-DirListing-itemText", has_text="01_what_is_an_okr.ipynb")).to_be_visible()
        page.wait_for_timeout(1500)
        assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0, "nothing pops up"
    finally:
        page.close()
        assert stop(server) == 0
    assert (tmp_path / "내 노트북" / "ko" / okrkit_lab.START).is_file()


def test_a_taken_port_is_no_trouble(lab: Lab, tmp_path: Path):
    server, address = start_lab(tmp_path / "my", tmp_path, "ko")
    assert stop(server) == 0
    assert address.split("/")[2] != lab.address.split("/")[2]
