"""Plan and control of campaigns: budget, actuals, estimate at completion, targets; money is Decimal."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib.planning.alerts import ALERT_KINDS, SILENT_DAYS, Alert, find_alerts
    from smmlib.planning.belonging import bookings_on, results_on
    from smmlib.planning.board import Board, board_of, control_board
    from smmlib.planning.booking import BOOKING_KINDS, Booking, BookingSheet, Source, check_bookings
    from smmlib.planning.booking_mapping import BOOKING_FIELDS, BookingMapping, suggest_booking_mapping
    from smmlib.planning.booking_reading import bookings_of, read_bookings
    from smmlib.planning.booking_table import BookingTable, read_booking_table
    from smmlib.planning.budget import COST_KINDS, COUNTS, RHYTHMS, BudgetLine, PlannedAmount
    from smmlib.planning.control_workbook import control_sheet
    from smmlib.planning.deviations import Deviation, Deviations, deviations_of
    from smmlib.planning.entry import LedgerRow
    from smmlib.planning.estimates import LineEstimate, estimate_lines
    from smmlib.planning.flights import Flight, Flights, flights_of
    from smmlib.planning.forecasting import Forecast, forecast
    from smmlib.planning.from_response import results_of, spend_bookings
    from smmlib.planning.ledger import Ledger, build_ledger
    from smmlib.planning.lights import LIGHTS, TargetLight, target_light
    from smmlib.planning.money import Sum
    from smmlib.planning.pacing import Pacing, pacing_of
    from smmlib.planning.plan import CHANNEL_KINDS, DIRECTIONS, Channel, Phase, Plan, PlanVersion, Target
    from smmlib.planning.plan_workbook import plan_sheet
    from smmlib.planning.rates import ExchangeRate, ExchangeRates
    from smmlib.planning.results import ATTRIBUTED, Result
    from smmlib.planning.returns import Return, return_on_investment
    from smmlib.planning.spending import Spending, spending_of
    from smmlib.planning.tax import MEDIA_BASES, TAXES, Taxed, taxed
    from smmlib.planning.totals import GROUPS, MEASURES, Standing, Totals
    from smmlib.planning.unit_costing import UNIT_COSTS, UnitCost, UnitCosts, media_costs, unit_costs
    from smmlib.planning.what_if import WhatIf, shift_budget, stop_channel

_HOME = {
    "ALERT_KINDS": "alerts",
    "ATTRIBUTED": "results",
    "Alert": "alerts",
    "BOOKING_FIELDS": "booking_mapping",
    "BOOKING_KINDS": "booking",
    "Board": "board",
    "Booking": "booking",
    "BookingMapping": "booking_mapping",
    "BookingSheet": "booking",
    "BookingTable": "booking_table",
    "BudgetLine": "budget",
    "CHANNEL_KINDS": "plan",
    "COST_KINDS": "budget",
    "COUNTS": "budget",
    "Channel": "plan",
    "DIRECTIONS": "plan",
    "Deviation": "deviations",
    "Deviations": "deviations",
    "ExchangeRate": "rates",
    "ExchangeRates": "rates",
    "Flight": "flights",
    "Flights": "flights",
    "Forecast": "forecasting",
    "GROUPS": "totals",
    "LIGHTS": "lights",
    "Ledger": "ledger",
    "LedgerRow": "entry",
    "LineEstimate": "estimates",
    "MEASURES": "totals",
    "MEDIA_BASES": "tax",
    "Pacing": "pacing",
    "Phase": "plan",
    "Plan": "plan",
    "PlanVersion": "plan",
    "PlannedAmount": "budget",
    "RHYTHMS": "budget",
    "Result": "results",
    "Return": "returns",
    "SILENT_DAYS": "alerts",
    "Source": "booking",
    "Spending": "spending",
    "Standing": "totals",
    "Sum": "money",
    "TAXES": "tax",
    "Target": "plan",
    "TargetLight": "lights",
    "Taxed": "tax",
    "Totals": "totals",
    "UNIT_COSTS": "unit_costing",
    "UnitCost": "unit_costing",
    "UnitCosts": "unit_costing",
    "WhatIf": "what_if",
    "board_of": "board",
    "bookings_of": "booking_reading",
    "bookings_on": "belonging",
    "build_ledger": "ledger",
    "check_bookings": "booking",
    "control_board": "board",
    "control_sheet": "control_workbook",
    "deviations_of": "deviations",
    "estimate_lines": "estimates",
    "find_alerts": "alerts",
    "flights_of": "flights",
    "forecast": "forecasting",
    "media_costs": "unit_costing",
    "pacing_of": "pacing",
    "plan_sheet": "plan_workbook",
    "read_booking_table": "booking_table",
    "read_bookings": "booking_reading",
    "results_of": "from_response",
    "results_on": "belonging",
    "return_on_investment": "returns",
    "shift_budget": "what_if",
    "spend_bookings": "from_response",
    "spending_of": "spending",
    "stop_channel": "what_if",
    "suggest_booking_mapping": "booking_mapping",
    "target_light": "lights",
    "taxed": "tax",
    "unit_costs": "unit_costing",
}

__all__ = [
    "ALERT_KINDS",
    "ATTRIBUTED",
    "BOOKING_FIELDS",
    "BOOKING_KINDS",
    "CHANNEL_KINDS",
    "COST_KINDS",
    "COUNTS",
    "DIRECTIONS",
    "GROUPS",
    "LIGHTS",
    "MEASURES",
    "MEDIA_BASES",
    "RHYTHMS",
    "SILENT_DAYS",
    "TAXES",
    "UNIT_COSTS",
    "Alert",
    "Board",
    "Booking",
    "BookingMapping",
    "BookingSheet",
    "BookingTable",
    "BudgetLine",
    "Channel",
    "Deviation",
    "Deviations",
    "ExchangeRate",
    "ExchangeRates",
    "Flight",
    "Flights",
    "Forecast",
    "Ledger",
    "LedgerRow",
    "LineEstimate",
    "Pacing",
    "Phase",
    "Plan",
    "PlanVersion",
    "PlannedAmount",
    "Result",
    "Return",
    "Source",
    "Spending",
    "Standing",
    "Sum",
    "Target",
    "TargetLight",
    "Taxed",
    "Totals",
    "UnitCost",
    "UnitCosts",
    "WhatIf",
    "board_of",
    "bookings_of",
    "bookings_on",
    "build_ledger",
    "check_bookings",
    "control_board",
    "control_sheet",
    "deviations_of",
    "estimate_lines",
    "find_alerts",
    "flights_of",
    "forecast",
    "media_costs",
    "pacing_of",
    "plan_sheet",
    "read_booking_table",
    "read_bookings",
    "results_of",
    "results_on",
    "return_on_investment",
    "shift_budget",
    "spend_bookings",
    "spending_of",
    "stop_channel",
    "suggest_booking_mapping",
    "target_light",
    "taxed",
    "unit_costs",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"smmlib.planning.{_HOME[name]}"), name)
    raise AttributeError(f"module 'smmlib.planning' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
