"""How many blocks of slots a decision about organic posts needs."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from statistics import NormalDist

import pandas as pd

from smmlib.errors import InvalidValueError
from smmlib.experiments.holm_power import distance
from smmlib.experiments.plan_terms import check_alpha, check_numbers, check_power, check_whole
from smmlib.experiments.rank_power import MOST_BLOCKS, rank_power
from smmlib.experiments.rounding import rounded_p
from smmlib.experiments.scatter import SlotScatter
from smmlib.language import Language, mark, say, say_many

_RANK_EFFICIENCY = 3 / math.pi  # of the signed-rank test at the normal distribution


@dataclass(frozen=True, slots=True)
class SlotNeed:
    """What a test in matched slots needs.

    Attributes:
        relative_lift: Relative difference to be found.
        variants: Variants.
        power: Chance to find it.
        alpha: Chance of a false winner.
        sd: Standard deviation of the log ratio of two posts in like slots.
        blocks: Blocks needed; with two variants: pairs.
        blocks_low: Blocks if the scatter is as low as its interval allows.
        blocks_high: Blocks if it is as high; both equal `blocks` where the scatter is known.
        smallest_p: The smallest two-sided p value that many blocks can give.
        posts_per_week: Posts the team can give to the test a week, or None.
    """

    relative_lift: float
    variants: int
    power: float
    alpha: float
    sd: float
    blocks: int
    blocks_low: int
    blocks_high: int
    smallest_p: float
    posts_per_week: float | None

    @property
    def posts(self) -> int:
        """Posts in all."""
        return self.blocks * self.variants

    @property
    def weeks(self) -> int | None:
        """Weeks at the team's rate; None where it is not known."""
        return None if self.posts_per_week is None else math.ceil(self.posts / self.posts_per_week)

    def to_frame(self) -> pd.DataFrame:
        """One row, one column per attribute, posts and weeks."""
        return pd.DataFrame([{**asdict(self), "posts": self.posts, "weeks": self.weeks}])

    def text(self, language: Language = "en") -> str:
        """What the test needs, in a few sentences."""
        sentences = [
            say(
                "To find a lift of {lift:%0} in organic posts, {blocks} blocks of {variants} like slots are "
                "needed, {posts} posts in all. It is then found with about {power:%0} probability; the "
                "smallest possible p value is {p}.",
                language,
                lift=self.relative_lift,
                blocks=self.blocks,
                variants=self.variants,
                posts=self.posts,
                power=self.power,
                p=rounded_p(self.smallest_p, language),
            )
        ]
        if self.blocks_low != self.blocks_high:
            text = mark("How much posts scatter is itself an estimate: it may take {low} to {high} blocks.")
            sentences.append(say(text, language, low=self.blocks_low, high=self.blocks_high))
        if self.weeks is not None:
            sentences.append(
                say_many(
                    "At a rate of {rate} a week that takes {count} week.",
                    "At a rate of {rate} a week that takes {count} weeks.",
                    self.weeks,
                    language,
                    rate=self.posts_per_week,
                )
            )
        return " ".join(sentences)


def plan_slots(
    scatter: float | SlotScatter,
    relative_lift: float,
    *,
    variants: int = 2,
    power: float = 0.8,
    alpha: float = 0.05,
    posts_per_week: float | None = None,
) -> SlotNeed:
    """How many blocks of like slots a test of organic posts needs.

    Args:
        scatter: Standard deviation of the log ratio of two posts in like slots; or what `slot_scatter`
            returned, whose interval then gives a range.
        relative_lift: Change to be found, e.g. 0.2; may be negative.
        variants: Variants, 2 to 20. With more than two, one is taken to be better by that much and the others
            alike, and it has to beat every other one, with Holm's correction.
        power: Probability to find it, between alpha and 1.
        alpha: Two-sided error, between 0 and 1.
        posts_per_week: Posts the team can give to the test a week, or None.

    Raises:
        InvalidValueError: A value lies outside its range.

    Source:
        Paired t test with Guenther's correction (1981), The American Statistician 35:243-244; divided by
        3/π, the efficiency of the signed-rank test at the normal distribution (Hodges and Lehmann 1956,
        Annals of Mathematical Statistics 27:324-335). More than two variants: `holm_power.distance`;
        up to 20 blocks: `rank_power`.
    """
    sd = scatter.sd if isinstance(scatter, SlotScatter) else scatter
    _check_need(sd, relative_lift, variants, posts_per_week)
    check_power(power, alpha)
    ends = (scatter.low, scatter.high) if isinstance(scatter, SlotScatter) else (sd, sd)
    blocks, low, high = (
        _blocks(each / math.log1p(relative_lift), variants, power, alpha) for each in (sd, *ends)
    )
    return SlotNeed(
        relative_lift=relative_lift,
        variants=variants,
        power=power,
        alpha=alpha,
        sd=sd,
        blocks=blocks,
        blocks_low=low,
        blocks_high=high,
        smallest_p=smallest_p(blocks),
        posts_per_week=posts_per_week,
    )


def smallest_p(blocks: int) -> float:
    """The smallest two-sided p value so many blocks can give: all differ the same way, 2 / 2^blocks."""
    return min(1.0, 2.0 ** (1 - blocks))


def least_blocks(alpha: float, variants: int = 2) -> int:
    """Blocks from which on a p value below alpha is possible; 6 for .05."""
    return math.floor(math.log2(2 * (variants - 1) / alpha)) + 1


def check_blocks(blocks: int, alpha: float, variants: int = 2) -> None:
    """Raise an `InvalidValueError` if so many blocks cannot give a p value below `alpha`."""
    check_alpha(alpha)
    needed = least_blocks(alpha, variants)
    if blocks < needed:
        raise InvalidValueError(
            mark(
                "{blocks} blocks of like slots can give no p value below {smallest:.4}; {needed} blocks are "
                "needed for {alpha:plain} with {variants} variants. Plan more slots of the same kind. A test "
                "on impressions instead would not be valid: all who saw one post share its day, its hour "
                "and its luck, so the post is the unit."
            ),
            blocks=blocks,
            smallest=smallest_p(blocks),
            needed=needed,
            alpha=alpha,
            variants=variants,
        )


def _blocks(sd: float, variants: int, power: float, alpha: float) -> int:
    """Blocks for a scatter of `sd` times the effect."""
    z = NormalDist().inv_cdf(1 - alpha / (variants - 1) / 2)
    needed = (distance(variants, power, alpha) * sd) ** 2 / _RANK_EFFICIENCY + z * z / 2
    blocks = max(math.ceil(needed) - 2, least_blocks(alpha, variants))
    while blocks <= MOST_BLOCKS and rank_power(blocks, 1 / abs(sd), variants, alpha) < power:
        blocks += 1  # a few blocks give p values in coarse steps
    return max(math.ceil(needed), blocks) if blocks > MOST_BLOCKS else blocks


def _check_need(sd: float, relative_lift: float, variants: int, posts_per_week: float | None) -> None:
    check_numbers(scatter=sd, relative_lift=relative_lift, posts_per_week=posts_per_week or 1)
    check_whole(variants=variants)
    if not 0 < sd < math.inf:
        raise InvalidValueError(
            mark("The scatter is {sd:plain}; it must be above 0. `slot_scatter` estimates it."), sd=sd
        )
    if relative_lift == 0 or not -1 < relative_lift < math.inf:
        raise InvalidValueError(
            mark("The lift is {lift:plain}; it must lie above -1 and not be 0 (0.2 stands for 20 %)."),
            lift=relative_lift,
        )
    if not 2 <= variants <= 20:
        raise InvalidValueError(
            mark("{count} variants cannot be matched; a block takes 2 to 20."), count=variants
        )
    if posts_per_week is not None and not 0 < posts_per_week < math.inf:
        raise InvalidValueError(
            mark("{count:plain} posts a week are planned; give a number above 0, or leave it out."),
            count=posts_per_week,
        )
