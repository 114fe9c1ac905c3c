"""Counting and entities against published cases: twitter-text, Unicode, and the networks' own rules."""

import json
from pathlib import Path

import emoji
import pytest

from smmlib.networks import find_entities, load_networks

FOLDER = Path(__file__).parents[3] / "shared" / "conformance"
NETWORKS = load_networks()
X = NETWORKS["x"]
OLD_WEIGHTS = (
    "Count a mix of single byte single word",
    "Count unicode emoji chars outside the basic multilingual",
)


def cases(name):
    path = FOLDER / name
    if not path.exists():
        return None
    return json.loads(path.read_text(encoding="utf-8"))


WEIGHTED = cases("twitter_text_weighted_length.json")
EXTRACTS = cases("twitter_text_extract.json")
needs_cases = pytest.mark.skipif(
    WEIGHTED is None or EXTRACTS is None, reason="conformance files are not here"
)


def found(text, kind):
    return [e for e in find_entities(text, cashtags=True) if e.kind == kind]


@needs_cases
def test_weighted_length_of_every_case():
    # twitter-text, conformance/validate.yml. Two cases of the older set use version 2's emoji weights.
    wrong, left_out = [], 0
    for suite, listed in WEIGHTED.items():
        for case in listed:
            if suite == "WeightedTweetsCounterTest" and case["description"].startswith(OLD_WEIGHTS):
                left_out += 1
                continue
            expected = case["expected"]["weightedLength"]
            if X.count(case["text"]) != expected:
                wrong.append((case["description"], X.count(case["text"]), expected))
    assert wrong == []
    assert left_out == 2


@needs_cases
@pytest.mark.parametrize(
    ("suite", "kind", "sign"),
    [
        ("mentions", "mention", 1),
        ("urls", "link", 0),
        ("tco_urls_with_params", "link", 0),
        ("hashtags", "hashtag", 1),
        ("hashtags_from_astral", "hashtag", 1),
        ("cashtags", "cashtag", 1),
    ],
)
def test_extracted_words(suite, kind, sign):
    # twitter-text, conformance/extract.yml
    for case in EXTRACTS[suite]:
        assert [e.text[sign:] for e in found(case["text"], kind)] == case["expected"], case["description"]


@needs_cases
@pytest.mark.parametrize(
    ("suite", "kind"),
    [
        ("mentions_with_indices", "mention"),
        ("mentions_or_lists_with_indices", "mention"),
        ("urls_with_indices", "link"),
        ("urls_with_directional_markers", "link"),
        ("hashtags_with_indices", "hashtag"),
        ("cashtags_with_indices", "cashtag"),
    ],
)
def test_extracted_positions(suite, kind):
    for case in EXTRACTS[suite]:
        expected = [item["indices"] for item in case["expected"]]
        assert [[e.start, e.end] for e in found(case["text"], kind)] == expected, case["description"]


@needs_cases
def test_span_of_what_is_over_agrees_with_the_valid_range():
    # validRangeEnd is the index, in UTF-16 units, of the last character that still fits.
    for case in WEIGHTED["WeightedTweetsWithDiscountedEmojiCounterTest"]:
        text, expected = case["text"], case["expected"]
        if expected["valid"] or (not text.isascii() and "normalized" in case["description"]):
            continue
        (span,) = [f.span for f in X.check(text) if f.rule == "text"]
        assert len(text[: span[0]].encode("utf-16-le")) // 2 == expected["validRangeEnd"] + 1, case[
            "description"
        ]


def test_every_fully_qualified_emoji_weighs_two_on_x():
    full = [e for e, data in emoji.EMOJI_DATA.items() if data["status"] == emoji.STATUS["fully_qualified"]]
    assert len(full) > 3_900
    assert [e for e in full if X.count(e) != 2] == []
    assert X.count("".join(full[:500])) == 1_000


def test_grapheme_cases_of_unicode_17():
    # Unicode 17.0, GraphemeBreakTest.txt: ÷ marks a boundary, × none.
    path = FOLDER / "GraphemeBreakTest_half.txt"
    if not path.exists():
        pytest.skip("GraphemeBreakTest is not here")
    total, wrong = 0, []
    for line in path.read_text(encoding="utf-8").splitlines():
        rule = line.partition("#")[0].strip()
        if not rule:
            continue
        total += 1
        clusters = [part for part in rule.replace("×", " ").split("÷") if part.strip()]
        text = "".join(chr(int(code, 16)) for part in clusters for code in part.split())
        if NETWORKS["bluesky"].count(text) != len(clusters):
            wrong.append(rule)
    assert total >= 380
    assert len(wrong) <= 4, wrong  # the package `regex` passes 762 of all 766


def test_one_text_five_counts():
    text = "Grüße aus Köln 👨‍👩‍👧‍👦 Heute 20 % auf alles!"
    assert NETWORKS["linkedin"].count(text) == 44
    assert NETWORKS["instagram"].count(text) == 48
    assert NETWORKS["bluesky"].count(text) == 38
    assert X.count(text) == 39
    assert NETWORKS["threads"].count(text) == 62


def test_bluesky_has_two_limits():
    # app.bsky.feed.post: maxGraphemes 300, maxLength 3000 (bytes)
    family = "👨‍👩‍👧‍👦"
    graphemes, size = NETWORKS["bluesky"].measures(family * 200)
    assert (graphemes.count, graphemes.limit, graphemes.remaining) == (200, 300, 100)
    assert (size.unit, size.count, size.limit, size.remaining) == ("bytes", 5_000, 3_000, -2_000)
    (finding,) = NETWORKS["bluesky"].check(family * 200)
    assert (finding.rule, finding.severity) == ("bytes", "error")
    assert finding.span == (120 * len(family), 200 * len(family))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("@rad@social.example hallo", len("@rad hallo")),
        ("@rad hallo", 10),
        ("https://social.example/" + "x" * 200, 23),
        ("(https://a.de/b)", 25),
        ("social.example", 14),
        ("ruf@mail.example an", 19),
        ("👨‍👩‍👧‍👦 @a@b.de https://a.de/", 1 + 1 + 2 + 1 + 23),
    ],
)
def test_mastodon_counts_links_23_and_mentions_without_host(text, count):
    # Mastodon, StatusLengthValidator: countable_text
    assert NETWORKS["mastodon"].count(text) == count


def test_linkedin_as_typed_and_as_a_tool_sends_it():
    # learn.microsoft.com, little text format: reserved characters are escaped with a backslash
    typed, sent = NETWORKS["linkedin"].measures("#rad (neu) *hier*")
    assert (typed.count, sent.unit, sent.count) == (17, "escaped", 22)
    findings = NETWORKS["linkedin"].check("#" * 2_000)
    assert [(f.rule, f.severity) for f in findings] == [("escaped", "notice")]
