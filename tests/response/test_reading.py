"""Exports end to end: what is read, what is left out, what is reported."""

import io
from datetime import date

import numpy as np
import openpyxl
import pandas as pd
import pytest

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError, UnreadableFileError
from smmlib.response import ReadingReport, read_export
from smmlib.response.formats import find_format
from smmlib.response.table import COLUMNS, POST_COLUMNS
from tests.response.real_files import real_file

INSTAGRAM = (
    "\ufeffPost ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves\n"
)
ROW = (
    '{id},1784,acme,Acme,"Text, one",32,09/15/2026 18:00,https://www.instagram.com/p/x/,'
    "IG reel,,Lifetime,{n}\n"
)


def instagram(*rows):
    text = INSTAGRAM + "".join(ROW.format(id=id, n=figures) for id, figures in rows)
    return read_export("instagram.csv", data=text.encode())


def own(text, columns, **options):
    return read_export("table.csv", data=text.encode(), columns=columns, **{"network": "xing", **options})


def messages(problems):
    return " | ".join(problem.text() for problem in problems)


def value(table, metric, entity_id):
    rows = table[(table["metric"] == metric) & (table["entity_id"] == entity_id)]
    return rows["value"].tolist()


def test_the_instagram_export_becomes_posts_and_figures():
    read = instagram(("17900000000000001", '"15,000",9800,410,120,,20,55'))
    assert list(read.table) == list(COLUMNS)
    assert list(read.posts) == list(POST_COLUMNS)
    assert value(read.table, "views", "17900000000000001") == [15000]
    assert "follows" not in set(read.table["metric"])
    post = read.posts.iloc[0]
    assert (post["network"], post["account"], post["format"]) == ("instagram", "acme", "reel")
    assert post["text"] == "Text, one"
    assert str(post["published_at_utc"]) == "2026-09-15 16:00:00+00:00"
    first = read.table.iloc[0]
    assert (first["local_day"], first["local_weekday"], first["local_hour"]) == (date(2026, 9, 15), 2, 18)
    assert read.report.unknown_columns == ("Account ID", "Account name", "Duration (sec)")
    assert read.report.empty_columns == ("Data comment",)


def test_the_german_instagram_export_is_said_to_be_uncertain():
    header = (
        "Beitrags-ID,Konto-Benutzername,Beschreibung,Veröffentlichungszeitpunkt,Permalink,Beitragstyp,Datum,Aufrufe,"
        "Reichweite,„Gefällt mir“-Angaben,Geteilte Inhalte,Follows,Kommentare,Gespeicherte Beiträge\n"
    )
    row = (
        "179,acme,Text,01.09.2026 18:00,https://x/,IG Karussell,Gesamte Laufzeit,7.100,5.200,210,31,6,9,96\n"
    )
    read = read_export("export.csv", data=(header + row).encode())
    assert read.report.certainty == "low"
    assert "please compare the sums" in read.report.text("en")
    assert value(read.table, "views", "179") == [7100]
    assert read.posts["format"].tolist() == ["carousel"]


def test_ids_damaged_by_a_spreadsheet_are_reported_and_never_keys():
    read = instagram(("1.22158E+17", "1,2,3,4,5,6,7"), ("1.22158E+17", "2,2,3,4,5,6,7"))
    assert read.posts["made_id"].all()
    assert read.posts["entity_id"].nunique() == 2
    assert not read.posts["entity_id"].str.contains("E").any()
    problem = next(p for p in read.report.problems if "rounded" in p.text())
    assert problem.rows == (2, 3)


def test_figures_of_another_window_are_left_out():
    text = (
        INSTAGRAM
        + ROW.format(id="1", n="1,2,3,4,5,6,7")
        + ROW.format(id="2", n="1,2,3,4,5,6,7").replace("Lifetime", "09/15/2026")
    )
    read = read_export("a.csv", data=text.encode())
    assert read.posts["entity_id"].tolist() == ["1"]
    assert read.report.dropped[0].rows == (3,)


def test_what_is_no_number_is_missing_and_reported():
    read = instagram(("1", "> 90,2,3,4,5,6,7"), ("2", "NA,--,3,4,5,6,7"))
    assert "views" not in set(read.table["metric"])
    assert "'> 90'" in messages(read.report.problems)
    assert value(read.table, "reach", "1") == [2]
    views = next(p for p in read.report.problems if "> 90" in p.text())
    assert views.rows == (2,)


def test_totals_and_notes_are_left_out_and_youtube_hours_become_seconds():
    header = (
        "Videos,Videotitel,Veröffentlichungszeitpunkt des Videos,Dauer,Likes,Gewonnene Abonnenten,"
        "Verlorene Abonnenten,Impressionen,Klickrate der Impressionen (%),Aufrufe,"
        "Durchschnittliche Wiedergabedauer,Wiedergabezeit (Stunden)\n"
    )
    rows = (
        "Gesamt,,,,131,15,0,3832,0.86,22865,0:00:15,29.5\n"
        ' -abc,Titel,"Sep 15, 2026",,12,1,0,21,0,1122,0:00:15,1.5\n'
        "Die 500 besten Ergebnisse werden angezeigt\n"
    )
    read = read_export("Tabellendaten.csv", data=(header + rows).encode())
    assert read.posts["entity_id"].tolist() == ["-abc"]
    assert value(read.table, "watch_time_s", "-abc") == [5400]
    assert sorted(row for problem in read.report.dropped for row in problem.rows) == [2, 4]


def test_x_exports_are_recognised_by_their_headings():
    overview = (
        "Date,Impressions,Engagements,Likes,Replies,Reposts,New follows,Unfollows,Bookmarks,Shares,"
        "Profile visits,Create Post,Video views,Media views\n"
    )
    read = read_export(
        "a.csv",
        data=(overview + '"Fri, Apr 26, 2024",100,10,2,0,0,0,0,0,0,0,0,0,0\n').encode(),
        account="acme",
    )
    assert read.format == "x_overview"
    assert set(read.table["entity"]) == {"account"}
    assert set(read.table["window"]) == {"day"}
    assert set(read.table["entity_id"]) == {"acme"}
    assert set(read.table["local_day"]) == {date(2024, 4, 26)}
    assert read.table["local_hour"].isna().all()
    assert read.posts.empty
    content = (
        "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,"
        "Reposts,Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks\n"
    )
    read = read_export(
        "b.csv",
        data=(
            content
            + '2074000000000000001,"Tue, Jul 14, 2026","a\nb",https://x.com/a/status/1,"1,234",12,300,0,7,0,0,5,129,200,66,0,0\n'
        ).encode(),
    )
    assert read.posts["text"].tolist() == ["a\nb"]
    assert value(read.table, "impressions", "2074000000000000001") == [1234]
    assert value(read.table, "shares", "2074000000000000001") == [5]


@pytest.mark.parametrize("id", ["tiktok_studio", "x_tweet_activity"])
def test_every_other_format_is_recognised_by_its_own_headings(id):
    layout = find_format(id).layouts[0]
    text = ",".join(layout.columns) + "\n" + ",".join("1" for _ in layout.columns) + "\n"
    assert read_export("a.csv", data=text.encode()).format == id


def test_repeated_ids_keep_the_last_row():
    read = instagram(
        ("1", "1,2,3,4,5,6,7"), ("1", "1,2,3,4,5,6,7"), ("2", "1,2,3,4,5,6,7"), ("2", "9,2,3,4,5,6,7")
    )
    assert value(read.table, "views", "2") == [9]
    assert [(p.count, p.rows) for p in read.report.dropped] == [(1, (2,)), (1, (4,))]
    assert read.report.rows_read == read.report.rows_kept + 2 == 4


def test_a_table_with_columns_the_user_names():
    read = own(
        "Nr;Titel;Datum;Aufrufe;Kosten\n7;Hallo;1.9.2026;1.234;12,50 €\n",
        {"Nr": "entity_id", "Titel": "text", "Datum": "published_at", "Aufrufe": "views", "Kosten": "spend"},
    )
    assert value(read.table, "views", "7") == [1234]
    spend = read.table[read.table["metric"] == "spend"].iloc[0]
    assert (str(spend["amount"]), spend["currency"]) == ("12.5000", "EUR")
    assert np.isnan(spend["value"])
    assert read.report.locale == "de"
    assert read.report.certainty == "named"


def test_a_table_per_day_belongs_to_the_account():
    read = own("Tag,Follower\n2026-09-01,100\n2026-09-02,101\n", {"Tag": "day", "Follower": "followers"})
    assert set(read.table["entity"]) == {"account"}
    assert read.table["local_day"].tolist() == [date(2026, 9, 1), date(2026, 9, 2)]


def test_formula_like_cells_stay_text():
    read = own(
        "id,text,views\n1,\"=cmd|' /C calc'!A0\",3\n", {"id": "entity_id", "text": "text", "views": "views"}
    )
    assert read.posts["text"].tolist() == ["=cmd|' /C calc'!A0"]


def test_numbers_of_a_spreadsheet_keep_their_value_in_a_german_table():
    book = openpyxl.Workbook()
    book.active.append(["id", "Aufrufe", "Datum"])
    book.active.append(["a", 1234.0, pd.Timestamp("2026-09-01 10:00")])
    book.active.append(["b", "1.234", "2.9.2026"])
    data = io.BytesIO()
    book.save(data)
    columns = {"id": "entity_id", "Aufrufe": "views", "Datum": "published_at"}
    read = read_export("a.xlsx", data=data.getvalue(), columns=columns, network="xing", locale="de")
    assert read.table["value"].tolist() == [1234, 1234]
    assert read.posts["published_on_local"].tolist() == [date(2026, 9, 1), date(2026, 9, 2)]


def test_a_column_that_stands_there_twice():
    columns = {"id": "entity_id", "Views": "views"}
    assert own("id,Views,Views\n1,5,5\n", columns).table["value"].tolist() == [5]
    with pytest.raises(UnreadableFileError, match="'Views' twice"):
        own("id,Views,Views\n1,5,6\n", columns)


@pytest.mark.parametrize(
    ("text", "columns", "options", "error", "match"),
    [
        ("id,Views\n1,5\n", {"Vews": "views"}, {}, MissingColumnError, "did you mean 'Views'"),
        ("id,Views\n1,5\n", {"Views": "vews"}, {}, UnknownNameError, "Did you mean 'views'"),
        ("id,Views\n1,5\n", {"Views": "ctr"}, {}, InvalidValueError, "is a rate"),
        ("id,Views\n1,5\n", {"id": "entity_id"}, {}, InvalidValueError, "No column is a metric"),
        (
            "id,Views\n1,5\n",
            {"id": "views", "Views": "views"},
            {},
            InvalidValueError,
            "both meant to be 'views'",
        ),
        ("id,Views\n1,5\n", {"Views": "views"}, {"network": None}, InvalidValueError, "name the network"),
        ("id,Views\n1,1.234\n", {"Views": "views"}, {}, InvalidValueError, "1.234 is 1234 or 1.234"),
        ("id,Views\n1,5\n", {"Views": "views"}, {"time_zone": "Berlin"}, InvalidValueError, "Europe/Berlin"),
        ("id,Views\n1,5\n", {"Views": "views"}, {"locale": "fr"}, UnknownNameError, "Locale 'fr'"),
    ],
)
def test_wrong_mappings_say_what_to_do(text, columns, options, error, match):
    with pytest.raises(error, match=match):
        own(text, columns, **options)


def test_unknown_tables_and_formats(tmp_path):
    with pytest.raises(UnreadableFileError, match="Columns found: 'a', 'b'"):
        read_export("a.csv", data=b"a,b\n1,2\n")
    with pytest.raises(
        UnreadableFileError, match=r"looks like “X, account analytics, overview”.*'Unfollows'"
    ):
        read_export(
            "a.csv",
            data=b"Date,Impressions,Likes,Engagements,Bookmarks,New follows,Replies,Reposts,Profile visits\n"
            b"1,2,3,4,5,6,7,8,9\n",
        )
    with pytest.raises(UnknownNameError, match="Did you mean 'meta_instagram'"):
        read_export("a.csv", data=b"a,b\n1,2\n", format="meta_instgram")
    with pytest.raises(InvalidValueError, match="export of 'instagram'"):
        read_export("a.csv", data=(INSTAGRAM + ROW.format(id=1, n="1,2,3,4,5,6,7")).encode(), network="x")
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read_export(tmp_path)
    with pytest.raises(UnreadableFileError, match="does not exist"):
        read_export(tmp_path / "nothing.csv")


def test_the_report_survives_json_and_speaks_both_languages():
    report = instagram(("1.2E+17", "1,> 90,3,4,5,6,7")).report
    assert ReadingReport.from_json(report.to_json()) == report
    assert "Please check:" in report.text("en")
    assert "Bitte prüfen:" in report.text("de")
    assert report.to_frame().set_index("metric").loc["views", "total"] == 1
    assert set(report.problems_to_frame()["kind"]) == {"problem"}


def test_sums_say_what_may_not_be_added():
    report = instagram(("1", "1,2,3,4,5,6,7"), ("2", "1,2,3,,5,6,7")).report
    sums = {s.metric: s for s in report.sums}
    assert not sums["reach"].additive
    assert "upper bound" in sums["reach"].text("en")
    assert (sums["shares"].values, sums["shares"].missing, sums["shares"].total) == (1, 1, 4)


def test_progress_goes_from_nothing_to_everything():
    told = []
    read_export(
        "a.csv", data=(INSTAGRAM + ROW.format(id=1, n="1,2,3,4,5,6,7")).encode(), progress=told.append
    )
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_facebook_live_thailand():
    read = read_export(real_file("facebook_live_thailand.csv"))
    report = read.report
    assert (report.rows_read, report.rows_kept) == (7050, 6997)
    assert [problem.count for problem in report.dropped] == [51, 2]
    ambiguous = next(p for p in report.problems if "cannot be told apart" in p.text())
    assert ambiguous.count == 2599
    assert read.posts["published_at_utc"].isna().sum() == 2599 - _dropped_among(report, ambiguous)
    assert report.empty_columns == ("Column1", "Column2", "Column3", "Column4")
    assert next(p for p in report.problems if "is not the sum" in p.text()).count == 9
    assert read.posts["account"].nunique() == 9
    assert value(read.table, "reactions", "246675545449582_1649696485147474") == [529]
    assert read.posts.iloc[0]["published_on_local"] == date(2018, 4, 22)


def _dropped_among(report, ambiguous):
    rows = pd.read_csv(real_file("facebook_live_thailand.csv"), dtype=str)["status_published"]
    parts = rows.str.extract(r"^(\d+)-(\d+)-")
    open_rows = set(np.flatnonzero((parts[0] != parts[1]) & parts[0].notna()) + 2)
    assert set(ambiguous.rows) <= open_rows
    assert len(open_rows) == ambiguous.count
    return len(open_rows & {row for problem in report.dropped for row in problem.rows})


def test_facebook_live_thailand_when_the_user_says_month_first():
    read = read_export(real_file("facebook_live_thailand.csv"), day_first=False)
    assert read.posts["published_at_utc"].notna().all()
    first_page = read.posts[read.posts["account"] == "246675545449582"].iloc[:1000]["published_at_utc"]
    assert first_page.is_monotonic_decreasing


def test_facebook_page_2014_has_no_dates_but_weekdays_and_hours():
    read = read_export(real_file("facebook_page_posts_uci2016.csv"))
    assert len(read.posts) == 500
    assert read.posts["made_id"].all()
    assert read.posts["entity_id"].is_unique
    assert read.table["period_start_utc"].isna().all()
    assert read.posts["labels"].iloc[0] == '{"category": "2", "month": "12"}'
    assert read.posts["local_weekday"].iloc[:3].tolist() == [3, 2, 2]
    assert read.posts["paid"].isna().sum() == 1
    total = {s.metric: s for s in read.report.sums}
    assert (total["shares"].values, total["shares"].missing) == (496, 4)
    assert not any("is not the sum" in p.text() for p in read.report.problems)


def test_weekday_1_of_the_2014_page_is_a_sunday():
    """The rows run backwards through 2014: the weekdays around each change of month must fit the calendar."""
    rows = pd.read_csv(real_file("facebook_page_posts_uci2016.csv"), sep=";")
    months, weekdays = rows["Post Month"], rows["Post Weekday"]
    assert months.is_monotonic_decreasing
    fits = {}
    for weekday_one in range(1, 8):
        iso = (weekdays - 1 + weekday_one - 1) % 7 + 1
        fits[weekday_one] = sum(
            iso[months == month].iloc[-1] == date(2014, month, 1).isoweekday()
            and iso[months == month - 1].iloc[0] == (date(2014, month, 1).isoweekday() - 2) % 7 + 1
            for month in range(2, 13)
        )
    assert max(fits, key=fits.get) == find_format("facebook_page_2014").weekday_one == 7
    assert fits[7] >= 6
    assert max(count for one, count in fits.items() if one != 7) == 0


@pytest.mark.slow
def test_a_million_rows(tmp_path):
    rows = "".join(ROW.format(id=17900000000000000 + i, n=f"{i},2,3,4,5,6,7") for i in range(1_000_000))
    path = tmp_path / "million.csv"
    path.write_text(INSTAGRAM + rows, encoding="utf-8")
    read = read_export(path)
    assert len(read.posts) == 1_000_000
    assert read.report.sums[0].total == 499_999_500_000
