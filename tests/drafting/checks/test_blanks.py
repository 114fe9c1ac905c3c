import pytest

from tests.drafting.checks.checking import findings, found


@pytest.mark.parametrize(
    "blank",
    [
        "{{ name }}",
        "{name}",
        "{% if x %}",
        "*|FNAME|*",
        "%FIRSTNAME%",
        "%%name%%",
        "[[ort]]",
        "##PREIS##",
        "Lorem ipsum",
    ],
)
def test_merge_tags_are_errors(blank):
    (finding,) = [f for f in findings(f"Hallo {blank}, komm vorbei") if f.rule == "blank"]
    assert finding.severity == "error"
    assert blank in finding.text("de")


@pytest.mark.parametrize(
    "blank",
    [
        "[Name]",
        "[Datum]",
        "[Link einfügen]",
        "[insert date]",
        "<Produktname>",
        "XX",
        "XX.XX.",
        "x €",
        "xx%",
        "TODO",
        "TBD",
        "Link folgt noch",
        "Blindtext",
    ],
)
def test_likely_blanks_are_warnings(blank):
    assert [f.severity for f in findings(f"Ab {blank} geht es los") if f.rule == "blank"] == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "Schön :-} und :{ und {} und ʕ•ᴥ•ʔ",
        "Er sagte: „[Sie] kommt [sic] […] [1]“",
        "[Anzeige] [Werbung] [Update]",
        "Im XX. Jahrhundert, Größe XXL, XX-Large, xxx",
        "Meine To-do-Liste, todo Tag, Methodo",
        "50 % auf 3 < 5 > 2",
        "Auf X 100 % dabei",
        "Ein Link folgt.",
        "Text und Bild",
    ],
)
def test_emoticons_quotes_and_sizes_are_none(text):
    assert found("blank", text) == []
