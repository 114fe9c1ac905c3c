"""Planning a test in the panel: advice, plan, what is registered, and what it leaves in the workspace."""

from datetime import date

import pytest

from smmlib import Draft, Version, panels
from smmlib.campaign import Account
from smmlib.draft import Variant
from smmlib.errors import InvalidValueError
from smmlib.experiments import LOOKING
from smmlib.panels.testing.plan_model import PlanModel
from smmlib.panels.testing.wishes import PLANNED, read_shares, read_times

TEXTS = (Variant(name="A", text="Ride home dry."), Variant(name="B", text="Do you <b>ride</b> home dry?"))


@pytest.fixture
def team(workspace):
    account = workspace.accounts.add(Account(id="fb", network="facebook", handle="Radhaus"))
    workspace.drafts.add(Draft(id="d", title="Dry", variants=TEXTS, versions=(Version(account=account.id),)))
    return workspace


@pytest.fixture
def model(team):
    model = PlanModel(team)
    model.wish(base_rate=0.05, draft="d")
    return model


def page_of(workspace, language="en"):
    return panels.TestPanel(workspace, language=language).rooms.enter("smm-test-plan")


def test_without_a_rate_it_says_what_to_type(team):
    page = page_of(team)
    assert "type it" in page._advice.value
    assert page._design._start.disabled


def test_figures_are_typed_as_the_language_writes_them(team):
    page = page_of(team, "de")
    rate = next(field for field in page.fields.made if field.name == "base_rate")
    rate.control.value = "1,5"
    assert page.model.wishes.base_rate == 0.015
    rate.control.value = "1.5"
    assert "1.234,5" in rate._note.value
    assert page.model.wishes.base_rate == 0.015  # what was known stays


def test_what_was_wished_is_there_after_a_restart(team, model):
    model.wish(looking="pocock", first_day=date(2026, 10, 1))
    assert PlanModel(team).wishes == model.wishes


def test_the_plan_is_registered_with_the_texts(model, team):
    model.wish(design="randomised", looking="obrien-fleming", looks=4, cpm=8.0)
    test = model.start()
    assert test == team.tests.get(test.id)
    assert (test.draft, test.networks, test.design) == ("d", ("facebook",), "randomised")
    assert test.plan.texts == {"A": "Ride home dry.", "B": "Do you <b>ride</b> home dry?"}
    assert test.plan.verify() == ()
    assert test.plan.trials == model.plan.trials > 16316  # looking costs people
    assert test.plan.times == (0.25, 0.5, 0.75, 1.0)


@pytest.mark.parametrize("looking", LOOKING)
def test_every_way_of_looking_can_be_planned(model, looking):
    model.wish(design="platform", looking=looking)
    assert model.start().plan.looking == looking


def test_a_second_test_of_the_same_draft_gets_a_name_of_its_own(model):
    model.wish(design="randomised")
    assert [model.start().name, model.start().name] == ["Dry", "Dry (2)"]


def test_slots_are_drawn_stored_and_planned_as_drafts(model, team):
    model.wish(design="slots", account="fb", first_day=date(2026, 12, 1), slot_weeks=4, hours="09:00")
    test = model.start()
    assignment = team.assignments.get(test.assignment)
    assert assignment.verify() == ()
    assert len(assignment.slots) == 20
    posts = [draft for draft in team.drafts.list() if draft.labels.get("test") == "Dry"]
    assert len(posts) == 20
    planned = {(draft.versions[0].planned_at, draft.text) for draft in posts}
    texts = {variant.name: variant.text for variant in TEXTS}
    assert planned == {(slot.start, texts[slot.variant]) for slot in assignment.slots}


def test_too_few_slots_are_refused_and_nothing_is_stored(model, team):
    model.wish(design="slots", account="fb", slot_weeks=1)
    drafts = team.drafts.list()
    with pytest.raises(InvalidValueError, match="blocks"):
        model.start()
    assert (len(team.tests.list()), len(team.assignments.list())) == (0, 0)
    assert team.drafts.list() == drafts


def test_another_draw_is_another_order(model):
    model.wish(design="slots", account="fb", slot_weeks=6)
    before = [slot.variant for slot in model.slot_plan.assignment.slots]
    model.draw_anew()
    assert [slot.variant for slot in model.slot_plan.assignment.slots] != before


def test_periods_are_drawn_for_a_policy(model, team):
    model.wish(question="policy", design="switchback", account="fb", periods=14, days=7)
    test = model.start()
    assert team.assignments.get(test.assignment).mechanism == "switchback"


def test_history_is_not_started(model):
    model.wish(design="history")
    with pytest.raises(InvalidValueError, match="needs no plan"):
        model.start()


@pytest.mark.parametrize("design", PLANNED)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_design_shows_what_it_needs(team, model, design, language):
    model.wish(design=design, account="fb", cpm=7.5, budget=500.0, subscribers=9000)
    page = page_of(team, language)
    assert page.panel.status.value == ""
    assert page._design._start.disabled == (design == "history")
    assert "<b>ride</b>" not in page._texts.value
    assert "&lt;b&gt;ride" in page._texts.value


def test_the_code_gives_the_same_plan(model):
    model.wish(design="randomised", looking="pocock", looks=3, shares="20, 80")
    names: dict[str, object] = {}
    exec(model.code.replace("print(", "str("), names)
    assert names["plan"] == model.plan
    assert names["advice"].to_frame().equals(model.advice.to_frame())


def test_a_started_test_is_opened_and_followed(team, model):
    model.wish(design="randomised", looking="obrien-fleming", looks=2)
    panel = panels.TestPanel(team, language="en")
    page = panel.rooms.enter("smm-test-plan")
    page._start()
    assert panel.rooms.children[panel.rooms.selected_index].children[0] is not page
    assert panel.model.test.plan is not None
    assert "registered" in panel.status.value
    for index, (trials, successes) in enumerate([(4300, 190), (4290, 300)]):
        panel.model.edit_arm(index, trials=trials, successes=successes)
    assert "Between two looks" in panel._running._hint.value
    panel._running._judge.click()
    assert panel.model.result.tests["winner"].tolist() == ["B"]
    assert panel._running._look_plot.chart.alt
    panel._running._drop.click()
    assert panel.model.test.readings == ()


def test_what_was_refused_stays_to_be_corrected_and_nothing_is_started(team, model):
    model.wish(design="randomised")
    page = page_of(team, "de")
    fields = {field.name: field for field in page.fields.made}
    for name, typed in (("base_rate", "abc"), ("lift", "0"), ("looks", "99"), ("weeks", "-2")):
        fields[name].control.value = typed
    fields["cpm"].control.value = "8"
    assert fields["base_rate"].control.value == "abc"
    assert "0,1 bis 1.000" in fields["lift"]._note.value
    assert "1 bis 50" in fields["looks"]._note.value
    before = team.tests.list()
    with pytest.raises(InvalidValueError, match="correct the marked ones"):
        page._start()
    assert team.tests.list() == before
    for name, typed in (("base_rate", "5"), ("lift", "20"), ("looks", "4"), ("weeks", "12")):
        fields[name].control.value = typed
        assert fields[name]._note.value == ""
    page._start()
    assert len(team.tests.list()) == len(before) + 1


@pytest.mark.parametrize("design", ["slots", "switchback"])
def test_the_code_draws_the_same_slots(model, design):
    model.wish(design=design, account="fb", first_day=date(2026, 12, 1), hours="9:00, 17:30")
    names: dict[str, object] = {}
    exec(model.code.replace("print(", "str("), names)
    drawn, shown = names["plan"].assignment.slots, model.slot_plan.assignment.slots
    assert [(slot.variant, slot.start) for slot in drawn] == [(slot.variant, slot.start) for slot in shown]


def test_the_name_of_the_test_follows_the_draft(team, model):
    page = page_of(team)
    assert page._name.control.placeholder == "Dry"


@pytest.mark.parametrize(
    ("typed", "shares"),
    [("", ()), ("10, 10, 80", (10, 10, 80)), ("50:50", (50, 50)), ("20 %/80 %", (20, 80))],
)
def test_shares_are_read_as_people_write_them(typed, shares):
    assert read_shares(typed) == shares


@pytest.mark.parametrize("typed", ["a, b", "10.5, 89.5", "-10, 110"])
def test_what_are_no_shares_is_refused(typed):
    with pytest.raises(InvalidValueError, match="cannot be read"):
        read_shares(typed)


def test_times_are_read_in_order():
    assert [str(each) for each in read_times("17:30, 9:00,09:00")] == ["9:00:00", "17:30:00"]
    for typed in ("9", "25:00", "", "noon"):
        with pytest.raises(InvalidValueError, match="09:00"):
            read_times(typed)
