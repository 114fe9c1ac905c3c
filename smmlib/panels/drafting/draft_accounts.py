"""Where the draft goes: a row for each account with its format, planned time and live count."""

from __future__ import annotations

from html import escape
from zoneinfo import ZoneInfo

import ipywidgets as w

from smmlib.campaign import Account
from smmlib.draft import Version
from smmlib.drafting import AccountSurvey
from smmlib.networks import FORMAT_NAMES
from smmlib.panels import kit
from smmlib.panels.drafting.counts import measure_bar
from smmlib.panels.drafting.draft_model import DraftModel


class DraftAccounts(w.VBox):
    """All accounts; ticked are those the draft goes to."""

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._rows: dict[str, AccountRow] = {}
        super().__init__()
        self.add_class("smm-accounts")
        self.reload()

    def reload(self) -> None:
        """Offer the accounts there are now."""
        accounts = self.model.accounts
        self._rows = {a.id: AccountRow(a, self.model, self.panel) for a in accounts}
        missing = kit.empty(
            self.panel.say("No accounts yet"),
            self.panel.say("Add the accounts you post to in the tab “Accounts”."),
        )
        self.children = tuple(self._rows.values()) or (kit.html(missing),)

    def show(self, surveys: dict[str, AccountSurvey]) -> None:
        """Bring every row up to date; `surveys` by account id."""
        versions = {v.account: v for v in self.model.draft.versions} if self.model.draft else {}
        for account, line in self._rows.items():
            line.show(versions.get(account), surveys.get(account))


class AccountRow(w.Box):
    """One account: tick it, choose the format and the planned time, read the count."""

    def __init__(self, account: Account, model: DraftModel, panel: kit.Panel) -> None:
        self.account, self.model, self.panel = account, model, panel
        network = model.network_of(account)
        name = f"{network.name if network else account.network} {account.handle}"
        self._tick = w.Checkbox(description=name, indent=False)
        self._tick.add_class("smm-check")
        formats = network.formats if network else ("post",)
        self._format = kit.choice(panel.say("Format"), [(panel.say(FORMAT_NAMES[f]), f) for f in formats])
        self._when = kit.field(
            w.NaiveDatetimePicker(description=panel.say("Planned ({zone})", zone=account.time_zone))
        )
        self._meter = kit.html("", "smm-meter-cell")
        super().__init__([self._tick, self._format, self._when, self._meter])
        self.add_class("smm-account-row")
        self.add_class(f"smm-account-{account.network}")
        self._filling = False
        self._tick.observe(self._ticked, "value")
        self._format.observe(lambda c: self._changed(format=c["new"]), "value")
        self._when.observe(self._planned, "value")

    def show(self, version: Version | None, survey: AccountSurvey | None) -> None:
        """Show how the draft goes to this account; None when it does not."""
        self._filling = True
        self._tick.value = version is not None
        if version is not None:
            if version.format in [value for _, value in self._format.options]:
                self._format.value = version.format
            when = version.planned_at
            zone = ZoneInfo(self.account.time_zone)
            self._when.value = when.astimezone(zone).replace(tzinfo=None) if when else None
        self._filling = False
        for part in (self._format, self._when, self._meter):
            kit.show_if(part, version is not None)
        if survey is not None:
            kit.put(self._meter, self.meter(survey))

    def meter(self, survey: AccountSurvey) -> str:
        """Markup of the live count: a bar, used of limit, what remains, in the network's unit."""
        bars = "".join(measure_bar(self.panel, measure) for measure in survey.measures)
        if len(survey.parts) == 1:
            return bars
        thread = self.panel.say("Thread of {count} parts, the longest:", count=len(survey.parts))
        return f'<div class="smm-count">{escape(thread)}</div>{bars}'

    def _ticked(self, change: dict[str, bool]) -> None:
        if self._filling:
            return
        with self.panel.trying():
            if change["new"]:
                self.model.edit_version(self.account.id, format=self._format.value)
            else:
                self.model.drop_version(self.account.id)

    def _changed(self, **changes: str) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.edit_version(self.account.id, **changes)

    def _planned(self, change: dict[str, object]) -> None:
        if not self._filling:
            with self.panel.trying():
                self.panel.status.clear()
                self.model.plan(self.account, change["new"])  # type: ignore[arg-type]
