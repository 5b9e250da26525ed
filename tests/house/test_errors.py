"""Every error is explained on the page its message points to, with a message that the code really gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import iro_rules
from iro_rules import Registry, assess, errors, open_session, setting
from iro_rules.batch.outputs import format_of
from iro_rules.errors import DOCS, IroRulesError, ReaderDisagreement, needs
from iro_rules.facts import Coverage, ReviewPlanned
from iro_rules.http.settings import Address
from iro_rules.rulebook import Rulebook
from tests.assessment.made import RAISED, case, duty

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / DOCS).read_text(encoding="utf-8")


def kinds(cls: type[IroRulesError] = IroRulesError) -> list[type[IroRulesError]]:
    """Every class of error, and those below it."""
    return [cls, *(found for below in cls.__subclasses__() for found in kinds(below))]


def disagree() -> None:
    """As `assess` would."""
    kept = "everything needed to reproduce it is in kept.json, on this machine only"
    what = "two readers gave different findings, so none is given"
    raise ReaderDisagreement(what, where="case c1", bundle="kept.json", right=f"the same from both; {kept}")


def missing() -> None:
    """As a report would."""
    raise needs("icalendar", extra="reports", what="a calendar of deadlines")


SHOWN: dict[str, Callable[[], object]] = {
    "field": lambda: ReviewPlanned("2026-01-12", review="r1", planned_for="2026-02-30"),  # type: ignore[arg-type]
    "case": lambda: open_session("c1", coverage=Coverage.everything(), as_of="2026-03-02").take_back("f9"),
    "calendar": lambda: assess(case(RAISED), as_of="2051-01-05"),
    "rulebook": lambda: Rulebook(name="made", parts=(duty(), duty())),
    "interpretation": lambda: setting().rulebook.core({"counting.first-day": "third_day"}),
    "protocol": lambda: setting("rochdle", registry=Registry()),
    "engine": lambda: assess(case(RAISED), as_of="2026-03-02", engine="clips"),
    "serve": lambda: Address(host="0.0.0.0").check(tokens=False),
    "batch": lambda: format_of(Path("findings.txt")),
    "reader-disagreement": disagree,
    "missing-extra": missing,
}


def anchors() -> dict[str, str]:
    """The text below each heading of the page, by the heading's anchor."""
    parts = re.split(r"^#+ (.+)$", PAGE, flags=re.MULTILINE)[1:]
    return {title.lower().replace(" ", "-"): text for title, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("cls", kinds(), ids=lambda cls: cls.__name__)
def test_every_error_has_its_place_on_the_page(cls: type[IroRulesError]) -> None:
    """Its anchor is a heading of its own, and the text below names the class."""
    assert cls.anchor in anchors()
    assert f"`{cls.__name__}`" in anchors()[cls.anchor]
    assert [other for other in kinds() if other.anchor == cls.anchor] == [cls]


def test_the_page_explains_no_error_that_does_not_exist() -> None:
    """Headings and classes are the same in number."""
    assert set(anchors()) == {cls.anchor for cls in kinds()}
    assert set(SHOWN) == {cls.anchor for cls in kinds()} - {"errors"}


@pytest.mark.parametrize("anchor", sorted(SHOWN))
def test_the_message_shown_is_the_one_given(anchor: str) -> None:
    """Word for word, from the code that raises it; with advice below."""
    with pytest.raises(IroRulesError) as raised:
        SHOWN[anchor]()
    assert type(raised.value).anchor == anchor
    assert f"```text\n{raised.value}\n```" in anchors()[anchor]
    assert "**What to do.**" in anchors()[anchor]


def test_every_error_is_public_and_says_what_it_is() -> None:
    """Each class is in the public API and has a docstring of its own."""
    for cls in kinds():
        assert getattr(iro_rules, cls.__name__) is cls
        assert cls.__doc__
        assert cls.__name__ in iro_rules.__all__
    ours = {c for c in vars(errors).values() if isinstance(c, type) and c.__module__ == errors.__name__}
    assert ours == set(kinds())


def test_a_message_says_where_what_which_and_what_would_be_right() -> None:
    """Parts that are not known are left out; a long value is cut."""
    whole = IroRulesError("it is wrong", where="here", value="x", right="y")
    assert str(whole) == f"here: it is wrong. Given: 'x'. Expected: y. (See {DOCS}#errors)"
    assert (whole.where, whole.what, whole.value, whole.right) == ("here", "it is wrong", "x", "y")
    assert str(IroRulesError("it is wrong")) == f"it is wrong. (See {DOCS}#errors)"
    assert len(str(IroRulesError("it is wrong", value="x" * 10_000))) < 200
