import pytest

from smmlib.draft import Media
from tests.drafting.checks.checking import findings


def rules(**media):
    return [f.rule for f in findings("Ein Rad", version={"media": (Media(**media),)})]


@pytest.mark.parametrize(
    "said", ["rad.jpg", "IMG_1234.JPG", "IMG_1234", "DSC00012", "Screenshot 2026-01-01", "herbst-rad"]
)
def test_a_file_name_describes_nothing(said):
    assert rules(name="herbst-rad.jpg", alt_text=said) == ["alt_text_name"]


@pytest.mark.parametrize(
    "said", ["Bild von einem Rad", "Ein Foto von Ina", "Bild: Rad", "Picture of a bike", "An image of a bike"]
)
def test_that_it_is_an_image_need_not_be_said(said):
    assert rules(name="rad.jpg", alt_text=said) == ["alt_text_opening"]


@pytest.mark.parametrize(
    "said", ["Ein Rad am Deich", "Bildhauerin bei der Arbeit", "Plakat zur Testfahrt.", "Foto Meier, Laden"]
)
def test_good_descriptions(said):
    assert rules(name="rad.jpg", alt_text=said) == []


def test_films_need_a_description_and_subtitles():
    assert rules(kind="video", name="rad.mp4") == ["video_described", "subtitles"]
    assert rules(kind="video", name="rad.mp4", alt_text="Ein Rad fährt am Deich", subtitles="rad.vtt") == []
    assert rules(kind="document", name="rad.pdf") == []


def test_findings_name_the_criterion():
    (first, second) = findings("Ein Rad", version={"media": (Media(kind="video", name="rad.mp4"),)})
    assert (first.source, second.source) == ("WCAG 2.2, 1.1.1", "WCAG 2.2, 1.2.2")
