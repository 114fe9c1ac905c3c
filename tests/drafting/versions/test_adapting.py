"""One text, many accounts: whole, thread or short form; hashtags, links and fields as each network wants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Version
from smmlib.drafting import adapt, fields_of
from smmlib.drafting.versions import state_of
from smmlib.errors import InvalidValueError
from smmlib.networks import load_networks

NETWORKS = load_networks()
CAMPAIGN = Campaign(id="c", name="Deich", hashtags=("#RadAmDeich", "#lastenrad"))
HOOK = "Zwölf Lastenräder, ein Samstag: Am 3. Mai öffnen wir den Deich für alle."
MIDDLE = "Du testest, so lange du magst, z. B. mit Kindern in der Kiste oder allein gegen den Wind. "
LINK = "Alle Zeiten: https://rad.example/deich"
CALL = "Melde dich jetzt an!"
TAGS = "#Lastenrad #Deich #Probefahrt"
TEXT = f"{HOOK}\n\n{MIDDLE * 6}\n\n{LINK}\n\n{CALL}\n\n{TAGS}"
SHORT = f"{HOOK}\n\n{CALL}"


def made(text, network, campaign=None, limits=None, **version):
    account = Account(id="a", network=network, handle="@rad", limits=limits or {})
    draft = Draft(text=text, versions=(Version(account="a", **version),))
    return draft, adapt(draft, account, NETWORKS[network].with_limits(account.limits), campaign)


def notes(adaptation):
    return [note.template.split(" ")[0] for note in adaptation.notes]


@pytest.mark.parametrize("network", ["facebook", "x", "bluesky", "mastodon", "linkedin", "telegram"])
def test_a_text_that_fits_is_followed(network):
    draft, adaptation = made(SHORT, network)
    assert (adaptation.version.text, adaptation.version.thread, adaptation.notes) == (None, (), ())
    assert state_of(draft, adaptation.version) == "follows"


@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon", "threads"])
def test_a_long_text_becomes_a_thread_where_there_are_threads(network):
    draft, adaptation = made(TEXT, network)
    version = adaptation.version
    assert len(version.thread) > 1
    assert version.text == "\n\n".join(version.thread)
    assert draft.replace(versions=(version,)).text_for("a") == version.text
    assert f"{len(version.thread)} parts" in adaptation.text("en")
    assert f"{len(version.thread)} Teilen" in adaptation.text("de")


def test_a_long_text_becomes_a_short_form_elsewhere():
    _, adaptation = made(TEXT, "linkedin", limits={"text": 300})
    text = adaptation.version.text
    assert NETWORKS["linkedin"].count(text) <= 300
    assert text.startswith(HOOK)
    assert text.endswith(f"{LINK}\n\n{CALL}\n\n{TAGS}")
    assert adaptation.left_out
    assert set(adaptation.left_out) == {MIDDLE.strip()}
    assert MIDDLE.strip() in adaptation.text("de")


def test_when_room_gets_scarce_hashtags_go_then_links_then_the_call_is_cut_at_a_word():
    def text(limit):
        return made(TEXT, "linkedin", limits={"text": limit})[1].version.text

    assert text(90) == f"{LINK}\n\n{CALL}\n\n#Lastenrad #Deich"
    assert text(60) == f"{LINK}\n\n{CALL}"
    assert text(30) == CALL
    assert text(15) == "Melde dich …"


@given(
    st.lists(st.sampled_from([HOOK, MIDDLE, LINK, CALL, TAGS, "x" * 50 + ".", "\n\n"]), max_size=20).map(
        " ".join
    ),
    st.sampled_from(["linkedin", "pinterest", "telegram", "instagram", "facebook"]),
    st.integers(60, 400),
)
def test_a_short_form_fits_and_consists_of_whole_sentences(text, network, limit):
    _, adaptation = made(text, network, limits={"text": limit})
    short = adaptation.version.text
    if short is not None:
        assert NETWORKS[network].count(short) <= limit
        words = set(text.split()) | set(text.replace("#", "").split())
        assert set(short.split()) <= words | {"Link", "in", "der", "Bio", "…"}


def test_hashtags_as_many_as_the_network_takes():
    _, adaptation = made(f"{SHORT} {TAGS}", "threads")
    assert adaptation.version.text == f"{SHORT}\n\n#Lastenrad"
    assert (
        adaptation.text() == "Hashtags Threads takes: 1. Left out, or written as words: #Deich #Probefahrt."
    )


def test_hashtags_in_sentences_become_words_where_they_cannot_be_clicked():
    _, adaptation = made(f"Wir lieben das #Lastenrad sehr.\n\n{TAGS}", "newsletter")
    assert adaptation.version.text == "Wir lieben das Lastenrad sehr."
    assert "#Lastenrad #Deich #Probefahrt" in adaptation.text()


def test_a_hashtag_in_place_of_a_word_stays_in_its_sentence():
    _, adaptation = made("Wir lieben #Köln", "threads", CAMPAIGN)
    assert adaptation.version.text is None


def test_hashtags_of_the_campaign_are_added_where_they_fit():
    _, adaptation = made(f"{SHORT} #Lastenrad", "instagram", CAMPAIGN)
    assert adaptation.version.text == f"{SHORT}\n\n#Lastenrad #RadAmDeich"
    _, full = made("x" * 275, "x", CAMPAIGN)
    assert full.version.text is None
    _, bare = made(SHORT, "wordpress", CAMPAIGN)
    assert bare.version.text is None


def test_a_link_that_cannot_be_clicked_becomes_words_or_goes_with_a_note():
    _, instagram = made(f"{HOOK}\n{LINK}\n{CALL}", "instagram")
    assert instagram.version.text == f"{HOOK}\nAlle Zeiten: Link in der Bio\n{CALL}"
    assert "Put the link into the profile" in instagram.text()
    _, pinterest = made(f"{HOOK}\n\nhttps://rad.example/deich\n\n{CALL}", "pinterest")
    assert pinterest.version.text == f"{HOOK}\n\n{CALL}"
    assert "Enter it beside the text" in pinterest.text()


def test_a_link_in_a_sentence_stays_and_a_note_says_so():
    _, adaptation = made("Auf https://rad.example/deich steht, wann es losgeht.", "instagram")
    assert adaptation.version.text is None
    assert "Reword the sentence" in adaptation.text()


def test_fields_are_data():
    taken = {id_: fields_of(network) for id_, network in NETWORKS.items() if fields_of(network)}
    assert taken == {
        "mastodon": ("content_warning",),
        "youtube": ("title",),
        "pinterest": ("title",),
        "wordpress": ("title", "teaser", "meta_description"),
        "newsletter": ("subject", "preheader"),
    }
    assert fields_of(NETWORKS["tiktok"], "carousel") == ("title",)


def test_a_blog_gets_title_teaser_and_meta_description():
    _, adaptation = made(TEXT, "wordpress")
    fields = adaptation.version.fields
    assert fields["title"] == "Zwölf Lastenräder, ein Samstag"
    assert fields["teaser"] == (MIDDLE * 2).strip()
    assert fields["meta_description"] == MIDDLE.strip()
    assert TAGS not in adaptation.version.text


def test_a_newsletter_gets_subject_and_preheader_that_are_seen():
    _, adaptation = made(TEXT, "newsletter")
    assert adaptation.version.fields["subject"] == "Zwölf Lastenräder, ein Samstag"
    assert 40 < len(adaptation.version.fields["preheader"]) <= 90


def test_a_title_keeps_to_its_limit_and_to_what_youtube_accepts():
    _, adaptation = made("<b>Rad</b> " + "wort " * 60, "youtube")
    title = adaptation.version.fields["title"]
    assert title.startswith("bRad/b wort")
    assert title.endswith("wort …")
    assert len(title) <= 100
    assert len(made("x" * 300, "youtube")[1].version.fields["title"]) <= 100


def test_what_somebody_wrote_into_a_field_stays_and_what_was_suggested_follows():
    draft, first = made(SHORT, "wordpress")
    mine = {**first.version.fields, "teaser": "Von Hand."}
    changed = draft.replace(text="Neuer Anfang. " + CALL, versions=(first.version.replace(fields=mine),))
    account = Account(id="a", network="wordpress", handle="@rad")
    again = adapt(changed, account, NETWORKS["wordpress"], None).version
    assert again.fields["title"] == "Neuer Anfang"
    assert again.fields["teaser"] == "Von Hand."


def test_the_content_warning_stays_and_counts():
    limits = {"text": 100}
    warning = {"content_warning": "Wetter"}
    _, adaptation = made("x" * 94, "mastodon", limits=limits, fields=warning)
    assert (adaptation.version.text, adaptation.version.fields) == (None, warning)
    _, adaptation = made("x" * 95, "mastodon", limits=limits, fields=warning)
    assert len(adaptation.version.thread) == 2


def test_the_format_decides_on_the_limit():
    text = "Ein Satz mit Inhalt. " * 60
    draft, whole = made(text, "telegram")
    assert whole.version.text is None
    account = Account(id="a", network="telegram", handle="@rad")
    caption = adapt(draft, account, NETWORKS["telegram"], None, format="image").version
    assert caption.format == "image"
    assert len(caption.text) <= 1024


def test_a_link_that_fits_nowhere_is_an_error_in_both_languages():
    link = "https://rad.example/" + "a" * 400
    with pytest.raises(InvalidValueError, match="must not be cut") as problem:
        made(f"{HOOK} {link}", "bluesky")
    assert "darf nicht zerschnitten werden" in problem.value.text("de")


@pytest.mark.parametrize("text", ["", "   \n", "#a #b", "🎉", "\ud800"])
@pytest.mark.parametrize("network", sorted(NETWORKS))
def test_hardly_any_text_is_no_problem(text, network):
    _, adaptation = made(text, network, CAMPAIGN)
    assert adaptation.version.account == "a"
