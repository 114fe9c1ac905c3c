"""Language of the text against language of the account."""

from __future__ import annotations

import pytest

from smmlib import drafting
from smmlib.campaign import Account
from smmlib.draft import Draft, Version
from smmlib.drafting.checks.text_language import language_of
from smmlib.networks import load_networks
from tests.drafting.checks.false_alarms import german_posts, headlines

X = load_networks()["x"]
GERMAN = "Am Samstag öffnen wir die neue Werkstatt und zeigen, wie ein Rad entsteht."
ENGLISH = "On Saturday we open the new workshop and show how a bicycle is made from scratch."


def found(text: str, language: str | None) -> list[drafting.Finding]:
    account = Account(id="a", network="x", handle="@rad", language=language) if language else None
    draft = Draft(text=text, versions=(Version(account="a"),))
    said = drafting.check(draft, campaign=None, network=X, account=account)
    return [finding for finding in said if finding.rule == "language"]


def test_the_other_language_is_a_warning() -> None:
    (finding,) = found(ENGLISH, "de")
    assert finding.severity == "warning"
    assert finding.text("de").startswith(
        "Die Sprache des Textes scheint Englisch zu sein, die des Kontos ist Deutsch"
    )
    assert found(GERMAN, "en")[0].text().startswith("The text looks German, but the account is English")


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (ENGLISH, "en"), (ENGLISH, None)])
def test_the_right_language_and_no_account_say_nothing(text: str, language: str | None) -> None:
    assert found(text, language) == []


def test_of_short_texts_and_tags_nothing_is_said() -> None:
    assert found("Back to school! Save the date", "de") == []
    assert (
        found(
            "Neu: #BackToSchool #SaveTheDate #SustainableFashionWeek https://the.example/shop/of/the/year",
            "de",
        )
        == []
    )


def test_posts_and_headlines_are_told_apart() -> None:
    assert all(language_of(post.text)[0] == "de" for post in german_posts())
    if not headlines():
        pytest.skip("the published headlines are not on this machine")
    assert sum(language_of(post.text)[0] == "en" for post in headlines()) >= 0.98 * len(headlines())
