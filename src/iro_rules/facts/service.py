"""Facts about an authority's service rather than about one child."""

from __future__ import annotations

from typing import ClassVar

import attrs
import pendulum

from iro_rules.facts.fact import Fact
from iro_rules.facts.fields import day, key, term, text


@attrs.frozen
class ServiceFact(Fact):
    """A fact about an authority's arrangements."""

    SUBJECT: ClassVar[str] = "authority"


@attrs.frozen
class RecordsBegin(ServiceFact):
    """The authority's service records start on this day; nothing before it is judged."""


@attrs.frozen
class Arrangement(ServiceFact):
    """A standing arrangement was in place from this day, until a day if it ended."""

    name: str = term("arrangement")
    until: pendulum.Date | None = day(required=False)
    provider: str | None = text()
    ref: str | None = key(required=False)


@attrs.frozen
class Published(ServiceFact):
    """The authority produced something it owes from time to time."""

    publication: str = term("publication")
