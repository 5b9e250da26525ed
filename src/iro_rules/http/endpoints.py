"""Everything that can be asked, once: the routes and the published description are both made from this list."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from iro_rules.formats.fact_json import WHEN
from iro_rules.http import answers
from iro_rules.http.asking import Parameter, Question

JSON = "application/json"
ICS = "text/calendar; charset=utf-8"


@attrs.frozen(kw_only=True)
class Endpoint:
    """One thing that can be asked. `body` and `reply` name published schemas; `reply` is "" for what is not JSON."""

    path: str
    name: str
    summary: str
    answer: Callable[[Question], bytes]
    parameters: tuple[Parameter, ...] = ()
    body: str = ""
    reply: str = ""
    media: str = JSON

    @property
    def method(self) -> str:
        """What carries a case is posted, so that no case stands in an address, which others write down."""
        return "POST" if self.body else "GET"


AS_OF = Parameter(
    name="as_of",
    description="the day asked about, judged at its end; or an instant with its offset from UTC",
    schema={"type": "string", "pattern": f"^{WHEN.pattern}$"},
    required=True,
    example="2026-03-02",
)
PROTOCOL = Parameter(
    name="protocol",
    description="a council's protocol by name; without one, the national rules alone",
    schema={"type": "string"},
)
READ = Parameter(
    name="read",
    description="a reading of an open question, as INTERPRETATION=READING; may be repeated",
    schema={"type": "string", "pattern": "^[^=]+=.*$"},
    several="repeated",
)
UNVERIFIED = Parameter(
    name="unverified",
    description="whether the rules whose source nobody has read are brought in",
    schema={"type": "string", "enum": ["true", "false"]},
)
JUDGED = (AS_OF, PROTOCOL, READ, UNVERIFIED)

ENDPOINTS = (
    Endpoint(
        path="/v1/assess", name="assess", summary="Judge a case on a day: everything owed, and how it stands.",
        answer=answers.assess, parameters=JUDGED, body="case-1", reply="assessment-1",
    ),
    Endpoint(
        path="/v1/what-if", name="what_if", summary="Say what would change in a case if facts were otherwise.",
        answer=answers.what_if, parameters=JUDGED, body="supposition-1", reply="what-if-1",
    ),
    Endpoint(
        path="/v1/compare", name="compare", summary="Judge a case under several protocols, and say where they differ.",
        answer=answers.compare, body="case-1", reply="comparison-1",
        parameters=(
            AS_OF,
            Parameter(
                name="protocols",
                description="two or more, each as a parameter or with commas between; “national” is one too",
                schema={"type": "array", "items": {"type": "string"}, "minItems": 2}, required=True, several="commas",
                example=["national", "rochdale"],
            ),
            READ,
            UNVERIFIED,
        ),
    ),
    Endpoint(
        path="/v1/explain", name="explain", summary="Explain a finding in a case, or all findings of a rule.",
        answer=answers.explain, parameters=JUDGED, body="question-1", reply="explanation-1",
    ),
    Endpoint(
        path="/v1/audit", name="audit", summary="Audit an authority's IRO service.",
        answer=answers.audit, parameters=JUDGED, body="case-1", reply="audit-1",
    ),
    Endpoint(
        path="/v1/calendar", name="calendar", summary="Every deadline of a case as an iCalendar file (RFC 5545).",
        answer=answers.calendar, parameters=JUDGED, body="case-1", media=ICS,
    ),
    Endpoint(
        path="/v1/rules", name="rules", summary="List every rule with its source, force and clock; or one of them.",
        answer=answers.rules, reply="rules-1",
        parameters=(
            PROTOCOL,
            Parameter(name="rule", description="the id of one rule", schema={"type": "string"}),
        ),
    ),
    Endpoint(
        path="/v1/protocols", name="protocols", summary="List the protocols installed.",
        answer=answers.protocols, reply="protocols-1",
    ),
    Endpoint(
        path="/v1/protocol-check", name="protocol_check",
        summary="Say where a protocol collides with the national rules, and what it leaves open.",
        answer=answers.protocol_check, parameters=(attrs.evolve(PROTOCOL, required=True, example="rochdale"),),
        reply="check-1",
    ),
    Endpoint(
        path="/version", name="version", summary="Which version of the library answers, under which rules.",
        answer=answers.version, reply="version",
    ),
    Endpoint(
        path="/openapi.json", name="openapi", summary="This description.", answer=answers.openapi, reply="anything",
    ),
)  # fmt: skip

BY_NAME = {endpoint.name: endpoint for endpoint in ENDPOINTS}

HEALTH = "/health"
"""The one path that asks nobody who they are; it says that the service runs, and nothing else."""
