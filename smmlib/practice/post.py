"""A published post of the practice company, and what is read off its text and form."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from smmlib.draft import Media

FOLDER = Path(__file__).parent / "story"
QUESTION, STATEMENT = "Frage", "Aussage"
CAROUSEL = 4


@dataclass(frozen=True, slots=True)
class Post:
    """A post that was published.

    Attributes:
        key: Title of the draft and account, "Regenmontag/instagram"; names the post in the truth file.
        draft: Id of its draft; "" when it was posted without one.
        account: Id of the account; network: of that account.
        entity_id: Number the network gave it, as text.
        permalink: Its address, on a host that cannot exist.
        at: When it was published, in the company's time zone.
        format: Form of the post.
        text: What it says.
        link: Where it leads, with UTM parameters; "" without a link.
        pillar, product, hook: Its labels; hook is `QUESTION` or `STATEMENT`.
        campaign: Id of its campaign, or "".
        storm: "joke" or "apology" for the posts of the Shitstorm, else "".
        test: Id of the test in matched slots it was posted for, or "".
    """

    key: str
    draft: str
    account: str
    network: str
    entity_id: str
    permalink: str
    at: datetime
    format: str
    text: str
    link: str
    pillar: str
    product: str
    hook: str
    campaign: str
    storm: str
    test: str = ""

    @property
    def text_with_link(self) -> str:
        """What was published where links are part of the text."""
        return f"{self.text}\n\n{self.link}" if self.link else self.text


def hook_of(text: str) -> str:
    """How a text opens: `QUESTION` when its first sentence ends with a question mark, else `STATEMENT`."""
    end = re.search(r"[?!]|\.(?=\s|$)", text)
    return QUESTION if end and end.group() == "?" else STATEMENT


def read_file(name: str) -> dict[str, Any]:
    """A file of the story, without its ending .toml."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def media_for(format: str, shows: str) -> tuple[Media, ...]:
    """What a post of that form shows; `shows` is its alternative text."""
    if format == "image":
        return (Media(kind="image", name="bild.jpg", alt_text=shows),)
    if format == "carousel":
        numbers = range(1, CAROUSEL + 1)
        return tuple(Media(kind="image", name=f"bild-{n}.jpg", alt_text=f"{shows} ({n})") for n in numbers)
    if format == "reel":
        return (Media(kind="video", name="reel.mp4"),)
    return (Media(kind="document", name="report.pdf"),) if format == "document" else ()


def slug(title: str) -> str:
    """A title as it stands in ids and links: small letters, digits and hyphens."""
    german = title.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    ascii_only = unicodedata.normalize("NFKD", german).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
