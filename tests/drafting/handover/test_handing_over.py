"""What may go is written as each tool takes it; what may not is refused with the reason."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from smmlib import Draft
from smmlib.drafting.handover import HandOver, clipboard_text, hand_over, load_profiles, profile_named
from smmlib.errors import UnknownNameError
from smmlib.language import Message
from tests.drafting.handover import made_up
from tests.drafting.handover.made_up import (
    ASSET,
    BERLIN,
    NOW,
    PICTURE,
    PLANNED,
    draft,
    posts,
    signed_off,
)

TRACKED = (
    "https://example.com/advent?utm_source=x&utm_medium=social&utm_campaign=advent-am-rad&utm_content=d1"
)


def done(profile: str, *drafts: Draft, **how: Any) -> HandOver:
    how = {"approved": signed_off, "now": NOW, **how}
    return hand_over(posts(*drafts), profile_named(profile), **how)


def reasons(result: HandOver) -> list[str]:
    assert result.content == b"" or result.posts
    return [why.text() for refused in result.refused for why in refused.reasons]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def test_every_field_stands_in_the_neutral_csv() -> None:
    post = draft(
        '=SUM(A1) "Anführung", Komma\nund Zeile',
        title="Advent",
        media=(PICTURE,),
        labels={"pillar": "Tipps"},
        fields={"title": "Titel"},
    )
    result = done("neutral-csv", post)
    header, row = rows(result.content)
    told = dict(zip(header, row, strict=True))
    assert told["text"] == '\'=SUM(A1) "Anführung", Komma\nund Zeile'
    assert (told["network"], told["account"], told["post_title"]) == ("x", "'@rad", "Titel")
    assert told["planned_at"] == "2026-12-01T18:30:00+01:00"
    assert told["tracked_link"] == TRACKED
    assert json.loads(told["media"])[0]["file"] == f"media/{ASSET.id}.jpg"
    assert result.name == "posts-neutral-csv-2026-11-24.csv"


def test_the_neutral_json_names_its_format_and_keeps_the_text_as_it_is() -> None:
    told = json.loads(done("neutral-json", draft("=1+1 🚲", media=(PICTURE,))).content)
    (post,) = told["posts"]
    assert (told["format"], told["version"]) == ("smm-posts", 1)
    assert (post["key"], post["text"], post["planned_at"]) == ("d1-x", "=1+1 🚲", "2026-12-01T18:30:00+01:00")
    assert post["media"][0]["alt_text"] == "Ein Rad im Schnee"


def test_what_is_not_signed_off_is_refused_with_the_reason() -> None:
    def asked(of: Draft, account: str) -> Message | None:
        return Message("Approval of {a} is missing.", {"a": f"{of.id}/{account}"}) if account == "m" else None

    result = done("neutral-csv", draft("Hallo", "x", "m"), approved=asked)
    assert reasons(result) == ["Approval of d1/m is missing."]
    assert [post.account.id for post in result.posts] == ["x"]
    nothing = done("neutral-csv", draft("Hallo", "m"), approved=asked)
    assert (nothing.content, nothing.name, len(nothing.refused)) == (b"", "", 1)


def test_ended_and_unknown_rights_stop_the_post() -> None:
    late = datetime(2027, 1, 1, 8, 0, tzinfo=BERLIN)
    (ended,) = reasons(done("neutral-csv", draft(media=(PICTURE,), planned_at=late)))
    assert "licence of “rad.jpg” ended" in ended
    last = datetime(2026, 12, 31, 23, 30, tzinfo=BERLIN)
    assert reasons(done("neutral-csv", draft(media=(PICTURE,), planned_at=last))) == []
    nameless = PICTURE.replace(asset="")
    assert "rights are not known" in reasons(done("neutral-csv", draft(media=(nameless,))))[0]
    gone = PICTURE.replace(asset="b" * 64)
    assert "rights are not known" in reasons(done("neutral-csv", draft(media=(gone,))))[0]


def test_errors_of_the_checks_stop_the_post_and_warnings_do_not() -> None:
    assert "too many" in reasons(done("neutral-csv", draft("x" * 400)))[0]
    assert reasons(done("neutral-csv", draft("Hallo", planned_at=NOW - timedelta(days=1)))) == []
    assert reasons(done("neutral-csv", draft("  "))) == ["There is neither text nor media."]


def test_an_embargo_holds_back_what_has_no_time_too() -> None:
    (brief,) = made_up.CAMPAIGNS
    secret = brief.replace(embargo=NOW + timedelta(days=2))
    waiting = [replace(post, campaign=secret) for post in posts(draft(planned_at=None), draft(id="d2"))]
    result = hand_over(waiting, profile_named("text"), approved=signed_off, now=NOW)
    assert [post.draft.id for post in result.posts] == ["d2"]
    assert "plan a time after it" in reasons(result)[0]


def test_a_posted_post_is_not_handed_over_again() -> None:
    post = draft("Hallo")
    posted = post.replace(versions=(post.versions[0].replace(posted_at=NOW),))
    assert reasons(done("neutral-csv", posted)) == ["It is posted already."]


def test_postiz_gets_one_body_for_each_moment_as_its_interface_says() -> None:
    thread = draft("Hallo", "x", "m", thread=("1/2 Hallo", "2/2 Welt"), media=(PICTURE,))
    story = draft("Bild", "ig", id="d2", planned_at=PLANNED + timedelta(hours=1), media=(PICTURE,))
    result = done("postiz", thread, story, channels={"x": "cm4x", "m": "cm4m", "ig": "cm4i"})
    first, second = json.loads(result.content)
    assert {k: first[k] for k in ("type", "date", "shortLink", "tags")} == {
        "type": "schedule",
        "date": "2026-12-01T17:30:00.000Z",
        "shortLink": False,
        "tags": [],
    }
    one = next(part for part in first["posts"] if part["integration"]["id"] == "cm4x")
    assert [value["content"] for value in one["value"]] == ["1/2 Hallo", f"2/2 Welt\n\n{TRACKED}"]
    assert one["value"][0]["image"] == [{"id": ASSET.id, "path": f"media/{ASSET.id}.jpg"}]
    assert one["settings"] == {"__type": "x", "who_can_reply_post": "everyone"}
    assert second["posts"][0]["settings"] == {"__type": "instagram", "post_type": "post"}
    assert "https://" not in second["posts"][0]["value"][0]["content"]
    assert ["pictures" in note.text() for note in result.notes] == [True]


def test_postiz_cannot_be_told_everything() -> None:
    told = reasons(done("postiz", draft("Hallo", "xing", planned_at=None), channels={"xing": "1"}))
    assert any("post it there by hand" in why for why in told)
    assert "No time is planned." in told
    assert "The id that Postiz" in reasons(done("postiz", draft("Hallo")))[0]


def test_hootsuite_takes_three_columns_without_headings_in_steps_of_five_minutes() -> None:
    result = done("hootsuite", draft("Grüße, Köln 🚲"))
    assert rows(result.content) == [["12/01/2026 18:30", "Grüße, Köln 🚲", TRACKED]]
    assert not result.content.startswith(b"\xef\xbb\xbf")
    odd = PLANNED.replace(minute=32)
    assert "in steps of 5 minutes" in reasons(done("hootsuite", draft(planned_at=odd)))[0]
    soon = datetime(2026, 11, 24, 10, 5, tzinfo=BERLIN)
    assert "too soon" in reasons(done("hootsuite", draft(planned_at=soon)))[0]
    assert "takes no threads" in reasons(done("hootsuite", draft(thread=("a", "b"))))[0]


def test_a_text_a_spreadsheet_would_run_is_refused_where_an_apostrophe_would_be_published() -> None:
    assert "begins with '@'" in reasons(done("buffer", draft("@freundin: hallo")))[0]
    assert reasons(done("buffer", draft("-5"))) == []


def test_buffer_has_a_file_for_each_account_with_the_link_in_the_text() -> None:
    result = done("buffer", draft("Hallo", "x", "b"))
    assert (result.mime, result.name) == ("application/zip", "posts-buffer-2026-11-24.zip")
    with zipfile.ZipFile(io.BytesIO(result.content)) as archive:
        named = {name: rows(archive.read(name)) for name in archive.namelist()}
    london = next(table for name, table in named.items() if "bluesky" in name)
    assert london[0] == ["Text", "Image URL", "Tags", "Posting Time"]
    assert london[1][3] == "2026-12-01 17:30"
    own = next(table for name, table in named.items() if "-x-" in name)
    assert own[1] == [f"Hallo\n\n{TRACKED}", "", "", "2026-12-01 18:30"]
    assert all("/" not in name and ".." not in name for name in named)


def test_more_posts_than_a_tool_takes_go_into_further_files() -> None:
    many = [draft(f"Nummer {i}", id=f"d{i}") for i in range(351)]
    result = done("hootsuite", *many)
    with zipfile.ZipFile(io.BytesIO(result.content)) as archive:
        assert sorted(len(rows(archive.read(name))) for name in archive.namelist()) == [1, 350]


def test_a_text_that_fits_only_without_its_link_is_refused_where_the_link_goes_into_it() -> None:
    assert "With its link" in reasons(done("buffer", draft("x" * 270)))[0]
    assert reasons(done("neutral-csv", draft("x" * 270))) == []
    inside = draft("Hier: https://example.com/advent " + "x" * 200)
    assert reasons(done("buffer", inside)) == []


def test_calendar_events_keep_their_name_and_stand_on_the_local_clock() -> None:
    from icalendar import Calendar

    first = done("calendar", draft("Grüße; aus, Köln\nZeile", "x", "b", media=(PICTURE,)), language="de")
    moved = draft("Anders", "x", "b", planned_at=PLANNED + timedelta(days=1))
    events = {str(e["uid"]): e for e in Calendar.from_ical(first.content).walk("VEVENT")}
    again = {str(e["uid"]): e for e in Calendar.from_ical(done("calendar", moved).content).walk("VEVENT")}
    assert set(events) == set(again) == {"d1-x@smmlib", "d1-b@smmlib"}
    event = events["d1-x@smmlib"]
    assert event["dtstart"].dt == PLANNED
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert events["d1-b@smmlib"]["dtstart"].params["TZID"] == "Europe/London"
    assert "Alt-Text für rad.jpg: Ein Rad im Schnee" in str(event["description"])
    assert b"VTIMEZONE" in first.content
    assert b"VALARM" not in first.content


def test_the_editorial_plan_has_real_dates_and_runs_no_formula() -> None:
    from openpyxl import load_workbook

    result = done("plan", draft("=cmd|' /C calc'!A0", media=(PICTURE,), title="@Titel"), language="de")
    sheet = load_workbook(io.BytesIO(result.content)).active
    assert sheet is not None
    header, row = list(sheet.iter_rows(values_only=False))
    named = {str(cell.value): row[i] for i, cell in enumerate(header)}
    assert sheet.title == "Redaktionsplan"
    assert named["Datum"].is_date
    assert str(named["Datum"].value)[:10] == "2026-12-01"
    assert str(named["Uhrzeit"].value) == "18:30:00"
    assert (named["Text"].value, named["Text"].data_type, named["Text"].quotePrefix) == (
        "=cmd|' /C calc'!A0",
        "s",
        True,
    )
    assert sheet.freeze_panes == "A2"
    german = load_workbook(io.BytesIO(done("plan", draft()).content)).active
    assert german is not None
    assert german["A1"].value == "Date"


def test_text_to_copy_has_fields_parts_link_and_alt_texts() -> None:
    (post,) = posts(draft("Hallo", fields={"subject": "Betreff!"}, thread=("eins", "zwei"), media=(PICTURE,)))
    assert clipboard_text(post, "de").split("\n\n") == [
        "Betreff: Betreff!",
        "Teil 1 von 2\neins",
        "Teil 2 von 2\nzwei",
        TRACKED,
        "Alt-Text für rad.jpg: Ein Rad im Schnee",
    ]
    assert clipboard_text(post, alone=True) == f"eins\n\nzwei\n\n{TRACKED}"
    assert b"X @rad" in done("text", draft()).content


def test_every_profile_takes_a_post_and_says_where_it_stands() -> None:
    for profile in load_profiles().values():
        result = done(profile.id, draft(), channels={"x": "1"})
        assert len(result.posts) == 1, profile.id
        assert result.content
        assert set(profile.name) == {"en", "de"}
        assert set(profile.note) in (set(), {"en", "de"})
        if profile.source:
            assert profile.checked_on
    with pytest.raises(UnknownNameError, match="Did you mean 'hootsuite'"):
        profile_named("hootsuit")


def test_the_outcome_is_a_table() -> None:
    frame = done("neutral-csv", draft("Hallo", "x"), draft("  ", "m", id="d2")).to_frame("de")
    assert list(frame["handed_over"]) == [True, False]
    assert frame["reasons"][1] == "Es gibt weder Text noch Medien."


def test_posts_come_in_the_order_they_appear() -> None:
    later = draft("später", id="d1", planned_at=PLANNED + timedelta(days=1))
    ordered = posts(later, draft("nie", id="d3", planned_at=None), draft("bald", id="d2"))
    assert [post.draft.id for post in ordered] == ["d2", "d1", "d3"]
    assert made_up.ACCOUNTS[0].id == ordered[0].account.id
