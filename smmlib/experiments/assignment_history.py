"""Whether an assignment was stored in time and stayed as it was, from every state a workspace kept of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from smmlib.experiments.assignment import Assignment
from smmlib.language import Message, mark


class State(Protocol):
    """One state of an assignment; `workspace.assignments.history(id)` gives them."""

    @property
    def at(self) -> datetime:
        """When it was stored."""

    @property
    def author(self) -> str:
        """Who stored it."""

    @property
    def record(self) -> Assignment | None:
        """The assignment then; None when it was removed."""


def review_history(states: Iterable[State], *, first_result: datetime | None = None) -> tuple[Message, ...]:
    """What speaks against an assignment, from everything it has been; empty: nothing does.

    Args:
        states: Its states, oldest first.
        first_result: When the first result came in, with time zone; None: the start of the first slot.
    """
    known = list(states)
    first = next((state.record for state in known if state.record is not None), None)
    if first is None:
        return (Message(mark("There is no stored assignment.")),)
    begun = first_result or min(slot.start for slot in first.slots)
    problems = []
    if known[0].at > begun:
        text = mark(
            "The assignment was stored at {at:datetime}, after the test had begun at {begun:datetime}."
        )
        problems.append(Message(text, {"at": known[0].at, "begun": begun}))
    problems += [_change(state, first) for state in known[1:] if state.record != first]
    last = known[-1].record
    return (*problems, *(last.verify() if last else ()))


def _change(state: State, first: Assignment) -> Message:
    values = {"at": state.at, "author": state.author}
    if state.record is None:
        return Message(mark("The assignment was removed at {at:datetime} by {author!r}."), values)
    differing = len(set(first.slots) - set(state.record.slots))
    text = mark("The assignment was changed at {at:datetime} by {author!r}; slots that differ: {count}.")
    return Message(text, {**values, "count": differing})
