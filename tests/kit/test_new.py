"""A protocol package is written whole or not at all, and the how-to works word by word."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from iro_rules.errors import ProtocolError
from iro_rules.kit import new_protocol
from iro_rules.protocols.data import read_protocol

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-protocol.md"
BLOCK = re.compile(r"^```(\w+)(?: +(\S+))?\n(.*?)^```$", re.M | re.S)
SECTION = re.compile(r"^## From a document to a package\n.*?(?=^## )", re.M | re.S)
METADATA = "Metadata-Version: 2.4\nName: iro-rules-{name}\nVersion: {version}\n"


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


def test_the_how_to_works_word_by_word_in_an_empty_folder(tmp_path: Path) -> None:
    """Every command is run, every file it shows is written, in order; installing is done by hand, without a network."""
    section = SECTION.search(HOW_TO.read_text(encoding="utf-8"))
    assert section is not None
    ran = []
    for kind, name, content in BLOCK.findall(section[0]):
        if kind == "sh":
            for line in content.strip().splitlines():
                _run(line, tmp_path)
                ran.append(line.split()[0:3])
        else:
            path = tmp_path / name
            assert path.is_file(), f"{name} is not a file of the package"
            path.write_text(content, encoding="utf-8")
    assert ["iro-rules", "protocol", "new"] in ran
    assert ["python", "-m", "pytest"] in ran
    assert ["iro-rules", "protocol", "check"] in ran


def _run(line: str, folder: Path) -> None:
    package = folder / "iro-rules-kent"
    words = shlex.split(line)
    if words[:4] == ["python", "-m", "pip", "install"]:
        _installed(package)
        return
    if words[:3] == ["python", "-m", "build"]:
        return
    program = {"python": [sys.executable], "iro-rules": [sys.executable, "-m", "iro_rules.cli"]}[words[0]]
    path = os.pathsep.join([str(package / "src"), str(folder / "installed")])
    done = subprocess.run(
        [*program, *words[1:]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


def _installed(package: Path) -> None:
    """What pip would leave: the metadata, with the version and the entry point that the package itself gives."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))
    version = project["tool"]["hatch"]["version"]
    found = re.search(version["pattern"], (package / version["path"]).read_text(encoding="utf-8"), re.M)
    assert found is not None
    ((name, module),) = project["project"]["entry-points"]["iro_rules"].items()
    metadata = package.parent / "installed" / f"iro_rules_{name}-{found['version']}.dist-info"
    metadata.mkdir(parents=True, exist_ok=True)
    (metadata / "METADATA").write_text(METADATA.format(name=name, version=found["version"]), encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[iro_rules]\n{name} = {module}\n", encoding="utf-8")
