"""What the response panel knows: the filters, what is shown, and the figures that follow from them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import traitlets as t

from smmlib import response
from smmlib.errors import SmmError
from smmlib.metrics import Passport
from smmlib.panels.saving import Later
from smmlib.response.calendar import STEPS
from smmlib.response.key_figures import GROUPINGS

if TYPE_CHECKING:
    import narwhals as nw

    from smmlib.response import Choices, Heatmap, KeyFigures, Timeline, TopPosts
    from smmlib.workspace import Workspace

VIEWS = ("kpis", "timeline", "heatmap", "top_posts", "rows")
ROWS_SHOWN = 200
SETTING = "response"
FILTERS = ("networks", "accounts", "campaigns", "labels", "start", "end")
FIRST_METRICS = ("engagements", "impressions", "views", "reactions", "likes", "reach")


class ResponseModel(t.HasTraits):
    """Filters and views of the stored response. Holds no widgets, so tests need no notebook.

    What is set here is kept in the workspace, so the panel opens as it was left.

    Attributes:
        networks: Network ids to keep; empty keeps all. The same for accounts and campaigns.
        accounts: Accounts to keep.
        campaigns: Campaigns to keep.
        labels: Kind of label to the value to keep.
        start: First local day, or None.
        end: Last local day (included), or None.
        view: What is shown, one of `VIEWS`.
        by: What key figures are grouped by, one of `key_figures.GROUPINGS`.
        metric: Metric id of time line, heatmap and top posts.
        step: "day", "week" or "month" of the time line.
        count: How many top posts.
        loaded: Counts how often stored data was read anew.
        unsaved: Why what is set here could not be kept yet, None when it is.
    """

    networks = t.Tuple()
    accounts = t.Tuple()
    campaigns = t.Tuple()
    labels = t.Dict()
    start = t.Instance(date, allow_none=True)
    end = t.Instance(date, allow_none=True)
    view = t.Enum(VIEWS, "timeline")
    by = t.Enum(GROUPINGS, "network")
    metric = t.Unicode("")
    step = t.Enum(STEPS, "week")
    count = t.Int(10, min=1)
    loaded = t.Int(0)
    unsaved = t.Instance(SmmError, allow_none=True)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.choices: Choices = response.Choices()
        self._later = Later(self.save, partial(setattr, self, "unsaved"))
        self._restore()
        self.refresh()
        self.observe(lambda _change: self._later.soon(), names=self._kept())

    @staticmethod
    def _kept() -> list[str]:
        return [*FILTERS, "view", "by", "metric", "step", "count"]

    # --- what there is
    def refresh(self) -> None:
        """Read again what is stored; filters that fit nothing any more are dropped."""
        self._network_names = {n.id: n.name for n in self.workspace.load_networks().values()}
        self.choices = response.choices(self.workspace.response.table())
        there = self.choices
        self.networks = tuple(n for n in self.networks if n in there.networks)
        self.accounts = tuple(a for a in self.accounts if a in there.accounts)
        self.campaigns = tuple(c for c in self.campaigns if c in there.campaigns)
        self.labels = {k: v for k, v in self.labels.items() if v in there.labels.get(k, ())}
        offered = [m.id for m in there.metrics]
        if self.metric not in offered:
            self.metric = next((m for m in (*FIRST_METRICS, *offered) if m in offered), "")
        self.loaded += 1

    @property
    def empty(self) -> bool:
        """True when the workspace holds no response yet."""
        return self.choices.rows == 0

    def network_name(self, network: str) -> str:
        """What people call a network of this workspace."""
        return self._network_names.get(network, network)

    def campaign_name(self, campaign: str) -> str:
        """Name of a campaign of the workspace; what an export calls it stays as it is."""
        return next((c.name for c in self.workspace.campaigns.list() if c.id == campaign), campaign)

    def account_name(self, account: str) -> str:
        """Handle of an account of the workspace; what an export calls it stays as it is."""
        return next((a.handle for a in self.workspace.accounts.list() if a.id == account), account)

    # --- what is shown
    @property
    def filters(self) -> dict[str, Any]:
        """The filters that are set, as `smmlib.response.narrow` takes them."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    @property
    def table(self) -> nw.LazyFrame[Any]:
        """The rows that fit the filters."""
        return response.narrow(self.workspace.response.table(), **self.filters)

    @property
    def key_figures(self) -> KeyFigures:
        """Key figures of everything that fits, not grouped."""
        return response.kpis(self.table, by=())

    @property
    def result(self) -> KeyFigures | Timeline | Heatmap | TopPosts | pd.DataFrame:
        """What the chosen view shows."""
        if self.view == "kpis":
            return response.kpis(self.table, by=(self.by,))
        if self.view == "timeline":
            return response.timeline(self.table, self.metric, window=self.step)
        if self.view == "heatmap":
            return response.heatmap(self.table, self.metric)
        if self.view == "top_posts":
            posts = self.workspace.response.posts()
            return response.top_posts(self.table, posts, self.metric, self.count)
        rows: pd.DataFrame = response.in_order(self.table).collect().to_pandas()
        return rows

    def data(self) -> pd.DataFrame:
        """The rows behind what is shown."""
        result = self.result
        return result if isinstance(result, pd.DataFrame) else result.to_frame()

    def first_rows(self) -> tuple[pd.DataFrame, int]:
        """The first rows that fit the filters, and how many fit."""
        import narwhals as nw

        table = self.table
        count = int(table.select(n=nw.len()).collect().item(0, "n"))
        return response.in_order(table).head(ROWS_SHOWN).collect().to_pandas(), count

    @property
    def metrics(self) -> tuple[Passport, ...]:
        """What time line, heatmap and top posts can show."""
        return self.choices.metrics

    @property
    def passport(self) -> Passport | None:
        """Passport of the chosen metric."""
        return next((m for m in self.metrics if m.id == self.metric), None)

    @property
    def code(self) -> str:
        """Python that leaves the same result in `result`, without the panel."""
        calls = {
            "kpis": f"result = smm.response.kpis(table, by=({self.by!r},))",
            "timeline": f"result = smm.response.timeline(table, {self.metric!r}, window={self.step!r})",
            "heatmap": f"result = smm.response.heatmap(table, {self.metric!r})",
            "top_posts": "result = smm.response.top_posts(\n"
            f"    table, workspace.response.posts(), {self.metric!r}, {self.count}\n)",
            "rows": "result = smm.response.in_order(table).collect().to_pandas()",
        }
        filters = "".join(f", {name}={_written(value)}" for name, value in self.filters.items())
        dated = "from datetime import date\n\n" if self.start or self.end else ""
        return (
            f"{dated}import smmlib as smm\n\n"
            f"workspace = smm.open_workspace({str(self.workspace.path)!r})\n"
            f"table = smm.response.narrow(workspace.response.table(){filters})\n"
            f"{calls[self.view]}"
        )

    # --- kept
    def save(self) -> None:
        """Keep in the workspace what is set here."""
        if self.workspace.read_only:
            return
        state = {name: _plain(getattr(self, name)) for name in self._kept()}
        views = self.workspace.settings.views
        if views.get(SETTING) != state:
            self.workspace.change_settings(views={**views, SETTING: state})

    def _restore(self) -> None:
        for name, value in self.workspace.settings.views.get(SETTING, {}).items():
            if name not in self._kept():
                continue
            try:
                setattr(self, name, _read(name, value))
            except (t.TraitError, TypeError, ValueError):
                continue  # written by another version: the default stays

    def clear(self) -> None:
        """Take all filters away."""
        with self.hold_trait_notifications():
            self.networks = self.accounts = self.campaigns = ()
            self.labels, self.start, self.end = {}, None, None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _read(name: str, value: Any) -> Any:
    if name in ("start", "end") and value:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _written(value: Any) -> str:
    return f"date({value.year}, {value.month}, {value.day})" if isinstance(value, date) else repr(value)
