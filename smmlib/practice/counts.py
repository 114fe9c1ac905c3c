"""The figures of the practice company: drawn from the planted effects, overdispersed as real ones are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.practice.effects import ENGAGEMENTS, Effects
from smmlib.practice.running import Days, draw_running, plan_of, split_people

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.practice.post import Post
    from smmlib.practice.story import Story

ANSWERS = (*ENGAGEMENTS, "follows", "link_clicks", "clicks", "negative")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was drawn.

    Attributes:
        posts: One row per post (index: key): shown, reach and one column per answer.
        days: One row per post and local day: key, day, shown, engagements, comments; they add up to `posts`.
        followers: One row per account and local day: account, day, followers, follows, unfollows.
        ads: One row per advertisement (index: key of the post): impressions, link_clicks, spend (Decimal).
        tests: Per copy test its arms' (trials, successes).
        running: Per running test what came in day by day.
    """

    posts: pd.DataFrame
    days: pd.DataFrame
    followers: pd.DataFrame
    ads: pd.DataFrame
    tests: tuple[tuple[tuple[int, int], ...], ...]
    running: tuple[Days, ...]


def draw_figures(story: Story, effects: Effects, rng: np.random.Generator) -> Figures:
    """Draw everything once.

    The posts in matched slots and the running tests have generators of their own, so that they change
    nothing of what is drawn for the rest.
    """
    import pandas as pd

    own, slots, running = rng, *rng.spawn(2)
    usual, tested = (
        [post for post in story.posts if bool(post.test) == is_test] for is_test in (False, True)
    )
    posts, more_posts = draw_posts(usual, effects, own), draw_posts(tested, effects, slots)
    days = draw_days(usual, posts, effects, story.observed_until, own)
    more_days = draw_days(tested, more_posts, effects, story.observed_until, slots)
    return Figures(
        posts=pd.concat([posts, more_posts]),
        days=pd.concat([days, more_days], ignore_index=True),
        followers=_draw_followers(story, effects, own),
        ads=_draw_ads(story, effects, own),
        tests=tuple(_draw_test(test, own) for test in story.tests),
        running=tuple(
            draw_running(test, plan_of(test, story.zone).trials, story.observed_until, running)
            for test in story.running
        ),
    )


def draw_posts(posts: Sequence[Post], effects: Effects, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the final figures of posts: negative binomial, by a gamma factor per post and Poisson counts."""
    import pandas as pd

    size, shape = len(posts), effects.dispersion
    expected = np.array([effects.showings(post) for post in posts])
    shown = rng.poisson(expected * rng.gamma(shape.shown, 1 / shape.shown, size))
    liking = rng.gamma(shape.answered, 1 / shape.answered, size)
    share = np.array([effects.accounts[post.account].reach for post in posts])
    drawn = {"shown": shown, "reach": rng.binomial(shown, share)}
    for answer in ANSWERS:
        rates = np.array([effects.rate(post, answer) for post in posts])
        drawn[answer] = rng.poisson(shown * rates * liking)
    return pd.DataFrame(drawn, index=pd.Index([post.key for post in posts], name="key"))


def draw_days(
    posts: Sequence[Post], final: pd.DataFrame, effects: Effects, until: date, rng: np.random.Generator
) -> pd.DataFrame:
    """Spread final figures over local days as they came in; the sums are kept."""
    import pandas as pd

    parts = ("shown", *ENGAGEMENTS)
    rows: list[dict[str, Any]] = []
    for post, figures in zip(posts, final[list(parts)].to_dict("records"), strict=True):
        days, shares = day_shares(post.at, effects.half_life(post), effects.decay.days, until)
        spread = {part: rng.multinomial(figures[part], shares) for part in parts}
        engagements = np.sum([spread[part] for part in ENGAGEMENTS], axis=0)
        rows += [
            {"key": post.key, "day": day, "shown": shown, "engagements": all_answers, "comments": comments}
            for day, shown, all_answers, comments in zip(
                days, spread["shown"], engagements, spread["comments"], strict=True
            )
        ]
    return pd.DataFrame(rows)


def day_shares(at: datetime, half_life: float, days: int, until: date) -> tuple[list[date], np.ndarray]:
    """Local days a post is followed and the share of its final figure that falls on each.

    Args:
        at: Publication, with time zone.
        half_life: Hours until half has come in; F(t) = 1 − 2^(−t / half_life), scaled to 1 at the end.
        days: How many local days, the first included.
        until: Last day that is observed.
    """
    first = at.date()
    number = min(days, (until - first).days + 1)
    midnights = [datetime.combine(first + timedelta(n + 1), time(), at.tzinfo) for n in range(number)]
    hours = np.array([(m.timestamp() - at.timestamp()) / 3600 for m in midnights])
    came_in = 1 - 2.0 ** (-hours / half_life)
    return [first + timedelta(n) for n in range(number)], np.diff(came_in / came_in[-1], prepend=0.0)


def _draw_followers(story: Story, effects: Effects, rng: np.random.Generator) -> pd.DataFrame:
    import pandas as pd

    size = (story.observed_until - story.first_day).days + 1
    days = [story.first_day + timedelta(n) for n in range(size)]
    frames = []
    for account in story.accounts:
        readers = effects.accounts[account.id]
        if readers.followers is None:
            continue
        leaving = np.full(size, readers.daily_unfollows)
        angry = effects.storm.unfollows.get(account.id, ())
        start = (effects.storm.start.date() - story.first_day).days
        leaving[start : start + len(angry)] += angry
        follows, unfollows = rng.poisson(readers.daily_follows, size), rng.poisson(leaving)
        columns = {"account": account.id, "day": days, "follows": follows, "unfollows": unfollows}
        followers = readers.followers + np.cumsum(follows - unfollows)
        frames.append(pd.DataFrame(columns).assign(followers=followers))
    return pd.concat(frames, ignore_index=True)


def _draw_ads(story: Story, effects: Effects, rng: np.random.Generator) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for key, budget in story.ads:
        price = effects.accounts[key.rsplit("/", 1)[1]].ads_mille
        if price is None:
            raise ValueError(f"{key} is advertised, but its account has no ads_mille")
        spend = (Decimal(budget) * Decimal(str(effects.ads.spent))).quantize(Decimal("0.01"))
        impressions = rng.poisson(float(spend) / price * 1000 * rng.gamma(40, 1 / 40))
        clicks = rng.poisson(impressions * effects.ads.link_clicks)
        rows.append({"key": key, "impressions": impressions, "link_clicks": clicks, "spend": spend})
    return pd.DataFrame(rows).set_index("key")


def _draw_test(test: dict[str, Any], rng: np.random.Generator) -> tuple[tuple[int, int], ...]:
    trials = split_people(test, test["trials"], rng)
    successes = rng.binomial(trials, test["rates"])
    return tuple((int(n), int(x)) for n, x in zip(trials, successes, strict=True))
