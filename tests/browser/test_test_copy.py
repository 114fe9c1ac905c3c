"""Testing copy as a user does it: read a verdict, type counts, open many tests, switch the design."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import PATIENCE, PROJECT, Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UPWORTHY = PROJECT.parent / "shared" / "data" / "upworthy_dev.csv.gz"
COUNTS = "Test;Variante;Impressionen;Klicks\nA;Hund;1.000;30\nA;Katze;1.010;80\nB;Rot;500;20\nB;Blau;510;21\n"


@pytest.fixture
def notebook(open_notebook: Callable[..., Notebook], workspace: Path) -> Notebook:
    notebook = open_notebook("02_test_copy.ipynb", folder=str(workspace), language="en")
    notebook.run_all()
    expect(notebook.page.locator(".smm-test .smm-chart-forest img")).to_be_visible(timeout=PATIENCE)
    return notebook


def test_verdict_and_chart_follow_what_is_typed_and_survive_a_restart(notebook: Notebook) -> None:
    page = notebook.page
    verdict, picture = page.locator(".smm-test-verdict"), page.locator(".smm-chart-forest img")
    expect(verdict).to_contain_text("Frage wins")
    notebook.screenshot("test-en", of=".smm-test")
    before = str(picture.get_attribute("src"))
    page.locator(".smm-arm-successes input").first.fill("900")
    page.keyboard.press("Tab")
    expect(verdict).to_contain_text("Aussage wins", timeout=PATIENCE)
    expect(picture).not_to_have_attribute("src", before)
    notebook.restart()
    notebook.run_all()
    expect(page.locator(".smm-test-verdict")).to_contain_text("Aussage wins", timeout=PATIENCE)
    page.locator(".smm-test-undo").click()
    expect(page.locator(".smm-test-verdict")).to_contain_text("Frage wins", timeout=PATIENCE)


def test_the_arrow_keys_open_the_next_test_and_a_broken_split_is_said(notebook: Notebook) -> None:
    page = notebook.page
    page.locator(".smm-tests select").focus()
    for key in ("Home", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator(".smm-test-verdict")).to_contain_text("the split is broken", timeout=PATIENCE)


def test_the_design_decides_what_may_be_said(notebook: Notebook) -> None:
    page = notebook.page
    page.locator(".smm-test-design select").select_option(
        label="History: posts as they happened, nothing randomised"
    )
    expect(page.locator(".smm-test-verdict")).to_contain_text("association, not proof", timeout=PATIENCE)
    expect(page.locator(".smm-test-verdict")).not_to_contain_text("wins")


def test_an_uploaded_file_is_listed_and_searched(notebook: Notebook) -> None:
    page = notebook.page
    page.locator(".smm-test-source button", has_text="From a file").click()
    with page.expect_file_chooser() as asked:
        page.locator(".smm-test-upload").click()
    asked.value.set_files([{"name": "tests.csv", "mimeType": "text/csv", "buffer": COUNTS.encode("cp1252")}])
    expect(page.locator(".smm-test .smm-status")).to_contain_text("2 tests read", timeout=PATIENCE)
    expect(page.locator(".smm-test-verdict")).to_contain_text("Katze wins")
    page.locator(".smm-test-search input").fill("blau")
    expect(page.locator(".smm-tests option")).to_have_count(1, timeout=PATIENCE)


def test_the_archive_shows_which_tests_are_unusable(notebook: Notebook) -> None:
    if not UPWORTHY.exists():
        pytest.skip(f"the Upworthy archive is not at {UPWORTHY}")
    page = notebook.page
    page.locator(".smm-test-source button", has_text="From a file").click()
    page.locator(".smm-test-path input").fill(str(UPWORTHY))
    page.keyboard.press("Tab")
    page.locator(".smm-test-open").click()
    expect(page.locator(".smm-test-health")).to_contain_text(
        "470 of 2,165 tests are not usable", timeout=PATIENCE
    )
    expect(page.locator(".smm-test-health")).to_contain_text("201325–201350")
    page.locator(".smm-test-decision select").select_option(label="with a winner")
    expect(page.locator(".smm-testing")).to_contain_text("of 166", timeout=PATIENCE)
    notebook.screenshot("test-archive", of=".smm-test")


def test_it_speaks_german(open_notebook: Callable[..., Notebook], workspace: Path) -> None:
    notebook = open_notebook("02_test_copy.ipynb", folder=str(workspace), language="de")
    notebook.run_all()
    expect(notebook.page.locator(".smm-test-verdict")).to_contain_text("Frage ist Sieger", timeout=PATIENCE)
    notebook.screenshot("test-de", of=".smm-test")
    notebook.screenshot("test-de-dark", of=".smm-test", theme="dark")
