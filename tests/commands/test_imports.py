"""`smm import` on a real workspace."""

import click.testing
import pytest

from smmlib.campaign import Account
from smmlib.commands.imports import command
from smmlib.errors import InvalidValueError, UnreadableFileError
from smmlib.workspace import open_workspace

XING = "Nr;Titel;Datum;Aufrufe\n1;Hallo;01.09.2026 10:00;1.234,0\n2;Guten Tag;2.9.2026 11:00;12\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.delenv("SMM_LANGUAGE", raising=False)
    (tmp_path / "xing.csv").write_text(XING, encoding="utf-8")
    return tmp_path


MAPPING = (
    "--map",
    "Nr=entity_id",
    "--map",
    "Titel=text",
    "--map",
    "Datum=published_at",
    "--map",
    "Aufrufe=views",
)


def run(*arguments):
    result = click.testing.CliRunner().invoke(command, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_an_import_is_stored_once_and_its_columns_are_remembered(place):
    first = run("--network", "xing", "--author", "Mia", *MAPPING, place / "xing.csv")
    assert "2 of 2 rows read, 2 values" in first
    again = run(place / "xing.csv")
    assert "columns as confirmed before" in again
    with open_workspace() as workspace:
        table = workspace.response.to_pandas()
        assert table["value"].tolist() == [1234, 12]
        assert set(table["network"]) == {"xing"}
        assert len(workspace.response.imports()) == 1


def test_a_dry_run_stores_nothing(place):
    output = run("--dry-run", "--network", "xing", *MAPPING, place / "xing.csv")
    assert "Nothing stored" in output
    with open_workspace() as workspace:
        assert workspace.response.to_pandas().empty
        assert workspace.mappings.list() == ()


def test_an_account_of_the_workspace_brings_network_and_time_zone(place):
    with open_workspace() as workspace:
        account = workspace.accounts.add(Account(network="xing", handle="@acme", time_zone="Europe/London"))
    run("--account", "@acme", *MAPPING, place / "xing.csv")
    with open_workspace() as workspace:
        table = workspace.response.to_pandas()
    assert set(table["account"]) == {account.id}
    assert str(table["period_start_utc"].min()) == "2026-09-01 09:00:00+00:00"


def test_unknown_columns_come_with_the_options_to_add(place):
    with pytest.raises(InvalidValueError, match='--map "Aufrufe=views"'):
        run(place / "xing.csv")


def test_wrong_arguments_and_files_store_nothing(place):
    with pytest.raises(InvalidValueError, match="COLUMN=MEANING"):
        run("--map", "Aufrufe", place / "xing.csv")
    (place / "empty.csv").write_bytes(b"")
    with pytest.raises(UnreadableFileError, match="is empty"):
        run(place / "empty.csv")
    with open_workspace() as workspace:
        assert workspace.response.imports().empty


def test_the_report_speaks_german(place, monkeypatch):
    monkeypatch.setenv("SMM_LANGUAGE", "de")
    assert "2 von 2 Zeilen gelesen" in run("--dry-run", "--network", "xing", *MAPPING, place / "xing.csv")


def test_a_risky_folder_is_told_whenever_something_is_stored_there(place, monkeypatch):
    monkeypatch.setenv("SMM_WORKSPACE", str(place / "Dropbox" / "team"))
    told = run("--network", "xing", *MAPPING, "--locale", "de", place / "xing.csv")
    assert "in a folder that Dropbox synchronises" in told
