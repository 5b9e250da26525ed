"""What a check of a protocol finds: kinds of findings, one finding, and the report of all of them."""

from __future__ import annotations

from enum import StrEnum
from typing import final

import attrs


class Severity(StrEnum):
    """How a finding weighs: against national rules, left open by the protocol, or worth knowing."""

    COLLISION = "collision"
    GAP = "gap"
    NOTE = "note"

    def words(self) -> str:
        """The weight in words."""
        return {
            "collision": "the protocol asks less, later or harder than the national rules, which stay in force",
            "gap": "the protocol leaves something without which it cannot be followed or proved",
            "note": "nothing is wrong by itself; whoever reads the protocol should know it",
        }[self.value]


class Kind(StrEnum):
    """What kind of thing was found; the values are what `--fail-on` takes."""

    LAXER_CLOCK = "laxer-clock"
    CHAIN_OVERRUN = "chain-overrun"
    CHAIN_NOT_PROVABLE = "chain-not-provable"
    OTHER_UNIT = "other-unit"
    OTHER_START = "other-start"
    NARROWED_TRIGGER = "narrowed-trigger"
    WEAKER_FORCE = "weaker-force"
    OTHER_BEARER = "other-bearer"
    UNEVEN_FORCE = "uneven-force"
    DROPPED_POWER = "dropped-power"
    HELD_UP_POWER = "held-up-power"
    LADDER_OVER_CAP = "ladder-over-cap"
    CAP_NOT_PROVABLE = "cap-not-provable"
    SILENCE_UNSPECIFIED = "silence-unspecified"
    UNREACHABLE_STAGE = "unreachable-stage"
    NO_START = "no-start"
    SEVERAL_STARTS = "several-starts"
    GATEKEEPER_IN_LADDER = "gatekeeper-in-ladder"
    NO_WAY_ROUND_REFUSAL = "no-way-round-refusal"
    ADVICE_NOT_INDEPENDENT = "advice-not-independent"
    CONTACT_UNHELD = "contact-unheld"
    ROW_WITHOUT_RULE = "row-without-rule"
    RULE_WITHOUT_ROW = "rule-without-row"
    UNVERIFIED = "unverified"
    NO_CLOCK = "no-clock"
    LEFT_OPEN = "left-open"
    NAMES_COLLIDE = "names-collide"
    MISSING_LINK = "missing-link"
    BROKEN_LINK = "broken-link"

    @property
    def severity(self) -> Severity:
        """How a finding of this kind weighs."""
        return MEANING[self][0]

    @property
    def meaning(self) -> str:
        """What a finding of this kind says."""
        return MEANING[self][1]

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return MEANING[self][2]


MOST_NAMED = 3
"""So many rules are named in the id of a finding; of more, the first."""

_C, _G, _N = Severity.COLLISION, Severity.GAP, Severity.NOTE

MEANING: dict[Kind, tuple[Severity, str, str]] = {
    Kind.LAXER_CLOCK: (
        _C,
        "A local clock ends later than the national clock for the same act, at least from some days.",
        "Keep to the national clock, which stays in force; shorten the local one when the protocol is next revised.",
    ),
    Kind.CHAIN_OVERRUN: (
        _C,
        "Local clocks that follow one another, each kept to its last day, end later than a national clock that has "
        "been running all the while.",
        "Work back from the national clock and share its time out among the steps.",
    ),
    Kind.CHAIN_NOT_PROVABLE: (
        _G,
        "A step on the local way to an act that has a national clock has no clock itself, so nothing shows that the "
        "national one is kept.",
        "Give the step a clock, or say that the national clock binds the whole way.",
    ),
    Kind.OTHER_UNIT: (
        _N,
        "A local clock counts in another unit than the national clock for the same act, so which of the two ends "
        "first depends on the calendar.",
        "Say the national unit; until then count both and keep the earlier day.",
    ),
    Kind.OTHER_START: (
        _N,
        "A local rule that stands for a national one runs its clock from another event, or from the receipt or word of "
        "somebody else, and no chain of local clocks leads there from the event that starts the national clock.",
        "Say from what event the protocol counts, and how it follows on the national one.",
    ),
    Kind.NARROWED_TRIGGER: (
        _G,
        "A local rule is brought about in fewer cases than the national one it stands for.",
        "Treat the other cases under the national rule, and say so in the protocol.",
    ),
    Kind.WEAKER_FORCE: (
        _C,
        "The protocol says should, may or must consider where the national rule for the same act says more.",
        "Read the local word as the national one, and change it.",
    ),
    Kind.OTHER_BEARER: (
        _N,
        "The protocol lays an act on somebody other than the national rule does.",
        "Settle who does it. Nationally the bearer stays answerable, whoever acts.",
    ),
    Kind.UNEVEN_FORCE: (
        _N,
        "The protocol asks for one act with different force in different places.",
        "Take the stronger word, unless the places differ for a reason that the protocol gives.",
    ),
    Kind.DROPPED_POWER: (
        _C,
        "A national power of the matter a ladder deals with is not mentioned by the protocol.",
        "Tell those who use the ladder that the power stays theirs.",
    ),
    Kind.HELD_UP_POWER: (
        _C,
        "The protocol puts a notice or somebody's leave in front of what national rules allow at any time.",
        "Let the notice follow the act, or say that it never holds the act up.",
    ),
    Kind.LADDER_OVER_CAP: (
        _C,
        "The clocks of a ladder's stages, each kept to its last day, add up to more than the national limit on the "
        "whole.",
        "Shorten the stages, or skip some, so that the whole fits; the national limit stays in force.",
    ),
    Kind.CAP_NOT_PROVABLE: (
        _G,
        "A stage of a ladder, or the way to it, has no clock, so nothing shows that the whole keeps within the "
        "national limit.",
        "Give each gap a clock; until then keep a date for the end of the whole beside the ladder's own.",
    ),
    Kind.SILENCE_UNSPECIFIED: (
        _G,
        "The protocol does not say what follows when nobody answers at a stage, or obliges nobody to answer there.",
        "Say who must answer, by when, and whether silence escalates, invites consideration or counts as acceptance.",
    ),
    Kind.UNREACHABLE_STAGE: (
        _G,
        "No rule of the protocol, and no outcome of another stage, leads to a stage.",
        "Say who takes the matter there and when, or take the stage out.",
    ),
    Kind.NO_START: (
        _G,
        "The stages at which a ladder may start are for some openings only (a severity, an owner), and a matter that "
        "is opened in another way, or with nothing recorded, starts at none: nobody owes an answer.",
        "Let a stage start for the rest, or write a conflict that says what is lacking.",
    ),
    Kind.SEVERAL_STARTS: (
        _G,
        "A matter starts at more than one stage of a ladder at once, so that several people owe the first answer.",
        "Let the stages start for different openings; if both are meant, make them answers of one stage.",
    ),
    Kind.GATEKEEPER_IN_LADDER: (
        _C,
        "Somebody whose leave is needed before legal advice takes part, on the authority's side, in the ladder that "
        "the advice is about.",
        "Give the gate to somebody outside the ladder, or do away with it.",
    ),
    Kind.NO_WAY_ROUND_REFUSAL: (
        _G,
        "An act needs somebody's leave, and nothing says what can be done when it is refused.",
        "Name a second person to ask, or a time after which leave counts as given.",
    ),
    Kind.ADVICE_NOT_INDEPENDENT: (
        _C,
        "Legal advice for the IRO is to be had from or through somebody within the authority.",
        "Name a provider outside the authority.",
    ),
    Kind.CONTACT_UNHELD: (
        _G,
        "A rule sends people to a role, and neither the protocol nor the national rules name it among their contacts.",
        "Add the role to the protocol's contacts.",
    ),
    Kind.ROW_WITHOUT_RULE: (
        _G,
        "A row of the protocol's own document is encoded by no rule.",
        "Encode it, or give the reason in the ledger.",
    ),
    Kind.RULE_WITHOUT_ROW: (
        _G,
        "A rule says it encodes a row that stands in no ledger, so nothing shows what the document asks there.",
        "Add the row to the ledger, or name the row that is meant.",
    ),
    Kind.UNVERIFIED: (
        _G,
        "A rule of the protocol, or the national rule it is measured by, rests on a source that nobody has read "
        "(M), or only in paraphrase (V3).",
        "Find the source and read it before relying on the comparison.",
    ),
    Kind.NO_CLOCK: (
        _N,
        "Duties of the protocol have no figure to be held to: nothing is ever overdue under them.",
        "Give the duty a figure where one is meant.",
    ),
    Kind.LEFT_OPEN: (
        _N,
        "The text can be read in two ways, and the rules differ with the reading: in the unit, in where counting "
        "starts, in what meets them.",
        "Settle the reading in the protocol; until then choose it with --read.",
    ),
    Kind.NAMES_COLLIDE: (
        _N,
        "Two things go by one name: two contacts by a title, two stages of a ladder, a row or rule of two sources.",
        "Give each its own name.",
    ),
    Kind.MISSING_LINK: (
        _N,
        "A local rule asks for the same act from the same event as a national one, and does not say how it stands to "
        "it.",
        "Add `national=` to the rule's law: implements, tightens or adds to.",
    ),
    Kind.BROKEN_LINK: (
        _G,
        "A local rule names a national rule that does not exist.",
        "Name a rule of the national rulebook (`iro-rules rules`).",
    ),
}


@final
@attrs.frozen(kw_only=True)
class Finding:
    """One thing found: the local rules it is about, the national ones it is measured by, and how it was worked out.

    `arithmetic` has one line a step; `readings` says under which readings of open questions it holds, and is empty
    where it holds under all of them. `rows` are the rows of the sources that the rules encode.
    """

    kind: Kind
    rules: tuple[str, ...]
    sentence: str
    national: tuple[str, ...] = ()
    arithmetic: tuple[str, ...] = ()
    readings: str = ""
    rows: tuple[str, ...] = ()
    about: str = ""

    @property
    def severity(self) -> Severity:
        """How it weighs."""
        return self.kind.severity

    @property
    def id(self) -> str:
        """A name for the finding within its report: its kind and what it is about."""
        named = self.rules if len(self.rules) <= MOST_NAMED else (self.rules[0], f"{len(self.rules) - 1}-more")
        return f"{self.kind}:{self.about or '+'.join(named)}" + (f">{'+'.join(self.national)}" if self.national else "")


@final
@attrs.frozen(kw_only=True)
class Report:
    """All that was found of one protocol, in the order of the kinds, and what it was measured by."""

    protocol: str
    version: str
    authority: str
    calendar: str
    rules: int
    findings: tuple[Finding, ...]

    def of(self, *kinds: Kind | str) -> tuple[Finding, ...]:
        """The findings of some kinds."""
        return tuple(finding for finding in self.findings if finding.kind in kinds)

    def about(self, rule: str) -> tuple[Finding, ...]:
        """The findings about a rule, a ladder's id or a row."""
        return tuple(f for f in self.findings if rule in (*f.rules, *f.rows, *f.national, f.about))
