"""Rochdale's protocol for independent reviewing officers, as rules for iro_rules."""

from __future__ import annotations

from iro_rules.protocols import Protocol, SourceDocument, hookimpl

__version__ = "2026.1"


@hookimpl
def iro_protocol() -> Protocol:
    """Rochdale's ladders, clocks and contacts."""
    from iro_rules_rochdale import concern, dispute, terms

    return Protocol(
        name="rochdale",
        title="Rochdale: concerns and disputes",
        authority="Rochdale Borough Council",
        version=__version__,
        requires=">=0.1,<0.2",
        source=SourceDocument("Rochdale: Independent Reviewing Officers"),
        parts=(dispute.LADDER, concern.LADDER),
        contacts=terms.CONTACTS,
        vocabulary=terms.VOCABULARY,
    )
