"""Read exports of the platforms and see how an audience responded."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib.response.best_posts import TopPosts, top_posts
    from smmlib.response.by_hour import Heatmap, heatmap
    from smmlib.response.choosing import Choices, choices
    from smmlib.response.exporting import to_csv, to_xlsx
    from smmlib.response.format_file import read_format
    from smmlib.response.format_list import list_formats
    from smmlib.response.formats import Format, load_formats
    from smmlib.response.key_figures import KeyFigures, kpis
    from smmlib.response.mapping import Suggestion, suggest_mapping
    from smmlib.response.matching import Matches, match_posts
    from smmlib.response.narrowing import in_order, narrow
    from smmlib.response.over_time import Timeline, timeline
    from smmlib.response.reading import read_export
    from smmlib.response.report import Import, Problem, ReadingReport
    from smmlib.response.typed import parse_pasted, typed_figures

_HOME = {
    "Choices": "choosing",
    "Format": "formats",
    "Heatmap": "by_hour",
    "Import": "report",
    "KeyFigures": "key_figures",
    "Matches": "matching",
    "Problem": "report",
    "ReadingReport": "report",
    "Suggestion": "mapping",
    "Timeline": "over_time",
    "TopPosts": "best_posts",
    "choices": "choosing",
    "heatmap": "by_hour",
    "in_order": "narrowing",
    "kpis": "key_figures",
    "list_formats": "format_list",
    "load_formats": "formats",
    "match_posts": "matching",
    "narrow": "narrowing",
    "parse_pasted": "typed",
    "read_export": "reading",
    "read_format": "format_file",
    "suggest_mapping": "mapping",
    "timeline": "over_time",
    "to_csv": "exporting",
    "to_xlsx": "exporting",
    "top_posts": "best_posts",
    "typed_figures": "typed",
}

__all__ = [
    "Choices",
    "Format",
    "Heatmap",
    "Import",
    "KeyFigures",
    "Matches",
    "Problem",
    "ReadingReport",
    "Suggestion",
    "Timeline",
    "TopPosts",
    "choices",
    "heatmap",
    "in_order",
    "kpis",
    "list_formats",
    "load_formats",
    "match_posts",
    "narrow",
    "parse_pasted",
    "read_export",
    "read_format",
    "suggest_mapping",
    "timeline",
    "to_csv",
    "to_xlsx",
    "top_posts",
    "typed_figures",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"smmlib.response.{_HOME[name]}"), name)
    raise AttributeError(f"module 'smmlib.response' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
