"""The rooms of the planning panel: typing, pasting, refusing, the board, what-if, the status page."""

from datetime import date
from decimal import Decimal

import ipywidgets as w
import pytest

from smmlib import open_workspace, panels
from smmlib.errors import InvalidValueError
from smmlib.panels.record_grid import RecordGrid
from tests.panels.planning.conftest import NOW

LANGUAGES = ["en", "de"]


def typed(grid: RecordGrid, row: int, **cells: str) -> None:
    """Type into cells of a row, as the browser reports it; a row behind the last is a new one."""
    rows = [{"id": r["id"], "cells": dict(r["cells"])} for r in grid.grid.rows]
    if row == len(rows):
        fresh = {c["field"]: c["fresh"] for c in grid.grid.columns if c["kind"] != "shown"}
        rows.append({"id": "", "cells": fresh})
    rows[row]["cells"].update(cells)
    grid.grid.rows = rows


def markup_of(widget) -> str:
    """All markup below a widget; what stands in fields is shown as it is by the browser."""
    own = widget.value if isinstance(widget, w.HTML) else ""
    return own + "".join(map(markup_of, getattr(widget, "children", ())))


@pytest.fixture
def room(panel):
    return panel.rooms.enter("smm-plan-room")


def test_it_opens_on_the_board(panel):
    assert panel.rooms.content is not None
    assert "€32,430.42" in panel.rooms.content._tiles.value
    assert panel.data().equals(panel.model.board.to_frame())
    assert panel.code == panel.model.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_workspace_says_what_to_do(tmp_path, language):
    with open_workspace(tmp_path / "empty") as workspace:
        panel = panels.PlanPanel(workspace, language=language)
        assert ("campaign brief" if language == "en" else "Briefing") in panel._empty.value
        panel._start.children[0].children[-1].click()
        assert "smm-error" in panel.status.value


def test_a_plan_is_started_and_filled_by_typing(company):
    panel = panels.PlanPanel(company, language="de")
    panel._name.value = "Herbst"
    panel._begin()
    room = panel.rooms.content
    typed(room.channels, 0, name="Tagblatt", kind="newspaper")
    typed(room.lines, 0, name="Anzeigen", channel=panel.model.plan.current.channels[0].id)
    typed(room.lines, 0, **{"2026-03-01": "1.234,50"})
    line = panel.model.plan.current.lines[0]
    assert (line.name, line.entries[0].amount, line.rhythm) == ("Anzeigen", Decimal("1234.50"), "month")
    assert room.lines.grid.rows[0]["cells"]["sum"] == "1.234,50"
    assert room.lines.grid.rows[0]["id"] == line.id


def test_what_does_not_fit_is_told_at_its_row_and_stays(room, panel):
    before = panel.model.plan
    typed(room.phases, 1, end="2026-02-01")
    (problem,) = room.phases.grid.problems
    assert (problem["row"], problem["look"]) == (1, "bad")
    assert "before it starts" in problem["text"]
    assert room.phases.grid.rows[1]["cells"]["end"] == "2026-02-01"
    assert panel.model.plan == before
    typed(room.phases, 1, end="2026-04-29")
    assert room.phases.grid.problems == []
    assert panel.model.plan.current.phases[1].end == date(2026, 4, 29)


def test_one_bad_row_does_not_hold_up_the_others(room, panel):
    at = [line.id for line in room.lines._shown].index("spot")
    rows = [{"id": r["id"], "cells": dict(r["cells"])} for r in room.lines.grid.rows]
    rows[0]["cells"]["2026-03-01"] = "many"
    rows[at]["cells"]["2026-04-01"] = "4,500"
    room.lines.grid.rows = rows
    assert [p["row"] for p in room.lines.grid.problems] == [0]
    assert room.lines.grid.problems[0]["field"] == "2026-03-01"
    assert panel.model.plan.current.line("spot").entries[0].amount == 4500
    assert panel.model.plan.current.line("ads").entries[0].amount == 3100


def test_what_does_not_fit_together_is_told_at_the_row_it_names(room, panel):
    typed(room.phases, 0, end="2026-03-25")
    assert "overlap" in room.phases.grid.problems[0]["text"]
    assert panel.model.plan.current.phases[0].end == date(2026, 3, 22)


def test_a_row_that_is_not_finished_waits(room, panel):
    count = len(panel.model.plan.current.channels)
    typed(room.channels, count, kind="TV")
    assert room.channels.grid.problems == []  # a choice alone is no row yet
    typed(room.targets, 1, owner="Ada")
    assert room.targets.grid.problems[0]["look"] == "warn"
    assert len(panel.model.plan.current.targets) == 1


def test_rows_pasted_and_removed(room, panel):
    rows = [{"id": r["id"], "cells": dict(r["cells"])} for r in room.phases.grid.rows]
    room.phases.grid.rows = [
        *rows,
        {"id": "", "cells": {"name": "After", "start": "1.5.2026", "end": "9.5.2026"}},
    ]
    assert [p.name for p in panel.model.plan.current.phases] == ["Teaser", "Launch", "After"]
    room.phases.grid.rows = room.phases.grid.rows[:2]
    assert len(panel.model.plan.current.phases) == 2
    panel.model.undo()
    assert [r["cells"]["name"] for r in room.phases.grid.rows] == ["Teaser", "Launch", "After"]


def test_a_channel_that_is_used_cannot_go(room, panel):
    room.channels.grid.rows = room.channels.grid.rows[1:]
    assert "which the plan does not have" in room.channels.grid.problems[0]["text"]
    assert len(panel.model.plan.current.channels) == 4


def test_lines_of_each_rhythm_have_their_view_and_all_have_terms(room, panel):
    names = {row["cells"]["name"] for row in room.lines.grid.rows}
    assert "Own team" not in names
    room._view.value = "week"
    assert [row["cells"]["name"] for row in room.lines.grid.rows] == ["Own team"]
    typed(room.lines, 0, **{"2026-03-02": "31"})
    assert len(panel.model.plan.current.lines) == 7
    assert panel.model.plan.current.line("team").entries[0].amount == 31
    room._view.value = "terms"
    assert len(room.lines.grid.rows) == 7
    typed(room.lines, 0, rhythm="week")
    assert "clear them" in room.lines.grid.problems[0]["text"]
    typed(room.lines, 1, discount="12.5", rhythm="month")
    assert panel.model.plan.current.line("paper").discount == Decimal("12.5")


def test_shares_are_typed_in_per_cent(room, panel):
    typed(room.targets, 1, metric="ctr", value="1.5", by="2026-04-30")
    assert panel.model.plan.current.targets[1].value == Decimal("0.015")
    assert room.targets.grid.rows[1]["cells"]["value"] == "1.5"


def test_a_missing_rate_is_told_and_repaired(panel, room):
    room.rates.grid.rows = room.rates.grid.rows[:-1]
    assert "no exchange rate" in panel.rooms.enter("smm-control-board")._problem.value
    panel.rooms.enter("smm-plan-room")
    typed(room.rates, 3, day="2026-04-20", currency="chf", rate="0.935")
    assert panel.rooms.enter("smm-control-board")._problem.value == ""


def test_bookings_are_typed_and_hours_share_the_column_of_amounts(panel):
    room = panel.rooms.enter("smm-booking-room")
    typed(room.typed, 0, day="2026-04-03", kind="hours", line="team", amount="2.5")
    assert panel.model.books.typed[0].hours == Decimal("2.5")
    typed(room.typed, 0, kind="invoice", line="film")
    assert (panel.model.books.typed[0].hours, panel.model.books.typed[0].amount) == (None, Decimal("2.5"))
    typed(room.typed, 1, day="2026-04-03", line="film", amount="-5")
    assert "no credit note" in room.typed.grid.problems[0]["text"]
    assert len(panel.model.books.typed) == 1


def test_a_pasted_table_is_read_in_the_room(panel):
    room = panel.rooms.enter("smm-booking-room")
    reader = room.reader
    reader._pasted.value = "Date\tBudget line\tAmount\n2026-04-02\tFilm\t12.30\n2026-04-03\tFilm\tten"
    reader._look_at_pasted()
    assert "2 rows" in reader._found.value
    reader._store.click()
    assert "row 3" in panel.status.value
    assert len(panel.model.books.sheets) == 1
    reader._pasted.value = "Date\tBudget line\tAmount\n2026-04-02\tFilm\t12.30"
    reader._look_at_pasted()
    reader._store.click()
    assert "1 booking read" in panel.status.value
    assert "pasted table, row 2" in room._all.value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", ["line", "channel", "phase", "month", "kind"])
def test_every_group_of_the_board_can_be_shown_with_its_rows(company, language, group):
    board = panels.PlanPanel(company, language=language).rooms.content
    board.group.value = group
    assert board._sums.value
    for which in [value for _, value in board.behind.which.options]:
        board.behind.which.value = which
        total = board.behind.traced.total("actual")
        assert total == board.model.ledger.by(group)[which].actual


def test_the_day_and_the_version_change_the_board(panel):
    board = panel.rooms.content
    before = board._tiles.value
    board.day.value = date(2026, 3, 31)
    assert board._tiles.value != before
    board.version.value = "baseline"
    assert panel.model.decided.name == "baseline"


def test_what_if_is_marked_and_stored_only_when_decided(panel, company):
    part = panel.rooms.content.what_if
    panel.model.on = date(2026, 3, 15)
    part.source.value, part.target.value, part.amount.value = "spot", "film", "100"
    with pytest.raises(InvalidValueError, match="same currency"):
        part._shift()
    part.target.value = "ads"
    part._shift()
    assert part._told.value.count("Assumption") >= 2
    assert len(company.plans.get("spring").versions) == 2
    part.name.value = "more ads"
    part._decide()
    assert company.plans.get("spring").current.name == "more ads"
    assert company.plans.get("spring").current.line("spot").entries[0].amount == 3900


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_status_page_says_what_the_board_says(company, language):
    from smmlib.figures.status_page import status_page

    model = panels.PlanPanel(company, language=language).model
    page = status_page(model.board, model.plan, language=language, now=NOW, code=model.code)
    html = page.html()
    assert ("€16,219" if language == "en" else "16.219") in html
    assert "<script" not in html
    assert page.png(dpi=60).startswith(b"\x89PNG")
    assert ("25,087.59" if language == "en" else "25.087,59") in html


def test_what_users_wrote_is_shown_as_text(company):
    plan = company.plans.get("spring")
    version = plan.current
    evil = "<img src=x onerror=alert(1)>"
    lines = [line.replace(name=evil + line.id) for line in version.lines]
    channels = [channel.replace(name=evil + channel.id) for channel in version.channels]
    versions = (*plan.versions[:-1], version.replace(name=evil, reason=evil, lines=lines, channels=channels))
    company.plans.update(plan.replace(name=evil, owner=evil, versions=versions))
    panel = panels.PlanPanel(company, language="en")
    for name in ("smm-plan-room", "smm-booking-room", "smm-control-board"):
        assert "<img src=x" not in markup_of(panel.rooms.enter(name)), name
    assert "&lt;img" in panel.rooms.content._sums.value


def test_workbooks_are_handed_out(panel):
    saved = {}
    panel.download.save = lambda name, content, kind: saved.update({name: content})
    panel.rooms.content._book()
    panel.rooms.enter("smm-plan-room")._book()
    panel.rooms.enter("smm-control-board")._page("html")
    assert set(saved) == {"control.xlsx", "plan.xlsx", "status.html"}
    assert saved["plan.xlsx"].startswith(b"PK")
