"""Explanations: a finding as sentences a social worker would accept, and its deadline counted day by day."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import attrs
import pendulum

from iro_rules.assessment.arithmetic import Counted, arithmetic, clock_words
from iro_rules.assessment.finding import Finding
from iro_rules.assessment.subject import Subject
from iro_rules.assessment.words import a_day, counted, listed, plain, tell, what_is_missing
from iro_rules.errors import EngineError
from iro_rules.facts import Fact
from iro_rules.facts.kinds import FIELD_NOT_GIVEN, KINDS
from iro_rules.rulebook import Duty, Standing, StandingDuty, Status
from iro_rules.rulebook.law import Force, Law, Modality, Verified
from iro_rules.rulebook.terms import Pattern


@attrs.frozen
class Explanation:
    """A finding explained: `sentences` in reading order, and each day that was counted or left out.

    `clock` are those of the sentences that say how the deadline was counted.
    """

    finding: str
    sentences: tuple[str, ...]
    days: tuple[Counted, ...]
    clock: tuple[str, ...] = ()


def explain(finding: Finding) -> Explanation:
    """One finding in sentences. Raises EngineError for a finding that was read from a file, without its case."""
    if finding.subject is None:
        raise EngineError("this finding has no case behind it", where=finding.id, right="a finding from assess(...)")
    subject = finding.subject
    clock, days = _clock(finding, subject)
    sentences = [
        owed(finding, subject),
        *_standing(finding, subject),
        *_because(finding, subject),
        *clock,
        *_binding(finding),
        *_source(finding),
        *_readings(finding, subject),
        *([finding.note] if finding.note else []),
    ]
    return Explanation(finding.id, tuple(sentences), days, tuple(clock))


VERBS = {
    Modality.MUST: "must",
    Modality.SHOULD: "should",
    Modality.MAY: "may",
    Modality.MUST_NOT: "must not",
    Modality.CONSIDER: "should",
    Modality.CONDITION: "must",
}


def verb(law: Law) -> str:
    """The verb a duty is told with; one to consider binds as far as its source does, or as its own words say."""
    strict = law.force in (Force.STATUTE, Force.REGULATION) or "must" in law.verb.split()
    return "must" if law.modality is Modality.CONSIDER and strict else VERBS[law.modality]


TOLD = 4
"""How many other answers are told one by one."""

SETTLED = (
    Standing.MET,
    Standing.MET_LATE,
    Standing.LAPSED,
    Standing.KEPT,
    Standing.EXCUSED,
    Standing.IN_PLACE,
)
"""How a finding stands when there is nobody to turn to about it."""


def owed(finding: Finding, subject: Subject) -> str:
    """Who must, should or may do what, as one sentence; for a status or a conflict, what is so."""
    who = listed(
        [subject.title(role, finding.rule) for role in finding.bearer], "or" if finding.joint == "either" else "and"
    )
    if not who or finding.kind in ("conflict", "status"):
        return _sentence(finding.act)
    return _sentence(f"{who} {verb(finding.law)} {finding.act}")


BINDING = {
    Force.STATUTE: "An Act of Parliament says so",
    Force.REGULATION: "Regulations say so, and they are law",
    Force.STATUTORY_GUIDANCE: "Statutory guidance says so",
    Force.GOOD_PRACTICE: "It is good practice and not a legal duty",
    Force.LOCAL_PROTOCOL: "The council's own protocol says so",
}


def _binding(finding: Finding) -> list[str]:
    """How far the bearer is bound: by law, by guidance, by good practice or by the council's own word."""
    if finding.kind in ("conflict", "status") or not finding.bearer:
        return []
    words = BINDING[finding.law.force]
    if finding.law.modality is Modality.CONSIDER:
        words += ": it is to be considered, whatever is then decided"
    return [f"{words}."]


def _begins(finding: Finding, subject: Subject) -> list[str]:
    """From which day on the record would hold what is missing, where it says so."""
    days = dict(subject.case.coverage.since)
    return [
        f"Of facts of the kind “{plain(kind)}” the record begins on {a_day(days[kind])}: whether there were any before "
        "that day, only an earlier record can show."
        for kind in finding.missing
        if kind in days
    ]


def _standing(finding: Finding, subject: Subject) -> list[str]:
    words = ""
    match finding.standing:
        case Standing.MET:
            words = "This was done in time" if finding.due else "This was done"
        case Standing.MET_LATE:
            words = "This was done, but late"
        case Standing.OPEN:
            words = f"This is still to be done, by {a_day(finding.due)}" if finding.due else "This is still to be done"
        case Standing.OVERDUE:
            assert finding.due is not None
            words = f"This is overdue: it should have been done by {a_day(finding.due)}"
        case Standing.LAPSED:
            words = f"This is no longer owed: {_when_it_ended(finding, subject)}"
        case Standing.NOT_EVALUABLE:
            words = f"This cannot be judged, because the record does not show {what_is_missing(finding.missing)}"
        case Standing.AVAILABLE:
            words = "This is open to them now"
        case Standing.AFTER_PERMISSION:
            words = "This is open to them once permission has been given, which is not recorded yet"
        case Standing.KEPT:
            words = "This was kept to"
        case Standing.BREACHED:
            words = "This was not kept to"
        case Standing.EXCUSED:
            words = "This was not kept to, and a recorded exception excuses it"
        case Standing.HOLDS:
            rule = subject.rules[finding.rule]
            runs = isinstance(rule, Status) and rule.running
            words = "This duty runs on the day asked about" if runs else "This is so on the facts recorded"
        case Standing.IN_PLACE:
            words = "This is in place"
        case Standing.STALE:
            words = "This is recorded as in place, but nothing recent enough on record shows that it still is"
        case Standing.NOT_IN_PLACE:
            words = "This is not in place"
        case Standing.CONFLICT:
            words = "Somebody should look at this: the rules give no answer to it"
    sentences = [_sentence(words), *_begins(finding, subject), *_left_blank(finding, subject)]
    if finding.contact is not None and finding.standing not in SETTLED:
        instead = (
            f" (in place of {finding.contact.instead_of}, who is unavailable)" if finding.contact.instead_of else ""
        )
        details = f": {finding.contact.details}" if finding.contact.details else ""
        sentences.append(f"Turn to {finding.contact.title}{instead}{details}.")
    return [*sentences, *shown_by(finding)]


def _when_it_ended(finding: Finding, subject: Subject) -> str:
    """Whether what ended a duty came before its day, or after that had passed and nothing was done."""
    rule = subject.rules[finding.rule]
    assert isinstance(rule, Duty)
    ended = next((d.when for d in finding.decided_by if rule.lapses and d.part == rule.lapses.name), None)
    if finding.due is None or ended is None or ended.isoformat()[:10] <= finding.due.isoformat()[:10]:
        return "it ended before it fell due"
    return f"it had not been done by its day, {a_day(finding.due)}, and has fallen away since"


def _left_blank(finding: Finding, subject: Subject) -> list[str]:
    """Which fields of which facts were left blank, where that is why something cannot be judged."""
    if FIELD_NOT_GIVEN not in finding.missing:
        return []
    blanks = subject.blanks(finding.rule, finding.about)
    told = [f"{listed([f'“{plain(name)}”' for name in fields])} in fact {fact}" for fact, fields in blanks.items()]
    return [f"Left blank: {listed(told)}."] if told else []


def shown_by(finding: Finding) -> list[str]:
    """What would show that an arrangement is in place, where it is not known to be."""
    if finding.subject is None or finding.standing is Standing.IN_PLACE:
        return []
    rule = finding.subject.rules[finding.rule]
    if not isinstance(rule, StandingDuty):
        return []
    fact = f"a fact of the kind “arrangement” named “{plain(rule.arrangement)}”"
    if finding.standing is Standing.STALE:
        fact += ", with the day on which somebody last checked it"
    evidence = f"{rule.shown_by}, recorded as " if rule.shown_by else ""
    return [f"What would show it: {evidence}{fact}."]


def _because(finding: Finding, subject: Subject) -> list[str]:
    if not finding.about:
        return ["Whether it arose at all cannot be told from this record."]
    sentences = []
    trigger = next((d.fact for d in finding.decided_by if d.part == "trigger"), None)
    for deciding in finding.decided_by:
        fact = subject.facts.get(deciding.fact)
        if fact is None:
            continue
        told = _whose(deciding.fact, subject) + tell(fact, partial(subject.title, rule=finding.rule))
        if deciding.part == "trigger":
            sentences.append(f"It arises because {told}{_status_words(finding, fact, subject)}.")
        elif (part := _part(finding, deciding.part, subject)) != ALSO or deciding.fact != trigger:
            sentences.append(f"{part}: {told}.")
    return list(dict.fromkeys(sentences))


ALSO = "Also taken into account"


def _whose(name: str, subject: Subject) -> str:
    """In which related case a fact stands; nothing for one of the child's own."""
    if any(fact.id == name for fact in subject.case.facts):
        return ""
    case = next((other.id for other in subject.related.values() if name.startswith(f"{other.id}/")), None)
    return f"in case {case}, " if case is not None else ""


def _part(finding: Finding, part: str, subject: Subject) -> str:
    """What a fact other than the trigger was to the rule."""
    rule = subject.rules[finding.rule]
    if isinstance(rule, Duty) and part not in {lookup.name for lookup in rule.met_by}:
        ended = finding.standing is Standing.LAPSED and rule.lapses is not None and part == rule.lapses.name
        return "What ended it" if ended else ALSO
    return "What counts for it" if isinstance(rule, Duty) else ALSO


def _status_words(finding: Finding, fact: Fact, subject: Subject) -> str:
    """The derived fact between the fact and the rule, in words: only where it can be just one and says more."""
    pattern = getattr(subject.rules[finding.rule], "trigger", None)
    found: list[Status] = []
    for rule in subject.rules.values():
        if not isinstance(rule, Status) or pattern is None or (rule.kind or rule.id) != pattern.kind:
            continue
        if _may_start_from(rule, fact):
            found.append(rule)
            if not rule.when and rule.trigger.kind == fact.kind():
                break
    acts = list(dict.fromkeys(rule.act for rule in found))
    said = {*tell(fact, partial(subject.title, rule=finding.rule)).split(), "a", "the", "is", "was"}
    return f"; {acts[0]}" if len(acts) == 1 and not said.issuperset(acts[0].split()) else ""


def _may_start_from(status: Status, fact: Fact) -> bool:
    """Whether a status is made from this kind of fact, directly or through another status."""
    kind = status.trigger.kind
    return kind not in KINDS or (kind == fact.kind() and _fits(status.trigger, fact))


def _fits(pattern: Pattern, fact: Fact) -> bool:
    """Whether no test of a pattern on terms rules a fact out."""
    content = fact.content()
    for test in pattern.where:
        value = content.get(test.field)
        ruled_out = {
            "eq": value != test.value,
            "in": isinstance(test.value, tuple) and value not in test.value,
            "known": value is None,
            "unknown": value is not None,
        }
        if ruled_out.get(test.op, False):
            return False
    return True


def _clock(finding: Finding, subject: Subject) -> tuple[list[str], tuple[Counted, ...]]:
    """The deadline in sentences, and the days it was counted over."""
    duty = subject.rules[finding.rule]
    if not isinstance(duty, Duty) or not finding.about:
        return [], ()
    anchor = subject.anchor(finding.rule, finding.about)
    days = arithmetic(duty, finding, subject, anchor)
    sentences = clock_words(duty, finding, subject, anchor, days)
    return [*sentences, *_too_short(finding, subject), *_lateness(duty, finding)], days


def _too_short(finding: Finding, subject: Subject) -> list[str]:
    """A backward deadline that had passed before anybody could know of it."""
    trigger = next((subject.facts.get(d.fact) for d in finding.decided_by if d.part == "trigger"), None)
    if trigger is None or finding.due is None or trigger.kind() != "review_planned" or trigger.on <= finding.due:
        return []
    return ["That day had already passed when the review was arranged, so it could no longer be kept to."]


def _lateness(duty: Duty, finding: Finding) -> list[str]:
    done = {lookup.name for lookup in duty.met_by}
    acts = [d.when for d in finding.decided_by if d.part in done and d.when is not None]
    if finding.standing is not Standing.MET_LATE or finding.due is None or not acts:
        return []
    last = (max if duty.needs == "all" else min)(acts, key=lambda when: when.isoformat()[:10])
    due = finding.due.date() if isinstance(finding.due, pendulum.DateTime) else finding.due
    days = (pendulum.Date(last.year, last.month, last.day) - due).days
    return [f"It came {counted(days, 'calendar days')} after that."] if days > 0 else ["It came later that day."]


def _source(finding: Finding) -> list[str]:
    law = finding.law
    verified = f"{law.verified.words()}" if law.verified is not Verified.M else "NOT VERIFIED: no document was read"
    binding = {
        Modality.MUST: "a must",
        Modality.SHOULD: "a should",
        Modality.MAY: "a power, not a duty",
        Modality.MUST_NOT: "a prohibition",
        Modality.CONSIDER: "a duty to consider",
        Modality.CONDITION: "a condition",
    }[law.modality]
    national = [f"It {towards} the national rule {rule}." for towards, rule in law.national]
    return [f"Source: {law.citation} ({law.force}, {binding}; {verified}).", *national]


OTHERWISE: Mapping[str, str] = {
    "": "it would not arise",
    Standing.MET: "it would have been done in time",
    Standing.MET_LATE: "it would have been done late",
    Standing.LAPSED: "it would no longer be owed",
    Standing.NOT_EVALUABLE: "it could not be judged",
    Standing.AVAILABLE: "it would be open to them",
    Standing.KEPT: "it would have been kept to",
    Standing.BREACHED: "it would not have been kept to",
    Standing.HOLDS: "it would be so",
    Standing.CONFLICT: "somebody would have to look at it",
}
"""How a finding would stand under another reading, where the standing itself is not a word to say it with."""


def _readings(finding: Finding, subject: Subject) -> list[str]:
    known = {i.id: i for i in subject.rulebook.interpretations}
    sentences = []
    for name, reading in finding.readings:
        interpretation = known[name]
        sentences.append(
            f"The text leaves open: {interpretation.question} Read here: {interpretation.meaning(reading)}."
        )
    if finding.readings and finding.otherwise is None:
        sentences.append("Whether another reading would change the answer was not worked out.")
    elif finding.readings and finding.otherwise is not None:
        if not finding.otherwise:
            sentences.append("The answer is the same under every reading.")
        for other in finding.otherwise[:TOLD]:
            chosen = listed([f"“{known[n].meaning(r)}”" for n, r in other.readings])
            outcome = OTHERWISE.get(other.standing or "", f"it would be {plain(other.standing)}")
            due = f" (due {a_day(other.due)})" if other.due else ""
            sentences.append(f"Read as {chosen}, {outcome}{due}.")
        more = len(finding.otherwise) - TOLD
        if more > 0:
            sentences.append(f"{more} further combination{'s' if more > 1 else ''} of readings would change it too.")
    return sentences


def _sentence(words: str) -> str:
    words = words.strip().rstrip(".")
    return words[:1].upper() + words[1:] + "."
