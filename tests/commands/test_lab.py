"""`smm lab`: which folder, which workspace, which port, and a real start."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

import smmlib
from smmlib.commands.lab import choose_workspace
from smmlib.commands.lab_folder import LabFolder, cells_of, copy_notebooks, find_folder
from smmlib.commands.lab_server import LabServer, choose_port, is_free, token_from
from smmlib.commands.speech import asked_language
from smmlib.errors import InvalidValueError, WorkspaceError
from smmlib.workspace.place import STATE, WORKBENCH
from tests.architecture import PROJECT


def write(path: Path, *sources: str, output: str = "") -> Path:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    if output:
        cells[0].outputs = [nbformat.v4.new_output("stream", text=output)]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder of notebooks as they come with the package."""
    write(tmp_path / "smmlib" / "notebooks" / "workbench.ipynb", "first = 1")
    return tmp_path / "smmlib" / "notebooks"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "home" / "notebooks"


# Which folder


def test_a_checkout_is_opened_as_it_is(tmp_path: Path) -> None:
    assert find_folder(PROJECT / "docs", tmp_path) == LabFolder(PROJECT)
    assert list(tmp_path.iterdir()) == []


def test_smmlib_installed_from_a_checkout_opens_it_from_anywhere(tmp_path: Path) -> None:
    assert find_folder(tmp_path, tmp_path).start == PROJECT / "notebooks" / "workbench.ipynb"


def test_without_a_checkout_the_notebooks_are_copied_into_the_users_home(shipped: Path) -> None:
    home = shipped.parents[1] / "home"
    folder = find_folder(home.parent, home, package=shipped.parent)
    assert folder == LabFolder(home / WORKBENCH)
    assert folder.start.read_bytes() == (shipped / "workbench.ipynb").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="a file in the way is reported differently on Windows")
def test_a_home_that_cannot_be_written_is_reported(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorkspaceError, match=r"The notebooks cannot be copied to .* start smm lab as a user"):
        find_folder(tmp_path, tmp_path / "file", package=shipped.parent)


def test_a_new_version_replaces_what_nobody_changed(shipped: Path, target: Path) -> None:
    copy_notebooks(shipped, target)
    write(target / "workbench.ipynb", "first = 1", output="42")  # it was run and saved
    write(shipped / "workbench.ipynb", "second = 2")
    assert copy_notebooks(shipped, target) == ()
    assert cells_of(target / "workbench.ipynb") == cells_of(shipped / "workbench.ipynb")


def test_a_changed_notebook_stays_and_the_new_one_is_put_beside(shipped: Path, target: Path) -> None:
    copy_notebooks(shipped, target)
    mine = write(target / "workbench.ipynb", "mine = 1").read_bytes()
    write(shipped / "workbench.ipynb", "second = 2")
    news = copy_notebooks(shipped, target)
    beside = f"workbench-{smmlib.__version__}.ipynb"
    assert [message.text() for message in news] == [
        f"workbench.ipynb was changed by you and stays as it is; the new one is {beside}."
    ]
    assert (target / "workbench.ipynb").read_bytes() == mine
    assert cells_of(target / beside) == cells_of(shipped / "workbench.ipynb")
    assert copy_notebooks(shipped, target) == ()


def test_a_changed_notebook_is_left_alone_while_nothing_new_comes(shipped: Path, target: Path) -> None:
    copy_notebooks(shipped, target)
    mine = write(target / "workbench.ipynb", "mine = 1").read_bytes()
    assert copy_notebooks(shipped, target) == ()
    assert (target / "workbench.ipynb").read_bytes() == mine
    assert [path.name for path in target.glob("*.ipynb")] == ["workbench.ipynb"]


def test_a_notebook_that_was_there_before_is_kept(shipped: Path, target: Path) -> None:
    mine = write(target / "workbench.ipynb", "somebody's = 1").read_bytes()
    assert len(copy_notebooks(shipped, target)) == 1
    assert (target / "workbench.ipynb").read_bytes() == mine


def test_a_deleted_notebook_comes_back(shipped: Path, target: Path) -> None:
    copy_notebooks(shipped, target)
    (target / "workbench.ipynb").unlink()
    copy_notebooks(shipped, target)
    assert (target / "workbench.ipynb").is_file()


@pytest.mark.parametrize("damaged", ["", "[]", '{"cells": 1}', "no json"])
def test_a_damaged_notebook_is_not_replaced(shipped: Path, target: Path, damaged: str) -> None:
    target.mkdir(parents=True)
    (target / "workbench.ipynb").write_text(damaged, "utf-8")
    copy_notebooks(shipped, target)
    assert (target / "workbench.ipynb").read_text("utf-8") == damaged


# Which workspace


def make(workspace: Path) -> Path:
    workspace.mkdir(parents=True)
    (workspace / STATE).touch()
    return workspace


def test_the_workspace_that_was_named_is_opened_absolutely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMM_WORKSPACE", "team/ours")
    make(tmp_path / "data" / "workspace")
    assert choose_workspace(LabFolder(tmp_path), "en") == (tmp_path / "team" / "ours", "")


def test_the_users_own_workspace_comes_before_the_practice_company(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SMM_WORKSPACE", raising=False)
    practice = make(tmp_path / "data" / "practice")
    place, note = choose_workspace(LabFolder(tmp_path), "de")
    assert place == practice
    assert note == " (Übungsfirma, alle Angaben sind erfunden)"
    own = make(tmp_path / "data" / "workspace")
    assert choose_workspace(LabFolder(tmp_path), "de") == (own, "")


# Which port, token, language


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_reported(taken: int) -> None:
    assert not is_free(taken)
    with pytest.raises(InvalidValueError, match=f"Port {taken} is in use. Choose another with --port"):
        choose_port(taken)


def test_without_a_port_a_free_one_is_found(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smmlib.commands.lab_server.USUAL_PORT", taken)
    port = choose_port(None)
    assert port != taken
    assert is_free(port)


def test_the_token_is_the_users_or_cannot_be_guessed() -> None:
    assert token_from({"JUPYTER_TOKEN": "workshop"}) == "workshop"
    tokens = {token_from({}) for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32


@pytest.mark.parametrize("root_user", [True, False])
def test_the_command_line_of_jupyter(tmp_path: Path, root_user: bool) -> None:
    notebook = tmp_path / "notebooks" / "my bench.ipynb"
    server = LabServer(tmp_path, notebook, 9000, "secret", browser=False)
    line = server.arguments("layouts", root_user=root_user)
    assert "--ServerApp.ip=127.0.0.1" in line
    assert f"--ServerApp.allow_root={root_user}" in line
    assert "--LabApp.default_url=/lab/tree/notebooks/my%20bench.ipynb" in line
    assert not any("secret" in part for part in line)
    assert "secret" not in repr(server)
    assert server.url == "http://127.0.0.1:9000/lab/tree/notebooks/my%20bench.ipynb?token=secret"


def test_the_language_of_the_command_line() -> None:
    assert asked_language({}) == asked_language({"SMM_LANGUAGE": ""}) == "en"
    assert asked_language({"SMM_LANGUAGE": "de"}) == "de"
    with pytest.raises(InvalidValueError, match="SMM_LANGUAGE is 'fr'; set it to one of de, en"):
        asked_language({"SMM_LANGUAGE": "fr"})


# A real start


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    shutil.copytree(PROJECT / "notebooks", tmp_path / "notebooks")
    return tmp_path


def start(project: Path, port: int) -> subprocess.Popen[str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "SMM_", "XDG_"))}
    own = {
        "HOME": str(project / "home"),
        "JUPYTER_PORT": str(port),
        "JUPYTER_TOKEN": "a-token-of-mine",
        "PYTHONPATH": str(PROJECT),
        "SMM_WORKSPACE": str(project / "team"),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "smmlib", "lab", "--no-browser"],
        cwd=project, env=inherited | own, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


def ask(port: int, what: str, token: str) -> dict[str, object]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{what}")
    request.add_header("Authorization", f"token {token}")
    with urllib.request.urlopen(request, timeout=5) as answer:
        content: dict[str, object] = json.load(answer)
        return content


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while is_free(port) and time.monotonic() < deadline:
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C cannot be sent to one process on Windows")
def test_it_starts_lets_in_by_token_only_asks_nobody_and_stops(project: Path) -> None:
    port = choose_port(None)
    process = start(project, port)
    try:
        wait_for(port)
        assert "version" in ask(port, "api", "a-token-of-mine")
        with pytest.raises(urllib.error.HTTPError, match="403"):
            ask(port, "api/contents", "another")
        news = ask(port, "lab/api/settings/@jupyterlab/apputils-extension:notification", "a-token-of-mine")
        assert '"fetchNews"' in json.dumps(news["schema"])
        assert news["schema"]["properties"]["fetchNews"]["default"] == "false"  # type: ignore[index]
        kernels = ask(
            port, "lab/api/settings/@jupyterlab/apputils-extension:kernels-settings", "a-token-of-mine"
        )
        # Else what is typed while a panel works can reach it in another thread, after the next click.
        comms = kernels["schema"]["properties"]["commsOverSubshells"]  # type: ignore[index]
        assert comms["default"] == "disabled"
    finally:
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert printed.count("a-token-of-mine") == 1
    assert f"Workspace: {project / 'team'}" in printed
    assert not (project / "home" / ".jupyter").exists()
