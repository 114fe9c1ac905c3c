from datetime import UTC, datetime

import pytest

from smmlib import Account, open_workspace, panels
from smmlib.campaign import Campaign
from smmlib.panels.planning.planning_model import PlanningModel
from smmlib.planning import BookingSheet
from tests.planning.conftest import END, MARCH, make_bookings, make_plan, make_rates

NOW = datetime(2026, 4, 30, 10, tzinfo=UTC)


@pytest.fixture
def company(tmp_path):
    """The company of the golden ledger, in a workspace."""
    with open_workspace(tmp_path / "workspace", clock=lambda: NOW) as made:
        made.campaigns.add(Campaign(id="c1", name="Spring", start=MARCH, end=END, owner="Ada"))
        made.accounts.add(Account(id="a1", network="instagram", handle="@lindrad"))
        made.plans.add(make_plan())
        made.exchange_rates.add(make_rates())
        made.bookings.add(BookingSheet(id="golden", name="bookings.csv", bookings=make_bookings()))
        yield made


@pytest.fixture
def model(company):
    return PlanningModel(company)


@pytest.fixture
def panel(company):
    return panels.PlanPanel(company, language="en")
