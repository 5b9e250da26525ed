"""A job in a process of its own, which ends itself at a chosen moment, or may write only so many bytes to a file.

`python -m tests.batch.harness FOLDER NAME [--kill-at N] [--most-bytes N] [--count]`; always goes on with what is there.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from iro_rules.errors import BatchError
from tests.batch.made import job

MOMENTS = ("open", "os.rename", "os.mkdir", "os.remove", "shutil.rmtree")


class Moments:
    """Counts what the process does to files of a folder, and ends it at the n-th."""

    def __init__(self, folder: Path, kill_at: int | None) -> None:
        self.count, self._folder, self._kill_at = 0, str(folder), kill_at

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event in MOMENTS and any(str(arg).startswith(self._folder) for arg in args):
            if self.count == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            self.count += 1


def main() -> None:
    """Run the job."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("name")
    parser.add_argument("--kill-at", type=int)
    parser.add_argument("--most-bytes", type=int)
    given = parser.parse_args()
    if given.most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (given.most_bytes, given.most_bytes))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    moments = Moments(given.folder.resolve(), given.kill_at)
    made = job(given.folder.resolve(), given.name, workers=1)
    sys.addaudithook(moments)
    try:
        made.run(resume=True)
    except BatchError as error:
        sys.exit(f"stopped: {error}")
    print(moments.count)


if __name__ == "__main__":
    main()
