"""The nine duties on this library: a whole batch job, with its checks, its counts and its restartable parts."""

from __future__ import annotations

from pathlib import Path

from benchmarks.peers.duties import nine_duties
from benchmarks.peers.work import AS_OF, COLUMNS
from iro_rules.assessment import setting
from iro_rules.batch import Job, Terms
from iro_rules.batch.inputs import Input, identity
from iro_rules.batch.judging import Judging


class Contender:
    """Rows are sifted as in any job; of the findings the five columns are written that all contenders give."""

    def __init__(self) -> None:
        self.rules = Judging.of(AS_OF.isoformat(), {}, {"": setting(nine_duties())})
        self.terms = Terms(as_of=AS_OF)

    def run(self, events: Path, out: Path) -> None:
        """From the event table to the findings."""
        given = Input(paths=(events,), readers=("events",), options={}, coverage="everything")
        Job(
            cohort=given.opener(self.terms),
            identity=identity(given),
            terms=self.terms,
            rules=self.rules,
            columns=COLUMNS,
            out=out,
            rejects=out.with_suffix(".jsonl"),
        ).run()
