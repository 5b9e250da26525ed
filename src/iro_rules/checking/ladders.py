"""How long a ladder can last, against the national limit on the whole of a formal process."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from iro_rules.checking.climb import Piece, climb, entered, one_after_another, side_by_side
from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.matching import in_force_together, limits_a_process, same_happening
from iro_rules.checking.reading import Choice, choices, under
from iro_rules.checking.spans import Comparison, Step, added, compare, step
from iro_rules.checking.subject import Read, Subject
from iro_rules.checking.words import compared, lasts, range_of
from iro_rules.rulebook.ladder import Ladder
from iro_rules.rulebook.rules import Duty


@attrs.frozen
class Length:
    """A ladder's pieces under some readings, from the stage at which the limit starts to run, and the limit."""

    choice: Choice
    pieces: tuple[Piece, ...]
    limit: Step
    comparison: Comparison | None

    @property
    def gaps(self) -> tuple[Piece, ...]:
        """The pieces without a clock."""
        return tuple(piece for piece in self.pieces if piece.gap)

    @property
    def total(self) -> tuple[Step, ...]:
        """The figures, one after another."""
        return one_after_another(self.pieces)


def ladder_findings(subject: Subject) -> Iterator[Finding]:
    """For each ladder and each national limit on a formal process: over it, or not provably within it."""
    for ladder in subject.ladders:
        limits = limits_of(subject.default)
        tied = [(cap, stage) for cap in limits if (stage := starts_at(subject.default, ladder, cap)) is not None]
        for cap in limits if not tied else [cap for cap, _ in tied]:
            first = {limit.id: stage for limit, stage in tied}.get(cap.id)
            if in_force_together(cap, ladder.expand()[0]):
                yield from _length(subject, ladder, cap, first)


def limits_of(read: Read) -> tuple[Duty, ...]:
    """The national duties that limit a whole process."""
    return tuple(r for r in read.national if isinstance(r, Duty) and limits_a_process(r, read.tracer))


def starts_at(read: Read, ladder: Ladder, cap: Duty) -> int | None:
    """The first stage whose beginning starts a national limit, or None where no rule ties the ladder to it."""
    causes = read.tracer.behind(cap.trigger)
    for number, stage in enumerate(ladder.stages):
        if any(same_happening(a.pattern, b.pattern) for a in causes for b in entered(read, ladder, stage)):
            return number
    return None


def _length(subject: Subject, ladder: Ladder, cap: Duty, first: int | None) -> Iterator[Finding]:
    own = [rule for rule in ladder.expand() if isinstance(rule, Duty)]
    tried = choices(*[(duty.within, duty.trigger) for duty in own], subject.book.by_id[cap.id])
    lengths = [found for choice in tried if (found := _under(subject, ladder, cap, first or 0, choice)) is not None]
    over = [one for one in lengths if one.comparison is not None and one.comparison.laxer]
    if over:
        yield _over(subject, ladder, cap, first, over, lengths)
    gaps = [one for one in lengths if one.gaps]
    if gaps and first is not None:
        yield _not_provable(subject, ladder, cap, gaps, lengths)


def _under(subject: Subject, ladder: Ladder, cap: Duty, first: int, choice: Choice) -> Length | None:
    read = subject.read(choice)
    limit = read.by_id[cap.id]
    assert isinstance(limit, Duty)
    clock = step(limit.within)
    if clock is None:
        return None
    pieces = climb(read, ladder, first)
    return Length(choice, pieces, clock, compare(one_after_another(pieces), clock, subject.calendar))


def _over(
    subject: Subject, ladder: Ladder, cap: Duty, first: int | None, over: list[Length], lengths: list[Length]
) -> Finding:
    worst = over[0]
    assert worst.comparison is not None
    tied = "" if first is not None else "; no rule says whether this ladder counts as that process"
    return Finding(
        kind=Kind.LADDER_OVER_CAP,
        about=ladder.id,
        rules=_rules(worst.pieces),
        national=(cap.id,),
        sentence=f"{_totals(over)} at the longest windows, where the whole may last {worst.limit.words()}{tied}",
        arithmetic=(
            *_lines(worst.pieces),
            *_sums(subject, worst),
            *_by_reading(lengths),
            *compared(worst.comparison),
        ),
        readings=under([one.choice for one in over], [one.choice for one in lengths]),
        rows=subject.rows((*_rules(worst.pieces), cap.id)),
    )


def _not_provable(subject: Subject, ladder: Ladder, cap: Duty, gaps: list[Length], lengths: list[Length]) -> Finding:
    shown = gaps[0]
    number = len(shown.gaps)
    what = "1 gap has" if number == 1 else f"{number} gaps have"
    return Finding(
        kind=Kind.CAP_NOT_PROVABLE,
        about=ladder.id,
        rules=_rules(shown.pieces),
        national=(cap.id,),
        sentence=f"{added(shown.total)} are stated and {what} no clock, so nothing shows that the whole keeps within "
        f"{shown.limit.words()}",
        arithmetic=(*_lines(shown.pieces), *_sums(subject, shown), *_left(shown), *_by_reading(lengths)),
        readings=under([one.choice for one in gaps], [one.choice for one in lengths]),
        rows=subject.rows((*_rules(shown.pieces), cap.id)),
    )


def _rules(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.rule for piece in pieces if piece.rule))


def _lines(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    return tuple(piece.words() for piece in pieces)


def _sums(subject: Subject, length: Length) -> Iterator[str]:
    steps = length.total
    if steps:
        yield lasts("stated, one after another", steps, subject.calendar)
    beside = side_by_side(length.pieces)
    if beside != steps:
        yield f"{added(beside)}, if the clocks that start from the same event run beside each other"
    shortest = one_after_another(length.pieces, longest=False)
    if shortest != steps:
        yield f"{added(shortest)} at the shortest windows, {added(steps)} at the longest"
    yield lasts("national limit", (length.limit,), subject.calendar)


def _left(length: Length) -> Iterator[str]:
    """What the stated clocks leave of the limit for the gaps, where both count in one unit."""
    units = {one.unit for one in (*length.total, length.limit)}
    if len(units) == 1:
        whole, stated = length.limit.count, sum(one.count for one in length.total)
        yield f"{whole} - {stated} = {whole - stated} {length.limit.unit} left for the gaps together"


def _totals(lengths: list[Length]) -> str:
    """The totals under all readings, as a range where they are in one unit."""
    units = {one.unit for length in lengths for one in length.total}
    if len(units) == 1:
        sums = [sum(one.count for one in length.total) for length in lengths]
        return range_of(min(sums), max(sums), str(units.pop()))
    return " or ".join(dict.fromkeys(added(length.total) for length in lengths))


def _by_reading(lengths: list[Length]) -> Iterator[str]:
    """Each total there can be, with the readings that lead to it."""
    totals: dict[str, list[Choice]] = {}
    for length in lengths:
        totals.setdefault(added(length.total), []).append(length.choice)
    if len(totals) > 1:
        for total, held in totals.items():
            yield f"{total} under {under(held, [one.choice for one in lengths])}"
