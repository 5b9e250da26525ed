"""Barnet's protocol for independent reviewing officers and Legal Services, as rules for iro_rules."""

from __future__ import annotations

from importlib.resources import files

from iro_rules.protocols import Protocol, SourceDocument, hookimpl

__version__ = "2026.1"


@hookimpl
def iro_protocol() -> Protocol:
    """Barnet's notices, clocks and contacts."""
    from iro_rules.rulebook.ledger import read_rows
    from iro_rules_barnet import concerns, contacts, documents, entering_care, final_evidence, planning, terms

    return Protocol(
        name="barnet",
        title="Barnet: IROs and Legal Services",
        authority="London Borough of Barnet",
        version=__version__,
        requires=">=0.1,<0.2",
        source=SourceDocument("Barnet: IRO and Legal Services Protocol, version 12", "2023-07-31"),
        parts=(
            *contacts.RULES,
            *planning.RULES,
            *entering_care.RULES,
            *documents.RULES,
            *concerns.RULES,
            *final_evidence.RULES,
        ),
        contacts=terms.CONTACTS,
        vocabulary=terms.VOCABULARY,
        ledger=read_rows(files(__name__).joinpath("rows.csv").read_text(encoding="utf-8"), where="barnet rows.csv"),
    )
