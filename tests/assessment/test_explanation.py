"""Findings explain themselves: facts, arithmetic, source, contact, and what a reading would change."""

from __future__ import annotations

import attrs
import pendulum
import pytest

from iro_rules import Assessment, Case, Coverage, EngineError, Setting, Standing, assess
from iro_rules.assessment.explain import VERBS
from iro_rules.clock import AgreedDate, Number, Unit, within
from iro_rules.facts import (
    Agreed,
    Appointed,
    Arrangement,
    BecameLookedAfter,
    Ended,
    Filed,
    PlacementStarted,
    ProceedingsEnded,
    ProceedingsIssued,
    Raised,
    RecordsBegin,
    Related,
    ReviewHeld,
)
from iro_rules.formats.assessment_json import assessment_to_json
from iro_rules.readings import Interpretation, by_reading
from iro_rules.rulebook import Absent, Contact, Force, Modality, Present, Status, Verified, fact, seek
from iro_rules.rulebook.terms import Condition, Pattern
from tests.assessment.made import (
    LAW,
    RAISED,
    book,
    duty,
    finding,
    judge_children,
    judged,
    only,
    sentences,
)


def test_a_met_duty_is_told_from_who_to_which_reading(example: Assessment) -> None:
    """Who must do what, how it stands, why it arose, what met it, the clock, the source, and the open questions."""
    found = finding(example, "rochdale.dispute.raise-with-team-manager:f12")
    assert sentences(found) == (
        "The child's IRO must raise the dispute with the Team Manager, noting that the informal process is in use.",
        "This was done in time.",
        "It arises because the child's IRO raised a dispute, contact-plan on Monday 5 January 2026 (fact f12).",
        "Also taken into account: the child's IRO told the child's social worker about: taking it to the team manager"
        " on Monday 5 January 2026 (fact f13).",
        "What counts for it: the child's IRO told the social worker's Team Manager about: dispute"
        " on Tuesday 6 January 2026 (fact f14).",
        "2 working days are allowed from Monday 5 January 2026, so until Wednesday 7 January 2026.",
        "The council's own protocol says so.",
        "Source: Rochdale, Independent Reviewing Officers' procedure, 7.2.1 step 3"
        " (local protocol, a must; read in the source document supplied).",
        "The text leaves open: Is the day of the event itself the first day that is counted?"
        " Read here: counting starts on the day after the event.",
        "The text leaves open: Are the ladder's bare days (2 days, 1 day) working days or calendar days?"
        " Read here: working days.",
        "The text leaves open: From when do the two days for raising the dispute with the Team Manager run?"
        " Read here: from the day the IRO noted the dispute.",
        "The answer is the same under every reading.",
    )


def test_why_is_the_same_sentences_line_by_line(example: Assessment) -> None:
    """Nothing else is added."""
    found = finding(example, "handbook.court-documents:f36")
    assert found.why() == "\n".join(sentences(found))


def test_every_finding_of_the_example_is_explained_in_whole_sentences(example: Assessment) -> None:
    """Each sentence starts with a capital, ends with a stop, and holds no name of the code."""
    for found in example:
        for sentence in sentences(found):
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith((".", "?"))
            assert "_" not in sentence
            assert "None" not in sentence
            assert "  " not in sentence
            assert not any(str(standing.name) in sentence for standing in Standing)


def test_every_fact_that_decided_a_finding_is_named_by_its_id(example: Assessment) -> None:
    """What a social worker is told can be looked up in the record."""
    for found in example:
        why = found.why()
        assert found.decided_by
        assert all(f"(fact {deciding.fact})" in why for deciding in found.decided_by)


def test_lateness_is_counted_from_the_deadline_to_what_discharged(example: Assessment) -> None:
    """Due on the 13th, done on the 19th: six days."""
    why = sentences(finding(example, "rochdale.dispute.team-manager-response:f14"))
    assert "This was done, but late." in why
    assert "It came 6 calendar days after that." in why


def test_what_is_overdue_says_by_when_and_nothing_of_whom_where_no_contact_is_given(example: Assessment) -> None:
    """The day it should have been done by is in the second sentence."""
    why = sentences(finding(example, "handbook.court-documents:f36"))
    assert why[1] == "This is overdue: it should have been done by Monday 23 February 2026."
    assert not any(sentence.startswith("Turn to") for sentence in why)


def test_what_cannot_be_judged_says_what_is_missing(example: Assessment) -> None:
    """The related child's case is named as what is not at hand."""
    why = sentences(finding(example, "handbook.siblings-share-iro:f04"))
    assert why[1] == (
        "This cannot be judged, because the record does not show who the related child's IRO is"
        " and the related child's case, which is not at hand."
    )
    assert "Also taken into account: iro-12 was appointed as the child's IRO" in "\n".join(why)


def test_whether_a_rule_arose_at_all_may_be_what_cannot_be_told() -> None:
    """Outside coverage, the rule is named once, about nothing."""
    found = judge_children(as_of="2026-05-01", coverage=Coverage.only("told"))
    why = sentences(finding(found, "regulations.first-review:"))
    assert why[1:3] == (
        "This cannot be judged, because the record does not show facts of the kind “became looked after”.",
        "Whether it arose at all cannot be told from this record.",
    )


# The source


@pytest.mark.parametrize("verified", list(Verified))
def test_how_far_a_source_was_read_is_said_and_loudest_where_it_was_not(verified: Verified) -> None:
    """The source sentence carries the code in words."""
    found = only(judged(book(duty(law=attrs.evolve(LAW, verified=verified))), RAISED, unverified=True))
    (source,) = (s for s in sentences(found) if s.startswith("Source: "))
    assert verified.words().removeprefix("not verified: ") in source
    assert ("NOT VERIFIED" in source) is (verified is Verified.M)
    assert source.startswith("Source: A made-up protocol, paragraph 1 (good practice, a should;")


@pytest.mark.parametrize("modality", list(Modality))
def test_what_the_source_asks_for_is_in_the_sentence_and_in_the_source(modality: Modality) -> None:
    """A may is no must."""
    found = only(judged(book(duty(law=attrs.evolve(LAW, modality=modality))), RAISED))
    assert sentences(found)[0] == f"The child's IRO {VERBS[modality]} tell the social worker."
    assert len({s for s in sentences(found) if s.startswith("Source: ")}) == 1
    assert set(VERBS) == set(Modality)


def test_bearers_act_together_or_one_of_them_is_enough() -> None:
    """Joint bearers are joined by and, alternative ones by or."""
    both = only(judged(book(duty(bearer=("iro", "social_worker"))), RAISED))
    either = only(judged(book(duty(bearer=("iro", "social_worker"), joint="either")), RAISED))
    assert sentences(both)[0].startswith("The child's IRO and the child's social worker should")
    assert sentences(either)[0].startswith("The child's IRO or the child's social worker should")


def test_a_local_rule_names_the_national_one_it_serves(dispute: Case, rochdale: Setting) -> None:
    """A power open on 10 February says which national rule it implements, and whom to turn to."""
    assessment = assess(dispute, as_of="2026-02-10", protocol=rochdale, engine="meaning")
    why = sentences(finding(assessment, "rochdale.dispute.cafcass-referral:f12"))
    assert why[0].startswith("The child's IRO may refer the case to Cafcass")
    assert why[1:3] == ("This is open to them now.", "Turn to Cafcass.")
    assert "It implements the national rule regulations.consider-cafcass-referral." in why


@pytest.mark.parametrize(
    ("force", "words", "told"),
    [
        (Force.STATUTE, "consider", "must"),
        (Force.REGULATION, "considered", "must"),
        (Force.STATUTORY_GUIDANCE, "should consider", "should"),
        (Force.STATUTORY_GUIDANCE, "must consider", "must"),
        (Force.GOOD_PRACTICE, "should be carefully considered", "should"),
        (Force.LOCAL_PROTOCOL, "should be considered", "should"),
    ],
)
def test_what_is_to_be_considered_binds_no_more_than_its_source_does(force: Force, words: str, told: str) -> None:
    """A guidance that says should consider is not told as must; an Act's consider is."""
    law = attrs.evolve(LAW, modality=Modality.CONSIDER, force=force, verb=words)
    found = only(judged(book(duty(law=law, act="consider it")), RAISED))
    assert sentences(found)[0] == f"The child's IRO {told} consider it."


# Standings


def test_every_standing_has_a_sentence_of_its_own(example: Assessment) -> None:
    """No two standings are said alike, and none is left blank."""
    due = finding(example, "regulations.first-review:f01")
    said = {}
    for standing in Standing:
        found = attrs.evolve(due, standing=standing, missing=("told",) if standing == "not_evaluable" else ())
        said[standing] = sentences(found)[1]
    assert len(set(said.values())) == len(Standing)
    assert all(len(sentence) > 10 for sentence in said.values())


def test_what_has_no_deadline_is_not_said_to_be_in_time_or_by_a_day(example: Assessment) -> None:
    """Done, or still to be done; with a deadline, in time or by when."""
    assert sentences(finding(example, "rochdale.dispute.tell-social-worker:f12"))[1] == "This was done."
    assert sentences(finding(example, "rochdale.dispute.record-decision:f37"))[1] == "This is still to be done."
    assert sentences(finding(example, "regulations.second-review:first"))[1] == (
        "This is still to be done, by Thursday 12 March 2026."
    )


@pytest.mark.parametrize("standing", list(Standing))
def test_nobody_is_turned_to_about_what_is_settled(standing: Standing) -> None:
    """A contact is told where there is something left to do or to ask."""
    found = only(
        judged(book(duty(contact="iro_manager", within=within(Number("made.within", 24), Unit.WORKING_DAYS))), RAISED)
    )
    found = attrs.evolve(found, standing=standing, missing=("told",) if standing == "not_evaluable" else ())
    turned = "Turn to the manager of the IRO service." in sentences(found)
    assert turned is (standing not in ("met", "met_late", "lapsed", "kept", "excused", "in_place"))


ADVICE = "What would show it: the agreement with whoever gives the advice, recorded as a fact of the kind “arrangement”"


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        ("2025-03-03", None),
        ("2026-03-04", f"{ADVICE} named “independent legal advice”, with the day on which somebody last checked it."),
        ("2026-04-02", f"{ADVICE} named “independent legal advice”."),
    ],
    ids=["in place", "stale", "not in place"],
)
def test_an_arrangement_that_is_not_known_to_be_in_place_is_told_with_what_would_show_it(
    as_of: str, told: str | None
) -> None:
    """Nothing where it is in place; where it is stale, that a check would do."""
    facts = [
        RecordsBegin("2024-04-01", id="begin"),
        Arrangement("2025-03-03", name="independent_legal_advice", until=pendulum.Date(2026, 4, 1), id="a"),
    ]
    case = Case("la", facts, coverage=Coverage.everything(), subject="authority")
    found = finding(assess(case, as_of=as_of, engine="meaning"), "handbook.independent-legal-advice:begin")
    would = [sentence for sentence in sentences(found) if sentence.startswith("What would show it")]
    assert would == ([] if told is None else [told])


# Statuses between a fact and a rule


def test_the_status_between_a_fact_and_a_rule_is_said(example: Assessment) -> None:
    """A review held is, for the next review's clock, the first of the period of care."""
    why = "\n".join(sentences(finding(example, "regulations.second-review:first")))
    assert "review first was held on Friday 12 December 2025 (fact f10);" in why
    assert "this was the first review of the period of care" in why


@pytest.mark.parametrize("left", ["2026-04-30", None])
def test_what_is_no_longer_owed_of_an_iro_in_proceedings_is_told_with_what_ended_it(left: str | None) -> None:
    """The IRO's going is named where there is one, else the end of the proceedings, each by its own day."""
    gone = [Ended(left, id="gone", role="iro", person="p1")] if left else [ProceedingsEnded("2026-06-01", id="over")]
    case = Case(
        "1",
        [
            ProceedingsIssued("2026-03-02"),
            Appointed("2026-03-09", id="iro", role="iro", person="p1"),
            *gone,
        ],
        coverage=Coverage.everything(),
    )
    found = finding(assess(case, as_of="2026-07-01"), "handbook.court-told-of-iro:iro")
    told = "p1 stopped being the child's IRO" if left else "proceedings 1 ended"
    day = "Thursday 30 April 2026 (fact gone)" if left else "Monday 1 June 2026 (fact over)"
    assert f"What ended it: {told} on {day}." in sentences(found)


def test_a_status_whose_trigger_depends_on_a_reading_can_be_explained() -> None:
    """The status is told as it is read."""
    question = Interpretation(
        "made.start", "From when?", (("raised", "the raising"), ("agreed", "the deal")), "raised", "-"
    )
    status = Status(
        id="made.started",
        law=LAW,
        act="the matter has started",
        trigger=by_reading(question, raised=fact("raised"), agreed=fact("agreed")),
    )
    rulebook = book(status, duty(trigger=Pattern("made.started")))
    agreed = Agreed("2026-01-12", by="iro", about="dispute", dispute="d1", id="f9")
    for reading, trigger in (("raised", "f1"), ("agreed", "f9")):
        found = only(judged(rulebook, RAISED, agreed, readings={"made.start": reading}))
        assert found.id == f"made.tell:{trigger}"
        assert any("; the matter has started." in sentence for sentence in sentences(found))


@pytest.mark.parametrize(
    ("status", "told"),
    [("interim_care", "a period of care has started"), ("section_20", "a period of care under section 20 has started")],
)
def test_of_several_statuses_only_that_which_the_fact_can_be_is_said(status: str, told: str) -> None:
    """An interim care order is no section 20."""
    assessment = judge_children(BecameLookedAfter("2025-11-03", status=status, id="care"))
    assert f"(fact care); {told}." in "\n".join(sentences(finding(assessment, "regulations.first-review:care")))


def test_what_may_be_either_of_two_statuses_is_not_said() -> None:
    """Two statuses of one kind that the same fact may be, by what else is on record: neither is said."""
    acts: dict[str, Condition] = {"the matter has started": Absent("deal"), "the matter was opened": Present("deal")}
    kinds = [
        Status(
            id=f"made.started.{n}",
            law=LAW,
            act=act,
            trigger=fact("raised"),
            given=(seek("deal", fact("agreed"), "dispute"),),
            when=(condition,),
            kind="made.started",
        )
        for n, (act, condition) in enumerate(acts.items(), 1)
    ]
    found = only(judged(book(*kinds, duty(trigger=Pattern("made.started"))), RAISED))
    assert found.id == "made.tell:f1"
    assert not any(act in sentence for act in acts for sentence in sentences(found))


def test_a_fact_already_told_as_the_reason_is_not_told_again() -> None:
    """The review that brought a rule about is the one it asks for a chair of."""
    assessment = judge_children(
        BecameLookedAfter("2025-11-03"), ReviewHeld("2025-11-28", review="r1", chair="iro", id="held"), unverified=True
    )
    why = sentences(finding(assessment, "regulations.iro-chairs-review:r1"))
    assert sum("(fact held)" in sentence for sentence in why) == 1
    assert "review r1 was held with the child's IRO in the chair on Friday 28 November 2025 (fact held)." in why[2]


def test_a_duty_without_an_end_is_said_to_run() -> None:
    """It is not merely so on the facts."""
    assessment = judge_children(
        BecameLookedAfter("2025-11-03"), Appointed("2025-11-05", role="iro", person="p1", id="iro")
    )
    assert sentences(finding(assessment, "act.monitor-authority:iro"))[1] == "This duty runs on the day asked about."


def test_a_conflict_is_told_as_what_is_so() -> None:
    """Nobody must do what is only wrong in the record."""
    why = sentences(
        finding(judge_children(ReviewHeld("2026-03-02", review="r1", id="h")), "facts.review-outside-care:h")
    )
    assert why[0] == "A review is recorded although no period of care had started by then."
    assert why[1] == "Somebody should look at this: the rules give no answer to it."


def test_a_status_is_told_as_what_is_so() -> None:
    """Though it has bearers, it is nothing that they must do."""
    assessment = judge_children(
        BecameLookedAfter("2025-11-03"),
        ProceedingsIssued("2025-12-01", proceedings="p"),
        Filed("2026-02-16", document="final_evidence", proceedings="p", id="filed"),
    )
    found = finding(assessment, "plo.plan-not-endorsed:filed")
    assert found.bearer == ("local_authority", "iro")
    assert sentences(found)[:2] == (
        "The final care plan counts as not endorsed by the IRO, since no review came before the evidence was filed.",
        "This is so on the facts recorded.",
    )


def test_a_related_childs_facts_are_told_with_their_case() -> None:
    """Siblings with two IROs: both appointments are named, the other by case and fact."""
    case = Case(
        "c1",
        [
            Appointed("2026-01-06", role="iro", person="p1", id="a"),
            Related("2026-01-06", relation="sibling", child="c2", id="r"),
        ],
        coverage=Coverage.everything(),
    )
    other = Case("c2", [Appointed("2026-01-07", role="iro", person="p2", id="b")], coverage=Coverage.everything())
    found = finding(assess(case, as_of="2026-03-02", related=[other]), "handbook.siblings-share-iro:r")
    assert found.standing == "breached"
    why = "\n".join(sentences(found))
    assert "p1 was appointed as the child's IRO on Tuesday 6 January 2026 (fact a)" in why
    assert "in case c2, p2 was appointed as the child's IRO on Wednesday 7 January 2026 (fact b)" in why
    assert "in case c1" not in why
    assert [(d.part, d.fact) for d in found.decided_by] == [
        ("trigger", "r"), ("case", "c2"), ("here", "a"), ("there", "c2/b"),
    ]  # fmt: skip


# What is told of readings


def test_what_rests_on_no_open_question_says_nothing_of_readings() -> None:
    """No reading is told where there is none."""
    found = only(judged(book(duty()), RAISED))
    assert found.readings == ()
    assert found.holds_under_every_reading is True
    assert not any("reading" in sentence for sentence in sentences(found))


def test_only_four_other_answers_are_told_and_the_rest_are_counted(example: Assessment) -> None:
    """A long list of combinations does not bury the answer."""
    found = finding(example, "handbook.health-plan-before-review:second")
    assert found.otherwise is not None
    assert len(found.otherwise) == 3
    for number, more in ((4, None), (5, "1 further combination of"), (6, "2 further combinations of")):
        told = sentences(attrs.evolve(found, otherwise=(found.otherwise * 2)[:number]))
        assert sum(sentence.startswith("Read as ") for sentence in told) == 4
        further = [sentence for sentence in told if "further" in sentence]
        assert further == ([f"{more} readings would change it too."] if more else [])


def test_readings_that_were_not_compared_are_said_not_to_have_been(dispute: Case, rochdale: Setting) -> None:
    """Without the comparison, nothing is claimed of other readings."""
    assessment = assess(dispute, as_of="2026-03-02", protocol=rochdale, engine="meaning", robustness=False)
    found = finding(assessment, "rochdale.dispute.director-decision:f35")
    assert found.otherwise is None
    assert found.holds_under_every_reading is None
    assert "Whether another reading would change the answer was not worked out." in sentences(found)
    assert not any("every reading" in sentence for sentence in sentences(found))


def test_which_field_of_which_fact_was_left_blank_is_told() -> None:
    """Its own, or that of a status beneath it, whether or not the rule is known to arise at all."""
    facts = (
        BecameLookedAfter("2026-01-05", id="breaks", status="section_20_short_breaks"),
        PlacementStarted("2026-02-02", id="away", placement="cottage", area="out_of_area"),
        PlacementStarted("2026-02-12", id="home", placement="flat"),
    )
    made = assess(Case("b", facts, coverage=Coverage.everything()), as_of="2026-03-02", engine="meaning")
    stays = "Left blank: “longest stay” and “days in a year” in fact breaks."
    for name, told in (
        ("short-breaks.regime:", stays),
        ("regulations.area-notice:away", stays),
        ("regulations.area-notice:home", "Left blank: “area” in fact home."),
        ("short-breaks.plan:", stays),
    ):
        found = finding(made, name)
        assert found.standing is Standing.NOT_EVALUABLE
        assert told in sentences(found)
    assert not any("Left blank" in line for line in sentences(finding(made, "regulations.first-review:breaks")))


def test_a_field_that_may_be_blank_without_harm_is_not_named_beside_the_one_that_matters() -> None:
    """A dispute with no day agreed and no review named: which review it is keeps the notice from being matched."""
    about_the_review = (seek("notice", fact("told", about="dispute"), "review"),)
    made = judged(book(duty(met_by=about_the_review, within=AgreedDate("trigger.due"))), RAISED)
    assert only(made).standing is Standing.NOT_EVALUABLE
    assert "Left blank: “review” in fact f1." in sentences(only(made))


def test_a_finding_without_its_case_cannot_be_explained(example: Assessment) -> None:
    """The error says where explanations come from."""
    with pytest.raises(EngineError, match="no case behind it"):
        attrs.evolve(example.findings[0], subject=None).explain()


def test_a_role_without_a_contact_is_named_in_words() -> None:
    """A rulebook's own title comes first, then the national one, then the role itself."""
    titled = book(duty(bearer=("iro", "lawyer")), contacts=(Contact(role="iro", title="the reviewing officer"),))
    assert (
        sentences(only(judged(titled, RAISED)))[0]
        == "The reviewing officer and the lawyer should tell the social worker."
    )


def test_what_the_record_has_from_a_day_on_is_told_with_that_day() -> None:
    """Where it might have come before; where only a later one could matter, that none came is said outright."""
    told = duty(trigger=fact("raised", about="dispute"), met_by=(seek("word", fact("told")),))
    later = duty(
        id="made.later", trigger=fact("raised", about="dispute"), met_by=(seek("word", fact("told"), after="trigger"),)
    )
    coverage = Coverage.everything().recorded_from({"told": "2026-01-01"})
    raised = Raised("2026-01-05", id="r", by="iro", about="dispute", dispute="d")
    found = assess(
        Case("c1", [raised], coverage=coverage), as_of="2026-03-02", protocol=book(told, later), engine="meaning"
    )
    unknown, known = found.finding("made.tell:r"), found.finding("made.later:r")
    assert unknown is not None
    assert known is not None
    assert (unknown.standing, unknown.missing, known.standing) == ("not_evaluable", ("told",), "open")
    says = "Of facts of the kind “told” the record begins on Thursday 1 January 2026"
    assert any(sentence.startswith(says) for sentence in sentences(unknown))
    assert not any("the record begins" in sentence for sentence in sentences(known))
    assert found.provenance.since == (("told", "2026-01-01"),)
    assert assessment_to_json(found)["provenance"]["since"] == {"told": "2026-01-01"}
