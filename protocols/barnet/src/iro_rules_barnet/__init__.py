"""Barnet's protocol for independent reviewing officers and Legal Services, as rules for iro_rules."""

from __future__ import annotations

from iro_rules.protocols import Protocol, SourceDocument, hookimpl

__version__ = "2026.1"


@hookimpl
def iro_protocol() -> Protocol:
    """Barnet's notices, clocks and contacts."""
    from iro_rules_barnet import entering_care, terms

    return Protocol(
        name="barnet",
        title="Barnet: IROs and Legal Services",
        authority="London Borough of Barnet",
        version=__version__,
        requires=">=0.1,<0.2",
        source=SourceDocument("Barnet: IRO and Legal Services Protocol, version 12", "2023-07-31"),
        parts=entering_care.RULES,
        contacts=terms.CONTACTS,
        vocabulary=terms.VOCABULARY,
    )
