"""Values that are kept until what they were made from changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """Keeps one value a name."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[Any, Any]] = {}

    def get(self, name: str, key: Any, make: Callable[[], T]) -> T:
        """The value of a name, made anew if it was made for another key."""
        if name not in self._values or self._values[name][0] != key:
            self._values[name] = (key, make())
        value: T = self._values[name][1]
        return value

    def key(self, name: str) -> Any:
        """What the value of a name was made for, None while there is none."""
        return self._values[name][0] if name in self._values else None
