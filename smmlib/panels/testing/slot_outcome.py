"""A test in matched slots or periods as the panel shows it: the draw, what the posts brought, the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from smmlib import experiments
from smmlib.errors import SmmError
from smmlib.experiments import Assignment, CopyTest, SlotComparison
from smmlib.experiments.past_posts import post_rates
from smmlib.language import Message

if TYPE_CHECKING:
    from smmlib.workspace import Workspace


@dataclass(frozen=True, eq=False)
class SlotOutcome:
    """What is known of a test in slots.

    Attributes:
        test: The test.
        assignment: Which slot got which variant.
        values: One row per slot or period: block, variant, start, trials, successes or value; missing where
            the response has no figures yet.
        comparison: The outcome, or None.
        problem: Why there is none, or None.
        doubts: What speaks against the draw: stored late, changed, removed.
    """

    test: CopyTest
    assignment: Assignment
    values: pd.DataFrame
    comparison: SlotComparison | None
    problem: SmmError | None
    doubts: tuple[Message, ...]

    @property
    def posts(self) -> int:
        """Slots or periods with figures."""
        return int(self.values["value"].notna().sum())

    @property
    def code(self) -> str:
        """Python that leaves the same outcome in `result`, after `workspace` is open."""
        metrics = f"trials={self.test.shown!r}, successes={self.test.metric!r}"
        lines = [f"test = workspace.tests.get({self.test.id!r})"]
        lines.append("assignment = workspace.assignments.get(test.assignment)")
        if self.assignment.mechanism == "switchback":
            account = self.assignment.slots[0].account
            lines.append("table = workspace.response.table()")
            lines.append(f"posts = smm.experiments.post_rates(table, {metrics}, account={account!r})")
            columns = 'published="published", value="successes", trials="trials"'
            lines.append(f"values = smm.experiments.period_values(posts, assignment, {columns})")
            given = 'value="value"'
        else:
            lines.append(
                f"values = smm.experiments.counts_by_slot(workspace.response.table(), assignment, {metrics})"
            )
            given = 'value="successes", trials="trials"'
        alpha = round(1 - self.test.confidence, 12)
        lines.append(
            f'result = smm.experiments.compare_slots(\n    values, block="block", variant="variant", {given},'
            f" alpha={alpha!r}\n)"
        )
        return "\n".join(lines)


def slot_outcome(test: CopyTest, workspace: Workspace) -> SlotOutcome | None:
    """The outcome of a test with a drawn assignment; None if it has none, or it is gone."""
    try:
        assignment = workspace.assignments.get(test.assignment) if test.assignment else None
    except SmmError:
        assignment = None
    if assignment is None:
        return None
    values, columns = _values(test, assignment, workspace)
    comparison, problem = None, None
    try:
        comparison = experiments.compare_slots(
            values,
            block="block",
            variant="variant",
            value=columns[0],
            trials=columns[1],
            alpha=round(1 - test.confidence, 12),
        )
    except SmmError as refused:
        problem = refused
    doubts = experiments.review_history(workspace.assignments.history(test.assignment))
    return SlotOutcome(test, assignment, values, comparison, problem, doubts)


def _values(
    test: CopyTest, assignment: Assignment, workspace: Workspace
) -> tuple[pd.DataFrame, tuple[str, str | None]]:
    table = workspace.response.table()
    if assignment.mechanism == "switchback":
        account = assignment.slots[0].account
        posts = post_rates(table, trials=test.shown, successes=test.metric, account=account)
        found = experiments.period_values(
            posts, assignment, published="published", value="successes", trials="trials"
        )
        return found, ("value", None)
    found = experiments.counts_by_slot(table, assignment, trials=test.shown, successes=test.metric)
    found["value"] = found["successes"] / found["trials"].where(found["trials"] > 0)
    return found, ("successes", "trials")
