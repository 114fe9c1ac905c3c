"""HTML archives of posts, one page a post, as rows of text; and HTML in cells as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

from smmlib.encoding import decode

_LINES = {"br", "p", "div", "li", "tr", "h1", "h2", "h3"}
_VOID = {"br", "img", "hr", "input", "meta", "link", "source", "area", "base", "col", "embed", "wbr"}
_SILENT = {"script", "style"}


def html_row(data: bytes, name: str) -> dict[str, str]:
    """What the parts of a page say.

    For each class (and itemprop) of an element: its text under the name of the class, how many such
    elements there are, "comment.count", and how many links the first holds, "plus-oners.links". For each
    kind of address, told by the word before its last part: text and address of the first link,
    "a posts" and "a posts.href".

    Args:
        data: The page.
        name: What messages call it.

    Raises:
        UnreadableFileError: It is not text.
    """
    page = _Page()
    page.feed(decode(data, name).text)
    page.close()
    return page.row()


def html_text(cell: str) -> str:
    """A cell of HTML as the text a reader sees, lines kept, nothing run or loaded."""
    if "<" not in cell and "&" not in cell:
        return cell
    text = _Text()
    text.feed(cell)
    text.close()
    return _tidy("".join(text.pieces))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _LINES and self.pieces:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - (tag in _SILENT), 0)
        if tag == "p":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


class _Element(NamedTuple):
    """An element that is open: where its text begins among the pieces, and how many links came before."""

    tag: str
    names: list[str]
    address: str
    start: int
    links: int


class _Page(_Text):
    """Collects text by class."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[_Element] = []
        self._found: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._links = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        told = dict(attrs)
        names = [*(told.get("class") or "").split(), *(told.get("itemprop") or "").split()]
        for name in names:
            self._counts[name] = self._counts.get(name, 0) + 1
        if tag in _VOID:
            return
        self._links += tag == "a"
        address = (told.get("href") or "") if tag == "a" else ""
        self._open.append(_Element(tag, names, address, len(self.pieces), self._links))

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if not any(element.tag == tag for element in self._open):
            return
        while self._open:
            element = self._open.pop()
            self._keep(element)
            if element.tag == tag:
                break

    def _keep(self, element: _Element) -> None:
        kind = _kind_of_address(element.address)
        new = [name for name in element.names if name not in self._found]
        if not new and (not kind or f"a {kind}" in self._found):
            return
        text = _tidy("".join(self.pieces[element.start :]))
        for name in new:
            self._found[name] = text
            self._found[f"{name}.links"] = str(self._links - element.links)
        if kind and f"a {kind}" not in self._found:
            self._found |= {f"a {kind}": text, f"a {kind}.href": element.address}

    def row(self) -> dict[str, str]:
        """What was found; elements that were never closed end with the page."""
        while self._open:
            self._keep(self._open.pop())
        return {**self._found, **{f"{name}.count": str(count) for name, count in self._counts.items()}}


def _kind_of_address(address: str) -> str:
    """The word before the last part of an address: "posts" of https://plus.google.com/1/posts/2."""
    try:
        parts = [part for part in urlsplit(address).path.split("/") if part] if "://" in address else []
    except ValueError:
        return ""
    return parts[-2] if len(parts) > 1 else ""


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
