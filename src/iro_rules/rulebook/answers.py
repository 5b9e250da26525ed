"""What is owed at a stage of a ladder: an answer with its clock, and notices to others; both become duties."""

from __future__ import annotations

from typing import Any, final

import attrs

from iro_rules.clock.timescale import Timescale
from iro_rules.errors import RulebookError
from iro_rules.rulebook.law import Law
from iro_rules.rulebook.terms import Lookup, Test, fact, seek


def roles(value: Any) -> tuple[str, ...]:
    """One role, several or none ("" or an empty list), as plain values."""
    given = (value,) if isinstance(value, str) else tuple(value)
    return tuple(str(role) for role in given if role)


def _tests(value: Any) -> tuple[Test, ...]:
    return fact("", **value).where if isinstance(value, dict) else tuple(value)


def on_receipt(document: str, by: str) -> Lookup:
    """The day, or the instant, somebody received a document of this dispute: for a clock that runs from it."""
    return seek("received", fact("received", document=document, by=by), "dispute")


def on_review() -> Lookup:
    """The day the review was held from which the dispute came (`review` of its opening): for a clock from it."""
    return seek("review", fact("review_held"), "review")


@final
@attrs.frozen(kw_only=True)
class Answer:
    """The answer owed at a stage, and its clock; it becomes a duty, named after the stage.

    Any one of `by` may give it (`joint` "either"), or each must ("both"); `stand_ins` may while whoever must is
    recorded as unavailable. It is given when they tell `to`, of `about` (the ladder's topic unless said). `only` are
    fields of the opening for which this answer is owed, `name` tells several answers of one stage apart.
    The clock runs from the day the stage was reached, or from the row that `clock_from` finds.
    """

    by: tuple[str, ...] = attrs.field(converter=roles)
    to: tuple[str, ...] = attrs.field(default=("iro",), converter=roles)
    within: Timescale | None = None
    joint: str = "either"
    stand_ins: tuple[str, ...] = attrs.field(default=(), converter=roles)
    about: str = ""
    only: tuple[Test, ...] = attrs.field(default=(), converter=_tests)
    clock_from: Lookup | None = None
    name: str = ""
    act: str = ""
    law: Law | None = None

    def __attrs_post_init__(self) -> None:
        if not self.by or not self.to:
            raise RulebookError("an answer needs somebody who gives it and somebody to give it to", value=self.name)
        if self.joint not in ("either", "both"):
            raise RulebookError("an answer is owed by either or by both", value=self.joint, right="either or both")
        if self.stand_ins and len(self.by) > 1:
            raise RulebookError(
                "somebody stands in for one person", value=self.by, right="one role in by, or an answer for each"
            )


@final
@attrs.frozen(kw_only=True)
class Notice:
    """Something somebody must be told, or given on a form, at a stage; it becomes a duty for each who is told.

    `at` is "entry", "silence", or the results of the stage on which it is owed. With `document` it is met by
    providing that document. Each of `copies` must be copied in, or told separately.
    """

    by: str
    to: tuple[str, ...] = attrs.field(converter=roles)
    copies: tuple[str, ...] = attrs.field(default=(), converter=roles)
    at: tuple[str, ...] = attrs.field(default=("entry",), converter=roles)
    within: Timescale | None = None
    about: str = ""
    document: str = ""
    only: tuple[Test, ...] = attrs.field(default=(), converter=_tests)
    name: str = ""
    act: str = ""
    law: Law | None = None

    def __attrs_post_init__(self) -> None:
        if not self.to or not self.at:
            raise RulebookError("a notice needs somebody to tell and a time for it", value=self.name)
        if self.document and self.copies:
            raise RulebookError("a form has no copies", value=self.document, right="a notice for each who is given it")
        if len(self.at) > 1 and {"entry", "silence"} & set(self.at):
            raise RulebookError("a notice is owed at the entry, on silence or on results", value=self.at)
