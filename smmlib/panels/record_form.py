"""A form over a collection of the workspace: choose a record, change its fields, every change is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import ipywidgets as w
import traitlets as t

from smmlib.errors import ConflictError, SmmError
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.entry import Entry, Guidance, sectioned
from smmlib.record import KeptRecord
from smmlib.workspace import Collection

R = TypeVar("R", bound=KeptRecord)
Converter = tuple[Callable[[Any], Any], Callable[[Any], Any]]


class RecordForm(w.VBox, Generic[R]):
    """List of the records on the left, fields of the chosen one on the right.

    What does not fit is said at its field and stays there to be corrected; the record keeps what it was.

    Args:
        panel: Panel the form stands in.
        collection: Where the records are kept.
        name_of: What the list calls a record.
        fresh: Makes a new record when the user asks for one.
        controls: Field of the record to the control that shows and changes it.
        converters: Field to (what the control shows, what the record keeps), where the two differ.
        guidance: Help, headings and checks; None for none.

    Attributes:
        changed: Counts the changes made here; observe it to refresh what depends on the records.
    """

    changed = t.Int(0)

    def __init__(  # noqa: PLR0913
        self,
        panel: kit.Panel,
        collection: Collection[R],
        *,
        name_of: Callable[[R], str],
        fresh: Callable[[], R],
        controls: Mapping[str, w.Widget],
        converters: Mapping[str, Converter] | None = None,
        guidance: Guidance | None = None,
    ) -> None:
        self.panel, self.collection = panel, collection
        self._name_of, self._fresh, self._guidance = name_of, fresh, guidance or Guidance()
        self._controls, self._converters = dict(controls), dict(converters or {})
        self._entries = {
            name: Entry(control, self._guidance.help.get(name, "")) for name, control in controls.items()
        }
        self._filling = False
        self._record: R | None = None
        self._removed, self._at = "", 0
        self._undone: list[int] = []
        super().__init__([self._layout()])
        for field, control in self._controls.items():
            control.observe(lambda c, field=field: self._typed(field, c["new"]), "value")
        self._list.observe(self._chosen, "value")
        self.show()

    def _layout(self) -> w.Widget:
        panel, say = self.panel, self.panel.say
        self._list = kit.field(w.Select(description=say("Choose"), rows=12), "smm-records")
        self._undo = panel.button(say("Undo"), self._step_back, look="small")
        self._redo = panel.button(say("Redo"), self._step_forward, look="small")
        buttons = kit.row(
            panel.button(say("New"), self._add, look="primary small"),
            self._undo,
            self._redo,
            panel.button(say("Remove"), self._remove, look="small"),
        )
        self._empty = kit.html(kit.empty(say("Nothing here yet"), say("Start with “New”.")))
        sections, entries = self._guidance.sections, list(self._entries.values())
        self._fields = kit.stack(*(entries if sections is None else sectioned(self._entries, sections)))
        self._beside = kit.stack(buttons, self._list)
        return kit.columns(self._beside, kit.stack(self._empty, self._fields), name="smm-form")

    @property
    def record(self) -> R | None:
        """The chosen record, as it is kept."""
        return self._record

    def show(self, choose: str = "") -> None:
        """Read the records again and show the chosen one."""
        records = sorted(self.collection.list(), key=lambda r: self._name_of(r).casefold())
        before = self._record.id if self._record else ""
        wanted = choose or before
        self._record = next((r for r in records if r.id == wanted), records[0] if records else None)
        self._filling = True
        self._list.options = [(self._name_of(r), r.id) for r in records]
        if self._record is not None:
            self._list.value = self._record.id
            self._fill(self._record, another=self._record.id != before)
        self._filling = False
        self._undo.disabled = not self._removed and not self._past()
        self._redo.disabled = not self._undone
        kit.show_if(self._empty, self._record is None)
        kit.show_if(self._fields, self._record is not None)

    def _fill(self, record: R, *, another: bool) -> None:
        if another:
            self._at, self._undone = self.collection.revision(record.id), []
        found = list(self._guidance.judge(record))
        for field, control in self._controls.items():
            show, _ = self._converters.get(field, (_same, _same))
            control.value = show(getattr(record, field))
            if another and hasattr(control, "forget"):
                control.forget()
            self._entries[field].tell((f for f in found if f.rule == field), self.panel.language)

    def _past(self) -> list[int]:
        """Numbers of the states before the one that is shown, oldest first; removals are none."""
        if self._record is None:
            return []
        history = self.collection.history(self._record.id)
        return [r.number for r in history if r.record is not None and r.number < self._at]

    def _typed(self, field: str, value: object) -> None:
        if self._filling or self._record is None:
            return
        with self.panel.trying():
            self.panel.status.clear()
            try:
                self._keep(field, value)
            except SmmError as problem:
                self._entries[field].refuse(problem.text(self.panel.language))
                raise

    def _keep(self, field: str, value: object) -> None:
        """Store one field on top of what is stored now, so that nobody else's change is lost."""
        assert self._record is not None
        _, keep = self._converters.get(field, (_same, _same))
        stored, shown = self.collection.get(self._record.id), self._record
        changed = stored.replace(**{field: keep(value)})
        if getattr(stored, field) != getattr(shown, field) and changed != stored:
            self._record = stored
            raise ConflictError(
                mark(
                    "This was changed elsewhere meanwhile, to {value}. Change it once more to replace that."
                ),
                value=str(getattr(stored, field)),
            )
        self.collection.update(changed)
        self._removed = ""
        self._at, self._undone = self.collection.revision(changed.id), []
        self.show()
        self.changed += 1

    def _add(self) -> None:
        self.put(self._fresh())

    def put(self, record: R) -> None:
        """Store a record, new or changed, and show it."""
        self.collection.keep(record)
        self._record = None
        self.show(record.id)
        self.changed += 1

    def _remove(self) -> None:
        if self._record is not None:
            self._removed = self._record.id
            self.collection.remove(self._removed)
            self._record = None
            self.show()
            self.changed += 1
            self.panel.status.tell(self.panel.say("Removed. “Undo” brings it back."))

    def _step_back(self) -> None:
        if self._removed:
            history = self.collection.history(self._removed)
            self.collection.revert(self._removed, history[-2].number)
            brought_back, self._removed, self._record = self._removed, "", None
            self._shown_again(brought_back)
        elif self._record is not None and (past := self._past()):
            self._undone.append(self._at)
            self._go_to(past[-1])

    def _step_forward(self) -> None:
        if self._record is not None and self._undone:
            self._go_to(self._undone.pop())

    def _go_to(self, number: int) -> None:
        assert self._record is not None
        self.collection.revert(self._record.id, number)
        self._at = number
        self._shown_again(self._record.id)

    def _shown_again(self, id: str) -> None:
        self.show(id)
        self.changed += 1

    def _chosen(self, change: dict[str, str]) -> None:
        if not self._filling and change["new"]:
            self.show(change["new"])


def _same(value: Any) -> Any:
    return value
