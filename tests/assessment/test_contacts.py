"""Whom to turn to: a role, whoever stands in for it, and what the packages beside the library know of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
import pytest

from iro_rules import Assessment, Case, Protocol, ProtocolError, Registry, Setting, assess, setting
from iro_rules.clock import Number, Unit, within
from iro_rules.facts import Decided, Told, Unavailable
from iro_rules.protocols import SourceDocument, hookimpl
from iro_rules.rulebook import Contact
from tests.assessment.made import RAISED, case, day, duty, finding

MANAGER = Contact(role="team_manager", title="the Team Manager", stand_in="senior_manager")
SENIOR = Contact(role="senior_manager", title="the Senior Manager", organisation="Northmoor", stand_in="iro_manager")

NORTHMOOR = Protocol(
    name="northmoor",
    title="Northmoor IRO protocol",
    authority="Northmoor Council",
    version="1.0",
    source=SourceDocument("Northmoor IRO protocol", "2014-05"),
    parts=(
        duty(
            id="northmoor.tell", contact="team_manager", within=within(Number("northmoor.within", 5), Unit.WORKING_DAYS)
        ),
    ),
    contacts=(MANAGER, SENIOR),
)


class Beside:
    """A package beside the library, with the hooks a host may have."""

    def __init__(self, details: Any = None, closures: Any = None, told: list[Any] | None = None) -> None:
        self.details, self.closures, self.told = details, closures or {}, told
        self.asked: list[tuple[str, str]] = []

    @hookimpl
    def iro_contact_directory(self, authority: str, role: str) -> Any:
        """What this directory knows."""
        self.asked.append((authority, role))
        return self.details

    @hookimpl
    def iro_closures(self, authority: str) -> Mapping[date, str]:
        """The days closed."""
        self.asked.append((authority, "closures"))
        closures: Mapping[date, str] = self.closures
        return closures

    @hookimpl
    def iro_observer(self, assessment: object) -> None:
        """Listens, or cannot."""
        if self.told is None:
            raise RuntimeError("deaf")
        self.told.append(assessment)


def beside(plugin: Beside) -> Setting:
    """Northmoor's rules with a package beside them."""
    return setting(NORTHMOOR, registry=Registry().including("beside", plugin))


def judged(where: Setting | Protocol, *facts: Any) -> Assessment:
    """A dispute in Northmoor."""
    return assess(case(RAISED, *facts), as_of="2026-03-02", protocol=where, engine="meaning")


def away(role: str, **options: Any) -> Unavailable:
    """Nobody can be reached in a role."""
    return Unavailable("2026-02-02", role=role, **options)


@pytest.mark.parametrize(
    ("facts", "role", "sentence"),
    [
        ((), "team_manager", "Turn to the Team Manager."),
        (
            (away("team_manager"),),
            "senior_manager",
            "Turn to the Senior Manager, Northmoor (in place of the Team Manager, who is unavailable).",
        ),
        (
            (away("team_manager"), away("senior_manager")),
            "iro_manager",
            "Turn to the manager of the IRO service (in place of the Team Manager, who is unavailable).",
        ),
        (
            (away("team_manager"), away("senior_manager"), away("iro_manager")),
            "iro_manager",
            "Turn to the manager of the IRO service (in place of the Team Manager, who is unavailable).",
        ),
        ((away("team_manager", until=day("2026-02-27")),), "team_manager", "Turn to the Team Manager."),
        ((away("senior_manager"),), "team_manager", "Turn to the Team Manager."),
    ],
)
def test_whoever_stands_in_is_named_in_place_of_whom(facts: tuple[Any, ...], role: str, sentence: str) -> None:
    """Down the chain to somebody who can be reached; to the last in it where nobody can."""
    found = finding(judged(NORTHMOOR, *facts), "northmoor.tell:f1")
    assert found.contact is not None
    assert found.contact.role == role
    assert found.contact.instead_of == ("the Team Manager" if role != "team_manager" else "")
    assert found.contact.details == ""
    assert sentence in found.explain().sentences


def test_a_contact_has_the_name_its_ladder_gives_it(dispute: Case, rochdale: Setting) -> None:
    """Rochdale's Service Manager is, on the ladder of disputes, the relevant one for the case."""
    made = assess(dispute, as_of="2026-01-21", protocol=rochdale, engine="meaning")
    found = finding(made, "rochdale.dispute.three-way-meeting:f16")
    assert found.contact is not None
    assert found.contact.title == "the relevant Service Manager for the case"
    assert "Turn to the relevant Service Manager for the case." in found.explain().sentences
    assert found.subject is not None
    assert found.subject.title("service_manager", "rochdale.concern.step-3-contact") == "the Service Manager"
    assert found.subject.title("service_manager", "rochdale.disputed") == "the Service Manager"


def test_a_directory_says_how_to_reach_whoever_it_is() -> None:
    """It is asked by the authority's name and the role that was reached, and its words stand in the sentence."""
    plugin = Beside("room 4, 01234 567", told=[])
    found = finding(judged(beside(plugin), away("team_manager")), "northmoor.tell:f1")
    assert found.contact is not None
    assert found.contact.details == "room 4, 01234 567"
    assert {("Northmoor Council", "closures"), ("Northmoor Council", "senior_manager")} <= set(plugin.asked)
    assert {authority for authority, _ in plugin.asked} == {"Northmoor Council"}
    assert (
        "Turn to the Senior Manager, Northmoor (in place of the Team Manager, who is unavailable): room 4, 01234 567."
    ) in found.explain().sentences


@pytest.mark.parametrize(("known", "said"), [(None, "its shared mailbox"), ("room 4", "room 4; its shared mailbox")])
def test_the_channel_a_protocol_names_is_told_after_what_a_directory_knows(known: str | None, said: str) -> None:
    """An IRO reads where the message is to go, whether or not the authority keeps a directory."""
    by_mail = attrs.evolve(NORTHMOOR, contacts=(attrs.evolve(MANAGER, channel="its shared mailbox"), SENIOR))
    where = setting(by_mail, registry=Registry().including("beside", Beside(known, told=[])))
    found = finding(judged(where), "northmoor.tell:f1")
    assert found.contact is not None
    assert found.contact.details == said
    assert f"Turn to the Team Manager: {said}." in found.explain().sentences


def test_a_directory_that_does_not_know_changes_nothing() -> None:
    """The contact is named without details."""
    plain, asked = judged(NORTHMOOR), judged(beside(Beside(None, told=[])))
    assert plain.findings == asked.findings


@pytest.mark.parametrize(
    ("plugin", "words"),
    [
        (Beside(3, told=[]), "beside.*iro_contact_directory does not return text.*3"),
        (Beside("x", closures={"2026-01-06": "inset"}, told=[]), "beside.*iro_closures does not return days"),
        (Beside("x"), "beside.*iro_observer failed: RuntimeError: deaf"),
    ],
)
def test_a_package_that_answers_wrongly_is_named_and_there_is_no_answer(plugin: Beside, words: str) -> None:
    """Details that are no text, closures that are no days, an observer that breaks."""
    with pytest.raises(ProtocolError, match=words):
        judged(beside(plugin))


def test_a_councils_closures_move_deadlines_and_are_named() -> None:
    """An office closed on 6 January is left out of the count by its name, and the calendar says so."""
    plain = finding(judged(NORTHMOOR), "northmoor.tell:f1")
    assert str(plain.due) == "2026-01-12"
    closed = judged(beside(Beside(closures={date(2026, 1, 6): "the office is moving"}, told=[])))
    found = finding(closed, "northmoor.tell:f1")
    assert str(found.due) == "2026-01-13"
    assert "Tuesday 6 January 2026 (the office is moving)" in found.why()
    assert "2026-01-06 the office is moving" in closed.provenance.calendar


def test_an_observer_is_told_of_each_assessment_once() -> None:
    """What it is told is what was answered."""
    told: list[Any] = []
    where = beside(Beside(told=told))
    made = [judged(where), judged(where, away("team_manager"))]
    assert told == made


def test_the_national_rules_alone_ask_no_directory() -> None:
    """Without a council there is no authority to ask about."""
    plugin = Beside("x", told=[])
    where = setting(registry=Registry().including("beside", plugin))
    failure: dict[str, Any] = {"by": "iro", "result": "holds", "ref": "r"}
    facts = (
        Decided("2026-01-05", about="significant_failure", **failure),
        Decided("2026-01-07", about="failure_not_addressed", id="f1", **failure),
        Told("2026-01-06", by="iro", to="senior_manager", about="significant_failure", ref="r"),
    )
    made = assess(case(*facts), as_of="2026-03-02", protocol=where, engine="meaning")
    contact = finding(made, "regulations.consider-cafcass-referral:f1").contact
    assert contact is not None
    assert (contact.role, contact.details) == ("cafcass", "")
    assert plugin.asked == []
    assert where.authority == ""
