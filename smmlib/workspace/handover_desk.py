"""Where posts leave a workspace and plans come back in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from smmlib.draft import Draft
from smmlib.errors import InvalidValueError
from smmlib.language import Language, Message, mark

if TYPE_CHECKING:
    from smmlib.drafting.handover import HandOver, PlanImport, Post
    from smmlib.drafting.signoff import SignOff
    from smmlib.drafting.signoff.entry import Action
    from smmlib.workspace.workspace import Workspace


class HandOverDesk:
    """Hands over what is signed off: `workspace.handover`. Nothing is sent; files are returned.

    Args:
        workspace: The workspace.
        clock: Returns the current time, with time zone.
    """

    def __init__(self, workspace: Workspace, *, clock: Callable[[], datetime]) -> None:
        self._workspace, self._clock = workspace, clock

    def now(self) -> datetime:
        """The moment posts are judged by."""
        return self._clock()

    def approved(self, draft: Draft, account: str) -> Message | None:
        """Why a draft, as it is given here, is on hold or not signed off for an account; None: it may go."""
        waits = self._workspace.stops.reasons([draft]).get((draft.id, account))
        return waits or _why_not(self._workspace.signoff.state(draft), account)

    def posts(self, drafts: Iterable[Draft] | None = None) -> tuple[Post, ...]:
        """Every post of the workspace, or of some drafts, in the order they are to appear."""
        from smmlib.drafting.handover import posts_of

        return posts_of(
            self._workspace.drafts.list() if drafts is None else drafts,
            accounts=self._workspace.accounts.list(),
            networks=self._workspace.load_networks(),
            campaigns=self._workspace.campaigns.list(),
            assets=self._workspace.media.known(),
        )

    def hand_over(
        self,
        profile: str,
        *,
        posts: Iterable[Post] | None = None,
        channels: Mapping[str, str] | None = None,
        language: Language = "en",
    ) -> HandOver:
        """Posts as a tool takes them, with those that are refused and why.

        A note says so when the sign-off log was changed from outside.

        Args:
            profile: Id of the tool's profile, see `smmlib.drafting.handover.load_profiles`.
            posts: Which posts; None: all that are not posted yet.
            channels: Account id to the tool's own id of it, where the tool needs one.
            language: Language of headings for people.

        Raises:
            UnknownNameError: There is no such profile.
        """
        from smmlib.drafting.handover import hand_over, profile_named

        wanted = self.posts() if posts is None else tuple(posts)
        chosen = [post for post in wanted if posts is not None or not post.version.published]
        # Judged is what would go out, not what is stored: a post may hold a draft somebody edited since.
        drafts = {id(post.draft): post.draft for post in chosen}
        states = {key: self._workspace.signoff.state(draft) for key, draft in drafts.items()}
        waiting = self._workspace.stops.reasons(drafts.values())
        done = hand_over(
            chosen,
            profile_named(profile),
            approved=lambda draft, account: (
                waiting.get((draft.id, account)) or _why_not(states[id(draft)], account)
            ),
            now=self._clock(),
            language=language,
            options=self._workspace.settings.checks,
            channels=channels,
        )
        # Which entry may be wrong is for people to judge; approvals on either side of it still count.
        if self._workspace.signoff.verify().whole:
            return done
        warning = mark("The sign-off log was changed from outside; see what smm verify says before you post.")
        return replace(done, notes=(Message(warning), *done.notes))

    def log(self, done: HandOver, *, author: str) -> None:
        """Enter into the sign-off log what was handed over, and by whom; without a name nothing is entered.

        Raises:
            InvalidValueError: A post is not signed off any more, or was put on hold meanwhile.
        """
        waiting = self._workspace.stops.reasons({post.draft.id: post.draft for post in done.posts}.values())
        for post in done.posts:
            if why := waiting.get((post.draft.id, post.account.id)):
                raise InvalidValueError(mark("{post}: {why} Do not post it."), post=post.name, why=why)
        by_draft: dict[str, list[str]] = {}
        for post in done.posts:
            by_draft.setdefault(post.draft.id, []).append(post.account.id)
        for draft, accounts in by_draft.items():
            self._enter("hand over", draft, accounts, author, done.name)

    def read_plan(self, source: bytes | str, *, name: str = "CSV") -> PlanImport:
        """What a plan in CSV would change; nothing is stored.

        Raises:
            UnreadableFileError: It is empty, no text, no table, or too long.
            MissingColumnError: There is no column for account or text.
        """
        from smmlib.drafting.handover import read_plan

        return read_plan(
            source,
            accounts=self._workspace.accounts.list(),
            networks=self._workspace.load_networks(),
            now=self._clock(),
            campaigns=self._workspace.campaigns.list(),
            drafts=self._workspace.drafts.list(),
            name=name,
        )

    def take(self, plan: PlanImport, *, author: str = "") -> tuple[Draft, ...]:
        """Store what `read_plan` found, after the user has said so."""
        return tuple(self._workspace.drafts.keep(draft, author=author) for draft in plan.drafts)

    def tick(self, draft: str, account: str, *, permalink: str = "", author: str = "") -> Draft:
        """Note that a post was published by hand, now, and where it can be found.

        Raises:
            UnknownNameError: There is no such draft, or it does not go to this account.
            InvalidValueError: The address is none.
            ConflictError: Somebody changed the draft at this moment.
        """
        from smmlib.drafting.handover import tick_posted

        number = self._workspace.drafts.revision(draft)
        ticked = tick_posted(
            self._workspace.drafts.get(draft), account, at=self._clock(), permalink=permalink
        )
        kept = self._workspace.drafts.update(ticked, author=author, expected=number)
        self.log_posted(draft, account, author=author)
        return kept

    def log_posted(self, draft: str, account: str, *, author: str) -> None:
        """Enter into the sign-off log that a post was published; without a name nothing is entered."""
        self._enter("posted", draft, [account], author, "")

    def untick(self, draft: str, account: str, *, author: str = "") -> Draft:
        """Take the note back.

        Raises:
            UnknownNameError: There is no such draft, or it does not go to this account.
            ConflictError: Somebody changed the draft at this moment.
        """
        from smmlib.drafting.handover import untick_posted

        number = self._workspace.drafts.revision(draft)
        plain = untick_posted(self._workspace.drafts.get(draft), account)
        return self._workspace.drafts.update(plain, author=author, expected=number)

    def _enter(self, action: Action, draft: str, accounts: list[str], author: str, text: str) -> None:
        from smmlib.drafting.signoff import Step

        if author.strip():
            self._workspace.signoff.append(Step(action, draft, author, accounts=tuple(accounts), text=text))


def _why_not(state: SignOff, account: str) -> Message | None:
    return None if state.approved(account) else state.reason(account)
