"""The commands for whole cohorts: `batch` and `generate cohort`. All that is heavy comes late."""

from __future__ import annotations

import sys
from pathlib import Path

import click

FORMATS = ("parquet", "csv", "ssda903")


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
    with progress(console_for(sys.stderr), cases) as bar:
        written = generate_cohort(
            out, cases=cases, seed=seed, shape=shape, count=authorities, protocols=chosen,
            told=lambda done: bar.at(done, done, 0),
        )  # fmt: skip
    for name, rows in sorted(written.items()):
        click.echo(f"{name}: {rows:,} rows")
