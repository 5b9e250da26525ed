"""Case files: one case as JSON, or many as JSON or JSON lines, read whole or refused with every fault named.

The shape is published as a JSON Schema; see `formats.schema`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from typing import Any

import attrs

from iro_rules.errors import CaseError
from iro_rules.facts import Case, Coverage
from iro_rules.formats.case_reader import CASE, CASES, ONE_ID, CaseFile, Reader, related_children
from iro_rules.formats.fact_json import NATIONAL, Terms, check_names, fact_to_json
from iro_rules.formats.faults import Faults
from iro_rules.formats.safe_json import JsonObject, Limits, parse, read_bytes, text_of


def read_case(
    source: str | PathLike[str] | bytes, *, terms: Terms | None = None, limits: Limits | None = None
) -> CaseFile:
    """The one case of a file, given by its path, or of its bytes.

    `terms` is `Rulebook.terms`: the terms of each vocabulary with those of the protocols in use (default: only
    the national ones). Raises CaseError, naming case, fact, field, value and what would be right, for every
    fault together up to `limits.faults`; nothing is returned in part.
    """
    reader = Reader(terms or NATIONAL, limits or Limits())
    given = parse(text_of(read_bytes(source, reader.limits)), reader.limits)
    if isinstance(given, JsonObject) and given.get("format") == CASES:
        raise CaseError("the file may hold many cases", value=CASES, right=f"one case, with the format {CASE}")
    case = reader.case(given, "")
    reader.faults.tell()
    assert case is not None
    return case


def read_cases(
    source: str | PathLike[str] | bytes, *, terms: Terms | None = None, limits: Limits | None = None
) -> tuple[CaseFile, ...]:
    """The cases of a file of one case, of a file of many, or of JSON lines (one case a line), in their order.

    A related child whose own case stands in the same file need not be given again. Raises CaseError as
    `read_case` does, for the faults of all cases together, and for two cases with one id.
    """
    reader = Reader(terms or NATIONAL, limits or Limits())
    found: dict[str, CaseFile] = {}
    for given, place, nested in _documents(text_of(read_bytes(source, reader.limits)), reader):
        case = reader.case(given, place, nested=nested)
        if case is not None and case.case.id in found:
            reader.faults.add("two cases have one id", place, case.case.id, right=ONE_ID)
        elif case is not None:
            found[case.case.id] = case
    complete = [_with_neighbours(case, found, reader.faults) for case in found.values()]
    reader.faults.tell()
    return tuple(complete)


def case_to_json(given: Case | CaseFile) -> dict[str, Any]:
    """A case as plain JSON values that `read_case` reads back to an equal case."""
    file = CaseFile(given) if isinstance(given, Case) else given
    case = file.case
    plain: dict[str, Any] = {
        "format": CASE,
        "case": case.id,
        "subject": case.subject,
        "coverage": coverage_to_json(case.coverage),
        "facts": [fact_to_json(fact) for fact in case.facts],
    }
    if file.related:
        plain["related"] = [case_to_json(other) for _, other in sorted(file.related.items())]
    return plain


def coverage_to_json(coverage: Coverage) -> Any:
    """Coverage as a case file has it: "everything", a list of kinds, or these with the first days of others."""
    if coverage == Coverage.everything():
        return "everything"
    kinds = sorted(coverage.kinds)
    return {"kinds": kinds, "since": {kind: f"{day}" for kind, day in coverage.since}} if coverage.since else kinds


def _documents(text: str, reader: Reader) -> Iterator[tuple[Any, str, bool]]:
    """Each case as given, its place in the file, and whether it stands inside a file of many."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and _whole(lines[0][1], reader.limits):
        for number, line in lines:
            try:
                given = parse(line, reader.limits)
            except CaseError as error:
                where = f"line {number}" + (f" ({error.where})" if error.where else "")
                reader.faults.add(error.what, where, error.value, right=error.right)
            else:
                yield given, f"line {number}", False
        return
    given = parse(text, reader.limits)
    if not isinstance(given, JsonObject) or given.get("format") != CASES:
        yield given, "", False
        return
    check_names(given, ("format", "cases"), "the file", reader.faults)
    cases = given.get("cases")
    if not isinstance(cases, list):
        reader.faults.add("cases is not a list", "the file", cases, right="a list of cases")
        return
    for number, case in enumerate(cases, 1):
        yield case, f"case no. {number}", True


def _whole(line: str, limits: Limits) -> bool:
    """Whether a line is JSON by itself, as in JSON lines; a file set out on many lines starts with a bracket."""
    try:
        parse(line, limits)
    except CaseError:
        return False
    return True


def _with_neighbours(file: CaseFile, found: Mapping[str, CaseFile], faults: Faults) -> CaseFile:
    """The case with the related cases that stand in the same file."""
    others = sorted(related_children(file.case) - {file.case.id})
    near = {name: found[name].case for name in others if name in found}
    for name in near.keys() & file.related.keys():
        if near[name] != file.related[name]:
            where = f"case {file.case.id}, related case {name}"
            faults.add("two different cases have one id", where, name, right=ONE_ID)
    return attrs.evolve(file, related={**file.related, **near})
