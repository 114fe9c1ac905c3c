"""Find the draft each imported post came from. Proposals: a person confirms them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from smmlib.language import mark

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.campaign import Account
    from smmlib.draft import Draft, Version

KEY = ("network", "account", "entity_id")
MATCHED = (*KEY, "draft", "draft_account", "variant", "by", "score")
WAYS = {
    "permalink": mark("permalink"),
    "utm_content": mark("utm_content"),
    "text and time": mark("text and time"),
}
LIKE_ENOUGH = 0.6
FAR = timedelta(days=3)
CLEAR = 0.05

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Proposed matches of posts and drafts.

    Attributes:
        rows: network, account, entity_id of the post; draft (id), draft_account (id of the account it
            was for), variant (name, or empty), by ("permalink", "utm_content" or "text and time"),
            score (1 for a link; else likeness of the words, 0 to 1).
        unmatched: network, account, entity_id of posts without a draft, and why: "no draft is like it",
            "several drafts fit" or "nothing to compare".
    """

    rows: pd.DataFrame
    unmatched: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """`rows`, as a copy."""
        return self.rows.copy()


NO_LIKENESS = mark("no draft is like it")
SEVERAL = mark("several drafts fit")
NOTHING = mark("nothing to compare")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One text that may have been posted: a draft for an account, perhaps as a variant."""

    draft: str
    account: str
    network: str
    handle: str
    variant: str
    words: frozenset[str]
    planned_at: datetime | None
    permalink: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Found:
    candidate: _Candidate
    by: str
    score: float


def match_posts(posts: pd.DataFrame, drafts: Iterable[Draft], accounts: Iterable[Account]) -> Matches:
    """Propose a draft for each post: by permalink, then `utm_content`, then text and time.

    A link decides alone. Words decide when at least 60 % of them agree (Jaccard index of the words,
    links left out), the post appeared within three days of the planned time (where one was planned)
    and no other draft fits as well. Each draft goes to an account once.

    Args:
        posts: Posts table; see `smmlib.response.table.POST_COLUMNS`.
        drafts: Drafts of the workspace.
        accounts: Accounts they go to.
    """
    candidates = list(_candidates(drafts, {a.id: a for a in accounts}))
    found: dict[int, _Found] = {}
    missed: dict[int, str] = {}
    records: list[dict[str, Any]] = [{str(k): v for k, v in p.items()} for p in posts.to_dict("records")]
    by_link = _index(candidates)
    for i, post in enumerate(records):
        hit = _by_link(post, by_link) or _by_utm(post, candidates)
        if hit:
            found[i] = hit
    taken = {(f.candidate.draft, f.candidate.account) for f in found.values()}
    free = [c for c in candidates if (c.draft, c.account) not in taken]
    words = _by_words([(i, p) for i, p in enumerate(records) if i not in found], free, missed)
    return _result(records, found | words, missed)


def _candidates(drafts: Iterable[Draft], accounts: dict[str, Account]) -> Iterator[_Candidate]:
    for draft in drafts:
        for version in draft.versions:
            account = accounts.get(version.account)
            if account is None:
                continue
            texts = [(v.name, v.text) for v in draft.variants] or [("", draft.text_for(account.id))]
            yield from (_candidate(draft, version, account, name, text) for name, text in texts)


def _candidate(draft: Draft, version: Version, account: Account, variant: str, text: str) -> _Candidate:
    names = {draft.id, f"{draft.id}-{variant}", f"{draft.id}-{variant.casefold()}"} if variant else {draft.id}
    return _Candidate(
        draft=draft.id,
        account=account.id,
        network=account.network,
        handle=account.handle,
        variant=variant,
        words=_words(text),
        planned_at=version.planned_at,
        permalink=_plain_link(version.permalink),
        marks=frozenset({*names, *_utm_contents(draft.link, text)}),
    )


def _words(text: object) -> frozenset[str]:
    if not isinstance(text, str):
        return frozenset()
    return frozenset(_WORD.findall(_LINK.sub(" ", text).casefold()))


def _plain_link(link: object) -> str:
    """A link without scheme, `www.`, query and closing slash; empty when there is none."""
    if not isinstance(link, str) or not link.strip():
        return ""
    text = link.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return ""
    keep = "&".join(p for p in parts.query.split("&") if p.startswith(("v=", "id=", "story_fbid=", "fbid=")))
    return (
        parts.netloc.casefold().removeprefix("www.") + parts.path.rstrip("/") + (f"?{keep}" if keep else "")
    )


def _index(candidates: Sequence[_Candidate]) -> dict[str, list[_Candidate]]:
    index: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.permalink:
            index[candidate.permalink].append(candidate)
    return index


def _by_link(post: dict[str, Any], index: dict[str, list[_Candidate]]) -> _Found | None:
    there = [c for c in index.get(_plain_link(post.get("link")), ()) if c.network == post["network"]]
    if len({(c.draft, c.account) for c in there}) != 1:
        return None
    words = _words(post.get("text"))
    return _Found(max(there, key=lambda c: _likeness(words, c.words)), "permalink", 1.0)


def _by_utm(post: dict[str, Any], candidates: Sequence[_Candidate]) -> _Found | None:
    contents = set(_utm_contents(post.get("link"), post.get("text")))
    if not contents:
        return None
    fits = [c for c in candidates if c.network == post["network"] and contents & c.marks]
    there = [c for c in fits if _same_account(post, c)]
    if len({c.draft for c in there}) != 1 or len({c.account for c in there}) != 1:
        return None
    words = _words(post.get("text"))
    return _Found(max(there, key=lambda c: _likeness(words, c.words)), "utm_content", 1.0)


def _utm_contents(*texts: object) -> Iterator[str]:
    for text in texts:
        for link in _LINK.findall(text) if isinstance(text, str) else ():
            try:
                yield from parse_qs(urlsplit(link).query).get("utm_content", [])
            except ValueError:
                continue


def _by_words(
    posts: Sequence[tuple[int, dict[str, Any]]], candidates: Sequence[_Candidate], missed: dict[int, str]
) -> dict[int, _Found]:
    """The likest draft of each post, the likest pairs first, each draft and account once."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        for word in candidate.words:
            places[word].append(place)
    offers: dict[int, list[tuple[float, _Candidate]]] = {}
    for i, post in posts:
        words = _words(post.get("text"))
        offers[i] = _offers(post, words, candidates, places)
        if not words:
            missed[i] = NOTHING
    ranked = sorted(((s, i, c) for i, own in offers.items() for s, c in own), key=lambda offer: -offer[0])
    found: dict[int, _Found] = {}
    taken: set[tuple[str, str]] = set()
    for score, i, candidate in ranked:
        if i in found or i in missed or (candidate.draft, candidate.account) in taken:
            continue
        left = [(s, c) for s, c in offers[i] if c is not candidate and (c.draft, c.account) not in taken]
        if any(score - other < CLEAR for other, _ in left):
            missed[i] = SEVERAL
            continue
        found[i] = _Found(candidate, "text and time", score)
        taken.add((candidate.draft, candidate.account))
    return found


def _offers(
    post: dict[str, Any],
    words: frozenset[str],
    candidates: Sequence[_Candidate],
    places: Mapping[str, Sequence[int]],
) -> list[tuple[float, _Candidate]]:
    """Candidates whose words, account and time fit, with their likeness."""
    shared = Counter(chain.from_iterable(places.get(word, ()) for word in words))
    there = [(n / (len(words) + len(candidates[i].words) - n), candidates[i]) for i, n in shared.items()]
    return [
        (score, c)
        for score, c in there
        if score >= LIKE_ENOUGH and c.network == post["network"] and _same_account(post, c) and _near(post, c)
    ]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _same_account(post: dict[str, Any], candidate: _Candidate) -> bool:
    """An export may not name the account, or name it by handle."""
    name = str(post.get("account") or "").lstrip("@").casefold()
    return not name or name in (candidate.account.casefold(), candidate.handle.lstrip("@").casefold())


def _near(post: dict[str, Any], candidate: _Candidate) -> bool:
    import pandas as pd

    when = post.get("published_at_utc")
    if candidate.planned_at is None or not isinstance(when, datetime) or pd.isna(when):
        return True
    return abs(when - candidate.planned_at) <= FAR


def _result(records: Sequence[dict[str, Any]], found: dict[int, _Found], missed: dict[int, str]) -> Matches:
    import pandas as pd

    key = {i: [post[k] for k in KEY] for i, post in enumerate(records)}
    rows = [
        [*key[i], f.candidate.draft, f.candidate.account, f.candidate.variant, f.by, f.score]
        for i, f in sorted(found.items())
    ]
    rest = [[*key[i], missed.get(i, NO_LIKENESS)] for i in key if i not in found]
    return Matches(pd.DataFrame(rows, columns=list(MATCHED)), pd.DataFrame(rest, columns=[*KEY, "why"]))
