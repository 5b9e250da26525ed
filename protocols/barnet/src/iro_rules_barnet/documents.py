"""Barnet: the documents that go to the IRO, and the review papers that go to the lawyer."""

from __future__ import annotations

from iro_rules.clock import Number, Soft, Unit, within
from iro_rules.national.handbook.proceedings import REVIEW_THEN
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import KNOWN, Duty, Present, Towards, fact, seek
from iro_rules_barnet import first_documents
from iro_rules_barnet.source import law
from iro_rules_barnet.terms import (
    BarnetDocument,
    BarnetMeeting,
    BarnetRole,
    BarnetTopic,
)

R, T, D, M = BarnetRole, BarnetTopic, BarnetDocument, BarnetMeeting

LATER = Number("barnet.later-documents.within", 5)

UNIT = Interpretation(
    "barnet.later-documents.unit",
    "Are the five days for later court documents calendar days or working days?",
    (
        ("calendar", "calendar days"),
        ("working", "working days, as in the rest of the protocol"),
    ),
    "calendar",
    "The protocol says working days elsewhere and leaves the word out here.",
)

RECEIPT = Interpretation(
    "barnet.later-documents.receipt",
    "From whose receipt do the five days run?",
    (
        ("worker", "the social worker's, who is to upload the document"),
        ("lawyer", "the allocated lawyer's"),
    ),
    "worker",
    "Nobody is named; nobody can upload what has not reached them.",
)

_LATER = ("court_directions", D.EXPERT_REPORT, D.GUARDIAN_REPORT)

RULES = (
    Duty(
        id="barnet.available-documents",
        law=law(("B-28",), "on documents", verb="must"),
        act="load a legal document where the IRO can read it",
        bearer="social_worker",
        to="iro",
        trigger=fact("received", by="social_worker", document=("legal_paperwork", "court_statement"), ref=KNOWN),
        met_by=(seek("upload", fact("provided", by="social_worker", to="iro"), "document", "ref", since="trigger"),),
        contact="iro",
        within=Soft("as soon as available"),
    ),
    *first_documents.RULES,
    Duty(
        id="barnet.later-documents",
        law=law(("B-30",), "on documents", national=((Towards.IMPLEMENTS, "handbook.court-documents"),)),
        act="upload a later court document for the IRO",
        bearer="social_worker",
        to="iro",
        trigger=by_reading(
            RECEIPT,
            worker=fact("received", by="social_worker", document=_LATER, ref=KNOWN),
            lawyer=fact("received", by="lawyer", document=_LATER, ref=KNOWN),
        ),
        met_by=(
            seek(
                "upload",
                fact("provided", document=_LATER, by="social_worker", to="iro"),
                "document",
                "ref",
                since="trigger",
            ),
        ),
        contact="iro",
        within=by_reading(UNIT, calendar=within(LATER, Unit.DAYS), working=within(LATER, Unit.WORKING_DAYS)),
    ),
    Duty(
        id="barnet.minutes-forwarded",
        law=law(("B-31",), "on review papers", verb="will be responsible for"),
        act="send the lawyer the minutes of a review held during proceedings",
        bearer=R.IRO_ADMINISTRATOR,
        to="lawyer",
        trigger=fact("review_held"),
        met_by=(
            seek(
                "copy",
                fact("provided", document="review_record", by=R.IRO_ADMINISTRATOR, to="lawyer"),
                "review",
                since="trigger",
            ),
        ),
        contact="lawyer",
        given=(seek("court", REVIEW_THEN, "review"),),
        when=(Present("court"),),
        lapses=seek("over", fact("proceedings_ended"), on={"proceedings": "court.proceedings"}, since="trigger"),
    ),
    Duty(
        id="barnet.earlier-reviews",
        law=law(("B-32",), "on review papers"),
        act="ask the IRO service for the earlier reviews that a party wants",
        bearer="lawyer",
        to="iro_service",
        trigger=fact("requested", by=("parent", "guardian", R.CHILDS_SOLICITOR), to="lawyer", about=T.EARLIER_REVIEWS),
        met_by=(
            seek(
                "request",
                fact("requested", by="lawyer", to="iro_service", about=T.EARLIER_REVIEWS),
                "ref",
                since="trigger",
            ),
        ),
        contact="lawyer",
    ),
)
