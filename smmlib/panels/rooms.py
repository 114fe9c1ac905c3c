"""Tabs whose content is made when it is first opened and follows only while it is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ipywidgets as w


@dataclass(frozen=True, slots=True)
class Room:
    """One tab.

    Attributes:
        title: What stands on the tab.
        name: Class of its content, e.g. for browser tests.
        make: Makes the content.
        show: Brings the content up to date; it is given the content.
    """

    title: str
    name: str
    make: Callable[[], w.Widget]
    show: Callable[[w.Widget], None] = lambda _content: None


class Rooms(w.Tab):
    """Several rooms, one of them open. A room nobody opens costs nothing."""

    def __init__(self, rooms: Sequence[Room]) -> None:
        self._rooms = tuple(rooms)
        super().__init__([w.Box() for _ in self._rooms], selected_index=0)
        for index, room in enumerate(self._rooms):
            self.set_title(index, room.title)
            self.children[index].add_class(room.name)
            self.children[index].add_class("smm-stack")
        self.observe(self.show, "selected_index")

    def show(self, _change: object = None) -> None:
        """Bring the open room up to date."""
        index = self.selected_index or 0
        place, room = self.children[index], self._rooms[index]
        if not place.children:
            place.children = (room.make(),)
        room.show(place.children[0])

    @property
    def content(self) -> w.Widget | None:
        """What the open room holds, or None before it was shown."""
        place = self.children[self.selected_index or 0]
        return place.children[0] if place.children else None

    def enter(self, name: str) -> w.Widget:
        """Open the room of that name and return its content."""
        index = next(i for i, room in enumerate(self._rooms) if room.name == name)
        self.selected_index = index
        self.show()
        return self.children[index].children[0]
