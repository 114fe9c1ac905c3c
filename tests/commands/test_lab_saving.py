from copy import deepcopy

import pytest

from smmlib.commands.lab_saving import OURS, leave_outputs_out
from tests.architecture import PROJECT

MODEL = {
    "type": "notebook",
    "content": {
        "cells": [
            {"cell_type": "markdown", "source": "# Hallo"},
            {
                "cell_type": "code",
                "source": "1",
                "outputs": [{"output_type": "stream"}],
                "execution_count": 3,
            },
        ],
        "metadata": {"widgets": {}, "kernelspec": {"name": "python3"}},
    },
}


def test_our_notebooks_are_named_completely():
    assert sorted(OURS) == sorted(path.name for path in (PROJECT / "notebooks").glob("*.ipynb"))


def test_our_notebooks_are_saved_without_outputs():
    model = deepcopy(MODEL)
    leave_outputs_out(model=model, path="notebooks/workbench.ipynb", contents_manager=None)
    assert model["content"]["cells"][1] == {
        "cell_type": "code",
        "source": "1",
        "outputs": [],
        "execution_count": None,
    }
    assert model["content"]["metadata"] == {"kernelspec": {"name": "python3"}}


@pytest.mark.parametrize("path", ["notebooks/mine.ipynb", "workbench.ipynb", "reports/workbench.ipynb"])
def test_other_notebooks_are_saved_as_they_are(path):
    model = deepcopy(MODEL)
    leave_outputs_out(model=model, path=path)
    assert model == MODEL


def test_files_that_are_no_notebooks_pass():
    leave_outputs_out(model={"type": "file", "content": "x"}, path="notebooks/workbench.ipynb")
