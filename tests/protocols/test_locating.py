"""What the checks of a rulebook refuse is told with the line of `protocol.toml` it stands on."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from iro_rules.errors import RulebookError
from iro_rules.kit import new_protocol
from iro_rules.national import rulebook
from iro_rules.protocols import combine
from iro_rules.protocols.data import read_protocol
from iro_rules.protocols.data.locating import telling_lines

SPOILT: dict[str, tuple[str, str, str, str]] = {
    "a misspelt role of an answer": (
        'by = "team_manager",',
        'by = "team_manger",',
        "team_manager, perhaps",
        "answers =",
    ),
    "a role in capitals": ('bearer = "iro_service"', 'bearer = "IRO service"', "iro_service, perhaps", "bearer ="),
    "a stage that is in no list of terms": (
        'stage = ["team", "head"]',
        'stage = ["team"]',
        "one of formal, team",
        'id = "head"',
    ),
    "a kind of fact that is none": (
        '"became_looked_after"',
        '"become_looked_after"',
        "became_looked_after",
        "trigger =",
    ),
    "a field that is none": ("appointed role iro", "appointed rôle iro", "role, perhaps", "pattern ="),
    "one id for two rules": (
        "# A ladder: the",
        '[[parts]]\nis = "power"\nid = "wold.allocation"\nact = "allocate"\nbearer = "iro"\ntrigger = "review_held"\n'
        'law = { rows = "X-01", citation = "section 1", modality = "may", verb = "may" }\n# A ladder: the',
        "",
        'id = "wold.allocation"',
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_refused_of_the_whole_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    """An officer's slip that is no slip of TOML: the line is named, not only an unheard-of rule."""
    old, new, right, line = SPOILT[name]
    file = new_protocol("wold", tmp_path) / "src" / "iro_rules_wold" / "protocol.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    made = read_protocol(file)
    with pytest.raises(RulebookError) as told, telling_lines(_module(file)):
        combine(rulebook(), made)
    place, number, _ = told.value.where.replace(", line ", "\n", 1).replace(", ", "\n", 1).split("\n")
    assert place == "protocol.toml"
    assert right in told.value.right
    at = file.read_text(encoding="utf-8").splitlines()[int(number) - 1]
    assert line in at
    assert told.value.value is None or str(told.value.value).strip('"') in at or name.startswith("one id")


def _module(file: Path) -> SimpleNamespace:
    return SimpleNamespace(__file__=str(file.with_name("__init__.py")))


@pytest.mark.parametrize("plugin", [None, SimpleNamespace(__file__=None), SimpleNamespace(__file__="/nowhere/here.py")])
def test_a_protocol_without_such_a_file_is_refused_as_it_was(plugin: object) -> None:
    """Written in Python, it has no line to tell."""
    error = RulebookError("it cannot be", where="wold.allocation", value="x", right="y")
    with pytest.raises(RulebookError) as told, telling_lines(plugin):
        raise error
    assert told.value is error


def test_of_a_rule_that_is_not_in_the_file_no_line_is_told(tmp_path: Path) -> None:
    """What a base is refused for does not stand here, and `wold.al` is no part of `wold.allocation`."""
    file = new_protocol("wold", tmp_path) / "src" / "iro_rules_wold" / "protocol.toml"
    for where in ("wold.al", "handbook.other", ""):
        with pytest.raises(RulebookError) as told, telling_lines(_module(file)):
            raise RulebookError("it cannot be", where=where)
        assert told.value.where == where
