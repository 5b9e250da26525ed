"""The kit: a new protocol package, written whole from a template, for a council to edit."""

from iro_rules.kit.new import new_protocol

__all__ = ["new_protocol"]
