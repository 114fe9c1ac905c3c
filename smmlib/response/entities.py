"""Who and when: the posts (or days) of a planned file, before their figures."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.headings import plain
from smmlib.language import Message, mark
from smmlib.response.grid import fits, text_series
from smmlib.response.notes import Notes
from smmlib.response.plan import Plan
from smmlib.response.table import as_posts
from smmlib.response.times import read_times

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_DAMAGED = r"\d(?:[.,]\d+)?[eE]\+?\d+"
_YES = {"1", "true", "yes", "ja", "wahr", "paid", "bezahlt", "promoted", "beworben"}
_NO = {"0", "false", "no", "nein", "falsch", "organic", "organisch"}


@dataclass(frozen=True, slots=True)
class Entities:
    """One entry for each row that is read: `posts` (see `table.POST_COLUMNS`) and the window's start."""

    posts: pd.DataFrame

    def key(self) -> pd.DataFrame:
        """What must be unique within a file."""
        return self.posts[["network", "account", "entity_id", "published_at_utc"]]


def leave_out(plan: Plan, notes: Notes) -> Plan:
    """The plan without blank rows, totals, notes and rows of another window."""
    rows = plan.grid.rows
    filled = np.zeros(len(rows), dtype=bool)
    for column in plan.grid.columns:
        filled |= (column != "").to_numpy(dtype=bool)
    keep = filled.copy()
    if plan.format.totals and plan.grid.columns:
        first = plan.grid.columns[0].str.strip()
        total = first.isin(plan.format.totals).to_numpy(dtype=bool) & filled
        notes.drop(Message(mark("total rows and notes of the platform")), rows[total])
        keep &= ~total
    for heading, values in plan.format.only.items():
        if (column_at := plan.column(heading)) is None:
            continue
        other = ~plan.grid.columns[column_at].str.strip().isin(values).to_numpy(dtype=bool) & keep
        notes.drop(
            Message(mark("rows in which {column} is not {value}"), _only(heading, values)), rows[other]
        )
        keep &= ~other
    return replace(plan, keep=np.flatnonzero(keep))


def read_entities(plan: Plan, made_prefix: str, notes: Notes) -> Entities:
    """Ids, texts, dates and kinds of the rows that are read.

    Args:
        plan: The plan, without rows that are left out.
        made_prefix: What ids made here begin with, so that those of two files do not meet.
        notes: Where problems go.
    """
    ids, made = _ids(plan, made_prefix, notes)
    blank = text_series([""] * len(plan.keep))
    columns: dict[str, Any] = {
        "network": _network(plan, blank),
        "account": _account(plan, ids, blank),
        "entity_id": ids,
        "made_id": made,
        "format": _kind(plan, blank),
        "labels": _labels(plan),
        **{name: _or(plan.text(name), blank) for name in ("text", "link", "campaign", "variant")},
        **read_times(plan, notes),
    }
    if (paid := plan.text("paid")) is not None:
        columns["paid"] = _paid(paid, plan, notes)
    return Entities(as_posts(columns))


def without_duplicates(plan: Plan, entities: Entities, notes: Notes) -> NDArray[np.intp]:
    """Positions of the rows that stay when of several rows with one id the last is kept."""
    import pandas as pd

    key = entities.key()
    if plan.format.window == "lifetime":
        key = key.drop(columns="published_at_utc")
    again = key.duplicated(keep="last").to_numpy()
    if not again.any():
        return np.arange(len(key))
    used = pd.DataFrame({str(i): plan.cells(i) for i in set(plan.places.values())})
    same = again & used.duplicated(keep="last").to_numpy()
    notes.drop(Message(mark("repeated rows: the same stands further down once more")), plan.rows[same])
    notes.drop(
        Message(mark("repeated ids with other content further down; the last row of each id is kept")),
        plan.rows[again & ~same],
    )
    return np.flatnonzero(~again)


def _ids(plan: Plan, prefix: str, notes: Notes) -> tuple[pd.Series[str], NDArray[np.bool_]]:
    made = text_series([f"{prefix}-{row}" for row in plan.rows.tolist()])
    nothing = np.zeros(len(plan.keep), dtype=bool)
    if plan.format.entity == "account":
        return text_series([plan.account or "account"] * len(made)), nothing
    given = plan.text("ad_id" if "ad_id" in plan.places else "entity_id")
    if given is None and (link := plan.text("link")) is not None:
        notes.remark(
            Message(mark("The file has no column of ids; the address of the post serves as its id."))
        )
        given = link
    if given is None:
        notes.remark(
            Message(mark("The file has no ids; they are made from the row numbers and match nothing else."))
        )
        return made, ~nothing
    given = given.str.strip()
    damaged = fits(given, _DAMAGED)
    empty = (given == "").to_numpy(dtype=bool)
    notes.tell(
        Message(
            mark(
                "ids that a spreadsheet program has rounded, such as {example}; not used, the row number "
                "stands in. Import the file as the platform gave it, without opening it in Excel"
            ),
            {"example": given[damaged].iloc[0] if damaged.any() else ""},
        ),
        plan.rows[damaged],
    )
    notes.tell(Message(mark("rows without an id; the row number stands in")), plan.rows[empty])
    return given.where(~(damaged | empty), made), damaged | empty


def _network(plan: Plan, blank: pd.Series[str]) -> pd.Series[str]:
    if plan.network:
        return text_series([plan.network] * len(blank))
    return _or(plan.text("network"), blank).str.strip().str.lower()


def _account(plan: Plan, ids: pd.Series[str], blank: pd.Series[str]) -> pd.Series[str]:
    if plan.account:
        return text_series([plan.account] * len(blank))
    if plan.format.account_in_id and "account" not in plan.places:
        found = ids.str.extract(plan.format.account_in_id)[0]
        return text_series(found.fillna(""))
    return _or(plan.text("account"), blank).str.strip()


def _kind(plan: Plan, blank: pd.Series[str]) -> pd.Series[str]:
    words = {plain(word): kind for word, kind in plan.format.kinds.items()}
    given = _or(plan.text("format"), blank).str.strip().str.lower()
    return text_series(given.map({word: words.get(plain(word), word) for word in given.unique()}))


def _labels(plan: Plan) -> pd.Series[str]:
    kinds = {t.removeprefix("label:"): t for t in plan.places if t.startswith("label:") or t == "month"}
    columns = {kind: plan.cells(plan.places[target]).str.strip() for kind, target in kinds.items()}
    rows = zip(*columns.values(), strict=True) if columns else (() for _ in plan.keep)
    said: dict[tuple[str, ...], str] = {}
    for row in (listed := list(rows)):
        if row not in said:
            filled = {kind: value for kind, value in zip(columns, row, strict=True) if value}
            said[row] = json.dumps(filled, ensure_ascii=False, sort_keys=True)
    return text_series([said[row] for row in listed])


def _paid(cells: pd.Series[str], plan: Plan, notes: Notes) -> pd.Series[Any]:
    import pandas as pd

    words = cells.str.strip().str.lower()
    yes, no, empty = words.isin(_YES), words.isin(_NO), words == ""
    notes.tell(
        Message(mark("whether the post was paid for is not said as yes or no")),
        plan.rows[~(yes | no | empty)],
    )
    return pd.Series(np.where(yes, True, False), dtype="boolean").mask(~(yes | no))


def _or(cells: pd.Series[str] | None, blank: pd.Series[str]) -> pd.Series[str]:
    return blank if cells is None else cells


def _only(heading: str, values: tuple[str, ...]) -> dict[str, object]:
    return {"column": heading, "value": re.sub(r"\s+", " ", " / ".join(values))}
