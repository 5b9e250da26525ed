"""The application (ASGI): who may come in, what is read of a request, and what is answered where nothing is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from iro_rules.http.asking import BadParameter, Question, Reply, read_parameters
from iro_rules.http.endpoints import ENDPOINTS, HEALTH, JSON, Endpoint
from iro_rules.http.problem import problem
from iro_rules.http.settings import Settings, is_loopback
from iro_rules.http.work import Workers

ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def application(settings: Settings) -> ASGIApp:
    """The application. Its processes begin with its lifespan, and end with the event loop."""
    workers = Workers(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with workers.ready():
            yield

    routes = [Route(one.path, _endpoint(one, settings, workers), methods=[one.method]) for one in ENDPOINTS]
    inner = Starlette(
        routes=[Route(HEALTH, _health, methods=["GET"]), *routes],
        lifespan=lifespan,
        exception_handlers={HTTPException: _refused, Exception: _failed},
    )
    # A redirect would name the scheme and host of this process: behind a proxy, a case would be sent on unencrypted.
    inner.router.redirect_slashes = False
    return _Guard(inner, settings)


class _Guard:
    """Lets nothing in that is not allowed in, before anything of it is read."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._refusal(scope) if scope["type"] == "http" else None
        await (self._app if found is None else _response(found))(scope, receive, send)

    def _refusal(self, scope: Scope) -> Reply | None:
        headers = Headers(scope=scope)
        if self._settings.loopback and not is_loopback(_host(headers.get("host", ""))):
            return problem(421, "this service answers for this machine alone, as localhost or by its address")
        if not self._settings.tokens or scope["path"] == HEALTH:
            return None
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._settings.lets_in(token.strip()):
            return None
        return problem(401, "a token is needed: Authorization: Bearer TOKEN", headers={"WWW-Authenticate": "Bearer"})


def _host(header: str) -> str:
    """The host of a header of that name, without its port."""
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0].lower()


def _endpoint(endpoint: Endpoint, settings: Settings, workers: Workers) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            given = read_parameters(request.query_params.multi_items(), endpoint.parameters)
        except BadParameter as error:
            return _response(problem(400, str(error)))
        body = await _body(request, settings) if endpoint.body else b""
        if isinstance(body, Reply):
            return _response(body)
        asked = Question(endpoint=endpoint.name, given=given, body=body, limits=settings.limits)
        return _response(await workers.ask(asked, request.is_disconnected))

    return answer


async def _body(request: Request, settings: Settings) -> bytes | Reply:
    """The body, or why it is not read."""
    media, _, charset = request.headers.get("content-type", "").partition(";")
    if media.strip().lower() != JSON or charset.strip().lower().replace('"', "") not in ("", "charset=utf-8"):
        return problem(415, f"the body must be JSON in UTF-8, sent as Content-Type: {JSON}")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        return problem(415, "the body must not be compressed")
    limit = settings.limits.size
    too_large = problem(413, f"the body may have {limit} bytes at most")
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > limit:
        return too_large
    parts: list[bytes] = []
    size = 0
    try:
        with anyio.fail_after(settings.reading):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    return too_large
                parts.append(part)
    except TimeoutError:
        return problem(408, f"the body must have come within {settings.reading:g} seconds")
    except ClientDisconnect:
        return problem(400, "the body did not come to its end")
    return b"".join(parts)


async def _health(_: Request) -> Response:
    return _response(Reply(status=200, media=JSON, body=b'{"status": "ok"}\n'))


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    detail = {
        404: "there is nothing at this path; GET /openapi.json says what can be asked",
        405: f"this path takes {headers.get('Allow', 'another method')}",
    }.get(error.status_code, error.detail)
    return _response(problem(error.status_code, detail, headers=headers))


async def _failed(_: Request, __: Exception) -> Response:
    """For whatever nobody foresaw. What was asked is not told again, neither here nor to whoever runs the service."""
    return _response(problem(500, "there is no answer, for a reason that lies in the service"))


def _response(reply: Reply) -> Response:
    return Response(reply.body, reply.status, {"Content-Type": reply.media, **ALWAYS, **reply.headers})
