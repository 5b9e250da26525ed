"""What the tests of assessments share: the example of a dispute in Rochdale, judged on 2 March 2026."""

from __future__ import annotations

from pathlib import Path

import pytest

from iro_rules import Assessment, Case, Setting, assess, read_case, setting

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def rochdale() -> Setting:
    """The national rules with Rochdale's over them."""
    return setting("rochdale")


@pytest.fixture(scope="session")
def dispute(rochdale: Setting) -> Case:
    """The case of the example."""
    return read_case(EXAMPLES / "rochdale-dispute.json", terms=rochdale.rulebook.terms).case


@pytest.fixture(scope="session")
def example(dispute: Case, rochdale: Setting) -> Assessment:
    """The example, judged."""
    return assess(dispute, as_of="2026-03-02", protocol=rochdale)
