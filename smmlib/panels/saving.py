"""Keep what is typed: at once where no event loop runs, else a moment after the last key."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable

PAUSE = 0.4  # seconds without a key before a change is written


class Later:
    """Runs a call once, shortly after the last `soon`, and never forgets it.

    Args:
        call: What to run; it must be safe to run when there is nothing new.
    """

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._timer: asyncio.TimerHandle | None = None
        atexit.register(self.now)

    def soon(self) -> None:
        """Run the call after `PAUSE`; a second `soon` before that starts the pause again."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._call()
            return
        self._stop()
        self._timer = loop.call_later(PAUSE, self.now)

    def now(self) -> None:
        """Run a call that is waiting."""
        if self._timer is not None:
            self._stop()
            self._call()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
