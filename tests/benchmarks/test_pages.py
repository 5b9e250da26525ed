"""What was measured is put into the page of figures in its place, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import cohorts, pages
from benchmarks.peers.__main__ import page as page_of_peers
from benchmarks.peers.field import LIBRARY, Measured, Peer


def test_a_text_takes_the_place_of_the_one_before_it(tmp_path: Path) -> None:
    """What stands around it stays; a page without the place is refused and not touched."""
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x: measured -->\nold\n\nold\n<!-- x: end -->\nb\n", encoding="utf-8")
    pages.put("x", "new", page)
    pages.put("x", pages.table(("", "n"), [("one", "1")]), page)
    wanted = "a\n<!-- x: measured -->\n| | n |\n| --- | --- |\n| one | 1 |\n<!-- x: end -->\nb\n"
    assert page.read_text(encoding="utf-8") == wanted
    with pytest.raises(ValueError, match="no place for y"):
        pages.put("y", "new", page)
    assert page.read_text(encoding="utf-8") == wanted


def test_the_figures_have_a_place_for_every_table_that_is_written() -> None:
    """Else a long measurement would end in an error."""
    text = pages.FIGURES.read_text(encoding="utf-8")
    for name in ("cohorts", "peers"):
        assert 0 < text.index(f"<!-- {name}: measured -->\n") < text.index(f"\n<!-- {name}: end -->")


def test_the_table_of_cohorts_tells_how_flat_the_cost_is() -> None:
    """From England's children on, the dearest beside the cheapest."""
    row = {"facts": 1, "findings": 1, "runs": 1, "gib": 1.0, "seconds": 1.0, "least_seconds": 1.0, "load_before": [1.5]}
    rows = [{**row, "cases": n, "processor": n * us / 1e6} for n, us in ((83_000, 150), (250_000, 165), (10_000, 900))]
    told = cohorts.page(rows, {"cores": 2, "processor": "any"})
    assert "| 83,000 | 1 | 1 | 1 | 12.4 s | 150 | 1.00 GiB |" in told
    assert "the dearest child costs 1.10 times the cheapest" in told


@pytest.mark.parametrize(
    ("wall", "processor", "said"),
    [
        (2.0, 2.0, "2 (3): reached |"),
        (2.0, 1.9, "2 (3): reached by the clock |"),
        (1.9, 2.0, "2 (3): reached by the processor |"),
        (1.9, 1.9, "2 (3): not reached |"),
    ],
)
def test_the_table_of_peers_says_by_which_time_a_bar_is_reached(wall: float, processor: float, said: str) -> None:
    """A bar that holds by one of the two is not called reached, nor missed."""
    ours = Measured(LIBRARY, 10, 10, (1.0,), (1.0,))
    other = Measured(Peer(module="other", title="Another", bar=2.0, aim=3.0), 10, 10, (wall,), (processor,))
    machine = {"cores": 2, "processor": "any", "libraries": {}}
    told = page_of_peers([ours, other], machine, (1.0, 1.0)).splitlines()
    assert next(line for line in told if line.startswith("| Another |")).endswith(said)
    assert not next(line for line in told if line.startswith(f"| {LIBRARY.title} |")).endswith("reached |")
