"""The service as a process of its own, and a small client; and the application asked without any server."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import anyio
import attrs
from starlette.types import ASGIApp, Message

EXAMPLES = Path(__file__).parents[2] / "examples"
JSON = {"Content-Type": "application/json"}


@attrs.frozen
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as plain values."""
        return json.loads(self.body)


@attrs.frozen
class Service:
    """A service that runs: where it is, and what it has said."""

    address: str
    process: subprocess.Popen[str]

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = JSON) -> Answer:
        """One request over a connection of its own."""
        where = urlsplit(self.address)
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
        try:
            connection.request(method, path, body or None, dict(headers))
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()


@contextmanager
def service(*options: str) -> Iterator[Service]:
    """`iro-rules serve` on a free port of this machine."""
    command = [sys.executable, "-m", "iro_rules.cli", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert "answers at" in line, line
            yield Service(line.split()[-1], process)
        finally:
            process.terminate()
            process.wait(60)


def asked(
    app: ASGIApp,
    method: str,
    path: str,
    *,
    query: str = "",
    body: Sequence[bytes] = (b"",),
    headers: Mapping[str, str] | None = None,
    ends: bool = True,
) -> Answer:
    """One request to the application itself, in parts; with `ends=False` the last part of the body never comes."""
    sent: list[Message] = []
    parts = list(body)
    given = {"host": "127.0.0.1", **(JSON if headers is None else headers)}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 1), "state": {},
    }  # fmt: skip

    async def receive() -> Message:
        if parts:
            part = parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(parts) or not ends}
        if not ends:
            await anyio.sleep_forever()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    anyio.run(app, scope, receive, send)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))
