"""Who takes part, on how many cases, and what is measured of each."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from benchmarks.agreement import differences
from benchmarks.peers.work import COLUMNS, write_events

ROOT = Path(__file__).parents[2]
MANY, WARM_UP = 100_000, 200


@attrs.frozen(kw_only=True)
class Peer:
    """A contender: its module, what it is called, the package it needs, and its cases where these are fewer.

    `bar` and `aim` say how many times this library's time it should take: at least so many, or for `bar` below 1
    (what this library may take is a multiple of the peer's time) at least that part.
    """

    module: str
    title: str
    needs: str = "polars"
    extra: str = "peers"
    most: int = 10**9
    bar: float | None = None
    aim: float | None = None

    @property
    def missing(self) -> str:
        """Why it cannot take part; empty where it can."""
        if find_spec(self.needs) is not None:
            return ""
        return f"{self.needs} is not installed (pip install -c constraints.txt -e '.[{self.extra}]')"


def _host(module: str, title: str, **other: Any) -> Peer:
    return Peer(module=module, title=f"durable-rules, Host, {title}", needs="durable", extra="durable", **other)


LIBRARY = Peer(module="library", title="iro_rules, a batch job")
PEERS = (
    LIBRARY,
    _host("one_by_one", "one by one", most=1_000, bar=200, aim=500),
    _host("by_durable_rules", "in batches", most=1_000, bar=200, aim=500),
    Peer(module="by_clips", title="CLIPS (clipspy)", needs="clips", most=2_000, bar=150, aim=300),
    Peer(module="by_zen", title="GoRules zen", needs="zen", most=5_000),
    Peer(module="by_openfisca", title="OpenFisca", needs="openfisca_core", bar=1),
    Peer(module="by_polars", title="Polars by hand, long table", bar=0.5),
    Peer(module="by_numpy", title="NumPy by hand", needs="numpy", extra="generate"),
)
FLOOR = Peer(module="floor", title="Polars, reading and writing alone")
"""Measured beside them, and no contender: it judges nothing (see `floor`)."""


@attrs.frozen
class Measured:
    """The times of one peer in each run, in microseconds a case, and how many findings it gave on how many cases."""

    peer: Peer
    cases: int
    findings: int
    wall: tuple[float, ...]
    processor: tuple[float, ...]

    def median(self, time: str) -> float:
        """The median of `wall` or `processor`."""
        return statistics.median(self.processor if time == "processor" else self.wall)


def run_alone(peer: Peer, events: Path, out: Path, warm_up: Path) -> tuple[float, float]:
    """One run in a process of its own: the seconds it took by the clock, and of the processors."""
    asked = (sys.executable, "-m", "benchmarks.peers.one", peer.module, str(events), str(out), str(warm_up))
    done = subprocess.run(asked, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    took = json.loads(done.stdout.splitlines()[-1])
    return took["wall"], took["processor"]


def found_in(path: Path) -> pl.DataFrame:
    """The findings in a file, in the columns that are compared."""
    table = pl.read_parquet(path, columns=list(COLUMNS))
    return table.with_columns(pl.col("rule", "standing").cast(pl.String)).rename({"due_on": "due"})


class Bench:
    """The tables of one cohort in a folder, and runs over them."""

    def __init__(self, folder: Path, cases: int, seed: int = 0) -> None:
        self.folder, self.cases = folder, cases
        self.facts = write_events(self._events(cases), cases, seed)
        for fewer in {min(peer.most, cases) for peer in PEERS} | {min(WARM_UP, cases)}:
            if fewer < cases:
                whole = pl.read_parquet(self._events(cases))
                some = whole.filter(pl.col("case").rle_id() < fewer)
                some.write_parquet(self._events(fewer), compression="zstd", statistics=False)

    def _events(self, cases: int) -> Path:
        return self.folder / f"events-{cases}.parquet"

    def run(self, peer: Peer) -> tuple[float, float]:
        """One run in a process of its own: microseconds a case by the clock and of the processors."""
        cases = min(peer.most, self.cases)
        warm_up = self._events(min(WARM_UP, self.cases))
        wall, processor = run_alone(peer, self._events(cases), self.found_by(peer), warm_up)
        return wall / cases * 1e6, processor / cases * 1e6

    def found_by(self, peer: Peer) -> Path:
        """Where a peer writes its findings."""
        return self.folder / f"{peer.module}.parquet"

    def findings(self, peer: Peer) -> pl.DataFrame:
        """What a peer found in its last run, in the columns that are compared."""
        return found_in(self.found_by(peer))

    def differs(self, peer: Peer) -> list[str]:
        """How what a peer found differs from what the library found on the same cases; nothing where it does not."""
        wanted, cases = self.findings(LIBRARY), min(peer.most, self.cases)
        if cases < self.cases:
            own = pl.read_parquet(self._events(cases), columns=["case"]).unique()
            wanted = wanted.join(own, on="case", how="semi")
        return differences(self.findings(peer), wanted)

    def measure(self, peers: list[Peer], runs: int) -> list[Measured]:
        """Every peer once in each of so many rounds, so that a busy moment does not fall on one alone."""
        took: dict[str, list[tuple[float, float]]] = {peer.module: [] for peer in peers}
        for _ in range(runs):
            for peer in peers:
                took[peer.module].append(self.run(peer))
        return [
            Measured(peer, min(peer.most, self.cases), len(self.findings(peer)), *zip(*took[peer.module], strict=True))
            for peer in peers
        ]
