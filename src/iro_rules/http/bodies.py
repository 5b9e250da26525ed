"""A case and the name of what is to be explained in it, read from JSON."""

from __future__ import annotations

from iro_rules.errors import CaseError
from iro_rules.formats.case_reader import CaseFile, Reader
from iro_rules.formats.fact_json import Terms, check_names
from iro_rules.formats.safe_json import JsonObject, Limits, parse, read_bytes, text_of

FORMAT = "iro-rules/question/1"


def read_question(given: bytes, *, terms: Terms, limits: Limits) -> tuple[CaseFile, str]:
    """The case, and the finding or rule named. Raises CaseError for every fault together."""
    reader = Reader(terms, limits)
    top = parse(text_of(read_bytes(given, limits)), limits)
    if not isinstance(top, JsonObject) or top.get("format") != FORMAT:
        written = top.get("format") if isinstance(top, JsonObject) else top
        raise CaseError("this is not a question about a case", value=written, right=f'"format": "{FORMAT}"')
    check_names(top, ("format", "case", "name"), "the question", reader.faults)
    file, name = reader.case(top.get("case"), "the question"), top.get("name")
    if not isinstance(name, str):
        reader.faults.add("nothing is named to be explained", "name", name, right="the id of a finding or of a rule")
    reader.faults.tell()
    assert file is not None
    return file, str(name)
