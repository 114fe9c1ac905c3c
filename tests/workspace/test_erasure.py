from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest

from smmlib import Campaign, Draft
from smmlib.errors import InvalidValueError
from smmlib.workspace import Match, Workspace
from tests.workspace.made_up import likes, stored

NAME = "Jürgen Öztürk"


def spreadsheet(content: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", content)
    return written.getvalue()


def holds(folder: Path, name: str) -> list[str]:
    """Files in which the name still stands, as text or as JSON escapes it."""
    signs = [
        name.encode(),
        name.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00"),
        name.encode("cp1252"),
    ]
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in found if any(sign.lower() in path.read_bytes().lower() for sign in signs)]


def test_a_name_is_found_however_it_is_stored(workspace: Workspace) -> None:
    decomposed = normalize("NFD", NAME)
    text = f"{decomposed}, Jürgen  Öztürk, Jürgen\u00a0Öztürk, JÜRGEN ÖZTÜRK"
    text += ": Jürgen Öztürks Rad, Jürgen Öztürkin"
    draft = workspace.drafts.add(Draft(text=text), author=decomposed)
    workspace.erase(NAME)
    assert workspace.drafts.get(draft.id).text == (
        "[erased], [erased], [erased], [erased]: [erased] Rad, Jürgen Öztürkin"
    )
    assert workspace.drafts.history(draft.id)[0].author == "[erased]"


def test_a_person_is_gone_from_everywhere(workspace: Workspace, folder: Path) -> None:
    draft = workspace.drafts.add(Draft(text=f"Danke an {NAME}!", labels={"von": NAME}), author=NAME)
    workspace.drafts.update(draft.replace(text="Danke an alle!"), author="Ben")
    long = workspace.drafts.add(Draft(text=f"{NAME} " * 2000, title="lang"))
    workspace.drafts.remove(long.id)
    workspace.campaigns.add(Campaign(name="Frühling", notes="jürgen öztürk fragen"))
    workspace.matches.add(Match(network="mastodon", account="rad", entity_id="a", draft=draft.id, by=NAME))
    first = workspace.response.add(likes({"a": 1, "b": 2}, text=f"Mit {NAME}:"), author=NAME)
    workspace.response.add(likes({"a": 3}, text="Ohne"))
    sheet = replace(likes({"c": 1}, text="x"), original=spreadsheet(NAME), sha256="f" * 64, source="x.xlsx")
    workspace.response.add(sheet)
    assert holds(folder, NAME)

    erasure = workspace.erase(NAME, author="Ben")

    assert holds(folder, NAME) == []
    assert (erasure.originals, erasure.imports) == (2, 1)
    assert erasure.parts >= 1
    assert "Backups" in erasure.text("en")
    history = workspace.drafts.history(draft.id)
    assert [(r.author, r.record and r.record.text) for r in history] == [
        ("[erased]", "Danke an [erased]!"),
        ("Ben", "Danke an alle!"),
    ]
    assert stored(workspace.response.to_pandas()) == {"a": 3, "b": 2, "c": 1}
    assert workspace.response.posts()["text"].tolist() == ["Ohne a", "Mit [erased]: b", "x c"]
    workspace.response.undo(first.import_id)
    assert stored(workspace.response.to_pandas()) == {"a": 3, "c": 1}


def test_other_words_stay(workspace: Workspace) -> None:
    draft = workspace.drafts.add(Draft(text="Anna und Annahme, Johanna, @anna, anna-lena", title="Anna"))
    workspace.erase("anna")
    kept = workspace.drafts.get(draft.id)
    assert kept.text == "[erased] und Annahme, Johanna, @[erased], [erased]-lena"


def test_an_erasure_is_logged_without_the_name(workspace: Workspace) -> None:
    workspace.drafts.add(Draft(text="Anna"))
    workspace.erase("Anna", author="Ben")
    with workspace._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT author, data FROM revisions WHERE kind = 'erasure'").all()
    assert [row.author for row in rows] == ["Ben"]
    assert '"records": 1' in rows[0].data
    assert "Anna" not in rows[0].data


@pytest.mark.parametrize("name", ["", "  ", "ab", " ab "])
def test_too_short_a_name_is_refused(workspace: Workspace, name: str) -> None:
    draft = workspace.drafts.add(Draft(text="ab"))
    with pytest.raises(InvalidValueError, match="too short"):
        workspace.erase(name)
    assert workspace.drafts.get(draft.id).text == "ab"


def test_the_log_of_erasures_can_be_read(workspace: Workspace) -> None:
    assert workspace.erasures().empty
    workspace.drafts.add(Draft(text="Anna"))
    workspace.erase("Anna", author="Ben")
    log = workspace.erasures()
    assert log[["author", "records", "originals"]].values.tolist() == [["Ben", 1, 0]]
    assert str(log["at"].dtype) == "datetime64[us, UTC]"


def test_an_address_is_erased_as_a_whole_and_others_stay(workspace: Workspace) -> None:
    text = "mia@example.org, <MIA@Example.org>. anna.mia@example.org mia@example.org.uk @mia-lena @mia!"
    draft = workspace.drafts.add(Draft(text=text))
    workspace.erase("mia@example.org")
    workspace.erase("@mia")
    assert workspace.drafts.get(draft.id).text == (
        "[erased], <[erased]>. anna.mia@example.org mia@example.org.uk @mia-lena [erased]!"
    )


def test_a_name_in_the_order_of_an_index_is_found(workspace: Workspace) -> None:
    draft = workspace.drafts.add(Draft(text="Öztürk, Jürgen; Öztürk und Jürgen"))
    workspace.erase(NAME)
    assert workspace.drafts.get(draft.id).text == "[erased]; Öztürk und Jürgen"


@pytest.mark.parametrize(
    ("ending", "original"),
    [
        (".csv", "Nr;Vorname;Nachname;Ort\n7;Jürgen;Öztürk;Köln\n".encode("cp1252")),
        (".csv", 'Nr,Nachname,Vorname\n7,"Öztürk","Jürgen"\n'.encode("utf-16")),
        (".json", json.dumps({"comments": [{"author": {"displayName": NAME}, "content": "Ja"}]}).encode()),
        (".html", b'<p class="comment">J&uuml;rgen <b>&Ouml;zt&uuml;rk</b>: Ja</p>'),
        (".xlsx", spreadsheet("<r><t>Jürg</t></r><r><t>en Öztürk</t></r>")),
        (".xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0" + NAME.encode("utf-16-le")),
    ],
)
def test_an_original_with_the_person_in_it_goes_whatever_its_kind(
    workspace: Workspace, folder: Path, ending: str, original: bytes
) -> None:
    kept = replace(likes({"a": 1}), original=original, sha256="a" * 64, source=f"crm{ending}")
    workspace.response.add(kept)
    other = replace(likes({"b": 1}), original=b"J\xc3\xbcrgens; Yilmaz", sha256="b" * 64, source="b.csv")
    workspace.response.add(other)
    assert workspace.erase(NAME).originals == 1
    assert [path.suffix for path in (folder / "raw").glob("*")] == [".csv"]
    assert stored(workspace.response.to_pandas()) == {"a": 1, "b": 1}
