"""Find drafts by their words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from smmlib.campaign import Account
from smmlib.draft import Draft

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def find(drafts: Iterable[Draft], query: str, *, accounts: Iterable[Account] = ()) -> tuple[Draft, ...]:
    """Drafts in which every word of `query` occurs, in the order given; all of them for an empty query.

    Looked through are title, text, the accounts' own texts and fields, variants, labels, link, and network
    and handle of the accounts. Case does not matter; "strasse" finds "Straße", "Grusse" and "Gruesse" find
    "Grüße".

    Args:
        drafts: Where to look.
        query: Words, parts of words suffice.
        accounts: Accounts the drafts may go to, for their handles.
    """
    words = [_forms(word) for word in query.split()]
    names = {account.id: f"{account.network} {account.handle} {account.brand}" for account in accounts}
    if not words:
        return tuple(drafts)
    return tuple(draft for draft in drafts if _has_all(_forms(_text(draft, names)), words))


def _has_all(text: tuple[str, str], words: list[tuple[str, str]]) -> bool:
    return all(any(form in inside for form, inside in zip(word, text, strict=True)) for word in words)


def _forms(text: str) -> tuple[str, str]:
    """The text twice: umlauts as two letters, and without their dots."""
    folded = unicodedata.normalize("NFC", text).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return folded.translate(_GERMAN), bare


def _text(draft: Draft, names: dict[str, str]) -> str:
    parts = [draft.title, draft.text, draft.link]
    parts += [part for label in draft.labels.items() for part in label]
    parts += [variant.text for variant in draft.variants]
    for version in draft.versions:
        parts += [version.text or "", *version.fields.values(), names.get(version.account, "")]
    return "\n".join(parts)
