"""Rochdale's protocol for independent reviewing officers, as rules for iro_rules."""

from __future__ import annotations

from importlib.resources import files

from iro_rules.protocols import Protocol, SourceDocument, hookimpl

__version__ = "2026.1"


@hookimpl
def iro_protocol() -> Protocol:
    """Rochdale's whole procedure: its rules, both its ladders, their contacts, and the ledger of its rows."""
    from iro_rules.rulebook.ledger import read_rows
    from iro_rules_rochdale import (
        appointment,
        cafcass,
        concern,
        dispute,
        dispute_at_any_stage,
        keeping_informed,
        proceedings,
        role,
        terms,
    )

    rows = files("iro_rules_rochdale").joinpath("rows.csv").read_text(encoding="utf-8")
    return Protocol(
        name="rochdale",
        title="Rochdale: independent reviewing officers, concerns and disputes",
        authority="Rochdale Borough Council",
        version=__version__,
        requires=">=0.1,<0.2",
        source=SourceDocument("Rochdale: Independent Reviewing Officers", "2017-06"),
        parts=(
            *appointment.RULES,
            *role.RULES,
            *cafcass.RULES,
            *proceedings.RULES,
            *keeping_informed.RULES,
            *dispute_at_any_stage.RULES,
            dispute.LADDER,
            *concern.RULES,
            concern.LADDER,
        ),
        contacts=terms.CONTACTS,
        vocabulary=terms.VOCABULARY,
        ledger=read_rows(rows, where="rows.csv"),
    )
