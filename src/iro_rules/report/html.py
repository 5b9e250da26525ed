"""A case, a cohort or an authority's service as one HTML page that needs nothing else: no script, no request.

Every text is escaped by the template; nothing from a case is ever part of a template.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Any

import attrs
import pendulum

from iro_rules.assessment import Assessment, Finding
from iro_rules.assessment.explain import owed
from iro_rules.assessment.words import a_day, listed, plain, what_is_missing
from iro_rules.errors import CaseError, needs
from iro_rules.report.audit import Audit, Audited
from iro_rules.report.console import most_urgent_first
from iro_rules.report.visible import visible
from iro_rules.rulebook import Standing

GROUPS: tuple[tuple[str, str, tuple[Standing, ...]], ...] = (
    ("act", "To put right now", (Standing.OVERDUE, Standing.BREACHED, Standing.NOT_IN_PLACE, Standing.CONFLICT)),
    ("look", "To look at again", (Standing.STALE,)),
    ("do", "Still to be done", (Standing.OPEN,)),
    ("unseen", "Cannot be told from this record", (Standing.NOT_EVALUABLE,)),
    ("may", "What may be done", (Standing.AVAILABLE, Standing.AFTER_PERMISSION)),
    ("late", "Done late, or excused", (Standing.MET_LATE, Standing.EXCUSED)),
    ("is", "What holds", (Standing.HOLDS, Standing.IN_PLACE)),
    ("done", "Done in time, or no longer owed", (Standing.MET, Standing.KEPT, Standing.LAPSED)),
)
"""The sections of a page, most urgent first; every standing is in one of them."""

COUNTED = (
    ("act", "to put right now"), ("look", "to look at again"), ("do", "still to be done"),
    ("unseen", "not to be told from this record"), ("may", "that may be done"), ("late", "done late, or excused"),
    ("is", "that hold"), ("done", "done in time, or no longer owed"),
)  # fmt: skip
"""The sections as they are counted at the head of a page."""

UNFOLDS = ("act", "look", "do", "unseen")
"""The sections whose findings are printed on paper with their explanations."""

MARKS = {
    Standing.OVERDUE: "!", Standing.BREACHED: "!", Standing.NOT_IN_PLACE: "!", Standing.CONFLICT: "!",
    Standing.STALE: "?", Standing.NOT_EVALUABLE: "?", Standing.OPEN: "○", Standing.MET: "✓", Standing.KEPT: "✓",
    Standing.IN_PLACE: "✓", Standing.MET_LATE: "✓", Standing.EXCUSED: "✓", Standing.LAPSED: "–", Standing.HOLDS: "•",
    Standing.AVAILABLE: "→", Standing.AFTER_PERMISSION: "→",
}  # fmt: skip
"""Beside the word for a standing, so that neither colour nor reading is needed to tell it."""


@attrs.frozen(kw_only=True)
class Entry:
    """One finding as the page shows it."""

    id: str
    case: str
    standing: str
    mark: str
    urgent: bool
    by: str
    words: str
    contact: str
    doubts: tuple[str, ...]
    why: tuple[str, ...]
    days: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class Section:
    """The findings of one group."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    unfolds: bool


def case_page(made: Assessment) -> str:
    """One assessment as a page: most urgent first, each finding unfolding to its explanation.

    The case is named by its id alone. Raises MissingExtra where jinja2 is not installed.
    """
    told = [finding for finding in most_urgent_first(made) if finding.about]
    return render(
        "case.html",
        title=f"Case {made.case} on {made.as_of}",
        made=made,
        sections=_sections((made, finding) for finding in told),
        counts=_counts(told),
        unseen=[(what_is_missing(missing), rules) for missing, rules in made.cannot_be_told],
        packages=", ".join(f"{package.name} {package.version}" for package in made.provenance.packages),
    )


def cohort_page(several: Iterable[Assessment], *, title: str = "Cases") -> str:
    """Several assessments of one day as a page: the cases in a table, then what is to be put right and done in all.

    What is done, what may be done and what holds is only counted: a case's own page has it. Raises CaseError for
    assessments of different days or none, and for two of one case.
    """
    cases = sorted(several, key=lambda made: made.case)
    if len({made.as_of for made in cases}) != 1:
        days = sorted({made.as_of for made in cases})
        raise CaseError("a page is about one day", value=days, right="one or more assessments of the same day")
    for one, other in pairwise(cases):
        if one.case == other.case:
            raise CaseError("a case is there twice", value=one.case, right="one assessment of each case")
    told = [(made, finding) for made in cases for finding in most_urgent_first(made) if finding.about]
    kept = [pair for pair in told if _group(pair[1]) in UNFOLDS]
    kept.sort(key=lambda pair: (pair[1].due.isoformat()[:10] if pair[1].due else "9999", pair[0].case))
    return render(
        "cohort.html",
        title=f"{title} on {cases[0].as_of}",
        cases=[(made, _counts(f for f in made if f.about), len(made.cannot_be_told)) for made in cases],
        groups=[(id, name) for id, name, _ in GROUPS],
        sections=_sections(kept),
        made=cases[0],
        rulebooks=listed(sorted({made.provenance.rulebook for made in cases})),
        packages=", ".join(f"{package.name} {package.version}" for package in cases[0].provenance.packages),
    )


def audit_page(audit: Audit) -> str:
    """An audit of an authority's service as a page that prints on paper."""
    made = audit.assessment
    by_id = {a.finding.id: a for a in (*audit.conflicts, *audit.arrangements, *audit.acts)}
    findings = [finding for finding in most_urgent_first(made) if finding.about]
    return render(
        "audit.html",
        title=f"The IRO service of {audit.authority} on {audit.as_of}",
        audit=audit,
        made=made,
        sections=_sections(((made, finding) for finding in findings), by_id),
        counts=_counts(findings),
        unseen=[(what_is_missing(missing), rules) for missing, rules in audit.unseen],
        packages=", ".join(f"{package.name} {package.version}" for package in made.provenance.packages),
    )


def _sections(pairs: Iterable[tuple[Assessment, Finding]], asked: dict[str, Audited] | None = None) -> list[Section]:
    found: dict[str, list[Entry]] = {id: [] for id, _, _ in GROUPS}
    for made, finding in pairs:
        found[_group(finding)].append(_entry(made.case, finding, (asked or {}).get(finding.id)))
    return [
        Section(id=id, title=title, entries=tuple(found[id]), unfolds=id in UNFOLDS)
        for id, title, _ in GROUPS
        if found[id]
    ]


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    counts = {id: 0 for id, _, _ in GROUPS}
    for finding in findings:
        counts[_group(finding)] += 1
    return counts


def _group(finding: Finding) -> str:
    return next(id for id, _, standings in GROUPS if finding.standing in standings)


def _entry(case: str, finding: Finding, asked: Audited | None) -> Entry:
    explained = finding.explain()
    doubts = []
    if finding.missing:
        doubts.append(f"The record does not show {what_is_missing(finding.missing)}.")
    if finding.otherwise:
        doubts.append("Another reading of the text would change this.")
    if finding.unverified:
        doubts.append("Not verified: nobody has read the source of this rule.")
    if asked is not None and asked.would_show and finding.standing not in (Standing.IN_PLACE, Standing.MET):
        doubts.append(f"What would show it: {asked.would_show}.")
    return Entry(
        id=finding.id,
        case=case,
        standing=plain(finding.standing),
        mark=MARKS[finding.standing],
        urgent=finding.urgent,
        by=_short(finding),
        words=owed(finding, finding.subject) if finding.subject is not None else f"{finding.act}.",
        contact=_contact(finding),
        doubts=tuple(doubts),
        why=explained.sentences,
        days=tuple(
            (a_day(day.day), f"day {day.counted}" if day.counted is not None else f"not counted: {day.reason}")
            for day in explained.days
        ),
    )


def _short(finding: Finding) -> str:
    """The deadline in few characters, with its weekday."""
    if finding.due is None:
        return ""
    at = f"{finding.due:%H:%M} on " if isinstance(finding.due, pendulum.DateTime) else ""
    return f"{at}{finding.due:%a} {finding.due.day} {finding.due:%b %Y}"


def _contact(finding: Finding) -> str:
    if finding.contact is None or finding.standing not in (Standing.OVERDUE, Standing.OPEN, Standing.AFTER_PERMISSION):
        return ""
    details = f" ({finding.contact.details})" if finding.contact.details else ""
    return f"{finding.contact.title}{details}"


def sections_of(made: Assessment) -> list[Section]:
    """The findings of an assessment in the sections of a page."""
    return _sections((made, finding) for finding in most_urgent_first(made) if finding.about)


def counted_groups(made: Assessment) -> dict[str, int]:
    """How many findings of an assessment stand in each section."""
    return _counts(finding for finding in made if finding.about)


def entry_of(case: str, finding: Finding) -> Entry:
    """One finding as a page shows it."""
    return _entry(case, finding, None)


def render(template: str, **values: Any) -> str:
    """A page, or a piece of one, from its template; every value is escaped. Raises MissingExtra without jinja2."""
    text: str = _templates().get_template(template).render(counted_as=COUNTED, **values)
    return text


@cache
def _templates() -> Any:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ModuleNotFoundError as error:
        raise needs("jinja2", extra="reports", what="an HTML page") from error

    def shown(value: object) -> object:
        # Marked-up text is the templates' own; everything else may come from a case.
        return visible(value) if type(value) is str else value

    return Environment(
        loader=PackageLoader("iro_rules.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
