"""The published shapes of assessments, rules and ledgers, as JSON Schemas whose choices are those of the code."""

from __future__ import annotations

from enum import Enum
from typing import Any

from iro_rules.assessment.making import KIND_OF
from iro_rules.facts.fields import KEY
from iro_rules.facts.kinds import BITS, KINDS
from iro_rules.report.rules import KIND_OF as KIND_OF_RULE
from iro_rules.rulebook import Force, Modality, Standing, Towards, Verified
from iro_rules.rulebook.ledger import BINDING, RowStanding

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
INSTANT = f"{DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}[+-][0-9]{{2}}:[0-9]{{2}}"


def assessment_schema() -> Schema:
    """The JSON Schema (2020-12) of `iro-rules assess --format json`."""
    return {
        "$schema": DIALECT,
        "$id": "urn:iro-rules:assessment:1",
        "title": "An assessment by iro_rules, version 1",
        "description": "Every finding about one case on one day, and what the findings rest on.",
        **_object(
            format=_const("iro-rules/assessment/1", "The format and its version."),
            case=_ref("key", "The id of the case."),
            subject=_enum(("child", "authority"), "Whether the case is about a child or about an authority's service."),
            as_of=_ref("moment", "The day asked about, judged at its end, or the instant asked about."),
            findings=_list(_ref("finding"), "Every finding, in the order of the rulebook."),
            only_under_other_readings=_list(
                _ref("only_otherwise"), "What does not arise as the texts are read here, but would if they were not."
            ),
            provenance=_ref("provenance"),
        ),
        "$defs": {
            "finding": _finding(),
            "deciding": _object(
                "A fact that decided a finding.",
                part=_text("The part it played: trigger, or the name of the rule's look-up."),
                fact=_text("The id of the fact; of a related case's, CASE/FACT or only CASE."),
                kind=_enum(("", *KINDS), "The kind of fact; empty where it is a related case as a whole."),
                when=_ref("moment_or_null", "When it happened."),
            ),
            "contact": _object(
                "Whom to turn to.",
                role=_text("The role."),
                title=_text("The role in words."),
                instead_of=_text("The role it stands in for, in words; empty where it stands in for none."),
                details=_text("How to reach it, where a directory knows; else empty."),
            ),
            "law": _object(
                "The source of the rule.",
                **_source(),
                **_in_force(),
            ),
            "national": _national(),
            "otherwise": _object(
                "How a finding would stand under other readings.",
                readings=_named(_text(), "The readings that would have to be others, each by its interpretation's id."),
                standing=_enum((*map(str, Standing), None), "How it would stand; null where it would not arise."),
                due=_ref("moment_or_null", "When it would fall due."),
            ),
            "only_otherwise": _object(
                "Something that arises only under other readings.",
                id=_text("The id the finding would have."),
                rule=_text("The rule's id."),
                about=_text("What it would be about."),
                act=_text("The act, in words."),
                readings=_list(_ref("otherwise"), "The readings under which it arises.", minItems=1),
            ),
            "day": _object(
                "One day that the count of a deadline passes.",
                day=_ref("day_of_year", "The day."),
                counted={
                    "description": "Its number in the count, or null where it is left out.",
                    "type": ["integer", "null"],
                    "minimum": 1,
                },
                reason=_text(
                    "Why it is left out: a weekend day, a bank holiday or closure, the last day in time; or empty."
                ),
            ),
            "provenance": _object(
                "Which rules, calendar, readings and reader made the answer.",
                rulebook=_text("The name of the rulebook."),
                packages=_list(_ref("package"), "The packages the rules come from.", minItems=1),
                calendar=_text("The edition of the calendar of working days."),
                reader=_text("Which reader answered, and whether another checked it."),
                readings=_named(_text(), "Every interpretation of the rulebook and the reading chosen."),
                coverage=_list(_enum(KINDS), "The kinds of facts the record would hold.", uniqueItems=True),
            ),
            "package": _package(),
            **_moments(),
            "key": {"type": "string", "pattern": "^" + KEY.pattern.removesuffix(r"\Z") + "$"},
        },
    }


def rules_schema() -> Schema:
    """The JSON Schema (2020-12) of `iro-rules rules --format json`."""
    return {
        "$schema": DIALECT,
        "$id": "urn:iro-rules:rules:1",
        "title": "The rules of a rulebook of iro_rules, version 1",
        "description": "Every rule that gives findings, every number, and every open question of interpretation.",
        **_object(
            format=_const("iro-rules/rules/1", "The format and its version."),
            rulebook=_text("The name of the rulebook."),
            packages=_list(_ref("package"), "The packages the rules come from.", minItems=1),
            rules=_list(_ref("rule"), "The rules, in the order of the rulebook."),
            numbers=_named(
                _named({"type": "integer", "minimum": 0}, "The number by the first day on which it is in force."),
                "Every number a rule counts by, by its id.",
            ),
            interpretations=_list(_ref("interpretation"), "The open questions, by id."),
        ),
        "$defs": {
            "rule": _object(
                "One rule.",
                id=_text("The rule's id, which does not change."),
                kind=_enum(KIND_OF_RULE.values(), "The kind of rule."),
                **_who(),
                clock=_text("Its clock in words, under every reading; empty where it has none."),
                **_source(),
                **_in_force(),
                interpretations=_list(_text(), "The ids of the open questions in the rule itself.", uniqueItems=True),
                note=_text("What else to know; else empty."),
            ),
            "national": _national(),
            "interpretation": _object(
                "A question a text leaves open.",
                id=_text("Its id."),
                question=_text("The question."),
                readings=_named(_text(), "Each reading's name and what it says.", minProperties=2),
                default=_text("The reading used unless another is chosen."),
                why=_text("Why that one."),
            ),
            "package": _package(),
            "day_of_year": _moments()["day_of_year"],
        },
    }


def ledger_schema() -> Schema:
    """The JSON Schema (2020-12) of `iro-rules ledger --format json`."""
    count: Schema = {"type": "integer", "minimum": 0}
    by_standing = {str(s): count | {"description": f"{s.words().capitalize()}."} for s in RowStanding}
    return {
        "$schema": DIALECT,
        "$id": "urn:iro-rules:ledger:1",
        "title": "The ledger of a rulebook of iro_rules, version 1",
        "description": "Every numbered row of the sources, the rules that encode it, and how each other row stands.",
        **_object(
            format=_const("iro-rules/ledger/1", "The format and its version."),
            ledger=_text("The rulebook, or the protocol, whose rows they are."),
            rows=_list(_ref("row"), "The rows, in the order of their sources."),
            counts=_object(
                "How many rows there are.",
                rows=count | {"description": "All of them."},
                binding=count | {"description": "Those that say must, should or may, or their opposites."},
                binding_encoded=count | {"description": "Those of them that rules encode."},
                by_standing=_object("How many stand how.", optional=(), **by_standing),
            ),
        ),
        "$defs": {
            "row": _object(
                "One row.",
                row=_text("Its number."),
                source=_text("The instrument or document."),
                where=_text("The place in it."),
                modality=_enum((*BINDING, "condition"), "How binding it is."),
                bearer=_text("Who must, should or may act; empty where the source does not say or nobody must."),
                asks=_text("What it asks, in a few words."),
                standing=_enum(RowStanding, "What became of it."),
                rules=_list(_text(), "The ids of the rules that name it.", uniqueItems=True),
                same_as=_text("The row it repeats; else empty."),
                reason=_text("Why no rule encodes it; else empty."),
            ),
        },
    }


def _finding() -> Schema:
    found = _object(
        "One obligation, power, gate, constraint, status, arrangement or conflict, and how it stands.",
        optional=("why", "days"),
        id=_text("The rule and what it is about; the same for as long as both are."),
        rule=_text("The rule's id."),
        kind=_enum(KIND_OF.values(), "The kind of finding."),
        about=_text("What it is about; empty where the record cannot show whether the rule applies at all."),
        standing=_enum(Standing, "How it stands on the day asked about."),
        **_who(),
        due=_ref("moment_or_null", "The last day in time, or the instant where the clock runs in hours."),
        decided_by=_list(_ref("deciding"), "Every fact that decided it."),
        missing=_list(_enum(BITS), "What the record does not show.", uniqueItems=True),
        contact={"description": "Whom to turn to, if anybody.", "anyOf": [_ref("contact"), {"type": "null"}]},
        law=_ref("law"),
        readings=_named(_text(), "The interpretations it rests on and the reading chosen of each."),
        holds_under_every_reading={
            "description": "Whether no other reading would change the answer; null where that was not worked out.",
            "type": ["boolean", "null"],
        },
        otherwise=_list(_ref("otherwise"), "The other readings that would change the answer, and how."),
        note=_text("What else to know about the rule; else empty."),
        why=_list(_text(), "The finding in sentences.", minItems=1),
        days=_list(_ref("day"), "The count of the deadline, day by day; empty where it is not a count of days."),
    )
    unclear = {"properties": {"standing": {"const": str(Standing.NOT_EVALUABLE)}}}
    return {
        **found,
        "if": unclear,
        "then": {"properties": {"missing": {"minItems": 1}}},
        "else": {"properties": {"missing": {"maxItems": 0}, "about": {"minLength": 1}}},
    }


def _who() -> Schema:
    return {
        "act": _text("What is to be done, or what is so, in words."),
        "bearer": _list(_text(), "The roles that must or may act."),
        "joint": _enum(("both", "either"), "Whether several bearers must act together, or one of them is enough."),
        "to": _list(_text(), "The roles it is owed to."),
    }


def _source() -> Schema:
    return {
        "rows": _list(_text(), "The numbers of the requirement rows it encodes.", minItems=1),
        "citation": _text("The instrument and the paragraph."),
        "force": _enum(Force, "How binding the source is."),
        "modality": _enum(Modality, "What the source asks for."),
        "verb": _text("The source's own verb."),
        "verified": _enum(Verified, "; ".join(f"{code}: {code.words()}" for code in Verified)),
    }


def _in_force() -> Schema:
    end = {"anyOf": [_ref("day_of_year"), {"type": "null"}]}
    return {
        "in_force_from": _ref("day_of_year", "The first day in force."),
        "in_force_to": {"description": "The first day no longer in force, or null.", **end},
        "national": _list(_ref("national"), "How a local rule stands to national ones."),
    }


def _national() -> Schema:
    return _object(
        "How a local rule stands to a national one.",
        towards=_enum(Towards, "What the local rule does to it."),
        rule=_text("The national rule's id."),
    )


def _package() -> Schema:
    return _object(
        "Where a part of a rulebook comes from.",
        name=_text("Its name."),
        version=_text("Its version."),
        source=_text("The document it was read from."),
    )


def _moments() -> Schema:
    return {
        "day_of_year": {"description": "A day.", "type": "string", "format": "date", "pattern": f"^{DAY}$"},
        "moment": {
            "description": "A day, or an instant in London time with its offset from UTC.",
            "type": "string",
            "pattern": f"^({DAY}|{INSTANT})$",
        },
        "moment_or_null": {"anyOf": [_ref("moment"), {"type": "null"}]},
    }


def _object(description: str = "", /, optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    return {
        **({"description": description} if description else {}),
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _named(values: Schema, description: str, **more: Any) -> Schema:
    return {"description": description, "type": "object", "additionalProperties": values, **more}


def _list(items: Schema, description: str, **more: Any) -> Schema:
    return {"description": description, "type": "array", "items": items, **more}


def _text(description: str = "") -> Schema:
    return {"description": description, "type": "string"} if description else {"type": "string"}


def _const(value: str, description: str) -> Schema:
    return {"description": description, "const": value}


def _enum(values: Any, description: str = "") -> Schema:
    found = {"enum": [value.value if isinstance(value, Enum) else value for value in values]}
    return {"description": description, **found} if description else found


def _ref(name: str, description: str = "") -> Schema:
    found = {"$ref": f"#/$defs/{name}"}
    return {"description": description, **found} if description else found
