"""SSDA903 returns for the tests: rows as they are written, as CSV files and as XML."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from iro_rules.cohorts.ssda903_codes import TABLES

COLUMNS = {table.name: table.columns for table in TABLES}
Row = dict[str, str]


def episode(child: str, decom: str, rne: str, ls: str = "V2", dec: str = "", rec: str = "", place: str = "U4") -> Row:
    """One row of the episodes."""
    return {"CHILD": child, "DECOM": decom, "RNE": rne, "LS": ls, "DEC": dec, "REC": rec, "PLACE": place}


def review(child: str, day: str, code: str = "PN1") -> Row:
    """One row of the reviews."""
    return {"CHILD": child, "DOB": "01/02/2012", "REVIEW": day, "REVIEW_CODE": code}


def header(*children: str, dob: str = "01/02/2012") -> list[Row]:
    """Rows of the header."""
    return [{"CHILD": child, "SEX": "F", "DOB": dob, "ETHNIC": "WBRI"} for child in children]


def write_csv(folder: Path, tables: Mapping[str, list[Row]]) -> Path:
    """A return as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name])
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_xml(path: Path, tables: Mapping[str, list[Row]]) -> Path:
    """The same return as the department's XML has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<EXPSSDA903>"]
    for child in tables["header"]:
        name = child["CHILD"]
        own = {"CHILDID": name, **{column: value for column, value in child.items() if column != "CHILD"}}
        lines += ["<CHILD>", "<HEADER>", *_elements(own)]
        for row in tables.get("reviews", []):
            if row["CHILD"] == name:
                lines += ["<AREVIEW>", *_elements({c: row[c] for c in ("REVIEW", "REVIEW_CODE")}), "</AREVIEW>"]
        lines.append("</HEADER>")
        for row in tables.get("episodes", []):
            if row["CHILD"] == name:
                shown = {
                    "PL" if column == "PLACE" else column: value for column, value in row.items() if column != "CHILD"
                }
                lines += ["<EPISODE>", *_elements(shown), "</EPISODE>"]
        lines.append("</CHILD>")
    path.write_text("\n".join([*lines, "</EXPSSDA903>"]), encoding="utf-8")
    return path


def _elements(row: Row) -> list[str]:
    return [f"<{name}>{escape(value)}</{name}>" for name, value in row.items()]
