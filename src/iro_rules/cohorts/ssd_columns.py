"""The tables of the Standard Safeguarding Dataset that are read, their columns, and what councils write in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from iro_rules.cohorts.ssda903_codes import LEGAL_STATUS, PLACEMENT_TYPE, codes
from iro_rules.errors import CaseError, nearest

NOTHING = "none"
"""What a map gives for a text that is no legal status of a looked-after child."""

CANCELLED, NOT_CANCELLED = ("y", "yes", "true", "t", "1"), ("n", "no", "false", "f", "0")
"""Whether a review was cancelled, in small letters; -1 is a placeholder, and nothing is no."""

PLACEHOLDERS = r"(?i)^\s*(1900[-/]01[-/]01.*|01/01/1900.*|ssd_ph|placeholder_data|null|-1|)\s*$"
"""What stands in the tables for nothing."""


@attrs.frozen
class Column:
    """A column by the name we use, and the names it has in the tables; a date is stripped of its time."""

    names: tuple[str, ...]
    needed: bool = False
    date: bool = False


@attrs.frozen
class Table:
    """A table of the dataset: its columns, and the kinds of facts it shows."""

    name: str
    columns: Mapping[str, Column]
    shows: tuple[str, ...] = ()


def _c(*names: str, needed: bool = False, date: bool = False) -> Column:
    return Column(names, needed, date)


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            Table("ssd_person", {
                "person": _c("pers_person_id", needed=True),
                "DOB": _c("pers_dob", needed=True, date=True),
            }, ("born",)),
            Table("ssd_cla_episodes", {
                "person": _c("clae_person_id", needed=True),
                "cla": _c("clae_cla_id"),
                "START": _c("clae_cla_episode_start_date", needed=True, date=True),
                "RNE": _c("clae_cla_episode_start_reason"),
                "END": _c("clae_cla_episode_ceased_date", "clae_cla_episode_ceased", needed=True, date=True),
                "REC": _c("clae_cla_episode_ceased_reason"),
                "ENTERED": _c("clae_entered_care_date", date=True),
            }, ("became_looked_after", "ceased_to_be_looked_after")),
            Table("ssd_cla_reviews", {
                "person": _c("clar_cla_person_id", "clar_person_id"),
                "cla": _c("clar_cla_id", needed=True),
                "review": _c("clar_cla_review_id", needed=True),
                "HELD": _c("clar_cla_review_date", needed=True, date=True),
                "CANCELLED": _c("clar_cla_review_cancelled"),
            }, ("review_held",)),
            Table("ssd_cla_visits", {
                "person": _c("clav_person_id"),
                "cla": _c("clav_cla_id", needed=True),
                "VISITED": _c("clav_cla_visit_date", "clav_visit_date", needed=True, date=True),
            }, ("visited",)),
            Table("ssd_cla_placement", {
                "person": _c("clap_person_id", "clap_cla_person_id"),
                "cla": _c("clap_cla_id", needed=True),
                "placement": _c("clap_cla_placement_id", needed=True),
                "START": _c("clap_cla_placement_start_date", needed=True, date=True),
                "END": _c("clap_cla_placement_end_date", needed=True, date=True),
                "TYPE": _c("clap_cla_placement_type"),
            }, ("placement_started", "placement_ended")),
            Table("ssd_legal_status", {
                "person": _c("lega_person_id", needed=True),
                "STATUS": _c("lega_legal_status", needed=True),
                "START": _c("lega_legal_status_start_date", "lega_legal_status_start", needed=True, date=True),
                "END": _c("lega_legal_status_end_date", "lega_legal_status_end", needed=True, date=True),
            }, ("legal_status",)),
            Table("ssd_involvements", {
                "person": _c("invo_person_id"),
                "referral": _c("invo_referral_id"),
                "worker": _c("invo_professional_id", needed=True),
                "ROLE": _c("invo_professional_role_id", needed=True),
                "START": _c("invo_involvement_start_date", needed=True, date=True),
                "END": _c("invo_involvement_end_date", needed=True, date=True),
            }, ("appointed", "ended")),
            Table("ssd_cin_episodes", {
                "person": _c("cine_person_id", needed=True),
                "referral": _c("cine_referral_id", needed=True),
            }),
        )
    }
)  # fmt: skip
"""The tables by name. Every other table of the dataset is left alone."""


@attrs.frozen
class Maps:
    """What a council's texts mean: in small letters, with single spaces, to our terms.

    `roles` gives for a role of an involvement one of ours. A text that begins with a code of the return (C1, U4) has
    that meaning without a map.
    """

    legal_status: Mapping[str, str]
    placement_type: Mapping[str, str]
    roles: Mapping[str, str]

    @classmethod
    def of(cls, given: Any) -> Maps:
        """The national codes with a council's own: a mapping, or a TOML file with the same tables.

        Raises CaseError for a file that cannot be read, for a table there is not, and for a meaning there is not.
        """
        if isinstance(given, (str, Path)):
            try:
                given = tomllib.loads(Path(given).read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise CaseError(f"the map of codes cannot be read: {error}", value=str(given)) from error
        tables: dict[str, dict[str, str]] = {name: dict(known) for name, known in _NATIONAL.items()}
        for name, entries in (given or {}).items():
            if name not in tables or not isinstance(entries, Mapping):
                raise CaseError("there is no such map of codes", value=name, right=", ".join(tables))
            for text, meaning in entries.items():
                if meaning not in _MEANINGS[name]:
                    where = f"map {name}, {str(text)[:80]}"
                    raise CaseError(
                        "there is no such meaning", where=where, value=meaning, right=nearest(meaning, _MEANINGS[name])
                    )
                tables[name][plain(str(text))] = meaning
        return cls(**tables)


def plain(text: str) -> str:
    """A text in small letters with single spaces."""
    return re.sub(r"\s+", " ", text).strip().lower()


_NATIONAL: Mapping[str, Mapping[str, str]] = {
    "legal_status": {code.lower(): meaning for code, meaning in LEGAL_STATUS.items()},
    "placement_type": {code.lower(): meaning for code, meaning in PLACEMENT_TYPE.items()},
    "roles": {"iro": "iro", "cw": "social_worker"},
}


def _meanings() -> Mapping[str, frozenset[str]]:
    from iro_rules.facts.vocabulary import VOCABULARIES

    families = {"legal_status": "legal_status", "placement_type": "placement_type", "roles": "role"}
    found = {name: {term.value for term in VOCABULARIES[family]} for name, family in families.items()}
    found["legal_status"].add(NOTHING)
    return {name: frozenset(terms) for name, terms in found.items()}


_MEANINGS = _meanings()
KNOWN_REASONS = tuple(sorted({code for year in (2020, 2026) for code in codes("REC", year)}))
