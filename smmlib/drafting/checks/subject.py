"""What the checks look at: one draft on one account, taken apart once for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from smmlib.asset import Asset
from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Version
from smmlib.drafting.checks.options import CheckOptions
from smmlib.drafting.sentences import Stretch, sentences_of, words_of
from smmlib.drafting.spelling import Speller
from smmlib.language import Language
from smmlib.networks import Entity, Network


@dataclass(frozen=True)
class Subject:
    """A draft as one account gets it, with everything a check may want to know.

    Attributes:
        draft: The draft.
        version: How it goes to the account; a bare post where there is none.
        text: What is posted there; the parts of a thread with `PART_BREAK` between them.
        network: The network, with the account's own limits.
        now: The moment planned times and rules are judged by, with time zone.
        account: The account, or None for the text all follow.
        campaign: The campaign, or None.
        assets: Media files by id, as far as they are kept.
        earlier: Other drafts, to find what was said before.
        options: What the team set for its checks.
        speller: A dictionary, or None where there is none.
    """

    draft: Draft
    version: Version
    text: str
    network: Network
    now: datetime
    account: Account | None = None
    campaign: Campaign | None = None
    assets: Mapping[str, Asset] = field(default_factory=dict)
    earlier: Sequence[Draft] = ()
    options: CheckOptions = field(default_factory=CheckOptions)
    speller: Speller | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The posts: the parts of a thread, else the text alone. Joined with `PART_BREAK` they are `text`."""
        return self.version.thread or (self.text,)

    @property
    def language(self) -> Language:
        """The language the text should be in: the account's, else German."""
        return self.account.language if self.account else "de"

    @property
    def today(self) -> date:
        """The day rules are judged by."""
        return self.now.date()

    @property
    def day(self) -> date:
        """The local day it is planned for, else today."""
        return self.local(self.version.planned_at).date() if self.version.planned_at else self.today

    def local(self, moment: datetime) -> datetime:
        """A moment in the account's time zone."""
        return moment.astimezone(ZoneInfo(self.account.time_zone)) if self.account else moment

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Links, hashtags, mentions and cashtags of the text, in order."""
        return self.network.entities(self.text)

    @cached_property
    def prose(self) -> str:
        """The text with links, hashtags, mentions and cashtags blanked; every index stays where it was."""
        characters = list(self.text)
        for entity in self.entities:
            characters[entity.start : entity.end] = " " * (entity.end - entity.start)
        return "".join(characters)

    @cached_property
    def words(self) -> tuple[Stretch, ...]:
        """The words of `prose` in order, with where they stand."""
        return words_of(self.prose)

    @cached_property
    def sentences(self) -> tuple[Stretch, ...]:
        """The sentences of `prose` in order, with where they stand."""
        return sentences_of(self.prose)
