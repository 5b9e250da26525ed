"""A file is bounded and is JSON before anything in it is believed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from iro_rules.errors import CaseError
from iro_rules.formats import Limits, read_case, read_cases

from .examples import case

SMALL = Limits(size=1000, depth=20)


@pytest.mark.parametrize("given", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"], ids=["nothing", "white space", "only a mark"])
def test_an_empty_file_is_refused(given: bytes) -> None:
    """A file without a case is said to be empty, not to be bad JSON."""
    for read in (read_case, read_cases):
        with pytest.raises(CaseError, match="the file is empty"):
            read(given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (b"case,fact\n", "line 1, column 1: this is not JSON: Expecting value"),
        (b'{"format": "iro-rules/case/1",\n "case": }', "line 2, column 10: this is not JSON"),
        (b'{"a": 1,}', "this is not JSON"),
        (b'{"a": "line\nbreak"}', "Invalid control character"),
        (b"{'a': 1}", "Expecting property name"),
        (b"{} {}", "Expected: one value and nothing after it"),
        (b'{"a": ' + b"1" * 5000 + b"}", "this is not JSON that can be read: Exceeds the limit"),
        (b'"' + b'\\"' * 400, "Unterminated string"),
        (b'{"a": "\\', "this is not JSON"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(given: bytes, words: str) -> None:
    """The error tells line and column, as an editor counts them."""
    with pytest.raises(CaseError) as raised:
        read_case(given)
    assert words in str(raised.value)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_are_refused(number: str) -> None:
    """Python's reader takes them; JSON has no such values."""
    with pytest.raises(CaseError, match=f"{number} is not a JSON value"):
        read_case(f'{{"case": {number}}}'.encode())


def test_a_number_too_large_for_a_float_is_only_a_wrong_value() -> None:
    """1e999 is JSON; no field of a case can hold it."""
    with pytest.raises(CaseError, match="the case has no usable id"):
        read_case(json.dumps(case()).replace('"northmoor-001"', "1e999").encode())


@pytest.mark.parametrize(
    ("given", "place"), [(b'{"a": "\xff"}', "byte 7"), ("{}".encode("utf-16"), "byte 0"), (b"\xed\xa0\x80", "byte 0")]
)
def test_text_that_is_not_utf8_is_refused(given: bytes, place: str) -> None:
    """The error says at which byte, and what the file should be saved as."""
    with pytest.raises(CaseError, match=f"{place}: the file is not UTF-8 text"):
        read_case(given)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """No more than the limit is taken into memory, from a file or from bytes."""
    path = tmp_path / "large.json"
    path.write_bytes(b"[" * 1001)
    for source in (path, path.read_bytes()):
        with pytest.raises(CaseError, match=r"the file is too large\. Expected: at most 1000 bytes"):
            read_case(source, limits=SMALL)
    path.write_bytes(b" " * 998 + b"[]")
    with pytest.raises(CaseError, match="a case is not an object"):
        read_case(path, limits=SMALL)


def test_an_endless_file_is_refused() -> None:
    """Reading stops one byte after the limit, so that a device which never ends is like any large file."""
    if not Path("/dev/zero").exists():
        pytest.skip("this machine has no endless file")
    with pytest.raises(CaseError, match="too large"):
        read_case("/dev/zero", limits=SMALL)


def test_a_file_that_cannot_be_read_says_which(tmp_path: Path) -> None:
    """A missing file and a directory are told with their path."""
    with pytest.raises(CaseError, match=r"No such file.*absent\.json"):
        read_case(tmp_path / "absent.json")
    with pytest.raises(CaseError, match="the file cannot be read"):
        read_case(tmp_path)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":', '{"a":[0,'])
@pytest.mark.parametrize("levels", [11, 21, 100_000])
def test_deep_nesting_is_refused_before_anything_is_built(opening: str, levels: int) -> None:
    """Depth is counted before the file is parsed, whatever the recursion limit is."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 50_000))
    try:
        given = (opening * levels).encode()
        if opening.count("[") + opening.count("{") == 2 or levels > 20:
            with pytest.raises(CaseError, match=r"nested too deeply\. Expected: at most 20 levels"):
                read_case(given)
        else:
            with pytest.raises(CaseError, match="this is not JSON"):
                read_case(given)
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize(
    "text",
    ["[" * 50, '\\"' + "[" * 50, "\\\\", "\\\\\\\\" + "{" * 50 + '\\"', "]" * 50, '[\\"' * 40_000, "é[" * 60_000],
    ids=["open", "after a quote", "backslashes", "all", "close", "longer than a chunk", "beyond one byte"],
)
def test_brackets_in_text_are_no_nesting(text: str) -> None:
    """What stands between quotation marks is text, whatever it looks like."""
    given = f'{{"case": "{text}", "b": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}}'
    with pytest.raises(CaseError, match="the case has no usable id"):
        read_case(given.replace('"case"', '"format": "iro-rules/case/1", "case"').encode())


def test_text_that_ends_in_a_backslash_ends() -> None:
    """An escaped backslash does not escape the quotation mark after it, so the brackets that follow count."""
    with pytest.raises(CaseError, match="nested too deeply"):
        read_case(b'{"a": "\\\\", "b": ' + b"[" * 20)


def test_the_limit_of_depth_is_exact() -> None:
    """Twenty levels are read and twenty-one are not."""
    for levels, words in ((20, "a case is not an object"), (21, "nested too deeply")):
        with pytest.raises(CaseError, match=words):
            read_case(b"[" * levels + b"]" * levels)


def test_depth_is_that_of_the_deepest_place_not_the_sum() -> None:
    """A long list of shallow values is not deep."""
    lines = "\n".join(json.dumps(case(case=f"c{n}")) for n in range(40))
    assert len(read_cases(lines.encode())) == 40
