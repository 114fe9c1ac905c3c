"""A form over a collection of the workspace: choose a record, change its fields, every change is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import ipywidgets as w
import traitlets as t

from smmlib.panels import kit
from smmlib.record import KeptRecord
from smmlib.workspace import Collection

R = TypeVar("R", bound=KeptRecord)
Converter = tuple[Callable[[Any], Any], Callable[[Any], Any]]


class RecordForm(w.VBox, Generic[R]):
    """List of the records on the left, fields of the chosen one on the right.

    Args:
        panel: Panel the form stands in.
        collection: Where the records are kept.
        name_of: What the list calls a record.
        fresh: Makes a new record when the user asks for one.
        controls: Field of the record to the control that shows and changes it.
        converters: Field to (what the control shows, what the record keeps), where the two differ.

    Attributes:
        changed: Counts the changes made here; observe it to refresh what depends on the records.
    """

    changed = t.Int(0)

    def __init__(
        self,
        panel: kit.Panel,
        collection: Collection[R],
        *,
        name_of: Callable[[R], str],
        fresh: Callable[[], R],
        controls: Mapping[str, w.Widget],
        converters: Mapping[str, Converter] | None = None,
    ) -> None:
        self.panel, self.collection = panel, collection
        self._name_of, self._fresh, self._controls = name_of, fresh, dict(controls)
        self._converters = dict(converters or {})
        self._filling = False
        self._record: R | None = None
        self._removed = ""
        self._list = kit.field(w.Select(description=panel.say("Choose"), rows=12), "smm-records")
        self._undo = panel.button(panel.say("Undo"), self._step_back, look="small")
        buttons = kit.row(
            panel.button(panel.say("New"), self._add, look="primary small"),
            self._undo,
            panel.button(panel.say("Remove"), self._remove, look="small"),
        )
        self._empty = kit.html(kit.empty(panel.say("Nothing here yet"), panel.say("Start with “New”.")))
        self._fields = kit.stack(*self._controls.values())
        parts = kit.columns(
            kit.stack(buttons, self._list), kit.stack(self._empty, self._fields), name="smm-form"
        )
        super().__init__([parts])
        for field, control in self._controls.items():
            control.observe(lambda c, field=field: self._typed(field, c["new"]), "value")
        self._list.observe(self._chosen, "value")
        self.show()

    def show(self, choose: str = "") -> None:
        """Read the records again and show the chosen one."""
        records = sorted(self.collection.list(), key=lambda r: self._name_of(r).casefold())
        wanted = choose or (self._record.id if self._record else "")
        self._record = next((r for r in records if r.id == wanted), records[0] if records else None)
        self._filling = True
        self._list.options = [(self._name_of(r), r.id) for r in records]
        if self._record is not None:
            self._list.value = self._record.id
            for field, control in self._controls.items():
                show, _ = self._converters.get(field, (_same, _same))
                control.value = show(getattr(self._record, field))
        self._undo.disabled = not self._removed and not self._has_past()
        self._filling = False
        kit.show_if(self._empty, self._record is None)
        kit.show_if(self._fields, self._record is not None)

    def _has_past(self) -> bool:
        return self._record is not None and len(self.collection.history(self._record.id)) > 1

    def _typed(self, field: str, value: object) -> None:
        if self._filling or self._record is None:
            return
        with self.panel.trying():
            self.panel.status.clear()
            _, keep = self._converters.get(field, (_same, _same))
            self.collection.update(self._record.replace(**{field: keep(value)}))
            self._removed = ""
            self.show()
            self.changed += 1

    def _add(self) -> None:
        record = self.collection.add(self._fresh())
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
        changed = self._removed or (self._record.id if self._record else "")
        past = self.collection.history(changed) if changed else ()
        if len(past) > 1:
            self.collection.revert(changed, past[-2].number)
            self._removed = ""
            self.show(changed)
            self.changed += 1

    def _chosen(self, change: dict[str, str]) -> None:
        if not self._filling and change["new"]:
            self.show(change["new"])


def _same(value: Any) -> Any:
    return value
