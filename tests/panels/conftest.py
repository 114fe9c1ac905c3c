from datetime import date
from pathlib import Path

import pytest

from smmlib import Account, Campaign, Draft, Version, open_workspace


@pytest.fixture
def workspace(tmp_path):
    """A small team: one campaign, three accounts, two drafts."""
    with open_workspace(tmp_path / "workspace") as made:
        made.campaigns.add(
            Campaign(
                id="herbst",
                name="Herbst am Rad",
                start=date(2026, 9, 1),
                end=date(2026, 10, 31),
                link="https://example.com/herbst",
            )
        )
        made.accounts.add(Account(id="x", network="x", handle="@rad"))
        made.accounts.add(Account(id="ig", network="instagram", handle="@rad", address="du"))
        made.accounts.add(
            Account(id="m", network="mastodon", handle="@rad@social.example", limits={"text": 1000})
        )
        made.drafts.add(
            Draft(id="one", campaign="herbst", text="Grüße aus Köln", versions=(Version(account="x"),))
        )
        made.drafts.add(Draft(id="two", title="Zweiter", text="Nichts"))
        yield made


def pytest_collection_modifyitems(items):
    """Whole panels are hundreds of widgets each: their tests are not for the minute of `make check`."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and not item.path.stem.endswith("_model"):
            item.add_marker(pytest.mark.slow)
