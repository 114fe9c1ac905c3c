"""Reading the response as a user does it: filter, look at figures change, import, take a file along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.jupyterlab import PATIENCE, Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EXPORT = (
    "Datum;Beitrag;Aufrufe;Klicks\n02.11.2026 18:00;Probefahrt am Deich;1.234;56\n03.11.2026 09:30;;987;\n"
)
VIEWS = {"timeline": "Time line", "heatmap": "Weekday and hour", "top_posts": "Top posts"}


@pytest.fixture
def notebook(open_notebook: Callable[..., Notebook], workspace: Path) -> Notebook:
    notebook = open_notebook("03_read_response.ipynb", folder=str(workspace), language="en")
    notebook.run_all()
    expect(notebook.page.locator(".smm-response")).to_be_visible(timeout=PATIENCE)
    return notebook


def choose(page: Page, view: str) -> Locator:
    """Chooses a view; returns its picture when it is there."""
    page.locator(".smm-view button", has_text=VIEWS[view]).click()
    picture = page.locator(f".smm-chart-{view} img")
    expect(picture).to_be_visible(timeout=PATIENCE)
    return picture


def test_a_filter_changes_tiles_table_and_every_figure(notebook: Notebook) -> None:
    page = notebook.page
    tiles, table = page.locator(".smm-response-tiles"), page.locator(".smm-response-table")
    notebook.screenshot("response-en")
    page.locator(".smm-view button", has_text="Key figures").click()
    expect(table).to_contain_text("Mastodon")
    pictures = {view: choose(page, view) for view in VIEWS}
    everything = tiles.inner_text()
    for view in VIEWS:
        picture = choose(page, view)
        notebook.screenshot(f"response-{view}", of=".smm-response")
        before = picture.get_attribute("src")
        page.locator(".smm-filter-networks select").select_option(label="Instagram")
        expect(pictures[view]).not_to_have_attribute("src", str(before), timeout=PATIENCE)
        expect(tiles).not_to_have_text(everything)
        page.locator(".smm-filter-networks select").select_option(index=0)
        expect(tiles).to_have_text(everything, use_inner_text=True)


def test_what_was_chosen_is_there_after_the_kernel_died(notebook: Notebook) -> None:
    choose(notebook.page, "heatmap")
    notebook.page.locator(".smm-filter-networks select").select_option(label="Instagram")
    notebook.page.wait_for_timeout(1000)
    notebook.restart()
    notebook.run_all()
    expect(notebook.page.locator(".smm-chart-heatmap img")).to_be_visible(timeout=PATIENCE)
    chosen = notebook.page.locator(".smm-filter-networks select option:checked")
    expect(chosen).to_have_text("Instagram")


def test_a_table_of_ones_own_is_imported_and_taken_back(notebook: Notebook) -> None:
    page = notebook.page
    page.locator(".smm-response").get_by_role("tab", name="Import").first.click()
    with page.expect_file_chooser() as asked:
        page.locator(".smm-upload").click()
    asked.value.set_files([{"name": "xing.csv", "mimeType": "text/csv", "buffer": EXPORT.encode()}])
    expect(page.locator(".smm-found")).to_contain_text("xing.csv", timeout=PATIENCE)
    page.locator(".smm-import-network select").select_option(label="XING")
    notebook.screenshot("response-import", of=".smm-response")
    page.locator(".smm-import").click()
    expect(page.locator(".smm-status")).to_contain_text("can be read as German or as English")
    page.locator(".smm-import-locale select").select_option(label="1.234,5")
    page.locator(".smm-import").click()
    expect(page.locator(".smm-imports")).to_contain_text("xing.csv", timeout=PATIENCE)
    page.get_by_role("button", name="Take this import back").click()
    expect(page.locator(".smm-imports")).to_contain_text("taken back")


def test_a_file_of_many_megabytes_can_be_chosen(notebook: Notebook, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_text("Datum;Beitrag;Aufrufe\n" + f"02.11.2026;{'Probefahrt am Deich ' * 50};1234\n" * 12_000)
    assert large.stat().st_size > 11_000_000
    notebook.page.locator(".smm-response").get_by_role("tab", name="Import").first.click()
    with notebook.page.expect_file_chooser() as asked:
        notebook.page.locator(".smm-upload").click()
    asked.value.set_files(large)
    expect(notebook.page.locator(".smm-found")).to_contain_text("large.csv", timeout=PATIENCE)


def test_the_rows_can_be_taken_along(notebook: Notebook) -> None:
    notebook.page.locator(".smm-view button", has_text="Key figures").click()
    expect(notebook.page.locator(".smm-response-table")).to_contain_text("Mastodon")
    with notebook.page.expect_download() as waiting:
        notebook.page.locator(".smm-response").get_by_role("button", name="CSV", exact=True).first.click()
    assert waiting.value.suggested_filename.endswith(".csv")
    content = Path(waiting.value.path()).read_bytes()
    assert b"mastodon" in content


def test_it_speaks_german(open_notebook: Callable[..., Notebook], workspace: Path) -> None:
    notebook = open_notebook("03_read_response.ipynb", folder=str(workspace), language="de")
    notebook.run_all()
    expect(notebook.page.locator(".smm-response")).to_contain_text("Kennzahlen", timeout=PATIENCE)
    notebook.screenshot("response-de", of=".smm-response")
    notebook.screenshot("response-de-dark", of=".smm-response", theme="dark")
