"""How commands print: all of an answer or nothing, in whatever encoding the output has."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console


def tell(show: Callable[[Console], None]) -> None:
    """Print what `show` shows, all of it or, where it raises, nothing."""
    from iro_rules.report.console import console_for

    console = console_for(sys.stdout)
    with console.capture() as capture:
        show(console)
    out(capture.get())


def tell_json(value: dict[str, Any]) -> None:
    """Print a value as JSON."""
    from iro_rules.formats.assessment_json import json_text

    out(json_text(value, ascii=not _encoding().startswith("utf")))


def out(text: str) -> None:
    """Print text; what the encoding of the output does not have is written out."""
    encoding = _encoding()
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False)


def write(content: bytes) -> None:
    """Print a file, in UTF-8 whatever the encoding of the output."""
    click.echo(content, nl=False)


def _encoding() -> str:
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
