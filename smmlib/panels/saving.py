"""Keep what is typed: at once where no event loop runs, else a moment after the last key."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable

from smmlib.errors import SmmError

PAUSE = 0.4  # seconds without a key before a change is written
AGAIN = 15.0  # seconds until a failed write is tried again; each try may wait for a lock for ten of its own


class Later:
    """Runs a call once, shortly after the last `soon`, and never forgets it.

    A call that fails in the background is told and tried again until it succeeds: what was typed is
    still in the model, so nothing is lost as long as the notebook is open.

    Args:
        call: What to run; it must be safe to run when there is nothing new.
        tell: Told the problem when the call fails in the background, and None when it succeeds after that.
    """

    def __init__(self, call: Callable[[], None], tell: Callable[[SmmError | None], None]) -> None:
        self._call, self._tell = call, tell
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop
        self._failed = False
        atexit.register(self._at_exit)

    def soon(self) -> None:
        """Run the call after `PAUSE`; a second `soon` before that starts the pause again."""
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            self._call()
            return
        self._wait(PAUSE)

    def now(self) -> None:
        """Run a call that is waiting.

        Raises:
            SmmError: It failed; it is still waiting.
        """
        if self._timer is None:
            return
        self._stop()
        try:
            self._call()
        except SmmError:
            self._wait(AGAIN)
            raise
        if self._failed:
            self._failed = False
            self._tell(None)

    def _in_background(self) -> None:
        try:
            self.now()
        except SmmError as problem:
            self._failed = True
            self._tell(problem)

    def _wait(self, seconds: float) -> None:
        self._stop()
        self._timer = self._loop.call_later(seconds, self._in_background)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _at_exit(self) -> None:
        if self._timer is not None:
            self._call()
