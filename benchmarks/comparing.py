"""compare() on 32,000 generated tests, against statsmodels on arrays and in a loop, tea-tasting, Monte Carlo.

tea-tasting is compared with where it is installed; it is no dependency of this project.

Same counts, same run, CPU time (all threads added), best of several: `python -m benchmarks.comparing`.
The loops run on a sample and are extrapolated; their rows say so.
"""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

TESTS = 32_000
SAMPLE = 200
DRAWS = 10_000
NAMES = {"test": "test", "variant": "variant", "trials": "impressions", "successes": "clicks"}
MANY = 400_000
LIMITS = {
    "us a test": 25.0,
    "us a test, all of it": 60.0,
    "us a test, 400,000 tests": 25.0,
    "frequentist / array statsmodels": 2.0,
    "compare() / floor": 20.0,
    "MB": 200.0,
    "MB for 1,000,000 tests": 500.0,
    "P(best) error": 1e-6,
}


def run() -> list[dict[str, Any]]:
    """One row per way to do the work: seconds of CPU, microseconds a test, and what it is."""
    table = generated()
    from smmlib.experiments import compare

    everything = _row("compare(), frame in, frame out", _best(lambda: compare(table, **NAMES)))
    rows = [
        everything,
        _row("  frequentist part: rivals, Newcombe, p, Holm, SRM (arrays in)", _best(_frequentist(table))),
        _row("statsmodels on arrays: Newcombe, p, SRM; rivals given, no Holm", _best(_arrays(table))),
        _row("with every pair, lift, Hochberg, two one-sided tests", _best(lambda: _all_of_it(table), 2)),
        _row("floor: the normal and exponential functions that are needed", _best(_floor(table))),
        _sampled("statsmodels in a loop", table, _loop),
        *([_sampled("tea-tasting in a loop", table, _tea_tasting)] if find_spec("tea_tasting") else []),
        _sampled(f"Monte Carlo P(best), {DRAWS:,} draws", table, _monte_carlo),
    ]
    rows.append({"work": "memory above imports, input and output", "MB": _memory(table)})
    rows.append({"work": "P(best) against adaptive quadrature", "P(best) error": _error()})
    rows.append({"work": "all of it", "us a test, all of it": rows[3]["us a test"]})
    rows.append({"work": "compare() / floor", "compare() / floor": rows[0]["seconds"] / rows[4]["seconds"]})
    rows += _many()
    ratio = rows[1]["seconds"] / rows[2]["seconds"]
    rows.append(
        {"work": "frequentist part / statsmodels on arrays", "frequentist / array statsmodels": ratio}
    )
    return rows


def generated(tests: int = TESTS, seed: int = 0) -> pd.DataFrame:
    """Made-up A/B/n tests, 2 to 6 arms, about 3,500 impressions an arm, a rate of about 1.5 %."""
    draw = np.random.default_rng(seed)
    sizes = draw.choice([2, 3, 4, 5, 6], tests, p=[0.6, 0.25, 0.08, 0.05, 0.02])
    test = np.repeat(np.arange(tests), sizes)
    place = np.arange(len(test)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    shown = draw.poisson(3500, len(test))
    rate = np.exp(draw.normal(np.log(0.015), 0.5, tests))[test] * np.exp(draw.normal(0, 0.15, len(test)))
    return pd.DataFrame(
        {
            "test": [f"test {i:05d}" for i in test],
            "variant": np.array(list("ABCDEF"))[place],
            "impressions": shown,
            "clicks": draw.binomial(shown, np.minimum(rate, 0.9)),
        }
    )


def _frequentist(table: pd.DataFrame) -> Callable[[], object]:
    """Best other arm, effect, interval, p, Holm and sample-ratio check; counts given as arrays."""
    from smmlib.experiments.arms import Columns, read_arms
    from smmlib.experiments.pairs import PairTerms, pair_up
    from smmlib.experiments.split import split_p_values

    arms = read_arms(table, Columns(**NAMES), shares=None, control=None)

    def work() -> None:
        pair_up(arms, PairTerms(confidence=0.95))
        split_p_values(arms)

    return work


def _arrays(table: pd.DataFrame) -> Callable[[], object]:
    """The vectorised functions of statsmodels on every arm against its rival; χ² by scipy.

    Holm is left out, because statsmodels has none for a batch.
    """
    from scipy.stats import chi2
    from statsmodels.stats.proportion import confint_proportions_2indep, test_proportions_2indep

    from smmlib.experiments.arms import Columns, read_arms
    from smmlib.experiments.pairs import PairTerms, pair_up

    arms = read_arms(table, Columns(**NAMES), shares=None, control=None)
    rival = pair_up(arms, PairTerms(confidence=0.95)).rival
    x, n = arms.successes, arms.trials
    counts = (x, n, x[rival], n[rival])
    sizes = arms.sizes

    def work() -> None:
        confint_proportions_2indep(*counts, method="newcomb", compare="diff", alpha=0.05)
        test_proportions_2indep(*counts, method="score", compare="diff", return_results=False)
        expected = np.repeat(np.add.reduceat(n, arms.starts) / sizes, sizes)
        chi2.sf(np.add.reduceat((n - expected) ** 2 / expected, arms.starts), sizes - 1)

    return work


def _all_of_it(table: pd.DataFrame) -> None:
    """Decision with a third answer, and every pair of a test with its lift."""
    from smmlib.experiments import compare

    compare(table, **NAMES, adjust="hochberg", smallest_lift=0.05).all_pairs()


def _floor(table: pd.DataFrame) -> Callable[[], object]:
    """What no program can leave out: one normal tail a pair, and the densities of 40 nodes an arm."""
    from scipy.special import ndtr

    pairs = np.full(len(table), 1.5)
    nodes = np.linspace(-8, 0, 40 * len(table)).reshape(len(table), 40)

    def work() -> None:
        ndtr(pairs)
        np.exp(nodes)
        np.log1p(-0.5 * nodes)

    return work


def _many() -> list[dict[str, Any]]:
    """Whether time and memory grow in line with the number of tests; memory carried on to a million."""
    table = generated(MANY)
    from smmlib.experiments import compare

    seconds = _best(lambda: compare(table, **NAMES), rounds=1)
    each = 1e6 * seconds / MANY
    parts = 60_000  # compared at once, so the rest grows with the tests
    small, large = _memory(generated(parts)), _memory(table)
    million = small + (large - small) * (1_000_000 - parts) / (MANY - parts)
    return [
        {"work": f"compare() on {MANY:,} tests", "us a test, 400,000 tests": each},
        {"work": "memory above imports, input and output", "MB for 1,000,000 tests": million},
    ]


def _loop(test: pd.DataFrame) -> None:
    from statsmodels.stats.multitest import multipletests
    from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

    x, n = test["clicks"].to_numpy(), test["impressions"].to_numpy()
    lead = int((x / n).argmax())
    p = []
    for i in range(len(x)):
        if i != lead:
            confint_proportions_2indep(x[i], n[i], x[lead], n[lead], method="newcomb", compare="diff")
            p.append(proportions_ztest([x[i], x[lead]], [n[i], n[lead]])[1])
    multipletests(p, method="holm")


def _tea_tasting(test: pd.DataFrame) -> None:
    """Interval and p of every variant against the leader, corrected stepwise, from counts alone."""
    import tea_tasting as tt
    from tea_tasting.aggr import Aggregates

    x, n = test["clicks"].to_numpy(), test["impressions"].to_numpy()
    arms = [
        Aggregates(count_=int(m), mean_={"clicks": y / m}, var_={"clicks": y / m * (1 - y / m) * m / (m - 1)})
        for y, m in zip(x.tolist(), n.tolist(), strict=True)
    ]
    lead = int((x / n).argmax())
    others = [i for i in range(len(arms)) if i != lead]
    found = {(0, i): {"clicks": tt.Mean("clicks").analyze_aggregates(arms[lead], arms[i])} for i in others}
    tt.adjust_fwer({pair: tt.experiment.ExperimentResult(result) for pair, result in found.items()})


def _monte_carlo(test: pd.DataFrame) -> None:
    draw = np.random.default_rng(1)
    x, n = test["clicks"].to_numpy(), test["impressions"].to_numpy()
    rates = draw.beta(1 + x, 1 + n - x, size=(DRAWS, len(x)))
    np.bincount(rates.argmax(axis=1), minlength=len(x)) / DRAWS
    (rates.max(axis=1, keepdims=True) - rates).mean(axis=0)


def _sampled(work: str, table: pd.DataFrame, call: Callable[[pd.DataFrame], object]) -> dict[str, Any]:
    tests = [group for _, group in table.head(4 * SAMPLE).groupby("test", sort=False)][:SAMPLE]
    call(tests[0])

    def sample() -> None:
        for test in tests:
            call(test)

    gc.freeze()  # multipletests() collects garbage at every call; spare it what this process holds
    seconds = _best(sample, rounds=2) * TESTS / SAMPLE
    gc.unfreeze()
    return _row(f"{work} ({SAMPLE} tests, extrapolated)", seconds)


def _memory(table: pd.DataFrame) -> float:
    """Peak of what compare() allocates, less what it returns, in MB."""
    from smmlib.experiments import compare

    tracemalloc.start()
    try:
        result = compare(table, **NAMES)
        now, peak = tracemalloc.get_traced_memory()
        del result
        return (peak - now) / 1e6
    finally:
        tracemalloc.stop()


def _error() -> float:
    """Largest error of P(best) over some hard tests, against scipy's adaptive quadrature."""
    from scipy.integrate import quad
    from scipy.stats import beta

    from smmlib.experiments.posterior import best_and_loss

    worst = 0.0
    hard = [
        ((1, 20_000), (50, 1_000_000)),
        ((0, 0), (3000, 3000)),
        ((100, 99), (100, 100)),
        (tuple(range(40, 54)), (3000,) * 14),
    ]
    for successes, trials in hard:
        best, _ = best_and_loss(np.array([successes], float), np.array([trials], float))
        a, b = 1 + np.array(successes), 1 + np.array(trials) - successes
        cuts = np.unique(
            np.concatenate([[0, 1], *(beta.ppf(q, a, b) for q in (1e-9, 0.01, 0.5, 0.99, 1 - 1e-9))])
        )
        for arm in range(len(a)):
            others = np.arange(len(a)) != arm
            exact = sum(
                quad(
                    lambda p, i=arm, o=others, a=a, b=b: (
                        beta.pdf(p, a[i], b[i]) * beta.cdf(p, a[o], b[o]).prod()
                    ),
                    low,
                    high,
                    epsabs=1e-11,
                    limit=200,
                )[0]
                for low, high in pairwise(cuts)
            )
            worst = max(worst, abs(exact - best[0, arm]))
    return worst


def _best(call: Callable[[], object], rounds: int = 5) -> float:
    times = []
    call()
    for _ in range(rounds):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def _row(work: str, seconds: float) -> dict[str, Any]:
    return {"work": work, "seconds": seconds, "us a test": 1e6 * seconds / TESTS}


if __name__ == "__main__":
    base = None
    for row in run():
        if "seconds" in row:
            base = base or row["seconds"]
            print(
                f"{row['work']:<72} {row['seconds']:9.3f} s {row['us a test']:9.1f} us a test"
                f" {row['seconds'] / base:9.2f} x compare()"
            )
        else:
            name, value = list(row.items())[1]
            verdict = "ok" if value <= LIMITS[name] else "TOO MUCH"
            print(f"{row['work']:<72} {value:9.2g} {name} (limit {LIMITS[name]:g}: {verdict})")
