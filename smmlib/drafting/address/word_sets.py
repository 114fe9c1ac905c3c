"""The words the detection of address looks at, as words.toml has them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("words.toml")


def word_set(section: str, name: str) -> frozenset[str]:
    """One entry of words.toml: words in lower case."""
    return frozenset(_read()[section][name].split())


@cache
def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
