import pytest

from smmlib.asset import Asset
from smmlib.draft import Media
from smmlib.errors import InvalidRecordError
from smmlib.networks import load_networks
from smmlib.networks.entry import aspect
from tests.drafting.checks.checking import findings

ID = "a" * 64


def rules(network, *, format="post", kind="image", size=None, **known):
    asset = Asset(id=ID, kind=kind, licence="eigen", size=known.pop("bytes", 1), **known)
    media = Media(kind=kind, name="rad.file", asset=ID, alt_text="Ein Rad", subtitles="rad.vtt", size=size)
    found = findings(
        "Rad", network=network, assets={ID: asset}, version={"media": (media,), "format": format}
    )
    return [
        (f.rule, f.severity) for f in found if f.rule.startswith(("image_", "video_", "gif_", "document_"))
    ]


@pytest.mark.parametrize(
    ("network", "kind", "most"),
    [
        ("bluesky", "image", 2_000_000),
        ("x", "image", 5_000_000),
        ("x", "gif", 15_000_000),
        ("linkedin", "document", 100_000_000),
    ],
)
def test_a_file_with_a_byte_too_many(network, kind, most):
    assert rules(network, kind=kind, bytes=most) == []
    assert rules(network, kind=kind, bytes=most + 1) == [(f"{kind}_bytes", "error")]


def test_without_a_kept_file_the_size_the_draft_names_counts():
    media = Media(kind="image", name="rad.jpg", alt_text="Ein Rad", size=3_000_000)
    (finding,) = findings("Rad", network="bluesky", version={"media": (media,)})
    assert finding.text() == "rad.jpg has 3.0 MB, Bluesky takes 2.0 MB. Save it smaller."
    assert finding.text("de").startswith("rad.jpg hat 3,0 MB, Bluesky nimmt höchstens 2,0 MB an.")
    assert finding.checked_on
    assert "images.json" in finding.source


def test_pixels():
    assert rules("x", width=8192, height=4) == []
    assert rules("x", width=8193, height=4) == [("image_side", "error")]
    assert rules("linkedin", width=6400, height=6400) == [("image_pixels", "error")]


@pytest.mark.parametrize(
    ("network", "kind", "width", "height", "found"),
    [
        ("instagram", "image", 1080, 1350, []),  # 4:5
        ("instagram", "image", 1080, 566, []),  # 1.91:1, as near as pixels allow
        ("instagram", "image", 1080, 500, [("image_aspect_most", "warning")]),
        (
            "instagram",
            "image",
            1080,
            1440,
            [("image_aspect_least", "notice")],
        ),  # an uncertain rule only tells
        ("x", "video", 100, 310, [("video_aspect_least", "warning")]),
        ("x", "video", 310, 100, [("video_aspect_most", "warning")]),
        ("x", "image", 310, 100, []),
        ("mastodon", "image", 5000, 10, []),
    ],
)
def test_shapes(network, kind, width, height, found):
    assert rules(network, kind=kind, width=width, height=height) == found


def test_a_story_shows_every_shape():
    assert rules("instagram", format="story", width=1080, height=1920) == []


@pytest.mark.parametrize(
    ("network", "format", "seconds", "found"),
    [
        ("x", "post", 140.4, []),
        ("x", "post", 141, [("video_seconds", "error")]),
        ("linkedin", "post", 2.5, [("video_seconds_least", "error")]),
        ("facebook", "reel", 91, [("video_seconds", "notice")]),
        ("facebook", "post", 91, []),
    ],
)
def test_length_of_films(network, format, seconds, found):
    assert rules(network, format=format, kind="video", duration_s=seconds) == found


def test_what_is_not_known_is_not_judged():
    assert rules("x", kind="video", bytes=0) == []
    assert rules("x", kind="image", width=None, height=None) == []


def test_a_file_that_is_gone():
    media = (Media(name="rad.jpg", asset=ID, alt_text="Ein Rad"),)
    other = Asset(id="b" * 64)
    found = findings("Rad", assets={other.id: other}, version={"media": media})
    assert [(f.rule, f.severity) for f in found] == [("media_kept", "error")]
    assert findings("Rad", assets={}, version={"media": media}) == ()


@pytest.mark.parametrize(
    ("written", "share"), [("4:5", 0.8), ("1.91:1", 1.91), ("0:1", None), ("4x5", None), (4, None)]
)
def test_shapes_are_written_as_width_to_height(written, share):
    assert aspect(written) == share


def test_own_rules_may_name_shapes_and_bytes():
    own = load_networks({"kununu": {"name": "kununu", "image_bytes": 5, "image_aspect_most": "2:1"}})[
        "kununu"
    ]
    assert (own.rule("image_bytes").number, own.rule("image_aspect_most").value) == (5, "2:1")
    with pytest.raises(InvalidRecordError, match="image_aspect_most is 'breit'; it must be width to height"):
        load_networks({"kununu": {"name": "kununu", "image_aspect_most": "breit"}})
