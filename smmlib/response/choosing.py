"""What a response table offers to choose from: networks, accounts, campaigns, labels, days, metrics."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import narwhals as nw

from smmlib.metrics import Passport
from smmlib.response.pivot import as_lazy, columns_of, contents, counted, definitions_for

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by and to show, sorted.

    Attributes:
        networks: Network ids.
        accounts: Account ids or names.
        campaigns: Campaign ids or names; without the empty one.
        labels: Kind of label to its values.
        start: First local day, None when no row is dated.
        end: Last local day, None when no row is dated.
        undated: Rows without a day.
        rows: All rows.
        metrics: Passports of what can be computed from these rows.
    """

    networks: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    undated: int = 0
    rows: int = 0
    metrics: tuple[Passport, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """One row per value: what, value."""
        import pandas as pd

        lists = {"network": self.networks, "account": self.accounts, "campaign": self.campaigns}
        lists |= {f"label {kind}": values for kind, values in self.labels.items()}
        lists["metric"] = tuple(m.id for m in self.metrics)
        pairs = [(what, value) for what, values in lists.items() for value in values]
        return pd.DataFrame(pairs, columns=["what", "value"])


def choices(table: Any, *, definitions: Mapping[str, Passport] | None = None) -> Choices:
    """What `table` offers; two short queries, nothing else is collected.

    Args:
        table: Response table; see `kpis`.
        definitions: Passports of metrics of one's own.
    """
    lazy = as_lazy(table)
    grouped = lazy.group_by("network", "account", "campaign", "labels").agg(
        rows=nw.len(),
        dated=nw.col("local_day").count(),
        first=nw.col("local_day").min(),
        last=nw.col("local_day").max(),
    )
    found = grouped.collect().to_pandas()
    days = [d for end in ("first", "last") for d in found[end].dropna()]
    return Choices(
        networks=_sorted(found["network"]),
        accounts=_sorted(found["account"]),
        campaigns=_sorted(found["campaign"]),
        labels=_label_values(found["labels"]),
        start=min(days, default=None),
        end=max(days, default=None),
        undated=int(found["rows"].sum() - found["dated"].sum()),
        rows=int(found["rows"].sum()),
        metrics=_offered(contents(lazy), definitions),
    )


def labels_of(text: object) -> dict[str, str]:
    """The labels in a cell of the `labels` column; what is no JSON object counts as none."""
    try:
        labels = json.loads(text) if isinstance(text, str) and text else {}
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in labels.items()} if isinstance(labels, dict) else {}


def _label_values(cells: pd.Series[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for cell in set(cells):
        for kind, value in labels_of(cell).items():
            found.setdefault(kind, set()).add(value)
    return {kind: tuple(sorted(values)) for kind, values in sorted(found.items())}


def _sorted(values: pd.Series[str]) -> tuple[str, ...]:
    return tuple(sorted({v for v in values if isinstance(v, str) and v}))


def _offered(held: pd.DataFrame, definitions: Mapping[str, Passport] | None) -> tuple[Passport, ...]:
    """Metrics with something to compute them from; of a rate both counts must be there."""
    known = definitions_for(held["metric"], definitions)
    have = {c.metric.id for c in columns_of(known.values(), held)} | {"posts"}
    made = {m.id for m in known.values() if m.parts and columns_of(counted([m], known), held)}
    have |= made
    return tuple(
        m
        for m in known.values()
        if (
            m.numerator in have and m.denominator in have if m.combine == "rate" else m.id in have - {"posts"}
        )
    )
