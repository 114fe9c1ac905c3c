"""Plan and control of campaigns: budget, actuals, forecast, targets."""

from smmlib.planning.forecast import forecast
