"""What a protocol's rules rest on: the rows of its document, how far sources were read, and links to national rules."""

from __future__ import annotations

from collections.abc import Iterator

from iro_rules.checking.findings import Finding, Kind
from iro_rules.checking.subject import Subject
from iro_rules.rulebook.law import Verified
from iro_rules.rulebook.ledger import RowStanding, ledger_of

WITHOUT_RULE = (RowStanding.UNACCOUNTED, RowStanding.NOT_ENCODED)


def source_findings(subject: Subject) -> Iterator[Finding]:
    """Rows without a rule and rules without a row, unverified sources, and links that are missing or lead nowhere."""
    yield from _rows(subject)
    yield from _rowless(subject)
    yield from _unverified(subject)
    yield from _links(subject)


def _rows(subject: Subject) -> Iterator[Finding]:
    if not subject.protocol.ledger:
        yield Finding(
            kind=Kind.ROW_WITHOUT_RULE,
            rules=(),
            about="ledger",
            sentence="the protocol hands over no ledger, so nothing shows which rows of its document are encoded",
        )
    for row in ledger_of(subject.book, subject.protocol.ledger).rows:
        if row.standing in WITHOUT_RULE:
            reason = f": {row.source.reason}" if row.source.reason else ""
            if row.helping:
                reason += "; what names it (the ladder itself, a status, a conflict) only prepares an answer"
            yield Finding(
                kind=Kind.ROW_WITHOUT_RULE,
                rules=(),
                about=row.id,
                rows=(row.id,),
                sentence=f"{row.source.modality}: {row.source.asks} ({row.source.where}) is {row.standing}{reason}",
            )


def _rowless(subject: Subject) -> Iterator[Finding]:
    if not subject.protocol.ledger:
        return
    known = {row.row for row in (*subject.protocol.ledger, *subject.national.ledger)}
    named: dict[str, list[str]] = {}
    for rule in subject.local:
        for row in rule.law.rows:
            if row not in known:
                named.setdefault(row, []).append(rule.id)
    for row, names in named.items():
        yield Finding(
            kind=Kind.RULE_WITHOUT_ROW,
            rules=tuple(names),
            about=row,
            rows=(row,),
            sentence=f"row {row} is said to be encoded, and stands in no ledger",
        )


def _unverified(subject: Subject) -> Iterator[Finding]:
    own = tuple(rule.id for rule in subject.local if rule.law.verified is Verified.M)
    if own:
        yield Finding(
            kind=Kind.UNVERIFIED,
            rules=own,
            about=subject.protocol.name,
            sentence=f"{len(own)} of the protocol's rules rest on something nobody has read",
            rows=subject.rows(own),
        )
    measured: dict[str, list[str]] = {}
    for local, national in subject.candidates:
        measured.setdefault(national, []).append(local)
    for national, names in measured.items():
        law = subject.book.by_id[national].law
        if law.verified in (Verified.M, Verified.V3):
            yield Finding(
                kind=Kind.UNVERIFIED,
                rules=tuple(names),
                national=(national,),
                sentence=f"they are measured by a national rule whose source is {law.verified.words()} "
                f"({law.verified})",
                rows=law.rows,
            )


def _links(subject: Subject) -> Iterator[Finding]:
    for rule in subject.local:
        for towards, name in rule.law.national:
            if name not in subject.national.by_id:
                yield Finding(
                    kind=Kind.BROKEN_LINK,
                    rules=(rule.id,),
                    about=f"{rule.id} {towards} {name}",
                    sentence=f"it {towards} {name}, and there is no such national rule",
                    rows=subject.rows((rule.id,)),
                )
    silent: dict[str, list[str]] = {}
    for local, national in subject.candidates:
        if national not in {name for _, name in subject.book.by_id[local].law.national}:
            silent.setdefault(national, []).append(local)
    for national, names in silent.items():
        yield Finding(
            kind=Kind.MISSING_LINK,
            rules=tuple(names),
            national=(national,),
            sentence="the same act is asked for from the same event as by a national rule, and nothing says how the "
            "local one stands to it",
            rows=subject.rows((*names, national)),
        )
