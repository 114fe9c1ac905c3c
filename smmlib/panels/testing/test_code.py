"""Python that leaves in `result` what the test panel shows."""

from __future__ import annotations

from smmlib.panels.testing.test_batch import TestBatch
from smmlib.panels.testing.test_model import TestModel, plain

_OPENING = "import smmlib as smm\n\n"


def code_of(model: TestModel) -> str:
    """Python for what is open: a test of the workspace, of a file, or of the response."""
    workspace = f"workspace = smm.open_workspace({str(model.workspace.path)!r})\n"
    if model.source == "own":
        slots = model.slots
        if slots is not None:
            return f"{_OPENING}{workspace}{slots.code}"
        test_id = model.test.id if model.test else ""
        return f"{_OPENING}{workspace}result = workspace.tests.get({test_id!r}).compare()"
    batch = model.batch
    if batch is None:
        return f"{_OPENING}result = None"
    if model.source == "response":
        words = ", ".join(f"{name}={value!r}" for name, value in model.response_words.items())
        counts = f"counts = smm.experiments.counts_by_variant(workspace.response.table(), {words})\n"
        return f"{_OPENING}{workspace}{counts}{_call(model, batch)}"
    if not model.path:
        return f"import pandas as pd\n{_OPENING}{_literal(model, batch)}{_call(model, batch)}"
    counts = f"counts = smm.experiments.read_counts({model.path!r})\n"
    if batch.lettered:
        where = ", ".join(f"{n}={getattr(batch.columns, n)!r}" for n in ("test", "variant"))
        counts += f"columns = smm.experiments.CountColumns({where})\n"
        counts += f"counts = smm.experiments.lettered(counts, columns, {batch.variant!r})\n"
    return f"{_OPENING}{counts}{_call(model, batch)}"


def _call(model: TestModel, batch: TestBatch) -> str:
    columns = {
        "test": batch.columns.test,
        "variant": batch.variant,
        "trials": batch.columns.trials,
        "successes": batch.columns.successes,
        **batch.terms.settings,
    }
    words = "".join(f"    {name}={value!r},\n" for name, value in columns.items())
    chosen = repr(plain(model.chosen))
    call = f"smm.experiments.compare(\n    counts,\n{words})"
    if model.chosen in (batch.health.tests_inside if batch.health else ()):
        return f"result = smm.experiments.set_aside({call}, [{chosen}]).only({chosen})"
    return f"result = {call}.only({chosen})"


def _literal(model: TestModel, batch: TestBatch) -> str:
    """The counts of the open test, as an upload has no path to read again."""
    columns = [batch.columns.test, batch.variant, batch.columns.trials, batch.columns.successes]
    rows = batch.counts.loc[batch.counts[batch.columns.test] == model.chosen, columns]
    return f"counts = pd.DataFrame({rows.to_dict('list')!r})\n"
