"""Notebooks are thin, tell before they show, are stored without outputs, and run."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from tests.architecture import PROJECT

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
NAMES = ["01_draft_posts", "02_test_copy", "03_read_response", "04_plan_and_control", "workbench"]
LONGEST = 10  # lines of a cell


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code_of(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def test_these_are_the_rooms() -> None:
    assert [path.stem for path in NOTEBOOKS] == NAMES


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> NotebookNode:
    return read(request.param)


def test_it_is_valid_and_stored_without_outputs(notebook: NotebookNode) -> None:
    nbformat.validate(notebook)
    assert [cell.id for cell in code_of(notebook) if cell.outputs or cell.execution_count] == []
    assert "widgets" not in notebook.metadata


def test_it_begins_with_text_in_both_languages(notebook: NotebookNode) -> None:
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert "**Auf Deutsch:**" in first.source


def test_text_stands_before_what_it_explains(notebook: NotebookNode) -> None:
    kinds = [cell.cell_type for cell in notebook.cells if "parameters" not in tags(cell)]
    assert not any(kinds[i : i + 3] == ["code"] * 3 for i in range(len(kinds)))


def test_it_has_one_cell_of_parameters_that_are_plain_values(notebook: NotebookNode) -> None:
    cells = [cell for cell in code_of(notebook) if "parameters" in tags(cell)]
    assert len(cells) == 1
    body = ast.parse(cells[0].source).body
    assert all(isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant) for line in body)


def test_its_cells_are_thin(notebook: NotebookNode) -> None:
    for cell in code_of(notebook):
        assert len(cell.source.splitlines()) <= LONGEST, cell.id
        assert not cell.source.lstrip().startswith(("%", "!", "?")), cell.id
        parts = list(ast.walk(ast.parse(cell.source)))
        assert not any(isinstance(part, (ast.FunctionDef, ast.ClassDef, ast.Lambda)) for part in parts), (
            cell.id
        )


def test_it_can_be_done_without_the_panel(notebook: NotebookNode) -> None:
    headings = [cell.source.splitlines()[0] for cell in notebook.cells if cell.cell_type == "markdown"]
    assert any(heading.startswith("## Without the panel") for heading in headings)
    assert "panels" not in notebook.cells[-1].source


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path, language: str, practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMM_WORKSPACE", str(practice))
    monkeypatch.setenv("SMM_LANGUAGE", language)
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    monkeypatch.setenv("PYTHONWARNINGS", "error:::smmlib")
    notebook = read(path)
    run = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}})
    run.execute()
    shown = [output for cell in code_of(notebook) for output in cell.outputs]
    assert any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in shown)
    assert [output.text for output in shown if output.get("name") == "stderr"] == []
