"""A new protocol package on disk: made beside its place, then moved there whole, so that nothing is half-written."""

from __future__ import annotations

import tempfile
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from iro_rules.errors import ProtocolError
from iro_rules.formats.schema import schema_text, shipped
from iro_rules.protocols.protocol import SLUG

LONGEST = 40
EXAMPLE_YEAR = "2026"
"""The year of the made-up example; its scenarios stand in it."""


def new_protocol(name: str, into: Path | str = ".") -> Path:
    """Write a protocol package of this name into a folder, and give the package's folder.

    It holds an example that was made up: a protocol as data with a duty and a ladder, its ledger, scenarios and tests;
    and the schema that an editor reads.
    Raises ProtocolError for a name that a protocol cannot have, a folder that is not there, and one that is.
    """
    if not SLUG.match(name) or len(name) > LONGEST or name == "national":
        right = f"lower-case letters, digits and single hyphens, at most {LONGEST}, starting with a letter: kent"
        raise ProtocolError("a protocol cannot be called this", value=name, right=right)
    into = Path(into)
    if not into.is_dir():
        raise ProtocolError("there is no such folder", value=str(into), right="a folder that is there")
    target = into / f"iro-rules-{name}"
    if target.exists() or target.is_symlink():
        raise ProtocolError("the folder is there already", value=str(target), right="another name, or --into")
    module = f"iro_rules_{name.replace('-', '_')}"
    words = {"@NAME@": name, "@MODULE@": module, "@TITLE@": name.replace("-", " ").title(), "@YEAR@": EXAMPLE_YEAR}
    try:
        with tempfile.TemporaryDirectory(prefix=".iro-rules-", dir=into) as making:
            made = Path(making) / "package"
            _copy(files(__package__) / "template", made, words)
            (made / "schema").mkdir()
            (made / "schema" / "protocol-1.json").write_text(schema_text(shipped("protocol-1")), encoding="utf-8")
            package = made / "src" / module
            package.mkdir(parents=True)
            (made / "module").rename(package / "__init__.py")
            for file in ("protocol.toml", "rows.csv"):
                (made / file).rename(package / file)
            made.rename(target)
    except OSError as error:
        raise ProtocolError(f"it cannot be written: {error.strerror}", value=str(target)) from error
    return target


def _copy(source: Traversable, to: Path, words: dict[str, str]) -> None:
    to.mkdir()
    for one in source.iterdir():
        if one.is_dir():
            _copy(one, to / one.name, words)
        else:
            text = one.read_text(encoding="utf-8")
            for word, value in words.items():
                text = text.replace(word, value)
            (to / one.name.removesuffix(".txt")).write_text(text, encoding="utf-8")
