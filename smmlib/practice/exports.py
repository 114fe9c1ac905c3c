"""The practice company's figures as the files its networks would give, German and English."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.practice.counts import Figures
    from smmlib.practice.story import Post, Story

META_KINDS = {"image": "IG image", "carousel": "IG carousel", "reel": "IG reel"}
ADS_NUMBER = 120210000000000000


@dataclass(frozen=True, slots=True)
class Export:
    """A file as a network gives it, and what a user would say about it when importing it.

    Attributes:
        name: File name.
        content: The file.
        columns: Heading to field or metric id; None where the format is recognised.
        locale: How its numbers are written, None where the format knows.
        network: Network of all rows, None where the file or the format says.
        account: Account of all rows, None where the file says.
    """

    name: str
    content: bytes
    columns: Mapping[str, str] | None = None
    locale: str | None = None
    network: str | None = None
    account: str | None = None

    @property
    def options(self) -> dict[str, Any]:
        """Keyword arguments for `smmlib.response.read_export`."""
        fields = ("columns", "locale", "network", "account")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}


def write_exports(story: Story, figures: Figures) -> tuple[Export, ...]:
    """All files, in the order in which to import them: days first, so that posts end with their texts."""
    told = _Told(story, figures)
    return (
        *(_days(told, account) for account in ("instagram", "team", "facebook", "linkedin", "mastodon")),
        _meta_instagram(told, "instagram", "instagram_bollerbeck.csv"),
        _meta_instagram(told, "team", "instagram_bollerbeck_team.csv"),
        _facebook(told),
        _linkedin(told),
        _mastodon(told),
        _ads(told),
        _followers(told),
    )


def typed_table(story: Story, figures: Figures) -> pd.DataFrame:
    """What somebody read off the XING page, as the grid for typed figures has it; one row per post.

    Columns: entity_id, published_at (local, ISO), text, impressions, likes, comments.
    """
    import pandas as pd

    told = _Told(story, figures)
    rows = [
        {
            "entity_id": post.entity_id,
            "published_at": f"{post.at:%Y-%m-%d %H:%M}",
            "text": post.text,
            "impressions": row["shown"],
            "likes": row["reactions"],
            "comments": row["comments"],
        }
        for post, row in told.of("xing")
    ]
    return pd.DataFrame(rows)


@dataclass(frozen=True, slots=True)
class _Told:
    story: Story
    figures: Figures
    rows: Mapping[str, Mapping[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        rows = self.figures.posts.to_dict("index")
        object.__setattr__(self, "rows", MappingProxyType(rows))

    def of(self, account: str) -> list[tuple[Post, Mapping[str, int]]]:
        return [(post, self.rows[post.key]) for post in self.story.posts if post.account == account]


def _meta_instagram(told: _Told, account: str, name: str) -> Export:
    handle = next(a.handle for a in told.story.accounts if a.id == account)
    rows = [
        {
            "Post ID": post.entity_id,
            "Account ID": "17841400000000001" if account == "instagram" else "17841400000000002",
            "Account username": handle.lstrip("@"),
            "Account name": "Bollerbeck Lastenräder",
            "Description": post.text,
            "Duration (sec)": 34 if post.format == "reel" else 0,
            "Publish time": f"{post.at:%m/%d/%Y %H:%M}",
            "Permalink": post.permalink,
            "Post type": META_KINDS[post.format],
            "Data comment": "",
            "Date": "Lifetime",
            "Views": english(row["shown"]),
            "Reach": english(row["reach"]),
            "Likes": english(row["reactions"]),
            "Shares": english(row["shares"]),
            "Follows": english(row["follows"]),
            "Comments": english(row["comments"]),
            "Saves": english(row["saves"]),
        }
        for post, row in told.of(account)
    ]
    return Export(name, as_csv(rows, bom=True), account=account)


def _facebook(told: _Told) -> Export:
    columns = {
        "Beitrags-ID": "entity_id",
        "Permalink": "link",
        "Veröffentlicht am": "published_at",
        "Beitragstext": "text",
        "Art": "format",
        "Impressionen": "impressions",
        "Reichweite": "reach",
        "Reaktionen": "reactions",
        "Kommentare": "comments",
        "Geteilt": "shares",
        "Link-Klicks": "link_clicks",
        "Negatives Feedback": "negative_feedback",
    }
    answers = ("shown", "reach", "reactions", "comments", "shares", "link_clicks", "negative")
    rows = [
        [
            post.entity_id,
            post.permalink,
            f"{post.at:%d.%m.%Y %H:%M}",
            post.text_with_link,
            post.format.capitalize(),
            *(german(row[answer]) for answer in answers),
        ]
        for post, row in told.of("facebook")
    ]
    content = as_csv((dict(zip(columns, row, strict=True)) for row in rows), delimiter=";", bom=True)
    return Export("facebook_beitraege.csv", content, columns, "de", "facebook", "facebook")


def _linkedin(told: _Told) -> Export:
    columns = {
        "Update ID": "entity_id",
        "Created date": "published_at",
        "Update text": "text",
        "Content type": "format",
        "Impressions": "impressions",
        "Clicks": "clicks",
        "Reactions": "reactions",
        "Comments": "comments",
        "Reposts": "shares",
    }
    answers = ("shown", "clicks", "reactions", "comments", "shares")
    rows = [
        [
            post.entity_id,
            f"{post.at:%m/%d/%Y %H:%M}",
            post.text_with_link,
            post.format,
            *(english(row[answer]) for answer in answers),
        ]
        for post, row in told.of("linkedin")
    ]
    content = as_csv(dict(zip(columns, row, strict=True)) for row in rows)
    return Export("linkedin_updates.csv", content, columns, "en", "linkedin", "linkedin")


def _mastodon(told: _Told) -> Export:
    columns = {
        "id": "entity_id",
        "created_at": "published_at",
        "content": "text",
        "media": "format",
        "replies": "comments",
        "boosts": "shares",
        "favourites": "likes",
    }
    answers = ("comments", "shares", "reactions")
    rows = [
        [post.entity_id, post.at.isoformat(), post.text, post.format, *(row[answer] for answer in answers)]
        for post, row in told.of("mastodon")
    ]
    content = as_csv(dict(zip(columns, row, strict=True)) for row in rows)
    return Export("mastodon_posts.csv", content, columns, "en", "mastodon", "mastodon")


def _days(told: _Told, account: str) -> Export:
    posts = {post.key: post for post, _ in told.of(account)}
    network = next(iter(posts.values())).network
    days = told.figures.days[told.figures.days["key"].isin(posts)]
    local = account != "linkedin"
    number: Callable[[int], str] = german if local else english
    columns = {"Tag" if local else "Date": "day", "Beitrags-ID" if local else "Update ID": "entity_id"}
    if network == "instagram":
        columns["Aufrufe"] = "views"
    elif network != "mastodon":
        columns["Impressionen" if local else "Impressions"] = "impressions"
    columns["Interaktionen" if local else "Engagements"] = "engagements"
    columns["Kommentare" if local else "Comments"] = "comments"
    rows = []
    for day in days.sort_values(["day", "key"]).to_dict("records"):
        figures = [] if network == "mastodon" else [number(day["shown"])]
        figures += [number(day["engagements"]), number(day["comments"])]
        written = f"{day['day']:%d.%m.%Y}" if local else f"{day['day']:%Y-%m-%d}"
        rows.append(dict(zip(columns, [written, posts[day["key"]].entity_id, *figures], strict=True)))
    content = as_csv(rows, delimiter=";" if local else ",", bom=local)
    return Export(f"{account}_tageswerte.csv", content, columns, "de" if local else "en", network, account)


def _ads(told: _Told) -> Export:
    posts = {post.key: post for post in told.story.posts}
    columns = {
        "Netzwerk": "network",
        "Konto": "account",
        "Anzeigen-ID": "ad_id",
        "Beginn": "published_at",
        "Kampagne": "campaign",
        "Themensäule": "label:pillar",
        "Produkt": "label:product",
        "Texteinstieg": "label:hook",
        "Impressionen": "impressions",
        "Link-Klicks": "link_clicks",
        "Ausgegebener Betrag (EUR)": "spend",
        "Währung": "currency",
    }
    rows = []
    for number, ad in enumerate(told.figures.ads.reset_index().to_dict("records")):
        post = posts[ad["key"]]
        cells = [
            post.network,
            post.account,
            str(ADS_NUMBER + 1009 * number),
            f"{post.at:%d.%m.%Y %H:%M}",
            post.campaign,
            post.pillar,
            post.product,
            post.hook,
            german(ad["impressions"]),
            german(ad["link_clicks"]),
            german(ad["spend"]),
            "EUR",
        ]
        rows.append(dict(zip(columns, cells, strict=True)))
    return Export("anzeigen.csv", as_csv(rows, delimiter=";", bom=True), columns, "de")


def _followers(told: _Told) -> Export:
    networks = {account.id: account.network for account in told.story.accounts}
    columns = {
        "Netzwerk": "network",
        "Konto": "account",
        "Tag": "day",
        "Follower": "followers",
        "Neu": "follows",
        "Verloren": "unfollows",
    }
    rows = [
        {
            "Netzwerk": networks[row["account"]],
            "Konto": row["account"],
            "Tag": f"{row['day']:%d.%m.%Y}",
            "Follower": german(row["followers"]),
            "Neu": german(row["follows"]),
            "Verloren": german(row["unfollows"]),
        }
        for row in told.figures.followers.to_dict("records")
    ]
    return Export("follower_tageswerte.csv", as_csv(rows, delimiter=";", bom=True), columns, "de")


def as_csv(rows: Iterable[Mapping[str, object]], *, delimiter: str = ",", bom: bool = False) -> bytes:
    """Rows as CSV with CRLF line ends; the headings are the keys of the first row."""
    listed: Sequence[Mapping[str, object]] = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(listed[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def english(value: int | Decimal) -> str:
    """A figure as an English export writes it: 15,000."""
    return f"{value:,}"


def german(value: int | Decimal) -> str:
    """A figure as a German export writes it: 15.000 or 1.234,50."""
    return english(value).translate(str.maketrans(",.", ".,"))
