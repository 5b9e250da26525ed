"""One service for all tests that need no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.http.serving import Service, service


@pytest.fixture(scope="session", name="running")
def _running() -> Iterator[Service]:
    """A service on loopback with two processes that judge."""
    with service("--processes", "2") as found:
        yield found
