from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smmlib import Account, Campaign, Draft, Version
from smmlib.errors import ConflictError, InvalidRecordError, InvalidValueError, UnknownNameError
from smmlib.planning import (
    Booking,
    BookingMapping,
    BookingSheet,
    BudgetLine,
    ExchangeRate,
    ExchangeRates,
    Plan,
    PlannedAmount,
    PlanVersion,
    Result,
    read_bookings,
)
from smmlib.planning.calendar import CalendarEntry, Period, called
from smmlib.workspace import ColumnMapping, Match, NetworkRules, Workspace, open_workspace

PLAN = Plan(
    campaign="c",
    name="Frühling",
    versions=(
        PlanVersion(
            on=date(2026, 1, 15),
            lines=(
                BudgetLine(name="Ads", entries=(PlannedAmount(start=date(2026, 3, 1), amount="3100.05"),)),
            ),
        ),
    ),
).revised("later", date(2026, 3, 10))


def test_what_was_added_is_there_after_opening_again(folder: Path) -> None:
    planned = datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
    draft = Draft(
        text="Grüße 🚲", versions=(Version(account="a", planned_at=planned),), labels={"pillar": "Tipp"}
    )
    with open_workspace(folder) as first:
        first.drafts.add(draft)
    with open_workspace(folder, create=False) as again:
        assert again.drafts.list() == (draft,)
        assert again.drafts.get(draft.id) == draft
        assert draft.id in again.drafts
        assert "nobody" not in again.drafts


def test_a_file_of_bookings_is_kept_once_and_a_bad_one_changes_nothing(workspace: Workspace) -> None:
    mapping = BookingMapping(columns={"Datum": "day", "Betrag": "amount"}, fixed={"line": "ads"})
    sheet = read_bookings(b"Datum;Betrag\n01.03.2026;5,10\n", mapping, name="a.csv")
    workspace.bookings.add(sheet)
    with pytest.raises(InvalidValueError, match="is there already"):
        workspace.bookings.add(read_bookings(b"Datum;Betrag\n01.03.2026;5,10\n", mapping, name="b.csv"))
    with pytest.raises(InvalidRecordError, match="row 3: "):
        workspace.bookings.add(
            read_bookings(b"Datum;Betrag\n02.03.2026;5,10\n03.03.2026;viel\n", mapping, name="c.csv")
        )
    assert workspace.bookings.list() == (sheet,)


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("campaigns", Campaign(name="Frühling")),
        ("accounts", Account(network="x", handle="@rad")),
        ("networks", NetworkRules(id="xing", rules={"limits": {"text": 500}})),
        ("mappings", ColumnMapping(id="f00", columns={"Aufrufe": "impressions"}, locale="de")),
        ("matches", Match(network="x", account="rad", entity_id="1", draft="d")),
        ("plans", PLAN),
        ("bookings", BookingSheet(bookings=(Booking(line="ads", day=date(2026, 3, 1), amount="5.10"),))),
        ("booking_mappings", BookingMapping(id="f00", columns={"Betrag": "amount"}, locale="de")),
        (
            "exchange_rates",
            ExchangeRates(rates=(ExchangeRate(day=date(2026, 3, 1), currency="CHF", rate="0.9350"),)),
        ),
        ("entries", CalendarEntry(title="Messe", start=datetime(2026, 3, 1, tzinfo=UTC), channel="Halle 4")),
        (
            "periods",
            Period(name="Wahl", start=datetime(2026, 3, 1, tzinfo=UTC), end=datetime(2026, 3, 2, tzinfo=UTC)),
        ),
        ("holds", called("company", reason="Unfall", by="Ada", at=datetime(2026, 3, 1, tzinfo=UTC))),
        ("results", Result(channel="r", day=date(2026, 3, 1), metric="grp", value="120.5", source="agency")),
    ],
)
def test_each_kind_of_record_comes_back_as_it_was(workspace: Workspace, kind: str, record: object) -> None:
    collection = getattr(workspace, kind)
    collection.add(record)
    assert collection.list() == (record,)


def test_states_are_counted_for_all_records_at_once(workspace: Workspace) -> None:
    for id in ("a", "b", "c"):
        workspace.drafts.add(Draft(id=id))
    workspace.drafts.update(Draft(id="b", text="two"))
    workspace.drafts.remove("c")
    assert workspace.drafts.revisions() == {"a": 1, "b": 2}
    assert workspace.campaigns.revisions() == {}


def test_kinds_do_not_mix(workspace: Workspace) -> None:
    workspace.drafts.add(Draft(id="one"))
    assert workspace.campaigns.list() == ()
    assert "one" not in workspace.campaigns


def test_list_keeps_the_order_of_adding(workspace: Workspace) -> None:
    for id in ("c", "a", "b"):
        workspace.drafts.add(Draft(id=id))
    workspace.drafts.update(Draft(id="c", text="changed last"))
    assert [draft.id for draft in workspace.drafts.list()] == ["c", "a", "b"]


def test_history_and_undo(folder: Path) -> None:
    hours = iter(range(24))
    with open_workspace(folder, clock=lambda: datetime(2026, 1, 1, next(hours), tzinfo=UTC)) as workspace:
        drafts = workspace.drafts
        drafts.add(Draft(id="d", text="one"), author="Ada")
        drafts.update(Draft(id="d", text="two"), author="Ben")
        drafts.remove("d", author="Ada")
        assert drafts.list() == ()
        assert drafts.revert("d", 1, author="Ben").text == "one"
        told = [
            (r.number, r.author, r.action, r.record and r.record.text, r.at.hour) for r in drafts.history("d")
        ]
    assert told == [
        (1, "Ada", "add", "one", 0),
        (2, "Ben", "update", "two", 1),
        (3, "Ada", "remove", None, 2),
        (4, "Ben", "revert", "one", 3),
    ]


def test_the_same_state_is_not_stored_twice(workspace: Workspace) -> None:
    draft = workspace.drafts.add(Draft(text="one"))
    version = workspace.drafts.version()
    workspace.drafts.update(draft)
    assert workspace.drafts.revision(draft.id) == 1
    assert workspace.drafts.version() == version


def test_a_removed_record_is_gone_and_can_be_added_again(workspace: Workspace) -> None:
    draft = workspace.drafts.add(Draft(id="d"))
    workspace.drafts.remove("d")
    for call in (workspace.drafts.get, workspace.drafts.remove, workspace.drafts.revision):
        with pytest.raises(UnknownNameError, match="Draft 'd' is unknown"):
            call("d")
    with pytest.raises(UnknownNameError, match="Draft 'd' is unknown"):
        workspace.drafts.update(draft)
    workspace.drafts.add(draft)
    assert workspace.drafts.revision("d") == 3


def test_unknown_names_are_told_with_the_nearest(workspace: Workspace) -> None:
    workspace.drafts.add(Draft(id="spring"))
    with pytest.raises(UnknownNameError, match="Did you mean 'spring'"):
        workspace.drafts.get("sprang")
    with pytest.raises(UnknownNameError, match="unknown"):
        workspace.drafts.history("nobody")
    with pytest.raises(UnknownNameError, match="unknown"):
        workspace.drafts.revert("nobody", 1)


def test_adding_twice_and_reverting_to_nothing_are_refused(workspace: Workspace) -> None:
    workspace.drafts.add(Draft(id="d"))
    with pytest.raises(InvalidValueError, match=r"'d' is there already"):
        workspace.drafts.add(Draft(id="d"))
    workspace.drafts.remove("d")
    for number in (0, 2, 3):
        with pytest.raises(InvalidValueError, match=f"State {number} cannot be brought back"):
            workspace.drafts.revert("d", number)


def test_two_who_change_the_same_state_conflict(folder: Path) -> None:
    with open_workspace(folder) as ours, open_workspace(folder) as theirs:
        draft = ours.drafts.add(Draft(text="one"))
        read = ours.drafts.revision(draft.id)
        theirs.drafts.update(draft.replace(text="theirs"), author="Ben", expected=read)
        with pytest.raises(ConflictError, match="by 'Ben'"):
            ours.drafts.update(draft.replace(text="ours"), expected=read)
        with pytest.raises(ConflictError, match="state 2"):
            ours.drafts.remove(draft.id, expected=read)
        assert ours.drafts.get(draft.id).text == "theirs"


def test_version_shows_the_changes_of_others(folder: Path) -> None:
    with open_workspace(folder) as ours, open_workspace(folder) as theirs:
        assert ours.drafts.version() == 0
        ours.drafts.add(Draft(id="a"))
        seen = ours.drafts.version()
        theirs.campaigns.add(Campaign(name="Other kind"))
        assert ours.drafts.version() == seen
        theirs.drafts.add(Draft(id="b"))
        assert ours.drafts.version() > seen
        assert ours.drafts.changed_since(seen) == {"b"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(codec=None), max_size=40), key=st.text(st.characters(codec=None), max_size=5)
)
def test_any_text_survives(workspace: Workspace, text: str, key: str) -> None:
    draft = workspace.drafts.add(Draft(text=text, title=text, labels={key: text}))
    assert workspace.drafts.get(draft.id) == draft


def test_a_megabyte_and_lone_surrogates_survive(workspace: Workspace) -> None:
    text = "<script>\u202e\ud83d" + "ä" * 1_000_000
    draft = workspace.drafts.add(Draft(text=text))
    assert workspace.drafts.get(draft.id).text == text


def test_of_a_thousand_drafts_the_newest_state_is_read(workspace: Workspace) -> None:
    with workspace._database.writing() as connection:
        for number in range(1, 4):
            connection.exec_driver_sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                "INSERT INTO revisions (kind, id, number, at, author, action, data) "
                "SELECT 'draft', 'd' || i, ?, '2026-01-01T00:00:00+00:00', '', 'update', "
                "json_object('id', 'd' || i, 'text', ?) FROM n",
                (number, f"state {number} " * 40),
            )
    drafts = workspace.drafts.list()
    assert len(drafts) == 1000
    assert all(draft.text.startswith("state 3") for draft in drafts)


def test_settings_are_kept_and_checked(folder: Path) -> None:
    with open_workspace(folder) as workspace:
        assert workspace.name == "workspace"
        assert workspace.settings.first_run
        workspace.change_settings(name="Rad", practice=True, language="de")
        workspace.change_settings(first_run=False)
        with pytest.raises(InvalidRecordError, match="Did you mean"):
            workspace.change_settings(langage="de")
    with open_workspace(folder) as again:
        assert (again.name, again.practice, again.settings.language, again.settings.first_run) == (
            "Rad",
            True,
            "de",
            False,
        )


def test_a_network_without_rules_is_refused() -> None:
    with pytest.raises(InvalidRecordError, match="'xing' has no rules"):
        NetworkRules(id="xing")


def test_a_match_is_named_by_its_post() -> None:
    match = Match(network="x", account="rad", entity_id="1", draft="d")
    assert match.id == Match.key("x", "rad", "1")
    assert Match(network="x", account="ra", entity_id="d1", draft="d").id != match.id


def test_what_the_team_sets_for_networks_counts(workspace: Workspace) -> None:
    before = workspace.load_networks()
    assert workspace.load_networks().keys() == before.keys()
    tables = {"name": "Radforum", "status": "live", "unit": "characters"}
    workspace.networks.add(NetworkRules(id="radforum", rules=tables))
    assert set(workspace.load_networks()) == {*before, "radforum"}


def test_keep_adds_what_is_new_and_updates_what_is_there(workspace: Workspace) -> None:
    first = workspace.campaigns.keep(Campaign(id="c", name="Herbst"))
    workspace.campaigns.keep(first.replace(name="Winter"))
    assert [r.action for r in workspace.campaigns.history("c")] == ["add", "update"]
    assert workspace.campaigns.get("c").name == "Winter"
