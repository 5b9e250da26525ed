"""Indented JSON is what the standard library writes, character by character, whichever package writes it."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iro_rules.formats.assessment_json import json_text
from iro_rules.report.visible import visible_json
from iro_rules.rulebook.terms import Standing

# Numbers in an answer are whole.
LEAVES = st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=20) | st.sampled_from(Standing)
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.tuples(inner) | st.dictionaries(st.text(st.characters()), inner, max_size=4)
    ),
    max_leaves=25,
)


@given(VALUES, st.booleans())
def test_the_text_is_that_of_the_standard_library(value: Any, ascii: bool) -> None:
    """For any plain value: lone surrogates, control characters, huge numbers and values that are nearly texts too."""
    assert json_text(value, ascii=ascii) == visible_json(json.dumps(value, indent=2, ensure_ascii=ascii)) + "\n"


def test_it_is_written_without_orjson_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core has no such package; the text is the same."""
    value = {"a": [1, {"b": None}], "c": [], "d": {}, "e": "Zoë \u2028 \x7f"}
    with_it = json_text(value)
    monkeypatch.setitem(sys.modules, "orjson", None)
    assert json_text(value) == with_it


@pytest.mark.parametrize("value", [{"a": object()}, [b"x"], {"a": {1, 2}}])
def test_what_is_no_plain_value_is_refused(value: Any) -> None:
    """Rather than written as something that it is not."""
    with pytest.raises(TypeError):
        json_text(value)
