"""Where it would be unsafe the service does not start; what it says while it runs holds nothing of a case."""

from __future__ import annotations

import json
import logging
import logging.config
import ssl
import subprocess
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from iro_rules.cli import main
from iro_rules.errors import ServeError
from iro_rules.http import work
from iro_rules.http.examples import CASE
from iro_rules.http.quiet import LOGGING, NothingOfACase
from iro_rules.http.settings import Address, Settings, is_loopback, read_tokens
from tests.http.serving import JSON, Service, service

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--host", "0.0.0.0"), "nothing would ask who they are"),
        (("--host", "::"), "nothing would ask who they are"),
        (("--host", "192.0.2.1"), "nothing would ask who they are"),
        (("--host", "iro.example"), "nothing would ask who they are"),
        (("--host", "0.0.0.0", "--behind-proxy"), "nothing would ask who they are"),
        (("--behind-proxy",), "nothing would ask who they are"),
        (("--host", "0.0.0.0", "--token-file", "TOKENS"), "cases would cross a network unencrypted"),
        (("--tls-cert", "TOKENS"), "TLS needs a certificate and its key"),
        (("--tls-key", "TOKENS"), "TLS needs a certificate and its key"),
        (("--tls-client-ca", "TOKENS"), "certificates of clients need TLS"),
        (("--tls-cert", "TOKENS", "--tls-key", "nowhere.pem"), "there is no such file"),
        (("--tls-cert", "TOKENS", "--tls-key", "TOKENS"), "the TLS files cannot be used"),
        (("--token-file", "nowhere"), "the file of tokens cannot be read"),
        (("--token-file", "EMPTY"), "the file holds no token"),
        (("--token-file", "SHORT"), "a token is too short"),
    ],
)
def test_what_would_be_unsafe_is_not_started(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    """Exit code 2 and the reason, before anything listens; the tokens themselves are not told."""
    (tmp_path / "TOKENS").write_text(f"{TOKEN}\n", encoding="utf-8")
    (tmp_path / "EMPTY").write_text("\n \n", encoding="utf-8")
    (tmp_path / "SHORT").write_text(f"{TOKEN}\nhunter2\n", encoding="utf-8")
    given = [str(tmp_path / one) if (tmp_path / one).exists() else one for one in options]
    result = CliRunner().invoke(main, ["serve", "--port", "0", *given])
    assert result.exit_code == 2, result.output
    assert words in result.stderr
    assert "hunter2" not in result.stderr
    assert result.stdout == ""


def test_off_loopback_it_starts_with_tokens_or_certificates_and_tls(tmp_path: Path) -> None:
    """Its own TLS, or a proxy's."""
    pem = tmp_path / "one.pem"
    pem.touch()
    for address, tokens in (
        (Address(host="0.0.0.0", behind_proxy=True), True),
        (Address(host="0.0.0.0", certificate=pem, key=pem), True),
        (Address(host="0.0.0.0", certificate=pem, key=pem, client_ca=pem), False),
        (Address(host="127.0.0.1"), False),
        (Address(host="127.0.0.1", behind_proxy=True), True),
    ):
        address.check(tokens=tokens)
    with pytest.raises(ServeError, match="nothing would ask"):
        Address(host="0.0.0.0", certificate=pem, key=pem).check(tokens=False)


def test_loopback_is_told_from_what_only_looks_like_it() -> None:
    """An address is taken apart and not compared as text; a name may lead anywhere."""
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "128.0.0.1", "127.0.0.1.example", "", "localhost.example")))


def test_tokens_are_kept_as_digests(tmp_path: Path) -> None:
    """What is in memory, or shown of the settings, lets nobody in."""
    path = tmp_path / "tokens"
    path.write_text(f"{TOKEN}\n\n{TOKEN[::-1]}\n", encoding="utf-8")
    settings = Settings(tokens=read_tokens(path))
    assert settings.lets_in(TOKEN)
    assert settings.lets_in(TOKEN[::-1])
    assert not settings.lets_in(TOKEN.upper())
    assert not settings.lets_in("")
    assert "tokens" not in repr(settings)
    assert TOKEN.encode() not in settings.tokens


def test_a_token_lets_in_and_stays_out_of_the_output(tmp_path: Path) -> None:
    """A whole service with a token: asked with it and without; nothing of what was asked is said anywhere."""
    path = tmp_path / "tokens"
    path.write_text(f"{TOKEN}\n", encoding="utf-8")
    case = json.dumps(CASE | {"case": "a-name-nobody-else-has"}).encode()
    with service("--processes", "1", "--token-file", str(path)) as running:
        answer = running.ask("POST", "/v1/assess?as_of=2026-03-02", case)
        assert answer.status == 401
        headers = {**JSON, "Authorization": f"Bearer {TOKEN}"}
        assert running.ask("POST", "/v1/assess?as_of=2026-03-02", case, headers).status == 200
        assert running.ask("POST", "/v1/assess?as_of=2026-03-02", case[:-9], headers).status == 422
        running.process.terminate()
        said, errors = running.process.communicate(timeout=60)
    assert (said, errors) == ("", "")


def test_a_certificate_lets_in(tmp_path: Path) -> None:
    """Mutual TLS: who shows a certificate of the authority is answered, who shows none is not."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        capture_output=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    options = ("--tls-cert", str(certificate), "--tls-key", str(key), "--tls-client-ca", str(certificate))
    with service("--processes", "1", *options) as running:
        assert running.address.startswith("https://127.0.0.1:")
        context = ssl.create_default_context(cafile=certificate)
        with pytest.raises(OSError, match=r"(?i)certificate|reset|eof|closed"):
            asked_of(running, context)
        context.load_cert_chain(certificate, key)
        assert asked_of(running, context) == {"status": "ok"}


def asked_of(running: Service, context: ssl.SSLContext) -> object:
    """What the service says of its health over TLS."""
    with urllib.request.urlopen(f"{running.address}/health", context=context, timeout=60) as answer:
        return json.loads(answer.read())


def test_a_failure_is_told_without_what_was_asked() -> None:
    """The message of an error may hold a fact; its kind and its place do not."""
    told: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: told.append(logging.Formatter("%(message)s").format(record))  # type: ignore[method-assign]
    handler.addFilter(NothingOfACase())
    logger = logging.Logger("made for this test")
    logger.addHandler(handler)
    try:
        raise KeyError("a child's name")
    except KeyError:
        logger.exception("while judging %s", "a child's name")
    logger.warning("no such thing: %s", 3)
    assert told[0].startswith("an internal error: KeyError at ")
    assert "child" not in told[0]
    assert told[1] == "no such thing: 3"
    assert LOGGING["filters"]["quiet"]["()"] is NothingOfACase


def test_a_process_that_judges_has_nowhere_to_keep_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where readers differ, a bundle is kept elsewhere; here the error says that none could be."""
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    work.keep_nothing()
    with pytest.raises(OSError, match="null"):
        tempfile.mkstemp()
