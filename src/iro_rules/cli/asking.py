"""What several commands ask in the same words: which rules, which readings, which case on which day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iro_rules.errors import CaseError, IroRulesError
from iro_rules.readings import chosen_readings

if TYPE_CHECKING:
    from iro_rules.assessment import Assessment, Setting
    from iro_rules.facts import Case
    from iro_rules.formats import CaseFile

PROTOCOL = click.option("--protocol", metavar="NAME", help="A council's protocol; without one, national rules alone.")
UNVERIFIED = click.option("--unverified", is_flag=True, help="Bring in the rules whose source nobody has read.")
READ = click.option(
    "--read",
    "readings",
    multiple=True,
    metavar="INTERPRETATION=READING",
    help="Choose a reading of an open question. May be repeated.",
)


def setting_of(protocol: str | None, unverified: bool) -> Setting:
    """The rules asked for: a council's or the national ones alone."""
    from iro_rules.assessment import setting

    return setting(protocol, unverified=unverified)


def cases_in(case_file: Path, where: Setting, *, many: bool) -> Sequence[CaseFile]:
    """The cases of a file, or its one case; a refusal says under which protocols installed the file could be read."""
    from iro_rules.formats import read_case, read_cases

    def read(terms: Mapping[str, Mapping[str, str]]) -> Sequence[CaseFile]:
        return read_cases(case_file, terms=terms) if many else [read_case(case_file, terms=terms)]

    try:
        return read(where.rulebook.terms)
    except CaseError as error:
        from iro_rules.protocols import Registry

        fitting = []
        for protocol in Registry.discover().protocols:
            with suppress(IroRulesError):
                read(setting_of(protocol.name, False).rulebook.terms)
                fitting.append(f"--protocol {protocol.name}")
        if fitting:
            error.add_note(f"Every word of this file is known under {' or '.join(fitting)}.")
        raise


def judged(
    case_file: Path,
    where: Setting,
    as_of: str,
    engine: str,
    readings: tuple[str, ...],
    bundles: Path | None,
    refuse: Callable[[Case], None] | None = None,
) -> Assessment:
    """The assessment of the case in a file; `refuse` may refuse the case before it is judged."""
    from iro_rules.assessment import assess as judge

    (read,) = cases_in(case_file, where, many=False)
    if refuse is not None:
        refuse(read.case)
    return judge(
        read.case,
        as_of=as_of,
        protocol=where,
        related=read.related.values(),
        engine=engine,
        readings=chosen_readings(readings),
        bundles=bundles,
    )
