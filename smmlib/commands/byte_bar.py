"""A progress bar that counts bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def byte_bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """A function to be told how many bytes are done, of how many; shown on stderr after a second.

    Args:
        name: What is being done.
    """
    from tqdm import tqdm

    with tqdm(unit="B", unit_scale=True, desc=name, delay=1, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
