"""What the page of checks knows: which are on, the rules of the house, the dictionary of this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import traitlets as t

from smmlib.drafting import CHECKS, CheckOptions
from smmlib.drafting.checks.options import GenderRule
from smmlib.errors import UnknownNameError
from smmlib.language import LANGUAGES, Message, mark
from smmlib.workspace.hunspell import Hunspell, dictionaries, has_hunspell

if TYPE_CHECKING:
    from smmlib.workspace import Workspace

_BY_ID = {check.id: check for check in CHECKS}


class ChecksModel(t.HasTraits):
    """The settings of the checks, kept in the workspace with every change. Holds no widgets.

    Attributes:
        options: What is set now.
        installed: Languages this machine has a dictionary for.
    """

    options = t.Instance(CheckOptions)
    installed = t.Tuple()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.refresh()

    def refresh(self) -> None:
        """Read the settings and look for dictionaries again."""
        self.options = self.workspace.settings.checks
        self.installed = dictionaries()

    def is_on(self, check: str) -> bool:
        """Whether a check is on.

        Raises:
            UnknownNameError: There is no such check.
        """
        if check not in _BY_ID:
            raise UnknownNameError(mark("Check"), check, _BY_ID)
        return check not in self.options.off and (_BY_ID[check].on or check in self.options.on)

    def switch(self, check: str, on: bool) -> None:
        """Switch a check on or off. What is as it comes is not written down, so that it follows updates."""
        if self.is_on(check) == on:
            return
        off = tuple(name for name in self.options.off if name != check)
        more = tuple(name for name in self.options.on if name != check)
        if on and not _BY_ID[check].on:
            more = (*more, check)
        elif not on and _BY_ID[check].on:
            off = (*off, check)
        self._keep(off=off, on=more)

    def set_gender(self, rule: GenderRule) -> None:
        """Choose the house's rule for gendered German."""
        self._keep(gender=rule)

    def set_own_words(self, typed: str) -> None:
        """Set the words the spelling check knows beside the dictionary; commas, blanks or lines between."""
        words = dict.fromkeys(typed.replace(",", " ").replace(";", " ").split())
        self._keep(own_words=tuple(words))

    def as_they_come(self) -> None:
        """Set every check as it comes with smmlib; the house's rule and own words stay."""
        self._keep(off=(), on=())

    @property
    def spelling(self) -> Message:
        """What there is to know about the dictionary."""
        if not has_hunspell():
            return Message(
                mark(
                    "Spelling needs hunspell, which is not installed here. Debian, Ubuntu: "
                    "apt install hunspell hunspell-de-de hunspell-en-us. macOS: brew install hunspell."
                )
            )
        missing = [language for language in LANGUAGES if language not in self.installed]
        if missing:
            template = mark(
                "hunspell is installed, but lacks a dictionary: {names}. Install it to check that language."
            )
            names = {"de": "de_DE", "en": "en_US"}
            return Message(template, {"names": ", ".join(names[language] for language in missing)})
        return Message(mark("hunspell is installed, with German and English dictionaries."))

    def _keep(self, **changes: object) -> None:
        options = self.workspace.settings.checks.replace(**changes)
        if options != self.options:
            self.workspace.change_settings(checks=options)
            self.options = options


def dictionary_of_this_machine(on_news: Callable[[], None]) -> Hunspell | None:
    """hunspell, asked in the background of a notebook; None where it is not installed or nothing can wait.

    Args:
        on_news: Called in the notebook's own thread when words were looked up.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # a script or a test: there is nobody to come back to
        return None

    def come_back() -> None:
        loop.call_soon_threadsafe(on_news)

    return Hunspell(on_news=come_back) if has_hunspell() else None
