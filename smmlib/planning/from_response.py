"""Spend and results of accounts, from the response table of ads and post exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from smmlib.metrics import load_metrics
from smmlib.planning.booking import Booking, Source
from smmlib.planning.money import ZERO
from smmlib.planning.rates import ExchangeRates
from smmlib.planning.results import ATTRIBUTED, Result

if TYPE_CHECKING:
    import pandas as pd


_LEVELS = ("account", "ad", "post")
"""Entities of the response table, the widest first."""

AccountKey = tuple[str, str]
"""Network and account, as the response table names them; one name may stand for accounts of two networks."""


def spend_bookings(
    table: pd.DataFrame,
    lines: Mapping[AccountKey, str],
    *,
    first: date,
    last: date,
    plan: str = "",
) -> tuple[Booking, ...]:
    """Daily spend of accounts as bookings, one per import, account, day and currency.

    Rows of whole days and of the whole audience count (window "day", segment "unknown"), so that
    nothing is counted twice. Ads exports state spend without tax.

    Args:
        table: Response table; columns network, account, entity, metric, amount (Decimal), currency,
            window, segment, local_day, import_id.
        lines: Network and account to the id of its budget line.
        first: First day of the campaign; what the account spent before belongs to others.
        last: Last day (included).
        plan: Id of the plan.

    Raises:
        InvalidRecordError: An amount has no currency.
    """
    sums: dict[tuple[AccountKey, date, str, str], Decimal] = {}
    for row in _days(table, lines, first, last):
        if row["metric"] == "spend" and (amount := _amount(row["amount"])) is not None:
            account = (row["network"], row["account"])
            key = (account, row["local_day"], _currency(row["currency"]), row["import_id"])
            sums[key] = sums.get(key, ZERO) + amount
    return tuple(
        Booking(
            id=":".join((import_id, *account, day.isoformat(), currency)),
            kind="spend",
            plan=plan,
            line=lines[account],
            day=day,
            amount=amount,
            currency=currency,
            source=Source(file=" ".join(account), import_id=import_id),
        )
        for (account, day, currency, import_id), amount in sorted(sums.items())
    )


def results_of(
    table: pd.DataFrame,
    channels: Mapping[AccountKey, str],
    *,
    first: date,
    last: date,
    rules: Mapping[str, str] | None = None,
    rates: ExchangeRates | None = None,
) -> tuple[Result, ...]:
    """Daily figures of channels; sums where a metric may be added up, else each figure by itself.

    Args:
        table: Response table; columns network, account, entity, metric, value, amount, currency, window,
            segment, local_day.
        channels: Network and account to id of the channel.
        first: First day of the campaign.
        last: Last day (included).
        rules: Network to the rule its platform attributes results, conversions and revenue by.
        rates: For revenue in other currencies, at the rate of its day; None: all is in euros.

    Raises:
        InvalidValueError: There is no rate for the currency and day of some revenue.
    """
    rates = rates or ExchangeRates()
    passports = load_metrics()
    sums: dict[tuple[str, date, str, str], Decimal] = {}
    single = []
    for row in _days(table, channels, first, last):
        money = row["metric"] == "revenue"
        figure = _amount(row["amount"]) if money else _count(row["value"])
        if figure is None or row["metric"] == "spend":
            continue
        if money:
            figure = rates.converted(figure, _currency(row["currency"]), row["local_day"])
        account = (row["network"], row["account"])
        key = (channels[account], row["local_day"], row["metric"], row["network"])
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


def _days(
    table: pd.DataFrame, accounts: Mapping[AccountKey, str], first: date, last: date
) -> Iterator[dict[str, Any]]:
    """Rows of whole days and the whole audience, of these accounts, from `first` to `last`.

    Where a day of an account is there as a whole and ad by ad, only the whole counts.
    """
    whole = (table["window"] == "day") & (table["segment"] == "unknown") & table["local_day"].notna()
    kept = table[whole & table["account"].isin({account for _, account in accounts})]
    best: dict[tuple[object, ...], tuple[int, list[dict[str, Any]]]] = {}
    for row in kept.to_dict("records"):
        if (row["network"], row["account"]) not in accounts or not first <= row["local_day"] <= last:
            continue
        key = (row["network"], row["account"], row["local_day"], row["metric"])
        level = _LEVELS.index(row["entity"])
        found = best.get(key)
        if found is None or level < found[0]:
            best[key] = found = (level, [])
        if level == found[0]:
            found[1].append({str(name): value for name, value in row.items()})
    for _, rows in best.values():
        yield from rows


def _amount(amount: object) -> Decimal | None:
    return amount if isinstance(amount, Decimal) and amount.is_finite() else None


def _currency(code: object) -> str:
    return code if isinstance(code, str) else ""


def _count(value: float) -> Decimal | None:
    return None if value != value else Decimal(repr(float(value))).quantize(Decimal("0.0001"))  # noqa: PLR0124
