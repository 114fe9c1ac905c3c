"""The response table: one row per entity, metric, window and segment. And the posts table beside it.

Every reader of exports fills these columns, the workspace stores them, every analysis reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from smmlib.errors import MissingColumnError, UnknownNameError
from smmlib.language import mark

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ENTITIES = ("post", "ad", "account")
WINDOWS = ("lifetime", "month", "day", "hour", "20min")
SOURCES = ("export", "typed", "api")

COLUMNS: Mapping[str, str] = {
    "network": "str",
    "account": "str",
    "entity": "str",
    "entity_id": "str",
    "campaign": "str",
    "variant": "str",
    "labels": "str",
    "segment": "str",
    "metric": "str",
    "value": "float64",
    "amount": "decimal128(18, 4)[pyarrow]",
    "currency": "str",
    "window": "str",
    "period_start_utc": "datetime64[us, UTC]",
    "local_day": "date32[day][pyarrow]",
    "local_weekday": "Int8",
    "local_hour": "Int8",
    "source": "str",
    "import_id": "str",
}
"""Columns of the response table and their pandas dtypes.

- account: id of the account in the workspace, or the name the export gives; "" when unknown.
- entity: one of `ENTITIES`; entity_id: as the platform gives it, always text.
- campaign, variant: "" when none. labels: a JSON object, "{}" when none, e.g. '{"pillar": "How-to"}'.
- segment: what part of the audience; "unknown" when the export does not split.
- value: counts, and seconds for durations; NaN for money. amount, currency: money, else missing.
- window: one of `WINDOWS`. period_start_utc: its start; of a lifetime value the publication; missing
  when the export has no date.
- local_day, local_weekday (1 = Monday), local_hour: of the start, in the time zone of the import; each
  missing where unknown (weekday and hour may be known without a day).
- source: one of `SOURCES`. import_id: filled when stored, "" before.
"""

KEY = ("network", "account", "entity", "entity_id", "metric", "window", "period_start_utc", "segment")
"""What makes a row of the response table unique; a later import supersedes."""

POST_COLUMNS: Mapping[str, str] = {
    "network": "str",
    "account": "str",
    "entity_id": "str",
    "text": "str",
    "link": "str",
    "format": "str",
    "paid": "boolean",
    "campaign": "str",
    "variant": "str",
    "labels": "str",
    "published_at_utc": "datetime64[us, UTC]",
    "published_on_local": "date32[day][pyarrow]",
    "local_weekday": "Int8",
    "local_hour": "Int8",
    "made_id": "bool",
    "import_id": "str",
}
"""Columns of the posts table and their pandas dtypes; one row per network, account and entity_id.

- link: address of the post (permalink). text: as exported, not escaped. paid: missing when unknown.
- format: "post", "image", "carousel", "reel", "story", "document", "poll", "video", "link", or the
  platform's own word; "" when unknown.
- made_id: the export has no usable id; entity_id was made here (from the row number) and must not be
  joined with anything else.
"""

POST_KEY = ("network", "account", "entity_id")
"""What makes a row of the posts table unique."""

DEFAULTS: Mapping[str, object] = {
    "entity": "post",
    "labels": "{}",
    "made_id": False,
    "segment": "unknown",
    "source": "export",
    "window": "lifetime",
}


def as_table(columns: Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
    """A response table from the columns given; the others get their default.

    Args:
        columns: Arrays of one length, or scalars, by name; at least entity_id, metric, network.

    Raises:
        MissingColumnError: One of these is missing.
        UnknownNameError: A column does not belong to the table.
    """
    return _conform(columns, COLUMNS, needed=("network", "entity_id", "metric"))


def as_posts(columns: Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
    """A posts table from the columns given; the others get their default.

    Raises:
        MissingColumnError: network or entity_id is missing.
        UnknownNameError: A column does not belong to the table.
    """
    return _conform(columns, POST_COLUMNS, needed=("network", "entity_id"))


def rows_of(posts: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """Rows of the response table about these posts, one each.

    Args:
        posts: Posts table; who, what and when are taken from it.
        **columns: The other columns: metric, value, window, ….
    """
    same = ("network", "account", "entity_id", "campaign", "variant", "labels", "local_weekday", "local_hour")
    when = {"period_start_utc": posts["published_at_utc"], "local_day": posts["published_on_local"]}
    return as_table({**{name: posts[name] for name in same}, **when, **columns})


def table_schema() -> pa.Schema:
    """The response table as an Arrow schema, for Parquet."""
    return _schema(COLUMNS)


def posts_schema() -> pa.Schema:
    """The posts table as an Arrow schema, for Parquet."""
    return _schema(POST_COLUMNS)


def _conform(
    columns: Mapping[str, Any] | pd.DataFrame, dtypes: Mapping[str, str], needed: tuple[str, ...]
) -> pd.DataFrame:
    import pandas as pd

    given: dict[str, Any] = {str(name): values for name, values in columns.items()}
    for name in given:
        if name not in dtypes:
            raise UnknownNameError(mark("Column"), name, dtypes)
    if missing := [name for name in needed if name not in given]:
        raise MissingColumnError(missing, given, source="response table")
    length = next((len(v) for v in given.values() if hasattr(v, "__len__") and not isinstance(v, str)), 1)
    index = pd.RangeIndex(length)
    return pd.DataFrame({name: _column(given.get(name), name, dtypes[name], index) for name in dtypes})


def _column(values: object, name: str, dtype: str, index: pd.RangeIndex) -> pd.Series[Any]:
    import pandas as pd

    if values is None:
        values = DEFAULTS.get(name, "" if dtype == "str" else None)
    array = getattr(values, "array", values)
    filled: pd.Series[Any] = pd.Series(array, index=index, dtype=_pandas_dtype(dtype))
    return filled.fillna(str(DEFAULTS.get(name, ""))) if dtype == "str" else filled


def _pandas_dtype(dtype: str) -> Any:
    if not dtype.startswith("decimal128"):
        return dtype
    import pandas as pd
    import pyarrow as pa

    return pd.ArrowDtype(pa.decimal128(18, 4))


def _schema(dtypes: Mapping[str, str]) -> pa.Schema:
    import pyarrow as pa

    types = {
        "str": pa.string(),
        "float64": pa.float64(),
        "decimal128(18, 4)[pyarrow]": pa.decimal128(18, 4),
        "datetime64[us, UTC]": pa.timestamp("us", tz="UTC"),
        "date32[day][pyarrow]": pa.date32(),
        "Int8": pa.int8(),
        "boolean": pa.bool_(),
        "bool": pa.bool_(),
    }
    return pa.schema([(name, types[dtype]) for name, dtype in dtypes.items()])
