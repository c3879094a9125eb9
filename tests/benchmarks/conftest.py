"""Benchmarks share the browser and the JupyterLab of the browser tests."""

from tests.browser.conftest import chromium, lab

__all__ = ["chromium", "lab"]
