"""Where sentences end, in German and English posts.

A full stop ends a sentence unless it belongs to an abbreviation ("z. B.", "Nr. 5"), an ordinal ("3. Mai"),
an initial or a date; a line break always does, as posts write headings and lists in lines of their own.
Known limit: after an abbreviation that may end a sentence ("usw.", "Mio."), and after a number below 100,
a sentence is only seen to begin when it begins with a word such as "Das", "Wir" or "The".

Own rules; German abbreviations and ordinals as in the rules of the Council for German Orthography (2024),
sections 101 to 104.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from smmlib.language import Language

Span = tuple[int, int]

_LISTS = Path(__file__).parent / "sentences.toml"

_CLOSING = "\"'“”‘’»«›‹)\\]"
_OPENING = "\"'„“‚‘»«›‹(\\[¿¡–—-"
_PICTURES = (
    "\u2600-\u26ff\u2702-\u2712\u2728-\u2763\u2764\U0001f000-\U0001f446\U0001f44a-\U0001faff"
    "\u200d\ufe0f\u20e3"
)
"""Emoji that may close a sentence. Hands and arrows that point to what comes are left out."""

_LINE = re.compile("[^\n\r\v\f\x85\u2028\u2029]+")
_STOP = re.compile(
    rf"(?P<stop>[.!?…]++)(?P<close>[{_CLOSING}]*+)(?P<pictures>(?:[^\S\n]*+[{_PICTURES}]++)*+)(?=\s|\Z)"
)
_NEXT = re.compile(rf"\s*+[{_OPENING}{_PICTURES}]*+\s*+(\S++)")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(rf"(?:^|(?<=[\s{_OPENING}]))(?:[^\W\d_]\.[ \u00a0\u202f]?)+\Z")
_LINKLIKE = re.compile(r"https?://|www\.|[#@]\w", re.IGNORECASE)
_STREET = re.compile(r"str\.\Z")
_ROMAN = re.compile(r"[IVX]{1,5}")
_LIST_NUMBER = re.compile(r"\W*\d{1,2}\Z")


def sentence_spans(text: str, language: Language = "de") -> tuple[Span, ...]:
    """Start and end of each sentence, without the white space around it; in order, never overlapping.

    Everything but white space lies in a sentence: joined, the spans hold every word of the text.

    Args:
        text: Any text.
        language: Its language; decides on abbreviations and on ordinals written with a full stop.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        for found in _STOP.finditer(text, start, end):
            if found.end() < end and _ends(text, found, (start, end), language):
                _add(spans, text, start, found.end())
                start = found.end()
        _add(spans, text, start, end)
    return tuple(spans)


def split_sentences(text: str, language: Language = "de") -> tuple[str, ...]:
    """The sentences of a text; see `sentence_spans`."""
    return tuple(text[start:end] for start, end in sentence_spans(text, language))


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    whole = text[start:end]
    bare = whole.strip()
    if bare:
        first = start + len(whole) - len(whole.lstrip())
        spans.append((first, first + len(bare)))


def _ends(text: str, found: re.Match[str], line: Span, language: Language) -> bool:
    """Whether the stop ends a sentence; `line` is where its line, or what is left of it, begins and ends."""
    after = _NEXT.match(text, found.end(), line[1])
    following = after.group(1) if after else ""
    stop, close = found["stop"], found["close"]
    small = following[:1].islower() and not _LINKLIKE.match(following)
    if "!" in stop or "?" in stop:
        return not (small and close)
    if small:
        return False
    if stop != ".":
        apart = text[found.start() - 1 : found.start()].isspace()
        return not apart or _starts(following, language)
    return bool(close or found["pictures"]) or _full_stop_ends(text, found, line, (following, language))


def _full_stop_ends(text: str, found: re.Match[str], line: Span, following: tuple[str, Language]) -> bool:
    """Whether a full stop before a capital, a digit or a sign ends a sentence."""
    stop = found.start()
    before = text[max(line[0], stop - 60) : stop].split()
    word = before[-1].lstrip(_OPENING.replace("\\", "")) if before else ""
    previous = before[-2].lower() if len(before) > 1 else ""
    next_word, language = following
    starts = _starts(next_word, language)
    if word.isdecimal() or (language == "de" and _ROMAN.fullmatch(word)):
        if _LIST_NUMBER.match(text[line[0] : stop]) and len(before) == 1:
            return False  # "1. Helm auf"
        return _number_ends(word, previous, (next_word, starts), language)
    letters = _LETTERS.search(text, max(line[0], stop - 15), stop + 1)
    key = re.sub(r"\s", "", letters.group()) if letters else word + "."
    small = key[:1].lower() + key[1:]
    if {key, small} & _words("never", language) or (len(key) == 2 and key.islower()):
        return False
    # "Max. 20" is a number of people, "Ich bin Max. Und du?" is not.
    known = small if next_word[:1].isdecimal() else key
    if (
        letters
        or known in _words("maybe", language)
        or key in _words("maybe", language)
        or _STREET.search(key)
    ):
        return starts and not re.match(r"\w\.", next_word)
    return not (key == "No." and next_word[:1].isdecimal())


def _number_ends(word: str, previous: str, following: tuple[str, bool], language: Language) -> bool:
    """Whether a sentence ends after "3." or "XIV."."""
    next_word, starts = following
    if language == "en" or starts:
        return True
    month = _WORD.match(next_word)
    if month and month.group() in _words("months", language):
        return False
    if len(word) > 2 and word.isdecimal():
        return previous not in _words("ordinal", language) or len(word) > 3
    return bool(_LINKLIKE.match(next_word))


def _starts(word: str, language: Language) -> bool:
    """Whether a word is one that begins a sentence, or something that is not part of one."""
    found = _WORD.match(word)
    return bool(_LINKLIKE.match(word)) or bool(found and found.group() in _words("starters", language))


@cache
def _words(kind: str, language: Language) -> frozenset[str]:
    lists = tomllib.loads(_LISTS.read_text(encoding="utf-8"))[language]
    return frozenset(lists.get(kind, "").split())
