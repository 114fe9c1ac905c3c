"""What a channel brought on a day: counts, contacts and revenue, each with source and rule of attribution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import Field, model_validator

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.metrics import load_metrics
from smmlib.planning.money import Amount
from smmlib.record import KeptRecord

ATTRIBUTED = frozenset({"results", "conversions", "revenue"})
"""Metrics that somebody has to attribute to a channel by a rule."""


@dataclass(frozen=True, slots=True)
class MetricName:
    """A metric that is called in a sentence as its passport calls it."""

    metric: str

    def text(self, language: Language = "en") -> str:
        """Its label, or its id where it has no passport."""
        passports = load_metrics()
        return passports[self.metric].label(language) if self.metric in passports else self.metric


class Result(KeptRecord):
    """One figure of one channel on one day.

    Attributes:
        channel: Id of the channel.
        day: The day, of a longer period its last.
        metric: Metric id, such as impressions, contacts, grp, link_clicks, results, revenue.
        value: The figure, ≥ 0; revenue in the currency of the plan.
        source: Who says so, e.g. "Meta ads export", "agency report of 3 March"; always there.
        rule: By which rule it was attributed to the channel, e.g. "7 days after click"; results,
            conversions and revenue without one are not set against costs.
        result_type: What kind of results, e.g. "lead"; of GRP the target group, e.g. "women 20 to 49".
    """

    channel: str = Field(min_length=1)
    day: date
    metric: str = Field(min_length=1)
    value: Amount = Field(ge=0)
    source: str
    rule: str = ""
    result_type: str = ""

    @model_validator(mode="after")
    def _has_source(self) -> Result:
        if not self.source.strip():
            raise InvalidValueError(
                mark("{metric} of {day:date} has no source; say where the figure comes from."),
                metric=self.metric,
                day=self.day,
            )
        return self


def sums_of(results: Iterable[Result], *, until: date) -> dict[tuple[str, str, str], dict[str, Decimal]]:
    """Sums per channel, metric and result type, each by rule of attribution, until a day (included)."""
    sums: dict[tuple[str, str, str], dict[str, Decimal]] = {}
    for result in results:
        if result.day <= until:
            by_rule = sums.setdefault((result.channel, result.metric, result.result_type), {})
            by_rule[result.rule] = by_rule.get(result.rule, Decimal(0)) + result.value
    return sums
