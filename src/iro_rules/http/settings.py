"""How the door is set: who may come in, how much is read, how long is worked; and what is too unsafe to start."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from pathlib import Path

import attrs

from iro_rules.errors import ServeError
from iro_rules.formats.safe_json import Limits

LEAST_TOKEN = 32
"""The fewest characters a token may have: as many as 16 random bytes take in hexadecimal."""


@attrs.frozen(kw_only=True)
class Settings:
    """What the application needs to know; `tokens` are digests, so that no token itself is kept.

    `processes` judge at once and `waiting` requests may wait for them; `seconds` is how long a request may take,
    waiting included, and `reading` how long its body may take to come. With `loopback`, a request must name this
    machine as its host, so that a page in a browser cannot ask under a name of its own.
    """

    processes: int = 1
    waiting: int = 32
    seconds: float = 30.0
    reading: float = 10.0
    limits: Limits = attrs.field(factory=lambda: Limits(size=2_000_000))
    tokens: tuple[bytes, ...] = attrs.field(default=(), repr=False)
    loopback: bool = True

    def lets_in(self, token: str) -> bool:
        """Whether a token is one of those known; compared in constant time, and every one of them."""
        given = digest(token)
        found = [hmac.compare_digest(given, known) for known in self.tokens]
        return any(found)


@attrs.frozen(kw_only=True)
class Address:
    """Where the door is, and what protects the way to it.

    `client_ca` is the file of the authorities whose certificates let a program in (mutual TLS); `behind_proxy`
    says that TLS ends at a proxy before this process, so that whoever reaches the proxy reaches the door.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    certificate: Path | None = None
    key: Path | None = None
    client_ca: Path | None = None
    behind_proxy: bool = False

    def check(self, *, tokens: bool) -> None:
        """Raises ServeError where another machine could reach the door and nothing asks who it is, or hides it."""
        if (self.certificate is None) != (self.key is None):
            raise ServeError("TLS needs a certificate and its key", right="--tls-cert and --tls-key together")
        if self.client_ca is not None and self.certificate is None:
            raise ServeError("certificates of clients need TLS", right="--tls-cert and --tls-key too")
        for path in (self.certificate, self.key, self.client_ca):
            if path is not None and not path.is_file():
                raise ServeError("there is no such file", value=str(path), right="a file in PEM form")
        if is_loopback(self.host) and not self.behind_proxy:
            return
        if not tokens and self.client_ca is None:
            raise ServeError(
                "other machines can reach this address, and nothing would ask who they are",
                where="--behind-proxy" if is_loopback(self.host) else "--host",
                value=self.host,
                right="--token-file or --tls-client-ca; or 127.0.0.1 and no proxy, which only this machine reaches",
            )
        if self.certificate is None and not self.behind_proxy:
            raise ServeError(
                "cases would cross a network unencrypted",
                where="--host",
                value=self.host,
                right="--tls-cert and --tls-key; or --behind-proxy, where TLS ends at a proxy",
            )


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone; a name other than localhost may lead anywhere."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def read_tokens(path: Path) -> tuple[bytes, ...]:
    """The digests of the tokens in a file, one a line. Raises ServeError for none, and for one easily guessed."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ServeError("the file of tokens cannot be read", where=str(path), right="a text file") from error
    tokens = [line.strip() for line in lines if line.strip()]
    if not tokens:
        raise ServeError("the file holds no token", where=str(path), right="one token a line")
    for number, token in enumerate(tokens, 1):
        if len(token) < LEAST_TOKEN or not token.isascii():
            raise ServeError(
                "a token is too short, or not of plain letters and digits",
                where=f"{path}, token no. {number}",
                right=f"{LEAST_TOKEN} or more random characters, as `openssl rand -hex 32` makes",
            )
    return tuple(map(digest, tokens))
