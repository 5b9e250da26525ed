"""The commands for whole cohorts: `batch`, `generate cohort` and `template`. All that is heavy comes late."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from iro_rules.report.visible import visible

FORMATS = ("parquet", "csv", "ssda903")
_FILE = click.Path(path_type=Path)


@click.group()
def generate() -> None:
    """Make things up: cohorts to try things out on."""


@generate.command()
@click.option("--cases", type=click.IntRange(min=2), default=83_000, show_default=True, help="How many children.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Which cohort.")
@click.option("--out", required=True, metavar="FOLDER", type=click.Path(path_type=Path), help="A new or empty folder.")
@click.option("--format", "shape", type=click.Choice(FORMATS), default="parquet", show_default=True)
@click.option("--authorities", type=click.IntRange(1, 999), default=12, show_default=True, help="How many authorities.")
@click.option("--protocol", "protocols", multiple=True, metavar="NAME", help="The first authority's; the second's; ...")
def cohort(cases: int, seed: int, out: Path, shape: str, authorities: int, protocols: tuple[str, ...]) -> None:
    """Make up a cohort of children, national in shape: as event tables, or as an SSDA903 return of two years.

    The same seed and options give the same files. `protocols.csv` says which authority follows which protocol.
    """
    from importlib.util import find_spec

    from iro_rules.errors import needs

    if find_spec("numpy") is None:
        raise needs("numpy", extra="generate", what="making up a cohort")
    from iro_rules.lab.synthetic import generate_cohort
    from iro_rules.protocols import Registry
    from iro_rules.report.batch_page import progress
    from iro_rules.report.console import console_for

    known = Registry.discover()
    chosen = [known.protocol(name) for name in protocols]
    with progress(console_for(sys.stderr)) as bar:
        written = generate_cohort(
            out, cases=cases, seed=seed, shape=shape, count=authorities, protocols=chosen,
            told=lambda done: bar.at(done, cases, done),
        )  # fmt: skip
    for name, rows in sorted(written.items()):
        click.echo(f"{name}: {rows:,} rows")


@click.command()
@click.argument("source", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "readers",
    required=True,
    multiple=True,
    metavar="FORMAT",
    help="What INPUT is: events, ssda903, ssd, or a plugin's. Once for each INPUT, or once for all.",
)
@click.option("--protocol", metavar="NAME", help="The protocol of every authority; without one, national rules alone.")
@click.option(
    "--protocols", type=_FILE, metavar="FILE.csv", help="Whose protocol each authority follows: authority,protocol."
)
@click.option("--authorities", type=_FILE, metavar="FILE.csv", help="The authority of each case: case,authority.")
@click.option("--as-of", required=True, metavar="DATE", help="The day asked about, such as 2026-03-02.")
@click.option("--out", required=True, type=_FILE, metavar="FILE", help="Findings: .parquet, .csv, .jsonl or .xlsx.")
@click.option(
    "--rejects",
    required=True,
    type=_FILE,
    metavar="FILE",
    help="The rows not used, and why: .jsonl or .csv.",
)
@click.option("--resume", is_flag=True, help="Go on with the job that was stopped, if there is one.")
@click.option(
    "--only", multiple=True, metavar="STANDING", help="Write findings of this standing alone. May be repeated."
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME",
    help="Write case and this column of the findings alone. May be repeated.",
)
@click.option("--with", "more", multiple=True, metavar="NAME=VALUE", help="An option of the reader, such as year=2026.")
@click.option(
    "--coverage",
    metavar="KINDS",
    help="What the record covers, where the input does not say: everything, or kinds with spaces between; of one held "
    "from a day on review_held>=2025-04-01.",
)
@click.option(
    "--read", "readings", multiple=True, metavar="INTERPRETATION=READING", help="Choose a reading of an open question."
)
@click.option("--unverified", is_flag=True, help="Bring in the rules whose source nobody has read.")
@click.option("--every-rule", is_flag=True, help="Show rules that are not evaluable in any case, too.")
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="How many parts at once (else as many as cores)."
)
@click.option(
    "--cases-at-once",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many cases a part has (else as many as have half a million rows together).",
)
def batch(
    source: tuple[Path, ...],
    readers: tuple[str, ...],
    protocol: str | None,
    protocols: Path | None,
    authorities: Path | None,
    as_of: str,
    out: Path,
    rejects: Path,
    resume: bool,
    only: tuple[str, ...],
    columns: tuple[str, ...],
    more: tuple[str, ...],
    coverage: str | None,
    readings: tuple[str, ...],
    unverified: bool,
    every_rule: bool,
    workers: int | None,
    cases_at_once: int | None,
) -> None:
    """Judge every case of a cohort, and write the findings as one file.

    The output is written whole or not at all. A job that was stopped, at whatever moment, goes on with --resume and
    gives the same file. Every row of INPUT is used, or told of in the rejects with the reason.
    """
    import attrs

    from iro_rules.batch import Job, Terms, table
    from iro_rules.batch.findings import COLUMNS
    from iro_rules.batch.inputs import Input, authority_table, identity, protocol_table, unmatched
    from iro_rules.report.batch_page import progress, show_batch
    from iro_rules.report.console import console_for

    terms = Terms(
        as_of=as_of,
        protocol=protocol or "",
        protocols=protocol_table(protocols) if protocols else {},
        readings=pairs("--read", readings),
        unverified=unverified,
    )
    if protocols and not authorities:
        raise click.UsageError("--protocols needs --authorities, which says whose case is whose")
    if len(readers) not in (1, len(source)):
        raise click.UsageError("--from is given once for all inputs, or once for each, in their order")
    given = Input(
        paths=source,
        readers=readers * len(source) if len(readers) == 1 else readers,
        options=pairs("--with", more),
        coverage=coverage,
        cases_at_once=cases_at_once,
    )
    whose = authority_table(authorities) if authorities else None
    job = Job(
        cohort=given.opener(terms),
        identity=identity(given),
        terms=terms,
        out=out,
        rejects=rejects,
        authorities=whose,
        notes=unmatched(whose, protocols) if whose is not None and protocols else (),
        only=only,
        workers=workers or 0,
        columns=columns or COLUMNS,
        reads=(*given.read, *(path for path in (authorities, protocols) if path)),
    )
    with progress(console_for(sys.stderr)) as bar:
        result = job.run(resume=resume, told=lambda now: bar.at(now.parts, now.of, now.cases, now.findings))
    shown = console_for(sys.stdout)
    rows = [attrs.asdict(row) for row in table(result.counts)]
    show_batch(rows, attrs.asdict(result, recurse=False), result.notes, shown, every_rule=every_rule)


@click.command()
@click.argument("table", type=click.Choice(["events", "cases"]))
def template(table: str) -> None:
    """Print a CSV event table, or a table of cases, to be filled in: every column, and rows that show the form."""
    from iro_rules.cohorts.event_writing import cases_template
    from iro_rules.cohorts.event_writing import template as events_template

    click.echo(events_template() if table == "events" else cases_template(), nl=False)


def pairs(option: str, given: tuple[str, ...]) -> dict[str, str]:
    """Options of the form NAME=VALUE. Raises a usage error for another form, and for one name with two values."""
    chosen: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise click.UsageError(f"{option} {visible(text[:80])} needs the form NAME=VALUE")
        if chosen.setdefault(name, value) != value:
            raise click.UsageError(f"{option} {visible(name[:80])} is given twice, with different values")
    return chosen
