"""The assistant in a real browser, against a server on this machine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.assistant.model_server import ModelServer
from tests.browser.jupyterlab import PATIENCE, Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELL = """
import smmlib as smm
from smmlib.panels import kit
from smmlib.panels.drafting.assistant_page import AssistantPage
from smmlib.panels.drafting.draft_model import DraftModel
workspace = smm.open_workspace({folder!r})
panel = kit.Panel(language={language!r}, name="smm-assisted")
panel.fill(AssistantPage(DraftModel(workspace), panel))
panel
"""
SECRET = "sk-very-secret-0123456789"


def lay_page(notebook: Notebook, folder: Path, language: str) -> None:
    """Puts the page alone into the first cell of the open notebook, in place of the panel."""
    code = CELL.format(folder=str(folder), language=language)
    notebook.page.evaluate(
        "code => { const w = window.jupyterapp.shell.currentWidget;"
        " const cells = w.content.widgets.filter(c => c.model.type === 'code');"
        " cells.forEach((c, i) => c.model.sharedModel.setSource(i ? '' : code)); }",
        code,
    )


def test_a_suggestion_streams_in_and_the_key_stays_out_of_the_notebook(
    open_notebook: Callable[..., Notebook], workspace: Path
) -> None:
    pieces = list(json.dumps({"suggestions": ["Kommst du mit?", "<b>Komm!</b> <script>1</script>"]}))
    with ModelServer(pieces=pieces, wait=0.03).running() as server:
        notebook = open_notebook("01_draft_posts.ipynb", folder=str(workspace), language="de")
        lay_page(notebook, workspace, "de")
        notebook.run_all()
        page = notebook.page.locator(".smm-assisted")
        expect(page).to_contain_text("Der Assistent ist aus", timeout=PATIENCE)
        notebook.screenshot("assistant-off-de", of=".smm-assisted")
        page.locator(".smm-assistant-url input").fill(server.endpoint.base_url)
        page.locator(".smm-assistant-model input").fill("test")
        page.locator(".smm-assistant-configure").click()
        key = page.locator(".smm-assistant-key input")
        key.fill(SECRET)
        key.press("Enter")
        expect(page).to_contain_text("mit dem eingegebenen Schlüssel")
        expect(key).to_have_value("")
        assert server.asked == []
        page.locator(".smm-assistant-send").click()
        expect(page.locator(".smm-assistant-stream pre")).to_contain_text("suggestions")
        expect(page.locator(".smm-assistant-cancel")).to_be_visible()
        expect(page.locator(".smm-assistant-suggestion")).to_have_count(2, timeout=PATIENCE)
        notebook.screenshot("assistant-de", of=".smm-assisted")
        notebook.screenshot("assistant-de-dark", of=".smm-assisted", theme="dark")
        expect(page).to_contain_text("enthält HTML")
        expect(page.locator(".smm-assistant-take").nth(1)).to_be_disabled()
        page.locator(".smm-assistant-take").first.click()
        expect(page.locator(".smm-status")).to_contain_text("Als Variante hinzugefügt")
        assert server.keys == [f"Bearer {SECRET}"]

        notebook.do("docmanager:save")
        saved = (notebook.lab.root / notebook.path).read_text("utf-8")
        assert SECRET not in saved


def test_the_lab_stays_usable_while_an_answer_streams(
    open_notebook: Callable[..., Notebook], workspace: Path
) -> None:
    with ModelServer(pieces=["word "] * 2000, wait=0.02).running() as server:
        notebook = open_notebook("01_draft_posts.ipynb", folder=str(workspace), language="en")
        lay_page(notebook, workspace, "en")
        notebook.run_all()
        page = notebook.page.locator(".smm-assisted")
        page.locator(".smm-assistant-url input").fill(server.endpoint.base_url)
        page.locator(".smm-assistant-model input").fill("test")
        page.locator(".smm-assistant-configure").click()
        page.locator(".smm-assistant-send").click()
        expect(page.locator(".smm-assistant-stream pre")).to_contain_text("word word", timeout=PATIENCE)
        page.locator("select").first.select_option(label="Translate")
        expect(page.locator(".smm-assistant-request textarea")).to_have_value(
            re.compile("^Translate the text")
        )
        page.locator(".smm-assistant-cancel").click()
        expect(page).to_contain_text("Broken off.")
        assert server.gone.wait(10)
