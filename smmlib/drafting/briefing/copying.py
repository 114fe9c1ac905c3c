"""A brief taken as the beginning of the next one."""

from __future__ import annotations

from smmlib.campaign import Campaign
from smmlib.record import new_id


def copy_of(campaign: Campaign, name: str) -> Campaign:
    """The same brief under another name and a new id, without anything that belongs to its time.

    Period, embargo and the days of the offer are emptied, as old days are what goes wrong in copies;
    `utm_campaign` too, so that the figures of the two stay apart. Claims keep their clearance, which has
    a validity of its own; prices, phrases, words and reviewers stay.

    Raises:
        InvalidRecordError: The name is empty.
    """
    return campaign.replace(
        id=new_id(),
        name=name,
        start=None,
        end=None,
        embargo=None,
        offer=campaign.offer.replace(dates=()),
        utm_campaign="",
    )
