"""What a reader of exports has to say about rows and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmlib.language import Message
from smmlib.response.report import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(slots=True)
class Notes:
    """What a reader has to say, in the order it is found."""

    dropped: list[Problem]
    problems: list[Problem]

    def drop(self, message: Message, rows: NDArray[np.int64]) -> None:
        """Rows that are left out."""
        if len(rows):
            self.dropped.append(Problem.about(message, rows.tolist()))

    def tell(self, message: Message, rows: NDArray[np.int64], *, choice: str = "") -> None:
        """Rows that need a look; `choice` is the option of `read_export` that settles them."""
        if len(rows):
            self.problems.append(Problem.about(message, rows.tolist(), choice=choice))

    def remark(self, message: Message) -> None:
        """Something about the whole file."""
        self.problems.append(Problem(message=message, count=0))
