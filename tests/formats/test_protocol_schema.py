"""The schema that editors use for protocols as data takes what the reader takes, and points at what is misspelt."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from iro_rules.formats.protocol_schema import protocol_schema
from iro_rules.protocols import Registry
from iro_rules.protocols.data import to_data
from iro_rules.protocols.data.shapes import TAGGED, fields_of
from tests.protocols.test_data import RIGHT, WRONG
from tests.protocols.written import drawn
from tests.wide.books import PROTOCOLS

SCHEMA = Draft202012Validator(protocol_schema())
KNOWN = {**PROTOCOLS, **{protocol.name: protocol for protocol in Registry.discover().protocols}}
IN_SCHEMA = (
    *("no format", "misspelt field", "misspelt top field", "days", "no unit", "a boolean clock"),
    *("unknown kind of rule", "no kind of rule", "a missing field", "a pattern that is none"),
    *("a modality that is none", "a date that is none", "a vocabulary that is none", "terms that are no list"),
    *("a negative number",),
)


def _json(data: Any) -> Any:
    return json.loads(json.dumps(data, default=str))


def test_the_schema_is_a_schema_with_every_part_and_field() -> None:
    """It passes the check of its own dialect, and a field added to the algebra is in it by itself."""
    Draft202012Validator.check_schema(protocol_schema())
    tagged: dict[str, Any] = dict(TAGGED)
    for tag, cls in tagged.items():
        known = protocol_schema()["$defs"][cls.__name__.lower()]["properties"]
        assert known["is"] == {"const": tag}
        assert set(known) == {"is", *fields_of(cls)}


@pytest.mark.parametrize("name", KNOWN)
def test_every_protocol_there_is_fits_the_schema(name: str) -> None:
    """Those installed, and the small ones of the tests."""
    SCHEMA.validate(_json(to_data(KNOWN[name])))


@pytest.mark.parametrize("seed", range(0, 400, 10))
def test_whatever_can_be_written_fits_the_schema(seed: int) -> None:
    """An editor never marks as wrong what the library itself writes."""
    data = _json(to_data(drawn(seed)))
    assert [error.message[:200] for error in SCHEMA.iter_errors(data)] == []


@pytest.mark.parametrize("name", IN_SCHEMA)
def test_what_is_misspelt_the_schema_refuses(name: str) -> None:
    """The slips an officer makes are marked while they type."""
    sound, broken, _ = WRONG[name]
    assert SCHEMA.is_valid(_json(tomllib.loads(RIGHT)))
    assert not SCHEMA.is_valid(_json(tomllib.loads(RIGHT.replace(sound, broken))))
