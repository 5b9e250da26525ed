"""Commands about the cases of a file: how everything owed stands, why, under whose rules, on a page; and an audit."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from iro_rules.cli.asking import PROTOCOL, READ, UNVERIFIED, cases_in, judged, setting_of
from iro_rules.cli.output import out, tell, tell_json, write
from iro_rules.readings import chosen_readings
from iro_rules.report.visible import visible

FAIL_ON = ("overdue", "breached", "conflict", "not_in_place", "stale")


@click.command()
@click.argument("case_file", metavar="CASE.json", type=click.Path(path_type=Path))
@PROTOCOL
@click.option("--as-of", required=True, metavar="DATE", help="The day asked about, such as 2026-03-02.")
@click.option(
    "--engine", default="checked", show_default=True, metavar="NAME", help="checked, durable, meaning or columnar."
)
@click.option(
    "--format", "shape", type=click.Choice(["table", "json", "html", "ics"]), default="table", show_default=True
)
@click.option(
    "--only",
    multiple=True,
    metavar="STANDING",
    help="Of the table show only what stands so, such as overdue or open. May be repeated.",
)
@READ
@click.option("--fail-on", type=click.Choice(FAIL_ON), multiple=True, help="Exit with 1 if any finding stands so.")
@click.option("--bundles", type=click.Path(path_type=Path), help="Where to keep a bundle if two readers differ.")
@UNVERIFIED
def assess(
    case_file: Path,
    protocol: str | None,
    as_of: str,
    engine: str,
    shape: str,
    only: tuple[str, ...],
    readings: tuple[str, ...],
    fail_on: tuple[str, ...],
    bundles: Path | None,
    unverified: bool,
) -> None:
    """Judge the case in a file, on a day, and say how everything owed stands."""
    chosen = _standings(only, shape)
    made = judged(case_file, setting_of(protocol, unverified), as_of, engine, readings, bundles)
    if shape == "json":
        from iro_rules.formats.assessment_json import assessment_to_json

        tell_json(assessment_to_json(made))
    elif shape == "html":
        from iro_rules.report.html import case_page

        write(case_page(made).encode())
    elif shape == "ics":
        from iro_rules.report.ics import calendar_of

        write(calendar_of(made))
    else:
        from iro_rules.report.console import show

        tell(lambda console: show(made, console, standings=chosen))
    if fail_on and made.where(*fail_on):
        sys.exit(1)


def _standings(names: tuple[str, ...], shape: str) -> tuple[str, ...]:
    """The standings asked for, as they are called in the table or in JSON."""
    from iro_rules.rulebook import Standing

    if names and shape != "table":
        raise click.UsageError(f"--only chooses rows of the table; --format {shape} always has every finding")
    found = tuple(name.strip().lower().replace(" ", "_").replace("-", "_") for name in names)
    for name, standing in zip(names, found, strict=True):
        if standing not in list(Standing):
            known = ", ".join(standing.value for standing in Standing)
            raise click.UsageError(f"--only {visible(name[:80])} is no standing; one of {known}")
    return found


@click.command()
@click.argument("case_file", metavar="CASE.json", type=click.Path(path_type=Path))
@click.option(
    "--protocols", required=True, metavar="NAMES", help="Two or more, with commas between; “national” is one too."
)
@click.option("--as-of", required=True, metavar="DATE", help="The day asked about, such as 2026-03-02.")
@click.option("--all", "every", is_flag=True, help="In the table also the findings that stand alike under all.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
@READ
@UNVERIFIED
def compare(
    case_file: Path, protocols: str, as_of: str, every: bool, shape: str, readings: tuple[str, ...], unverified: bool
) -> None:
    """Judge one case under several protocols, and say where they differ."""
    from iro_rules.formats.case_json import read_case
    from iro_rules.lab import compare as side_by_side
    from iro_rules.lab import comparison_to_json, words_of
    from iro_rules.report.console import show_comparison

    names = [name.strip() for name in protocols.split(",") if name.strip()]
    read = read_case(case_file, terms=words_of(names))
    found = side_by_side(
        read.case,
        as_of=as_of,
        protocols=names,
        related=read.related.values(),
        readings=chosen_readings(readings),
        unverified=unverified,
    )
    if shape == "json":
        tell_json(comparison_to_json(found))
    else:
        table = found.stands() if every else found.differences()
        notes = [word.words() for word in found.foreign]
        heading = f"Case {read.case.id}, as of {as_of}: {', '.join(names)}"
        tell(lambda console: show_comparison(console, heading, table.columns, table.rows(), notes))


@click.command()
@click.argument("case_file", metavar="CASES.json", type=click.Path(path_type=Path))
@PROTOCOL
@click.option("--as-of", required=True, metavar="DATE", help="The day asked about, such as 2026-03-02.")
@click.option("--title", default="Cases", show_default=True, help="What the page is called.")
@click.option("--format", "shape", type=click.Choice(["html", "ics"]), default="html", show_default=True)
@READ
@UNVERIFIED
def report(
    case_file: Path,
    protocol: str | None,
    as_of: str,
    title: str,
    shape: str,
    readings: tuple[str, ...],
    unverified: bool,
) -> None:
    """Judge the cases of a file, and put what is not done on one page, or every deadline in one calendar."""
    from iro_rules.assessment import assess as judge

    where, chosen = setting_of(protocol, unverified), chosen_readings(readings)
    made = [
        judge(one.case, as_of=as_of, protocol=where, related=one.related.values(), readings=chosen)
        for one in cases_in(case_file, where, many=True)
    ]
    if shape == "ics":
        from iro_rules.report.ics import calendar_of

        write(calendar_of(made))
    else:
        from iro_rules.report.html import cohort_page

        write(cohort_page(made, title=title).encode())


@click.command()
@click.argument("case_file", metavar="AUTHORITY.json", type=click.Path(path_type=Path))
@PROTOCOL
@click.option("--as-of", required=True, metavar="DATE", help="The day asked about, such as 2026-03-02.")
@click.option(
    "--format", "shape", type=click.Choice(["table", "json", "markdown", "html"]), default="table", show_default=True
)
@UNVERIFIED
@READ
def audit(
    case_file: Path, protocol: str | None, as_of: str, shape: str, unverified: bool, readings: tuple[str, ...]
) -> None:
    """Audit an authority's IRO service: what is in place, what is not, caseloads, training, and what to do next."""
    from iro_rules.report.audit import audit_of, refuse_a_child

    found = audit_of(
        judged(case_file, setting_of(protocol, unverified), as_of, "checked", readings, None, refuse_a_child)
    )
    if shape == "json":
        from iro_rules.formats.audit_json import audit_to_json

        tell_json(audit_to_json(found))
    elif shape == "markdown":
        from iro_rules.report.audit_page import audit_to_markdown

        out(audit_to_markdown(found))
    elif shape == "html":
        from iro_rules.report.html import audit_page

        write(audit_page(found).encode())
    else:
        from iro_rules.report.audit_page import show_audit

        tell(lambda console: show_audit(found, console))


@click.command()
@click.argument("name", metavar="RULE-ID or FINDING-ID")
@PROTOCOL
@click.option("--case", "case_file", type=click.Path(path_type=Path), help="A case file: explain its findings.")
@click.option("--as-of", metavar="DATE", help="The day asked about; needed with --case.")
@click.option("--days", is_flag=True, help="Show the deadline counted day by day.")
@UNVERIFIED
@READ
def explain(
    name: str,
    protocol: str | None,
    case_file: Path | None,
    as_of: str | None,
    days: bool,
    unverified: bool,
    readings: tuple[str, ...],
) -> None:
    """Explain a rule, or with --case every finding of it (or the one finding named) in that case."""
    if case_file is None:
        if as_of is not None or days or readings or unverified:
            raise click.UsageError("--as-of, --days, --read and --unverified are about a case: name it with --case")
        from iro_rules.report.rules import show_rule

        book = setting_of(protocol, unverified=True).rulebook
        tell(lambda console: show_rule(book, name, console))
        return
    if as_of is None:
        raise click.UsageError("--case needs --as-of, the day asked about")
    from iro_rules.report.explanation import show_findings

    made = judged(case_file, setting_of(protocol, unverified), as_of, "checked", readings, None)
    tell(lambda console: show_findings(made, name, console, days=days))
