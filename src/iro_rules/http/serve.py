"""Starting the server: the application at an address, with TLS where it is asked for, and no log of requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import uvicorn

from iro_rules.errors import ServeError
from iro_rules.http.app import application
from iro_rules.http.quiet import LOGGING
from iro_rules.http.settings import Address, Settings

CONNECTIONS = 1000
"""How many connections may be open; beyond them the server itself answers 503."""

CERTIFICATE_NEEDED = 2
"""`ssl.CERT_REQUIRED`: whoever connects must show a certificate of an authority that is known."""


class _Server(uvicorn.Server):
    """A server that says where it is, once it is there."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[str], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        for server in self.servers if self.started else ():
            for socket in server.sockets:
                host, port = socket.getsockname()[:2]
                scheme = "https" if self.config.is_ssl else "http"
                self._tell(f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}")


def serve(settings: Settings, address: Address, *, tell: Callable[[str], None]) -> None:
    """Serve until told to stop; `tell` is given the address once it can be asked.

    Raises ServeError for what is unsafe (see `Address.check`) and for TLS files that cannot be used.
    """
    address.check(tokens=bool(settings.tokens))
    config = uvicorn.Config(
        application(settings),
        host=address.host,
        port=address.port,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
        ssl_ca_certs=address.client_ca,
        ssl_cert_reqs=CERTIFICATE_NEEDED if address.client_ca is not None else 0,
        http="h11",
        ws="none",
        lifespan="on",
        loop="asyncio",
        log_config=LOGGING,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=int(settings.seconds) + 1,
        h11_max_incomplete_event_size=16_384,
    )
    try:
        config.load()
    except OSError as error:
        raise ServeError("the TLS files cannot be used", value=str(error), right="a certificate and its key") from error
    _Server(config, tell).run()
