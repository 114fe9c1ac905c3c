"""Python that leaves in `result` what the control board shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib.panels.planning.planning_model import PlanningModel

SEED = 2026
"""Of the forecasts, so that the same figures lead to the same interval."""


def code_of(model: PlanningModel) -> str:
    """Python for the board of the open plan."""
    opening = "import smmlib as smm\n\n"
    if model.plan is None:
        return f"{opening}result = None"
    on = f"date({model.on.year}, {model.on.month}, {model.on.day})"
    version = f", version={model.version!r}" if model.version else ""
    exported, merged = "", "smm.planning.results_on(plan, workspace.results.list())"
    if accounts := model.books.accounts():
        first, last = (f"date({d.year}, {d.month}, {d.day})" for d in model.books.days())
        exported = (
            f"accounts = {accounts!r}\n"
            "daily = workspace.response.to_pandas()\n"
            f"exported = smm.planning.results_of(daily, accounts, first={first}, last={last}, rates=rates)\n"
        )
        merged = "smm.planning.results_on(plan, workspace.results.list(), exported)"
    return (
        "from datetime import date\n\nimport numpy as np\n"
        f"{opening}"
        f"workspace = smm.open_workspace({str(model.workspace.path)!r})\n"
        f"plan = workspace.plans.get({model.plan.id!r})\n"
        "booked = [b for sheet in workspace.bookings.list() for b in sheet.bookings]\n"
        "bookings = smm.planning.bookings_on(plan, booked)\n"
        f"tables = workspace.exchange_rates.list()\n"
        "rates = next((t for t in tables if t.base == plan.currency), None)\n"
        f"{exported}"
        f"results = {merged}\n"
        f"rng = np.random.default_rng({SEED})\n"
        "result = smm.planning.control_board(\n"
        f"    plan, bookings, results, on={on}, rng=rng, rates=rates{version}\n)"
    )
