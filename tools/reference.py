"""Write what is made from the code: the pages of docs/reference on facts, rules and rows, and the JSON Schemas.

python tools/reference.py            writes them
python tools/reference.py --check    exits with 1 if one is not what would be written
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from textwrap import wrap

import attrs

from iro_rules.assessment import Setting, setting
from iro_rules.assessment.words import a_day, plain
from iro_rules.checking import Kind, Severity
from iro_rules.cohorts.event_columns import FIELDS as EVENT_FIELDS
from iro_rules.cohorts.event_columns import OF_CASES, OF_EVERY_ROW
from iro_rules.cohorts.reasons import REASONS
from iro_rules.cohorts.ssd_columns import TABLES as SSD_TABLES
from iro_rules.cohorts.ssda903_codes import FIRST_YEAR, LAST_YEAR, LEGAL_STATUS, PLACEMENT_TYPE
from iro_rules.cohorts.ssda903_codes import TABLES as RETURN_TABLES
from iro_rules.cohorts.ssda903_codes import codes as return_codes
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.kinds import KINDS
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.formats.asking_schema import (
    explanation_schema,
    problem_schema,
    protocols_schema,
    question_schema,
    supposition_schema,
    what_if_schema,
)
from iro_rules.formats.assessment_schema import assessment_schema, ledger_schema, rules_schema
from iro_rules.formats.audit_schema import audit_schema
from iro_rules.formats.check_schema import check_schema
from iro_rules.formats.comparison_schema import comparison_schema
from iro_rules.formats.protocol_schema import protocol_schema
from iro_rules.formats.schema import case_schema, schema_text
from iro_rules.formats.schema_parts import Schema
from iro_rules.national import rulebook
from iro_rules.protocols import Registry
from iro_rules.readings import Interpretation, interpretations_in
from iro_rules.report.ledger import account_of, closing, naming
from iro_rules.report.patterns import arises, met_by
from iro_rules.report.picture import pictures_of
from iro_rules.report.rules import KIND_OF, clock_of, shown_rules
from iro_rules.report.svg import svg
from iro_rules.rulebook import Duty, Ladder, Rulebook
from iro_rules.rulebook.ledger import Ledger, RowStanding, ledger_of
from iro_rules.rulebook.rules import AnyRule
from iro_rules.testing.scenario_files import read_folder
from iro_rules.testing.worked import Example, examples

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "src" / "iro_rules" / "formats" / "schemas"
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by `python tools/reference.py`; change the code, not this page. -->"

WIDTH = 120
"""The width of running text on a page; tables take what they need."""

PROTOCOLS = ("barnet", "derby", "rochdale")

RETURN_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
"""The collection years whose codes are known, by the year they end in."""

USUAL = "2011-04-01"
"""From when nearly every national rule is in force; only other days are told."""

HOLDS = {
    "key": "a key",
    "date": "a date",
    "int": "a whole number",
    "text": "free text, never interpreted",
}


def facts_page() -> str:
    """Every kind of fact with its fields, and the national terms."""
    lines = ["# Facts", "", MADE, ""]
    lines += [
        "Every fact has `when` (a date, or a time with its offset), and may have an `id` and a `source`.",
        "A protocol adds terms of its own to the vocabularies at the end.",
        "",
    ]
    for kind, cls in KINDS.items():
        lines += [f"## {kind}", "", (cls.__doc__ or "").strip().splitlines()[0], ""]
        fields = plain_fields(cls)
        if fields:
            lines += ["| field | holds | needed |", "|---|---|---|"]
        for name, attribute in fields.items():
            metadata = attribute.metadata
            if metadata["kind"] in ("term", "terms"):
                many = "any number of terms" if metadata["kind"] == "terms" else "a term"
                holds = f"{many} of `{metadata['vocabulary']}`"
            else:
                holds = HOLDS[metadata["kind"]]
            default = attribute.default
            needed = "yes" if default is attrs.NOTHING else "no" if default in (None, ()) else f"no (else `{default}`)"
            lines.append(f"| `{name}` | {holds} | {needed} |")
        lines += [""] if fields else []
        if cls.WORKED_OUT:
            worked_out = ", ".join(f"`{name}`" for name in cls.WORKED_OUT)
            lines += [f"Worked out from these, never recorded: {worked_out}.", ""]
    lines += ["# National vocabularies", ""]
    for name, family in VOCABULARIES.items():
        terms = ", ".join(f"`{member.value}`" for member in family) or "none: each ladder brings its own"
        lines += [f"- **{name}**: {terms}"]
    return "\n".join(lines) + "\n"


SAID_OF_RULES = (
    "Each rule says what it asks in our own words, what brings it about and what meets it (kinds of facts stand in",
    "“quotation marks”), how long there is, where it comes from, how binding it is, how far the source was read.",
    "It is in force from 1 April 2011 unless it says otherwise. The examples are scenarios of the tests, so",
    "the library gives each of these answers.",
    "",
)

INSTRUMENTS = {
    "rules-act": ("Rules of the Acts", ("Children Act 1989", "Children and Young Persons Act 2008")),
    "rules-regulations": (
        "Rules of the Care Planning Regulations",
        ("Care Planning, Placement and Case Review (England) Regulations 2010",),
    ),
    "rules-handbook": ("Rules of the IRO Handbook", ("IRO Handbook 2010",)),
    "rules-plo-guidance": (
        "Rules of the PLO guidance",
        ("Good practice guidance for IROs in the PLO", "Cafcass practice note, December 2017"),
    ),
}
"""The pages of the national rules: each with its title and the sources whose rules are on it."""


def rules_page(where: Setting, title: str, scenarios: Path, *, only: str) -> str:
    """Every rule of a protocol that gives findings, by its source, with a worked example, and the open questions."""
    book = where.rulebook
    rules = [rule for rule in shown_rules(book) if rule.id.startswith(only)]
    worked = examples(where, read_folder(scenarios, {only.rstrip("."): book}.__getitem__))
    sources = by_source(rules)
    if len(sources) == 1:
        sources = {"Rules": rules}
    lines = [f"# {title}", "", MADE, "", *SAID_OF_RULES]
    if len(sources) > 1:
        lines += [f"- [{source}](#{anchor(source)}): {len(found)} rules" for source, found in sources.items()]
        lines += ["- [Open questions](#open-questions)", ""]
    lines += _drawn(only)
    for source, found in sources.items():
        lines += [f"## {source}", ""]
        for rule in found:
            lines += _rule(rule, book, worked[rule.id])
    return "\n".join([*lines, *_open_questions(rules)])


def national_pages() -> dict[Path, str]:
    """The national rules: a page for each group of instruments, and one that lists them and has the open questions.

    Raises ValueError where a rule's source has no page, since the rule would be on none.
    """
    where = setting(unverified=True)
    book = where.rulebook
    rules = shown_rules(book)
    worked = examples(where, read_folder(ROOT / "tests" / "national" / "scenarios", {"": book}.__getitem__))
    sources = by_source(rules)
    homeless = sorted(sources.keys() - {source for _, held in INSTRUMENTS.values() for source in held})
    if homeless:
        raise ValueError(f"sources without a page: {', '.join(homeless)}; put each into INSTRUMENTS")
    index = ["# National rules", "", MADE, "", *SAID_OF_RULES]
    index += ["The rules are on a page for each instrument:", ""]
    found: dict[Path, str] = {}
    for name, (title, held) in INSTRUMENTS.items():
        lines = [f"# {title}", "", MADE, "", *SAID_OF_RULES]
        for source in held:
            counted = f"{len(sources[source])} {'rule' if len(sources[source]) == 1 else 'rules'}"
            index += [f"- [{source}]({name}.md#{anchor(source)}): {counted}"]
            lines += [f"- [{source}](#{anchor(source)}): {counted}"]
        lines += ["- [Open questions](rules-national.md#open-questions), of all the national rules", ""]
        for source in held:
            lines += [f"## {source}", ""]
            for rule in sources[source]:
                lines += _rule(rule, book, worked[rule.id], questions="rules-national.md")
        found[REFERENCE / f"{name}.md"] = "\n".join(lines)
    index += ["", "What the sources leave open is below, for all of them: some questions concern several.", ""]
    return found | {REFERENCE / "rules-national.md": "\n".join([*index, *_open_questions(rules)])}


def by_source(rules: Iterable[AnyRule]) -> dict[str, list[AnyRule]]:
    """Rules by the instrument they cite, in the order in which the instruments are first cited."""
    sources: dict[str, list[AnyRule]] = {}
    for rule in rules:
        sources.setdefault(instrument(rule.law.citation), []).append(rule)
    return sources


def _open_questions(rules: Iterable[AnyRule]) -> list[str]:
    questions: dict[str, Interpretation] = {i.id: i for rule in rules for i in interpretations_in(rule)}
    lines = ["## Open questions", ""]
    for interpretation in sorted(questions.values(), key=lambda i: i.id):
        lines += [f"### {interpretation.id}", "", interpretation.question, ""]
        for name, meaning in interpretation.readings:
            mark = " (used unless chosen otherwise)" if name == interpretation.default else ""
            lines.append(f"- `{name}`: {meaning}{mark}")
        lines += ["", interpretation.why, ""]
    return lines


def _drawn(only: str) -> list[str]:
    """The ladders of a protocol, drawn."""
    name = only.rstrip(".")
    protocol = Registry.discover().protocol(name) if name else None
    if protocol is None or not any(isinstance(part, Ladder) for part in protocol.parts):
        return []
    lines = ["## Ladders", "", "A dashed arrow is what silence does.", ""]
    for ladder, picture in pictures_of(protocol).items():
        said = wrap(picture.description(), WIDTH)
        lines += [f"### {ladder}", "", f"![{picture.title}](ladders/{ladder}.svg)", "", "In words:", "", *said, ""]
    return lines


def _drawings(registry: Registry) -> dict[Path, str]:
    """The ladders of every protocol as pictures."""
    protocols = [registry.protocol(name) for name in PROTOCOLS]
    laddered = [p for p in protocols if any(isinstance(part, Ladder) for part in p.parts)]
    drawn = {name: picture for protocol in laddered for name, picture in pictures_of(protocol).items()}
    return {REFERENCE / "ladders" / f"{name}.svg": svg(picture) for name, picture in drawn.items()}


ROOMS = (
    "iro_rules", "iro_rules.facts", "iro_rules.rulebook", "iro_rules.clock", "iro_rules.readings",
    "iro_rules.protocols", "iro_rules.assessment", "iro_rules.checking", "iro_rules.formats", "iro_rules.cohorts",
    "iro_rules.batch", "iro_rules.lab", "iro_rules.report.html", "iro_rules.report.ics", "iro_rules.engines.columnar",
)  # fmt: skip
"""The modules whose names are public, in the order in which the page of the API has them."""


def api_page() -> str:
    """Every public name with what its docstring says, for Sphinx to fill in."""
    lines = ["# API", "", MADE, "", "What is not on this page is not public, and may change without notice.", ""]
    told: set[int] = set()
    for room in ROOMS:
        module = importlib.import_module(room)
        lines += [f"## {room}", "", *(module.__doc__ or "").strip().splitlines()[:1], ""]
        lines += ["```{eval-rst}", f".. currentmodule:: {room}", ""]
        for name in public(room):
            value = getattr(module, name)
            if name.startswith("__") or (id(value) in told and room != "iro_rules"):
                continue
            told.add(id(value))
            lines += [f".. {_directive(value)}:: {name}"]
        lines += ["```", ""]
    return "\n".join(lines)


def public(room: str) -> list[str]:
    """The public names of a module: those it lists, or else those it defines that do not begin with an underscore."""
    module = importlib.import_module(room)
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", None) == room]
    return list(getattr(module, "__all__", [name for name in own if not name.startswith("_")]))


def _directive(value: object) -> str:
    if isinstance(value, type):
        return "autoexception" if issubclass(value, Exception) else "autoclass"
    return "autofunction" if callable(value) else "autodata"


def instrument(citation: str) -> str:
    """What a citation cites: up to the year in its name, or else to the first comma."""
    named = re.match(r".*?\b(19|20)\d\d\b", citation)
    return named[0] if named else citation.partition(", ")[0]


def anchor(heading: str) -> str:
    """A heading as the pages that show Markdown name it in links."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _rule(rule: AnyRule, book: Rulebook, worked: Sequence[Example], *, questions: str = "") -> list[str]:
    law = rule.law
    joint = "or" if rule.joint == "either" else "and"
    readings = [f"[{i.id}]({questions}#{anchor(i.id)})" for i in interpretations_in(rule)]
    until = f" until {a_day(law.end)}" if law.end else ""
    facts = [
        ("what it is", KIND_OF[type(rule)].replace("_", " ")),
        ("who", f" {joint} ".join(plain(role) for role in rule.bearer)),
        ("owed to", " and ".join(plain(role) for role in rule.to)),
        ("arises from", arises(rule, book)),
        ("met by", met_by(rule, book)),
        ("clock", clock_of(rule) or ("the source gives none" if isinstance(rule, Duty) else "")),
        ("source", f"{law.citation}; rows {', '.join(law.rows)}"),
        ("binds", f"{law.force}, {law.modality} (the source’s verb: “{law.verb}”)"),
        ("how far read", f"{law.verified}, {law.verified.words()}"),
        ("in force", "" if law.start.isoformat() == USUAL and not until else f"from {a_day(law.start)}{until}"),
        ("national rule", "; ".join(f"{towards} `{name}`" for towards, name in law.national)),
        ("left open", ", ".join(readings)),
        ("note", rule.note),
    ]
    lines = [f"### {rule.id}", "", rule.act[:1].upper() + rule.act[1:] + ".", ""]
    lines += [*[f"- {name}: {text}" for name, text in facts if text], ""]
    for example in worked:
        lines += [f"> {example.words()}", ""]
    return lines


def ledger_page(ledger: Ledger, title: str) -> str:
    """Every row of the sources with the rules that encode it, a table for each source, and the counts."""
    lines = [f"# {title}", "", MADE, "", *wrap(closing(ledger), WIDTH), ""]
    lines += [
        "A row is one statement of a source, in a few words of ours; *binds* is how binding the source makes it.",
        "Where no rule encodes a row, the last column says how it stands and why:",
        "",
        *(f"- **{standing}**: {standing.words()}" for standing in RowStanding if standing is not RowStanding.ENCODED),
        "",
    ]
    for source in dict.fromkeys(row.source.source for row in ledger.rows):
        lines += [f"## {source}", "", "| row | where | binds | whom | asks | rules, or why there is none |"]
        lines += ["|---|---|---|---|---|---|"]
        for row in ledger.rows:
            if row.source.source == source:
                rules = ", ".join(f"`{rule}`" for rule in naming(row))
                cells = (row.id, row.source.where, row.source.modality, row.source.bearer, row.source.asks)
                lines.append(f"| {' | '.join(cells)} | {rules or account_of(row)} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def schemas_page(schemas: Mapping[str, Schema]) -> str:
    """Every published shape of JSON, and where it is."""
    lines = ["# Schemas", "", MADE, ""]
    lines += wrap(
        "What the library reads and writes as JSON has a published shape: a JSON Schema (2020-12) with a version in "
        "its name. A version never changes; what breaks a reader gets a new one. They are shipped with the package: "
        "`iro_rules.formats.schema.shipped(NAME)` gives one.",
        WIDTH,
    )
    for name, schema in schemas.items():
        lines += ["", f"## {name}", "", f"{schema['title']}. `{schema['$id']}`", ""]
        lines += wrap(str(schema.get("description", "")), WIDTH)
        lines += ["", f"File: `src/iro_rules/formats/schemas/{name}.json`"]
    return "\n".join(lines) + "\n"


def findings_page() -> str:
    """Every kind of finding a protocol's check can have, what it says and what to do about it."""
    lines = ["# Findings of a protocol’s check", "", MADE, ""]
    lines += wrap(
        "`iro-rules protocol check NAME` reasons over the rules without any case. Each finding has a kind; each kind "
        "weighs as one of three. How to go about it: [Check a protocol](../how-to/check-a-protocol.md).",
        WIDTH,
        break_on_hyphens=False,
        break_long_words=False,
    )
    for severity in Severity:
        lines += ["", f"## {str(severity).capitalize()}s", "", f"{severity.words().capitalize()}.", ""]
        lines += ["| kind | what it says | what to do |", "|---|---|---|"]
        lines += [f"| `{kind}` | {kind.meaning} | {kind.remedy} |" for kind in Kind if kind.severity is severity]
    return "\n".join(lines) + "\n"


def event_tables_page() -> str:
    """The columns of event tables and of tables of cases."""
    lines = ["# Columns of event tables", "", MADE, ""]
    lines += [
        "One row a fact; CSV, JSON lines and Parquet have the same columns. A column may be left out where no row has",
        "anything in it, but for `case`, `kind` and `when`. How to make and read such tables:",
        "[Read your own records as event tables](../how-to/event-tables.md).",
        "",
    ]
    lines += ["| column | holds |", "|---|---|"]
    lines += [f"| `{name}` | {holds} |" for name, holds in OF_EVERY_ROW.items()]
    lines += ["", "## Of some kinds of facts", "", "Bold: this kind needs a value here.", ""]
    lines += ["| column | holds | kinds of facts |", "|---|---|---|"]
    for name, field in EVENT_FIELDS.items():
        word = {"term": f"a term of `{field.vocabulary}`", "terms": f"terms of `{field.vocabulary}`, spaces between"}
        holds = word.get(field.holds) or HOLDS[field.holds]
        kinds = [f"**{kind}**" if kind in field.required else kind for kind in sorted(field.kinds)]
        lines.append(f"| `{name}` | {holds} | {', '.join(kinds)} |")
    lines += ["", "## The table of cases", "", "| column | holds |", "|---|---|"]
    lines += [f"| `{name}` | {holds} |" for name, holds in OF_CASES.items()]
    return "\n".join(lines) + "\n"


def returns_page() -> str:
    """The tables, columns and codes of an SSDA903 return and of the Standard Safeguarding Dataset that are read."""
    lines = ["# Tables and codes of a return and of the dataset", "", MADE, "", "## SSDA903", ""]
    lines += ["A table is the first whose columns in the second column of this list are all there.", ""]
    lines += ["| table | known by | read |", "|---|---|---|"]
    for table in RETURN_TABLES:
        lines.append(f"| {table.name} | {' '.join(sorted(table.known_by))} | {'yes' if table.used else 'no'} |")
    last = RETURN_YEARS[-1]
    lines += ["", f"Codes in the collection year that ends in {last}:", "", "| column | codes |", "|---|---|"]
    lines += [
        f"| {column} | {' '.join(return_codes(column, last))} |"
        for column in ("RNE", "LS", "REC", "PLACE", "REVIEW_CODE")
    ]
    lines += ["", "Placements that come or go:", "", "| from | in the list | no longer in it |", "|---|---|---|"]
    for year in RETURN_YEARS[1:]:
        now, before = set(return_codes("PLACE", year)), set(return_codes("PLACE", year - 1))
        if now != before:
            lines.append(
                f"| {year - 1}/{year % 100:02} | {' '.join(sorted(now - before))} | {' '.join(sorted(before - now))} |"
            )
    lines += [
        "",
        "| legal status | is |",
        "|---|---|",
        *(f"| {code} | `{term}` |" for code, term in LEGAL_STATUS.items()),
    ]
    lines += [
        "",
        "| placement | is |",
        "|---|---|",
        *(f"| {code} | `{term}` |" for code, term in PLACEMENT_TYPE.items()),
    ]
    lines += ["", "## Standard Safeguarding Dataset", "", "Columns in bold have to be there.", ""]
    lines += ["| table | columns that are read | shows |", "|---|---|---|"]
    for dataset in SSD_TABLES.values():
        columns = [f"**{c.names[0]}**" if c.needed else " or ".join(c.names) for c in dataset.columns.values()]
        shows = ", ".join(f"`{kind}`" for kind in dataset.shows) or "whose referral it is"
        lines.append(f"| {dataset.name} | {', '.join(columns)} | {shows} |")
    return "\n".join(lines) + "\n"


def protocol_data_page() -> str:
    """Every table and key of a protocol as data; made in a module of its own."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    made: str = importlib.import_module("tools.protocol_data_page").page(MADE)
    return made


def reasons_page() -> str:
    """Every reason for which a row or a value is not used."""
    lines = ["# Why a row is not used", "", MADE, ""]
    lines += ["Each row set aside, and each value left out of a row that is used, is told with one of these codes.", ""]
    lines += ["| code | reason | what to do |", "|---|---|---|"]
    lines += [f"| `{code}` | {reason.sentence} | {reason.remedy} |" for code, reason in sorted(REASONS.items())]
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Every generated file and what it should say."""
    registry = Registry.discover()
    found = {
        REFERENCE / "facts.md": facts_page(),
        REFERENCE / "findings.md": findings_page(),
        REFERENCE / "event-tables.md": event_tables_page(),
        REFERENCE / "returns.md": returns_page(),
        REFERENCE / "reasons.md": reasons_page(),
        REFERENCE / "protocol-data.md": protocol_data_page(),
        REFERENCE / "api.md": api_page(),
        REFERENCE / "ledger.md": ledger_page(ledger_of(rulebook()), "Ledger of the national sources"),
    }
    for name in PROTOCOLS:
        where, scenarios = setting(name, registry=registry, unverified=True), ROOT / "protocols" / name / "scenarios"
        found[REFERENCE / f"rules-{name}.md"] = rules_page(
            where, f"Rules of {name.title()}", scenarios, only=f"{name}."
        )
    schemas = {
        "case-1": case_schema(),
        "assessment-1": assessment_schema(),
        "audit-1": audit_schema(),
        "rules-1": rules_schema(),
        "ledger-1": ledger_schema(),
        "check-1": check_schema(),
        "comparison-1": comparison_schema(),
        "supposition-1": supposition_schema(),
        "what-if-1": what_if_schema(),
        "question-1": question_schema(),
        "explanation-1": explanation_schema(),
        "protocols-1": protocols_schema(),
        "problem-1": problem_schema(),
        "protocol-1": protocol_schema(),
    }
    found |= national_pages() | _drawings(registry) | {REFERENCE / "schemas.md": schemas_page(schemas)}
    for name in PROTOCOLS:
        own = registry.protocol(name)
        found[REFERENCE / f"ledger-{name}.md"] = ledger_page(
            ledger_of(own.overlay(rulebook()), own.ledger), f"Ledger of {name.title()}"
        )
    return found | {SCHEMAS / f"{name}.json": schema_text(schema) for name, schema in schemas.items()}


def main() -> int:
    """Write the pages, or check them."""
    made = pages()
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is not what the code says; run python tools/reference.py")
        return 1 if stale else 0
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"{len(stale)} files changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
