"""Facts about a child's case: who told, gave, agreed, decided or recorded what, and when."""

from __future__ import annotations

from typing import final

import attrs
import pendulum

from iro_rules.facts.fact import Fact
from iro_rules.facts.fields import day, key, term, terms, text, whole


@final
@attrs.frozen
class Born(Fact):
    """The child was born; `when` is the date of birth."""


@final
@attrs.frozen
class BecameLookedAfter(Fact):
    """A period of care starts; `longest_stay` and `days_in_a_year` are the most days arranged for short breaks."""

    period: str = key(default="1")
    status: str | None = term("legal_status", required=False)
    longest_stay: int | None = whole()
    days_in_a_year: int | None = whole()


@final
@attrs.frozen
class CeasedToBeLookedAfter(Fact):
    """A period of care ends."""

    period: str = key(default="1")


@final
@attrs.frozen
class LegalStatus(Fact):
    """The legal status under which the child is looked after, from this day."""

    status: str = term("legal_status")
    period: str = key(default="1")


@final
@attrs.frozen
class PlacementStarted(Fact):
    """The child starts to live in a placement, in the authority's own `area` or not, until an `expected_end`."""

    placement: str = key()
    type: str | None = term("placement_type", required=False)
    area: str | None = term("placement_area", required=False)
    expected_end: pendulum.Date | None = day(required=False)
    period: str = key(default="1")


@final
@attrs.frozen
class PlacementEnded(Fact):
    """The child leaves a placement."""

    placement: str = key()
    period: str = key(default="1")


@final
@attrs.frozen
class Visited(Fact):
    """Somebody visited the child in a placement."""

    by: str = term("role")
    placement: str | None = key(required=False)
    period: str = key(default="1")


@final
@attrs.frozen
class Appointed(Fact):
    """A person takes up a role for this child; `person` is an identifier, not a name; `employer` is whom they serve."""

    role: str = term("role")
    person: str | None = key(required=False)
    employer: str | None = term("employer", required=False)
    period: str = key(default="1")


@final
@attrs.frozen
class Ended(Fact):
    """The person of this identifier leaves a role for this child."""

    role: str = term("role")
    person: str = key()
    period: str = key(default="1")


@final
@attrs.frozen
class Unavailable(Fact):
    """Nobody can be reached in a role from this day, until a day if one is known."""

    role: str = term("role")
    until: pendulum.Date | None = day(required=False)


@final
@attrs.frozen
class Related(Fact):
    """Another child or a parent whose own case is held: `child` is the id of that case."""

    relation: str = term("relation")
    child: str = key()


@final
@attrs.frozen
class ReviewPlanned(Fact):
    """On this day a review was arranged, or moved, to `planned_for`."""

    review: str = key()
    planned_for: pendulum.Date = day()
    period: str = key(default="1")


@final
@attrs.frozen
class ReviewHeld(Fact):
    """A looked-after review took place, with somebody in the chair."""

    review: str = key()
    chair: str | None = term("role", required=False)
    period: str = key(default="1")


@final
@attrs.frozen
class MeetingPlanned(Fact):
    """On this day a meeting other than a review was arranged for `planned_for`."""

    meeting: str = term("meeting")
    planned_for: pendulum.Date = day()
    dispute: str | None = key(required=False)
    ref: str | None = key(required=False)
    proceedings: str | None = key(required=False)


@final
@attrs.frozen
class MeetingHeld(Fact):
    """A meeting other than a review took place, ahead of a review if one is given."""

    meeting: str = term("meeting")
    review: str | None = key(required=False)
    dispute: str | None = key(required=False)
    ref: str | None = key(required=False)
    proceedings: str | None = key(required=False)


@final
@attrs.frozen
class Told(Fact):
    """One person told another something; `cc` are those who were copied in, `manner` is how they were told."""

    by: str = term("role")
    to: str = term("role")
    about: str = term("topic")
    cc: tuple[str, ...] = terms("role")
    review: str | None = key(required=False)
    dispute: str | None = key(required=False)
    ref: str | None = key(required=False)
    manner: str | None = term("manner", required=False)
    proceedings: str | None = key(required=False)


@final
@attrs.frozen
class Requested(Fact):
    """One person asked another for something; `ref` names the request."""

    by: str = term("role")
    to: str = term("role")
    about: str = term("topic")
    ref: str = key()


@final
@attrs.frozen
class Received(Fact):
    """A document or a notice reached somebody."""

    by: str = term("role")
    document: str | None = term("document", required=False)
    about: str | None = term("topic", required=False)
    dispute: str | None = key(required=False)
    proceedings: str | None = key(required=False)
    ref: str | None = key(required=False)


@final
@attrs.frozen
class Provided(Fact):
    """Somebody gave a document to somebody."""

    document: str = term("document")
    by: str | None = term("role", required=False)
    to: str = term("role")
    review: str | None = key(required=False)
    dispute: str | None = key(required=False)
    ref: str | None = key(required=False)
    proceedings: str | None = key(required=False)


@final
@attrs.frozen
class Consulted(Fact):
    """Somebody asked for another's views, on a subject if one is given."""

    by: str = term("role")
    to: str = term("role")
    review: str | None = key(required=False)
    about: str | None = term("topic", required=False)


@final
@attrs.frozen
class ProceedingsIssued(Fact):
    """An application to the family court was issued."""

    proceedings: str = key(default="1")


@final
@attrs.frozen
class ProceedingsEnded(Fact):
    """The proceedings came to an end."""

    proceedings: str = key(default="1")


@final
@attrs.frozen
class OrderMade(Fact):
    """The court made an order; give a time of day where a clock runs in hours from it."""

    order: str = term("order")
    period: str = key(default="1")
    proceedings: str | None = key(required=False)


@final
@attrs.frozen
class HearingListed(Fact):
    """On this day a hearing, of a kind if one is given, was listed for `listed_for`."""

    listed_for: pendulum.Date = day()
    proceedings: str = key(default="1")
    hearing: str | None = term("hearing", required=False)


@final
@attrs.frozen
class FilingDue(Fact):
    """On this day the court set `due` for filing a document."""

    document: str = term("document")
    due: pendulum.Date = day()
    proceedings: str = key(default="1")
    ref: str | None = key(required=False)


@final
@attrs.frozen
class Filed(Fact):
    """A document was filed with the court."""

    document: str = term("document")
    proceedings: str = key(default="1")
    review: str | None = key(required=False)
    ref: str | None = key(required=False)


@final
@attrs.frozen
class Happened(Fact):
    """An event a rule listens for."""

    event: str = term("event")
    ref: str | None = key(required=False)


@final
@attrs.frozen
class Raised(Fact):
    """A dispute or concern was raised, of a `severity`, over what `owner` decides; `due` or `window` set its clocks."""

    by: str = term("role")
    about: str = term("topic")
    dispute: str = key()
    severity: str | None = term("severity", required=False)
    owner: str | None = term("role", required=False)
    review: str | None = key(required=False)
    due: pendulum.Date | None = day(required=False)
    window: int | None = whole()


@final
@attrs.frozen
class StepTaken(Fact):
    """A dispute or concern was taken to a stage of its ladder."""

    stage: str = term("stage")
    dispute: str = key()
    by: str | None = term("role", required=False)


@final
@attrs.frozen
class Outcome(Fact):
    """How a stage of a dispute or concern ended."""

    stage: str = term("stage")
    result: str = term("result")
    dispute: str = key()


@final
@attrs.frozen
class Agreed(Fact):
    """Somebody agreed to something, at a stage if one is given, or a date was agreed: `due`."""

    by: str = term("role")
    about: str = term("topic")
    due: pendulum.Date | None = day(required=False)
    stage: str | None = term("stage", required=False)
    dispute: str | None = key(required=False)
    ref: str | None = key(required=False)
    proceedings: str | None = key(required=False)


@final
@attrs.frozen
class Decided(Fact):
    """Somebody came to a judgement or decision, whatever it was; `takes_effect` is the day it is to be acted on."""

    by: str = term("role")
    about: str = term("topic")
    result: str | None = term("result", required=False)
    dispute: str | None = key(required=False)
    ref: str | None = key(required=False)
    review: str | None = key(required=False)
    takes_effect: pendulum.Date | None = day(required=False)
    reasons: str | None = text()
    proceedings: str | None = key(required=False)


@final
@attrs.frozen
class Recorded(Fact):
    """Something was put on the child's file, or in a document of it: `ref` names which."""

    about: str = term("topic")
    by: str | None = term("role", required=False)
    document: str | None = term("document", required=False)
    stage: str | None = term("stage", required=False)
    dispute: str | None = key(required=False)
    review: str | None = key(required=False)
    proceedings: str | None = key(required=False)
    ref: str | None = key(required=False)
