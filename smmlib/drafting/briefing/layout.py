"""How a brief stands in a YAML file: its keys, which field each is, and what the comment above it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from smmlib.campaign import GOALS, ROLES, TONES, Campaign
from smmlib.language import LANGUAGES, mark
from smmlib.message_house import (
    Claim,
    KeyDate,
    NounPhrase,
    Offer,
    Percentage,
    Price,
    SupportingMessage,
    Wording,
)
from smmlib.record import Record

Form = Literal["text", "word", "number", "amount", "day", "moment", "truth"]
Kind = Form | Literal["texts", "record", "records", "record by name", "texts by name"]

HINTS: dict[str, str] = {
    "text": mark("some text"),
    "word": mark("one of {names}"),
    "number": mark("a whole number from 0 to 120"),
    "amount": mark('a number between quotes such as "1299.00"'),
    "day": mark("a day such as 2026-12-13"),
    "moment": mark("a time with its zone such as 2026-12-13T09:00+01:00"),
    "truth": mark("true or false"),
}
"""What the value of a key looks like, for errors."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the file.

    Attributes:
        name: As it stands in the file.
        field: Field of the record it fills.
        about: Comment above it, marked for the catalogue; "" for none.
        kind: What its value is.
        layout: What the value, or each of its entries, consists of, when these are records.
        allowed: Names under it, or the words it may be, where these are fixed.
        most: Entries a list may have at most, None for any number.
    """

    name: str
    field: str
    about: str = ""
    kind: Kind = "text"
    layout: Layout | None = None
    allowed: tuple[str, ...] = ()
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The keys of one kind of record, in the order of the file."""

    record: type[Record]
    keys: tuple[Key, ...]


_SUPPORTING = Layout(
    SupportingMessage, (Key("message", "text"), Key("proof", "proof"), Key("source", "source"))
)
_PRICE = Layout(
    Price, (Key("label", "label"), Key("amount", "amount", kind="amount"), Key("currency", "currency"))
)
_DATE = Layout(
    KeyDate, (Key("label", "label"), Key("day", "day", kind="day"), Key("until", "until", kind="day"))
)
_PERCENTAGE = Layout(Percentage, (Key("label", "label"), Key("percent", "value", kind="amount")))
_OFFER = Layout(
    Offer,
    (
        Key("name", "name"),
        Key("prices", "prices", mark("Amounts between quotes, currency as EUR."), "records", _PRICE),
        Key("dates", "dates", mark("Days as 2026-12-13; until: last day of a span."), "records", _DATE),
        Key("percentages", "percentages", mark("20 is 20%."), "records", _PERCENTAGE),
    ),
)
_PHRASE = Layout(
    NounPhrase,
    (
        Key("nominative", "nominative"),
        Key("accusative", "accusative"),
        Key("dative", "dative"),
        Key("plural", "plural", kind="truth"),
    ),
)
_WORDING = Layout(
    Wording,
    tuple(Key(name, name, "", "record", _PHRASE) for name in ("offer", "benefit", "problem", "audience")),
)
_CLAIM = Layout(
    Claim,
    (
        Key("claim", "text"),
        Key("cleared by", "cleared_by"),
        Key("cleared on", "cleared_on", kind="day"),
        Key("valid until", "valid_until", kind="day"),
        Key("source", "source"),
    ),
)
CAMPAIGN = Layout(
    Campaign,
    (
        Key("id", "id", mark("The campaign this is; delete the line to make a new one.")),
        Key("name", "name", mark("What the team calls it.")),
        Key("goal", "goal", mark("One of: {names}."), "word", allowed=tuple(GOALS)),
        Key("audience", "audience", mark("Whom it is for; ages in years.")),
        Key("age from", "age_from", kind="number"),
        Key("age to", "age_to", kind="number"),
        Key("tone", "tone", mark("One of: {names}."), "word", allowed=tuple(TONES)),
        Key("start", "start", mark("First and last day, as 2026-12-13."), "day"),
        Key("end", "end", kind="day"),
        Key("embargo", "embargo", mark("Nothing appears before this, as 2026-12-13T09:00+01:00."), "moment"),
        Key("owner", "owner", mark("Who answers for it.")),
        Key("core message", "core_message", mark("The one sentence every channel says.")),
        Key(
            "supporting messages",
            "supporting",
            mark("Up to four sentences that carry it, each with proof and source."),
            "records",
            _SUPPORTING,
            most=4,
        ),
        Key("offer", "offer", mark("What is offered, with every figure a text may name."), "record", _OFFER),
        Key(
            "phrases",
            "wording",
            mark("Whole phrases with article, by language and case; nothing is inflected by rule."),
            "record by name",
            _WORDING,
            LANGUAGES,
        ),
        Key("link", "link", mark("Landing page, without UTM parameters.")),
        Key("utm_campaign", "utm_campaign", mark("Name in the links; empty: made from the name.")),
        Key("hashtags", "hashtags", mark('In quotes, as # begins a comment: "#Cargobike".'), "texts"),
        Key("words to use", "words_to_use", "", "texts"),
        Key("words to avoid", "words_to_avoid", "", "texts"),
        Key(
            "claims",
            "claims",
            mark("Statements that need proof, and who in PR or legal cleared them."),
            "records",
            _CLAIM,
        ),
        Key(
            "reviewers",
            "reviewers",
            mark("Roles that have to approve ({names}) and who may; an empty list: anyone."),
            "texts by name",
            allowed=tuple(ROLES),
        ),
        Key("notes", "notes"),
    ),
)
"""The whole file."""
