"""Links in texts of networks that do not let readers follow them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smmlib.language import Language, Message, mark, say
from smmlib.networks import Entity, Network

_POINTS_TO_IT = re.compile(r"(?:\A|[\n:→➡▶👉👇☞⬇]\ufe0f?)[^\S\n]*\Z")
_EMPTY_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"[^\S\n]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class LinkedText:
    """A text as it can stand where links cannot be clicked.

    Attributes:
        text: The text.
        notes: What was done with the links, and what is left to do.
    """

    text: str
    notes: tuple[Message, ...]


def without_links(text: str, network: Network, format: str, language: Language) -> LinkedText:
    """Replace links by "Link in bio", or leave them out, where the network does not make them clickable.

    Only a link in a line of its own, or at the end of a line behind a colon or an arrow, is touched: in the
    middle of a sentence nothing could take its place, so it stays and a note says so.

    Args:
        text: The text.
        network: Where it is posted.
        format: Form of the post.
        language: Language of the text.
    """
    clickable = network.rule("links_clickable", format)
    links = [entity for entity in network.entities(text) if entity.kind == "link"]
    if not links or clickable is None or clickable.value is not False:
        return LinkedText(text, ())
    bio = network.rule("link_in_bio", format)
    words = say(mark("Link in bio"), language) if bio and bio.value is True else ""
    apart = [link for link in links if _stands_apart(text, link)]
    for link in reversed(apart):
        text = _put(text, link, words)
    return LinkedText(text.rstrip(), tuple(_notes(network, words, apart=bool(apart), inside=apart != links)))


def _stands_apart(text: str, link: Entity) -> bool:
    before = text[text.rfind("\n", 0, link.start) + 1 : link.start]
    first = not before.strip()
    return bool((first or _POINTS_TO_IT.search(before)) and _LINE_ENDS.match(text, link.end))


def _put(text: str, link: Entity, words: str) -> str:
    """The text with `words` in place of a link; its whole line goes where there are none."""
    if words:
        return text[: link.start] + words + text[link.end :]
    begin = text.rfind("\n", 0, link.start) + 1
    gap = _LINE_ENDS.match(text, link.end)
    return _EMPTY_LINES.sub("\n\n", text[:begin] + text[gap.end() if gap else link.end :])


def _notes(network: Network, words: str, *, apart: bool, inside: bool) -> list[Message]:
    notes = []
    if apart and words:
        template = mark(
            "Links cannot be clicked on {network}, so the text says “{words}”. Put the link into the profile."
        )
        notes.append(Message(template, {"network": network.name, "words": words}))
    elif apart:
        template = mark(
            "Links cannot be clicked in texts on {network}, so it was left out. Enter it beside the text."
        )
        notes.append(Message(template, {"network": network.name}))
    if inside:
        template = mark(
            "A link stands in a sentence and cannot be clicked on {network}. Reword the sentence."
        )
        notes.append(Message(template, {"network": network.name}))
    return notes
