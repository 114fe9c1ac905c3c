"""Programs that tests start and kill: `python -m tests.workspace.writers <what> <folder> …`.

Each says on stdout what the workspace acknowledged, one line at a time, flushed.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from pathlib import Path

from smmlib import Draft
from smmlib.drafting.signoff import Step
from smmlib.errors import WorkspaceError
from smmlib.workspace import open_workspace


def drafts(folder: Path, name: str) -> None:
    """Add drafts and change them until killed."""
    with open_workspace(folder) as workspace:
        for number in itertools.count():
            draft = workspace.drafts.add(Draft(id=f"{name}-{number}", text="new"))
            tell(draft.id, "1")
            workspace.drafts.update(draft.replace(text=f"changed {number}"), expected=1)
            tell(draft.id, "2")


def comments(folder: Path, name: str) -> None:
    """Comment on the draft "one" until killed."""
    with open_workspace(folder) as workspace:
        for number in itertools.count():
            text = f"{name} {number}"
            (entry,) = workspace.signoff.append(Step("comment", "one", name, text=text))
            tell(str(entry.number), text)


def approvals(folder: Path, name: str) -> None:
    """Approve the draft "one" for every account, in the role of that name, then comment twenty times."""
    with open_workspace(folder) as workspace:
        workspace.signoff.append(Step("approve", "one", name, role=name))  # type: ignore[arg-type]
        for number in range(20):
            workspace.signoff.append(Step("comment", "one", name, text=f"{name} {number}"))
    tell("done")


def imports(folder: Path, name: str) -> None:
    """Import until killed: corrections of the same four posts, and a post of its own each time."""
    from tests.workspace.made_up import DAYS, likes

    with open_workspace(folder) as workspace:
        for number in itertools.count():
            values = {post: float(number) for post in DAYS}
            incoming = likes(values, text=f"{name} {number}")
            own = f"{name}-{number}"
            for frame in (incoming.table, incoming.posts):
                frame.loc[frame["entity_id"] == "d", "entity_id"] = own
            report = workspace.response.add(incoming)
            tell(report.import_id, own)


def some_imports(folder: Path, name: str) -> None:
    """Ten imports: posts both writers have, and posts of its own."""
    from tests.workspace.made_up import likes

    with open_workspace(folder) as workspace:
        for number in range(10):
            workspace.response.add(likes({"a": 1.0, "b": 2.0}, text="Gemeinsam"))
            incoming = likes({"d": 1.0}, text=f"{name} {number}")
            for frame in (incoming.table, incoming.posts):
                frame["entity_id"] = f"{name}-{number}"
            workspace.response.add(incoming)
    tell("done")


def fill_disk(folder: Path, _name: str) -> None:
    """Write drafts, then import, until there is no room; say how it went."""
    from tests.workspace.made_up import likes

    with open_workspace(folder) as workspace:
        try:
            for number in range(10_000):
                workspace.drafts.add(Draft(id=f"d{number}", text="x" * 5_000))
                tell("draft", f"d{number}")
        except WorkspaceError as problem:
            tell("error", str(problem))
        try:
            workspace.response.add(likes({"a": 9.0, "c": 9.0}, text="Lang" * 100_000))
            tell("imported")
        except WorkspaceError as problem:
            tell("error", str(problem))


def fill_limit(folder: Path, name: str) -> None:
    """As `fill_disk`, where no file may grow beyond 400,000 bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    fill_disk(folder, name)


def read_as_nobody(folder: Path, _name: str) -> None:
    """Open the workspace as a user who may only read it, and try to write."""
    import os
    import tempfile

    from tests.workspace.made_up import likes

    with tempfile.TemporaryDirectory() as own, open_workspace(Path(own) / "workspace") as workspace:
        # What is imported late may lie where nobody may read.
        workspace.response.add(likes({"a": 1.0}))
        workspace.response.to_pandas()
    os.setgid(65534)
    os.setuid(65534)
    read_only(folder, _name)


def read_only(folder: Path, _name: str) -> None:
    """Open the workspace, say what is there, and try to write."""
    from tests.workspace.made_up import likes

    try:
        with open_workspace(folder, create=False) as workspace:
            tell("read_only", str(workspace.read_only))
            tell("drafts", *(draft.text for draft in workspace.drafts.list()))
            tell("likes", str(workspace.response.sql("SELECT sum(value) AS s FROM response")["s"][0]))
            tell("warnings", *(warning.text() for warning in workspace.warnings))
            for write in (
                lambda: workspace.drafts.add(Draft(text="new")),
                lambda: workspace.response.add(likes({"a": 9.0})),
            ):
                try:
                    write()
                    tell("written")
                except WorkspaceError as problem:
                    tell("error", str(problem))
    except WorkspaceError as problem:
        tell("not opened", str(problem))


def tell(*words: str) -> None:
    """Say it at once."""
    print("\t".join(words), flush=True)


WHAT: dict[str, Callable[[Path, str], None]] = {
    "approvals": approvals,
    "comments": comments,
    "drafts": drafts,
    "imports": imports,
    "some_imports": some_imports,
    "fill_disk": fill_disk,
    "fill_limit": fill_limit,
    "read_as_nobody": read_as_nobody,
    "read_only": read_only,
}

if __name__ == "__main__":
    WHAT[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
