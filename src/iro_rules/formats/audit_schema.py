"""The published shape of audits, as a JSON Schema whose choices are those of the code."""

from __future__ import annotations

from iro_rules.formats.assessment_schema import assessment_schema
from iro_rules.formats.schema_parts import DIALECT, Schema, closed, const, list_of, moments, one_of, ref, text
from iro_rules.rulebook import Standing, Verified


def audit_schema() -> Schema:
    """The JSON Schema (2020-12) of `iro-rules audit --format json`."""
    shared = assessment_schema()["$defs"]
    day = {"anyOf": [ref("day_of_year"), {"type": "null"}]}
    kinds = list_of(text(), "The kinds of facts the record would hold.", uniqueItems=True)
    number: Schema = {"type": ["integer", "null"], "minimum": 0}
    return {
        "$schema": DIALECT,
        "$id": "urn:iro-rules:audit:1",
        "title": "An audit by iro_rules, version 1",
        "description": "How the service of one authority stands on one day, and what to do next.",
        **closed(
            format=const("iro-rules/audit/1", "The format and its version."),
            authority=ref("key", "The id of the authority's case."),
            as_of=ref("moment", "The day asked about, judged at its end, or the instant asked about."),
            arrangements=list_of(ref("asked"), "What is to be in place, in the order of the rulebook."),
            acts=list_of(ref("asked"), "What is done once or from time to time; of each, what is to be done or was."),
            conflicts=list_of(ref("asked"), "What cannot be right."),
            caseloads=closed(
                "Caseloads against the figures advised.",
                least=number | {"description": "The fewest children advised."},
                most=number | {"description": "The most children advised."},
                read_as=text("For what the figures are taken to be advised."),
                counted=list_of(ref("caseload"), "The last count of each IRO's children, and of the whole service's."),
                over_all={
                    "description": "All IROs together, worked out; null where one has no working time on record.",
                    "anyOf": [ref("caseload"), {"type": "null"}],
                },
            ),
            annual_reports=list_of(ref("day_of_year"), "The days on which annual reports were produced."),
            training=list_of(ref("trained"), "When the service, and each IRO, last had training."),
            cannot_be_told=list_of(ref("unseen"), "Rules of which this record cannot show whether they arise."),
            next=list_of(text(), "What to do next, the most urgent first."),
            provenance=ref("provenance"),
        ),
        "$defs": {
            "asked": closed(
                "One thing asked of the authority.",
                finding=text("The id of the finding."),
                rule=text("The rule's id."),
                binding=one_of(("must", "must consider", "should"), "How binding it is."),
                standing=one_of(Standing, "How it stands."),
                act=text("What is asked, in words."),
                bearer=list_of(text(), "The roles that must or should act."),
                due={"description": "The last day in time.", **ref("moment_or_null")},
                on_record=text("What is on record of an arrangement; else empty."),
                would_show=text("What would show an arrangement that is not known to be in place; else empty."),
                missing=list_of(text(), "What the record does not show.", uniqueItems=True),
                rows=list_of(text(), "The numbers of the requirement rows it rests on.", minItems=1),
                citation=text("The instrument and the paragraph."),
                verified=one_of(Verified, "How far the source was read."),
            ),
            "caseload": closed(
                "One caseload.",
                person={"description": "The IRO; null for the whole service.", "type": ["string", "null"]},
                children=number | {"description": "How many children."},
                full_time_percent=number | {"description": "The working time: 100 is one full-time post."},
                to_a_post=text("Children to a full-time post; empty where no working time is on record."),
                side=one_of(("above", "within", "below", ""), "Against what is advised; empty where nobody can tell."),
                counted={"description": "The day of the count; null where it is worked out.", **day},
                finding=text("The id of the finding that compares it; else empty."),
            ),
            "trained": closed(
                "When somebody last had training.",
                person={"description": "The IRO; null for the whole service.", "type": ["string", "null"]},
                last={"description": "The day; null where none is on record.", **day},
            ),
            "unseen": closed(
                "Rules that want for the same.",
                missing=list_of(text(), "What is missing.", uniqueItems=True),
                rules=list_of(text(), "The ids of the rules.", minItems=1),
            ),
            "provenance": {
                **shared["provenance"],
                "properties": {**shared["provenance"]["properties"], "coverage": kinds},
            },
            **{name: shared[name] for name in ("package", "key", *moments())},
        },
    }
