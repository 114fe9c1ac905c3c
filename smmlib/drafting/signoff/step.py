"""What somebody does to a draft, as a panel, a command or a review sheet asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from smmlib.campaign import Role
from smmlib.drafting.signoff.entry import Action, Source
from smmlib.drafting.signoff.window import Window


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does to a draft; `workspace.signoff.append` makes log entries of it.

    Attributes:
        action: One of `ACTIONS` but "erase".
        draft: Id of the draft.
        actor: Name of whoever does it.
        accounts: Ids of the accounts it is about; empty: all it goes to (of a comment: the draft itself).
        role: In which role, e.g. "legal".
        text: Comment or reason.
        window: From when until when an approval holds; None: the local day the post is planned for.
        seen: Account id to the fingerprint the actor saw; another one by now is a conflict.
        source: "review sheet" when it was decided there, else "".
        entered_by: Who read the sheet in.
    """

    action: Action
    draft: str
    actor: str
    accounts: tuple[str, ...] = ()
    role: Role | Literal[""] = ""
    text: str = ""
    window: Window | None = None
    seen: Mapping[str, str] | None = None
    source: Source = ""
    entered_by: str = ""
