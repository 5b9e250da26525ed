"""Which reader answers: each gives the same findings, and where two differ there is no answer."""

from __future__ import annotations

import json
import stat
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from iro_rules import Case, CaseError, Coverage, Engine, EngineError, ReaderDisagreement, Setting, assess, read_case
from iro_rules.assessment.bundle import plain_case, replay
from iro_rules.engines import durable, meaning
from iro_rules.engines.verdict import Verdict
from iro_rules.facts import Appointed, Related
from iro_rules.rulebook import Rulebook
from tests.assessment.made import LAW, RAISED, book, case, duty, told_on

needs_durable = pytest.mark.skipif(durable.available() != "", reason=durable.available() or "installed")
needs_columnar = pytest.mark.skipif(find_spec("iro_rules.engines.columnar") is None, reason="no columnar reader yet")

LATE = "rochdale.dispute.team-manager-response:f14"


def kindly(*arguments: Any) -> tuple[Verdict, ...]:
    """A reader that finds what was late to have been in time."""
    found = meaning.judge(*arguments)
    return tuple(v._replace(standing="met") if v.id == LATE else v for v in found)


@pytest.fixture(name="differing")
def _differing(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The durable reader is there, and differs from the meaning."""
    monkeypatch.setattr(durable, "judge", kindly)
    monkeypatch.setattr(durable, "available", lambda: "")
    return monkeypatch


@pytest.fixture(name="alone")
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose folder for temporary files and whose working folder are empty, and this one."""
    for name in ("tmp", "work"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def files_in(folder: Path) -> list[str]:
    """Every file below a folder, from it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def disagreement(dispute: Case, where: Setting | Rulebook | None, **options: Any) -> ReaderDisagreement:
    """The error that two differing readers give."""
    with pytest.raises(ReaderDisagreement) as raised:
        assess(dispute, as_of="2026-03-02", protocol=where, **options)
    return raised.value


@pytest.mark.parametrize(
    ("engine", "reader"),
    [
        pytest.param("checked", "durable, checked against meaning", marks=needs_durable),
        pytest.param("durable", "durable", marks=needs_durable),
        ("meaning", "meaning"),
        pytest.param("columnar", "columnar", marks=needs_columnar),
    ],
)
def test_every_engine_gives_the_same_findings_and_is_named(
    engine: str, reader: str, dispute: Case, rochdale: Setting
) -> None:
    """The whole example, with everything said of other readings."""
    wanted = assess(dispute, as_of="2026-03-02", protocol=rochdale, engine=Engine.MEANING)
    found = assess(dispute, as_of="2026-03-02", protocol=rochdale, engine=engine)
    assert found.findings == wanted.findings
    assert found.only_otherwise == wanted.only_otherwise
    assert found.provenance.reader == reader


@needs_durable
def test_two_readers_answer_unless_one_is_asked_for(dispute: Case, rochdale: Setting) -> None:
    """The default is the durable reader, checked."""
    assert (
        assess(dispute, as_of="2026-03-02", protocol=rochdale).provenance.reader == "durable, checked against meaning"
    )


def test_an_engine_that_does_not_exist_is_refused(dispute: Case, rochdale: Setting) -> None:
    """The error names those there are."""
    with pytest.raises(EngineError, match="checked, durable, meaning, columnar"):
        assess(dispute, as_of="2026-03-02", protocol=rochdale, engine="clips")


def test_only_the_engine_asked_for_is_asked(dispute: Case, rochdale: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The meaning alone asks nothing of durable, and durable alone nothing of the meaning."""

    def refuse(*_: Any) -> Any:
        raise AssertionError("this reader was not asked for")

    monkeypatch.setattr(durable, "judge", refuse)
    assert assess(dispute, as_of="2026-03-02", protocol=rochdale, engine="meaning").overdue
    given = meaning.judge
    monkeypatch.setattr(durable, "judge", given)
    monkeypatch.setattr(meaning, "judge", refuse)
    made = assess(dispute, as_of="2026-03-02", protocol=rochdale, engine="durable", robustness=False)
    assert made.overdue


def test_the_columnar_reader_is_given_facts_and_the_day(
    dispute: Case, rochdale: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes the case itself, and what comes back is the answer."""
    given: dict[str, Any] = {}

    class Stand:
        @staticmethod
        def judge(core: Any, case: Case, **options: Any) -> tuple[Verdict, ...]:
            given.update(options, case=case)
            return ()

    import iro_rules.engines

    monkeypatch.setitem(sys.modules, "iro_rules.engines.columnar", Stand)
    monkeypatch.setattr(iro_rules.engines, "columnar", Stand, raising=False)
    made = assess(dispute, as_of="2026-03-02", protocol=rochdale, engine="columnar", robustness=False)
    assert made.findings == ()
    assert given["case"] is dispute
    assert set(given) == {"case", "as_of", "calendar", "related"}


# Without durable-rules


def test_without_durable_rules_the_meaning_answers_alone_and_says_so(
    dispute: Case, rochdale: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The findings are the same; the reader named is the one that answered, with the reason."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    made = assess(dispute, as_of="2026-03-02", protocol=rochdale)
    assert made.provenance.reader.startswith("meaning alone (durable-rules is not installed")
    assert made.findings == assess(dispute, as_of="2026-03-02", protocol=rochdale, engine="meaning").findings


def test_durable_alone_is_refused_where_it_is_not_installed(dispute: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for it by name is not given another reader's answer."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    fresh = book(duty(law=LAW))
    with pytest.raises(EngineError, match="durable-rules is not installed"):
        assess(case(RAISED), as_of="2026-03-02", protocol=fresh, engine="durable")


def test_a_reader_that_fails_is_not_covered_up(
    dispute: Case, rochdale: Setting, differing: pytest.MonkeyPatch, alone: Path
) -> None:
    """An engine that breaks gives no answer, though the meaning has one."""

    def broken(*_: Any) -> Any:
        raise EngineError("the engine failed")

    differing.setattr(durable, "judge", broken)
    with pytest.raises(EngineError, match="the engine failed"):
        assess(dispute, as_of="2026-03-02", protocol=rochdale)
    assert files_in(alone) == []


# Two answers


@pytest.mark.usefixtures("differing", "alone")
def test_two_answers_are_no_answer(dispute: Case, rochdale: Setting) -> None:
    """The error names the case and the file, and the findings are withheld."""
    error = disagreement(dispute, rochdale)
    assert "case rochdale-0417: two readers gave different findings, so none is given" in str(error)
    assert error.bundle
    assert error.bundle in str(error)
    assert "on this machine only" in str(error)


@pytest.mark.usefixtures("differing")
def test_what_is_kept_is_one_file_for_its_owner_only(dispute: Case, rochdale: Setting, alone: Path) -> None:
    """One new file in the folder for temporary files, mode 0600, and nothing anywhere else."""
    error = disagreement(dispute, rochdale)
    (name,) = files_in(alone)
    assert (alone / name).samefile(error.bundle)
    assert name.startswith("tmp/iro-rules-disagreement-")
    assert name.endswith(".json")
    assert stat.S_IMODE(Path(error.bundle).stat().st_mode) == 0o600


@pytest.mark.usefixtures("differing")
def test_what_is_kept_goes_where_it_is_wanted(dispute: Case, rochdale: Setting, alone: Path) -> None:
    """The folder is made if need be, and a second disagreement makes a second file."""
    folder = alone / "kept" / "here"
    first = disagreement(dispute, rochdale, bundles=folder)
    second = disagreement(dispute, rochdale, bundles=folder)
    assert {Path(first.bundle), Path(second.bundle)} == set(folder.iterdir())
    assert len(files_in(alone)) == 2


@pytest.mark.usefixtures("differing", "alone")
def test_what_is_kept_has_case_answers_readings_and_versions(dispute: Case, rochdale: Setting) -> None:
    """Both answers whole, what differs by id, the question, the readings chosen, and the packages."""
    readings = {"counting.first-day": "next_day"}
    kept = json.loads(Path(disagreement(dispute, rochdale, readings=readings).bundle).read_text(encoding="utf-8"))
    assert kept["format"] == "iro-rules/disagreement/1"
    assert (kept["as_of"], kept["readings"], kept["rulebook"]) == ("2026-03-02", readings, "national + rochdale")
    assert kept["packages"] == [f"{p.name} {p.version}" for p in rochdale.rulebook.packages]
    assert kept["calendar"] == rochdale.calendar.edition
    assert kept["differ"] == [LATE]
    standings = {
        reader: {f"{v['rule']}:{v['about']}": v["standing"] for v in found} for reader, found in kept["answers"].items()
    }
    assert standings["durable"][LATE] == "met"
    assert standings["meaning"][LATE] == "met_late"
    assert len(standings["durable"]) == len(standings["meaning"]) > 33
    assert kept["case"] == plain_case(dispute)


@pytest.mark.usefixtures("differing", "alone")
def test_the_case_that_is_kept_reads_as_a_case_file(dispute: Case, rochdale: Setting) -> None:
    """It is the same case, to the last fact."""
    kept = json.loads(Path(disagreement(dispute, rochdale).bundle).read_text(encoding="utf-8"))
    again = read_case(json.dumps(kept["case"]).encode(), terms=rochdale.rulebook.terms).case
    assert again == dispute


@pytest.mark.usefixtures("differing", "alone")
def test_a_disagreement_that_cannot_be_kept_is_told_all_the_same(dispute: Case, rochdale: Setting, alone: Path) -> None:
    """The folder is a file: there is no bundle, and still no answer."""
    (alone / "file").write_text("", encoding="utf-8")
    error = disagreement(dispute, rochdale, bundles=alone / "file")
    assert error.bundle == ""
    assert "what would reproduce it could not be kept: " in str(error)


def test_a_finding_given_twice_is_a_difference(
    dispute: Case, rochdale: Setting, differing: pytest.MonkeyPatch, alone: Path
) -> None:
    """Every verdict is counted, and the one too many is named."""
    differing.setattr(durable, "judge", lambda *given: (*meaning.judge(*given), meaning.judge(*given)[-1]))
    kept = json.loads(Path(disagreement(dispute, rochdale).bundle).read_text(encoding="utf-8"))
    assert len(kept["differ"]) == 1
    assert len(files_in(alone)) == 1


# Judged again


def test_a_bundle_can_be_judged_again(
    dispute: Case, rochdale: Setting, differing: pytest.MonkeyPatch, alone: Path
) -> None:
    """The readers differ as they did; once the fault is mended they agree."""
    kept = disagreement(dispute, rochdale).bundle
    again = replay(kept)
    assert again.differ == again.differed == (LATE,)
    assert again.changed == ()
    assert set(again.answers) == {"durable", "meaning"}
    differing.setattr(durable, "judge", meaning.judge)
    mended = replay(Path(kept), protocol=rochdale)
    assert (mended.differ, mended.differed) == ((), (LATE,))
    assert mended.answers["durable"] == mended.answers["meaning"]
    assert files_in(alone) == [Path(kept).relative_to(alone).as_posix()]


@needs_durable
def test_a_bundle_judged_again_by_the_real_readers_agrees(
    dispute: Case, rochdale: Setting, monkeypatch: pytest.MonkeyPatch, alone: Path
) -> None:
    """Undone, the planted fault is gone from both answers."""
    with monkeypatch.context() as planted:
        planted.setattr(durable, "judge", kindly)
        kept = disagreement(dispute, rochdale).bundle
    assert replay(kept).differ == ()
    assert files_in(alone)


@pytest.mark.usefixtures("differing", "alone")
def test_what_has_changed_since_is_said(dispute: Case, rochdale: Setting) -> None:
    """Another version, another rulebook, another calendar: each with what it was and what it is."""
    kept = Path(disagreement(dispute, rochdale).bundle)
    plain = json.loads(kept.read_text(encoding="utf-8"))
    plain["packages"] = ["iro-rules 0.0.1", "rochdale 1999.1"]
    plain["calendar"] = "an older one"
    kept.write_text(json.dumps(plain), encoding="utf-8")
    changed = replay(kept).changed
    assert [line.split(":")[0] for line in changed] == ["packages", "calendar"]
    assert "rochdale 1999.1" in changed[0]
    assert "an older one" in changed[1]


@pytest.mark.usefixtures("alone")
def test_a_rulebook_of_ones_own_is_judged_again_under_that_rulebook(differing: pytest.MonkeyPatch) -> None:
    """Its name in the bundle is not a protocol's, so it is given."""
    mine: Rulebook = book(duty(law=LAW, id="made.second"), duty(law=LAW, id="made.first"))
    differing.setattr(durable, "judge", lambda *_: ())
    asked = case(RAISED, told_on("2026-01-06", cc=("iro_manager", "team_manager")))
    error = disagreement(asked, mine)
    differing.setattr(durable, "judge", meaning.judge)
    again = replay(error.bundle, protocol=mine)
    assert (again.differ, again.differed) == ((), ("made.first:f1", "made.second:f1"))
    assert [(v.id, v.standing) for v in again.answers["meaning"]] == [
        ("made.first:f1", "met"),
        ("made.second:f1", "met"),
    ]


@pytest.mark.usefixtures("alone")
def test_a_case_under_the_national_rules_alone_is_judged_again_under_them(differing: pytest.MonkeyPatch) -> None:
    """With the related cases that were at hand."""
    differing.setattr(durable, "judge", lambda *given: meaning.judge(*given)[1:])
    asked = case(
        Appointed("2026-01-06", role="iro", person="p1"), Related("2026-01-06", relation="sibling", child="c2")
    )
    other = Case("c2", [Appointed("2026-01-06", role="iro", person="p1")], coverage=Coverage.everything())
    again = replay(disagreement(asked, None, related=[other]).bundle)
    (verdict,) = (v for v in again.answers["meaning"] if v.rule == "handbook.siblings-share-iro")
    assert verdict.standing == "kept"
    assert again.differ == again.differed == (again.answers["meaning"][0].id,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": "iro-rules/case/1"}',
        '{"format": "iro-rules/disagreement/1"}',
        '{"format": "iro-rules/disagreement/1", "case": 3, "related": [], "packages": [], "rulebook": "r",'
        ' "calendar": "c", "unverified": false, "as_of": "2026-03-02", "readings": {}, "differ": []}',
        '{"format": "iro-rules/disagreement/1", "case": {"facts": [{"kind": "nothing"}], "coverage": []},'
        ' "related": []}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_not_a_bundle_is_refused(text: str, tmp_path: Path) -> None:
    """The error names the file and the format; nothing is judged."""
    path = tmp_path / "bundle.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=r"bundle\.json.*iro-rules/disagreement/1"):
        replay(path)
    with pytest.raises(CaseError, match="No such file"):
        replay(tmp_path / "nothing.json")
