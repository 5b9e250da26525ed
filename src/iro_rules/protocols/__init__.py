"""Protocol packages: what a council's package hands over, and how packages are found."""

from iro_rules.protocols.hookspecs import hookimpl
from iro_rules.protocols.protocol import Protocol, SourceDocument, combine

__all__ = ["Protocol", "SourceDocument", "combine", "hookimpl"]
