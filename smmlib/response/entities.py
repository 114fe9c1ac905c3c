"""Who and when: the posts (or days) of a planned file, before their figures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.headings import plain
from smmlib.language import Message, mark
from smmlib.response.grid import fits, text_series
from smmlib.response.html_posts import html_text
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
    """One entry for each row that is read.

    Attributes:
        posts: Who and when; see `table.POST_COLUMNS`. Of a row about a day or month its start counts as
            the publication.
        windows: What span of time the figures of each row cover.
        segments: What part of the audience each row is about, "unknown" when the export does not split.
    """

    posts: pd.DataFrame
    windows: pd.Series[str]
    segments: pd.Series[str]

    def key(self) -> pd.DataFrame:
        """What must be unique within a file; of a lifetime the date does not count."""
        dated = self.posts["published_at_utc"].where((self.windows != "lifetime").to_numpy(dtype=bool))
        who = self.posts[["network", "account", "entity_id"]]
        return who.assign(start=dated, window=self.windows, segment=self.segments)


def read_entities(plan: Plan, made_prefix: str, notes: Notes) -> Entities:
    """Ids, texts, dates and kinds of the rows that are read.

    Args:
        plan: The plan, without rows that are left out.
        made_prefix: What ids made here begin with, so that those of two files do not meet.
        notes: Where problems go.
    """
    ids, made = _ids(plan, made_prefix, notes)
    blank = text_series([""] * len(plan.keep))
    times = read_times(plan, notes)
    columns: dict[str, Any] = {
        "network": _network(plan, blank),
        "account": _account(plan, ids, blank),
        "entity_id": ids,
        "made_id": made,
        "format": _kind(plan, blank),
        "labels": _labels(plan),
        **{name: _readable(plan, name, blank) for name in ("text", "link", "campaign", "variant")},
        **times.columns,
    }
    if (paid := plan.text("paid")) is not None:
        columns["paid"] = _paid(paid, plan, notes)
    return Entities(as_posts(columns), times.windows, _segments(plan))


def without_duplicates(plan: Plan, entities: Entities, notes: Notes) -> NDArray[np.intp]:
    """Positions of the rows that stay when of several rows with one id the last is kept."""
    import pandas as pd

    again = entities.key().duplicated(keep="last").to_numpy()
    if not again.any():
        return np.arange(len(again))
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
    if plan.entity == "account":
        return text_series([plan.account or "account"] * len(made)), nothing
    given = plan.text("ad_id" if "ad_id" in plan.places else "entity_id")
    if given is None and (given := _names(plan)) is not None:
        notes.remark(
            Message(
                mark("The file has no column of ids; {columns} together serve as one."),
                {"columns": ", ".join(plan.layout.id_from)},
            )
        )
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


def _names(plan: Plan) -> pd.Series[str] | None:
    """The cells that together stand in for an id, such as the names of campaign, ad set and ad."""
    columns = [column for heading in plan.layout.id_from if (column := plan.column(heading)) is not None]
    if not columns:
        return None
    parts = [plan.cells(column).str.strip() for column in columns]
    return text_series([" / ".join(filter(None, row)) for row in zip(*parts, strict=True)])


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


def _readable(plan: Plan, target: str, blank: pd.Series[str]) -> pd.Series[str]:
    """The cells of a field; HTML as the text a reader sees."""
    cells = _or(plan.text(target), blank)
    if target in plan.places and plan.grid.header[plan.places[target]] in plan.format.html:
        return text_series([html_text(cell) for cell in cells])
    return cells


def _segments(plan: Plan) -> pd.Series[str]:
    kinds = {t.removeprefix("segment:"): t for t in plan.places if t.startswith("segment:")}
    parts = [[f"{kind}={v}" for v in plan.cells(plan.places[t]).str.strip()] for kind, t in kinds.items()]
    if not parts:
        return text_series(["unknown"] * len(plan.keep))
    return text_series(["; ".join(row) for row in zip(*parts, strict=True)])


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
