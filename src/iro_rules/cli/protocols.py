"""The commands about councils' protocols: `iro-rules protocol list`, `new`, `schema`, `check` and `draw`."""

from __future__ import annotations

import sys

import click

from iro_rules.cli.output import out, tell, tell_json
from iro_rules.report.visible import visible


@click.group(name="protocol")
def protocol_group() -> None:
    """Councils' protocols."""


@protocol_group.command(name="list")
def protocol_list() -> None:
    """List the protocol packages installed, with their versions, and those that cannot be used and why."""
    from iro_rules.protocols import Registry
    from iro_rules.report.rules import show_packages

    found = Registry.discover()
    tell(lambda console: show_packages(found, console))


@protocol_group.command(name="new")
@click.argument("name")
@click.option("--into", default=".", metavar="DIR", help="The folder to write the package into; else this one.")
def protocol_new(name: str, into: str) -> None:
    """Write a package for a new protocol: a made-up example with a ladder, scenarios and tests, to be edited."""
    from iro_rules.kit import new_protocol

    made = new_protocol(name, into)
    out(f"{visible(str(made))}: an example that was made up; its README.md says what to edit.\n")


@protocol_group.command(name="schema")
def protocol_schema() -> None:
    """Print the JSON Schema of protocol.toml, which an editor completes and marks it by."""
    from iro_rules.formats.schema import schema_text, shipped

    out(schema_text(shipped("protocol-1")))


@protocol_group.command(name="check")
@click.argument("name")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--fail-on", multiple=True, metavar="KIND", help="Exit with 1 if there is a finding of this kind. May be repeated."
)
def protocol_check(name: str, shape: str, fail_on: tuple[str, ...]) -> None:
    """Say, without any case, where a protocol collides with the national rules and what it leaves open."""
    from iro_rules.checking import Kind, check
    from iro_rules.clock import england_and_wales
    from iro_rules.protocols import Registry

    unknown = [kind for kind in fail_on if kind not in list(Kind)]
    if unknown:
        raise click.UsageError(f"--fail-on {visible(unknown[0][:80])} is no kind of finding; one of {', '.join(Kind)}")
    registry = Registry.discover()
    protocol = registry.protocol(name)
    closures = registry.closures(protocol.authority)
    calendar = england_and_wales().with_closures(closures) if closures else england_and_wales()
    with registry.telling_lines(name):
        found = check(protocol, calendar=calendar, beside=registry.protocols)
    if shape == "json":
        from iro_rules.formats.check_json import check_to_json

        tell_json(check_to_json(found))
    else:
        from iro_rules.report.check import show_check

        tell(lambda console: show_check(found, console))
    if found.of(*fail_on):
        sys.exit(1)


@protocol_group.command(name="draw")
@click.argument("name")
@click.option("--ladder", metavar="ID", help="Which ladder; needed for SVG where the protocol has several.")
@click.option("--format", "shape", type=click.Choice(["mermaid", "svg"]), default="mermaid", show_default=True)
def protocol_draw(name: str, ladder: str | None, shape: str) -> None:
    """Draw the ladders of a protocol: stages, moves, clocks and what silence does."""
    from iro_rules.protocols import Registry
    from iro_rules.report.mermaid import mermaid
    from iro_rules.report.picture import pictures_of
    from iro_rules.report.svg import svg

    registry = Registry.discover()
    with registry.telling_lines(name):
        found = pictures_of(registry.protocol(name), ladder)
    if shape == "svg" and len(found) > 1:
        raise click.UsageError(f"{visible(name)} has several ladders: choose one with --ladder, of {', '.join(found)}")
    out("\n".join(svg(picture) if shape == "svg" else mermaid(picture) for picture in found.values()))
