"""Judge a cohort with all three readers, under the national rules and under each protocol, and compare.

    python tools/agree_cohort.py --cases 20000
    python tools/agree_cohort.py --ssda903 FOLDER --year 2018

The columnar reader judges the cohort in parts, as a batch job does; `meaning` and `durable` judge its cases one by one,
on as many cores as there are. Every verdict must be the same: rule, what it is about, standing, deadline, facts, what
is missing, and contact.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import click
import polars as pl

from iro_rules.assessment import setting
from iro_rules.cohorts import Cohort, ReadOptions
from iro_rules.cohorts.readers import open_source
from iro_rules.engines import columnar, durable, meaning
from iro_rules.engines.rows import AsOf, prepare
from iro_rules.facts import Case
from iro_rules.facts.kinds import BITS
from iro_rules.lab.synthetic import authorities, made_parts
from iro_rules.lab.synthetic.cohort import AS_OF, Authority
from iro_rules.protocols import Registry
from iro_rules.testing.from_tables import cases_of

AT_ONCE = 1_000


@attrs.frozen(eq=False)
class Part:
    """Some cases, with all cases of their authority to look for related ones in."""

    protocol: str
    events: pl.DataFrame
    cases: pl.DataFrame
    around: tuple[pl.DataFrame, pl.DataFrame]
    as_of: date = AS_OF


def parts_of_return(protocol: str, folder: Path, year: int, last_year: Path | None, spool: Path) -> Iterator[Part]:
    """The children of an SSDA903 return, on the last day of its collection year, in parts."""
    more = {"year": year} | ({} if last_year is None else {"last_year": last_year})
    (spool / "source").mkdir(parents=True)
    source = open_source("ssda903", folder, ReadOptions(spool=spool / "source", more=more))
    cohort = Cohort.of([source], spool=spool / "cohort", cases_at_once=AT_ONCE)
    for span in cohort.spans:
        part = cohort.read(span)
        yield Part(protocol, part.events, part.cases, cohort.neighbours(), date(year, 3, 31))


def parts(protocol: str, cases: int, seed: int) -> Iterator[Part]:
    """The cohort of one authority that follows a protocol, or none, in parts."""
    known = [Registry.discover().protocol(protocol)] if protocol else []
    (authority,) = authorities(cases, 1, known)
    for made in made_parts([authority], seed=seed):
        table = _case_table(authority, made.cases)
        for start in range(0, len(table), AT_ONCE):
            some = table.slice(start, AT_ONCE)
            own = made.events.join(some, on="case", how="semi", maintain_order="left")
            yield Part(protocol, own, some, (made.events, table))


def _case_table(authority: Authority, cases: pl.Series) -> pl.DataFrame:
    covered = sum(BITS[kind] for kind in authority.covered)
    # Every ninth case keeps a record of fewer kinds, so that much of it cannot be evaluated.
    few = covered & ~sum(BITS[kind] for kind in ("appointed", "provided", "told", "legal_status", "outcome"))
    return pl.DataFrame({"case": cases}).with_columns(
        subject=pl.lit("child"),
        covered=pl.when(pl.int_range(pl.len()) % 9 == 4).then(pl.lit(few)).otherwise(pl.lit(covered)).cast(pl.Int64),
    )


def differences(part: Part) -> tuple[int, int, list[str]]:
    """How many cases and verdicts of a part were compared, and the cases on which two readers differ."""
    where = setting(part.protocol or None)
    core, moment = where.rulebook.core({}), AsOf.of(part.as_of)
    found = columnar.to_verdicts(
        columnar.judge_table(
            core, events=part.events, cases=part.cases, as_of=moment, calendar=where.calendar, related=part.around
        )
    )
    around = {case.id: case for case in _named(part)}
    wrong, verdicts = [], 0
    for case in cases_of(part.events, part.cases):
        rows = prepare(case, as_of=moment, calendar=where.calendar, related=around)
        answers = {"meaning": meaning.judge(core, rows, where.calendar), "columnar": found.get(case.id, ())}
        if not durable.available():
            answers["durable"] = durable.judge(core, rows, where.calendar)
        verdicts += len(answers["meaning"])
        wrong += [f"{case.id}: {name}" for name, answer in answers.items() if answer != answers["meaning"]]
    return len(part.cases), verdicts, wrong


def _named(part: Part) -> Iterator[Case]:
    """The cases that some case of the part names."""
    events, cases = part.around
    if "child" not in part.events.columns:
        return iter(())
    named = part.events["child"].cast(pl.String).drop_nulls().unique()
    some = cases.filter(pl.col("case").is_in(named.implode()))
    return cases_of(events.join(some, on="case", how="semi", maintain_order="left"), some)


@click.command()
@click.option("--cases", default=20_000, show_default=True, help="How many cases under each rulebook.")
@click.option("--seed", default=0, show_default=True, help="Which cases.")
@click.option("--protocol", "names", multiple=True, help="Only this one (national for none). May be repeated.")
@click.option("--ssda903", "folder", type=click.Path(path_type=Path), help="Judge this return, not a made-up cohort.")
@click.option("--year", type=int, help="The collection year of the return, by the year it ends in.")
@click.option("--last-year", type=click.Path(path_type=Path), help="Where the return of the year before is.")
@click.option("--workers", default=multiprocessing.cpu_count(), show_default=True, help="How many processes.")
def main(
    cases: int,
    seed: int,
    names: tuple[str, ...],
    folder: Path | None,
    year: int | None,
    last_year: Path | None,
    workers: int,
) -> None:
    """Require the three readers to agree on a cohort, under the national rules and each protocol."""
    if (folder is None) != (year is None):
        raise click.UsageError("--ssda903 and --year go together")
    reason = durable.available()
    if reason:
        print(f"durable is left out: {reason}")
    every = ["national", *(protocol.name for protocol in Registry.discover().protocols)]
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as spool, context.Pool(workers) as pool:
        for name in names or every:
            started = time.monotonic()
            total = verdicts = 0
            protocol = "" if name == "national" else name
            given = parts(protocol, cases, seed)
            if folder is not None and year is not None:
                given = parts_of_return(protocol, folder, year, last_year, Path(spool) / name)
            for count, some, wrong in pool.imap(differences, given):
                if wrong:
                    sys.exit(f"{name}: readers differ on {len(wrong)} cases, such as {wrong[:5]}")
                total, verdicts = total + count, verdicts + some
            took = time.monotonic() - started
            print(f"{name}: {total:,} cases, {verdicts:,} verdicts, all equal ({took:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
