"""The response panel: read the figures, import exports, type figures, match posts with drafts."""

from __future__ import annotations

import ipywidgets as w
import pandas as pd

from smmlib.language import Language
from smmlib.panels import kit
from smmlib.panels.place_marks import place_marks
from smmlib.panels.response.import_model import ImportModel
from smmlib.panels.response.import_page import ImportPage
from smmlib.panels.response.matching_model import MatchingModel
from smmlib.panels.response.matching_page import MatchingPage
from smmlib.panels.response.response_model import ResponseModel
from smmlib.panels.response.response_page import ResponsePage
from smmlib.panels.response.typing_model import TypingModel
from smmlib.panels.response.typing_page import TypingPage
from smmlib.workspace import Workspace

_MATCH = 3


class ResponsePanel(kit.Panel):
    """See how the audience responded.

    Args:
        workspace: Where everything is kept.
        language: Language of the panel; None takes the workspace's.
    """

    def __init__(self, workspace: Workspace, *, language: Language | None = None) -> None:
        super().__init__(language=language or workspace.settings.language, name="smm-response")
        self.model = ResponseModel(workspace)
        self.imports = ImportModel(workspace)
        self.typing = TypingModel(workspace, self.language)
        self.matching: MatchingModel | None = None
        self._matching = kit.stack()
        self._tabs = w.Tab(
            [
                ResponsePage(self.model, self),
                ImportPage(self.imports, self),
                TypingPage(self.typing, self),
                self._matching,
            ]
        )
        titles = (self.say("Read"), self.say("Import"), self.say("Type figures"), self.say("Match posts"))
        for index, title in enumerate(titles):
            self._tabs.set_title(index, title)
        self._tabs.observe(self._opened, "selected_index")
        self.model.observe(self.tell_unsaved, names=["unsaved"])
        self.imports.observe(self._stored, names=["stored"])
        self.typing.observe(self._stored, names=["stored"])
        self.fill(place_marks(self, workspace), self._tabs)

    @property
    def code(self) -> str:
        """Python that leaves the same result in `result`, without the panel."""
        return self.model.code

    def data(self) -> pd.DataFrame:
        """The rows behind what is shown."""
        return self.model.data()

    def go_to(self, page: int) -> None:
        """Open a page: 0 read, 1 import, 2 type figures, 3 match posts."""
        self._tabs.selected_index = page

    def _stored(self, _change: object = None) -> None:
        with self.trying():
            self.model.refresh()
            if self.matching is not None:
                self._match_anew()

    def _opened(self, change: dict[str, int]) -> None:
        """Matching compares every post with every draft, so it begins when its page is opened."""
        if change["new"] == _MATCH:
            with self.trying():
                self._match_anew()

    def _match_anew(self) -> None:
        self.matching = MatchingModel(self.model.workspace)
        self.matching.observe(lambda _change: self.model.refresh(), names=["changed"])
        self._matching.children = (MatchingPage(self.matching, self),)
