"""A protocol as data is the same value: whatever the algebra can say, tables can, and what is wrong teaches."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from iro_rules.errors import ProtocolError
from iro_rules.protocols import Protocol, Registry
from iro_rules.protocols.data import from_data, read_protocol, to_data, toml_text
from iro_rules.protocols.data.shapes import TAGGED, fields_of
from iro_rules.rulebook import Ladder, Stage
from tests.protocols.written import drawn
from tests.wide.books import PROTOCOLS

INSTALLED = {protocol.name: protocol for protocol in Registry.discover().protocols}
RIGHT = """
format = "iro-rules/protocol/1"
name = "northmoor"
title = "Northmoor"
authority = "Northmoor"
version = "1.0"
source = { title = "Northmoor's protocol" }

[defaults.law]
force = "local protocol"
verified = "S"
start = 2026-01-01

[terms]
stage = ["team"]

[[parts]]
is = "duty"
id = "northmoor.answer"
act = "the answer to the IRO's concern"
bearer = "team_manager"
to = "iro"
trigger = "raised by iro about concern"
within = "5 working days"
met_by = { name = "answer", pattern = "told by team_manager to iro", on = ["dispute"], since = "trigger" }
law = { rows = "N-01", citation = "Northmoor, 1", modality = "must", verb = "must" }
"""


@pytest.mark.parametrize("name", INSTALLED)
def test_every_protocol_installed_is_the_same_value_as_data(name: str) -> None:
    """It goes through the text of a file and comes back equal."""
    _comes_back(INSTALLED[name])


@pytest.mark.parametrize("name", PROTOCOLS)
def test_every_small_protocol_of_the_tests_is_the_same_value_as_data(name: str) -> None:
    """Editions, bases, tiers, colours and tracks too."""
    _comes_back(PROTOCOLS[name])


@pytest.mark.parametrize("seed", range(400))
def test_whatever_the_classes_take_comes_back_equal(seed: int) -> None:
    """Also values that no sound rulebook would have: odd names, odd tests, readings in odd places."""
    _comes_back(drawn(seed))


def test_what_is_drawn_has_every_field_of_every_part() -> None:
    """No kind of rule and no field of one is left out of the test above."""
    tagged: dict[str, Any] = dict(TAGGED)
    unseen = {(tag, name) for tag, cls in tagged.items() for name in fields_of(cls)}
    stages = set(fields_of(Stage))
    for seed in range(400):
        for part in drawn(seed).parts:
            tag = next(tag for tag, cls in tagged.items() if cls is type(part))
            unseen -= {(tag, n) for n, f in fields_of(tagged[tag]).items() if f.needed or getattr(part, n) != f.default}
            for stage in part.stages if isinstance(part, Ladder) else ():
                stages -= {n for n, f in fields_of(Stage).items() if f.needed or getattr(stage, n) != f.default}
    assert not unseen
    assert not stages


def _comes_back(protocol: Protocol) -> None:
    data = to_data(protocol)
    text = toml_text(data)
    assert tomllib.loads(text) == data
    again = from_data(tomllib.loads(text))
    assert again == protocol
    assert hash(again) == hash(protocol)


def test_two_declarations_that_differ_in_a_term_are_not_equal() -> None:
    """Equality looks at the terms, not at the classes."""
    one = from_data(tomllib.loads(RIGHT))
    other = from_data(tomllib.loads(RIGHT.replace('["team"]', '["head"]')))
    assert one == from_data(tomllib.loads(RIGHT))
    assert one != other
    assert attrs.evolve(other, vocabulary=one.vocabulary) == one


WRONG: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "no format": ('format = "iro-rules/protocol/1"', "", ("not a protocol as data", "iro-rules/protocol/1")),
    "misspelt field": ("bearer =", "barer =", ("line 21", "barer", "bearer, perhaps")),
    "misspelt top field": ("authority =", "autority =", ("line 5", "authority, perhaps")),
    "days": ('"5 working days"', '"5 days"', ("line 24, parts, no. 1, northmoor.answer, within", "5 calendar days")),
    "no unit": ('"5 working days"', '"five minutes"', ("no such unit", "working days")),
    "unknown number": ('"5 working days"', '"kent.x working days"', ("no number of this name", "[numbers]")),
    "a boolean clock": ('"5 working days"', "true", ("this is not a length of time", "5 working days")),
    "a bare number": ('"5 working days"', "5", ("line 24", "this is not a length of time", "5 working days")),
    "a number in words": ('"5 working days"', '"five working days"', ("Given: 'five'", "a figure, as in 5")),
    "an end before the start": (
        "start = 2026-01-01",
        "start = 2026-01-01\nend = 2025-01-01",
        ("a day after its start",),
    ),
    "a date as it is said": ("start = 2026-01-01", "start = 31/01/2026", ("line 12", "not TOML", "2026-01-31")),
    "curly quotation marks": ('"the', "“the", ("not TOML", "line 20", "straight quotation marks")),
    "a space that is none": ("bearer =", "bearer\u00a0=", ("line 21", "plain space", "U+00A0")),
    "a name twice": ("[terms]", "[terms]\nstage = []", ("not TOML", "each name once")),
    "text without quotation marks": ('"team_manager"', "team_manager", ("line 21", "text in quotation marks")),
    "one bracket": ("[terms]", "[terms]\n[terms]", ("not TOML", "[[double brackets]]")),
    "something open at the end": ('verb = "must" }', 'verb = "must', ("not TOML",)),
    "unknown kind of rule": ('is = "duty"', 'is = "dutty"', ("line 18", "what kind of rule", "duty, perhaps")),
    "no kind of rule": ('is = "duty"', "", ("what kind of rule",)),
    "a missing field": ('trigger = "raised by iro about concern"', "", ("trigger is missing",)),
    "a pattern that is none": ('"raised by iro about concern"', '"raised by"', ("line 23", "told by iro to")),
    "a field twice": ('"raised by iro about concern"', '"raised by iro by x"', ("given twice",)),
    "a modality that is none": ('modality = "must"', 'modality = "musst"', ("no such word", "must, perhaps")),
    "a law without a citation": ('citation = "Northmoor, 1", ', "", ("law", "citation is missing")),
    "an empty citation": ('"Northmoor, 1"', '""', ("a citation",)),
    "a date that is none": ("2026-01-01", '"soon"', ("start", "soon")),
    "a name that is none": ('name = "northmoor"', 'name = "North Moor"', ("no usable name",)),
    "a vocabulary that is none": ("[terms]\nstage", "[terms]\nstages", ("no such vocabulary", "stage, perhaps")),
    "a term that is none": ('["team"]', '["the team"]', ("cannot be a term", "the team")),
    "terms that are no list": ('["team"]', '"team"', ("not a list",)),
    "an unused number": ("[terms]", "[numbers]\nx = 3\n[terms]", ("numbers, x", "no rule counts")),
    "a negative number": ("[terms]", "[numbers]\nx = -3\n[terms]", ("0 or more",)),
    "an open question nobody asks": (
        'within = "5 working days"',
        'within = { by_reading = "northmoor.q", a = "5 weeks" }',
        ("no such open question", "interpretations"),
    ),
    "a reading left out": (
        'within = "5 working days"',
        'within = { by_reading = "counting.first-day", next_day = "5 weeks" }',
        ("event_day is missing",),
    ),
    "a ledger elsewhere": ("[defaults.law]", 'ledger = "../x.csv"\n[defaults.law]', ("beside the protocol",)),
    "a ledger that is not there": ("[defaults.law]", 'ledger = "x.csv"\n[defaults.law]', ("cannot be read",)),
    "not TOML": ("[terms]", "[terms", ("not TOML", "line")),
    "too deep": ("[terms]", f"deep = {'[' * 60}{']' * 60}\n[terms]", ("too deep",)),
    "far too deep": ("[terms]", f"deep = {'[' * 60_000}{']' * 60_000}\n[terms]", ("too deep",)),
    "too large": ("[terms]", f"# {'x' * 2_000_000}\n[terms]", ("too large",)),
    "a base nobody has": ("[defaults.law]", 'based_on = "rochdal"\n[defaults.law]', ("no such protocol here",)),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_place_and_what_would_be_right(name: str, tmp_path: Path) -> None:
    """The file, the line where there is one, the place, the value, and the nearest right one."""
    sound, broken, words = WRONG[name]
    assert RIGHT.count(sound) >= 1
    path = tmp_path / "protocol.toml"
    path.write_text(RIGHT.replace(sound, broken), encoding="utf-8")
    with pytest.raises(ProtocolError) as refused:
        read_protocol(path)
    assert "protocol.toml" in str(refused.value)
    assert len(str(refused.value)) < 1500
    for word in words:
        assert word in str(refused.value), str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace(" = ", "\t=\t").encode(),
        lambda text: text.replace("5 working days", "5\u00a0working\u00a0 days").encode(),
    ],
    ids=["a mark of the byte order", "lines of Windows", "lines of old", "tabs", "hard spaces in a time"],
)
def test_what_an_editor_leaves_in_a_file_changes_nothing(change: Callable[[str], bytes], tmp_path: Path) -> None:
    """Nobody sees these, and so nobody could mend them."""
    path = tmp_path / "protocol.toml"
    path.write_bytes(change(RIGHT))
    assert read_protocol(path) == from_data(tomllib.loads(RIGHT))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_in_another_encoding_says_how_to_save_it(encoding: str, tmp_path: Path) -> None:
    """“A text file” would be no help: it is one."""
    path = tmp_path / "protocol.toml"
    path.write_bytes(RIGHT.replace("the answer", "the answer – in writing –").encode(encoding))
    with pytest.raises(ProtocolError, match=r"it is not UTF-8.*saved as UTF-8"):
        read_protocol(path)


def test_a_misspelt_way_into_a_stage_is_told_the_right_word() -> None:
    """The short ways are no fields of a class, and were not among what would be right."""
    data = to_data(PROTOCOLS["dunmarsh"])
    (ladder,) = [part for part in data["parts"] if part["is"] == "ladder"]
    ladder["stages"][1]["entered_by"] = {"silence_off": "team"}
    with pytest.raises(ProtocolError, match="Expected: silence_of, perhaps"):
        from_data(data)


def test_the_sound_file_is_read(tmp_path: Path) -> None:
    """So each refusal above comes from what was changed."""
    path = tmp_path / "protocol.toml"
    path.write_text(RIGHT, encoding="utf-8")
    (duty,) = read_protocol(path).parts
    assert duty.id == "northmoor.answer"
    assert read_protocol(path) == from_data(tomllib.loads(RIGHT))


def test_any_value_in_any_place_is_read_or_refused_in_words() -> None:
    """Whatever stands wherever, nothing but a protocol or an error of ours comes of it."""
    odd: tuple[Any, ...] = (None, True, 7, -1, 1.5, "", "x", [], [[]], {}, {"none": True}, {"by_reading": []}, [{}])
    data, refused = to_data(INSTALLED["barnet"]), 0
    for place in _places(data):
        for value in odd:
            try:
                from_data(_with(data, place, value))
            except ProtocolError:
                refused += 1
    assert refused > 1000


def _places(data: Any, limit: int = 160) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []

    def walk(value: Any, here: tuple[Any, ...]) -> None:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in items:
            found.append((*here, key))
            walk(inner, (*here, key))

    walk(data, ())
    return found[:: max(1, len(found) // limit)]


def _with(data: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[place[0]] = _with(data[place[0]], place[1:], value)
    return copy
