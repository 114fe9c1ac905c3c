"""The practice company as a whole: records, export files, typed figures and the truth behind them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft
from smmlib.practice.control_story import Controlled, control_story
from smmlib.practice.counts import Figures, draw_figures
from smmlib.practice.effects import read_effects
from smmlib.practice.exports import typed_table, write_exports
from smmlib.practice.files import Export
from smmlib.practice.post import Post
from smmlib.practice.running import running_test
from smmlib.practice.story import Story, read_story
from smmlib.practice.truth import truth_of

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.experiments import Assignment, CopyTest

SEED = 2026
CONTROL = 6
"""Second number of the seed of plan and control, which so changes nothing of what is drawn for the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class PracticeCompany:
    """A made-up company with everything a workspace holds, and what is true about it.

    Attributes:
        name: Name of the workspace.
        seed: Seed its figures were drawn with.
        zone: Clock of its posts and typed figures.
        accounts, campaigns, drafts, tests, assignments: Records, ready for a workspace.
        posts: The published posts, in order of time.
        exports: Files as the networks would give them, in the order in which to import them.
        typed: Figures of the network without an export; see `exports.typed_table`.
        control: Plan of one campaign, what was booked on it and what channels brought.
        truth: What was planted, as JSON values; see `truth_json`.
    """

    name: str
    seed: int
    zone: ZoneInfo
    accounts: tuple[Account, ...]
    campaigns: tuple[Campaign, ...]
    drafts: tuple[Draft, ...]
    tests: tuple[CopyTest, ...]
    assignments: tuple[Assignment, ...]
    posts: tuple[Post, ...]
    exports: tuple[Export, ...]
    typed: pd.DataFrame
    control: Controlled
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
    control = control_story(story.observed_until, story.zone, np.random.default_rng((seed, CONTROL)))
    return PracticeCompany(
        name=story.name,
        seed=seed,
        zone=story.zone,
        accounts=story.accounts,
        campaigns=story.campaigns,
        drafts=story.drafts,
        tests=_tests(story, figures),
        assignments=(story.slot_test.assignment,),
        posts=story.posts,
        exports=write_exports(story, figures),
        typed=typed_table(story, figures),
        control=control,
        truth={**truth_of(story, effects, seed), "control": control.truth},
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
    slots = story.slot_test
    kept = {name: slots.told[name] for name in ("id", "name", "metric", "control")}
    arms = tuple(Arm(variant=name, text=text) for name, text in slots.texts.items())
    networks = tuple(sorted({post.network for post in slots.posts}))
    made.append(
        CopyTest(**kept, design="slots", networks=networks, assignment=slots.assignment.id, arms=arms)
    )
    running = zip(story.running, figures.running, strict=True)
    return (*made, *(running_test(told, days, story.zone) for told, days in running))
