"""Twenty thousand copies of a few children are read as these few are, by every reader.

Polars takes other ways from some 16,000 rows on, and what holds of three children has failed of many before.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from iro_rules.cohorts import FactSource, Part, ReadOptions
from iro_rules.cohorts.event_tables import open_events
from iro_rules.cohorts.ssd import open_ssd
from iro_rules.cohorts.ssda903 import open_ssda903
from iro_rules.facts import Coverage
from tests.cohorts.reading import read
from tests.cohorts.returns import episode, header, review

MANY = 20_000
Tables = Mapping[str, list[dict[str, Any]]]

RETURN: Tables = {
    "header": [*header("a", "b"), *header("c", dob="30/02/2012")],
    "episodes": [
        episode("a", "05/05/2025", "S", "L1", "07/05/2025", "X1"),
        episode("a", "07/05/2025", "L", "C1"),
        episode("b", "05/05/2025", "S", "V2", "soon"),
        episode("c", "05/05/2019", "S", "XX"),
    ],
    "reviews": [review("a", "02/06/2025"), review("a", "02/06/2024"), review("c", "02/06/2025"), review("b", "")],
}
DATASET: Tables = {
    "ssd_person": [{"pers_person_id": "a", "pers_dob": "2012-02-15"}, {"pers_person_id": "b", "pers_dob": ""}],
    "ssd_cla_episodes": [
        {
            "clae_person_id": person, "clae_cla_id": f"p-{person}", "clae_cla_episode_start_date": start,
            "clae_cla_episode_start_reason": "S", "clae_cla_episode_ceased_date": "",
            "clae_cla_episode_ceased_reason": "", "clae_entered_care_date": start,
        }
        for person, start in (("a", "2025-05-05"), ("b", "2019-01-07"))
    ],
    "ssd_cla_reviews": [
        {"clar_cla_review_id": "r1", "clar_cla_id": "p-a", "clar_cla_review_date": "2025-06-02"},
        {"clar_cla_review_id": "r2", "clar_cla_id": "p-a", "clar_cla_review_date": "2025-02-31"},
        {"clar_cla_review_id": "r3", "clar_cla_id": "p-z", "clar_cla_review_date": "2025-06-02"},
    ],
}  # fmt: skip
EVENTS: Tables = {
    "events": [
        {"case": "a", "kind": "became_looked_after", "when": "2025-05-05", "period": "1"},
        {"case": "a", "kind": "review_held", "when": "2025-06-02", "period": "1"},
        {"case": "a", "kind": "review_held", "when": "2025-06-02", "period": "1"},
        {"case": "b", "kind": "review_holden", "when": "2025-06-02", "period": "1"},
        {"case": "b", "kind": "review_held", "when": "tomorrow", "period": "1"},
        {"case": "c", "kind": "appointed", "when": "2025-06-02", "period": "1"},
    ]
}


def _csv(folder: Path, tables: Tables) -> None:
    for name, rows in tables.items():
        pl.DataFrame(rows).write_csv(folder / f"{name}.csv")


def _lines(folder: Path, tables: Tables) -> None:
    for name, rows in tables.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _parquet(folder: Path, tables: Tables) -> None:
    for name, rows in tables.items():
        pl.DataFrame(rows).write_parquet(folder / f"{name}.parquet")


def _options(folder: Path, **more: object) -> ReadOptions:
    kinds = Coverage.only("became_looked_after", "review_held")
    return ReadOptions(spool=folder / "spool", extracted=date(2026, 3, 31), coverage=kinds, more=more)


def _copied(tables: Tables, copies: int) -> Tables:
    """Every row so many times, with its ids made apart."""
    return {
        name: [
            {k: f"{value}.{n}" if _names(k) and value else value for k, value in row.items()}
            for n in range(copies)
            for row in rows
        ]
        for name, rows in tables.items()
    }


def _names(column: str) -> bool:
    return column in ("case", "CHILD") or column.endswith(("person_id", "cla_id", "review_id"))


def _seen(part: Part) -> dict[str, Counter[Any]]:
    """What a part comes to, without its ids: facts, rows, coverage and what was told, each with how often."""
    told = ("table", "field", "value", "code")
    rows = pl.concat([part.rejects, part.notices])
    some = rows.with_columns(pl.col("value").str.replace(r"\.\d+$", ""))
    return {
        "facts": Counter(part.events.with_columns(pl.col("kind").cast(pl.String)).select("kind", "on").rows()),
        "covered": Counter(part.cases.select("subject", "covered").rows()),
        "told": Counter(some.select(told).rows()),
        "rows": Counter({(name, used): getattr(count, used) for name, count in part.counts.items()
                         for used in ("rows_in", "rows_used")}),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "write", "open_it", "more"),
    [
        pytest.param(EVENTS, _csv, open_events, {}, id="events, CSV"),
        pytest.param(EVENTS, _lines, open_events, {}, id="events, JSON lines"),
        pytest.param(EVENTS, _parquet, open_events, {}, id="events, Parquet"),
        pytest.param(RETURN, _csv, open_ssda903, {"year": 2026}, id="ssda903"),
        pytest.param(DATASET, _csv, open_ssd, {}, id="ssd"),
    ],
)
def test_many_children_are_read_as_few_are(
    tmp_path: Path,
    tables: Tables,
    write: Callable[[Path, Tables], None],
    open_it: Callable[[Path, ReadOptions], FactSource],
    more: dict[str, object],
) -> None:
    """Facts, coverage, rows used and rows told of: so many times what they are for one copy, in one part."""
    seen = []
    for copies in (1, MANY):
        folder = tmp_path / str(copies)
        (folder / "in").mkdir(parents=True)
        write(folder / "in", _copied(tables, copies))
        part = read(open_it(folder / "in", _options(folder, **more)), spool=folder, cases_at_once=10**6)
        seen.append(_seen(part))
    few, many = seen
    assert few["told"]
    assert few["facts"]
    for what, counts in few.items():
        assert many[what] == Counter({one: count * MANY for one, count in counts.items()}), what
