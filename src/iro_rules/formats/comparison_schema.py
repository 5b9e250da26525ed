"""The JSON Schema of a comparison: one case under several protocols."""

from __future__ import annotations

from iro_rules.facts.kinds import BITS
from iro_rules.formats.schema_parts import DIALECT, Schema, closed, const, list_of, moments, named, one_of, ref, text
from iro_rules.rulebook import Standing


def comparison_schema() -> Schema:
    """The JSON Schema (2020-12) of `iro-rules compare --format json`."""
    return {
        "$schema": DIALECT,
        "$id": "urn:iro-rules:comparison:1",
        "title": "A comparison of iro_rules, version 1",
        "description": "One case on one day under several protocols: how each finding stands, and one timeline.",
        **closed(
            format=const("iro-rules/comparison/1", "The format and its version."),
            case=text("The case's id."),
            as_of=ref("moment", "The day or instant asked about."),
            protocols=list_of(
                text(), "What was compared, in the order asked for; “national” is the national rules alone.", minItems=2
            ),
            findings=list_of(ref("finding"), "Every finding that arises under any of them."),
            timeline=list_of(ref("moment_of_it"), "What happened and what falls due, in order of day."),
            foreign=list_of(ref("foreign"), "Facts told in words that a protocol does not have."),
        ),
        "$defs": {
            **moments(),
            "finding": closed(
                "One finding and how it stands under each.",
                id=text("The rule and what it is about."),
                rule=text("The rule's id."),
                act=text("What is to be done, or what is so, in words."),
                bearer=list_of(text(), "The roles that must or may act."),
                citation=text("The instrument and the paragraph."),
                stands=named(
                    {"anyOf": [ref("stands"), {"type": "null"}]}, "By protocol; null where it does not arise."
                ),
            ),
            "stands": closed(
                "How a finding stands.",
                standing=one_of(Standing, "Its standing."),
                due=ref("moment_or_null", "The last day in time, or the instant where the clock runs in hours."),
                missing=list_of(one_of(BITS), "What the record does not show.", uniqueItems=True),
            ),
            "moment_of_it": closed(
                "A fact, or a deadline.",
                day=ref("day_of_year"),
                what=one_of(("fact", "deadline"), "Which of the two."),
                protocols=list_of(text(), "The protocols whose deadline it is; none for a fact."),
                words=text("What happened, or what is to be done."),
                standing={
                    "description": "How it stands; null for a fact.",
                    "anyOf": [one_of(Standing), {"type": "null"}],
                },
                id=text("The fact's id, or the finding's."),
            ),
            "foreign": closed(
                "A word of a fact that a protocol does not have.",
                protocol=text("The protocol."),
                fact=text("The fact's id."),
                field=text("The field."),
                term=text("The word."),
            ),
        },
    }
