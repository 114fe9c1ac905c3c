"""The page of media as a user drives it, without a browser."""

from __future__ import annotations

from datetime import date

import pytest

from smmlib.language import Language
from smmlib.panels import kit
from smmlib.panels.drafting.draft_media import DraftMedia
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.media_page import MediaPage
from tests.drafting.media import made_up as files

NASTY = "<img src=x onerror=alert(1)>.png"


def page_of(workspace, language: Language = "de") -> MediaPage:
    panel = kit.Panel(language=language, name="smm-media")
    return MediaPage(DraftModel(workspace), panel)


@pytest.fixture
def page(workspace):
    return page_of(workspace)


def upload(page: MediaPage, name: str, data: bytes) -> None:
    page._uploaded({"new": ({"name": name, "content": memoryview(data)},)})


def markup(widget) -> str:
    """Everything a widget and its children show."""
    own = getattr(widget, "value", "") if widget.__class__.__name__ in ("HTML", "Status") else ""
    return str(own) + "".join(markup(child) for child in getattr(widget, "children", ()))


def test_an_empty_page_says_what_to_do(page):
    assert "smm-hidden" not in page._empty._dom_classes
    assert "Noch keine Medien" in page._empty.value
    assert "smm-hidden" in page._details._form._dom_classes


def test_an_upload_is_kept_and_what_was_taken_out_is_said(page, workspace):
    upload(page, "IMG_1.jpg", files.telling_jpeg())
    assert "Entfernt: GPS-Position, Kamera, Telefon oder Objektiv" in page.panel.status.value
    (asset,) = workspace.media.list()
    shown = markup(page)
    assert "data:image/png;base64," in shown
    assert "Keine Lizenz" in shown
    assert "30 × 40 Pixel" in shown
    assert page._details._controls["creator"].value == "Zoë Müller; Ben Öz"
    assert page.model.chosen == asset.id


def test_what_is_typed_is_kept_and_undone(page, workspace):
    upload(page, "x.png", files.telling_png())
    form = page._details._controls
    form["licence"].value = "CC BY 4.0"
    form["licence_until"].value = date(2020, 1, 1)
    (asset,) = workspace.media.list()
    assert (asset.licence, asset.licence_until) == ("CC BY 4.0", date(2020, 1, 1))
    assert 'smm-badge smm-bad">Lizenz abgelaufen' in markup(page)
    page._details._undo.click()
    assert workspace.media.list()[0].licence_until is None
    assert form["licence_until"].value is None
    form["consent"].value = "missing"
    assert "Einwilligung fehlt" in markup(page)


def test_what_users_wrote_is_text(page):
    upload(page, NASTY, files.telling_png())
    page._details._controls["alt_text"].value = '"><script>alert(1)</script>'
    shown = markup(page)
    assert "<script" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [("x.svg", b"<svg/>", "SVG"), ("x.jpg", b"", "ist leer"), ("x.heic", b"\0\0\0\x18ftypheic", "HEIC")],
)
def test_bad_files_are_refused_on_the_status_line(page, workspace, name, data, why):
    upload(page, name, data)
    assert "smm-error" in page.panel.status.value
    assert why in page.panel.status.value
    assert workspace.media.list() == ()


def test_a_file_from_its_path(page, workspace, tmp_path):
    (tmp_path / "x.gif").write_bytes(files.telling_gif())
    page._path.value = str(tmp_path / "x.gif")
    page._add_path()
    assert workspace.media.list()[0].kind == "gif"


def test_the_chosen_file_goes_into_the_open_draft(page, workspace):
    page.model.drafts.open("one")
    upload(page, "rad.png", files.telling_png())
    page._details._controls["alt_text"].value = "Ein Rad"
    page.model.use()
    (item,) = workspace.drafts.get("one").versions[0].media
    assert (item.name, item.alt_text, item.asset) == ("rad.png", "Ein Rad", page.model.chosen)
    page.show()
    assert "Verwendet in: Grüße aus Köln" in markup(page)
    with page.panel.trying():
        page.model.use()
    assert "schon im geöffneten Entwurf" in page.panel.status.value


def test_search_removal_and_deletion(page, workspace):
    upload(page, "rad.png", files.telling_png())
    upload(page, "film.mp4", files.film())
    page._search.value = "rad"
    assert len(page._cards.children) == 1
    page._search.value = ""
    page._details._remove()
    assert len(workspace.media.list()) == 1
    page._back.click()
    assert len(workspace.media.list()) == 2
    assert page._details._delete.disabled
    page._details._sure.value = True
    page._details._delete.click()
    assert [asset.name for asset in workspace.media.list()] == ["rad.png"]
    assert not list((workspace.path / "media").glob("*.mp4"))


def test_rows_of_a_draft_take_kept_files_or_only_a_name(workspace):
    asset = workspace.media.add(files.telling_png(), name="rad.png", alt_text="Ein Rad", licence="eigenes")
    panel = kit.Panel(language="de", name="smm-draft")
    model = DraftModel(workspace)
    model.open("one")
    rows = DraftMedia(model, panel)
    model.observe(lambda _: rows.show(), names=["draft"])
    rows._add()
    kind, name, alt = rows._lines[0]
    name.value = "nur-name.jpg"
    assert "liegt nicht in den Medien" in rows._notes[0].value
    rows._files[0].value = asset.id
    (item,) = workspace.drafts.get("one").versions[0].media
    assert (item.asset, item.name, item.alt_text) == (asset.id, "rad.png", "Ein Rad")
    assert rows._notes[0].value == ""
    assert (name.disabled, kind.disabled) == (True, True)
    alt.value = "Im Schnee"
    assert workspace.drafts.get("one").versions[0].media[0].alt_text == "Im Schnee"
    rows._files[0].value = ""
    assert workspace.drafts.get("one").versions[0].media[0].asset == ""
    assert not name.disabled
