"""The processes that judge: so many at once, so many waiting, so long each, and one rulebook compiled in each.

A process takes one case at a time, so no two cases meet. One that takes too long is ended, and another begun.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio
from anyio import to_process

from iro_rules.errors import IroRulesError
from iro_rules.http.asking import Question, Reply
from iro_rules.http.endpoints import BY_NAME
from iro_rules.http.problem import problem, problem_of
from iro_rules.http.settings import Settings

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

READY = Question(endpoint="version", given={})
"""What a new process is asked first: to answer it, the national rules are compiled."""


def answered(asked: Question) -> Reply:
    """The answer to a question, or the problem with it; runs in a process that judges."""
    keep_nothing()
    endpoint = BY_NAME[asked.endpoint]
    try:
        body = endpoint.answer(asked)
    except IroRulesError as error:
        return problem_of(error)
    return Reply(status=200, media=endpoint.media, body=body)


def keep_nothing() -> None:
    """Leaves this process no place for temporary files, so that not even a disagreement of readers is kept."""
    tempfile.tempdir = os.devnull


class Workers:
    """The processes that judge, as the application asks them; belongs to one event loop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turns = anyio.CapacityLimiter(settings.processes)
        self._processes = anyio.CapacityLimiter(settings.processes)
        self._asked = 0
        self._again: TaskGroup | None = None

    @asynccontextmanager
    async def ready(self) -> AsyncIterator[None]:
        """Every process begun, and the rules compiled in it, before anybody waits for it."""
        async with anyio.create_task_group() as first:
            for _ in range(self._settings.processes):
                first.start_soon(self._run, READY)
        async with anyio.create_task_group() as self._again:
            yield
            self._again.cancel_scope.cancel()

    async def ask(self, asked: Question, gone: Callable[[], Awaitable[bool]]) -> Reply:
        """The answer; or a problem where too many wait already, where it would take too long, or for nobody.

        `gone` says whether whoever asked has hung up; once it is a request's turn, it is not judged for nobody.
        """
        settings = self._settings
        if self._asked >= settings.processes + settings.waiting:
            detail = f"{self._asked} requests are being answered or wait for it; ask again"
            return problem(503, detail, headers={"Retry-After": "1"})
        self._asked += 1
        try:
            with anyio.fail_after(settings.seconds):
                return await self._run(asked, gone)
        except TimeoutError:
            if self._again is not None:
                self._again.start_soon(self._run, READY)
            return problem(504, f"there was no answer within {settings.seconds:g} seconds, waiting included")
        finally:
            self._asked -= 1

    async def _run(self, asked: Question, gone: Callable[[], Awaitable[bool]] | None = None) -> Reply:
        async with self._turns:
            if gone is not None and await gone():
                return problem(503, "whoever asked has hung up, so nothing was judged")
            return await to_process.run_sync(answered, asked, cancellable=True, limiter=self._processes)
