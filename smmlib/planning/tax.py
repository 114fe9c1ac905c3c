"""What an amount costs the company: tax taken off or added, media discounts and commissions."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from smmlib.language import mark
from smmlib.planning.money import ZERO, unit_of

Tax = Literal["net", "gross", "reverse charge"]
MediaBasis = Literal["gross", "net", "net-net"]

TAXES: dict[Tax, str] = {
    "net": mark("Net, tax comes on top"),
    "gross": mark("Gross, tax is in it"),
    "reverse charge": mark("Reverse charge, you owe the tax"),
}
MEDIA_BASES: dict[MediaBasis, str] = {
    "gross": mark("Gross media (list price)"),
    "net": mark("Net media (after discounts)"),
    "net-net": mark("Net-net (after agency commission)"),
}


class Taxed(NamedTuple):
    """An amount in its own currency.

    Attributes:
        net: Without tax.
        tax: Tax on it, whether the supplier charges it or the company owes it itself.
        payable: What the supplier gets.
        cost: What the company bears: net where it may deduct the tax, else with tax.
    """

    net: Decimal
    tax: Decimal
    payable: Decimal
    cost: Decimal


def taxed(amount: Decimal, tax: Tax, rate: Decimal, currency: str, *, deductible: bool = True) -> Taxed:
    """Take an amount apart.

    Args:
        amount: As stated.
        tax: Whether tax is in it, comes on top, or is owed by the receiver (reverse charge: the
            invoice is net, supplier and payment know no tax, the receiver declares it).
        rate: Per cent: 19 is 19 %.
        currency: Of the amount; net and tax are rounded to its smallest unit.
        deductible: Whether the company gets the tax back (input tax).

    Source:
        § 13b and § 15 UStG for reverse charge and input tax.
    """
    unit = unit_of(currency)
    amount = amount.quantize(unit, ROUND_HALF_UP)
    if tax == "gross":
        net = (amount * 100 / (100 + rate)).quantize(unit, ROUND_HALF_UP)
        owed = amount - net
    else:
        net = amount
        owed = (amount * rate / 100).quantize(unit, ROUND_HALF_UP) if rate else ZERO
    payable = net if tax == "reverse charge" else net + owed
    return Taxed(net, owed, payable, net if deductible else net + owed)


def at_basis(
    amount: Decimal, stated: MediaBasis, wanted: MediaBasis, discount: Decimal, commission: Decimal
) -> Decimal:
    """A media amount at another basis, not rounded.

    Args:
        amount: As stated.
        stated: Its basis.
        wanted: The basis wanted.
        discount: Per cent that turn gross into net (quantity and frequency discounts), 0 to below 100.
        commission: Per cent that turn net into net-net (agency commission, in Germany mostly 15),
            0 to below 100.
    """
    if stated == wanted:
        return amount
    net_of_gross, netnet_of_net = 1 - discount / 100, 1 - commission / 100
    share: dict[MediaBasis, Decimal] = {
        "gross": Decimal(1),
        "net": net_of_gross,
        "net-net": net_of_gross * netnet_of_net,
    }
    return amount * share[wanted] / share[stated]
