"""The side-by-side view and the previews as a user drives them, without a browser."""

import pytest

from smmlib import Account, Version
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.preview_view import PreviewView
from smmlib.panels.drafting.versions_view import VersionsView

SENTENCE = "Am Samstag fahren wir mit dem Rad an den Deich. "
EVIL = "<script>alert(1)</script></style><b onmouseover=alert(1)>"


class Board(kit.Panel):
    """A panel of the two views alone."""

    def __init__(self, workspace, language="de"):
        super().__init__(language=language, name="smm-board")
        self.model = DraftModel(workspace)
        self.model.open("one")
        self.versions = VersionsView(self.model, self)
        self.preview = PreviewView(self.model, self)
        self.fill(self.versions, self.preview)
        self.model.observe(self.show, names=["draft"])
        self.show()

    def show(self, _change=None):
        survey = self.model.result
        self.versions.show(survey)
        self.preview.show(survey)

    def column(self, account):
        return self.versions._columns[account]

    def texts(self, account):
        return [text.value for text in self.column(account)._parts._texts]

    def counts(self, account):
        return [count.value for count in self.column(account)._parts._counts]


@pytest.fixture
def board(workspace):
    workspace.accounts.add(Account(id="wp", network="wordpress", handle="rad.example"))
    draft = workspace.drafts.get("one")
    versions = tuple(Version(account=a) for a in ("x", "ig", "m", "wp"))
    workspace.drafts.update(draft.replace(text=SENTENCE.strip(), versions=versions))
    return Board(workspace)


def stored(workspace, account):
    return next(v for v in workspace.drafts.get("one").versions if v.account == account)


def test_every_account_begins_by_following(board):
    assert board.texts("x") == [SENTENCE.strip()]
    assert board.column("x")._parts._texts[0].disabled
    assert "folgt" in board.column("x")._head.value
    assert "/ 280" in board.counts("x")[0]


def test_adapt_all_makes_a_thread_where_there_are_threads_and_fields_where_there_are_fields(board, workspace):
    board.model.edit(text=SENTENCE * 10)
    board.versions.children[0].children[0].click()
    assert len(stored(workspace, "x").thread) == 2
    assert len(board.texts("x")) == 2
    assert "Thread mit 2 Teilen" in board.column("x")._note.value
    assert stored(workspace, "m").text is None
    assert board.column("wp")._fields._controls["title"].value.startswith("Am Samstag")
    assert "4 Fassungen angepasst" in board.status.value


def test_adapting_all_is_one_step_back(board, workspace):
    board.model.edit(text=SENTENCE * 10)
    before = workspace.drafts.get("one").versions
    board.versions._adapt_all()
    board.model.undo()
    assert workspace.drafts.get("one").versions == before


def test_an_account_that_cannot_be_adapted_says_why_and_the_others_are(board, workspace):
    workspace.accounts.add(Account(id="bs", network="bluesky", handle="@rad.example"))
    board.model.edit_version("bs")
    link = "https://rad.example/" + "a" * 400
    board.model.edit(text=f"{SENTENCE * 10}{link}")
    board.versions._adapt_all()
    assert "darf nicht zerschnitten werden" in board.column("bs")._note.value
    assert len(stored(workspace, "x").thread) > 1
    assert "4 von 5 angepasst" in board.status.value
    board.column("bs")._adapt.click()
    assert "smm-error" in board.status.value


def test_each_part_is_edited_and_counted_by_itself(board, workspace):
    board.model.edit(text=SENTENCE * 10)
    board.column("x")._adapt.click()
    first = board.counts("x")[0]
    board.column("x")._parts._texts[1].value = "z" * 281
    assert stored(workspace, "x").thread[1] == "z" * 281
    assert "1 zu viel" in board.counts("x")[1]
    assert board.counts("x")[0] == first
    assert stored(workspace, "x").text == "\n\n".join(stored(workspace, "x").thread)


def test_a_thread_is_joined_and_split_again(board, workspace):
    board.model.edit(text=SENTENCE * 10)
    board.column("x")._adapt.click()
    board.column("x")._join.click()
    assert stored(workspace, "x").thread == ()
    assert "1/2" not in board.texts("x")[0]
    assert board.texts("x")[0].split() == (SENTENCE * 10).split()
    board.column("x")._split.click()
    assert len(board.texts("x")) == 2
    assert "smm-hidden" in board.column("ig")._split._dom_classes


def test_splitting_a_text_that_follows_makes_it_one_that_can_drift(board, workspace):
    board.model.edit(text=SENTENCE * 10)
    board.column("x")._split.click()
    assert len(stored(workspace, "x").thread) == 2
    board.model.edit(text="Alles anders.")
    assert "weicht ab" in board.column("x")._head.value


def test_a_change_of_the_common_text_shows_which_versions_have_drifted(board, workspace):
    board.column("x")._own.click()
    board.column("x")._parts._texts[0].value = "Samstag: Rad & Deich"
    board.model.edit(text=SENTENCE.replace("Samstag", "Sonntag"))
    column = board.column("x")
    assert "weicht ab" in column._head.value
    assert "<del>Samstag</del> <ins>Sonntag</ins> " in column._drift.value
    assert "Hier steht noch: Samstag" in column._drift.value
    assert "folgt" in board.column("m")._head.value
    assert column._adapt.description == "Neu übernehmen"
    column._adapt.click()
    assert stored(workspace, "x").text is None
    assert column._drift.value == ""
    assert "folgt" in column._head.value


def test_a_small_change_in_a_long_text_is_shown_with_its_neighbourhood_only(board):
    board.model.edit(text=SENTENCE * 20 + "Ende. " + SENTENCE * 20)
    board.column("x")._own.click()
    board.model.edit(text=SENTENCE * 20 + "Schluss. " + SENTENCE * 20)
    shown = board.column("x")._drift.value
    assert "… fahren wir mit dem Rad an den Deich. <del>Ende.</del> <ins>Schluss.</ins> Am Samstag" in shown
    assert len(shown) < 400


def test_own_text_and_follow_again(board, workspace):
    column = board.column("m")
    column._own.click()
    column._parts._texts[0].value = "Nur hier"
    assert (stored(workspace, "m").text, stored(workspace, "m").adapted_from) == (
        "Nur hier",
        SENTENCE.strip(),
    )
    assert "eigener Text" in column._head.value
    column._follow.click()
    assert stored(workspace, "m").text is None
    assert column._parts._texts[0].disabled


def test_fields_are_kept_and_counted_and_the_content_warning_counts(board, workspace):
    before = board.counts("m")[0]
    board.column("m")._fields._controls["content_warning"].value = "Wetter"
    assert stored(workspace, "m").fields == {"content_warning": "Wetter"}
    assert board.counts("m")[0] != before
    assert "smm-card-warning" in board.preview._cards.value
    board.column("wp")._fields._controls["title"].value = "x" * 61
    assert "61 / 60 sichtbar" in board.column("wp")._fields._counts["title"].value
    board.column("m")._fields._controls["content_warning"].value = ""
    assert stored(workspace, "m").fields == {}


def test_the_link_card_is_kept_and_shown(board, workspace):
    workspace.accounts.add(Account(id="fb", network="facebook", handle="@rad"))
    board.model.edit_version("fb")
    board.versions._link_card._fields["title"].value = "Rad am Deich"
    assert workspace.drafts.get("one").link_card.title == "Rad am Deich"
    assert "smm-card-linked" in board.preview._cards.value


def test_device_and_brightness_of_the_preview(board):
    board.preview._device.value = "desktop"
    board.preview._theme.value = "dark"
    assert "smm-on-desktop" in board.preview._cards.value
    assert "smm-theme-dark" in board.preview._cards.value


def test_what_was_typed_is_text_everywhere(board, workspace):
    workspace.accounts.update(workspace.accounts.get("x").replace(handle="@rad" + EVIL))
    board.model.edit(text=EVIL + SENTENCE * 10)
    board.versions._adapt_all()
    board.model.edit(text="Neu " + EVIL)
    board.column("wp")._fields._controls["title"].value = EVIL
    shown = [board.preview._cards.value]
    for column in board.versions._columns.values():
        shown += [column._head.value, column._note.value, column._drift.value]
    for markup in shown:
        assert "<script" not in markup
        assert "<b on" not in markup
        assert "</style" not in markup


def test_only_what_changed_is_sent(board):
    board.column("ig")._own.click()
    sent = []
    column = board.column("ig")
    for widget in (column._head, column._parts._counts[0], column._parts._texts[0], column._note):
        widget.observe(sent.append, "value")
    board.model.edit(text=SENTENCE + "Mehr.")
    assert [change["owner"] is column._head for change in sent] == [True]  # it has drifted


def test_no_account_says_what_to_do(board):
    board.model.edit(versions=())
    assert board.versions._board.children[0].value.startswith('<div class="smm-empty">')
    assert "Kein Konto" in board.preview._cards.value


def test_it_speaks_english_too(workspace):
    board = Board(workspace, language="en")
    assert "follows" in board.column("x")._head.value
