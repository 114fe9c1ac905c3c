"""The page of checks: switch them, choose the rule for gendered German, teach words."""

import asyncio

import pytest

from smmlib.drafting import CHECKS
from smmlib.errors import UnknownNameError
from smmlib.panels import DraftPanel
from smmlib.panels.drafting import checks_model
from smmlib.panels.drafting.checks_model import ChecksModel
from smmlib.panels.drafting.checks_settings import ChecksSettings
from smmlib.panels.kit import Panel
from smmlib.workspace.hunspell import dictionaries


def said(panel):
    """What the list of findings says."""
    return " ".join(item["text"] for item in panel._findings.items)


OFF_AS_IT_COMES = next(check.id for check in CHECKS if not check.on)


@pytest.fixture
def model(workspace):
    return ChecksModel(workspace)


@pytest.fixture
def page(model):
    return ChecksSettings(model, Panel(language="de", name="test"))


def test_every_check_has_a_box_that_shows_how_it_comes(page):
    assert {name: tick.value for name, tick in page._ticks.items()} == {
        check.id: check.on for check in CHECKS
    }


def test_a_check_is_switched_for_the_whole_team_and_back(page, workspace):
    page._ticks["address"].value = False
    page._ticks[OFF_AS_IT_COMES].value = True
    kept = workspace.settings.checks
    assert (kept.off, kept.on) == (("address",), (OFF_AS_IT_COMES,))
    assert not ChecksSettings(ChecksModel(workspace), page.panel)._ticks["address"].value
    page._ticks["address"].value = True
    page._ticks[OFF_AS_IT_COMES].value = False
    assert (workspace.settings.checks.off, workspace.settings.checks.on) == ((), ())


def test_all_checks_go_back_to_how_they_come(page, model, workspace):
    page._gender.value = "colon"
    page._ticks["address"].value = False
    model.as_they_come()
    assert page._ticks["address"].value
    assert workspace.settings.checks.gender == "colon"


def test_words_are_taught_once_each(page, workspace):
    page._words.value = "Kranich, Radwerk\nKranich Vollkorn-Lab"
    assert workspace.settings.checks.own_words == ("Kranich", "Radwerk", "Vollkorn-Lab")
    assert page._words.value == "Kranich Radwerk Vollkorn-Lab"


def test_what_was_typed_is_text(page):
    page._words.value = "<script>alert(1)</script>"
    assert "<script" not in page._state.value


def test_a_check_that_does_not_exist_is_named_with_those_there_are(model):
    with pytest.raises(UnknownNameError, match=r"'adress' is unknown\. Did you mean 'address'"):
        model.switch("adress", True)


def test_without_hunspell_the_page_says_what_to_install(page, model, monkeypatch):
    monkeypatch.setattr(checks_model, "has_hunspell", lambda: False)
    monkeypatch.setattr(checks_model, "dictionaries", lambda: ())
    model.refresh()
    page.show()
    assert "apt install hunspell hunspell-de-de" in page._state.value


def test_a_missing_dictionary_is_named(page, model, monkeypatch):
    monkeypatch.setattr(checks_model, "has_hunspell", lambda: True)
    monkeypatch.setattr(checks_model, "dictionaries", lambda: ("en",))
    model.refresh()
    page.show()
    assert "de_DE" in page._state.value


def test_what_is_switched_off_is_not_found_in_the_draft_panel(workspace):
    panel = DraftPanel(workspace, language="de")
    panel.model.open("one")
    panel._editor._text.value = "Wir freuen uns auf Ihren Besuch und auf dich!"
    assert "Der Text mischt" in said(panel)
    page = panel.rooms.enter("smm-room-checks")
    page._ticks["address"].value = False
    assert "Der Text mischt" not in said(panel)
    names = {}
    exec(panel.code, names)
    assert names["result"] == panel.model.result


def test_a_mistyped_word_is_found_by_and_by(workspace):
    if not {"de"} <= set(dictionaries()):
        pytest.skip("hunspell with a German dictionary is not installed")

    async def type_it():
        panel = DraftPanel(workspace, language="de")
        panel.model.open("one")
        panel._editor._text.value = "Ein Lastenrad ist ein Fahrad für alle"
        for _ in range(200):
            if "Fahrrad" in said(panel):
                return panel
            await asyncio.sleep(0.05)
        return panel

    panel = asyncio.run(type_it())
    assert "„Fahrad“ steht nicht im Wörterbuch" in said(panel)
    panel.model.save()  # what was typed is stored a moment after the last key, and the loop has stopped
    names = {}
    exec(panel.code, names)
    assert names["result"] == panel.model.result
