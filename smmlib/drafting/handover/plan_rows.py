"""A row of a plan as a post: account, time, media; what does not fit is said, all at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from smmlib.campaign import Account, Campaign
from smmlib.draft import POST_FIELDS, Format, Media, PostField, Version
from smmlib.drafting.handover.plan_dates import read_moment
from smmlib.drafting.handover.plan_table import PlanCells
from smmlib.errors import InvalidValueError, SmmError, UnknownNameError
from smmlib.language import Message, mark
from smmlib.networks import FORMAT_NAMES, Network

Problem = Message | SmmError
_YES = {"yes", "y", "ja", "j", "true", "1", "x", "wahr"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan is read against.

    Attributes:
        accounts: Accounts of the workspace.
        networks: Networks by id.
        campaigns: Campaigns of the workspace.
        now: When this is.
    """

    accounts: Sequence[Account]
    networks: Mapping[str, Network]
    campaigns: Sequence[Campaign]
    now: datetime


@dataclass(frozen=True, slots=True)
class RowPost:
    """What a row says of a post.

    Attributes:
        account: The account.
        version: How it goes there; its `text` is what the row says.
        draft: Fields of the draft it belongs to, as far as the plan has columns for them.
        changes: Fields of the version the plan has columns for.
        draft_id: Id of the draft as the row gives it, or "".
    """

    account: Account
    version: Version
    draft: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    draft_id: str = ""

    @property
    def text(self) -> str:
        """What is posted."""
        return self.version.text or ""


def read_row(row: PlanCells, known: Known) -> tuple[RowPost | None, list[Problem], list[Message]]:
    """A row as a post; None with the problems if something does not fit; remarks either way."""
    problems: list[Problem] = []
    said: dict[str, Any] = {}
    for name, read in _READERS.items():
        try:
            said[name] = read(row, known)
        except SmmError as problem:
            problems.append(problem)
    account = said.get("account")
    if account is not None:
        try:
            said["planned_at"] = _planned(row, account)
        except SmmError as problem:
            problems.append(problem)
    if not row.get("text") and not said.get("thread") and not said.get("media"):
        problems.append(Message(mark("There is neither text nor media.")))
    if problems or account is None:
        return None, problems, []
    said |= {"title": row.get("title"), "link": row.get("link"), "fields": _fields(row)}
    draft = {name: said[name] for name in _OF_DRAFT if name in row.cells}
    changes = {name: said[name] for name, columns in _OF_VERSION.items() if columns & row.cells.keys()}
    version = Version(account=account.id, text=row.cells.get("text", ""), **changes)
    post = RowPost(account, version, draft, changes, row.get("draft"))
    return post, [], _remarks(row, version, account, known)


def _remarks(row: PlanCells, version: Version, account: Account, known: Known) -> list[Message]:
    found = []
    network = known.networks[account.network].with_limits(account.limits)
    limit = network.limit(version.format)
    longest = max(map(network.count, version.thread or (version.text or "",)))
    if limit is not None and longest > limit:
        sentence = mark("{over} characters too many for {network}; it is taken in, but cannot go out so.")
        found.append(Message(sentence, {"over": longest - limit, "network": network.name}))
    if row.formulas:
        sentence = mark("Looks like a formula and is kept as text: {columns}.")
        found.append(Message(sentence, {"columns": ", ".join(row.formulas)}))
    if version.planned_at is not None and version.planned_at < known.now:
        found.append(
            Message(mark("The planned time {when:datetime} has passed."), {"when": version.planned_at})
        )
    return found


def _account(row: PlanCells, known: Known) -> Account:
    wanted, network = row.get("account"), row.get("network").casefold()
    names = {id for id, place in known.networks.items() if network in (id.casefold(), place.name.casefold())}
    if network and not names:
        raise UnknownNameError(mark("Network"), row.get("network"), known.networks)
    there = [a for a in known.accounts if a.network in known.networks and (not names or a.network in names)]
    for name_of in (_id, _label, _handle):
        found = [account for account in there if _same(name_of(account), wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            sentence = mark("{name} is an account on several networks; name the network too.")
            raise InvalidValueError(sentence, name=wanted)
    raise UnknownNameError(mark("Account"), wanted, [account.label for account in known.accounts])


def _id(account: Account) -> str:
    return account.id


def _label(account: Account) -> str:
    return account.label


def _handle(account: Account) -> str:
    return account.handle


def _same(name: str, wanted: str) -> bool:
    return (
        name.casefold() == wanted.casefold() or name.lstrip("@").casefold() == wanted.lstrip("@").casefold()
    )


def _planned(row: PlanCells, account: Account) -> datetime | None:
    typed = row.get("planned_at") or f"{row.get('date')} {row.get('time')}".strip()
    return read_moment(typed, account.time_zone) if typed else None


def _format(row: PlanCells, _known: Known) -> str:
    wanted = row.get("format").casefold()
    named = {name.casefold(): id for id, name in FORMAT_NAMES.items()}
    found = named.get(wanted, wanted or "post")
    if found not in get_args(Format):
        raise UnknownNameError(mark("Format"), row.get("format"), get_args(Format))
    return found


def _campaign(row: PlanCells, known: Known) -> str:
    wanted = row.get("campaign")
    if not wanted:
        return ""
    for campaign in known.campaigns:
        if wanted.casefold() in (campaign.id.casefold(), campaign.name.casefold()):
            return campaign.id
    raise UnknownNameError(mark("Campaign"), wanted, [campaign.name for campaign in known.campaigns])


def _thread(row: PlanCells, _known: Known) -> tuple[str, ...]:
    if not row.get("thread"):
        return ()
    parts = _json(row, "thread", list)
    if not all(isinstance(part, str) for part in parts):
        raise _unreadable("thread")
    return tuple(parts)


def _media(row: PlanCells, _known: Known) -> tuple[Media, ...]:
    written = row.get("media")
    if written.startswith("["):
        items = _json(row, "media", list)
        if not all(isinstance(item, dict) for item in items):
            raise _unreadable("media")
        return tuple(Media(**{k: v for k, v in item.items() if k != "file"}) for item in items)
    names = [name.strip() for name in written.split("|") if name.strip()]
    alts = [alt.strip() for alt in row.get("alt_text").split("|")]
    return tuple(Media(name=name, alt_text=alts[i] if i < len(alts) else "") for i, name in enumerate(names))


def _labels(row: PlanCells, _known: Known) -> dict[str, str]:
    labels = _json(row, "labels", dict) if row.get("labels") else {}
    if not all(isinstance(value, str) for value in labels.values()):
        raise _unreadable("labels")
    return labels


def _sponsored(row: PlanCells, _known: Known) -> bool:
    return row.get("sponsored").casefold() in _YES


def _json(row: PlanCells, name: str, kind: type[Any]) -> Any:
    try:
        value = json.loads(row.get(name))
    except (ValueError, RecursionError):
        raise _unreadable(name) from None
    if not isinstance(value, kind):
        raise _unreadable(name)
    return value


def _unreadable(column: str) -> InvalidValueError:
    return InvalidValueError(
        mark("The cell {column!r} cannot be read; leave it empty or write it as the export does."),
        column=column,
    )


def _fields(row: PlanCells) -> dict[PostField, str]:
    return {name: row.cells[_column(name)] for name in POST_FIELDS if row.get(_column(name))}


def _column(name: PostField) -> str:
    return {"title": "post_title"}.get(name, name)


_OF_DRAFT = ("title", "link", "campaign", "sponsored", "labels")
_OF_VERSION = {
    "format": {"format"},
    "thread": {"thread"},
    "media": {"media"},
    "planned_at": {"planned_at", "date"},
    "fields": {_column(name) for name in POST_FIELDS},
}
_READERS = {
    "account": _account,
    "format": _format,
    "campaign": _campaign,
    "thread": _thread,
    "media": _media,
    "labels": _labels,
    "sponsored": _sponsored,
}
