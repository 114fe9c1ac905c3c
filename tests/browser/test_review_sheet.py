"""A reviewer without the workbench: opens the page, decides, sends the file back; the log takes it over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from smmlib import Account, Campaign, Draft, Version, open_workspace
from smmlib.draft import Media
from smmlib.drafting.signoff import Step, review_html
from smmlib.workspace import Workspace
from tests.browser.conftest import ARTEFACTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADDRESS = "http://127.0.0.1:9/review.html"  # answered by the test itself
HOSTILE = "<script>document.title = 'taken over'</script><img src=x onerror=alert(1)> \u202eabc"
TEXT = "Zwölf Räder, ein Samstag: Probefahrt am Deich 🚲 #Lastenrad\n\nKommt vorbei!"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Workspace]:
    """Two posts in review, one of them changed since Leo approved it."""
    with open_workspace(tmp_path / "workspace") as workspace:
        workspace.campaigns.add(
            Campaign(id="c", name="Herbst", link="https://example.com/rad", reviewers={"legal": ()})
        )
        workspace.accounts.add(
            Account(id="m", network="mastodon", handle="@rad@social.example", brand="Rad & Co")
        )
        workspace.accounts.add(Account(id="l", network="linkedin", handle="Rad & Co"))
        planned = datetime(2026, 12, 5, 9, 30, tzinfo=UTC)
        media = (Media(name="deich.jpg", alt_text="Ein Lastenrad auf dem Deich"),)
        versions = (Version(account="m", planned_at=planned, media=media), Version(account="l", text=HOSTILE))
        draft = workspace.drafts.add(Draft(id="one", campaign="c", text=TEXT, versions=versions))
        workspace.signoff.append(Step("request", "one", "Anna"))
        workspace.signoff.append(Step("approve", "one", "Leo", ("m",), role="legal"))
        workspace.drafts.update(draft.replace(text=TEXT.replace("Zwölf", "Zehn")))
        workspace.signoff.append(Step("request", "one", "Anna", ("m",), text="Jetzt zehn Räder."))
        yield workspace


def show(page: Page, team: Workspace, language: str) -> None:
    sheet = team.reviews.sheet(["one"], made_by="Anna", deadline=date(2026, 12, 1))
    markup = review_html(sheet, language)  # type: ignore[arg-type]
    page.route(ADDRESS, lambda route: route.fulfill(body=markup, content_type="text/html; charset=utf-8"))
    page.goto(ADDRESS)


def test_a_reviewer_decides_in_the_browser(page: Page, team: Workspace) -> None:
    show(page, team, "de")
    assert page.title() == "Freigabe für workspace"
    assert page.locator("body script").count() == 1
    expect(page.locator(".smm-post")).to_have_count(2)
    expect(page.locator(".smm-post").first).to_contain_text("ZwölfZehn")
    page.get_by_role("button", name="Antwort als Datei speichern").click()
    assert page.evaluate("document.activeElement.name") == "name"  # asked for the name first
    page.get_by_label("Name").fill("Lea")
    page.get_by_label("Rolle").select_option("legal")
    first, second = page.locator(".smm-post").nth(0), page.locator(".smm-post").nth(1)
    first.get_by_label("freigeben").check()
    second.get_by_label("zurückgeben").check()
    second.get_by_label("Kommentar", exact=True).fill("Kein <b>HTML</b>, bitte 🙂")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Antwort als Datei speichern").click()
    report = team.reviews.read(Path(saved.value.path()).read_bytes(), saved.value.suggested_filename)
    assert report.refused == ()
    copied = page.locator("#answer").input_value()
    assert team.reviews.read(copied.encode(), "mail.txt").steps == report.steps
    team.reviews.take_over(report)
    assert team.signoff.state("one").approved("m")
    assert team.signoff.state("one").reason("l").text("de") == (
        "Zurückgegeben von Lea: Kein <b>HTML</b>, bitte 🙂"
    )


@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 1100), ("light", 420)])
def test_it_is_shown_in_light_and_dark_wide_and_narrow(
    page: Page, team: Workspace, scheme: str, width: int
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    show(page, team, "de" if scheme == "light" else "en")
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"review-sheet-{scheme}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.emulate_media(media="print")
    expect(page.locator(".smm-send")).to_be_hidden()
