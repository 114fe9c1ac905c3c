"""The controls of the campaign brief, and how what they show becomes what is kept."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import ipywidgets as w

from smmlib.campaign import GOALS, TONES
from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.message_house import Claim, SupportingMessage
from smmlib.panels import kit
from smmlib.panels.drafting.briefing_fields import OfferField, PhrasesField, ReviewersField
from smmlib.panels.record_form import Converter
from smmlib.panels.row_list import Column, RowList
from smmlib.timetable import localise


def controls(panel: kit.Panel) -> dict[str, w.Widget]:
    """Field of `Campaign` to its control."""
    say = panel.say
    goals = [(say(name), key) for key, name in GOALS.items()]
    tones = [(say(name), key) for key, name in TONES.items()]

    def text(label: str, hint: str = "") -> w.Text:
        return w.Text(description=label, placeholder=hint, continuous_update=False)

    def area(label: str, rows: int) -> w.Textarea:
        return w.Textarea(description=label, rows=rows, continuous_update=False)

    return {
        "name": text(say("Name")),
        "goal": w.Dropdown(description=say("Goal"), options=goals),
        "audience": area(say("Audience"), 2),
        "age_from": text(say("Age from"), "25"),
        "age_to": text(say("Age to"), "45"),
        "tone": w.Dropdown(description=say("Tone"), options=tones),
        "start": w.DatePicker(description=say("First day")),
        "end": w.DatePicker(description=say("Last day")),
        "embargo": w.NaiveDatetimePicker(description=say("Embargo until")),
        "owner": text(say("Owner")),
        "core_message": area(say("Core message"), 2),
        "supporting": RowList(panel, SupportingMessage, _message_columns(panel), most=4,
                              add=say("Add supporting message")),
        "offer": OfferField(panel),
        "wording": PhrasesField(panel),
        "link": text(say("Landing page"), "https://"),
        "utm_campaign": text(say("utm_campaign (empty: made from the name)")),
        "hashtags": text(say("Hashtags"), "#Lastenrad #Herbst"),
        "words_to_use": area(say("Words to use"), 2),
        "words_to_avoid": area(say("Words to avoid"), 2),
        "claims": RowList(panel, Claim, _claim_columns(panel), add=say("Add claim")),
        "reviewers": ReviewersField(panel),
        "notes": area(say("Notes"), 3),
    }  # fmt: skip


def _message_columns(panel: kit.Panel) -> tuple[Column, ...]:
    say = panel.say
    return (
        Column("text", say("Message"), "long", required=True, grow=2),
        Column("proof", say("Proof"), "long", grow=2),
        Column("source", say("Source"), "long", grow=1.5),
    )


def _claim_columns(panel: kit.Panel) -> tuple[Column, ...]:
    say = panel.say
    return (
        Column("text", say("Claim"), "long", required=True, grow=3),
        Column("cleared_by", say("Cleared by")),
        Column("cleared_on", say("Cleared on"), "day", grow=1.1),
        Column("valid_until", say("Valid until"), "day", grow=1.1),
        Column("source", say("Source"), "long", grow=2),
    )


def converters(zone: str) -> dict[str, Converter]:
    """Field to (what its control shows, what the campaign keeps); `zone` is the clock of the embargo."""

    def local(moment: datetime | None) -> datetime | None:
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None

    def aware(naive: datetime | None) -> datetime | None:
        return localise(naive, zone) if naive else None

    words: Converter = (", ".join, _words)
    return {
        "embargo": (local, aware),
        "age_from": (_age_shown, _age),
        "age_to": (_age_shown, _age),
        "hashtags": (" ".join, _hashtags),
        "words_to_use": words,
        "words_to_avoid": words,
    }


def _words(typed: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in re.split(r"[,\n]", typed) if word.strip())


def _hashtags(typed: str) -> tuple[str, ...]:
    return tuple(re.split(r"[\s,]+", typed.strip(" ,\n"))) if typed.strip(" ,\n") else ()


def _age_shown(age: int | None) -> str:
    return "" if age is None else str(age)


def _age(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not re.fullmatch(r"\s*[0-9]{1,3}\s*", typed):
        raise InvalidValueError(mark("The age is {typed!r}; type whole years, or nothing."), typed=typed)
    return int(typed)
