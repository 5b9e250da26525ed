"""Ask the service over HTTP many things at once on loopback, check every answer, and say what it took.

    python tools/load.py --requests 100000
    python tools/load.py --requests 300 --processes 2 --connections 6

Every case has the same id and its facts the same ids, so that an answer given to the wrong question shows: each is
compared, byte for byte, with what `assess` gives for its own case. Memory is that of the service and its processes.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import queue
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import attrs

from iro_rules.assessment import assess, setting
from iro_rules.formats.assessment_json import assessment_to_json, json_text
from iro_rules.formats.case_json import read_case

KINDS = ["became_looked_after", "review_held", "review_planned", "visited"]
STANDINGS = 20
"""How often memory is looked at in a run."""


@attrs.frozen
class Asked:
    """One request, and the bytes that are its only right answer."""

    path: str
    body: bytes
    right: bytes


def child(rng: random.Random, coverage: object) -> dict[str, Any]:
    """A child's case of two facts, on days that differ from case to case."""
    return {
        "format": "iro-rules/case/1",
        "case": "the-same-for-all",
        "coverage": coverage,
        "facts": [
            {"kind": "became_looked_after", "id": "start", "when": f"2026-01-{rng.randrange(1, 28):02}"},
            {"kind": "review_held", "id": "held", "when": f"2026-02-{rng.randrange(1, 28):02}", "review": "first"},
        ],
    }


def service_of(rng: random.Random) -> dict[str, Any]:
    """An authority's case, under the same id."""
    return {
        "format": "iro-rules/case/1",
        "case": "the-same-for-all",
        "subject": "authority",
        "coverage": "everything",
        "facts": [{"kind": "records_begin", "id": "start", "when": f"2025-{rng.randrange(1, 13):02}-01"}],
    }


def questions(rng: random.Random, count: int) -> list[Asked]:
    """So many different cases under one id, on different days, under no protocol and under each installed."""
    places = {name: setting(name) for name in (None, "rochdale", "derby", "barnet")}
    found = []
    for number in range(count):
        name = list(places)[number % len(places)]
        case = child(rng, KINDS if number % 16 == 0 else "everything") if number % 8 < 4 else service_of(rng)
        as_of = f"2026-03-{rng.randrange(1, 29):02}"
        body = json.dumps(case).encode()
        read = read_case(body, terms=places[name].rulebook.terms)
        right = json_text(assessment_to_json(assess(read.case, as_of=as_of, protocol=places[name]))).encode()
        query = {"as_of": as_of} | ({} if name is None else {"protocol": name})
        found.append(Asked(f"/v1/assess?{urlencode(query)}", body, right))
    return found


@contextmanager
def service(processes: int, *more: str) -> Iterator[tuple[str, int]]:
    """The service as a process of its own: its address, and its process."""
    command = [sys.executable, "-m", "iro_rules.cli", "serve", "--port", "0", "--processes", str(processes), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            if "answers at" not in line:
                raise SystemExit(f"the service did not start: {line}")
            yield line.split()[-1], process.pid
        finally:
            process.terminate()


def memory(pid: int) -> float:
    """Megabytes resident in a process and its children; 0 where the system has no /proc."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    if not tasks.exists():
        return 0.0
    total = 0
    for one in (pid, *map(int, tasks.read_text().split())):
        status = Path(f"/proc/{one}/status")
        if status.exists():
            total += sum(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return total / 1024


@attrs.define
class Found:
    """What a run came to: seconds of each request, wrong answers, and memory as it went."""

    latencies: list[float] = attrs.field(factory=list)
    wrong: list[str] = attrs.field(factory=list)
    memory: list[float] = attrs.field(factory=list)
    seconds: float = 0.0

    def told(self) -> dict[str, Any]:
        """The figures."""
        ordered = sorted(self.latencies)

        def percentile(of: int) -> float:
            return round(ordered[max(0, math.ceil(len(ordered) * of / 100) - 1)] * 1000, 1)

        seen = self.memory or [0.0]
        return {
            "requests": len(ordered),
            "wrong": len(self.wrong),
            "seconds": round(self.seconds, 1),
            "requests_per_second": round(len(ordered) / self.seconds, 1),
            "milliseconds": {f"p{of}": percentile(of) for of in (50, 90, 99, 100)},
            "megabytes": [round(one, 1) for one in self.memory],
            "megabytes_after_the_first_fifth": round(seen[-1] - seen[len(seen) // 5], 1),
        }


def load(
    address: str, pid: int, asked: list[Asked], *, requests: int, connections: int, seconds: float = math.inf
) -> Found:
    """Ask so many things over so many connections, or as many as begin within some seconds."""
    found, numbers, lock = Found(), queue.SimpleQueue[int](), threading.Lock()
    for number in range(requests):
        numbers.put(number)
    where = urlsplit(address)
    every = max(1, requests // STANDINGS)

    def ask() -> None:
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=120)
        while True:
            if time.perf_counter() - started > seconds:
                connection.close()
                return
            try:
                number = numbers.get_nowait()
            except queue.Empty:
                connection.close()
                return
            one = asked[number % len(asked)]
            begun = time.perf_counter()
            connection.request("POST", one.path, one.body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            body = response.read()
            took = time.perf_counter() - begun
            with lock:
                found.latencies.append(took)
                if response.status != 200 or body != one.right:
                    found.wrong.append(f"request {number}: {response.status}, {len(body)} bytes")
                if len(found.latencies) % every == 0:
                    found.memory.append(memory(pid))

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.seconds = time.perf_counter() - started
    return found


def main() -> int:
    """Begin the service, ask, and tell the figures; 1 where an answer was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--connections", type=int, default=6)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--cases", type=int, default=64, help="how many different questions")
    parser.add_argument("--seconds", type=float, default=math.inf, help="begin nothing after so many")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    asked = questions(random.Random(options.seed), options.cases)
    with service(options.processes) as (address, pid):
        found = load(
            address, pid, asked, requests=options.requests, connections=options.connections, seconds=options.seconds
        )
    print(json.dumps(found.told(), indent=1))
    for line in found.wrong[:10]:
        print(line)
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
