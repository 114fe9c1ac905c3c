"""The workbench as a newcomer meets it: three rooms, two languages, a workspace of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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


def test_a_limit_of_ones_own_is_followed_by_the_counts(
    open_notebook: Callable[..., Notebook], workspace: Path
) -> None:
    notebook = open_notebook("workbench.ipynb", folder=str(workspace), language="en")
    notebook.run_all()
    page = notebook.page
    bench = page.locator(".smm-workbench")
    expect(bench).to_be_visible(timeout=PATIENCE)
    room(bench, "Networks")
    bench.locator(".smm-network-list select").select_option(label="Facebook")
    expect(bench.locator(".smm-network-rules")).to_contain_text("63,206")
    bench.locator(".smm-network-value input").fill("100")
    bench.locator(".smm-network-set").click()
    expect(bench.locator(".smm-network-rules")).to_contain_text("own rule")
    notebook.screenshot("workbench-networks")
    room(bench, "Drafts")
    bench.locator(".smm-new").click()
    bench.locator(".smm-account-facebook input[type=checkbox]").first.check()
    bench.locator(".smm-text textarea").fill("ä" * 101)
    meter = bench.locator(".smm-account-facebook .smm-meter-cell").first
    expect(meter).to_contain_text("1 too many")


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
