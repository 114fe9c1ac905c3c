"""Which server the assistant uses, with which key, and whether the user allows that text goes there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import traitlets as t
from pydantic import SecretStr

from smmlib import assistant
from smmlib.assistant import Endpoint
from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.workspace import Workspace

Place = Literal["memory", "environment", "keyring"]

VIEW = "assistant"
"""Name under which the workspace remembers server and model; the key is in no workspace."""


class AssistantAccess(t.HasTraits):
    """Server, key and permission. The server is kept in the workspace, the rest ends with the kernel.

    Args:
        workspace: Where the server is remembered.
        environ: Environment of the process, for a key in it.

    Attributes:
        changed: Counts changes.
    """

    changed = t.Int(0)

    def __init__(self, workspace: Workspace, *, environ: Mapping[str, str]) -> None:
        super().__init__()
        self.workspace = workspace
        self._environ = environ
        self._keys: dict[str, SecretStr] = {}
        self._allowed: set[str] = set()

    @property
    def endpoint(self) -> Endpoint | None:
        """The server, None while the assistant is off."""
        kept = self.workspace.settings.views.get(VIEW, {})
        return Endpoint(**kept) if kept.get("base_url") else None

    def there(self) -> Endpoint:
        """The server.

        Raises:
            InvalidValueError: The assistant is off.
        """
        endpoint = self.endpoint
        if endpoint is None:
            raise InvalidValueError(
                mark("The assistant is off. Enter the address of a server and a model first.")
            )
        return endpoint

    def configure(self, base_url: str, model: str) -> None:
        """Remember server and model in the workspace; an empty address switches the assistant off.

        Raises:
            InvalidRecordError: It is no address, or the model is missing.
        """
        kept: dict[str, Any] = {}
        if base_url.strip():
            made = Endpoint(base_url=base_url, model=model)
            kept = {"base_url": made.base_url, "model": made.model}
        self.workspace.change_settings(views={**self.workspace.settings.views, VIEW: kept})
        self.changed += 1

    def use_key(self, key: SecretStr, *, keep: bool = False) -> None:
        """Use a key for this server until the kernel ends; with `keep` put it into the system's keyring too.

        Raises:
            SmmError: The assistant is off, or there is no keyring.
        """
        endpoint = self.there()
        self._keys[endpoint.host] = key
        self.changed += 1
        if keep:
            assistant.keep_key(endpoint, key)

    def forget_key(self) -> None:
        """Forget the key of this server, here and in the keyring."""
        endpoint = self.there()
        self._keys.pop(endpoint.host, None)
        self.changed += 1
        assistant.forget_key(endpoint)

    def key(self) -> SecretStr | None:
        """The key for this server: the one typed for it, else the environment's, else the keyring's."""
        endpoint = self.endpoint
        if endpoint is None:
            return None
        return assistant.find_key(endpoint, environ=self._environ, typed=self._keys.get(endpoint.host))

    @property
    def key_stands_in(self) -> Place:
        """Where the key will be taken from; the keyring is only opened when it is needed."""
        endpoint = self.endpoint
        if endpoint is not None and endpoint.host in self._keys:
            return "memory"
        return "environment" if self._environ.get(assistant.KEY_VARIABLE) else "keyring"

    @property
    def must_ask(self) -> bool:
        """Whether the user has yet to allow that text goes to this server; once a session."""
        endpoint = self.endpoint
        return endpoint is not None and not endpoint.is_here and endpoint.host not in self._allowed

    def allow(self) -> None:
        """The user allows that text goes to this server, until the kernel ends."""
        self._allowed.add(self.there().host)
        self.changed += 1
