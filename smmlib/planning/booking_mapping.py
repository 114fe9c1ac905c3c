"""What the columns of a table of bookings mean, guessed from their headings and remembered once confirmed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from pydantic import Field, field_validator

from smmlib.errors import InvalidValueError
from smmlib.headings import fingerprint, plain
from smmlib.language import mark
from smmlib.record import KeptRecord

BOOKING_FIELDS: dict[str, str] = {
    "amount": mark("Amount"),
    "basis": mark("Basis of media amounts"),
    "channel": mark("Channel"),
    "closes": mark("Last invoice of the order"),
    "currency": mark("Currency"),
    "day": mark("Day of the document"),
    "hours": mark("Hours"),
    "kind": mark("Kind"),
    "line": mark("Budget line"),
    "number": mark("Number"),
    "order": mark("Order"),
    "position": mark("Position"),
    "rate": mark("Rate an hour"),
    "service_day": mark("Day of service"),
    "supplier": mark("Supplier"),
    "tax": mark("Tax"),
    "tax_rate": mark("Tax rate (per cent)"),
    "text": mark("Text"),
}
"""Fields of a booking that a table may have."""

HEADINGS: dict[str, str] = {
    "amount": "amount, sum, invoice amount, net amount, price, betrag, summe, rechnungsbetrag, wert, preis",
    "basis": "basis, media basis, mediabasis",
    "channel": "channel, medium, kanal",
    "closes": "closes, final invoice, schlussrechnung",
    "currency": "currency, währung, whg",
    "day": "day, date, invoice date, document date, booking date, datum, rechnungsdatum, belegdatum, "
    "buchungsdatum, bestelldatum",
    "hours": "hours, stunden, std, h",
    "kind": "kind, type, document type, art, belegart, buchungsart, typ",
    "line": "line, budget line, posten, cost centre, cost center, account, budgetposten, budgetzeile, "
    "kostenstelle, kostenart, konto",
    "number": "number, no, invoice number, invoice no, document number, nummer, nr, rechnungsnummer, "
    "rechnungsnr, belegnummer, belegnr, bestellnummer",
    "order": "order, order number, po, po number, bestellung, auftrag, auftragsnummer, bestellbezug",
    "position": "position, pos, item",
    "rate": "rate, hourly rate, stundensatz, satz",
    "service_day": "service date, day of service, service day, leistungsdatum, leistung bis, leistungstag, "
    "leistungsende",
    "supplier": "supplier, vendor, creditor, lieferant, kreditor, dienstleister, anbieter",
    "tax": "tax, vat, tax treatment, steuer, steuerart, ust",
    "tax_rate": "tax rate, vat rate, steuersatz, ust-satz, mwst-satz, mwst",
    "text": "text, description, subject, buchungstext, beschreibung, verwendungszweck, leistung",
}
"""Field to the headings it is recognised by, German and English."""

_FIELD_OF = {plain(word): field for field, words in HEADINGS.items() for word in words.split(",")}


class BookingMapping(KeptRecord):
    """How tables with these headings are read.

    Attributes:
        id: Fingerprint of the headings; a workspace remembers the mapping under it.
        columns: Heading to one of `BOOKING_FIELDS`; other columns are not read.
        locale: How amounts are written, "de" 1.234,56 or "en" 1,234.56; "" when the table itself tells.
        fixed: Field to what holds for every row without a cell for it, e.g. {"kind": "commitment"}.
        names: Field to what the table writes and what is meant, e.g. {"line": {"4711": id of the line}}.
    """

    columns: dict[str, str] = Field(default_factory=dict)
    locale: Literal["de", "en", ""] = ""
    fixed: dict[str, str] = Field(default_factory=dict)
    names: dict[str, dict[str, str]] = Field(default_factory=dict)

    @field_validator("columns")
    @classmethod
    def _each_field_once(cls, columns: dict[str, str]) -> dict[str, str]:
        for field, count in Counter(columns.values()).items():
            _check_field(field)
            if count > 1:
                raise InvalidValueError(
                    mark("Two columns are to be {field!r}; leave one of them out."), field=field
                )
        return columns

    @field_validator("fixed", "names")
    @classmethod
    def _known_fields(cls, values: dict[str, object]) -> dict[str, object]:
        for field in values:
            _check_field(field)
        return values


def suggest_booking_mapping(headings: Iterable[str]) -> BookingMapping:
    """Propose a meaning for each heading that is recognised, German or English; each meaning once.

    Args:
        headings: As the table writes them.
    """
    headings = tuple(headings)
    columns: dict[str, str] = {}
    for heading in headings:
        bare = re.sub(r"\s*[(\[].*?[)\]]", "", plain(heading)).strip(" .:*")
        field = _FIELD_OF.get(bare) or (
            bare.replace(" ", "_") if bare.replace(" ", "_") in BOOKING_FIELDS else ""
        )
        if field and field not in columns.values():
            columns[heading] = field
    return BookingMapping(id=fingerprint(headings), columns=columns)


def _check_field(field: str) -> None:
    if field not in BOOKING_FIELDS:
        raise InvalidValueError(
            mark("{field!r} is no field of a booking; there is: {known}."),
            field=field,
            known=", ".join(BOOKING_FIELDS),
        )
