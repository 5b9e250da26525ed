"""Judge the same cases through every door (`assess`, `batch`, Spark, HTTP), and compare what each says, byte for byte.

    python -m tools.four_ways --cases 2000                    # the national rules, and each protocol
    python -m tools.four_ways --cases 60 --protocol rochdale

Nothing is left out that any door says. The findings of all four are put in one form, JSON lines with the columns of
the findings table, and must be the same bytes; those of `assess` and HTTP are made from the published JSON alone. What
only these two say (sentences, days, law, other readings, notices, refusals) is compared as it was written, and what
only `batch` and Spark say (rejects) line for line. Needs the extras `http`, `spark` and `generate`.
"""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode, urlsplit

import attrs
import click
import polars as pl

from benchmarks.spark import session
from benchmarks.timing import busy, machine
from iro_rules import assess, read_case, setting
from iro_rules.assessment import Setting
from iro_rules.batch import Terms
from iro_rules.batch.judging import judging
from iro_rules.errors import IroRulesError
from iro_rules.formats.assessment_json import assessment_to_json, json_text
from iro_rules.http.problem import problem_of
from iro_rules.lab.synthetic.cohort import AS_OF
from iro_rules.protocols import Registry
from iro_rules.report.rules import rules_to_json
from iro_rules.spark import assess_on_spark
from tools.four_ways_cases import made, write_tables
from tools.load import service

AT_ONCE = 4
"""How many questions the service is asked at once."""


@attrs.frozen
class Said:
    """What a door that takes one case at a time says of one: the digest of every byte, and its findings or refusal."""

    case: str
    digest: str
    findings: tuple[dict[str, Any], ...] = attrs.field(default=(), repr=False)
    refusal: str = ""


@attrs.frozen
class Compared:
    """What a comparison came to; `wrong` is empty where all doors say the same."""

    cases: int
    refused: int
    findings: int
    rejects: int
    size: int
    digest: str
    wrong: tuple[str, ...]


def said(case: str, status: int, body: bytes) -> Said:
    """An answer as HTTP gives it: 200 and an assessment, or another status and problem details."""
    whole, answer = sha256(str(status).encode() + body).hexdigest(), json.loads(body)
    if status != 200:
        return Said(case, whole, refusal=f"{status}: {answer['detail']}")
    names = ("id", "rule", "kind", "about", "standing", "due", "missing", "contact", "decided_by", "law")
    return Said(case, whole, tuple({name: finding[name] for name in names} for finding in answer["findings"]))


@lru_cache(maxsize=8)
def where(protocol: str) -> Setting:
    """What cases are judged under; put together once in a process."""
    return setting(protocol or None)


def by_assess(protocol: str, as_of: str, plain: Mapping[str, Any]) -> Said:
    """What `assess` says of a case file, written as the command line writes it; what it refuses as problem details."""
    place = where(protocol)
    try:
        file = read_case(json.dumps(plain).encode(), terms=place.rulebook.terms)
        found = assess(file.case, as_of=as_of, protocol=place, related=file.related.values())
    except IroRulesError as error:
        told = problem_of(error)
        return said(plain["case"], told.status, told.body)
    return said(plain["case"], 200, json_text(assessment_to_json(found)).encode())


def by_http(address: str, protocol: str, as_of: str, plain: Mapping[str, Any]) -> Said:
    """What the service says of it."""
    at = urlsplit(address)
    connection = HTTPConnection(at.hostname or "", at.port, timeout=120)
    query = {"as_of": as_of} | ({"protocol": protocol} if protocol else {})
    try:
        body, headers = json.dumps(plain), {"Content-Type": "application/json"}
        connection.request("POST", f"/v1/assess?{urlencode(query)}", body, headers)
        answer = connection.getresponse()
        return said(plain["case"], answer.status, answer.read())
    finally:
        connection.close()


def by_batch(protocol: str, as_of: str, folder: Path) -> tuple[bytes, list[str]]:
    """What the command `iro-rules batch` writes of the tables of a folder: the findings, and the rejects."""
    out, rejects = folder / "batch.jsonl", folder / "rejects.jsonl"
    command = [sys.executable, "-m", "iro_rules.cli", "batch", str(folder / "jsonl"), "--from", "events"]
    command += ["--as-of", as_of, "--out", str(out), "--rejects", str(rejects), "--cases-at-once", "500"]
    done = subprocess.run(
        [*command, *(("--protocol", protocol) if protocol else ())], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"the batch job did not finish: {done.stderr}")
    return out.read_bytes(), sorted(rejects.read_text(encoding="utf-8").splitlines())


def by_spark(spark: Any, protocol: str, as_of: str, folder: Path, partitions: int) -> tuple[bytes, list[str]]:
    """What Spark says of the same tables, their rows in no order and shared out among partitions."""
    tables = [
        spark.read.parquet(str(folder / "parquet" / f"{name}.parquet")).repartition(partitions)
        for name in ("events", "cases")
    ]
    found = assess_on_spark(*tables, as_of=as_of, protocol=protocol or None, partitions=partitions, cases_at_once=300)
    found.whole.persist()
    try:
        told = pl.DataFrame(found.rejects.toArrow()).write_ndjson().splitlines()
        return found.collected().write_ndjson().encode(), sorted(told)
    finally:
        found.whole.unpersist()


def as_lines(answers: Iterable[Said], protocol: str, as_of: str) -> bytes:
    """The findings of some assessments, from their published JSON, as `batch` writes findings."""
    law = {rule["id"]: rule["rows"] for rule in rules_to_json(where(protocol).rulebook)["rules"]}
    national = {rule["id"] for rule in rules_to_json(where("").rulebook)["rules"]}
    rows = [
        _row(answer.case, finding, law, local=finding["rule"] not in national)
        for answer in answers
        for finding in answer.findings
    ]
    rows.sort(key=lambda row: (row["case"], row["rule"], row["about"]))
    schema = judging(Terms(as_of=as_of, protocol=protocol)).rules.schema()
    plain = pl.DataFrame(rows, schema={name: _PLAIN.get(name, pl.String) for name in schema})
    instant = pl.col("due_at").str.to_datetime("%+", time_unit="ms", time_zone="UTC")
    return (
        plain.with_columns(pl.col("due_on").str.to_date(), instant.dt.convert_time_zone("Europe/London"))
        .select(pl.col(name).cast(held) for name, held in schema.items())
        .write_ndjson()
        .encode()
    )


_PLAIN = {"facts": pl.List(pl.Struct({"name": pl.String, "id": pl.String}))}


def _row(case: str, finding: Mapping[str, Any], law: Mapping[str, Sequence[str]], *, local: bool) -> dict[str, Any]:
    rule, rows, due = finding["rule"], finding["law"]["rows"], finding["due"]
    towards = [one["rule"] for one in finding["law"]["national"]]
    theirs = list(dict.fromkeys(row for id in towards for row in law.get(id, ())))
    timed = due is not None and "T" in due
    return {
        "case": case,
        "authority": None,
        "rule": rule,
        "kind": finding["kind"],
        "local_code": "; ".join(rows) if local else None,
        "national_rule": ("; ".join(towards) or None) if local else rule,
        "national_code": ("; ".join(theirs) or None) if local else "; ".join(rows),
        "about": finding["about"],
        "standing": finding["standing"],
        "due_on": due and due[:10],
        "due_at": due if timed else None,
        "missing": "; ".join(finding["missing"]) or None,
        "contact": finding["contact"] and finding["contact"]["role"],
        "facts": [{"name": one["part"], "id": one["fact"]} for one in finding["decided_by"]],
        "id": finding["id"],
    }


def compared(
    plain: Sequence[Mapping[str, Any]],
    *,
    protocol: str,
    as_of: str,
    folder: Path,
    spark: Any,
    address: str,
    processes: int,
    partitions: int,
) -> Compared:
    """Some cases through all four doors; `processes` is how many of this machine's call `assess` (0: this one)."""
    write_tables(plain, folder)
    one = partial(by_assess, protocol, as_of)
    if processes:
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            called = pool.map(one, plain, chunksize=20)
    else:
        called = list(map(one, plain))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        asked = list(threads.map(partial(by_http, address, protocol, as_of), plain))
    batch, rejects = by_batch(protocol, as_of, folder)
    clustered, aside = by_spark(spark, protocol, as_of, folder, partitions)
    wrong = [f"{a.case}: assess and HTTP" for a, b in zip(called, asked, strict=True) if a != b]
    wrong += [f"a reject of batch or of Spark alone: {line}" for line in set(rejects) ^ set(aside)]
    told = {json.loads(line)["case"] for line in rejects}
    refused = {answer.case for answer in called if answer.refusal}
    wrong += [f"{case}: refused by assess, and no reject of batch says why" for case in refused - told]
    # A job sets a row aside where `assess` refuses a whole case, so of such a case these two alone have findings.
    lines = {"assess": as_lines(called, protocol, as_of), "HTTP": as_lines(asked, protocol, as_of)}
    lines |= {"batch": _without(batch, refused), "Spark": _without(clustered, refused)}
    for name in lines:
        wrong += _unlike(name, lines[name], lines["assess"])
    wrong += _unlike("Spark, with the cases that assess refuses,", clustered, batch)
    found = lines["assess"]
    return Compared(
        cases=len(plain), refused=len(refused), findings=found.count(b"\n"), rejects=len(rejects), size=len(found),
        digest=sha256(found).hexdigest(), wrong=tuple(wrong),
    )  # fmt: skip


def _without(lines: bytes, cases: set[str]) -> bytes:
    return b"".join(line for line in lines.splitlines(keepends=True) if json.loads(line)["case"] not in cases)


def _unlike(name: str, lines: bytes, wanted: bytes) -> list[str]:
    if lines == wanted:
        return []
    has, needs = set(lines.splitlines()), set(wanted.splitlines())
    some = [f"{name} adds {line.decode()}" for line in sorted(has - needs)[:5]]
    some += [f"{name} lacks {line.decode()}" for line in sorted(needs - has)[:5]]
    return some or [f"{name} has the same lines in another order"]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--cases", type=click.IntRange(min=4), default=2_000, show_default=True, help="How many cases under each."
)
@click.option("--protocol", "names", multiple=True, help="Only this one (national for none). May be repeated.")
@click.option("--seed", default=0, show_default=True, help="Which cases.")
@click.option("--processes", default=2, show_default=True, help="How many processes each door has.")
@click.option("--partitions", default=5, show_default=True, help="Spark's.")
def main(cases: int, names: tuple[str, ...], seed: int, processes: int, partitions: int) -> None:
    """Require the four doors to say the same of each case."""
    every = ["national", *(protocol.name for protocol in Registry.discover().protocols)]
    print(machine(), f"load {busy()}", sep="\n", flush=True)
    different = 0
    with TemporaryDirectory() as name, service(processes, "--waiting", str(AT_ONCE)) as (address, _):
        spark = session(processes, Path(name))
        for book in names or every:
            started, protocol = time.monotonic(), "" if book == "national" else book
            plain = made(cases, where(protocol), as_of=AS_OF, seed=seed)
            found = compared(
                plain, protocol=protocol, as_of=AS_OF.isoformat(), folder=Path(name) / book, spark=spark,
                address=address, processes=processes, partitions=partitions,
            )  # fmt: skip
            for line in found.wrong[:20]:
                print(line)
            different += len(found.wrong)
            print(
                f"{book}: {found.cases:,} cases, of which {found.refused} refused; {found.findings:,} findings in "
                f"{found.size:,} bytes, sha256 {found.digest[:16]}; {found.rejects:,} rejects; "
                f"{len(found.wrong)} differences ({time.monotonic() - started:.0f} s)",
                flush=True,
            )
        spark.stop()
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
