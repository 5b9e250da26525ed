"""The least that any of the contenders on Polars can take: the event table read, the finished findings written.

No contender: nothing is checked, judged or ordered in between. What is written are the findings of this library, read
before the clock starts; both files are read and written whole, by both cores at once.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.peers.work import COLUMNS


class Contender:
    """Reads every column of the table, as whoever checks its rows has to."""

    def __init__(self) -> None:
        self.found = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))

    def prepare(self, out: Path) -> None:
        """Take in what the library found."""
        self.found = pl.read_parquet(out.with_name("library.parquet"))

    def run(self, events: Path, out: Path) -> None:
        """From the event table to the findings."""
        pl.read_parquet(events)
        self.found.write_parquet(out, compression="zstd", statistics=False, row_group_size=1 << 20)
