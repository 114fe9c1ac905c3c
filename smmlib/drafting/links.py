"""Links with UTM parameters: built, checked, never doubled.

Parameters: Google Analytics Help, "URL builders: collect campaign data with custom URLs"; Matomo reads
`utm_*` too and has its own `mtm_*`.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, quote, quote_plus, urlsplit, urlunsplit

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft
from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.networks import Finding

MEDIUM = "social"
MEDIUMS = {"newsletter": "email", "wordpress": "referral"}
_ORDER = ("utm_source", "utm_medium", "utm_campaign", "utm_content")
_MATOMO = {name: name.replace("utm_", "mtm_") for name in _ORDER}
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|[A-Za-z][A-Za-z0-9+-]*:(?!\d)")
_SPACE = re.compile(r"\s")
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"
_SAFE_QUERY = _SAFE_PATH + "?"


def slug(name: str) -> str:
    """A name as a UTM value: lower case, ä as ae, words joined by hyphens."""
    plain = unicodedata.normalize("NFC", name).casefold().translate(_GERMAN)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_.]+", "-", plain).strip("-")


def tag_link(link: str, *, source: str, medium: str, campaign: str, content: str = "") -> str:
    """Put UTM parameters into a link. What it has already, UTM or Matomo, stays; nothing is doubled.

    Args:
        link: Address with http:// or https://; query and fragment are kept.
        source: Where the click comes from, e.g. "mastodon".
        medium: Kind of way, e.g. "social".
        campaign: Name of the campaign; written as `slug`.
        content: What tells two links apart, e.g. a variant; empty for none.

    Returns:
        The link, host as written, path and query percent-encoded as UTF-8.

    Raises:
        InvalidValueError: The link has no scheme (the message offers it with https://) or no host, or
            it contains a user name or password.
    """
    parts = _parts(link)
    there = {name.casefold() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    wanted = zip(_ORDER, (source, medium, slug(campaign), content), strict=True)
    added = [
        f"{name}={quote_plus(value, errors='replace')}"
        for name, value in wanted
        if value and not there & {name, _MATOMO[name]}
    ]
    query = "&".join(part for part in (_encoded(parts.query, _SAFE_QUERY), *added) if part)
    path = _encoded(parts.path, _SAFE_PATH) or ("/" if query else "")
    fragment = _encoded(parts.fragment, _SAFE_QUERY)
    return urlunsplit((parts.scheme.lower(), parts.netloc, path, query, fragment))


def check_link(link: str) -> tuple[Finding, ...]:
    """What is wrong with a link, or will be seen in the figures later; nothing for an empty one."""
    if not link:
        return ()
    try:
        parts = _parts(link)
    except InvalidValueError as problem:
        return (_found("link", "error", problem.message.template, **problem.message.values),)
    found = []
    if _SPACE.search(link):
        found.append(_found("link_space", "warning", mark("{link} contains a space. Delete it."), link=link))
    if parts.scheme.lower() == "http":
        template = mark("{link} is not encrypted; use https:// if the site has it.")
        found.append(_found("link_http", "notice", template, link=link))
    parameters = parse_qsl(parts.query, keep_blank_values=True)
    return (*found, *_check_parameters(parameters))


def campaign_link(draft: Draft, *, campaign: Campaign | None, account: Account, variant: str = "") -> str:
    """The link of a draft for one account, tagged for its network; empty when there is none to tag.

    `utm_content` is the draft's id, with the variant's name behind it if one is given: by it the post
    finds back to its draft when its response is imported.
    """
    link = draft.link or (campaign.link if campaign else "")
    if not link.strip():
        return ""
    name = (campaign.utm_campaign or campaign.name) if campaign else ""
    medium = MEDIUMS.get(account.network, MEDIUM)
    content = f"{draft.id}-{variant.casefold()}" if variant else draft.id
    try:
        return tag_link(link, source=account.network, medium=medium, campaign=name, content=content)
    except InvalidValueError:
        return ""


def _parts(link: str) -> SplitResult:
    stripped = link.strip()
    if not _SCHEME.match(stripped):
        raise InvalidValueError(
            mark("{link} has no https://. Did you mean https://{link}?"), link=stripped.removeprefix("//")
        )
    try:
        parts = urlsplit(stripped)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme.lower() not in ("http", "https"):
        raise InvalidValueError(
            mark("{link} is not a web address; write one such as https://example.com/page."), link=stripped
        )
    if parts.username is not None:
        # The message names the host alone: it may end up in a log.
        raise InvalidValueError(
            mark("The link to {host} contains a user name or password. Take it out."), host=host
        )
    return parts


def _check_parameters(parameters: list[tuple[str, str]]) -> list[Finding]:
    found, seen = [], set()
    for name, value in parameters:
        known = name.casefold()
        if not known.startswith(("utm_", "mtm_")):
            continue
        shown = f"{name}={value}"
        if known in seen:
            template = mark(
                "{name} appears twice in the link; figures will count only one. Delete the other."
            )
            found.append(_found("utm_twice", "warning", template, name=name))
        seen.add(known)
        if known != name or value != value.casefold():
            template = mark(
                "{name} has capital letters; reports keep it apart from small ones. Use small letters."
            )
            found.append(_found("utm_case", "notice", template, name=shown))
        if _SPACE.search(value):
            template = mark("{name} contains a space. Use a hyphen instead.")
            found.append(_found("utm_space", "notice", template, name=shown))
    if seen:
        template = mark("The link already has {names}; they are kept and not added again.")
        found.append(_found("utm_there", "notice", template, names=", ".join(sorted(seen))))
    return found


def _found(rule: str, severity: str, template: str, **values: object) -> Finding:
    return Finding(rule, severity, None, values, template=template)  # type: ignore[arg-type]


def _encoded(part: str, safe: str) -> str:
    return quote(part, safe=safe, errors="replace")
