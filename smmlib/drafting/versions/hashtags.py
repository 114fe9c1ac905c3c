"""Hashtags of a post: those at its end, those in its sentences, and how many a network takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from smmlib.networks import Network

_SPEECH_GOES_ON = re.compile(r"[\w,;:–—-]\s*\Z")


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text without the hashtags at its end, and these.

    Attributes:
        body: The text in front of them.
        tags: The hashtags at the end, in order.
    """

    body: str
    tags: tuple[str, ...]

    @property
    def text(self) -> str:
        """Both together, the hashtags in a paragraph of their own."""
        return "\n\n".join(part for part in (self.body, " ".join(self.tags)) if part)


def tags_at_end(text: str, network: Network) -> TaggedText:
    """Take the hashtags at the end off a text.

    A single hashtag that ends a sentence in place of a word ("Wir lieben #Köln") stays where it is.
    """
    end, tags = len(text.rstrip()), []
    for entity in reversed(network.entities(text)):
        if entity.kind != "hashtag" or entity.end != end:
            break
        tags.append(entity.text)
        end = len(text[: entity.start].rstrip())
    gap = text[end : len(text) - len(text[end:].lstrip())]
    if len(tags) == 1 and "\n" not in gap and _SPEECH_GOES_ON.search(text, max(0, end - 3), end):
        return TaggedText(text.rstrip(), ())
    return TaggedText(text[:end], tuple(reversed(tags)))


def allowed_tags(network: Network, format: str) -> int | None:
    """How many hashtags a post may have; 0 where they cannot be clicked, None without a limit."""
    clickable, limit = network.rule("hashtags_clickable", format), network.rule("hashtags", format)
    if clickable and clickable.value is False:
        return 0
    return limit.number if limit else None


def keep_tags(tagged: TaggedText, network: Network, most: int | None) -> tuple[TaggedText, tuple[str, ...]]:
    """The text with at most so many hashtags, and those that are left out or became plain words.

    Hashtags in sentences go first, in order; those too many lose their "#". Then come those at the end.
    """
    if most is None:
        return tagged, ()
    inside = [entity for entity in network.entities(tagged.body) if entity.kind == "hashtag"]
    body = tagged.body
    for entity in reversed(inside[most:]):
        body = body[: entity.start] + body[entity.start + 1 :]
    free = max(0, most - len(inside))
    lost = (*(entity.text for entity in inside[most:]), *tagged.tags[free:])
    return TaggedText(body, tagged.tags[:free]), lost


def missing_tags(text: str, network: Network, wanted: Iterable[str]) -> tuple[str, ...]:
    """Hashtags of `wanted` that the text does not have; case does not matter."""
    there = {entity.text.casefold() for entity in network.entities(text) if entity.kind == "hashtag"}
    return tuple(tag for tag in dict.fromkeys(wanted) if tag.casefold() not in there)
