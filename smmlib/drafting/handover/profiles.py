"""What the tools take that posts are handed over to: dated data, no code for any of them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from smmlib.errors import UnknownNameError
from smmlib.language import Language, mark
from smmlib.record import Record

Form = Literal["csv", "json", "requests", "calendar", "sheet", "text"]

_FILE = Path(__file__).parent / "profiles.toml"


class Profile(Record):
    """How posts are written for one tool.

    Attributes:
        id: Key, e.g. "hootsuite".
        name: What lists call it, by language.
        form: Kind of file.
        ending: Ending of its name, without dot.
        mime: Media type.
        columns: Of a CSV file: heading and value, in order.
        headings: Whether a CSV file begins with its headings.
        dates: strftime pattern of times; "" is ISO 8601 with offset.
        minutes: Times must be a multiple of so many minutes.
        ahead_minutes: A post must lie at least so far ahead.
        needs_time: Whether a post without planned time is refused.
        most_posts: Posts in one file; more go into further files.
        one_account: Whether a file may hold posts of one account only.
        threads: Whether threads can be handed over.
        link: "own": the link has its own field; "text": it is put below the text.
        formulas: What happens to text that a spreadsheet would take for a formula.
        channels: Whether the tool's own id of each account is needed.
        settings: Network id to what the tool wants to be told for it; empty: any network.
        source: Where this stands.
        checked_on: When it was last looked up.
        confidence: How sure it is.
        note: What else to know, by language.
    """

    id: str
    name: dict[Language, str]
    form: Form
    ending: str
    mime: str
    columns: tuple[tuple[str, str], ...] = ()
    headings: bool = True
    dates: str = ""
    minutes: int = Field(default=1, ge=1)
    ahead_minutes: int = Field(default=0, ge=0)
    needs_time: bool = False
    most_posts: int | None = Field(default=None, ge=1)
    one_account: bool = False
    threads: bool = True
    link: Literal["own", "text"] = "own"
    formulas: Literal["apostrophe", "refuse", "as written"] = "as written"
    channels: bool = False
    settings: dict[str, dict[str, Any]] = Field(default_factory=dict)
    source: str = ""
    checked_on: date | None = None
    confidence: Literal["high", "medium", "low"] = "high"
    note: dict[Language, str] = Field(default_factory=dict)


@cache
def load_profiles() -> dict[str, Profile]:
    """The profiles there are, by id. Do not change them."""
    written = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {id: Profile(id=id, **table) for id, table in written.items() if isinstance(table, dict)}


def profile_named(id: str) -> Profile:
    """The profile of that id.

    Raises:
        UnknownNameError: There is none.
    """
    profiles = load_profiles()
    if id not in profiles:
        raise UnknownNameError(mark("Profile"), id, profiles)
    return profiles[id]
