"""Days in rows of seven with entries that are opened and moved by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t


class CalendarGrid(anywidget.AnyWidget):
    """A month or a week. Alt and an arrow key move the entry that has the focus by a day or a week.

    Args:
        open: Called with the id of an entry that is clicked.
        move: Called with the id of an entry and by how many days it is to move.

    Attributes:
        days: One mapping a day: label, inside, today, holidays, periods, entries; of an entry id, time,
            title, channel, colour, mark ("bad", "warn" or ""), held, done, label.
        weekdays: Names of the columns.
        chosen: Id of the entry that is open.
    """

    _esm = Path(__file__).with_name("calendar_grid.js")

    days: t.List[dict[str, Any]] = t.List().tag(sync=True)
    weekdays: t.List[str] = t.List().tag(sync=True)
    chosen = t.Unicode("").tag(sync=True)

    def __init__(self, open: Callable[[str], None], move: Callable[[str, int], None]) -> None:
        super().__init__()
        self.add_class("smm-calendar")
        self._open, self._move = open, move
        self.on_msg(self._told)

    def _told(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        if "open" in content:
            self._open(str(content["open"]))
        elif "move" in content:
            self._move(str(content["move"]), int(content["days"]))
