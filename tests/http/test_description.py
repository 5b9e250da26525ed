"""The published description is true: what it calls right is answered as it says, and what it calls wrong is refused."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis.generation import GenerationMode

from iro_rules.formats.schema import shipped
from iro_rules.http.endpoints import ENDPOINTS
from iro_rules.http.openapi import REFUSALS
from tests.http.serving import Service

EXPECTED = {"/health", *(one.path for one in ENDPOINTS)}
POSTED = {one.path for one in ENDPOINTS if one.body}
EXAMPLES_OF_EACH = 4


@pytest.fixture(scope="session", name="description")
def _description(running: Service) -> dict[str, Any]:
    """What the service says of itself."""
    found: dict[str, Any] = running.ask("GET", "/openapi.json").json
    return found


def test_everything_that_can_be_asked_is_described(description: dict[str, Any]) -> None:
    """Each path with its answer and its refusals, and every reference leads somewhere."""
    assert set(description["paths"]) == EXPECTED
    for endpoint in ENDPOINTS:
        told = description["paths"][endpoint.path][endpoint.method.lower()]
        assert {"200", *REFUSALS} >= set(told["responses"]) >= {"200", "400", "422", "500"}

    def follow(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                _, _, kind, name = value["$ref"].split("/", 3)
                assert name in description["components"][kind], value["$ref"]
            for inner in value.values():
                follow(inner)
        elif isinstance(value, list):
            for inner in value:
                follow(inner)

    follow(description)


@pytest.mark.parametrize("name", ["assessment-1", "audit-1", "rules-1", "comparison-1", "check-1", "what-if-1"])
def test_the_shapes_described_are_those_published(description: dict[str, Any], name: str) -> None:
    """Every property and every part of a published schema is in the description, under its name."""
    published, components = shipped(name), description["components"]["schemas"]
    assert set(components[name]["properties"]) == set(published["properties"])
    assert {f"{name}.{part}" for part in published.get("$defs", {})} <= set(components)
    for part in published.get("$defs", {}).values():
        Draft202012Validator.check_schema(part)


def test_every_example_in_the_description_is_answered(running: Service, description: dict[str, Any]) -> None:
    """They are requests that can be sent as they stand."""
    import json

    sent = 0
    for endpoint in ENDPOINTS:
        if not endpoint.body:
            continue
        told = description["paths"][endpoint.path]["post"]["requestBody"]["content"]["application/json"]
        query = "as_of=2026-03-02" + ("&protocols=national,derby" if endpoint.name == "compare" else "")
        for example in told["examples"].values():
            answer = running.ask("POST", f"{endpoint.path}?{query}", json.dumps(example["value"]).encode())
            assert answer.status == 200, (endpoint.name, answer.body)
            sent += 1
    assert sent >= 6


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("path", sorted(EXPECTED))
def test_requests_made_from_the_description_are_answered_as_it_says(
    running: Service, path: str, mode: GenerationMode
) -> None:
    """Schemathesis sends what the description calls right and what it calls wrong: nothing fails, every answer has a
    status and a shape that is described, and what is wrong is not answered as if it were right.

    A request of the right shape may still be refused, for a schema cannot say which days exist.
    """
    schema = schemathesis.openapi.from_url(f"{running.address}/openapi.json")
    operation = schema[path]["POST" if path in POSTED else "GET"]
    if mode is GenerationMode.NEGATIVE and not (operation.query.items or operation.body.items):
        return
    excluded = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES_OF_EACH, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def answered(case: Any) -> None:
        case.call_and_validate(excluded_checks=excluded)

    answered()
