"""The drafting studio as a user goes through it: from nothing to signed-off posts on six networks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, expect

from smmlib import Campaign
from smmlib.drafting import to_yaml
from smmlib.message_house import Claim, NounPhrase, Offer, Price, SupportingMessage, Wording
from tests.browser.jupyterlab import PATIENCE, Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ACCOUNTS = {
    "X": "@rad",
    "Mastodon": "@rad@social.example",
    "Bluesky": "@rad.example",
    "LinkedIn": "Rad am Deich",
    "WordPress": "rad.example",
    "Newsletter": "Deichpost",
}
MESSAGE = (
    "Unser neues Lastenrad trägt zwei Kinder und den Wocheneinkauf. Am Samstag stehen zwölf davon am Deich, "
    "frisch geölt und mit vollen Akkus. Du suchst dir eins aus und fährst los, so lange du magst. Wir haben "
    "Kaffee, Kuchen und Antworten auf alle Fragen zu Akku, Versicherung und Winter. Ab 49,00 € im Monat "
    "gehört es dir. Komm vorbei und fahr Probe!"
)
REST = "\n\nAm Samstag stehen zwölf davon am Deich, mit vollen Akkus.\n\nKomm vorbei und fahr Probe!"
PAIR = (
    "Dieses Rad trägt zwei Kinder und den Einkauf." + REST,
    "Trägt ein Rad zwei Kinder und den Einkauf?" + REST,
)
BRIEF = Campaign(
    name="Lastenrad im Herbst",
    audience="Familien in der Stadt",
    link="https://rad.example/lastenrad",
    core_message="Mit dem Lastenrad fährt die ganze Familie.",
    supporting=(
        SupportingMessage(text="Der Akku reicht für 60 Kilometer.", proof="Das haben wir gemessen."),
    ),
    offer=Offer(name="Lastenrad", prices=(Price(label="im Monat", amount=Decimal("49.00")),)),
    wording={
        "de": Wording(
            offer=NounPhrase(
                nominative="das neue Lastenrad", accusative="das neue Lastenrad", dative="dem neuen Lastenrad"
            ),
            benefit=NounPhrase(
                nominative="mehr Zeit am Morgen",
                accusative="mehr Zeit am Morgen",
                dative="mehr Zeit am Morgen",
            ),
            problem=NounPhrase(
                nominative="der Stau vor der Schule",
                accusative="den Stau vor der Schule",
                dative="dem Stau vor der Schule",
            ),
            audience=NounPhrase(nominative="Familien", accusative="Familien", dative="Familien", plural=True),
        )
    },
    hashtags=("#Lastenrad",),
    claims=(Claim(text="das leiseste Lastenrad"),),
    reviewers={"PR": (), "legal": ()},
)


class Studio:
    """The draft panel as a user's hand knows it."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook, self.page = notebook, notebook.page
        self.panel = self.page.locator(".smm-draft")

    def room(self, title: str) -> None:
        tabs = self.panel.locator("> .jupyter-widget-tab > .lm-TabBar .lm-TabBar-tab")
        tabs.get_by_text(title, exact=True).click()

    def work(self, title: str) -> None:
        self.panel.locator(".smm-room-write .lm-TabBar-tab").get_by_text(title, exact=True).click()

    def button(self, within: str, name: str) -> Locator:
        return self.panel.locator(within).get_by_role("button", name=name, exact=True)

    def upload(self, button: str, name: str, kind: str, content: bytes) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.panel.locator(button).click()
        chooser.value.set_files([FilePayload(name=name, mimeType=kind, buffer=content)])

    def picture(self, stage: str) -> None:
        self.notebook.screenshot(f"studio-{stage}", of=".smm-draft")


@pytest.fixture
def studio(open_notebook: Callable[..., Notebook], tmp_path: Path) -> Studio:
    notebook = open_notebook("01_draft_posts.ipynb", folder=str(tmp_path / "leer"), language="de")
    notebook.run_all()
    expect(notebook.page.locator(".smm-draft")).to_be_visible(timeout=PATIENCE)
    notebook.hide_sidebar()
    return Studio(notebook)


def fill(field: Locator, text: str) -> None:
    field.fill(text)
    field.press("Tab")


def add_accounts(studio: Studio) -> None:
    studio.room("Konten")
    room = studio.panel.locator(".smm-room-accounts")
    for number, (network, handle) in enumerate(ACCOUNTS.items(), start=1):
        studio.button(".smm-room-accounts", "Neu").click()
        expect(room.locator(".smm-records option")).to_have_count(number)
        room.locator(".smm-account-network select").select_option(label=network)
        expect(room.locator(".smm-records option").get_by_text(network)).to_have_count(1)
        fill(room.locator(".smm-account-handle input"), handle)
        expect(room.locator(".smm-records option")).to_contain_text([handle])
        room.locator(".smm-account-address select").select_option(label="du")
    expect(room.locator(".smm-records option")).to_have_count(len(ACCOUNTS))


def import_brief(studio: Studio) -> None:
    studio.room("Briefing")
    studio.upload(".smm-campaign-import", "herbst.yaml", "text/yaml", to_yaml(BRIEF, language="de").encode())
    expect(studio.panel.locator(".smm-room-brief .smm-records option")).to_have_text([BRIEF.name])
    studio.picture("1-brief")


def write(studio: Studio) -> Locator:
    studio.room("Schreiben")
    studio.panel.locator(".smm-new").click()
    expect(studio.panel.locator(".smm-drafts option")).to_have_count(1)
    studio.panel.get_by_label("Kampagne").last.select_option(label=BRIEF.name)
    for network in map(str.casefold, ACCOUNTS):
        studio.panel.locator(f".smm-account-{network} input[type=checkbox]").check()
        expect(studio.panel.locator(f".smm-account-{network} .smm-meter-cell")).to_be_visible()
    text = studio.panel.locator(".smm-text textarea")
    text.fill(MESSAGE)
    expect(studio.panel.locator(".smm-account-x .smm-meter-cell")).to_contain_text("zu viel")
    studio.picture("2-write")
    return text


def test_from_an_empty_workspace_to_signed_off_posts_on_six_networks(studio: Studio) -> None:
    expect(studio.panel).to_contain_text("Noch kein Entwurf")
    add_accounts(studio)
    import_brief(studio)
    text = write(studio)
    adapt(studio, text)
    vary(studio)
    add_picture(studio)
    sign_off(studio)
    an_edit_voids_the_approval_and_undo_brings_it_back(studio, text)
    hand_over(studio)
    studio.notebook.restart()
    studio.notebook.run_all()
    all_is_found_again(studio, text)


def adapt(studio: Studio, text: Locator) -> None:
    panel = studio.panel
    studio.work("Fassungen")
    panel.locator(".smm-adapt-all").click()
    expect(panel.locator(".smm-version-x textarea").nth(1)).to_be_visible()
    expect(panel.locator(".smm-version-newsletter")).to_contain_text("Betreff")
    expect(panel.locator(".smm-version-wordpress")).to_contain_text("Meta-Beschreibung")
    expect(panel.locator(".smm-version-linkedin")).to_contain_text("Hashtags der Kampagne wurden ergänzt")
    studio.picture("3-versions")
    text.fill(MESSAGE.replace("Samstag", "Sonntag"))
    expect(panel.locator(".smm-version-x")).to_contain_text("weicht ab")
    text.fill(MESSAGE)
    expect(panel.locator(".smm-version-x")).not_to_contain_text("weicht ab")


def vary(studio: Studio) -> None:
    """Two texts that differ in one thing, and a study of eight."""
    panel = studio.panel
    studio.work("Varianten")
    panel.locator(".smm-add-variant").click()
    expect(panel.locator(".smm-variant textarea")).to_have_count(2)
    panel.get_by_label("Worin sie sich unterscheiden").select_option(label="Hook")
    for field, text in zip(panel.locator(".smm-variant textarea").all(), PAIR, strict=True):
        field.fill(text)
    expect(panel.locator(".smm-variants-ready")).to_contain_text("bereit für einen Test")
    studio.picture("4-pair")
    panel.get_by_text("Studie: Rohentwürfe aus dem Briefing").click()
    for tick in panel.locator(".smm-study-factors input").all():
        tick.check()
    half = panel.get_by_label("Versuchsplan").locator("option").filter(has_text="8 Texte")
    expect(half).to_have_count(1)
    panel.get_by_label("Versuchsplan").select_option(label=half.text_content())
    expect(panel.locator(".smm-study-explained")).to_contain_text("lässt sich nicht von der von")
    studio.button(".smm-work-variants", "Rohentwürfe schreiben").click()
    expect(panel.locator(".smm-study-text")).to_have_count(8, timeout=PATIENCE)
    studio.picture("5-study")


def add_picture(studio: Studio) -> None:
    panel, picture = studio.panel, io.BytesIO()
    studio.room("Medien")
    Image.new("RGB", (1200, 900), "seagreen").save(picture, "JPEG")
    studio.upload(".smm-room-media .smm-upload", "lastenrad.jpg", "image/jpeg", picture.getvalue())
    fill(panel.locator(".smm-media-alt_text textarea"), "Ein grünes Lastenrad auf dem Deich")
    fill(panel.locator(".smm-media-licence input"), "eigenes Foto")
    panel.locator(".smm-media-use").click()
    studio.picture("6-media")


def sign_off(studio: Studio) -> None:
    panel = studio.panel
    studio.room("Schreiben")
    studio.work("Freigabe")
    fill(panel.locator(".smm-signoff-name input"), "Anna")
    panel.get_by_label("Freigabe gilt").select_option(label="jederzeit")
    panel.locator(".smm-signoff-request").click()
    expect(panel.locator(".smm-signoff .smm-stands-review")).to_have_count(len(ACCOUNTS))
    for role, name in (("PR", "Gesine"), ("Recht", "Leo")):
        fill(panel.locator(".smm-signoff-name input"), name)
        panel.locator(".smm-signoff-role select").select_option(label=role)
        panel.get_by_label("Freigabe gilt").select_option(label="jederzeit")
        panel.locator(".smm-signoff-approve").click()
        expect(panel.locator(".smm-status")).to_contain_text("protokolliert")
    expect(panel.locator(".smm-signoff .smm-stands-approved")).to_have_count(len(ACCOUNTS))
    studio.picture("7-approved")


def an_edit_voids_the_approval_and_undo_brings_it_back(studio: Studio, text: Locator) -> None:
    panel = studio.panel
    text.fill(MESSAGE.replace("49,00 €", "39,00 €"))
    expect(panel.locator(".smm-signoff .smm-stands-approved")).not_to_have_count(len(ACCOUNTS))
    studio.picture("8-void")
    finding = panel.locator(".smm-findings-cell .smm-jump").filter(has_text="39").first
    finding.click()
    assert "39,00" in text.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)")
    studio.button(".smm-room-write", "Rückgängig").first.click()
    expect(text).to_have_value(MESSAGE)
    expect(panel.locator(".smm-signoff .smm-stands-approved")).to_have_count(len(ACCOUNTS))


def hand_over(studio: Studio) -> None:
    panel = studio.panel
    studio.room("Übergabe")
    expect(panel.locator(".smm-handed")).to_contain_text("6 Beiträge sind bereit")
    with studio.page.expect_download() as download:
        panel.locator(".smm-handover-download").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8"))))
    assert {row["network"] for row in rows} == {name.casefold() for name in ACCOUNTS}
    studio.picture("9-handover")


def all_is_found_again(studio: Studio, text: Locator) -> None:
    expect(text).to_have_value(MESSAGE)
    studio.work("Freigabe")
    expect(studio.panel.locator(".smm-signoff .smm-stands-approved")).to_have_count(len(ACCOUNTS))
    studio.work("Varianten")
    expect(studio.panel.locator(".smm-variant textarea").nth(1)).to_have_value(PAIR[1])
