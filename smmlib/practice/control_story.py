"""Plan and control of the practice company: a plan, what was booked on it, and what channels brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.practice.files import Export, as_csv, german
from smmlib.practice.post import read_file

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from smmlib.planning import BookingSheet, BudgetLine, ExchangeRates, Plan, PlanVersion, Result
    from smmlib.planning.calendar import CalendarEntry, Period

SPEND_FILE = "linkedin_tageskosten.csv"
AD_SOURCE = "LinkedIn-Kampagnenmanager"


@dataclass(frozen=True, slots=True)
class Controlled:
    """A campaign with its money.

    Attributes:
        plan: The plan with its versions.
        rates: Exchange rates of the days there are documents.
        files: Tables of bookings, as accounting and the platform export them.
        results: What channels brought, by week.
        entries: What the calendar holds beside the posts of drafts.
        periods: Stretches of days on which nothing is said.
        states: Codes of the states whose holidays the calendar shows.
        truth: What is really true, as JSON values.
    """

    plan: Plan
    rates: ExchangeRates
    files: tuple[Export, ...]
    results: tuple[Result, ...]
    entries: tuple[CalendarEntry, ...]
    periods: tuple[Period, ...]
    states: tuple[str, ...]
    truth: dict[str, Any]

    def sheets(self) -> tuple[BookingSheet, ...]:
        """The files, read by the same reader as real ones."""
        from smmlib.planning import read_bookings

        return tuple(read_bookings(file.content, name=file.name, plan=self.plan) for file in self.files)


def control_story(until: date, zone: ZoneInfo, rng: np.random.Generator) -> Controlled:
    """Read the plan of `control.toml` and draw the daily costs of its advertisements.

    Args:
        until: Last day figures are known for.
        zone: Clock of the times in the calendar.
        rng: Source of chance.
    """
    told = read_file("control")
    plan = _plan(told)
    days = _spend_days(told["spend"], until, rng)
    written = tuple(
        Export(name, text.strip().replace("\n", "\r\n").encode("utf-8-sig"))
        for name, text in told["files"].items()
    )
    line = plan.current.line(told["spend"]["line"])
    return Controlled(
        plan=plan,
        rates=_rates(told["rates"], plan.currency),
        files=(*written, Export(SPEND_FILE, _spend_file(line.name, days))),
        results=(*_typed(told["results"]), *_of_ads(told["spend"], line.channel, days, rng)),
        entries=_entries(told["calendar"]["entries"], zone),
        periods=_periods(told["calendar"]["periods"], zone),
        states=tuple(told["calendar"]["states"]),
        truth=_truth(told, plan),
    )


def _plan(told: Mapping[str, Any]) -> Plan:
    from smmlib.planning import Channel, Phase, Plan, PlanVersion, Target

    channels = tuple(Channel(**fields) for fields in told["channels"])
    targets = tuple(Target(id=f"ziel-{i}", **fields) for i, fields in enumerate(told["targets"], 1))

    def version(fields: Mapping[str, Any]) -> PlanVersion:
        return PlanVersion(
            name=fields["name"],
            on=fields["on"],
            reason=fields.get("reason", ""),
            phases=tuple(Phase(id=i, name=name, start=a, end=b) for i, name, a, b in fields["phases"]),
            channels=channels,
            lines=tuple(_line(line) for line in (*told["lines"], *fields["lines"])),
            targets=targets,
        )

    return Plan(**told["plan"], versions=tuple(version(fields) for fields in told["versions"]))


def _line(told: Mapping[str, Any]) -> BudgetLine:
    from smmlib.planning import BudgetLine, PlannedAmount

    entries = [PlannedAmount(start=start, amount=amount) for start, amount in told["entries"]]
    return BudgetLine(**{**told, "entries": entries})


def _rates(told: Mapping[str, Any], base: str) -> ExchangeRates:
    from smmlib.planning import ExchangeRate, ExchangeRates

    rates = tuple(ExchangeRate(day=day, currency=code, rate=rate) for day, code, rate in told["days"])
    return ExchangeRates(id=base, base=base, rates=rates, source=told["source"])


def _entries(told: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> tuple[CalendarEntry, ...]:
    from smmlib.planning.calendar import CalendarEntry

    return tuple(CalendarEntry(**_timed(fields, zone), time_zone=zone.key) for fields in told)


def _periods(told: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> tuple[Period, ...]:
    from smmlib.planning.calendar import Period

    return tuple(Period(**_timed(fields, zone)) for fields in told)


def _timed(fields: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """Fields with their times on the clock of the company."""
    times = {name: fields[name].replace(tzinfo=zone) for name in ("start", "end") if name in fields}
    return {**fields, **times}


def _spend_days(
    told: Mapping[str, Any], until: date, rng: np.random.Generator
) -> tuple[tuple[date, Decimal], ...]:
    """What the platform charged each day: gamma, variance in proportion to the expectation."""
    first = told["first_day"]
    days = [first + timedelta(days=i) for i in range((until - first).days + 1)]
    expected = np.array(
        [
            told["level"]
            * told["weekday"][day.weekday()]
            * (told["change"] if day >= told["change_day"] else 1.0)
            for day in days
        ]
    )
    drawn = told["dispersion"] * rng.gamma(expected / told["dispersion"])
    return tuple((day, Decimal(f"{value:.2f}")) for day, value in zip(days, drawn, strict=True))


def _spend_file(line: str, days: Sequence[tuple[date, Decimal]]) -> bytes:
    rows = [
        {
            "Datum": f"{day:%d.%m.%Y}",
            "Art": "Werbeausgaben",
            "Budgetposten": line,
            "Betrag": german(amount),
            "Währung": "EUR",
            "Steuer": "reverse charge",
        }
        for day, amount in days
    ]
    return as_csv(rows, delimiter=";", bom=True)


def _of_ads(
    told: Mapping[str, Any],
    channel: str,
    days: Sequence[tuple[date, Decimal]],
    rng: np.random.Generator,
) -> list[Result]:
    """Impressions and link clicks of the advertisements, week by week until Sunday."""
    from smmlib.planning import Result

    weeks: dict[date, Decimal] = {}
    for day, amount in days:
        sunday = day + timedelta(days=6 - day.weekday())
        weeks[sunday] = weeks.get(sunday, Decimal(0)) + amount
    found = []
    for sunday, amount in weeks.items():
        for metric, price in (("impressions", told["per_impression"]), ("link_clicks", told["per_click"])):
            count = int(rng.poisson(float(amount) / price))
            fields = {"id": f"{channel}-{metric}-{sunday}", "channel": channel, "metric": metric}
            found.append(Result(**fields, day=sunday, value=Decimal(count), source=AD_SOURCE))
    return found


def _typed(told: Mapping[str, Any]) -> list[Result]:
    from smmlib.planning import Result

    attributed = {name: told[name] for name in ("rule", "result_type", "source")}
    found = [
        Result(id=f"{channel}-results-{day}", channel=channel, day=day, metric="results", value=value,
               **attributed)
        for channel, day, value in told["rows"]
    ]  # fmt: skip
    for channel, day, metric, value, source, rule, kind in told["more"]:
        id = f"{channel}-{metric}-{day}"
        fields = {"rule": rule, "result_type": kind, "source": source}
        found.append(Result(id=id, channel=channel, day=day, metric=metric, value=value, **fields))
    return found


def _truth(told: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """What was planted: how the advertisements really run, and what they will have cost if nobody acts."""
    spend = told["spend"]
    last = max(phase.end for phase in plan.current.phases)
    days = [spend["first_day"] + timedelta(days=i) for i in range((last - spend["first_day"]).days + 1)]
    expected = sum(
        spend["level"]
        * spend["weekday"][day.weekday()]
        * (spend["change"] if day >= spend["change_day"] else 1.0)
        for day in days
    )
    line = plan.current.line(spend["line"])
    return {
        "plan": plan.id,
        "line": line.id,
        "level": spend["level"],
        "weekday": spend["weekday"],
        "change_day": spend["change_day"].isoformat(),
        "change": spend["change"],
        "expected_at_the_end": round(expected, 2),
        "planned": str(sum((line.stated(entry) for entry in line.entries), Decimal(0))),
        "lesson": spend["lesson"],
    }
