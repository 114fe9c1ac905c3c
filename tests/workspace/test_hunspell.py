"""The dictionary of this machine, asked in the background."""

from __future__ import annotations

import shutil
import subprocess
import threading

import pytest

from smmlib.errors import WorkspaceError
from smmlib.workspace import hunspell
from smmlib.workspace.hunspell import Hunspell, ask_hunspell, has_hunspell

WORDS = {"Fahrad": ("Fahrrad",)}


def dictionary(language: str) -> None:
    """Skip where hunspell or this dictionary is not installed."""
    if not has_hunspell():
        pytest.skip("hunspell is not installed")
    try:
        ask_hunspell(language, ["a"])
    except WorkspaceError as problem:
        pytest.skip(str(problem))


def test_nobody_waits_and_each_word_is_asked_once() -> None:
    asked, go = [], threading.Event()

    def ask(language, words):
        go.wait(5)
        asked.extend(words)
        return {word: WORDS[word] for word in words if word in WORDS}

    speller = Hunspell(ask)
    assert speller.unknown(["Rad", "Fahrad"], "de") == {}
    go.set()
    speller.wait(5)
    assert speller.unknown(["Rad", "Fahrad"], "de") == WORDS
    speller.wait(5)
    assert asked == ["Rad", "Fahrad"]


def test_news_are_told_and_languages_are_apart() -> None:
    told = []
    speller = Hunspell(lambda language, words: {word: () for word in words} if language == "de" else {},
                       on_news=lambda: told.append(1))  # fmt: skip
    speller.unknown(["Hause"], "de")
    speller.unknown(["Hause"], "en")
    speller.wait(5)
    speller.wait(5)
    assert told
    assert speller.unknown(["Hause"], "de") == {"Hause": ()}
    assert speller.unknown(["Hause"], "en") == {}


def test_a_missing_dictionary_is_said_once_and_nothing_else_fails() -> None:
    calls = []

    def ask(language, words):
        calls.append(words)
        raise WorkspaceError("The dictionary {name} cannot be asked.", name="de_DE")

    speller = Hunspell(ask)
    for _ in range(3):
        assert speller.unknown(["Rad"], "de") == {}
        speller.wait(5)
    assert len(calls) == 1
    assert "de_DE" in str(speller.problem["de"])


def test_a_missing_program_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunspell, "PROGRAM", "no-such-hunspell")
    assert not has_hunspell()
    with pytest.raises(
        WorkspaceError, match=r"de_DE cannot be asked \(FileNotFoundError\)\. Install hunspell"
    ):
        ask_hunspell("de", ["Rad"])


def test_a_dictionary_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("sleep") is None:
        pytest.skip("this machine has no sleep")
    monkeypatch.setattr(hunspell, "PATIENCE", 0.05)
    run = subprocess.run
    monkeypatch.setattr(hunspell.subprocess, "run", lambda command, **how: run(["sleep", "5"], **how))
    with pytest.raises(WorkspaceError, match="TimeoutExpired"):
        ask_hunspell("de", ["Rad"])


def test_german_words_are_looked_up_for_real() -> None:
    dictionary("de")
    words = ["Fahrad", "Fahrrad", "Straße", "Kürbisbrot", "Pflanzzeit", "Wochenmarkt", "dass", "dasss"]
    found = ask_hunspell("de", [*words, "mitgegraben"])
    assert set(found) == {"Fahrad", "dasss"}
    assert "Fahrrad" in found["Fahrad"]


def test_english_words_in_german_are_known_where_both_dictionaries_are() -> None:
    dictionary("de")
    dictionary("en")
    assert ask_hunspell("de", ["Welcome", "Wellcomme"]).keys() == {"Wellcomme"}
    assert "the" in ask_hunspell("en", ["teh"])["teh"]
