"""The drafting studio from an empty workspace to a signed-off plan: one message on six networks."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from smmlib import open_workspace
from tests.browser.jupyterlab import PATIENCE, Lab, Notebook
from tests.browser.rooms import room, work
from tests.drafting.media import made_up

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ACCOUNTS = {
    "X": "@radhaus",
    "Mastodon": "@radhaus@rad.example",
    "Bluesky": "@radhaus.example",
    "LinkedIn": "Radhaus",
    "WordPress": "blog.radhaus.example",
    "Newsletter": "Radpost",
}
THREADS = ("x", "mastodon", "bluesky")
PHRASES = {
    "Angebot": ("das neue Lastenrad", "das neue Lastenrad", "dem neuen Lastenrad"),
    "Nutzen": ("ein trockener Weg", "einen trockenen Weg", "einem trockenen Weg"),
    "Problem": ("der tägliche Stau", "den täglichen Stau", "dem täglichen Stau"),
    "Zielgruppe": ("junge Familien", "junge Familien", "jungen Familien"),
}
MESSAGE = (
    "Der Weg zur Kita ist für viele Familien der längste des Tages. Stau vor der Schule, Regen im Gesicht, "
    "und am Ende nehmen doch wieder alle das Auto!!!\n\n"
    "Unser neues Lastenrad nimmt zwei Kinder mit, hat ein Dach gegen Regen und passt durch jede Haustür. Der "
    "Akku reicht für eine ganze Woche in der Stadt. Geladen wird an der Steckdose im Flur.\n\n"
    "Am Samstag kannst du es bei uns ausprobieren, eine Stunde lang und ohne Termin. Wir stellen Helme für "
    "Groß und Klein bereit und zeigen dir, wie man mit Kindern an Bord sicher anfährt und bremst. Bring "
    "einfach deine Familie mit."
)
PAIR = (
    "Schon wieder Stau vor der Kita? Teste jetzt das Rad.",
    "Nie wieder Stau vor der Kita. Teste jetzt das Rad.",
)


@pytest.fixture
def day() -> date:
    """When the message is to appear, some weeks from now."""
    return date.today() + timedelta(days=30)


def test_one_message_from_an_empty_workspace_to_a_signed_off_plan(
    open_notebook: Callable[..., Notebook], lab: Lab, day: date
) -> None:
    folder = lab.root / "data" / "studio"
    notebook = open_notebook("01_draft_posts.ipynb", folder=str(folder), language="de")
    notebook.run_all()
    page = notebook.page
    expect(page.locator(".smm-draft")).to_be_visible(timeout=PATIENCE)
    keep = Pictures(notebook)
    keep("empty")
    make_accounts(page)
    keep("accounts")
    fill_in_the_brief(page, day)
    keep("brief")
    add_a_picture(page, day)
    write_the_message(page)
    keep("write")
    adapt_to_every_account(page)
    keep("versions")
    use_the_picture(page)
    keep("media")
    declare_a_pair(page)
    keep("pair")
    plan_all(page, day)
    keep("planned")
    sign_off_by_two(page)
    keep("approved")
    edit_and_sign_off_again(page, keep)
    write_a_study(page)
    keep("study")
    hand_over(page, day)
    keep("handover")
    undo_and_redo(page)
    find_all_again(notebook, folder)
    keep("again")


class Pictures:
    """Keeps a picture of each stage, numbered."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook, self._number = notebook, 0

    def __call__(self, stage: str) -> None:
        self._number += 1
        self._notebook.screenshot(f"studio-{self._number:02}-{stage}", of=".smm-draft")


# --- finding one's way
def put(field: Locator, text: str) -> None:
    """Types into a field that is kept when it is left."""
    field.fill(text)
    field.press("Tab")


def told(page: Page) -> Locator:
    """The status line of the panel."""
    return page.locator(".smm-draft > .smm-status")


# --- the stages
def make_accounts(page: Page) -> None:
    room(page, "Konten")
    form = page.locator(".smm-room-accounts")
    expect(form).to_contain_text("Noch nichts da")
    for number, (network, handle) in enumerate(ACCOUNTS.items(), 1):
        form.get_by_role("button", name="Neu", exact=True).click()
        expect(form.locator(".smm-records option")).to_have_count(number)
        expect(form.locator(".smm-account-handle input")).to_have_value("@")
        form.locator(".smm-account-network select").select_option(label=network)
        put(form.locator(".smm-account-handle input"), handle)
        put(form.locator(".smm-account-brand input"), "Radhaus")
        form.locator(".smm-account-address select").select_option(label="du")
        expect(form.locator(".smm-records option", has_text=f"{network} · {handle}")).to_have_count(1)


def fill_in_the_brief(page: Page, day: date) -> None:
    room(page, "Briefing")
    form = page.locator(".smm-briefing")
    form.get_by_role("button", name="Neu", exact=True).click()
    expect(form.locator(".smm-campaign-name input")).to_have_value("Neue Kampagne")
    put(form.locator(".smm-campaign-name input"), "Trocken zur Kita")
    put(form.locator(".smm-campaign-audience textarea"), "Familien in der Stadt, genervt vom Stau")
    put(form.locator(".smm-campaign-start input"), (day - timedelta(days=40)).isoformat())
    put(form.locator(".smm-campaign-end input"), (day + timedelta(days=20)).isoformat())
    put(form.locator(".smm-campaign-owner input"), "Anna")
    put(form.locator(".smm-campaign-core-message textarea"), "Mit dem Lastenrad kommst du trocken zur Kita.")
    put(form.locator(".smm-offer-name input"), "Lastenrad Kranich")
    form.get_by_role("button", name="Preis hinzufügen").click()
    put(form.locator(".smm-cell-label input").first, "Kranich")
    put(form.locator(".smm-cell-amount input"), "3.490,00 €")
    put(form.locator(".smm-campaign-link input"), "https://radhaus.example/kranich")
    put(form.locator(".smm-campaign-hashtags input"), "#Lastenrad #TrockenZurKita")
    for name, cases in PHRASES.items():
        line = form.locator(".smm-phrase", has=page.locator(".smm-accusative")).filter(has_text=name).first
        for case, text in zip(("nominative", "accusative", "dative"), cases, strict=True):
            put(line.locator(f".smm-{case} input"), text)
        line.get_by_label("Plural").set_checked(name == "Zielgruppe")
    for role in ("pr", "legal"):
        form.locator(f".smm-role-{role} input").check()
    expect(form.locator(".smm-rows-row")).not_to_contain_text("Noch nicht gesichert")
    expect(form.locator(".smm-records option")).to_have_text(["Trocken zur Kita"])


def add_a_picture(page: Page, day: date) -> None:
    room(page, "Medien")
    media = page.locator(".smm-room-media")
    with page.expect_file_chooser() as choosing:
        media.locator(".smm-upload").click()
    picture = {"name": "lastenrad.jpg", "mimeType": "image/jpeg", "buffer": made_up.telling_jpeg()}
    choosing.value.set_files([picture])
    expect(told(page)).to_contain_text("Entfernt: GPS-Position")
    put(media.locator(".smm-media-alt_text textarea"), "Eine Frau fährt zwei Kinder im Lastenrad durch Regen")
    put(media.locator(".smm-media-licence input"), "Fotovertrag Zoë Müller")
    put(media.locator(".smm-media-licence_until input"), (day + timedelta(days=365)).isoformat())
    media.locator(".smm-media-consent select").select_option(label="Einwilligung liegt vor")
    media.locator(".smm-media-ai_origin select").select_option(label="Ohne KI entstanden")
    put(media.locator(".smm-media-persons input"), "Mia K.")


def write_the_message(page: Page) -> None:
    room(page, "Schreiben")
    page.locator("button.smm-new").click()
    text = page.locator(".smm-text textarea")
    expect(text).to_have_value("")
    page.get_by_placeholder("wie ihn das Team nennt").fill("Trocken zur Kita")
    page.locator(".smm-middle").get_by_label("Kampagne").select_option(label="Trocken zur Kita")
    ticks = work(page, "Konten").locator(".smm-account-row input[type=checkbox]")
    expect(ticks).to_have_count(len(ACCOUNTS))
    for index in range(len(ACCOUNTS)):
        ticks.nth(index).check()
    text.fill(MESSAGE)
    loud = page.locator(".smm-jump", has_text="!!!").first
    loud.click()
    assert text.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == "!!!"
    page.keyboard.type(".")
    expect(text).to_have_value(MESSAGE.replace("!!!", "."))
    expect(loud).to_have_count(0)


def adapt_to_every_account(page: Page) -> None:
    board = work(page, "Fassungen")
    board.locator(".smm-adapt-all").click()
    for network in THREADS:
        expect(board.locator(f".smm-version-{network} .smm-part")).not_to_have_count(1)
    expect(board.locator(".smm-version-linkedin .smm-part")).to_have_count(1)
    blog, mail = board.locator(".smm-version-wordpress"), board.locator(".smm-version-newsletter")
    blog.locator(".smm-post-title input").fill("Trocken zur Kita: das neue Lastenrad")
    blog.locator(".smm-post-meta_description textarea").fill(
        "Zwei Kinder, ein Dach, kein Stau: das Lastenrad."
    )
    mail.locator(".smm-post-subject input").fill("Am Samstag: Lastenrad testen")
    mail.locator(".smm-post-preheader textarea").fill("Eine Stunde, ohne Termin, mit Helmen für alle.")
    expect(page.locator(".smm-saved")).to_contain_text("Gespeichert")


def use_the_picture(page: Page) -> None:
    room(page, "Medien")
    page.locator(".smm-media-use").click()
    expect(told(page)).to_contain_text("im geöffneten Entwurf")
    room(page, "Schreiben")
    media = work(page, "Bilder und Filme")
    expect(media.locator(".smm-medium-alt textarea")).to_have_value(
        "Eine Frau fährt zwei Kinder im Lastenrad durch Regen"
    )


def declare_a_pair(page: Page) -> None:
    variants = work(page, "Varianten")
    variants.locator(".smm-add-variant").click()
    for index, text in enumerate(PAIR):
        variants.locator(".smm-variant textarea").nth(index).fill(text)
    variants.get_by_label("Worin sie sich unterscheiden").select_option("Hook")
    expect(variants.locator(".smm-variants-ready")).to_contain_text("bereit für einen Test")


def plan_all(page: Page, day: date) -> None:
    rows = work(page, "Konten").locator(".smm-account-row")
    for index in range(len(ACCOUNTS)):
        put(
            rows.nth(index).locator("input[type=datetime-local]"),
            datetime.combine(day, time(9 + index)).isoformat(timespec="minutes"),
        )
    expect(page.locator(".smm-drafts option").first).to_contain_text(f"{day:%d.%m.} Trocken zur Kita")


def enter(page: Page, name: str, role: str) -> Locator:
    """Somebody sits down at the sign-off bar; returns it."""
    bar = work(page, "Freigabe")
    put(bar.locator(".smm-signoff-name input"), name)
    bar.locator(".smm-signoff-role select").select_option(label=role)
    return bar


def decide(page: Page, name: str, role: str, action: str) -> None:
    """Somebody decides; the answer stays in sight."""
    enter(page, name, role).get_by_role("button", name=action, exact=True).click()
    expect(told(page).locator(".smm-done")).to_be_in_viewport()


def sign_off_by_two(page: Page) -> None:
    standing = page.locator(".smm-signoff")
    decide(page, "Anna", "Redaktion", "Zur Freigabe geben")
    expect(standing.locator(".smm-stands-review")).to_have_count(len(ACCOUNTS))
    decide(page, "Lea", "PR", "Freigeben")
    expect(standing.locator(".smm-stands-review").first).to_contain_text("Recht")
    decide(page, "Jo", "Recht", "Freigeben")
    expect(standing.locator(".smm-stands-approved")).to_have_count(len(ACCOUNTS))


def edit_and_sign_off_again(page: Page, keep: Pictures) -> None:
    enter(page, "Anna", "Redaktion")
    page.locator(".smm-middle").get_by_label("Text für").select_option(label="LinkedIn · Radhaus")
    text = page.locator(".smm-text textarea")
    expect(text).to_have_value(re.compile("#TrockenZurKita"))
    text.fill(text.input_value().replace("eine Stunde lang", "zwei Stunden lang"))
    standing = page.locator(".smm-signoff")
    expect(standing.locator(".smm-stands-approved")).to_have_count(len(ACCOUNTS) - 1)
    voided = standing.locator(".smm-void").first
    voided.locator("summary").click()
    expect(voided.locator("ins")).to_contain_text("zwei Stunden")
    expect(voided.locator("del")).to_contain_text("eine Stunde")
    keep("voided")
    decide(page, "Anna", "Redaktion", "Zur Freigabe geben")
    decide(page, "Lea", "PR", "Freigeben")
    decide(page, "Jo", "Recht", "Freigeben")
    expect(standing.locator(".smm-stands-approved")).to_have_count(len(ACCOUNTS))


def write_a_study(page: Page) -> None:
    page.locator("button.smm-new").click()
    expect(page.locator(".smm-text textarea")).to_have_value("")
    page.get_by_placeholder("wie ihn das Team nennt").fill("Studie")
    variants = work(page, "Varianten")
    variants.get_by_text("Studie: Rohentwürfe aus dem Briefing").click()
    for factor in ("Länge", "Emoji"):
        variants.locator(".smm-study-factors").get_by_label(factor).check()
    variants.get_by_label("Versuchsplan").select_option(index=1)
    expect(variants.locator(".smm-study-explained")).to_contain_text("Auflösung IV")
    variants.get_by_role("button", name="Rohentwürfe schreiben").click()
    expect(variants.locator(".smm-study-text")).to_have_count(8)
    variants.get_by_role("button", name="In den Entwurf übernehmen").click()
    expect(variants.locator(".smm-variant textarea")).to_have_count(8)
    expect(variants.locator(".smm-variants-ready")).to_contain_text("bereit für einen Test")


def hand_over(page: Page, day: date) -> None:
    room(page, "Übergabe")
    out = page.locator(".smm-room-handover")
    expect(out.locator(".smm-handed")).to_contain_text("6 Beiträge sind bereit")
    expect(out.locator(".smm-refused")).to_contain_text("6 Beiträge abgelehnt")
    expect(out.locator(".smm-refused")).to_contain_text("Noch nicht zur Freigabe gegeben")
    with page.expect_download() as waiting:
        out.locator(".smm-handover-download").click()
    rows = list(csv.DictReader(Path(waiting.value.path()).read_text("utf-8-sig").splitlines(keepends=True)))
    assert {row["network"] for row in rows} == {
        "x",
        "mastodon",
        "bluesky",
        "linkedin",
        "wordpress",
        "newsletter",
    }
    assert all(row["planned_at"].startswith(day.isoformat()) for row in rows)
    assert "zwei Stunden lang" in next(row["text"] for row in rows if row["network"] == "linkedin")


def undo_and_redo(page: Page) -> None:
    room(page, "Schreiben")
    title = page.get_by_placeholder("wie ihn das Team nennt")
    title.fill("Studie im Januar")
    expect(page.locator(".smm-drafts option", has_text="Studie im Januar")).to_have_count(1)
    page.locator(".smm-middle").get_by_role("button", name="Rückgängig").click()
    expect(title).to_have_value("Studie")
    page.locator(".smm-middle").get_by_role("button", name="Wiederholen").click()
    expect(title).to_have_value("Studie im Januar")


def find_all_again(notebook: Notebook, folder: Path) -> None:
    notebook.restart()
    notebook.run_all()
    page = notebook.page
    page.locator(".smm-drafts select").select_option(
        label=page.locator(".smm-drafts option", has_text="Kita").inner_text()
    )
    expect(page.locator(".smm-text textarea")).to_have_value(MESSAGE.replace("!!!", "."))
    bar = work(page, "Freigabe")
    expect(bar.locator(".smm-stands-approved")).to_have_count(len(ACCOUNTS))
    expect(work(page, "Varianten").locator(".smm-variant textarea").first).to_have_value(PAIR[0])
    with open_workspace(folder) as opened:
        assert opened.signoff.verify().whole
