"""The checks of a post. Each looks at one thing and yields findings; none knows a network by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from smmlib.language import Message, mark
from smmlib.networks import counting
from smmlib.networks.entities import Entity, EntityKind
from smmlib.networks.findings import Finding, Listed, Severity, Span
from smmlib.networks.links import find_links
from smmlib.networks.rules import FORMAT_NAMES

if TYPE_CHECKING:
    from smmlib.draft import Media
    from smmlib.networks.network import Network, Rule

_ORDER = {"error": 0, "warning": 1, "notice": 2}
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OLD = mark("This rule was last looked up on {checked_on:date}; please look whether it still holds.")
_UNSURE = mark("This number is uncertain; please look whether it holds.")


@dataclass(frozen=True, slots=True)
class Post:
    """What is checked: a post on a network."""

    network: Network
    text: str
    media: Sequence[Media]
    format: str
    today: date
    content_warning: str = ""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Links, hashtags, mentions and cashtags of the text; found once, as the last are remembered."""
        return self.network.entities(self.text)

    def rule(self, name: str) -> Rule | None:
        """The rule of that name for this post's format."""
        return self.network.rule(name, self.format)

    def of_kind(self, kind: EntityKind) -> list[Entity]:
        """Entities of one kind, in order."""
        return [entity for entity in self.entities if entity.kind == kind]

    def limit(self, name: str) -> tuple[Rule, int] | None:
        """The rule of that name and its number, or None where nothing is limited."""
        rule = self.rule(name)
        return None if rule is None or rule.number is None else (rule, rule.number)

    def against(
        self,
        name: str,
        rule: Rule,
        template: str,
        /,
        *,
        severity: Severity = "error",
        span: Span | None = None,
        **values: object,
    ) -> Finding:
        """A finding against a rule; one that is old or uncertain gives a notice, never a block."""
        doubt = _OLD if rule.old(self.today) else _UNSURE if rule.uncertain else ""
        values = {"network": self.network.name, "limit": rule.value, "checked_on": rule.checked_on, **values}
        level: Severity = "notice" if doubt else severity
        return Finding(name, level, span, values, rule.source, rule.checked_on, template, doubt)


def check_post(post: Post) -> tuple[Finding, ...]:
    """All findings about a post, worst first."""
    checks = (_status, _format, _length, _tags, _links, _bare_links, _media, _alt_texts, _characters)
    found = [finding for check in checks for finding in check(post)]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def _plain(
    rule: str, severity: Severity, template: str, span: Span | None = None, **values: object
) -> Finding:
    return Finding(rule, severity, span, values, template=template)


def _status(post: Post) -> Iterator[Finding]:
    name, rule = post.network.name, post.rule("text")
    source, day = (rule.source, rule.checked_on) if rule else ("", None)
    if post.network.status == "closed":
        template = mark(
            "{network} is closed and kept for archives only; choose another network for new posts."
        )
        yield Finding("status", "notice", None, {"network": name}, source, day, template)
    elif post.network.status == "unset":
        template = mark(
            "The length {network} allows is not known; look it up and enter it in the account's limits."
        )
        yield Finding("status", "notice", None, {"network": name}, source, day, template)
    elif rule and rule.old(post.today):
        template = mark(
            "The rules of {network} were last looked up on {checked_on:date}; please look whether they hold."
        )
        yield Finding("age", "notice", None, {"network": name, "checked_on": day}, source, day, template)
    elif rule and rule.uncertain:
        template = mark("The length {network} allows ({limit}) is uncertain; please look whether it holds.")
        yield Finding("age", "notice", None, {"network": name, "limit": rule.value}, source, day, template)


def _format(post: Post) -> Iterator[Finding]:
    if post.format not in post.network.formats:
        template = mark("{network} has no format {format}; choose one of: {formats}.")
        formats = Listed(tuple(FORMAT_NAMES[name] for name in post.network.formats))
        yield _plain(
            "format",
            "warning",
            template,
            network=post.network.name,
            format=Message(FORMAT_NAMES[post.format]),
            formats=formats,
        )


def _length(post: Post) -> Iterator[Finding]:
    for measure in post.network.measures(post.text, post.format, content_warning=post.content_warning):
        name = measure.unit if measure.unit != post.network.unit else "text"
        limit = post.limit(name)
        if limit is None or measure.count <= limit[1]:
            continue
        warning = post.network.count_warning(post.content_warning, post.format)
        beside = warning if name == "text" else 0
        yield post.against(
            name,
            limit[0],
            mark("{over} too many: {count} of {limit} {unit} on {network}. Shorten the text."),
            severity="notice" if name == "escaped" else "error",
            span=(post.network.fit(post.text, measure.unit, limit[1] - beside), len(post.text)),
            over=measure.count - limit[1],
            count=measure.count,
            unit=Message(counting.UNITS[measure.unit]),
        )
    if (clip := post.limit("clip_bytes")) and (size := counting.utf8(post.text)) > clip[1]:
        template = mark("The text alone has {count} bytes; mail programs cut after {limit}. Shorten it.")
        yield post.against("clip_bytes", clip[0], template, severity="notice", count=size)


_TOO_MANY: dict[EntityKind, tuple[str, str]] = {
    "hashtag": ("hashtags", mark("{count} hashtags, {network} allows {limit}. Remove {over}.")),
    "mention": ("mentions", mark("{count} mentions, {network} allows {limit}. Remove {over}.")),
    "cashtag": ("cashtags", mark("{count} cashtags, {network} allows {limit}. Remove {over}.")),
    "link": ("links", mark("{count} different links, {network} allows {limit}. Remove {over}.")),
}


def _tags(post: Post) -> Iterator[Finding]:
    hashtags, clickable = post.of_kind("hashtag"), post.rule("hashtags_clickable")
    if hashtags and clickable and clickable.value is False:
        template = mark("Hashtags cannot be clicked on {network}. Leave them out.")
        span = (hashtags[0].start, hashtags[0].end)
        yield post.against("hashtags_clickable", clickable, template, severity="notice", span=span)
    for kind, (name, template) in _TOO_MANY.items():
        found = post.of_kind(kind)
        if kind == "link":
            found = list({link.text: link for link in reversed(found)}.values())[::-1]
        if (limit := post.limit(name)) and len(found) > limit[1]:
            span = (found[limit[1]].start, found[-1].end)
            over = len(found) - limit[1]
            yield post.against(name, limit[0], template, span=span, count=len(found), over=over)
    if limit := post.limit("hashtag_length"):
        template = mark("{hashtag} has {count} characters, {network} allows {limit}. Shorten it.")
        for tag in post.of_kind("hashtag"):
            if (count := counting.graphemes(tag.text[1:])) > limit[1]:
                shown, span = tag.text[:30] + "…", (tag.start, tag.end)
                yield post.against(
                    "hashtag_length", limit[0], template, span=span, hashtag=shown, count=count
                )


def _links(post: Post) -> Iterator[Finding]:
    links = post.of_kind("link")
    clickable = post.rule("links_clickable")
    if links and clickable and clickable.value is False:
        template = mark(
            "Links in the text cannot be clicked on {network}. Put the link into the profile or a sticker."
        )
        span = (links[0].start, links[0].end)
        yield post.against("links_clickable", clickable, template, severity="notice", span=span)
    if limit := post.limit("link_characters"):
        template = mark("A link has {count} characters, {network} allows {limit}. Use a shorter one.")
        for link in links:
            if len(link.text) > limit[1]:
                span = (link.start, link.end)
                yield post.against("link_characters", limit[0], template, count=len(link.text), span=span)


def _bare_links(post: Post) -> Iterator[Finding]:
    """Domains without a scheme: some networks link them, some do not, some cut them."""
    linked = {link.start for link in post.of_kind("link")}
    clickable = post.rule("links_clickable")
    if clickable and clickable.value is False:
        return
    spans = [(e.start, e.end) for e in post.of_kind("link")]
    for start, end in spans if post.network.bare_links else find_links(post.text):
        link = post.text[start:end]
        if link[:4].lower() == "http" and "://" in link[:8]:
            continue
        shown = {"link": link, "network": post.network.name}
        if start in linked:
            template = mark(
                "{link} has no https://. {network} makes it a link; write https://{link} to be sure."
            )
            yield _plain("scheme", "notice", template, (start, end), **shown)
        elif not _inside(post, start, end):
            template = mark(
                "{link} has no https:// and cannot be clicked on {network}. Write https://{link}."
            )
            yield _plain("scheme", "warning", template, (start, end), **shown)


def _inside(post: Post, start: int, end: int) -> bool:
    return any(entity.start < end and start < entity.end for entity in post.entities)


_KINDS = {
    "images": ("image", mark("{count} images, {network} allows {limit}. Remove {over}.")),
    "videos": ("video", mark("{count} videos, {network} allows {limit}. Remove {over}.")),
    "gifs": ("gif", mark("{count} animated images, {network} allows {limit}. Remove {over}.")),
    "media": ("", mark("{count} media, {network} allows {limit}. Remove {over}.")),
}


def _media(post: Post) -> Iterator[Finding]:
    for name, (kind, template) in _KINDS.items():
        count = sum(1 for item in post.media if kind in ("", item.kind))
        if (limit := post.limit(name)) and count > limit[1]:
            yield post.against(name, limit[0], template, count=count, over=count - limit[1])
    if (least := post.limit("media_least")) and len(post.media) < least[1]:
        template = mark("{count} media; {network} wants at least {limit} here. Add {missing}.")
        count, missing = len(post.media), least[1] - len(post.media)
        yield post.against(
            "media_least", least[0], template, severity="warning", count=count, missing=missing
        )


def _alt_texts(post: Post) -> Iterator[Finding]:
    limit = post.limit("alt_text")
    for number, item in enumerate(post.media, start=1):
        name = item.name or f"{number}"
        if item.kind in ("image", "gif") and not item.alt_text.strip():
            template = mark(
                "Image {name} has no alternative text. Say what someone who cannot see it should know."
            )
            yield _plain("alt_text_missing", "warning", template, name=name)
        elif limit and (count := counting.utf16(item.alt_text)) > limit[1]:
            template = mark(
                "The alternative text of {name} has {count} characters, {network} allows {limit}. Shorten it."
            )
            yield post.against("alt_text", limit[0], template, name=name, count=count)


_ODD: tuple[tuple[str, Severity, re.Pattern[str], str], ...] = (
    (
        "surrogate",
        "error",
        _SURROGATE,
        mark("Broken characters (half of a pair): {count}. No network accepts them; delete and retype them."),
    ),
    (
        "direction",
        "warning",
        _TURNING,
        mark(
            "Invisible marks that turn the direction of writing: {count}. Delete them unless they are meant."
        ),
    ),
    (
        "control",
        "warning",
        _CONTROL,
        mark("Invisible control characters, as copying from other programs leaves: {count}. Delete them."),
    ),
    (
        "html",
        "notice",
        _TAG,
        mark("HTML tags: {count}. Readers will see them as text; delete them unless they are meant."),
    ),
)


def _characters(post: Post) -> Iterator[Finding]:
    for name, severity, pattern, template in _ODD:
        if first := pattern.search(post.text):
            count = sum(1 for _ in pattern.finditer(post.text))
            yield _plain(name, severity, template, first.span(), count=count)
    rule = post.rule("forbidden")
    if rule and isinstance(rule.value, str):
        at = [i for i, character in enumerate(post.text) if character in rule.value]
        if at:
            template = mark("{network} does not accept the characters {limit}. Remove {count}.")
            yield post.against("forbidden", rule, template, span=(at[0], at[0] + 1), count=len(at))
