"""The campaign brief as a user fills it in: type, add rows, see what is wrong, copy, export, import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from smmlib.drafting import from_yaml
from tests.browser.jupyterlab import PATIENCE, Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opening = Callable[[str], tuple[Notebook, Locator]]


@pytest.fixture
def brief(open_notebook: Callable[..., Notebook], workspace: Path) -> Opening:
    """Opens the tab of the brief in a language; returns the notebook and the form."""

    def opened(language: str) -> tuple[Notebook, Locator]:
        notebook = open_notebook("01_draft_posts.ipynb", folder=str(workspace), language=language)
        return notebook, form_of(notebook)

    return opened


def form_of(notebook: Notebook) -> Locator:
    notebook.run_all()
    panel = notebook.page.locator(".smm-draft")
    expect(panel).to_be_visible(timeout=PATIENCE)
    panel.locator(".lm-TabBar-tab").nth(1).click()
    form = panel.locator(".smm-briefing")
    expect(form).to_be_visible()
    return form


def type_into(field: Locator, text: str) -> None:
    field.fill(text)
    field.press("Tab")


def test_a_brief_is_filled_in_checked_kept_and_taken_back(brief: Opening) -> None:
    notebook, form = brief("de")
    form.locator("select").first.select_option(label="Regen? Rollt!")
    expect(form.locator(".smm-campaign-owner input")).to_have_value("Hatice Yıldız")
    notebook.screenshot("briefing-de", of=".smm-draft")
    notebook.screenshot("briefing-de-dark", of=".smm-draft", theme="dark")
    notebook.screenshot("briefing-de-narrow", of=".smm-draft", width=1000)

    type_into(form.locator(".smm-campaign-link input"), "bollerbeck.example/herbst")
    expect(form).to_contain_text("steht ohne https:// da")
    form.get_by_role("button", name="Preis hinzufügen").click()
    expect(form.locator(".smm-cell-amount")).to_have_count(3)
    row = form.locator(".smm-rows-row", has=notebook.page.locator(".smm-cell-amount")).last
    type_into(row.locator(".smm-cell-label input"), "Regenhose")
    expect(row).to_contain_text("es fehlt: Preis")
    type_into(row.locator(".smm-cell-amount input"), "1.059,90 €")
    expect(row).not_to_contain_text("es fehlt")

    notebook.restart()
    form = form_of(notebook)
    form.locator("select").first.select_option(label="Regen? Rollt!")
    expect(form.locator(".smm-cell-amount input").last).to_have_value("1.059,90")
    expect(form.locator(".smm-campaign-link input")).to_have_value("bollerbeck.example/herbst")
    form.get_by_role("button", name="Rückgängig").click()
    expect(form.locator(".smm-cell-amount input")).to_have_count(2)


def test_a_brief_goes_to_a_file_and_comes_back(brief: Opening, tmp_path: Path) -> None:
    notebook, form = brief("en")
    notebook.screenshot("briefing-en", of=".smm-draft")
    form.locator("select").first.select_option(label="Kranich auf Probe")
    with notebook.page.expect_download() as waiting:
        form.locator(".smm-campaign-export").click()
    text = Path(waiting.value.path()).read_text("utf-8")
    assert waiting.value.suggested_filename == "kranich-auf-probe.yaml"
    assert from_yaml(text).id == "kranich"

    again = tmp_path / "again.yaml"
    again.write_text(text.replace("id: kranich", "").replace("Kranich auf Probe", "Kranich im Mai"), "utf-8")
    with notebook.page.expect_file_chooser() as choosing:
        form.locator(".smm-campaign-import").click()
    choosing.value.set_files(again)
    expect(form.locator("select").first.locator("option")).to_have_count(4)
    expect(form.locator(".smm-campaign-name input")).to_have_value("Kranich im Mai")

    again.write_text("name: !!python/object/apply:os.system [x]", "utf-8")
    with notebook.page.expect_file_chooser() as choosing:
        form.locator(".smm-campaign-import").click()
    choosing.value.set_files(again)
    expect(notebook.page.locator(".smm-status").last).to_contain_text("asks for an object to be made")
    expect(form.locator(".smm-campaign-name input")).to_have_value("Kranich im Mai")
