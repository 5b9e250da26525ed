"""An audit of an authority's service, drawn from an assessment: what is in place, what is not, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import attrs
import pendulum

from iro_rules.assessment import Assessment, Finding
from iro_rules.engines.rows import AsOf
from iro_rules.errors import CaseError
from iro_rules.facts import Arrangement, Case, Caseload, Fact, Published, RecordsBegin, Trained
from iro_rules.facts.fields import Moment, to_moment
from iro_rules.national.handbook.caseloads import BASIS, LEAST, MOST, SIDES
from iro_rules.report.console import URGENCY
from iro_rules.rulebook import Modality, Standing, StandingDuty

SERVICE = "the IRO service as a whole"
BINDING = {Modality.MUST: "must", Modality.MUST_NOT: "must", Modality.CONSIDER: "must consider"}
"""How binding a finding is; whatever is not here is a should."""


@attrs.frozen(kw_only=True)
class Audited:
    """One thing asked of the authority: how binding it is, how it stands, what shows it and what would."""

    finding: Finding
    binding: str
    on_record: str
    would_show: str


@attrs.frozen(kw_only=True)
class CaseloadRow:
    """One caseload as last counted: `person` None is the whole service; `side` is above, within, below or ""."""

    person: str | None
    children: int
    full_time_percent: int | None
    to_a_post: str
    side: str
    counted: date | None
    finding: str


@attrs.frozen(kw_only=True)
class Audit:
    """What an IRO manager can take to a meeting about the service on one day."""

    authority: str
    as_of: pendulum.Date
    arrangements: tuple[Audited, ...]
    acts: tuple[Audited, ...]
    conflicts: tuple[Audited, ...]
    least: int | None
    most: int | None
    basis: str
    caseloads: tuple[CaseloadRow, ...]
    over_all: CaseloadRow | None
    reports: tuple[date, ...]
    training: tuple[tuple[str | None, date | None], ...]
    unseen: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    assessment: Assessment

    def standing(self, *standings: Standing) -> tuple[Audited, ...]:
        """The arrangements that stand so, what must be before what should be."""
        return must_first(a for a in self.arrangements if a.finding.standing in standings)


def refuse_a_child(case: Case) -> None:
    """Raises CaseError for a case that is not an authority's."""
    _refuse(case.id, case.subject)


def _refuse(case: str, subject: str) -> None:
    if subject != "authority":
        raise CaseError(
            "an audit is of an authority's service, and this is the case of a child",
            where=f"case {case}",
            value=subject,
            right='a file with "subject": "authority"; for a child\'s case, iro-rules assess',
        )


def audit_of(assessment: Assessment) -> Audit:
    """The audit of an authority's case from its assessment.

    Raises CaseError for a child's case, and for a record that does not say from which day it is judged.
    """
    _refuse(assessment.case, assessment.subject)
    moment = to_moment(assessment.as_of, name="as_of")
    as_of = pendulum.Date(moment.year, moment.month, moment.day)
    subject = next((finding.subject for finding in assessment if finding.subject is not None), None)
    known = () if subject is None else tuple(fact for fact in subject.case.facts if _known(fact, moment))
    if not any(isinstance(fact, RecordsBegin) for fact in known):
        raise CaseError(
            "the record does not say when it begins, so nothing in it can be judged",
            where=f"case {assessment.case}, as of {as_of}",
            right="a fact of the kind records_begin, on or before the day asked about",
        )
    told = [finding for finding in assessment if finding.about]
    caseloads = [(fact, _sides(fact, told)) for fact in _last_caseloads(known)]
    least, most = LEAST.at(as_of.toordinal()), MOST.at(as_of.toordinal())
    rows = tuple(_caseload(fact, finding) for fact, finding in caseloads)
    return Audit(
        authority=assessment.case,
        as_of=as_of,
        arrangements=tuple(_audited(f, known) for f in told if f.kind == "arrangement"),
        acts=tuple(_audited(f, known) for f in _last_of_each(told)),
        conflicts=tuple(_audited(f, known) for f in told if f.standing is Standing.CONFLICT),
        least=least,
        most=most,
        basis=BASIS.meaning(dict(assessment.provenance.readings).get(BASIS.id, BASIS.default)),
        caseloads=rows,
        over_all=_over_all(rows, least, most),
        reports=tuple(
            sorted(fact.on for fact in known if isinstance(fact, Published) and fact.publication == "annual_report")
        ),
        training=_training(known),
        unseen=assessment.cannot_be_told,
        assessment=assessment,
    )


def must_first(audited: Iterable[Audited]) -> tuple[Audited, ...]:
    """What must be before what should be, the most urgent first, else in the order of the rulebook."""
    return tuple(sorted(audited, key=lambda one: (one.binding == "should", URGENCY.index(one.finding.standing))))


def _known(fact: Fact, moment: Moment) -> bool:
    """Whether a fact had happened by then, as the readers take it."""
    return AsOf.of(moment).knows(fact.on.toordinal(), int(fact.at.timestamp()) if fact.at else None)


def _audited(finding: Finding, known: tuple[Fact, ...]) -> Audited:
    facts = {fact.id: fact for fact in known}
    part = {d.part: facts.get(d.fact) for d in finding.decided_by}
    found = part.get("checked") or part.get("begun") or part.get("arrangement")
    return Audited(
        finding=finding,
        binding=BINDING.get(finding.law.modality, "should"),
        on_record=_recorded(found) if isinstance(found, Arrangement) else "",
        would_show=_would_show(finding),
    )


def _would_show(finding: Finding) -> str:
    """What would show that an arrangement is in place, where that is not known."""
    rule = finding.subject.rules[finding.rule] if finding.subject is not None else None
    if not isinstance(rule, StandingDuty) or finding.standing is Standing.IN_PLACE:
        return ""
    checked = ", with the day it was last checked" if finding.standing is Standing.STALE else ""
    return f"{rule.shown_by or 'a record of it'} (a fact of the kind arrangement named {rule.arrangement}{checked})"


def _recorded(fact: Arrangement) -> str:
    parts = [f"from {short(fact.on)}"]
    parts += [f"to last until {short(fact.until)}"] if fact.until else []
    parts += [f"last checked on {short(fact.checked)}"] if fact.checked else []
    return ", ".join(parts) + (f" ({fact.provider})" if fact.provider else "")


def short(day: date) -> str:
    """A day without its weekday."""
    return f"{day.day} {day:%B} {day.year}"


def _last_of_each(told: list[Finding]) -> list[Finding]:
    """Of each duty that is met by an act what is still to be done, or where nothing is, what was done last."""
    found: dict[str, list[Finding]] = {}
    for finding in told:
        if finding.kind == "obligation":
            found.setdefault(finding.rule, []).append(finding)
    undone = (Standing.OVERDUE, Standing.OPEN, Standing.NOT_EVALUABLE)
    return [
        finding
        for findings in found.values()
        for finding in ([f for f in findings if f.standing in undone] or [max(findings, key=_due)])
    ]


def _due(finding: Finding) -> str:
    return finding.due.isoformat() if finding.due else ""


def _last_caseloads(known: tuple[Fact, ...]) -> list[Caseload]:
    found: dict[str | None, Caseload] = {}
    for fact in sorted((f for f in known if isinstance(f, Caseload)), key=_order):
        found[fact.person] = fact
    return [found[person] for person in sorted(found, key=lambda person: (person is None, person or ""))]


def _order(fact: Fact) -> tuple[str, float, str]:
    return fact.on.isoformat(), fact.at.timestamp() if fact.at else float("inf"), fact.id


def _sides(fact: Caseload, told: list[Finding]) -> Finding | None:
    """The finding that compares a caseload with what is advised."""
    compared = (f for f in told if f.rule in SIDES)
    return next((f for f in compared if any(d.fact == fact.id and d.part == "trigger" for d in f.decided_by)), None)


def _caseload(fact: Caseload, finding: Finding | None) -> CaseloadRow:
    holds = finding is not None and finding.standing is Standing.HOLDS
    return CaseloadRow(
        person=fact.person,
        children=fact.children,
        full_time_percent=fact.full_time_percent,
        to_a_post=_to_a_post(fact.children, fact.full_time_percent),
        side=SIDES[finding.rule] if finding is not None and holds else "",
        counted=fact.on,
        finding="" if finding is None else finding.id,
    )


def _to_a_post(children: int, percent: int | None) -> str:
    """Children to a full-time post, to one place; to three where one would make it a whole number that it is not."""
    if not percent:
        return ""
    rounded = Decimal(100 * children) / percent
    told = rounded.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(told if told % 1 or 100 * children % percent == 0 else rounded.quantize(Decimal("0.001"), ROUND_HALF_UP))


def _over_all(rows: tuple[CaseloadRow, ...], least: int | None, most: int | None) -> CaseloadRow | None:
    """The caseloads of all IROs together, worked out; none where one of them has no working time on record."""
    own = [row for row in rows if row.person is not None and row.children]
    if not own or least is None or most is None or any(not row.full_time_percent for row in own):
        return None
    children, percent = sum(row.children for row in own), sum(row.full_time_percent or 0 for row in own)
    side = "above" if 100 * children > most * percent else "below" if 100 * children < least * percent else "within"
    return CaseloadRow(
        person=None,
        children=children,
        full_time_percent=percent,
        to_a_post=_to_a_post(children, percent),
        side=side,
        counted=None,
        finding="",
    )


def _training(known: tuple[Fact, ...]) -> tuple[tuple[str | None, date | None], ...]:
    """When the service, and each IRO on record, last had training."""
    last: dict[str | None, date | None] = {f.person: None for f in known if isinstance(f, Caseload) and f.children}
    last.setdefault(None, None)
    for fact in sorted((f for f in known if isinstance(f, Trained)), key=_order):
        last[fact.person] = fact.on
    return tuple(sorted(last.items(), key=lambda item: (item[0] is not None, item[0] or "")))
