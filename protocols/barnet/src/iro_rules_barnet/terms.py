"""Barnet's own words: the roles its protocol names, and who stands in for whom."""

from __future__ import annotations

from iro_rules.facts.vocabulary import Term
from iro_rules.rulebook import Contact


class BarnetRole(Term):
    """Roles that Barnet names and the national sources do not."""

    IRO_TEAM_MANAGER = "iro_team_manager"
    IRO_ADMINISTRATOR = "iro_service_administrator"
    CHILDS_SOLICITOR = "childs_solicitor"


VOCABULARY = (("role", BarnetRole),)

CONTACTS = (
    # B-08: whoever cannot reach the IRO turns to the Team Manager.
    Contact(role="iro", title="the child's IRO", stand_in=BarnetRole.IRO_TEAM_MANAGER),
    # B-06: while the Team Manager is away, the administrator is the one to speak to.
    Contact(role=BarnetRole.IRO_TEAM_MANAGER, title="the IRO Team Manager", stand_in=BarnetRole.IRO_ADMINISTRATOR),
    Contact(role=BarnetRole.IRO_ADMINISTRATOR, title="the IRO service administrator"),
    Contact(role="legal_department", title="Legal Services"),
    Contact(role="court", title="the court"),
    Contact(role=BarnetRole.CHILDS_SOLICITOR, title="the child's solicitor"),
)
