"""The page of an audit: its sections, printed on a terminal or written as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from iro_rules.assessment.words import a_day, counted, listed, plain, posts, what_is_missing
from iro_rules.report.audit import SERVICE, Audit, Audited, CaseloadRow, must_first, short
from iro_rules.report.console import cell, say, table_of
from iro_rules.report.visible import visible
from iro_rules.rulebook import Standing, Verified

FEW = 6
"""How many things to do next are told."""

STALE = (
    "No source says for how long a record is good. This library takes it to be a year from the day an arrangement "
    "began or was last checked; --read service.evidence.fresh=until_ended takes it to be good until it ends.",
)


@attrs.frozen(kw_only=True)
class Section:
    """One part of the page: sentences, a table, and items under headings, each with what goes with it."""

    title: str
    says: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    groups: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    numbered: bool = False


def sections(audit: Audit) -> tuple[Section, ...]:
    """The page of an audit, in reading order; it ends with what to do next."""
    parts = (
        _summary(audit),
        _listed("Not in place", audit.standing(Standing.NOT_IN_PLACE)),
        _listed("Stale: recorded as in place, but too long ago to go by", audit.standing(Standing.STALE), says=STALE),
        _listed("Unknown: this record cannot show it", audit.standing(Standing.NOT_EVALUABLE)),
        _listed("To be looked at: the facts cannot be right", audit.conflicts),
        _acts(audit),
        _dates(audit),
        _caseloads(audit),
        _listed("In place", audit.standing(Standing.IN_PLACE)),
        _unseen(audit),
        _sources(audit),
        _next(audit),
    )
    return tuple(part for part in parts if part is not None)


def show_audit(audit: Audit, console: Console) -> None:
    """Print the page."""
    say(console, f"{_title(audit)}", "bold")
    for section in sections(audit):
        say(console, "")
        say(console, section.title, "bold")
        for sentence in section.says:
            console.print(_indented(cell(sentence)))
        if section.rows:
            table = table_of(*section.columns)
            for row in section.rows:
                table.add_row(*map(cell, row))
            console.print(_indented(table))
        for heading, items in section.groups:
            if heading:
                say(console, f"  {heading}", "bold")
            for number, item in enumerate(items, 1):
                mark = f"{number}." if section.numbered else "-"
                table = table_of("", "")
                table.show_header = False
                table.add_row(cell(mark), Text("\n").join(map(cell, item)))
                console.print(_indented(table))


def _indented(what: RenderableType) -> Padding:
    return Padding(what, (0, 0, 0, 2), expand=False)


def audit_to_markdown(audit: Audit) -> str:
    """The page as Markdown."""
    lines = [f"# {_md(_title(audit))}", ""]
    for section in sections(audit):
        lines += [f"## {_md(section.title)}", ""]
        for sentence in section.says:
            lines += [_md(sentence), ""]
        if section.rows:
            lines += ["| " + " | ".join(section.columns) + " |", "|" + "---|" * len(section.columns)]
            lines += ["| " + " | ".join(_md(value) for value in row) + " |" for row in section.rows]
            lines.append("")
        for heading, items in section.groups:
            lines += [f"### {_md(heading)}", ""] if heading else []
            for item in items:
                mark = "1." if section.numbered else "-"
                indent = "\\\n" + " " * (len(mark) + 1)
                lines.append(f"{mark} " + indent.join(map(_md, item)))
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _md(text: str) -> str:
    """Text as it is: nothing in it is taken for Markdown or HTML."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#~!" else c for c in visible(text))


def _title(audit: Audit) -> str:
    return f"The IRO service of {audit.authority}, as of {a_day(audit.as_of)}"


def _summary(audit: Audit) -> Section:
    told = []
    for binding in ("must", "should"):
        some = [a.finding.standing for a in audit.arrangements if (a.binding == "should") is (binding == "should")]
        counts = [
            (some.count(Standing.IN_PLACE), "in place"),
            (some.count(Standing.STALE), "stale"),
            (some.count(Standing.NOT_IN_PLACE), "not in place"),
            (some.count(Standing.NOT_EVALUABLE), "unknown"),
        ]
        words = listed([f"{number} {what}" for number, what in counts if number])
        told.append(f"Of {counted(len(some), 'arrangements')} that {binding} be there: {words or 'none'}.")
    acts = [a.finding.standing for a in audit.acts]
    late, todo = acts.count(Standing.OVERDUE), acts.count(Standing.OPEN)
    told.append(f"Of what is done once or from time to time, {late} overdue and {todo} still to be done.")
    own = [row.side or "without an answer" for row in audit.caseloads if row.person is not None and row.children]
    sides = [f"{own.count(side)} {side}" for side in ("above", "within", "below", "without an answer") if side in own]
    told += [f"Of the IROs' caseloads, against what is advised: {listed(sides)}."] if sides else []
    return Section(title="In short", says=tuple(told))


def _listed(
    title: str,
    audited: Iterable[Audited],
    how: Callable[[Audited], str] | None = None,
    says: tuple[str, ...] = (),
) -> Section | None:
    """A section of what is asked, must apart from should; `how` adds a sentence to each."""
    found = must_first(audited)
    groups = tuple(
        (
            binding.capitalize(),
            tuple(_item(a, *([how(a)] if how is not None else [])) for a in found if a.binding == binding),
        )
        for binding in dict.fromkeys(a.binding for a in found)
    )
    return Section(title=title, says=says, groups=groups) if found else None


def _item(audited: Audited, *more: str) -> tuple[str, ...]:
    finding = audited.finding
    told = [
        *more,
        *([f"On record: {audited.on_record}."] if audited.on_record else []),
        *([f"The record does not show {what_is_missing(finding.missing)}."] if finding.missing else []),
        *([f"What would show it: {audited.would_show}."] if audited.would_show else []),
    ]
    return (_act(audited), *told, f"{finding.law.citation} [{finding.id}]")


def _act(audited: Audited) -> str:
    """What is asked, as a sentence; who, only where it is not the authority as such."""
    finding = audited.finding
    act = finding.act[:1].upper() + finding.act[1:]
    others = [role for role in finding.bearer if role != "local_authority"]
    who = (
        f" ({listed([finding.subject.title(role, finding.rule) for role in others])})"
        if finding.subject and others
        else ""
    )
    return f"{act}{who}."


def _acts(audit: Audit) -> Section | None:
    return _listed("Done once, or from time to time", audit.acts, _how)


def _how(audited: Audited) -> str:
    finding = audited.finding
    by = f" by {a_day(finding.due)}" if finding.due else ""
    match finding.standing:
        case Standing.OVERDUE:
            return f"Overdue: it should have been done{by}."
        case Standing.OPEN:
            return f"Still to be done{by}." if by else "Still to be done; no day is set for it."
        case Standing.NOT_EVALUABLE:
            return "Unknown."
    acts = [d.when for d in finding.decided_by if d.part != "trigger" and d.when is not None]
    last = f" last on {a_day(max(acts, key=lambda when: when.isoformat()))}" if acts else ""
    return f"Done,{last}." if last else f"{plain(finding.standing).capitalize()}."


def _caseloads(audit: Audit) -> Section:
    advised = f"The Handbook advises {audit.least} to {audit.most} children, read here as: {audit.basis}."
    if not audit.caseloads:
        recorded = "caseload" in audit.assessment.provenance.coverage
        none = "No caseload is on record." if recorded else "This record does not hold caseloads."
        return Section(title="Caseloads", says=(advised, none))
    rows = [_caseload(row, row.person or SERVICE, audit) for row in audit.caseloads]
    if audit.over_all is not None:
        rows.append(_caseload(audit.over_all, "all the IROs above (worked out)", audit))
    says = [
        advised,
        "Counted in children to a full-time post; “full-time equivalent” itself was not read in any source.",
    ]
    if audit.over_all is None and any(row.person for row in audit.caseloads):
        says.append(f"Over all cannot be worked out: no working time is on record for {listed(_without_time(audit))}.")
    columns = ("Who", "Children", "Full-time posts", "To a post", "Advised", "Counted on")
    return Section(title="Caseloads", says=tuple(says), columns=columns, rows=tuple(rows))


def _without_time(audit: Audit) -> list[str]:
    return [row.person for row in audit.caseloads if row.person and row.children and not row.full_time_percent]


def _caseload(row: CaseloadRow, who: str, audit: Audit) -> tuple[str, ...]:
    return (
        who,
        str(row.children),
        "not recorded" if row.full_time_percent is None else f"{row.full_time_percent / 100:g}",
        row.to_a_post or "-",
        row.side or ("no children" if not row.children else "cannot be told"),
        _counted(row, audit),
    )


def _counted(row: CaseloadRow, audit: Audit) -> str:
    """The day of a count, and whether that is over a year ago."""
    if row.counted is None:
        return ""
    return short(row.counted) + (", over a year ago" if row.counted < audit.as_of.subtract(years=1) else "")


def _dates(audit: Audit) -> Section:
    covered = audit.assessment.provenance.coverage
    reports = ", ".join(short(day) for day in audit.reports) or (
        "none" if "published" in covered else "this record does not hold them"
    )
    none = "none on record" if "trained" in covered else "this record does not hold training"
    rows = [("Annual reports", reports)]
    rows += [(f"Training of {who or SERVICE}", short(day) if day else none) for who, day in audit.training]
    return Section(title="Annual reports and training, by date", columns=("What", "When"), rows=tuple(rows))


def _unseen(audit: Audit) -> Section | None:
    items = tuple((f"For want of {what_is_missing(missing)}: {', '.join(rules)}",) for missing, rules in audit.unseen)
    return Section(title="Cannot be told from this record", groups=(("", items),)) if items else None


def _sources(audit: Audit) -> Section:
    rows: dict[Verified, set[str]] = {}
    for finding in audit.assessment:
        if finding.about:
            rows.setdefault(finding.law.verified, set()).update(finding.law.rows)
    says = [f"{code.words().capitalize()}: {', '.join(sorted(rows[code]))}." for code in Verified if code in rows]
    provenance = audit.assessment.provenance
    made = ", ".join(f"{p.name} {p.version}" for p in provenance.packages)
    answered = f"Answered by {provenance.reader}. Rules: {made}."
    return Section(title="How far the sources cited were read, by their numbered rows", says=(*says, answered))


def _next(audit: Audit) -> Section:
    steps = next_steps(audit)
    if not steps:
        return Section(title="Next", says=("Nothing here calls for anything to be done.",))
    more = len(steps) - FEW
    says = (f"The first {FEW} of {len(steps)}:",) if more > 0 else ()
    return Section(title="Next", says=says, groups=(("", tuple((step,) for step in steps[:FEW])),), numbered=True)


def next_steps(audit: Audit) -> tuple[str, ...]:
    """What to do next, what is late and what must be first."""
    must = [a for a in audit.arrangements if a.binding != "should"]
    should = [a for a in audit.arrangements if a.binding == "should"]
    found = [f"{_act(a)[:-1]}: it was due by {a_day(a.finding.due)}." for a in audit.acts
             if a.finding.standing is Standing.OVERDUE and a.finding.due]  # fmt: skip
    found += [f"Put right in the record: {a.finding.act}." for a in audit.conflicts]
    found += _arrange(must, Standing.NOT_IN_PLACE, "Must, and is not in place")
    found += _arrange(must, Standing.STALE, "Must: look whether it is still so, and record the day")
    found += [_look_at(row) for row in audit.caseloads if row.side == "above"]
    found += _arrange(should, Standing.NOT_IN_PLACE, "Should, and is not in place")
    found += [
        f"Should, and is not done: {_lower(a)}"
        for a in audit.acts
        if a.finding.standing is Standing.OPEN and not a.finding.due
    ]
    found += _arrange(should, Standing.STALE, "Should: look whether it is still so, and record the day")
    found += (
        [f"Record the working time of {listed(who)}, without which caseloads cannot be compared."]
        if (who := _without_time(audit))
        else []
    )
    missing = sorted({name for a in (*audit.arrangements, *audit.acts) for name in a.finding.missing})
    if missing:
        found.append(f"Record what this audit could not see: {what_is_missing(tuple(missing))}.")
    return tuple(found)


def _arrange(audited: list[Audited], standing: Standing, words: str) -> list[str]:
    return [f"{words}: {_lower(a)}" for a in audited if a.finding.standing is standing]


def _lower(audited: Audited) -> str:
    act = _act(audited)
    return act[:1].lower() + act[1:]


def _look_at(row: CaseloadRow) -> str:
    time = f" for {posts(row.full_time_percent)}" if row.full_time_percent else ""
    return f"Look at the caseload of {row.person or SERVICE}: {row.children} children{time} are above what is advised."
