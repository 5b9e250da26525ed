"""A protocol is checked when it is built, and is laid over the national rules without replacing any."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from iro_rules.clock import Number, Unit, within
from iro_rules.errors import FieldError, ProtocolError, RulebookError
from iro_rules.facts.vocabulary import Term
from iro_rules.protocols import Protocol, SourceDocument, combine
from iro_rules.protocols.versions import fits
from iro_rules.rulebook import (
    Contact,
    Duty,
    Force,
    Ladder,
    Law,
    Modality,
    Package,
    Rulebook,
    Stage,
    Verified,
    fact,
    seek,
)
from iro_rules.rulebook.ledger import SourceRow, ledger_of

LAW = Law(
    rows=("X-01",),
    citation="paragraph 1",
    force=Force.LOCAL_PROTOCOL,
    modality=Modality.MUST,
    verb="must",
    verified=Verified.M,
    start="2011-04-01",
)

ROW = SourceRow(row="X-01", source="Northmoor IRO protocol", where="paragraph 1", modality="must", asks="a review")


class Desk(Term):
    DUTY_DESK = "duty_desk"


class Steps(Term):
    PANEL = "panel"


def duty(name: str, *, law: Law = LAW, **options: Any) -> Duty:
    """A duty to hold a review, of no interest but its id."""
    return Duty(
        id=name,
        law=law,
        act="hold a review",
        trigger=fact("became_looked_after"),
        within=within(Number(f"{name}.within", 20), Unit.WORKING_DAYS),
        met_by=(seek("review", fact("review_held"), "period"),),
        **options,
    )


def protocol(**changes: Any) -> Protocol:
    """A sound protocol, with some fields changed."""
    fields: dict[str, Any] = {
        "name": "northmoor",
        "title": "Northmoor IRO protocol",
        "authority": "Northmoor",
        "version": "2026.1",
        "source": SourceDocument("Northmoor IRO protocol", "2014-05"),
        "parts": (duty("northmoor.review", bearer=Desk.DUTY_DESK),),
        "contacts": (Contact(role=Desk.DUTY_DESK, title="the duty desk"),),
        "vocabulary": (("role", Desk),),
    }
    return Protocol(**{**fields, **changes})


NATIONAL = Rulebook(
    name="national",
    parts=(duty("national.review"),),
    contacts=(Contact(role="iro_manager", title="the IRO manager"), Contact(role="court", title="the court")),
    packages=(Package("iro-rules", "0.1.0", "the regulations"),),
)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "North Moor"}, "no usable name"),
        ({"name": "north--moor"}, "no usable name"),
        ({"name": None}, "no usable name"),
        ({"title": " "}, "title is not text"),
        ({"version": 2026.1}, "version is not text"),
        ({"authority": ""}, "authority is not text"),
        ({"source": "Northmoor IRO protocol"}, "source is not a source document"),
        ({"parts": duty("northmoor.review")}, "this is not a list"),
        ({"parts": "northmoor.review"}, "this is not a list"),
        ({"parts": (LAW,)}, "a part is neither a rule nor a ladder"),
        ({"contacts": ("the duty desk",)}, "this is not a contact"),
        ({"contacts": (Contact(role="iro", title="a"), Contact(role="iro", title="b"))}, "two contacts"),
        ({"vocabulary": (("roles", Desk),)}, "does not name a vocabulary"),
        ({"vocabulary": (Desk,)}, "does not name a vocabulary"),
        ({"vocabulary": (("role", str),)}, "not a Term class with members"),
        ({"vocabulary": (("role", Term),)}, "not a Term class with members"),
        ({"vocabulary": (("role", Desk.DUTY_DESK),)}, "not a Term class with members"),
        ({"ledger": ("X-01",)}, "not a row of a ledger"),
        ({"ledger": (ROW, ROW)}, "a row stands in the ledger twice"),
        ({"requires": "~=0.1"}, "requires is not a range of versions"),
        ({"requires": ">=0.1;<0.2"}, "requires is not a range of versions"),
        ({"requires": 0.1}, "requires is not a range of versions"),
        ({"start": "2014-05-01", "end": "2014-05-01"}, "ends before it starts"),
    ],
)
def test_a_protocol_that_is_not_sound_is_never_built(changes: dict[str, Any], words: str) -> None:
    """Each field is checked when the value is built, and the error says which and why."""
    with pytest.raises(ProtocolError, match=words):
        protocol(**changes)


def test_a_protocols_rows_are_laid_beside_the_national_ones() -> None:
    """The ledger of the whole has both, and says which of the protocol's rules encode its rows."""
    national = attrs.evolve(NATIONAL, ledger=(attrs.evolve(ROW, row="N-01"),))
    ledger = ledger_of(combine(national, protocol(ledger=(ROW,))))
    assert [(row.id, row.rules) for row in ledger.rows] == [
        ("N-01", ()), ("X-01", ("national.review", "northmoor.review")),
    ]  # fmt: skip


def test_an_impossible_date_is_refused() -> None:
    """The protocol's own dates are days that exist."""
    with pytest.raises(FieldError, match="start is not a day that exists"):
        protocol(start="2014-02-30")


@pytest.mark.parametrize("edition", ["May 2014", "2014-5", "14", 2014, None, "2014-05-01 "])
def test_an_edition_is_a_date_or_nothing(edition: Any) -> None:
    """The edition is a year, a month or a day, or empty for a document that has no date."""
    with pytest.raises(ProtocolError, match="edition of the source document is not a date"):
        SourceDocument("Northmoor IRO protocol", edition)
    assert SourceDocument("A leaflet").words() == "A leaflet (undated)"


def test_a_protocol_adds_to_the_national_rules() -> None:
    """The rulebook of both has the national rules first, then the protocol's, and says where each comes from."""
    both = protocol().overlay(NATIONAL)
    assert both.name == "national + northmoor"
    assert [rule.id for rule in both.rules] == ["national.review", "northmoor.review"]
    assert both.packages == (
        Package("iro-rules", "0.1.0", "the regulations"),
        Package("northmoor", "2026.1", "Northmoor IRO protocol (2014-05)"),
    )
    assert "duty_desk" in both.terms["role"]
    assert both.rules[0] is NATIONAL.rules[0]


def test_a_local_contact_takes_the_place_of_the_national_one() -> None:
    """For a role that both name, readers are sent to the contact of the council."""
    local = Contact(role="iro_manager", title="the Northmoor IRO manager")
    both = protocol(parts=(), contacts=(local,)).overlay(NATIONAL)
    assert [contact.title for contact in both.contacts] == ["the court", "the Northmoor IRO manager"]


def test_a_protocol_may_not_take_a_national_rule_away() -> None:
    """A local rule under the id of a national one is refused, not put in its place."""
    with pytest.raises(RulebookError, match=r"national\.review: two rules share an id"):
        protocol(parts=(duty("national.review"),)).overlay(NATIONAL)


def test_two_protocols_stand_side_by_side() -> None:
    """Several protocols can be laid over one set of national rules, each once."""
    other = protocol(name="southmoor", parts=(duty("southmoor.review"),), contacts=(), vocabulary=())
    both = combine(NATIONAL, protocol(), other)
    assert [package.name for package in both.packages] == ["iro-rules", "northmoor", "southmoor"]
    assert combine(NATIONAL).rules == NATIONAL.rules
    with pytest.raises(ProtocolError, match="laid over the national rules twice"):
        combine(NATIONAL, protocol(), protocol())
    with pytest.raises(ProtocolError, match="two protocols have a contact for one role"):
        combine(NATIONAL, protocol(), attrs.evolve(other, contacts=protocol().contacts))
    with pytest.raises(RulebookError, match="term exists already"):
        combine(NATIONAL, protocol(), attrs.evolve(other, vocabulary=(("role", Desk),)))


def test_the_dates_of_a_protocol_narrow_those_of_its_rules() -> None:
    """No rule of a protocol is in force outside the protocol's own dates, but a matter opened in time goes on."""
    ladder = Ladder(
        id="northmoor.dispute",
        title="a dispute",
        law=LAW,
        opens=fact("raised", about="dispute"),
        stages=(Stage(id="panel", title="the panel", entered_by="opening"),),
        rules=(
            duty("northmoor.late", law=attrs.evolve(LAW, start="2020-01-01", end="2022-01-01")),
            duty("northmoor.on", law=attrs.evolve(LAW, start="2020-01-01")),
        ),
    )
    dated = protocol(
        parts=(duty("northmoor.review"), ladder),
        vocabulary=(("role", Desk), ("stage", Steps)),
        start="2014-05-01",
        end="2025-01-01",
    )
    spans = {rule.id: (str(rule.law.start), str(rule.law.end)) for rule in dated.overlay(NATIONAL).rules}
    assert spans["national.review"] == ("2011-04-01", "None")
    assert spans["northmoor.review"] == ("2014-05-01", "2025-01-01")
    assert spans["northmoor.dispute/opened"] == ("2014-05-01", "2025-01-01")
    assert spans["northmoor.dispute/open"] == ("2014-05-01", "None")
    assert spans["northmoor.on"] == ("2020-01-01", "2025-01-01")
    assert spans["northmoor.late"] == ("2020-01-01", "2022-01-01")


def test_a_rule_that_ends_before_its_protocol_starts_is_refused() -> None:
    """A rule that could never be in force is a slip in one of the dates."""
    late = protocol(parts=(duty("northmoor.old", law=attrs.evolve(LAW, end="2013-01-01")),), start="2014-05-01")
    with pytest.raises(ProtocolError, match=r"northmoor\.old: a rule is never in force"):
        late.overlay(NATIONAL)


@pytest.mark.parametrize(
    ("version", "written", "fit"),
    [
        ("0.1.0", ">=0.1,<0.2", True),
        ("0.2", ">=0.1,<0.2", False),
        ("0.10.1", ">=0.9", True),
        ("0.1.0", "==0.1", True),
        ("0.1.0", "!=0.1.0", False),
        ("0.1.1", "> 0.1, <= 0.1.1", True),
        ("0.1.0", ">0.1", False),
        ("0.2.0rc1", "<0.2", False),
        ("1.0", "", True),
    ],
)
def test_versions_compare_as_numbers(version: str, written: str, *, fit: bool) -> None:
    """A range is read number by number, so 0.10 is later than 0.9 and 0.1 is 0.1.0."""
    assert fits(version, written) is fit
