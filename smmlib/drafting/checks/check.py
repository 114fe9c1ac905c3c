"""A check: what it looks at and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding

Group = Literal["network", "briefing", "language", "style", "media", "plan"]

GROUPS: dict[Group, str] = {
    "network": mark("What the network allows"),
    "briefing": mark("Briefing and law"),
    "language": mark("Language"),
    "style": mark("Style"),
    "media": mark("Pictures and films"),
    "plan": mark("Link and planned time"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check, which a user can switch on and off.

    Attributes:
        id: Key in `CheckOptions`; findings carry it, or one of `rules`, as their rule.
        name: What lists call it; marked for the catalogue.
        about: What it looks at and why, one sentence; marked.
        group: One of `GROUPS`.
        run: Yields the findings about a subject; None for what `network.check` finds.
        rules: Rules its findings carry, where these are not its id.
        on: Whether it is on unless the user says otherwise.
    """

    id: str
    name: str
    about: str
    group: Group
    run: Callable[[Subject], Iterable[Finding]] | None = None
    rules: tuple[str, ...] = ()
    on: bool = True
