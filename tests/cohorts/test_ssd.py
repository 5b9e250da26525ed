"""The Standard Safeguarding Dataset: the same from CSV files, SQLite and PostgreSQL, with a council's own codes."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import URL, Column, Engine, MetaData, String, Table, create_engine, insert, text

from iro_rules.assessment import setting
from iro_rules.clock.calendar import england_and_wales
from iro_rules.cohorts import Cohort, Part, ReadOptions, open_source
from iro_rules.cohorts.coverage import covered_by
from iro_rules.cohorts.ssd import open_ssd
from iro_rules.engines.columnar import judge_table
from iro_rules.errors import CaseError
from iro_rules.facts.kinds import names_of
from tests.cohorts.reading import read, told

SERVER = "IRO_RULES_POSTGRES"
Rows = dict[str, list[dict[str, str]]]

EXTRACTED = date(2026, 3, 2)
MAPS = {"legal_status": {"Interim care order Sec. 38(1)": "interim_care", "Special guardianship": "none"}}


def _tables() -> Rows:
    """Two children: one with a whole story, one in care since before the tables begin."""
    none = "1900-01-01 00:00:00.000"
    return {
        "ssd_person": [
            {"pers_person_id": "a", "pers_dob": "2012-02-15 00:00:00.000", "pers_upn": "x"},
            {"pers_person_id": "b", "pers_dob": "SSD_PH", "pers_upn": "x"},
        ],
        "ssd_cla_episodes": [
            _episode("a", "p1", "2025-05-05", "2025-09-01", "X1", "2025-05-05"),
            _episode("a", "p1", "2025-09-01", none, "", "2025-05-05"),
            _episode("b", "p2", "2019-01-07", none, "", "2019-01-07"),
            _episode("c", "p3", "2025-05-05", "2025-10-01", "Child returned home", "2025-05-05"),
        ],
        "ssd_cla_reviews": [
            _review("r1", "p1", "2025-06-02 10:30:00.000"),
            _review("r2", "p1", none),
            _review("r3", "p1", "2025-08-20 00:00:00.000", cancelled="Y"),
            _review("r4", "p1", "2025-05-05 00:00:00.000"),
            _review("r5", "p9", "2025-08-20 00:00:00.000"),
            _review("r6", "p1", "2025-06-02 00:00:00.000"),
        ],
        "ssd_legal_status": [
            _status("a", "V2", "2025-05-05", "2025-07-01"),
            _status("a", "Interim care  order sec. 38(1)", "2025-07-01", none),
            _status("a", "Special guardianship", "2025-07-01", none),
            _status("c", "Wardship", "2025-05-05", none),
        ],
        "ssd_involvements": [
            _involved("ref-a", "w1", "IRO", "2025-05-07", "2025-08-01"),
            _involved("ref-a", "w2", "CW", "2025-05-05", none),
            _involved("ref-a", "w3", "YOT worker", "2025-05-05", none),
            _involved("ref-z", "w1", "IRO", "2025-05-07", none),
        ],
        "ssd_cin_episodes": [{"cine_person_id": "a", "cine_referral_id": "ref-a"}],
        "ssd_cla_visits": [{"clav_cla_id": "p1", "clav_cla_visit_date": "2025-05-09 14:00:00.000"}],
        "ssd_cla_placement": [
            {"clap_cla_id": "p1", "clap_cla_placement_id": "pl1", "clap_cla_placement_start_date": "2025-05-05",
             "clap_cla_placement_end_date": "2025-09-01", "clap_cla_placement_type": "U4"},
        ],
    }  # fmt: skip


def _episode(person: str, cla: str, start: str, end: str, reason: str, entered: str) -> dict[str, str]:
    return {
        "clae_person_id": person, "clae_cla_id": cla, "clae_cla_episode_start_date": start,
        "clae_cla_episode_start_reason": "S", "clae_cla_episode_ceased_date": end,
        "clae_cla_episode_ceased_reason": reason, "clae_entered_care_date": entered,
    }  # fmt: skip


def _review(name: str, cla: str, held: str, cancelled: str = "N") -> dict[str, str]:
    return {
        "clar_cla_review_id": name, "clar_cla_id": cla, "clar_cla_review_due_date": "2025-05-30",
        "clar_cla_review_date": held, "clar_cla_review_cancelled": cancelled,
    }  # fmt: skip


def _status(person: str, status: str, start: str, end: str) -> dict[str, str]:
    return {
        "lega_person_id": person, "lega_legal_status": status, "lega_legal_status_start_date": start,
        "lega_legal_status_end_date": end,
    }  # fmt: skip


def _involved(referral: str, worker: str, role: str, start: str, end: str) -> dict[str, str]:
    return {
        "invo_professional_id": worker, "invo_professional_role_id": role, "invo_involvement_start_date": start,
        "invo_involvement_end_date": end, "invo_referral_id": referral,
    }  # fmt: skip


def _options(folder: Path, **more: object) -> ReadOptions:
    return ReadOptions(spool=folder / "spool", extracted=EXTRACTED, more={"maps": MAPS, **more})


def _folder(folder: Path, tables: Rows) -> Path:
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _csv(folder: Path, tables: Rows) -> Part:
    return read(open_ssd(_folder(folder / "in", tables), _options(folder)), spool=folder, cases_at_once=1)


def _fill(engine: Engine, tables: Rows, schema: str | None) -> None:
    metadata = MetaData()
    with engine.begin() as connection:
        for name, rows in tables.items():
            table = Table(name, metadata, *(Column(column, String(200)) for column in rows[0]), schema=schema)
            table.create(connection)
            connection.execute(insert(table), rows)


def _facts(part: Part, kind: str, *fields: str) -> list[tuple[object, ...]]:
    return part.events.filter(pl.col("kind") == kind).select("case", pl.col("on").cast(pl.String), *fields).rows()


def test_the_tables_become_facts(tmp_path: Path) -> None:
    """Periods by their own identifier, reviews by the day they were held, involvements through the referral."""
    part = _csv(tmp_path, _tables())
    assert _facts(part, "born") == [("a", "2012-02-15")]
    assert _facts(part, "became_looked_after", "period", "status") == [
        ("a", "2025-05-05", "p1", "section_20"),
        ("c", "2025-05-05", "p3", None),
    ]
    assert _facts(part, "ceased_to_be_looked_after", "period") == [("c", "2025-10-01", "p3")]
    assert _facts(part, "review_held", "review", "period") == [("a", "2025-06-02", "r1", "p1")]
    assert _facts(part, "legal_status", "status") == [
        ("a", "2025-05-05", "section_20"),
        ("a", "2025-07-01", "interim_care"),
    ]
    assert sorted(_facts(part, "appointed", "role", "person", "period")) == [
        ("a", "2025-05-05", "social_worker", "w2", "p1"),
        ("a", "2025-05-07", "iro", "w1", "p1"),
    ]
    assert _facts(part, "ended", "role", "person") == [("a", "2025-08-01", "iro", "w1")]
    assert _facts(part, "visited", "by", "period") == [("a", "2025-05-09", "social_worker", "p1")]
    assert _facts(part, "placement_started", "placement", "type") == [("a", "2025-05-05", "pl1", "foster_care")]
    assert _facts(part, "placement_ended", "placement") == [("a", "2025-09-01", "pl1")]


def test_every_row_is_used_or_set_aside(tmp_path: Path) -> None:
    """With what is wrong with it; rows of roles that are not mapped are not read, and the notes count them."""
    source = open_ssd(_folder(tmp_path / "in", _tables()), _options(tmp_path))
    part = read(source, spool=tmp_path)
    assert sorted((table, row, code) for table, row, _, _, code in told(part)) == [
        ("ssd_cla_reviews", 3, "not-held"),
        ("ssd_cla_reviews", 4, "cancelled"),
        ("ssd_cla_reviews", 5, "on-or-before-start"),
        ("ssd_cla_reviews", 6, "no-case"),
        ("ssd_cla_reviews", 7, "duplicate"),
        ("ssd_involvements", 5, "no-case"),
        ("ssd_legal_status", 4, "not-about-care"),
        ("ssd_legal_status", 5, "unmapped-code"),
        ("ssd_person", 3, "no-date"),
    ]
    assert part.rows_in == part.rows_used + len(part.rejects)
    notes = " ".join(source.notes)
    assert "1 involvements of 1 other roles are not read: YOT worker (1)" in notes
    assert "2026-03-02" in notes
    assert "2020-03-02" in notes


def _covered_of(part: Part) -> dict[str, set[str]]:
    return {case: set(names_of(bits)) for case, bits in part.cases.select("case", "covered").iter_rows()}


def test_what_the_tables_cannot_know_is_not_covered(tmp_path: Path) -> None:
    """Reviews from before they begin; a legal status nobody has mapped."""
    tables = _tables()
    # A review on the day care began may be a later one with its day mistyped.
    tables["ssd_cla_reviews"] = [row for row in tables["ssd_cla_reviews"] if row["clar_cla_review_id"] != "r4"]
    assert "review_held" not in _covered_of(_csv(tmp_path / "1", _tables()))["a"]
    covered = _covered_of(_csv(tmp_path / "2", tables))
    assert {"became_looked_after", "review_held", "legal_status", "appointed", "visited"} <= covered["a"]
    assert not {"became_looked_after", "review_held"} & covered["b"]
    assert "legal_status" not in covered["c"]
    assert not {"told", "consulted", "raised"} & covered["a"]


def test_of_a_child_in_care_before_the_tables_begin_they_cover_what_they_would_hold(tmp_path: Path) -> None:
    """Reviews and visits from their first day on, and starts, unless one of them is not known.

    With several periods of which one has no known start, a review may stand in the wrong one: then none are covered.
    """
    none, tables = "1900-01-01 00:00:00.000", _tables()

    def started(person: str, *entered: str) -> list[dict[str, str]]:
        return [
            _episode(person, f"{person}{n}", f"20{19 + n}-01-07", none if n else "2019-06-01", "", day)
            | {"clae_cla_episode_start_reason": "P"}
            for n, day in enumerate(entered)
        ]

    tables["ssd_cla_episodes"] += [
        *started("d", "2019-01-07", "2020-05-07"),
        *started("e", none),
        *started("f", "2019-01-07", none),
        *started("g", "2021-01-07"),
    ]
    part = _csv(tmp_path, tables)
    covered = dict(zip(part.cases["case"], covered_by(part.cases), strict=True))
    dated = {case: {kind: f"{day}" for kind, day in one.since} for case, one in covered.items()}
    begins = "2020-03-02"
    whole = {"became_looked_after": begins, "review_held": begins, "visited": begins}
    placed = {"review_held": begins, "visited": begins}
    assert dated == {"a": {}, "b": whole, "c": {}, "d": whole, "e": placed, "f": {}, "g": {}}
    assert {"became_looked_after", "visited"} <= covered["g"].kinds


def test_a_stored_due_date_is_never_used(tmp_path: Path) -> None:
    """The deadline is worked out from the start of care, whatever the system had calculated."""
    changed = _tables()
    for row in changed["ssd_cla_reviews"]:
        row["clar_cla_review_due_date"] = "2031-01-01"
    first, second = _csv(tmp_path / "1", _tables()), _csv(tmp_path / "2", changed)
    assert first.events.equals(second.events)
    core, calendar = setting().rulebook.core(), england_and_wales()
    found = judge_table(core, events=first.events, cases=first.cases, as_of=EXTRACTED, calendar=calendar)
    rows = found.filter((pl.col("rule") == "regulations.first-review") & (pl.col("case") == "a"))
    assert rows["due_on"].to_list() == [date(2025, 6, 3)]
    assert rows["standing"].to_list() == ["met"]


def test_without_an_iros_role_nothing_is_said_of_appointments(tmp_path: Path) -> None:
    """The council's map says which role is the IRO's; until it does, none is missed."""
    tables = _tables()
    for row in tables["ssd_involvements"]:
        row["invo_professional_role_id"] = row["invo_professional_role_id"].replace("IRO", "Reviewing Officer")
    source = open_ssd(_folder(tmp_path / "in", tables), _options(tmp_path))
    assert "appointed" not in source.coverage.kinds
    assert any("no involvement has the role of an IRO" in note for note in source.notes)
    maps = {**MAPS, "roles": {"reviewing officer": "iro"}}
    mapped = open_ssd(tmp_path / "in", ReadOptions(spool=tmp_path / "t", extracted=EXTRACTED, more={"maps": maps}))
    assert "appointed" in mapped.coverage.kinds


def test_a_map_may_be_a_file(tmp_path: Path) -> None:
    """TOML, with the tables that `maps` has; what it means has to be one of our terms."""
    (tmp_path / "maps.toml").write_text('[legal_status]\n"Wardship" = "care"\n', encoding="utf-8")
    options = ReadOptions(spool=tmp_path / "s", extracted=EXTRACTED, more={"maps": tmp_path / "maps.toml"})
    part = read(open_ssd(_folder(tmp_path / "in", _tables()), options), spool=tmp_path)
    assert ("c", "2025-05-05", "care") in _facts(part, "legal_status", "status")
    for content, words in (
        ('[legal_status]\n"Wardship" = "caring"\n', "care, perhaps"),
        ('[legal]\n"a" = "care"\n', "no such map"),
        ("[legal", "cannot be read"),
    ):
        (tmp_path / "maps.toml").write_text(content, encoding="utf-8")
        with pytest.raises(CaseError, match=words):
            open_ssd(tmp_path / "in", options)


def test_sqlite_gives_what_csv_gives(tmp_path: Path) -> None:
    """Facts and coverage; the database is not written to."""
    path = tmp_path / "ssd.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    _fill(engine, _tables(), None)
    engine.dispose()
    before = path.read_bytes()
    path.chmod(0o444)
    found = read(open_ssd(f"sqlite:///{path}", _options(tmp_path)), spool=tmp_path, cases_at_once=1)
    _same(found, _csv(tmp_path / "csv", _tables()))
    assert path.read_bytes() == before


def test_the_file_of_an_sqlite_database_may_be_given_itself(tmp_path: Path) -> None:
    """As `iro-rules batch ssd.sqlite --from ssd` gives it; also under a name that means something in an address."""
    path = tmp_path / "ssd?mode=rw&of=100%41.db"
    engine = create_engine(URL.create("sqlite", database=str(path)))
    _fill(engine, _tables(), None)
    engine.dispose()
    before = path.read_bytes()
    for number, given in enumerate((path, str(path))):
        found = read(open_ssd(given, _options(tmp_path / str(number))), spool=tmp_path / str(number), cases_at_once=1)
        assert len(found.events) == len(_csv(tmp_path / f"csv-{number}", _tables()).events) > 0
    assert path.read_bytes() == before


def test_the_address_may_stand_in_a_file(tmp_path: Path) -> None:
    """So that no password stands on a command line; what else the file holds is never shown."""
    engine = create_engine(f"sqlite:///{tmp_path / 'ssd.sqlite'}")
    _fill(engine, _tables(), None)
    engine.dispose()
    (tmp_path / "address").write_text(f"sqlite:///{tmp_path / 'ssd.sqlite'}\n", encoding="utf-8")
    options = ReadOptions(spool=tmp_path / "s", more={"maps": MAPS, "extracted": "2026-03-02", "years": "6"})
    part = read(open_source("ssd", tmp_path / "address", options), spool=tmp_path)
    assert len(_facts(part, "became_looked_after")) == 2
    (tmp_path / "address").write_text("password=secret", encoding="utf-8")
    with pytest.raises(CaseError, match="does not hold the address") as caught:
        open_source("ssd", tmp_path / "address", options)
    assert "secret" not in str(caught.value)


def test_a_hosts_own_connection_may_write_again_afterwards() -> None:
    """Only the reading is kept from writing."""
    from sqlalchemy.pool import StaticPool

    from iro_rules.cohorts.ssd_tables import _only_reading

    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    with (
        engine.connect() as plain,
        _only_reading(plain, "sqlite") as connection,
        pytest.raises(Exception, match="readonly"),
    ):
        connection.execute(text("create table t (a)"))
    with engine.begin() as connection:
        connection.execute(text("create table t (a)"))
    engine.dispose()


def _same(found: Part, expected: Part) -> None:
    """The same facts, but for the numbers of rows in their ids."""
    columns = [name for name in expected.events.columns if name != "id"]
    order = ["case", "kind", "on", "period"]
    left, right = (part.events.select(columns).sort(order, maintain_order=True) for part in (found, expected))
    assert (
        left.with_columns(pl.col(pl.Categorical).cast(pl.String)).rows()
        == right.with_columns(pl.col(pl.Categorical).cast(pl.String)).rows()
    )
    assert found.cases.equals(expected.cases)
    assert sorted(code for *_, code in told(found)) == sorted(code for *_, code in told(expected))


@pytest.fixture(name="postgres")
def _postgres() -> Iterator[Engine]:
    """A real server, with a schema of its own that is dropped afterwards."""
    address = os.environ.get(SERVER)
    if not address:
        pytest.skip(
            f"no PostgreSQL: {SERVER} does not name one; .ci/run starts one where Debian's package is installed"
        )
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("drop schema if exists ssd_development cascade"))
        connection.execute(text("create schema ssd_development"))
    yield engine
    with engine.begin() as connection:
        connection.execute(text("drop schema ssd_development cascade"))
    engine.dispose()


def test_postgresql_gives_what_csv_gives(tmp_path: Path, postgres: Engine) -> None:
    """From a schema of its own, in a transaction that may only read, with timestamps as the database has them."""
    _fill(postgres, _tables(), "ssd_development")
    with postgres.begin() as connection:
        for table, column in (("ssd_cla_reviews", "clar_cla_review_date"), ("ssd_person", "pers_dob")):
            connection.execute(text(f"update ssd_development.{table} set {column} = null where {column} = 'SSD_PH'"))
            change = (
                f"alter table ssd_development.{table} alter column {column} type timestamp using {column}::timestamp"
            )
            connection.execute(text(change))
    options = _options(tmp_path, schema="ssd_development")
    found = read(open_ssd(postgres, options), spool=tmp_path, cases_at_once=1)
    _same(found, _csv(tmp_path / "csv", _tables()))


def test_postgresql_is_only_read(postgres: Engine) -> None:
    """The server itself refuses to write while the tables are read."""
    from iro_rules.cohorts.ssd_tables import _only_reading

    with postgres.connect() as plain, _only_reading(plain, "postgresql") as connection:
        connection.execute(text("select 1")).scalar()
        cursor = connection.connection.cursor()
        with pytest.raises(Exception, match="read-only transaction"):
            cursor.execute("create table ssd_development.t (a int)")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("sqlite:////nowhere/at/all.sqlite", "cannot be read"),
        ("nodialect://user:secret@host/db", "no address"),
        ("postgresql+psycopg://user:secret@/db?host=/nowhere", "cannot be read"),
    ],
)
def test_a_database_that_cannot_be_read_is_told_without_its_password(tmp_path: Path, address: str, words: str) -> None:
    """Messages end up in logs and in mails."""
    with pytest.raises(CaseError, match=words) as caught:
        open_ssd(address, _options(tmp_path))
    assert "secret" not in str(caught.value)


def test_the_day_of_the_tables_has_to_be_said(tmp_path: Path) -> None:
    """And options that there are not are refused."""
    folder = _folder(tmp_path / "in", _tables())
    with pytest.raises(CaseError, match="day the tables were made"):
        open_ssd(folder, ReadOptions(spool=tmp_path / "s"))
    with pytest.raises(CaseError, match="no such option"):
        open_ssd(folder, ReadOptions(spool=tmp_path / "s", extracted=EXTRACTED, more={"map": {}}))
    tables = _tables()
    tables["ssd_cla_reviews"] = [{"clar_cla_id": "p1", "clar_cla_review_id": "r"}]
    other = _folder(tmp_path / "other", tables)
    with pytest.raises(CaseError, match="lacks a column"):
        open_ssd(other, ReadOptions(spool=tmp_path / "t", extracted=EXTRACTED))
    (tmp_path / "empty").mkdir()
    with pytest.raises(CaseError, match="ssd_cla_episodes"):
        open_ssd(tmp_path / "empty", ReadOptions(spool=tmp_path / "u", extracted=EXTRACTED))


@pytest.mark.parametrize(
    ("end", "reason", "start", "code"),
    [
        ("", "", "2025-08-01", "not-ended"),
        ("2025-09-01", "E8", "2025-08-01", "overlap"),
        ("2025-08-01", "X1", "2025-08-01", "no-next-episode"),
        ("2025-08-01", "E8", "2025-08-01", None),
    ],
)
def test_periods_of_care_that_do_not_follow_each_other_are_told(
    tmp_path: Path, end: str, reason: str, start: str, code: str | None
) -> None:
    """Of both something is owed, which nobody would understand without being told."""
    episodes = [_episode("a", "p1", "2025-05-05", end, reason, "2025-05-05"), _episode("a", "p2", start, "", "", start)]
    part = _csv(tmp_path, {"ssd_cla_episodes": episodes})
    assert part.notices["code"].to_list() == [code] * (code is not None)
    assert part.counts["ssd_cla_episodes"].rows_used == 2


def test_a_review_is_cancelled_or_not_and_never_guessed(tmp_path: Path) -> None:
    """Systems write it in several ways; what is none of them may mean either, so nothing is told of reviews."""
    said = {"r1": "Yes", "r2": "1", "r3": "TRUE", "r4": "No", "r5": "0", "r6": "", "r7": "Adjourned"}
    reviews = [_review(name, "p1", f"2025-06-1{n}", cancelled) for n, (name, cancelled) in enumerate(said.items())]
    part = _csv(
        tmp_path, {"ssd_cla_episodes": [_episode("a", "p1", "2025-05-05", "", "", "")], "ssd_cla_reviews": reviews}
    )
    codes = part.rejects.select("value", "code").rows()
    assert codes == [("Yes", "cancelled"), ("1", "cancelled"), ("TRUE", "cancelled"), ("Adjourned", "unknown-code")]
    assert part.events.filter(kind="review_held")["review"].to_list() == ["r4", "r5", "r6"]
    assert "review_held" not in _covered_of(part)["a"]


def test_a_row_that_names_another_childs_period_is_nobodys(tmp_path: Path) -> None:
    """Two children may have been swapped: what was held for the one is not taken for the other's."""
    episodes = [_episode(child, f"p-{child}", "2025-05-05", "", "", "") for child in ("a", "b")]
    reviews = [{**_review("r1", "p-b", "2025-06-02"), "clar_cla_person_id": "a"}]
    part = _csv(tmp_path, {"ssd_cla_episodes": episodes, "ssd_cla_reviews": reviews})
    assert part.rejects.select("case", "field", "value", "code").rows() == [("a", "cla", "p-b", "other-child")]
    assert "review_held" not in _covered_of(part)["a"]


def test_a_period_that_two_children_have_links_no_row_to_either(tmp_path: Path) -> None:
    """Some systems number the periods of each child anew; a row without a child of its own is then set aside."""
    episodes = [_episode(child, "1", "2025-05-05", "", "", "") for child in ("a", "b")]
    with_child = {**_review("r2", "1", "2025-06-02"), "clar_cla_person_id": "b"}
    for number, (row, codes) in enumerate([(_review("r1", "1", "2025-06-02"), ["no-case"]), (with_child, [])]):
        part = _csv(tmp_path / str(number), {"ssd_cla_episodes": episodes, "ssd_cla_reviews": [row]})
        assert part.rejects["code"].to_list() == codes
        assert part.events.filter(kind="review_held")["case"].to_list() == ["b"] * (not codes)


def test_two_files_of_one_table_are_refused(tmp_path: Path) -> None:
    """Which of the two was read would depend on how their names are written."""
    folder = _folder(tmp_path / "in", {"ssd_cla_episodes": [_episode("a", "p1", "2025-05-05", "", "", "")]})
    (folder / "SSD_CLA_Episodes.CSV").write_bytes((folder / "ssd_cla_episodes.csv").read_bytes())
    with pytest.raises(CaseError, match=r"two files .* one table.*SSD_CLA_Episodes\.CSV and ssd_cla_episodes\.csv"):
        open_ssd(folder, _options(tmp_path))


@pytest.mark.parametrize("day", ["2025-05-05", "05/05/2025", "2025-05-05 00:00:00.000", "2025-05-05T00:00:00"])
@pytest.mark.parametrize(("whole", "dated"), [("text", "date"), ("real", "datetime"), ("decimal(10)", "decimal(10)")])
def test_a_database_may_declare_its_columns_as_it_likes(tmp_path: Path, day: str, whole: str, dated: str) -> None:
    """SQLite keeps a text in a column of dates or of numbers; a whole number is an identifier without a .0."""
    engine = create_engine(f"sqlite:///{tmp_path / 'one.sqlite'}")
    with engine.begin() as connection:
        columns = f"clae_person_id {whole}, clae_cla_episode_start_date {dated}, clae_cla_episode_ceased_date {dated}"
        reason = "clae_cla_episode_start_reason text"
        connection.execute(text(f"create table ssd_cla_episodes ({columns}, {reason})"))
        connection.execute(text(f"insert into ssd_cla_episodes values (7, '{day}', null, 'S')"))
    (part,) = Cohort.of([open_ssd(engine, _options(tmp_path))], spool=tmp_path / "laid").parts()
    engine.dispose()
    assert part.events.select("case", "kind", "on").rows() == [("7", "became_looked_after", date(2025, 5, 5))]


def test_a_child_who_is_born_after_coming_into_care_has_no_age(tmp_path: Path) -> None:
    """One of the two days is wrong, and nobody can tell which."""
    people = [{"pers_person_id": child, "pers_dob": day} for child, day in (("a", "2025-05-06"), ("b", "2025-05-05"))]
    episodes = [_episode(child, f"p-{child}", "2025-05-05", "", "", "") for child in ("a", "b")]
    part = _csv(tmp_path, {"ssd_person": people, "ssd_cla_episodes": episodes})
    assert told(part) == [("ssd_person", 2, "a", "DOB", "born-after")]
    assert ["born" in kinds for kinds in _covered_of(part).values()] == [False, True]
