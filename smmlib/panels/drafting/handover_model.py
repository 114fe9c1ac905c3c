"""What the hand-over page knows: which posts are meant, for which tool, and a plan on its way in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import traitlets as t

from smmlib.drafting.handover import (
    HandOver,
    PlanImport,
    Post,
    Profile,
    load_profiles,
    tick_posted,
    untick_posted,
)
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.panels.drafting.draft_model import DraftModel

SETTING = "handover"
"""Name under which the settings keep the tools' ids of accounts."""


class HandoverModel(t.HasTraits):
    """Posts to be handed over. Holds no widgets; nothing is sent, and a plan is stored by `take` only.

    Args:
        drafts: The open draft.
        language: Language of headings for people.

    Attributes:
        profile: Id of the tool's profile.
        open_only: Whether only the open draft is meant.
        account: Id of the only account, or "" for all.
        campaign: Id of the only campaign, or "" for all.
        start: First planned day, or None.
        end: Last planned day, or None.
        result: What would be handed over, and what is refused and why.
        plan: What a plan would change, or None.
        stored: Counts what was ticked or taken in here.
    """

    profile = t.Unicode("neutral-csv")
    open_only = t.Bool(False)
    account = t.Unicode("")
    campaign = t.Unicode("")
    start = t.Instance(date, allow_none=True)
    end = t.Instance(date, allow_none=True)
    result = t.Instance(HandOver, allow_none=True)
    plan = t.Instance(PlanImport, allow_none=True)
    stored = t.Int(0)

    def __init__(self, drafts: DraftModel, *, language: Language = "en") -> None:
        super().__init__()
        self.drafts, self.workspace, self._language = drafts, drafts.workspace, language
        self.posts: tuple[Post, ...] = ()
        self._seen: tuple[object, ...] = ()
        names = ["profile", "open_only", "account", "campaign", "start", "end"]
        self.observe(lambda _change: self.look(), names=names)

    @property
    def tool(self) -> Profile:
        """The profile of the tool."""
        return load_profiles()[self.profile]

    # --- out
    def look(self, *, again: bool = True) -> None:
        """Work out what goes out now.

        Args:
            again: False does nothing when neither posts nor media nor the settings changed since.
        """
        workspace = self.workspace
        head = workspace.signoff.head()
        collections = (workspace.drafts, workspace.accounts, workspace.campaigns, workspace.media.assets)
        seen = (*(kept.version() for kept in collections), self._open_id(), head)
        if not again and seen == self._seen:
            return
        self._seen = seen
        self.posts = tuple(post for post in workspace.handover.posts() if self._is_meant(post))
        waiting = [post for post in self.posts if not post.version.published]
        self.result = workspace.handover.hand_over(
            self.profile,
            posts=waiting,
            channels=self.channels,
            language=self._language,
        )

    def log(self) -> None:
        """Enter into the sign-off log that the file was taken, under the name given in the sign-off bar.

        Raises:
            SmmError: A post is not signed off any more, or nothing can be written.
        """
        if self.result is not None:
            self.workspace.handover.log(self.result, author=self.drafts.author)

    def data(self) -> pd.DataFrame:
        """One row for each post: draft, network, account, planned_at (local), handed_over, reasons."""
        if self.result is None:
            self.look()
        assert self.result is not None
        return self.result.to_frame(self._language)

    @property
    def code(self) -> str:
        """Python that leaves the same result in `result`, without the panel."""
        tests = []
        if self.open_only:
            tests.append(f"post.draft.id == {self._open_id()!r}")
        for name in ("account", "campaign"):
            if getattr(self, name):
                field = "post.account.id" if name == "account" else "post.draft.campaign"
                tests.append(f"{field} == {getattr(self, name)!r}")
        if self.start or self.end:
            tests.append("post.planned")
        tests += [f"post.planned.date().isoformat() >= '{self.start}'"] if self.start else []
        tests += [f"post.planned.date().isoformat() <= '{self.end}'"] if self.end else []
        wanted = " and ".join(["not post.version.published", *tests])
        return (
            "import smmlib as smm\n"
            f"workspace = smm.open_workspace({str(self.workspace.path)!r})\n"
            f"posts = [post for post in workspace.handover.posts() if {wanted}]\n"
            f"result = workspace.handover.hand_over({self.profile!r}, posts=posts, "
            f"channels={self.channels!r}, language={self._language!r})"
        )

    @property
    def channels(self) -> dict[str, str]:
        """Account id to the id the tool has for it."""
        return dict(self.workspace.settings.views.get(SETTING, {}).get(self.profile, {}))

    def name_channel(self, account: str, id: str) -> None:
        """Remember the tool's id of an account."""
        views = self.workspace.settings.views
        mine = views.get(SETTING, {})
        ids = {**self.channels, account: id.strip()}
        kept = {**mine, self.profile: {key: value for key, value in ids.items() if value}}
        self.workspace.change_settings(views={**views, SETTING: kept})
        self.look()

    # --- by hand
    def tick(self, post: Post, permalink: str) -> None:
        """Note that a post was published by hand.

        Raises:
            SmmError: The address is none, or somebody changed the draft at this moment.
        """
        if self._open_id() == post.draft.id and self.drafts.draft is not None:
            at = self.workspace.handover.now()
            ticked = tick_posted(self.drafts.draft, post.account.id, at=at, permalink=permalink)
            self._edit_open(ticked.versions)
            self.workspace.handover.log_posted(post.draft.id, post.account.id, author=self.drafts.author)
        else:
            told = {"permalink": permalink, "author": self.drafts.author}
            self.workspace.handover.tick(post.draft.id, post.account.id, **told)
        self._changed()

    def untick(self, post: Post) -> None:
        """Take the note back.

        Raises:
            SmmError: Somebody changed the draft at this moment.
        """
        if self._open_id() == post.draft.id and self.drafts.draft is not None:
            self._edit_open(untick_posted(self.drafts.draft, post.account.id).versions)
        else:
            self.workspace.handover.untick(post.draft.id, post.account.id, author=self.drafts.author)
        self._changed()

    # --- in
    def read_plan(self, name: str, data: bytes) -> None:
        """Look into a plan; nothing is stored.

        Raises:
            SmmError: It cannot be read.
        """
        self.plan = None
        self.plan = self.workspace.handover.read_plan(data, name=name)

    def take(self) -> int:
        """Store the drafts of the plan; returns how many.

        Raises:
            InvalidValueError: There is no plan, or nothing in it to be stored.
        """
        if self.plan is None or not self.plan.drafts:
            raise InvalidValueError(mark("There is nothing to store; choose a plan first."))
        self.drafts.save()
        taken = self.workspace.handover.take(self.plan, author=self.drafts.author)
        self.plan = None
        if self._open_id() in {draft.id for draft in taken}:
            self.drafts.open(self._open_id())
        self._changed()
        return len(taken)

    def _edit_open(self, versions: tuple[object, ...]) -> None:
        self.drafts.edit(versions=versions)
        self.drafts.save()

    def _changed(self) -> None:
        self.drafts.refresh()
        self.look()
        self.stored += 1

    def _open_id(self) -> str:
        return self.drafts.draft.id if self.drafts.draft else ""

    def _is_meant(self, post: Post) -> bool:
        day = post.planned.date() if post.planned else None
        in_time = (self.start is None and self.end is None) or (
            day is not None and (self.start or date.min) <= day <= (self.end or date.max)
        )
        return (
            in_time
            and (not self.open_only or post.draft.id == self._open_id())
            and self.account in ("", post.account.id)
            and self.campaign in ("", post.draft.campaign)
        )
