"""What the planning panel knows, without a notebook."""

from datetime import date
from decimal import Decimal

import pytest

from smmlib import open_workspace
from smmlib.errors import ConflictError, InvalidRecordError, InvalidValueError
from smmlib.panels.planning.booking_import import BookingImport
from smmlib.panels.planning.planning_model import PlanningModel, months_between, weeks_between
from smmlib.planning import Booking, ExchangeRate, Result
from tests.planning.conftest import END

CSV = (
    "Belegnummer;Lieferant;Rechnungsdatum;Budgetposten;Betrag;Währung\n"
    "N-1;Tonwerk;20.04.2026;Spots;1.200,50;EUR\n"
    "N-2;Tonwerk;21.04.2026;Radiospots;300,00;EUR\n"
)


def test_the_board_is_what_the_functions_say(model):
    whole = model.board.lines.whole
    assert (whole.plan, whole.commitment, whole.actual) == tuple(
        map(Decimal, ("32430.42", "8868.42", "16219.17"))
    )
    assert model.board.estimate == Decimal("25087.59")
    assert model.on == END


def test_the_code_leaves_the_same_result(model):
    names = {}
    exec(model.code, names)
    assert names["result"].to_frame().equals(model.board.to_frame())
    assert names["result"].lights == model.board.lights


def test_the_code_follows_version_and_day(model):
    model.version, model.on = "baseline", date(2026, 3, 31)
    names = {}
    exec(model.code, names)
    assert names["result"].to_frame().equals(model.board.to_frame())


def test_the_ledger_is_kept_until_something_changes(model):
    before = model.ledger
    assert model.ledger is before
    model.books.keep_rates((*model.books.rates.rates, ExchangeRate(day=END, currency="USD", rate="1.1")))
    assert model.ledger is not before


def test_every_change_is_stored_and_can_be_taken_back(model, company):
    model.edit(name="Spring 2026")
    model.edit_version(targets=())
    assert company.plans.get("spring").name == "Spring 2026"
    assert PlanningModel(company).plan.current.targets == ()
    model.undo()
    assert len(model.plan.current.targets) == 1
    model.undo()
    assert model.plan.name == "Spring"
    assert not model.can_undo
    model.redo()
    assert model.plan.name == "Spring 2026"
    assert company.plans.get("spring") == model.plan


def test_a_revision_leaves_the_earlier_versions_as_they_are(model):
    before = model.plan.versions
    model.revise("no radio", reason="too dear", lines=model.plan.current.lines[:-1])
    assert model.plan.versions[:-1] == before
    assert model.plan.current.on == date(2026, 4, 30)
    with pytest.raises(InvalidValueError, match="twice"):
        model.revise("no radio")


def test_what_does_not_fit_is_refused_and_nothing_is_stored(model, company):
    with pytest.raises(InvalidRecordError, match="overlap"):
        model.edit_version(phases=[p.replace(end=END) for p in model.plan.current.phases])
    assert company.plans.get("spring") == model.plan


def test_a_plan_begins_with_the_days_of_its_campaign(model, company):
    plan = model.start("c1", "Second")
    assert model.plan == plan == company.plans.get(plan.id)
    assert [(p.start, p.end) for p in plan.current.phases] == [(date(2026, 3, 1), END)]
    assert model.books.bookings == ()
    model.remove()
    assert model.plan.id == "spring"


def test_the_open_plan_is_open_after_a_restart(model, company):
    other = model.start("c1", "Second")
    assert PlanningModel(company).plan == other


def test_a_table_is_read_with_what_its_names_stand_for_and_the_mapping_is_remembered(model, company):
    table = BookingImport(model)
    table.look("invoices.csv", CSV.encode())
    assert table.strangers() == [("line", "Radiospots")]
    with pytest.raises(InvalidRecordError, match=r"invoices\.csv, row 3"):
        table.store()
    assert len(model.books.sheets) == 1
    table.name("line", "Radiospots", "spot")
    sheet = table.store()
    assert [(b.line, b.amount, b.plan) for b in sheet.bookings] == [
        ("spot", Decimal("1200.50"), "spring"),
        ("spot", Decimal("300.00"), "spring"),
    ]
    assert table.table is None
    again = BookingImport(PlanningModel(company))
    again.look("other.csv", CSV.replace("N-", "M-").encode())
    assert again.remembered
    assert again.names == {"line": {"Radiospots": "spot"}}


def test_the_same_document_is_not_taken_twice_and_a_table_can_be_taken_back(model):
    first = BookingImport(model)
    first.look("invoices.csv", CSV.replace("Radiospots", "Spots").encode())
    sheet = first.store()
    actual = model.board.lines["spot"].actual
    first.look_at_pasted(CSV.replace("Radiospots", "Spots") + "\n", "pasted")
    with pytest.raises(InvalidRecordError, match="twice"):
        first.store()
    model.books.remove_sheet(sheet.id)
    assert model.board.lines["spot"].actual == actual - Decimal("1500.50")


def test_a_column_gives_its_meaning_up_when_another_takes_it(model):
    table = BookingImport(model)
    table.look("invoices.csv", CSV.encode())
    table.mean("Lieferant", "number")
    assert table.columns["Belegnummer"] == ""
    assert table.mapping.columns["Lieferant"] == "number"


def test_typed_bookings_are_kept_beside_those_of_tables(model):
    before = model.board.lines["film"].actual
    row = Booking(line="film", day=date(2026, 4, 2), amount="100.00", number="H-1")
    model.books.keep_typed((row,))
    assert model.board.lines["film"].actual == before + 100
    model.books.keep_typed((model.books.typed[0].replace(amount="50.00"),))
    assert model.board.lines["film"].actual == before + 50
    with pytest.raises(InvalidRecordError, match="is not in the plan"):
        model.books.keep_typed((row.replace(line="gone"),))
    assert model.board.lines["film"].actual == before + 50


def test_figures_are_kept_changed_and_removed(model, company):
    row = Result(channel="radio", day=END, metric="contacts", value=1000, source="agency")
    model.books.keep_results((row,))
    model.books.keep_results((row.replace(value=900),))
    assert [r.value for r in company.results.list()] == [900]
    model.books.keep_results(())
    assert company.results.list() == ()


def test_what_another_notebook_changed_is_not_overwritten(model, company, monkeypatch):
    with open_workspace(company.path) as other:
        other.plans.update(other.plans.get("spring").replace(owner="Eve"))
        real = company.plans.update
        monkeypatch.setattr(company.plans, "revision", lambda _id: 1)
        with pytest.raises(ConflictError):
            model.edit(name="Mine")
        monkeypatch.undo()
        assert model.plan.owner == "Eve"
        assert real


def test_periods_cover_the_days():
    months = months_between(date(2026, 1, 31), date(2026, 3, 1))
    assert months == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert weeks_between(date(2026, 3, 1), date(2026, 3, 2)) == [date(2026, 2, 23), date(2026, 3, 2)]
