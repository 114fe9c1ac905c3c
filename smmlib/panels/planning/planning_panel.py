"""The planning panel: plan a campaign, book what it costs, see where it stands and where it leads."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
import pandas as pd

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.panels import kit
from smmlib.panels.place_marks import place_marks
from smmlib.panels.planning.board_room import BoardRoom
from smmlib.panels.planning.booking_room import BookingRoom
from smmlib.panels.planning.calendar_model import CalendarModel
from smmlib.panels.planning.calendar_room import CalendarRoom
from smmlib.panels.planning.conflicts_room import ConflictsRoom
from smmlib.panels.planning.plan_room import PlanRoom
from smmlib.panels.planning.planning_model import PlanningModel
from smmlib.panels.rooms import Room, Rooms
from smmlib.workspace import Workspace


class PlanPanel(kit.Panel):
    """Plan and control of campaigns: budget, targets, bookings and the control board.

    Args:
        workspace: Where everything is kept.
        language: Language of the panel; None takes the workspace's.
    """

    def __init__(self, workspace: Workspace, language: Language | None = None) -> None:
        super().__init__(language=language or workspace.settings.language, name="smm-planning")
        self.model, self.calendar = PlanningModel(workspace), CalendarModel(workspace)
        self._filling = False
        self._which = kit.choice(self.say("Plan"), [])
        self._which.add_class("smm-plan-which")
        self._which.observe(self._open, "value")
        self._chosen = kit.row(self._which)
        self._empty = kit.html("", "smm-plan-empty")
        self._start = self._starting()
        self.rooms = Rooms(self._rooms())
        self.rooms.add_class("smm-planning-rooms")
        self.fill(place_marks(self, workspace), self._chosen, self._empty, self._start, self.rooms)
        self.model.observe(self._show, names=["plan", "plans"])
        self.model.observe(self._follow, names=["plan", "version", "on", "changed"])
        self._show()
        if self.model.plan is not None:
            self.rooms.enter("smm-control-board")

    def _rooms(self) -> list[Room]:
        model = self.model
        return [
            Room(self.say("Plan"), "smm-plan-room", lambda: PlanRoom(model, self), lambda room: room.show()),
            Room(
                self.say("Bookings"),
                "smm-booking-room",
                lambda: BookingRoom(model, self),
                lambda room: room.show(),
            ),
            Room(
                self.say("Control board"),
                "smm-control-board",
                lambda: BoardRoom(model, self),
                lambda room: room.show(),
            ),
            Room(
                self.say("Calendar"),
                "smm-calendar-room",
                lambda: CalendarRoom(self.calendar, self),
                lambda room: room.show(),
            ),
            Room(
                self.say("Conflicts"),
                "smm-conflicts-room",
                lambda: ConflictsRoom(self.calendar, self, self._show_entry),
                lambda room: room.show(),
            ),
        ]

    def _show_entry(self, id: str) -> None:
        """Open an entry in the calendar, in the month it appears in."""
        entry = self.calendar.calendar.get(id)
        if entry is not None:
            self.calendar.day, self.calendar.chosen = entry.local.date(), id
        self.rooms.enter("smm-calendar-room")

    def _starting(self) -> w.Widget:
        """A form to begin a plan, folded up once there is one."""
        self._campaign = kit.choice(self.say("Campaign"), [])
        self._name = kit.field(w.Text(description=self.say("Name of the plan")))
        start = self.button(self.say("Start a plan"), self._begin, look="primary")
        start.add_class("smm-plan-start")
        box = w.Accordion([kit.row(self._campaign, self._name, start)], selected_index=None)
        box.set_title(0, self.say("Start a new plan"))
        return box

    @property
    def code(self) -> str:
        """Python that leaves the control board in `result`, without the panel."""
        return self.model.code

    def data(self) -> pd.DataFrame:
        """The rows behind what is shown: one per budget line."""
        return self.model.data()

    def _show(self, _change: object = None) -> None:
        self._filling = True
        campaigns = [(c.name, c.id) for c in self.model.workspace.campaigns.list()]
        kit.offer(self._campaign, campaigns)
        plan = self.model.plan
        kit.offer(self._which, [(p.name, p.id) for p in self.model.plans], plan.id if plan else None)
        self._filling = False
        kit.show_if(self._chosen, plan is not None)
        kit.show_if(self.rooms, plan is not None)
        kit.show_if(self._empty, plan is None)
        if plan is None:
            hint = (
                self.say("Choose a campaign below; its days become the first phase.")
                if campaigns
                else self.say("Write a campaign brief first: in the room Drafts, under Campaigns.")
            )
            self._empty.value = kit.empty(self.say("No plan yet"), hint)
            self._start.selected_index = 0

    def _follow(self, _change: object) -> None:
        """Bring the open room up to date; the others follow when they are opened."""
        if self.model.plan is not None and self.rooms.content is not None:
            self.rooms.show()

    def _open(self, change: dict[str, Any]) -> None:
        plan = self.model.plan
        if self._filling or not change["new"] or (plan is not None and plan.id == change["new"]):
            return
        with self.trying():
            self.status.clear()
            self.model.open(change["new"])

    def _begin(self) -> None:
        if not self._campaign.value:
            raise InvalidValueError(mark("There is no campaign yet; write a campaign brief first."))
        self.model.start(self._campaign.value, self._name.value)
        self._name.value = ""
        self._start.selected_index = None
        self.rooms.enter("smm-plan-room")
        self.status.tell(self.say("The plan is started; add channels and budget lines."))
