"""The command line: `iro-rules assess`, `explain`, `rules`, `protocol list`. Everything heavy is imported late."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from iro_rules import __version__
from iro_rules.errors import IroRulesError

if TYPE_CHECKING:
    from iro_rules.assessment import Assessment, Setting

FAIL_ON = ("overdue", "breached", "conflict", "not_in_place")


class _Told(click.ClickException):
    """An error of ours, told as it is; bad usage and bad input both end with exit code 2."""

    exit_code = 2


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except IroRulesError as error:
            raise _Told(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="iro-rules")
def main() -> None:
    """What is owed to a looked-after child, by whom, by when, under which rule.

    Exit codes: 0 done; 1 something is overdue and --fail-on asked about it; 2 bad usage or bad input.
    """


_protocol = click.option("--protocol", metavar="NAME", help="A council's protocol; without one, national rules alone.")
_read = click.option(
    "--read",
    "readings",
    multiple=True,
    metavar="INTERPRETATION=READING",
    help="Choose a reading of an open question. May be repeated.",
)


@main.command()
@click.argument("case_file", metavar="CASE.json", type=click.Path(path_type=Path))
@_protocol
@click.option("--as-of", required=True, metavar="DATE", help="The day asked about, such as 2026-03-02.")
@click.option(
    "--engine", default="checked", show_default=True, metavar="NAME", help="checked, durable, meaning or columnar."
)
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
@_read
@click.option("--fail-on", type=click.Choice(FAIL_ON), multiple=True, help="Exit with 1 if any finding stands so.")
@click.option("--bundles", type=click.Path(path_type=Path), help="Where to keep a bundle if two readers differ.")
def assess(
    case_file: Path,
    protocol: str | None,
    as_of: str,
    engine: str,
    shape: str,
    readings: tuple[str, ...],
    fail_on: tuple[str, ...],
    bundles: Path | None,
) -> None:
    """Judge the case in a file, on a day, and say how everything owed stands."""
    made = _assess(case_file, protocol, as_of, engine, readings, bundles)
    if shape == "json":
        import json

        from iro_rules.formats.assessment_json import assessment_to_json

        click.echo(json.dumps(assessment_to_json(made), indent=2, ensure_ascii=False))
    else:
        from iro_rules.report.console import console_for, show

        show(made, console_for(sys.stdout))
    if made.where(*fail_on) and fail_on:
        sys.exit(1)


@main.command()
@click.argument("name", metavar="RULE-ID or FINDING-ID")
@_protocol
@click.option("--case", "case_file", type=click.Path(path_type=Path), help="A case file: explain its findings.")
@click.option("--as-of", metavar="DATE", help="The day asked about; needed with --case.")
@click.option("--days", is_flag=True, help="Show the deadline counted day by day.")
@_read
def explain(
    name: str, protocol: str | None, case_file: Path | None, as_of: str | None, days: bool, readings: tuple[str, ...]
) -> None:
    """Explain a rule, or with --case every finding of it (or the one finding named) in that case."""
    from iro_rules.report.console import console_for

    console = console_for(sys.stdout)
    if case_file is None:
        from iro_rules.report.rules import show_rule

        show_rule(_setting(protocol).rulebook, name, console)
        return
    if as_of is None:
        raise click.UsageError("--case needs --as-of, the day asked about")
    from iro_rules.report.explanation import show_findings

    show_findings(_assess(case_file, protocol, as_of, "checked", readings, None), name, console, days=days)


@main.command()
@_protocol
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
def rules(protocol: str | None, shape: str) -> None:
    """List every rule with its source, force and clock."""
    from iro_rules.report.rules import rules_to_json, show_rules

    book = _setting(protocol).rulebook
    if shape == "json":
        import json

        click.echo(json.dumps(rules_to_json(book), indent=2, ensure_ascii=False))
        return
    from iro_rules.report.console import console_for

    show_rules(book, console_for(sys.stdout))


@main.group(name="protocol")
def protocol_group() -> None:
    """Councils' protocols."""


@protocol_group.command(name="list")
def protocol_list() -> None:
    """List the protocol packages installed, with their versions, and those that cannot be used and why."""
    from iro_rules.protocols import Registry
    from iro_rules.report.console import console_for
    from iro_rules.report.rules import show_packages

    show_packages(Registry.discover(), console_for(sys.stdout))


def _setting(protocol: str | None) -> Setting:
    from iro_rules.assessment import setting

    return setting(protocol)


def _assess(
    case_file: Path,
    protocol: str | None,
    as_of: str,
    engine: str,
    readings: tuple[str, ...],
    bundles: Path | None,
) -> Assessment:
    from iro_rules.assessment import assess as judge
    from iro_rules.formats.case_json import read_case

    where = _setting(protocol)
    read = read_case(case_file, terms=where.rulebook.terms)
    return judge(
        read.case,
        as_of=as_of,
        protocol=where,
        related=read.related.values(),
        engine=engine,
        readings=_readings(readings),
        bundles=bundles,
    )


def _readings(given: tuple[str, ...]) -> dict[str, str]:
    chosen = {}
    for text in given:
        name, sign, reading = text.partition("=")
        if not sign:
            raise click.UsageError(f"--read {text} needs the form INTERPRETATION=READING")
        chosen[name] = reading
    return chosen


if __name__ == "__main__":
    main()
