"""What can go wrong with a language model, each with what to do. None of them tries again by itself.

AssistantError
├── NotInstalledError     the extra is not installed
├── NotReachableError     nobody answers at the address
├── TimedOutError         the server is silent for too long
├── KeyRefusedError       the key is missing or wrong                  (401, 403)
├── TooManyRequestsError  too many requests; `retry_after` in seconds  (429)
├── RequestRefusedError   the server does not take the request         (other 3xx and 4xx)
├── ServerFailedError     the server failed                            (5xx, broken streams)
├── EmptyReplyError       the model said nothing
├── CutOffError           the model stopped in the middle
├── UnreadableReplyError  the reply is not what was asked for
├── TooLongError          a text is longer than the network allows
└── MarkupError           a text holds HTML or script
"""

from __future__ import annotations

from smmlib.errors import SmmError


class AssistantError(SmmError, RuntimeError):
    """The language model could not be used, or what it said could not."""


class NotInstalledError(AssistantError):
    """The packages the assistant needs are not installed."""


class NotReachableError(AssistantError):
    """Nobody answers at the address."""


class TimedOutError(AssistantError):
    """The server was silent for longer than the endpoint allows."""


class KeyRefusedError(AssistantError):
    """The server wants a key, or another one."""


class TooManyRequestsError(AssistantError):
    """The server asks for a pause; `retry_after` says how many seconds, None when it does not."""

    def __init__(self, template: str, /, *, retry_after: float | None, **values: object) -> None:
        self.retry_after = retry_after
        super().__init__(template, seconds=retry_after, **values)


class RequestRefusedError(AssistantError):
    """The server does not take the request, e.g. as it does not have the model."""


class ServerFailedError(AssistantError):
    """The server failed, or broke off."""


class EmptyReplyError(AssistantError):
    """The model said nothing."""


class CutOffError(AssistantError):
    """The model stopped in the middle of its reply."""


class UnreadableReplyError(AssistantError):
    """The reply is not JSON of the form that was asked for."""


class TooLongError(AssistantError):
    """A text is longer than the network allows, or a reply than anything useful."""


class MarkupError(AssistantError):
    """A text holds HTML or script, which no post does."""
