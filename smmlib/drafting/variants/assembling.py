"""Put a text together from the phrases chosen for its slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FRAME = ("hook", "cta")
"""Slots every text has, the short ones too."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The order of the slots.

    Attributes:
        slots: Slots of a long text, in order.
        own: Slots that hold a factor of the user's own; a short text has them too.
    """

    slots: tuple[str, ...]
    own: frozenset[str] = frozenset()

    def order(self, length: str) -> tuple[str, ...]:
        """Slots of a "short" or a "long" text, in order."""
        if length == "long":
            return self.slots
        return tuple(slot for slot in self.slots if slot in FRAME or slot in self.own)


def assemble(layout: Layout, length: str, phrases: Mapping[str, str], emoji: tuple[str, ...] = ()) -> str:
    """The text.

    A long text stands in paragraphs: hook, body, call to action; a short one in one line. The first emoji
    follows the hook, the others stand at the end.

    Args:
        layout: Order of the slots.
        length: "short" or "long".
        phrases: Slot to its phrase; "" leaves the slot out.
        emoji: Emoji, in order.
    """
    blocks: list[list[str]] = [[], [], []]
    for slot in layout.order(length):
        if phrase := phrases.get(slot, ""):
            blocks[FRAME.index(slot) * 2 if slot in FRAME else 1].append(phrase)
    if emoji:
        blocks[0].append(emoji[0])
        blocks[2] += emoji[1:]
    between = "\n\n" if length == "long" else " "
    return between.join(" ".join(block) for block in blocks if block)
