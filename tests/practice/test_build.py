"""The workspace of the practice company."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from smmlib.practice import build, build_practice_company, practice_company

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    shares = []
    folder = tmp_path_factory.mktemp("practice") / "made"
    with build_practice_company(folder, progress=shares.append, clock=lambda: NOW) as made:
        assert shares == sorted(shares)
        assert shares[-1] == 1.0
        yield made


def test_it_is_marked_as_practice(workspace) -> None:
    assert workspace.practice
    assert workspace.name.startswith("Übungsfirma")


def test_it_holds_the_records(workspace) -> None:
    company = practice_company()
    assert workspace.accounts.list() == company.accounts
    assert workspace.campaigns.list() == company.campaigns
    assert workspace.tests.list() == company.tests
    assert workspace.drafts.list() == company.drafts
    assert workspace.assignments.list() == company.assignments


def test_it_holds_a_plan_with_what_was_booked_on_it(workspace) -> None:
    control = practice_company().control
    assert workspace.plans.list() == (control.plan,)
    assert workspace.bookings.list() == control.sheets()
    assert workspace.results.list() == control.results
    assert workspace.exchange_rates.list() == (control.rates,)
    assert workspace.entries.list() == control.entries


def test_what_does_not_go_together_in_its_calendar_is_found(workspace) -> None:
    found = workspace.calendar.conflicts()
    assert {conflict.rule for conflict in found.of("lichter-brief")} == {"embargo"}
    mourning = [conflict for conflict in found if conflict.rule == "blackout"]
    assert len(mourning) == 2
    assert workspace.settings.states == ("NW",)


def test_every_post_is_there_with_its_text_and_time(workspace) -> None:
    posts = workspace.response.posts()
    assert len(posts) == 144
    assert (posts["text"] != "").all()
    when = {post.entity_id: post.at for post in practice_company().posts}
    assert [when[id] for id in posts["entity_id"]] == list(posts["published_at_utc"])


def test_advertisements_are_kept_apart_with_their_spending(workspace) -> None:
    table = workspace.response.to_pandas()
    ads = table[table["entity"] == "ad"]
    assert ads["entity_id"].nunique() == 12
    assert ads["amount"].dropna().sum() == Decimal("2570.50")
    assert set(ads["currency"].dropna()) <= {"EUR", ""}


def test_all_but_six_posts_are_matched_and_carry_their_labels(workspace) -> None:
    assert len(workspace.matches.list()) == 144 - 6
    table = workspace.response.to_pandas()
    rows = table[table["entity"] == "post"]
    bare = set(rows.loc[rows["labels"] == "{}", "entity_id"])
    assert bare == set(practice_company().truth["unmatched"])
    assert set(rows["campaign"]) == {"", "regen", "kranich"}


def test_figures_come_by_day_and_as_final_values(workspace) -> None:
    found = workspace.response.sql(
        'select network, "window", metric, sum(value) as total from response '
        "where entity = 'post' and metric = 'comments' group by all"
    )
    totals = found.set_index(["network", "window"])["total"]
    for network in ("instagram", "facebook", "linkedin", "mastodon"):
        assert totals[network, "day"] == totals[network, "lifetime"]
    assert ("xing", "day") not in totals.index


def test_typed_figures_say_so(workspace) -> None:
    table = workspace.response.to_pandas()
    assert set(table.loc[table["network"] == "xing", "source"]) == {"typed", "export"}
    assert set(table.loc[table["source"] == "typed", "network"]) == {"xing"}


def test_the_truth_lies_beside_the_workspace(workspace) -> None:
    assert (workspace.path / "truth.json").read_text("utf-8") == practice_company().truth_json


def test_a_build_that_fails_leaves_nothing(tmp_path, monkeypatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(build, "_import", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        build_practice_company(tmp_path / "practice")
    assert list(tmp_path.iterdir()) == []
