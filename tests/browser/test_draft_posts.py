"""Drafting as a user does it: type, watch the counts, lose the kernel, find the draft again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

import smmlib
from tests.browser.jupyterlab import PATIENCE, Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TEXT = "Zwölf Räder, ein Samstag: Probefahrt am Deich 🚲🇩🇪 #Lastenrad"
HOSTILE = "<script>document.title = 'taken over'</script><img src=x onerror=alert(1)>"


@pytest.fixture
def notebook(open_notebook: Callable[..., Notebook], workspace: Path) -> Notebook:
    notebook = open_notebook("01_draft_posts.ipynb", folder=str(workspace), language="en")
    notebook.run_all()
    expect(notebook.page.locator(".smm-draft")).to_be_visible(timeout=PATIENCE)
    return notebook


def new_draft(notebook: Notebook, *networks: str) -> Locator:
    """Starts a draft for the first account on each network; returns its text field."""
    notebook.page.locator("button.smm-new").click()
    expect(notebook.page.locator(".smm-text textarea")).to_have_value("")
    for network in networks:
        notebook.page.locator(f".smm-account-{network} input[type=checkbox]").first.check()
    return notebook.page.locator(".smm-text textarea")


def test_a_draft_is_counted_checked_kept_and_found_again(notebook: Notebook) -> None:
    page = notebook.page
    text = new_draft(notebook, "mastodon", "facebook")
    text.press_sequentially(TEXT)
    for network in ("mastodon", "facebook"):
        count = smmlib.load_networks()[network].count(TEXT)
        expect(page.locator(f".smm-account-{network} .smm-meter-cell").first).to_contain_text(f"{count} / ")
    expect(page.locator(".smm-previews")).to_contain_text("Probefahrt am Deich")
    expect(page.locator(".smm-saved")).to_contain_text("Saved")
    notebook.screenshot("draft-en")

    notebook.restart()
    notebook.run_all()
    page.locator(".smm-search input").fill("Probefahrt Deich")
    expect(page.locator(".smm-drafts option")).to_have_count(1)
    page.locator(".smm-drafts select").select_option(index=0)
    expect(text).to_have_value(TEXT)
    expect(page.locator(".smm-account-mastodon input[type=checkbox]").first).to_be_checked()


def test_a_text_that_is_too_long_is_said_so(notebook: Notebook) -> None:
    new_draft(notebook, "mastodon").fill("ä" * 1001)  # this instance allows 1,000
    meter = notebook.page.locator(".smm-account-mastodon .smm-meter-cell").first
    expect(meter).to_contain_text("1 too many")
    expect(notebook.page.locator(".smm-findings-cell")).to_contain_text("too many")
    notebook.screenshot("draft-too-long", of=".smm-draft")


def test_markup_in_a_text_is_text(notebook: Notebook) -> None:
    new_draft(notebook, "facebook").fill(HOSTILE)
    expect(notebook.page.locator(".smm-previews")).to_contain_text("<script>")
    assert notebook.page.locator(".smm-previews img, .smm-previews script").count() == 0
    assert notebook.page.title() != "taken over"


def test_count_and_preview_follow_a_long_text(notebook: Notebook) -> None:
    text = new_draft(notebook, "mastodon", "facebook")
    text.fill(f"{TEXT}\n" * (3000 // len(TEXT)))
    meter = notebook.page.locator(".smm-account-mastodon .smm-meter-cell").first
    expect(meter).to_contain_text("too many")
    before = meter.inner_text()
    text.press("End")
    text.press_sequentially("Deichkind")
    expect(meter).not_to_have_text(before)
    expect(notebook.page.locator(".smm-previews")).to_contain_text("Deichkind")


def test_it_speaks_german(open_notebook: Callable[..., Notebook], workspace: Path) -> None:
    notebook = open_notebook("01_draft_posts.ipynb", folder=str(workspace), language="de")
    notebook.run_all()
    panel = notebook.page.locator(".smm-draft")
    expect(panel).to_contain_text("Entwürfe", timeout=PATIENCE)
    expect(panel.locator(".smm-new")).to_have_text("Neuer Entwurf")
    notebook.screenshot("draft-de", of=".smm-draft")
    notebook.screenshot("draft-de-dark", of=".smm-draft", theme="dark")
    notebook.screenshot("draft-de-narrow", of=".smm-draft", width=800)
