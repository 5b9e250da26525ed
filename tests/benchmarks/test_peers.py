"""This library and the engines it is measured against find the same, and what they find is what was counted by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from benchmarks.peers import __main__ as command
from benchmarks.peers import field
from benchmarks.peers.field import FLOOR, LIBRARY, PEERS, Bench, Peer, found_in, run_alone
from benchmarks.peers.work import AS_OF, BEFORE, FIRST, IRO, LATER, SECOND, event_table
from iro_rules.engines.columnar import events_schema

CONTACT, CARE_PLAN, HEALTH_PLAN, REPORT, CONSULTED = (duty.rule for duty in BEFORE)
EVERY = pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.module)
OTHER = pytest.mark.parametrize("peer", PEERS[1:], ids=lambda peer: peer.module)

Row = tuple[str, str, str, date, str | None, str | None, str | None]


def fact(id: str, kind: str, day: str, review: str | None = None, document: str | None = None) -> Row:
    """A fact of the child counted by hand."""
    about = {"told": "review", "consulted": "review_arrangements"}.get(kind)
    return "a", id, kind, date.fromisoformat(day), review, document, about


# Good Friday of 2025 is 18 April, Easter Monday the 21st.
CHILD = [
    fact("f01", "became_looked_after", "2025-01-06"),
    fact("f02", "appointed", "2025-01-13"),
    fact("f03", "told", "2025-01-14", "one"),
    fact("f04", "provided", "2025-01-30", "one", "social_work_report"),
    fact("f05", "provided", "2025-01-31", "one", "care_plan"),
    fact("f06", "review_held", "2025-02-04", "one"),
    fact("f07", "consulted", "2025-02-04", "one"),
    fact("f08", "told", "2025-04-10", "two"),
    fact("f09", "review_held", "2025-05-02", "two"),
]
NEWCOMER: Row = ("b", "f01", "became_looked_after", date(2025, 12, 1), None, None, None)
BY_HAND = {
    ("a", IRO, "f01", "met", "2025-01-13"),
    ("a", FIRST, "f01", "met_late", "2025-02-03"),
    ("a", SECOND, "f06", "met", "2025-05-04"),
    ("a", LATER, "f09", "overdue", "2025-11-02"),
    ("a", CONTACT, "f06", "met", "2025-01-14"),
    ("a", CARE_PLAN, "f06", "met_late", "2025-01-30"),
    ("a", HEALTH_PLAN, "f06", "overdue", "2025-01-30"),
    ("a", REPORT, "f06", "met", "2025-01-30"),
    ("a", CONSULTED, "f06", "met", "2025-02-04"),
    ("a", CONTACT, "f09", "met_late", "2025-04-09"),
    ("a", CARE_PLAN, "f09", "overdue", "2025-04-29"),
    ("a", HEALTH_PLAN, "f09", "overdue", "2025-04-29"),
    ("a", REPORT, "f09", "overdue", "2025-04-29"),
    ("a", CONSULTED, "f09", "overdue", "2025-05-02"),
    ("b", IRO, "f01", "overdue", "2025-12-08"),
    ("b", FIRST, "f01", "open", "2025-12-31"),
}


def needed(peer: Peer) -> None:
    """Skips the test where a peer is not installed, and says so."""
    if peer.missing:
        pytest.skip(peer.missing)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Two hundred cases, judged by this library."""
    made = Bench(tmp_path_factory.mktemp("peers"), 200)
    made.run(LIBRARY)
    return made


@pytest.fixture
def by_hand(tmp_path: Path) -> Path:
    """The table of the cases counted by hand."""
    names = ("case", "id", "kind", "on", "review", "document", "about")
    table = pl.DataFrame([*CHILD, NEWCOMER], schema={name: pl.Date if name == "on" else pl.String for name in names},
                         orient="row")  # fmt: skip
    of = pl.col("kind")
    dealt = of.is_in(["told", "provided", "consulted"])
    schema = events_schema()
    whole = table.with_columns(
        role=pl.when(of == "appointed").then(pl.lit("iro")),
        by=pl.when(dealt).then(pl.lit("social_worker")),
        to=pl.when(dealt).then(pl.when(of == "consulted").then(pl.lit("child")).otherwise(pl.lit("iro"))),
    ).cast({name: schema[name] for name in (*names, "role", "by", "to")})
    path = tmp_path / "by-hand.parquet"
    whole.write_parquet(path)
    return path


@EVERY
def test_each_finds_what_was_counted_by_hand(peer: Peer, by_hand: Path, tmp_path: Path) -> None:
    """Working days over Easter and Christmas, calendar months, the day itself and the day after, and nothing done."""
    needed(peer)
    out = tmp_path / "found.parquet"
    run_alone(peer, by_hand, out, by_hand)
    found = {(*row[:4], row[4].isoformat()) for row in found_in(out).iter_rows()}
    assert found == BY_HAND


@OTHER
def test_each_finds_what_this_library_finds(peer: Peer, bench: Bench) -> None:
    """On 200 made-up cases every finding is equal: the case, the rule, what it is about, how it stands, when due."""
    needed(peer)
    bench.run(peer)
    assert bench.differs(peer) == []


def test_the_floor_writes_just_what_this_library_found(bench: Bench) -> None:
    """It judges nothing, so what it takes is what the files alone take, and for no less than all findings."""
    bench.run(FLOOR)
    assert len(bench.findings(FLOOR)) == len(bench.findings(LIBRARY)) > 0
    assert bench.differs(FLOOR) == []


def test_the_cases_bring_about_all_standings_of_all_duties(bench: Bench) -> None:
    """A comparison over cases in which nothing is ever late would say little."""
    found = bench.findings(LIBRARY).group_by("rule", "standing").len()
    for standing in ("met", "met_late", "overdue"):
        assert found.filter(pl.col("standing") == standing)["rule"].n_unique() >= 8, standing
    assert "open" in found["standing"]


def test_the_work_is_what_it_is_said_to_be() -> None:
    """Some 21 facts a case, none after the day asked about, in order of case and day, the same again from a seed."""
    table = event_table(2_000, seed=3)
    assert 20.5 < len(table) / 2_000 < 21.5
    assert table["on"].max() == AS_OF or table["on"].max() < AS_OF  # type: ignore[operator]
    assert table.equals(table.sort("case", "on", "id"))
    assert table.equals(event_table(2_000, seed=3))


def test_a_finding_that_differs_is_reported_and_nothing_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a peer finds another standing, the command names it and ends with 1."""
    found = field.found_in

    def wrong(path: Path) -> pl.DataFrame:
        table = found(path)
        if path.stem != "by_polars":
            return table
        return table.with_columns(standing=pl.col("standing").replace("met_late", "met"))

    monkeypatch.setattr(field, "found_in", wrong)
    result = CliRunner().invoke(command.main, ["--cases", "20", "--runs", "1", "--only", "by_polars"])
    assert result.exit_code == 1
    assert "Polars by hand, long table differs" in result.output
    assert "microseconds" not in result.output


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left out with a message that says how to install it; the others are measured."""
    gone = Peer(module="by_zen", title="GoRules zen", needs="no_such_package")
    monkeypatch.setattr(command, "PEERS", (LIBRARY, gone))
    result = CliRunner().invoke(command.main, ["--cases", "20", "--runs", "1"])
    assert result.exit_code == 0, result.output
    assert "GoRules zen is left out: no_such_package is not installed" in result.output
    assert "equal findings: iro_rules, a batch job\n" in result.output
    assert "microseconds a case" in result.output
