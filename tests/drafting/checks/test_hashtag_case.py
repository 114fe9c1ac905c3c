import pytest

from tests.drafting.checks.checking import ENGLISH, found, said


@pytest.mark.parametrize(
    ("tag", "better"),
    [
        ("#tagderoffenentür", "#TagDerOffenenTür"),
        ("#Tagderoffenentür", "#TagDerOffenenTür"),
        ("#liebezumdetail", "#LiebeZumDetail"),
        ("#wirliebenleise", "#WirLiebenLeise"),  # as the briefing writes it
        ("#werkstattundkaffee", "#WerkstattUndKaffee"),  # words of the post
    ],
)
def test_a_phrase_is_shown_as_it_should_be(tag, better):
    text = f"Werkstatt mit Kaffee {tag}"
    assert found("hashtag_case", text) == [tag]
    assert f"write {better}," in said("hashtag_case", text)


def test_an_english_phrase():
    assert "write #BehindTheScenes" in said("hashtag_case", "Look #behindthescenes", account=ENGLISH)


@pytest.mark.parametrize(
    "tag",
    [
        "#TagDerOffenenTür",
        "#weiterbildung",
        "#nachhaltigkeit",
        "#kinderwagen",
        "#sonderangebot",
        "#wunderbar",
        "#lastenrad",
        "#mitmachen",
        "#mitarbeiter",
        "#mitarbeit",
        "#zusammenhalt",
        "#ausland",
        "#zuhause",
        "#überblick",
        "#weihnachten",
        "#niedersachsen",
        "#digitalisierung",
        "#fahrradliebe",
        "#DSGVO",
        "#bundesgartenschau2027",
    ],
)
def test_single_words_are_left_alone(tag):
    assert found("hashtag_case", f"Fahrrad mit Liebe {tag}") == []
