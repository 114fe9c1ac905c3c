"""The workbench as a newcomer meets it: three rooms, two languages, a workspace of one's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.jupyterlab import PATIENCE, Lab, Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def notebook(open_notebook: Callable[..., Notebook]) -> Notebook:
    """The notebook that `smm lab` opens, as it is."""
    notebook = open_notebook("workbench.ipynb")
    notebook.run_all()
    expect(notebook.page.locator(".smm-workbench")).to_be_visible(timeout=PATIENCE)
    return notebook


@pytest.fixture
def workbench(notebook: Notebook) -> Locator:
    return notebook.page.locator(".smm-workbench")


def room(workbench: Locator, name: str) -> None:
    """Opens a room by the name on its tab."""
    workbench.locator(".smm-rooms").first.get_by_role("tab", name=name, exact=True).first.click()


def test_the_practice_company_is_marked_and_has_three_rooms(notebook: Notebook, workbench: Locator) -> None:
    expect(workbench.locator(".smm-practice").first).to_be_visible()
    for place, panel in enumerate((".smm-draft", ".smm-test", ".smm-response")):
        workbench.locator(".smm-rooms").first.get_by_role("tab").nth(place).click()
        expect(workbench.locator(panel)).to_be_visible(timeout=PATIENCE)
        notebook.screenshot(f"workbench-{place + 1}")
    notebook.screenshot("workbench-dark", theme="dark")


def test_the_language_can_be_switched_and_is_remembered(notebook: Notebook, workbench: Locator) -> None:
    switch = workbench.locator(".smm-language button")
    switch.filter(has_text="English").click()
    expect(workbench.locator(".smm-new")).to_have_text("New draft")
    switch.filter(has_text="Deutsch").click()
    expect(workbench.locator(".smm-new")).to_have_text("Neuer Entwurf")
    switch.filter(has_text="English").click()
    expect(workbench.locator(".smm-new")).to_have_text("New draft")
    notebook.restart()
    notebook.run_all()
    expect(workbench.locator(".smm-new")).to_have_text("New draft")
    switch.filter(has_text="Deutsch").click()
    expect(workbench.locator(".smm-new")).to_have_text("Neuer Entwurf")


def test_a_workspace_of_ones_own_is_created_beside(notebook: Notebook, workbench: Locator, lab: Lab) -> None:
    workbench.locator(".jupyter-widget-Collapse-header, .lm-AccordionPanel-title").first.click()
    workbench.locator(".smm-create").click()
    expect(workbench).not_to_contain_text("Übungsfirma", timeout=PATIENCE)
    assert (lab.root / "data" / "workspace" / "state.sqlite").is_file()
    notebook.screenshot("workbench-own")
    notebook.restart()
    notebook.run_all()
    expect(workbench).to_be_visible(timeout=PATIENCE)
    expect(workbench).not_to_contain_text("Übungsfirma")
