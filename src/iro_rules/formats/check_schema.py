"""The published shape of a protocol's check, as a JSON Schema whose choices are those of the code."""

from __future__ import annotations

from iro_rules.checking import Kind, Severity
from iro_rules.formats.schema_parts import DIALECT, Schema, closed, const, list_of, named, one_of, ref, text


def check_schema() -> Schema:
    """The JSON Schema (2020-12) of `iro-rules protocol check --format json`."""
    number: Schema = {"type": "integer", "minimum": 0}
    return {
        "$schema": DIALECT,
        "$id": "urn:iro-rules:check:1",
        "title": "A check of a protocol by iro_rules, version 1",
        "description": "Where a protocol collides with the national rules, and what it leaves open, without any case.",
        **closed(
            format=const("iro-rules/check/1", "The format and its version."),
            protocol=text("The protocol's name."),
            version=text("The version of its package."),
            authority=text("The authority whose protocol it is."),
            calendar=text("The calendar by which working days were counted."),
            rules={"description": "How many rules the protocol brings.", **number},
            findings=list_of(ref("finding"), "What was found, in the order of the kinds."),
            counts=closed(
                "How many findings there are.",
                by_severity=closed("By weight.", (), **{str(severity): number for severity in Severity}),
                by_kind=closed("By kind.", (), **{str(kind): number for kind in Kind}),
            ),
            kinds=named(
                closed(
                    meaning=text("What a finding of this kind says."), remedy=text("What to do about it.")
                ),
                "The kinds that were found, explained.",
                propertyNames=one_of(Kind),
            ),
        ),
        "$defs": {
            "finding": closed(
                "One thing found.",
                id=text("A name for the finding within its report."),
                kind=one_of(Kind, "What kind of thing was found."),
                severity=one_of(Severity, "How it weighs."),
                about=text("What it is about where no rule alone is: a ladder, a stage, a row, a role; else empty."),
                rules=list_of(text(), "The ids of the protocol's rules it is about."),
                national=list_of(text(), "The ids of the national rules it is measured by."),
                rows=list_of(text(), "The numbers of the requirement rows these rules encode.", uniqueItems=True),
                sentence=text("What was found, in words."),
                arithmetic=list_of(text(), "How it was worked out, one line a step."),
                readings=text("Under which readings of open questions it holds; empty where under all."),
            ),
        },
    }  # fmt: skip
