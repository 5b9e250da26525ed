"""Derby's procedure for independent legal advice to reviewing officers, as rules for iro_rules."""

from __future__ import annotations

from importlib.resources import files

from iro_rules.protocols import Protocol, SourceDocument, hookimpl

__version__ = "2026.1"


@hookimpl
def iro_protocol() -> Protocol:
    """Derby's steps towards advice, its gate and its contacts."""
    from iro_rules.rulebook.ledger import read_rows
    from iro_rules_derby import cafcass, legal_advice, terms

    return Protocol(
        name="derby",
        title="Derby: legal advice for IROs",
        authority="Derby City Council",
        version=__version__,
        requires=">=0.1,<0.2",
        source=SourceDocument("Derby: Access to Independent Legal Advice for IROs"),
        parts=(*legal_advice.RULES, *cafcass.RULES),
        contacts=terms.CONTACTS,
        vocabulary=terms.VOCABULARY,
        ledger=read_rows(files(__name__).joinpath("rows.csv").read_text(encoding="utf-8"), where="derby rows.csv"),
    )
