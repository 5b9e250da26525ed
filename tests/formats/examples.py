"""Case files that are right, and what can be done to one to make it wrong."""

from __future__ import annotations

from typing import Any

import attrs

Json = Any


def case(**changes: Json) -> dict[str, Json]:
    """A small case that is right, with some of its fields changed or added."""
    return {
        "format": "iro-rules/case/1",
        "case": "northmoor-001",
        "coverage": ["became_looked_after", "review_held", "told", "raised", "related"],
        "facts": [
            {"kind": "became_looked_after", "id": "f1", "when": "2026-01-05T16:30:00+00:00"},
            {"kind": "review_held", "id": "f2", "when": "2026-02-02", "review": "r1", "period": "1"},
            {"kind": "told", "when": "2026-02-03", "by": "iro", "to": "child", "about": "review", "cc": ["parent"]},
            {"kind": "raised", "id": "f4", "when": "2026-02-04", "by": "iro", "about": "dispute", "dispute": "d1"},
            {"kind": "related", "id": "f5", "when": "2026-02-04", "relation": "sibling", "child": "northmoor-002"},
        ],
        **changes,
    }


def since(*kinds: str, **days: Json) -> Json:
    """Coverage of some kinds, and of others from a day on."""
    return {"kinds": list(kinds), "since": days}


def sibling(**changes: Json) -> dict[str, Json]:
    """The case of the related child."""
    fact = {"kind": "appointed", "id": "a1", "when": "2026-01-06", "role": "iro", "person": "iro-7"}
    return {"case": "northmoor-002", "coverage": "everything", "facts": [fact], **changes}


def with_fact(**fields: Json) -> dict[str, Json]:
    """The case with some fields of its second fact, a review, changed; None takes a field away."""
    found = case()
    changed = {**found["facts"][1], **fields}
    found["facts"][1] = {name: value for name, value in changed.items() if value is not GONE}
    return found


def and_fact(**fields: Json) -> dict[str, Json]:
    """The case with one fact more."""
    found = case()
    return {**found, "facts": [*found["facts"], fields]}


def without(name: str) -> dict[str, Json]:
    """The case without one of its fields."""
    return {field: value for field, value in case().items() if field != name}


GONE = object()

VALID: dict[str, dict[str, Json]] = {
    "small": case(),
    "empty": case(facts=[], coverage=[]),
    "everything": case(coverage="everything"),
    "covered from a day on": case(coverage=since("told", review_held="2025-04-01", became_looked_after="2024-02-29")),
    "covered from a day on and in no other way": case(coverage=since(review_held="2025-04-01")),
    "said to be about a child": case(subject="child"),
    "authority": case(
        subject="authority",
        coverage=["records_begin", "arrangement"],
        facts=[
            {"kind": "records_begin", "when": "2025-04-01"},
            {"kind": "arrangement", "when": "2025-04-01", "name": "independent_legal_advice", "until": "2026-03-31"},
        ],
    ),
    "with a related case": case(related=[sibling()]),
    "with a related case that says its format": case(related=[sibling(format="iro-rules/case/1")]),
    "with sources": with_fact(source={"file": "reviews.csv", "table": "Reviews", "row": 3}),
    "with an empty source": with_fact(source={}),
    "with a source without a row": with_fact(source={"file": "reviews.csv", "row": None}),
    "with blank fields": and_fact(kind="appointed", when="2026-01-06", role="iro", person=None),
    "with a number": and_fact(kind="raised", when="2026-01-06", by="iro", about="dispute", dispute="d2", window=5),
    "with a number written as 5.0": and_fact(
        kind="raised", when="2026-01-06", by="iro", about="dispute", dispute="d2", window=5.0
    ),
    "in summer time": with_fact(when="2026-07-01T09:00:00+01:00"),
    "in universal time": with_fact(when="2026-07-01T09:00Z"),
    "with a fact given twice": and_fact(**case()["facts"][0]),
}


@attrs.frozen
class Wrong:
    """A case file that is wrong: words its error must hold, and whether the published schema sees it too."""

    given: Json
    words: tuple[str, ...]
    in_schema: bool = True


def wrong(given: Json, *words: str, in_schema: bool = True) -> Wrong:
    """Shorthand."""
    return Wrong(given, words, in_schema)


FACT = "case northmoor-001, fact f2 (no. 2, review_held)"
ARRANGEMENT = {"kind": "arrangement", "id": "x", "when": "2026-01-06", "name": "independent_legal_advice"}

WRONG: dict[str, Wrong] = {
    "not an object": wrong([], "a case is not an object", "Given: []"),
    "a number": wrong(7, "a case is not an object"),
    "nothing": wrong(None, "a case is not an object"),
    "no format": wrong(without("format"), "case northmoor-001: the format is not said", '"iro-rules/case/1"'),
    "a later format": wrong(
        case(format="iro-rules/case/2"), "version of the format that is not known here", "'iro-rules/case/2'"
    ),
    "another format": wrong(case(format="ssda903"), "not the format of a case", "'ssda903'"),
    "format a number": wrong(case(format=1), "not the format of a case", "Given: 1"),
    "no id": wrong(without("case"), "the case has no usable id", '"case": 1 to 80'),
    "id a number": wrong(case(case=17), "the case has no usable id", "Given: 17"),
    "id a space": wrong(case(case=" "), "a case without a usable id: the case has no usable id"),
    "unknown subject": wrong(case(subject="family"), "the subject is unknown", "'family'", "child or authority"),
    "subject a list": wrong(case(subject=["child"]), "the subject is unknown"),
    "no coverage": wrong(without("coverage"), "does not say what its record covers", '"coverage": "everything"'),
    "coverage a word": wrong(case(coverage="some"), "coverage is not a list", "'some'"),
    "coverage blank": wrong(case(coverage=None), "coverage is not a list"),
    "coverage of an unknown kind": wrong(
        case(coverage=["review_heeld"]), "coverage names a kind of fact that does not exist", "Expected: review_held"
    ),
    "coverage of a number": wrong(case(coverage=[3]), "coverage names a kind of fact that does not exist", "Given: 3"),
    "coverage of an unknown kind from a day on": wrong(
        case(coverage=since(review_heeld="2025-04-01")),
        "coverage names a kind of fact that does not exist",
        "Expected: review_held",
    ),
    "coverage whole and from a day on": wrong(
        case(coverage=since("review_held", review_held="2025-04-01")),
        "all of it is recorded, and that it is only from a day on",
        "'review_held'",
        in_schema=False,
    ),
    "coverage from no day": wrong(
        case(coverage=since(review_held="April")), "the first day of review_held is not a date", "'April'"
    ),
    "coverage from a number": wrong(case(coverage=since(review_held=3)), "the first day of review_held is not a date"),
    "coverage from days without kinds": wrong(
        case(coverage={"since": {"review_held": "2025-04-01"}}), "coverage is not a list", '"since": {a kind'
    ),
    "coverage from a list of days": wrong(case(coverage={"kinds": [], "since": []}), "coverage is not a list"),
    "coverage until a day": wrong(
        case(coverage=since(review_held="2025-04-01") | {"until": {}}), "coverage: there is no such field", "'until'"
    ),
    "no facts": wrong(without("facts"), "facts is missing", '"facts": a list'),
    "facts an object": wrong(case(facts={}), "facts is not a list", "Given: {}"),
    "unknown field": wrong(case(subjct="child"), "there is no such field", "'subjct'", "Expected: subject"),
    "related not a list": wrong(case(related={}), "related is not a list"),
    "related not a case": wrong(case(related=[3]), "case northmoor-001, related case no. 1: a case is not an object"),
    "related to the second degree": wrong(
        case(related=[sibling(related=[])]), "related case no. 1: a related case has related cases of its own"
    ),
    "related with a fault": wrong(
        case(related=[sibling(facts=[{"kind": "appointed", "when": "2026-01-06"}])]),
        "case northmoor-001, related case no. 1, fact no. 1 (appointed): role is missing",
    ),
    "related of another version": wrong(case(related=[sibling(format="iro-rules/case/9")]), "related case no. 1"),
    "related an authority": wrong(
        case(related=[sibling(subject="authority", facts=[])]), "a related case is not about a child", "'authority'"
    ),
    "related twice": wrong(case(related=[sibling(), sibling()]), "two cases have one id", in_schema=False),
    "related to itself": wrong(case(related=[sibling(case="northmoor-001")]), "two cases have one id", in_schema=False),
    "related by no fact": wrong(
        case(related=[sibling(case="northmoor-003")]),
        "related case northmoor-003: no fact says how this case is related",
        "kind related",
        in_schema=False,
    ),
    "fact not an object": wrong(case(facts=["review_held"]), "case northmoor-001, fact no. 1: a fact is not an object"),
    "fact without a kind": wrong(with_fact(kind=GONE), "fact f2 (no. 2): there is no such kind of fact"),
    "fact of an unknown kind": wrong(
        with_fact(kind="reveiw_held"), "fact f2 (no. 2, reveiw_held)", "'reveiw_held'", "Expected: review_held"
    ),
    "fact of a kind that is a number": wrong(with_fact(kind=4), "there is no such kind of fact", "Given: 4"),
    "fact about an authority": wrong(
        and_fact(**ARRANGEMENT),
        "fact x (no. 6, arrangement): a fact about the authority stands in a case about the child",
    ),
    "fact about a child": wrong(
        case(subject="authority"), "a fact about the child stands in a case about the authority"
    ),
    "fact without a day": wrong(with_fact(when=GONE), f"{FACT}: when is missing"),
    "fact without a key": wrong(
        with_fact(review=GONE), f"{FACT}: review is missing", "a review_held with when, review"
    ),
    "fact with an unknown field": wrong(with_fact(periode="1"), FACT, "'periode'", "Expected: period"),
    "fact with a field of another kind": wrong(with_fact(document="care_plan"), FACT, "there is no such field"),
    "key a number": wrong(with_fact(review=1), f"{FACT}: review is not a key", "Given: 1"),
    "key empty": wrong(with_fact(review=""), f"{FACT}: review is not a key"),
    "key blank": wrong(with_fact(review=None), f"{FACT}: review is not a key"),
    "key with a default blank": wrong(with_fact(period=None), f"{FACT}: period is not a key"),
    "key too long": wrong(with_fact(review="r" * 81), f"{FACT}: review is not a key"),
    "day a number": wrong(with_fact(when=20260202), f"{FACT}: when is not a date", "Given: 20260202"),
    "day in words": wrong(with_fact(when="2 Feb 2026"), f"{FACT}: when is neither a date nor a time", "2026-03-02"),
    "day as in Britain": wrong(with_fact(when="02/02/2026"), f"{FACT}: when is neither a date nor a time"),
    "day in a week": wrong(with_fact(when="2026-W06-1"), f"{FACT}: when is neither a date nor a time"),
    "day true": wrong(with_fact(when=True), f"{FACT}: when is not a date"),
    "day that does not exist": wrong(with_fact(when="2026-02-30"), f"{FACT}: when is not a day that exists"),
    "day nought": wrong(with_fact(when="0000-01-01"), f"{FACT}: when is not a day that exists"),
    "time without a zone": wrong(
        with_fact(when="2026-02-02T16:30:00"), f"{FACT}: when is a time without a time zone", "with an offset"
    ),
    "time that does not exist": wrong(
        with_fact(when="2026-02-02T25:30:00+00:00"), f"{FACT}: when is neither a date nor a time", in_schema=False
    ),
    "time before all time": wrong(
        with_fact(when="0001-01-01T00:00:00+23:59"), f"{FACT}: when is out of range", in_schema=False
    ),
    "date a time": wrong(
        and_fact(kind="review_planned", when="2026-01-06", review="r2", planned_for="2026-02-02T10:00:00+00:00"),
        "planned_for is not a date",
    ),
    "number a text": wrong(
        and_fact(kind="raised", when="2026-01-06", by="iro", about="dispute", dispute="d2", window="5"),
        "fact no. 6 (raised): window is not a whole number",
        "'5'",
    ),
    "number too large": wrong(
        and_fact(kind="raised", when="2026-01-06", by="iro", about="dispute", dispute="d2", window=10_001),
        "window is not a whole number",
    ),
    "number with a part": wrong(
        and_fact(kind="raised", when="2026-01-06", by="iro", about="dispute", dispute="d2", window=2.5),
        "window is not a whole number",
        "2.5",
    ),
    "unknown role": wrong(
        and_fact(kind="appointed", id="f6", when="2026-01-06", role="iro_manger"),
        "fact f6 (no. 6, appointed): role is not a known role",
        "'iro_manger'",
        "Expected: iro_manager",
        "that protocol is asked for",
    ),
    "role a number": wrong(and_fact(kind="appointed", when="2026-01-06", role=3), "role is not a known role"),
    "list a term": wrong(
        and_fact(kind="told", when="2026-01-06", by="iro", to="child", about="review", cc="parent"), "cc is not a list"
    ),
    "list an object": wrong(
        and_fact(kind="told", when="2026-01-06", by="iro", to="child", about="review", cc={"parent": 1}),
        "cc is not a list",
    ),
    "list blank": wrong(
        and_fact(kind="told", when="2026-01-06", by="iro", to="child", about="review", cc=None), "cc is not a list"
    ),
    "list with an unknown term": wrong(
        and_fact(kind="told", when="2026-01-06", by="iro", to="child", about="review", cc=["parent", "aunt"]),
        "cc is not a known role",
        "'aunt'",
    ),
    "text a number": wrong(
        and_fact(kind="decided", when="2026-01-06", by="iro", about="dispute", reasons=4), "reasons is not text"
    ),
    "text of half a character": wrong(
        and_fact(kind="decided", when="2026-01-06", by="iro", about="dispute", reasons="\ud800"),
        "reasons holds half of a character",
        in_schema=False,
    ),
    "id empty": wrong(with_fact(id=""), "fact no. 2 (review_held): id is empty"),
    "id with a space": wrong(with_fact(id="f 2"), "id is not a fact id", "'f 2'"),
    "fact id a number": wrong(with_fact(id=2), "id is not a fact id", "Given: 2"),
    "fact id blank": wrong(with_fact(id=None), "id is not a fact id"),
    "one id for two facts": wrong(
        with_fact(id="f1"),
        "case northmoor-001, fact f1 (no. 2, review_held): two different facts have one id: this and fact no. 1",
        in_schema=False,
    ),
    "source a text": wrong(with_fact(source="reviews.csv"), f"{FACT}, source: the source is not an object"),
    "source blank": wrong(with_fact(source=None), f"{FACT}, source: the source is not an object"),
    "source with an unknown field": wrong(with_fact(source={"line": 3}), f"{FACT}, source: there is no such field"),
    "source with a text for a row": wrong(with_fact(source={"row": "3"}), f"{FACT}, source: row is not a whole number"),
    "source with a negative row": wrong(with_fact(source={"row": -1}), f"{FACT}, source: row is not a whole number"),
    "source with true for a row": wrong(with_fact(source={"row": True}), f"{FACT}, source: row is not a whole number"),
    "source with a number for a file": wrong(with_fact(source={"file": 3}), f"{FACT}, source: file is not text"),
}
