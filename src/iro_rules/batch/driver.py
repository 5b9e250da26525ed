"""A batch job from its source to its output: parts judged side by side, kept as they are done, and put together."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, final

import attrs
import polars as pl
from polars.exceptions import PolarsError

from iro_rules.batch.findings import COLUMNS, chosen
from iro_rules.batch.judging import Judging, Terms, judging
from iro_rules.batch.outputs import TOLD_FORMATS, format_of, join_parts, places, write_part, write_told
from iro_rules.batch.results import Progress, Result
from iro_rules.batch.setting_aside import TOLD, judged, told_of
from iro_rules.batch.sheet import MOST_ROWS, workbooks, write_sheet
from iro_rules.batch.source import Cohort, Neighbourhood, Part, Span, Tables
from iro_rules.batch.summary import OTHERWISE_SHOWN, added, counted, missing, summed
from iro_rules.batch.work import Done, Work
from iro_rules.errors import BatchError, IroRulesError, nearest
from iro_rules.facts.kinds import KINDS
from iro_rules.rulebook.terms import Standing

Told = Callable[[Progress], None]
_COUNTED = ("rule", "standing", "missing")


@final
@attrs.frozen(eq=False, kw_only=True)
class Job:
    """One job: what it reads, under which terms it judges, and where it writes.

    `cohort` opens the cohort; it is given a folder for what it has to put in order. `identity` is whatever tells the
    input from another (JSON); `authorities` has the `authority` of each `case`, where there are several; `only`
    writes findings of some standings alone (the summary counts all); `workers` is how many parts are judged at once
    (0: as many as there are cores). `rules` are given where rules of one's own are judged by; else they are those
    that `terms` name. Of `columns` those asked for are written, and always `case`; leaving out `facts` takes a good
    deal less time. A workbook has all columns. `reads` are the files and folders that are read, so that nothing is
    written over them; `notes` are told at the end with those of the cohort.
    """

    cohort: Callable[[Path], Cohort]
    identity: Any
    terms: Terms
    out: Path
    rejects: Path
    authorities: pl.DataFrame | None = None
    only: tuple[str, ...] = ()
    workers: int = 0
    rules: Judging | None = None
    columns: tuple[str, ...] = COLUMNS
    reads: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()

    def run(self, *, resume: bool = False, told: Told = lambda _: None) -> Result:
        """Do the job, or with `resume` what is left of it.

        Raises BatchError where it cannot be finished, naming what is missing; what was done by then is kept. Raises
        CaseError where the cohort cannot be opened at all.
        """
        shape = format_of(self.out)
        for standing in self.only:
            if standing not in list(Standing):
                raise BatchError("there is no such standing", value=standing, right=nearest(standing, Standing))
        for column in self.columns:
            if column not in COLUMNS:
                raise BatchError("there is no such column", value=column, right=nearest(column, COLUMNS))
        format_of(self.rejects, TOLD_FORMATS)
        if shape == "xlsx":
            workbooks()
        places(self.out, self.rejects, self.reads)
        work = Work.beside(self.out)
        rules = self._rules()
        done: list[Done] = []
        with work.held():
            try:
                cohort = self.cohort(work.spool())
                kept = work.begin(self._identity(rules, cohort, shape), resume=resume)
                for future in self._parts(cohort, rules, work, shape, kept):
                    error = future.exception()
                    if error is not None:
                        raise _stopped(error, work, done) from error
                    done.append(future.result())
                    told(Progress.after(done, parts=len(cohort.spans), kept=len(kept)))
                    _fits(shape, done)
                self._finish(work, shape, done)
            except (OSError, PolarsError) as error:
                raise _stopped(error, work, done) from error
            work.clear()
        lacking = added(one.missing for one in done)
        shown = {
            name: (count, cohort.would_show(name) if name in KINDS else OTHERWISE_SHOWN[name])
            for name, count in lacking.items()
        }
        return Result.of(done, kept=len(kept), notes=(*self.notes, *cohort.notes), missing=shown)

    def _columns(self, shape: str) -> list[str]:
        return list(COLUMNS) if shape == "xlsx" else chosen(self.columns)

    def _rules(self) -> Judging:
        return judging(self.terms) if self.rules is None else self.rules

    def _identity(self, rules: Judging, cohort: Cohort, shape: str) -> dict[str, Any]:
        """All that the bytes of the output depend on."""
        settings = {who or "*": where for who, where in rules.settings.items()}
        own = None if self.authorities is None else sha256(self.authorities.write_csv().encode()).hexdigest()
        found = {
            "input": self.identity,
            "parts": [[span.first, span.cases] for span in cohort.spans],
            "authorities": own,
            "terms": attrs.asdict(self.terms),
            "format": [shape, format_of(self.rejects, TOLD_FORMATS)],
            "only": list(self.only),
            "columns": self._columns(shape),
            "rules": {who: [attrs.astuple(p) for p in s.rulebook.packages] for who, s in settings.items()},
            "calendars": {who: where.calendar.edition for who, where in settings.items()},
            "versions": {name: version(name) for name in ("iro-rules", "polars")},
        }
        if self.rules is not None:
            # A rulebook of one's own need not come from a package whose version would tell it from another.
            books = repr([where.rulebook.parts for where in settings.values()])
            found["own"] = [sha256(books.encode()).hexdigest(), rules.readings]
        plain: dict[str, Any] = json.loads(json.dumps(found))
        return plain

    def _parts(
        self, cohort: Cohort, rules: Judging, work: Work, shape: str, kept: dict[int, Done]
    ) -> Iterator[Future[Done]]:
        """Every part of the cohort in order, each done once; a few are under way at a time."""
        size = self.workers or pl.thread_pool_size()
        waiting: deque[Future[Done]] = deque()
        pool = ThreadPoolExecutor(size)
        try:
            # While one worker looks for related cases, another reads the first part.
            around = pool.submit(cohort.neighbours)
            for span in cohort.spans:
                known = kept.get(span.number)
                if known is not None:
                    waiting.append(_at_once(known))
                else:
                    waiting.append(pool.submit(self._do, cohort, span, rules, around, work, shape))
                if len(waiting) > size:
                    yield waiting.popleft()
            while waiting:
                yield waiting.popleft()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _do(self, cohort: Cohort, span: Span, rules: Judging, around: Future[Tables], work: Work, shape: str) -> Done:
        """One part, from its rows to its files."""
        part: Part = cohort.read(span)
        cases = part.cases
        if self.authorities is not None:
            cases = cases.join(self.authorities, on="case", how="left", maintain_order="left")
        related = Neighbourhood(*around.result()).named_in(part.events)
        columns = self._columns(shape)
        made = {*columns, *_COUNTED}
        found, aside = judged(part.events, cases, lambda some, own: rules.findings(some, own, related, made))
        findings = found[0] if len(found) == 1 else pl.concat([rules.rules.empty(made), *found], rechunk=True)
        counts, lacking = counted(findings), missing(findings)
        if self.only:
            findings = findings.filter(pl.col("standing").is_in(list(self.only)))
        findings = findings.select(columns)
        told = told_of(part, aside)
        into, rejects = work.paths(span.number)
        write_part(findings, into, shape)
        write_told(told, rejects, format_of(self.rejects, TOLD_FORMATS))
        unused = sum(one.rows for one in aside)
        done = Done(
            number=span.number,
            cases=len(cases) - len(aside),
            facts=len(part.events) - unused,
            rows_in=part.rows_in,
            rows_used=part.rows_used - unused,
            findings=len(findings),
            rejects=len(told),
            counts=counts,
            missing=lacking,
            sizes=(into.stat().st_size, rejects.stat().st_size),
            later=int((part.events["on"] > date.fromisoformat(self.terms.as_of[:10])).sum()),
            of_nobody=cases["authority"].null_count() if self.authorities is not None else 0,
        )
        work.note(done)
        return done

    def _finish(self, work: Work, shape: str, done: Sequence[Done]) -> None:
        """Put the parts together and in their places."""
        paths = [work.paths(one.number) for one in done]
        # The rejects first: where the findings are in their place, all is.
        join_parts([path for _, path in paths], self.rejects, format_of(self.rejects, TOLD_FORMATS), list(TOLD))
        if shape == "xlsx":
            rules = self._rules().rules
            write_sheet(
                [path for path, _ in paths], self.out, summed(d.counts for d in done), rules.words, self.terms.as_of
            )
        else:
            join_parts([path for path, _ in paths], self.out, shape, self._columns(shape))


def _at_once(done: Done) -> Future[Done]:
    future: Future[Done] = Future()
    future.set_result(done)
    return future


def _fits(shape: str, done: Sequence[Done]) -> None:
    count = sum(one.findings for one in done)
    if shape == "xlsx" and count > MOST_ROWS:
        raise BatchError(
            "the findings do not fit in a worksheet",
            value=f"more than {count - 1:,} findings",
            right=f"{MOST_ROWS:,} at most: fewer standings (--only overdue), or another format (.parquet, .csv)",
        )


def _stopped(error: BaseException, work: Work, done: Sequence[Done]) -> BaseException:
    """Why a job stopped, and what is kept of it; what is no error of a program (an interruption) stays as it is."""
    if not isinstance(error, Exception):
        return error
    said = error.what if isinstance(error, IroRulesError) else str(getattr(error, "strerror", None) or error)
    if not isinstance(error, IroRulesError | OSError | PolarsError):
        said = f"{type(error).__name__}: {said}"
    where = getattr(error, "where", "") or str(getattr(error, "filename", None) or "")
    cases = sum(one.cases for one in done)
    # Of a disk that fills while the end of a Parquet file is written, Polars says only that the transport failed.
    mended = "room on the disk, or the cause mended" if isinstance(error, PolarsError) else "the cause mended"
    return BatchError(
        f"the job stopped: {said.splitlines()[0] if said else type(error).__name__}",
        where=where,
        value=f"{len(done)} parts with {cases:,} cases are done and kept in {work.folder.name}; the rest is missing",
        right=f"{mended}, and the same command with --resume",
    )
