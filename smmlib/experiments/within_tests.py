"""Rates of variants explained by numbers, within tests only: what differs between tests drops out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smmlib.experiments.arms import Flags, Floats, Ints

_STEPS = 60
_PRECISE = 1e-10
_LITTLE = 1e-9  # of the largest information: a test that says less says nothing


@dataclass(frozen=True, eq=False, slots=True)
class WithinTests:
    """A common fit to all tests.

    Attributes:
        coefficients: Log ratio of the rate per unit of each column, shape (columns,).
        information: Fisher information of them, shape (columns, columns).
        centred: Columns less their mean in the test, weighted by what is expected, shape (arms, columns).
        expected: Successes expected of each arm.
        successes: Successes counted.
        variance: Variance of the successes, were they independent.
        groups: Number of the test of each arm, counted from 0.
    """

    coefficients: Floats
    information: Floats
    centred: Floats
    expected: Floats
    successes: Floats
    variance: Floats
    groups: Ints

    @property
    def varies(self) -> Flags:
        """Columns that differ within at least one test."""
        varies: Flags = np.diag(self.information) > _PRECISE
        return varies

    @property
    def told_apart(self) -> bool:
        """Whether no column is made of the others."""
        scale = np.sqrt(np.diag(self.information))
        values = np.linalg.eigvalsh(self.information / np.outer(scale, scale))
        return bool(values[0] > 1e-8)

    @property
    def dispersion(self) -> float:
        """Pearson's χ² of what is left unexplained over its degrees of freedom, at least 1."""
        told = self.expected > 0
        chi = np.sum((self.successes - self.expected)[told] ** 2 / self.variance[told])
        degrees = told.sum() - len(np.unique(self.groups[told])) - len(self.coefficients)
        return max(1.0, float(chi) / degrees) if degrees > 0 else 1.0

    def by_test(self, column: int) -> tuple[Floats, Floats]:
        """Effect of a column in each test in which it differs, and its standard error.

        One step from the common fit, the other columns held at it. As they are not known exactly, the errors
        are those of the common fit: wider by what the column shares with the others (variance inflation).
        """
        own = self.centred[:, column]
        score = np.bincount(self.groups, own * (self.successes - self.expected))
        information = np.bincount(self.groups, own**2 * self.expected)
        noise = np.bincount(self.groups, own**2 * self.variance)
        tells = information > _LITTLE * information.max()
        shared = self.information[column, column] * np.linalg.inv(self.information)[column, column]
        effects: Floats = self.coefficients[column] + score[tells] / information[tells]
        errors: Floats = np.sqrt(noise[tells] * shared) / information[tells]
        return effects, errors


def fit_within_tests(columns: Floats, trials: Floats, successes: Floats, groups: Ints) -> WithinTests:
    """Fit log rate = level of the test + columns · coefficients.

    Args:
        columns: Shape (arms, columns).
        trials: Shape (arms,), above 0.
        successes: Shape (arms,).
        groups: Number of the test of each arm, counted from 0.

    Source:
        Poisson counts with a level per test, which drops out given the test's total (multinomial
        likelihood): McCullagh and Nelder (1989), 6.4. Newton's method, halved while the likelihood falls.
        The variance of single arms is the binomial one, so that high rates are not thought too scattered.
    """
    totals = np.bincount(groups, successes)
    at = np.zeros(columns.shape[1])
    shares = _shares(columns @ at, trials, groups)
    for _ in range(_STEPS):
        expected = totals[groups] * shares
        centred = _centred(columns, shares, groups)
        information = centred.T @ (centred * expected[:, None])
        score = centred.T @ (successes - expected)
        step: Floats = np.linalg.lstsq(information, score, rcond=1e-10)[0].astype(np.float64)
        if float(score @ step) <= _PRECISE:
            break
        at, shares = _climb(at, step, (columns, trials, successes, groups), shares)
    variance = expected * np.maximum(1 - expected / trials, 1 / (trials + 1))
    return WithinTests(at, information, centred, expected, successes, variance, groups)


def _climb(
    at: Floats, step: Floats, data: tuple[Floats, Floats, Floats, Ints], shares: Floats
) -> tuple[Floats, Floats]:
    """The next point and its shares; a step that leads down is halved."""
    columns, trials, successes, groups = data
    before = _likelihood(successes, shares)
    for _ in range(30):
        new = _shares(columns @ (at + step), trials, groups)
        if _likelihood(successes, new) >= before:
            break
        step = step / 2
    return at + step, new


def _likelihood(successes: Floats, shares: Floats) -> float:
    return float(successes @ np.log(np.maximum(shares, 1e-300)))


def _shares(line: Floats, trials: Floats, groups: Ints) -> Floats:
    """Share of the test's successes that falls to each arm."""
    top = np.full(groups.max(initial=-1) + 1, -np.inf)
    np.maximum.at(top, groups, line)
    weight = trials * np.exp(line - top[groups])
    shares: Floats = weight / np.bincount(groups, weight)[groups]
    return shares


def _centred(columns: Floats, shares: Floats, groups: Ints) -> Floats:
    means = np.stack([np.bincount(groups, shares * column) for column in columns.T], axis=1)
    centred: Floats = columns - means[groups]
    return centred
