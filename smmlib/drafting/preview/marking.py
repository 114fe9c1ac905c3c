"""The parts of a text: what is plain, what a reader can click, and where it folds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from smmlib.networks import Network

Device = Literal["mobile", "desktop"]
PieceKind = Literal["plain", "link", "hashtag", "mention", "cashtag"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one kind.

    Attributes:
        kind: "plain" or what the network makes of it.
        start: Index of its first character in the text.
        end: Index behind its last.
        text: The stretch itself.
        folded: Whether it lies behind "more".
    """

    kind: PieceKind
    start: int
    end: int
    text: str
    folded: bool


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text in pieces, in order, without gaps; joined they are the text.

    Attributes:
        pieces: The pieces; one that crosses the fold is split there.
        fold_at: Index of the fold, or None if all of the text is seen.
    """

    pieces: tuple[Piece, ...]
    fold_at: int | None


def mark_up(text: str, network: Network, *, format: str = "post", device: Device = "mobile") -> MarkedText:
    """Take a text apart into what is plain and what a reader can click, at the fold too."""
    fold = network.fold_at(text, format, device)
    spans: list[tuple[int, int, PieceKind]] = [(e.start, e.end, e.kind) for e in network.entities(text)]
    kinds = {start: (end, kind) for start, end, kind in spans}
    edges = {0, len(text), *(edge for start, end, _ in spans for edge in (start, end))}
    if fold is not None:
        edges.add(fold)
    pieces, until, current = [], 0, "plain"
    for start, end in pairwise(sorted(edges)):
        if start in kinds:
            until, current = kinds[start]
        kind: PieceKind = current if start < until else "plain"  # type: ignore[assignment]
        pieces.append(Piece(kind, start, end, text[start:end], fold is not None and start >= fold))
    return MarkedText(tuple(pieces), fold)
