"""Return on investment of a campaign, with labour and without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from smmlib.language import Language, Message, mark, money, percent, say
from smmlib.planning.ledger import Ledger
from smmlib.planning.money import ZERO
from smmlib.planning.results import Result

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Return:
    """What came back on what was spent.

    Attributes:
        revenue: Attributed revenue, in the currency of the ledger.
        cost: All actual costs of services until the day.
        labour: The part of them that is labour.
        rule: Rule of attribution of the revenue, "" when there is none.
        with_labour: (revenue - cost) ÷ cost as a fraction; None where it cannot be computed.
        without_labour: The same with costs less labour.
        currency: Of money.
        reason: Why there is no figure, or None.
        several_rules: Whether revenue was added up over several rules, so that a sale may be in it twice.
    """

    revenue: Decimal
    cost: Decimal
    labour: Decimal
    rule: str
    with_labour: Decimal | None
    without_labour: Decimal | None
    currency: str
    reason: Message | None = None
    several_rules: bool = False

    def to_frame(self) -> pd.DataFrame:
        """One row, one column per figure; money and fractions as Decimal or None."""
        import pandas as pd

        return pd.DataFrame([{name: value for name, value in asdict(self).items() if name != "reason"}])

    def text(self, language: Language = "en") -> str:
        """Both returns in one sentence, or why there is none."""
        if self.reason is not None:
            return self.reason.text(language)
        told = say(
            "Return on investment {with_labour} with labour and {without_labour} without: {revenue} of "
            "revenue, attributed by {rule}, on {cost} of costs, {labour} of them labour.",
            language,
            with_labour=_share(self.with_labour, language),
            without_labour=_share(self.without_labour, language),
            revenue=money(self.revenue, self.currency, language),
            rule=self.rule,
            cost=money(self.cost, self.currency, language),
            labour=money(self.labour, self.currency, language),
        )
        if self.several_rules:
            told += " " + say("Of several rules, so one sale may be in it twice.", language)
        return told


def return_on_investment(ledger: Ledger, results: Iterable[Result], *, until: date) -> Return:
    """Set all costs against attributed revenue.

    Revenue counts as it was attributed; unlike with margins, cost of goods is not taken off, since the
    plan does not know it.

    Args:
        ledger: The ledger.
        results: What channels brought; those of metric "revenue" count.
        until: Last day that counts.
    """
    actual = [row for row in ledger.rows if row.measure == "actual" and row.day <= until]
    cost = sum((row.cost for row in actual), ZERO)
    labour = sum((row.cost for row in actual if row.kind == "labour"), ZERO)
    sold = [result for result in results if result.metric == "revenue" and result.day <= until]
    revenue = sum((result.value for result in sold), ZERO)
    rules = {result.rule for result in sold}
    reason = _no_return(rules, cost)
    known = Return(revenue, cost, labour, " + ".join(sorted(rules)), None, None, ledger.currency, reason)
    if reason is not None:
        return known
    return Return(
        revenue,
        cost,
        labour,
        known.rule,
        (revenue - cost) / cost,
        (revenue - cost + labour) / (cost - labour) if cost > labour else None,
        ledger.currency,
        several_rules=len(rules) > 1,
    )


def _no_return(rules: set[str], cost: Decimal) -> Message | None:
    if not rules:
        return Message(mark("No revenue was attributed, so there is no return on investment."))
    if "" in rules:
        return Message(mark("Revenue without a rule of attribution is not set against costs; name the rule."))
    if cost <= 0:
        return Message(mark("No costs are booked, so there is no return on investment."))
    return None


def _share(share: Decimal | None, language: Language) -> str:
    return "–" if share is None else percent(float(share), language, 1)
