"""The practice company's figures as the files its networks would give, German and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from smmlib.practice.files import Export, as_csv, english, german
from smmlib.practice.post import read_file

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.practice.counts import Figures
    from smmlib.practice.post import Post
    from smmlib.practice.story import Story

META_KINDS = {"image": "IG image", "carousel": "IG carousel", "reel": "IG reel"}
META_FILES = {"instagram": "instagram_bollerbeck.csv", "team": "instagram_bollerbeck_team.csv"}
META_NUMBERS = {"instagram": "17841400000000001", "team": "17841400000000002"}
FIRST_AD = 120210000000000000
TYPED_ACCOUNT = "xing"


def write_exports(story: Story, figures: Figures) -> tuple[Export, ...]:
    """All files, in the order in which to import them."""
    rows = _Rows(story, figures)
    files = (_file(rows, **layout) for layout in read_file("exports")["files"])
    return (*files, *(_meta_instagram(rows, account) for account in META_FILES))


def typed_table(story: Story, figures: Figures) -> pd.DataFrame:
    """What somebody read off the page of the network without an export; one row per post.

    Columns: entity_id, published_at (local, ISO), text, impressions, likes, comments.
    """
    import pandas as pd

    columns = ("entity_id", "published_at", "text", "impressions", "likes", "comments")
    rows = pd.DataFrame(list(_Rows(story, figures).posts(TYPED_ACCOUNT)))[list(columns)]
    return rows.assign(published_at=[f"{at:%Y-%m-%d %H:%M}" for at in rows["published_at"]])


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a file may tell, by the names its reader uses."""

    story: Story
    figures: Figures

    def of(self, kind: str, account: str) -> Iterable[Mapping[str, Any]]:
        if kind == "posts":
            return self.posts(account)
        if kind == "days":
            return self.days(account)
        return self.ads() if kind == "ads" else self.followers()

    def posts(self, account: str) -> Iterable[dict[str, Any]]:
        drawn = dict(zip(self.figures.posts.index, _records(self.figures.posts), strict=True))
        for post in self.story.posts:
            if post.account == account:
                yield {**_about(post), **_answers(drawn[post.key])}

    def days(self, account: str) -> Iterable[dict[str, Any]]:
        numbers = {post.key: post.entity_id for post in self.story.posts if post.account == account}
        days = self.figures.days[self.figures.days["key"].isin(numbers)].sort_values(["day", "key"])
        for row in _records(days):
            shown = {"impressions": row["shown"], "views": row["shown"]}
            yield {**row, **shown, "entity_id": numbers[row["key"]]}

    def ads(self) -> Iterable[dict[str, Any]]:
        posts = {post.key: post for post in self.story.posts}
        for number, row in enumerate(_records(self.figures.ads.reset_index())):
            ad = {"ad_id": str(FIRST_AD + 1009 * number), "currency": "EUR"}
            yield {**_about(posts[row["key"]]), **row, **ad}

    def followers(self) -> Iterable[dict[str, Any]]:
        networks = {account.id: account.network for account in self.story.accounts}
        for row in _records(self.figures.followers):
            yield {**row, "network": networks[row["account"]]}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _about(post: Post) -> dict[str, Any]:
    return {
        "network": post.network,
        "account": post.account,
        "entity_id": post.entity_id,
        "link": post.permalink,
        "published_at": post.at,
        "text": post.text_with_link,
        "format": post.format,
        "campaign": post.campaign,
        "label:pillar": post.pillar,
        "label:product": post.product,
        "label:hook": post.hook,
    }


def _answers(drawn: Mapping[str, int]) -> dict[str, int]:
    """Drawn figures under each name a network may call them."""
    same = {"impressions": "shown", "views": "shown", "likes": "reactions", "negative_feedback": "negative"}
    return {**drawn, **{name: drawn[own] for name, own in same.items()}}


def _file(  # noqa: PLR0913 - one argument per field of exports.toml
    told: _Rows,
    *,
    name: str,
    rows: str,
    columns: dict[str, str],
    locale: str,
    date: str,
    account: str | None = None,
) -> Export:
    written = [
        {heading: _cell(row[target], locale, date) for heading, target in columns.items()}
        for row in told.of(rows, account or "")
    ]
    is_german = locale == "de"
    content = as_csv(written, delimiter=";" if is_german else ",", bom=is_german)
    network = next((a.network for a in told.story.accounts if a.id == account), None)
    return Export(name, content, columns, locale, network, account)


def _cell(value: object, locale: str, pattern: str) -> str:
    if isinstance(value, (date, datetime)):
        return value.strftime(pattern)
    if isinstance(value, (int, Decimal)):
        return german(value) if locale == "de" else english(value)
    return str(value)


def _meta_instagram(told: _Rows, account: str) -> Export:
    """The layout of Meta Business Suite, recognised without being told."""
    known = next(a for a in told.story.accounts if a.id == account)
    rows = [
        {
            "Post ID": row["entity_id"],
            "Account ID": META_NUMBERS[account],
            "Account username": known.handle.lstrip("@"),
            "Account name": known.brand,
            "Description": row["text"],
            "Duration (sec)": 34 if row["format"] == "reel" else 0,
            "Publish time": f"{row['published_at']:%m/%d/%Y %H:%M}",
            "Permalink": row["link"],
            "Post type": META_KINDS[row["format"]],
            "Data comment": "",
            "Date": "Lifetime",
            "Views": english(row["views"]),
            "Reach": english(row["reach"]),
            "Likes": english(row["likes"]),
            "Shares": english(row["shares"]),
            "Follows": english(row["follows"]),
            "Comments": english(row["comments"]),
            "Saves": english(row["saves"]),
        }
        for row in told.posts(account)
    ]
    return Export(META_FILES[account], as_csv(rows, bom=True), account=account)
