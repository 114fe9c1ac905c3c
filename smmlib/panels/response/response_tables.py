"""Key figures as markup: tiles for the most asked-for ones, a table with a passport behind every name."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from smmlib.language import Language, mark, number, say
from smmlib.metrics import Passport
from smmlib.panels import kit
from smmlib.response import KeyFigures

TILES = (
    "impressions",
    "views",
    "reach",
    "engagements",
    "engagement_rate_impressions",
    "engagement_rate_views",
    "link_clicks",
    "ctr",
    "conversation_rate",
    "spend",
)
MOST_TILES = 5
MOST_GROUPS = 8
ENTITIES = {"post": mark("Posts"), "ad": mark("Ads"), "account": mark("Whole accounts")}

Row = Mapping[str, Any]


def tiles_markup(figures: KeyFigures, language: Language) -> str:
    """Tiles of the most asked-for figures of the posts; of accounts or ads where there are no posts."""
    rows: list[dict[str, Any]] = [{str(k): v for k, v in r.items()} for r in figures.rows.to_dict("records")]
    entity = next((e for e in ENTITIES if any(r["entity"] == e for r in rows)), "")
    own = {r["metric"]: r for r in rows if r["entity"] == entity and r["known"]}
    if not own:
        return ""
    posts = max(int(r["posts"]) for r in own.values())
    parts = [kit.tile(say(ENTITIES[entity], language), number(posts, language))]
    for metric in [m for m in TILES if m in own][:MOST_TILES]:
        row, passport = own[metric], figures.passports[metric]
        more = _more(row, figures, language)
        parts.append(
            kit.tile(passport.label(language), figures.shown(row, language), more, passport.text(language))
        )
    return kit.tiles(parts)


def figures_markup(figures: KeyFigures, language: Language, name_of: Callable[[str], str]) -> str:
    """One table per kind of entity: metrics down, groups across; a click on a name opens its passport."""
    rows: list[dict[str, Any]] = [{str(k): v for k, v in r.items()} for r in figures.rows.to_dict("records")]
    tables = []
    for entity, title in ENTITIES.items():
        own = [r for r in rows if r["entity"] == entity]
        if own:
            head = f'<h4 style="margin: 10px 0 4px">{escape(say(title, language))}</h4>'
            tables.append(head + _table(own, figures, language, name_of))
    return "".join(tables)


def passport_markup(passport: Passport, language: Language) -> str:
    """The passport of a metric, to be opened with a click on its name."""
    name, *lines = passport.text(language).split("\n")
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return (
        f'<details class="smm-passport"><summary>{escape(name)}</summary>'
        f'<ul class="smm-note">{items}</ul></details>'
    )


def _table(
    rows: Sequence[Row], figures: KeyFigures, language: Language, name_of: Callable[[str], str]
) -> str:
    column = figures.by[0] if figures.by else ""
    sizes: dict[str, int] = {}
    for row in rows:
        group = _group(row, column)
        sizes[group] = max(sizes.get(group, 0), int(row["posts"]))
    groups = sorted(sizes, key=lambda g: (-sizes[g], g))[:MOST_GROUPS]
    cells = {(r["metric"], r["currency"], _group(r, column)): r for r in rows}
    lines = list(dict.fromkeys((r["metric"], r["currency"]) for r in rows if r["known"]))
    order = {metric: i for i, metric in enumerate(figures.passports)}
    lines.sort(key=lambda line: (order[line[0]], line[1]))
    unnamed, first = say("none", language), say("Metric", language)
    head = "".join(
        f'<th class="smm-num">{escape(name_of(g) or unnamed)}'
        f'<div class="smm-note">{escape(number(sizes[g], language))}</div></th>'
        for g in groups
    )
    body = "".join(_line(line, groups, cells, figures, language) for line in lines)
    hidden = len(sizes) - len(groups)
    note = say("{count} smaller groups are in the export.", language, count=hidden) if hidden else ""
    return (
        '<div class="smm-table-frame" tabindex="0"><table class="smm-table"><thead><tr>'
        f"<th>{escape(first)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        + (f'<div class="smm-note">{escape(note)}</div>' if note else "")
    )


def _line(
    line: tuple[str, str],
    groups: Sequence[str],
    cells: Mapping[tuple[str, str, str], Row],
    figures: KeyFigures,
    language: Language,
) -> str:
    metric, currency = line
    shown = []
    for group in groups:
        row = cells.get((metric, currency, group))
        if row is None or not row["known"]:
            shown.append('<td class="smm-num">–</td>')
            continue
        more = _more(row, figures, language)
        note = f'<div class="smm-note">{escape(more)}</div>' if more else ""
        shown.append(f'<td class="smm-num">{escape(figures.shown(row, language))}{note}</td>')
    return f"<tr><td>{passport_markup(figures.passports[metric], language)}</td>{''.join(shown)}</tr>"


def _more(row: Row, figures: KeyFigures, language: Language) -> str:
    """What stands below a figure: its interval, that it is a range, or how many posts know it."""
    metric = figures.passports[row["metric"]]
    parts = []
    if row["bound"]:
        parts.append(say("largest value to sum", language))
    elif metric.proportion and not math.isnan(row["low"]):
        low, high = (metric.show(row[end], language) for end in ("low", "high"))
        parts.append(say("95 %: {low} to {high}", language, low=low, high=high))
    if row["known"] < row["posts"] and metric.combine != "latest":
        counts = {"known": int(row["known"]), "posts": int(row["posts"])}
        parts.append(say("from {known} of {posts}", language, **counts))
    return " · ".join(parts)


def _group(row: Row, column: str) -> str:
    value = row[column] if column else ""
    return str(value) if isinstance(value, str) else ""
