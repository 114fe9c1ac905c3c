"""Where the language model is: any server that speaks OpenAI's chat protocol, here or elsewhere."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from smmlib.errors import InvalidValueError
from smmlib.language import Message, mark
from smmlib.record import Record


class Endpoint(Record):
    """A server and the model it is asked for.

    Attributes:
        base_url: Address up to and with "/v1", e.g. "http://127.0.0.1:11434/v1" for Ollama.
        model: Name of the model there.
        timeout: Seconds it may be silent before and between words.
    """

    base_url: str
    model: str
    timeout: float = Field(default=60, gt=0, le=3600)

    @field_validator("base_url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        stripped = url.strip().rstrip("/")
        try:
            parts = urlsplit(stripped)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host = None
        if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
            raise InvalidValueError(
                mark("{url!r} is no address of a server; write one such as http://127.0.0.1:11434/v1."),
                url=stripped.rpartition("@")[2],
            )
        if parts.username is not None or parts.password is not None:
            raise InvalidValueError(
                mark("The address of the server holds a name or password; give the key on its own instead.")
            )
        return stripped

    @field_validator("model")
    @classmethod
    def _is_named(cls, model: str) -> str:
        if not model.strip():
            raise InvalidValueError(mark("The model is missing; enter its name as the server calls it."))
        return model.strip()

    @property
    def host(self) -> str:
        """Name of the server, with its port when one is given."""
        return urlsplit(self.base_url).netloc.casefold()

    @property
    def is_here(self) -> bool:
        """Whether the server is on this machine, so that no text leaves it."""
        name = (urlsplit(self.base_url).hostname or "").rstrip(".")
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name == "localhost"

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.base_url.startswith("https://")

    @property
    def warning(self) -> Message | None:
        """What the user must know before anything is sent; None for a server on this machine."""
        if self.is_here:
            return None
        if self.is_encrypted:
            text = mark(
                "Your text leaves this machine and goes to {host}. What happens to it there is up to them."
            )
        else:
            text = mark(
                "Your text leaves this machine and goes to {host}, unencrypted: "
                "everybody on the way can read it."
            )
        return Message(text, {"host": self.host})
