"""One account's version of a draft: its state, its text or thread, its fields, each with a live count."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import ipywidgets as w

from smmlib.campaign import Account
from smmlib.draft import POST_FIELDS, PostField
from smmlib.drafting import AccountSurvey, Drift, WordChange, drifted
from smmlib.language import mark
from smmlib.networks import Measure
from smmlib.panels import kit
from smmlib.panels.drafting.counts import field_count, measure_bar
from smmlib.panels.drafting.versions_model import VersionsModel

NEIGHBOURHOOD = 40
"""Characters that are shown of what stayed on each side of a change."""

_LONG_FIELDS = ("teaser", "meta_description", "preheader")
_STATES = {
    "follows": ("quiet", mark("follows")),
    "own": ("info", mark("own text")),
    "drifted": ("warn", mark("drifted")),
}


class VersionColumn(w.VBox):
    """The version of one account.

    Args:
        account: The account.
        model: What changes the versions.
        panel: The panel it stands in.
    """

    def __init__(self, account: Account, model: VersionsModel, panel: kit.Panel) -> None:
        self.account, self.model, self.panel = account, model, panel
        say, id_ = panel.say, account.id
        self._head = kit.html()
        self._note = kit.html("", "smm-note", "smm-version-note")
        self._drift = kit.html("", "smm-drift")
        self._parts = Parts(account, model, panel)
        self._fields = Fields(account, model, panel)
        self._adapt = panel.button(say("Adapt"), self._adapt_now, look="small")
        self._own = panel.button(say("Own text"), partial(model.take_own, id_), look="small")
        self._follow = panel.button(say("Follow again"), partial(model.follow, id_), look="small")
        self._split = panel.button(say("Split into thread"), partial(model.split, id_), look="small plain")
        self._join = panel.button(say("As one post"), partial(model.join, id_), look="small plain")
        buttons = kit.row(self._adapt, self._own, self._follow, self._split, self._join)
        super().__init__([self._head, buttons, self._note, self._drift, self._parts, self._fields])
        for name in ("smm-stack", "smm-version", f"smm-version-{account.network}"):
            self.add_class(name)

    def show(self, row: AccountSurvey) -> None:
        """Bring the column up to date."""
        drift = drifted(self.model.draft, row.version)
        follows = row.version.text is None and not row.version.thread
        kit.put(self._head, self._heading(row, "drifted" if drift else "follows" if follows else "own"))
        self._adapt.description = self.panel.say("Take over again") if drift else self.panel.say("Adapt")
        kit.show_if(self._own, follows)
        kit.show_if(self._follow, not follows)
        thread, may = len(row.parts) > 1, self.model.may_thread(self.account.id)
        self._split.description = (
            self.panel.say("Split again") if thread else self.panel.say("Split into thread")
        )
        kit.show_if(self._split, may)
        kit.show_if(self._join, thread)
        kit.put(self._drift, self._diff(drift) if drift else "")
        self._parts.show(row, follows=follows)
        self._fields.show(row)
        self.show_note()

    def show_note(self) -> None:
        """Say what the last adaptation did."""
        note = self.model.note(self.account.id, self.panel.language)
        kit.put(self._note, escape(note).replace("\n", "<br>"))

    def _adapt_now(self) -> None:
        try:
            self.model.adapt(self.account.id)
        finally:
            self.show_note()

    def _heading(self, row: AccountSurvey, state: str) -> str:
        kind, word = _STATES[state]
        name = f"<bdi>{escape(row.network.name)}</bdi> <bdi>{escape(self.account.handle)}</bdi>"
        return f"<h4>{name}</h4>{kit.badge(self.panel.say(word), kind)}"

    def _diff(self, drift: Drift) -> str:
        """Markup of what changed in the common text, and what the version still says of the old one."""
        words = _marked(drift.words)
        heading = escape(self.panel.say("Changed in the common text"))
        still = ""
        if drift.still_says:
            says = self.panel.say("Still says: {what}", what=" · ".join(drift.still_says))
            still = f'<div class="smm-warn">{escape(says)}</div>'
        return f'<details open><summary>{heading}</summary><div dir="auto">{words}</div></details>{still}'


def _marked(words: Sequence[WordChange]) -> str:
    """Markup of a comparison: what came, what went, and of what stayed the neighbourhood."""
    shown, last = [], len(words) - 1
    for index, change in enumerate(words):
        if change.change == "same":
            shown.append(escape(_nearby(change.text, first=index == 0, last=index == last)))
        else:
            tag, text = ("ins" if change.change == "added" else "del"), change.text.rstrip()
            shown.append(f"<{tag}>{escape(text)}</{tag}>{escape(change.text[len(text) :])}")
    return "".join(shown)


def _nearby(text: str, *, first: bool, last: bool) -> str:
    """Of a stretch that stayed, the words next to the changes before and behind it."""
    if len(text) <= 2 * NEIGHBOURHOOD:
        return text
    before = "" if first else text[:NEIGHBOURHOOD].rsplit(None, 1)[0] + " "
    behind = "" if last else " " + text[-NEIGHBOURHOOD:].split(None, 1)[-1]
    return f"{before}…{behind}"


class Parts(w.VBox):
    """The text of a version, or the parts of its thread, each with its count."""

    def __init__(self, account: Account, model: VersionsModel, panel: kit.Panel) -> None:
        self.account, self.model, self.panel = account, model, panel
        self._texts: list[w.Textarea] = []
        self._counts: list[w.HTML] = []
        self._measured: list[tuple[Measure, ...]] = []
        self._filling = False
        super().__init__()
        self.add_class("smm-stack")

    def show(self, row: AccountSurvey, *, follows: bool) -> None:
        """Bring texts and counts up to date; a text that follows the common one cannot be typed into."""
        if len(row.parts) != len(self._texts):
            self._build(len(row.parts))
        self._filling = True
        for text, part in zip(self._texts, row.parts, strict=True):
            kit.put(text, part)
            if text.disabled != follows:
                text.disabled = follows
        self._filling = False
        for index, measures in enumerate(row.part_measures):
            if self._measured[index] != measures:
                self._measured[index] = measures
                self._counts[index].value = "".join(measure_bar(self.panel, one) for one in measures)

    def _build(self, count: int) -> None:
        say = self.panel.say
        self._texts, self._counts, rows = [], [], []
        self._measured = [()] * count
        for index in range(count):
            label = say("Text") if count == 1 else say("Part {part} of {count}", part=index + 1, count=count)
            text = kit.field(w.Textarea(description=label, rows=8 if count == 1 else 5), "smm-part")
            text.observe(partial(self._typed, index), "value")
            self._texts.append(text)
            self._counts.append(kit.html("", "smm-meter-cell"))
            rows.append(kit.stack(text, self._counts[index]))
        self.children = tuple(rows)

    def _typed(self, index: int, change: dict[str, str]) -> None:
        if self._filling:
            return
        with self.panel.trying():
            if len(self._texts) == 1:
                self.model.write(self.account.id, change["new"])
            else:
                self.model.write_part(self.account.id, index, change["new"])


class Fields(w.VBox):
    """What the network takes beside the text, each with its count."""

    def __init__(self, account: Account, model: VersionsModel, panel: kit.Panel) -> None:
        self.account, self.model, self.panel = account, model, panel
        self._controls: dict[PostField, w.Widget] = {}
        self._counts: dict[PostField, w.HTML] = {}
        self._filling = False
        super().__init__()
        self.add_class("smm-stack")

    def show(self, row: AccountSurvey) -> None:
        """Bring the fields up to date; a network that takes none has none here."""
        if [measure.field for measure in row.fields] != list(self._controls):
            self._build([measure.field for measure in row.fields])
        self._filling = True
        for measure in row.fields:
            kit.put(self._controls[measure.field], measure.text)
            kit.put(self._counts[measure.field], field_count(self.panel, measure))
        self._filling = False

    def _build(self, fields: list[PostField]) -> None:
        self._controls, self._counts, rows = {}, {}, []
        for field in fields:
            label = self.panel.say(POST_FIELDS[field])
            control = (
                w.Textarea(description=label, rows=3) if field in _LONG_FIELDS else w.Text(description=label)
            )
            control.observe(partial(self._typed, field), "value")
            self._controls[field] = kit.field(control, f"smm-post-{field}")
            self._counts[field] = kit.html()
            rows.append(kit.stack(control, self._counts[field]))
        self.children = tuple(rows)

    def _typed(self, field: PostField, change: dict[str, str]) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.set_field(self.account.id, field, change["new"])
