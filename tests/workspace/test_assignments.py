"""An assignment in a workspace: stored before the results, and every later change shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from smmlib.experiments import Assignment, match_slots, review_history
from smmlib.workspace import Workspace, open_workspace

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    days = iter(range(100))
    with open_workspace(folder, clock=lambda: NOW + timedelta(next(days))) as opened:
        yield opened


def drawn(seed: int = 1) -> Assignment:
    slots = pd.DataFrame({"start": pd.date_range("2026-12-07 09:00", periods=14, freq="7D")})
    return match_slots(slots, start="start", seed=seed, at=NOW).assignment


def told(workspace: Workspace, id: str) -> list[str]:
    return [problem.text("en") for problem in review_history(workspace.assignments.history(id))]


def test_a_stored_assignment_comes_back_as_drawn(workspace: Workspace) -> None:
    assignment = workspace.assignments.add(drawn(), author="ada")
    assert workspace.assignments.get(assignment.id) == assignment
    assert workspace.assignments.get(assignment.id).verify() == ()
    assert told(workspace, assignment.id) == []


def test_a_new_draw_under_the_old_id_is_sound_in_itself_but_shows_in_its_history(
    workspace: Workspace,
) -> None:
    first = workspace.assignments.add(drawn(), author="ada")
    forged = drawn(seed=2).replace(id=first.id)
    assert forged.verify() == ()
    workspace.assignments.update(forged, author="bo")
    assert len(told(workspace, first.id)) == 1
    assert "by 'bo'; slots that differ:" in told(workspace, first.id)[0]


def test_taking_it_away_and_putting_it_back_shows_too(workspace: Workspace) -> None:
    first = workspace.assignments.add(drawn(), author="ada")
    workspace.assignments.remove(first.id, author="bo")
    workspace.assignments.revert(first.id, 1, author="bo")
    assert [line.split(" at ")[0] for line in told(workspace, first.id)] == ["The assignment was removed"]
