"""The page docs/reference/protocol-data.md: every table and key of protocol.toml, from the classes of the algebra.

What a key takes comes from the types the classes declare; the examples are what the protocols here, installed and of
the tests, have when they are written as data. Run by tools/reference.py.
"""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterable
from typing import Any

import pendulum

from iro_rules.clock.timescale import AgreedDate, Chosen, Clock, Number, Soft, Unit
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.national import rulebook
from iro_rules.protocols import Protocol, Registry
from iro_rules.protocols.data.shapes import (
    FORMAT,
    TAG,
    TAGGED,
    Field,
    classes,
    fields_of,
    is_choice,
    is_tagged,
    item_of,
    options,
    pair_of,
    tag_of,
)
from iro_rules.protocols.data.short import CLOCK_RIGHT, PATTERN_RIGHT
from iro_rules.protocols.data.toml import inline
from iro_rules.protocols.data.values import Values
from iro_rules.protocols.data.writing import Writer
from iro_rules.protocols.protocol import SourceDocument
from iro_rules.readings import Interpretation
from iro_rules.rulebook import Absent, Compare, Conflict, Contact, Ladder, Lookup, Pattern, Present, StandingDuty
from iro_rules.rulebook.answers import Answer, Notice
from iro_rules.rulebook.law import Law, Towards
from iro_rules.rulebook.ledger import SourceRow
from iro_rules.rulebook.stages import Entry, Stage
from iro_rules.rulebook.terms import Test
from tests.wide.books import PROTOCOLS

LONGEST = 90
"""The most characters of an example; where the shortest that the protocols have is longer, it is cut."""

HEADINGS: dict[type, str] = {
    SourceDocument: "source",
    Contact: "contacts",
    SourceRow: "ledger",
    Interpretation: "interpretations",
    Law: "law",
    **{cls: tag_of(cls) for cls in TAGGED.values()},
    Stage: "stages",
    Answer: "answers",
    Notice: "notices",
    Lookup: "look-ups",
    Compare: "comparisons",
    Clock: "lengths of time",
    Chosen: "a time chosen in the case",
    AgreedDate: "an agreed date",
    Soft: "words of time",
    Entry: "ways in",
}
"""The tables, in the order of the page, each under its heading."""

SHORT: dict[Any, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    pendulum.Date: "a date",
    Number: "a whole number, or a name from `[numbers]`",
    Interpretation: "the id of an open question",
    Pattern: "[facts](#facts)",
    Present: "`{ found = NAME }`",
    Absent: "`{ not_found = NAME }`",
    Protocol: "the name of an installed protocol, or a whole protocol as a table",
}

BELOW: dict[type, tuple[str, ...]] = {
    Clock: (f"Mostly in words: {CLOCK_RIGHT}. The units are {', '.join(unit.value for unit in Unit)}.",),
    Entry: (
        '`"opening"`: the ladder starts here. `"step"`: somebody takes it here. The id of a stage: that one ended',
        "without agreement. `{ silence_of = STAGE }`: nobody answered there in time. `{ found = FACTS }`: such a fact",
        "names the dispute. Or a table:",
    ),
    SourceRow: (
        'Mostly the name of a CSV file beside `protocol.toml`, `ledger = "rows.csv"`, which has these columns.',
    ),
    Law: ("What most rules say alike stands once, in `[defaults.law]`; each rule then gives only the rest.",),
    Lookup: ("`on` is a list of fields that must be the same in both, or a table of a field and a path.",),
}

ANYWHERE = (
    "Wherever a length of time, a number, a look-up or a comparison stands, its value may depend on how an open",
    'question is read: `{ by_reading = "QUESTION", READING = ..., READING = ... }`. `{ none = true }` stands for',
    "nothing, where leaving the key out would mean its usual value. A list of one may be written as that one.",
)

Examples = dict[tuple[type, str], set[str]]


class Collecting(Writer):
    """Writes a protocol, and keeps what each key of each table was given."""

    def __init__(self, protocol: Protocol, found: Examples) -> None:
        super().__init__(protocol)
        self.found = found

    def protocol(self) -> dict[str, Any]:
        """The whole."""
        data = super().protocol()
        self._keep(Protocol, data)
        self._keep(Law, data.get("defaults", {}).get("law", {}))
        for question in data.get("interpretations", ()):
            self._keep(Interpretation, question)
        return data

    def object(self, value: Any, hint: Any, owner: str) -> Any:
        """A value as data; kept where it is a table of its fields."""
        made = super().object(value, hint, owner)
        if isinstance(made, dict) and type(value) in HEADINGS:
            self._keep(type(value), made)
        return made

    def _keep(self, cls: type, table: dict[str, Any]) -> None:
        for name, given in table.items():
            self.found.setdefault((cls, name), set()).add(inline(given))


def examples(protocols: Iterable[Protocol]) -> Examples:
    """What every key is given anywhere in some protocols, as TOML has it."""
    found: Examples = {}
    for protocol in protocols:
        Collecting(protocol, found).protocol()
    return found


def protocols() -> list[Protocol]:
    """Those that the examples are of: installed, of the tests, and the national rules as if they were a protocol."""
    source = SourceDocument("The national sources")
    national = Protocol(
        name="england", title="England", authority="England", version="1", source=source, parts=rulebook().parts
    )
    return [*Registry.discover().protocols, *PROTOCOLS.values(), national]


def page(made: str) -> str:
    """The page; `made` says in it that it is made."""
    found = examples(protocols())
    lines = ["# A protocol as data", "", made, ""]
    lines += [
        "Every table and key of `protocol.toml`, what it takes, and an example, cut where it is long. How to go about",
        "it: [Write a protocol](../how-to/write-a-protocol.md). An editor completes by the same, from",
        "`iro-rules protocol schema`.",
        "",
        *ANYWHERE,
        "",
        "## The head of the file",
        "",
        "| key | takes | needed | example |",
        "|---|---|---|---|",
        f'| `format` | "{FORMAT}" | yes | `{inline(FORMAT)}` |',
    ]
    lines += [_row(Protocol, field, found) for field in fields_of(Protocol).values() if field.name != "vocabulary"]
    lines += ["", "Beside these:", "", "| table | holds | example |", "|---|---|---|"]
    lines += [_beside(*one) for one in BESIDE]
    lines += ["", "## facts", "", f"In words: {PATTERN_RIGHT}.", ""]
    lines += [
        "Or a table: `{ fact = KIND }` and a key for each field that is tested. Its value is what the field must be, a",
        "list of which it must be one, or `{ has = ... }`, `{ more_than = 3 }`, `{ less_than = 3 }`,",
        "`{ known = true }` or `{ known = false }`. The [kinds of facts](facts.md) and their fields are listed.",
        "",
    ]
    for cls, heading in HEADINGS.items():
        lines += [f"## {heading}", "", *_told(cls), ""]
        lines += [f'`{TAG} = "{heading}"`', ""] if is_tagged(cls) else []
        lines += [" ".join(BELOW[cls]), ""] if cls in BELOW else []
        lines += ["| key | takes | needed | example |", "|---|---|---|---|"]
        lines += [_row(cls, field, found) for field in fields_of(cls).values()]
        lines += [""]
    return "\n".join(lines).rstrip("\n") + "\n"


BESIDE = (
    ("defaults.law", "what rules say of their [law](#law) unless they say otherwise", {"force": "local protocol"}),
    (
        "terms",
        f"words of the protocol's own, in lists under the names of vocabularies: {', '.join(VOCABULARIES)}",
        {"stage": ["team", "head"]},
    ),
    (
        "numbers",
        "numbers with a name: one figure, or one from each day on which it changes",
        {"kent.answer.within": {"0001-01-01": 5, "2027-04-01": 3}},
    ),
)
"""What stands in a file beside the fields of a protocol: the table, what it holds, an example."""


def _beside(name: str, holds: str, example: dict[str, Any]) -> str:
    return f"| `[{name}]` | {holds} | `{inline(example)}` |"


def _row(cls: type, field: Field, found: Examples) -> str:
    needed = "yes" if field.needed and cls is not Law else _usual(field)
    return f"| `{field.name}` | {_takes(cls, field)} | {needed} | {_example(cls, field, found)} |"


def _usual(field: Field) -> str:
    if field.needed:
        return "yes, here or in `[defaults.law]`"
    empty = field.default in (None, (), "")
    if empty:
        return "no"
    value = field.default.value if hasattr(field.default, "value") else field.default
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        value = [str(one) for one in value]
    return f"no (else `{inline(value)}`)" if isinstance(value, bool | int | str | list) else "no (else as usual)"


def _takes(cls: type, field: Field) -> str:
    """What a key takes, in words with links."""
    if field.name == "parts" or (cls is Ladder and field.name == "rules"):
        return f"tables, each with `{TAG}`: {', '.join(_link(one) for one in TAGGED.values())}"
    if field.name == "ledger":
        return f"the name of a CSV file, or a list of {_link(SourceRow)}"
    return " or ".join(dict.fromkeys(word for one in options(field.hint) for word in _words(one)))


def _words(hint: Any) -> list[str]:
    if hint is type(None):
        return []
    item = item_of(hint)
    if item is Test:
        return ["a table of fields, as of [facts](#facts)"]
    if item is not None:
        return [_many(item)]
    if is_choice(hint):
        return [", ".join(f"`{one.value}`" for one in hint)]
    if hint in SHORT:
        return [SHORT[hint]]
    return [_link(one) for one in classes(hint) if one in HEADINGS]


def _many(item: Any) -> str:
    pair = pair_of(item)
    if pair is not None and pair[0] is Towards:
        ways = ", ".join(f'`"{towards} RULE"`' for towards in Towards)
        return f"a list of {ways}"
    if pair is not None:
        return "a table of names and what belongs to each"
    inside = list(dict.fromkeys(word for one in options(item) for word in _words(one)))
    return f"a list of {', '.join(inside)}"


def _link(cls: type) -> str:
    heading = HEADINGS[cls]
    return f"[{heading}](#{heading.replace(' ', '-')})"


def _told(cls: type) -> list[str]:
    """What the class says of itself, without what it raises."""
    text = (inspect.getdoc(cls) or "").strip()
    return re.sub(r"\s*Raises \w+Error[^.]*\.", "", text).splitlines()


def _example(cls: type, field: Field, found: Examples) -> str:
    """The shortest that is given anywhere, or else one set down here."""
    known = found.get((cls, field.name)) or {_read(cls, field)}
    text = min(known, key=lambda one: (len(one), one))
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."
    return f"`{shown}`".replace("|", "\\|")


LAW = '{ rows = "K-03", citation = "section 3", modality = "should", verb = "should" }'

MORE: dict[type, dict[str, str]] = {
    Protocol: {"end": "2027-04-01"},
    StandingDuty: {"evidence": '"12 months"'},
    Conflict: {"bearer": '"iro"', "to": '"iro"'},
    Ladder: {"settled": '["agreed"]'},
    Stage: {"law": LAW},
    Answer: {"act": '"answer in writing"', "law": LAW},
    Notice: {"act": '"tell the head of service"', "law": LAW},
    Entry: {"stage": '"team"', "results": '["refused"]', "kind": '"decided"'},
}
"""Examples of keys that no protocol here uses."""

OF_EVERY_RULE = {"joint": '"either"', "rests_on": '["counting.first-day"]'}


def _read(cls: type, field: Field) -> str:
    """An example set down here, which is read as one in a file is; raises where it is none."""
    text = MORE.get(cls, {}).get(field.name) or OF_EVERY_RULE[field.name]
    values = Values()
    values.law = {"force": "local protocol", "verified": "S", "start": "2026-01-01"}
    values.value(tomllib.loads(f"example = {text}")["example"], field.hint, (field.name,), "example")
    return text
