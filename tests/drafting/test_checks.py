from datetime import UTC, date, datetime

import pytest

from smmlib import drafting
from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Media, Version
from smmlib.errors import UnknownNameError
from smmlib.networks import load_networks

NETWORKS = load_networks()
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
CAMPAIGN = Campaign(id="c", name="Herbst", start=date(2026, 10, 5), end=date(2026, 10, 31))
ACCOUNT = Account(id="a", network="mastodon", handle="@rad@social.example", limits={"text": 10})


def draft(text="Hallo", **version):
    return Draft(text=text, versions=(Version(account="a", **version),))


def rules(made, network="x", campaign=CAMPAIGN, account=ACCOUNT):
    findings = drafting.check(made, campaign=campaign, network=NETWORKS[network], account=account, now=NOW)
    return [f.rule for f in findings]


def test_a_draft_in_order_has_no_findings():
    assert rules(draft(planned_at=datetime(2026, 10, 6, 12, tzinfo=UTC))) == []


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (datetime(2026, 9, 1, tzinfo=UTC), ["planned_past", "planned_early"]),
        (datetime(2026, 10, 4, 21, 59, tzinfo=UTC), ["planned_early"]),
        (datetime(2026, 10, 4, 22, 0, tzinfo=UTC), []),  # midnight of the first day in Berlin
        (datetime(2026, 10, 31, 22, 59, tzinfo=UTC), []),
        (datetime(2026, 10, 31, 23, 0, tzinfo=UTC), ["planned_late"]),
    ],
)
def test_planned_times_are_judged_by_the_local_day(when, found):
    assert rules(draft(planned_at=when)) == found


def test_a_published_post_may_lie_in_the_past():
    made = draft(planned_at=datetime(2026, 9, 30, tzinfo=UTC), permalink="https://x.com/rad/status/1")
    assert rules(made, campaign=None) == []
    ticked = draft(planned_at=datetime(2026, 9, 30, tzinfo=UTC), posted_at=NOW)
    assert rules(ticked, campaign=None) == []


def test_text_and_media_of_the_version_are_checked():
    made = draft("x" * 300, media=(Media(),))
    assert rules(made) == ["text", "alt_text_missing"]
    assert rules(made.replace(versions=(Version(account="a", text="kurz"),))) == []
    assert rules(draft("  ")) == ["empty"]


def test_link_of_the_campaign_is_checked():
    assert rules(draft(), campaign=CAMPAIGN.replace(link="rad.de")) == ["link"]


def test_a_draft_that_does_not_go_there_says_where_it_goes():
    other = Account(id="b", network="x", handle="@rad")
    with pytest.raises(UnknownNameError, match=r"'b' is unknown.*There is: 'a'"):
        rules(draft(), account=other)


def test_survey_uses_the_accounts_own_limits():
    (row,) = drafting.survey(draft("12345678901"), campaign=None, accounts=[ACCOUNT], networks=NETWORKS).rows
    assert (row.measures[0].limit, row.measures[0].remaining) == (10, -1)
    frame = drafting.survey(draft(), campaign=None, accounts=[ACCOUNT], networks=NETWORKS).to_frame()
    assert frame.loc[0, ["network", "count", "remaining"]].tolist() == ["mastodon", 5, 5]


def test_survey_names_each_finding_once_with_its_accounts():
    accounts = [ACCOUNT.replace(limits={}), Account(id="b", network="mastodon", handle="@rad@zwei.example")]
    made = Draft(text="\u202ex", versions=(Version(account="a"), Version(account="b")))
    found = drafting.survey(made, campaign=None, accounts=accounts, networks=NETWORKS).findings()
    assert [(f.rule, [a.id for a in who]) for f, who in found] == [("direction", ["a", "b"])]
