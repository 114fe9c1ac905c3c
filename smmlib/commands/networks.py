"""`smm networks`: what each network allows, how long a text is there, rules of one's own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from smmlib.commands.speech import asked_language
from smmlib.errors import InvalidValueError, UnknownNameError, UnreadableFileError, WorkspaceError
from smmlib.language import Language, day, mark, number, say, translated
from smmlib.networks import (
    CONFIDENCES,
    FORMAT_NAMES,
    FORMATS,
    SEVERITIES,
    UNITS,
    load_networks,
    read_toml,
    to_table,
)
from smmlib.workspace.place import STATE, find_workspace

if TYPE_CHECKING:
    from smmlib.networks import Network, Rule

RULES = click.Path(path_type=Path)
READABLE = click.File(encoding="utf-8-sig")


@click.command()
@click.argument("network", required=False)
@click.option("--count", "text", metavar="TEXT", help="How long TEXT is, and what the checks say.")
@click.option(
    "--file", "file", type=READABLE, help="The same for a text file (UTF-8); - reads standard input."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="post",
    show_default=True,
    help="Form of the post.",
)
@click.option(
    "--check", "checked", type=RULES, help="Say whether a file of rules can be used; store nothing."
)
@click.option("--add", "added", type=RULES, help="Put a file of rules into the workspace.")
@click.option("--export", "exported", is_flag=True, help="Print the rules as TOML, to edit and add again.")
@click.option("--author", default="", help="Who adds the rules.")
def command(
    network: str | None,
    text: str | None,
    file: IO[str] | None,
    format_: str,
    **said: object,
) -> None:
    """Show what each network allows, with source, date and confidence.

    Rules of your own have the same form as the ones that come with smmlib; a name and a number are enough:

    \b
      [kununu]
      name = "kununu"
      text = 2000

    \b
    Examples:
      smm networks
      smm networks bluesky
      smm networks x --count "Grüße aus Köln 👋"
      smm networks mastodon --export > own.toml
      smm networks --check own.toml
      smm networks --add own.toml
    """
    language = asked_language(os.environ)
    if path := said["checked"] or said["added"]:
        _store(Path(str(path)), language, author=str(said["author"]), keep=bool(said["added"]))
        return
    networks = _networks()
    if network is not None and network not in networks:
        raise UnknownNameError(mark("Network"), network, networks)
    chosen = [networks[network]] if network else list(networks.values())
    if said["exported"]:
        click.echo(_as_toml(chosen), nl=False)
    elif text is not None or file is not None:
        _say_counts(chosen, _read(file) if file else text or "", format_, language)
    elif network:
        _say_rules(chosen[0], language)
    else:
        _say_networks(chosen, language)


def _networks() -> dict[str, Network]:
    """The networks of the workspace if there is one, else those that come with smmlib."""
    from smmlib.workspace import open_workspace

    try:
        folder = find_workspace(None, environ=os.environ, start=Path.cwd())
    except WorkspaceError:
        return load_networks()
    if not (folder / STATE).exists():
        return load_networks()
    with open_workspace(folder, create=False) as workspace:
        return workspace.load_networks()


def _store(path: Path, language: Language, *, author: str, keep: bool) -> None:
    tables = read_toml(path)
    networks = load_networks(tables)
    if not tables:
        raise InvalidValueError(
            mark("{path} names no network; begin with a line such as [mynetwork]."), path=path
        )
    for id_ in tables:
        limit = networks[id_].limit()
        shown = say("no limit set", language) if limit is None else number(limit, language)
        click.echo(f"{id_}: {networks[id_].name}, {shown} {say(UNITS[networks[id_].unit], language)}")
    if not keep:
        click.echo(say("The rules can be used. Nothing stored.", language))
        return
    from smmlib.workspace import NetworkRules, open_workspace

    with open_workspace() as workspace:
        for id_, rules in tables.items():
            workspace.networks.keep(NetworkRules(id=id_, rules=rules), author=author)
        click.echo(say("Stored in {path}.", language, path=str(workspace.path)))


def _as_toml(networks: Iterable[Network]) -> str:
    import tomli_w

    return tomli_w.dumps({network.id: to_table(network) for network in networks})


def _read(file: IO[str]) -> str:
    try:
        return file.read()
    except UnicodeDecodeError:
        raise UnreadableFileError(
            mark("{path} is not text; save it as UTF-8."), path=getattr(file, "name", "-")
        ) from None


def _say_counts(networks: Sequence[Network], text: str, format_: str, language: Language) -> None:
    rows = []
    for network in networks:
        for measure in network.measures(text, format_):
            rest = "–" if measure.remaining is None else number(measure.remaining, language)
            limit = "–" if measure.limit is None else number(measure.limit, language)
            unit = say(UNITS[measure.unit], language)
            rows.append((network.id, number(measure.count, language), limit, rest, unit))
    heads = ("network", "count", "limit", "remaining", "unit")
    _table([say(_HEADS[head], language) for head in heads], rows, right=(1, 2, 3))
    if len(networks) == 1:
        for finding in networks[0].check(text, format=format_):
            click.echo(f"{say(SEVERITIES[finding.severity], language)}: {finding.text(language)}")


def _say_networks(networks: Sequence[Network], language: Language) -> None:
    rows = []
    for network in networks:
        rule = network.rule("text")
        limit = _value(rule, language) if rule else "–"
        known = (say(CONFIDENCES[rule.confidence], language), _day(rule, language)) if rule else ("", "")
        rows.append((network.id, network.name, limit, say(UNITS[network.unit], language), *known))
    heads = ("network", "name", "limit", "unit", "confidence", "checked_on")
    _table([say(_HEADS[head], language) for head in heads], rows, right=(2,))


def _say_rules(network: Network, language: Language) -> None:
    click.echo(f"{network.name} – {say(UNITS[network.unit], language)}")
    if network.note:
        click.echo(translated(network.note, language))
    rows = []
    for (format_, name), rule in network.rules.items():
        sure = say(CONFIDENCES[rule.confidence], language)
        where = say(FORMAT_NAMES[format_], language) if format_ else ""
        told = " – ".join(part for part in (rule.source, translated(rule.note, language)) if part)
        rows.append((where, name, _value(rule, language), sure, _day(rule, language), told))
    heads = ("format", "rule", "value", "confidence", "checked_on", "source")
    _table([say(_HEADS[head], language) for head in heads], rows, right=(2,))


_HEADS = {
    "network": mark("network"),
    "name": mark("name"),
    "limit": mark("limit"),
    "unit": mark("unit"),
    "count": mark("count"),
    "remaining": mark("remaining"),
    "confidence": mark("confidence"),
    "checked_on": mark("looked up"),
    "format": mark("format"),
    "rule": mark("rule"),
    "value": mark("value"),
    "source": mark("source"),
}
_WORDS: dict[object, str] = {
    "unset": mark("not known"),
    "unlimited": mark("unlimited"),
    True: mark("yes"),
    False: mark("no"),
}


def _value(rule: Rule, language: Language) -> str:
    if rule.number is not None:
        return number(rule.number, language)
    return say(_WORDS[rule.value], language) if rule.value in _WORDS else str(rule.value)


def _day(rule: Rule, language: Language) -> str:
    return day(rule.checked_on, language) if rule.checked_on else "–"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int]) -> None:
    """Print columns as wide as their widest entry; the last is not padded."""
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        cells = [
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())
