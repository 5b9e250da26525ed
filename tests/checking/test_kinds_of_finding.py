"""A protocol that fits has no finding; spoilt in one thing, it has the finding that names it, and no other kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import attrs
import pytest

from iro_rules.checking import Finding, Kind, Report, Severity, check
from iro_rules.clock import AgreedDate, Number, Soft, Unit, at_least_before, within
from iro_rules.protocols import Protocol
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import (
    KNOWN,
    UNKNOWN,
    Conflict,
    Duty,
    Gate,
    Modality,
    Pattern,
    Power,
    Silence,
    Status,
    Towards,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.stages import opening, outcome_of
from tests.checking.made import (
    APPOINTED,
    CARE,
    COPY,
    DISPUTE,
    DOCUMENT,
    EVIDENCE,
    FILING,
    RULES,
    TITLES,
    Roles,
    Steps,
    days,
    law,
    national,
    protocol,
    row,
    told,
)

UNIT = Interpretation(
    "made.unit", "Which days?", (("working", "working days"), ("calendar", "calendar days")), "working", "not said"
)
START = Interpretation(
    "made.start", "From when?", (("issue", "from the receipt"), ("filing", "from the filing")), "issue", "not said"
)

OPEN_UNIT = by_reading(UNIT, working=Unit.WORKING_DAYS, calendar=Unit.DAYS)

ARRIVED = law("M-7", modality=Modality.CONDITION)

Case = tuple[Callable[[], Protocol], set[Kind]]


def _copy(**change: Any) -> Callable[[], Protocol]:
    return lambda: protocol(copy=change)


def _permission(by: Any) -> dict[str, Any]:
    return {"permission": seek("leave", fact("agreed", by=by, about="legal_advice"), "dispute")}


_APPEAL = Power(
    id="made.appeal", law=law("M-30", modality=Modality.MAY), act="go to the director", bearer="iro",
    to="director_of_childrens_services",
    trigger=fact("decided", by="iro_manager", about="legal_advice", result="refused"),
)  # fmt: skip
_DIRECT = Duty(
    id="made.direct", law=law("M-31", (Towards.IMPLEMENTS, "nation.appointed")), act="appoint", bearer="iro_manager",
    to="child", trigger=fact("became_looked_after", status="interim_care"), within=days("made.direct", 5),
    met_by=(APPOINTED,),
)  # fmt: skip
_TWICE = Duty(
    id="made.twice", law=law("M-32", (Towards.TIGHTENS, "nation.evidence"), modality=Modality.MUST), act="send it",
    bearer="social_worker", to="iro", trigger=FILING, anchor="trigger.due", met_by=(EVIDENCE,),
    within=at_least_before(Number("made.twice.before", 6), Unit.WORKING_DAYS),
)  # fmt: skip
_WARNING = Duty(
    id="made.warning", law=law("M-33"), act="warn the manager", bearer="iro", to="iro_manager",
    trigger=told("iro", "cafcass", "cafcass_referral"),
    within=at_least_before(Number("made.warning.before", 3), Unit.DAYS),
    met_by=(seek("warning", told("iro", "iro_manager", "cafcass_referral")),),
)  # fmt: skip
_GATE = Gate(
    id="made.gate", law=law("M-34"), act="wait for the manager", bearer="iro", to="iro_manager",
    trigger=told("iro", "cafcass", "cafcass_referral"),
    first=(seek("record", fact("recorded", about="concern"), until="trigger"),),
)  # fmt: skip

_OTHER_GATE = Gate(
    id="made.other-gate", law=law("M-35"), act="wait for the Team Manager", bearer="iro", to="team_manager",
    trigger=told("iro", "child", "review"),
    first=(seek("leave", fact("agreed", by="team_manager", about="review"), until="trigger"),),
)  # fmt: skip

_SEEK = Duty(
    id="made.seek", law=law("M-36", modality=Modality.MUST), act="seek advice", bearer="iro", to=Roles.ADVISERS,
    trigger=fact("outcome", stage=Steps.THIRD, result="not_agreed"), within=days("made.seek", 2),
    met_by=(seek("request", fact("requested", by="iro", to=Roles.ADVISERS, about="legal_query")),),
)  # fmt: skip

_NO_SEVERITY = Conflict(
    id="made.no-severity", law=ARRIVED, act="no severity was given, so nothing says where the dispute starts",
    trigger=fact("raised", by="iro", about="dispute", severity=UNKNOWN),
)  # fmt: skip

SPOILT: dict[str, Case] = {
    "one working day too many": (_copy(within=days("made.copy", 6)), {Kind.LAXER_CLOCK}),
    "fewer days, but calendar days": (_copy(within=days("made.copy", 4, Unit.DAYS)), {Kind.OTHER_UNIT}),
    "hours that end sooner": (_copy(within=days("made.copy", 72, Unit.HOURS)), {Kind.OTHER_UNIT}),
    "a week, which five working days can be shorter than": (
        _copy(within=days("made.copy", 1, Unit.WEEKS)),
        {Kind.LAXER_CLOCK, Kind.OTHER_UNIT},
    ),
    "calendar days counted back, which start later": (
        lambda: protocol(evidence={"within": at_least_before(Number("made.evidence.before", 5), Unit.DAYS)}),
        {Kind.LAXER_CLOCK, Kind.OTHER_UNIT},
    ),
    "counted forward from the event where the national days are counted back": (
        lambda: protocol(evidence={"within": days("made.evidence", 6)}),
        {Kind.LAXER_CLOCK},
    ),
    "counted forward in another unit": (
        lambda: protocol(evidence={"within": days("made.evidence", 20, Unit.DAYS)}),
        {Kind.LAXER_CLOCK},
    ),
    "counted back where the national days are counted forward": (
        _copy(within=at_least_before(Number("made.copy.before", 2), Unit.DAYS)),
        set(),
    ),
    "days without a unit counted back": (
        lambda: protocol(evidence={"within": at_least_before(Number("made.evidence.before", 5), OPEN_UNIT)}),
        {Kind.LAXER_CLOCK, Kind.OTHER_UNIT, Kind.LEFT_OPEN},
    ),
    "days without a unit, from another's receipt, by another, and no word of the national rule": (
        _copy(
            law=law("M-1"),
            bearer="social_worker",
            trigger=fact("received", by="social_worker", document="court_document", ref=KNOWN),
            within=within(Number("made.copy.within", 5), OPEN_UNIT),
        ),
        {Kind.OTHER_UNIT, Kind.OTHER_START, Kind.OTHER_BEARER, Kind.LEFT_OPEN, Kind.MISSING_LINK},
    ),
    "one working day less counted back": (
        lambda: protocol(evidence={"within": at_least_before(Number("made.evidence.before", 4), Unit.WORKING_DAYS)}),
        {Kind.LAXER_CLOCK},
    ),
    "a unit that is left open": (
        _copy(within=within(Number("made.copy.within", 5), OPEN_UNIT)),
        {Kind.OTHER_UNIT, Kind.LEFT_OPEN},
    ),
    "a number that is left open": (
        _copy(within=by_reading(UNIT, working=days("made.copy.a", 4), calendar=days("made.copy.b", 9))),
        {Kind.LAXER_CLOCK, Kind.LEFT_OPEN},
    ),
    "no clock where there is one nationally": (_copy(within=None), {Kind.NO_CLOCK}),
    "words of time where there is a clock nationally": (_copy(within=Soft("promptly")), {Kind.NO_CLOCK}),
    "a date to be agreed where there is a clock nationally": (
        lambda: protocol(evidence={"within": AgreedDate("trigger.due")}),
        {Kind.NO_CLOCK},
    ),
    "two clocks that together are too long": (
        lambda: protocol(notice={"within": days("made.notice", 3)}),
        {Kind.CHAIN_OVERRUN},
    ),
    "hours and working days that together are too long": (
        lambda: protocol(
            notice={"within": days("made.notice", 48, Unit.HOURS)}, appointed={"within": days("made.appointed", 5)}
        ),
        {Kind.CHAIN_OVERRUN},
    ),
    "a step of the chain without a clock": (
        lambda: protocol(notice={"within": None}),
        {Kind.CHAIN_NOT_PROVABLE, Kind.NO_CLOCK},
    ),
    "a clock that starts somewhere else": (
        lambda: protocol(appointed={"trigger": fact("happened", event="placement_change")}),
        {Kind.OTHER_START},
    ),
    "only some of the children": (lambda: protocol(without=("appointed",), more=(_DIRECT,)), {Kind.NARROWED_TRIGGER}),
    "should consider where it says should": (
        _copy(law=law("M-1", (Towards.IMPLEMENTS, "nation.copy"), modality=Modality.CONSIDER)),
        {Kind.WEAKER_FORCE},
    ),
    "should consider it, in the same time": (
        _copy(
            law=law("M-1", (Towards.TIGHTENS, "nation.copy"), modality=Modality.CONSIDER), within=days("made.copy", 5)
        ),
        {Kind.WEAKER_FORCE},
    ),
    "should consider it sooner, beside what must be": (
        _copy(law=law("M-1", (Towards.TIGHTENS, "nation.copy"), modality=Modality.CONSIDER)),
        set(),
    ),
    "it only adds to the national rule, it says, and asks the same by a later day": (
        _copy(law=law("M-1", (Towards.ADDS_TO, "nation.copy")), within=days("made.copy", 6)),
        {Kind.LAXER_CLOCK},
    ),
    "the same document from a status that keeps what brought it about": (
        lambda: protocol(
            copy={"trigger": Pattern("made.arrived", DOCUMENT.where), "within": days("made.copy", 6)},
            more=(Status(id="made.arrived", law=ARRIVED, act="it arrived", trigger=fact("received")),),
        ),
        {Kind.LAXER_CLOCK},
    ),
    "another document from the same status": (
        lambda: protocol(
            copy={
                "trigger": Pattern("made.arrived", fact("received", document="judgment", ref=KNOWN).where),
                "law": law("M-1"),
                "within": days("made.copy", 6),
            },
            more=(Status(id="made.arrived", law=ARRIVED, act="it arrived", trigger=fact("received")),),
        ),
        set(),
    ),
    "somebody else must do it": (_copy(bearer="social_worker"), {Kind.OTHER_BEARER}),
    "must in one place, should in another": (lambda: protocol(more=(_TWICE,)), {Kind.UNEVEN_FORCE}),
    "may ask in one place, must ask in another": (lambda: protocol(more=(_SEEK,)), {Kind.UNEVEN_FORCE}),
    "another document, by a rule that names the national one": (
        lambda: protocol(
            copy={
                "trigger": fact("received", by="legal_department", document="judgment", ref=KNOWN),
                "met_by": (seek("copy", fact("provided", document="judgment", to="iro"), "ref"),),
                "within": days("made.copy", 6),
            }
        ),
        {Kind.LAXER_CLOCK, Kind.NARROWED_TRIGGER, Kind.OTHER_START},
    ),
    "a power that is not mentioned": (lambda: protocol(without=("cafcass",)), {Kind.DROPPED_POWER}),
    "a notice before a power is used": (lambda: protocol(more=(_WARNING,)), {Kind.HELD_UP_POWER}),
    "a notice after a power was used": (
        lambda: protocol(more=(attrs.evolve(_WARNING, within=days("made.warning", 3)),)),
        set(),
    ),
    "a gate before a power is used": (lambda: protocol(more=(_GATE,)), {Kind.HELD_UP_POWER}),
    "leave before a power is used": (
        lambda: protocol(cafcass={"permission": seek("leave", fact("recorded", about="concern"))}),
        {Kind.HELD_UP_POWER},
    ),
    "a stage that is too long": (lambda: protocol(second={"within": days("made.second", 14)}), {Kind.LADDER_OVER_CAP}),
    "a move without a clock": (lambda: protocol(move={"within": None}), {Kind.CAP_NOT_PROVABLE, Kind.NO_CLOCK}),
    "a stage at which nobody need answer": (
        lambda: protocol(
            without=("third",), stages={"third": {"answered_by": "", "limit": (), "silence": Silence.UNSPECIFIED}}
        ),
        {Kind.CAP_NOT_PROVABLE, Kind.SILENCE_UNSPECIFIED},
    ),
    "silence that is not spoken of": (
        lambda: protocol(stages={"second": {"silence": Silence.UNSPECIFIED}}),
        {Kind.SILENCE_UNSPECIFIED},
    ),
    "a stage that nothing leads to": (
        lambda: protocol(without=("move",)),
        {Kind.UNREACHABLE_STAGE, Kind.CAP_NOT_PROVABLE},
    ),
    "a start for some severities only": (
        lambda: protocol(stages={"first": {"entered_by": opening(severity=("low", "medium"))}}),
        {Kind.NO_START},
    ),
    "a start for some severities, and a conflict that names the others": (
        lambda: protocol(
            stages={"first": {"entered_by": opening(severity=("low", "medium", "high"))}},
            more=(_NO_SEVERITY,),
        ),
        set(),
    ),
    "two stages at which some matters start": (
        lambda: protocol(
            stages={
                "first": {"entered_by": opening()},
                "second": {"entered_by": (outcome_of(Steps.FIRST), opening(severity="high"))},
            }
        ),
        {Kind.SEVERAL_STARTS},
    ),
    "leave for advice from somebody on the ladder": (
        lambda: protocol(advice=_permission("team_manager")),
        {Kind.GATEKEEPER_IN_LADDER, Kind.NO_WAY_ROUND_REFUSAL},
    ),
    "leave for advice, and no way round a refusal": (
        lambda: protocol(advice=_permission("iro_manager")),
        {Kind.NO_WAY_ROUND_REFUSAL},
    ),
    "leave for something else from somebody on the ladder": (
        lambda: protocol(more=(_OTHER_GATE,)),
        {Kind.NO_WAY_ROUND_REFUSAL},
    ),
    "leave for advice, with an appeal": (
        lambda: protocol(advice=_permission("iro_manager"), more=(_APPEAL,)),
        set(),
    ),
    "leave for advice from either of two": (
        lambda: protocol(advice=_permission(("iro_manager", "iro"))),
        set(),
    ),
    "advice from within the authority": (lambda: protocol(organisation=""), {Kind.ADVICE_NOT_INDEPENDENT}),
    "a contact less": (
        lambda: protocol(contacts={role: title for role, title in TITLES.items() if role != "iro_manager"}),
        {Kind.CONTACT_UNHELD},
    ),
    "a row that no rule encodes": (lambda: protocol(rows=("M-99",)), {Kind.ROW_WITHOUT_RULE}),
    "a rule of a row that there is not": (
        lambda: attrs.evolve(protocol(), ledger=tuple(row for row in protocol().ledger if row.row != "M-2")),
        {Kind.RULE_WITHOUT_ROW},
    ),
    "no ledger": (lambda: attrs.evolve(protocol(), ledger=()), {Kind.ROW_WITHOUT_RULE}),
    "a source nobody has read": (
        lambda: protocol(notice={"law": law("M-2", verified=Verified.M)}),
        {Kind.UNVERIFIED},
    ),
    "two contacts of one title": (
        lambda: protocol(contacts=TITLES | {"iro_manager": "the Team Manager"}),
        {Kind.NAMES_COLLIDE},
    ),
    "two stages of one title": (
        lambda: protocol(stages={"third": {"title": "the second stage"}}),
        {Kind.NAMES_COLLIDE},
    ),
    "no word of the national rule": (_copy(law=law("M-1")), {Kind.MISSING_LINK}),
    "a national rule that there is not": (
        lambda: protocol(notice={"law": law("M-2", (Towards.ADDS_TO, "nation.nothing"))}),
        {Kind.BROKEN_LINK},
    ),
}  # fmt: skip


def checked(made: Protocol) -> Report:
    return check(made, national())


@cache
def spoilt(name: str) -> Report:
    return checked(SPOILT[name][0]())


def one(made: Protocol, kind: Kind) -> Finding:
    """The only finding of a kind."""
    (found,) = checked(made).of(kind)
    return found


def test_a_protocol_that_fits_has_no_finding() -> None:
    """Whatever is found below comes of what was spoilt."""
    assert checked(protocol()).findings == ()


@pytest.mark.parametrize("name", SPOILT)
def test_what_was_spoilt_is_found_and_nothing_else(name: str) -> None:
    """One thing changed gives just the kinds of finding that name it."""
    found = spoilt(name)
    kinds = {finding.kind for finding in found.findings}
    assert kinds == SPOILT[name][1], [finding.sentence for finding in found.findings]


def test_every_kind_of_finding_has_been_seen() -> None:
    """No kind of check is one that cannot fail."""
    assert {kind for _, kinds in SPOILT.values() for kind in kinds} == set(Kind)


@pytest.mark.parametrize("name", SPOILT)
def test_findings_have_ids_of_their_own_and_come_in_the_order_of_the_kinds(name: str) -> None:
    """A finding can be told by its id, and the same protocol gives the same report."""
    report = spoilt(name)
    ids = [finding.id for finding in report.findings]
    assert len(ids) == len(set(ids))
    kinds = [list(Kind).index(finding.kind) for finding in report.findings]
    assert kinds == sorted(kinds)


def test_the_same_protocol_gives_the_same_report() -> None:
    """Made twice, and checked twice."""
    made, _ = SPOILT["days without a unit counted back"]
    assert checked(made()) == checked(made())


def test_every_kind_is_explained() -> None:
    """Each has a weight, a meaning and a remedy, each a whole sentence."""
    for kind in Kind:
        assert kind.severity in Severity
        for text in (kind.meaning, kind.remedy):
            assert text[0].isupper()
            assert text.endswith((".", ")."))


def test_a_laxer_clock_says_from_which_days_and_gives_a_worst_case() -> None:
    """Six working days against five are always later; the example is worked out."""
    found = one(protocol(copy={"within": days("made.copy", 6)}), Kind.LAXER_CLOCK)
    assert found.rules == ("made.copy",)
    assert found.national == ("nation.copy",)
    assert found.rows == ("M-1", "N-1")
    assert "6 working days here" in found.sentence
    assert "5 working days nationally" in found.sentence
    assert "always later" in found.sentence
    assert found.readings == ""
    assert any(line.startswith("worst case: from ") for line in found.arithmetic)


def test_days_counted_back_are_laxer_where_the_act_may_come_later() -> None:
    """Five calendar days before an event begin later than five working days before it, from every weekday."""
    made = protocol(evidence={"within": at_least_before(Number("made.evidence.before", 5), Unit.DAYS)})
    found = one(made, Kind.LAXER_CLOCK)
    assert "at least 5 calendar days before here, at least 5 working days before nationally" in found.sentence


def test_days_counted_forward_are_laxer_than_days_counted_back() -> None:
    """An officer who leaves out “before” has six working days after the event where nationally it is five before it."""
    found = one(protocol(evidence={"within": days("made.evidence", 6)}), Kind.LAXER_CLOCK)
    assert "within 6 working days here, at least 5 working days before nationally" in found.sentence
    assert "always later" in found.sentence


def test_a_reading_under_which_it_is_laxer_is_named() -> None:
    """The finding turns on the one open question, and names the reading."""
    made = protocol(copy={"within": by_reading(UNIT, working=days("made.a", 4), calendar=days("made.b", 9))})
    assert one(made, Kind.LAXER_CLOCK).readings == "made.unit=calendar"
    assert "the number" in one(made, Kind.LEFT_OPEN).sentence


def test_days_without_a_unit_counted_back_are_laxer_as_calendar_days() -> None:
    """Five days before, with no unit, against five working days before: the reading that is laxer is named."""
    made = protocol(evidence={"within": at_least_before(Number("made.evidence.before", 5), OPEN_UNIT)})
    found = one(made, Kind.LAXER_CLOCK)
    assert found.readings == "made.unit=calendar"
    ordinary = next(line for line in found.arithmetic if line.startswith("without any bank holiday"))
    assert "from Monday, Tuesday, Wednesday, Thursday, Friday, Sunday" in ordinary


def test_five_working_days_are_not_laxer_than_five_under_either_reading_of_the_unit() -> None:
    """As many calendar days are never more; that the units differ under one reading is said."""
    clock = within(Number("made.copy.within", 5), OPEN_UNIT)
    found = one(protocol(copy={"within": clock}), Kind.OTHER_UNIT)
    assert found.readings == "made.unit=calendar"
    assert any("the local time is the shorter" in line for line in found.arithmetic)


def test_a_chain_shows_each_clock_and_the_sum() -> None:
    """48 hours and five working days against five: the steps, the sum, the weekdays and a worst case."""
    made = protocol(
        notice={"within": days("made.notice", 48, Unit.HOURS)}, appointed={"within": days("made.appointed", 5)}
    )
    found = one(made, Kind.CHAIN_OVERRUN)
    assert found.rules == ("made.notice", "made.appointed")
    assert found.sentence.startswith("48 hours + 5 working days")
    lines = "\n".join(found.arithmetic)
    assert "made.notice: 48 hours" in lines
    assert "local, one after another: 48 hours and 5 working days, in ordinary weeks 7 to 9 calendar days" in lines
    assert "from Monday, Tuesday, Wednesday, Thursday, Saturday, Sunday" in lines


def test_a_ladder_over_the_limit_shows_each_stage() -> None:
    """14 + 2 + 5 working days against 20, from the stage at which the limit starts to run."""
    found = one(protocol(second={"within": days("made.second", 14)}), Kind.LADDER_OVER_CAP)
    assert "21 working days" in found.sentence
    assert found.rules == ("made.second", "made.move", "made.third")
    assert "at the second stage: 14 working days (made.second)" in found.arithmetic
    assert not any("made.first" in line for line in found.arithmetic)


def test_a_limit_that_is_not_provable_counts_what_is_stated_and_what_is_left() -> None:
    """Ten days are stated, one gap has none, and ten are left for it."""
    found = one(protocol(move={"within": None}), Kind.CAP_NOT_PROVABLE)
    assert found.sentence.startswith("10 working days are stated and 1 gap has no clock")
    assert "to the third stage: no clock (made.move)" in found.arithmetic
    assert "20 - 10 = 10 working days left for the gaps together" in found.arithmetic


def test_a_ladder_that_no_rule_ties_to_the_limit_is_still_measured_by_it() -> None:
    """A long ladder is found, with the doubt whether it counts; that it has gaps is then nobody's business."""
    made = protocol(without=("formal",), second={"within": days("made.second", 30)}, move={"within": None})
    found = one(made, Kind.LADDER_OVER_CAP)
    assert "no rule says whether this ladder counts" in found.sentence
    assert checked(made).of(Kind.CAP_NOT_PROVABLE) == ()


def test_a_stage_that_only_unreached_stages_lead_to_is_not_reached() -> None:
    """Two stages that lead to each other, and nothing to either."""
    nobody = {"answered_by": "", "limit": (), "silence": Silence.UNSPECIFIED}
    made = protocol(
        without=("second", "move"),
        stages={
            "first": {"silence": Silence.UNSPECIFIED, "escalator": ()},
            "second": {"entered_by": outcome_of(Steps.THIRD), **nobody},
            "third": {"entered_by": outcome_of(Steps.SECOND)},
        },
    )
    found = {finding.about for finding in checked(made).of(Kind.UNREACHABLE_STAGE)}
    assert found == {f"made.ladder/{Steps.SECOND}", f"made.ladder/{Steps.THIRD}"}


def test_a_start_that_is_lacking_names_the_openings_without_one() -> None:
    """An officer's ladder starts for two severities: the third, and none recorded, are named."""
    made = protocol(stages={"first": {"entered_by": opening(severity=("low", "medium"))}})
    assert one(made, Kind.NO_START).sentence.endswith("severity high; severity not recorded")


def test_two_starts_name_the_openings_and_both_stages() -> None:
    """Only matters of high severity start twice."""
    second = {"entered_by": (outcome_of(Steps.FIRST), opening(severity="high"))}
    found = one(protocol(stages={"first": {"entered_by": opening()}, "second": second}), Kind.SEVERAL_STARTS)
    assert found.sentence.endswith(": severity high: the first stage and the second stage")


def test_a_row_that_only_the_ladder_names_is_told_apart_from_one_that_nothing_names() -> None:
    """The row does stand in the protocol, so “unaccounted for” alone would send its officer looking for a slip."""
    made = attrs.evolve(protocol(), ledger=(*(r for r in protocol().ledger if r.row != "M-7"), row("M-7", "must")))
    assert "only prepares an answer" in one(made, Kind.ROW_WITHOUT_RULE).sentence
    assert "only prepares an answer" not in one(protocol(rows=("M-40",)), Kind.ROW_WITHOUT_RULE).sentence


def test_a_gate_inside_the_ladder_says_what_part_its_holder_takes() -> None:
    """The holder's duties on the ladder are the arithmetic of that finding."""
    found = one(protocol(advice=_permission("team_manager")), Kind.GATEKEEPER_IN_LADDER)
    assert "the Team Manager" in found.sentence
    assert "must answer (made.first)" in found.arithmetic


def test_an_open_question_says_what_turns_on_it() -> None:
    """Where counting starts, what meets a duty, the unit: by the field that differs."""
    trigger = by_reading(START, issue=DOCUMENT, filing=fact("filed", document="final_evidence"))
    made = protocol(notice={"trigger": trigger, "met_by": (COPY,)})
    assert "what brings it about" in one(made, Kind.LEFT_OPEN).sentence


def test_protocols_beside_it_are_looked_at_for_names_that_collide() -> None:
    """Another protocol with a rule of the same id, and a row of the same number."""
    other = attrs.evolve(protocol(), name="other")
    found = check(protocol(), national(), beside=(other, protocol()))
    about = {finding.about for finding in found.of(Kind.NAMES_COLLIDE)}
    assert "made.copy in other" in about
    assert "row M-1 in other" in about
    assert not any("made" in name.split(" in ")[-1] for name in about)


def test_a_rule_that_is_in_force_at_another_time_is_not_measured_by() -> None:
    """A national rule that has ended when the local one begins is no measure of it."""
    rule = RULES["copy"]
    late = attrs.evolve(rule.law, start="2020-01-01", national=())
    nation = national()
    ended = tuple(
        attrs.evolve(r, law=attrs.evolve(r.law, end="2019-01-01")) if r.id == "nation.copy" else r for r in nation.rules
    )
    made = protocol(copy={"law": late, "within": days("made.copy", 9)})
    assert check(made, attrs.evolve(nation, parts=ended)).findings == ()
    assert {f.kind for f in checked(made).findings} == {Kind.LAXER_CLOCK, Kind.MISSING_LINK}


def test_roles_and_steps_of_the_made_protocol_are_its_own() -> None:
    """What is spoilt here is like no council's: the terms are made up."""
    assert all(term.value.startswith("made_") for family in (Steps, Roles) for term in family)
    assert CARE != DISPUTE
