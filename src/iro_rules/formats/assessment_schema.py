"""The published shapes of assessments, rules and ledgers, as JSON Schemas whose choices are those of the code."""

from __future__ import annotations

from iro_rules.assessment.making import KIND_OF
from iro_rules.facts.fields import KEY
from iro_rules.facts.kinds import BITS, KINDS
from iro_rules.formats.schema_parts import DIALECT, Schema, closed, const, list_of, moments, named, one_of, ref, text
from iro_rules.report.rules import KIND_OF as KIND_OF_RULE
from iro_rules.rulebook import Force, Modality, Standing, Towards, Verified
from iro_rules.rulebook.ledger import BINDING, RowStanding


def assessment_schema() -> Schema:
    """The JSON Schema (2020-12) of `iro-rules assess --format json`."""
    return {
        "$schema": DIALECT,
        "$id": "urn:iro-rules:assessment:1",
        "title": "An assessment by iro_rules, version 1",
        "description": "Every finding about one case on one day, and what the findings rest on.",
        **closed(
            format=const("iro-rules/assessment/1", "The format and its version."),
            case=ref("key", "The id of the case."),
            subject=one_of(("child", "authority"), "Whether it is the case of a child or of an authority's service."),
            as_of=ref("moment", "The day asked about, judged at its end, or the instant asked about."),
            findings=list_of(ref("finding"), "Every finding, in the order of the rulebook."),
            only_under_other_readings=list_of(
                ref("only_otherwise"), "What does not arise as the texts are read here, but would if they were not."
            ),
            notices=list_of(ref("notice"), "What the answer must not be read without: days and facts no rule reaches."),
            provenance=ref("provenance"),
        ),
        "$defs": {
            "finding": _finding(),
            "deciding": closed(
                "A fact that decided a finding.",
                part=text("The part it played: trigger, or the name of the rule's look-up."),
                fact=text("The id of the fact; of a related case's, CASE/FACT or only CASE."),
                kind=one_of(("", *KINDS), "The kind of fact; empty where it is a related case as a whole."),
                when=ref("moment_or_null", "When it happened."),
            ),
            "contact": closed(
                "Whom to turn to.",
                role=text("The role."),
                title=text("The role in words."),
                instead_of=text("The role it stands in for, in words; empty where it stands in for none."),
                details=text("How to reach it, where a directory or the protocol says; else empty."),
            ),
            "law": closed(
                "The source of the rule.",
                **_source(),
                **_in_force(),
            ),
            "national": _national(),
            "otherwise": closed(
                "How a finding would stand under other readings.",
                readings=named(text(), "The readings that would have to be others, each by its interpretation's id."),
                standing=one_of((*map(str, Standing), None), "How it would stand; null where it would not arise."),
                due=ref("moment_or_null", "When it would fall due."),
            ),
            "only_otherwise": closed(
                "Something that arises only under other readings.",
                id=text("The id the finding would have."),
                rule=text("The rule's id."),
                about=text("What it would be about."),
                act=text("The act, in words."),
                readings=list_of(ref("otherwise"), "The readings under which it arises.", minItems=1),
            ),
            "day": closed(
                "One day that the count of a deadline passes.",
                day=ref("day_of_year", "The day."),
                counted={
                    "description": "Its number in the count, or null where it is left out.",
                    "type": ["integer", "null"],
                    "minimum": 1,
                },
                reason=text(
                    "Why it is left out: a weekend day, a bank holiday or closure, the last day in time; or empty."
                ),
            ),
            "provenance": closed(
                "Which rules, calendar, readings and reader made the answer.",
                rulebook=text("The name of the rulebook."),
                packages=list_of(ref("package"), "The packages the rules come from.", minItems=1),
                calendar=text("The edition of the calendar of working days."),
                reader=text("Which reader answered, and whether another checked it."),
                readings=named(text(), "Every interpretation of the rulebook and the reading chosen."),
                coverage=list_of(one_of(KINDS), "The kinds of facts the record would hold.", uniqueItems=True),
                since=named(
                    {"type": "string", "format": "date"},
                    "The first day of each kind of fact that the record would hold from a day on.",
                    propertyNames=one_of(KINDS),
                ),
                left_out={
                    "description": "How many rules were left out because nobody has read their source.",
                    "type": "integer",
                    "minimum": 0,
                },
            ),
            "notice": closed(
                "Days or facts that the rules do not reach.",
                id=one_of(
                    ("before-the-rules", "facts-after-the-day", "facts-before-the-rules", "outside-edition"),
                    "Which kind of notice.",
                ),
                words=text("What it says."),
                rules=list_of(text(), "The ids of the rules concerned."),
                facts=list_of(text(), "The ids of the facts concerned."),
            ),
            "package": _package(),
            **moments(),
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
        **closed(
            format=const("iro-rules/rules/1", "The format and its version."),
            rulebook=text("The name of the rulebook."),
            packages=list_of(ref("package"), "The packages the rules come from.", minItems=1),
            rules=list_of(ref("rule"), "The rules, in the order of the rulebook."),
            numbers=named(
                named({"type": "integer", "minimum": 0}, "The number by the first day on which it is in force."),
                "Every number a rule counts by, by its id.",
            ),
            interpretations=list_of(ref("interpretation"), "The open questions, by id."),
        ),
        "$defs": {
            "rule": closed(
                "One rule.",
                id=text("The rule's id, which does not change."),
                kind=one_of(KIND_OF_RULE.values(), "The kind of rule."),
                **_who(),
                clock=text("Its clock in words, under every reading; empty where it has none."),
                **_source(),
                **_in_force(),
                interpretations=list_of(text(), "The ids of the open questions in the rule itself.", uniqueItems=True),
                note=text("What else to know; else empty."),
            ),
            "national": _national(),
            "interpretation": closed(
                "A question a text leaves open.",
                id=text("Its id."),
                question=text("The question."),
                readings=named(text(), "Each reading's name and what it says.", minProperties=2),
                default=text("The reading used unless another is chosen."),
                why=text("Why that one."),
            ),
            "package": _package(),
            "day_of_year": moments()["day_of_year"],
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
        **closed(
            format=const("iro-rules/ledger/1", "The format and its version."),
            ledger=text("The rulebook, or the protocol, whose rows they are."),
            rows=list_of(ref("row"), "The rows, in the order of their sources."),
            counts=closed(
                "How many rows there are.",
                rows=count | {"description": "All of them."},
                binding=count | {"description": "Those that say must, should or may, or their opposites."},
                binding_encoded=count | {"description": "Those of them that rules encode."},
                by_standing=closed("How many stand how.", optional=(), **by_standing),
            ),
        ),
        "$defs": {
            "row": closed(
                "One row.",
                row=text("Its number."),
                source=text("The instrument or document."),
                where=text("The place in it."),
                modality=one_of((*BINDING, "condition"), "How binding it is."),
                bearer=text("Who must, should or may act; empty where the source does not say or nobody must."),
                asks=text("What it asks, in a few words."),
                standing=one_of(RowStanding, "What became of it."),
                rules=list_of(text(), "The ids of the rules that name it.", uniqueItems=True),
                same_as=text("The row it repeats; else empty."),
                reason=text("Why no rule encodes it; else empty."),
            ),
        },
    }


def _finding() -> Schema:
    found = closed(
        "One obligation, power, gate, constraint, status, arrangement or conflict, and how it stands.",
        optional=("why", "days"),
        id=text("The rule and what it is about; the same for as long as both are."),
        rule=text("The rule's id."),
        kind=one_of(KIND_OF.values(), "The kind of finding."),
        about=text("What it is about; empty where the record cannot show whether the rule applies at all."),
        standing=one_of(Standing, "How it stands on the day asked about."),
        **_who(),
        due=ref("moment_or_null", "The last day in time, or the instant where the clock runs in hours."),
        decided_by=list_of(ref("deciding"), "Every fact that decided it."),
        missing=list_of(one_of(BITS), "What the record does not show.", uniqueItems=True),
        contact={"description": "Whom to turn to, if anybody.", "anyOf": [ref("contact"), {"type": "null"}]},
        law=ref("law"),
        readings=named(text(), "The interpretations it rests on and the reading chosen of each."),
        holds_under_every_reading={
            "description": "Whether no other reading would change the answer; null where that was not worked out.",
            "type": ["boolean", "null"],
        },
        otherwise=list_of(ref("otherwise"), "The other readings that would change the answer, and how."),
        note=text("What else to know about the rule; else empty."),
        why=list_of(text(), "The finding in sentences.", minItems=1),
        days=list_of(ref("day"), "The count of the deadline, day by day; empty where it is not a count of days."),
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
        "act": text("What is to be done, or what is so, in words."),
        "bearer": list_of(text(), "The roles that must or may act."),
        "joint": one_of(("both", "either"), "Whether several bearers must act together, or one of them is enough."),
        "to": list_of(text(), "The roles it is owed to."),
    }


def _source() -> Schema:
    return {
        "rows": list_of(text(), "The numbers of the requirement rows it encodes.", minItems=1),
        "citation": text("The instrument and the paragraph."),
        "force": one_of(Force, "How binding the source is."),
        "modality": one_of(Modality, "What the source asks for."),
        "verb": text("The source's own verb."),
        "verified": one_of(Verified, "; ".join(f"{code}: {code.words()}" for code in Verified)),
    }


def _in_force() -> Schema:
    end = {"anyOf": [ref("day_of_year"), {"type": "null"}]}
    return {
        "in_force_from": ref("day_of_year", "The first day in force."),
        "in_force_to": {"description": "The first day no longer in force, or null.", **end},
        "national": list_of(ref("national"), "How a local rule stands to national ones."),
    }


def _national() -> Schema:
    return closed(
        "How a local rule stands to a national one.",
        towards=one_of(Towards, "What the local rule does to it."),
        rule=text("The national rule's id."),
    )


def _package() -> Schema:
    return closed(
        "Where a part of a rulebook comes from.",
        name=text("Its name."),
        version=text("Its version."),
        source=text("The document it was read from."),
    )
