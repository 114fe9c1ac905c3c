"""The spelling dictionary of this machine: hunspell, where it is installed.

smmlib ships no dictionary (Debian's German one is GPL); it asks the one the user has. Loading takes a second
or more, so words are looked up in the background, each only once.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from smmlib.errors import WorkspaceError
from smmlib.language import Language, mark

PROGRAM = "hunspell"
DICTIONARIES: dict[Language, str] = {"de": "de_DE", "en": "en_US"}
_PREFIXES = (
    *(
        "ab",
        "an",
        "auf",
        "aus",
        "bei",
        "durch",
        "ein",
        "her",
        "hin",
        "los",
        "mit",
        "nach",
        "um",
        "vor",
        "weg",
    ),
    *("weiter", "zu", "zurück", "zusammen"),
)
PATIENCE = 60  # seconds for one run
Found = Mapping[str, tuple[str, ...]]
Ask = Callable[[Language, Sequence[str]], Found]


def ask_hunspell(language: Language, words: Sequence[str]) -> Found:
    """Look words up: those hunspell does not know, each with what it may have meant.

    German makes words no dictionary lists ("Kürbisbrot"): two known nouns put together are known. So are
    English words, which German posts are full of ("Stream"), where the English dictionary is there too.

    Args:
        language: Language of the words.
        words: Words without white space.

    Raises:
        WorkspaceError: hunspell or its dictionary is missing, or it did not answer in time.
    """
    wrong = _wrong(language, words)
    if language == "de" and wrong:
        wrong = _not_english(_no_compounds(wrong))
    return _near(_run(language, "-a", [f"^{word}" for word in wrong]), wrong) if wrong else {}


def _wrong(language: Language, words: Iterable[str]) -> list[str]:
    """The words of which a part is unknown."""
    asked = list(words)
    unknown = set(_run(language, "-l", asked).split())
    return [word for word in asked if word in unknown or unknown & set(re.split(r"[-‐‑'’]", word))]


def _no_compounds(words: Sequence[str]) -> list[str]:
    pairs = {word: list(_halves(word)) for word in words}
    parts = sorted({part for halves in pairs.values() for pair in halves for part in pair})
    unknown = set(_wrong("de", parts))
    return [word for word in words if not any(set(pair).isdisjoint(unknown) for pair in pairs[word])]


def _not_english(words: Sequence[str]) -> list[str]:
    try:
        return _wrong("en", words)
    except WorkspaceError:  # no English dictionary: these words are looked at in German only
        return list(words)


def _halves(word: str) -> Iterator[tuple[str, str]]:
    """What a German word may be put together from: two nouns, a verb and a noun, a prefix and a verb."""
    if not word.isalpha():
        return
    if not word[0].isupper():
        yield from (
            (part, word.removeprefix(part)) for part in _PREFIXES if word.startswith(part) and len(word) > 6
        )
        return
    for ending in ("in", "innen"):
        if word.endswith(f"er{ending}"):
            yield (word.removesuffix(ending),) * 2  # Bestatterin: Bestatter
    for cut in range(3, len(word) - 3):
        left, right = word[:cut], word[cut:].capitalize()
        yield left, right
        yield f"{left}en", right  # Pflanzzeit: pflanzen
        if left.endswith("s"):
            yield left[:-1], right


def _run(language: Language, mode: str, lines: Iterable[str]) -> str:
    command = [PROGRAM, mode, "-i", "UTF-8", "-d", DICTIONARIES[language]]
    try:
        return subprocess.run(
            command,
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError) as problem:
        raise WorkspaceError(
            mark(
                "The dictionary {name} cannot be asked ({why}). Install hunspell with it; "
                "the other checks work without."
            ),
            name=DICTIONARIES[language],
            why=type(problem).__name__,
        ) from problem


def _near(answer: str, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What `hunspell -a` says: a greeting, then for each line its words, then an empty line."""
    blocks = "\n".join(answer.splitlines()[1:]).split("\n\n")
    found: dict[str, tuple[str, ...]] = dict.fromkeys(words, ())
    for word, block in zip(words, blocks, strict=False):
        lines = [line.partition(": ")[2] for line in block.splitlines() if line.startswith("&")]
        if len(lines) == 1:
            found[word] = tuple(lines[0].split(", "))
    return found


class Hunspell:
    """A `Speller` that asks hunspell in the background and remembers every word.

    Args:
        ask: Looks words up and returns the unknown ones; `ask_hunspell` unless a test says otherwise.
        on_news: Called from the background when new answers are there, so that a panel can check again.
        patience: Seconds `unknown` waits for words that are new; 0 answers at once with what is known.

    Attributes:
        problem: Why a dictionary could not be asked, by language; empty while all is well.
    """

    def __init__(
        self, ask: Ask = ask_hunspell, *, on_news: Callable[[], None] | None = None, patience: float = 0
    ) -> None:
        self.problem: dict[Language, WorkspaceError] = {}
        self._ask, self._on_news, self._patience = ask, on_news, patience
        self._known: dict[tuple[Language, str], tuple[str, ...] | None] = {}
        self._waiting: dict[Language, dict[str, None]] = {}
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def unknown(self, words: Iterable[str], language: Language) -> Found:
        """Words known to be wrong by now; the others are looked up meanwhile."""
        wanted = dict.fromkeys(words)
        new = [word for word in wanted if (language, word) not in self._known]
        if new and language not in self.problem:
            self._look_up(new, language)
            if self._patience:
                self.wait(self._patience)
        known = {word: self._known.get((language, word)) for word in wanted}
        return {word: near for word, near in known.items() if near is not None}

    def wait(self, seconds: float = PATIENCE) -> None:
        """Wait until all words asked for so far are looked up, or the time is over."""
        worker = self._worker
        if worker is not None:
            worker.join(seconds)

    def _look_up(self, words: Sequence[str], language: Language) -> None:
        with self._lock:
            self._waiting.setdefault(language, {}).update(dict.fromkeys(words))
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="spelling", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        while True:
            with self._lock:
                language = next((code for code, words in self._waiting.items() if words), None)
                if language is None:
                    self._worker = None
                    return
                words = [w for w in self._waiting.pop(language) if (language, w) not in self._known]
            self._answer(language, words)
            if self._on_news is not None:
                self._on_news()

    def _answer(self, language: Language, words: Sequence[str]) -> None:
        try:
            found = self._ask(language, words) if words else {}
        except WorkspaceError as problem:
            self.problem[language] = problem
            return
        self._known.update({(language, word): found.get(word) for word in words})


def has_hunspell() -> bool:
    """Whether hunspell is installed."""
    return shutil.which(PROGRAM) is not None


def dictionaries() -> tuple[Language, ...]:
    """The languages hunspell has a dictionary for on this machine; none where it is not installed."""
    if not has_hunspell():
        return ()
    try:
        listed = subprocess.run(
            [PROGRAM, "-D"], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    there = {Path(line).name for line in listed.stderr.decode("utf-8", "replace").splitlines()}
    return tuple(language for language, name in DICTIONARIES.items() if name in there)
