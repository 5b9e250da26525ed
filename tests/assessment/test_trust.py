"""What is unverified is left out unless asked for, and what the rules do not reach is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest

from iro_rules import Assessment, ReaderDisagreement, RulebookError, assess, setting
from iro_rules.assessment.bundle import replay
from iro_rules.engines import durable, meaning
from iro_rules.facts import BecameLookedAfter, Born, PlacementStarted, ReviewHeld
from iro_rules.national import rulebook
from iro_rules.report.console import console_for, show
from iro_rules.rulebook import Force, Modality, Pattern, Rulebook, Status, Verified, fact
from iro_rules.rulebook.law import question_of
from tests.assessment.made import LAW, RAISED, book, case, duty, judged, only, sentences

UNREAD = attrs.evolve(LAW, verified=Verified.M)
READ_UNTIL_2020 = attrs.evolve(LAW, end="2020-01-01")
UNREAD_FROM_2020 = attrs.evolve(UNREAD, start="2020-01-01")
EDITIONS = (duty(law=READ_UNTIL_2020), duty(id="made.tell.from-2020", law=UNREAD_FROM_2020))


def told(assessment: Assessment) -> dict[str, str]:
    """The notices of an assessment by their id."""
    return {notice.id: notice.words for notice in assessment.notices}


def test_an_unverified_rule_is_left_out_and_that_is_said() -> None:
    """The answer has no finding of it, and counts it among what was left out."""
    made = judged(book(duty(id="made.read"), duty(law=UNREAD)), RAISED)
    assert [finding.rule for finding in made] == ["made.read"]
    assert made.provenance.left_out == 1


def test_an_unverified_rule_is_brought_in_when_asked_for_and_marked(capsys: pytest.CaptureFixture[str]) -> None:
    """It says of itself that nobody has read its source: as a value, in its explanation and in the table."""
    made = judged(book(duty(law=UNREAD)), RAISED, unverified=True)
    assert made.provenance.left_out == 0
    assert only(made).unverified
    assert "NOT VERIFIED" in only(made).why()
    show(made, console_for())
    assert "NOT VERIFIED" in capsys.readouterr().out


def test_a_rulebook_of_verified_rules_is_its_own_strict_one() -> None:
    """Nothing is built anew where nothing is left out."""
    verified = book(duty())
    assert verified.strict is verified
    assert book(duty(), duty(id="made.unread", law=UNREAD)).strict.by_id.keys() == {"made.tell"}


def test_no_verified_rule_rests_on_an_unverified_one() -> None:
    """What is left out must not be what another rule reads."""
    hidden = Status(id="made.unread", law=UNREAD, act="something unread", trigger=fact("raised"))
    resting = book(hidden, duty(trigger=Pattern("made.unread")))
    with pytest.raises(RulebookError, match="reads a kind of row that nothing makes"):
        _ = resting.strict


def test_the_national_rulebook_has_a_strict_one_and_it_rests_on_nothing_unread() -> None:
    """Without its unverified rules it is still whole; with a protocol too."""
    strict = rulebook().strict
    assert rulebook().unverified
    assert not strict.unverified
    assert setting().rulebook is strict
    assert set(setting().left_out) == set(rulebook().unverified)


def test_as_of_a_day_before_every_rule_nothing_is_judged_and_that_is_said() -> None:
    """31 March 2011 is the last such day for the national rules."""
    child = case(BecameLookedAfter("2011-02-01", id="s"))
    before = assess(child, as_of="2011-03-31", engine="meaning")
    assert told(before)["before-the-rules"] == (
        "The first of these rules took effect on Friday 1 April 2011: nothing is judged as of an earlier day."
    )
    assert "before-the-rules" not in told(assess(child, as_of="2011-04-01", engine="meaning"))


def test_facts_from_before_the_rules_are_said_to_set_nothing_off() -> None:
    """A child looked after since 2010 has no first review by these rules, and is told; a birth is no such fact."""
    child = case(
        Born("2004-05-01", id="b"), BecameLookedAfter("2010-11-01", id="s"), ReviewHeld("2011-05-01", review="r1")
    )
    (notice,) = (n for n in assess(child, as_of="2011-06-01", engine="meaning").notices if n.id != "outside-edition")
    assert (notice.id, notice.facts) == ("facts-before-the-rules", ("s",))
    assert "1 fact of this case came before Friday 1 April 2011" in notice.words
    later = case(Born("2004-05-01", id="b"), BecameLookedAfter("2011-04-01", id="s"))
    assert "facts-before-the-rules" not in told(assess(later, as_of="2011-06-01", engine="meaning"))


def test_facts_after_the_day_asked_about_are_told_of() -> None:
    """A date mistyped into the future would otherwise leave an answer that nothing is owed, and no hint of why."""
    child = case(BecameLookedAfter("2026-03-03", id="start"), Born("2026-03-02", id="birth"))
    (notice,) = assess(child, as_of="2026-03-02", engine="meaning").notices
    assert (notice.id, notice.facts) == ("facts-after-the-day", ("start",))
    assert notice.words == "Nothing is judged on 1 fact of this case that came after the day asked about."
    assert not assess(child, as_of="2026-03-03", engine="meaning").notices


def test_a_fact_between_two_editions_is_judged_by_the_one_in_force() -> None:
    """The last day of one text and the first of the next each have one finding, and nothing need be said."""
    for day, rule in (("2019-12-31", "made.tell"), ("2020-01-01", "made.tell.from-2020")):
        made = judged(book(*EDITIONS), attrs.evolve(RAISED, when=day), unverified=True)
        assert [finding.rule for finding in made] == [rule]
        assert made.notices == ()


def test_a_fact_after_the_last_text_read_is_said_to_be_judged_by_no_rule() -> None:
    """The strict rulebook does not carry the old text on; it says so, and that a later one can be asked for."""
    made = judged(book(*EDITIONS), RAISED)
    (notice,) = made.notices
    assert made.findings == ()
    assert (notice.id, notice.rules, notice.facts) == ("outside-edition", ("made.tell",), ("f1",))
    assert "up to Tuesday 31 December 2019: made.tell. 1 fact outside those days" in notice.words
    assert notice.words.endswith("it can be asked for.")


def test_the_visits_of_today_are_said_not_to_be_judged_unless_the_unread_text_is_asked_for() -> None:
    """The regulation on visits was read only as it stood until 31 March 2015."""
    placed = case(BecameLookedAfter("2026-01-05", id="s"), PlacementStarted("2026-01-05", placement="p1", id="p"))
    strict = assess(placed, as_of="2026-03-02", engine="meaning")
    whole = assess(placed, as_of="2026-03-02", engine="meaning", unverified=True)
    assert "regulations.visits.first" in told(strict)["outside-edition"]
    assert not strict.where(rule="regulations.visits.first")
    (visit,) = whole.where(rule="regulations.visits.first.from-2015")
    assert (visit.standing, visit.unverified) == ("overdue", True)
    assert "outside-edition" not in told(whole)


def _editions(national: Rulebook) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for rule in national.rules:
        if not isinstance(rule, Status):
            found.setdefault(question_of(rule.id), []).append(rule.law)
    return found


@pytest.mark.parametrize(("question", "laws"), sorted(_editions(rulebook()).items()), ids=lambda value: str(value)[:60])
def test_at_every_change_of_text_each_question_has_just_one_rule_in_force(question: str, laws: list[Any]) -> None:
    """The day before a text changes, the day it does and the day after: one edition each, from the first on."""
    first = min(law.start for law in laws)
    changes = {law.start for law in laws} | {law.end for law in laws if law.end is not None}
    for day in {change.add(days=move) for change in changes for move in (-1, 0, 1)}:
        in_force = [law for law in laws if law.start <= day and (law.end is None or day < law.end)]
        assert len(in_force) == (1 if day >= first else 0), (question, day)


@pytest.mark.parametrize(
    ("force", "modality", "words"),
    [
        (Force.STATUTE, Modality.MUST, "An Act of Parliament says so."),
        (Force.REGULATION, Modality.MUST, "Regulations say so, and they are law."),
        (Force.STATUTORY_GUIDANCE, Modality.SHOULD, "Statutory guidance says so."),
        (Force.GOOD_PRACTICE, Modality.SHOULD, "It is good practice and not a legal duty."),
        (Force.LOCAL_PROTOCOL, Modality.MUST, "The council's own protocol says so."),
        (
            Force.STATUTORY_GUIDANCE,
            Modality.CONSIDER,
            "Statutory guidance says so: it is to be considered, whatever is then decided.",
        ),
    ],
)
def test_an_explanation_tells_law_from_guidance_and_guidance_from_good_practice(
    force: Force, modality: Modality, words: str
) -> None:
    """A must of the Act does not read like a council's own word, nor a duty to consider like a duty to do."""
    found = only(judged(book(duty(law=attrs.evolve(LAW, force=force, modality=modality))), RAISED))
    assert words in sentences(found)


def test_a_bundle_of_unverified_rules_is_replayed_with_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was asked for when two readers differed is asked for again."""
    monkeypatch.setattr(durable, "judge", lambda *given: meaning.judge(*given)[1:])
    child = case(BecameLookedAfter("2026-01-05", id="s"), ReviewHeld("2026-01-30", review="r1"))
    with pytest.raises(ReaderDisagreement) as raised:
        assess(child, as_of="2026-03-02", unverified=True, bundles=tmp_path)
    again = replay(raised.value.bundle)
    assert again.changed == ()
    assert any(verdict.rule in {rule.id for rule in rulebook().unverified} for verdict in again.answers["meaning"])
