"""The command `serve`: the same answers for programs that are not Python. All that is heavy comes late."""

from __future__ import annotations

from pathlib import Path

import click

from iro_rules.report.visible import visible

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8765, show_default=True, help="0 takes a free one.")
@click.option("--token-file", type=_FILE, help="Who may ask: a file of tokens, one a line.")
@click.option("--tls-cert", type=_FILE, help="The certificate to show, in PEM form.")
@click.option("--tls-key", type=_FILE, help="Its key.")
@click.option("--tls-client-ca", type=_FILE, help="Who may ask: those with a certificate of these authorities.")
@click.option("--behind-proxy", is_flag=True, help="TLS ends at a proxy before this process.")
@click.option("--processes", type=click.IntRange(1, 256), help="How many judge at once.  [default: one a processor]")
@click.option("--waiting", type=click.IntRange(0), default=32, show_default=True, help="How many requests may wait.")
@click.option("--seconds", type=click.FloatRange(0.1), default=30, show_default=True, help="Time for one request.")
@click.option("--size", type=click.IntRange(1), default=2_000_000, show_default=True, help="Bytes of one request.")
@click.option("--depth", type=click.IntRange(1, 100), default=20, show_default=True, help="Levels of nesting in it.")
def serve(
    host: str,
    port: int,
    token_file: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    tls_client_ca: Path | None,
    behind_proxy: bool,
    processes: int | None,
    waiting: int,
    seconds: float,
    size: int,
    depth: int,
) -> None:
    """Answer over HTTP, for programs in any language; nothing asked is stored or logged.

    On any address but loopback it starts only with tokens or client certificates, and with TLS.
    """
    import os
    from importlib.util import find_spec

    from iro_rules.errors import needs

    for package in ("starlette", "uvicorn"):
        if find_spec(package) is None:
            raise needs(package, extra="http", what="answering over HTTP")
    from iro_rules.formats.safe_json import Limits
    from iro_rules.http.serve import serve as run
    from iro_rules.http.settings import Address, Settings, is_loopback, read_tokens

    tokens = () if token_file is None else read_tokens(token_file)
    settings = Settings(
        processes=processes or os.cpu_count() or 1,
        waiting=waiting,
        seconds=seconds,
        limits=Limits(size=size, depth=depth),
        tokens=tokens,
        loopback=is_loopback(host) and not tokens and tls_client_ca is None,
    )
    address = Address(
        host=host,
        port=port,
        certificate=tls_cert,
        key=tls_key,
        client_ca=tls_client_ca,
        behind_proxy=behind_proxy,
    )
    run(settings, address, tell=lambda where: click.echo(visible(f"iro-rules answers at {where}")))
