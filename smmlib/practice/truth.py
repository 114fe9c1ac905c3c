"""What is really true about the practice company, as JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from smmlib.practice.effects import Effects, hours_of, slot_of

if TYPE_CHECKING:
    from smmlib.practice.post import Post
    from smmlib.practice.slot_story import SlotTest
    from smmlib.practice.story import Story

_TOLD = {"key", "account", "format", "pillar", "hook", "storm"}


def truth_of(story: Story, effects: Effects, seed: int) -> dict[str, Any]:
    """The planted effects and what follows from them for each test and post."""
    storm, slots = effects.storm, story.slot_test
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
        "tests": {
            **{test["id"]: _of_test(test) for test in story.tests},
            slots.told["id"]: _of_slots(slots, effects),
            **{test["id"]: _of_test(test) for test in story.running},
        },
        "unmatched": [post.entity_id for post in story.posts if not post.draft],
        "posts": {post.entity_id: _of_post(post, effects) for post in story.posts},
    }


def _of_test(test: Mapping[str, Any]) -> dict[str, Any]:
    names = [arm["variant"] for arm in test["arms"]]
    return {
        "rates": dict(zip(names, test["rates"], strict=True)),
        "shares": dict(zip(names, test["shares"], strict=True)),
        "lesson": test["lesson"],
    }


def _of_slots(test: SlotTest, effects: Effects) -> dict[str, Any]:
    """Rates are answers of the test's metric per showing; posts scatter around them."""
    metric = test.told["metric"]
    rates = {post.hook: round(effects.rate(post, metric), 6) for post in test.posts}
    return {
        "assignment": test.assignment.id,
        "rates": {name: rates[name] for name in test.assignment.variants},
        "lesson": test.told["lesson"],
    }


def _of_post(post: Post, effects: Effects) -> dict[str, Any]:
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
