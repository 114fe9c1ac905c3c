"""Ask a language model, word by word, without ever trying again behind the user's back."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any

from smmlib.assistant.keys import KEY_VARIABLE, not_installed
from smmlib.assistant.problems import (
    AssistantError,
    EmptyReplyError,
    KeyRefusedError,
    NotReachableError,
    RequestRefusedError,
    ServerFailedError,
    TimedOutError,
    TooLongError,
    TooManyRequestsError,
)
from smmlib.assistant.reply import cut_off
from smmlib.language import mark

if TYPE_CHECKING:
    from pydantic import SecretStr

    from smmlib.assistant.endpoint import Endpoint
    from smmlib.assistant.prompts import Prompt

LONGEST = 200_000
"""Characters of a reply after which it is broken off."""

_NO_KEY = "none"  # servers without keys want the header all the same


def is_installed() -> bool:
    """Whether the packages the assistant needs are there; does not import them."""
    return all(importlib.util.find_spec(name) for name in ("openai", "keyring"))


async def ask(
    prompt: Prompt,
    endpoint: Endpoint,
    *,
    key: SecretStr | None = None,
    on_text: Callable[[str], None] | None = None,
) -> str:
    """Send a prompt and return the whole reply. Cancel the task to break off; the connection is closed then.

    Redirects are not followed, as they could lead the text elsewhere; for a server on this machine no
    proxy is used.

    Args:
        prompt: What is sent, word for word.
        endpoint: Where to.
        key: Key of the server, or None.
        on_text: Told each piece of the reply as it comes.

    Raises:
        AssistantError: Something in `smmlib.assistant.problems`; each says what to do.
    """
    if key is not None and not endpoint.is_here and not endpoint.is_encrypted:
        raise KeyRefusedError(
            mark("The key is not sent to {host} unencrypted. Use an address with https://, or no key."),
            host=endpoint.host,
        )
    openai = await _library()
    try:
        async with _client(openai, endpoint, key) as client:
            return await _stream(client, prompt, endpoint, on_text)
    except openai.APIError as problem:
        raise _in_our_words(openai, problem, endpoint, key) from None
    except openai.OpenAIError as problem:
        raise _failed(endpoint, type(problem).__name__) from None
    except ValueError:  # a piece of the stream that is no JSON
        raise _failed(endpoint, "JSON") from None


async def _library() -> ModuleType:
    """The library, imported beside the loop, as that takes a second."""
    try:
        return await asyncio.to_thread(importlib.import_module, "openai")
    except ImportError:
        raise not_installed() from None


def _client(openai: Any, endpoint: Endpoint, key: SecretStr | None) -> Any:
    own = {"follow_redirects": False, "trust_env": not endpoint.is_here, "timeout": endpoint.timeout}
    return openai.AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=key.get_secret_value() if key is not None else _NO_KEY,
        max_retries=0,
        timeout=endpoint.timeout,
        # What the environment holds for another server is not for this one.
        default_headers={"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()},
        http_client=openai.DefaultAsyncHttpxClient(**own),
    )


async def _stream(
    client: Any, prompt: Prompt, endpoint: Endpoint, on_text: Callable[[str], None] | None
) -> str:
    pieces: list[str] = []
    length, reason = 0, None
    stream = await client.chat.completions.create(
        model=endpoint.model, messages=prompt.messages(), stream=True
    )
    async with stream:
        async for chunk in stream:
            piece, ended = _read(chunk, endpoint)
            reason = ended or reason
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST:
                template = mark(
                    "The reply is longer than {most} characters and was broken off. Try another model."
                )
                raise TooLongError(template, most=LONGEST)
            if piece and on_text is not None:
                on_text(piece)
    if reason == "length":
        raise cut_off()
    if not length:
        raise EmptyReplyError(mark("The model said nothing. Ask again, or try another model."))
    return "".join(pieces)


def _read(chunk: Any, endpoint: Endpoint) -> tuple[str, object]:
    """Text of a piece of the stream and why it ended, if it did; the library does not check what came."""
    try:
        choice = chunk.choices[0] if chunk.choices else None
        text = (choice.delta.content if choice and choice.delta else None) or ""
        ended = choice.finish_reason if choice else None
    except (AttributeError, TypeError, LookupError):
        text, ended = None, None
    if not isinstance(text, str):
        raise _failed(endpoint, "JSON")
    return text, ended


def _in_our_words(
    openai: Any, problem: Any, endpoint: Endpoint, key: SecretStr | None = None
) -> AssistantError:
    if isinstance(problem, openai.APITimeoutError):
        template = mark("{host} was silent for {seconds} seconds. Ask again later, or allow more time.")
        return TimedOutError(template, host=endpoint.host, seconds=endpoint.timeout)
    if isinstance(problem, openai.APIConnectionError):
        template = mark("Nobody answers at {url}. Start the server, or correct the address.")
        return NotReachableError(template, url=endpoint.base_url)
    if isinstance(problem, openai.APIStatusError):
        return _of_status(problem, endpoint, key)
    return _failed(endpoint, _without(key, str(problem.message)))


def _of_status(problem: Any, endpoint: Endpoint, key: SecretStr | None) -> AssistantError:
    status, host = problem.status_code, endpoint.host
    if status in (401, 403):
        template = mark("{host} does not take the key. Type another one, or set ${variable}.")
        return KeyRefusedError(template, host=host, variable=KEY_VARIABLE)
    if status == 429:
        return _pause(problem.response.headers.get("retry-after", ""), host)
    if status >= 500:
        return _failed(endpoint, f"{status}")
    template = mark(
        "{host} refused the request ({status}: {why}). Check that the address ends in /v1 and the model "
        "{model!r} is there."
    )
    why = _without(key, _reason(problem))
    return RequestRefusedError(template, host=host, status=str(status), why=why, model=endpoint.model)


def _pause(told: str, host: str) -> TooManyRequestsError:
    seconds = _seconds(told)
    if seconds is None:
        template = mark("{host} has too many requests. Wait a while and ask again.")
    else:
        template = mark("{host} has too many requests. Ask again in {seconds} seconds.")
    return TooManyRequestsError(template, retry_after=seconds, host=host)


def _seconds(told: str) -> float | None:
    """Of a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3)."""
    try:
        if told.strip().isdecimal():
            return float(told)
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    return max(0.0, round((moment.astimezone(UTC) - datetime.now(UTC)).total_seconds()))


def _failed(endpoint: Endpoint, why: str) -> ServerFailedError:
    template = mark("{host} failed ({why}). Ask again later, or look at the server.")
    return ServerFailedError(template, host=endpoint.host, why=why)


def _reason(problem: Any) -> str:
    body = problem.body
    told = body.get("message") if isinstance(body, dict) else None
    return str(told or problem.response.reason_phrase or "?")


def _without(key: SecretStr | None, told: str) -> str:
    """What a server says, without the key it may repeat, and not too long."""
    secret = key.get_secret_value() if key is not None else ""
    return (told.replace(secret, "…") if secret else told)[:200]
