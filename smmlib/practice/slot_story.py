"""The practice company's test in matched slots: the draw, a draft for each slot, and what was posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from smmlib.draft import Draft, Variant, Version
from smmlib.drafting import tag_link
from smmlib.practice.post import QUESTION, STATEMENT, Post, media_for, slug

if TYPE_CHECKING:
    from smmlib.campaign import Account
    from smmlib.experiments import Assignment

_LEVELS = {QUESTION: "question", STATEMENT: "statement"}


@dataclass(frozen=True, slots=True)
class SlotTest:
    """A test in matched slots, as far as chance after the draw has no part in it.

    Attributes:
        told: Its name, metric, control and lesson, as in its file.
        assignment: The draw, made before the first slot.
        texts: Variant to its text in the first block; every block has a subject of its own.
        drafts: One for each slot, block by block.
        posts: The same, published as planned, in order of time.
    """

    told: Mapping[str, Any]
    assignment: Assignment
    texts: Mapping[str, str]
    drafts: tuple[Draft, ...]
    posts: tuple[Post, ...]


def post_slots(
    file: Mapping[str, Any],
    accounts: Sequence[Account],
    numbers: Mapping[str, int],
    pictures: Mapping[str, str],
) -> SlotTest:
    """Draw the slots of `werkstatt.toml`, write a draft for each and publish it.

    The two drafts of a block say the same and open differently. So that not the same two texts are posted
    twelve times, each block takes its pair of texts from a draft of its own.

    Args:
        file: `werkstatt.toml`.
        accounts: Accounts of the company.
        numbers: Account to the number its network counts posts from.
        pictures: Product to what its picture shows.
    """
    told = file["test"]
    account = next(a for a in accounts if a.id == told["account"])
    assignment = _draw(told, account)
    topics = [_topic(topic, told, pictures) for topic in file["topics"]]
    planned = [
        draft
        for block, topic in enumerate(topics, start=1)
        for draft in assignment.drafts(topic)
        if draft.labels["block"] == str(block)
    ]
    in_time = sorted(planned, key=lambda draft: str(draft.versions[0].planned_at))
    posts = {
        draft.id: _post(draft, told, account, numbers[account.id] + 977 * place + 101)
        for place, draft in enumerate(in_time)
    }
    return SlotTest(
        told=told,
        assignment=assignment,
        texts={variant.name: variant.text for variant in topics[0].variants},
        drafts=tuple(_published(draft, posts[draft.id]) for draft in planned),
        posts=tuple(posts.values()),
    )


def _draw(told: Mapping[str, Any], account: Account) -> Assignment:
    import pandas as pd

    from smmlib.experiments import match_slots

    days = [
        (told["first_monday"] + timedelta(weeks=week, days=slot["weekday"] - 1), slot["time"])
        for week in range(told["weeks"])
        for slot in told["slots"]
    ]
    slots = pd.DataFrame({"start": [datetime.combine(*when) for when in days], "account": account.id})
    plan = match_slots(
        slots,
        start="start",
        account="account",
        seed=told["seed"],
        at=told["drawn_at"].replace(tzinfo=ZoneInfo(account.time_zone)),
        zone_name=account.time_zone,
        variants=(STATEMENT, QUESTION),
        washout_hours=told["washout_hours"],
        name=told["label"],
    )
    return plan.assignment.replace(id=told["assignment"])


def _topic(topic: Mapping[str, str], told: Mapping[str, Any], pictures: Mapping[str, str]) -> Draft:
    """The draft of a block: one subject, two variants that differ in their first sentence."""
    openings = {STATEMENT: topic["statement"], QUESTION: topic["question"]}
    media = media_for(told["format"], pictures[told["product"]])
    return Draft(
        title=topic["title"],
        link=topic["link"],
        versions=(Version(account=told["account"], format=told["format"], media=media),),
        variants=tuple(
            Variant(name=name, text=f"{opening}\n\n{topic['body']}", levels={"hook": _LEVELS[name]})
            for name, opening in openings.items()
        ),
        factors=("hook",),
        labels={"pillar": told["pillar"], "product": told["product"]},
    )


def _post(draft: Draft, told: Mapping[str, Any], account: Account, number: int) -> Post:
    version, labels = draft.versions[0], draft.labels
    if version.planned_at is None:
        raise ValueError(f"{draft.id} was planned for no time")
    link = tag_link(
        draft.link,
        source=account.network,
        medium="social",
        campaign=told["campaign"],
        content=slug(f"{draft.id}-{labels['variant']}"),
    )
    return Post(
        key=f"{draft.title}/{account.id}",
        draft=draft.id,
        account=account.id,
        network=account.network,
        entity_id=str(number),
        permalink=f"https://{account.network}.example/{account.id}/{number}",
        at=version.planned_at,
        format=version.format,
        text=draft.text,
        link=link,
        pillar=labels["pillar"],
        product=labels["product"],
        hook=labels["variant"],
        campaign="",
        storm="",
        test=told["id"],
    )


def _published(draft: Draft, post: Post) -> Draft:
    version = draft.versions[0].replace(permalink=post.permalink)
    return draft.replace(versions=(version,), labels={**draft.labels, "hook": post.hook})
