"""The command line: `smm` or `python -m smmlib`."""

from __future__ import annotations

import os
import sys

import click

from smmlib.commands import Commands
from smmlib.commands.speech import language_of_errors
from smmlib.errors import SmmError


@click.group(cls=Commands)
def smm() -> None:
    """Draft posts, test copy variants and read the audience response.

    Everything stays on this machine. The workspace is $SMM_WORKSPACE, else data/workspace of the
    project this folder belongs to.
    """


def main() -> None:
    """Run `smm`; what the user can repair is said in one message, with exit code 2."""
    try:
        smm()
    except SmmError as problem:
        click.echo(f"smm: {problem.text(language_of_errors(os.environ))}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
