"""What differs between two states of a post: text word by word, media, links, times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from smmlib.campaign import Account
from smmlib.draft import POST_FIELDS, Draft, LinkCard, Media, Version
from smmlib.drafting.signoff.content import Content, CoveredMedia
from smmlib.drafting.word_diff import Stretch, diff_html, shown, word_diff
from smmlib.language import Language, mark, moment, say
from smmlib.networks import FORMAT_NAMES, account_label

Lines = dict[tuple[str, str], str]
"""(name of a field, account or variant it belongs to) to what stands in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs.

    Attributes:
        field: What it is called, an English word of the catalogue.
        of: Account, variant or label it belongs to, or "".
        old: What stood there.
        new: What stands there now.
    """

    field: str
    of: str
    old: str
    new: str

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The difference word by word."""
        return word_diff(self.old, self.new)

    def name(self, language: Language = "en") -> str:
        """Field and what it belongs to."""
        return say(self.field, language) + (f" · {self.of}" if self.of else "")

    def html(self, language: Language = "en") -> str:
        """One line of markup; what users wrote is escaped."""
        return (
            f'<div class="smm-change"><b>{shown(self.name(language))}</b> '
            f'<span class="smm-diff">{diff_html(self.stretches)}</span></div>'
        )


def diff(
    old: Draft | Content,
    new: Draft | Content,
    *,
    accounts: Mapping[str, Account] | None = None,
    language: Language = "en",
) -> tuple[Change, ...]:
    """What differs between two states of a draft, or of what an approval covers.

    Args:
        old: The earlier state.
        new: The later one, of the same kind.
        accounts: Accounts by id, for their names and time zones.
        language: Language of times and formats.
    """
    before, after = _lines(old, accounts or {}, language), _lines(new, accounts or {}, language)
    return tuple(
        Change(*key, before.get(key, ""), after.get(key, ""))
        for key in dict.fromkeys([*before, *after])
        if before.get(key, "") != after.get(key, "")
    )


def changes_html(changes: tuple[Change, ...], language: Language = "en") -> str:
    """All changes below each other."""
    return "".join(change.html(language) for change in changes)


def _lines(state: Draft | Content, accounts: Mapping[str, Account], language: Language) -> Lines:
    if isinstance(state, Content):
        return _content_lines(state, language)
    return _draft_lines(state, accounts, language)


def _content_lines(content: Content, language: Language) -> Lines:
    lines = {
        (mark("Account"), ""): f"{content.network} · {content.handle}",
        (mark("Format"), ""): say(FORMAT_NAMES[content.format], language),
        (mark("Text"), ""): content.text,
        (mark("Thread"), ""): _thread(content.thread),
        (mark("Link"), ""): content.link,
        **_card(content.link_card),
        (mark("Advertising"), ""): "✓" if content.sponsored else "",
        (mark("Pictures and films"), ""): _media(content.media),
    }
    lines |= {(POST_FIELDS[name], ""): text for name, text in content.fields.items()}
    return lines | {(mark("Variant"), name): text for name, text in content.variants}


def _draft_lines(draft: Draft, accounts: Mapping[str, Account], language: Language) -> Lines:
    lines = {
        (mark("Title"), ""): draft.title,
        (mark("Text"), ""): draft.text,
        (mark("Link"), ""): draft.link,
        **_card(draft.link_card),
        (mark("Advertising"), ""): "✓" if draft.sponsored else "",
    }
    for version in draft.versions:
        lines |= _version_lines(version, accounts.get(version.account), language)
    lines |= {(mark("Variant"), variant.name): variant.text for variant in draft.variants}
    return lines | {(mark("Label"), kind): value for kind, value in draft.labels.items()}


def _version_lines(version: Version, account: Account | None, language: Language) -> Lines:
    of = account_label(account) if account else version.account
    lines = {
        (mark("Account"), of): "✓",
        (mark("Format"), of): say(FORMAT_NAMES[version.format], language),
        (mark("Text"), of): version.text or "",
        (mark("Thread"), of): _thread(version.thread),
        (mark("Planned time"), of): _local(version.planned_at, account, language),
        (mark("Pictures and films"), of): _media(version.media),
        (mark("Address of the post"), of): version.permalink,
    }
    return lines | {(POST_FIELDS[name], of): text for name, text in version.fields.items()}


def _thread(parts: tuple[str, ...]) -> str:
    return "\n\n".join(f"{number}. {part}" for number, part in enumerate(parts, start=1))


def _card(card: LinkCard) -> Lines:
    return {
        (mark("Link preview"), ""): "\n".join(
            filter(None, (card.title, card.description, card.site, card.image))
        )
    }


def _media(media: tuple[Media | CoveredMedia, ...]) -> str:
    lines = (
        " · ".join(filter(None, (i.name or i.asset, i.alt_text, i.subtitles, i.asset[:12]))) for i in media
    )
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _local(when: datetime | None, account: Account | None, language: Language) -> str:
    if when is None:
        return ""
    return moment(when.astimezone(ZoneInfo(account.time_zone)) if account else when, language)
