"""The survey measures the parts of a thread and the fields beside the text; the checks look at both."""

from smmlib.campaign import Account
from smmlib.draft import Draft, LinkCard, Version
from smmlib.drafting import CheckOptions, check, survey
from smmlib.networks import load_networks

NETWORKS = load_networks()


def row(network, text="", card=None, **version):
    account = Account(id="a", network=network, handle="@rad", limits={})
    draft = Draft(text=text, link_card=card or LinkCard(), versions=(Version(account="a", **version),))
    (found,) = survey(draft, campaign=None, accounts=[account], networks=NETWORKS).rows
    return found


def rules(found):
    return [(finding.rule, finding.part, finding.span) for finding in found.findings]


def test_each_part_of_a_thread_is_measured_and_the_longest_counts():
    found = row("x", thread=("kurz", "y" * 200, "z"))
    assert [part[0].count for part in found.part_measures] == [4, 200, 1]
    assert found.measures[0].count == 200
    assert found.text == "kurz\n\n" + "y" * 200 + "\n\nz"
    assert rules(found) == []


def test_a_part_that_is_too_long_is_named_with_its_span_in_the_whole_text():
    found = row("x", thread=("kurz", "y" * 281))
    assert rules(found) == [("text", 2, (4 + 2 + 280, 4 + 2 + 281))]
    assert found.findings[0].text("de").startswith("Teil 2: 1 zu viel")


def test_what_is_about_the_whole_is_said_once():
    found = row("googleplus", thread=("a", "b", "c"))
    assert [finding.rule for finding in found.findings] == ["status"]


def test_hashtags_count_per_part():
    assert rules(row("threads", thread=("#a eins", "#b zwei"))) == []
    assert [rule for rule, *_ in rules(row("threads", text="#a #b"))] == ["hashtags"]


def test_the_content_warning_counts_where_the_server_counts_it():
    found = row("mastodon", "x" * 495, fields={"content_warning": "Wetter"})
    assert found.measures[0].count == 501
    assert rules(found) == [("text", 0, (494, 495))]
    assert row("bluesky", "x", fields={"content_warning": "Wetter"}).measures[0].count == 1


def test_fields_are_measured_and_checked():
    found = row("youtube", "Film", fields={"title": "x" * 101})
    (title,) = found.fields
    assert (title.field, title.count, title.limit, title.room) == ("title", 101, 100, 100)
    assert [(f.rule, f.severity) for f in found.findings] == [("field_length", "error")]
    assert "„Titel“ ist um 1 zu lang" in found.findings[0].text("de")


def test_what_readers_do_not_see_of_a_field_is_a_notice():
    found = row("newsletter", "Text", fields={"subject": "x" * 41, "preheader": "kurz"})
    assert [(f.rule, f.severity) for f in found.findings if f.rule != "age"] == [("field_shown", "notice")]


def test_an_empty_title_is_said_once_there_is_a_text():
    assert "field_missing" in [f.rule for f in row("wordpress", "Text").findings]
    assert "field_missing" not in [f.rule for f in row("wordpress", "").findings]


def test_checks_of_fields_can_be_switched_off():
    from smmlib.drafting import CheckOptions

    account = Account(id="a", network="youtube", handle="@rad")
    draft = Draft(text="Film", versions=(Version(account="a"),))
    options = CheckOptions(off=("fields",))
    assert check(draft, campaign=None, network=NETWORKS["youtube"], account=account, options=options) == ()


def test_options_and_dictionary_reach_the_checks():
    class Dictionary:
        def unknown(self, words, language):
            return {word: ("Fahrrad",) for word in words if word == "Fahrad"}

    account = Account(id="a", network="x", handle="@rad", address="du")
    draft = Draft(text="Wir zeigen Ihnen ein Fahrad", versions=(Version(account="a"),))

    def found(**more):
        rows = survey(draft, campaign=None, accounts=[account], networks=NETWORKS, **more).rows
        return {finding.rule for finding in rows[0].findings} & {"address", "spelling"}

    assert found() == {"address"}
    assert found(speller=Dictionary()) == {"address", "spelling"}
    assert found(speller=Dictionary(), options=CheckOptions(off=("address",))) == {"spelling"}
