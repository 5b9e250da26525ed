"""Protocol packages: what a council's package hands over, and how packages are found."""

from iro_rules.protocols.fact_reader import FactReader
from iro_rules.protocols.hookspecs import hookimpl
from iro_rules.protocols.loading import Record
from iro_rules.protocols.overlay import combine
from iro_rules.protocols.protocol import Protocol, SourceDocument
from iro_rules.protocols.registry import Registry

__all__ = ["FactReader", "Protocol", "Record", "Registry", "SourceDocument", "combine", "hookimpl"]
