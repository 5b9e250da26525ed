"""What every test shares: how hard Hypothesis works, and the calendar."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, settings

from iro_rules.clock import Calendar, england_and_wales

CHECKS = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)

# `ci` gives the same examples on every run, so that a red build can be had again; `dev` looks somewhere new each
# time; `soak` is for a night. Choose with IRO_RULES_PROFILE; see tests/README.md.
settings.register_profile(
    "ci", max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=CHECKS
)
settings.register_profile("dev", max_examples=200, deadline=None, suppress_health_check=CHECKS, print_blob=True)
settings.register_profile(
    "soak",
    max_examples=20_000,
    deadline=None,
    suppress_health_check=CHECKS,
    print_blob=True,
    verbosity=Verbosity.normal,
)
# For tools/plant_faults.py, which wants a failure soon and not a small one.
settings.register_profile(
    "faults",
    max_examples=80,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=CHECKS,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("IRO_RULES_PROFILE", "ci"))


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """The working-day calendar of England and Wales."""
    return england_and_wales()
