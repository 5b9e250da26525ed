"""Every way of writing a rule wrongly is refused when it is built, in words that say what is wrong and where."""

from __future__ import annotations

import pytest

from iro_rules.clock import AgreedDate, Chosen, Clock, Number, Unit, within
from iro_rules.errors import RulebookError
from iro_rules.rulebook import (
    Absent,
    Compare,
    Present,
    fact,
    has,
    seek,
    terms,
)
from iro_rules.rulebook.compile import order
from iro_rules.rulebook.core import Derive, Judge, Owe
from iro_rules.rulebook.terms import Pattern, more_than
from iro_rules.testing.random_rules import term_table
from tests.rulebook.spoiling import (
    HELD,
    NUMBER,
    PLANNED,
    TOLD,
    Spoilt,
    book,
    conflict,
    duty,
    production,
    raised,
    status,
)


def test_the_rules_that_the_others_here_are_spoilt_from_are_sound() -> None:
    """Without this, a refusal could be for another reason than the one tried."""
    assert duty().core().productions()
    assert status().core().productions()
    assert book(conflict()).core().productions()


PATTERNS: dict[str, tuple[Spoilt, str, str]] = {
    "a kind nothing makes": (
        lambda: duty(trigger=Pattern("holiday")), "test.duty", "reads a kind of row that nothing makes",
    ),
    "a kind nothing makes, looked up": (
        lambda: duty(given=(seek("x", Pattern("holiday")),)), "test.duty", "reads a kind of row that nothing makes",
    ),
    "a field the kind lacks": (
        lambda: duty(trigger=fact("review_planned", document="care_plan")), "test.duty",
        "review_planned has no field document",
    ),
    "has, of a field that is no list": (
        lambda: duty(trigger=fact("told", about=has("review"))), "test.duty",
        "only a list can be asked whether it has something",
    ),
    "more than, of a key": (
        lambda: duty(trigger=fact("review_planned", period=more_than(3))), "test.duty",
        "only whole numbers can be more or less",
    ),
    "more than, of text": (
        lambda: duty(trigger=Pattern("raised", (terms.Test("window", "gt", "3"),))), "test.duty",
        "only whole numbers can be more or less",
    ),
    "a value for a date": (
        lambda: duty(trigger=fact("review_planned", planned_for="2026-03-02")), "test.duty",
        "this field cannot be tested for a value",
    ),
    "a value for a list": (
        lambda: duty(trigger=fact("told", cc="iro")), "test.duty", "this field cannot be tested for a value",
    ),
    "one of no values": (
        lambda: duty(trigger=fact("told", about=())), "test.duty", "this field cannot be tested for a value",
    ),
    "text for a number": (
        lambda: duty(trigger=fact("raised", window="3")), "test.duty", "window is tested for the wrong type",
    ),
    "a number for a key": (
        lambda: duty(trigger=fact("review_planned", period=1)), "test.duty", "period is tested for the wrong type",
    ),
    "a term that does not exist": (
        lambda: duty(trigger=fact("told", about="the weather")), "test.duty", "there is no such topic in told.about",
    ),
    "one term of several that does not exist": (
        lambda: duty(trigger=fact("told", about=("review", "the weather"))), "test.duty",
        "there is no such topic in told.about",
    ),
    "a list's term that does not exist": (
        lambda: duty(trigger=fact("told", cc=has("the milkman"))), "test.duty", "there is no such role in told.cc",
    ),
    "a test that does not exist": (
        lambda: duty(trigger=Pattern("told", (terms.Test("about", "like", "rev"),))), "test.duty",
        "there is no such test",
    ),
}  # fmt: skip

LOOKUPS: dict[str, tuple[Spoilt, str, str]] = {
    "a join of a key with a date": (
        lambda: duty(given=(seek("x", fact("review_held"), on={"review": "trigger.planned_for"}),)), "test.duty",
        "review and trigger.planned_for hold different things",
    ),
    "a join of lists": (
        lambda: duty(trigger=TOLD, given=(seek("x", TOLD, "cc"),), met_by=(seek("m", TOLD),)), "test.duty",
        "lists cannot be joined",
    ),
    "a join on a name not in hand": (
        lambda: duty(given=(seek("x", fact("review_held"), on={"review": "later.review"}),)), "test.duty",
        "a path starts with a name that is not in hand",
    ),
    "a join on a field the other lacks": (
        lambda: duty(given=(seek("x", fact("review_held"), on={"review": "trigger.meeting"}),)), "test.duty",
        "review_planned has no field meeting",
    ),
    "a join on a later look-up": (
        lambda: duty(given=(seek("a", fact("review_held"), on={"review": "b.review"}), seek("b", PLANNED))),
        "test.duty", "a path starts with a name that is not in hand",
    ),
    "since a key": (
        lambda: duty(given=(seek("x", PLANNED, since="trigger.review"),)), "test.duty", "a day is needed here",
    ),
    "until a name not in hand": (
        lambda: duty(given=(seek("x", PLANNED, until="later"),)), "test.duty", "a day is needed here",
    ),
    "after a date": (
        lambda: duty(given=(seek("x", PLANNED, after="trigger.planned_for"),)), "test.duty",
        "after and before need a row",
    ),
    "before the day asked about": (
        lambda: duty(given=(seek("x", PLANNED, before="as_of"),)), "test.duty", "after and before need a row",
    ),
    "after itself": (
        lambda: duty(given=(seek("x", PLANNED, after="x"),)), "test.duty", "after and before need a row",
    ),
    "the middle one": (
        lambda: duty(given=(seek("x", PLANNED, pick="middle"),)), "test.duty", "pick must be first or last",
    ),
    "what is not on record, for what is owed": (
        lambda: duty(given=(seek("x", PLANNED, on_record=True),)), "test.duty",
        "only of recorded facts, and not for what is owed",
    ),
    "what is not on record, of rows that rules make": (
        lambda: order(
            [
                Derive(rule="d", kind="made", trigger=PLANNED),
                Judge(rule="r", trigger=PLANNED, lookups=(seek("x", Pattern("made"), on_record=True),)),
            ],
            terms=term_table(),
        ),
        "r", "only of recorded facts, and not for what is owed",
    ),
    "a name used twice": (
        lambda: duty(given=(seek("held", PLANNED),)), "test.duty", "this name is taken or unusable",
    ),
    "the trigger's name": (
        lambda: duty(given=(seek("trigger", PLANNED),)), "test.duty", "this name is taken or unusable",
    ),
    "the name of the day asked about": (
        lambda: duty(given=(seek("as_of", PLANNED),)), "test.duty", "this name is taken or unusable",
    ),
    "a name with a dot": (
        lambda: duty(given=(seek("a.b", PLANNED),)), "test.duty", "this name is taken or unusable",
    ),
}  # fmt: skip

CONDITIONS: dict[str, tuple[Spoilt, str, str]] = {
    "present, of nothing sought": (
        lambda: duty(when=(Present("later"),)), "test.duty", "there is no such look-up",
    ),
    "absent, of the trigger": (
        lambda: duty(when=(Absent("trigger"),)), "test.duty", "there is no such look-up",
    ),
    "something that is no condition": (
        lambda: duty(when=(HELD,)), "test.duty", "this is not a condition",
    ),
    "a comparison with nothing": (
        lambda: duty(when=(Compare("trigger.review", "eq"),)), "test.duty",
        "a comparison needs either a path or a constant",
    ),
    "a comparison with two things": (
        lambda: duty(when=(Compare("trigger.review", "eq", right="trigger.period", constant="1"),)), "test.duty",
        "a comparison needs either a path or a constant",
    ),
    "a comparison that does not exist": (
        lambda: duty(when=(Compare("trigger.review", "like", constant="1"),)), "test.duty",
        "there is no such comparison",
    ),
    "an order of keys": (
        lambda: duty(when=(Compare("trigger.review", "lt", right="trigger.period"),)), "test.duty",
        "only dates and numbers have an order",
    ),
    "a comparison of lists": (
        lambda: duty(trigger=TOLD, when=(Compare("trigger.cc", "eq", right="trigger.cc"),), met_by=(seek("m", TOLD),)),
        "test.duty", "lists cannot be compared",
    ),
    "a comparison of a key with a date": (
        lambda: duty(when=(Compare("trigger.review", "eq", right="trigger.planned_for"),)), "test.duty",
        "trigger.review and trigger.planned_for hold different things",
    ),
    "a key compared with a number": (
        lambda: duty(when=(Compare("trigger.review", "eq", constant=1),)), "test.duty", "compared with the wrong type",
    ),
    "a number compared with text": (
        lambda: raised(when=(Compare("trigger.window", "lt", constant="5"),)), "test.duty",
        "compared with the wrong type",
    ),
    "a date compared with a constant": (
        lambda: duty(when=(Compare("trigger.planned_for", "lt", constant=730_000),)), "test.duty",
        "compared with the wrong type",
    ),
    "a whole row compared": (
        lambda: duty(when=(Compare("trigger", "eq", constant="1"),)), "test.duty", "review_planned has no field",
    ),
    "a condition of a verdict": (
        lambda: production(Judge(rule="r", trigger=PLANNED, verdicts=(((Present("x"),), "holds"),))), "r",
        "there is no such look-up",
    ),
}  # fmt: skip

OBLIGATIONS: dict[str, tuple[Spoilt, str, str]] = {
    "an anchor that is a key": (
        lambda: duty(anchor="trigger.review", within=Clock(NUMBER, Unit.DAYS)), "test.duty", "a day is needed here",
    ),
    "an anchor on the day asked about": (
        lambda: duty(anchor="as_of", within=Clock(NUMBER, Unit.DAYS)), "test.duty",
        "a clock cannot start on the day asked about",
    ),
    "an anchor on the date asked about": (
        lambda: duty(anchor="as_of.day", within=Clock(NUMBER, Unit.DAYS)), "test.duty",
        "a clock cannot start on the day asked about",
    ),
    "nothing that discharges it": (
        lambda: duty(met_by=()), "test.duty", "an obligation needs facts that discharge it",
    ),
    "some of what discharges it": (
        lambda: duty(needs="most"), "test.duty", "an obligation needs facts that discharge it",
    ),
    "a discharge not sought": (
        lambda: production(Owe(rule="r", trigger=PLANNED, done=("x",))), "r", "there is no such look-up",
    ),
    "a lapse not sought": (
        lambda: production(Owe(rule="r", trigger=PLANNED, lookups=(HELD,), done=("held",), lapse="x")), "r",
        "there is no such look-up",
    ),
    "the trigger as its own discharge": (
        lambda: production(Owe(rule="r", trigger=PLANNED, done=("trigger",))), "r", "there is no such look-up",
    ),
    "an agreed key": (
        lambda: duty(within=AgreedDate("trigger.review")), "test.duty", "an agreed date must be a date field",
    ),
    "an agreed row": (
        lambda: duty(within=AgreedDate("trigger")), "test.duty", "an agreed date must be a date field",
    ),
    "a window chosen in a date": (
        lambda: duty(within=Chosen("trigger.planned_for", NUMBER, NUMBER, NUMBER)), "test.duty",
        "a chosen window must be a whole-number field",
    ),
    "hours from a date": (
        lambda: duty(anchor="trigger.planned_for", within=Clock(NUMBER, Unit.HOURS)), "test.duty",
        "hours run from an instant, not from a date field",
    ),
    "an identity that is a date": (
        lambda: status(identity="trigger.planned_for"), "test.status", "an identity must be a key",
    ),
    "a moment that is a key": (
        lambda: status(moment="trigger.review"), "test.status", "a day is needed here",
    ),
    "a moment on the day asked about": (
        lambda: status(moment="as_of"), "test.status", "a row cannot be dated by the day asked about",
    ),
    "a moment on the date asked about": (
        lambda: status(moment="as_of.day"), "test.status", "a row cannot be dated by the day asked about",
    ),
    "a moment moved by working days": (
        lambda: status(shift=Clock(NUMBER, Unit.WORKING_DAYS)), "test.status", "a row's day is moved by calendar days",
    ),
    "a moment moved by a number that comes into force later": (
        lambda: status(shift=Clock(Number("later", {"2030-01-01": 5}), Unit.DAYS)),
        "test.status", "the number is not in force when the rule is",
    ),
    "a comparison with a number that changes": (
        lambda: raised(when=(Compare("trigger.window", "lt", number=Number("n", {"2011-01-01": 5, "2020-01-01": 6})),)),
        "test.duty", "a comparison takes one number",
    ),
    "a field kept that is not there": (
        lambda: status(keep=(("x", "trigger.meeting"),)), "test.status", "review_planned has no field meeting",
    ),
    "a rule never in force": (
        lambda: production(Judge(rule="r", trigger=PLANNED, start=10, end=10)), "r", "the rule is never in force",
    ),
    "a reading left unchosen": (
        lambda: production(
            Owe(rule="r", trigger=PLANNED, lookups=(HELD,), done=("held",), within=within(NUMBER, Unit.DAYS))
        ),
        "r", "a reading was left unchosen",
    ),
}  # fmt: skip

BROKEN = {**PATTERNS, **LOOKUPS, **CONDITIONS, **OBLIGATIONS}


@pytest.mark.parametrize(("spoil", "where", "words"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_in_a_rulebook_is_refused_in_words(spoil: Spoilt, where: str, words: str) -> None:
    """The message says what is wrong and in which rule, and points to the page on errors."""
    with pytest.raises(RulebookError) as refused:
        spoil()
    message = str(refused.value)
    assert words in message
    assert message.startswith(f"{where}: " if where else words)
    assert "docs/reference/errors.md#rulebook" in message


RIGHT: dict[str, tuple[Spoilt, str]] = {
    "a bearer that is no role": (
        lambda: duty(bearer="team_manger"), "test.duty, bearer: there is no such role. Given: 'team_manger'. Expected: "
        "team_manager, perhaps.",
    ),
    "a field": (
        lambda: duty(trigger=fact("told", too="iro")), "told has no field too. Given: 'too'. Expected: to, perhaps.",
    ),
    "a term": (
        lambda: duty(trigger=fact("told", to="irro")), "Given: 'irro'. Expected: iro, perhaps.",
    ),
    "a kind of fact": (
        lambda: duty(trigger=Pattern("review_helt")), "Given: 'review_helt'. Expected: review_held, perhaps.",
    ),
    "a day": (
        lambda: duty(given=(seek("x", PLANNED, since="triger"),)),
        "Given: 'triger'. Expected: one of trigger, or a date of one of them.",
    ),
    "a path": (
        lambda: duty(given=(seek("x", PLANNED, on={"review": "triger.review"}),)),
        "Given: 'triger.review'. Expected: one of trigger.",
    ),
    "a row": (
        lambda: duty(given=(seek("x", PLANNED, after="triger"),)), "Given: 'triger'. Expected: one of trigger.",
    ),
    "a look-up": (
        lambda: duty(given=(seek("earlier", PLANNED),), when=(Absent("erlier"),)),
        "Given: 'erlier'. Expected: earlier, perhaps.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "words"), RIGHT.values(), ids=RIGHT)
def test_a_name_that_is_not_there_is_told_with_what_it_should_have_been(spoil: Spoilt, words: str) -> None:
    """What was given is what was written, and the closest name there is stands beside it."""
    with pytest.raises(RulebookError) as refused:
        spoil()
    assert words in str(refused.value)
