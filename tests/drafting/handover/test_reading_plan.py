"""Plans come back in: nothing is guessed, every row is accounted for, an export reads as it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmlib import Draft, Media, Version
from smmlib.drafting.handover import PlanImport, Post, hand_over, profile_named, read_plan, template
from smmlib.drafting.handover.plan_dates import read_moment
from smmlib.errors import MissingColumnError, SmmError, UnreadableFileError
from tests.drafting.handover.made_up import (
    ACCOUNTS,
    BERLIN,
    CAMPAIGNS,
    NETWORKS,
    NOW,
    PICTURE,
    PLANNED,
    draft,
    posts,
    signed_off,
)


def read(source: bytes | str, drafts: Sequence[Draft] = ()) -> PlanImport:
    return read_plan(
        source,
        accounts=ACCOUNTS,
        networks=NETWORKS,
        now=NOW,
        campaigns=CAMPAIGNS,
        drafts=drafts,
        name="plan.csv",
    )


def exported(*drafts: Draft) -> bytes:
    return hand_over(posts(*drafts), profile_named("neutral-csv"), approved=signed_off, now=NOW).content


def told(result: PlanImport, language: str = "en") -> dict[int, str]:
    return {row.number: row.told(language) for row in result.rows if row.told()}  # type: ignore[arg-type]


GERMAN = """Netzwerk;Konto;Datum;Uhrzeit;Titel;Text;Link;Medien;Alternativtext;Kampagne\r
X;@rad;01.12.2026;18:30;Advent;"Grüße; aus Köln";https://a.de;a.jpg | b.jpg;Ein Rad|Noch;Advent am Rad\r
linkedin;rad-gmbh;2. Dezember 2026;18.30 Uhr;Advent;"Grüße; aus Köln";https://a.de;;;advent\r
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_german_plan_from_excel_in_any_encoding(encoding: str) -> None:
    result = read(GERMAN.encode(encoding))
    (made,) = result.drafts
    assert (made.title, made.text, made.link, made.campaign) == (
        "Advent",
        "Grüße; aus Köln",
        "https://a.de",
        "advent",
    )
    first, second = made.versions
    assert (first.account, first.planned_at) == ("x", datetime(2026, 12, 1, 18, 30, tzinfo=BERLIN))
    assert (second.account, second.planned_at) == ("li", datetime(2026, 12, 2, 18, 30, tzinfo=BERLIN))
    assert [(m.name, m.alt_text) for m in first.media] == [("a.jpg", "Ein Rad"), ("b.jpg", "Noch")]
    assert [version.text for version in made.versions] == [None, None]
    assert result.text("de") == "2 Zeilen: 2 neu, 0 geändert, 0 unverändert, 0 ausgelassen."


def test_an_english_plan_with_tabs_and_one_with_a_named_delimiter() -> None:
    line = "account\tplanned at\tmessage\n@rad.example\tDec 1, 2026 6:30 PM\tHello\n"
    (made,) = read(line).drafts
    assert made.versions[0].planned_at == datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
    named = "sep=;\naccount;text\nrad.example;Hallo\n"
    assert read(named).drafts[0].text == "Hallo"


BAD = """network,account,planned_at,text,format,campaign,media,labels,draft
x,@nobody,2026-12-01 18:30,Hallo,,,,,
x,@rad,31.02.2026 18:30,Hallo,,,,,
x,@rad,04/05/2026 18:30,Hallo,,,,,
x,@rad,01.12.2026,Hallo,,,,,
x,@rad,29.03.2026 02:30,Hallo,,,,,
x,@rad,2026-12-01 18:30,,,,,,
nowhere,@rad,2026-12-01 18:30,Hallo,,,,,
,rad-gmbh,2026-12-01 18:30,Hallo,,,,,
x,@rad,2026-12-01 18:30,Hallo,video,Sommer,[{,[1],
x,@rad,2026-12-01 18:30,Hallo,,,,,../../etc
,,,,,,,,
x,@rad,2026-12-01 18:30,Gut,,,,,
x,@rad,2026-12-01 18:30,Gut,,,,,
"""


def test_every_bad_row_says_what_is_wrong_and_the_good_one_is_taken() -> None:
    result = read(BAD)
    said = told(result)
    for number, words in {
        2: "Account '@nobody' is unknown",
        3: "is no date with time",
        4: "may be day or month first",
        5: "has no time of day",
        6: "does not exist in Europe/Berlin",
        7: "neither text nor media",
        8: "Network 'nowhere' is unknown",
        9: "several networks",
        11: "no id of a draft",
        14: "row 13 already",
    }.items():
        assert words in said[number]
    assert all(words in said[10] for words in ("Format 'video'", "Campaign 'Sommer'", "'media'", "'labels'"))
    assert 12 not in [row.number for row in result.rows]
    assert [made.text for made in result.drafts] == ["Gut"]
    assert (result.count("new"), result.count("left out")) == (1, 11)
    assert "Zeile 14: Derselbe Beitrag" in result.text("de")
    assert list(result.to_frame("de")["fate"])[-2:] == ["neu", "ausgelassen"]


def test_formulas_stay_text_and_long_texts_are_taken_with_a_word() -> None:
    table = f"account,text,planned_at\nx,=1+1,\nx,'@rad hallo,\nx,{'y' * 300},2026-01-01 08:00\n"
    result = read(table)
    assert [made.text for made in result.drafts] == ["=1+1", "@rad hallo", "y" * 300]
    assert "kept as text: text" in told(result)[2]
    assert "20 characters too many for X" in told(result)[4]
    assert "has passed" in told(result)[4]


def test_a_plan_that_says_nothing_new_changes_nothing() -> None:
    there = draft("Hallo", "x", "m", media=(PICTURE,), labels={"pillar": "Tipps"})
    result = read(exported(there), drafts=[there])
    assert result.drafts == ()
    assert result.count("same") == 2
    other = read("account,text,planned_at\nx,Hallo,2026-12-01T18:30+01:00\n", drafts=[there])
    assert "is a draft already: Hallo" in told(other)[2]


def test_a_changed_row_changes_the_draft_and_nothing_else_of_it() -> None:
    there = draft("Anzeige: Hallo", "x", "m", labels={"pillar": "Tipps"}, sponsored=True)
    table = exported(there).decode().replace("2026-12-01T18:30:00+01:00", "2026-12-03 09:00", 1)
    result = read(table, drafts=[there])
    (made,) = result.drafts
    assert made.id == there.id
    assert made.versions[1].planned_at == datetime(2026, 12, 3, 9, tzinfo=BERLIN)
    assert made.versions[0] == there.versions[0]
    assert made.labels == {"pillar": "Tipps"}
    few = read(f"draft,account,text\n{there.id},x,Anders\n", drafts=[there]).drafts[0]
    assert few.versions[0] == there.versions[0].replace(text="Anders")
    assert (few.sponsored, few.campaign, few.text) == (True, "advent", "Anzeige: Hallo")


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_template_is_read_once_it_is_filled(language: str) -> None:
    empty = template(language)  # type: ignore[arg-type]
    assert read(empty).rows == ()
    sign = ";" if language == "de" else ","
    filled = empty + sign.join(["x", "@rad", "2026-12-01", "18:30", "T", "Hallo", "", "", "", ""]).encode()
    assert read(filled).drafts[0].versions[0].planned_at == PLANNED


@pytest.mark.parametrize(
    ("source", "error", "why"),
    [
        (b"", UnreadableFileError, "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, UnreadableFileError, "is not a table"),
        (b"name,wert\na,b\n", MissingColumnError, "'account', 'text'"),
        (b"account,text\n" + b"x,y\n" * 5001, UnreadableFileError, "more than 5,000 rows"),
        (b'account,text\nx,"' + b"y" * 200_000, UnreadableFileError, "cannot be read as a table"),
    ],
)
def test_what_is_no_plan_is_refused(source: bytes, error: type[SmmError], why: str) -> None:
    with pytest.raises(error, match=why):
        read(source)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-24 18:30",
        "2026-11-24T18:30",
        "2026-11-24T17:30Z",
        "24.11.2026 18:30",
        "24.11.26, 18:30 Uhr",
        "Di, 24.11.2026 um 18.30 Uhr",
        "24. November 2026, 18:30",
        "24 Nov 2026 18:30",
        "Tuesday, November 24th, 2026 6:30 p.m.",
        "Nov 24, 2026 6:30 PM",
        "11/24/2026 6:30 pm",
        "24/11/2026 18:30",
        "24-11-2026 18:30:00",
    ],
)
def test_a_moment_in_german_and_english(typed: str) -> None:
    assert read_moment(typed, "Europe/Berlin") == datetime(2026, 11, 24, 18, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "typed", ["", "morgen", "24.11.2026 25:00", "24.13.2026 10:00", "46350,77", "1 pm", "x" * 5000]
)
def test_what_is_no_moment_is_said(typed: str) -> None:
    with pytest.raises(SmmError, match="is no date with time"):
        read_moment(typed, "Europe/Berlin")


words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n\"';,=+-@"),
    min_size=1,
    max_size=60,
).filter(lambda text: bool(text.strip()))
moments = st.none() | st.datetimes(datetime(2026, 12, 1), datetime(2030, 1, 1)).map(
    lambda d: d.replace(tzinfo=UTC)
)
media = st.builds(Media, name=words, alt_text=words, kind=st.sampled_from(["image", "video"]))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    accounts = draw(st.lists(st.sampled_from(["x", "m", "li", "xing", "ig", "b"]), min_size=1, unique=True))
    versions = [
        Version(
            account=account,
            text=draw(st.none() | words),
            thread=tuple(draw(st.lists(words, max_size=3))),
            planned_at=draw(moments),
            media=tuple(draw(st.lists(media, max_size=2))),
            fields=draw(st.dictionaries(st.sampled_from(["title", "subject"]), words, max_size=2)),
            format=draw(st.sampled_from(["post", "image"])),
        )
        for account in accounts
    ]
    return Draft(
        campaign=draw(st.sampled_from(["", "advent"])),
        title=draw(st.just("") | words).strip(),
        text=draw(words),
        link=draw(st.sampled_from(["", "https://example.com/ü"])),
        sponsored=draw(st.booleans()),
        labels=draw(st.dictionaries(words, words, max_size=2)),
        versions=tuple(versions),
    )


def what_is_posted(post: Post) -> tuple[Any, ...]:
    version, of = post.version, post.draft
    return (
        of.id,
        version.account,
        of.text_for(version.account),
        version.thread,
        version.planned_at,
        version.media,
        version.fields,
        version.format,
        of.title,
        of.campaign,
        of.link,
        of.sponsored,
        of.labels,
    )


@settings(max_examples=15)
@given(st.lists(drafts(), max_size=3))
def test_what_is_exported_reads_as_the_same_posts(made: list[Draft]) -> None:
    from smmlib.drafting.handover.writing import csv_of

    before = posts(*made)
    table = csv_of(before, profile_named("neutral-csv"))
    result = read(table)
    doubled = [row for row in result.rows if row.fate == "left out"]
    assert all("same post" in row.told() for row in doubled)
    if not doubled:
        assert sorted(map(what_is_posted, posts(*result.drafts)), key=repr) == sorted(
            map(what_is_posted, before), key=repr
        )
