"""Where a rule comes from, how binding it is, and how far it has been verified."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, final

import attrs
import pendulum

from iro_rules.errors import RulebookError
from iro_rules.facts.fields import to_date


class Force(StrEnum):
    """How binding the source is, from strongest to weakest."""

    STATUTE = "statute"
    REGULATION = "regulation"
    STATUTORY_GUIDANCE = "statutory guidance"
    GOOD_PRACTICE = "good practice"
    LOCAL_PROTOCOL = "local protocol"


class Modality(StrEnum):
    """What the source asks for."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    MUST_NOT = "must not"
    CONSIDER = "must consider"
    CONDITION = "condition"


class Verified(StrEnum):
    """How far the source was read (the codes of `docs/reference/sources.md`)."""

    V1 = "V1"
    V2 = "V2"
    V3 = "V3"
    S = "S"
    M = "M"

    def words(self) -> str:
        """The code in words."""
        return {
            "V1": "read in the primary text",
            "V2": "quoted by a secondary source with its paragraph",
            "V3": "paraphrased by a secondary source",
            "S": "read in the source document supplied",
            "M": "not verified: no document was read",
        }[self.value]


class Towards(StrEnum):
    """How a local rule stands to a national one."""

    IMPLEMENTS = "implements"
    TIGHTENS = "tightens"
    ADDS_TO = "adds to"


def _start(value: Any) -> pendulum.Date:
    return to_date(value, name="start")


def _end(value: Any) -> pendulum.Date | None:
    return None if value is None else to_date(value, name="end")


LATER = re.compile(r"\.from-\d{4}(?:-\d{2})?$")


def question_of(rule: str) -> str:
    """What a rule's id is about, whatever its edition: `visits.usual.from-2015` answers what `visits.usual` did.

    A rule whose text changed has an edition for each text, none in force while another is.
    """
    return LATER.sub("", rule)


@final
@attrs.frozen(kw_only=True)
class Law:
    """The source of one rule.

    `rows` are the numbered requirement rows it encodes; `verb` is the source's own verb; `start` is the
    first day in force and `end` the first day no longer in force (dates or ISO text). `national` names the
    national rules a local one implements, tightens or adds to. Raises RulebookError without a citation.
    """

    rows: tuple[str, ...]
    citation: str
    force: Force
    modality: Modality
    verb: str
    verified: Verified
    start: pendulum.Date = attrs.field(converter=_start)
    end: pendulum.Date | None = attrs.field(default=None, converter=_end)
    national: tuple[tuple[Towards, str], ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.citation.strip() or not self.rows:
            raise RulebookError("a rule needs a citation and the rows it encodes", value=self.citation or self.rows)
        if self.end is not None and self.end <= self.start:
            right = f"a day after its start, {self.start}, or none"
            raise RulebookError(
                "a rule must end after it starts", where=self.citation, value=str(self.end), right=right
            )
