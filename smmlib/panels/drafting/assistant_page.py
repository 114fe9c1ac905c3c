"""The assistant's page: choose what for, read and edit the prompt, send it, take over what is good."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import ipywidgets as w

from smmlib.assistant import LEVELS, USES, Suggestion, is_installed
from smmlib.assistant.examining import Verify
from smmlib.campaign import TONES
from smmlib.drafting import factor_name, level_name
from smmlib.panels import kit
from smmlib.panels.drafting.assistant_model import AssistantModel
from smmlib.panels.drafting.assistant_server import AssistantServer
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.entry import LOOKS


class AssistantPage(w.VBox):
    """A question to a language model and its answer, beside the open draft.

    Args:
        drafts: The open draft.
        panel: The panel it stands in.
        verify: Says whether a variant has the levels it is held to; None: `drafting.verify_manipulation`.
    """

    def __init__(self, drafts: DraftModel, panel: kit.Panel, *, verify: Verify | None = None) -> None:
        self.model = AssistantModel(drafts, language=panel.language, verify=verify)
        self.panel = panel
        self._server = AssistantServer(self.model.access, panel)
        self._make_question()
        self._make_prompt()
        self._streamed, self._found = kit.html("", "smm-assistant-stream"), kit.stack()
        self._python = kit.html()
        self._filling = False
        parts = [self._missing()] if not is_installed() else [self._server, *self._cards()]
        super().__init__(parts)
        self.add_class("smm-stack")
        self.add_class("smm-assistant")
        self._listen()
        self._server.show()
        self.show()

    def _missing(self) -> w.Widget:
        say = self.panel.say
        hint = say("Install it with: pip install smmlib[assistant], then restart the kernel.")
        return kit.html(
            kit.empty(say("The assistant is not installed. Everything else works without it."), hint)
        )

    def _make_question(self) -> None:
        say, model = self.panel.say, self.model
        self._use = kit.choice(say("What for"), [(say(text), use) for use, text in USES.items()], model.use)
        self._language = kit.choice(
            say("Language"), [("Deutsch", "de"), ("English", "en")], model.wanted_language
        )
        self._tone = kit.choice(say("Tone"), [(say(text), tone) for tone, text in TONES.items()], model.tone)
        self._count = kit.field(w.BoundedIntText(model.count, min=1, max=8, description=say("Suggestions")))
        free, language = (say("as it is"), ""), self.panel.language
        self._levels = {
            factor: kit.choice(
                factor_name(factor, language).capitalize(),
                [free, *((level_name(level, language), level) for level in levels)],
            )
            for factor, levels in LEVELS.items()
        }
        self._description = kit.field(
            w.Textarea(description=say("What the picture shows"), rows=2, continuous_update=False)
        )

    def _make_prompt(self) -> None:
        say, panel = self.panel.say, self.panel
        self._instructions = kit.field(
            w.Textarea(description=say("Instructions"), rows=4, continuous_update=False),
            "smm-assistant-instructions",
        )
        self._request = kit.field(
            w.Textarea(description=say("Request, with the material"), rows=10, continuous_update=False),
            "smm-assistant-request",
        )
        self._again = panel.button(say("Write the prompt anew"), self.model.rewrite, look="small")
        self._submit = panel.button(say("Send"), self._start, look="primary")
        self._submit.add_class("smm-assistant-send")
        self._cancel = panel.button(say("Cancel"), self._break_off)
        self._cancel.add_class("smm-assistant-cancel")
        self._state = kit.html("", "smm-note")

    def _cards(self) -> list[w.Widget]:
        say = self.panel.say
        self._cells = kit.row(*self._levels.values())
        question = kit.card(
            kit.row(self._use, self._language, self._tone, self._count),
            self._cells,
            self._description,
            title=say("Question"),
        )
        note = kit.html(
            f'<div class="smm-note">{escape(say("This is sent, word for word; edit it freely."))}</div>'
        )
        buttons = kit.row(self._submit, self._cancel, self._again, self._state)
        prompt = kit.card(note, self._instructions, self._request, buttons, title=say("Prompt"))
        answer = kit.card(self._streamed, self._found, self._python, title=say("Answer"))
        return [question, prompt, answer]

    def _listen(self) -> None:
        model = self.model
        pairs = {self._use: "use", self._language: "wanted_language", self._tone: "tone"}
        pairs |= {self._count: "count", self._description: "description"}
        for control, name in pairs.items():
            control.observe(lambda c, name=name: setattr(model, name, c["new"]), "value")
        for control in self._levels.values():
            control.observe(self._level_chosen, "value")
        self._instructions.observe(lambda c: self._edited(instructions=c["new"]), "value")
        self._request.observe(lambda c: self._edited(request=c["new"]), "value")
        model.observe(self.show, names=["use", "instructions", "request", "edited"])
        model.access.observe(self._show_access, names=["changed"])
        model.observe(self._show_answer, names=["asking", "streamed", "suggestions", "problem"])

    def show(self, _change: object = None) -> None:
        """Bring every field up to date with the model."""
        model = self.model
        self._filling = True
        kit.put(self._use, model.use)
        kit.put(self._language, model.wanted_language)
        kit.put(self._instructions, model.instructions)
        kit.put(self._request, model.request)
        self._filling = False
        if is_installed():
            kit.show_if(self._tone, model.use == "register")
            kit.show_if(self._cells, model.use == "variants")
            kit.show_if(self._description, model.use == "alt text")
            kit.show_if(self._again, model.edited)
        code = model.code if model.access.endpoint else ""
        kit.put(self._python, kit.same_in_python(self.panel.say("The same in Python"), code) if code else "")
        self._show_answer()

    def _show_access(self, _change: object) -> None:
        self._server.show()
        self.show()

    def _show_answer(self, change: dict[str, Any] | None = None) -> None:
        say, model = self.panel.say, self.model
        self._submit.disabled = model.asking or model.access.endpoint is None or model.access.must_ask
        kit.show_if(self._cancel, model.asking)
        self._state.value = escape(say("Waiting for the answer …")) if model.asking else ""
        kit.put(self._streamed, self._answer_markup())
        if change is not None and change["name"] == "suggestions":
            self._show_suggestions()

    def _answer_markup(self) -> str:
        say, model = self.panel.say, self.model
        if model.problem is not None:
            why = escape(model.problem.text(self.panel.language))
            raw = f"<pre>{escape(model.streamed)}</pre>" if model.streamed else ""
            return f'<div class="smm-bad" role="alert">{why}</div>{raw}'
        if model.suggestions:
            return ""
        if model.streamed:
            broken = "" if model.asking else f'<div class="smm-note">{escape(say("Broken off."))}</div>'
            return f"<pre>{escape(model.streamed)}</pre>{broken}"
        hint = say("Nothing is sent before you click “Send”.")
        return kit.empty(say("No answer yet"), hint)

    def _show_suggestions(self) -> None:
        found = self.model.suggestions
        if len(found) != len(self._found.children):
            self._found.children = tuple(self._suggestion(i) for i in range(len(found)))
        for index, (suggestion, box) in enumerate(zip(found, self._found.children, strict=True)):
            text, findings, row = box.children
            kit.put(text, suggestion.text)
            kit.put(findings, self._findings_markup(suggestion))
            row.children[0].disabled = suggestion.problem is not None
            text.description = self.panel.say("Suggestion {number}", number=index + 1)

    def _suggestion(self, index: int) -> w.Widget:
        text = kit.field(w.Textarea(rows=4, continuous_update=False), "smm-assistant-suggestion")
        text.observe(lambda c: self._revised(index, c["new"]), "value")
        take = self.panel.button(self.panel.say("Take over"), partial(self._take, index), look="small")
        take.add_class("smm-assistant-take")
        box = kit.stack(text, kit.html(), kit.row(take))
        box.add_class("smm-box")
        return box

    def _findings_markup(self, suggestion: Suggestion) -> str:
        language, lines = self.panel.language, []
        if suggestion.problem is not None:
            lines.append(("bad", suggestion.problem.text(language)))
        found = (*suggestion.manipulation, *suggestion.findings)
        lines += [(LOOKS[finding.severity], finding.text(language)) for finding in found]
        if not lines:
            lines.append(("good", self.panel.say("All checks passed.")))
        return "".join(f'<div class="smm-{look}">{escape(text)}</div>' for look, text in lines)

    def _level_chosen(self, _change: object) -> None:
        self.model.levels = {name: box.value for name, box in self._levels.items() if box.value}

    def _edited(self, **changes: str) -> None:
        if not self._filling:
            self.model.edit_prompt(**changes)

    def _revised(self, index: int, text: str) -> None:
        with self.panel.trying():
            self.model.revise(index, text)

    def _start(self) -> None:
        self.model.start()

    def _break_off(self) -> None:
        self.model.cancel()

    def _take(self, index: int) -> None:
        self.panel.status.tell(self.panel.say(self.model.take_over(index)))
