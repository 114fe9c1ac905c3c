import pytest

from smmlib.drafting import check_link, tag_link
from smmlib.errors import InvalidValueError
from tests.drafting.checks.checking import CAMPAIGN, findings, found, said

TAGGED = "https://rad.example/x?utm_source=mastodon&utm_medium=social&utm_campaign=herbst"


def rules(text="Ein Rad", **options):
    return [f.rule for f in findings(text, **options) if f.rule.startswith(("utm_", "link", "cred"))]


@pytest.mark.parametrize(
    "link", ["https://ina:geheim@rad.example/x", "http://ina@rad.example", "HTTPS://:g@rad.example"]
)
def test_a_password_in_a_link_is_an_error_and_not_repeated(link):
    (finding,) = [f for f in findings(f"Siehe {link} bitte") if f.rule == "credentials"]
    assert finding.severity == "error"
    assert "geheim" not in finding.text() + finding.text("de")
    (of_draft,) = [f for f in findings("Ein Rad", link=link) if f.rule == "link"]
    assert of_draft.severity == "error"
    assert "geheim" not in of_draft.text()
    assert check_link(link)[0].rule == "link"
    with pytest.raises(InvalidValueError, match="to rad\\.example contains a user name or password"):
        tag_link(link, source="x", medium="social", campaign="c")


def test_an_at_sign_elsewhere_is_no_password():
    assert (
        found("credentials", "https://social.example/@rad und mail@rad.example https://a.example/?q=a@b")
        == []
    )


def test_a_link_without_campaign_says_what_is_missing():
    assert rules(link="https://rad.example", campaign=None) == ["utm_missing"]
    assert rules() == []


def test_parameters_of_another_campaign_or_network():
    assert rules(link=TAGGED) == ["utm_there"]
    other = TAGGED.replace("mastodon", "newsletter").replace("=herbst", "=sommer")
    assert rules(link=other) == ["utm_differs", "utm_differs", "utm_there"]
    text = said("utm_differs", "Ein Rad", link=TAGGED.replace("=herbst", "=sommer"))
    assert text.startswith("The link says utm_campaign=sommer, here it would be utm_campaign=herbst.")
    assert rules(link="https://rad.example/?mtm_campaign=sommer") == ["utm_differs", "utm_there"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Hier: https://rad.example/neu", ["https://rad.example/neu"]),
        ("Hier: https://www.rad.example/neu?a=1", ["https://www.rad.example/neu?a=1"]),
        (f"Hier: {TAGGED}", []),
        ("Hier: https://rad.example/?mtm_campaign=a", []),
        ("Hier: https://zeitung.example/test", []),
    ],
)
def test_links_to_the_campaigns_site_should_be_tagged(text, links):
    assert found("utm_text", text) == links


def test_where_links_cannot_be_clicked_they_need_no_tag():
    assert found("utm_text", "Hier: https://rad.example/neu", network="instagram") == []
    assert found("utm_text", "Hier: https://rad.example/neu", campaign=None) == []


def test_a_broken_link_in_the_text_does_no_harm():
    assert found("utm_text", "https://rad.example:99999999/ und http://[::1", campaign=CAMPAIGN) is not None
