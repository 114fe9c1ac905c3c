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


NEWSLETTER = """
id = "shop_letter"
name = "Newsletter of the shop"
network = "newsletter"
source = "Help pages of the sender"
[[layouts]]
locale = "de"
certainty = "low"
[layouts.columns]
"Nr" = "entity_id"
"Datum" = "published_at"
"Aufrufe" = "views"
"""


def test_a_format_of_ones_own_is_kept_and_recognised_from_then_on(place):
    (place / "letter.toml").write_text(NEWSLETTER, encoding="utf-8")
    first = run("--format", place / "letter.toml", "--author", "Mia", place / "xing.csv")
    assert "'shop_letter' is kept" in first
    assert "low: put together from descriptions" in first
    with open_workspace() as workspace:
        assert [f.id for f in workspace.formats.list()] == ["shop_letter"]
        assert "shop_letter" in workspace.load_formats()
        assert workspace.formats.history("shop_letter")[0].author == "Mia"
    again = run(place / "xing.csv")
    assert "Nothing new" in again
    assert "shop_letter" in run("--formats")


def test_a_format_file_alone_is_kept_and_a_dry_run_keeps_nothing(place):
    (place / "letter.toml").write_text(NEWSLETTER, encoding="utf-8")
    assert "Nothing stored" in run("--dry-run", "--format", place / "letter.toml", place / "xing.csv")
    with open_workspace() as workspace:
        assert workspace.formats.list() == ()
    run("--format", place / "letter.toml")
    with open_workspace() as workspace:
        assert len(workspace.formats.list()) == 1
    assert "Name a file to import" in run()


def test_the_list_of_formats_has_certainty_and_source(place, monkeypatch):
    monkeypatch.setenv("SMM_LANGUAGE", "de")
    listed = run("--formats")
    line = next(line for line in listed.splitlines() if line.startswith("meta_ads "))
    assert "Meta-Werbeanzeigenmanager" in line
    assert "hoch" in line
    assert "24.11.2026" in line
    assert "googleplus_takeout: beschrieben in" in listed


def test_every_export_of_a_folder_but_no_link_out_of_it(place):
    folder = place / "exports"
    folder.mkdir()
    (folder / "a.csv").write_text(XING, encoding="utf-8")
    (folder / "notes.md").write_text("no export", encoding="utf-8")
    assert "2 of 2 rows read" in run("--network", "xing", *MAPPING, folder)
    (folder / "b.csv").symlink_to(place / "xing.csv")
    with pytest.raises(UnreadableFileError, match="leads out of the folder"):
        run("--network", "xing", *MAPPING, folder)
    (place / "nothing").mkdir()
    with pytest.raises(UnreadableFileError, match="holds no exports"):
        run(place / "nothing")


def test_dates_that_can_be_read_in_two_ways_offer_the_choice(place):
    (place / "us.csv").write_text("Nr,Datum,Aufrufe\n1,04/05/2026,7\n", encoding="utf-8")
    mapping = ("--map", "Nr=entity_id", "--map", "Datum=published_at", "--map", "Aufrufe=views")
    assert "--day-first or --month-first" in run("--network", "xing", *mapping, place / "us.csv")
    run("--network", "xing", "--month-first", *mapping, place / "us.csv")
    with open_workspace() as workspace:
        assert str(workspace.response.posts()["published_on_local"].iloc[0]) == "2026-04-05"


def test_dates_in_the_future_are_reported(place):
    (place / "late.csv").write_text("Nr,Datum,Aufrufe\n1,2999-01-01,7\n", encoding="utf-8")
    mapping = ("--map", "Nr=entity_id", "--map", "Datum=published_at", "--map", "Aufrufe=views")
    assert "dates in the future" in run("--network", "xing", *mapping, place / "late.csv")


def test_cells_and_column_names_do_not_steer_the_terminal(place):
    long = "b" * 300
    odd = f"Nr,Datum,Aufrufe,\x1b[2Jx,Ge\u00adsamt\n1,\x1b[31m,7,{long},👩\u200d💻\n"
    (place / "odd.csv").write_text(odd, encoding="utf-8")
    mapping = ("--map", "Nr=entity_id", "--map", "Datum=published_at", "--map", "Aufrufe=views")
    told = run("--network", "xing", *mapping, place / "odd.csv")
    assert "\ufffd[31m" in told
    assert "Gesamt" in told
    assert "\x1b" not in told
