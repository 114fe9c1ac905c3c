"""Where the language model is, with which key, and whether text may leave this machine."""

from __future__ import annotations

from html import escape

import ipywidgets as w
from pydantic import SecretStr

from smmlib.assistant import KEY_VARIABLE
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.drafting.assistant_access import AssistantAccess, Place

KEYS: dict[Place, str] = {
    "memory": mark("{host} is used, with the key you typed; it is forgotten when the kernel ends."),
    "environment": mark("{host} is used, with the key in ${variable}."),
    "keyring": mark("{host} is used, with its key in the keyring if there is one, else without."),
}
"""Where the key comes from, and what the user is told."""


class AssistantServer(w.VBox):
    """Address, model and key, folded away once they are set; the question whether text may leave is not."""

    def __init__(self, access: AssistantAccess, panel: kit.Panel) -> None:
        self.access, self.panel = access, panel
        say = panel.say
        endpoint = access.endpoint
        address = w.Text(
            endpoint.base_url if endpoint else "",
            description=say("Address of the server (empty: off)"),
            placeholder="http://127.0.0.1:11434/v1",
            continuous_update=False,
        )
        self._url = kit.field(address, "smm-assistant-url", grow=2)
        self._name = kit.field(
            w.Text(endpoint.model if endpoint else "", description=say("Model"), continuous_update=False),
            "smm-assistant-model",
        )
        self._set = panel.button(say("Use this server"), self._configure)
        self._set.add_class("smm-assistant-configure")
        self._key = kit.field(
            w.Password(description=say("Key, if the server wants one (Enter)"), continuous_update=False),
            "smm-assistant-key",
        )
        self._key.observe(self._key_typed, "value")
        self._keep = w.Checkbox(description=say("keep it in this computer's keyring"), indent=False)
        self._keep.add_class("smm-check")
        self._forget = panel.button(say("Forget the key"), access.forget_key, look="small plain")
        self._said = kit.html("", "smm-note")
        self._warning = kit.html("", "smm-assistant-warning")
        self._allow = panel.button(say("Allow until the kernel ends"), access.allow)
        self._allow.add_class("smm-assistant-allow")
        self._fold = w.Accordion([self._fields()], selected_index=None if endpoint else 0)
        self._fold.set_title(0, say("Server and key"))
        super().__init__([self._fold, self._warning, self._allow])
        self.add_class("smm-stack")

    def _fields(self) -> w.Widget:
        say = self.panel.say
        hint = say(
            "Any server that speaks the OpenAI protocol: Ollama, llama.cpp or vLLM on this machine, or one "
            "elsewhere. The key may also stand in ${variable}; it is stored in no notebook and no workspace.",
            variable=KEY_VARIABLE,
        )
        return kit.stack(
            kit.row(self._url, self._name, self._set),
            kit.row(self._key, self._keep, self._forget),
            self._said,
            kit.html(f'<div class="smm-note">{escape(hint)}</div>'),
        )

    def show(self) -> None:
        """Say which server is used, whether there is a key, and whether text leaves this machine."""
        access, say, language = self.access, self.panel.say, self.panel.language
        endpoint = access.endpoint
        if endpoint is None:
            said = say("The assistant is off.")
        else:
            said = say(KEYS[access.key_stands_in], host=endpoint.host, variable=KEY_VARIABLE)
        kit.put(self._said, escape(said))
        warning = endpoint.warning if endpoint else None
        shown = warning.text(language) if warning else ""
        kit.put(self._warning, f'<div class="smm-practice">{escape(shown)}</div>' if shown else "")
        kit.show_if(self._allow, access.must_ask)

    def _configure(self) -> None:
        self.access.configure(self._url.value, self._name.value)
        self.panel.status.tell(self.panel.say("Kept. Nothing has been sent."))

    def _key_typed(self, change: dict[str, str]) -> None:
        if not change["new"]:
            return
        # The field is emptied at once: what a widget shows may be saved with the notebook.
        key, self._key.value = SecretStr(change["new"].strip()), ""
        with self.panel.trying():
            self.panel.status.clear()
            self.access.use_key(key, keep=self._keep.value)
