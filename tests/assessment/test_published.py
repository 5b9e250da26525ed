"""What goes out as JSON has a published shape: real output fits it, and nothing else does."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from iro_rules import Assessment, Registry, Standing, assess, read_case, setting
from iro_rules.assessment.making import KIND_OF
from iro_rules.facts.kinds import BITS, KINDS
from iro_rules.formats.assessment_json import FORMAT, assessment_to_json
from iro_rules.formats.assessment_schema import assessment_schema, ledger_schema, rules_schema
from iro_rules.formats.audit_schema import audit_schema
from iro_rules.formats.schema import schema_text, shipped
from iro_rules.report.rules import rules_to_json
from iro_rules.rulebook import Force, Modality, Towards, Verified
from tests.assessment.conftest import EXAMPLES

ASSESSMENT = Draft202012Validator(shipped("assessment-1"), format_checker=FormatChecker())
RULES = Draft202012Validator(shipped("rules-1"), format_checker=FormatChecker())
MAPS = {"readings", "numbers"}
"""Objects whose names are ids, where any name may stand."""

PROTOCOLS = [None, *[protocol.name for protocol in Registry.discover().protocols]]


def plain(value: Any) -> Any:
    """A value as whoever reads the JSON has it."""
    return json.loads(json.dumps(value))


def of_example(name: str, protocol: str | None, as_of: str, **options: Any) -> Assessment:
    """One of the examples, judged."""
    where = setting(protocol)
    read = read_case(EXAMPLES / f"{name}.json", terms=where.rulebook.terms)
    return assess(read.case, as_of=as_of, protocol=where, related=read.related.values(), engine="meaning", **options)


EVERY = [
    ("rochdale-dispute", "rochdale", "2026-03-02"),
    ("rochdale-dispute", "rochdale", "2026-02-10T09:30:00+00:00"),
    ("siblings", None, "2026-03-02"),
    ("reviews-only", None, "2026-03-02"),
    ("authority", None, "2026-03-02"),
    ("authority", None, "1999-01-01"),
]


def few() -> dict[str, Any]:
    """A copy of `_few`, to be spoilt."""
    return copy.deepcopy(_few())


@cache
def _few() -> dict[str, Any]:
    """An assessment with one finding of each make: explained, counted, with contact, unclear, changed by a reading."""
    made = plain(assessment_to_json(of_example("rochdale-dispute", "rochdale", "2026-02-10")))
    wanted = (
        "handbook.siblings-share-iro:f04",
        "rochdale.dispute.cafcass-referral:f12",
        "rochdale.dispute.escalate-to-service-director:f27",
    )
    made["findings"] = [f for f in made["findings"] if f["id"] in wanted]
    other = plain(assessment_to_json(of_example("siblings", None, "2026-03-02")))
    made["only_under_other_readings"] = other["only_under_other_readings"]
    assert len(made["findings"]) == 3
    assert len(made["only_under_other_readings"]) == 1
    return dict(made)


def objects(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every object whose names are fixed."""
    if isinstance(value, dict):
        if not path or path[-1] not in MAPS:
            yield path
        for name, item in value.items():
            if name not in MAPS:
                yield from objects(item, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from objects(item, (*path, number))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a place."""
    for step in path:
        value = value[step]
    return value


def faults(validator: Any, value: Any) -> list[str]:
    """What is wrong with a value, in words."""
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def spoilt(value: dict[str, Any], optional: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The value with one property gone, and with one misspelt, for every property of every object in it."""
    for path in objects(value):
        for name in at(value, path):
            gone = copy.deepcopy(value)
            found = at(gone, path).pop(name)
            if name not in optional:
                yield f"without {path} {name}", gone
            misspelt = copy.deepcopy(gone)
            at(misspelt, path)[name + "s"] = found
            yield f"with {path} {name}s", misspelt


@pytest.mark.parametrize(("name", "protocol", "as_of"), EVERY)
@pytest.mark.parametrize("robustness", [True, False], ids=["compared", "not compared"])
def test_every_example_fits_the_published_shape(name: str, protocol: str | None, as_of: str, robustness: bool) -> None:
    """With and without explanations, with and without other readings."""
    made = of_example(name, protocol, as_of, robustness=robustness)
    for explain in (True, False):
        assert faults(ASSESSMENT, plain(assessment_to_json(made, explain=explain))) == []


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_rules_of_every_installed_protocol_fit_the_published_shape(protocol: str | None) -> None:
    """And those of the national rulebook alone."""
    assert faults(RULES, plain(rules_to_json(setting(protocol).rulebook))) == []


def test_an_assessment_with_a_property_gone_or_misspelt_does_not_fit() -> None:
    """Wherever it stands; only the explanation may be left out."""
    made = few()
    assert faults(ASSESSMENT, made) == []
    number = 0
    for what, wrong in spoilt(made, {"why", "days"}):
        assert faults(ASSESSMENT, wrong), what
        number += 1
    assert number > 200


def test_a_list_of_rules_with_a_property_gone_or_misspelt_does_not_fit() -> None:
    """Wherever it stands."""
    made = plain(rules_to_json(setting("rochdale").rulebook))
    made["rules"] = [rule for rule in made["rules"] if rule["national"]][:2]
    made["interpretations"] = made["interpretations"][:1]
    assert len(made["rules"]) == 2
    assert faults(RULES, made) == []
    for what, wrong in spoilt(made, set()):
        assert faults(RULES, wrong), what


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "iro-rules/assessment/2"),
        (("case",), "no id, this"),
        (("as_of",), "2026-3-2"),
        (("as_of",), "2026-03-02T10:00:00"),
        (("findings", 0, "standing"), "late"),
        (("findings", 0, "kind"), "duty"),
        (("findings", 0, "missing"), []),
        (("findings", 0, "missing"), ["everything"]),
        (("findings", 1, "missing"), ["told"]),
        (("findings", 0, "due"), "soon"),
        (("findings", 0, "law", "force"), "custom"),
        (("findings", 0, "holds_under_every_reading"), "yes"),
        (("findings", 1, "contact"), {}),
        (("provenance", "coverage"), ["told", "told"]),
        (("provenance", "packages"), []),
    ],
)
def test_a_value_that_is_none_of_the_choices_does_not_fit(path: tuple[Any, ...], value: Any) -> None:
    """Standings, forces, kinds, days and what is missing are closed."""
    made = few()
    at(made, path[:-1])[path[-1]] = value
    assert faults(ASSESSMENT, made)


def test_the_shipped_files_are_what_the_code_makes() -> None:
    """They are schemas of the 2020-12 dialect, and name their version."""
    made = {
        "assessment-1": assessment_schema(),
        "audit-1": audit_schema(),
        "rules-1": rules_schema(),
        "ledger-1": ledger_schema(),
    }
    for name, schema in made.items():
        Draft202012Validator.check_schema(schema)
        assert schema_text(shipped(name)) == schema_text(schema), f"{name}.json: run python tools/reference.py"
        assert shipped(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert shipped("assessment-1")["properties"]["format"]["const"] == FORMAT
    assert shipped("rules-1")["properties"]["format"]["const"] == "iro-rules/rules/1"
    assert shipped("ledger-1")["properties"]["format"]["const"] == "iro-rules/ledger/1"


def test_the_choices_are_those_of_the_code() -> None:
    """Standings, kinds, forces, modalities, codes of verification, kinds of facts, and what can be missing."""
    known = shipped("assessment-1")["$defs"]
    finding, law = known["finding"]["properties"], known["law"]["properties"]
    assert finding["standing"]["enum"] == [standing.value for standing in Standing]
    assert known["otherwise"]["properties"]["standing"]["enum"] == [*(s.value for s in Standing), None]
    assert finding["kind"]["enum"] == list(KIND_OF.values())
    assert finding["missing"]["items"]["enum"] == list(BITS)
    assert known["deciding"]["properties"]["kind"]["enum"] == ["", *KINDS]
    assert known["provenance"]["properties"]["coverage"]["items"]["enum"] == list(KINDS)
    rule = shipped("rules-1")["$defs"]["rule"]["properties"]
    for source in (law, rule):
        assert source["force"]["enum"] == [force.value for force in Force]
        assert source["modality"]["enum"] == [modality.value for modality in Modality]
        assert source["verified"]["enum"] == [code.value for code in Verified]
    assert known["national"]["properties"]["towards"]["enum"] == [towards.value for towards in Towards]


def test_every_object_is_closed_and_every_property_is_described() -> None:
    """No name that is not known may stand in an object, and each known one is said in plain words."""
    for name in ("assessment-1", "audit-1", "rules-1", "ledger-1"):
        for path in schemas(shipped(name)):
            schema = at(shipped(name), path)
            if schema.get("type") != "object" or "properties" not in schema:
                continue
            assert schema["additionalProperties"] is False, path
            for prop, inner in schema["properties"].items():
                described = inner if "$ref" not in inner else {**at_ref(name, inner["$ref"]), **inner}
                text = described.get("description", "")
                assert text.endswith((".", "was read", "supplied")) or "V1:" in text or prop in ("default", "why"), (
                    f"{name} {path} {prop}"
                )


def schemas(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every object of a schema."""
    if isinstance(value, dict):
        yield path
        for name, item in value.items():
            yield from schemas(item, (*path, name))


def at_ref(name: str, reference: str) -> Any:
    """What a reference leads to."""
    return shipped(name)["$defs"][reference.removeprefix("#/$defs/")]


def test_what_is_read_back_says_what_the_assessment_said() -> None:
    """Standings, days and ids survive the way out."""
    made = of_example("rochdale-dispute", "rochdale", "2026-03-02")
    told = plain(assessment_to_json(made))
    assert [(f["id"], f["standing"], f["due"]) for f in told["findings"]] == [
        (f.id, f.standing.value, f.due.isoformat() if f.due else None) for f in made
    ]
    assert [f["why"] for f in told["findings"]] == [list(f.explain().sentences) for f in made]
    assert told["provenance"]["reader"] == made.provenance.reader


@pytest.mark.parametrize(
    ("name", "standings"),
    [
        ("siblings", {"overdue": 6, "breached": 2, "open": 24, "met_late": 2, "met": 5, "holds": 9, "available": 2}),
        (
            "reviews-only",
            {
                "overdue": 1,
                "not_evaluable": 202,
                "met_late": 1,
                "lapsed": 1,
                "met": 1,
                "holds": 1,
                "available": 1,
            },
        ),
        (
            "authority",
            {
                "overdue": 1,
                "not_in_place": 4,
                "stale": 2,
                "holds": 5,
                "open": 1,
                "not_evaluable": 1,
                "met": 2,
                "in_place": 8,
            },
        ),
    ],
)
def test_the_other_examples_are_judged_as_they_were(name: str, standings: dict[str, int]) -> None:
    """How many findings stand how, on 2 March 2026."""
    found = [f.standing.value for f in of_example(name, None, "2026-03-02")]
    assert {standing: found.count(standing) for standing in found} == standings
