"""Facts about an authority's service rather than about one child."""

from __future__ import annotations

from typing import ClassVar, final

import attrs
import pendulum

from iro_rules.facts.fact import Fact
from iro_rules.facts.fields import day, key, term, text, whole


@attrs.frozen
class ServiceFact(Fact):
    """A fact about an authority's arrangements."""

    SUBJECT: ClassVar[str] = "authority"


@final
@attrs.frozen
class RecordsBegin(ServiceFact):
    """The authority's service records start on this day; nothing before it is judged."""


@final
@attrs.frozen
class Arrangement(ServiceFact):
    """A standing arrangement was in place from this day, until a day if it ended; `checked`: when it was last seen."""

    name: str = term("arrangement")
    until: pendulum.Date | None = day(required=False)
    checked: pendulum.Date | None = day(required=False)
    provider: str | None = text()
    ref: str | None = key(required=False)


@final
@attrs.frozen
class Published(ServiceFact):
    """The authority produced something it owes from time to time."""

    publication: str = term("publication")


@final
@attrs.frozen
class Caseload(ServiceFact):
    """How many children an IRO, or the whole service, had on this day; 100 per cent is one full-time post."""

    WORKED_OUT: ClassVar[tuple[str, ...]] = ("caseload_rounded_up", "caseload_rounded_down")

    person: str | None = key(required=False)
    children: int = whole(required=True)
    full_time_percent: int | None = whole()

    @property
    def caseload_rounded_up(self) -> int | None:
        """Children to a full-time post, up to the next whole child; unknown where no working time is."""
        return -(-100 * self.children // self.full_time_percent) if self.full_time_percent else None

    @property
    def caseload_rounded_down(self) -> int | None:
        """Children to a full-time post, down to a whole child; unknown where no working time is."""
        return 100 * self.children // self.full_time_percent if self.full_time_percent else None


@final
@attrs.frozen
class Trained(ServiceFact):
    """An IRO, or the whole service, had training for the work."""

    person: str | None = key(required=False)
