"""The workbench without a browser: marks, a workspace of one's own, a safer folder, rules."""

import pytest

from smmlib import Draft, Version, open_workspace, panels
from smmlib.panels import Workbench


@pytest.fixture
def local(tmp_path, monkeypatch):
    """Where this user's local data lies."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_named, **_how: tmp_path / "local")
    return tmp_path / "local" / "team"


@pytest.fixture
def synchronised(tmp_path, local):
    with open_workspace(tmp_path / "Nextcloud" / "team") as made:
        made.drafts.add(Draft(id="mine", text="Grüße"))
        yield made


def marks(panel):
    return panel.children[2].value


@pytest.mark.parametrize("name", ["DraftPanel", "ResponsePanel", "TestPanel"])
def test_every_panel_marks_the_practice_company_and_a_risky_folder(synchronised, workspace, name):
    panel = getattr(panels, name)
    assert "Nextcloud" in marks(panel(synchronised, language="de"))
    assert marks(panel(workspace, language="de")) == ""
    workspace.change_settings(practice=True)
    assert "Hier ist alles erfunden" in marks(panel(workspace, language="de"))


def test_a_workspace_in_a_synchronised_folder_is_taken_to_a_local_one(synchronised, local):
    bench = Workbench(synchronised, language="de")
    bench._marks.children[1].children[0].click()
    assert str(local) in bench.status.value
    assert bench.workspace.path == local
    assert bench.workspace.drafts.get("mine").text == "Grüße"
    assert len(bench._marks.children) == 1
    assert marks(bench.draft) == ""


def test_a_folder_that_is_taken_is_said(synchronised, local):
    local.mkdir(parents=True)
    (local / "notes.txt").write_text("mine")
    bench = Workbench(synchronised, language="de")
    bench._marks.children[1].children[0].click()
    assert "nicht leer" in bench.status.value
    assert bench.workspace is synchronised


def test_the_own_workspace_is_offered_where_it_is_safe(tmp_path, local):
    with open_workspace(tmp_path / "OneDrive" / "practice") as practice:
        practice.change_settings(practice=True)
        bench = Workbench(practice, language="de")
        assert bench._home.value == str(local.with_name("workspace"))
        assert len(bench._marks.children) == 1
        bench._home.value = " "
        with bench.trying():
            bench._create()
        assert "Kein Ordner angegeben" in bench.status.value


def test_counts_follow_a_number_of_ones_own_and_the_draft_stays_open(workspace):
    workspace.drafts.add(Draft(id="third", text="Lang " * 20, versions=(Version(account="x"),)))
    bench = Workbench(workspace, language="de")
    bench.draft.model.open("third")
    bench.networks.chosen = "x"
    bench.networks.set_rule("text", "50")
    assert bench.draft.model.draft.id == "third"
    assert "zu viel" in bench.draft._accounts._rows["x"]._meter.value
    assert bench._tabs.children[0] is bench.draft


def test_the_language_can_be_switched_where_nothing_can_be_stored(workspace, monkeypatch):
    bench = Workbench(workspace, language="en")
    monkeypatch.setattr(type(workspace._database), "writing", refuse)
    bench._switch.value = "de"
    assert "Entwürfe" in bench._tabs.get_title(0)
    assert "darf nicht geschrieben" in bench.status.value


def refuse(_database):
    from smmlib.errors import WorkspaceError
    from smmlib.language import mark

    raise WorkspaceError(mark("The workspace {path} may not be written to; nothing was stored."), path="w")
