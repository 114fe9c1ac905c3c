"""Where links stand in a text, by the rules of twitter-text version 3.

Own code, written after the rules and checked against the project's conformance cases. Every step is
linear in the length of the text: character runs are matched possessively and looked at once.

Source: twitter-text, config/v3.json and conformance/extract.yml, github.com/twitter/twitter-text.
Top-level domains: Public Suffix List, ICANN part, as shipped with the package `publicsuffixlist`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

Span = tuple[int, int]

LATIN = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f"
    "\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
SPACES = "\\s\u0085\u180e"
DIRECTION = "\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
_INVALID = "\ufffe\ufeff\uffff"
_HOST = rf"[^!'#%&()*+,\\/:;<=>?@\[\]^{{|}}~$\"`＠＃{SPACES}{DIRECTION}{_INVALID}\ud800-\udfff]"
_RUN = re.compile(rf"{_HOST}++")
_NEXT_RUN = re.compile(rf"(?<!{_HOST})(?:(?!\.){_HOST})*+(?:\.{_HOST}*+|(?=://))")
"""The next run that has a dot or stands before "://"; words of ordinary text are passed over."""

_SCHEME = re.compile(r"(?<![0-9A-Za-z@＠$#＃])https?\Z", re.IGNORECASE)

_GENERAL = rf"[a-zA-Z0-9\u0400-\u04ff{LATIN}!*';:=+,.$/%#\[\]\-\u2013_~@|&]"
_PARENS = rf"\((?:{_GENERAL}*+\({_GENERAL}++\){_GENERAL}*+|{_GENERAL}++)\)"
_PATH = re.compile(rf"/(?:{_GENERAL}++|{_PARENS})*+")
_NEVER_LAST_IN_PATH = "!*';:,.$%[]\u2013~@|&"
_QUERY = re.compile(r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*+")
_NEVER_LAST_IN_QUERY = "!?*'@();:+$%[].,~|"
_PORT = re.compile(r":[0-9]++")
_SHORTENED = re.compile(
    r"https?://t\.co/([a-z0-9]++)(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*+)?", re.IGNORECASE
)
_SLUG_MOST = 40
_LABEL_MOST = 63
_LINK_MOST = 4096

_SUBDOMAIN = re.compile(r"[^_-](?:.*[^_-])?", re.DOTALL)
_DOMAIN = re.compile(r"[^_-](?:[^_]*[^_-])?")
_PLAIN = re.compile(rf"[-.0-9A-Za-z{LATIN}]++")
_WORD = re.compile(r"[0-9A-Za-z]++")
_PUNYCODE = re.compile(r"xn--[-0-9a-z]++", re.IGNORECASE)
_STOPS = re.compile("[.\u3002\uff0e\uff61]")
_JOINED = re.compile(r"[0-9A-Za-z@+-]")


def find_links(text: str, *, bare: bool = True) -> list[Span]:
    """Start and end of each link.

    Args:
        text: Any text.
        bare: Whether a domain without http:// or https:// is a link too.
    """
    if "." not in text:
        return []
    spans: list[Span] = []
    position = after_link = 0
    while run := (after_link and _RUN.match(text, position)) or _NEXT_RUN.search(text, position):
        start, stop = run.span()
        scheme = _SCHEME.search(text, max(start, stop - 5), stop) if text.startswith("://", stop) else None
        found: list[Span] = []
        position = stop
        if bare:
            before = _before(text, start, after_link)
            found, position = _bare(text, start, scheme.start() if scheme else stop, before, stop)
            spans += found
        if scheme:
            found, position = _with_scheme(text, scheme.start(), stop + 3)
            spans += found
        after_link = position if found else 0
    return spans


def top_level_domain(text: str, start: int = 0) -> int:
    """Length of the top-level domain that begins at `start`, 0 if none does."""
    word = _PUNYCODE.match(text, start) or _WORD.match(text, start)
    known, written = _top_level_domains()
    if word and (word.group().lower() in known or word.group()[:4].lower() == "xn--"):
        end = word.end()
    elif other := written.match(text, start):
        end = other.end()
    else:
        return 0
    return 0 if _JOINED.match(text, end) else end - start


@cache
def _top_level_domains() -> tuple[frozenset[str], re.Pattern[str]]:
    listed = files("publicsuffixlist").joinpath("public_suffix_list.dat").read_text(encoding="utf-8")
    icann, _, _ = listed.partition("// ===END ICANN DOMAINS===")
    names = {line.strip().rpartition(".")[2] for line in icann.splitlines() if line and line[:2] != "//"}
    others = sorted((name for name in names if not name.isascii()), key=len, reverse=True)
    # "example" is set aside by RFC 2606: no real post has it, practice material does.
    return frozenset(names | {"example"}), re.compile("|".join(map(re.escape, others)), re.IGNORECASE)


def _before(text: str, start: int, after_link: int) -> str:
    """The character a match takes for granted: right behind a link it is the first of the run."""
    if start and start == after_link:
        return ""
    return text[start - 1] if start else " "


def _bare(text: str, start: int, stop: int, before: str, position: int) -> tuple[list[Span], int]:
    """Links without scheme in text[start:stop], and where to go on."""
    start = _first_start(text, start, stop, before)
    domain = _domain(text, start, stop) if start < stop else None
    if domain is None or text[domain[0] - 1 : domain[0]] in tuple("-_./") or not _registrable(text, *domain):
        return [], position
    spans = [span for part in _PLAIN.finditer(text, *domain) for span in _plain_domain(text, part, domain[1])]
    if not spans:
        return [], position
    end = _port(text, domain[1])
    if text.startswith("/", end):
        end = _path_and_query(text, end)
        spans[-1] = (spans[-1][0], end)
    return spans, max(domain[1], end)


def _first_start(text: str, start: int, stop: int, before: str) -> int:
    """Where the first match in a run may begin: not behind @, # or $, nor inside a word."""
    if before == "/":
        return stop
    if before and before not in "@$#" + _INVALID + "＠＃":
        return start
    while before and start < stop and text[start].isascii() and text[start].isalnum():
        start += 1
    return start + 1


def _plain_domain(text: str, part: re.Match[str], stop: int) -> list[Span]:
    """The part of a domain that is written in Latin letters, with its top-level domain."""
    start, end = part.span()
    while start < end and text[start] == ".":
        start += 1
    dots = [i for i in range(start, end) if text[i] == "."]
    for dot in reversed(dots):
        if length := top_level_domain(text, dot + 1):
            return [(start, dot + 1 + length)] if dot + 1 + length <= stop else []
    return []


def _domain(text: str, start: int, stop: int, *, whole: bool = False) -> Span | None:
    """The longest domain in a run; `whole`: it must begin where the run begins."""
    labels = text[start:stop].split(".")
    sound = next((i for i, label in enumerate(labels) if not _SUBDOMAIN.fullmatch(label)), len(labels))
    ends = [start - 1]
    for label in labels:
        ends.append(ends[-1] + len(label) + 1)
    highest = min(len(labels) - 1, sound + 1) if whole else len(labels) - 1
    for k in range(highest, 0, -1):
        length = top_level_domain(text, ends[k] + 1)
        if length and length <= len(labels[k]) and _DOMAIN.fullmatch(labels[k - 1]):
            first = 0 if whole else k - 1
            while not whole and first and _SUBDOMAIN.fullmatch(labels[first - 1]):
                first -= 1
            return ends[first] + 1, ends[k] + 1 + length
    return None


def _registrable(text: str, start: int, end: int) -> bool:
    """Whether every label can exist in the domain name system (63 characters as punycode)."""
    for label in _STOPS.split(text[start:end]):
        if len(label) > _LABEL_MOST:
            return False
        if label.isascii():
            continue
        if label[:4].lower() == "xn--" or len(label.encode("punycode")) + 4 > _LABEL_MOST:
            return False
    return end - start <= _LINK_MOST


def _with_scheme(text: str, start: int, host: int) -> tuple[list[Span], int]:
    """The link whose scheme begins at `start` and whose host at `host`, and where to go on."""
    run = _RUN.match(text, host)
    domain = _domain(text, *run.span(), whole=True) if run else None
    if domain is None or not _registrable(text, *domain):
        return [], host
    end = _path_and_query(text, _port(text, domain[1]))
    if end - start > _LINK_MOST:
        return [], end
    if short := _SHORTENED.match(text, start, end):
        return ([(start, short.end())] if short.end(1) - short.start(1) <= _SLUG_MOST else []), end
    return [(start, end)], end


def _port(text: str, end: int) -> int:
    port = _PORT.match(text, end)
    return port.end() if port else end


def _path_and_query(text: str, end: int) -> int:
    if path := _PATH.match(text, end):
        end += max(1, len(path.group().rstrip(_NEVER_LAST_IN_PATH)))
    if query := _QUERY.match(text, end):
        length = len(query.group().rstrip(_NEVER_LAST_IN_QUERY))
        end += length if length > 1 else 0
    return end
