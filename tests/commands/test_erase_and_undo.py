"""`smm erase` and `smm undo`: what was taken in can be taken out again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smmlib.__main__ import smm
from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.workspace import open_workspace

EXPORT = "Nr,Titel,Datum,Aufrufe\n1,Danke Eva Müller,2026-09-01,10\n2,Hallo,2026-09-02,20\n"
MAPPING = ("Nr=entity_id", "Titel=text", "Datum=published_at", "Aufrufe=views")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one import, named by $SMM_WORKSPACE."""
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "home"))
    monkeypatch.delenv("SMM_LANGUAGE", raising=False)
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    mapped = [word for pair in MAPPING for word in ("--map", pair)]
    run("import", "--network", "xing", "--author", "Eva Müller", *mapped, str(tmp_path / "export.csv"))
    return tmp_path / "home"


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(smm, words, input=typed, catch_exceptions=False)


def test_a_person_is_erased_after_a_question_and_the_log_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nothing was ever erased" in run("erase").stdout
    assert "Nothing was erased" in run("erase", "Eva Müller", typed="n\n").stdout
    assert len(list((folder / "raw").glob("*.csv"))) == 1
    told = run("erase", "Eva Müller", "@eva", "--author", "Ben", typed="y\n").stdout
    assert "1 original files" in told
    assert list((folder / "raw").glob("*.csv")) == []
    with open_workspace() as workspace:
        assert workspace.response.posts()["text"].tolist() == ["Danke [erased]", "Hallo"]
        assert workspace.response.imports()["author"].tolist() == ["[erased]"]
    log = run("erase").stdout.splitlines()
    assert len(log) == 2
    assert "Ben: " in log[0]
    assert "Eva" not in "".join(log)
    monkeypatch.setenv("SMM_LANGUAGE", "de")
    assert "Originaldateien" in run("erase").stdout


def test_no_question_where_none_is_wanted_and_no_names_too_short(folder: Path) -> None:
    assert "?" not in run("erase", "--yes", "Eva Müller").stdout
    with pytest.raises(InvalidValueError, match="too short"):
        run("erase", "--yes", "Ev")


def test_imports_are_listed_and_taken_back(folder: Path) -> None:
    [line] = run("undo").stdout.splitlines()
    assert "export.csv: 2 values new" in line
    id = line.split()[0]
    assert f"Import {id} was taken back" in run("undo", id, "--author", "Ben").stdout
    assert run("undo").stdout.strip().endswith("(taken back)")
    with open_workspace() as workspace:
        assert workspace.response.to_pandas().empty
        assert workspace.response.imports()["undone_by"].tolist() == ["Ben"]
    with pytest.raises(InvalidValueError, match="undone already"):
        run("undo", id)
    with pytest.raises(UnknownNameError, match="Import"):
        run("undo", "nothing")


def test_an_empty_workspace_says_that_nothing_was_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "empty"))
    monkeypatch.delenv("SMM_LANGUAGE", raising=False)
    open_workspace().close()
    assert "Nothing imported yet" in run("undo").stdout
