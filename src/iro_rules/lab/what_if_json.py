"""What is supposed of a case, read from JSON, and what it would change, as JSON; both shapes are published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, final

import attrs

from iro_rules.assessment import Finding
from iro_rules.errors import CaseError
from iro_rules.facts import Case, Fact
from iro_rules.facts.fact import plain_fields
from iro_rules.formats.case_reader import CaseFile, Reader
from iro_rules.formats.fact_json import NATIONAL, Terms, check_names, fact_to_json, read_fact, read_values
from iro_rules.formats.safe_json import JsonObject, Limits, parse, read_bytes, text_of
from iro_rules.lab.supposing import Edit, WhatIf

SUPPOSITION = "iro-rules/supposition/1"
FORMAT = "iro-rules/what-if/1"
FIELDS = ("format", "case", "add", "without", "move", "change")


@final
@attrs.frozen(kw_only=True)
class Supposition:
    """A case and what is supposed of it: the arguments of `what_if` of the same names."""

    file: CaseFile
    add: tuple[Fact, ...]
    without: tuple[str, ...]
    move: Mapping[str, Any]
    change: Mapping[str, Mapping[str, Any]]


def read_supposition(given: bytes, *, terms: Terms | None = None, limits: Limits | None = None) -> Supposition:
    """What is supposed, read from the bytes of a JSON file; `terms` are `Rulebook.terms`.

    Raises CaseError for every fault together, as `read_case` does.
    """
    reader = Reader(terms or NATIONAL, limits or Limits())
    top = parse(text_of(read_bytes(given, reader.limits)), reader.limits)
    if not isinstance(top, JsonObject) or top.get("format") != SUPPOSITION:
        written = top.get("format") if isinstance(top, JsonObject) else top
        raise CaseError("this is not what is supposed of a case", value=written, right=f'"format": "{SUPPOSITION}"')
    check_names(top, FIELDS, "the supposition", reader.faults)
    file = reader.case(top.get("case"), "the supposition")
    without = _of_kind(top, "without", list, reader)
    for name in without:
        if not isinstance(name, str):
            reader.faults.add("a fact to leave out is not named", "without", name, right="the id of a fact")
    add = [
        read_fact(one, f"add, fact no. {number}", reader.faults, reader.terms)
        for number, one in enumerate(_of_kind(top, "add", list, reader), 1)
    ]
    moved = {id: {"when": when} for id, when in _of_kind(top, "move", dict, reader).items()}
    move, change = (
        _edits(name, edits, file, reader)
        for name, edits in (("move", moved), ("change", _of_kind(top, "change", dict, reader)))
    )
    reader.faults.tell()
    assert file is not None
    return Supposition(
        file=file,
        add=tuple(fact for fact in add if fact is not None),
        without=tuple(without),
        move={id: fields["when"] for id, fields in move.items()},
        change=change,
    )


def _of_kind(top: JsonObject, name: str, kind: type[Any], reader: Reader) -> Any:
    """A list or an object that may be left out."""
    value = top.get(name, kind())
    if isinstance(value, JsonObject):
        for twice in value.repeated:
            reader.faults.add("a fact is edited twice", name, twice, right="each once")
    if isinstance(value, kind):
        return value
    right = "a list" if kind is list else "an object of facts' ids"
    reader.faults.add(f"{name} is not {right}", "the supposition", value, right=right)
    return kind()


def _edits(what: str, edits: Mapping[str, Any], file: CaseFile | None, reader: Reader) -> dict[str, dict[str, Any]]:
    """The new values of facts, each as its field takes it; `what_if` says which ids and fields do not exist."""
    facts = {} if file is None else {fact.id: fact for fact in file.case.facts}
    found: dict[str, dict[str, Any]] = {}
    for id, values in edits.items():
        where = f"{what}, fact {id[:80]}"
        if not isinstance(values, dict):
            reader.faults.add("the fields to change are not an object", where, values, right='{"FIELD": VALUE}')
            continue
        if isinstance(values, JsonObject):
            check_names(values, tuple(values), where, reader.faults)
        found[id] = dict(values)
        if id in facts:
            cls = type(facts[id])
            known = {name: value for name, value in values.items() if name in ("when", *plain_fields(cls))}
            found[id] |= read_values(known, cls, where, reader.faults, reader.terms)
    return found


def what_if_to_json(found: WhatIf, case: Case) -> dict[str, Any]:
    """Plain values for `json.dumps`: what was supposed, and each finding that appears, goes or stands otherwise."""
    changes = found.changes
    pairs: list[tuple[str, Finding | None, Finding | None]] = [("appears", None, new) for new in changes.appeared]
    pairs += [("goes", old, None) for old in changes.gone]
    pairs += [("changes", old, new) for old, new in changes.changed]
    return {
        "format": FORMAT,
        "case": case.id,
        "as_of": found.after.as_of,
        "edits": [_edit(edit) for edit in found.edits],
        "changes": [_change(*pair, found.because) for pair in pairs],
        "why": found.why().split("\n"),
    }


def _edit(edit: Edit) -> dict[str, Any]:
    before, after = (None if fact is None else fact_to_json(fact) for fact in (edit.before, edit.after))
    return {"what": edit.what, "fact": edit.fact, "before": before, "after": after}


def _change(
    what: str, old: Finding | None, new: Finding | None, because: Mapping[str, Iterable[str]]
) -> dict[str, Any]:
    one = new or old
    assert one is not None
    return {
        "finding": one.id,
        "rule": one.rule,
        "act": one.act,
        "change": what,
        "before": _stands(old),
        "after": _stands(new),
        "because": list(because[one.id]),
    }


def _stands(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    due = None if finding.due is None else finding.due.isoformat()
    return {"standing": str(finding.standing), "due": due, "missing": list(finding.missing)}
