"""The national rulebook: one module per instrument, each in the instrument's own order."""

from __future__ import annotations

from functools import cache

from iro_rules.rulebook import Contact, Package, Rulebook

CONTACTS = (
    Contact(role="cafcass", title="Cafcass"),
    Contact(role="iro", title="the child's IRO"),
    Contact(role="iro_manager", title="the manager of the IRO service"),
    Contact(role="legal_department", title="the authority's legal department"),
    Contact(role="social_worker", title="the child's social worker"),
)


@cache
def rulebook() -> Rulebook:
    """The national rulebook of the whole of this library, in force from 1 April 2011."""
    from iro_rules import __version__
    from iro_rules.national import act, handbook, ledger, plo_guidance, regulations, shared

    return Rulebook(
        name="national",
        parts=(*shared.RULES, *act.RULES, *regulations.RULES, *handbook.RULES, *plo_guidance.RULES),
        contacts=CONTACTS,
        ledger=ledger.rows(),
        packages=(
            Package("iro-rules", __version__, "Children Act 1989, SI 2010/959, IRO Handbook 2010, PLO guidance"),
        ),
    )
