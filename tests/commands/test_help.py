"""Every command says what it does, in one line and at length, with examples that stand as typed."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from smmlib.__main__ import main, smm
from smmlib.commands import COMMANDS, Commands


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


def test_smm_lists_all_commands_with_a_line_each(runner: CliRunner) -> None:
    shown = runner.invoke(smm, ["--help"]).output
    assert [name for name in COMMANDS if not re.search(rf"^  {name} +[A-Z].*\.$", shown, re.MULTILINE)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_shows_examples_line_by_line(runner: CliRunner, name: str) -> None:
    result = runner.invoke(smm, [name, "--help"])
    assert result.exit_code == 0
    assert re.search(rf"^    smm {name}\b.*$", result.output, re.MULTILINE)
    assert "\\b" not in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    assert isinstance(smm, Commands)
    command = smm.get_command(click.Context(smm), name)
    assert command is not None
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_an_unknown_command_is_a_usage_error(runner: CliRunner) -> None:
    result = runner.invoke(smm, ["labb"])
    assert result.exit_code == 2
    assert "No such command 'labb'" in result.output


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Port 1 ist belegt"), ("en", "Port 1 is in use"), ("fr", "SMM_LANGUAGE is 'fr'")],
)
def test_what_the_user_can_repair_is_said_in_their_language_with_exit_code_2(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMM_LANGUAGE", language)
    monkeypatch.setattr("smmlib.commands.lab_server.is_free", lambda _port: False)
    monkeypatch.setattr("sys.argv", ["smm", "lab", "--port", "1"])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert f"smm: {said}" in capsys.readouterr().err
