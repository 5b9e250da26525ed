"""The published schema is made from the fact classes, and agrees with the reader."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from iro_rules import formats
from iro_rules.errors import CaseError
from iro_rules.facts.kinds import KINDS
from iro_rules.formats import CaseFile, case_schema, case_to_json, read_case, read_cases
from iro_rules.formats.schema import schema_text, shipped
from iro_rules.testing.random_cases import random_case

from .examples import VALID, WRONG, case, sibling
from .test_case_json import MADE_UP

PUBLISHED = Draft202012Validator(shipped("case-1"), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_shipped_schema_is_the_one_the_fact_classes_give() -> None:
    """The file in the package is what `case_schema` makes; if this fails, write `schema_text(case_schema())` to it."""
    path = Path(str(formats.__file__)).parent / "schemas" / "case-1.json"
    assert path.read_text(encoding="utf-8") == schema_text(case_schema())
    assert shipped("case-1") == case_schema()


def test_the_schema_is_a_schema() -> None:
    """It passes the check of its own dialect and tells every kind of fact in words."""
    schema = case_schema()
    assert validator_for(schema) is Draft202012Validator
    Draft202012Validator.check_schema(schema)
    for name, cls in KINDS.items():
        assert schema["$defs"][f"fact.{name}"]["description"] == cls.__doc__


@pytest.mark.parametrize("name", VALID)
def test_what_the_reader_takes_the_schema_takes(name: str) -> None:
    """Every example that is right validates, alone and in a file of many, and so does what is written for it."""
    PUBLISHED.validate(VALID[name])
    PUBLISHED.validate(case_to_json(read_case(json.dumps(VALID[name]).encode())))
    PUBLISHED.validate({"format": "iro-rules/cases/1", "cases": [VALID[name], sibling()]})


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_the_schema_refuses_where_it_can(name: str) -> None:
    """Every example that is wrong fails validation, but for the few things that a schema cannot say."""
    assert PUBLISHED.is_valid(WRONG[name].given) is not WRONG[name].in_schema
    many = {"format": "iro-rules/cases/1", "cases": [WRONG[name].given]}
    if name != "no format":
        assert PUBLISHED.is_valid(many) is not WRONG[name].in_schema


def test_a_file_of_many_cases_needs_its_list() -> None:
    """The file around the cases has a shape too."""
    assert PUBLISHED.is_valid({"format": "iro-rules/cases/1", "cases": []})
    assert not PUBLISHED.is_valid({"format": "iro-rules/cases/1"})
    assert not PUBLISHED.is_valid({"format": "iro-rules/cases/1", "cases": [], "case": "a"})


def test_a_schema_can_be_made_for_a_protocol() -> None:
    """With a rulebook's terms, the schema takes the terms of its protocols; the published one does not."""
    step = {"kind": "step_taken", "when": "2026-01-06", "stage": "made_up_first", "dispute": "d1"}
    assert not PUBLISHED.is_valid(case(facts=[step]))
    assert Draft202012Validator(case_schema(MADE_UP)).is_valid(case(facts=[step]))


def test_reader_and_schema_agree_on_cases_changed_at_random() -> None:
    """Whatever is done to a case, the reader takes it or raises CaseError, and what it takes is valid."""
    validator = Draft202012Validator(case_schema(MADE_UP), format_checker=Draft202012Validator.FORMAT_CHECKER)
    rng = random.Random(1)
    taken = refused = 0
    for _ in range(250):
        found = random_case(rng)
        plain = json.loads(json.dumps(case_to_json(CaseFile(found.case, found.related))))
        for _ in range(rng.randrange(3)):
            plain = changed(rng, plain)
        try:
            read_cases(json.dumps(plain).encode(), terms=MADE_UP)
        except CaseError:
            refused += 1
        else:
            taken += 1
            assert validator.is_valid(plain), plain
    assert taken > 50
    assert refused > 50


VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 3, 2.0, 1e400, "", "1", "2026-02-29", "2026-02-28", "2026-02-28T10:00:00Z", "20260228",
    "2026-02-28 10:00+00:00", "iro", "review", "everything", "child", [], ["iro"], {}, {"kind": "told"}, "\ud800",
    "iro-rules/cases/1", "\uff12\uff10\uff12\uff16-02-28", "a\n",
)  # fmt: skip


def changed(rng: random.Random, value: Any) -> Any:
    """A JSON value with one thing in it, found by walking down at random, changed, added, doubled or taken away."""
    value = copy.copy(value)
    if isinstance(value, dict) and value and rng.random() < 0.9:
        name = rng.choice(list(value))
        match rng.randrange(8):
            case 0:
                del value[name]
            case 1:
                value[name + "x"] = value.pop(name)
            case 2:
                value[rng.choice(["when", "related", "source", "cc", "until"])] = rng.choice(VALUES)
            case _:
                value[name] = changed(rng, value[name])
        return value
    if isinstance(value, list) and value and rng.random() < 0.9:
        at = rng.randrange(len(value))
        match rng.randrange(6):
            case 0:
                del value[at]
            case 1:
                value.append(value[at])
            case _:
                value[at] = changed(rng, value[at])
        return value
    return rng.choice(VALUES)
