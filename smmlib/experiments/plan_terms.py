"""What a plan is asked for, checked: rates, shares, strictness, traffic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Integral, Real

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.experiments.comparing import check_dispersion
from smmlib.experiments.dispersion import Dispersion
from smmlib.experiments.looks import check_looks
from smmlib.experiments.split_design import Against, Split
from smmlib.language import mark


def split_of(
    shares: tuple[float, ...], against: Against, alpha: float, looks: int, dispersion: float | Dispersion
) -> Split:
    """The terms of a test as `sizing` takes them, each in its range (`alpha` see `check_power`)."""
    if against not in ("best", "control"):
        raise UnknownNameError(mark("Comparison"), str(against), ("best", "control"))
    check_looks(looks)
    if isinstance(dispersion, Dispersion):
        return Split(shares, against, alpha, dispersion.factor, dispersion.degrees, looks)
    check_dispersion(dispersion)
    return Split(shares, against, alpha, float(dispersion), math.inf, looks)


def check_numbers(**values: object) -> None:
    """Raise an `InvalidValueError` unless every value is a number; a text is none."""
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, Real):
            raise InvalidValueError(mark("{name} is {value!r}; give a number."), name=name, value=value)


def check_whole(**values: object) -> None:
    """Raise an `InvalidValueError` unless every value is a whole number."""
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise InvalidValueError(mark("{name} is {value!r}; give a whole number."), name=name, value=value)


def check_alpha(alpha: float) -> None:
    """Raise an `InvalidValueError` unless 0 < alpha < 1."""
    check_numbers(alpha=alpha)
    if not 0 < alpha < 1:
        raise InvalidValueError(
            mark("alpha is {alpha:plain}; it must lie between 0 and 1 (0.05 stands for 5 %)."), alpha=alpha
        )


def dispersion_range(dispersion: float | Dispersion) -> tuple[float, float]:
    """How many times the people it takes when the dispersion is at either end of its interval."""
    if not isinstance(dispersion, Dispersion):
        return 1.0, 1.0
    low, high = (max(1.0, limit) / dispersion.factor for limit in (dispersion.low, dispersion.high))
    return low, high


def checked_shares(arms: int, shares: Sequence[float] | None) -> tuple[float, ...]:
    """Shares that add up to 1, equal ones if none are given."""
    check_whole(arms=arms)
    for share in shares or ():
        check_numbers(shares=share)
    count = arms if shares is None else len(shares)
    if not 2 <= count <= 100:
        raise InvalidValueError(mark("arms is {arms}; a test needs 2 to 100 variants."), arms=count)
    if shares is None:
        return (1 / count,) * count
    total = math.fsum(shares)
    adds_up = any(math.isclose(total, whole, rel_tol=1e-6) for whole in (1, 100))
    if not adds_up or min(shares) <= 0:
        raise InvalidValueError(
            mark(
                "The shares {shares} add up to {total:plain}; each must be above 0 and together they must "
                "make 1, or 100 per cent."
            ),
            shares=", ".join(f"{share:g}" for share in shares),
            total=f"{total:g}",
        )
    if arms not in (2, count):
        raise InvalidValueError(
            mark("There are {arms} variants but {count} shares; give one share for each variant."),
            arms=arms,
            count=count,
        )
    return tuple(share / total for share in shares)


def check_rates(base_rate: float, relative_lift: float) -> None:
    """Raise an `InvalidValueError` unless both rates lie between 0 and 1 and differ."""
    check_numbers(base_rate=base_rate, relative_lift=relative_lift)
    if not 0 < base_rate < 1:
        raise InvalidValueError(
            mark("The base rate is {rate:plain}; it must lie between 0 and 1 (0.05 stands for 5 %)."),
            rate=base_rate,
        )
    target = base_rate * (1 + relative_lift)
    if relative_lift == 0 or not 0 < target < 1:
        raise InvalidValueError(
            mark(
                "A lift of {lift:%0} on {rate:%2} gives {target:%2}; it must give another rate between "
                "0 and 100 %."
            ),
            lift=float(relative_lift),
            rate=float(base_rate),
            target=float(target),
        )


def check_power(power: float, alpha: float) -> None:
    """Raise an `InvalidValueError` unless 0 < alpha < power < 1."""
    check_numbers(power=power, alpha=alpha)
    if not 0 < alpha < power < 1:
        raise InvalidValueError(
            mark("power is {power:plain} and alpha {alpha:plain}; it must be 0 < alpha < power < 1."),
            power=power,
            alpha=alpha,
        )


def check_traffic(per_day: float | None) -> None:
    """Raise an `InvalidValueError` unless it is None or above 0."""
    if per_day is None:
        return
    check_numbers(per_day=per_day)
    if not 0 < per_day < math.inf:
        raise InvalidValueError(
            mark("{count:plain} people a day are expected; give a number above 0, or leave it out."),
            count=per_day,
        )


def check_trials(trials: float) -> float:
    """The number as it is, or an `InvalidValueError` unless it is above 0."""
    check_numbers(trials=trials)
    if not 0 < trials < math.inf:
        raise InvalidValueError(
            mark("{trials:plain} people cannot be tested; give a number above 0."), trials=trials
        )
    return float(trials)
