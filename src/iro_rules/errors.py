"""The errors of iro_rules: each says what is wrong, where, the value, and what would be right.

Their wording is public API: tests pair bad inputs with words these messages must contain.
"""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Iterable
from typing import Any

DOCS = "docs/reference/errors.md"
FACTS = "docs/reference/facts.md"
"""Where the kinds of facts, their fields and the vocabularies stand."""


class IroRulesError(Exception):
    """Something iro_rules refuses to do; the message says what, where, and what would be right.

    `said` is the message without where to read on.
    """

    anchor = "errors"

    def __init__(self, what: str, *, where: str = "", value: Any = None, right: str = "") -> None:
        self.what, self.where, self.value, self.right = what, where, value, right
        parts = [f"{where}: {what}." if where else f"{what}."]
        if value is not None:
            parts.append(f"Given: {_shown(value)}.")
        if right:
            parts.append(f"Expected: {right}.")
        self.said = " ".join(parts)
        super().__init__(f"{self.said} (See {DOCS}#{self.anchor})")


MANY = 12
"""How many names are listed when none of them is close to what was given."""


def nearest(value: Any, known: Iterable[str], *, page: str = "") -> str:
    """What a name should have been: the closest one, or else any of them (the first dozen, where there are more).

    `page` is where all of them stand.
    """
    names = sorted(known)
    near = difflib.get_close_matches(value[:80], names, n=1) if isinstance(value, str) else []
    if near or not names:
        return f"{near[0]}, perhaps" if near else "nothing"
    more = len(names) - MANY
    return f"one of {', '.join(names[:MANY])}" + (f" and {more} more{page and f' ({page})'}" if more > 0 else "")


def _shown(value: Any) -> str:
    brief = reprlib.Repr()
    brief.maxstring = brief.maxother = brief.maxlong = 200
    text = brief.repr(value)
    return text if len(text) <= 120 else text[:117] + "..."


class FieldError(IroRulesError):
    """One field of one fact is not usable; raised while the fact is built."""

    anchor = "field"


class CaseError(IroRulesError):
    """A case file or a case value cannot be used; names the case, the fact and the field."""

    anchor = "case"


class CalendarError(IroRulesError):
    """A date lies outside the known working-day calendar."""

    anchor = "calendar"


class RulebookError(IroRulesError):
    """A rulebook failed its static checks; it is never built half-right."""

    anchor = "rulebook"


class InterpretationError(IroRulesError):
    """A reading was chosen that the interpretation does not offer."""

    anchor = "interpretation"


class ProtocolError(IroRulesError):
    """A protocol package is unknown, broken, of the wrong type, or clashes with another."""

    anchor = "protocol"


class EngineError(IroRulesError):
    """A reader could not answer, or is not installed on this machine."""

    anchor = "engine"


class MissingExtra(IroRulesError):
    """Something was asked for that needs a package of an extra, and it is not installed."""

    anchor = "missing-extra"


def needs(package: str, *, extra: str, what: str) -> MissingExtra:
    """The error for a package that is not there: what needed it, and how to install it."""
    right = f"pip install 'iro-rules[{extra}]'"
    return MissingExtra(f"{what} needs the package {package}, which is not installed", right=right)


class ReaderDisagreement(IroRulesError):
    """Two readers gave different findings for one case; no answer is given."""

    anchor = "reader-disagreement"

    def __init__(self, what: str, *, where: str = "", bundle: str = "", right: str = "") -> None:
        self.bundle = bundle
        super().__init__(what, where=where, right=right)


class BatchError(IroRulesError):
    """A batch job cannot begin, go on or be finished; what is done is kept."""

    anchor = "batch"


class ServeError(IroRulesError):
    """The service over HTTP is not started, because it would be unsafe or cannot work."""

    anchor = "serve"
