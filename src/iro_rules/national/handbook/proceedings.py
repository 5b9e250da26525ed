"""Chapter 8 of the Handbook: family proceedings."""

from __future__ import annotations

from iro_rules.clock import Number, Unit, within
from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.national.shared import IN_FORCE
from iro_rules.rulebook import KNOWN, UNKNOWN, Conflict, Duty, fact, seek

COURT_DOCUMENTS = Number("handbook.court-documents.within", {IN_FORCE: 5})

RULES = (
    Duty(
        id="handbook.court-documents",
        law=law(("F-21b",), f"{DUTIES}, item 21(b)"),
        act="give the IRO a copy of each relevant court document",
        bearer="legal_department",
        to="iro",
        trigger=fact("received", by="legal_department", document="court_document", ref=KNOWN),
        within=within(COURT_DOCUMENTS, Unit.WORKING_DAYS),
        met_by=(seek("copy", fact("provided", document="court_document", to="iro"), "ref"),),
        note="Which documents are relevant is a judgement: those recorded as received are taken to be.",
    ),
    Conflict(
        id="handbook.court-documents.untraceable",
        law=law(("F-21b",), f"{DUTIES}, item 21(b)"),
        act="a court document was received without a reference, so whether the IRO got it cannot be followed",
        trigger=fact("received", by="legal_department", document="court_document", ref=UNKNOWN),
    ),
)
