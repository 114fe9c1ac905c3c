"""What differs between two states, what happened to a draft, and what two people changed at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from smmlib import Draft, Version
from smmlib.draft import Media, Variant
from smmlib.drafting.signoff import changes_html, conflict, diff, history_of
from tests.drafting.signoff.made_up import ACCOUNTS, BEGIN, DRAFT, PLANNED, PR, REQUEST, log

BY_ID = {account.id: account for account in ACCOUNTS}


@dataclass(frozen=True)
class Kept:
    number: int
    at: datetime
    author: str
    record: Draft | None


def test_a_diff_names_field_account_and_both_values() -> None:
    x, m = DRAFT.versions
    new = DRAFT.replace(
        text="Grüße aus Bonn. Heute 20 % auf alles!",
        link="https://example.com/neu",
        versions=(
            x.replace(
                planned_at=PLANNED + timedelta(days=1),
                media=(Media(name="rad.jpg", alt_text="Ein Rad im Regen"),),
            ),
            m,
            Version(account="weg"),
        ),
        variants=(Variant(name="A", text="Eins"), Variant(name="B", text="Zwei")),
        labels={"pillar": "How-to"},
    )
    found = diff(DRAFT, new, accounts=BY_ID, language="de")
    changes = {change.name("de"): (change.old, change.new) for change in found}
    assert changes == {
        "Text": (DRAFT.text, new.text),
        "Link": ("", "https://example.com/neu"),
        "Geplante Zeit · X · @rad": ("05.11.2026, 18:00 Uhr", "06.11.2026, 18:00 Uhr"),
        "Bilder und Filme · X · @rad": ("1. rad.jpg · Ein Rad", "1. rad.jpg · Ein Rad im Regen"),
        "Konto · weg": ("", "✓"),
        "Format · weg": ("", "Beitrag"),
        "Variante · A": ("", "Eins"),
        "Variante · B": ("", "Zwei"),
        "Label · pillar": ("", "How-to"),
    }
    assert diff(DRAFT, DRAFT) == ()


def test_markup_of_a_diff_is_escaped() -> None:
    evil = '</span><script>alert("x")</script>\u202e'
    markup = changes_html(diff(DRAFT, DRAFT.replace(text=evil, labels={evil: evil})))
    assert "<script" not in markup
    assert "\u202e" not in markup
    assert "[U+202E]" in markup


def test_edits_of_one_sitting_are_told_as_one() -> None:
    drafts = [DRAFT.replace(text=text) for text in ("a", "ab", "abc", "abcd", "abcde")]
    minutes = [0, 1, 11, 30, 31]
    states = [
        Kept(number, BEGIN + timedelta(minutes=minute), "Anna", draft)
        for number, (minute, draft) in enumerate(zip(minutes, drafts, strict=True), start=1)
    ]
    items = history_of(states, ())
    assert [(i.before and i.before.text, i.after and i.after.text) for i in items] == [
        (None, "abc"),
        ("abc", "abcde"),
    ]
    assert items[1].at == BEGIN + timedelta(minutes=31)
    assert [change.new for change in items[0].changes() if change.field == "Text" and not change.of] == [
        "abc"
    ]


def test_decisions_and_other_people_stand_between_edits() -> None:
    states = [
        Kept(1, BEGIN, "Anna", DRAFT),
        Kept(2, BEGIN + timedelta(minutes=1, seconds=30), "Anna", DRAFT.replace(text="x")),
        Kept(3, BEGIN + timedelta(minutes=3), "Ben", DRAFT.replace(text="y")),
        Kept(4, BEGIN + timedelta(minutes=4), "Ben", None),
    ]
    items = history_of(states, log([REQUEST, PR]))
    told = [(i.actor, i.entry.action if i.entry else "edit") for i in items]
    assert told == [
        ("Anna", "edit"),
        ("Anna", "request"),
        ("Anna", "edit"),
        ("Paula", "approve"),
        ("Ben", "edit"),
        ("Ben", "edit"),
    ]
    assert items[-1].changes() == ()
    assert items[1].changes() == ()


def test_a_conflict_holds_both_versions_and_what_each_changed() -> None:
    theirs = DRAFT.replace(text="Grüße aus Bonn")
    mine = DRAFT.replace(title="Neu")
    history = (Kept(1, BEGIN, "Anna", DRAFT), Kept(2, BEGIN + timedelta(minutes=1), "Ben", theirs))
    found = conflict(history, mine, expected=1)
    assert found is not None
    assert (found.mine, found.theirs, found.base, found.author) == (mine, theirs, DRAFT, "Ben")
    assert [c.field for c in found.mine_changed()] == ["Title"]
    assert [c.field for c in found.theirs_changed()] == ["Text"]
    assert [c.field for c in found.between()] == ["Title", "Text"]
    assert conflict((*history, Kept(3, BEGIN, "Ben", None)), mine, expected=1) is None
    gone = conflict(history, mine, expected=7)
    assert gone is not None
    assert gone.mine_changed() == ()
