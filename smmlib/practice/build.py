"""Put the practice company into a workspace, through the same doors as any real figures."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from smmlib.errors import WorkspaceError
from smmlib.language import mark
from smmlib.practice.company import SEED, PracticeCompany, practice_company
from smmlib.workspace import Match, open_workspace

if TYPE_CHECKING:
    from smmlib.experiments import Assignment
    from smmlib.workspace import Workspace

AUTHOR = "Übungsfirma"
TRUTH = "truth.json"
STATE = "state.sqlite"
OWN_FILES = ("state.*", "response.lock", "raw", "response", "posts", "cubes", TRUTH)
"""What a practice workspace consists of; nothing else is ever removed."""

Progress = Callable[[float], None]


def _now() -> datetime:
    return datetime.now(UTC)


def build_practice_company(
    path: str | Path,
    *,
    seed: int = SEED,
    progress: Progress | None = None,
    clock: Callable[[], datetime] = _now,
) -> Workspace:
    """Make the workspace of the practice company, and open it.

    It appears as a whole or not at all: it is built beside `path` and then moved there.

    Args:
        path: Its folder; it must be empty or not there yet.
        seed: Seed of the figures.
        progress: Told the share that is done, 0 to 1.
        clock: Returns the current time, with time zone.

    Raises:
        WorkspaceError: The folder holds something already or cannot be written.
    """
    folder = Path(path).expanduser().absolute()
    _must_be_free(folder)
    tell = progress or _silent
    company = practice_company(seed)
    tell(0.1)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as place:
            for assignment in company.assignments:
                _store_draw(Path(place) / "new", assignment)
            with open_workspace(Path(place) / "new", clock=clock) as workspace:
                fill(workspace, company, tell, clock())
                (workspace.path / TRUTH).write_text(company.truth_json, "utf-8")
            if folder.exists():
                folder.rmdir()
            os.rename(Path(place) / "new", folder)
    except OSError as problem:
        if isinstance(problem, WorkspaceError):
            raise
        raise WorkspaceError(
            mark("The practice company cannot be written to {path} ({why}); name another folder."),
            path=str(folder),
            why=problem.strerror or str(problem),
        ) from problem
    tell(1.0)
    return open_workspace(folder, create=False, clock=clock)


def fill(workspace: Workspace, company: PracticeCompany, progress: Progress, now: datetime) -> None:
    """Store the company's records, import its exports and confirm what matches."""
    workspace.change_settings(author=AUTHOR, name=company.name, practice=True, language="de", first_run=False)
    for account in company.accounts:
        workspace.accounts.add(account, author=AUTHOR)
    for campaign in company.campaigns:
        workspace.campaigns.add(campaign, author=AUTHOR)
    for test in company.tests:
        workspace.tests.add(test, author=AUTHOR)
    for draft in company.drafts:
        workspace.drafts.add(draft, author=AUTHOR)
    _plan(workspace, company)
    progress(0.3)
    _import(workspace, company, progress, now)
    _match(workspace, now)


def _plan(workspace: Workspace, company: PracticeCompany) -> None:
    control = company.control
    workspace.plans.add(control.plan, author=AUTHOR)
    workspace.exchange_rates.add(control.rates, author=AUTHOR)
    for sheet in control.sheets():
        workspace.bookings.add(sheet, author=AUTHOR)
    for result in control.results:
        workspace.results.add(result, author=AUTHOR)
    workspace.change_settings(author=AUTHOR, states=control.states)
    for entry in control.entries:
        workspace.entries.add(entry, author=AUTHOR)
    for period in control.periods:
        workspace.periods.add(period, author=AUTHOR)


def _store_draw(folder: Path, assignment: Assignment) -> None:
    """Store what chance decided, dated as in the story: when it was drawn, before anything was posted."""
    with open_workspace(folder, clock=lambda: assignment.created_at) as workspace:
        workspace.assignments.add(assignment, author=AUTHOR)


def remove_practice_company(path: str | Path) -> None:
    """Remove a practice workspace; other files in its folder stay.

    Raises:
        WorkspaceError: It is not there, or is not a practice workspace.
    """
    folder = Path(path).expanduser().absolute()
    with open_workspace(folder, create=False) as workspace:
        if not workspace.practice:
            raise WorkspaceError(
                mark("{path} is a workspace of your own, not of the practice company; it is not touched."),
                path=str(folder),
            )
    for pattern in OWN_FILES:
        for found in folder.glob(pattern):
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink()


def _must_be_free(folder: Path) -> None:
    if (folder / STATE).exists():
        raise WorkspaceError(
            mark("There is a workspace in {path} already; name another folder."), path=str(folder)
        )
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise WorkspaceError(mark("{path} is not empty; name another folder."), path=str(folder))


def _import(workspace: Workspace, company: PracticeCompany, progress: Progress, now: datetime) -> None:
    from smmlib.response import read_export, typed_figures

    for done, export in enumerate(company.exports):
        workspace.response.add(read_export(export.name, data=export.content, **export.options), author=AUTHOR)
        progress(0.3 + 0.5 * (done + 1) / len(company.exports))
    typed = typed_figures(
        company.typed, author=AUTHOR, at=now.astimezone(company.zone), network="xing", account="xing"
    )
    workspace.response.add(typed, author=AUTHOR)


def _match(workspace: Workspace, now: datetime) -> None:
    from smmlib.response import match_posts

    found = match_posts(workspace.response.posts(), workspace.drafts.list(), workspace.accounts.list())
    for row in found.rows.to_dict("records"):
        match = Match(
            network=row["network"],
            account=row["account"],
            entity_id=row["entity_id"],
            draft=row["draft"],
            version=row["draft_account"],
            variant=row["variant"],
            confirmed_at=now,
            by=AUTHOR,
        )
        workspace.matches.add(match, author=AUTHOR)


def _silent(_share: float) -> None:
    """Nobody asked."""
