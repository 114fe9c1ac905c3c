"""Planning and controlling as a manager does it: read the board, paste, take it back, read a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.jupyterlab import PATIENCE, Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""
MOVE = """() => new Promise((done) => {
  const chip = document.activeElement, begun = performance.now();
  const grid = chip.closest(".smm-calendar");
  const seen = new MutationObserver(() => done(performance.now() - begun));
  seen.observe(grid, { childList: true, subtree: true });
  chip.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", altKey: true, bubbles: true }));
})"""
SLOWEST = 2_000  # ms from the key to the redrawn calendar; 250 on a machine that has nothing else to do
TABLE = "Datum\tBudgetposten\tBetrag\n18.11.2026\tSpots Radio Emsaue\t100,00\n"


def test_from_the_board_to_a_pasted_budget_and_a_pasted_invoice(
    open_notebook: Callable[..., Notebook], workspace: Path
) -> None:
    notebook = open_notebook("04_plan_and_control.ipynb", folder=str(workspace), language="de")
    notebook.run_all()
    page = notebook.page
    tabs = page.locator(".smm-planning-rooms > .lm-TabBar .lm-TabBar-tab")
    tiles = page.locator(".smm-board-tiles")
    expect(tiles).to_contain_text("18.523,99 €", timeout=PATIENCE)
    expect(page.locator(".smm-board-alerts")).to_contain_text("Anzeigen LinkedIn")
    expect(page.locator(".smm-control-board .smm-chart-pacing img")).to_be_visible()
    notebook.screenshot("control-de", of=".smm-planning")

    tabs.nth(0).click()
    row = page.locator(".smm-plan-room .smm-sheet").nth(2).locator("tbody tr").first
    november = _cell(row, "11/2026")
    november.focus()
    page.evaluate(PASTE, "800\t1.000,50")
    expect(_cell(row, "Summe")).to_have_value("2.150,50", timeout=PATIENCE)
    november.fill("viel")
    page.keyboard.press("Enter")
    expect(page.locator(".smm-sheet-note")).to_contain_text("'viel' ist kein Betrag", timeout=PATIENCE)
    expect(_cell(page.locator(".smm-plan-room .smm-sheet").nth(2).locator("tbody tr").nth(2), "11/2026")
           ).to_be_focused()  # fmt: skip
    page.locator(".smm-plan-undo").click()
    expect(_cell(row, "Summe")).to_have_value("1.050", timeout=PATIENCE)
    expect(page.locator(".smm-sheet-note")).to_have_count(0)

    tabs.nth(1).click()
    page.locator(".smm-booking-paste textarea").fill(TABLE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".smm-booking-store").click()
    expect(page.locator(".smm-bookings")).to_contain_text("64 Buchungen", timeout=PATIENCE)
    tabs.nth(2).click()
    expect(tiles).to_contain_text("13.675,78 €", timeout=PATIENCE)

    tabs.nth(3).click()
    brief = page.locator('.smm-entry-chip[data-id="lichter-brief"]')
    expect(brief.locator(".smm-bad")).to_be_visible(timeout=PATIENCE)  # it breaks an embargo
    brief.focus()
    taken = page.evaluate(MOVE)
    print(f"moved and redrawn in {taken:.0f} ms")
    assert taken < SLOWEST
    expect(brief).to_be_focused()
    expect(brief.locator(".smm-bad")).to_have_count(0)
    notebook.screenshot("calendar-de", of=".smm-planning")


def _cell(row: Locator, heading: str) -> Locator:
    """The cell of a row below a heading."""
    return row.locator(f'[aria-label^="{heading},"]')
