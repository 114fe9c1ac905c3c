"""The variants part of the draft panel, without a browser."""

from datetime import UTC, datetime

import pytest

from smmlib.draft import Variant
from smmlib.errors import SmmError
from smmlib.message_house import NounPhrase, Wording
from smmlib.panels import DraftPanel

WORDING = Wording(
    offer=NounPhrase(nominative="das neue Lastenrad", dative="dem neuen Lastenrad"),
    benefit=NounPhrase(nominative="mehr Zeit am Morgen"),
    problem=NounPhrase(nominative="der Stau", accusative="den Stau", dative="dem Stau"),
)


@pytest.fixture
def panel(workspace):
    campaign = workspace.campaigns.get("herbst")
    workspace.campaigns.update(campaign.replace(wording={"de": WORDING}))
    panel = DraftPanel(workspace, language="de")
    panel.model.open("one")
    return panel


@pytest.fixture
def grid(panel):
    return panel.work.enter("smm-work-variants")


def uploaded(content):
    file = {"name": "w.yaml", "type": "", "size": len(content), "content": content}
    return ({**file, "last_modified": datetime(2026, 1, 1, tzinfo=UTC)},)


def pair(grid, a, b):
    grid._add.click()
    grid._fields[0].value, grid._fields[1].value = a, b


def test_without_variants_it_says_how_to_begin(grid):
    assert "smm-hidden" in grid._factor._dom_classes
    assert "smm-hidden" not in grid._hint._dom_classes
    assert grid._ready.value == ""


def test_two_texts_a_factor_and_badges_that_follow_typing(grid, workspace):
    pair(grid, "Stau? Teste das Rad.", "Nie mehr Stau. Teste das Rad.")
    assert "noch nicht bereit" in grid._ready.value
    grid._factor.value = "hook"
    assert "bereit für einen Test" in grid._ready.value
    assert "✓ Hook: Frage" in grid._badges[0].value
    draft = workspace.drafts.get("one")
    assert draft.factors == ("hook",)
    assert [v.levels for v in draft.variants] == [{"hook": "question"}, {"hook": "statement"}]
    grid._fields[1].value = "Ärger? Teste das Rad."
    assert "dieselbe Stufe" in grid._ready.value
    grid._fields[1].value = "2 Fragen, eine Antwort? Teste das Rad."
    assert "✗ Hook" in grid._badges[1].value


def test_what_else_differs_is_a_warning_on_the_list(grid):
    pair(grid, "Stau? Teste das Rad.", "Nie mehr Stau. Kauf das Rad. 🚲")
    grid._factor.value = "hook"
    assert "unterscheidet sich von" in grid._ready.value


def test_a_factor_of_ones_own(grid, workspace):
    pair(grid, "Rad da.", "Das Rad ist da.")
    grid._factor.value = "\x00own"
    assert "smm-hidden" not in grid._own._dom_classes
    grid._own.value = "Ganzer Satz"
    assert workspace.drafts.get("one").factors == ("Ganzer Satz",)
    assert "lässt sich nicht messen" in grid._ready.value
    assert "✓ Ganzer Satz: A" in grid._badges[0].value


def test_names_are_changed_and_double_ones_refused(grid, panel, workspace):
    pair(grid, "Eins?", "Zwei.")
    grid._names[0].value = "Frage"
    assert [v.name for v in workspace.drafts.get("one").variants] == ["Frage", "B"]
    grid._names[0].value = "B"
    assert "smm-error" in panel.status.value
    assert grid._names[0].value == "Frage"


def test_a_text_too_long_for_its_network_is_not_ready(grid):
    pair(grid, "Stau? " * 60, "Nie mehr Stau.")
    grid._factor.value = "hook"
    assert "zu" in grid._counts[0].value or "smm-bad" in grid._counts[0].value
    assert "mehr als erlaubt" in grid._ready.value


def test_what_was_typed_is_text(grid, panel, workspace):
    evil = "<script>alert(1)</script>"
    pair(grid, evil, evil + "?")
    grid._names[0].value = evil
    grid._factor.value = "\x00own"
    grid._own.value = "<b onmouseover=alert(2)>"
    shown = grid._ready.value + grid._badges[0].value + grid._counts[0].value
    assert "<script" not in shown
    assert "<b on" not in shown


def test_a_study_is_written_looked_at_and_taken_over(grid, panel, workspace):
    study = grid.study
    for name in ("length", "emoji"):
        study._ticks[name].value = True
    assert [label for label, _ in study._design.options] == ["16 Texte (2^4)", "8 Texte (2^(4-1), IV)"]
    study._design.value = 1
    assert "Die Wirkung von Emoji lässt sich nicht von der von Hook" in study._explained.value
    assert workspace.drafts.get("one").variants == ()
    study._write.click()
    assert study._texts.value.count("smm-study-text") >= 8
    assert workspace.drafts.get("one").variants == ()
    study._take.click()
    draft = workspace.drafts.get("one")
    assert len(draft.variants) == 8
    assert draft.factors == ("hook", "cta", "length", "emoji")
    assert "bereit für einen Test" in grid._ready.value
    grid._fields[0].value = "Ganz anders."
    assert "noch nicht bereit" in grid._ready.value
    assert workspace.drafts.get("one").variants[0].levels["hook"] == "question"
    panel._editor._undo.click()
    panel._editor._undo.click()
    assert workspace.drafts.get("one").variants == ()


def test_other_phrases_are_another_seed(grid):
    grid.study._write.click()
    first = grid.study.model.written
    grid.study._other.click()
    assert grid.study.model.seed == 2
    assert grid.study.model.written.variants != first.variants
    assert grid.study._seed.value == 2


def test_a_study_with_a_factor_of_ones_own_is_checked_after_the_edit(grid):
    study = grid.study
    study._ticks["cta"].value = False
    study._own_name.value = "Lieferung"
    study._own[0].value = "Lieferung in 2 Tagen."
    study._write.click()
    study._take.click()
    assert "bereit für einen Test" in grid._ready.value
    index = next(i for i, v in enumerate(grid.model.variants) if "Lieferung" in v.text)
    grid._fields[index].value = grid._fields[index].value.replace("Lieferung in 2 Tagen.", "Bald.")
    assert "Textbaustein für Lieferung" in grid._ready.value


def test_the_code_leaves_the_same_texts(grid):
    grid.study._write.click()
    names: dict[str, object] = {}
    exec(grid.study.model.code, names)
    assert names["result"] == grid.study.model.written


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda g: g.model.model.edit(campaign=""), "Kampagne wählen"),
        (lambda g: g.model.model.edit(versions=()), "an kein Konto"),
        (lambda g: setattr(g.study._formula, "value", "BAB"), "im Briefing|Im Briefing"),
    ],
)
def test_what_a_study_lacks_is_said_on_the_status_line(grid, panel, workspace, spoil, says):
    campaign = workspace.campaigns.get("herbst")
    workspace.campaigns.update(campaign.replace(wording={"de": WORDING.replace(problem=None)}))
    spoil(grid)
    grid.study._write.click()
    assert any(part in panel.status.value for part in says.split("|"))


def test_no_factor_and_too_many(grid, panel):
    for tick in grid.study._ticks.values():
        tick.value = False
    grid.study._write.click()
    assert "mindestens einen" in panel.status.value
    grid.study.model.own_name, grid.study.model.own_phrases = "x", ("", "")
    with pytest.raises(SmmError, match="two phrases that differ"):
        _ = grid.study.model.factors


def test_a_draft_with_declared_levels_keeps_them(panel, grid, workspace):
    variants = tuple(
        Variant(name=n, text=f"{n}? Teste das Rad.", levels={"hook": "question", "cta": "direct"})
        for n in "AB"
    )
    panel.model.edit(variants=variants, factors=("hook", "cta"))
    assert grid._factor.disabled
    grid._fields[0].value = "Nie mehr Stau. Teste das Rad."
    assert workspace.drafts.get("one").variants[0].levels["hook"] == "question"


def test_a_phrasebook_is_brought_in_used_and_taken_out(grid, panel, workspace):
    form = grid.study.phrasebooks
    yaml = "name: Werkstatt\nlanguage: de\nformulas: {Kurz: [hook, gruss, offer, benefit, (closing), cta]}\n"
    form._upload.value = uploaded((yaml + "slots: {gruss: ['Moin aus der Werkstatt.']}").encode())
    assert [book.name for book in workspace.phrasebooks.list()] == ["Werkstatt"]
    grid.study._formula.value = "Kurz"
    grid.study._write.click()
    assert "Moin aus der Werkstatt." in grid.study._texts.value
    form.add("w.yaml", (yaml + "slots: {gruss: ['Hallo.']}").encode())
    assert len(workspace.phrasebooks.list()) == 1
    form._list.children[0].children[1].click()
    assert workspace.phrasebooks.list() == ()


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"name: !!python/name:os.system", b"- 1", b"slots: {a: ['{{ 1 }}']}"]
)
def test_a_bad_phrasebook_is_refused_and_nothing_kept(grid, panel, workspace, content):
    grid.study.phrasebooks._upload.value = uploaded(content)
    assert "smm-error" in panel.status.value
    assert workspace.phrasebooks.list() == ()
