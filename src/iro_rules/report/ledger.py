"""The ledger as a list: each row of the sources, the rules that encode it, and the counts."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from iro_rules.report.console import cell, say, table_of
from iro_rules.rulebook.ledger import Ledger, LedgerRow, RowStanding

MOST = 4
"""Of the rules that encode one row so many are named in a table; JSON has them all."""


def share(ledger: Ledger) -> float:
    """The share of the rows that ask, forbid or allow something which rules encode; 1 where there is no such row."""
    binding = ledger.binding()
    return len(ledger.encoded()) / len(binding) if binding else 1.0


def naming(row: LedgerRow) -> tuple[str, ...]:
    """The rules to name for a row that is encoded: those that encode it, or for a condition those that use it."""
    return (row.rules or row.helping) if row.standing is RowStanding.ENCODED else ()


def account_of(row: LedgerRow) -> str:
    """What became of a row, in a few words: its rules, or how it stands and why."""
    rules = naming(row)
    if rules:
        more = len(rules) - MOST
        return ", ".join(rules[:MOST]) + (f" and {more} more" if more > 0 else "")
    if row.standing is RowStanding.DUPLICATE:
        return f"repeats {row.source.same_as}: {row.source.reason}"
    return f"{row.standing}: {row.source.reason}" if row.source.reason else str(row.standing)


def closing(ledger: Ledger) -> str:
    """The counts as one sentence."""
    counts = ", ".join(f"{count} {standing}" for standing, count in ledger.counts().items() if count)
    binding, encoded = len(ledger.binding()), len(ledger.encoded())
    through = sum(1 for row in ledger.encoded() if not row.rules)
    repeated = f", {through} of them as repeats of another row" if through else ""
    return (
        f"{len(ledger.rows)} rows: {counts or 'none'}. Of the {binding} that say must, should or may, rules encode "
        f"{encoded} ({share(ledger):.0%}){repeated}."
    )


def show_ledger(ledger: Ledger, console: Console) -> None:
    """One line a row, then the counts."""
    table = table_of("Row", "Source", "Binds", "Asks", "Rules, or why there is none")
    for column, ratio in zip(table.columns, (2, 5, 3, 7, 9), strict=True):
        column.ratio = ratio
    for row in ledger.rows:
        source = row.source
        table.add_row(
            *map(cell, (row.id, f"{source.source}, {source.where}", source.modality, source.asks, account_of(row)))
        )
    console.print(table)
    say(console, "")
    say(console, closing(ledger))


def ledger_to_json(ledger: Ledger, name: str) -> dict[str, Any]:
    """The ledger as plain values; `name` is the rulebook or the protocol whose rows they are."""
    return {
        "format": "iro-rules/ledger/1",
        "ledger": name,
        "rows": [
            {
                "row": row.id,
                "source": row.source.source,
                "where": row.source.where,
                "modality": row.source.modality,
                "bearer": row.source.bearer,
                "asks": row.source.asks,
                "standing": str(row.standing),
                "rules": [*row.rules, *row.helping],
                "same_as": row.source.same_as,
                "reason": "" if row.standing is RowStanding.ENCODED else row.source.reason,
            }
            for row in ledger.rows
        ],
        "counts": {
            "rows": len(ledger.rows),
            "binding": len(ledger.binding()),
            "binding_encoded": len(ledger.encoded()),
            "by_standing": {str(standing): count for standing, count in ledger.counts().items()},
        },
    }
