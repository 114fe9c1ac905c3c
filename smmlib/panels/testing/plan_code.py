"""Python that gives the advice and the plan the planning page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmlib.experiments.look_plan import Looks
from smmlib.experiments.sequence import AlwaysValid
from smmlib.panels.testing.wishes import read_times

if TYPE_CHECKING:
    from smmlib.panels.testing.plan_model import PlanModel


def code_of(model: PlanModel) -> str:
    """Python that leaves the same `advice` and, where the design has one, the same `plan`.

    Raises:
        SmmError: A figure that is needed is missing.
    """
    language = model.workspace.settings.language
    given = {name: value for name, value in model.advise_arguments().items() if value is not None}
    advice = f"advice = smm.experiments.advise({model.wishes.question!r}, {_listed(given)})"
    lines = ["import smmlib as smm", "", advice, f"print(advice.text({language!r}))"]
    if model.design in ("randomised", "platform"):
        rate, lift = given["base_rate"], model.wishes.lift
        lines.append(
            f"plan = smm.experiments.plan_test({rate!r}, {lift!r}, {_listed(model.plan_arguments())})"
        )
    elif model.design == "slots":
        lines[0:1] = ["import pandas as pd", "import smmlib as smm"]
        lines += _slots(model)
    elif model.design == "switchback":
        lines[0:1] = ["import datetime", "", "import smmlib as smm"]
        lines.append(
            f"plan = smm.experiments.plan_switchback(\n    {model.first_day()!r}, "
            f"{_listed(model.switchback_arguments())},\n    at=datetime.datetime.now(datetime.UTC),\n)"
        )
    return "\n".join(lines)


def _slots(model: PlanModel) -> list[str]:
    """The slots there are, and the draw among them."""
    wishes = model.wishes
    times = ", ".join(f'"{str(each).zfill(8)}"' for each in read_times(wishes.hours))
    return [
        f'days = pd.date_range("{model.first_day()}", periods={7 * wishes.slot_weeks})',
        f"days = days[days.day_of_week.isin({[day - 1 for day in wishes.weekdays]!r})]  # 0: Monday",
        f"starts = [day + pd.Timedelta(time) for day in days for time in [{times}]]",
        f'slots = pd.DataFrame({{"account": {wishes.account!r}, "start": starts}})',
        f"plan = smm.experiments.match_slots(\n    slots, {_listed(model.slot_arguments())},\n"
        '    at=pd.Timestamp.now("UTC"),\n)',
    ]


def _listed(arguments: dict[str, Any]) -> str:
    return ", ".join(f"{name}={_written(value)}" for name, value in arguments.items())


def _written(value: Any) -> str:
    if isinstance(value, Looks):
        return f"smm.experiments.Looks({value.times!r}, {value.spending!r})"
    return "smm.experiments.AlwaysValid()" if isinstance(value, AlwaysValid) else repr(value)
