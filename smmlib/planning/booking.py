"""What was spent or ordered: invoices, credit notes, commitments, ads spend, hours; each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from smmlib.errors import InvalidRecordError, InvalidValueError
from smmlib.language import Language, Message, mark, say
from smmlib.planning.budget import Percent
from smmlib.planning.money import Amount, Currency
from smmlib.planning.tax import MediaBasis, Tax
from smmlib.record import KeptRecord, Record

BookingKind = Literal["invoice", "credit note", "commitment", "spend", "hours"]

BOOKING_KINDS: dict[BookingKind, str] = {
    "invoice": mark("Invoice"),
    "credit note": mark("Credit note"),
    "commitment": mark("Commitment (ordered)"),
    "spend": mark("Spend of an ads export"),
    "hours": mark("Hours"),
}
_MOST_TOLD = 20


class Source(Record):
    """Where a booking was read.

    Attributes:
        file: Name of the file, or "" when typed.
        sheet: Name of its sheet, or "".
        row: Row there, counted from 1 with everything above the headings, or None.
        import_id: Import of the response it comes from, or "".
    """

    file: str = ""
    sheet: str = ""
    row: int | None = Field(default=None, ge=1)
    import_id: str = ""

    def text(self, language: Language = "en") -> str:
        """It in words: "invoices.csv, row 7"."""
        if not self.file and self.row is None:
            return say("typed", language)
        place = ", ".join(part for part in (self.file, self.sheet) if part)
        if self.row is None:
            return place
        return say("{place}, row {row:plain}", language, place=place or "–", row=self.row)


class Booking(KeptRecord):
    """One booking. A document with several positions is several bookings.

    Attributes:
        kind: One of `BOOKING_KINDS`.
        plan: Id of the plan it belongs to; "" where there is one plan only.
        line: Id of its budget line, or "" when it was not planned.
        channel: Id of its channel; "": that of the line.
        number: Number of the invoice, credit note or order; with supplier and position it is there once.
        position: Position on the document, "" for the only one.
        supplier: Who charges it.
        day: Date of the document; amounts in other currencies are converted at the rate of this day.
        service_day: Day the service was rendered (of a period its last), which decides month and phase;
            None: `day`. An invoice of a later month than its service is late.
        amount: Money, ≥ 0, of a credit note with or without minus; None for hours.
        hours: Hours worked, > 0, of kind "hours" only; they bear no tax.
        rate: Money an hour; None: the rate of the line.
        currency: Of amount and rate.
        tax: Whether the amount is net, gross or under reverse charge.
        tax_rate: Per cent.
        basis: Basis of a media amount when it is not the plan's, else None.
        order: Number of the commitment it bills, or "".
        closes: Whether it is the last on that commitment; what is left of it is then released.
        text: What it is for.
        source: Where it was read.
    """

    kind: BookingKind = "invoice"
    plan: str = ""
    line: str = ""
    channel: str = ""
    number: str = ""
    position: str = ""
    supplier: str = ""
    day: date
    service_day: date | None = None
    amount: Amount | None = None
    hours: Amount | None = Field(default=None, gt=0)
    rate: Amount | None = Field(default=None, ge=0)
    currency: Currency = "EUR"
    tax: Tax = "net"
    tax_rate: Percent = Decimal(19)
    basis: MediaBasis | None = None
    order: str = ""
    closes: bool = False
    text: str = ""
    source: Source = Field(default_factory=Source)

    @model_validator(mode="after")
    def _money_or_hours(self) -> Booking:
        of_hours = self.kind == "hours"
        if (self.hours is not None) != of_hours or (self.amount is None) != of_hours:
            raise InvalidValueError(
                mark("Only hours have hours, and nothing but hours goes without an amount; correct the kind.")
            )
        return self

    @model_validator(mode="after")
    def _negative_is_credit(self) -> Booking:
        if self.amount is not None and self.amount < 0 and self.kind != "credit note":
            raise InvalidValueError(
                mark(
                    "The amount {amount:.2} is negative, but the booking is no credit note; correct "
                    "the sign, or mark it as a credit note."
                ),
                amount=self.amount,
            )
        return self

    @model_validator(mode="after")
    def _belongs_somewhere(self) -> Booking:
        if not self.line and not self.channel:
            raise InvalidValueError(
                mark("The booking belongs to no budget line and no channel; name at least one.")
            )
        return self

    @property
    def served(self) -> date:
        """Day that decides its month and phase."""
        return self.service_day or self.day

    @property
    def late(self) -> bool:
        """Whether its document is of a later month than its service."""
        served = self.served
        return (self.day.year, self.day.month) > (served.year, served.month)


class BookingSheet(KeptRecord):
    """Bookings that came together: one file, one export, or what was typed.

    Attributes:
        name: Name of the file, or what the team calls it.
        sha256: Of the file, hexadecimal; "" when typed.
        bookings: Its bookings.
    """

    name: str = ""
    sha256: str = ""
    bookings: tuple[Booking, ...] = ()


def check_bookings(bookings: Iterable[Booking]) -> None:
    """Refuse documents that are there twice.

    Invoices and credit notes share their numbers; orders have their own. Capital or small letters and
    blanks make no difference. Bookings without a number are not compared.

    Raises:
        InvalidRecordError: With one sentence for each, naming both sources.
    """
    seen: dict[str, Booking] = {}
    problems = []
    for booking in bookings:
        if not booking.number or booking.kind in ("spend", "hours"):
            continue
        ordered = booking.kind == "commitment"  # the company's own numbers, whoever the supplier is
        supplier = "" if ordered else folded(booking.supplier)
        name = f"{ordered}\n{supplier}\n{folded(booking.number)}\n{folded(booking.position)}"
        first = seen.setdefault(name, booking)
        if first is not booking:
            problems.append(_twice(first, booking))
    if problems:
        raise InvalidRecordError("Booking", problems[:_MOST_TOLD])


def folded(name: str) -> str:
    """A number or name for comparison: without blanks, in small letters."""
    return "".join(name.split()).casefold() if name else ""


def _twice(first: Booking, again: Booking) -> Message:
    return Message(
        mark(
            "Number {number!r} of {supplier!r} is there twice: {first} and {again}; remove one, or give each "
            "position of the document its position."
        ),
        {"number": again.number, "supplier": again.supplier, "first": first.source, "again": again.source},
    )
