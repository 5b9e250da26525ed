"""The folder of a job that is not finished: its parts, each whole or not there, and what each came to."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from iro_rules.errors import BatchError

_JOB, _LOCK, _SPOOL = "job.json", "lock", "spool"


@attrs.frozen
class Done:
    """What one finished part came to; `counts` has how often each rule stands how, `missing` how often what is
    missing, `sizes` are those of its files; `later` is how many facts came after the day asked about,
    `of_nobody` how many cases have no authority."""

    number: int
    cases: int
    facts: int
    rows_in: int
    rows_used: int
    findings: int
    rejects: int
    counts: dict[str, dict[str, int]]
    missing: dict[str, int]
    sizes: tuple[int, int]
    later: int = 0
    of_nobody: int = 0


@attrs.frozen
class Work:
    """The folder beside the output in which a job keeps its finished parts until all are done."""

    folder: Path

    @classmethod
    def beside(cls, out: Path) -> Work:
        """The folder that belongs to an output."""
        return cls(out.with_name(f"{out.name}.unfinished"))

    @contextmanager
    def held(self) -> Iterator[None]:
        """The folder for this process alone. Raises BatchError where another process works in it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise BatchError(
                "the folder for unfinished work cannot be made", where=str(self.folder), value=error.strerror
            ) from error
        try:
            if not _lock(handle):
                raise BatchError(
                    "another job is writing the same output", where=str(self.folder), right="one job for each output"
                )
            yield
        finally:
            os.close(handle)

    def spool(self) -> Path:
        """An empty folder for what a reader has to put in order; what a job before left there is gone."""
        folder = self.folder / _SPOOL
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def begin(self, job: dict[str, Any], *, resume: bool) -> dict[int, Done]:
        """The parts that are done already, where the job goes on; else none, and what was left behind is gone.

        Raises BatchError where what was left behind is of another job than the one to go on with.
        """
        known = self._read(self.folder / _JOB)
        if resume and known is not None:
            if known != job:
                differs = sorted(name for name in {*known, *job} if known.get(name) != job.get(name))
                raise BatchError(
                    "what was left unfinished is of another job",
                    where=str(self.folder),
                    value=", ".join(differs),
                    right="the same input and options as before; or, to start anew, no --resume",
                )
            return {done.number: done for done in map(self._done, sorted(self.folder.glob("part-*.json"))) if done}
        for path in self.folder.iterdir():
            if path.name not in (_LOCK, _SPOOL):
                path.unlink()
        write_whole(self.folder / _JOB, json.dumps(job, indent=1).encode())
        return {}

    def paths(self, number: int) -> tuple[Path, Path]:
        """Where a part's findings and its rejects are."""
        return self.folder / f"part-{number:06}.findings", self.folder / f"part-{number:06}.rejects"

    def note(self, done: Done) -> None:
        """Note that a part is done; only now does it count."""
        write_whole(self.folder / f"part-{done.number:06}.json", json.dumps(attrs.asdict(done)).encode())

    def clear(self) -> None:
        """Remove the folder, its job first, so that what is left of it at any moment is of no job."""
        (self.folder / _JOB).unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _done(self, path: Path) -> Done | None:
        """A part that is done, or None where its files are not as they were."""
        found = self._read(path)
        if found is None:
            return None
        done = Done(**{**found, "sizes": tuple(found["sizes"])})
        whole = all(
            p.exists() and p.stat().st_size == size for p, size in zip(self.paths(done.number), done.sizes, strict=True)
        )
        return done if whole else None

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            found = json.loads(path.read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return found if isinstance(found, dict) else None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


def _lock(handle: int) -> bool:
    """Take a lock that ends with this process; where the system has none of that kind, there is none."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
