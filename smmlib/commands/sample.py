"""`smm sample`: the practice company, as a workspace or as export files for a workshop."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmlib.commands.speech import asked_language
from smmlib.errors import WorkspaceError
from smmlib.language import Language, mark, say
from smmlib.workspace.place import STATE, project_root
from smmlib.workspace.surroundings import own_folder

if TYPE_CHECKING:
    from tqdm import tqdm

    from smmlib.practice import PracticeCompany

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--into",
    type=FOLDER,
    help="Folder of the practice workspace; without it data/practice of the project this folder belongs to.",
)
@click.option(
    "--exports",
    type=FOLDER,
    help="Write the export files and the truth there instead, to be imported by hand in a workshop.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=2026,
    show_default=True,
    help="Draws the figures; the texts and the true effects stay the same.",
)
@click.option("--force", is_flag=True, help="Replace a practice workspace or export files that are there.")
def command(into: Path | None, exports: Path | None, seed: int, force: bool) -> None:
    """Make the practice company: six weeks of posts of a made-up firm, with known truth.

    Bollerbeck Lastenräder sells cargo bikes on five networks. 144 posts, five copy tests and one
    Shitstorm; what is really true about them stands in truth.json, so that conclusions can be checked.
    A workspace of your own is never replaced.

    \b
    Examples:
      smm sample
      smm sample --into ~/workshop/practice --seed 7
      smm sample --exports ~/workshop/files
    """
    language = asked_language(os.environ)
    if into and exports:
        raise click.UsageError(say("Give either --into or --exports, not both.", language))
    if exports:
        _write_files(exports.expanduser(), seed, force, language)
    else:
        _build(into.expanduser() if into else default_folder(Path.cwd()), seed, force, language)


def default_folder(start: Path) -> Path:
    """Where the practice workspace is by default: in the project, else in a folder of the user."""
    project = project_root(start)
    return project / "data" / "practice" if project else own_folder("practice")


def _build(folder: Path, seed: int, force: bool, language: Language) -> None:
    from tqdm import tqdm

    from smmlib.practice import build_practice_company, remove_practice_company

    if force and (folder / STATE).exists():
        remove_practice_company(folder)
    form = "{desc} {percentage:3.0f} %|{bar}|"
    with tqdm(total=1.0, desc=say("Practice company", language), bar_format=form, leave=False) as bar:
        workspace = build_practice_company(folder, seed=seed, progress=lambda share: _show(bar, share))
    with workspace:
        click.echo(
            say(
                "{name}: {drafts} drafts, {tests} copy tests, {posts} published posts in {path}",
                language,
                name=workspace.name,
                drafts=len(workspace.drafts.list()),
                tests=len(workspace.tests.list()),
                posts=len(workspace.response.posts()),
                path=str(folder),
            )
        )
    click.echo(say("What is really true: {path}", language, path=str(folder / "truth.json")))


def _show(bar: tqdm[Any], share: float) -> None:
    bar.update(share - bar.n)


def _write_files(folder: Path, seed: int, force: bool, language: Language) -> None:
    from smmlib.practice import practice_company

    files = files_of(practice_company(seed))
    there = [name for name in files if (folder / name).exists()]
    if there and not force:
        raise WorkspaceError(
            mark("{path} holds {name} already; name another folder, or replace the files with --force."),
            path=str(folder),
            name=there[0],
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as problem:
        raise WorkspaceError(
            mark("The files cannot be written to {path} ({why}); name another folder."),
            path=str(folder),
            why=problem.strerror or str(problem),
        ) from problem
    click.echo(say("{count} files in {path}", language, count=len(files), path=str(folder)))


def files_of(company: PracticeCompany) -> dict[str, bytes]:
    """The files for a workshop: exports, what to type by hand, and the truth, by name."""
    typed = company.typed.to_csv(index=False, lineterminator="\r\n").encode("utf-8")
    return {
        **{export.name: export.content for export in company.exports},
        "xing_typed.csv": typed,
        "truth.json": company.truth_json.encode("utf-8"),
    }
