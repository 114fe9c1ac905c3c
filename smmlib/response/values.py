"""The figures of a planned file, as rows of the response table."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.headings import plain
from smmlib.language import Message, mark
from smmlib.metrics import load_metrics
from smmlib.response.entities import Entities
from smmlib.response.grid import text_series
from smmlib.response.notes import Notes
from smmlib.response.numbers import CURRENCY_CODE, CURRENCY_SIGN, Numbers, read_numbers, without_currency
from smmlib.response.plan import Plan
from smmlib.response.table import as_table, rows_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "fr.": "CHF"}


def read_values(plan: Plan, entities: Entities, rows: NDArray[np.intp], notes: Notes) -> pd.DataFrame:
    """The response table of a file: one row for each value that is there; missing ones have none.

    Args:
        plan: The plan.
        entities: One for each row of the plan.
        rows: Positions of the rows that stay.
        notes: Where problems go.
    """
    import pandas as pd

    parts = [_metric(plan, metric, entities, rows, notes) for metric in plan.metrics]
    return (
        pd.concat(parts, ignore_index=True)
        if parts
        else as_table({"network": [], "entity_id": [], "metric": []})
    )


def check_sums(plan: Plan, notes: Notes) -> None:
    """Report rows in which the parts of a sum do not add up to it."""
    for total, parts in plan.format.sums.items():
        columns = [plan.column(heading) for heading in (total, *parts)]
        read = [_numbers(plan, column).values for column in columns if column is not None]
        if len(read) < len(columns):
            continue
        differs = ~np.isnan(read[0]) & (np.abs(sum(read[1:]) - read[0]) > 1e-9)
        notes.tell(
            Message(mark("{total} is not the sum of {parts}"), {"total": total, "parts": ", ".join(parts)}),
            plan.rows[differs],
        )


def _metric(
    plan: Plan, metric: str, entities: Entities, rows: NDArray[np.intp], notes: Notes
) -> pd.DataFrame:
    column = plan.places[metric]
    heading = plan.grid.header[column]
    passport = load_metrics().get(metric)
    unit = passport.unit if passport else "count"
    currency = _currencies(plan, column) if unit == "money" else None
    numbers = _numbers(plan, column, duration=unit == "seconds", strip=unit == "money")
    factors = {plain(name): factor for name, factor in plan.format.factors.items()}
    values = numbers.values * factors.get(plain(heading), 1.0)
    _tell(plan, column, numbers, values, notes)
    here = rows[~np.isnan(values[rows])]
    posts = entities.posts.iloc[here]
    figures: dict[str, Any] = {"value": values[here]}
    if currency is not None:
        figures = {"amount": [Decimal(f"{v:.4f}") for v in values[here]], "currency": currency.iloc[here]}
        without = here[(currency.iloc[here] == "").to_numpy(dtype=bool)]
        notes.tell(Message(mark("{column} names no currency"), {"column": heading}), plan.rows[without])
    told = {"window": entities.windows.iloc[here], "segment": entities.segments.iloc[here]}
    return rows_of(posts, entity=plan.entity, metric=metric, **told, **figures)


def _numbers(plan: Plan, column: int, *, duration: bool = False, strip: bool = False) -> Numbers:
    cells = without_currency(plan.cells(column)) if strip else plan.cells(column)
    return read_numbers(cells, plan.locale, plan.native(column), duration=duration)


def _tell(plan: Plan, column: int, numbers: Numbers, values: NDArray[np.float64], notes: Notes) -> None:
    heading = plan.grid.header[column]
    if numbers.bad.any():
        example = plan.cells(column)[numbers.bad].iloc[0]
        notes.tell(
            Message(
                mark("{column} holds no number, such as {example!r}; taken as missing"),
                {"column": heading, "example": example[:40]},
            ),
            plan.rows[numbers.bad],
        )
    negative = values < 0
    notes.tell(Message(mark("{column} is negative; kept as it is"), {"column": heading}), plan.rows[negative])


def _currencies(plan: Plan, column: int) -> pd.Series[str]:
    heading = re.search(CURRENCY_CODE, plan.grid.header[column])
    cells = plan.cells(column)
    code = cells.str.extract(CURRENCY_CODE)[0]
    sign = cells.str.extract(CURRENCY_SIGN)[0].str.lower().map(_SIGNS)
    fallback = heading.group(1) if heading else _only_currency(plan)
    named = plan.text("currency")
    if named is not None:
        return named.str.strip().str.upper().where(named != "", fallback)
    return text_series(code.fillna(sign).fillna(fallback))


def _only_currency(plan: Plan) -> str:
    """The currency other columns of the file name, if it is a single one."""
    named = {found.group(1) for name in plan.grid.header if (found := re.search(CURRENCY_CODE, name))}
    return named.pop() if len(named) == 1 else ""
