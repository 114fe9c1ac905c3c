"""`smm lab`: open the workbench in JupyterLab."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmlib.commands.lab_folder import LabFolder, find_folder
from smmlib.commands.lab_server import LabServer, choose_port, token_from
from smmlib.commands.speech import asked_language
from smmlib.language import Language, say
from smmlib.workspace.place import OWN_VARIABLE, STATE, VARIABLE, usual_folder

if TYPE_CHECKING:
    from tqdm import tqdm


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="JUPYTER_PORT",
    show_envvar=True,
    help="Port on 127.0.0.1; without it 8888 or the next free one.",
)
@click.option(
    "--browser/--no-browser", default=True, help="Open the workbench in the browser (BROWSER names it)."
)
def command(port: int | None, browser: bool) -> None:
    """Open the workbench in JupyterLab.

    It runs on this machine only and lets in who has the token (JUPYTER_TOKEN, else a new one).
    The workspace is $SMM_WORKSPACE, else data/workspace of the folder; as long as you have none, the
    practice company is shown.

    \b
    Examples:
      smm lab
      smm lab --no-browser --port 9000
    """
    language = asked_language(os.environ)
    folder = find_folder(Path.cwd(), Path.home())
    server = LabServer(folder.root, folder.start, choose_port(port), token_from(os.environ), browser)
    named = os.environ.get(VARIABLE)
    workspace, note = choose_workspace(folder, language)
    os.environ[VARIABLE] = str(workspace)
    if not named:
        os.environ[OWN_VARIABLE] = str(own_workspace(folder))
    for news in folder.news:
        click.echo(news.text(language))
    click.echo(say("Workspace: {path}", language, path=str(workspace)) + note)
    click.echo(say("Notebook: {path}", language, path=str(server.notebook)))
    click.echo(say("Address: {url}", language, url=server.url))
    click.echo(say("Stop it with Ctrl+C; what you entered is saved already.", language))
    server.serve()


def own_workspace(folder: LabFolder) -> Path:
    """Where the user's own workspace is or will be; a local folder where this one is synchronised."""
    return usual_folder(folder.root)


def choose_workspace(folder: LabFolder, language: Language) -> tuple[Path, str]:
    """The workspace to open and a note on it: the one named, the user's own, else the practice company's."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser().resolve(), ""
    own = own_workspace(folder)
    if (own / STATE).exists():
        return own, ""
    practice = folder.root / "data" / "practice"
    if not (practice / STATE).exists():
        build_practice(practice, language)
    return practice, " " + say("(practice company, everything in it is made up)", language)


def build_practice(path: Path, language: Language) -> None:
    """Make the practice company; it appears at `path` when it is complete."""
    from tqdm import tqdm

    from smmlib.practice import build_practice_company

    form = "{desc} {percentage:3.0f} %|{bar}|"
    label = say("Practice company", language)
    with tqdm(total=1.0, desc=label, bar_format=form, leave=False) as bar:
        build_practice_company(path, progress=lambda share: show(bar, share)).close()


def show(bar: tqdm[Any], share: float) -> None:
    """Move the bar to `share`, 0 to 1."""
    bar.update(share - bar.n)
