"""Commands about the rules themselves: each of them, and each row of the sources."""

from __future__ import annotations

import click

from iro_rules.cli.asking import PROTOCOL, setting_of
from iro_rules.cli.output import tell, tell_json


@click.command()
@PROTOCOL
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
def rules(protocol: str | None, shape: str) -> None:
    """List every rule with its source, force and clock."""
    from iro_rules.report.rules import rules_to_json, show_rules

    book = setting_of(protocol, unverified=True).rulebook
    if shape == "json":
        tell_json(rules_to_json(book))
    else:
        tell(lambda console: show_rules(book, console))


@click.command()
@PROTOCOL
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
def ledger(protocol: str | None, shape: str) -> None:
    """List every row of the national sources (or of a protocol's own) and the rules that encode it."""
    from iro_rules.report.ledger import ledger_to_json, show_ledger
    from iro_rules.rulebook.ledger import ledger_of

    where = setting_of(protocol, unverified=True)
    rows = where.rulebook.ledger if protocol is None else where.registry.protocol(protocol).ledger
    found = ledger_of(where.rulebook, rows)
    if shape == "json":
        tell_json(ledger_to_json(found, protocol or where.rulebook.name))
    else:
        tell(lambda console: show_ledger(found, console))
