"""The policy lab: hypothetical cases, protocols side by side, and changes of the rules tried on a cohort."""

from iro_rules.lab.ahead import due_within, workload
from iro_rules.lab.charts import before_and_after, happenings_frame, heat_map, ladder_chart, timeline, timeline_frame
from iro_rules.lab.comparing import Comparison, Foreign, compare, words_of
from iro_rules.lab.comparison_json import comparison_to_json
from iro_rules.lab.frames import findings_frame
from iro_rules.lab.positions import ladder_positions
from iro_rules.lab.simulating import CohortTables, Simulation, Variant, simulate
from iro_rules.lab.supposing import Edit, WhatIf, what_if
from iro_rules.lab.what_if_json import Supposition, read_supposition, what_if_to_json
from iro_rules.rulebook.variation import vary

__all__ = [
    "CohortTables",
    "Comparison",
    "Edit",
    "Foreign",
    "Simulation",
    "Supposition",
    "Variant",
    "WhatIf",
    "before_and_after",
    "compare",
    "comparison_to_json",
    "due_within",
    "findings_frame",
    "happenings_frame",
    "heat_map",
    "ladder_chart",
    "ladder_positions",
    "read_supposition",
    "simulate",
    "timeline",
    "timeline_frame",
    "vary",
    "what_if",
    "what_if_to_json",
    "words_of",
    "workload",
]
