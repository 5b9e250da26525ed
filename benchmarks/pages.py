"""Tables of measurements put into the page of figures, so that no number there is typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

FIGURES = Path(__file__).parents[1] / "docs" / "explanation" / "figures.md"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)


def put(name: str, text: str, page: Path = FIGURES) -> None:
    """Put a text between the page's comments `NAME: measured` and `NAME: end`. Raises ValueError where they are not."""
    begin, end = f"<!-- {name}: measured -->\n", f"\n<!-- {name}: end -->"
    whole = page.read_text(encoding="utf-8")
    before, found, rest = whole.partition(begin)
    _, ended, after = rest.partition(end)
    if not (found and ended):
        raise ValueError(f"{page.name} has no place for {name}: {begin.strip()} and {end.strip()}")
    page.write_text(f"{before}{begin}{text}{end}{after}", encoding="utf-8")
