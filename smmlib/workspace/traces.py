"""Where a person stands: as words of a text, and in files of any kind."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from smmlib.errors import UnreadableFileError

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_BETWEEN_CELLS = r'(?:\s|[,;|"]){1,6}'


def in_words(person: str) -> re.Pattern[str]:
    """Finds a name, handle or address in text.

    Whatever its case, the blanks within it and how its accents are stored; of a name also the genitive
    ("Müllers") and the order of an index ("Müller, Eva"). An address or handle only as a whole: erasing
    mia@example.org leaves anna.mia@example.org alone.
    """
    words = [_either(word) for word in person.split()]
    told, given = r"\s+".join(words), r"\s+".join(words[:-1])
    if "@" in person:
        return re.compile(rf"(?<![\w.+-]){told}(?![\w-]|\.\w)", re.IGNORECASE)
    orders = [told, rf"{words[-1]},\s*{given}"] if given else [told]
    return re.compile(rf"(?<!\w)(?:{'|'.join(orders)})s?(?!\w)", re.IGNORECASE)


def in_cells(person: str) -> re.Pattern[str]:
    """Finds what `in_words` finds, and a name whose parts stand in cells side by side, in either order."""
    words = [_either(word) for word in person.split()]
    if len(words) == 1:
        return in_words(person)
    orders = (_BETWEEN_CELLS.join(words), _BETWEEN_CELLS.join([words[-1], *words[:-1]]))
    return re.compile(rf"(?<!\w)(?:{'|'.join(orders)})s?(?!\w)", re.IGNORECASE)


def holds(content: bytes, name: re.Pattern[str]) -> bool:
    """Whether a file holds the name, in any encoding an export comes in, or within a spreadsheet.

    True also when it cannot be read: it is then not known to be without it.
    """
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return any(holds(archive.read(member), name) for member in archive.namelist())
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
            return True
    return any(name.search(text) for text in _texts(content))


def signed(path: Path, name: re.Pattern[str]) -> bool:
    """Whether a media file names the person as its author, or as a document holds the name."""
    from smmlib.drafting.media import rights_of

    data = path.read_bytes()
    if data.startswith(b"%PDF-"):
        return holds(data, name)
    try:
        rights = rights_of(data, path.name)
    except UnreadableFileError:
        return True
    return any(name.search(text) for text in (rights.creator, rights.copyright, rights.credit))


def _either(word: str) -> str:
    both = dict.fromkeys((normalize("NFC", word), normalize("NFD", word)))
    return f"(?:{'|'.join(map(re.escape, both))})"


def _texts(content: bytes) -> Iterator[str]:
    """The content in each way it may be meant."""
    for encoding in _ENCODINGS:
        yield (text := content.decode(encoding, errors="replace"))
        if "&" in text:
            yield (text := html.unescape(text))
        if "<" in text:
            # A spreadsheet cuts a cell in parts where the type changes, and a page in links.
            yield _TAG.sub("", text)
            yield _TAG.sub(" ", text)
        if "\\u" in text:
            yield _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    if b"\0" in content:
        # Old binary spreadsheets begin a text at any byte.
        yield content[1:].decode("utf-16-le", errors="replace")
