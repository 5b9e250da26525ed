"""A case file is read whole, or refused with every fault named; what is written is read back equal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from iro_rules.errors import CaseError
from iro_rules.facts import Appointed, Case, Coverage, Related, Source
from iro_rules.facts.vocabulary import VOCABULARIES, Role, Term
from iro_rules.formats import CaseFile, Limits, case_to_json, read_case, read_cases
from iro_rules.testing.random_cases import TERMS, CaseAndRelated
from iro_rules.testing.strategies import cases

from .examples import VALID, WRONG, case, sibling, with_fact


class Desk(Term):
    DUTY_DESK = "duty_desk"


WITH_DESK = {"role": {**{role.value: role.value for role in Role}, "duty_desk": "duty_desk"}}
MADE_UP = {name: {v: v for v in (*TERMS[name], *(m.value for m in family))} for name, family in VOCABULARIES.items()}


def data(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("name", VALID)
def test_a_case_that_is_right_is_read_and_written_back(name: str) -> None:
    """Every example is read, and what is written for it is read back to the same case."""
    found = read_case(data(VALID[name]))
    assert found.case.id == "northmoor-001"
    assert read_case(data(case_to_json(found))) == found


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    """A path may be given as text or as a path; a byte order mark and white space do no harm."""
    path = tmp_path / "case.json"
    path.write_bytes(b"\xef\xbb\xbf\n " + json.dumps(case(), indent=2).encode() + b"\n\n")
    assert read_case(path) == read_case(str(path)) == read_case(data(case()))
    assert read_cases(path) == (read_case(path),)


def test_facts_hold_what_the_file_says() -> None:
    """Days, times, keys, terms, blanks and sources arrive in the fact they belong to."""
    file = with_fact(source={"file": "reviews.csv", "row": 3.0}, when="2026-07-01T09:00:00Z")
    facts = {fact.id: fact for fact in read_case(data(file)).case.facts}
    review = facts["f2"]
    assert review.content() == {"when": review.when, "review": "r1", "period": "1"}
    assert review.when.isoformat() == "2026-07-01T10:00:00+01:00"
    assert review.source == Source("reviews.csv", "", 3)
    assert facts["f1"].content()["period"] == "1"
    assert [fact.kind() for name, fact in facts.items() if name.startswith("told-2026-02-03-")] == ["told"]


def test_a_fact_of_a_file_equals_one_made_in_python() -> None:
    """A fact that is read has plain values, the same id and the same content as one that is built."""
    made = Appointed("2026-01-06", role=Desk.DUTY_DESK, person="p1")
    fact = {"kind": "appointed", "when": "2026-01-06", "role": "duty_desk", "person": "p1"}
    (read,) = read_case(data(case(facts=[fact])), terms=WITH_DESK).case.facts
    assert read == made
    assert read.id == made.id
    assert isinstance(read.content()["role"], str)


def test_the_terms_of_a_protocol_are_known_only_where_it_is_asked_for() -> None:
    """A protocol's own term is refused under the national rules and read under the protocol's."""
    file = case(facts=[{"kind": "appointed", "when": "2026-01-06", "role": "duty_desk"}])
    with pytest.raises(CaseError, match="known only where that protocol is asked for"):
        read_case(data(file))
    assert read_case(data(file), terms=WITH_DESK).case.facts[0].content()["role"] == "duty_desk"
    file["facts"][0]["role"] = "dutty_desk"
    with pytest.raises(CaseError, match="Expected: duty_desk, perhaps") as raised:
        read_case(data(file), terms=WITH_DESK)
    assert "asked for" not in str(raised.value)


@pytest.mark.parametrize("name", WRONG)
def test_a_case_that_is_wrong_is_refused_with_place_and_cure(name: str) -> None:
    """The error says where in the file, what is wrong, the value given, and what would be right."""
    with pytest.raises(CaseError) as raised:
        read_case(data(WRONG[name].given))
    for words in WRONG[name].words:
        assert words in str(raised.value)
    with pytest.raises(CaseError):
        read_cases(data(WRONG[name].given))


def test_all_faults_of_a_case_are_told_together() -> None:
    """One error lists every fault of every fact, each with its place."""
    file = with_fact(review=1, when="2026-02-30", colour="red")
    file["facts"][0]["kind"] = "became_looked_aftr"
    file["subject"] = "family"
    with pytest.raises(CaseError) as raised:
        read_case(data(file))
    lines = str(raised.value).splitlines()
    assert lines[0] == "5 things are wrong:"
    assert [line.split(": ")[1] for line in lines[1:]] == [
        "the subject is unknown. Given",
        "there is no such kind of fact. Given",
        "there is no such field. Given",
        "when is not a day that exists. Given",
        "review is not a key. Given",
    ]


def test_beyond_twenty_faults_are_counted() -> None:
    """A file with very many faults gives an error of a size that can be read."""
    file = case(facts=[{"kind": "review_held", "id": f"f{n}", "when": "2026-01-05"} for n in range(1000)])
    with pytest.raises(CaseError) as raised:
        read_case(data(file))
    lines = str(raised.value).splitlines()
    assert lines[0] == "1000 things are wrong:"
    assert len(lines) == 22
    assert lines[-1].startswith("  - and 980 more.")
    with pytest.raises(CaseError, match="and 999 more"):
        read_case(data(file), limits=Limits(faults=1))


def test_a_field_given_twice_is_refused() -> None:
    """JSON lets a name stand twice in an object; here the second does not silently win."""
    text = json.dumps(case()).replace('"review": "r1"', '"review": "r0", "review": "r1"')
    with pytest.raises(CaseError, match=r"fact f2 .*a field is given twice.*'review'"):
        read_case(text.encode())
    with pytest.raises(CaseError, match=r"case northmoor-002: a field is given twice.*'case'"):
        read_case(json.dumps(case()).replace('"case":', '"case": "a", "case":').replace("001", "002").encode())


def test_json_lines_are_read_as_many_cases() -> None:
    """One case a line, blank lines between, in the order of the file; a file of one line is a file of one case."""
    text = f"{json.dumps(case())}\n\n{json.dumps({**sibling(), 'format': 'iro-rules/case/1'})}\r\n"
    assert [file.case.id for file in read_cases(text.encode())] == ["northmoor-001", "northmoor-002"]
    with pytest.raises(CaseError, match="Extra data"):
        read_case(text.encode())


def test_a_line_may_hold_any_character() -> None:
    """Only a line feed ends a line of JSON lines; other separators may stand in a text."""
    fact = {"kind": "decided", "when": "2026-01-05", "by": "iro", "about": "dispute", "reasons": "a\u2028b\x85c"}
    line = json.dumps(case(facts=[fact]), ensure_ascii=False)
    other = json.dumps(case(case="b"))
    assert len(read_cases(f"{line}\n{other}\n".encode())) == 2


def test_faults_of_json_lines_are_told_by_line() -> None:
    """Each line's faults are told with its number, also where it is not JSON."""
    text = "\n".join([json.dumps(case()), "{", json.dumps(case(case="b", facts=[{}])), json.dumps(case())])
    with pytest.raises(CaseError) as raised:
        read_cases(text.encode())
    told = str(raised.value)
    assert "line 2 (line 1, column 2): this is not JSON" in told
    assert "line 3, case b, fact no. 1: there is no such kind of fact" in told
    assert "line 4: two cases have one id. Given: 'northmoor-001'" in told


def test_a_file_of_many_cases_is_read() -> None:
    """The cases of a file stand in a list; they need not each say the format."""
    file = {"format": "iro-rules/cases/1", "cases": [case(), sibling()]}
    assert [found.case.id for found in read_cases(data(file))] == ["northmoor-001", "northmoor-002"]
    assert read_cases(data({"format": "iro-rules/cases/1", "cases": []})) == ()
    with pytest.raises(CaseError, match="may hold many cases"):
        read_case(data(file))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cases": {}}, "cases is not a list"),
        ({"case": "a"}, "the file: there is no such field"),
        ({"cases": [3]}, "case no. 1: a case is not an object"),
        ({"cases": [sibling(), sibling()]}, "case no. 2: two cases have one id"),
        ({"format": "iro-rules/cases/2"}, "version of the format that is not known"),
    ],
)
def test_a_file_of_many_cases_that_is_wrong_is_refused(changes: dict[str, Any], words: str) -> None:
    """The file around the cases is held to the same care as the cases."""
    with pytest.raises(CaseError, match=words):
        read_cases(data({"format": "iro-rules/cases/1", "cases": [], **changes}))


def test_related_cases_in_one_file_are_found() -> None:
    """A related child whose own case stands in the file is at hand without being given again."""
    first, second = read_cases(data({"format": "iro-rules/cases/1", "cases": [case(), sibling()]}))
    assert first.related == {"northmoor-002": second.case}
    assert second.related == {}
    again = {"format": "iro-rules/cases/1", "cases": [case(related=[sibling()]), sibling()]}
    assert read_cases(data(again)) == (first, second)
    other = {"format": "iro-rules/cases/1", "cases": [case(related=[sibling(facts=[])]), sibling()]}
    with pytest.raises(CaseError, match="related case northmoor-002: two different cases have one id"):
        read_cases(data(other))


def test_a_case_that_names_itself_as_related_is_not_its_own_neighbour() -> None:
    """A slip in a fact does not make a case stand beside itself."""
    itself = {"kind": "related", "when": "2026-02-04", "relation": "sibling", "child": "northmoor-001"}
    (found,) = read_cases(data({"format": "iro-rules/cases/1", "cases": [case(facts=[itself])]}))
    assert found.related == {}


def test_a_case_file_made_in_python_is_checked_too() -> None:
    """The related cases of a value are held to the same rules as those of a file."""
    child = Case("a", [Related("2026-01-05", relation="sibling", child="b")], coverage=Coverage.everything())
    other = Case("b", [], coverage=Coverage.everything())
    assert CaseFile(child, {"b": other}).related["b"] is other
    assert case_to_json(child)["case"] == "a"
    with pytest.raises(CaseError, match="two cases have one id"):
        CaseFile(child, {"c": other})
    with pytest.raises(CaseError, match="no fact says how"):
        CaseFile(other, {"a": child})


@given(cases())
def test_any_case_is_read_back_as_it_was_written(found: CaseAndRelated) -> None:
    """Whatever a case holds, its file is read to an equal case, with the same ids and the same related cases."""
    file = CaseFile(found.case, found.related)
    text = json.dumps(case_to_json(file))
    again = read_case(text.encode(), terms=MADE_UP)
    assert again == file
    assert case_to_json(again) == case_to_json(file)


def test_what_is_written_says_only_what_is_known() -> None:
    """Empty fields are left out, coverage is sorted, and the file begins with its format."""
    written = case_to_json(read_case(data(with_fact(source={"file": "reviews.csv"}))))
    assert list(written) == ["format", "case", "subject", "coverage", "facts"]
    assert written["coverage"] == sorted(case()["coverage"])
    assert written["facts"][1] == {
        "kind": "review_held",
        "id": "f2",
        "when": "2026-02-02",
        "review": "r1",
        "period": "1",
        "source": {"file": "reviews.csv"},
    }
