"""What is owed to a looked-after child in England, by whom, by when, and under which rule.

Everything named in `__all__` is the public API; each name is loaded when it is first asked for. Facts are in
`iro_rules.facts`; what rules and protocol packages are written with is in `iro_rules.rulebook`,
`iro_rules.clock`, `iro_rules.readings` and `iro_rules.protocols`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iro_rules.assessment import (
        Assessment,
        Changes,
        Engine,
        Finding,
        Session,
        Setting,
        assess,
        open_session,
        setting,
    )
    from iro_rules.batch import assess_cohort
    from iro_rules.clock import Calendar, england_and_wales
    from iro_rules.errors import (
        BatchError,
        CalendarError,
        CaseError,
        EngineError,
        FieldError,
        InterpretationError,
        IroRulesError,
        MissingExtra,
        ProtocolError,
        ReaderDisagreement,
        RulebookError,
        ServeError,
    )
    from iro_rules.facts import Case, Coverage
    from iro_rules.formats.case_json import read_case, read_cases
    from iro_rules.lab import (
        Comparison,
        Simulation,
        Variant,
        WhatIf,
        compare,
        due_within,
        findings_frame,
        simulate,
        vary,
        what_if,
        workload,
    )
    from iro_rules.protocols import Protocol, Registry
    from iro_rules.rulebook import Standing

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "BatchError",
    "Calendar",
    "CalendarError",
    "Case",
    "CaseError",
    "Changes",
    "Comparison",
    "Coverage",
    "Engine",
    "EngineError",
    "FieldError",
    "Finding",
    "InterpretationError",
    "IroRulesError",
    "MissingExtra",
    "Protocol",
    "ProtocolError",
    "ReaderDisagreement",
    "Registry",
    "RulebookError",
    "ServeError",
    "Session",
    "Setting",
    "Simulation",
    "Standing",
    "Variant",
    "WhatIf",
    "__version__",
    "assess",
    "assess_cohort",
    "compare",
    "due_within",
    "england_and_wales",
    "findings_frame",
    "open_session",
    "read_case",
    "read_cases",
    "setting",
    "simulate",
    "vary",
    "what_if",
    "workload",
]

_HOMES = {
    "iro_rules.assessment": (
        "Assessment", "Changes", "Engine", "Finding", "Session", "Setting", "assess", "open_session", "setting",
    ),
    "iro_rules.batch": ("assess_cohort",),
    "iro_rules.clock": ("Calendar", "england_and_wales"),
    "iro_rules.errors": (
        "BatchError", "CalendarError", "CaseError", "EngineError", "FieldError", "InterpretationError", "IroRulesError",
        "MissingExtra", "ProtocolError", "ReaderDisagreement", "RulebookError", "ServeError",
    ),
    "iro_rules.facts": ("Case", "Coverage"),
    "iro_rules.formats.case_json": ("read_case", "read_cases"),
    "iro_rules.lab": (
        "Comparison", "Simulation", "Variant", "WhatIf", "compare", "due_within", "findings_frame", "simulate", "vary",
        "what_if", "workload",
    ),
    "iro_rules.protocols": ("Protocol", "Registry"),
    "iro_rules.rulebook": ("Standing",),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    module = _HOME.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(module), name)


def load_ipython_extension(ipython: Any) -> None:
    """What `%load_ext iro_rules` does in a notebook: cases, assessments, rulebooks and ladders show themselves."""
    from iro_rules.lab.charts import draw_here
    from iro_rules.report.displays import register

    register(ipython)
    draw_here()


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
