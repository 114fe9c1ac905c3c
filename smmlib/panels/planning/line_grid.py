"""The grid of budget lines: amounts per month or week, or the terms of each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from smmlib.language import Language, mark, short_day
from smmlib.panels import kit
from smmlib.panels.planning.plan_grids import choices
from smmlib.panels.planning.planning_model import PlanningModel, months_between, weeks_between
from smmlib.panels.record_grid import Cell, CellError, RecordGrid
from smmlib.panels.row_list import written
from smmlib.planning import COST_KINDS, COUNTS, MEDIA_BASES, RHYTHMS, TAXES, BudgetLine, PlannedAmount

VIEWS = {"month": mark("Amounts per month"), "week": mark("Amounts per week"), "terms": mark("Terms")}
_MOST_PERIODS = 60
_SHORT_COUNTS = {"invoices": mark("invoices"), "spend": mark("spend of exports")}


class LineGrid(RecordGrid[BudgetLine]):
    """Budget lines in one of three views; a line is in the view of its rhythm, all are in the terms.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: PlanningModel, panel: kit.Panel) -> None:
        self.model, self.view, self.panel = model, "month", panel
        super().__init__(
            panel, BudgetLine, self._columns(), self._keep_shown, add=panel.say("Add a budget line")
        )

    def look(self, view: str) -> None:
        """Change the view."""
        self.view = view
        self.show_plan()

    def show_plan(self) -> None:
        """Show the lines of the plan; columns follow its channels, phases and days."""
        currency = self.model.plan.currency if self.model.plan else "EUR"
        fresh = {"rhythm": "month" if self.view == "terms" else self.view, "currency": currency}
        self.follow(self._columns(), self._of_view(), fresh)

    def cells_of(self, record: BudgetLine) -> dict[str, str]:
        """What the cells of a line show, its amounts and their sum among them."""
        if self.view == "terms":
            return super().cells_of(record)
        amounts = {f"{entry.start}": written(entry.amount, self.language) for entry in record.entries}
        amounts["sum"] = written(sum((entry.amount for entry in record.entries), Decimal(0)), self.language)
        return {**self._terms_of(record), **amounts}

    def _terms_of(self, record: BudgetLine) -> dict[str, str]:
        return {
            cell.field: self.shown(cell, getattr(record, cell.field))
            for cell in self._cells
            if cell.field in BudgetLine.model_fields
        }

    def fields_of(self, typed: Mapping[str, str], record: BudgetLine | None) -> dict[str, Any]:
        """Fields of a line as typed; periods without an amount are not planned."""
        fields: dict[str, Any] = {}
        entries = [] if record is None else [e for e in record.entries if str(e.start) not in typed]
        for cell in self._cells:
            if cell.kind == "shown":
                continue
            value = self.read(cell, typed.get(cell.field, ""))
            if cell.field in BudgetLine.model_fields:
                fields[cell.field] = value
            elif value is not None:
                entries.append(self._entry(cell, value))
        if self.view != "terms":
            fields["entries"] = tuple(sorted(entries, key=lambda entry: entry.start))
        return self._completed(fields, record)

    def _entry(self, cell: Cell, amount: Decimal) -> PlannedAmount:
        if amount < 0:
            raise CellError(cell, mark("{amount} is negative; plan 0 or more."), amount=amount)
        return PlannedAmount(start=date.fromisoformat(cell.field), amount=amount)

    def _completed(self, fields: dict[str, Any], record: BudgetLine | None) -> dict[str, Any]:
        """What is empty gets its usual value; amounts of a line do not fit another rhythm."""
        for name in ("discount", "commission", "tax_rate"):
            if name in fields and fields[name] is None:
                fields[name] = BudgetLine.model_fields[name].default
        if "currency" in fields:
            fields["currency"] = fields["currency"].upper() or self.model.need().currency
        if record is not None and record.entries and fields.get("rhythm", record.rhythm) != record.rhythm:
            cell = next(cell for cell in self._cells if cell.field == "rhythm")
            raise CellError(
                cell,
                mark("{name} has amounts already; clear them before you change the rhythm."),
                name=record.name,
            )
        return fields

    def _of_view(self) -> tuple[BudgetLine, ...]:
        lines = self.model.plan.current.lines if self.model.plan else ()
        return lines if self.view == "terms" else tuple(line for line in lines if line.rhythm == self.view)

    def _keep_shown(self, records: tuple[BudgetLine, ...]) -> None:
        """Store the lines of the view where they stand among the others."""
        before = {line.id for line in self._shown}
        kept = {record.id: record for record in records}
        lines = [
            kept.pop(line.id, line)
            for line in self.model.need().current.lines
            if line.id in kept or line.id not in before
        ]
        self.model.edit_version(lines=(*lines, *kept.values()))

    def _columns(self) -> list[Cell]:
        say, language = self.panel.say, self.panel.language
        version = self.model.plan.current if self.model.plan else None
        channels = [
            ("", say("whole campaign")),
            *((c.id, c.name) for c in (version.channels if version else ())),
        ]
        phases = [("", say("by its days")), *((p.id, p.name) for p in (version.phases if version else ()))]
        cells = [
            Cell("name", say("Budget line"), required=True, width=190, hint=say("e.g. ads on LinkedIn")),
            Cell("kind", say("Kind"), "choice", options=choices(COST_KINDS, language), width=105),
            Cell("channel", say("Channel"), "choice", options=channels, width=140),
        ]
        rate = Cell(
            "rate", say("Rate an hour"), "amount", width=80, help=say("Of labour only: money an hour.")
        )
        if self.view == "terms":
            return [
                *cells,
                Cell("phase", say("Phase"), "choice", options=phases, width=120),
                rate,
                *self._terms(),
            ]
        periods = [
            Cell(f"{start}", _heading(start, self.view, language), "amount", width=78)
            for start in self._periods()
        ]
        help = say("Of labour: hours.")
        return [*cells, rate, *periods, Cell("sum", say("Sum"), "shown", width=85, help=help)]

    def _terms(self) -> Sequence[Cell]:
        say, language = self.panel.say, self.panel.language
        counts = [(value, say(text)) for value, text in _SHORT_COUNTS.items()]
        return (
            Cell(
                "rhythm",
                say("Rhythm"),
                "choice",
                options=choices(RHYTHMS, language),
                width=105,
                fresh="month",
            ),
            Cell("currency", say("Currency"), width=70),
            Cell("tax", say("Tax"), "choice", options=choices(TAXES, language), width=150),
            Cell("tax_rate", say("Tax %"), "amount", width=60),
            Cell(
                "basis",
                say("Media basis"),
                "choice",
                options=choices(MEDIA_BASES, language),
                width=150,
                fresh="net",
            ),
            Cell("discount", say("Discount %"), "amount", width=80, help=say("Between gross and net media.")),
            Cell(
                "commission",
                say("Commission %"),
                "amount",
                width=90,
                help=say("Between net and net-net media."),
            ),
            Cell(
                "counts",
                say("Counted as cost"),
                "choice",
                options=counts,
                width=150,
                help=" · ".join(say(text) for text in COUNTS.values()),
            ),
        )

    def _periods(self) -> list[date]:
        if self.model.plan is None:
            return []
        first, last = self.model.books.days()
        lines = [line for line in self.model.plan.current.lines if line.rhythm == self.view]
        planned = {entry.start for line in lines for entry in line.entries}
        spread = months_between if self.view == "month" else weeks_between
        return sorted(planned | set(spread(first, last)[:_MOST_PERIODS]))


def _heading(start: date, view: str, language: Language) -> str:
    return f"{start:%m/%Y}" if view == "month" else short_day(start, language)
