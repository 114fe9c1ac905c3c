"""The workbench as a newcomer meets it: `smm lab`, run all, three rooms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import PATIENCE, Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_first_start_shows_the_practice_company_and_three_rooms(
    open_notebook: Callable[..., Notebook],
) -> None:
    notebook = open_notebook("workbench.ipynb")
    notebook.run_all()
    workbench = notebook.page.locator(".smm-workbench")
    expect(workbench).to_be_visible(timeout=PATIENCE)
    expect(workbench.locator(".smm-practice").first).to_be_visible()
    expect(workbench.locator(".smm-draft")).to_be_visible()
    notebook.screenshot("workbench")
    notebook.screenshot("workbench-dark", theme="dark")
