"""The inputs of a job as a user names them: files and their readers, who is whose, and which protocol is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import polars as pl
from polars.exceptions import PolarsError

from iro_rules.batch.judging import Terms, judging
from iro_rules.batch.source import Cohort
from iro_rules.cohorts import CASES_AT_ONCE, FactSource, ReadOptions
from iro_rules.cohorts import Cohort as ReadCohort
from iro_rules.cohorts.coverage import coverage_in
from iro_rules.cohorts.readers import EXTRACTED, SAY_THEMSELVES, open_source, readers
from iro_rules.cohorts.text_files import DAMAGED, lower, scan_csv
from iro_rules.errors import BatchError, CaseError, nearest
from iro_rules.facts import Coverage
from iro_rules.facts.kinds import KINDS
from iro_rules.protocols import FactReader, Registry

FINDINGS_AT_ONCE = 1 << 20
"""About how many findings a part has at most where the record covers little."""


@attrs.frozen(kw_only=True)
class Input:
    """What a job reads: paths and the reader of each, the readers' options, and what the record covers, if need be."""

    paths: tuple[Path, ...]
    readers: tuple[str, ...]
    options: Mapping[str, str]
    coverage: str | None = None
    cases_at_once: int | None = None

    @property
    def read(self) -> tuple[Path, ...]:
        """Every file and folder that is read; an option that names one (last year's return) counts like an input."""
        named = (Path(value) for _, value in sorted(self.options.items()) if not value.isdecimal())
        return (*self.paths, *(path for path in named if path.exists()))

    def opener(self, terms: Terms) -> Callable[[Path], Cohort]:
        """Opens the inputs as one cohort. Raises BatchError for a reader or a path that does not exist."""
        registry = Registry.discover()
        known = readers(registry)
        for reader in self.readers:
            if reader not in known:
                raise BatchError("there is no such format of cohorts", value=reader, right=nearest(reader, known))
        for path in self.paths:
            if not path.exists():
                raise BatchError("there is no such file or folder", value=str(path))
        self._used(known)
        coverage = None if self.coverage is None else coverage_of(self.coverage)
        vocabulary, as_of = vocabulary_of(terms), date.fromisoformat(terms.as_of[:10])
        rules = max(len(where.rulebook.by_id) for where in judging(terms).settings.values())

        def opened(spool: Path) -> Cohort:
            sources = []
            for number, (path, reader) in enumerate(zip(self.paths, self.readers, strict=True)):
                own = spool / f"source-{number}"
                own.mkdir()
                options = ReadOptions(spool=own, terms=vocabulary, coverage=coverage, more=dict(self.options))
                sources.append(open_source(reader, path, options, registry=registry).asked(as_of))
            return ReadCohort.of(
                sources,
                spool=spool / "cohort",
                cases_at_once=self.cases_at_once,
                cases_at_most=_cases_at_most(sources, rules),
            )

        return opened

    def _used(self, known: Mapping[str, FactReader]) -> None:
        """See that nothing is said that no reader listens to: it would be taken for granted, and have no effect."""
        own = {EXTRACTED}.union(*(known[reader].options for reader in self.readers))
        for name in self.options:
            if name not in own:
                raise _unknown(name, own)
        if self.coverage is not None and set(self.readers) <= SAY_THEMSELVES:
            what = "what a return or the dataset covers is known, and is not for --coverage to say"
            raise BatchError(what, value=self.coverage, right="no --coverage, or event tables beside it")


def _unknown(name: str, known: Iterable[str]) -> BatchError:
    return BatchError(
        "no input has a reader with such an option", where="--with", value=name, right=nearest(name, known)
    )


def _cases_at_most(sources: Sequence[FactSource], rules: int) -> int:
    """How many cases a part may have under so many rules.

    Where the record covers little, as a return does, nearly every rule is not evaluable in every case, and a part of
    few rows has findings without end.
    """
    covered = frozenset[str]().union(*(source.coverage.kinds for source in sources))
    return CASES_AT_ONCE if covered >= set(KINDS) else max(min(FINDINGS_AT_ONCE // rules, CASES_AT_ONCE), 1)


def identity(given: Input) -> list[Any]:
    """What tells one input from another: readers and options, and the name, size and last change of each file."""
    files = []
    for path in given.read:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found = file.stat()
                files.append([str(file.relative_to(path.parent)), found.st_size, found.st_mtime_ns])
    return [list(given.readers), dict(sorted(given.options.items())), given.coverage, given.cases_at_once, files]


def coverage_of(said: str) -> Coverage:
    """What a record covers (see `coverage_in`). Raises BatchError for what does not say it."""
    try:
        return coverage_in(said)
    except CaseError as error:
        unknown = isinstance(error.value, str) and error.what.endswith("does not exist")
        right = nearest(error.value, KINDS) if unknown else error.right
        raise BatchError(error.what, where="coverage", value=error.value, right=right) from None


def authority_table(path: Path) -> pl.DataFrame:
    """The authority of each case, from a CSV file with the columns case and authority."""
    table = _table(path, ("case", "authority"))
    twice = table.filter(pl.col("case").is_duplicated() | pl.col("case").is_null())
    if len(twice):
        raise BatchError("a case has two authorities, or none", where=path.name, value=twice["case"][0])
    return table


def protocol_table(path: Path) -> dict[str, str]:
    """The protocol of each authority that follows one, from a CSV file with the columns authority and protocol."""
    table = _table(path, ("authority", "protocol")).drop_nulls()
    twice = table.filter(pl.col("authority").is_duplicated())
    if len(twice):
        raise BatchError("an authority has two protocols", where=path.name, value=twice["authority"][0])
    return dict(table.iter_rows())


def unmatched(authorities: pl.DataFrame, protocols: Path) -> tuple[str, ...]:
    """A note on authorities whose protocol is given and who have no case: their name may be written in two ways."""
    named = set(_table(protocols, ("authority", "protocol"))["authority"].drop_nulls())
    strange = sorted(named - set(authorities["authority"]))
    return (
        (f"no case is of these authorities that {protocols.name} names: {', '.join(strange[:20])}",) if strange else ()
    )


def _table(path: Path, columns: tuple[str, str]) -> pl.DataFrame:
    """Two columns of a CSV file as councils have them; empty rows do not count."""
    try:
        with TemporaryDirectory() as spool:
            text = scan_csv(path, spool=Path(spool))
            named = lower(text.columns, columns, path.name)
            for name in columns:
                if name not in named.values():
                    given, right = ", ".join(text.columns), ", ".join(columns)
                    raise BatchError(f"the file lacks a column, {name}", where=path.name, value=given, right=right)
            table = text.frame.rename(named).select(pl.col(columns).str.strip_chars().replace("", None)).collect()
    except CaseError as error:
        raise BatchError(error.what, where=error.where or str(path), value=error.value, right=error.right) from error
    except (OSError, PolarsError) as error:
        raise BatchError(f"the file cannot be read: {str(error).splitlines()[0]}", where=str(path)) from error
    damaged = table.filter(pl.any_horizontal(pl.all().str.contains(DAMAGED, literal=True)))
    if len(damaged):
        value = " ".join(text for text in damaged.row(0) if text)
        raise BatchError("the file is not UTF-8", where=path.name, value=value, right="the file saved as UTF-8")
    return table.filter(~pl.all_horizontal(pl.all().is_null()))


def vocabulary_of(terms: Terms) -> dict[str, dict[str, str]]:
    """The terms of all rulebooks of a job together."""
    found: dict[str, dict[str, str]] = {}
    for where in judging(terms).settings.values():
        for name, values in where.rulebook.terms.items():
            found.setdefault(name, {}).update(values)
    return found
