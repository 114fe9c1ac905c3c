"""The page to read the response on: filters, tiles, and one view at a time with its rows."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from smmlib.language import Language, mark, say
from smmlib.panels import kit
from smmlib.panels.chart_view import ChartView, export_bar
from smmlib.panels.response.response_model import FILTERS, ROWS_SHOWN, VIEWS, ResponseModel
from smmlib.panels.response.response_tables import figures_markup, passport_markup, tiles_markup
from smmlib.panels.tables import table
from smmlib.response.choosing import labels_of

VIEW_NAMES = {
    "kpis": mark("Key figures"),
    "timeline": mark("Time line"),
    "heatmap": mark("Weekday and hour"),
    "top_posts": mark("Top posts"),
    "rows": mark("Rows"),
}
GROUP_NAMES = {
    "network": mark("Network"),
    "account": mark("Account"),
    "campaign": mark("Campaign"),
    "labels": mark("Labels"),
    "variant": mark("Variant"),
    "source": mark("Source"),
}
STEP_NAMES = {"day": mark("Day"), "week": mark("Week"), "month": mark("Month")}
CHARTS = ("timeline", "heatmap", "top_posts")


class ResponsePage(w.VBox):
    """Filters on top, then tiles, then the chosen view.

    Args:
        model: What is shown.
        panel: The panel it stands in.
    """

    def __init__(self, model: ResponseModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._filling = False
        self._charts: dict[str, ChartView] = {}
        self._bars: dict[str, w.Widget] = {}
        self._make_filters()
        self._make_choices()
        say = panel.say
        self._tiles, self._table = kit.html("", "smm-response-tiles"), kit.html("", "smm-response-table")
        self._passport, self._code = kit.html(), kit.html("", "smm-code")
        self._body, self._bar = kit.stack(), kit.stack()
        hint = say("Import an export of a platform, or type figures; both have a tab of their own above.")
        self._empty = kit.html(kit.empty(say("No figures yet"), hint))
        clear = panel.button(say("Clear filters"), model.clear, look="plain small")
        self._work = kit.stack(
            kit.row(*self._filters.values(), clear),
            self._tiles,
            self._view,
            kit.row(*self._choices.values()),
            self._body,
            self._passport,
            self._bar,
            self._code,
        )
        super().__init__([self._empty, self._work])
        model.observe(self._loaded, names=["loaded"])
        model.observe(self._set, names=[*FILTERS, "view", "by", "metric", "step", "count"])
        self._loaded()

    # --- controls
    def _make_filters(self) -> None:
        say = self.panel.say
        controls: dict[str, w.Widget] = {
            "networks": w.Dropdown(description=say("Network")),
            "accounts": w.Dropdown(description=say("Account")),
            "campaigns": w.Dropdown(description=say("Campaign")),
            "labels": w.Dropdown(description=say("Label")),
            "start": w.DatePicker(description=say("From")),
            "end": w.DatePicker(description=say("To")),
        }
        self._filters = {n: kit.field(c, f"smm-filter-{n}") for n, c in controls.items()}
        self._wire(self._filters)

    def _make_choices(self) -> None:
        say = self.panel.say
        names = {view: say(text) for view, text in VIEW_NAMES.items()}
        self._view = w.ToggleButtons(options=[(names[v], v) for v in VIEWS], value=self.model.view)
        self._view.add_class("smm-view")
        self._view.observe(lambda c: self._choose("view", c["new"]), "value")
        groups = [(say(text), column) for column, text in GROUP_NAMES.items()]
        steps = [(say(text), step) for step, text in STEP_NAMES.items()]
        self._choices = {
            "by": kit.choice(say("Grouped by"), groups),
            "metric": kit.choice(say("Metric"), [("–", "")]),
            "step": kit.choice(say("Steps"), steps),
            "count": kit.choice(say("How many"), [(str(n), n) for n in (5, 10, 20)]),
        }
        for name, control in self._choices.items():
            control.add_class(f"smm-choose-{name}")
        self._wire(self._choices)

    def _wire(self, controls: dict[str, w.Widget]) -> None:
        for name, control in controls.items():
            control.observe(lambda change, name=name: self._choose(name, change["new"]), "value")

    def _choose(self, name: str, value: Any) -> None:
        """A control was moved by the user."""
        if self._filling:
            return
        with self.panel.trying():
            self.panel.status.clear()
            if name in ("networks", "accounts", "campaigns"):
                value = (value,) if value else ()
            elif name == "labels":
                value = dict([value]) if value else {}
            setattr(self.model, name, value)

    def _loaded(self, _change: object = None) -> None:
        """Stored data was read anew: offer what there is now."""
        say, there = self.panel.say, self.model.choices
        every = (say("all"), "")
        labels = [(f"{kind}: {v}", (kind, v)) for kind, values in there.labels.items() for v in values]
        self._filling = True
        self._filters["networks"].options = [
            every,
            *((self.model.network_name(n), n) for n in there.networks),
        ]
        self._filters["accounts"].options = [
            every,
            *((self.model.account_name(a), a) for a in there.accounts),
        ]
        self._filters["campaigns"].options = [
            every,
            *((self.model.campaign_name(c), c) for c in there.campaigns),
        ]
        self._filters["labels"].options = [every, *labels]
        metrics = [(m.label(self.panel.language), m.id) for m in there.metrics]
        self._choices["metric"].options = metrics or [("–", "")]
        self._filling = False
        kit.show_if(self._empty, self.model.empty)
        kit.show_if(self._work, not self.model.empty)
        self._set()

    def _set(self, _change: object = None) -> None:
        """The model changed: put the controls where it is and draw."""
        model = self.model
        self._filling = True
        for name in ("networks", "accounts", "campaigns"):
            chosen = getattr(model, name)
            self._filters[name].value = chosen[0] if chosen else ""
        self._filters["labels"].value = next(iter(model.labels.items()), "")
        self._filters["start"].value, self._filters["end"].value = model.start, model.end
        self._view.value = model.view
        for name, control in self._choices.items():
            value = getattr(model, name)
            if value in [v for _, v in control.options]:
                control.value = value
        self._filling = False
        for name, views in (
            ("by", ("kpis",)),
            ("metric", CHARTS),
            ("step", ("timeline",)),
            ("count", ("top_posts",)),
        ):
            kit.show_if(self._choices[name], model.view in views)
        if not model.empty:
            with self.panel.trying():
                self._draw()

    # --- what is shown
    def _draw(self) -> None:
        model, language = self.model, self.panel.language
        self._tiles.value = tiles_markup(model.key_figures, language)
        drawer: dict[str, Callable[[], w.Widget]] = {"kpis": self._figures, "rows": self._rows}
        shown = drawer.get(model.view, self._chart)()
        self._body.children = (shown,)
        known = model.passport if model.view in CHARTS else None
        self._passport.value = passport_markup(known, language) if known else ""
        self._bar.children = (self._exports(model.view),)
        self._code.value = kit.same_in_python(self.panel.say("The same in Python"), model.code)

    def _figures(self) -> w.Widget:
        names = {
            "network": self.model.network_name,
            "account": self.model.account_name,
            "campaign": self.model.campaign_name,
            "labels": _label_text,
        }
        result: Any = self.model.result
        self._table.value = figures_markup(result, self.panel.language, names.get(self.model.by, str))
        return self._table

    def _chart(self) -> w.Widget:
        view = self.model.view
        if view not in self._charts:
            self._charts[view] = ChartView(view, self.panel)
        result: Any = self.model.result
        self._charts[view].show(result, self.caption())
        if view != "top_posts":
            return self._charts[view]
        self._table.value = self._links(result)
        return kit.stack(self._charts[view], self._table)

    def _links(self, result: Any) -> str:
        """Texts and links of the top posts in full."""
        language, say = self.panel.language, self.panel.say
        metric = result.metric
        frame = result.rows.assign(
            value=[
                metric.show(v, language, c)
                for v, c in zip(result.rows["value"], result.rows["currency"], strict=True)
            ],
            network=[self.model.network_name(n) for n in result.rows["network"]],
            link=[_anchor(link, say("open the post")) for link in result.rows["link"]],
        )
        headers = {"rank": say("Rank"), "network": say("Network"), "text": say("Text"), "link": say("Link")}
        headers |= {"value": metric.label(language)}
        return table(frame, language, headers=headers, formats={"link": "html"})

    def _rows(self) -> w.Widget:
        rows, count = self.model.first_rows()
        hidden = (
            "labels",
            "import_id",
            "amount",
            "currency",
            "period_start_utc",
            "local_weekday",
            "local_hour",
        )
        headers = {c: c for c in rows.columns if c not in hidden}
        note = self.panel.say(
            "{count} rows fit; the first {shown} are listed.", count=count, shown=min(count, ROWS_SHOWN)
        )
        markup = table(rows, self.panel.language, headers=headers)
        self._table.value = f'{markup}<div class="smm-note">{escape(note)}</div>'
        return self._table

    def _exports(self, view: str) -> w.Widget:
        if view not in self._bars:
            stem = f"response-{view.replace('_', '-')}"
            self._bars[view] = export_bar(self.panel, stem, self.model.data, self._charts.get(view))
        return self._bars[view]

    def caption(self) -> str:
        """Period and filters of what is shown, for the line below a chart."""
        return caption(self.model, self.panel.language)


def caption(model: ResponseModel, language: Language) -> str:
    """Period and filters of a model in words."""
    start, end = model.start or model.choices.start, model.end or model.choices.end
    if start and end:
        period = say("{start:date} to {end:date}", language, start=start, end=end)
    else:
        period = say("undated rows", language)
    parts = [period, *map(model.network_name, model.networks), *map(model.account_name, model.accounts)]
    parts += [*map(model.campaign_name, model.campaigns), *(f"{k}: {v}" for k, v in model.labels.items())]
    if len(parts) == 1:
        parts.append(say("no filters", language))
    if model.choices.undated and (model.start or model.end):
        left = model.choices.undated
        parts.append(say("{count} undated values are left out", language, count=left))
    return " · ".join(parts)


def _label_text(labels: str) -> str:
    return ", ".join(f"{kind}: {value}" for kind, value in labels_of(labels).items())


def _anchor(link: str, words: str) -> str:
    """A link that opens in a new tab; anything but http and https is shown as text."""
    if not link.lower().startswith(("http://", "https://")):
        return escape(link)
    return (
        f'<a href="{escape(link, quote=True)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'
    )
