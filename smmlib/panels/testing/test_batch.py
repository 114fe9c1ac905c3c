"""Many tests at once, from a file or the response: compare them, search, filter and sort them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from smmlib import experiments
from smmlib.errors import InvalidValueError
from smmlib.experiments import Comparison, CountColumns, Dispersion, SplitHealth
from smmlib.experiments.comparison import Design
from smmlib.language import mark

LETTER = "variant_letter"
ORDERS = {
    "lead": mark("clearest lead"),
    "lift": mark("largest lift"),
    "rate": mark("highest rate"),
    "p": mark("smallest p value"),
    "trials": mark("most shown"),
    "arms": mark("most variants"),
    "split": mark("split least as planned"),
    "outcome": mark("outcome"),
    "name": mark("name of the test"),
    "period": mark("latest period"),
    "file": mark("as in the file"),
}
_SORTED_BY = {
    "lead": ("low", False),
    "lift": ("lift", False),
    "rate": ("rate", False),
    "p": ("p_adjusted", True),
    "trials": ("trials", False),
    "arms": ("arms", False),
    "split": ("srm_p_value", True),
    "outcome": ("decision", False),
    "name": ("test", True),
    "period": ("period", False),
}  # order to a column of the overview, and whether its least comes first
DECISIONS = {
    "": mark("all tests"),
    "usable": mark("usable tests"),
    "winner": mark("with a winner"),
    "association": mark("with an association"),
    "no decision": mark("no decision"),
    "no difference": mark("no relevant difference"),
    "invalid": mark("not usable"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a comparison is told besides the counts; see `smmlib.experiments.compare`."""

    design: Design = "randomised"
    control: str = ""
    confidence: float = 0.95
    dispersion: float = 1.0
    smallest_lift: float | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """As arguments of `compare`, those that differ from its defaults."""
        given: dict[str, Any] = {} if self.design == "randomised" else {"design": self.design}
        if self.control:
            given["control"] = self.control
        if self.confidence != 0.95:
            given["confidence"] = self.confidence
        if self.dispersion != 1:
            given["dispersion"] = self.dispersion
        if self.smallest_lift is not None:
            given["smallest_lift"] = self.smallest_lift
        return given


@dataclass(frozen=True, eq=False)
class TestBatch:
    """A table of counts and its comparison.

    Attributes:
        table: One row per variant.
        columns: Where test, variant and counts stand.
        name: File name, or what the table is.
        terms: Design and the like.
    """

    table: pd.DataFrame
    columns: CountColumns
    name: str
    terms: Terms

    def __post_init__(self) -> None:
        if self.columns.missing:
            raise InvalidValueError(
                mark("{name}: please choose the columns for test, variant and both counts."), name=self.name
            )

    def under(self, terms: Terms) -> TestBatch:
        """The same counts under other terms."""
        return replace(self, terms=terms)

    @cached_property
    def lettered(self) -> bool:
        """True where the names of variants repeat in a test, so that letters stand for them."""
        return experiments.needs_letters(self.table, self.columns)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """The table, with letters for the variants where needed."""
        return experiments.lettered(self.table, self.columns, LETTER) if self.lettered else self.table

    @property
    def variant(self) -> str:
        """Column that tells the variants of a test apart."""
        return LETTER if self.lettered else self.columns.variant

    @cached_property
    def comparison(self) -> Comparison:
        """All tests, compared; those of periods with a broken randomisation are set aside."""
        return self.health.set_aside(self.compared) if self.health else self.compared

    @cached_property
    def compared(self) -> Comparison:
        """All tests, compared, whatever their period."""
        columns = self.columns
        return experiments.compare(
            self.counts,
            test=columns.test,
            variant=self.variant,
            trials=columns.trials,
            successes=columns.successes,
            **self.terms.settings,
        )

    @cached_property
    def periods(self) -> pd.Series | None:
        """Period of each test, or None where no column says so."""
        if not self.columns.period:
            return None
        first: pd.Series = self.table.groupby(self.columns.test, sort=False)[self.columns.period].first()
        return first

    @cached_property
    def health(self) -> SplitHealth | None:
        """In which periods splits are broken, or None where nothing says so."""
        checked = self.compared.tests["srm_p_value"].notna().any()
        if self.periods is None or not checked:
            return None
        return experiments.srm_by_period(self.compared, self.periods)

    def estimate_dispersion(self, same: tuple[str, ...]) -> Dispersion:
        """Variance inflation from variants that agree in the columns `same`."""
        columns = self.columns
        return experiments.estimate_dispersion(
            self.table, test=columns.test, trials=columns.trials, successes=columns.successes, same=same
        )

    @cached_property
    def overview(self) -> pd.DataFrame:
        """One row per test, its period, and figures of the variant that leads.

        Columns: test, decision, trials, arms, srm_p_value, variant, rate, lift, low, p_adjusted, period.
        """
        tests = self.comparison.tests[["test", "decision", "trials", "arms", "srm_p_value"]]
        lead = self.comparison.leaders()[["test", "variant", "rate", "lift", "low", "p_adjusted"]]
        overview = tests.merge(lead, on="test", how="left")
        overview["period"] = None if self.periods is None else overview["test"].map(self.periods)
        return overview

    @cached_property
    def _searched(self) -> pd.Series:
        """Name of the test and words of the variant, row by row, for the search."""
        columns = self.columns
        name, words = (self.table[column].astype("str") for column in (columns.test, columns.variant))
        searched: pd.Series = (name + " " + words).str.casefold()
        return searched

    @cached_property
    def _words_of_arms(self) -> dict[tuple[Any, Any], str]:
        keys = zip(self.counts[self.columns.test], self.counts[self.variant], strict=True)
        return dict(zip(keys, self.table[self.columns.variant].astype(str), strict=True))

    def words(self, test: object, variant: object) -> str:
        """What a variant says, where a letter stands for it; else its name."""
        return self._words_of_arms.get((test, variant), str(variant))

    def find(
        self, query: str = "", decision: str = "", period: str = "", order: str = "lead"
    ) -> pd.DataFrame:
        """Rows of `overview` that fit, sorted by one of `ORDERS`.

        Args:
            query: Words that must all occur in the name of the test or its variants.
            decision: One of `DECISIONS`.
            period: A period, as text; empty: all.
            order: One of `ORDERS`.
        """
        found = self.overview
        for word in query.casefold().split():
            hits = self._searched.str.contains(word, regex=False).fillna(False).to_numpy(bool)
            found = found[found["test"].isin(self.table.loc[hits, self.columns.test])]
        if decision == "usable":
            found = found[found["decision"] != "invalid"]
        elif decision:
            found = found[found["decision"] == decision]
        if period:
            found = found[found["period"].astype(str) == period]
        column, up = _SORTED_BY.get(order, (None, False))
        if column is None or (column == "period" and self.periods is None):
            return found
        if column in ("low", "lift", "rate", "p_adjusted"):  # leads of tests that are not usable say nothing
            found = found.assign(**{column: found[column].where(found["decision"] != "invalid")})
        return found.sort_values(column, ascending=up, kind="stable", na_position="last")
