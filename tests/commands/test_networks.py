"""`smm networks`."""

import tomllib

import pytest
from click.testing import CliRunner

from smmlib.commands.networks import command
from smmlib.errors import InvalidRecordError, InvalidValueError, UnknownNameError, UnreadableFileError
from smmlib.networks import load_networks
from smmlib.workspace import open_workspace

OWN = '[kununu]\nname = "kununu"\nchecked_on = 2026-09-01\ntext = 2000\n[x]\ntext = 4000\n'


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "workspace"))

    def run(*arguments, language="", **options):
        runner = CliRunner(env={"SMM_LANGUAGE": language})
        return runner.invoke(command, [str(a) for a in arguments], catch_exceptions=False, **options).output

    return run


def test_the_list_names_every_network(run, tmp_path):
    listed = run()
    assert [line.split()[0] for line in listed.splitlines()[1:]] == list(load_networks())
    assert "not known" in listed
    assert "nicht bekannt" in run(language="de")
    assert not (tmp_path / "workspace").exists()


def test_one_network_shows_source_date_and_confidence(run):
    shown = run("bluesky", language="de")
    assert "lexicons/app/bsky/feed/post.json" in shown
    assert "20.08.2026" in shown
    assert "hoch" in shown


def test_counting_from_the_command_line_a_file_and_standard_input(run, tmp_path):
    path = tmp_path / "post.txt"
    path.write_text("Grüße 👋", "utf-8")
    rows = [
        run("x", "--count", "Grüße 👋"),
        run("x", "--file", path),
        run("x", "--file", "-", input="Grüße 👋"),
    ]
    assert rows[0] == rows[1] == rows[2]
    assert rows[0].splitlines()[1].split() == ["x", "8", "280", "272", "weighted", "characters"]
    assert "Error: 20 too many" in run("x", "--count", "x" * 300)


def test_own_rules_are_kept_in_the_workspace(run, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")
    assert "Nothing stored" in run("--check", path)
    assert not (tmp_path / "workspace").exists()
    run("--add", path)
    run("--add", path)  # twice is an update, not an error
    with open_workspace(tmp_path / "workspace") as workspace:
        networks = workspace.load_networks()
    assert (networks["kununu"].limit(), networks["x"].limit()) == (2_000, 4_000)
    assert "kununu" in run()


@pytest.mark.parametrize("name", load_networks())
def test_exported_rules_read_back_the_same(run, name):
    table = tomllib.loads(run(name, "--export"))
    again = load_networks(table)[name]
    assert again == load_networks()[name]


def test_mistakes_say_what_to_do(run, tmp_path):
    path = tmp_path / "own.toml"
    with pytest.raises(UnknownNameError, match="Did you mean 'bluesky'"):
        run("blusky")
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        run("--add", path)
    path.write_text("", "utf-8")
    with pytest.raises(InvalidValueError, match="names no network"):
        run("--add", path)
    path.write_text("[x]\ntxt = 3\n", "utf-8")
    with pytest.raises(InvalidRecordError, match="Did you mean 'text'"):
        run("--add", path)
    assert not (tmp_path / "workspace").exists()
