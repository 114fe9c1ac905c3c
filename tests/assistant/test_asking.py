"""Asking a real server: streams, cancels, and every way it can go wrong, each named and never tried twice."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from pydantic import SecretStr

from smmlib.assistant import (
    CutOffError,
    EmptyReplyError,
    Endpoint,
    KeyRefusedError,
    NotInstalledError,
    NotReachableError,
    Prompt,
    RequestRefusedError,
    ServerFailedError,
    TimedOutError,
    TooLongError,
    TooManyRequestsError,
    ask,
    is_installed,
)
from tests.architecture import PROJECT
from tests.assistant.model_server import ModelServer

PROMPT = Prompt("Be brief.", "Shorten: Hallo <b>Welt</b>")
KEY = SecretStr("sk-very-secret-0123456789")


@pytest.fixture
def serve() -> Iterator[Callable[..., ModelServer]]:
    """Starts a server that behaves as told; stopped at the end."""
    stack = []

    def started(**told: object) -> ModelServer:
        running = ModelServer(**told).running()  # type: ignore[arg-type]
        stack.append(running)
        return running.__enter__()

    yield started
    for running in stack:
        running.__exit__(None, None, None)


def asked(server: ModelServer, **more: object) -> str:
    return asyncio.run(ask(PROMPT, server.endpoint, **more))


def test_a_reply_is_streamed_piece_by_piece(serve) -> None:
    server, heard = serve(), []
    assert asked(server, on_text=heard.append) == '{"suggestions": ["Hallo Welt"]}'
    assert heard == list(server.pieces)


def test_what_is_sent_is_the_prompt_and_nothing_else(serve, monkeypatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, f"from-{name}")
    server = serve()
    asked(server)
    (request,) = server.asked
    headers = request.pop("headers")
    assert request == {"path": "/v1/chat/completions", "model": "test", "stream": True,
                       "messages": PROMPT.messages()}  # fmt: skip
    assert server.keys == ["Bearer none"]
    assert "from-" not in json.dumps(headers)


def test_the_key_goes_with_it(serve) -> None:
    server = serve()
    asked(server, key=KEY)
    assert server.keys == [f"Bearer {KEY.get_secret_value()}"]


FAILURES = {
    "401": ({"status": 401}, KeyRefusedError, r"127\.0\.0\.1:\d+ does not take the key\. Type another one"),
    "403": ({"status": 403}, KeyRefusedError, r"\$SMM_ASSISTANT_KEY"),
    "404": (
        {"status": 404, "error": "model 'test' not found"},
        RequestRefusedError,
        r"404: model 'test' not found.*ends in /v1.*'test' is there",
    ),
    "400": ({"status": 400, "error": "bad"}, RequestRefusedError, r"refused the request \(400: bad\)"),
    "429": ({"status": 429}, TooManyRequestsError, r"Wait a while"),
    "429 seconds": (
        {"status": 429, "headers": {"Retry-After": "20"}},
        TooManyRequestsError,
        r"Ask again in 20 seconds",
    ),
    "429 nonsense": (
        {"status": 429, "headers": {"Retry-After": "soon"}},
        TooManyRequestsError,
        r"Wait a while",
    ),
    "500": ({"status": 500}, ServerFailedError, r"failed \(500\)\. Ask again later"),
    "503": ({"status": 503}, ServerFailedError, r"failed \(503\)"),
    "redirect": (
        {"status": 307, "headers": {"Location": "http://127.0.0.1:9/elsewhere"}},
        RequestRefusedError,
        r"refused the request \(307",
    ),
    "broken off": ({"break_off": True}, (ServerFailedError, NotReachableError), r"127\.0\.0\.1"),
    "no JSON": ({"raw": ["{nonsense"]}, ServerFailedError, r"failed \(JSON\)"),
    "null": ({"raw": ["null", "[DONE]"]}, ServerFailedError, r"failed \(JSON\)"),
    "a list": ({"raw": ["[1, 2]"]}, ServerFailedError, r"failed \(JSON\)"),
    "choices that are a word": ({"raw": ['{"choices": "abc"}']}, ServerFailedError, r"failed \(JSON\)"),
    "a number as text": (
        {"raw": ['{"choices": [{"delta": {"content": 5}}]}']},
        ServerFailedError,
        r"failed \(JSON\)",
    ),
    "error in the stream": (
        {"raw": [json.dumps({"error": {"message": "out of memory"}})]},
        ServerFailedError,
        r"failed \(out of memory\)",
    ),
    "length": ({"finish": "length"}, CutOffError, r"ends in the middle\. Ask for fewer"),
    "nothing": ({"pieces": []}, EmptyReplyError, r"said nothing"),
    "no choices": ({"raw": [json.dumps({"choices": []}), "[DONE]"]}, EmptyReplyError, r"said nothing"),
    "endless": ({"pieces": ["x" * 50_000] * 5}, TooLongError, r"longer than 200,000 characters"),
}


@pytest.mark.parametrize(("told", "error", "said"), FAILURES.values(), ids=list(FAILURES))
def test_each_failure_has_a_name_says_what_to_do_and_is_not_repeated(serve, told, error, said) -> None:
    server = serve(**told)
    with pytest.raises(error, match=said):
        asked(server)
    assert len(server.asked) == 1


def test_a_pause_may_be_given_as_a_date(serve) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    server = serve(status=429, headers={"Retry-After": when})
    with pytest.raises(TooManyRequestsError) as caught:
        asked(server)
    assert 80 <= caught.value.retry_after <= 90
    assert "Sekunden" in caught.value.text("de")


def test_a_silent_server_is_left(serve) -> None:
    server = serve(wait=2)
    with pytest.raises(TimedOutError, match=r"was silent for 0.2 seconds"):
        asyncio.run(ask(PROMPT, server.endpoint.replace(timeout=0.2)))


def test_nobody_there() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    endpoint = Endpoint(base_url=f"http://127.0.0.1:{port}/v1", model="test", timeout=5)
    with pytest.raises(NotReachableError, match="Nobody answers at http://127"):
        asyncio.run(ask(PROMPT, endpoint))


def test_cancelling_closes_the_connection_and_the_loop_stays_free(serve) -> None:
    server = serve(pieces=["x" * 2000] * 1000, wait=0.01)
    heard: list[str] = []

    async def cancelled_soon() -> None:
        task = asyncio.create_task(ask(PROMPT, server.endpoint, on_text=heard.append))
        while not heard:
            await asyncio.sleep(0.01)
        for _ in range(10):  # in a loop that is blocked, everything would have been heard by now
            await asyncio.sleep(0.01)
        assert not task.done()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled_soon())
    assert server.gone.wait(5)
    assert 0 < len(heard) < 1000


def test_a_key_is_not_sent_unencrypted_to_another_machine(serve) -> None:
    endpoint = Endpoint(base_url="http://models.example/v1", model="test")
    with pytest.raises(KeyRefusedError, match="is not sent to models"):
        asyncio.run(ask(PROMPT, endpoint, key=KEY))


@pytest.mark.parametrize("told", [{"status": 401}, {"status": 500}, {"break_off": True}, {"raw": ["{"]}])
def test_the_key_is_in_no_error_and_no_traceback(serve, told, caplog) -> None:
    caplog.set_level("DEBUG")
    server = serve(**told)
    with pytest.raises(Exception) as caught:  # noqa: PT011
        asked(server, key=KEY)
    trace = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    secret = KEY.get_secret_value()
    for shown in ("".join(trace.format()), str(caught.value), repr(caught.value), repr(KEY), caplog.text):
        assert secret not in shown


ECHO = f"key {KEY.get_secret_value()} is bad"


@pytest.mark.parametrize(
    "told",
    [{"status": 400, "error": ECHO}, {"raw": [json.dumps({"error": {"message": ECHO}})]}],
)
def test_a_key_the_server_repeats_is_left_out_of_the_error(serve, told) -> None:
    with pytest.raises((RequestRefusedError, ServerFailedError), match="key … is bad") as caught:
        asked(serve(**told), key=KEY)
    assert KEY.get_secret_value() not in str(caught.value)


def test_no_proxy_is_asked_for_a_server_on_this_machine(serve, monkeypatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert asked(serve())


def test_without_the_extra_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    endpoint = Endpoint(base_url="http://127.0.0.1:9/v1", model="test")
    with pytest.raises(NotInstalledError, match=r"pip install smmlib\[assistant\]"):
        asyncio.run(ask(PROMPT, endpoint))


@pytest.mark.slow
def test_the_room_opens_without_the_extra() -> None:
    code = (
        "import sys; sys.modules.update(openai=None, keyring=None)\n"
        "import smmlib.assistant as a, importlib.util\n"
        "print('openai' in sys.modules and sys.modules['openai'] is None, a.Endpoint.__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "True Endpoint\n"
    assert is_installed()


def test_the_server_of_the_tests_leaves_no_thread() -> None:
    before = threading.active_count()
    with ModelServer().running() as server:
        asked(server)
    assert threading.active_count() <= before + 1
