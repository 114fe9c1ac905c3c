"""The hand-over page as a user drives it, without a browser."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import escape

import pytest

from smmlib import Draft, Version
from smmlib.drafting.signoff import Step
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.handover_page import HandoverPage
from tests.panels.drafting.test_media_page import markup

PLANNED = datetime(2030, 9, 3, 16, 30, tzinfo=UTC)
NASTY = '<script>alert("x")</script></textarea><b onclick=alert(1)>'


def sign_off(workspace, draft):
    """Somebody asks for a review of a draft, somebody else approves it."""
    workspace.signoff.append(Step("request", draft, "Ada"), Step("approve", draft, "Ben", text="Gut"))


@pytest.fixture
def page(workspace):
    one = Version(account="x", planned_at=PLANNED)
    workspace.drafts.update(Draft(id="one", campaign="herbst", text="Grüße aus Köln", versions=(one,)))
    workspace.drafts.update(Draft(id="two", text="Nichts", versions=(Version(account="m"),)))
    sign_off(workspace, "one")
    saved = []
    panel = kit.Panel(language="de", name="smm-handover")
    panel.download.save = lambda *what: saved.append(what)
    model = DraftModel(workspace)
    model.open("one")
    page = HandoverPage(model, panel)
    page.saved = saved
    page.show()
    return page


def test_what_goes_out_and_what_does_not_is_shown_with_reasons(page, workspace):
    assert "1 Beitrag ist bereit." in page._ready.value
    assert "1 Beitrag abgelehnt." in page._refused.value
    assert "Noch nicht zur Freigabe gegeben" in page._refused.value
    page._save.click()
    ((name, content, mime),) = page.saved
    assert name.startswith("posts-neutral-csv-")
    assert "Grüße aus Köln".encode() in content
    assert mime == "text/csv"
    assert workspace.signoff.entries("one")[-1].action == "approve"
    assert "1 Beitrag steht in" in page.panel.status.value


def test_what_is_refused_stands_by_reason_the_most_frequent_first(page, workspace):
    for number in range(4):
        workspace.drafts.add(Draft(title=f"<b>{number}</b>", text="Hallo", versions=(Version(account="m"),)))
    page.show()
    shown = page._refused.value
    assert shown.count("<details") == shown.count("<summary>") == 1
    assert "<details>" in shown  # five names are folded away
    assert shown.count("<li>") == 5
    assert "&lt;b&gt;0&lt;/b&gt;" in shown
    assert page._by_hand.post.draft.id == "one"


def test_what_is_taken_and_what_is_posted_is_logged_under_the_name_at_the_keyboard(page, workspace):
    page.model.drafts.author = "Cem"
    page._save.click()
    page._by_hand._post.value = "one-x"
    page._by_hand._tick.click()
    logged = [(entry.action, entry.actor) for entry in workspace.signoff.entries("one")]
    assert logged[-2:] == [("hand over", "Cem"), ("posted", "Cem")]


def test_filters_narrow_it_and_an_empty_page_says_so(page):
    page._account.value = "m"
    assert "Grüße" not in page._ready.value
    assert page._save.disabled
    page._account.value = ""
    page._scope.value = True
    assert page._refused.value == ""
    page._start.value = date(2031, 1, 1)
    assert "Keine Beiträge hier" in page._ready.value
    page._start.value = None
    page._end.value = date(2030, 9, 3)
    page._campaign.value = "herbst"
    assert "1 Beitrag ist bereit." in page._ready.value


def test_a_tool_that_needs_ids_asks_for_them_and_remembers(page, workspace):
    page._scope.value = True
    page._profile.value = "postiz"
    assert "30 Anfragen je Stunde" in page._about.value
    assert "Kennung" in page._refused.value
    (row,) = page._channels.children
    row.children[0].value = "cm4"
    assert "1 Beitrag ist bereit." in page._ready.value
    assert workspace.settings.views["handover"] == {"postiz": {"x": "cm4"}}


@pytest.mark.parametrize("profile", ["neutral-json", "hootsuite", "buffer", "calendar", "plan", "text"])
def test_every_tool_gets_its_file(page, profile):
    page._profile.value = profile
    page._save.click()
    assert page.saved[0][1]


def test_the_same_in_python_leaves_the_same_result(page):
    page._account.value = "x"
    page._end.value = date(2030, 12, 31)
    left: dict[str, object] = {}
    exec(page.model.code, left)
    result = left["result"]
    assert page.model.result is not None
    assert (result.content, result.posts, result.refused) == (
        page.model.result.content,
        page.model.result.posts,
        page.model.result.refused,
    )
    assert list(page.model.data()["handed_over"]) == [True]


def test_text_and_link_by_hand_are_escaped_and_open_nothing(page, workspace):
    page.model.drafts.edit(text=NASTY)
    sign_off(workspace, "one")
    page.model.look()
    hand = page._by_hand
    assert "readonly" in hand._text.value
    assert f"\n{escape(NASTY)}\n" in hand._text.value
    assert hand._text.value.count("</textarea>") == 1
    assert 'rel="noopener noreferrer"' in hand._share.value
    assert 'target="_blank"' in hand._share.value
    assert "https://x.com/intent/tweet?text=%3Cscript%3E" in hand._share.value
    shown = markup(page)
    assert "<script" not in shown
    assert "<b on" not in shown


def test_a_refused_post_has_no_text_to_copy(page):
    hand = page._by_hand
    hand._post.value = "two-m"
    assert hand._text.value == ""
    assert hand._share.value == ""
    assert "Noch nicht zur Freigabe gegeben" in hand._why.value


def test_a_tick_with_its_address_and_back_in_the_open_draft(page, workspace):
    hand = page._by_hand
    hand._post.value = "one-x"
    hand._link.value = "nirgends"
    hand._tick.click()
    assert "smm-error" in page.panel.status.value
    hand._link.value = "https://x.com/rad/status/1"
    hand._tick.click()
    version = workspace.drafts.get("one").versions[0]
    assert version.permalink == "https://x.com/rad/status/1"
    assert version.posted_at is not None
    assert "Veröffentlicht" in hand._why.value
    assert "1 Beitrag ist bereit" not in page._ready.value
    page.model.drafts.undo()
    assert workspace.drafts.get("one").versions[0].posted_at is None
    page.model.look()
    hand._tick.click()
    hand._untick.click()
    assert workspace.drafts.get("one").versions[0].posted_at is None


def test_a_tick_in_a_draft_that_is_not_open(page, workspace):
    page._by_hand._post.value = "two-m"
    page._by_hand._tick.click()
    assert workspace.drafts.get("two").versions[0].posted_at is not None


def test_a_plan_is_read_reported_and_stored_on_a_click(page, workspace):
    plan = page._plan
    table = f"account;text;planned_at\nx;Neu;03.09.2030 08:00\nx;{NASTY};gestern\n".encode()
    plan._uploaded({"new": ({"name": "plan.csv", "content": memoryview(table)},)})
    assert "2 Zeilen: 1 neu" in plan._report.value
    assert "ist kein Datum mit Uhrzeit" in plan._report.value
    assert "<script" not in plan._report.value
    assert len(workspace.drafts.list()) == 2
    plan._store.click()
    assert [draft.text for draft in workspace.drafts.list()][-1] == "Neu"
    assert plan._report.value == ""
    assert "Neu" in [draft.text for draft in page.model.drafts.shown]


def test_a_plan_that_changes_the_open_draft_is_shown_there(page, workspace):
    page._scope.value = True
    page._save.click()
    content = page.saved[0][1].decode().replace("Grüße aus Köln", "Grüße aus Bonn").encode()
    page.model.read_plan("posts.csv", content)
    assert page.model.take() == 1
    assert page.model.drafts.draft is not None
    assert page.model.drafts.draft.text_for("x") == "Grüße aus Bonn"


def test_what_is_no_plan_is_said_and_a_template_is_offered(page):
    page._plan._uploaded({"new": ({"name": "x.csv", "content": memoryview(b"a,b\n1,2\n")},)})
    assert "smm-error" in page.panel.status.value
    page._plan._template()
    assert page.saved[0][1].startswith(b"\xef\xbb\xbfNetzwerk;Konto;Datum")


def test_nothing_is_worked_out_anew_while_nothing_changed(page):
    before = page.model.result
    page.show()
    assert page.model.result is before
    page.model.drafts.edit(text="Anders")
    page.show()
    assert page.model.result is not before
