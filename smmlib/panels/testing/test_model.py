"""What the test panel knows: the source of the counts, the open test, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import traitlets as t

from smmlib import experiments
from smmlib.errors import ConflictError, InvalidValueError, SmmError
from smmlib.experiments import Arm, Comparison, CopyTest, CountColumns
from smmlib.language import mark
from smmlib.panels.saving import Later
from smmlib.panels.testing.slot_outcome import SlotOutcome, slot_outcome
from smmlib.panels.testing.test_batch import Terms, TestBatch
from smmlib.record import new_id

if TYPE_CHECKING:
    from smmlib.workspace import Workspace

SOURCES = ("own", "file", "response")
SETTING = "tests"
PAGE = 50


class TestModel(t.HasTraits):
    """The open test and the list it comes from. Holds no widgets, so tests need no notebook.

    What is typed is stored at once; `undo` walks back through what is stored, so it works after a
    restart too. The panel opens as it was left: source, file path and open test are kept.

    Attributes:
        source: Where the counts come from: the workspace's "own" tests, a "file" or the "response".
        test: The open one of the workspace's tests, or None.
        tests: The workspace's tests.
        batch: The tests of the file or the response, or None while there are none.
        chosen: Name of the open test of the batch, or None.
        query: Words the list is searched for.
        decision: What the list is narrowed to, one of `test_batch.DECISIONS`.
        period: Period the list is narrowed to, or "".
        order: How the list is sorted, one of `test_batch.ORDERS`.
        page: Page of the list, from 0.
        news: What happened without being asked for; the panel shows it.
        unsaved: Why what is open could not be kept yet, None when it is.
    """

    source = t.Enum(SOURCES, "own")
    test = t.Instance(CopyTest, allow_none=True)
    tests = t.Tuple()
    batch = t.Instance(TestBatch, allow_none=True)
    chosen = t.Any(allow_none=True)
    query = t.Unicode("")
    decision = t.Unicode("")
    period = t.Unicode("")
    order = t.Unicode("lead")
    page = t.Int(0)
    news = t.Unicode("")
    unsaved = t.Instance(SmmError, allow_none=True)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.path = ""
        self._batches: dict[str, TestBatch | None] = {"file": None, "response": None}
        self._response: dict[str, str] = {}
        self._past: list[CopyTest] = []
        self._number = 0
        self._removed = ""
        self._later = Later(self.save, partial(setattr, self, "unsaved"))
        self.refresh()
        self._restore()
        if self.test is None and self.tests:
            self.open(self.tests[0].id)
        self.observe(self._to_first_page, names=["query", "decision", "period", "order", "batch"])
        self.observe(self._switch, names=["source"])
        self.observe(lambda _change: self._later.soon(), names=["source", "test", "chosen"])

    # --- own tests
    def refresh(self) -> None:
        """Read the workspace's tests again, as another kernel may have changed them."""
        self.tests = self.workspace.tests.list()

    def open(self, test_id: str) -> None:
        """Open one of the workspace's tests."""
        history = self.workspace.tests.history(test_id)
        self._number = history[-1].number
        self._past = [state.record for state in history[:-1] if state.record is not None]
        self.test = history[-1].record

    def new(self, name: str) -> None:
        """Open a fresh test with two variants, A and B."""
        arms = (Arm(variant="A"), Arm(variant="B"))
        test = self.workspace.tests.add(CopyTest(name=name, arms=arms))
        self.refresh()
        self.open(test.id)

    def remove(self) -> None:
        """Take the open test off the list; it stays in the history."""
        if self.test is not None:
            self._removed = self.test.id
            self.workspace.tests.remove(self._removed)
            self.test = None
            self.refresh()
            if self.tests:
                self.open(self.tests[0].id)

    def bring_back(self) -> None:
        """Put the test removed last on the list again."""
        if self._removed:
            tests = self.workspace.tests
            tests.revert(self._removed, tests.history(self._removed)[-2].number)
            self.refresh()
            self.open(self._removed)
            self._removed = ""

    @property
    def can_bring_back(self) -> bool:
        """True when a test was removed in this session."""
        return bool(self._removed)

    @property
    def can_undo(self) -> bool:
        """True when the open test has an earlier state."""
        return bool(self._past)

    def edit(self, **changes: Any) -> None:
        """Change fields of the open test and store it.

        If another kernel changed it meanwhile, this state is kept as a test of its own and `news` says so.

        Raises:
            InvalidRecordError: A value does not fit; nothing is stored.
        """
        if self.test is None:
            return
        before, changed = self.test, self.test.replace(**changes)
        if changed == before:
            return
        try:
            self._store(changed)
        except ConflictError:
            copy = self.workspace.tests.add(changed.replace(id=new_id(), name=f"{changed.name} (2)"))
            self.refresh()
            self.open(copy.id)
            self.news = mark(
                "This test was changed elsewhere meanwhile; your figures are kept as a test of their own."
            )
            return
        self._past.append(before)
        self.refresh()

    def edit_arm(self, index: int, **changes: Any) -> None:
        """Change one variant of the open test."""
        if self.test is not None:
            arms = list(self.test.arms)
            arms[index] = arms[index].replace(**changes)
            self.edit(arms=tuple(arms))

    def add_arm(self) -> None:
        """Add a variant named by the next free letter."""
        if self.test is not None:
            names = {arm.variant for arm in self.test.arms}
            letters = (chr(65 + i) for i in range(26))
            name = next((letter for letter in letters if letter not in names), "")
            self.edit(arms=(*self.test.arms, Arm(variant=name)))

    def drop_arm(self, index: int) -> None:
        """Remove a variant; a control that goes is no control any more."""
        if self.test is not None:
            gone = self.test.arms[index].variant
            arms = tuple(arm for i, arm in enumerate(self.test.arms) if i != index)
            self.edit(arms=arms, control="" if self.test.control == gone else self.test.control)

    def note(self, *, look: bool = False) -> None:
        """Note the counts of now as the sums since the start of the test.

        Args:
            look: Whether the test is judged now.

        Raises:
            SmmError: A count is missing or fell, or the last look was the end of the test.
        """
        if self.test is not None:
            noted = self.test.noted(self.workspace.now(), look=look)
            self.edit(readings=noted.readings)

    def drop_reading(self) -> None:
        """Take the last note back."""
        if self.test is not None and self.test.readings:
            self.edit(readings=self.test.readings[:-1])

    def undo(self) -> None:
        """Go back to the state before."""
        if self.test is not None and self._past:
            self._store(self._past[-1])
            self._past.pop()
            self.refresh()

    def _store(self, test: CopyTest) -> None:
        self.workspace.tests.update(test, expected=self._number)
        self._number = self.workspace.tests.revision(test.id)
        self.test = test

    # --- many tests
    def read_file(self, source: str | bytes, name: str = "") -> None:
        """Read a file of counts; its columns are guessed.

        Args:
            source: A path, or the bytes of an upload.
            name: File name of an upload.

        Raises:
            UnreadableFileError: It cannot be read as a table.
        """
        if isinstance(source, str) and not source.strip():
            raise InvalidValueError(mark("No file is chosen; choose one or type its path."))
        path = "" if isinstance(source, bytes) else str(Path(source.strip()).expanduser())
        table = experiments.read_counts(source if isinstance(source, bytes) else path, name=name)
        self.path, self._table = path, table
        self._file_name = name or Path(path).name
        self.use_columns(experiments.guess_columns(table))

    @property
    def headings(self) -> tuple[str, ...]:
        """Columns of the file that was read."""
        table = getattr(self, "_table", None)
        return () if table is None else tuple(map(str, table.columns))

    @property
    def columns(self) -> CountColumns:
        """Columns of the file in use, as far as they are known."""
        return getattr(self, "_columns", CountColumns())

    def use_columns(self, columns: CountColumns) -> None:
        """Compare the tests of the file by these columns; while one is missing there is no batch."""
        self._columns = columns
        held = self._batches["file"]
        terms = replace(held.terms, control="") if held else Terms()
        if columns.missing:
            self._take("file", None)
        else:
            self._take("file", TestBatch(self._table, columns, self._file_name, terms))

    def read_response(self, trials: str, successes: str, by: str) -> None:
        """Compare the posts of each campaign by variant or label, as history.

        Args:
            trials: Metric id counted as shown.
            successes: Metric id counted as a response.
            by: "variant" or a kind of label.
        """
        self._response = {"trials": trials, "successes": successes, "by": by}
        table = experiments.counts_by_variant(self.workspace.response.table(), **self._response)
        held = self._batches["response"]
        terms = held.terms if held else Terms(design="history")
        columns = CountColumns("test", "variant", "trials", "successes")
        name = f"{by}: {successes} / {trials}"
        self._take("response", TestBatch(table, columns, name, terms) if len(table) else None)

    def found(self) -> pd.DataFrame:
        """Tests of the batch that fit the filters, sorted: all pages."""
        if self.batch is None:
            return pd.DataFrame(columns=["test"])
        return self.batch.find(self.query, self.decision, self.period, self.order)

    def _take(self, source: str, batch: TestBatch | None) -> None:
        self._batches[source] = batch
        if self.source == source:
            self._show_batch()

    def _switch(self, _change: object) -> None:
        self._show_batch()

    def _show_batch(self) -> None:
        batch = self._batches.get(self.source)
        with self.hold_trait_notifications():
            self.query = self.decision = self.period = ""
            self.order = "lead"
            self.chosen = None
            self.batch = batch
            if batch is not None:
                first = batch.find().head(1)["test"]
                self.chosen = first.iloc[0] if len(first) else None

    def _to_first_page(self, _change: object) -> None:
        self.page = 0

    # --- terms
    @property
    def terms(self) -> Terms:
        """Design, control, confidence, dispersion and smallest lift of what is shown."""
        if self.source != "own":
            return self.batch.terms if self.batch else Terms()
        test = self.test
        if test is None:
            return Terms()
        return Terms(test.design, test.control, test.confidence, test.dispersion, test.smallest_lift)

    def set_terms(self, **changes: Any) -> None:
        """Change design, control, confidence or dispersion; typed tests keep them.

        Raises:
            SmmError: A value lies outside its range; nothing changes.
        """
        if self.source == "own":
            self.edit(**changes)
        elif self.batch is not None:
            batch = self.batch.under(replace(self.batch.terms, **changes))
            _ = batch.comparison  # what cannot be compared is refused before it is shown
            self._batches[self.source] = batch
            self.batch = batch

    # --- what follows
    @property
    def result(self) -> Comparison | None:
        """The open test compared, or None while there is none."""
        if self.source == "own":
            return self.test.compare() if self.test is not None and self.test.arms else None
        if self.batch is None or self.chosen is None:
            return None
        return self.batch.comparison.only(self.chosen)

    @property
    def slots(self) -> SlotOutcome | None:
        """The open test as one of matched slots or periods; None if it has no drawn assignment."""
        if self.source != "own" or self.test is None:
            return None
        return slot_outcome(self.test, self.workspace)

    @property
    def as_independent(self) -> Comparison | None:
        """The open test as if its counts were independent coin flips, where they are known not to be."""
        result = self.result
        if result is None or result.dispersion == 1 or result.tests["decision"].iloc[0] == "invalid":
            return None
        if self.source == "own":
            return self.test.replace(dispersion=1.0).compare() if self.test else None
        if self.batch is None:
            return None
        return self.batch.under(replace(self.batch.terms, dispersion=1.0)).compared.only(self.chosen)

    def data(self) -> pd.DataFrame:
        """The rows behind what is shown: one per variant of the open test."""
        slots = self.slots
        if slots is not None:
            return slots.values
        result = self.result
        return pd.DataFrame() if result is None else result.to_frame()

    @property
    def code(self) -> str:
        """Python that leaves the same result in `result`, without the panel."""
        from smmlib.panels.testing.test_code import code_of

        return code_of(self)

    @property
    def response_words(self) -> dict[str, str]:
        """What was chosen of the response: trials, successes, by."""
        return self._response

    # --- kept
    def save(self) -> None:
        """Keep in the workspace what is open."""
        if self.workspace.read_only:
            return
        state = {"source": self.source, "test": self.test.id if self.test else "", "path": self.path}
        state["chosen"] = plain(self.chosen)
        views = self.workspace.settings.views
        if views.get(SETTING) != state:
            self.workspace.change_settings(views={**views, SETTING: state})

    def _restore(self) -> None:
        state = self.workspace.settings.views.get(SETTING, {})
        known = {test.id for test in self.tests}
        if state.get("test") in known:
            self.open(str(state["test"]))
        if state.get("source") == "file" and state.get("path"):
            try:
                self.source = "file"
                self.read_file(str(state["path"]))
                self._show_batch()
                if self.batch is not None and state.get("chosen") in set(self.batch.overview["test"]):
                    self.chosen = state["chosen"]
            except SmmError:
                self.source = "own"  # the file has gone or changed since


def plain(value: Any) -> Any:
    """A value of numpy as one of Python."""
    return value.item() if hasattr(value, "item") else value
