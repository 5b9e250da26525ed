"""What the Handbook has an authority do for its IRO service from time to time: training, and the annual report."""

from __future__ import annotations

from iro_rules.clock import Clock, Number, Soft, Unit, within
from iro_rules.national.handbook.source import DUTIES, law
from iro_rules.national.shared import IN_FORCE
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Duty, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Pattern

ANNUAL_REPORT = Number("handbook.annual-report.every", {IN_FORCE: 1})

REPORT_YEAR = Interpretation(
    "handbook.annual-report.year",
    "Is a yearly report due a year after the last one, or at any time in the next calendar year?",
    (
        ("anniversary", "within a year of the last report"),
        ("calendar_year", "by the end of the calendar year after the last report"),
    ),
    "anniversary",
    "No due date is given. A year from the last report is the plainest sense of a report for each year.",
)

RULES = (
    Duty(
        id="handbook.training",
        law=law(("F-18",), f"{DUTIES}, item 18"),
        act="give IROs appropriate and regular training",
        bearer="local_authority",
        to="iro",
        trigger=fact("records_begin"),
        within=Soft("regularly"),
        met_by=(seek("training", fact("trained"), pick="last"),),
        note="How often is not said: whether the last training was recent enough, and fitting, is a judgement.",
    ),
    Status(
        id="handbook.annual-report.from-records",
        law=law(("F-19", "N-H16"), f"{DUTIES}, item 19", verified=Verified.V3),
        act="the authority's records begin, and with them its reporting year",
        trigger=fact("records_begin"),
        kind="handbook.annual-report.counted-from",
    ),
    Status(
        id="handbook.annual-report.from-last",
        law=law(("F-19", "N-H16"), f"{DUTIES}, item 19", verified=Verified.V3),
        act="an annual report was produced",
        trigger=fact("published", publication="annual_report"),
        kind="handbook.annual-report.counted-from",
    ),
    Duty(
        id="handbook.annual-report",
        law=law(("F-19", "N-H16"), f"{DUTIES}, item 19", verified=Verified.V3),
        act="produce the next annual report on the IRO service",
        bearer="local_authority",
        trigger=Pattern("handbook.annual-report.counted-from"),
        within=by_reading(
            REPORT_YEAR,
            anniversary=within(ANNUAL_REPORT, Unit.YEARS),
            calendar_year=Clock(ANNUAL_REPORT, Unit.YEAR_ENDS),
        ),
        met_by=(seek("report", fact("published", publication="annual_report"), after="trigger"),),
        note="To whom it goes is not said: the managers' template names the Corporate Parenting Board and the Local "
        "Safeguarding Children Board.",
    ),
)
