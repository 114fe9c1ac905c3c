"""Every export of the platforms, made up from its documented quirks: recognised by content and read right."""

import json
from datetime import date, datetime, time

import pytest

from smmlib.response import load_formats, read_export
from smmlib.response.format_file import check_format
from tests.response.exports import (
    ADS_DE,
    ADS_EN,
    FACEBOOK_DE,
    FACEBOOK_EN,
    LINKEDIN_DAYS,
    LINKEDIN_POSTS,
    PAGE_2015,
    PAGE_2015_BELOW,
    YOUTUBE_2020,
    activity,
    meta_account,
    plus_page,
    plus_post,
    table,
    workbook,
    zipped,
)
from tests.response.real_files import FOLDER

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = "https://example.social/users/brand/followers"


def read(data, **options):
    return read_export("export", data=data, **options)


def values(read, metric, column="value"):
    return read.table.loc[read.table["metric"] == metric, column].tolist()


def told(read):
    report = read.report
    return " | ".join(problem.text() for problem in (*report.dropped, *report.problems))


def ads_de(*rows, **options):
    return table(ADS_DE, *rows, delimiter=";", **options)


AD = ("Herbst", "Frauen 25+", "01.09.2026", "30.09.2026", "12", "actions:lead", "1.234", "5.678")
AD_END = ("1.234,56", "NA", "1.000", "34", "3,08")


def test_every_format_is_described_with_source_and_date():
    for format in load_formats().values():
        assert list(check_format(format)) == [], format.id
        assert format.source, format.id
        assert format.checked_on, format.id
        assert set(format.note) in (set(), {"en", "de"}), format.id


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_meta_ads_german_csv(encoding):
    data = ads_de((*AD, *AD_END), ("Gesamtergebnisse von 1 Anzeigengruppe", *[""] * 7, "1.234,56", *[""] * 4))
    text = "sep=;\n" + data.decode()
    found = read(text.encode(encoding))
    assert found.format == "meta_ads"
    assert set(found.table["network"]) == {"meta"}
    assert set(found.table["entity"]) == {"ad"}
    assert set(found.table["entity_id"]) == {"Herbst / Frauen 25+"}
    assert values(found, "impressions") == [5678]
    assert values(found, "completions") == [1000]
    assert [str(a) for a in values(found, "spend", "amount")] == ["1234.5600"]
    assert set(values(found, "spend", "currency")) == {"EUR"}
    assert "revenue" not in set(found.table["metric"])
    assert "total rows" in told(found)
    assert found.report.certainty == "high"
    assert "CTR (alle)" in found.report.unknown_columns
    assert any("Einkaufswagen" in heading for heading in found.report.unknown_columns)


def test_the_months_and_days_of_ads_are_windows_and_other_spans_are_told():
    month = (*AD, *AD_END)
    day = ("Herbst", "B", "05.09.2026", "05.09.2026", *month[4:])
    span = ("Herbst", "C", "01.09.2026", "14.09.2026", *month[4:])
    found = read(ads_de(month, day, span))
    first = found.table.drop_duplicates("entity_id").set_index("entity_id")
    assert first["window"].tolist() == ["month", "day", "lifetime"]
    assert first["local_day"].tolist() == [date(2026, 9, 1), date(2026, 9, 5), date(2026, 9, 1)]
    span_told = next(p for p in found.report.problems if "neither a day nor" in p.text())
    assert span_told.rows == (4,)


def test_results_of_different_kinds_are_not_added_up():
    other = ("Herbst", "B", *AD[2:4], "100", "actions:like", *AD[6:], *AD_END)
    found = read(ads_de((*AD, *AD_END), other))
    results = [s for s in found.report.sums if s.metric == "results"]
    assert [(s.kind, s.total) for s in results] == [("actions:lead", 12), ("actions:like", 100)]
    assert "actions:lead" in results[0].text()


def test_meta_ads_german_xlsx_with_its_numbers_and_missing_values():
    header = ("Id", "Start", *ADS_DE[2:], "Durchschnittliche Wiedergabedauer", "(EUR)", "Budget")
    row = (
        "238",
        "0",
        datetime(2026, 9, 1),
        datetime(2026, 9, 30),
        12,
        "actions:lead",
        1234,
        5678,
        1234.5,
        "NA",
        "NA",
        34,
        3.08,
        time(0, 0, 15),
        "NA",
        "12 € pro Tag",
    )
    found = read(workbook(Raw_Data_Report=[header, row]))
    assert values(found, "reach") == [1234]
    assert [str(a) for a in values(found, "spend", "amount")] == ["1234.5000"]
    assert set(found.table["window"]) == {"month"}
    assert set(found.table["entity_id"]) == {"238"}


def test_meta_ads_english_in_another_currency_with_a_row_of_totals():
    ad = (
        "2026-09-01",
        "2026-09-01",
        "Autumn",
        "Set",
        "Ad",
        "3",
        "actions:lead",
        "10",
        "2,000",
        "5.25",
        "7",
        "2",
    )
    total = ("2026-09-01", "2026-09-01", "", "", "", "3", "", "10", "2,000", "5.25", "7", "2")
    found = read(table(ADS_EN, total, ad))
    assert found.format == "meta_ads"
    assert values(found, "impressions") == [2000]
    assert values(found, "spend", "currency") == ["USD"]
    assert found.report.dropped[0].rows == (2,)
    assert set(found.table["labels"]) == {'{"ad": "Ad", "ad_set": "Set", "result_type": "actions:lead"}'}


def test_a_campaign_may_be_called_like_a_total():
    header = ("Campaign name", "Reporting starts", "Reporting ends", "Impressions", "Amount spent (EUR)")
    days = ("2026-09-01", "2026-09-30", "10", "1")
    names = ("Total results", "Total Care", "Autumn", "")
    found = read(table(header, *((name, *days) for name in names)))
    assert sorted(set(found.table["entity_id"])) == ["Autumn", "Total Care"]
    assert found.report.dropped[0].rows == (2, 5)
    both = table(
        (*header, "Ad set name"), ("Total Care", *days, "Set"), ("A", *days, "Total"), ("B", *days, "C")
    )
    assert read(both).report.dropped == ()
    mid = table((*header, "Ad set name"), ("A", *days, "B"), ("Total", *days, ""), ("C", *days, "D"))
    assert read(mid).report.dropped[0].rows == (3,)


def test_a_breakdown_of_ads_keeps_its_segments_apart():
    header = (*ADS_EN, "Age", "Gender", "Platform")
    ad = ("2026-09-01", "2026-09-01", "Autumn", "Set", "Ad", "3", "lead", "10", "2000", "5.25", "7", "2")
    found = read(table(header, (*ad, "18-24", "female", "Instagram"), (*ad, "25-34", "female", "Instagram")))
    assert set(found.table["segment"]) == {"age=18-24; gender=female", "age=25-34; gender=female"}
    assert set(found.table["network"]) == {"instagram"}
    assert values(found, "impressions") == [2000, 2000]


def test_facebook_page_insights_has_two_rows_of_headings():
    post = (
        "951745098223517_980422845355742",
        "https://www.facebook.com/Example/posts/980422845355742:0",
        "message, with comma",
        "SharedVideo",
        "10/1/2015 21:00",
        "8",
        "11",
        "5",
        "6",
    )
    found = read(table(PAGE_2015, PAGE_2015_BELOW, post))
    assert found.format == "facebook_page_insights"
    assert values(found, "video_views") == [6]
    assert values(found, "reach") == [8]
    assert found.posts["account"].tolist() == ["951745098223517"]
    assert found.posts["published_on_local"].tolist() == [date(2015, 10, 1)]
    assert found.posts["format"].tolist() == ["video"]
    assert "row of descriptions" in told(found)
    assert found.report.dropped[0].rows == (2,)


def facebook_row(id, total="9"):
    return (
        *(id, "77", "Brand", "Title", "Text", "", "09/15/2026 18:00", "https://fb/1", "Photos", "Lifetime"),
        *("1,500", "900", total, "5", "3", "1", "20"),
    )


def test_meta_business_suite_facebook_in_english():
    found = read(table(FACEBOOK_EN, facebook_row("1"), facebook_row("2", "10"), encoding="utf-8-sig"))
    assert found.format == "meta_facebook"
    assert values(found, "views") == [1500, 1500]
    assert found.posts["format"].tolist() == ["image", "image"]
    differs = next(p for p in found.report.problems if "is not the sum" in p.text())
    assert differs.rows == (3,)


def test_meta_business_suite_facebook_in_german_is_uncertain():
    post = ("1", "Marke", "Text", "15.09.2026 18:00", "https://fb/1", "Fotos", "1.500", "900", "5", "3", "1")
    found = read(table(FACEBOOK_DE, post))
    assert (found.format, found.report.certainty) == ("meta_facebook", "low")
    assert values(found, "views") == [1500]


def test_instagram_and_facebook_in_german_are_told_apart():
    header = [
        "Beitrags-ID",
        "Konto-Benutzername",
        "Beschreibung",
        "Veröffentlichungszeitpunkt",
        "Permalink",
        "Beitragstyp",
        "Datum",
        "Aufrufe",
        "Reichweite",
        "„Gefällt mir“-Angaben",
        "Geteilte Inhalte",
        "Follows",
        "Kommentare",
        "Gespeicherte Beiträge",
    ]
    post = ("1", "a", "b", "15.09.2026 18:00", "l", "IG Reel", "Lifetime", "1", "2", "3", "4", "5", "6", "7")
    assert read(table(header, post)).format == "meta_instagram"


def test_instagram_stories_have_replies_that_are_no_comments():
    header = ["Post ID", "Account username", "Publish time", "Permalink", "Post type", "Date", "Views"]
    header += [
        "Reach",
        "Likes",
        "Shares",
        "Profile visits",
        "Replies",
        "Sticker taps",
        "Navigation",
        "Follows",
    ]
    story = ("1", "a", "09/15/2026 18:00", "https://x/1", "IG story", "Lifetime", "1,200", "900", "5", "4")
    found = read(table(header, (*story, "3", "2", "1", "70", "0")))
    assert (found.format, found.posts["format"].tolist()) == ("meta_instagram_stories", ["story"])
    assert (values(found, "views"), values(found, "profile_visits"), values(found, "comments")) == (
        [1200],
        [3],
        [],
    )
    assert found.report.unknown_columns == ("Replies", "Sticker taps", "Navigation")


@pytest.mark.parametrize(
    ("title", "format", "metric"),
    [
        ("Facebook follows", "meta_account_facebook", "follows"),
        ("Instagram reach", "meta_account_instagram", "reach"),
    ],
)
def test_figures_of_a_whole_meta_account(title, format, metric):
    found = read(meta_account(title, ("2026-09-01", "1,234"), ("2026-09-02", "7")), account="brand")
    assert found.format == format
    assert values(found, metric) == [1234, 7]
    assert found.table["local_day"].tolist() == [date(2026, 9, 1), date(2026, 9, 2)]
    assert set(found.table["entity_id"]) == {"brand"}
    assert found.posts.empty
    if metric == "reach":
        assert "upper bound" in found.report.text()


def test_several_figures_of_an_account_one_below_the_other():
    days = (("2026-09-01", "5"), ("2026-09-02", "6"))
    first = meta_account("Instagram reach", *days).decode("utf-16")
    second = meta_account("Instagram follows", *((day, "1") for day, _ in days)).decode("utf-16")
    other = meta_account("Facebook reach", *days).decode("utf-16")
    text = "\r\n".join((first, second.removeprefix("sep=,\r\n"), other))
    found = read(text.encode("utf-16"), account="brand")
    assert found.format == "meta_account_instagram"
    assert (values(found, "reach"), values(found, "follows")) == ([5, 6], [1, 1])
    assert [(s.sheet, s.total) for s in found.report.sums] == [
        ("Instagram reach", 11),
        ("Instagram follows", 2),
    ]
    assert "Sheet “Facebook reach” was not read; it is" in told(found)
    assert (found.report.rows_read, found.report.rows_kept, found.report.dropped) == (4, 4, ())
    once = read((first + "Note\r\n").encode("utf-16"), account="brand")
    assert (values(once, "reach"), once.report.dropped[0].rows) == ([5, 6], (6,))


def test_a_figure_whose_title_names_no_network_needs_one():
    found = read(meta_account("Viewers", ("2026-09-01", "5")), network="facebook")
    assert (found.format, values(found, "reach")) == ("meta_account", [5])
    with pytest.raises(ValueError, match="name the network"):
        read(meta_account("Viewers", ("2026-09-01", "5")))
    with pytest.raises(ValueError, match=r"'Net followers'.*none of the figures"):
        read(meta_account("Net followers", ("2026-09-01", "5")), format="meta_account", network="facebook")


def test_youtube_german_2020_with_soft_hyphens():
    found = read(
        table(
            YOUTUBE_2020,
            ("Ge\u00adsamt", "", "", "22865", "29.5", "15", "3832", "0.86"),
            (" -abcdefghij", "Titel", "Sep 15, 2020", "1122", "1.5", "3", "21", "0.5"),
            ("oV92yU1Vcho", "Titel", "Sep 16, 2020", "", "0", "0", "0", ""),
            ("Die 500 besten Ergebnisse werden angezeigt", *[""] * 7),
        )
    )
    assert found.format == "youtube_videos"
    assert found.posts["entity_id"].tolist() == ["-abcdefghij", "oV92yU1Vcho"]
    assert values(found, "watch_time_s") == [5400, 0]
    assert values(found, "views") == [1122]
    assert found.report.dropped[0].rows == (2, 5)


def test_youtube_english_and_the_days_of_both_languages():
    header = ("Content", "Video title", "Video publish time", "Views", "Watch time (hours)", "Subscribers")
    found = read(table(header, ("Total", "", "", "5", "1", "0"), ("abc", "T", "Sep 15, 2026", "5", "1", "0")))
    assert values(found, "watch_time_s") == [3600]
    days = ("Date", "Content", "Video title", "Video publish time", "Duration", "Views")
    german = ("Datum", "Videos", "Videotitel", "Veröffentlichungszeitpunkt des Videos", "Dauer", "Aufrufe")
    for names in (days, german):
        found = read(table(names, ("2026-09-15", "abc", "T", "Sep 1, 2026", "60", "5")))
        assert found.format == "youtube_videos"
        assert set(found.table["window"]) == {"day"}
        assert found.table["local_day"].tolist() == [date(2026, 9, 15)]
        assert found.posts.empty


def test_youtube_totals_must_be_named_because_many_tables_look_like_them():
    data = table(("Datum", "Aufrufe"), ("2026-09-15", "5"))
    with pytest.raises(ValueError, match="Name the format 'youtube_totals'"):
        read(data)
    found = read(data, format="youtube_totals")
    assert (values(found, "views"), set(found.table["entity"])) == ([5], {"account"})


def linkedin(days=(), posts=()):
    return workbook(
        Metrics=[("Aggregated engagement metrics for your page",), LINKEDIN_DAYS, *days],
        All_posts=[("Engagement metrics for each post",), LINKEDIN_POSTS, *posts],
    )


LINKEDIN_POST = (
    *("Title", "https://www.linkedin.com/feed/update/urn:li:activity:7", "Organic", "", "09/15/2026", "All"),
    *(100, "", 5, 0.05, 3, 2, 1, 0, 0.11, "Document"),
)


def test_linkedin_content_has_days_and_posts_in_two_sheets():
    days = [
        ("09/15/2026", 100, 20, 120, 80, 5, 1, 6, 3, 2, 1, 0.1),
        ("09/16/2026", -3, 0, -3, 80, 5, 1, 7, 3, 2, 1, 0.1),
    ]
    found = read(linkedin(days, [LINKEDIN_POST]), account="brand")
    assert found.format == "linkedin_content"
    by_entity = found.table[found.table["metric"] == "impressions"].groupby("entity")["value"].apply(list)
    assert by_entity.to_dict() == {"account": [120, -3], "post": [100]}
    assert found.posts["format"].tolist() == ["document"]
    assert found.report.rows_kept == 3
    assert {s.sheet for s in found.report.sums} == {"Metrics", "All posts"}
    assert "Metrics · Clicks (total) is not the sum" in told(found)
    assert "negative; kept" in told(found)


def test_linkedin_posts_that_were_called_updates():
    header = tuple(
        title.replace("Post t", "Update t").replace("Post l", "Update l") for title in LINKEDIN_POSTS
    )
    header = tuple(
        {"Reposts": "Shares", "Views": "Views (Excluding offsite video views)"}.get(h, h) for h in header
    )
    data = workbook(All_updates=[("Update engagement metrics",), header, LINKEDIN_POST])
    found = read(data)
    assert (found.format, found.report.certainty) == ("linkedin_updates", "low")
    assert (values(found, "shares"), found.posts["text"].tolist()) == ([1], ["Title"])


def test_linkedin_followers_and_visitors():
    header = ("Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers")
    sheets = {
        "New_followers": [header, ("09/15/2026", 0, 5, 1, 6)],
        "Location": [("Location", "Total followers"), ("Köln", 9)],
    }
    found = read(workbook(**sheets))
    assert (found.format, values(found, "follows")) == ("linkedin_followers", [6])
    assert "Sheet “Location” was not read" in told(found)
    visits = ("Date", "Total page views (desktop)", "Total page views (mobile)", "Total page views (total)")
    found = read(workbook(Visitor_metrics=[visits, ("09/15/2026", 1, 2, 3)]))
    assert (found.format, values(found, "profile_visits")) == ("linkedin_visitors", [3])


def test_the_mastodon_archive_gives_public_posts_only():
    outbox = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json",
        "type": "OrderedCollection",
        "totalItems": 5,
        "orderedItems": [
            activity(1, to=[PUBLIC], cc=[FOLLOWERS], media=["image/png"]),
            activity(2, to=[FOLLOWERS], cc=[PUBLIC], content="<p>A</p><p>B<br>C</p><script>x()</script>"),
            activity(3, to=[FOLLOWERS]),
            activity(4, to=["https://example.social/users/friend"], content="<p>secret</p>"),
            activity(5, to=[PUBLIC], kind="Announce"),
        ],
    }
    found = read(json.dumps(outbox).encode())
    assert found.format == "mastodon_outbox"
    assert found.table.empty
    assert found.posts["text"].tolist() == ["Hallo & willkommen", "A\n\nB\nC"]
    assert found.posts["format"].tolist() == ["image", ""]
    assert str(found.posts["published_at_utc"].iloc[0]) == "2026-09-15 16:00:00+00:00"
    assert [p.rows for p in found.report.dropped if "not public" in p.text()] == [(3, 4)]


def test_google_plus_as_json_html_and_zip():
    one = read(json.dumps(plus_post("abc")).encode())
    assert one.format == "googleplus_takeout"
    assert (values(one, "likes"), values(one, "comments")) == ([2], [1])
    assert one.posts["text"].tolist() == ["Ein Beitrag"]
    page = read(plus_page("abc"))
    assert page.format == "googleplus_takeout"
    assert (values(page, "likes"), values(page, "comments"), values(page, "shares")) == ([2], [2], [1])
    assert page.posts["text"].tolist() == ["Ein Beitrag\nmit zwei Zeilen"]
    assert page.posts["link"].tolist() == ["https://plus.google.com/1/posts/abc"]
    assert page.posts["published_on_local"].tolist() == [date(2018, 10, 1)]
    files = {
        "Posts/a.json": json.dumps(plus_post("a")),
        "Posts/b.json": json.dumps(plus_post("b", public=False)),
    }
    both = read(zipped(**files, **{"Posts/c.jpg": b"x"}))
    assert both.posts["entity_id"].tolist() == ["users/1/posts/a"]
    assert read(plus_page("x", visibility="Shared with: Friends")).posts.empty


def test_the_header_rows_collected_from_real_exports_are_all_recognised():
    folder = FOLDER / "export_headers"
    if not folder.exists():
        pytest.skip(f"the header rows are not beside the project ({folder})")
    found = {}
    for file in sorted(folder.glob("*.csv")):
        data = file.read_bytes()
        width = data.decode("utf-8-sig").splitlines()[0].count(",") + 1
        more = b"" if data.count(b"\n") > 1 else b",".join([b"1"] * width) + b"\n"
        found[file.stem] = read(data.rstrip() + b"\n" + more, account="a").format
    assert found == {
        "facebook_page_insights_post_level_2015": "facebook_page_insights",
        "meta_ads_manager_de": "meta_ads",
        "meta_business_suite_facebook_en_partial": "meta_facebook",
        "meta_business_suite_instagram_de_reconstructed": "meta_instagram",
        "meta_business_suite_instagram_en": "meta_instagram",
        "twitter_tweet_activity_metrics_old": "x_tweet_activity",
        "x_account_analytics_content_new": "x_content",
        "x_account_overview_new": "x_overview",
        "youtube_studio_de_2020": "youtube_videos",
        "youtube_studio_de_2025_Tabellendaten": "youtube_videos",
    }


@pytest.mark.parametrize("word", ["„Gesamt“", "\u00a0Ge\u00adsamt ", "GESAMT", "\ufeffTotal", "ＴＯＴＡＬ"])
def test_totals_are_left_out_however_they_are_written(word):
    rows = (("abc", "T", "", "5"), (word, "", "", "5"), ("gesamtwerk", "T", "", "6"))
    found = read(table(("Video", "Videotitel", "Veröffentlichungszeitpunkt des Videos", "Aufrufe"), *rows))
    assert found.posts["entity_id"].tolist() == ["abc", "gesamtwerk"]
    assert found.report.dropped[0].rows == (3,)


def test_tiktok_studio():
    header = [
        "Video title",
        "Video link",
        "Post time",
        "Total likes",
        "Total comments",
        "Total shares",
        "Total views",
        "Total play time",
        "Average watch time",
        "Watched full video",
        "Add to favorites",
    ]
    found = read(table(header, ("T", "https://tiktok/1", "2026-09-15", *"12345678")))
    assert (found.format, values(found, "saves"), found.report.certainty) == ("tiktok_studio", [8], "medium")
    assert found.report.described_in
    assert found.report.checked_on
