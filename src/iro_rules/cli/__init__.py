"""The command line: one command a question. All that is heavy comes late."""

from __future__ import annotations

from typing import Any

import click

from iro_rules import __version__
from iro_rules.cli.cases import assess, audit, compare, explain, report
from iro_rules.cli.cohorts import batch, generate, template
from iro_rules.cli.protocols import protocol_group
from iro_rules.cli.rule_lists import ledger, rules
from iro_rules.cli.serving import serve
from iro_rules.errors import IroRulesError
from iro_rules.report.visible import visible

COMMANDS = (assess, audit, batch, compare, explain, generate, ledger, protocol_group, report, rules, serve, template)


class _Told(click.ClickException):
    """An error of ours, told as it is; bad usage and bad input both end with exit code 2."""

    exit_code = 2


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except IroRulesError as error:
            told = "\n".join([str(error), *getattr(error, "__notes__", ())])
            raise _Told(visible(told, lines=True)) from error


@click.group(
    cls=_Commands,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="iro-rules")
def main() -> None:
    """What is owed to a looked-after child, by whom, by when, under which rule.

    Exit codes: 0 done; 1 there is something that --fail-on asked about; 2 bad usage or bad input.
    """
