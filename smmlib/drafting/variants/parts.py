"""A text taken apart as a reader meets it: the hook, the body, the call to action."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smmlib.networks.counting import emoji_spans, graphemes
from smmlib.networks.entities import find_entities

_SHORTENED = (
    "z",
    r"z\.\sB",
    "ca",
    "Nr",
    "bzw",
    "inkl",
    "Dr",
    "St",
    "Mr",
    "Mrs",
    r"e\.g",
    r"i\.e",
    r"\d",
    r"\d\d",
)
_ABBREVIATED = "".join(rf"(?<!\b{each})" for each in _SHORTENED)
_END = re.compile(rf"(?:{_ABBREVIATED}\.|[!?…])+[\"“”’»«)]*(?=\s)(?!\s+[–—-])")
_LINE = re.compile(r"\s*\n\s*")
_BLANKS = re.compile(r"[ \t]{2,}")
_FEW = 2
"""A paragraph of more sentences is body: only its first, or last, is the hook, or the call to action."""


@dataclass(frozen=True, slots=True)
class TextParts:
    """The parts of a text, without emoji, links and hashtags.

    Attributes:
        hook: The first paragraph, or the first sentence of a text without paragraphs.
        body: What stands between; "" if nothing does.
        call: The last paragraph, or the last sentence; "" in a text of one sentence.
        emoji: The emoji, in order.
        graphemes: Length of the whole text, everything included.
    """

    hook: str
    body: str
    call: str
    emoji: tuple[str, ...]
    graphemes: int


def text_parts(text: str) -> TextParts:
    """Take a text apart."""
    plain, emoji = _plain(text)
    paragraphs = [sentences(line) for line in _LINE.split(plain) if line]
    if len(paragraphs) == 1:
        paragraphs = [[sentence] for sentence in paragraphs[0]]
    if not paragraphs:
        return TextParts("", "", "", emoji, graphemes(text))
    head, tail = paragraphs[0], paragraphs[-1] if len(paragraphs) > 1 else []
    first = len(head) if len(head) <= _FEW else 1
    last = 0 if len(tail) <= _FEW else len(tail) - 1
    between = [sentence for paragraph in paragraphs[1:-1] for sentence in paragraph]
    body = " ".join([*head[first:], *between, *tail[:last]])
    return TextParts(" ".join(head[:first]), body, " ".join(tail[last:]), emoji, graphemes(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; a line break ends one too."""
    found = []
    for line in _LINE.split(text.strip()):
        behind = 0
        for end in _END.finditer(line):
            found.append(line[behind : end.end()].strip())
            behind = end.end()
        found.append(line[behind:].strip())
    return [sentence for sentence in found if sentence]


def _plain(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without emoji, links, hashtags and mentions, and the emoji."""
    spans = list(emoji_spans(text))
    emoji = tuple(text[start:end] for start, end in spans)
    spans += [(e.start, e.end) for e in find_entities(text, mention="@name@host", bare_links=False)]
    kept = bytearray(b"\1") * len(text)
    for start, end in spans:
        kept[start:end] = bytes(end - start)
    plain = "".join(letter for letter, stays in zip(text, kept, strict=True) if stays)
    return _LINE.sub("\n", _BLANKS.sub(" ", plain)).strip(), emoji
