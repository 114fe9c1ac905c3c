"""Formats a team describes itself, and the list of all that can be read."""

import pytest

from smmlib.errors import InvalidRecordError, UnreadableFileError
from smmlib.response import list_formats, load_formats, read_export, read_format
from tests.response.exports import table

NEWSLETTER = """
id = "brevo"
name = "Newsletter of the shop"
network = "newsletter"
source = "Help pages of the sender"
checked_on = 2026-11-01
totals = ["Summe*"]

[[layouts]]
language = "de"
locale = "de"
certainty = "low"
dates = ["%d.%m.%Y"]

[layouts.columns]
"Kampagne" = "text"
"Versendet am" = "published_at"
"Geöffnet" = "views"
"Geklickt" = "link_clicks"
"""
DATA = table(
    ("Kampagne", "Versendet am", "Geöffnet", "Geklickt"),
    ("Oktober", "01.10.2026", "1.234", "56"),
    ("Summe", "", "1", "2"),
)


def test_a_format_of_ones_own_is_recognised_like_any_other():
    format = read_format(NEWSLETTER.encode(), "brevo.toml")
    read = read_export("a.csv", data=DATA, formats=load_formats([format]))
    assert (read.format, read.report.certainty) == ("brevo", "low")
    assert read.table["value"].tolist() == [1234, 56]
    assert "brevo" not in load_formats()


@pytest.mark.parametrize(
    ("before", "after", "match"),
    [
        ('"views"', '"vews"', "Did you mean 'views'"),
        ('"views"', '"ctr"', "is a rate"),
        ('id = "brevo"', 'id = "Br evo"', "id is 'Br evo'"),
        ('certainty = "low"', 'certainty = "sure"', "must be one of"),
        ('locale = "de"', 'optional = ["Kmpagne"]', "Did you mean 'Kampagne'"),
        ("totals", "totls", "Did you mean 'totals'"),
        ('network = "newsletter"', "account_in_id = '('", "regular expression"),
        ('network = "newsletter"', 'time_zone = "Berlin"', "Europe/Berlin"),
        ("Newsletter of the shop", "{name}", "name is"),
    ],
)
def test_a_description_that_does_not_fit_says_where(before, after, match):
    with pytest.raises(InvalidRecordError, match=match):
        read_format(NEWSLETTER.replace(before, after).encode(), "brevo.toml")


@pytest.mark.parametrize("data", [b"id = ", b"\xff\xfe\x00", b'id = "a"\nid = "b"'])
def test_a_file_that_is_no_toml(data):
    with pytest.raises(UnreadableFileError, match="no description of a format"):
        read_format(data, "brevo.toml")


def test_the_list_says_how_well_each_language_of_a_format_is_known():
    rows = list_formats().set_index(["id", "language"])
    assert rows.loc[("meta_instagram", "en"), "certainty"] == "high"
    assert rows.loc[("meta_instagram", "de"), "certainty"] == "low"
    assert rows["source"].str.len().min() > 10
    assert rows["checked_on"].notna().all()
    assert len(set(rows.index.get_level_values("id"))) == len(load_formats())
