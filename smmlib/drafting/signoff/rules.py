"""Who may do what to a draft, and what it takes. Names are what people type: nobody logs in here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from smmlib.campaign import ROLES, Campaign
from smmlib.drafting.signoff.entry import ACTIONS, Action, Deed
from smmlib.drafting.signoff.standing import STATES, AccountSignOff
from smmlib.drafting.signoff.state import may_decide, same_person
from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import Language, Message, mark, say


@dataclass(frozen=True, slots=True)
class Situation:
    """What a deed meets.

    Attributes:
        sign_off: Where the draft stands on the account.
        label: How lists show the account.
        authors: Who wrote the draft or asked for its review.
        campaign: Its campaign, or None.
    """

    sign_off: AccountSignOff
    label: str
    authors: Collection[str] = ()
    campaign: Campaign | None = None


def allow(deed: Deed, situation: Situation) -> Deed:
    """The deed as it may be logged: bound to today's content, marked when it is about one's own draft.

    Args:
        deed: What somebody wants to do on one account.
        situation: What it meets there.

    Raises:
        UnknownNameError: The action or role does not exist.
        InvalidValueError: The name, reason, comment or role is missing, or the draft does not stand there.
    """
    if deed.action not in ACTIONS or deed.action == "erase":
        raise UnknownNameError(mark("Action"), deed.action, [name for name in ACTIONS if name != "erase"])
    if deed.role and deed.role not in ROLES:
        raise UnknownNameError(mark("Role"), deed.role, ROLES)
    if not deed.actor.strip():
        raise InvalidValueError(mark("Your name is missing; the log has to say who it was."))
    own = deed.action in ("approve", "urgent release") and same_person(deed.actor, *situation.authors)
    bound = replace(deed, own=own, actor=deed.actor.strip(), content=situation.sign_off.content.canonical())
    if deed.action in _RULES:
        _RULES[deed.action](bound, situation)
    return bound


def allow_comment(deed: Deed) -> Deed:
    """A comment about a whole draft, as it may be logged.

    Raises:
        InvalidValueError: The name or the text is missing.
    """
    if not deed.actor.strip():
        raise InvalidValueError(mark("Your name is missing; the log has to say who it was."))
    _must_say(deed, mark("The comment is empty; write what you want to say."))
    return replace(deed, actor=deed.actor.strip(), account="", content="")


def _request(_deed: Deed, situation: Situation) -> None:
    if situation.sign_off.state in ("review", "approved"):
        raise _stands(situation, mark("{account}: {state} already; there is nothing to ask for."))


def _approve(deed: Deed, situation: Situation) -> None:
    sign_off, campaign = situation.sign_off, situation.campaign
    _must_be_in_review(situation)
    if campaign and campaign.reviewers and not may_decide(deed.actor, deed.role, campaign):
        raise InvalidValueError(
            mark("{name} is not named for the role {role} in campaign {campaign!r}; it may be {allowed}."),
            name=deed.actor,
            role=Message(ROLES[deed.role]) if deed.role else "–",
            campaign=campaign.name,
            allowed=_Reviewers(campaign),
        )
    if any(same_person(deed.actor, e.actor) and e.role == deed.role for e in sign_off.approvals):
        raise InvalidValueError(
            mark("{name} has approved this for {account} already."), name=deed.actor, account=situation.label
        )
    if not deed.window.holds(sign_off.planned_at):
        raise InvalidValueError(
            mark("{account}: the planned time lies outside the time to be approved; choose a wider one."),
            account=situation.label,
        )
    if deed.own:
        _must_say(deed, mark("This is a draft of your own; approving it takes a reason, which is logged."))


def _return(deed: Deed, situation: Situation) -> None:
    if situation.sign_off.state != "returned":  # Where one returned it, another may say why not, too.
        _must_be_in_review(situation)
    _must_say(deed, mark("A return takes a comment: what should be different?"))


def _comment(deed: Deed, _situation: Situation) -> None:
    _must_say(deed, mark("The comment is empty; write what you want to say."))


def _withdraw(_deed: Deed, situation: Situation) -> None:
    if situation.sign_off.state in ("draft", "returned"):
        raise _stands(situation, mark("{account}: {state}; there is nothing to withdraw."))


def _urgent(deed: Deed, situation: Situation) -> None:
    if situation.sign_off.state == "approved":
        raise _stands(situation, mark("{account}: {state} already; there is nothing to ask for."))
    _must_say(deed, mark("An urgent release takes a reason, which is logged."))
    if not deed.window.holds(situation.sign_off.planned_at):
        raise InvalidValueError(
            mark("{account}: the planned time lies outside the time to be approved; choose a wider one."),
            account=situation.label,
        )


def _hand_over(_deed: Deed, situation: Situation) -> None:
    if situation.sign_off.state != "approved":
        raise InvalidValueError(
            mark("{account}: not approved, so not handed over. {reason}"),
            account=situation.label,
            reason=situation.sign_off.reason,
        )


_RULES: Mapping[Action, Callable[[Deed, Situation], None]] = {
    "request": _request,
    "approve": _approve,
    "return": _return,
    "comment": _comment,
    "withdraw": _withdraw,
    "urgent release": _urgent,
    "hand over": _hand_over,
}


def _must_be_in_review(situation: Situation) -> None:
    sign_off = situation.sign_off
    if sign_off.requested is None or sign_off.state not in ("review", "approved"):
        raise InvalidValueError(
            mark("{account}: no review has been asked for of the post as it is now. {reason}"),
            account=situation.label,
            reason=sign_off.reason,
        )


def _must_say(deed: Deed, template: str) -> None:
    if not deed.text.strip():
        raise InvalidValueError(template)


def _stands(situation: Situation, template: str) -> InvalidValueError:
    state = Message(STATES[situation.sign_off.state])
    return InvalidValueError(template, account=situation.label, state=state)


@dataclass(frozen=True, slots=True)
class _Reviewers:
    """Who may approve in which role, as errors say it."""

    campaign: Campaign

    def text(self, language: Language = "en") -> str:
        anyone = say(mark("anyone"), language)
        named = self.campaign.reviewers.items()
        return "; ".join(f"{say(ROLES[role], language)}: {', '.join(who) or anyone}" for role, who in named)
