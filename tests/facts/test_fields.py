"""What a field of a fact may hold, and how each unusable value is refused: by the name of the field, in words."""

from __future__ import annotations

import copy
import pickle
import zoneinfo
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import attrs
import pendulum
import pytest
from hypothesis import given

from iro_rules.errors import CaseError, FieldError
from iro_rules.facts import (
    Agreed,
    Appointed,
    Arrangement,
    Case,
    Caseload,
    Coverage,
    Decided,
    Fact,
    Happened,
    OrderMade,
    Outcome,
    Raised,
    ReviewHeld,
    ReviewPlanned,
    Told,
)
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.fields import LookedUp, Moment, to_moment
from iro_rules.facts.kinds import BITS, FIELDS, KIND_FIELDS, KINDS, names_of, subject_of
from iro_rules.facts.vocabulary import VOCABULARIES, Role, Term, Topic
from iro_rules.testing.strategies import cases

Bad = tuple[Any, str]


class Steps(Term):
    """A protocol's own stages."""

    STEP = "step_of_a_protocol"


BAD_WHENS: list[Bad] = [
    (None, "when is not a date"),
    (20260302, "when is not a date"),
    (2026.5, "when is not a date"),
    (b"2026-03-02", "when is not a date"),
    ("", "when is neither a date nor a time"),
    ("yesterday", "when is neither a date nor a time"),
    ("02/03/2026", "when is neither a date nor a time"),
    ("2026-3-2", "when is neither a date nor a time"),
    ("2026-02-30", "when is not a day that exists"),
    ("2026-13-01", "when is not a day that exists"),
    ("2025-02-29", "when is not a day that exists"),
    ("2026-03-02T10:00:00", "when is a time without a time zone"),
    (datetime(2026, 3, 2, 10), "when is a time without a time zone"),  # noqa: DTZ001
    ("2026-03-02T25:00:00+00:00", "when is neither a date nor a time"),
    (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), "when is out of range"),
]

BAD_DATES: list[Bad] = [
    (None, "planned_for is not a date"),
    (20260302, "planned_for is not a date"),
    (True, "planned_for is not a date"),
    ("2026-03-02T10:00:00+00:00", "planned_for is not a date"),
    (datetime(2026, 3, 2, tzinfo=UTC), "planned_for is not a date"),
    ("2 March 2026", "planned_for is not a date"),
    ("2026-02-29", "planned_for is not a day that exists"),
    (" 2026-03-02", "planned_for is not a date"),
    ("2026-03-02\n", "planned_for is not a date"),
]

BAD_KEYS: list[Bad] = [
    (value, "review is not a key")
    for value in (
        None, 1, 1.0, True, b"r", "", " ", " r", "r ", "-r", ".r", "r\n", "r\tq", "r\x00", "r'q", 'r"q', "r;q", "r,q",
        "r(q)", "r=q", "r{q}", "r$q", "r\\q", "é", "r\u200bq", "٣", "\U0001f600", "r" * 81, ["r"], ("r",),
    )
]  # fmt: skip

BAD_TERMS: list[Bad] = [
    (value, "role is not a known role")
    for value in (None, "", "IRO", "iro ", "the milkman", 1, Topic.REVIEW, ["iro"], "section_20")
]

BAD_LISTS: list[Bad] = [
    (None, "cc is not a list"),
    ("iro", "cc is not a list"),
    (1, "cc is not a list"),
    (["iro", "the milkman"], "cc is not a known role"),
    ([None], "cc is not a known role"),
    ([["iro"]], "cc is not a known role"),
]

BAD_NUMBERS: list[Bad] = [
    (value, "window is not a whole number") for value in (-1, 10_001, 1.5, 5.0, "5", True, False, "", [5])
]

BAD_TEXTS: list[Bad] = [(value, "reasons is not text") for value in (1, b"because", ["because"], "x" * 10_001)]

BAD_IDS: list[Bad] = [
    (value, "id is not a fact id") for value in (None, 1, " ", "a b", "-a", "a\n", "a" * 81, "é", "a'b", "a/b", True)
]

MAKERS: dict[str, tuple[Callable[[Any], Fact], list[Bad]]] = {
    "when": (lambda value: Happened(value, event="placement_change"), BAD_WHENS),
    "date": (lambda value: ReviewPlanned("2026-03-02", review="r", planned_for=value), BAD_DATES),
    "key": (lambda value: ReviewHeld("2026-03-02", review=value), BAD_KEYS),
    "term": (lambda value: Appointed("2026-03-02", role=value), BAD_TERMS),
    "terms": (lambda value: Told("2026-03-02", by="iro", to="iro", about="review", cc=value), BAD_LISTS),
    "int": (lambda value: Raised("2026-03-02", by="iro", about="dispute", dispute="d", window=value), BAD_NUMBERS),
    "text": (lambda value: Decided("2026-03-02", by="iro", about="review", reasons=value), BAD_TEXTS),
    "id": (lambda value: ReviewHeld("2026-03-02", review="r", id=value), BAD_IDS),
}
BAD = [(kind, value, words) for kind, (_, bad) in MAKERS.items() for value, words in bad]


@pytest.mark.parametrize(("kind", "value", "words"), BAD, ids=[f"{k}: {v!r:.30}" for k, v, _ in BAD])
def test_an_unusable_value_is_refused_by_the_name_of_its_field(kind: str, value: Any, words: str) -> None:
    """The message names the field, shows the value in at most one line, and says what would be right."""
    with pytest.raises(FieldError) as refused:
        MAKERS[kind][0](value)
    message = str(refused.value)
    assert words in message
    assert "Expected: " in message
    assert "docs/reference/errors.md#field" in message
    assert len(message) < 700


GOOD: dict[str, list[tuple[Any, Any]]] = {
    "when": [
        ("2026-03-02", pendulum.Date(2026, 3, 2)),
        (date(2026, 3, 2), pendulum.Date(2026, 3, 2)),
        (pendulum.Date(2026, 3, 2), pendulum.Date(2026, 3, 2)),
        ("2024-02-29", pendulum.Date(2024, 2, 29)),
    ],
    "date": [("2026-03-02", pendulum.Date(2026, 3, 2)), (date(2026, 3, 2), pendulum.Date(2026, 3, 2))],
    "key": [(value, value) for value in ("r", "1", "01", "R 1", "a.b_c:d/e+f-g", "r" * 80, "null", "2026-03-02")],
    "term": [("iro", "iro"), (Role.IRO, "iro"), (LookedUp("step"), "step"), (Steps.STEP, "step_of_a_protocol")],
    "terms": [((), ()), ([], ()), (["iro", "child", "iro"], ("child", "iro")), ({Role.IRO}, ("iro",))],
    "int": [(None, None), (0, 0), (10_000, 10_000)],
    "text": [
        (None, None),
        ("", ""),
        ("\x00\u2028", "\x00\u2028"),
        ("x" * 10_000, "x" * 10_000),
    ],
    "id": [("f1", "f1"), ("A.b_c:d+e-f", "A.b_c:d+e-f"), ("1" * 80, "1" * 80)],
}
HELD_IN = {
    "when": "when", "date": "planned_for", "key": "review", "term": "role", "terms": "cc", "int": "window",
    "text": "reasons", "id": "id",
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "kept"), [(k, v, w) for k, pairs in GOOD.items() for v, w in pairs], ids=lambda v: f"{v!r:.30}"
)
def test_a_usable_value_is_kept_in_one_form(kind: str, value: Any, kept: Any) -> None:
    """However it was given, the fact holds the same thing."""
    assert getattr(MAKERS[kind][0](value), HELD_IN[kind]) == kept


@pytest.mark.parametrize(
    ("given_as", "london"),
    [
        ("2026-03-02T16:30:00+00:00", "2026-03-02T16:30:00+00:00"),
        ("2026-07-01T23:30:00+00:00", "2026-07-02T00:30:00+01:00"),
        ("2026-07-01T23:30:00Z", "2026-07-02T00:30:00+01:00"),
        ("2026-03-02T18:30:00.999999+02:00", "2026-03-02T16:30:00+00:00"),
        ("2025-10-26T01:30:00+01:00", "2025-10-26T01:30:00+01:00"),
        ("2025-10-26T01:30:00+00:00", "2025-10-26T01:30:00+00:00"),
        ("2026-03-29T01:30:00+00:00", "2026-03-29T02:30:00+01:00"),
    ],
)
def test_an_instant_is_kept_to_the_second_in_london_time(given_as: str, london: str) -> None:
    """The day of a fact is London's day; in the hour that comes twice, the offset is kept."""
    fact = Happened(given_as, event="placement_change")
    assert fact.at is not None
    assert fact.at.isoformat() == london
    assert fact.on.isoformat() == london[:10]
    assert Happened(datetime.fromisoformat(given_as), event="placement_change") == fact


def test_a_day_has_no_time() -> None:
    """A fact dated by a day is not at midnight: it is at no time known."""
    assert Happened("2026-03-02", event="placement_change").at is None


@pytest.mark.parametrize(
    "make",
    [
        lambda: Happened("2026-03-02"),
        lambda: Happened("2026-03-02", "placement_change"),
        lambda: Happened("2026-03-02", event="placement_change", place="London"),  # type: ignore[call-arg]
    ],
)
def test_a_missing_unnamed_or_unknown_field_is_refused(make: Callable[[], Fact]) -> None:
    """Python itself refuses these, naming the field."""
    with pytest.raises(TypeError):
        make()


def test_facts_are_frozen() -> None:
    """A fact cannot be changed, only made again."""
    fact = ReviewHeld("2026-03-02", review="r")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        fact.review = "s"  # type: ignore[misc]


def test_a_fact_with_a_protocols_own_term_can_be_made_again() -> None:
    """Changing one field leaves a protocol's term as it was."""
    fact = Outcome("2026-03-02", stage=Steps.STEP, result="agreed", dispute="d")
    moved = attrs.evolve(fact, when="2026-03-03", id="")
    assert (moved.stage, moved.on.isoformat()) == ("step_of_a_protocol", "2026-03-03")


def test_the_same_fact_has_the_same_id_and_another_has_another() -> None:
    """An id is made from the content alone, so the same fact read from two files is one fact."""
    one = Agreed("2026-03-02", by="iro", about="review")
    assert one.id == Agreed(date(2026, 3, 2), by=Role.IRO, about=Topic.REVIEW).id
    assert one.id.startswith("agreed-2026-03-02-")
    others = [
        Agreed("2026-03-03", by="iro", about="review"),
        Agreed("2026-03-02T00:00:00+00:00", by="iro", about="review"),
        Agreed("2026-03-02", by="child", about="review"),
        Agreed("2026-03-02", by="iro", about="review", due=pendulum.Date(2026, 3, 9)),
        Agreed("2026-03-02", by="iro", about="review", ref="review"),
    ]
    assert len({fact.id for fact in (one, *others)}) == 6


def test_an_empty_field_is_no_content() -> None:
    """A blank field and one not given are one and the same fact."""
    blank = Told("2026-03-02", by="iro", to="child", about="review", cc=(), review=None)
    assert blank == Told("2026-03-02", by="iro", to="child", about="review")
    assert set(blank.content()) == {"when", "by", "to", "about"}


@given(case=cases())
def test_every_generated_fact_can_be_made_again_from_its_content(case: Any) -> None:
    """What a fact holds is enough to make it: nothing is kept that cannot be given back."""
    for fact in case.case.facts:
        again = attrs.evolve(fact)
        assert again == fact
        assert type(again) is type(fact)


def test_every_kind_has_a_name_a_subject_and_a_bit_of_its_own() -> None:
    """Kinds are known by the names that files use, and each can be missing by itself."""
    assert KINDS["review_held"] is ReviewHeld
    assert KINDS["arrangement"] is Arrangement
    assert {subject_of(kind) for kind in KINDS} == {"child", "authority"}
    assert len(set(BITS.values())) == len(BITS)
    assert all(bit.bit_count() == 1 for bit in BITS.values())
    assert names_of(BITS["told"] | BITS["agreed"]) == ("agreed", "told")
    assert names_of(0) == ()


def test_text_is_carried_and_no_rule_can_read_it() -> None:
    """Free text is not among the fields of a kind."""
    assert "reasons" not in FIELDS
    assert "reasons" not in KIND_FIELDS["decided"]
    assert plain_fields(Decided)["reasons"].metadata["kind"] == "text"
    for kind, fields in KIND_FIELDS.items():
        assert fields <= set(FIELDS), kind


def test_every_term_field_names_a_vocabulary_that_exists() -> None:
    """The types of fields and the vocabularies belong together."""
    named = {written.split(":")[1] for written in FIELDS.values() if ":" in written}
    assert named == set(VOCABULARIES)


@pytest.mark.parametrize(
    ("children", "percent", "up", "down"),
    [
        (70, 100, 70, 70),
        (71, 100, 71, 71),
        (61, 87, 71, 70),
        (42, 85, 50, 49),
        (0, 100, 0, 0),
        (10_000, 1, 1_000_000, 1_000_000),
        (12, 0, None, None),
        (12, None, None, None),
    ],
)
def test_a_caseload_is_worked_out_to_a_full_time_post(
    children: int, percent: int | None, up: int | None, down: int | None
) -> None:
    """Up and down to whole children, so that a part of one counts on either side; nothing without working time."""
    fact = Caseload("2026-03-02", children=children, full_time_percent=percent)
    assert (fact.caseload_rounded_up, fact.caseload_rounded_down) == (up, down)


def test_what_is_worked_out_can_be_read_by_rules_and_given_by_nobody() -> None:
    """It is among the fields of its kind, and no part of what a fact is made of."""
    assert set(Caseload.WORKED_OUT) <= KIND_FIELDS["caseload"]
    assert all(FIELDS[name] == "int" for name in Caseload.WORKED_OUT)
    assert not set(Caseload.WORKED_OUT) & set(plain_fields(Caseload))
    assert not set(Caseload.WORKED_OUT) & set(Caseload("2026-03-02", children=1, full_time_percent=50).content())


TWICE = ("2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00")


def seconds(moment: Moment) -> float:
    """An instant as a number, which no zone can hide."""
    assert isinstance(moment, pendulum.DateTime)
    return moment.timestamp()


@pytest.mark.parametrize("text", [*TWICE, "2026-10-25T00:30+01:00", "2026-10-25T02:00+00:00", "2026-07-01T01:30Z"])
def test_a_copy_of_a_fact_is_of_the_same_instant(text: str) -> None:
    """Also in the hour that clocks go through twice, where a process handed a fact took the later for the earlier."""
    fact = OrderMade(text, order="care_order")
    for made in (pickle.loads(pickle.dumps(fact)), copy.deepcopy(fact), copy.copy(fact)):
        assert made == fact
        assert seconds(made.when) == seconds(fact.when)
        assert made.when.isoformat() == fact.when.isoformat()
    assert seconds(pickle.loads(pickle.dumps(to_moment(text)))) == seconds(to_moment(text))


def test_two_times_that_differ_in_the_offset_alone_are_two() -> None:
    """An order at half past one in summer time and one at half past one after it are an hour apart."""
    first, second = (OrderMade(text, order="care_order", id="o") for text in TWICE)
    assert first != second
    assert seconds(second.when) - seconds(first.when) == 3600
    assert first.on == second.on == date(2026, 10, 25)
    with pytest.raises(CaseError, match="two different facts have the same id"):
        Case("c", [first, second], coverage=Coverage.everything())


@pytest.mark.parametrize("text", TWICE)
def test_such_a_time_is_one_however_it_was_given(text: str) -> None:
    """As text, in UTC, or in a zone of Python's with its fold."""
    when = datetime.fromisoformat(text)
    zone = zoneinfo.ZoneInfo("Europe/London")
    for one in (when, when.astimezone(UTC), when.astimezone(zone), pendulum.instance(when)):
        assert to_moment(one) == to_moment(text)
        assert to_moment(one).isoformat() == text
