"""Spend and results of accounts, from the response table of ads and post exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from smmlib.metrics import load_metrics
from smmlib.planning.booking import Booking, Source
from smmlib.planning.money import ZERO
from smmlib.planning.results import ATTRIBUTED, Result

if TYPE_CHECKING:
    import pandas as pd


def spend_bookings(table: pd.DataFrame, lines: Mapping[str, str], *, plan: str = "") -> tuple[Booking, ...]:
    """Daily spend of accounts as bookings, one per import, account, day and currency.

    Rows of whole days and of the whole audience count (window "day", segment "unknown"), so that
    nothing is counted twice. Ads exports state spend without tax.

    Args:
        table: Response table; columns account, metric, amount (Decimal), currency, window, segment,
            local_day, import_id.
        lines: Account, as in the table, to the id of its budget line.
        plan: Id of the plan.
    """
    sums: dict[tuple[str, date, str, str], Decimal] = {}
    for row in _days(table, lines):
        if row["metric"] == "spend" and (amount := _amount(row["amount"])) is not None:
            key = (row["account"], row["local_day"], row["currency"], row["import_id"])
            sums[key] = sums.get(key, ZERO) + amount
    return tuple(
        Booking(
            id=f"{import_id}:{account}:{day.isoformat()}:{currency}",
            kind="spend",
            plan=plan,
            line=lines[account],
            day=day,
            amount=amount,
            currency=currency,
            source=Source(file=account, import_id=import_id),
        )
        for (account, day, currency, import_id), amount in sorted(sums.items())
    )


def results_of(
    table: pd.DataFrame, channels: Mapping[str, str], *, rules: Mapping[str, str] | None = None
) -> tuple[Result, ...]:
    """Daily figures of channels; sums where a metric may be added up, else each figure by itself.

    Args:
        table: Response table; columns network, account, metric, value, amount, window, segment, local_day.
        channels: Account, as in the table, to id of the channel.
        rules: Network to the rule its platform attributes results, conversions and revenue by.
    """
    passports = load_metrics()
    sums: dict[tuple[str, date, str, str], Decimal] = {}
    single = []
    for row in _days(table, channels):
        figure = _amount(row["amount"]) if row["metric"] == "revenue" else _count(row["value"])
        if figure is None or row["metric"] == "spend":
            continue
        key = (channels[row["account"]], row["local_day"], row["metric"], row["network"])
        if row["metric"] in passports and not passports[row["metric"]].additive:
            single.append((key, figure))
        else:
            sums[key] = sums.get(key, ZERO) + figure
    return tuple(
        Result(
            channel=channel,
            day=day,
            metric=metric,
            value=value,
            source=network,
            rule=(rules or {}).get(network, "") if metric in ATTRIBUTED else "",
        )
        for (channel, day, metric, network), value in (*sums.items(), *single)
    )


def _days(table: pd.DataFrame, accounts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Rows of whole days and the whole audience, of these accounts."""
    whole = (table["window"] == "day") & (table["segment"] == "unknown") & table["local_day"].notna()
    kept = table[whole & table["account"].isin(list(accounts))]
    for row in kept.to_dict("records"):
        yield {str(name): value for name, value in row.items()}


def _amount(amount: object) -> Decimal | None:
    return amount if isinstance(amount, Decimal) and amount.is_finite() else None


def _count(value: float) -> Decimal | None:
    return None if value != value else Decimal(repr(float(value))).quantize(Decimal("0.0001"))  # noqa: PLR0124
