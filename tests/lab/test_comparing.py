"""A case is compared under several protocols as it would be judged under each."""

from __future__ import annotations

from typing import Any

import pytest

from iro_rules import ProtocolError, assess
from iro_rules.lab import compare
from tests.lab.lab_help import AS_OF, child, dispute, under

ALL = (None, "derby", "barnet", "rochdale")


def test_under_its_own_protocol_a_case_has_its_own_answer() -> None:
    """Being compared changes nothing of it."""
    found = compare(dispute(), as_of=AS_OF, protocols=ALL)
    assert found.assessments["rochdale"] == assess(dispute(), as_of=AS_OF, protocol=under("rochdale"))
    assert list(found.assessments) == ["national", "derby", "barnet", "rochdale"]


def test_a_word_that_a_protocol_does_not_have_is_told() -> None:
    """The fact is kept, so that rules which do not ask for the word still count it."""
    found = compare(dispute(), as_of=AS_OF, protocols=ALL)
    assert {"national", "derby", "barnet"} == {word.protocol for word in found.foreign}
    words = [word.words() for word in found.foreign if word.protocol == "barnet"]
    assert any("barnet has no word “informal” (stage of fact f16)" in line for line in words)


def test_foreign_words_are_laid_over_a_rulebook_once() -> None:
    """Comparing again under the same protocols compiles no rulebook anew."""
    first, again = (compare(dispute(), as_of=AS_OF, protocols=ALL) for _ in range(2))
    for name in ALL[1:]:
        one, other = (next(iter(found.assessments[str(name)])).subject for found in (first, again))
        assert one is not None
        assert other is not None
        assert one.rulebook is other.rulebook


def test_a_case_in_words_that_all_have_has_no_foreign_ones() -> None:
    """And stands alike under the national rules in each."""
    found = compare(child(), as_of=AS_OF, protocols=ALL)
    assert found.foreign == ()
    national = {f.id: f.standing for f in found.assessments["national"]}
    for made in found.assessments.values():
        assert {f.id: f.standing for f in made if f.id in national} == national


def test_differences_are_the_findings_that_do_not_stand_alike() -> None:
    """A local duty arises under its own protocol alone; a national one alike under all is not shown."""
    table = compare(dispute(), as_of=AS_OF, protocols=ALL).differences()
    rows = {row["finding"]: row for row in table.iter_rows(named=True)}
    answer = rows["rochdale.dispute.team-manager-response:f14"]
    assert (answer["national"], answer["barnet"], answer["rochdale"]) == (None, None, "met_late, by 2026-01-13")
    assert "regulations.first-review:f01" not in rows


def test_the_frame_holds_every_finding_of_each() -> None:
    """One row a finding and protocol."""
    found = compare(dispute(), as_of=AS_OF, protocols=ALL)
    assert found.frame().height == sum(len(made) for made in found.assessments.values())
    assert found.frame().columns[:2] == ["protocol", "case"]


def test_the_timeline_has_each_fact_once_and_each_deadline_with_whose_it_is() -> None:
    """In order of day, facts before deadlines."""
    line = compare(dispute(), as_of=AS_OF, protocols=ALL).timeline()
    assert line["day"].is_sorted()
    assert line.filter(what="fact")["id"].to_list().count("f01") == 1
    assert line.filter(what="fact").height == len(dispute().facts)
    deadline = line.filter(what="deadline", id="regulations.first-review:f01")
    assert deadline["protocol"].to_list() == ["national, derby, barnet, rochdale"]
    own = line.filter(what="deadline", id="rochdale.dispute.team-manager-response:f14")
    assert own["protocol"].to_list() == ["rochdale"]


def test_a_reading_is_chosen_wherever_there_is_the_question() -> None:
    """A protocol without the interpretation is judged all the same."""
    found = compare(child(), as_of=AS_OF, protocols=(None, "rochdale"), readings={"rochdale.dispute.days": "calendar"})
    assert dict(found.assessments["rochdale"].provenance.readings)["rochdale.dispute.days"] == "calendar"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"protocols": ["rochdale"]}, "two or more"),
        ({"protocols": ["rochdale", "rochdale"]}, "with itself"),
        ({"protocols": [None, "national"]}, "with itself"),
        ({"protocols": [None, "rochdal"]}, "rochdale"),
        ({"protocols": ALL, "readings": {"nothing": "x"}}, "no protocol compared"),
    ],
)
def test_what_cannot_be_compared_is_refused(options: dict[str, Any], words: str) -> None:
    """With what would be right."""
    with pytest.raises(ProtocolError, match=words):
        compare(child(), as_of=AS_OF, **options)


def test_one_name_in_place_of_a_list_is_not_taken_apart() -> None:
    """Letter by letter it would be refused as a protocol called r."""
    with pytest.raises(ProtocolError, match=r"needs two or more\. Given: 'rochdale'\. Expected: a list"):
        compare(dispute(), as_of=AS_OF, protocols="rochdale")
