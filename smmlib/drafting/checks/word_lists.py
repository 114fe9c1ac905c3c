"""Words and patterns the checks look for, as words.toml has them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("words.toml")


def entry(section: str, name: str) -> Any:
    """One entry of words.toml. Do not change it."""
    return _read()[section][name]


def word_set(section: str, name: str) -> frozenset[str]:
    """An entry that is words with blanks between."""
    return frozenset(str(entry(section, name)).split())


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
