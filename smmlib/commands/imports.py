"""`smm import`: read exports of the platforms into the workspace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmlib.commands.import_formats import named_format, print_formats
from smmlib.commands.speech import asked_language, plain
from smmlib.errors import InvalidValueError, UnreadableFileError
from smmlib.language import Language, mark, say

if TYPE_CHECKING:
    from smmlib.campaign import Account
    from smmlib.response import Import, Suggestion
    from smmlib.workspace import Workspace
    from smmlib.workspace.records import ColumnMapping


_EXPORTS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".json", ".html", ".zip")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--network", help="Network of every row, e.g. xing, where the file does not say.")
@click.option("--account", help="Account of every row: a handle or id in the workspace, or any name.")
@click.option(
    "--map", "mapped", multiple=True, metavar="COLUMN=MEANING", help="What a column means; repeatable."
)
@click.option(
    "--format",
    "format_said",
    help="Format of the file, or a .toml file that describes one; without it recognised by its headings.",
)
@click.option(
    "--formats", "listed", is_flag=True, help="List the formats, how well each is known and from where."
)
@click.option(
    "--locale", type=click.Choice(["de", "en"]), help="How numbers are written: 1.234,5 or 1,234.5."
)
@click.option("--day-first/--month-first", default=None, help="How to read dates such as 04-12-18.")
@click.option("--time-zone", help="Clock of the dates, e.g. Europe/Berlin; else the account's.")
@click.option("--author", default="", help="Who imports.")
@click.option("--dry-run", is_flag=True, help="Read and report, store nothing.")
def command(
    files: tuple[Path, ...], mapped: tuple[str, ...], author: str, dry_run: bool, listed: bool, **said: Any
) -> None:
    """Read exports of the platforms into the workspace and report what was read.

    The format is recognised by the headings. For any other table say what its columns mean; the
    workspace remembers it for the next file with the same headings. Of a folder every export in it
    is read, but no link that leads out of it.

    \b
    Examples:
      smm import instagram.csv
      smm import --dry-run --day-first posts.csv
      smm import --formats
      smm import --format newsletter.toml october.csv
      smm import --network xing --map "Aufrufe=impressions" --map "Klicks=link_clicks" xing.xlsx
    """
    from smmlib.response import Format
    from smmlib.workspace import open_workspace

    language, columns = asked_language(os.environ), _columns(mapped)
    with open_workspace() as workspace:
        for warning in workspace.warnings:
            click.echo(warning.text(language), err=True)
        if listed:
            print_formats(workspace.load_formats(), language)
            return
        format = named_format(said.pop("format_said"), workspace, language, author=author, dry_run=dry_run)
        if not files and not isinstance(format, Format):
            raise click.UsageError(say("Name a file to import.", language))
        reading = {**_options(said, workspace), "format": format}
        for file, folder in _each(files):
            incoming = _read(file, columns, {**reading, "folder": folder}, workspace, language)
            if not dry_run:
                stored = workspace.response.add(incoming, author=author)
                _remember(incoming, columns, reading, workspace, author)
            report = incoming.report if dry_run else stored
            click.echo(plain(report.text(language), lines=True))
            if any(problem.choice == "day_first" for problem in incoming.report.problems):
                click.echo(
                    say("To read these dates, import again with --day-first or --month-first.", language)
                )
            if dry_run:
                click.echo(say("Nothing stored (dry run).", language))


def _each(files: tuple[Path, ...]) -> Iterator[tuple[Path, Path | None]]:
    """The files, and of a folder those in it that may be exports, each with the folder it must lie in."""
    for file in files:
        if not file.is_dir():
            yield file, None
            continue
        inside = sorted(path for path in file.iterdir() if path.suffix.lower() in _EXPORTS)
        if not inside:
            raise UnreadableFileError(
                mark("{path} holds no exports; they end in {kinds}."),
                path=str(file),
                kinds=", ".join(_EXPORTS),
            )
        yield from ((path, file) for path in inside)


def _columns(mapped: tuple[str, ...]) -> dict[str, str] | None:
    pairs = [pair.rpartition("=") for pair in mapped]
    for column, equals, meaning in pairs:
        if not (column and equals and meaning):
            raise InvalidValueError(
                mark('--map {value!r} is not of the form COLUMN=MEANING, such as "Aufrufe=impressions".'),
                value="".join((column, equals, meaning)),
            )
    return {column.strip(): meaning.strip() for column, _, meaning in pairs} or None


def _options(said: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """Arguments of `read_export`, filled up with what the workspace knows of the account."""
    account = _known_account(said["account"], workspace)
    zone = account.time_zone if account else workspace.settings.time_zone
    return {
        "locale": said["locale"],
        "day_first": said["day_first"],
        "network": said["network"] or (account.network if account else None),
        "account": account.id if account else said["account"],
        "time_zone": said["time_zone"] or zone,
        "formats": workspace.load_formats(),
        "now": datetime.now(UTC),
    }


def _known_account(name: str | None, workspace: Workspace) -> Account | None:
    return next((a for a in workspace.accounts.list() if name and name in (a.id, a.handle)), None)


def _read(
    file: Path,
    columns: dict[str, str] | None,
    reading: dict[str, Any],
    workspace: Workspace,
    language: Language,
) -> Import:
    from smmlib.response import read_export

    with _bar(file.name) as progress:
        try:
            return read_export(file, columns=columns, progress=progress, **reading)
        except UnreadableFileError:
            if columns is not None or reading["format"] is not None:
                raise
            mapping = _confirmed(file, workspace)
            if mapping is None:
                raise
            click.echo(say("{file}: columns as confirmed before.", language, file=file.name))
            kept = {name: getattr(mapping, name) or None for name in ("locale", "network", "account")}
            said = {name: value for name, value in reading.items() if value is not None}
            return read_export(file, columns=mapping.columns, progress=progress, **{**kept, **said})


def _confirmed(file: Path, workspace: Workspace) -> ColumnMapping | None:
    """The mapping confirmed for a file of no known format; None when its headings say nothing.

    Raises:
        InvalidValueError: None was confirmed; says which one to try.
    """
    from smmlib.response import suggest_mapping

    suggestion = suggest_mapping(file, rows=1, formats=workspace.load_formats())
    known = {mapping.id: mapping for mapping in workspace.mappings.list()}.get(suggestion.fingerprint)
    if known is None and suggestion.columns:
        raise _unknown_columns(file, suggestion) from None
    return known


def _unknown_columns(file: Path, suggestion: Suggestion) -> InvalidValueError:
    maps = " ".join(f'--map "{column}={meaning}"' for column, meaning in suggestion.columns.items())
    return InvalidValueError(
        mark("{name}: no known export has these columns. If this is what they mean, add: {maps}"),
        name=file.name,
        maps=maps,
    )


def _remember(
    incoming: Import,
    columns: dict[str, str] | None,
    reading: dict[str, Any],
    workspace: Workspace,
    author: str,
) -> None:
    """Keep a mapping that was given, for the next file with these headings."""
    if columns is None:
        return
    from smmlib.response import suggest_mapping
    from smmlib.workspace.records import ColumnMapping

    known = workspace.load_formats()
    id = suggest_mapping(incoming.source, data=incoming.original, rows=1, formats=known).fingerprint
    mapping = ColumnMapping(
        id=id,
        columns=columns,
        locale=incoming.report.locale,
        network=reading["network"] or "",
        account=reading["account"] or "",
    )
    workspace.mappings.keep(mapping, author=author)


@contextmanager
def _bar(name: str) -> Iterator[Callable[[float], None]]:
    """A progress bar on stderr that appears after a second."""
    from tqdm import tqdm

    with tqdm(
        total=100, desc=name, unit="%", delay=1, leave=False, bar_format="{l_bar}{bar}| {elapsed}"
    ) as bar:

        def show(share: float) -> None:
            bar.update(max(round(share * 100) - bar.n, 0))

        yield show
