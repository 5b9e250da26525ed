"""The published shapes of what another program asks and is told: suppositions, questions, explanations, problems."""

from __future__ import annotations

from iro_rules.facts.kinds import BITS
from iro_rules.formats.assessment_schema import assessment_schema
from iro_rules.formats.fact_json import Terms
from iro_rules.formats.schema import case_schema
from iro_rules.formats.schema_parts import DIALECT, Schema, closed, const, list_of, moments, named, one_of, ref, text
from iro_rules.rulebook import Standing


def _head(name: str, title: str, description: str) -> Schema:
    return {
        "$schema": DIALECT,
        "$id": f"urn:iro-rules:{name}:1",
        "title": f"{title} of iro_rules, version 1",
        "description": description,
    }


def _case_parts(terms: Terms | None) -> Schema:
    """What a case is made of, without the file of many cases."""
    parts: Schema = case_schema(terms)["$defs"]
    return {name: part for name, part in parts.items() if name != "cases"}


WHOLE_CASE: Schema = {"$ref": "#/$defs/case", "description": "The case, as in a case file.", "required": ["format"]}

_OPEN: Schema = {"type": "object", "additionalProperties": True}
"""An object that may have any properties; said, since programs that make clients else take it to have none."""


def supposition_schema(terms: Terms | None = None) -> Schema:
    """The JSON Schema (2020-12) of what is supposed of a case; `terms` as for `case_schema`."""
    optional = ("add", "without", "move", "change")
    return {
        **_head("supposition", "A supposition", "A case, and what is supposed of it, to be told what would change."),
        **closed(
            optional=optional,
            format=const("iro-rules/supposition/1", "The format and its version."),
            case=WHOLE_CASE,
            add=list_of({"anyOf": [ref("child_fact"), ref("authority_fact")]}, "Further facts, as in a case file."),
            without=list_of(text(), "The ids of facts to leave out."),
            move=named(ref("when"), "Another day or time for a fact, by its id."),
            change=named(_OPEN, "Other values for fields of a fact, by its id."),
        ),
        "$defs": _case_parts(terms),
    }


def question_schema(terms: Terms | None = None) -> Schema:
    """The JSON Schema (2020-12) of a case and what is to be explained in it; `terms` as for `case_schema`."""
    return {
        **_head("question", "A question", "A case, and the finding in it that is to be explained."),
        **closed(
            format=const("iro-rules/question/1", "The format and its version."),
            case=WHOLE_CASE,
            name=text("The id of a finding; or of a rule, for all its findings."),
        ),
        "$defs": _case_parts(terms),
    }


def what_if_schema() -> Schema:
    """The JSON Schema (2020-12) of what a supposition would change."""
    named_by = {name: text() for name in ("kind", "id", "when")}
    fact = {"anyOf": [{**_OPEN, "properties": named_by, "required": [*named_by]}, {"type": "null"}]}
    stands = {"anyOf": [ref("stands"), {"type": "null"}]}
    return {
        **_head("what-if", "What a supposition would change", "One case as it is and as it might be, on one day."),
        **closed(
            format=const("iro-rules/what-if/1", "The format and its version."),
            case=text("The case's id."),
            as_of=ref("moment", "The day or instant asked about."),
            edits=list_of(ref("edit"), "What was supposed."),
            changes=list_of(ref("change"), "Every finding that appears, goes or stands otherwise."),
            why=list_of(text(), "The same in sentences, line by line.", minItems=1),
        ),
        "$defs": {
            **moments(),
            "edit": closed(
                "One thing done to the case.",
                what=one_of(("added", "taken away", "moved", "changed"), "Which thing."),
                fact=text("The fact's id."),
                before={"description": "The fact as recorded, or null.", **fact},
                after={"description": "The fact as supposed, or null.", **fact},
            ),
            "change": closed(
                "One finding that would be otherwise.",
                finding=text("The finding's id."),
                rule=text("The rule's id."),
                act=text("What is to be done, or what is so, in words."),
                change=one_of(("appears", "goes", "changes"), "What becomes of it."),
                before={"description": "How it stands; null where it does not arise.", **stands},
                after={"description": "How it would stand; null where it would not arise.", **stands},
                because=list_of(text(), "The ids of the facts whose editing changes it.", minItems=1),
            ),
            "stands": closed(
                "How a finding stands.",
                standing=one_of(Standing, "Its standing."),
                due=ref("moment_or_null", "The last day in time, or the instant where the clock runs in hours."),
                missing=list_of(one_of(BITS), "What the record does not show.", uniqueItems=True),
            ),
        },
    }


def explanation_schema() -> Schema:
    """The JSON Schema (2020-12) of findings explained; a finding has the shape it has in an assessment."""
    whole = assessment_schema()
    asked = {name: whole["properties"][name] for name in ("case", "as_of", "provenance")}
    return {
        **_head("explanation", "An explanation", "Every finding of one rule, or one finding, in one case on one day."),
        **closed(
            format=const("iro-rules/explanation/1", "The format and its version."),
            findings=list_of(ref("finding"), "The findings asked about, each with its sentences.", minItems=1),
            **asked,
        ),
        "$defs": {name: part for name, part in whole["$defs"].items() if name not in ("only_otherwise", "notice")},
    }


def protocols_schema() -> Schema:
    """The JSON Schema (2020-12) of the protocol packages installed."""
    return {
        **_head(
            "protocols", "The protocols", "The protocol packages installed, and those that cannot be used and why."
        ),
        **closed(
            format=const("iro-rules/protocols/1", "The format and its version."),
            protocols=list_of(ref("protocol"), "The packages, as they were found."),
        ),
        "$defs": {
            "protocol": closed(
                "One package.",
                name=text("The protocol's name, by which it is asked for."),
                version=text("The version of the distribution."),
                distribution=text("The distribution it comes from."),
                title=text("The protocol's title; empty where it cannot be used."),
                authorities=list_of(text(), "The authorities whose protocol it is."),
                error={"description": "Why it cannot be used, or null.", "type": ["string", "null"]},
            )
        },
    }


def problem_schema() -> Schema:
    """The JSON Schema (2020-12) of why something asked over HTTP was refused: problem details (RFC 9457)."""
    return {
        **_head(
            "problem", "A problem", "Why there is no answer: problem details (RFC 9457) in the library's own words."
        ),
        **closed(
            type=text("What kind of problem it is: the library's errors are urn:iro-rules:error:ANCHOR."),
            title=text("The kind in words, the same for every problem of the kind."),
            status={"description": "The HTTP status.", "type": "integer", "minimum": 400, "maximum": 599},
            detail=text("What is wrong, where, the value, and what would be right."),
            where=text("Where it is; empty where that is not known."),
            right=text("What would be right; empty where nothing is to be said."),
        ),
    }
