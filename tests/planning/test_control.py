"""Traffic lights, unit costs, returns, alerts, what-if: right figures, and none where data allow none."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from smmlib.errors import InvalidRecordError, InvalidValueError, UnknownNameError
from smmlib.planning import (
    Booking,
    BudgetLine,
    Channel,
    Phase,
    Plan,
    PlanVersion,
    Result,
    Target,
    board_of,
    build_ledger,
    control_board,
    return_on_investment,
    shift_budget,
    stop_channel,
    target_light,
    unit_costs,
)
from tests.planning.conftest import APRIL, END, MARCH, planned

HALF = MARCH + timedelta(days=14)
LAST = date(2026, 3, 30)  # thirty days: on HALF half of them have gone


def result(metric, value, *, day=HALF, channel="a", rule="", kind=""):
    return Result(
        channel=channel, day=day, metric=metric, value=value, source="export", rule=rule, result_type=kind
    )


def light(target, results, *, on=HALF, **more):
    return target_light(target, results, start=MARCH, on=on, **more)


def target(metric, value, **more):
    return Target(metric=metric, value=value, **{"by": LAST} | more)


@pytest.mark.parametrize(
    ("value", "colour"), [("475", "green"), ("474", "amber"), ("400", "amber"), ("399", "red"), ("0", "red")]
)
def test_a_sum_is_due_in_proportion(value, colour):
    told = light(target("link_clicks", 1000), [result("link_clicks", value)])
    assert (told.light, told.due) == (colour, 500)  # 1,000 × 15 of 30 days


@pytest.mark.parametrize(
    ("value", "colour"), [("52.5", "green"), ("53", "amber"), ("60", "amber"), ("61", "red")]
)
def test_at_most(value, colour):
    told = light(target("negative_feedback", 100, direction="at most"), [result("negative_feedback", value)])
    assert told.light == colour


def test_a_level_rises_from_its_baseline():
    wanted = target("followers", 3000, baseline=1000, channel="a")
    told = light(wanted, [result("followers", "1950")])
    assert (told.light, told.due) == ("green", 2000)  # 950 of 1,000 on the way
    assert light(wanted, [result("followers", "1700")]).light == "red"  # 700 of 1,000
    assert light(wanted.replace(baseline=None), [result("followers", "1950")]).reason.text() == (
        "It has no baseline, so it is not known what is due by now."
    )


def test_a_rate_of_money_counts_only_channels_that_have_the_figure():
    shown = [result("impressions", "100000")]
    told = light(
        target("cpm", 5, direction="at most"), shown, costs={"a": Decimal(480), "radio": Decimal(9000)}
    )
    assert (told.light, told.value) == ("green", Decimal("4.8"))


NO_LIGHT = {
    "no figures": (target("clicks", 5), [], "no figures for it"),
    "old figures": (target("clicks", 5), [result("clicks", 1, day=MARCH)], "no figures since 1 Mar 2026"),
    "reach of two days": (
        target("reach", 5),
        [result("reach", 1), result("reach", 1, day=HALF - timedelta(days=1))],
        "overlap: only a range",
    ),
    "followers of two channels": (
        target("followers", 5, baseline=1),
        [result("followers", 1), result("followers", 1, channel="b")],
        "a target for each channel",
    ),
    "no rule": (target("results", 5), [result("results", 1)], "without naming the rule"),
    "two rules": (
        target("results", 5),
        [result("results", 1, rule="click"), result("results", 1, rule="view")],
        "different rules",
    ),
    "two kinds": (
        target("results", 5),
        [result("results", 1, rule="click", kind="lead"), result("results", 1, rule="click", kind="sale")],
        "different kinds",
    ),
    "no costs": (target("cpm", 5), [result("impressions", 1)], "no costs are booked"),
    "zero results": (target("cpa", 5), [result("results", 0, rule="click")], "denominator is zero"),
    "zero target": (target("clicks", 0), [result("clicks", 1)], "Nothing is due"),
    "due before the start": (
        target("clicks", 5, by=date(2026, 2, 28)),
        [result("clicks", 1)],
        "before the campaign starts on 1 Mar 2026",
    ),
    "before the campaign": (target("clicks", 5), [result("clicks", 9, day=date(2026, 2, 28))], "no figures"),
    "after today": (target("clicks", 5), [result("clicks", 9, day=LAST)], "no figures for it"),
    "another channel": (target("clicks", 5, channel="b"), [result("clicks", 9)], "no figures for it"),
}


@pytest.mark.parametrize(("wanted", "results", "reason"), NO_LIGHT.values(), ids=list(NO_LIGHT))
def test_no_light_where_data_do_not_allow_one(wanted, results, reason):
    told = light(wanted, results, costs={})
    assert told.light is None
    assert reason in told.reason.text()
    assert told.text("de").split(": ")[1].startswith("keine Ampel.")


def test_no_light_in_the_first_week():
    early = MARCH + timedelta(days=5)
    told = light(target("clicks", 100), [result("clicks", 1, day=early)], on=early)
    assert (told.light, told.reason.text()) == (None, "Days gone: 6; a light takes 7.")
    short = target("clicks", 100, by=MARCH + timedelta(days=2))  # three days only, all gone
    assert light(short, [result("clicks", 100, day=MARCH)]).light == "green"


def test_a_metric_there_is_not():
    with pytest.raises(UnknownNameError, match="Metric 'click' is unknown"):
        light(target("click", 5), [])


def test_like_with_like(plan, bookings, rates):
    ledger = build_ledger(plan, bookings, rates=rates, until=END)
    results = [
        result("results", 10, channel="insta", rule="click", day=END),
        result("results", 5, channel="influ", rule="voucher", day=END),
        result("impressions", 1000, channel="daily", day=END),
        result("results", 5, channel="daily", day=END),
    ]
    told = {(f.channel, f.metric): f for f in unit_costs(ledger, results, until=END).figures}
    assert told["insta", "cpa"].value == Decimal("45.161")  # 451.61 ÷ 10
    assert not told["insta", "cpa"].comparable
    assert "Not comparable across channels" in told["influ", "cpa"].reason.text()
    assert told["daily", "cpa"].value is None
    assert (
        told["daily", "cpa"].reason.text("de")
        == "Ergebnisse: ohne Regel zugerechnet; bitte die Regel nennen."
    )
    assert ("daily", "cpm_contacts") not in told  # impressions stand in for no contacts
    both = [result("results", 1, channel="insta", rule=r, day=END) for r in ("click", "view")]
    (figure,) = unit_costs(ledger, both, until=END).figures
    assert (figure.value, "different rules" in figure.reason.text()) == (None, True)


def test_unit_costs_in_words_and_as_a_table(plan, bookings, results, rates):
    costs = unit_costs(build_ledger(plan, bookings, rates=rates, until=END), results, until=END)
    assert "Velo-Vroni: Cost per action (CPA) €33.42 (attributed: voucher code)" in costs.text()
    assert "@lindrad: Tausend-Kontakt-Preis (TKP) 2,50\u00a0€" in costs.text("de")
    frame = costs.to_frame("de")
    assert set(frame["metric"]) == {"cpm", "cpm_contacts", "cost_per_grp", "cpa", "roas"}
    assert frame.loc[frame["metric"] == "cpm", "value"].tolist() == [Decimal("2.5")]


def test_return_on_investment_names_its_rule_or_there_is_none(plan, bookings, results, rates):
    ledger = build_ledger(plan, bookings, rates=rates, until=END)
    told = return_on_investment(ledger, results, until=END)
    assert told.text("de").startswith(
        "Return on Investment -47,2\u00a0% mit und -30,3\u00a0% ohne Arbeitszeit:"
    )
    assert "zugerechnet nach voucher code" in told.text("de")
    assert told.to_frame()["cost"].tolist() == [Decimal("16219.17")]
    more = result("revenue", 100, channel="insta", rule="click", day=END)
    assert "one sale may be in it twice" in return_on_investment(ledger, [*results, more], until=END).text()
    nameless = [result("revenue", 100, channel="insta", day=END)]
    assert "name the rule" in return_on_investment(ledger, nameless, until=END).text()
    assert "No revenue was attributed" in return_on_investment(ledger, [], until=END).text()
    empty = build_ledger(plan, rates=rates)
    assert "No costs are booked" in return_on_investment(empty, results, until=END).text()


def flight(spent, *, planned_amount="3100.00", days=20):
    """A plan of March and April on one account, and its spend a day."""
    version = PlanVersion(
        on=date(2026, 2, 1),
        channels=[Channel(id="a", name="@a")],
        phases=[Phase(id="p", name="P", start=MARCH, end=date(2026, 3, 31))],
        lines=[
            BudgetLine(
                id="ads", name="Ads", channel="a", counts="spend", entries=planned((MARCH, planned_amount))
            )
        ],
    )
    bookings = [
        Booking(kind="spend", line="ads", day=MARCH + timedelta(days=i), amount=spent) for i in range(days)
    ]
    return Plan(id="plan", campaign="c", name="P", versions=[version]), bookings


def board_of_bookings(plan, bookings, results=(), *, on, **more):
    return control_board(plan, bookings, results, on=on, rng=np.random.default_rng(3), **more)


def kinds(board):
    return [(alert.kind, alert.about) for alert in board.alerts]


def test_a_flight_on_course_raises_no_alert():
    plan, bookings = flight("100.00")
    board = board_of_bookings(plan, bookings, on=date(2026, 3, 20))
    assert board.alerts == ()
    told = board.estimates["ads"]
    assert told.low < 3100 < told.high
    assert abs(told.estimate - 3100) < 100
    assert "From the spend of 20 days" in told.reason.text()


def test_overspend_and_underdelivery_are_seen_before_they_happen():
    plan, bookings = flight("150.00")
    board = board_of_bookings(plan, bookings, on=date(2026, 3, 20))
    assert kinds(board) == [("overspend", "ads")]
    assert "at this pace at least" in board.alerts[0].text()
    plan, bookings = flight("50.00")
    board = board_of_bookings(plan, bookings, on=date(2026, 3, 20))
    assert kinds(board) == [("underdelivery", "ads")]
    assert board.alerts[0].text("de").startswith("Ads: Bei diesem Tempo werden bis zum Ende höchstens ")


def test_spend_without_a_plan_is_overspend(plan, bookings, rates):
    board = board_of_bookings(plan, bookings, on=END, rates=rates)
    told = [alert.text() for alert in board.alerts]
    assert "Not planned: €120.00 spent or ordered, €0.00 planned." in told
    assert "Cutting tool: €50.00 spent or ordered, €0.00 planned." in told


def test_silence_is_told_with_its_last_day():
    plan, bookings = flight("100.00")
    assert kinds(board_of_bookings(plan, bookings, on=date(2026, 3, 23))) == []
    board = board_of_bookings(plan, bookings, on=date(2026, 3, 24))
    assert board.alerts[0].text() == "@a is planned to run, but there are no data since 20 Mar 2026."
    silent = board_of_bookings(plan, [], on=date(2026, 3, 24))
    assert silent.alerts[0].text("de") == "@a soll laut Plan laufen, es liegen aber noch gar keine Daten vor."


def test_late_invoices_are_told_once_a_line(plan, bookings, rates):
    board = board_of_bookings(plan, bookings, on=END, rates=rates)
    late = [alert.text() for alert in board.alerts if alert.kind == "late invoice"]
    assert late == [
        "Film: €2,521.02 came in a later month than the service (months: 2026-03).",
        "Insertions: -€500.00 came in a later month than the service (months: 2026-03).",
    ]


def test_a_missed_target_is_an_alert_of_its_kind():
    plan, bookings = flight("100.00")
    targets = [target("link_clicks", 1000), target("cpc_link", 1, direction="at most")]
    plan = plan.revised("with targets", date(2026, 2, 2), targets=targets)
    clicks = [result("link_clicks", 100, day=date(2026, 3, 15))]
    board = board_of_bookings(plan, bookings, clicks, on=date(2026, 3, 20))
    assert kinds(board) == [("underdelivery", "link_clicks"), ("off target", "cpc_link")]
    assert board.alerts[0].text().startswith("Link clicks: red. 100 reached, 667 due by now: 15%.")


def test_a_flight_with_a_break_has_no_forecast():
    plan, bookings = flight("100.00")
    line = plan.current.lines[0].replace(entries=planned((MARCH, "3100.00"), (date(2026, 5, 1), "3100.00")))
    plan = plan.revised("break", date(2026, 2, 2), lines=[line], phases=[])
    told = board_of_bookings(plan, bookings, on=date(2026, 3, 20)).estimates["ads"]
    assert told.forecast is None
    assert told.estimate == Decimal("6200.00")  # 2,000 spent, 11 of 31 days and May are ahead


def test_paid_in_advance_is_actual_and_in_the_estimate(plan, rates):
    paid = Booking(line="film", amount="5000.00", day=MARCH, service_day=APRIL)
    board = board_of_bookings(plan, [paid], on=MARCH + timedelta(days=30), rates=rates)
    assert board.lines["film"].actual == 5000
    assert board.estimates["film"].estimate == 5000


def test_the_board_says_everything_in_both_languages(plan, bookings, results, rates):
    board = board_of_bookings(plan, bookings, results, on=END, rates=rates)
    english, german = board.text().splitlines(), board.text("de").splitlines()
    assert english[0].startswith("On 30 Apr 2026: plan €32,430.42, commitment €8,868.42, actual €16,219.17")
    assert german[0].startswith("Stand 30.04.2026: Plan 32.430,42\u00a0€, Obligo 8.868,42\u00a0€")
    assert len(english) == len(german)
    assert german[1] == (
        "Ergebnisse: keine Ampel. Zahlen wurden nach verschiedenen Regeln zugerechnet und lassen sich nicht "
        "addieren."
    )
    frame = board.to_frame("de")
    assert frame.columns.tolist()[-4:] == ["estimate", "low", "high", "basis"]
    assert sum(value for value in frame["estimate"] if value is not None) + 120 == board.estimate


def test_the_board_is_the_same_for_the_same_seed_and_any_order():
    plan, bookings = flight("100.00")
    board = board_of_bookings(plan, bookings, on=date(2026, 3, 20))
    again = board_of_bookings(plan, bookings[::-1], on=date(2026, 3, 20))
    assert again.text() == board.text()
    assert again.estimates == board.estimates


def test_a_board_of_a_ledger_that_is_kept(plan, bookings, results, rates):
    ledger = build_ledger(plan, bookings, rates=rates, until=END)
    kept = board_of(ledger, plan.current, results, rng=np.random.default_rng(3))
    assert kept.text() == board_of_bookings(plan, bookings, results, on=END, rates=rates).text()
    with pytest.raises(InvalidValueError, match="A board is of one day"):
        board_of(build_ledger(plan, rates=rates), plan.current, rng=np.random.default_rng(3))


def test_shifting_budget_keeps_the_sum_and_is_marked(plan, bookings, results, rates):
    ledger = build_ledger(plan, bookings, rates=rates, until=END)
    costs = unit_costs(ledger, [result("results", 10, channel="insta", rule="click", day=END)], until=END)
    told = shift_budget(plan, "ads", "spot", Decimal("451.61"), on=date(2026, 3, 15), costs=costs)
    line = told.plan.current.line
    assert [entry.amount for entry in line("ads").entries] == [Decimal("3100.00"), Decimal("2548.39")]
    assert line("spot").entries[0].amount == Decimal("4451.61")
    after = build_ledger(told.plan, bookings, rates=rates, until=END)
    assert after.total("plan") == ledger.total("plan")
    assert told.results == {"insta": Decimal(-10), "radio": None}  # 451.61 ÷ 45.161 a result
    assert all(text.startswith("Annahme: ") for text in told.text("de").splitlines())
    assert told.text().splitlines()[-1] == "Assumption: Radio Tal: effect on results unknown."
    assert told.to_frame()["assumption"].all()
    assert told.plan.current.name == "assumption 1"
    assert plan.current.name == "longer teaser"  # the plan itself is as it was


def test_effects_count_costs_not_what_the_line_states():
    plan, _ = flight("100.00")
    gross = plan.current.lines[0].replace(tax="gross")
    other = gross.replace(id="b", name="B", channel="")
    plan = plan.revised("gross", date(2026, 2, 2), lines=[gross, other])
    ledger = build_ledger(plan, [Booking(kind="spend", line="ads", day=MARCH, amount="100.00")])
    costs = unit_costs(ledger, [result("results", 10, rule="click")], until=END)
    told = shift_budget(plan, "b", "ads", Decimal("119.00"), on=date(2026, 2, 15), costs=costs)
    assert told.results == {"a": Decimal(10)}  # 119 gross are 100 net, at 10 a result


def test_stopping_a_channel(plan):
    told = stop_channel(plan, "radio", on=date(2026, 3, 20))
    assert told.plan.current.line("spot").entries == ()
    assert told.results == {"radio": None}
    assert told.change.text("de") == "Radio Tal wird nach dem 20.03.2026 gestoppt."
    with pytest.raises(InvalidValueError, match="Radio Tal plans nothing after 1 Apr 2026"):
        stop_channel(plan, "radio", on=APRIL)


@pytest.mark.parametrize(
    ("source", "goal", "amount", "told"),
    [
        ("ads", "spot", Decimal("3000.01"), "Ads.*that is too little"),
        ("ads", "spot", Decimal(0), "choose an amount above 0"),
        ("ads", "spot", Decimal(-5), "choose an amount above 0"),
        ("ads", "spot", 5.5, "binary number"),
        ("ads", "face", Decimal(5), "same currency, tax and media basis"),
        ("ads", "paper", Decimal(5), "same currency, tax and media basis"),
        ("ads", "team", Decimal(5), "not labour"),
        ("ads", "ads", Decimal(5), "'Ads' and 'Ads' are not"),
        ("ads", "tool", Decimal(5), "Cutting tool"),
    ],
)
def test_shifts_that_cannot_be(plan, source, goal, amount, told):
    with pytest.raises(InvalidValueError, match=told):
        shift_budget(plan, source, goal, amount, on=date(2026, 3, 15))


def test_a_board_of_bad_bookings_names_them(plan, rates):
    with pytest.raises(InvalidRecordError, match="'x' is not in the plan"):
        board_of_bookings(plan, [Booking(line="x", day=MARCH, amount="1")], on=END, rates=rates)
