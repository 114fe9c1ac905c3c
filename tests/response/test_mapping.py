"""Proposals for what the columns of an unknown table mean."""

import pytest

from smmlib.errors import UnreadableFileError
from smmlib.metrics import load_metrics
from smmlib.response import read_export, suggest_mapping
from smmlib.response.formats import FIELDS
from smmlib.response.mapping import _read_synonyms, guess_columns

XING = "Nr;Titel;Veröffentlicht am;Aufrufe;Klicks (gesamt);Sonstiges\n1;Hallo;01.09.2026 10:00;1.234,0;5;x\n"


def test_german_and_english_headings_are_recognised():
    assert guess_columns(["Datum", "Reichweite", "„Gefällt mir“-Angaben", "Kosten (EUR)", "link_clicks"]) == {
        "Datum": "published_at",
        "Reichweite": "reach",
        "„Gefällt mir“-Angaben": "likes",
        "Kosten (EUR)": "spend",
        "link_clicks": "link_clicks",
    }


def test_each_meaning_is_given_once():
    assert guess_columns(["Aufrufe", "Views"]) == {"Aufrufe": "views"}


def test_synonyms_name_only_metrics_and_fields_there_are():
    assert set(_read_synonyms()) <= set(FIELDS) | set(load_metrics())


def test_a_suggestion_shows_rows_and_leaves_out_what_it_does_not_know():
    suggestion = suggest_mapping("xing.csv", data=XING.encode())
    assert suggestion.columns["Veröffentlicht am"] == "published_at"
    assert "Sonstiges" not in suggestion.columns
    assert (suggestion.locale, suggestion.format) == ("de", None)
    frame = suggestion.to_frame().set_index("column")
    assert frame.loc["Klicks (gesamt)"].tolist() == ["clicks", "5"]
    assert frame.loc["Sonstiges", "meaning"] == ""
    assert suggestion.preview.index.tolist() == [2]


def test_a_confirmed_suggestion_reads_the_file():
    suggestion = suggest_mapping("xing.csv", data=XING.encode())
    read = read_export("xing.csv", data=XING.encode(), columns=suggestion.columns, network="xing")
    assert read.table["value"].tolist() == [1234, 5]
    assert read.report.unknown_columns == ("Sonstiges",)


def test_the_fingerprint_is_that_of_the_headings():
    other = XING.replace("Hallo", "Guten Tag").replace("Nr;Titel", "Titel;Nr")
    assert (
        suggest_mapping("a", data=XING.encode()).fingerprint
        == suggest_mapping("b", data=other.encode()).fingerprint
    )


def test_an_open_locale_is_not_guessed():
    assert suggest_mapping("a", data=b"Titel;Aufrufe\nx;1.234\n").locale is None
    with pytest.raises(UnreadableFileError, match="is empty"):
        suggest_mapping("a", data=b"")
