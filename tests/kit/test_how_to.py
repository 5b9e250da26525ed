"""The how-to works word by word, in an empty folder and an environment of its own, with pip and without a network."""

from __future__ import annotations

import os
import re
import shlex
import site
import subprocess
import venv
import zipfile
from pathlib import Path

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-protocol.md"
BLOCK = re.compile(r"^```(\w+)(?: +(\S+))?\n(.*?)^```$", re.M | re.S)
SECTION = re.compile(r"^## From a document to a package\n.*?(?=^## )", re.M | re.S)
LISTED = re.compile(r"^kent +2026\.1 +iro-rules-kent +ok\b", re.M)
OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip reads this one as the value of build isolation: none
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PYTHONUTF8": "1",
}


class Place:
    """A folder with an environment of its own, in which what these tests run with is installed as well."""

    def __init__(self, folder: Path) -> None:
        self.folder, environment = folder, folder.parent / f"{folder.name}-environment"
        venv.create(environment, with_pip=False, symlinks=True)
        (own,) = environment.glob("lib/python*/site-packages")
        ours = [path for path in site.getsitepackages() if Path(path).is_dir()]
        own.joinpath("ours.pth").write_text("".join(f"import site; site.addsitedir({path!r})\n" for path in ours))
        self.python = str(environment / "bin" / "python")
        folder.mkdir()

    def run(self, line: str) -> str:
        """What a command of the how-to prints; it must succeed."""
        words = shlex.split(line)
        program = {"python": [self.python], "iro-rules": [self.python, "-m", "iro_rules.cli"]}[words[0]]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
        done = subprocess.run(
            [*program, *words[1:]],
            cwd=self.folder,
            env=inherited | OFFLINE,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout


def test_the_how_to_works_word_by_word_in_an_empty_folder(tmp_path: Path) -> None:
    """Every command is run, every file it shows is written, in order; the wheel it ends with works elsewhere."""
    section = SECTION.search(HOW_TO.read_text(encoding="utf-8"))
    assert section is not None
    here, said = Place(tmp_path / "here"), {}
    for kind, name, content in BLOCK.findall(section[0]):
        if kind == "sh":
            for line in content.strip().splitlines():
                said[line] = here.run(line)
        else:
            path = here.folder / name
            assert path.is_file(), f"{name} is not a file of the package"
            path.write_text(content, encoding="utf-8")
    listed = said["iro-rules protocol list"]
    assert LISTED.search(listed), listed
    ran = re.match(r"\.+.*\n(\d+) passed", said["python -m pytest -q iro-rules-kent/scenarios/concern.toml"])
    assert ran is not None
    assert int(ran[1]) % 2 == 0, "two scenarios, each with every reader"
    assert "kent.answer" in said["iro-rules protocol check kent"]
    assert {"new", "list", "draw", "check"} <= {
        line.split()[2] for line in said if line.startswith("iro-rules protocol")
    }

    (wheel,) = (here.folder / "dist").iterdir()
    assert wheel.name == "iro_rules_kent-2026.1-py3-none-any.whl"
    inside = zipfile.ZipFile(wheel).namelist()
    assert {f"iro_rules_kent/{file}" for file in ("__init__.py", "protocol.toml", "rows.csv")} <= set(inside)
    elsewhere = Place(tmp_path / "elsewhere")
    elsewhere.run(f"python -m pip install -q {shlex.quote(str(wheel))}")
    assert LISTED.search(elsewhere.run("iro-rules protocol list"))
    assert "kent.ask-head" in elsewhere.run("iro-rules rules --protocol kent")
