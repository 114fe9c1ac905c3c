"""The sign-off bar as a user drives it, without a browser: press a button, read what is shown."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

import openpyxl
import pytest

from smmlib import Draft, Version, open_workspace
from smmlib.drafting.signoff import Step
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.signoff_bar import SignoffBar
from smmlib.panels.drafting.signoff_model import VIEW, SignoffModel

EVIL = '<script>alert("x")</script>\u202e'


class Frame(kit.Panel):
    """A panel with nothing but the bar."""

    def __init__(self, workspace, language="de"):
        super().__init__(language=language, name="smm-test")
        self.model = DraftModel(workspace)
        self.model.open("one")
        self.bar = SignoffBar(self.model, self)
        self.fill(self.bar)
        self.saved = []
        self.download.save = lambda *file: self.saved.append(file)


@pytest.fixture
def frame(workspace):
    workspace.campaigns.update(
        workspace.campaigns.get("herbst").replace(reviewers={"PR": (), "legal": ("Leo",)})
    )
    workspace.drafts.update(
        workspace.drafts.get("one").replace(versions=(Version(account="x"), Version(account="ig")))
    )
    return Frame(workspace)


def press(frame, action, *, name=None, role=None, text=""):
    bar = frame.bar
    if name is not None:
        bar._name.value = name
    if role is not None:
        bar._role.value = role
    bar._text.value = text
    bar._actions[action].click()
    return frame.status.value


def hidden(widget):
    return "smm-hidden" in widget._dom_classes


def test_from_draft_to_approved_by_two_people(frame, workspace):
    bar = frame.bar
    assert bar._standing.value.count("Nicht in Freigabe") == 2
    assert hidden(bar._actions["approve"])
    assert "Zur Freigabe gegeben." in press(frame, "request", name="Anna", text="Bitte bis morgen")
    assert bar._text.value == ""
    assert "Es fehlt noch die Freigabe von: PR, Recht." in bar._standing.value
    assert hidden(bar._actions["request"])
    press(frame, "approve", name="Paula", role="PR")
    press(frame, "approve", name="Leo", role="legal")
    assert bar._standing.value.count("Freigegeben von Paula, Leo.") == 2
    assert workspace.signoff.state("one").state == "approved"
    assert "Bitte bis morgen" in bar._past._list.value
    assert bar._past._list.value.index("Leo") < bar._past._list.value.index("Anna")


def test_typing_voids_at_once_and_says_what_changed(frame):
    test_from_draft_to_approved_by_two_people(frame, frame.model.workspace)
    frame.model.write("Grüße aus Bonn")
    shown = frame.bar._standing.value
    assert "Der Text wurde seitdem geändert" in shown
    assert '<del class="smm-gone">Köln</del><ins class="smm-new">Bonn</ins>' in shown
    assert not hidden(frame.bar._actions["request"])
    frame.model.write("Grüße aus Köln")
    assert frame.bar._standing.value.count("Freigegeben von Paula, Leo.") == 2


def test_what_is_missing_is_said_on_the_status_line(frame):
    assert "Name fehlt" in press(frame, "request", name="")
    press(frame, "request", name="Anna")
    assert "eigener Entwurf" in press(frame, "approve", role="PR")
    assert "so steht es im Protokoll" in press(frame, "approve", role="PR", text="Niemand sonst da")
    assert "eigener Entwurf" in frame.bar._standing.value
    assert "nicht für die Rolle" in press(frame, "approve", name="Paula", role="legal")
    assert "Was soll anders werden?" in press(frame, "return", name="Leo", role="legal")
    press(frame, "return", text="Bitte ohne Gruß")
    assert "Zurückgegeben von Leo: Bitte ohne Gruß" in frame.bar._standing.value
    assert "Kommentar ist leer" in press(frame, "comment")


def test_one_account_alone_and_a_wider_window(frame, workspace):
    planned = datetime(2026, 11, 5, 17, tzinfo=UTC)
    frame.model.edit_version("x", planned_at=planned)
    frame.bar._account.value = "x"
    press(frame, "request", name="Anna")
    assert [e.account for e in workspace.signoff.entries()] == ["x"]
    frame.bar._days.value = 3
    press(frame, "approve", name="Paula", role="PR")
    assert "Gilt: 02.11.2026, 00:00 Uhr bis 08.11.2026, 23:59 Uhr." in frame.bar._standing.value
    frame.bar._days.value = -1
    press(frame, "approve", name="Leo", role="legal")
    assert workspace.signoff.entries()[-1].window.open
    assert workspace.signoff.state("one").approved("x")
    assert not workspace.signoff.state("one").approved("ig")


def test_an_urgent_release_takes_a_reason_and_shows(frame, workspace):
    assert "gehört ein Grund" in press(frame, "urgent release", name="Chefin")
    press(frame, "urgent release", text="Rückruf läuft")
    assert "Eilfreigabe" in frame.bar._standing.value
    assert workspace.signoff.state("one").approved("x")
    assert hidden(frame.bar._actions["urgent release"])


def test_a_draft_changed_elsewhere_while_it_was_read_is_not_approved(frame, workspace):
    press(frame, "request", name="Anna")
    stored = workspace.drafts.get("one")
    workspace.drafts.update(stored.replace(text="Ganz anders"))
    assert "inzwischen geändert" in press(frame, "approve", name="Paula", role="PR")
    assert len(workspace.signoff.entries()) == 2


def test_both_versions_are_shown_when_two_wrote_at_once(frame, workspace):
    workspace.drafts.update(workspace.drafts.get("one").replace(text="Grüße aus Bonn"), author="Ben")
    frame.model.write("Grüße aus Aachen")
    shown = frame.bar._past._conflict.value
    assert "Ben hat zuerst gespeichert." in shown
    assert "Bonn" in shown
    assert "Aachen" in shown
    assert workspace.drafts.get("one").text == "Grüße aus Bonn"
    assert frame.model.draft.text == "Grüße aus Aachen"


def test_who_i_am_is_kept_for_the_next_time_and_for_each_login(frame, workspace):
    press(frame, "request", name="Anna", role="marketing")
    assert Frame(workspace).bar._name.value == "Anna"
    assert Frame(workspace).bar._role.value == "marketing"
    other = SignoffModel(frame.model, person="somebody else")
    assert other.name == ""
    other.name = "Ben"
    assert {p["name"] for p in workspace.settings.views[VIEW].values()} == {"Anna", "Ben"}


def test_edits_are_stored_under_the_name(frame, workspace):
    frame.bar._name.value = "Anna"
    frame.model.write("Neu")
    assert workspace.drafts.history("one")[-1].author == "Anna"
    assert "Was geändert wurde" in SignoffBar(frame.model, frame)._past._list.value


def test_what_users_wrote_is_text(frame):
    frame.model.edit(text=EVIL, title=EVIL)
    press(frame, "request", name=EVIL, text=EVIL)
    press(frame, "comment", text=EVIL)
    frame.model.write("anders")
    for shown in (frame.bar._standing.value, frame.bar._past._list.value):
        assert "<script" not in shown
        assert "alert" in shown


def test_the_log_is_checked_and_tampering_named(frame, workspace):
    press(frame, "request", name="Anna")
    assert "unversehrt: 2 Einträge" in frame.bar._past._log.value
    assert frame.bar._past.alarm.value == ""
    with workspace._database.writing() as connection:
        connection.exec_driver_sql("UPDATE signoff_log SET actor = 'Chef' WHERE number = 1")
    frame.bar._past._check()
    assert "Eintrag 1 wurde nachträglich geändert" in frame.bar._past._log.value
    assert "Eintrag 1 wurde nachträglich geändert" in frame.bar._past.alarm.value
    frame.bar.model.refresh()
    assert "nachträglich geändert" in frame.bar._past._list.value
    assert frame.bar.model.state.accounts["x"].state == "draft"


def answered(frame, **cells):
    """The XLSX sheet that was saved last, its first row filled in."""
    book = openpyxl.load_workbook(io.BytesIO(frame.saved[-1][1]))
    page = book.active
    columns = {cell.value: cell.column for cell in page[1]}
    for heading, value in {"Entscheidung": "freigeben", "Rolle": "Recht", "Name": "Leo", **cells}.items():
        page.cell(2, columns[heading]).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(sheets, name, content):
    sheets._uploaded({"new": ({"name": name, "content": memoryview(content)},)})


def test_a_sheet_goes_out_and_its_answer_comes_in(frame, workspace):
    sheets = frame.bar._sheets
    press(frame, "request", name="Anna")
    sheets._deadline.value = date(2026, 11, 4)
    sheets._save("xlsx")
    sheets._save("html")
    names = [file[0] for file in frame.saved]
    assert [name.rsplit(".", 1)[1] for name in names] == ["xlsx", "html"]
    assert "04.11.2026" in frame.saved[1][1].decode()
    frame.saved.pop()
    upload(sheets, "antwort.xlsx", answered(frame))
    assert "1 Antwort kann übernommen werden." in sheets._report.value
    assert not hidden(sheets._all)
    assert hidden(sheets._some)
    sheets._all.click()
    assert "1 Antwort wurde protokolliert." in frame.status.value
    assert workspace.signoff.state("one").accounts["x"].missing == ("PR",)
    assert hidden(sheets._answers)
    assert "aus einem Freigabebogen, eingelesen von Anna" in frame.bar._past._list.value


def test_refused_rows_are_shown_and_the_others_taken_only_when_asked(frame, workspace):
    sheets = frame.bar._sheets
    press(frame, "request", name="Anna")
    sheets._save("xlsx")
    upload(sheets, "antwort.xlsx", answered(frame, Entscheidung=EVIL))
    assert "1 Zeile wird abgelehnt." in sheets._report.value
    assert "<script" not in sheets._report.value
    assert hidden(sheets._all)
    assert hidden(sheets._some)
    sheets._drop()
    assert hidden(sheets._answers)
    upload(sheets, "antwort.json", json.dumps({"nothing": 1}).encode())
    assert "kein beantworteter Freigabebogen" in frame.status.value


def test_a_sheet_of_nothing_is_refused(frame):
    frame.bar._sheets.children[0].children[2].children[0].click()
    assert "Keiner dieser Beiträge ist in Freigabe" in frame.status.value
    assert frame.saved == []


def test_without_accounts_the_bar_says_what_to_do(frame, workspace):
    frame.model.open("two")
    assert "Noch nichts freizugeben" in frame.bar._standing.value
    assert "geht noch an kein Konto" in press(frame, "request", name="Anna")
    press(frame, "comment", text="Worum geht es?")
    assert [e.text for e in workspace.signoff.state("two").comments] == ["Worum geht es?"]


def test_an_empty_workspace_shows_an_empty_bar(tmp_path):
    with open_workspace(tmp_path / "new") as workspace:
        workspace.drafts.add(Draft(id="one"))
        frame = Frame(workspace, "en")
        workspace.drafts.remove("one")
        assert "Nothing to sign off yet" in frame.bar._standing.value
        frame.model.draft = None
        assert "No draft is open" in press(frame, "comment", name="Anna", text="x")


def test_code_leaves_the_same_state(frame, workspace):
    press(frame, "request", name="Anna")
    left: dict = {}
    exec(frame.bar.model.code, left)
    assert {id: a.state for id, a in left["result"].accounts.items()} == {"x": "review", "ig": "review"}


def test_steps_of_others_are_seen_after_reading_again(frame, workspace):
    press(frame, "request", name="Anna")
    workspace.signoff.append(Step("approve", "one", "Paula", role="PR"))
    frame.bar.model.refresh()
    assert "Es fehlt noch die Freigabe von: Recht." in frame.bar._standing.value
