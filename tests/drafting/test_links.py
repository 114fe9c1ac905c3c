from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft
from smmlib.drafting import campaign_link, check_link, slug, tag_link
from smmlib.errors import InvalidValueError

TAGS = {"source": "x", "medium": "social", "campaign": "Grüße aus Köln"}
TAGGED = "utm_source=x&utm_medium=social&utm_campaign=gruesse-aus-koeln"


@pytest.mark.parametrize(
    ("link", "tagged"),
    [
        ("https://rad.de", f"https://rad.de/?{TAGGED}"),
        ("https://rad.de/a?b=1&c=%20d#teil", f"https://rad.de/a?b=1&c=%20d&{TAGGED}#teil"),
        ("https://rad.de/größe", f"https://rad.de/gr%C3%B6%C3%9Fe?{TAGGED}"),
        ("https://müller.de/", f"https://müller.de/?{TAGGED}"),
        ("https://rad.de:8080/?", f"https://rad.de:8080/?{TAGGED}"),
        (" https://rad.de/x ", f"https://rad.de/x?{TAGGED}"),
    ],
)
def test_query_fragment_and_unicode_are_kept(link, tagged):
    assert tag_link(link, **TAGS) == tagged


@pytest.mark.parametrize("there", ["utm_source=newsletter", "UTM_Source=newsletter", "mtm_source=newsletter"])
def test_what_a_link_has_already_is_not_doubled(there):
    names = [
        name.lower() for name, _ in parse_qsl(urlsplit(tag_link(f"https://rad.de/?{there}", **TAGS)).query)
    ]
    assert len([name for name in names if name.endswith("_source")]) == 1
    assert names[-2:] == ["utm_medium", "utm_campaign"]


def test_tagging_twice_changes_nothing():
    once = tag_link("https://rad.de/a?b=1", content="A", **TAGS)
    assert tag_link(once, content="A", **TAGS) == once
    assert once.endswith("&utm_content=A")


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("rad.de/a", r"rad.de/a has no https://. Did you mean https://rad.de/a\?"),
        ("//rad.de", r"Did you mean https://rad.de\?"),
        ("rad.de:8080/a", r"Did you mean https://rad.de:8080/a\?"),
        ("javascript:alert(1)", "is not a web address"),
        ("mailto:a@rad.de", "is not a web address"),
        ("https://", "is not a web address"),
        ("http://[::1", "is not a web address"),
        ("https://rad.de:port/", "is not a web address"),
    ],
)
def test_what_is_no_link_says_so(link, message):
    with pytest.raises(InvalidValueError, match=message):
        tag_link(link, **TAGS)
    (finding,) = check_link(link)
    assert (finding.rule, finding.severity) == ("link", "error")


@pytest.mark.parametrize(
    ("link", "rules"),
    [
        ("", []),
        ("https://rad.de/a?b=1", []),
        ("http://rad.de", ["link_http"]),
        ("https://rad.de/a b", ["link_space"]),
        ("https://rad.de/?utm_source=x", ["utm_there"]),
        ("https://rad.de/?utm_source=X", ["utm_case", "utm_there"]),
        ("https://rad.de/?utm_source=a&utm_source=b", ["utm_twice", "utm_there"]),
        ("https://rad.de/?mtm_campaign=a%20b", ["utm_space", "utm_there"]),
    ],
)
def test_findings_about_a_link(link, rules):
    findings = check_link(link)
    assert [f.rule for f in findings] == rules
    assert all(f.text("de") != f.text("en") for f in findings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Grüße aus Köln", "gruesse-aus-koeln"),
        ("GRÖSSE", "groesse"),
        ("u\u0308ber uns", "ueber-uns"),
        ("Café – Herbst 2026!", "cafe-herbst-2026"),
        ("herbst_2026", "herbst_2026"),
        ("🚲", ""),
    ],
)
def test_slug(name, value):
    assert slug(name) == value


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
def test_any_path_and_campaign_give_a_link_that_reads_back(text):
    link = tag_link("https://rad.de/" + text.lstrip("?#"), source=text, medium="social", campaign=text)
    assert link.isascii()
    assert urlsplit(link).netloc == "rad.de"
    for finding in check_link(text):
        finding.text("de").encode()


def test_campaign_link_takes_the_drafts_link_before_the_campaigns():
    campaign = Campaign(name="Herbst", link="https://rad.de/herbst")
    account = Account(network="newsletter", handle="Rad-Post")
    link = campaign_link(Draft(id="d1"), campaign=campaign, account=account)
    tags = "utm_source=newsletter&utm_medium=email&utm_campaign=herbst&utm_content="
    assert link == f"https://rad.de/herbst?{tags}d1"
    assert campaign_link(Draft(id="d1"), campaign=campaign, account=account, variant="B").endswith("=d1-b")
    own = campaign_link(Draft(link="https://rad.de/eigen"), campaign=campaign, account=account)
    assert own.startswith("https://rad.de/eigen?")
    assert campaign_link(Draft(), campaign=None, account=account) == ""
    assert campaign_link(Draft(link="rad.de"), campaign=None, account=account) == ""
