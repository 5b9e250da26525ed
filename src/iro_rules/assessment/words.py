"""Plain words for facts, days and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pendulum

from iro_rules.facts import Fact

Say = Callable[[str], str]


def a_day(value: date) -> str:
    """A day as it is said, with its weekday; an instant with its time."""
    words = f"{value:%A} {value.day} {value:%B} {value.year}"
    if isinstance(value, pendulum.DateTime):
        return f"{words} at {value:%H:%M}"
    return words


def listed(items: tuple[str, ...] | list[str], last: str = "and") -> str:
    """Items in a row, the last joined by a word."""
    items = list(items)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def counted(number: int, thing: str) -> str:
    """A number of things."""
    return f"{number} {thing if number != 1 else thing.removesuffix('s')}"


def one(thing: str) -> str:
    """One of a thing."""
    return f"{'an' if thing[:1].lower() in 'aeiou' else 'a'} {thing}"


def posts(percent: int | str) -> str:
    """Working time as full-time posts."""
    found = int(percent) / 100
    return (
        f"{found:g} full-time posts"
        if found > 1
        else f"{found:g} of a full-time post"
        if found < 1
        else "1 full-time post"
    )


def plain(term: object) -> str:
    """A term of a vocabulary in words."""
    return str(term).replace("_", " ")


TITLES: Mapping[str, str] = {
    "child": "the child",
    "iro": "the child's IRO",
    "iro_manager": "the manager of the IRO service",
    "iro_service": "the IRO service",
    "local_authority": "the local authority",
    "social_worker": "the child's social worker",
    "team_manager": "the Team Manager",
    "director_of_childrens_services": "the Director of Children's Services",
    "legal_department": "the authority's legal department",
    "court": "the court",
    "cafcass": "Cafcass",
    "guardian": "the Children's Guardian",
}


def role_words(role: str) -> str:
    """A role in words, where no contact names it."""
    return TITLES.get(role, f"the {plain(role)}")


SAYINGS: dict[str, str] = {
    "born": "the child was born",
    "became_looked_after": "the child became looked after",
    "ceased_to_be_looked_after": "the child ceased to be looked after",
    "legal_status": "the child's legal status became {status}",
    "placement_started": "the child came to live in placement {placement}",
    "placement_ended": "the child left placement {placement}",
    "visited": "{by} visited the child",
    "appointed": "{person} was appointed as {role}",
    "ended": "{person} stopped being {role}",
    "unavailable": "{role} could not be reached",
    "related": "case {child} was recorded as that of {relation}",
    "review_planned": "review {review} was arranged for {planned_for}",
    "review_held": "review {review} was held{chaired}",
    "meeting_planned": "{meeting} was arranged for {planned_for}",
    "meeting_held": "{meeting} took place",
    "told": "{by} told {to} about: {about}{how}",
    "requested": "{by} asked {to} for: {about}",
    "received": "{by} received {what}",
    "provided": "{to} was given: {document}",
    "consulted": "{by} asked for the views of {to}{on}",
    "proceedings_issued": "proceedings {proceedings} were issued",
    "proceedings_ended": "proceedings {proceedings} ended",
    "order_made": "the court made an order: {order}",
    "hearing_listed": "{hearing} was listed for {listed_for}",
    "filing_due": "the court set {due} for filing: {document}",
    "filed": "{document} was filed with the court",
    "happened": "this happened: {event}",
    "raised": "{by} raised {about}, {dispute}",
    "step_taken": "the matter {dispute} went to the stage: {stage}",
    "outcome": "the stage {stage} of {dispute} ended: {result}",
    "agreed": "{by} agreed to: {about}",
    "decided": "{by} came to a decision on: {about}{outcome}",
    "recorded": "a record was made about: {about}",
    "records_begin": "the authority's service records begin",
    "arrangement": "an arrangement was in place: {name}{lasting}",
    "caseload": "{whose} was responsible for {children} children{post}",
    "trained": "{whose} had training",
    "published": "the {publication} was produced",
}
"""How each kind of fact is told; every kind has one."""

SAID: dict[str, str] = {
    "became_looked_after": "the child becoming looked after",
    "ceasing_to_accommodate": "no longer accommodating the child",
    "holds": "it is so",
    "does_not_hold": "it is not so",
}
"""Terms that are no words to say them with."""

ARTICLES = {
    "related": ("relation",),
    "hearing_listed": ("hearing",),
    "meeting_planned": ("meeting",),
    "meeting_held": ("meeting",),
    "raised": ("about",),
}
"""The fields told as one of a thing: a meeting, an appeal."""


def tell(fact: Fact, say: Say) -> str:
    """One fact in words, with its day; `say` puts a role into words."""
    values: dict[str, Any] = {}
    for name, value in fact.content().items():
        if name in ("by", "to", "role"):
            values[name] = say(str(value))
        elif isinstance(value, date):
            values[name] = a_day(value)
        elif name in ("review", "dispute", "proceedings", "ref", "child", "person", "placement"):
            values[name] = str(value)
        else:
            values[name] = SAID.get(str(value), plain(value))
    values.setdefault("hearing", "hearing")
    for name in ARTICLES.get(fact.kind(), ()):
        values[name] = one(values[name])
    values.setdefault("person", "somebody")
    values.setdefault("by", "somebody")
    about = f"word about: {values['about']}" if "about" in values else "something that is not named"
    values["what"] = one(values["document"]) if "document" in values else about
    values["outcome"] = f" ({values['result']})" if "result" in values else ""
    values["whose"] = str(fact.content().get("person", "the IRO service as a whole"))
    values["post"] = f" for {posts(values['full_time_percent'])}" if "full_time_percent" in values else ""
    said = (("until", "to last until"), ("checked", "last checked on"))
    lasting = [f"{words} {values[name]}" for name, words in said if name in values]
    values["lasting"] = f" ({', '.join(lasting)})" if lasting else ""
    chair = fact.content().get("chair")
    values["chaired"] = f" with {say(str(chair))} in the chair" if chair else ""
    values["how"] = f" ({values['manner']})" if "manner" in values else ""
    values["on"] = f" on: {values['about']}" if "about" in values else ""
    words = SAYINGS[fact.kind()].format_map(values)
    copied = [say(role) for role in fact.content().get("cc", ())]
    copies = f", with a copy to {listed(copied)}" if copied else ""
    return f"{words}{copies} on {a_day(fact.when)} (fact {fact.id})"


MISSING: dict[str, str] = {
    "time of day": "the time of day that would decide it",
    "working-day calendar": "working days that far ahead, where the known calendar ends",
    "a field left blank": "a value that was left blank",
    "related_case": "the related child's case, which is not at hand",
    "related_appointed": "who the related child's IRO is",
    "related_ended": "whether the related child's IRO changed",
}


def what_is_missing(names: tuple[str, ...]) -> str:
    """What a record does not show, in words."""
    return listed([MISSING.get(name, f"facts of the kind “{plain(name)}”") for name in names])
