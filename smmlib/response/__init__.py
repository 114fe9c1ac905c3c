"""Read exports of the platforms and see how an audience responded."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib.response.best_posts import TopPosts, top_posts
    from smmlib.response.by_hour import Heatmap, heatmap
    from smmlib.response.choosing import Choices, choices
    from smmlib.response.key_figures import KeyFigures, kpis
    from smmlib.response.matching import Matches, match_posts
    from smmlib.response.narrowing import narrow
    from smmlib.response.over_time import Timeline, timeline

_HOME = {
    "Choices": "choosing",
    "Heatmap": "by_hour",
    "KeyFigures": "key_figures",
    "Matches": "matching",
    "Timeline": "over_time",
    "TopPosts": "best_posts",
    "choices": "choosing",
    "heatmap": "by_hour",
    "kpis": "key_figures",
    "match_posts": "matching",
    "narrow": "narrowing",
    "timeline": "over_time",
    "top_posts": "best_posts",
}

__all__ = [
    "Choices",
    "Heatmap",
    "KeyFigures",
    "Matches",
    "Timeline",
    "TopPosts",
    "choices",
    "heatmap",
    "kpis",
    "match_posts",
    "narrow",
    "timeline",
    "top_posts",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"smmlib.response.{_HOME[name]}"), name)
    raise AttributeError(f"module 'smmlib.response' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
