"""The practice company as a whole: records, export files, typed figures and the truth behind them."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft
from smmlib.practice.counts import Figures, draw_figures
from smmlib.practice.effects import Effects, hours_of, read_effects, slot_of
from smmlib.practice.exports import typed_table, write_exports
from smmlib.practice.files import Export
from smmlib.practice.story import Post, Story, read_story

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.experiments import CopyTest

SEED = 2026


@dataclass(frozen=True, slots=True, eq=False)
class PracticeCompany:
    """A made-up company with everything a workspace holds, and what is true about it.

    Attributes:
        name: Name of the workspace.
        seed: Seed its figures were drawn with.
        zone: Clock of its posts and typed figures.
        accounts, campaigns, drafts, tests: Records, ready for a workspace.
        posts: The published posts, in order of time.
        exports: Files as the networks would give them, in the order in which to import them.
        typed: Figures of the network without an export; see `exports.typed_table`.
        truth: What was planted, as JSON values; see `truth_json`.
    """

    name: str
    seed: int
    zone: ZoneInfo
    accounts: tuple[Account, ...]
    campaigns: tuple[Campaign, ...]
    drafts: tuple[Draft, ...]
    tests: tuple[CopyTest, ...]
    posts: tuple[Post, ...]
    exports: tuple[Export, ...]
    typed: pd.DataFrame
    truth: dict[str, Any]

    @property
    def truth_json(self) -> str:
        """The truth as text of a JSON file."""
        return json.dumps(self.truth, ensure_ascii=False, indent=1) + "\n"


def practice_company(seed: int = SEED) -> PracticeCompany:
    """Make the practice company; the same seed makes the same company, byte for byte.

    Texts, dates and effects are always the same, the figures are drawn.

    Args:
        seed: Seed of the random generator, 0 or more.
    """
    story, effects = read_story(), read_effects()
    figures = draw_figures(story, effects, np.random.default_rng(seed))
    return PracticeCompany(
        name=story.name,
        seed=seed,
        zone=story.zone,
        accounts=story.accounts,
        campaigns=story.campaigns,
        drafts=story.drafts,
        tests=_tests(story, figures),
        posts=story.posts,
        exports=write_exports(story, figures),
        typed=typed_table(story, figures),
        truth=_truth(story, effects, seed),
    )


def _tests(story: Story, figures: Figures) -> tuple[CopyTest, ...]:
    from smmlib.experiments import Arm, CopyTest

    made = []
    for told, counts in zip(story.tests, figures.tests, strict=True):
        arms = tuple(
            Arm(**arm, trials=trials, successes=successes)
            for arm, (trials, successes) in zip(told["arms"], counts, strict=True)
        )
        kept = {name: told[name] for name in ("id", "name", "campaign", "design", "metric", "control")}
        made.append(CopyTest(**kept, arms=arms))
    return tuple(made)


def _truth(story: Story, effects: Effects, seed: int) -> dict[str, Any]:
    storm = effects.storm
    return {
        "about": "The true effects of the practice company. Everything is made up. See data/README.md.",
        "seed": seed,
        "period": [story.first_day.isoformat(), story.last_day.isoformat()],
        "observed_until": story.observed_until.isoformat(),
        "effects": effects.model_dump(mode="json", exclude={"storm"}),
        "storm": {
            **storm.model_dump(mode="json"),
            "end": storm.end.isoformat(),
            "posts": [post.key for post in story.posts if post.storm],
        },
        "tests": {test["id"]: _truth_of_test(test) for test in story.tests},
        "unmatched": [post.entity_id for post in story.posts if not post.draft],
        "posts": {post.entity_id: _truth_of_post(post, effects) for post in story.posts},
    }


def _truth_of_test(test: dict[str, Any]) -> dict[str, Any]:
    names = [arm["variant"] for arm in test["arms"]]
    return {
        "rates": dict(zip(names, test["rates"], strict=True)),
        "shares": dict(zip(names, test["shares"], strict=True)),
        "lesson": test["lesson"],
    }


def _truth_of_post(post: Post, effects: Effects) -> dict[str, Any]:
    told = {f.name: getattr(post, f.name) for f in fields(post) if f.name in _TOLD}
    rates = {name: round(effects.rate(post, name), 6) for name in effects.accounts[post.account].rates}
    return {
        **told,
        "hours": hours_of(post.at),
        "slot": slot_of(post.at),
        "expected_shown": round(effects.showings(post), 1),
        "rates": rates,
        "half_life_hours": round(effects.half_life(post), 2),
    }


_TOLD = {"key", "account", "format", "pillar", "hook", "storm"}
