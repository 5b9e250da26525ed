"""Derby's own words: the county that advises its IROs, and the judgements its steps wait for."""

from __future__ import annotations

from iro_rules.facts.vocabulary import Term
from iro_rules.rulebook import Contact


class DerbyRole(Term):
    """Roles that Derby names and the national sources do not."""

    COUNTY_LEGAL_SERVICES = "derbyshire_legal_services"
    CAFCASS_LEGAL = "cafcass_legal"


class DerbyTopic(Term):
    """Judgements of the IRO on which the way to independent advice depends."""

    CONCERN_CONTINUES = "concern_continues"
    CASE_ADVICE_NEEDED = "case_specific_advice_needed"
    MEETS_CAFCASS_CRITERIA = "meets_cafcass_criteria"


VOCABULARY = (("role", DerbyRole), ("topic", DerbyTopic))

CONTACTS = (
    Contact(role="iro_manager", title="the IRO manager"),
    Contact(role="legal_department", title="Derby City Council's legal services"),
    Contact(role="social_worker", title="the child's social worker"),
    Contact(role=DerbyRole.COUNTY_LEGAL_SERVICES, title="Legal Services", organisation="Derbyshire County Council"),
    Contact(role=DerbyRole.CAFCASS_LEGAL, title="the legal team", organisation="Cafcass"),
    Contact(role="cafcass", title="Cafcass", organisation="Children and Family Court Advisory and Support Service"),
)
