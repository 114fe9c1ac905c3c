"""The log shows what was changed, taken out, put in, moved or cut off, and says what it cannot show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.drafting.signoff import Deed, Head, LogEntry, Window, verify_chain, write_entry
from smmlib.drafting.signoff.chain import read_erasures, write_erasures
from smmlib.drafting.signoff.entry import START, WORDS, Word
from smmlib.errors import InvalidValueError
from tests.drafting.signoff.made_up import BEGIN, LEGAL, PLANNED, PR, REQUEST, deed, log

LOG = log([REQUEST, PR, LEGAL, deed("comment", "Paula", text="Schön"), deed("hand over", "Anna")])


def kinds(entries: tuple[LogEntry, ...], **more: object) -> list[tuple[int, str]]:
    return [(breach.number, breach.kind) for breach in verify_chain(entries, **more).breaches]  # type: ignore[arg-type]


def without(entry: LogEntry, name: str) -> LogEntry:
    """The entry with one word and its salt deleted."""
    word = replace(entry.words[name], value=None, salt=None)  # type: ignore[index]
    return replace(entry, words={**entry.words, name: word})


def changed(number: int, **changes: object) -> tuple[LogEntry, ...]:
    return tuple(replace(e, **changes) if e.number == number else e for e in LOG)  # type: ignore[arg-type]


def test_a_log_as_it_was_written_is_whole() -> None:
    found = verify_chain(LOG)
    assert found.whole
    assert found.head == Head(5, LOG[-1].hash)
    assert "whole: 5 entries" in found.text("en")
    assert str(found.head) in found.text("de")
    assert verify_chain(()).whole
    assert verify_chain(()).head is None


@pytest.mark.parametrize(
    "changes",
    [
        {"action": "comment"},
        {"role": "legal"},
        {"own": True},
        {"source": "review sheet"},
        {"window": Window(PLANNED, None)},
        {"at": BEGIN},
        {"hash": "0" * 64},
    ],
    ids=str,
)
def test_a_changed_field_is_named_by_its_entry(changes: dict[str, object]) -> None:
    assert (2, "changed") in kinds(changed(2, **changes))


@pytest.mark.parametrize("name", WORDS)
def test_a_changed_word_is_named(name: str) -> None:
    word = replace(LOG[1].words[name], value="anders")  # type: ignore[index]
    entries = changed(2, words={**LOG[1].words, name: word})
    (breach,) = verify_chain(entries).breaches
    assert (breach.number, breach.kind) == (2, "changed")
    shown = {"text": "comment", "entered_by": "entered by"}.get(name, name)
    assert breach.text() == f"Entry 2 was changed afterwards ({shown})."


def test_a_word_sealed_anew_does_not_fit_the_entry() -> None:
    words = {**LOG[1].words, "text": Word.sealed("text", "anders", "0" * 32)}
    assert kinds(changed(2, words=words)) == [(2, "changed")]


def test_an_entry_hashed_anew_does_not_fit_the_next() -> None:
    forged = replace(LOG[1], action="comment")
    forged = replace(forged, hash=forged.due_hash())
    assert kinds((LOG[0], forged, *LOG[2:])) == [(3, "unlinked")]


def test_entries_taken_out_are_numbered() -> None:
    found = verify_chain((LOG[0], *LOG[3:]))
    assert [(b.number, b.kind) for b in found.breaches] == [(4, "removed")]
    assert "2 to 3. They were taken out" in found.breaches[0].text()
    assert kinds(LOG[1:]) == [(2, "removed")]


def test_an_entry_put_in_is_named() -> None:
    extra = write_entry(PR, number=3, at=BEGIN, previous=LOG[1].hash, new_salt=lambda: "0" * 32)
    moved_on = tuple(replace(e, number=e.number + 1) for e in LOG[2:])
    found = kinds((*LOG[:2], extra, *moved_on))
    assert (3, "inserted") in found
    assert {number for number, kind in found if kind == "changed"} == {4, 5, 6}


def test_entries_in_another_order_are_seen() -> None:
    swapped = (LOG[0], replace(LOG[2], number=2), replace(LOG[1], number=3), *LOG[3:])
    found = kinds(swapped)
    assert {number for number, kind in found if kind == "changed"} == {2, 3}
    assert any(kind in ("moved", "unlinked") for _, kind in found)


def test_a_log_cut_off_shows_only_with_a_state_known_from_elsewhere() -> None:
    cut = LOG[:3]
    assert kinds(cut) == []
    assert kinds(cut, known=Head(5, LOG[4].hash)) == [(4, "cut off")]
    assert kinds(cut, last_number=5) == [(4, "cut off")]
    assert kinds((), last_number=5) == [(1, "cut off")]


def test_a_log_written_anew_shows_only_with_a_state_known_from_elsewhere() -> None:
    forged = log([REQUEST, deed("approve", "Mallory"), LEGAL, LEGAL, LEGAL])
    assert kinds(forged) == []
    assert kinds(forged, known=Head(2, LOG[1].hash)) == [(2, "rewritten")]
    assert kinds(LOG, known=Head(2, LOG[1].hash[:12])) == []


def test_words_erased_with_an_erasure_on_record_leave_the_chain_whole() -> None:
    erased = tuple(without(e, "actor") if e.number in (2, 4) else e for e in LOG)
    assert kinds(erased) == [(2, "blanked"), (4, "blanked")]
    told = Deed("erase", "Ben", "", text=write_erasures({2: ["actor"], 4: ["actor"]}))
    last = write_entry(told, number=6, at=BEGIN, previous=LOG[-1].hash, new_salt=lambda: "0" * 32)
    found = verify_chain((*erased, last))
    assert found.whole
    assert found.erased == 2
    assert "In 2 entries" in found.text()
    assert kinds((*(without(e, "text") if e.number == 2 else e for e in erased), last)) == [(2, "blanked")]


def test_a_word_without_its_salt_or_a_salt_without_its_word_is_changed() -> None:
    for half in ({"value": None}, {"salt": None}):
        word = replace(LOG[1].words["actor"], **half)  # type: ignore[arg-type]
        assert kinds(changed(2, words={**LOG[1].words, "actor": word})) == [(2, "changed")]


@given(st.dictionaries(st.integers(1, 10**6), st.lists(st.sampled_from(WORDS), min_size=1)))
def test_erasures_are_read_as_written(erased: dict[int, list[str]]) -> None:
    assert read_erasures(write_erasures(erased)) == erased


@given(st.lists(st.text(max_size=20), max_size=8), st.data())
def test_any_one_change_of_a_word_is_found(texts: list[str], data: st.DataObject) -> None:
    entries = log([deed("comment", "Anna", text=text) for text in [*texts, "last"]])
    assert verify_chain(entries).whole
    number = data.draw(st.integers(1, len(entries)))
    other = data.draw(st.text(max_size=20).filter(lambda text: text != entries[number - 1].text))
    word = replace(entries[number - 1].words["text"], value=other)
    forged = tuple(replace(e, words={**e.words, "text": word}) if e.number == number else e for e in entries)
    assert kinds(forged) == [(number, "changed")]


def test_the_first_entry_follows_nothing() -> None:
    assert LOG[0].previous == START
    assert kinds((replace(LOG[0], previous="f" * 64), *LOG[1:]))[0] == (1, "changed")


@pytest.mark.parametrize("text", ["", "12", "12:xyz", "x:9f86d081884c", "12:9f86d08"])
def test_a_state_of_the_log_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="no state of the log"):
        Head.read(text)


def test_a_state_of_the_log_is_read_as_printed() -> None:
    head = Head(12, "9F86D081884C7D65")
    assert Head.read(f" {head} ") == Head(12, "9f86d081884c7d65")
