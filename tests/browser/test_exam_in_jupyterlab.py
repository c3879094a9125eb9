"""A mock exam in a real JupyterLab: by keyboard, with a reload in the middle, in both themes."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from okrkit.practice import exam
from okrkit.practice.exam import Format, Paper
from okrkit.practice.items import Item
from okrkit.practice.session import Session, part_order
from okrkit.practice.progress import Sitting
from okrkit.practice.specimens import specimens
from tests.browser.conftest import Lab, NotebookPage, axe, write_notebook
from tests.browser.test_kinds_in_jupyterlab import press_answer
from tests.conftest import NOW, SKELETONS, skeletons

pytestmark = pytest.mark.browser

SUPPRESSED = """exam => [...exam.querySelectorAll("button, input, select, textarea, form, [tabindex]")]
    .filter(each => !each.hasAttribute("data-lm-suppress-shortcuts")).map(each => each.outerHTML)"""
