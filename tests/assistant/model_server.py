"""A real server on 127.0.0.1 that speaks the chat protocol, and misbehaves as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from smmlib.assistant import Endpoint


@dataclass
class ModelServer:
    """What it answers, and what it was asked.

    Attributes:
        pieces: What it streams, piece by piece.
        status: Status of its answers; other than 200 comes with `error` and `headers`.
        headers: Headers of a failing answer.
        error: Message of a failing answer.
        wait: Seconds before each piece.
        finish: Why the model stopped.
        break_off: Whether it closes the connection before the end.
        raw: Lines it sends instead of the protocol's.
        asked: Bodies of the requests so far.
        keys: Authorization headers of the requests so far.
        gone: Set when the reader went away before the end.
    """

    pieces: Sequence[str] = ('{"suggestions": ["', "Hallo", ' Welt"]}')
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = "no"
    wait: float = 0
    finish: str = "stop"
    break_off: bool = False
    raw: Sequence[str] = ()
    asked: list[dict[str, Any]] = field(default_factory=list, repr=False)
    keys: list[str] = field(default_factory=list, repr=False)
    gone: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(base_url=f"http://127.0.0.1:{self.port}/v1", model="test", timeout=5)

    @contextmanager
    def running(self) -> Iterator[ModelServer]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        server.daemon_threads = True
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        told = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_words: object) -> None:
                """Says nothing."""

            def do_POST(self) -> None:
                told.keys.append(self.headers.get("Authorization", ""))
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told.asked.append(json.loads(body) | {"path": self.path, "headers": dict(self.headers)})
                try:
                    answer: Callable[[Any], None] = told._stream if told.status == 200 else told._fail
                    answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    told.gone.set()

        return Handler

    def _fail(self, handler: Any) -> None:
        content = json.dumps({"error": {"message": self.error}}).encode()
        handler.send_response(self.status)
        for name, value in {"Content-Type": "application/json", **self.headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def _stream(self, handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        if self.break_off:
            handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for line in self.raw or self._lines():
            time.sleep(self.wait)
            handler.wfile.write(f"data: {line}\n\n".encode())
            handler.wfile.flush()

    def _lines(self) -> Iterator[str]:
        for piece in self.pieces:
            yield self._chunk({"content": piece}, None)
        if not self.break_off:
            yield self._chunk({}, self.finish)
            yield "[DONE]"

    @staticmethod
    def _chunk(delta: dict[str, str], finish: str | None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return json.dumps({"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "test",
                           "choices": [choice]})  # fmt: skip
