"""Variants as a user makes them: two texts and what differs, then a study taken over into the draft."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

import smmlib
from smmlib import Draft, Version
from smmlib.message_house import NounPhrase, Wording
from tests.browser.jupyterlab import PATIENCE, Notebook
from tests.browser.rooms import work

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDING = Wording(
    offer=NounPhrase(nominative="das neue Lastenrad", dative="dem neuen Lastenrad"),
    benefit=NounPhrase(nominative="mehr Zeit am Morgen"),
    problem=NounPhrase(nominative="der Stau", accusative="den Stau", dative="dem Stau"),
)


@pytest.fixture
def notebook(open_notebook: Callable[..., Notebook], workspace: Path) -> Notebook:
    with smmlib.open_workspace(workspace) as opened:
        campaign = opened.campaigns.list()[0]
        opened.campaigns.update(campaign.replace(wording={"de": WORDING}))
        account = next(a for a in opened.accounts.list() if a.language == "de" and a.network == "mastodon")
        versions = (Version(account=account.id),)
        opened.drafts.add(
            Draft(title="Variantenprobe", campaign=campaign.id, text="Rad da.", versions=versions)
        )
    notebook = open_notebook("01_draft_posts.ipynb", folder=str(workspace), language="de")
    notebook.run_all()
    page = notebook.page
    expect(page.locator(".smm-draft")).to_be_visible(timeout=PATIENCE)
    page.locator(".smm-search input").fill("Variantenprobe")
    expect(page.locator(".smm-drafts option")).to_have_count(1)
    page.locator(".smm-drafts select").select_option(index=0)
    expect(page.get_by_placeholder("wie ihn das Team nennt")).to_have_value("Variantenprobe")
    work(page, "Varianten")
    return notebook


def test_a_pair_is_ready_once_only_the_declared_factor_differs(notebook: Notebook) -> None:
    page = notebook.page
    page.locator(".smm-add-variant").click()
    fields = page.locator(".smm-variant textarea")
    fields.nth(0).fill("Schon wieder Stau? Teste jetzt das Rad.")
    fields.nth(1).fill("Nie wieder Stau. Teste jetzt das Rad.")
    ready = page.locator(".smm-variants-ready")
    expect(ready).to_contain_text("noch nicht bereit")
    page.get_by_label("Worin sie sich unterscheiden").select_option("Hook")
    expect(ready).to_contain_text("bereit für einen Test")
    notebook.screenshot("variants-pair-de", of=".smm-draft")
    fields.nth(1).fill("Nie wieder Stau. Teste jetzt das Rad. 🚲")
    expect(ready).to_contain_text("unterscheidet sich von")


def test_a_study_is_taken_over_and_undone(notebook: Notebook) -> None:
    page = notebook.page
    page.get_by_text("Studie: Rohentwürfe aus dem Briefing").click()
    for factor in ("Länge", "Emoji"):
        page.locator(".smm-study-factors").get_by_label(factor).check()
    page.get_by_label("Versuchsplan").select_option(index=1)
    expect(page.locator(".smm-study-explained")).to_contain_text("Auflösung IV")
    page.get_by_role("button", name="Rohentwürfe schreiben").click()
    expect(page.locator(".smm-study-text")).to_have_count(8)
    notebook.screenshot("variants-study-de", of=".smm-draft")
    notebook.screenshot("variants-study-de-dark", of=".smm-draft", theme="dark", width=900)
    page.get_by_role("button", name="In den Entwurf übernehmen").click()
    expect(page.locator(".smm-variant textarea")).to_have_count(8)
    expect(page.locator(".smm-variants-ready")).to_contain_text("bereit für einen Test")
