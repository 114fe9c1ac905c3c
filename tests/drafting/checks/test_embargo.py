from datetime import UTC, datetime, timedelta

from tests.drafting.checks.checking import CAMPAIGN, NOW, findings, said

ENDS = datetime(2026, 10, 5, 22, tzinfo=UTC)
EMBARGO = CAMPAIGN.replace(embargo=ENDS)


def severities(campaign=EMBARGO, **version):
    found = findings("Ein Rad", campaign=campaign, version=version)
    return [f.severity for f in found if f.rule == "embargo"]


def test_a_post_planned_before_the_end_is_an_error():
    assert severities(planned_at=ENDS - timedelta(minutes=1)) == ["error"]
    assert severities(planned_at=ENDS) == []


def test_a_post_without_a_time_is_warned_while_the_embargo_lasts():
    assert severities() == ["warning"]
    assert severities(EMBARGO.replace(embargo=NOW)) == []
    assert severities(CAMPAIGN) == []


def test_what_has_appeared_is_not_judged():
    assert severities(planned_at=NOW, permalink="https://social.example/1") == []
    assert severities(posted_at=NOW) == []


def test_times_are_those_of_the_account():
    text = said("embargo", "Ein Rad", "de", campaign=EMBARGO, version={"planned_at": NOW})
    assert "Geplant für 01.10.2026, 14:00 Uhr" in text
    assert "endet aber erst 06.10.2026, 00:00 Uhr" in text
