"""From the common text to the version an account wants: whole, as a thread, or in a short form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from smmlib.campaign import Account, Campaign
from smmlib.draft import PART_BREAK, Draft, Format, PostField, Version
from smmlib.drafting.versions.fields import fields_of
from smmlib.drafting.versions.hashtags import (
    TaggedText,
    allowed_tags,
    keep_tags,
    missing_tags,
    tags_at_end,
)
from smmlib.drafting.versions.headlines import suggest_fields
from smmlib.drafting.versions.shortening import shorten
from smmlib.drafting.versions.thread import CUT, beginning, fits, split_thread
from smmlib.drafting.versions.unclickable import without_links
from smmlib.language import Language, Message, mark
from smmlib.networks import Network


@dataclass(frozen=True, slots=True)
class Adaptation:
    """A draft made to fit one account.

    Attributes:
        version: How it goes there; it follows the common text where that fits as it is.
        left_out: Sentences and hashtags of the common text that are not in it.
        notes: What was done to the text, and what is left to do.
    """

    version: Version
    left_out: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    def text(self, language: Language = "en") -> str:
        """The notes, one a line."""
        return "\n".join(note.text(language) for note in self.notes)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a text has to fit."""

    network: Network
    format: Format
    content_warning: str
    language: Language

    def fits(self, text: str) -> bool:
        """Whether a text is short enough."""
        return fits(text, self.network, self.format, content_warning=self.content_warning)

    def may(self, rule: str) -> bool:
        """Whether a rule says yes."""
        found = self.network.rule(rule, self.format)
        return bool(found and found.value is True)


def adapt(
    draft: Draft,
    account: Account,
    network: Network,
    campaign: Campaign | None,
    *,
    format: Format | None = None,
) -> Adaptation:
    """Make a draft fit an account: the same message, in the form this network and format want.

    The text is taken whole if it fits; else as a thread where the network has them; else in a short form:
    whole sentences go from the end, and the call to action (the last sentence), links and hashtags stay as
    long as they can. Hashtags beyond what the network takes go, and all of them where they cannot be
    clicked; those of the campaign are added where they fit in. Fields the network takes (title, subject, …)
    get a rough draft; what somebody wrote into them stays.

    Args:
        draft: The draft; its version for the account keeps format, time, media and content warning.
        account: Where it goes.
        network: Its network, with the account's own limits.
        campaign: The draft's campaign, for its hashtags, or None.
        format: Form of the post; None: as the version has it.

    Raises:
        InvalidValueError: A link, hashtag or mention is longer than a post or part may be.
    """
    old = next((v for v in draft.versions if v.account == account.id), Version(account=account.id))
    kind = format or old.format
    warning = old.fields.get("content_warning", "") if "content_warning" in fields_of(network, kind) else ""
    target = _Target(network, kind, warning, account.language)
    tagged, notes = _prepared(draft.text, target, campaign.hashtags if campaign else ())
    whole = draft.text if tagged == tags_at_end(draft.text, network) else tagged.text
    parts, left_out, more = _fitted(whole, tagged, target)
    fields = _fields(draft, old, target)
    changed = parts != (draft.text,)
    version = old.replace(
        format=kind,
        text=PART_BREAK.join(parts) if changed else None,
        thread=parts if len(parts) > 1 else (),
        adapted_from=draft.text if changed or fields.keys() - {"content_warning"} else None,
        fields=fields,
    )
    return Adaptation(version, left_out, (*notes, *more))


def _prepared(text: str, target: _Target, wanted: tuple[str, ...]) -> tuple[TaggedText, tuple[Message, ...]]:
    """The text with the links and hashtags the network lets work, and what was done to them."""
    network = target.network
    linked = without_links(text, network, target.format, target.language)
    most = allowed_tags(network, target.format)
    tagged, lost = keep_tags(tags_at_end(linked.text, network), network, most)
    notes = list(linked.notes)
    if lost:
        template = (
            mark("Hashtags {network} takes: {limit}. Left out, or written as words: {tags}.")
            if most
            else mark("Hashtags cannot be clicked on {network}; left out, or written as words: {tags}.")
        )
        tags = " ".join(dict.fromkeys(lost))
        notes.append(Message(template, {"network": network.name, "limit": most, "tags": tags}))
    new = missing_tags(linked.text, network, wanted)
    if most is not None:
        there = sum(entity.kind == "hashtag" for entity in network.entities(tagged.text))
        new = new[: max(0, most - there)]
    if not lost and tagged.body and (added := _that_fit(tagged, new, target)):
        tagged = TaggedText(tagged.body, (*tagged.tags, *added))
        template = mark("Hashtags of the campaign were added: {tags}.")
        notes.append(Message(template, {"tags": " ".join(added)}))
    return tagged, tuple(notes)


def _that_fit(tagged: TaggedText, new: tuple[str, ...], target: _Target) -> tuple[str, ...]:
    """As many of the campaign's hashtags as leave the text a single post."""
    while new and not target.fits(TaggedText(tagged.body, (*tagged.tags, *new)).text):
        new = new[:-1]
    return new


def _fitted(
    whole: str, tagged: TaggedText, target: _Target
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Message, ...]]:
    """The posts the text becomes, what is left out, and notes about it."""
    network, language = target.network, target.language
    if target.fits(whole):
        return (whole,), (), ()
    if target.may("thread"):
        parts = split_thread(
            whole,
            network,
            format=target.format,
            content_warning=target.content_warning,
            language=language,
        )
        template = mark("Too long for one post on {network}: a thread of {count} parts.")
        return parts, (), (Message(template, {"network": network.name, "count": len(parts)}),)
    short = shorten(tagged, target.fits, network, language)
    text, left_out = short.text, short.left_out
    if not target.fits(text):
        cut = partial(beginning, network=network, format=target.format, language=language)
        text = cut(short.text, content_warning=target.content_warning)
        left_out = (*left_out, short.text[len(text) - len(CUT) :].strip())
    template = mark("Too long for {network}: shortened. Left out: {what}")
    note = Message(template, {"network": network.name, "what": " ".join(left_out)})
    return (text,), left_out, (note,)


def _fields(draft: Draft, old: Version, target: _Target) -> dict[PostField, str]:
    """The fields of the version: what somebody wrote, else what the text suggests."""
    suggest = partial(suggest_fields, network=target.network, format=target.format, language=target.language)
    now, then = suggest(draft.text), suggest(old.adapted_from or "")
    fields: dict[PostField, str] = {}
    for field in fields_of(target.network, target.format):
        written = old.fields.get(field, "")
        text = now.get(field, "") if written in ("", then.get(field, "")) else written
        if text:
            fields[field] = text
    return fields
