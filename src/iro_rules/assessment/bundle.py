"""What is kept when two readers differ: enough to judge it again, on this machine and nowhere else."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, final

import attrs

from iro_rules.assessment.settings import Setting, setting
from iro_rules.engines import durable, meaning
from iro_rules.engines.rows import prepare
from iro_rules.engines.verdict import Verdict
from iro_rules.errors import CaseError, IroRulesError
from iro_rules.facts import Case, Coverage, Fact
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.fields import LookedUp
from iro_rules.facts.kinds import KINDS
from iro_rules.rulebook import Rulebook

FORMAT = "iro-rules/disagreement/1"


def write_bundle(
    folder: Path | None,
    *,
    case: Case,
    related: Mapping[str, Case],
    about: Mapping[str, Any],
    answers: Mapping[str, tuple[Verdict, ...]],
) -> str:
    """Write the case, what it was asked, and both answers into a new file only its owner can read; its path.

    The folder is the machine's own for temporary files unless one is given. Raises OSError where it cannot be
    written to.
    """
    content = {
        "format": FORMAT,
        **about,
        "case": plain_case(case),
        "related": [plain_case(other) for other in related.values()],
        "answers": {name: [verdict._asdict() for verdict in found] for name, found in answers.items()},
        "differ": differences(*answers.values()),
    }
    text = json.dumps(content, indent=1)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(prefix="iro-rules-disagreement-", suffix=".json", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    return path


def surroundings(where: Setting) -> dict[str, Any]:
    """The rules and the calendar a case was judged under, by name and version."""
    return {
        "rulebook": where.rulebook.name,
        "packages": [f"{package.name} {package.version}" for package in where.rulebook.packages],
        "calendar": where.calendar.edition,
        "unverified": bool(where.rulebook.unverified),
    }


def differences(one: Iterable[Verdict], other: Iterable[Verdict]) -> list[str]:
    """The ids of the findings on which two answers differ."""
    left, right = Counter(one), Counter(other)
    return sorted({verdict.id for verdict in (left - right) + (right - left)})


@final
@attrs.frozen
class Replayed:
    """What the readers say of a bundle's case now.

    `differ` are the findings on which they differ now, `differed` those on which they did; `changed` says in
    words what is no longer as it was when the bundle was written.
    """

    answers: Mapping[str, tuple[Verdict, ...]]
    differ: tuple[str, ...]
    differed: tuple[str, ...]
    changed: tuple[str, ...]


def replay(bundle: Path | str, *, protocol: str | Rulebook | Setting | None = None) -> Replayed:
    """Judge the case of a bundle again with both readers.

    `protocol` is what it was judged under: without it, the installed protocol the bundle names, or the
    national rules. Raises CaseError for a file that is not a bundle, ProtocolError for a protocol that is not
    installed, and EngineError where durable-rules is not.
    """
    kept = _read(Path(bundle))
    try:
        case, others = _case(kept["case"]), [_case(other) for other in kept["related"]]
        named = [package.rpartition(" ")[0] for package in kept["packages"]][1:]
        then = {name: kept[name] for name in ("rulebook", "packages", "calendar", "unverified")}
        as_of, readings, differed = str(kept["as_of"]), dict(kept["readings"]), tuple(kept["differ"])
    except IroRulesError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _not_a_bundle(bundle, f"{type(error).__name__}: {error}") from error
    given = protocol if protocol is not None else named[0] if named else None
    where = given if isinstance(given, Setting) else setting(given, unverified=bool(kept["unverified"]))
    core = where.rulebook.core(readings)
    rows = prepare(case, as_of=as_of, calendar=where.calendar, related={other.id: other for other in others})
    answers = {
        reader.__name__.rpartition(".")[2]: reader.judge(core, rows, where.calendar) for reader in (durable, meaning)
    }
    now = surroundings(where)
    return Replayed(
        answers=answers,
        differ=tuple(differences(*answers.values())),
        differed=differed,
        changed=tuple(f"{name}: was {then[name]}, is {now[name]}" for name in now if now[name] != then[name]),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _not_a_bundle(path, str(error)) from error
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        raise _not_a_bundle(path, "another format")
    return kept


def _not_a_bundle(path: Path | str, found: str) -> CaseError:
    return CaseError("this is not what is kept when two readers differ", where=str(path), value=found, right=FORMAT)


def plain_case(case: Case) -> dict[str, Any]:
    """A case as it stands in a case file."""
    return {
        "format": "iro-rules/case/1",
        "case": case.id,
        "subject": case.subject,
        "coverage": {"kinds": sorted(case.coverage.kinds), "since": {k: f"{day}" for k, day in case.coverage.since}},
        "facts": [_plain_fact(fact) for fact in case.facts],
    }


def _plain_fact(fact: Fact) -> dict[str, Any]:
    values = {name: value if isinstance(value, str | int) else _plain(value) for name, value in fact.content().items()}
    return {"kind": fact.kind(), "id": fact.id, **values}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value.isoformat()


def _case(plain: Mapping[str, Any]) -> Case:
    coverage = Coverage.only(*plain["coverage"]["kinds"], since=plain["coverage"]["since"])
    return Case(plain["case"], [_fact(fact) for fact in plain["facts"]], coverage=coverage, subject=plain["subject"])


def _fact(plain: Mapping[str, Any]) -> Fact:
    """The fact again; its terms were looked up when the case was judged first."""
    values = dict(plain)
    cls = KINDS[values.pop("kind")]
    for name, attribute in plain_fields(cls).items():
        if name in values and attribute.metadata["kind"] in ("term", "terms"):
            given = values[name]
            values[name] = LookedUp(given) if isinstance(given, str) else [LookedUp(term) for term in given]
    return cls(values.pop("when"), **values)
