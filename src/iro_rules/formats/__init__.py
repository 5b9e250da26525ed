"""How cases come in and answers go out: file formats, each a published and versioned contract."""

from iro_rules.formats.case_json import case_to_json, read_case, read_cases
from iro_rules.formats.case_reader import CaseFile
from iro_rules.formats.safe_json import Limits
from iro_rules.formats.schema import case_schema

__all__ = ["CaseFile", "Limits", "case_schema", "case_to_json", "read_case", "read_cases"]
