from datetime import date

import pytest

from smmlib.draft import Media
from smmlib.errors import InvalidRecordError, InvalidValueError, UnknownNameError, UnreadableFileError
from smmlib.networks import FORMATS, load_networks

NETWORKS = load_networks()
TODAY = date(2026, 10, 1)
FIFTEEN = (
    "facebook instagram threads x linkedin mastodon bluesky tiktok youtube pinterest telegram "
    "xing googleplus wordpress newsletter"
)


def rules(findings):
    return [(f.rule, f.severity) for f in findings]


def test_all_fifteen_are_there():
    assert list(NETWORKS) == FIFTEEN.split()


def test_every_number_has_source_day_and_confidence():
    for network in NETWORKS.values():
        assert network.rules
        for (format_, name), rule in network.rules.items():
            where = (network.id, format_, name)
            assert len(rule.source) > 5, where
            assert date(2026, 1, 1) <= rule.checked_on <= date(2026, 12, 31), where
            assert rule.confidence in ("high", "medium", "low", "memory"), where
            assert not format_ or format_ in network.formats, where
        assert set(network.formats) <= set(FORMATS)


def test_frame_has_a_row_per_rule():
    frame = NETWORKS["bluesky"].to_frame()
    row = frame[(frame["rule"] == "text") & (frame["format"] == "")].iloc[0]
    assert (row["value"], row["confidence"]) == (300, "high")
    assert "lexicons/app/bsky/feed/post.json" in row["source"]


@pytest.mark.parametrize(
    ("network", "format", "limit"),
    [
        ("x", "post", 280),
        ("telegram", "post", 4096),
        ("telegram", "image", 1024),
        ("tiktok", "reel", 2200),
        ("tiktok", "carousel", 4000),
        ("wordpress", "post", None),
        ("xing", "post", None),
    ],
)
def test_limits_per_format(network, format, limit):
    assert NETWORKS[network].limit(format) == limit


def test_closed_and_unset_networks_say_so_in_both_languages():
    (closed,) = NETWORKS["googleplus"].check("Hallo", today=TODAY)
    assert closed.severity == "notice"
    assert "archives only" in closed.text("en")
    assert "nur noch als Archiv" in closed.text("de")
    (unset,) = NETWORKS["xing"].check("Hallo", today=TODAY)
    assert unset.severity == "notice"
    assert "Welche Länge XING erlaubt, ist nicht bekannt" in unset.text("de")


def test_unset_limit_is_editable():
    xing = load_networks({"xing": {"text": 5}})["xing"]
    assert xing.status == "live"
    assert rules(xing.check("123456", today=TODAY)) == [("text", "error")]
    own = NETWORKS["xing"].with_limits({"text": 5})
    assert rules(own.check("123456", today=TODAY)) == [("text", "error")]


def test_a_rule_older_than_a_year_is_a_notice_and_never_blocks():
    long = "x" * 281
    assert rules(NETWORKS["x"].check(long, today=date(2027, 8, 20))) == [("text", "error")]
    late = NETWORKS["x"].check(long, today=date(2027, 8, 22))
    assert rules(late) == [("age", "notice"), ("text", "notice")]
    assert "last looked up on 20 Aug 2026" in late[1].text("en")
    assert "zuletzt am 20.08.2026" in late[0].text("de")


def test_an_uncertain_number_is_a_notice():
    (finding,) = NETWORKS["instagram"].check("@a @b @c @d", today=TODAY)
    assert (finding.rule, finding.severity) == ("mentions", "notice")
    assert "uncertain" in finding.text("en")
    assert "unsicher" in finding.text("de")


def test_too_long_text_says_how_much_and_where():
    text = "Köln " * 100
    finding = NETWORKS["x"].check(text, today=TODAY)[0]
    assert finding.text("en") == "220 too many: 500 of 280 weighted characters on X. Shorten the text."
    assert finding.text("de") == "220 zu viel: 500 von 280 (gewichtete Zeichen) auf X. Bitte den Text kürzen."
    assert finding.span == (280, 500)
    assert (finding.source, finding.checked_on) == (NETWORKS["x"].rule("text").source, date(2026, 8, 20))


@pytest.mark.parametrize("network", ["x", "bluesky", "threads", "mastodon", "linkedin", "instagram"])
def test_a_text_exactly_as_long_as_allowed_is_fine(network):
    limit = NETWORKS[network].limit()
    assert NETWORKS[network].check("x" * limit, today=TODAY) == ()
    assert rules(NETWORKS[network].check("x" * (limit + 1), today=TODAY))[0] == ("text", "error")


def test_hashtags_above_the_limit_are_pointed_at():
    text = "#a #b #c #d #e #f #g"
    (finding,) = NETWORKS["instagram"].check(text, today=TODAY)
    assert (finding.rule, finding.severity, finding.span) == ("hashtags", "error", (15, 20))
    assert finding.values["over"] == 2


def test_the_same_link_twice_counts_once_on_threads():
    same = "https://a.de " * 9
    assert NETWORKS["threads"].check(same, today=TODAY) == ()
    six = " ".join(f"https://a.de/{i}" for i in range(6))
    assert rules(NETWORKS["threads"].check(six, today=TODAY)) == [("links", "error")]


def test_link_without_scheme():
    (on_x,) = NETWORKS["x"].check("Mehr auf beispiel.de", today=TODAY)
    assert (on_x.severity, on_x.span) == ("notice", (9, 20))
    (on_mastodon,) = NETWORKS["mastodon"].check("Mehr auf beispiel.de", today=TODAY)
    assert on_mastodon.severity == "warning"
    assert "Write https://beispiel.de" in on_mastodon.text("en")
    assert NETWORKS["mastodon"].check("@rad@social.example und hallo@firma.de", today=TODAY) == ()
    (on_instagram,) = NETWORKS["instagram"].check("Mehr auf beispiel.de", today=TODAY)
    assert on_instagram.rule == "links_clickable"


@pytest.mark.parametrize(
    ("text", "rule", "severity", "span"),
    [
        ("a \ud83d b", "surrogate", "error", (2, 3)),
        ("a \u202egnp.exe", "direction", "warning", (2, 3)),
        ("a\x00b", "control", "warning", (1, 2)),
        ("<script>alert(1)</script>", "html", "notice", (0, 8)),
    ],
)
def test_odd_characters_are_pointed_at(text, rule, severity, span):
    (finding,) = NETWORKS["facebook"].check(text, today=TODAY)
    assert (finding.rule, finding.severity, finding.span) == (rule, severity, span)
    assert finding.text("de") != finding.text("en")


@pytest.mark.parametrize("text", ["1 < 2 und 3 > 2", "I <3 U", "Zeile\nZeile\tTab", "👩🏽‍🚒 שלום"])
def test_ordinary_text_is_left_alone(text):
    assert NETWORKS["facebook"].check(text, today=TODAY) == ()


def test_youtube_refuses_angle_brackets():
    findings = NETWORKS["youtube"].check("1 < 2", today=TODAY)
    assert rules(findings) == [("forbidden", "error")]


def test_media():
    image = Media(alt_text="Ein Rad")
    check = NETWORKS["bluesky"].check
    assert check("x", media=[image] * 4, today=TODAY) == ()
    assert rules(check("x", media=[image] * 5, today=TODAY)) == [("images", "error")]
    assert rules(check("x", media=[Media()], today=TODAY)) == [("alt_text_missing", "warning")]
    long = Media(alt_text="x" * 1_501, name="rad.jpg")
    (finding,) = NETWORKS["mastodon"].check("x", media=[long], today=TODAY)
    assert "rad.jpg has 1,501 characters, Mastodon allows 1,500" in finding.text("en")
    few = NETWORKS["telegram"].check("x", media=[image], format="carousel", today=TODAY)
    assert rules(few) == [("media_least", "warning")]


def test_a_format_the_network_does_not_have():
    (finding,) = NETWORKS["x"].check("Hallo", format="reel", today=TODAY)
    assert finding.text("de") == "X kennt das Format Reel nicht; zur Wahl stehen: Beitrag, Bild, Umfrage."
    with pytest.raises(UnknownNameError, match="Did you mean 'carousel'"):
        NETWORKS["x"].check("Hallo", format="carusel")


def test_fold_does_not_tear_an_emoji():
    text = "x" * 124 + "👨‍👩‍👧‍👦" + "y" * 10
    assert NETWORKS["instagram"].fold_at(text) == 124 + 7
    assert NETWORKS["instagram"].fold_at("x" * 125) is None
    assert NETWORKS["x"].fold_at("x" * 250) is None
    assert NETWORKS["linkedin"].fold_at("x" * 300, device="desktop") == 210


def test_own_network_needs_little():
    own = load_networks({"kununu": {"name": "kununu", "text": 10, "story": {"text": 5}}})
    assert len(own) == 16
    kununu = own["kununu"]
    assert (kununu.limit(), kununu.limit("story"), kununu.formats) == (10, 5, ("post", "story"))
    assert rules(kununu.check("12345678901", today=TODAY)) == [("text", "error")]


def test_override_changes_one_number_only():
    x = load_networks({"x": {"text": {"value": 25_000, "source": "X Premium", "checked_on": TODAY}}})["x"]
    assert x.limit() == 25_000
    assert x.rule("text").confidence == "own"
    assert x.rule("images") == NETWORKS["x"].rule("images")
    assert load_networks()["x"].limit() == 280


def test_overrides_from_a_file(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        'checked_on = 2026-09-01\n[x]\ntext = 4000\n[blog]\nname = "Blog"\nunit = "bytes"\n', "utf-8"
    )
    own = load_networks(path)
    assert own["x"].rule("text").checked_on == date(2026, 9, 1)
    assert own["blog"].count("ä") == 2


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        ({"txt": 3}, InvalidRecordError, r"\[x\].*\n.*'txt' is unknown. Did you mean 'text'"),
        ({"text": -3}, InvalidRecordError, r"text is -3; it must be a whole number from 0"),
        ({"text": "many"}, InvalidRecordError, r"text is 'many'"),
        ({"text": True}, InvalidRecordError, r"text is True"),
        ({"text": {"valu": 3}}, UnknownNameError, r"Did you mean 'text.value'"),
        ({"unit": "grapheme"}, UnknownNameError, r"Did you mean 'graphemes'"),
        ({"links_clickable": 3}, InvalidRecordError, r"true or false"),
        ({"carousel": {"imges": 3}}, InvalidRecordError, r"Did you mean 'images'"),
        ({"status": "open"}, InvalidRecordError, r"status is 'open'"),
        (3, UnreadableFileError, r"stands outside a network"),
    ],
)
def test_bad_rules_say_what_is_wrong(table, error, message):
    with pytest.raises(error, match=message):
        load_networks({"x": table})


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"[x\n", "is not TOML"), (b"\xff\xfe\x00", "is not text"), (None, "cannot be read")],
)
def test_bad_files_say_what_is_wrong(tmp_path, content, message):
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=message):
        load_networks(path)


def test_account_limits():
    instance = NETWORKS["mastodon"].with_limits({"text": 1_000})
    assert instance.limit() == 1_000
    assert NETWORKS["mastodon"].limit() == 500
    assert NETWORKS["telegram"].with_limits({"image.text": 2_048}).limit("image") == 2_048
    with pytest.raises(UnknownNameError, match="Did you mean 'text'"):
        NETWORKS["mastodon"].with_limits({"txt": 1})
    with pytest.raises(InvalidValueError, match="at least 1"):
        NETWORKS["mastodon"].with_limits({"text": 0})
