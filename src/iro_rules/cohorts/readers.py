"""The readers there are, those that packages bring among them, and how a source is opened by the name of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import polars as pl

from iro_rules.cohorts.event_tables import open_events
from iro_rules.cohorts.parts import Part
from iro_rules.cohorts.sources import FactSource, ReadOptions, Tables
from iro_rules.cohorts.ssd import OPTIONS as SSD_OPTIONS
from iro_rules.cohorts.ssd import open_ssd
from iro_rules.cohorts.ssda903 import OPTIONS as RETURN_OPTIONS
from iro_rules.cohorts.ssda903 import open_ssda903
from iro_rules.errors import CaseError, IroRulesError, nearest
from iro_rules.facts.fields import to_date
from iro_rules.protocols import FactReader, Registry
from iro_rules.protocols.loading import Record, told

EXTRACTED = "extracted"
SAY_THEMSELVES = frozenset({"ssda903", "ssd"})
"""The readers of formats that say themselves what they cover."""

BUILT_IN: tuple[FactReader, ...] = (
    FactReader("events", "Event tables: one row a fact, as CSV, JSON lines or Parquet", open_events),
    FactReader("ssda903", "An SSDA903 return, as CSV files or XML, with last year's", open_ssda903, RETURN_OPTIONS),
    FactReader("ssd", "The Standard Safeguarding Dataset, as CSV files or in a database", open_ssd, SSD_OPTIONS),
)


def readers(registry: Registry | None = None) -> Mapping[str, FactReader]:
    """Every reader by its name. Raises ProtocolError where a package's reader has a name that is taken."""
    return {name: reader for name, (_, reader) in _known(registry).items()}


def open_source(name: str, source: Any, options: ReadOptions, *, registry: Registry | None = None) -> FactSource:
    """A source opened by the reader of a name; `registry` defaults to the packages installed.

    `options.more` may hold the options of several readers, for a cohort of several sources: each reader is given its
    own. Among them may be `extracted`, as a date or a text such as 2026-03-02. An option of no reader is a CaseError.
    Raises CaseError for a name there is no reader of, and for what the reader refuses; ProtocolError, naming the
    package, for a reader of a package that fails, here or later.
    """
    known = _known(registry)
    if name not in known:
        raise CaseError("there is no such reader", value=name, right=nearest(name, known))
    record, reader = known[name]
    options = _own(reader, options, {option for _, other in known.values() for option in other.options})
    if record is None:
        return reader.open(source, options)  # type: ignore[no-any-return]
    return _guarded(record, reader, source, options)


def _own(reader: FactReader, options: ReadOptions, every: set[str]) -> ReadOptions:
    """The options that one reader is given."""
    for name in options.more:
        if name != EXTRACTED and name not in every:
            raise CaseError("no reader has such an option", value=name, right=nearest(name, {*every, EXTRACTED}))
    own = {name: value for name, value in options.more.items() if name in reader.options}
    extracted = options.extracted
    if EXTRACTED in options.more:
        extracted = to_date(options.more[EXTRACTED], name=EXTRACTED)
    return attrs.evolve(options, more=own, extracted=extracted)


def _known(registry: Registry | None) -> dict[str, tuple[Record | None, FactReader]]:
    found: dict[str, tuple[Record | None, FactReader]] = {reader.name: (None, reader) for reader in BUILT_IN}
    for name, (record, reader) in (registry or Registry.discover()).readers().items():
        if name in found:
            raise record.wrong("its reader has the name of one that comes with iro-rules", value=name)
        found[name] = record, reader
    return found


def _guarded(record: Record, reader: FactReader, source: Any, options: ReadOptions) -> FactSource:
    """A source whose failures name the package it comes from."""
    try:
        opened = reader.open(source, options)
    except IroRulesError:
        raise
    except Exception as error:
        raise record.wrong(f"its reader {reader.name} failed: {told(error)}") from error
    if not isinstance(opened, FactSource):
        raise record.wrong(
            f"its reader {reader.name} does not open a source", value=type(opened).__name__, right="a FactSource"
        )

    def to_part(tables: Tables, ids: pl.Series) -> Part:
        try:
            part = opened.to_part(tables, ids)
        except IroRulesError:
            raise
        except Exception as error:
            raise record.wrong(f"its reader {reader.name} failed: {told(error)}") from error
        if not isinstance(part, Part):
            raise record.wrong(
                f"its reader {reader.name} does not make parts", value=type(part).__name__, right="a Part"
            )
        return part

    return attrs.evolve(opened, to_part=to_part)
