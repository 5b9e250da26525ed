"""Protocols declared as data alone: read from TOML, and any protocol as tables and lists."""

from iro_rules.protocols.data.files import read_protocol
from iro_rules.protocols.data.reading import from_data
from iro_rules.protocols.data.toml import toml_text
from iro_rules.protocols.data.writing import to_data

__all__ = ["from_data", "read_protocol", "to_data", "toml_text"]
