"""Cases ready to be judged together: the rows of each kind known on the day, what is covered, who is away."""

from __future__ import annotations

import attrs
import polars as pl

from iro_rules.clock.calendar import Calendar
from iro_rules.engines.columnar.codes import Codes
from iro_rules.engines.columnar.names import Names, apart, merged
from iro_rules.engines.columnar.plan import CODE, IMPORTED, LIST, NAME, NUMBER, Cell, Plan
from iro_rules.engines.columnar.related import Neighbours
from iro_rules.engines.columnar.rows import ROW, Held, Rows, filled, indices, nulls, where
from iro_rules.engines.columnar.scale import EPOCH, Scale, known
from iro_rules.engines.columnar.tables import SINCE, since_schema
from iro_rules.engines.rows import AsOf
from iro_rules.facts.kinds import BITS, RELATED_APPOINTED, RELATED_ENDED

EVERYTHING = 2 * max(BITS.values()) - 1

Cells = dict[Cell, tuple[pl.Series, pl.Series]]


@attrs.frozen(eq=False)
class Source:
    """Where the rows of one kind stand in a table that has `id`, `on` and `at`; and the places of their cases."""

    frame: pl.DataFrame
    index: pl.Series
    places: pl.Series

    def get(self, name: str) -> pl.Series | None:
        """One column of the rows."""
        return self.frame[name][self.index] if name in self.frame.columns else None


@attrs.frozen(eq=False)
class Cohort:
    """Some cases at one moment.

    `kinds` has the recorded rows; `child` and `uncovered` are by case, and so are `gone`, the cases where
    nobody can be reached in a role; `since` has by the bit of a kind from which day on each case's record holds it
    (null where no day is given), if any case has one; the codes of a family of fields are below its `domains`.
    """

    size: int
    cases: pl.Series
    child: pl.Series
    uncovered: pl.Series
    since: dict[int, pl.Series]
    gone: dict[str, pl.Series]
    kinds: dict[str, Rows]
    names: Names
    scale: Scale
    domains: list[int]
    as_of: AsOf
    calendar: Calendar
    _hidden: dict[int, pl.Series | None] = attrs.field(factory=dict)

    def hides(self, bits: int) -> pl.Series | None:
        """Which of these bits are uncovered, by case; None where no case has any."""
        if bits not in self._hidden:
            hidden = self.uncovered & bits
            self._hidden[bits] = hidden if (hidden != 0).any() else None
        return self._hidden[bits]

    def moment(self, size: int) -> Held:
        """The day asked about, in hand for each of some triggers."""

        def make(view: str, field: str) -> pl.Series | None:
            return (
                filled(size, self.as_of.day - EPOCH, pl.Int32)
                if (view, field) in ((NUMBER, "day"), (ROW, "day"))
                else None
            )

        return Held(Rows(size, make), None, sure=True)


def gather(
    plan: Plan,
    *,
    events: pl.DataFrame,
    cases: pl.DataFrame,
    neighbours: Neighbours,
    as_of: AsOf,
    calendar: Calendar,
) -> Cohort:
    """The cohort of some cases: `cases` in order of id; `events` in order of case and id, with the case's `place`."""
    found = _by_kind(events, as_of)
    gone = _gone(found.get("unavailable"), len(cases), as_of)
    covered = cases["covered"] | BITS[RELATED_ENDED]
    sources = {kind: source for kind, source in found.items() if kind in plan.recorded}
    if {kind for kind, _ in IMPORTED} & set(plan.recorded):
        own = cases.select(child="case").with_row_index("place")
        named = _named(found.get("related")).join(own, on=["place", "child"], how="anti")
        imported, complete = neighbours.imported(named, len(cases))
        covered = covered | complete.cast(pl.Int64) * BITS[RELATED_APPOINTED]
        for kind, frame in imported.items():
            if kind in plan.recorded and len(frame):
                sources[kind] = Source(frame, indices(len(frame)), frame["place"])
    coded = [_codes(family, sources, len(cases)) for family in plan.families]
    names, cells = _names(coded, plan, events, len(cases))
    scale = Scale(calendar.first - EPOCH, calendar.last - calendar.first + 1, names.most.bit_length())
    return Cohort(
        size=len(cases),
        cases=cases["case"],
        child=cases["subject"] == "child",
        uncovered=(covered & EVERYTHING) ^ EVERYTHING,
        since=_since(cases),
        gone=gone,
        kinds={kind: _rows(kind, source, cells, names, scale) for kind, source in sources.items()},
        names=names,
        scale=scale,
        domains=[codes.domain for codes in coded],
        as_of=as_of,
        calendar=calendar,
    )


def _since(cases: pl.DataFrame) -> dict[int, pl.Series]:
    names = since_schema(cases.columns)
    days = {BITS[name.removeprefix(SINCE)]: cases[name].cast(pl.Int32) for name in names}
    return {bit: column for bit, column in days.items() if column.null_count() < len(column)}


def _by_kind(events: pl.DataFrame, as_of: AsOf) -> dict[str, Source]:
    groups = (
        events.lazy()
        .select("kind", index=pl.int_range(pl.len(), dtype=pl.UInt32), known=known(as_of))
        .filter("known")
        .group_by("kind")
        .agg("index")
        .collect(engine="in-memory")
    )
    found = zip(groups["kind"], groups["index"], strict=True)
    return {kind: Source(events, index, events["place"][index]) for kind, index in found}


def _named(related: Source | None) -> pl.DataFrame:
    """The related children that cases name."""
    if related is None or "child" not in related.frame.columns:
        return pl.DataFrame(schema={"place": pl.UInt32, "child": pl.String})
    children = related.frame["child"][related.index].cast(pl.String)
    return pl.DataFrame({"place": related.places, "child": children})


def _gone(unavailable: Source | None, size: int, as_of: AsOf) -> dict[str, pl.Series]:
    """For each role the cases where nobody can be reached in it."""
    if unavailable is None or "role" not in unavailable.frame.columns:
        return {}
    rows = unavailable.frame[unavailable.index]
    if "until" in rows.columns:
        today = as_of.day - EPOCH
        rows = rows.filter(pl.col("until").cast(pl.Int32).fill_null(today) >= today)
    away = rows.select("role", "place")
    found = {}
    for (role,), some in away.partition_by("role", as_dict=True).items():
        nobody = filled(size, False, pl.Boolean)
        found[str(role)] = nobody.scatter(some["place"], filled(len(some), True, pl.Boolean))
    return found


def _codes(family: frozenset[Cell], sources: dict[str, Source], cases: int) -> Codes:
    columns = {}
    for kind, field in sorted(family):
        text = sources[kind].get(field) if kind in sources else None
        if text is not None:
            columns[kind, field] = (sources[kind].places, text)
    return Codes.of(columns, cases)


def _names(coded: list[Codes], plan: Plan, events: pl.DataFrame, cases: int) -> tuple[Names, Cells]:
    """All identities in order, and the codes of each field with the place of the identity that each code names."""
    naming = [codes.distinct(plan.names) for codes in coded]
    samples = [codes.sample[some] for codes, some in zip(coded, naming, strict=True)]
    places = pl.concat([codes.places[some] for codes, some in zip(coded, samples, strict=True)], rechunk=True)
    texts = pl.concat([codes.texts[some] for codes, some in zip(coded, samples, strict=True)], rechunk=True)
    bounds = events["place"].search_sorted(indices(cases + 1), side="left").cast(pl.UInt32)
    names = (apart if plan.apart else merged)(bounds, events["id"], places, texts)
    cells: Cells = {}
    start = 0
    for codes, some in zip(coded, naming, strict=True):
        named_by = nulls(codes.domain, pl.UInt32).scatter(some, names.others.slice(start, len(some)))
        cells |= {cell: (found, named_by) for cell in codes.parts if (found := codes.get(cell)) is not None}
        start += len(some)
    return names, cells


def _rows(kind: str, source: Source, cells: Cells, names: Names, scale: Scale) -> Rows:
    """The rows of one recorded kind."""

    def named(field: str) -> pl.Series | None:
        codes, named_by = cells.get((kind, field), (None, None))
        return None if codes is None or named_by is None else named_by[codes]

    places, own = source.places, named("id")
    origins = names.of_facts(source.index) if own is None else own
    days = source.frame["on"][source.index].cast(pl.Int32)
    at = source.get("at")
    if at is not None and at.null_count() == len(at):
        at = None
    every = {"case": places, "origin": origins, "fact": origins, "day": days, "at": at}

    def make(view: str, field: str) -> pl.Series | None:
        if view == ROW and field == "order":
            return scale.order(days, at, names.ranks(origins, places))
        if view == ROW:
            return every[field]
        if view == CODE:
            return cells.get((kind, field), (None, None))[0]
        if view == NAME:
            return named(field)
        column = source.get(field)
        if column is None or column.null_count() == len(column):
            return None
        if view == LIST:
            return where(column.list.len() > 0, column)
        return column.cast(pl.Int32) if view == NUMBER else column

    return Rows(len(places), make)
