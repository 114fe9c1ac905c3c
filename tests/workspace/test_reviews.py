"""Review sheets go out, come back, and only what was really decided on counts."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from smmlib import Account, Campaign, Draft, Version
from smmlib.draft import Media, Variant
from smmlib.drafting.signoff import ReviewReport, Step, review_html, review_xlsx
from smmlib.errors import ConflictError, InvalidValueError, UnknownNameError, UnreadableFileError
from smmlib.workspace import NetworkRules, Workspace, open_workspace

PLANNED = datetime(2026, 11, 5, 17, 0, tzinfo=UTC)
EVIL = "=cmd|'/C calc'!A0 </textarea></style><script>alert(\"x\")</script><b onmouseover=alert(1)>\u202e"


@pytest.fixture
def team(workspace: Workspace) -> Workspace:
    """Two drafts of Anna's in review, one of them for two accounts; PR and legal have to approve."""
    workspace.campaigns.add(Campaign(id="c", name="Herbst", reviewers={"PR": (), "legal": ("Leo",)}))
    workspace.accounts.add(Account(id="x", network="x", handle="@rad"))
    workspace.accounts.add(Account(id="m", network="mastodon", handle="@rad@social.example"))
    media = (Media(name="rad.jpg", alt_text="Ein Rad"),)
    versions = (Version(account="x", planned_at=PLANNED, media=media), Version(account="m"))
    workspace.drafts.add(Draft(id="one", campaign="c", text="Grüße\r\n\naus Köln", versions=versions))
    variants = (Variant(name="A", text="+49 30 1"), Variant(name="B", text="Zwei"))
    workspace.drafts.add(
        Draft(id="two", campaign="c", text=EVIL, versions=(Version(account="m"),), variants=variants)
    )
    workspace.signoff.append(
        Step("request", "one", "Anna", text="Bitte schnell"), Step("request", "two", "Anna")
    )
    return workspace


Fill = Callable[[Any, dict[str, int]], None]


def sent(team: Workspace, language: str = "de", fill: Fill | None = None) -> bytes:
    """The XLSX sheet of both drafts, filled in by `fill(page, column of heading)`, saved again."""
    sheet = team.reviews.sheet(["one", "two"], made_by="Anna", deadline=date(2026, 11, 4))
    data = review_xlsx(sheet, language)  # type: ignore[arg-type]
    if fill is None:
        return data
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.active
    assert page is not None
    fill(page, {str(cell.value): int(cell.column or 0) for cell in page[1]})
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def answers(*rows: tuple[int, str, str, str, str]) -> Fill:
    """Fill rows in: (row, decision, role, name, comment)."""

    def fill(page: Any, columns: dict[str, int]) -> None:
        for row, *cells in rows:
            for heading, value in zip(("Entscheidung", "Rolle", "Name", "Kommentar"), cells, strict=True):
                page.cell(row, columns[heading]).value = value

    return fill


def read(team: Workspace, data: bytes, name: str = "antwort.xlsx") -> ReviewReport:
    return team.reviews.read(data, name, entered_by="Anna")


def problems(report: ReviewReport, language: str = "en") -> list[tuple[int, str]]:
    return [(row.answer.row, row.problem.text(language)) for row in report.refused if row.problem]  # type: ignore[arg-type]


def test_an_answered_sheet_becomes_approvals_and_comments(team: Workspace) -> None:
    fill = answers(
        (2, "freigeben", "Recht", "Leo", ""),
        (3, "zurückgeben", "Recht", "Leo", "+ Bitte ohne 20 %"),
        (4, "", "", "Leo", "Schön!"),
    )
    report = read(team, sent(team, fill=fill))
    assert problems(report) == []
    assert team.signoff.verify().entries == 3
    entries = team.reviews.take_over(report)
    assert [(e.action, e.account, e.role, e.source, e.entered_by) for e in entries] == [
        ("approve", "x", "legal", "review sheet", "Anna"),
        ("comment", "m", "", "review sheet", "Anna"),
        ("return", "m", "legal", "review sheet", "Anna"),
    ]
    state = team.signoff.state("one")
    assert state.accounts["x"].missing == ("PR",)
    assert state.reason("m").text() == "Returned by Leo: + Bitte ohne 20 %"
    assert entries[0].window.holds(PLANNED)
    assert not entries[0].window.holds(PLANNED + timedelta(days=1))
    assert [e.text for e in team.signoff.state("two").comments] == ["Schön!"]
    again = read(team, sent(team, fill=answers((2, "freigeben", "Recht", "Leo", ""))))
    assert "in the log already, as entry 4" in problems(again)[0][1]


def test_an_untouched_sheet_is_not_an_answer(team: Workspace) -> None:
    report = read(team, sent(team))
    assert [row.outcome for row in report.rows] == ["unanswered"] * 3
    assert report.steps == ()
    assert "0 answers can be taken over. 0 rows are refused." in report.text()
    assert team.reviews.take_over(report) == ()


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_sheet_survives_being_written_and_read(team: Workspace, language: str) -> None:
    def fill(page: Any, columns: dict[str, int]) -> None:
        words = {"de": ("Entscheidung", "Name", "Rolle", "PR"), "en": ("Decision", "Name", "Role", "pr")}[
            language
        ]
        for row in (2, 3, 4):
            page.cell(row, columns[words[0]]).value = {"de": "FREIGEBEN ", "en": "approve"}[language]
            page.cell(row, columns[words[1]]).value = "Paula"
            page.cell(row, columns[words[2]]).value = words[3]

    report = read(team, sent(team, language, fill))
    assert problems(report) == []
    assert len(team.reviews.take_over(report)) == 3


def test_formulas_in_texts_are_text_in_the_sheet(team: Workspace) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent(team)))
    page = book["Freigabe"]
    cells = [cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    (text,) = [cell for cell in cells if str(cell.value).startswith("=cmd")]
    assert text.quotePrefix
    lists = [validation.formula1 for validation in page.data_validations.dataValidation]
    assert '"freigeben,zurückgeben,nur Kommentar"' in lists
    assert page.protection.sheet
    assert not page.cell(2, 8).protection.locked
    assert page.cell(2, 4).protection.locked
    said = "\n".join(str(row[0].value) for row in book["So geht es"].iter_rows())
    assert "04.11.2026" in said
    assert str(team.signoff.head()) in said


BY_HAND: dict[str, tuple[int, str, str, str]] = {
    "text": (2, "Text", "Grüße aus Bonn", "Text was changed in the sheet"),
    "link": (2, "Link", "https://evil.example", "Link was changed in the sheet"),
    "alt text": (2, "Bilder und Filme", "1. rad.jpg", "Pictures and films was changed"),
    "variant": (4, "Weitere Teile", "Variante A: anders", "Further parts was changed in the sheet"),
    "fingerprint": (2, "Prüfsumme", "f" * 64, "belongs to no state of this post"),
    "no fingerprint": (2, "Prüfsumme", "", "belongs to no state of this post"),
    "fingerprint of another row": (2, "Prüfsumme", "OTHER", "belongs to no state of this post"),
    "decision": (2, "Entscheidung", "ja klar", "The decision is 'ja klar'; it must be one of: freigeben"),
    "no name": (2, "Name", "  ", "The name is missing"),
    "role": (2, "Rolle", "Chefin", "The role is 'Chefin'; it must be one of"),
    "not my role": (2, "Rolle", "Marketing", "Leo is not named for the role Marketing"),
    "no role": (2, "Rolle", "", "Leo is not named for the role –"),
    "draft": (2, "smm_draft", "two", "no longer there, or its id was changed"),
    "account": (2, "smm_account", "li", "no longer there, or its id was changed"),
    "workspace": (2, "smm_workspace", "0" * 64, "belongs to another workspace"),
    "planned time": (2, "smm_planned", "morgen", "The planned time 'morgen' was changed"),
    "another day": (2, "smm_planned", "2027-01-01T10:00:00+00:00", "Planned time was changed in the sheet"),
    "planned time as shown": (2, "Geplante Zeit", "6.11.2026, 18 Uhr", "Planned time was changed"),
    "account as shown": (2, "Konto", "linkedin · @rad", "Account was changed in the sheet"),
    "return without comment": (2, "Entscheidung", "zurückgeben", "takes a comment"),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_row_edited_by_hand_is_refused_with_its_reason_and_the_others_are_not(
    team: Workspace, name: str
) -> None:
    row, heading, value, said = BY_HAND[name]

    def fill(page: Any, columns: dict[str, int]) -> None:
        answers(*((r, "freigeben", "Recht", "Leo", "") for r in (2, 3, 4)))(page, columns)
        fingerprint = page.cell(3, columns["Prüfsumme"]).value
        page.cell(row, columns[heading]).value = fingerprint if value == "OTHER" else value

    report = read(team, sent(team, fill=fill))
    assert [(number, said in text) for number, text in problems(report)] == [(row, True)], report.text()
    assert problems(report, "de") != problems(report)
    assert len(report.steps) == 2
    with pytest.raises(InvalidValueError, match=r"Rows refused: 1\. Nothing was taken over"):
        team.reviews.take_over(report)
    assert team.signoff.verify().entries == 3
    assert len(team.reviews.take_over(report, partly=True)) == 2
    assert f"row {row} · " in report.text()
    frame = report.to_frame("de")
    assert list(frame["outcome"]).count("abgelehnt") == 1


def test_an_outdated_sheet_is_refused_row_by_row(team: Workspace) -> None:
    data = sent(
        team, fill=answers((2, "freigeben", "Recht", "Leo", ""), (4, "freigeben", "Recht", "Leo", ""))
    )
    team.drafts.update(team.drafts.get("one").replace(text="Neu"))
    team.signoff.append(Step("request", "one", "Anna"))
    report = read(team, data)
    assert [(row, "changed after this sheet was made" in text) for row, text in problems(report)] == [
        (2, True)
    ]
    assert len(report.steps) == 1
    assert not team.signoff.state("one").approved("x")


def test_a_post_changed_between_reading_and_taking_over_is_a_conflict(team: Workspace) -> None:
    report = read(team, sent(team, fill=answers((2, "freigeben", "Recht", "Leo", ""))))
    team.drafts.update(team.drafts.get("one").replace(text="Neu"))
    with pytest.raises(ConflictError, match="changed while you were looking"):
        team.reviews.take_over(report)
    assert team.signoff.verify().entries == 3


def test_two_rows_for_one_post_contradict_each_other(team: Workspace) -> None:
    def fill(page: Any, columns: dict[str, int]) -> None:
        answers((2, "freigeben", "Recht", "Leo", ""))(page, columns)
        for column in columns.values():
            page.cell(5, column).value = page.cell(2, column).value
        answers((5, "zurückgeben", "Recht", " leo", "Doch nicht"))(page, columns)

    report = read(team, sent(team, fill=fill))
    assert [(row, "decides twice" in text) for row, text in problems(report)] == [(2, True), (5, True)]


def test_rows_and_columns_moved_and_rows_left_out_are_understood(team: Workspace) -> None:
    def fill(page: Any, columns: dict[str, int]) -> None:
        answers((2, "freigeben", "Recht", "Leo", ""))(page, columns)
        page.delete_rows(3)
        page.insert_rows(1)
        page.cell(1, 1).value = "Rückmeldung von Leo"

    report = read(team, sent(team, fill=fill))
    assert problems(report) == []
    assert len(report.steps) == 1


def test_an_account_on_a_network_of_the_teams_own_is_known_by_its_name(team: Workspace) -> None:
    tables = {"name": "Radforum", "status": "live", "unit": "characters"}
    team.networks.add(NetworkRules(id="radforum", rules=tables))
    team.accounts.add(Account(id="f", network="radforum", handle="@rad"))
    team.drafts.add(Draft(id="three", campaign="c", text="Hallo Forum", versions=(Version(account="f"),)))
    team.signoff.append(Step("request", "three", "Anna"))
    sheet = team.reviews.sheet(["three"], made_by="Anna")
    book = openpyxl.load_workbook(io.BytesIO(review_xlsx(sheet, "de")))
    page: Any = book.active
    answers((2, "freigeben", "Recht", "Leo", ""))(page, {str(c.value): int(c.column or 0) for c in page[1]})
    buffer = io.BytesIO()
    book.save(buffer)
    report = read(team, buffer.getvalue())
    assert problems(report) == []
    assert len(report.steps) == 1


def test_a_sheet_whose_log_is_gone_tells_so(team: Workspace) -> None:
    team.signoff.append(Step("comment", "one", "Anna", text="letzte Worte"))
    data = sent(team, fill=answers((4, "freigeben", "Recht", "Leo", "")))
    with closing(sqlite3.connect(team.path / "state.sqlite")) as connection:
        connection.execute("DELETE FROM signoff_log WHERE number = 4")
        connection.execute("UPDATE sqlite_sequence SET seq = 3 WHERE name = 'signoff_log'")
        connection.commit()
    assert team.signoff.verify().whole
    report = read(team, data)
    assert "Entry 4 at the end is missing" in report.text()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no answered review sheet"),
        (b"PK\x03\x04 cut", "ends too early"),
        (b"Hallo, passt so!", "no answered review sheet"),
        (b'{"smm_review": 2, "answers": []}', "no answered review sheet"),
        (b'{"smm_review": 1, "answers": 7}', "no answered review sheet"),
        (b"{" * 100_000 + b"}" * 100_000, "no answered review sheet"),
        (b"\xd0\xcf\x11\xe0 old", "not a readable spreadsheet"),
    ],
)
def test_files_that_are_no_answer_are_refused(team: Workspace, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        read(team, data)


def test_another_spreadsheet_and_a_column_taken_out_are_refused(team: Workspace) -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    with pytest.raises(UnreadableFileError, match="no answered review sheet"):
        read(team, buffer.getvalue())
    with pytest.raises(UnreadableFileError, match=r"lacks the column\(s\) Decision"):
        read(team, sent(team, fill=lambda page, columns: page.delete_cols(columns["Entscheidung"])))


def test_a_too_large_answer_is_refused(team: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smmlib.drafting.signoff.answers.LARGEST", 1000)
    with pytest.raises(UnreadableFileError, match="too large"):
        read(team, sent(team))


def test_only_posts_in_review_are_on_a_sheet(team: Workspace) -> None:
    team.signoff.append(Step("return", "one", "Leo", ("m",), text="Nein"))
    assert [post.content.account for post in team.reviews.sheet(["one"]).posts] == ["x"]
    team.signoff.append(Step("withdraw", "one", "Anna", ("x",)))
    with pytest.raises(InvalidValueError, match="None of these posts is in review"):
        team.reviews.sheet(["one"])
    with pytest.raises(UnknownNameError, match="Draft 'gone'"):
        team.reviews.sheet(["gone"])


# --- the HTML sheet
def html(team: Workspace, language: str = "de") -> str:
    sheet = team.reviews.sheet(["one", "two"], made_by=EVIL, deadline=date(2026, 11, 4))
    return review_html(sheet, language)  # type: ignore[arg-type]


def test_the_page_holds_all_a_reviewer_needs(team: Workspace) -> None:
    page = html(team)
    fingerprint = team.signoff.state("one").accounts["x"].content.fingerprint
    assert fingerprint in page
    assert "Bitte antworten bis 04.11.2026." in page
    assert "Anna: Bitte schnell" in page
    assert str(team.signoff.head()) in page
    assert page.count('class="smm-post"') == 3
    assert "05.11.2026, 18:00 Uhr" in page


def test_the_page_loads_nothing_and_runs_nothing_but_its_own_script(team: Workspace) -> None:
    page = html(team)
    assert "default-src 'none'" in page
    assert page.count("<script") == 1
    assert page.count("</style>") == 1
    assert "<b onmouseover" not in page
    assert "\u202e" not in page
    assert not re.search(r'(?:src|href)="', page)
    assert "http-equiv" in page


def test_what_changed_since_the_last_decision_is_on_the_page(team: Workspace) -> None:
    team.signoff.append(Step("approve", "one", "Leo", role="legal"))
    team.drafts.update(team.drafts.get("one").replace(text="Grüße\r\n\naus Bonn"))
    team.signoff.append(Step("request", "one", "Anna"))
    page = html(team)
    assert "Seit der letzten Entscheidung geändert" in page
    assert '<del class="smm-gone">Köln</del><ins class="smm-new">Bonn</ins>' in page


def answer_file(team: Workspace, **changes: Any) -> bytes:
    """What the page saves, with some fields changed."""
    here = team.signoff.state("one").accounts["x"]
    row = {
        "draft": "one",
        "account": "x",
        "fingerprint": here.content.fingerprint,
        "planned": PLANNED.isoformat(),
    }
    row |= {"decision": "approve", "comment": "Passt 👍"}
    told = {"smm_review": 1, "workspace": team.signoff.key(), "log": str(team.signoff.head())}
    told |= {"name": "Leo", "role": "legal", "answers": [row | changes]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def test_the_file_the_page_saves_is_read_back(team: Workspace) -> None:
    report = read(team, answer_file(team), "review-answer.json")
    assert problems(report) == []
    (entry,) = team.reviews.take_over(report)
    assert (entry.action, entry.actor, entry.text) == ("approve", "Leo", "Passt 👍")


def test_the_answer_is_found_in_a_mail_that_quotes_it(team: Workspace) -> None:
    quoted = "\r\n".join("> " + line for line in answer_file(team).decode().splitlines())
    mail = f"Hallo Anna,\r\nhier meine Antwort:\r\n\r\n{quoted}\r\n\r\nViele Grüße {{Leo"
    report = read(team, mail.encode(), "mail.txt")
    assert problems(report) == []
    assert len(report.steps) == 1


def test_a_file_edited_by_hand_is_refused(team: Workspace) -> None:
    for changes, said in (
        ({"fingerprint": "0" * 64}, "belongs to no state"),
        ({"decision": "<script>"}, "The decision is '<script>'"),
        ({"draft": ["one"]}, "no longer there"),
        ({"planned": {"a": 1}}, "was changed in the sheet"),
    ):
        assert said in problems(read(team, answer_file(team, **changes)))[0][1]


def test_ones_own_draft_takes_a_reason_on_a_sheet_too(team: Workspace) -> None:
    team.campaigns.update(team.campaigns.get("c").replace(reviewers={}))
    data = json.loads(answer_file(team, comment=""))
    data["name"] = "anna"
    report = read(team, json.dumps(data).encode())
    assert "draft of your own" in problems(report)[0][1]


def test_a_copy_of_the_workspace_reads_its_sheets(team: Workspace, tmp_path: Path) -> None:
    data = sent(team, fill=answers((2, "freigeben", "Recht", "Leo", "")))
    backup = team.backup(tmp_path / "b.zip")
    team.restore(backup)
    assert problems(read(team, data)) == []
    with open_workspace(tmp_path / "other") as other:
        assert "another workspace" in other.reviews.read(data, "a.xlsx").text()
