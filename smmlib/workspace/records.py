"""Records the workspace itself needs: its settings, remembered column mappings, matches, network rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field, model_validator

from smmlib.alignment.rules import AlignmentRules
from smmlib.drafting.checks import CheckOptions
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.record import Record

SETTINGS_ID = "workspace"


class Settings(Record):
    """How a workspace is set up; there is one, with the id "workspace".

    Attributes:
        id: Always "workspace".
        name: What the team calls it; empty: the folder's name.
        practice: True for the made-up practice company, which panels mark clearly.
        language: Language of the interface.
        time_zone: IANA name; local days and hours of imports are in it.
        first_run: True until the user has been greeted.
        checks: Which checks of drafts are on, and the house's rules for them.
        alignment: The house's rules for its calendar.
        states: Codes of the German states whose holidays the calendar shows.
        views: Name of a panel to what it was set to show, so that it opens as it was left.
    """

    id: str = SETTINGS_ID
    name: str = ""
    practice: bool = False
    language: Language = "en"
    time_zone: str = "Europe/Berlin"
    first_run: bool = True
    checks: CheckOptions = Field(default_factory=CheckOptions)
    alignment: AlignmentRules = Field(default_factory=AlignmentRules)
    states: tuple[str, ...] = ()
    views: dict[str, dict[str, Any]] = Field(default_factory=dict)


class ColumnMapping(Record):
    """What the columns of an export mean, as the user confirmed it.

    Attributes:
        id: Fingerprint of the header row.
        columns: Name in the file to metric id or field.
        locale: How its numbers and dates are written, e.g. "de", or "" for the format's own.
        network: Network it belongs to, or "".
        account: Account it belongs to, or "".
    """

    id: str = Field(min_length=1)
    columns: dict[str, str] = Field(default_factory=dict)
    locale: str = ""
    network: str = ""
    account: str = ""


class Match(Record):
    """A published post and the draft it came from, confirmed by the user.

    Attributes:
        id: Made of the three fields below; see `key`.
        network: Network of the post, as in the response table.
        account: Account of the post, as in the response table.
        entity_id: The post, as in the response table.
        draft: Id of the draft.
        version: Id of the account whose version of the draft it was, or "".
        variant: Name of the variant that was published, or "".
        confirmed_at: When the user confirmed it, with time zone, or None.
        by: Who confirmed it.
    """

    id: str = ""
    network: str = Field(min_length=1)
    account: str = ""
    entity_id: str = Field(min_length=1)
    draft: str = Field(min_length=1)
    version: str = ""
    variant: str = ""
    confirmed_at: datetime | None = None
    by: str = ""

    @model_validator(mode="before")
    @classmethod
    def _name_itself(cls, fields: Any) -> Any:
        if isinstance(fields, dict) and not fields.get("id"):
            parts = [str(fields.get(part, "")) for part in ("network", "account", "entity_id")]
            return {**fields, "id": cls.key(*parts)}
        return fields

    @staticmethod
    def key(network: str, account: str, entity_id: str) -> str:
        """The id of the match of this post."""
        return "\x1f".join((network, account, entity_id))


class NetworkRules(Record):
    """Rules the team set for a network: an override, or a network of its own.

    Attributes:
        id: Id of the network, e.g. "xing".
        rules: Its rule table in the form of the network rules file.
    """

    id: str = Field(min_length=1)
    rules: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _not_empty(self) -> NetworkRules:
        if not self.rules:
            raise InvalidValueError(
                mark("Network {name!r} has no rules; give at least one, or remove it."), name=self.id
            )
        return self
