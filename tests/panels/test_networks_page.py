"""The page of networks: look at the rules, set numbers of one's own, add a network, take all back."""

from datetime import date

import pytest

from smmlib.errors import InvalidRecordError, InvalidValueError, UnreadableFileError
from smmlib.networks import RULE_NAMES
from smmlib.networks.rules import RULES
from smmlib.panels.kit import Panel
from smmlib.panels.networks_model import NetworksModel
from smmlib.panels.networks_page import NetworksPage


@pytest.fixture
def model(workspace):
    return NetworksModel(workspace)


@pytest.fixture
def page(model):
    return NetworksPage(model, Panel(language="de", name="test"))


def test_an_industry_network_is_added_and_its_number_set(model, workspace):
    model.add("Fränkische Gastro-Börse")
    assert model.chosen == "frankische-gastro-borse"
    assert model.network.limit() is None
    assert [f.rule for f in model.network.check("Text")] == ["status"]
    model.set_rule("text", "2.000", source="Hilfeseite", checked_on=date(2026, 9, 1))
    known = workspace.load_networks()[model.chosen]
    assert (known.name, known.limit(), known.status) == ("Fränkische Gastro-Börse", 2000, "live")
    assert known.rule("text").source == "Hilfeseite"
    assert known.rule("text").checked_on == date(2026, 9, 1)
    assert known.rule("text").confidence == "own"


def test_a_number_of_ones_own_stands_over_the_shipped_one_until_it_is_taken_back(model):
    model.chosen = "bluesky"
    shipped = model.network.limit()
    model.set_rule("text", "250")
    model.set_rule("alt_text", "500", format="image")
    assert model.network.limit() == 250
    assert model.network.rule("alt_text", "image").value == 500
    assert model.own == {"bluesky"}
    model.undo()
    assert model.network.limit() == 250
    assert model.network.rule("alt_text", "image").value != 500
    model.drop_rules()
    assert model.network.limit() == shipped
    assert model.own == frozenset()


def test_the_unset_limit_of_a_network_can_be_set(model):
    model.chosen = "xing"
    assert model.network.status == "unset"
    model.set_rule("text", "10000")
    assert (model.network.status, model.network.limit()) == ("live", 10000)
    model.set_rule("text", "unbegrenzt")
    assert model.network.rule("text").value == "unlimited"


@pytest.mark.parametrize(
    ("rule", "value", "match"),
    [("text", "-5", "must be a whole number"), ("text", "viel", "must be a whole number"),
     ("links_clickable", "7", "must be true or false")],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_and_nothing_stored(model, workspace, rule, value, match):
    with pytest.raises(InvalidRecordError, match=match):
        model.set_rule(rule, value)
    assert workspace.networks.list() == ()


@pytest.mark.parametrize(("name", "match"), [(" ", "has no name"), ("bluesky", "already")])
def test_a_network_needs_a_name_of_its_own(model, name, match):
    with pytest.raises(InvalidValueError, match=match):
        model.add(name)


def test_rules_go_out_as_text_and_come_back(model, workspace):
    model.chosen = "mastodon"
    before = model.network
    assert model.read_toml(model.to_toml()) == 1
    assert workspace.load_networks()["mastodon"] == before
    with pytest.raises(UnreadableFileError, match="is not TOML"):
        model.read_toml("[mastodon")
    with pytest.raises(InvalidValueError, match="names no network"):
        model.read_toml("")
    with pytest.raises(InvalidRecordError, match="textt"):
        model.read_toml("[mine]\ntextt = 5")
    assert len(workspace.networks.history("mastodon")) == 1


def test_every_rule_has_a_name_and_every_network_is_shown(page, model):
    assert set(RULE_NAMES) == set(RULES)
    for network in model.networks:
        model.chosen = network
        assert page._table.value


def test_the_page_shows_rules_with_source_and_day(page, model):
    model.chosen = "googleplus"
    assert "geschlossen" in page._head.value
    model.chosen = "instagram"
    assert "Hashtags pro Beitrag" in page._table.value
    assert "20.08.2026" in page._table.value
    page._rule.value = "hashtags"
    assert page._value.value == "5"


def test_setting_a_number_on_the_page(page, model):
    page._name.value = "<b>Kununu</b>"
    page._add()
    assert "<b>Kununu" not in page._head.value
    page._value.value = "2000"
    page._set()
    assert "2.000" in page._table.value
    assert ("● <b>Kununu</b>", model.chosen) in page._list.options
    page._drop.click()
    assert model.chosen in model.networks
    assert page._drop.disabled


def test_what_is_wrong_is_said_on_the_status_line(page):
    page._text.value = "[oops"
    with page.panel.trying():
        page._read()
    assert "smm-error" in page.panel.status.value
