"""A campaign plan as a spreadsheet: budget by month with sums as formulas, phases, targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmlib.language import Language, mark, say
from smmlib.planning.budget import COST_KINDS
from smmlib.planning.ledger import build_ledger
from smmlib.planning.pages import COUNT, MONEY, SHARE, Formula, add_page, add_row, content_of, new_book
from smmlib.planning.plan import DIRECTIONS, Plan, PlanVersion
from smmlib.planning.rates import ExchangeRates
from smmlib.planning.results import MetricName

if TYPE_CHECKING:
    from openpyxl import Workbook

_LEADING = 4  # line, kind, channel, phase


def plan_sheet(
    plan: Plan, language: Language = "en", *, rates: ExchangeRates | None = None, version: str = ""
) -> bytes:
    """A version of a plan as XLSX, for people who go on reckoning in a spreadsheet.

    Money is what the company bears, in the currency of the plan, in the month its days lie in, as the
    ledger has it; sums, shares and lengths are formulas.

    Args:
        plan: The plan.
        language: Language of headings.
        rates: Rates of other currencies.
        version: Name of the version; "" is the newest.

    Raises:
        InvalidRecordError: A rate is missing.
        UnknownNameError: There is no such version.
    """
    decided, book = plan.version(version), new_book()
    _add_budget(book, plan, decided, rates, language)
    _add_phases(book, decided, language)
    _add_targets(book, decided, language)
    return content_of(book)


def _add_budget(
    book: Workbook, plan: Plan, decided: PlanVersion, rates: ExchangeRates | None, language: Language
) -> None:
    from openpyxl.utils import get_column_letter

    totals = build_ledger(plan, rates=rates, version=decided.name).by("line", "month")
    costs = {standing.key: standing.plan for standing in totals.standings}
    months = sorted({month for _, month in costs})
    words = (mark("Budget line"), mark("Kind"), mark("Channel"), mark("Phase"))
    total = say("Total ({currency})", language, currency=plan.currency)
    headings = [(say(word, language), 24) for word in words]
    headings += [(month, 13) for month in months]
    sheet = add_page(book, mark("Plan"), [*headings, (total, 15), (say("Share", language), 9)], language)
    last, names = len(decided.lines) + 1, decided.names()
    first_month, sums = get_column_letter(_LEADING + 1), get_column_letter(_LEADING + len(months) + 1)
    last_month = get_column_letter(_LEADING + len(months))
    forms = [*[""] * _LEADING, *[MONEY] * (len(months) + 1), SHARE]
    for row, line in enumerate(decided.lines, start=2):
        told = (
            line.name,
            say(COST_KINDS[line.kind], language),
            names.get(line.channel),
            names.get(line.phase),
        )
        amounts = [costs.get((line.id, month)) for month in months]
        whole = Formula(f"=SUM({first_month}{row}:{last_month}{row})") if months else None
        share = Formula(f"=IF({sums}${last + 1}=0,0,{sums}{row}/{sums}${last + 1})")
        add_row(sheet, row, [*told, *amounts, whole, share], language, forms=forms)
    if decided.lines:
        columns = [get_column_letter(_LEADING + i) for i in range(1, len(months) + 2)]
        added = [Formula(f"=SUM({column}2:{column}{last})") for column in columns]
        foot = [say("Total", language), None, None, None, *added]
        add_row(sheet, last + 1, foot, language, forms=forms, bold=True)


def _add_phases(book: Workbook, decided: PlanVersion, language: Language) -> None:
    words = ((mark("Phase"), 28), (mark("From"), 12), (mark("Until"), 12), (mark("Days"), 8))
    sheet = add_page(book, mark("Phases"), [(say(word, language), width) for word, width in words], language)
    for row, phase in enumerate(decided.phases, start=2):
        days = Formula(f"=C{row}-B{row}+1")
        add_row(sheet, row, [phase.name, phase.start, phase.end, days], language, forms=["", "", "", COUNT])


def _add_targets(book: Workbook, decided: PlanVersion, language: Language) -> None:
    words = (
        (mark("Metric"), 28),
        (mark("Channel"), 24),
        (mark("Direction"), 14),
        (mark("Target"), 14),
        (mark("Baseline"), 14),
        (mark("Target date"), 12),
        (mark("Owner"), 18),
    )
    sheet = add_page(book, mark("Targets"), [(say(word, language), width) for word, width in words], language)
    names = decided.names()
    for row, target in enumerate(decided.targets, start=2):
        values = (
            MetricName(target.metric).text(language),
            names.get(target.channel),
            say(DIRECTIONS[target.direction], language),
            target.value,
            target.baseline,
            target.by,
            target.owner,
        )
        add_row(sheet, row, values, language)
