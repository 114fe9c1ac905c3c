"""A plan from a spreadsheet back into drafts. Nothing is stored here: the report comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Version
from smmlib.drafting.handover.plan_rows import Known, Problem, RowPost, read_row
from smmlib.drafting.handover.plan_table import read_table
from smmlib.language import Language, Message, mark, say, say_many
from smmlib.networks import Network
from smmlib.record import new_id

if TYPE_CHECKING:
    import pandas as pd

Fate = Literal["new", "changed", "same", "left out"]
FATES: dict[Fate, str] = {
    "new": mark("new"),
    "changed": mark("changed"),
    "same": mark("unchanged"),
    "left out": mark("left out"),
}
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What became of a row.

    Attributes:
        number: Row of the table; the headings are row 1.
        fate: One of `FATES`.
        account: The account as lists show it, or as the row has it.
        text: What is posted.
        planned_at: When it is planned, on the clock of the account, or None.
        problems: Why it is left out.
        remarks: What else to know.
    """

    number: int
    fate: Fate
    account: str = ""
    text: str = ""
    planned_at: datetime | None = None
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Message, ...] = ()

    def told(self, language: Language = "en") -> str:
        """Problems and remarks, one after the other."""
        return " ".join(part.text(language) for part in (*self.problems, *self.remarks))


@dataclass(frozen=True, slots=True)
class PlanImport:
    """Outcome of `read_plan`.

    Attributes:
        rows: Every row and what becomes of it.
        drafts: Drafts to be stored with `keep`: new ones, and those that change.
    """

    rows: tuple[PlanRow, ...]
    drafts: tuple[Draft, ...]

    def count(self, fate: Fate) -> int:
        """How many rows have that fate."""
        return sum(row.fate == fate for row in self.rows)

    def text(self, language: Language = "en") -> str:
        """The report: how many rows of each fate, then what there is to say, row by row."""
        counts = ", ".join(f"{self.count(fate)} {say(name, language)}" for fate, name in FATES.items())
        head = say_many(
            "{count} row: {fates}.", "{count} rows: {fates}.", len(self.rows), language, fates=counts
        )
        lines = [
            "  " + say("Row {number}: {told}", language, number=row.number, told=row.told(language))
            for row in self.rows
            if row.problems or row.remarks
        ]
        return "\n".join([head, *lines])

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row each: row, fate (in `language`), account, planned_at (local), text, told."""
        import pandas as pd

        return pd.DataFrame(
            [
                (
                    row.number,
                    say(FATES[row.fate], language),
                    row.account,
                    row.planned_at.replace(tzinfo=None) if row.planned_at else None,
                    row.text,
                    row.told(language),
                )
                for row in self.rows
            ],
            columns=["row", "fate", "account", "planned_at", "text", "told"],
        )


def read_plan(  # noqa: PLR0913
    source: bytes | str,
    *,
    accounts: Sequence[Account],
    networks: Mapping[str, Network],
    now: datetime,
    campaigns: Sequence[Campaign] = (),
    drafts: Iterable[Draft] = (),
    name: str = "CSV",
) -> PlanImport:
    """Read a plan in CSV: what the neutral export writes, the template, or a table with such headings.

    A row with the id of a draft changes how that draft goes to the row's account; rows without one make new
    drafts, rows with the same title, text and link one draft together. A row that says what another row or
    a draft says already is left out.

    Args:
        source: Content of the file.
        accounts: Accounts of the workspace.
        networks: Networks by id.
        now: When this is, with time zone.
        campaigns: Campaigns of the workspace.
        drafts: Drafts there are.
        name: What messages call the file.

    Raises:
        UnreadableFileError: It is empty, no text, no table, or too long.
        MissingColumnError: There is no column for account or text.
    """
    known, there = Known(accounts, networks, campaigns, now), {draft.id: draft for draft in drafts}
    taken = {_sign(draft, version): draft for draft in there.values() for version in draft.versions}
    posts: list[RowPost] = []
    rows: list[PlanRow] = []
    seen: dict[tuple[object, ...], int] = {}
    for cells in read_table(source, name):
        post, problems, remarks = read_row(cells, known)
        if post is not None:
            problems = _doubles(post, cells.number, seen, taken)
        fate: Fate = "left out"
        if post is not None and not problems:
            fate = _fate(post, there.get(post.draft_id))
            posts.append(post)
        shown = post.account.label if post else cells.get("account")
        text, when = (post.text, post.version.planned_at) if post else (cells.get("text"), None)
        rows.append(PlanRow(cells.number, fate, shown, text, when, tuple(problems), tuple(remarks)))
    return PlanImport(tuple(rows), tuple(_drafts(posts, there)))


def _doubles(
    post: RowPost,
    number: int,
    seen: dict[tuple[object, ...], int],
    taken: Mapping[tuple[object, ...], Draft],
) -> list[Problem]:
    """Whether another row, or a draft that is not the row's own, says the same."""
    if post.draft_id and not _ID.fullmatch(post.draft_id):
        return [Message(mark("{id!r} is no id of a draft; leave the cell empty."), {"id": post.draft_id})]
    sign = (post.account.id, post.text, post.version.thread, post.version.planned_at)
    own = (post.account.id, post.draft_id)
    if sign in seen or (post.draft_id and own in seen):
        first = seen.get(sign) or seen[own]
        return [Message(mark("The same post stands in row {number} already."), {"number": first})]
    seen[sign] = number
    if post.draft_id:
        seen[own] = number
    other = taken.get(sign)
    if other is not None and other.id != post.draft_id:
        return [Message(mark("The same post is a draft already: {name}."), {"name": other.name or other.id})]
    return []


def _sign(draft: Draft, version: Version) -> tuple[object, ...]:
    return version.account, draft.text_for(version.account), version.thread, version.planned_at


def _fate(post: RowPost, draft: Draft | None) -> Fate:
    if draft is None:
        return "new"
    return "same" if _with_row(draft, post) == draft else "changed"


def _drafts(posts: Sequence[RowPost], there: Mapping[str, Draft]) -> Iterable[Draft]:
    """Drafts that are new or change, in the order of their first rows."""
    made: dict[object, Draft] = {}
    for post in posts:
        key = post.draft_id or (post.draft.get("title"), post.text, post.draft.get("link"))
        start = made.get(key) or there.get(post.draft_id)
        if start is None:
            start = Draft(id=post.draft_id or new_id(), text=post.text)
        made[key] = _with_row(start, post)
    return [draft for draft in made.values() if there.get(draft.id) != draft]


def _with_row(draft: Draft, post: RowPost) -> Draft:
    """The draft with what a row says; text that is the draft's goes on following it."""
    old = next((version for version in draft.versions if version.account == post.account.id), None)
    follows = post.text == draft.text and (old is None or old.text is None)
    version = (old or post.version).replace(**post.changes, text=None if follows else post.text)
    others = tuple(v for v in draft.versions if v.account != post.account.id)
    if old is None:
        return draft.replace(**post.draft, versions=(*others, version))
    versions = tuple(version if v is old else v for v in draft.versions)
    return draft.replace(**post.draft, versions=versions)
