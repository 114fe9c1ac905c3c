"""The draft panel as a user drives it, without a browser: set a control, read what is shown."""

from datetime import UTC, datetime

import pytest

from smmlib import Draft, Version
from smmlib.panels import DraftPanel


@pytest.fixture
def panel(workspace):
    panel = DraftPanel(workspace, language="de")
    panel.model.open("one")
    return panel


def words(panel):
    """What the list of findings says."""
    return " ".join(f"{item['severity']} {item['text']}" for item in panel._findings.items)


def test_count_and_preview_follow_typing(panel):
    panel._editor._text.value = "Heute 20 % auf alles! " * 20
    assert "zu viel" in panel._accounts._rows["x"]._meter.value
    assert "20 % auf alles" in panel._previews._cards.value
    assert "Fehler" in words(panel)


def test_what_was_typed_is_text(panel):
    panel._editor._text.value = '<script>alert("x")</script> </style><b onmouseover=alert(1)>\u202e'
    assert "<script" not in panel._previews._cards.value
    assert "<b on" not in panel._previews._cards.value
    assert "</style" not in panel._previews._cards.value
    assert "U+202E" in panel._previews._cards.value


def test_ticking_an_account_adds_a_version_with_its_own_limits(panel, workspace):
    panel._accounts._rows["m"]._tick.value = True
    assert [v.account for v in workspace.drafts.get("one").versions] == ["x", "m"]
    assert "1.000" in panel._accounts._rows["m"]._meter.value


def test_an_hour_that_does_not_exist_is_said_on_the_status_line(panel):

    panel._accounts._rows["x"]._when.value = datetime(2026, 3, 29, 2, 30)
    assert "smm-error" in panel.status.value
    assert panel.model.draft.versions[0].planned_at is None


def test_link_without_scheme_is_a_finding_and_no_link_is_shown(panel):
    panel._editor._link.value = "example.com/rad"
    assert "https://example.com/rad" in words(panel)
    panel._editor._link.value = "https://example.com/rad"
    assert "utm_campaign=herbst-am-rad&amp;utm_content=one" in panel._previews._cards.value


def test_variants_stand_side_by_side_with_their_lengths(panel, workspace):
    panel.work.enter("smm-work-variants")._add.click()
    panel.work.enter("smm-work-variants")._fields[1].value = "Grüße aus Kölle"
    assert [v.text for v in workspace.drafts.get("one").variants] == ["Grüße aus Köln", "Grüße aus Kölle"]
    assert "15 / 280" in panel.work.enter("smm-work-variants")._counts[1].value


def test_alt_text_is_asked_for_and_kept(panel, workspace):
    panel.work.enter("smm-work-media").children[-1].children[0].click()
    kind, name, alt = panel.work.enter("smm-work-media")._lines[0]
    name.value = "rad.jpg"
    assert "rad.jpg" in panel._previews._cards.value
    alt.value = "Ein Rad im Regen"
    assert workspace.drafts.get("one").versions[0].media[0].alt_text == "Ein Rad im Regen"
    assert kind.value == "image"


def test_without_media_the_room_says_what_to_do(panel):
    media = panel.work.enter("smm-work-media")
    assert "Noch kein Bild" in media._empty.value
    panel.model.drop_version("x")
    assert "Kein Konto gewählt" in media._empty.value


def test_what_concerns_every_account_names_them_once(panel):
    panel._accounts._rows["m"]._tick.value = True
    panel.model.write("Kommt alle!!!!!")
    who = {item["who"] for item in panel._findings.items if "!" in item["text"]}
    assert who == {"alle Konten"}
    panel._accounts._rows["m"]._tick.value = False
    who = {item["who"] for item in panel._findings.items if "!" in item["text"]}
    assert who == {"X @rad"}


def test_the_list_writes_days_as_its_language_does(workspace):
    planned = datetime(2026, 9, 2, 22, 30, tzinfo=UTC)  # in Berlin it is the third
    workspace.drafts.update(Draft(id="one", text="Rad", versions=(Version(account="x", planned_at=planned),)))
    lines = {
        language: DraftPanel(workspace, language=language)._list._list.options[-1][0]
        for language in ("de", "en")
    }
    assert lines == {"de": "✎ 03.09. Rad", "en": "✎ 3 Sept Rad"}


def test_undo_and_redo_buttons_follow_the_past(panel):
    assert panel._editor._undo.disabled
    panel._editor._text.value = "neu"
    assert not panel._editor._undo.disabled
    panel._editor._undo.click()
    assert panel._editor._text.value == "Grüße aus Köln"
    panel._editor._redo.click()
    assert panel._editor._text.value == "neu"


def test_a_million_characters_and_lone_surrogates_are_shown(panel):
    panel._editor._text.value = "ä\ud800" * 500_000
    assert "zu viel" in panel._accounts._rows["x"]._meter.value


def test_an_empty_workspace_says_how_to_begin(tmp_path):
    from smmlib import open_workspace

    panel = DraftPanel(open_workspace(tmp_path), language="en")
    assert "smm-hidden" not in panel._empty._dom_classes
    assert "First add the accounts" in panel._empty.value
    panel._list._new.click()
    assert panel.model.draft is not None
    assert "smm-hidden" in panel._empty._dom_classes


def test_campaign_form_keeps_changes_and_refuses_a_reversed_period(panel, workspace):
    from datetime import date

    brief = panel.rooms.enter("smm-room-brief")
    brief._controls["audience"].value = "Familien"
    assert workspace.campaigns.get("herbst").audience == "Familien"
    brief._controls["end"].value = date(2026, 8, 1)
    assert "smm-error" in panel.status.value
    assert workspace.campaigns.get("herbst").end == date(2026, 10, 31)


def test_account_form_takes_a_limit_and_refuses_a_word(panel, workspace):
    form = panel.rooms.enter("smm-room-accounts")
    form.show("m")
    form._controls["limits"].value = "5.000"
    assert workspace.accounts.get("m").limits == {"text": 5000}
    form._controls["limits"].value = "viel"
    assert "smm-error" in panel.status.value
    form._controls["limits"].value = ""
    assert workspace.accounts.get("m").limits == {}


def test_data_has_a_row_for_each_account(panel, workspace):
    workspace.drafts.update(
        Draft(id="one", text="Hallo", versions=(Version(account="x"), Version(account="ig")))
    )
    panel.model.open("one")
    assert list(panel.data()["network"]) == ["x", "instagram"]


def test_a_removed_campaign_comes_back(panel, workspace):
    brief = panel.rooms.enter("smm-room-brief")
    brief._remove()
    assert workspace.campaigns.list() == ()
    brief._undo.click()
    assert brief._controls["name"].value == workspace.campaigns.get("herbst").name == "Herbst am Rad"


def executed(code):
    names = {}
    exec(code, names)
    return names["result"]


def test_the_python_of_the_open_room_leaves_the_same_result(panel, workspace):
    panel.model.edit_version("m")
    panel.model.add_variant()
    panel.model.write_variant(1, "Schon mal Lastenrad gefahren?")
    panel.model.edit(factors=("hook",))
    versions = panel.work.enter("smm-work-versions").model
    assert executed(versions.code) == versions.result
    assert "drafting.adapt" in panel._python.value
    variants = panel.work.enter("smm-work-variants").model
    assert executed(variants.code) == variants.readiness
    assert "ready_for_test" in panel._python.value
    signoff = panel.work.enter("smm-work-signoff").model
    assert executed(signoff.code) == signoff.state
    assert "signoff.state" in panel._python.value
    panel.work.enter("smm-work-accounts")
    assert executed(panel.code) == panel.model.result
