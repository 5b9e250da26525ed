"""A protocol package is written whole or not at all."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from iro_rules.errors import ProtocolError
from iro_rules.formats.protocol_schema import protocol_schema
from iro_rules.kit import new_protocol
from iro_rules.protocols.data import read_protocol


def test_the_package_is_a_protocol_marked_as_an_example(tmp_path: Path) -> None:
    """Whoever finds it installed by mistake sees that it is made up."""
    made = new_protocol("kent-and-medway", tmp_path)
    protocol = read_protocol(made / "src" / "iro_rules_kent_and_medway" / "protocol.toml")
    assert protocol.name == "kent-and-medway"
    assert "EXAMPLE" in protocol.title
    assert "EXAMPLE" in protocol.source.title
    assert sorted(path.name for path in tmp_path.iterdir()) == ["iro-rules-kent-and-medway"]
    assert not [path for path in made.rglob("*") if path.is_file() and re.search("@[A-Z]+@", path.read_text("utf-8"))]


@pytest.mark.parametrize("name", ["", "Kent", "kent_x", "../kent", "kent/", "-kent", "k" * 41, "national", "kent\n"])
def test_a_bad_name_writes_nothing(name: str, tmp_path: Path) -> None:
    """And says what a name may be."""
    with pytest.raises(ProtocolError, match="lower-case letters, digits and single hyphens"):
        new_protocol(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    """An existing folder, even an empty one, is refused; so is a folder to write into that is not there."""
    (tmp_path / "iro-rules-kent").mkdir()
    with pytest.raises(ProtocolError, match="there already"):
        new_protocol("kent", tmp_path)
    assert list((tmp_path / "iro-rules-kent").iterdir()) == []
    with pytest.raises(ProtocolError, match="no such folder"):
        new_protocol("kent", tmp_path / "nowhere")


def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is made beside its place and moved there whole."""

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ProtocolError, match="No space left"):
        new_protocol("kent", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_editor_finds_the_schema_that_the_protocol_names(tmp_path: Path) -> None:
    """Its first line leads to a file of the package, which is the schema as published, and the protocol keeps to it."""
    path = new_protocol("kent", tmp_path) / "src" / "iro_rules_kent" / "protocol.toml"
    text = path.read_text(encoding="utf-8")
    found = re.match(r"#:schema (\S+)\n", text)
    assert found is not None
    schema = json.loads((path.parent / found[1]).read_text(encoding="utf-8"))
    assert schema == protocol_schema()
    data = json.loads(json.dumps(tomllib.loads(text), default=str))
    jsonschema.Draft202012Validator(schema).validate(data)
    data["parts"][0]["barer"] = data["parts"][0].pop("bearer")
    assert not jsonschema.Draft202012Validator(schema).is_valid(data)
