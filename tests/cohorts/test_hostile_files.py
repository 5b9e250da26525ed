"""Whatever stands in a file: it is refused in words, or each row is used or set aside, and the rest can be judged."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from iro_rules.assessment import setting
from iro_rules.clock.calendar import england_and_wales
from iro_rules.cohorts import Cohort, FactSource, ReadOptions
from iro_rules.cohorts.event_columns import COLUMNS
from iro_rules.cohorts.event_tables import open_events
from iro_rules.cohorts.ssd import open_ssd
from iro_rules.cohorts.ssd_columns import TABLES as DATASET
from iro_rules.cohorts.ssda903 import open_ssda903
from iro_rules.cohorts.ssda903_codes import TABLES as RETURN
from iro_rules.cohorts.ssda903_codes import codes
from iro_rules.engines.columnar import judge_table
from iro_rules.facts import Coverage
from iro_rules.facts.kinds import KINDS
from tests.cohorts.reading import whole

CELLS = (
    "", " ", "a", "b", "c", "1", "2", "-1", "=1+1", "@x", "'", '"', 'a"b', "a,b", "a\nb", "\u2028", "Zo\u00eb",
    "x" * 300, "\ufffd", "2025-06-02", "02/06/2025", "05/05/2025", "31/02/2025", "1900-01-01", "9999-12-31",
    "0001-01-01",
    "01/01/19", "2025-06-02T10:00:00+00:00", "2025-06-02 10:00:00.000", "1e9", "99999999999999999999", "nan", "null",
    "iro", "child", "review", "S", "L", "X1", "E8", "C1", "V2", "V3", "V4", "U4", "PN1", "Y", "IRO", "CW", "SSD_PH",
)  # fmt: skip
DAYS = ("02/06/2025", "05/05/2025", "2025-06-02", "2025-09-01", "01/02/2024", "01/04/2026")


def _row(rng: random.Random, columns: tuple[str, ...], likely: Mapping[str, Sequence[str]]) -> list[str]:
    """Mostly what may stand in a column, so that rows are used, and sometimes anything."""
    cells = []
    for name in columns:
        anything = rng.choice(CELLS) if rng.random() < 0.3 else ""
        cells.append(rng.choice(likely[name]) if name in likely and rng.random() < 0.85 else anything)
    return cells


def _write(path: Path, columns: tuple[str, ...], rows: list[list[str]], rng: random.Random) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([*row, *(["beyond"] if rng.random() < 0.02 else [])] for row in rows)


def _events(folder: Path, rng: random.Random) -> FactSource:
    likely = {
        "case": ("a", "b", "c"),
        "kind": tuple(KINDS),
        "when": DAYS[2:4],
        "id": ("",),
        "role": ("iro",),
        "by": ("iro",),
        "to": ("child",),
        "about": ("review", "concern"),
        "review": ("1", "2"),
        "person": ("p",),
        "period": ("", "1"),
    }
    rows = [_row(rng, COLUMNS, likely) for _ in range(200)]
    _write(folder / "events.csv", COLUMNS, rows, rng)
    options = ReadOptions(spool=folder / "spool", coverage=Coverage.everything(), extracted=date(2026, 3, 31))
    return open_events(folder / "events.csv", options)


def _return(folder: Path, rng: random.Random) -> FactSource:
    likely: dict[str, Sequence[str]] = {
        "CHILD": ("a", "b", "c", "d"),
        "DECOM": DAYS,
        "DEC": ("", *DAYS),
        "REVIEW": DAYS,
        "DOB": ("01/02/2012",),
        **{name: codes(name, 2026) for name in ("RNE", "LS", "REC", "PLACE", "REVIEW_CODE")},
    }
    for name in ("this", "last"):
        (folder / name).mkdir()
        # A return none of whose reviews lies in its year is refused.
        likely["REVIEW"] = (*DAYS, "03/06/2024") if name == "last" else DAYS
        for table in RETURN:
            _write(
                folder / name / f"{table.name}.csv",
                table.columns,
                [_row(rng, table.columns, likely) for _ in range(30)],
                rng,
            )
    return open_ssda903(
        folder / "this", ReadOptions(spool=folder / "spool", more={"year": 2026, "last_year": folder / "last"})
    )


def _dataset(folder: Path, rng: random.Random) -> FactSource:
    (folder / "in").mkdir()
    for table in DATASET.values():
        columns = tuple(column.names[0] for column in table.columns.values())
        likely: dict[str, Sequence[str]] = {column.names[0]: DAYS for column in table.columns.values() if column.date}
        likely |= {name: ("a", "b", "c") for name in columns if name.endswith(("person_id", "cla_id", "referral_id"))}
        likely |= {
            "invo_professional_role_id": ("IRO", "CW"),
            "lega_legal_status": ("C1", "V2"),
            "invo_professional_id": ("w",),
        }
        _write(folder / "in" / f"{table.name}.csv", columns, [_row(rng, columns, likely) for _ in range(30)], rng)
    return open_ssd(folder / "in", ReadOptions(spool=folder / "spool", extracted=date(2026, 3, 31)))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("make", [_events, _return, _dataset])
def test_every_row_is_accounted_for_and_the_rest_can_be_judged(tmp_path: Path, make: object, seed: int) -> None:
    """However the cases are parted, the same; and no reader of rules finds anything wrong with what is left."""
    source = make(tmp_path, random.Random(seed))  # type: ignore[operator]
    parts = [
        whole(Cohort.of([source], spool=tmp_path / f"laid-{size}", cases_at_once=size)) for size in (1, 1000)
    ]  # fmt: skip
    small, large = parts
    for name in ("events", "cases"):
        left, right = getattr(small, name), getattr(large, name)
        assert left.select(sorted(left.columns)).rows() == right.select(sorted(right.columns)).rows()
    order = ["table", "row", "field", "code", "case", "value"]
    for name in ("rejects", "notices"):
        left, right = getattr(small, name).sort(order), getattr(large, name).sort(order)
        assert left.rows() == right.rows()
    assert small.counts == large.counts
    assert large.rows_in == large.rows_used + len(large.rejects)
    core, calendar = setting().rulebook.core(), england_and_wales()
    judge_table(core, events=large.events, cases=large.cases, as_of="2026-03-31", calendar=calendar)
