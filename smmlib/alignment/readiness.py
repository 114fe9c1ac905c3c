"""Entries that are not ready: not signed off, without alt text, with media that may not be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from smmlib.alignment.conflict import Conflict, about
from smmlib.alignment.surroundings import Surroundings
from smmlib.drafting.media import rights_problems
from smmlib.language import mark
from smmlib.networks.findings import Finding
from smmlib.planning.calendar import CalendarEntry, EntryKind

_SHOWN_ONLINE: frozenset[EntryKind] = frozenset({"post", "ad", "mailing"})
_PICTURES = frozenset({"image", "gif"})
_INSTANT = timedelta(microseconds=1)


def signoffs(entries: Iterable[CalendarEntry], around: Surroundings) -> Iterator[Conflict]:
    """Posts of the next days that are not signed off."""
    until = around.now + timedelta(days=around.rules.signoff_days)
    for entry in entries if around.rules.signoff_days else ():
        if entry.id in around.unsigned and entry.start < until:
            template = mark("Planned for {when:datetime} and not signed off: {why}")
            values = {"when": entry.local, "why": around.unsigned[entry.id]}
            yield about(entry, Finding("signoff", "error", values=values, template=template))


def alt_texts(entries: Iterable[CalendarEntry], _around: Surroundings) -> Iterator[Conflict]:
    """Pictures without a word for those who cannot see them; in print nobody needs one."""
    for entry in entries:
        if entry.kind not in _SHOWN_ONLINE:
            continue
        bare = [m.name for m in entry.media if m.kind in _PICTURES and not m.alt_text.strip()]
        if bare:
            template = mark("Pictures without alt text: {count} ({names}). Say what each shows.")
            values = {"count": len(bare), "names": ", ".join(name or "–" for name in bare)}
            yield about(entry, Finding("alt_text", "warning", values=values, template=template))


def rights(entries: Iterable[CalendarEntry], around: Surroundings) -> Iterator[Conflict]:
    """Media whose licence ends before the entry does, or whose persons have not consented."""
    for entry in entries:
        if not entry.media:
            continue
        moment = entry.last_moment - _INSTANT if entry.local_end else entry.start
        last = moment.astimezone(ZoneInfo(entry.time_zone)).date()
        for medium in entry.media:
            asset = around.assets.get(medium.asset)
            for finding in rights_problems(asset, last) if asset else ():
                if finding.severity == "error":
                    yield about(entry, finding)
