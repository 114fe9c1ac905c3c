"""A post that somebody published by hand is ticked off, with where it can be found."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from smmlib.draft import Draft
from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import mark


def tick_posted(draft: Draft, account: str, *, at: datetime, permalink: str = "") -> Draft:
    """The draft with its version for an account marked as posted.

    Args:
        draft: The draft.
        account: Id of the account.
        at: When it was published, with time zone.
        permalink: Address of the published post, or "" while it is not known.

    Raises:
        UnknownNameError: The draft does not go to this account.
        InvalidValueError: The address is none, or the time has no zone.
    """
    return _changed(draft, account, posted_at=at, permalink=_address(permalink))


def untick_posted(draft: Draft, account: str) -> Draft:
    """The draft with its version for an account as not posted, its address forgotten.

    Raises:
        UnknownNameError: The draft does not go to this account.
    """
    return _changed(draft, account, posted_at=None, permalink="")


def _changed(draft: Draft, account: str, **changes: object) -> Draft:
    if all(version.account != account for version in draft.versions):
        raise UnknownNameError(mark("Account"), account, [version.account for version in draft.versions])
    versions = (v.replace(**changes) if v.account == account else v for v in draft.versions)
    return draft.replace(versions=tuple(versions))


def _address(typed: str) -> str:
    address = typed.strip()
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        good = False
    if address and not (good and address.isprintable() and " " not in address):
        raise InvalidValueError(
            mark("{link} is not a web address; write one such as https://example.com/page."), link=address
        )
    return address
