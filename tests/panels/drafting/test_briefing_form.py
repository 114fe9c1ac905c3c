"""The briefing form as a user drives it, without a browser: every field is kept, nothing typed is lost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from smmlib import Campaign
from smmlib.campaign import Role
from smmlib.drafting import from_yaml, to_yaml
from smmlib.message_house import Claim, KeyDate, NounPhrase, Percentage, Price, SupportingMessage
from smmlib.panels import kit
from smmlib.panels.drafting.briefing_form import HELP, SECTIONS, BriefingForm
from smmlib.panels.row_list import read_cell, written


@pytest.fixture
def panel():
    return kit.Panel(language="de", name="smm-test")


@pytest.fixture
def form(panel, workspace):
    return BriefingForm(panel, workspace)


def kept(form):
    return form.workspace.campaigns.get("herbst")


def note(form, field):
    return form._entries[field]._note.value


def rows(form, field, part=""):
    control = form._controls[field]
    return control._parts[part] if part else control


def fill(row_list, index, **cells):
    """Type into the cells of a row, which is added if it is not there."""
    if index >= len(row_list._rows):
        row_list._add.click()
    row = row_list._rows[index]
    for column, cell in zip(row._columns, row._cells, strict=True):
        if column.field in cells:
            cell.value = cells[column.field]
    return row


def test_every_field_of_a_campaign_has_its_place_and_no_other(form) -> None:
    placed = [name for _, lines in SECTIONS for line in lines for name in line]
    assert set(placed) == set(form._controls) == set(Campaign.model_fields) - {"id"}
    assert len(placed) == len(set(placed))
    assert set(HELP) <= set(placed)


def test_simple_fields_are_kept(form) -> None:
    typed = {
        "goal": "leads",
        "tone": "young",
        "age_from": "25",
        "owner": "Ada",
        "hashtags": "#Rad, #Herbst #Neu",
        "words_to_avoid": "günstig, billig\nMutti",
        "core_message": "Es rollt.",
        "embargo": datetime(2026, 9, 1, 9, 0),
    }
    for name, value in typed.items():
        form._controls[name].value = value
    brief = kept(form)
    assert (brief.goal, brief.tone, brief.age_from, brief.owner) == ("leads", "young", 25, "Ada")
    assert brief.hashtags == ("#Rad", "#Herbst", "#Neu")
    assert brief.words_to_avoid == ("günstig", "billig", "Mutti")
    assert brief.embargo == datetime(2026, 9, 1, 7, tzinfo=UTC)
    assert form._controls["embargo"].value == datetime(2026, 9, 1, 9, 0)


def test_a_value_that_does_not_fit_is_said_at_its_field_and_stays_typed(form, panel) -> None:
    form._controls["age_to"].value = "alt"
    assert "Das Alter ist &#x27;alt&#x27;" in note(form, "age_to")
    assert "smm-error" in panel.status.value
    assert form._controls["age_to"].value == "alt"
    assert kept(form).age_to is None
    form._controls["age_to"].value = "45"
    assert kept(form).age_to == 45
    assert "alt" not in note(form, "age_to")


def test_checks_are_shown_at_their_field(form) -> None:
    assert "Kernbotschaft fehlt" in note(form, "core_message")
    form._controls["core_message"].value = "Es rollt <b>günstig</b>."
    assert note(form, "core_message") == ""
    form._controls["words_to_avoid"].value = "günstig"
    assert "&lt;b&gt;" in note(form, "core_message")
    form._controls["link"].value = "https://ada:pw@example.com"
    assert "Passwort" in note(form, "link")


def test_supporting_messages_are_rows_up_to_four(form) -> None:
    messages = rows(form, "supporting")
    for i in range(4):
        fill(messages, i, text=f"Satz {i}.", proof="Test", source="Labor")
    assert messages._add.disabled
    assert kept(form).supporting[3] == SupportingMessage(text="Satz 3.", proof="Test", source="Labor")
    messages._drop(messages._rows[0])
    assert [m.text for m in kept(form).supporting] == ["Satz 1.", "Satz 2.", "Satz 3."]


def test_an_unfinished_row_is_not_kept_not_lost_and_says_so(form) -> None:
    prices = rows(form, "offer", "prices")
    row = fill(prices, 0, label="Helm")
    assert "es fehlt: Preis" in row._note.value
    form._controls["owner"].value = "Ada"
    assert prices._rows[0] is row
    assert row._cells[0].value == "Helm"
    fill(prices, 0, amount="1.299,00 €")
    assert row._note.value == ""
    assert kept(form).offer.prices == (Price(label="Helm", amount="1299.00"),)
    fill(prices, 0, amount="viel")
    assert "ist kein Betrag" in row._note.value
    assert kept(form).offer.prices[0].amount == Decimal("1299.00")


def test_days_are_typed_in_german(form) -> None:
    fill(rows(form, "offer", "dates"), 0, label="Hoftag", day="24.10.2026", until="25.10.2026")
    day = KeyDate(label="Hoftag", day=date(2026, 10, 24), until=date(2026, 10, 25))
    assert kept(form).offer.dates == (day,)
    row = fill(rows(form, "offer", "dates"), 0, until="20.10.2026")
    assert "endet am 20.10.2026" in row._note.value
    assert kept(form).offer.dates == (day,)
    fill(rows(form, "offer", "percentages"), 0, label="Rabatt", value="12,5")
    assert kept(form).offer.percentages == (Percentage(label="Rabatt", value="12.5"),)


def test_claims_are_cleared_with_name_and_day(form) -> None:
    fill(rows(form, "claims"), 0, text="der leiseste", cleared_by="Legal", valid_until="31.12.2030")
    claim = Claim(text="der leiseste", cleared_by="Legal", valid_until=date(2030, 12, 31))
    assert kept(form).claims == (claim,)
    assert "hat keine Quelle" in note(form, "claims")


def test_phrases_are_kept_in_their_cases(form) -> None:
    line = form._controls["wording"]._lines["de"]["offer"]
    line._cells["dative"].value = "dem Helm"
    assert "es fehlt: Nominativ" in line._note.value
    assert kept(form).wording == {}
    line._cells["nominative"].value = "der Helm"
    line._cells["accusative"].value = "den Helm"
    offer = NounPhrase(nominative="der Helm", accusative="den Helm", dative="dem Helm")
    assert kept(form).wording["de"].offer == offer
    line._plural.value = True
    assert kept(form).wording["de"].offer.plural
    for cell in line._cells.values():
        cell.value = ""
    assert kept(form).wording == {}


def test_reviewers_are_ticked_and_named(form) -> None:
    reviewers = form._controls["reviewers"]
    role: Role = "legal"
    reviewers._ticks[role].value = True
    assert kept(form).reviewers == {"legal": ()}
    reviewers._names[role].value = "Ada, Bob"
    assert kept(form).reviewers == {"legal": ("Ada", "Bob")}
    reviewers._ticks[role].value = False
    assert kept(form).reviewers == {}


def test_undo_goes_back_all_the_way_and_redo_forward(form) -> None:
    for name in ("Ada", "Bob", "Cem"):
        form._controls["owner"].value = name
    for name in ("Bob", "Ada", ""):
        form._undo.click()
        assert form._controls["owner"].value == name
    assert form._undo.disabled
    for name in ("Ada", "Bob", "Cem"):
        form._redo.click()
        assert kept(form).owner == name
    assert form._redo.disabled


def test_undo_takes_back_a_row(form) -> None:
    fill(rows(form, "claims"), 0, text="der leiseste")
    form._undo.click()
    assert kept(form).claims == ()
    assert rows(form, "claims")._rows == []


def test_what_others_changed_meanwhile_is_kept(form, workspace, panel) -> None:
    workspace.campaigns.update(kept(form).replace(owner="Bob", notes="Neu"))
    form._controls["audience"].value = "Familien"
    assert (kept(form).owner, kept(form).notes, kept(form).audience) == ("Bob", "Neu", "Familien")
    workspace.campaigns.update(kept(form).replace(owner="Cem"))
    form._controls["owner"].value = "Ada"
    assert "inzwischen anderswo geändert, in Cem" in note(form, "owner")
    assert kept(form).owner == "Cem"
    form._controls["owner"].value = "Ada L."
    assert kept(form).owner == "Ada L."


def test_another_campaign_does_not_inherit_unfinished_rows(form, workspace) -> None:
    fill(rows(form, "offer", "prices"), 0, label="Helm")
    workspace.campaigns.add(Campaign(id="neu", name="Neu"))
    form.show("neu")
    assert rows(form, "offer", "prices")._rows == []


def test_a_copy_is_shown_with_what_was_left_out(form, panel, workspace) -> None:
    form._copy()
    assert form.record.name == "Herbst am Rad (Kopie)"
    assert form.record.start is None
    assert "ohne Zeitraum" in panel.status.value
    assert len(workspace.campaigns.list()) == 2


def test_a_file_goes_out_and_comes_back(form, panel, workspace) -> None:
    sent = []
    panel.download.save = lambda *given: sent.append(given)
    form._export()
    name, content, kind = sent[0]
    assert (name, kind) == ("herbst-am-rad.yaml", "application/yaml")
    assert from_yaml(content.decode()) == kept(form)
    form.take_in(name, content.replace(b"Herbst am Rad", b"Winter am Rad"))
    assert kept(form).name == "Winter am Rad"
    form._undo.click()
    assert kept(form).name == "Herbst am Rad"
    form.take_in("neu.yaml", b"name: Neu")
    assert form.record.name == "Neu"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name: !!python/object/apply:os.system [x]", "will ein Objekt anlegen"),
        (b"name: x\nstart: bald", "Zeile 2, start"),
        (b"\xff\xfe", "kein Text in UTF-8"),
        (b"x" * 1_000_001, "zu groß"),
    ],
)
def test_a_bad_file_changes_nothing(form, panel, workspace, content, said) -> None:
    before = workspace.campaigns.list()
    form._upload.value = (
        {"name": "a.yaml", "type": "", "size": len(content), "content": content,
         "last_modified": datetime(2026, 1, 1, tzinfo=UTC)},
    )  # fmt: skip
    assert said in panel.status.value
    assert workspace.campaigns.list() == before
    assert form._upload.value == ()


def test_a_full_brief_fills_every_control_and_changes_nothing(form, workspace) -> None:
    from smmlib.practice.story import read_story

    for campaign in read_story().campaigns:
        form.put(campaign)
        assert workspace.campaigns.get(campaign.id) == campaign
        assert len(workspace.campaigns.history(campaign.id)) == 1
        assert to_yaml(form.record) == to_yaml(campaign)


def test_the_same_in_python(form) -> None:
    found = {}
    exec(form.code, found)
    assert [f.rule for f in found["result"]]
    assert "herbst" in form._python.value


def test_an_empty_workspace_says_how_to_begin(panel, tmp_path) -> None:
    from smmlib import open_workspace

    form = BriefingForm(panel, open_workspace(tmp_path))
    assert "smm-hidden" not in form._empty._dom_classes
    with panel.trying():
        form._copy()
    assert "Keine Kampagne" in panel.status.value
    form._add()
    assert form.record.name == "Neue Kampagne"


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("value", "kind"),
    [(Decimal("1299.00"), "amount"), (Decimal("0.5"), "amount"), (Decimal("2E+3"), "amount"),
     (date(2026, 12, 13), "day"), ("Helm", "text")],
)  # fmt: skip
def test_what_a_cell_shows_is_read_back(value, kind, language) -> None:
    assert read_cell(written(value, language), kind, language) == value
