"""Figures that no platform exports, typed or pasted by someone: XING, stories, print."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.errors import InvalidValueError, UnknownNameError, UnreadableFileError
from smmlib.language import LANGUAGES, Language, mark, say
from smmlib.metrics import load_metrics
from smmlib.response.dates import DateStyle, day_parts, read_dates
from smmlib.response.grid import text_series
from smmlib.response.mapping import guess_columns
from smmlib.response.months import read_month
from smmlib.response.numbers import read_numbers, without_currency
from smmlib.response.plan import DEFAULT_ZONE
from smmlib.response.report import Import, ReadingReport
from smmlib.response.sums import sums_of
from smmlib.response.table import as_posts, rows_of

if TYPE_CHECKING:
    import pandas as pd

FORMAT = "typed"
POST_FIELDS = (
    "entity_id",
    "link",
    "text",
    "published_at",
    "format",
    "campaign",
    "variant",
    "currency",
    "month",
)
_MONTH = {"month", "monat"}


def parse_pasted(text: str, language: Language) -> pd.DataFrame:
    """What was copied from a spreadsheet, as rows for `typed_figures`.

    Args:
        text: Tab-separated (or semicolon-separated) lines; the first names the columns.
        language: How numbers are written: "de" reads 1.234,5 and "en" 1,234.5.

    Returns:
        One column per recognised heading, named by its metric id (float64, NaN where empty) or field
        (text). Headings that are not recognised keep their name.

    Raises:
        UnreadableFileError: There are no headings or no rows.
        InvalidValueError: A cell of a metric holds no number.
    """
    import pandas as pd

    delimiter = "\t" if "\t" in text else ";"
    lines = [row for row in csv.reader(io.StringIO(text.strip("\r\n")), delimiter=delimiter) if any(row)]
    if len(lines) < 2:
        raise UnreadableFileError(
            mark("Nothing to read: the first line must name the columns, the lines below hold the figures.")
        )
    header, body = lines[0], lines[1:]
    targets = guess_columns(header)
    columns: dict[str, Any] = {}
    for i, heading in enumerate(header):
        cells = text_series([row[i] if i < len(row) else "" for row in body])
        target = "month" if heading.strip().casefold() in _MONTH else targets.get(heading, heading)
        columns[target] = _figures(cells, heading, language) if target in load_metrics() else cells
    if "currency" not in columns and re.search(r"€|\bEUR\b", text):
        columns["currency"] = "EUR"
    return pd.DataFrame(columns)


def typed_figures(  # noqa: PLR0913 - a front door; every option is a keyword
    rows: pd.DataFrame | Sequence[Mapping[str, Any]],
    *,
    author: str,
    at: datetime,
    network: str,
    account: str = "",
    period: date | None = None,
    time_zone: str = DEFAULT_ZONE,
) -> Import:
    """Make an import of figures somebody typed. They are marked as typed, with author and time.

    Args:
        rows: Metric ids and `POST_FIELDS` to values; empty or missing cells stay missing. A row with
            entity_id, link or text is a post; one without is the account's figure for the month.
        author: Who typed them.
        at: When, with time zone.
        network: Id of the network or medium, e.g. "xing".
        account: Whose figures.
        period: Any day of the month that account figures belong to, where a row has no "month" of its own.
        time_zone: IANA name, the clock of the dates.

    Raises:
        UnknownNameError: A column is neither metric nor field.
        InvalidValueError: No author, no time zone, no period for account figures, no figures, or no number.
    """
    import pandas as pd

    frame = (
        pd.DataFrame(rows) if isinstance(rows, pd.DataFrame) else pd.DataFrame([dict(row) for row in rows])
    )
    metrics = _check(frame, author, at)
    figures = {metric: _as_float(frame[metric], metric) for metric in metrics}
    known = (
        np.any([~np.isnan(values) for values in figures.values()], axis=0) if figures else np.zeros(0, bool)
    )
    if not known.any():
        raise InvalidValueError(mark("There are no figures yet; please type at least one number."))
    kept = np.flatnonzero(known)
    frame = frame.iloc[kept].reset_index(drop=True)
    entities = _entities(frame, period, time_zone, {"network": network, "account": account})
    table = pd.concat(
        [_rows(entities, metric, values[kept], frame) for metric, values in figures.items()],
        ignore_index=True,
    )
    report = _report(entities, table, len(known), time_zone)
    return _as_import(frame, entities, table, report, (author, at))


def _check(frame: pd.DataFrame, author: str, at: datetime) -> list[str]:
    if not author.strip():
        raise InvalidValueError(mark("Typed figures need the name of who typed them; please give an author."))
    if at.tzinfo is None:
        raise InvalidValueError(mark("The time {at:datetime} of the entry has no time zone; add one."), at=at)
    known = load_metrics()
    for name in map(str, frame.columns):
        if name not in known and name not in POST_FIELDS:
            raise UnknownNameError(mark("Metric or field"), name, [*known, *POST_FIELDS])
        if name in known and known[name].combine == "rate":
            raise InvalidValueError(
                mark(
                    "{metric!r} is a rate: it is computed from its parts, not imported. "
                    "Leave that column out."
                ),
                metric=name,
            )
    return [str(name) for name in frame.columns if name in known]


def _figures(
    cells: pd.Series[str], heading: str, language: Language
) -> np.ndarray[Any, np.dtype[np.float64]]:
    duration = cells.str.contains(":").any()
    numbers = read_numbers(without_currency(cells), language, duration=bool(duration))
    if numbers.bad.any():
        raise InvalidValueError(
            mark("{column!r}, line {line}: {value!r} is not a number. Write 1234.5 or, in German, 1234,5."),
            column=heading,
            line=int(np.flatnonzero(numbers.bad)[0]) + 2,
            value=str(cells[numbers.bad].iloc[0])[:40],
        )
    return numbers.values


def _as_float(values: pd.Series[Any], metric: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    import pandas as pd

    given = [None if pd.isna(value) or value == "" else value for value in values]
    try:
        numbers = np.array([np.nan if value is None else float(value) for value in given], dtype=np.float64)
    except (TypeError, ValueError):
        wrong = next(value for value in given if isinstance(value, str))
        raise InvalidValueError(
            mark("{metric!r} is {value!r}, which is not a number; leave the cell empty if it is not known."),
            metric=metric,
            value=str(wrong)[:40],
        ) from None
    if np.isinf(numbers).any():
        raise InvalidValueError(
            mark("{metric!r} is infinite; leave the cell empty if it is not known."), metric=metric
        )
    return numbers


def _entities(
    frame: pd.DataFrame, period: date | None, time_zone: str, shared: dict[str, str]
) -> pd.DataFrame:
    """Posts columns of each row, and "entity": post or account."""
    fields = {n: _text(frame, n) for n in ("entity_id", "link", "text", "format", "campaign", "variant")}
    identity = fields["entity_id"].where(fields["entity_id"] != "", fields["link"])
    hashed = fields["text"].map(
        lambda text: "typed-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    )
    is_post = ((identity != "") | (fields["text"] != "")).to_numpy(dtype=bool)
    usual = date(period.year, period.month, 1) if period else None
    months = [read_month(cell) or usual for cell in _text(frame, "month")]
    if any(month is None and not post for month, post in zip(months, is_post, strict=True)):
        raise InvalidValueError(
            mark(
                "Figures that belong to no post need a month; please give the period, or a link, id or text."
            )
        )
    named = identity.where(identity != "", hashed)
    month = text_series([month.isoformat() if month else "" for month in months])
    posts = as_posts(
        {
            **shared,
            **fields,
            "entity_id": named.where(is_post, shared["account"] or "account"),
            "made_id": ((identity == "") & is_post).to_numpy(dtype=bool),
            **_when(_text(frame, "published_at").where(is_post, month), time_zone),
        }
    )
    return posts.assign(entity=np.where(is_post, "post", "account"))


def _when(published: pd.Series[str], time_zone: str) -> dict[str, Any]:
    import pandas as pd

    moments = read_dates(text_series(published), DateStyle(), time_zone)
    if (moments.bad | moments.ambiguous).any():
        value = published[moments.bad | moments.ambiguous].iloc[0]
        raise InvalidValueError(
            mark("{value!r} is not a date that can be read with certainty; write it as 2026-09-15 18:00."),
            value=str(value)[:40],
        )
    day, weekday, hour = day_parts(moments.local, moments.timed)
    utc = pd.Series(pd.DatetimeIndex(moments.utc).tz_localize("UTC"))
    return {"published_at_utc": utc, "published_on_local": day, "local_weekday": weekday, "local_hour": hour}


def _rows(
    entities: pd.DataFrame, metric: str, values: np.ndarray[Any, np.dtype[np.float64]], frame: pd.DataFrame
) -> pd.DataFrame:
    here = np.flatnonzero(~np.isnan(values))
    posts = entities.iloc[here].reset_index(drop=True)
    figures: dict[str, Any] = {"value": values[here]}
    if load_metrics()[metric].unit == "money":
        currency = _text(frame, "currency").str.upper().iloc[here].reset_index(drop=True)
        if (currency == "").any():
            raise InvalidValueError(
                mark("{metric!r} is money; please add a column 'currency', e.g. EUR."), metric=metric
            )
        figures = {"amount": [Decimal(f"{v:.4f}") for v in values[here]], "currency": currency}
    window = posts["entity"].map({"post": "lifetime", "account": "month"})
    return rows_of(posts, entity=posts["entity"], metric=metric, window=window, source="typed", **figures)


def _as_import(
    frame: pd.DataFrame,
    entities: pd.DataFrame,
    table: pd.DataFrame,
    report: ReadingReport,
    entry: tuple[str, datetime],
) -> Import:
    author, at = entry
    who = entities[["network", "account"]].assign(author=author, at=at.isoformat())
    original = frame.join(who.reset_index(drop=True)).to_csv(index=False).encode("utf-8", "replace")
    sha256 = hashlib.sha256(original).hexdigest()
    note = {
        language: say("Typed by {author} on {at:datetime}.", language, author=author, at=at)
        for language in LANGUAGES
    }
    posts = as_posts(entities[entities["entity"] == "post"].drop(columns="entity").reset_index(drop=True))
    return Import(table, posts, FORMAT, replace(report, sha256=sha256, note=note), "typed", sha256, original)


def _report(entities: pd.DataFrame, table: pd.DataFrame, read: int, time_zone: str) -> ReadingReport:
    days = entities["published_on_local"].dropna()
    return ReadingReport(
        format=FORMAT,
        format_name=mark("Typed figures"),
        source="typed",
        time_zone=time_zone,
        rows_read=read,
        rows_kept=len(entities),
        values=len(table),
        first_day=days.min() if len(days) else None,
        last_day=days.max() if len(days) else None,
        sums=sums_of(table, len(entities)),
    )


def _text(frame: pd.DataFrame, name: str) -> pd.Series[str]:
    import pandas as pd

    if name not in frame.columns:
        return text_series([""] * len(frame))
    return text_series([re.sub(r"\s+$", "", "" if pd.isna(v) else str(v)) for v in frame[name]])
