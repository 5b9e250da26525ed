"""Write the generated pages of docs/reference: every kind of fact, every rule, open question and source row.

python tools/reference.py            writes the pages
python tools/reference.py --check    exits with 1 if a page is not what would be written
"""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import wrap

from iro_rules.assessment import setting
from iro_rules.facts.fact import plain_fields
from iro_rules.facts.kinds import KINDS
from iro_rules.facts.vocabulary import VOCABULARIES
from iro_rules.protocols import Registry
from iro_rules.readings import Interpretation, interpretations_in
from iro_rules.report.ledger import account_of, closing, naming
from iro_rules.report.rules import clock_of, shown_rules
from iro_rules.rulebook import Rulebook
from iro_rules.rulebook.ledger import Ledger, RowStanding, ledger_of
from iro_rules.rulebook.rules import AnyRule

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- Made by `python tools/reference.py`; change the code, not this page. -->"

WIDTH = 120
"""The width of running text on a page; tables take what they need."""

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
            needed = "yes" if str(default) == "NOTHING" else "no" if default in (None, ()) else f"no (else `{default}`)"
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


def rules_page(book: Rulebook, title: str, *, only: str = "") -> str:
    """Every rule of a rulebook that gives findings, with its source, clock and open questions."""
    rules = [rule for rule in shown_rules(book) if rule.id.startswith(only)]
    lines = [f"# {title}", "", MADE, ""]
    questions: dict[str, Interpretation] = {}
    for rule in rules:
        lines += _rule(rule)
        questions |= {i.id: i for i in interpretations_in(rule)}
    lines += ["# Open questions", ""]
    for interpretation in sorted(questions.values(), key=lambda i: i.id):
        lines += [f"## {interpretation.id}", "", interpretation.question, ""]
        for name, meaning in interpretation.readings:
            mark = " (used unless chosen otherwise)" if name == interpretation.default else ""
            lines.append(f"- `{name}`: {meaning}{mark}")
        lines += ["", interpretation.why, ""]
    return "\n".join(lines)


def _rule(rule: AnyRule) -> list[str]:
    law = rule.law
    rows = ", ".join(law.rows)
    lines = [f"## {rule.id}", "", rule.act[:1].upper() + rule.act[1:] + ".", ""]
    joint = "or" if rule.joint == "either" else "and"
    who = f" {joint} ".join(role.replace("_", " ") for role in rule.bearer)
    facts = [
        ("kind", type(rule).__name__.lower()),
        ("who", who),
        ("owed to", " and ".join(role.replace("_", " ") for role in rule.to)),
        ("clock", clock_of(rule)),
        ("source", f"{law.citation} (rows {rows})"),
        ("force", f"{law.force}, {law.modality}; the source's verb: {law.verb}"),
        ("verified", f"{law.verified}: {law.verified.words()}"),
        ("in force", f"from {law.start.isoformat()}" + (f" until {law.end.isoformat()}" if law.end else "")),
        ("national rule", "; ".join(f"{towards} `{name}`" for towards, name in law.national)),
        ("open questions", ", ".join(f"`{i.id}`" for i in interpretations_in(rule))),
        ("note", rule.note),
    ]
    return [*lines, *[f"- {name}: {text}" for name, text in facts if text], ""]


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


def pages() -> dict[Path, str]:
    """Every generated page and what it should say."""
    registry = Registry.discover()
    found = {
        REFERENCE / "facts.md": facts_page(),
        REFERENCE / "rules-national.md": rules_page(setting().rulebook, "National rules"),
        REFERENCE / "ledger.md": ledger_page(ledger_of(setting().rulebook), "Ledger of the national sources"),
    }
    for name in ("barnet", "derby", "rochdale"):
        book = setting(name, registry=registry).rulebook
        found[REFERENCE / f"rules-{name}.md"] = rules_page(book, f"Rules of {name.title()}", only=f"{name}.")
    return found


def main() -> int:
    """Write the pages, or check them."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is not what the code says; run python tools/reference.py")
        return 1 if stale else 0
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    print(f"{len(stale)} pages changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
