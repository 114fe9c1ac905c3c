"""Earlier posts, arranged so that a text much like one of them is found at once.

Texts are compared by their runs of three words ("shingles"): the Jaccard index of two sets of runs.
A. Broder, "On the resemblance and containment of documents", Compression and Complexity of Sequences, 1997.
An index from run to posts keeps a look at 5,000 posts under a millisecond; a run that many posts have,
such as a standing last line, leads to its latest ones only.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import overload

from smmlib.draft import Draft, Version

ALIKE = 0.5
_WORDS_LEAST = 5
_RUN = 3
_LATEST = 40
_CANDIDATES = 12
_LEFT_OUT = re.compile(r"https?://\S+|[#@＃＠][\w.@-]+")
_WORD = re.compile(r"\w+")

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class EarlierPost:
    """A text of an earlier draft on one account.

    Attributes:
        draft: The draft.
        account: Id of the account, or "" for a text that goes to none yet.
        when: When it was posted or is planned, or None.
        runs: Its runs of words.
    """

    draft: Draft
    account: str
    when: datetime | None
    runs: Runs


@dataclass(frozen=True, slots=True)
class Likeness:
    """An earlier post and how like it a text is.

    Attributes:
        post: The earlier post.
        share: Jaccard index of the runs of words, from `ALIKE` to 1.
    """

    post: EarlierPost
    share: float


class EarlierPosts(Sequence[Draft]):
    """Drafts to look for repetitions in: make it once, pass it to every check as `earlier`.

    Args:
        drafts: The drafts, in any order. Texts under five words, such as a greeting, are not compared.
    """

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = tuple(drafts)
        self._posts = [post for draft in self._drafts for post in _posts(draft)]
        self._by_run: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place in sorted(range(len(self._posts)), key=lambda i: _moment(self._posts[i])):
            for run in self._posts[place].runs:
                self._by_run[run].append(place)

    @classmethod
    def of(cls, drafts: Sequence[Draft]) -> EarlierPosts:
        """`drafts` itself if it is arranged already, else arranged now."""
        return drafts if isinstance(drafts, cls) else cls(drafts)

    @overload
    def __getitem__(self, index: int) -> Draft: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Draft]: ...
    def __getitem__(self, index: int | slice) -> Draft | Sequence[Draft]:
        """The draft at a place."""
        return self._drafts[index]

    def __len__(self) -> int:
        """Number of drafts."""
        return len(self._drafts)

    def like(self, text: str, *, apart_from: str = "") -> tuple[Likeness, ...]:
        """Earlier posts that say nearly the same, the most alike first.

        Args:
            text: Any text.
            apart_from: Id of a draft that does not count: the one the text belongs to.
        """
        runs = runs_of(text)
        # A post alike shares at least half of the runs, so one of any larger half: the rarest suffice.
        rarest = sorted((self._by_run.get(run, ()) for run in runs), key=len)[: len(runs) // 2 + 1]
        shared = Counter(place for places in rarest for place in places[-_LATEST:])
        near = [
            Likeness(self._posts[place], _jaccard(runs, self._posts[place].runs))
            for place, _ in shared.most_common(_CANDIDATES)
            if self._posts[place].draft.id != apart_from
        ]
        return tuple(sorted((one for one in near if one.share >= ALIKE), key=lambda one: -one.share))


@lru_cache(maxsize=256)
def runs_of(text: str) -> Runs:
    """The runs of three words of a text, without links, hashtags and mentions; none of a very short one."""
    plain = _LEFT_OUT.sub(" ", unicodedata.normalize("NFC", text))
    words = _WORD.findall(plain.casefold())
    if len(words) < _WORDS_LEAST:
        return frozenset()
    return frozenset(zip(*(words[i:] for i in range(_RUN)), strict=False))


def _jaccard(one: Runs, other: Runs) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both)


def _posts(draft: Draft) -> Iterator[EarlierPost]:
    versions = draft.versions or (Version(account="-"),)
    for version in versions:
        text = draft.text if version.text is None else version.text
        account = version.account if draft.versions else ""
        yield EarlierPost(draft, account, version.posted_at or version.planned_at, runs_of(text))
    for variant in draft.variants:
        yield EarlierPost(draft, "", None, runs_of(variant.text))


def _moment(post: EarlierPost) -> float:
    return post.when.timestamp() if post.when else 0.0
