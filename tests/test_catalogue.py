"""Every sentence of the interface is there in German, with the same things to fill in."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from smmlib.language import CATALOGUES
from tests.architecture import PACKAGE

SAYING = {"say", "mark", "say_many"}
PLACEHOLDER = re.compile(r"\{(\w*)(?:![rsa])?(?::[^{}]*)?\}")
# Words of the trade a German social media manager does not use in this sense.
UNWANTED = re.compile(r"\b(Claims?|Posting-Stop|Social-Media-Management-Tool)\b")


def said_in(folder: Path) -> dict[str, list[str]]:
    """Sentences in the code, with where they are said; of a plural the singular stands for both.

    Babel's own extraction overlooks what is said inside an f-string (before Python 3.12) or in one
    branch of a condition, so the syntax tree is read here.
    """
    found: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and call.args and called(call) in SAYING:
                for sentence in sentences(call.args[0]):
                    place = f"{file.relative_to(folder).as_posix()}:{call.lineno}"
                    found.setdefault(sentence, []).append(place)
    return found


def called(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def sentences(node: ast.expr) -> Iterator[str]:
    """The literal strings an argument may be."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from (*sentences(node.body), *sentences(node.orelse))
        case ast.BoolOp():
            yield from (text for value in node.values for text in sentences(value))


def notes_in(data: object) -> Iterator[str]:
    """Notes in data, however deep; they are shown as they stand."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from (value,) if key == "note" and isinstance(value, str) else notes_in(value)


def told_in(folder: Path) -> dict[str, list[str]]:
    """Notes of networks and names of export formats, with the file they stand in."""
    rules, formats = (
        folder / "networks" / "rules.toml",
        sorted((folder / "response" / "formats").glob("*.toml")),
    )
    found = {note: [rules.name] for note in notes_in(tomllib.loads(rules.read_text("utf-8")))}
    return found | {tomllib.loads(file.read_text("utf-8"))["name"]: [file.name] for file in formats}


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    return told_in(PACKAGE) | said_in(PACKAGE)


@pytest.fixture(scope="module")
def german() -> Catalog:
    with (CATALOGUES / "de" / "LC_MESSAGES" / "smmlib.po").open("rb") as file:
        return read_po(file, locale="de")


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def entries(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def test_nothing_is_missing(said: dict[str, list[str]], german: Catalog) -> None:
    missing = [
        f"{places[0]}: {sentence!r}"
        for sentence, places in said.items()
        if not (entry := german.get(sentence)) or not all(forms(entry.string))
    ]
    assert not missing, f"{len(missing)} sentences have no German:\n" + "\n".join(missing)


def test_nothing_is_left_over(said: dict[str, list[str]], german: Catalog) -> None:
    left_over = [forms(entry.id)[0] for entry in entries(german) if forms(entry.id)[0] not in said]
    assert not left_over, f"{len(left_over)} sentences nobody says:\n" + "\n".join(left_over)


def test_nothing_is_uncertain(german: Catalog) -> None:
    assert [entry.id for entry in entries(german) if entry.fuzzy] == []
    assert list(german.obsolete) == []


def test_the_same_is_filled_in(german: Catalog) -> None:
    differ = [entry.id for entry in entries(german) if not same_placeholders(entry)]
    assert differ == []


def test_a_sentence_with_a_plural_has_both_forms(german: Catalog) -> None:
    plural = [entry for entry in entries(german) if not isinstance(entry.id, str)]
    assert [entry.id for entry in plural if len(forms(entry.string)) != 2] == []


def test_the_words_are_those_of_the_trade(german: Catalog) -> None:
    texts = [text for entry in entries(german) for text in forms(entry.string)]
    assert [text for text in texts if UNWANTED.search(text)] == []


def same_placeholders(entry: Message) -> bool:
    """Whether the German fills in what the English does; the singular may leave out the count."""
    english = forms(entry.id)
    for number, text in enumerate(forms(entry.string)):
        wanted = set(PLACEHOLDER.findall(english[min(number, len(english) - 1)]))
        there = set(PLACEHOLDER.findall(text))
        if wanted != there and (isinstance(entry.id, str) or (wanted ^ there) != {"count"}):
            return False
    return True


@pytest.mark.parametrize(
    ("english", "german", "same"),
    [
        ("{a} of {b}", "{b}: {a}", True),
        ("{a:%1}", "{a:%1}", True),
        ("{a!r}", "{a}", True),
        ("{a} of {b}", "{a} von {c}", False),
        ("{a}", "nichts", False),
        (("{count} day", "{count} days"), ("ein Tag", "{count} Tage"), True),
        (("{count} day of {x}", "{count} days of {x}"), ("ein Tag", "{count} Tage von {x}"), False),
    ],
)
def test_a_wrong_placeholder_is_seen(english: str, german: str, same: bool) -> None:
    assert same_placeholders(Message(english, german)) is same


def test_every_form_of_saying_is_found(tmp_path: Path) -> None:
    code = """
say("one " "piece", x)
self.say("method")
mark("kept")
self.say_many("a", "b", n)
f"<b>{escape(self.say('in f-string'))}</b>"
say("yes" if x else "no", language)
say(variable, language)
"""
    (tmp_path / "a.py").write_text(code, "utf-8")
    assert set(said_in(tmp_path)) == {"one piece", "method", "kept", "a", "in f-string", "yes", "no"}


def test_what_is_marked_is_written_out() -> None:
    """A sentence put together at run time is in no catalogue."""
    for file in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and called(call) in SAYING and call.args:
                assert not isinstance(call.args[0], (ast.JoinedStr, ast.BinOp)), f"{file}:{call.lineno}"
                assert called(call) != "mark" or list(sentences(call.args[0])), f"{file}:{call.lineno}"
