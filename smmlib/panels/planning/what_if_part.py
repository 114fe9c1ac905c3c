"""What if: budget shifted, a channel stopped. Everything shown is marked as an assumption."""

from __future__ import annotations

from html import escape

import ipywidgets as w
import numpy as np

from smmlib import planning
from smmlib.drafting.briefing import read_amount
from smmlib.errors import InvalidValueError
from smmlib.language import mark, money
from smmlib.panels import kit
from smmlib.panels.planning.planning_code import SEED
from smmlib.panels.planning.planning_model import PlanningModel
from smmlib.planning import WhatIf


class WhatIfPart(w.VBox):
    """Try a change of the plan; nothing is stored before it is decided.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: PlanningModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self.tried: WhatIf | None = None
        say = panel.say
        self.source, self.target = kit.choice(say("Take from"), []), kit.choice(say("Give to"), [])
        self.amount = kit.field(w.Text(description=say("Amount"), continuous_update=False))
        self.channel = kit.choice(say("or stop a channel"), [])
        shift = panel.button(say("What if it is moved?"), self._shift)
        stop = panel.button(say("What if it is stopped?"), self._stop)
        shift.add_class("smm-what-if-shift")
        self._told = kit.html("", "smm-what-if")
        self.name = kit.field(w.Text(description=say("Name of the revision")))
        decide = panel.button(say("Decide it: keep as a new version"), self._decide)
        self._decision = kit.row(self.name, decide)
        super().__init__(
            [
                kit.row(self.source, self.target, self.amount, shift),
                kit.row(self.channel, stop),
                self._told,
                self._decision,
            ]
        )
        self.add_class("smm-stack")

    def show(self) -> None:
        """Offer the lines and channels of the plan; what was tried on another plan is dropped."""
        version = self.model.need().current
        lines = [(line.name, line.id) for line in version.lines if line.kind != "labour"]
        kit.offer(self.source, lines)
        kit.offer(self.target, lines[1:] + lines[:1])
        kit.offer(self.channel, [(channel.name, channel.id) for channel in version.channels])
        self.tried = None
        self._tell()

    def _shift(self) -> None:
        if not self.amount.value.strip():
            raise InvalidValueError(mark("No amount is typed; say how much is to be moved."))
        amount = read_amount(self.amount.value, self.panel.language)
        model = self.model
        self.tried = planning.shift_budget(
            model.need(), self.source.value, self.target.value, amount, on=model.on, costs=model.board.costs
        )
        self._tell()

    def _stop(self) -> None:
        model = self.model
        self.tried = planning.stop_channel(
            model.need(), self.channel.value or "", on=model.on, costs=model.board.costs
        )
        self._tell()

    def _tell(self) -> None:
        tried, language = self.tried, self.panel.language
        kit.show_if(self._decision, tried is not None)
        if tried is None:
            hint = self.panel.say("Nothing is stored before you decide.")
            kit.put(self._told, f'<div class="smm-note">{escape(hint)}</div>')
            return
        model = self.model
        board = planning.control_board(
            tried.plan,
            model.books.bookings,
            model.books.results,
            on=model.on,
            rng=np.random.default_rng(SEED),
            rates=model.books.rates,
        )
        currency = board.ledger.currency
        after = self.panel.say(
            "Assumption: plan {plan}, estimate at completion {estimate} (now {before}).",
            plan=money(board.lines.whole.plan, currency, language),
            estimate=money(board.estimate, currency, language),
            before=money(model.board.estimate, currency, language),
        )
        lines = "".join(f"<div>{escape(line)}</div>" for line in (*tried.text(language).splitlines(), after))
        mark_ = kit.badge(self.panel.say("Assumption"), "warn")
        kit.put(self._told, f'<div class="smm-verdict">{mark_}{lines}</div>')

    def _decide(self) -> None:
        if self.tried is None:
            return
        name = self.name.value.strip()
        if not name:
            raise InvalidValueError(mark("The revision has no name; say in a word what changed."))
        tried = self.tried.plan.current
        self.model.revise(name, reason=self.tried.change.text(self.panel.language), lines=tried.lines)
        self.name.value = self.amount.value = ""
        self.panel.status.tell(
            self.panel.say("Kept as a new version; what you change from now on is part of it.")
        )
