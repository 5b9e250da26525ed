"""The nine duties in GoRules zen: compiled expressions over a case laid out as a JSON-like value.

zen-engine is MIT-licensed and kept up (2.1.3 of October 2026). It has no working days and no look-ups across rows, so
Python lays each case out with its days due; what stands in time is for the expressions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zen

from benchmarks.peers.rows import Case, Dues, Finding, cases, write_rows
from benchmarks.peers.work import BEFORE, FIRST, IRO, LATER, SECOND, TODAY


def expression(done: str, due: str) -> str:
    """How an act stands, as zen says it."""
    return f"{done} != null ? ({done} <= {due} ? 'met' : 'met_late') : ({due} < today ? 'overdue' : 'open')"


class Contender:
    """One expression for the duties of a case, and one that goes through its reviews."""

    def __init__(self) -> None:
        self.dues = Dues()
        own = ", ".join(
            f"({expression(done, due)})"
            for done, due in (("start.appointed", "start.iro_due"), ("start.first", "start.first_due"))
        )
        names = ["next", *(f"b{number}" for number in range(len(BEFORE)))]
        each = ", ".join(f"({expression(f'#.{name}', f'#.{name}_due')})" for name in names)
        self.start = zen.compile_expression(f"[{own}]")
        self.reviews = zen.compile_expression(f"map(reviews, [{each}])")

    def run(self, events: Path, out: Path) -> None:
        """From the event table to the findings."""
        write_rows(out, (finding for case in cases(events) for finding in self._judge(case)))

    def _judge(self, case: Case) -> Iterator[Finding]:
        start, reviews = self._laid_out(case)
        context = {"today": TODAY, "start": start, "reviews": reviews}
        id = case.start[0]
        iro, first = self.start.evaluate(context)
        yield case.id, IRO, id, iro, start["iro_due"]
        yield case.id, FIRST, id, first, start["first_due"]
        if not reviews:
            return
        rule = SECOND
        for (id, _, _), review, said in zip(case.reviews, reviews, self.reviews.evaluate(context), strict=True):
            yield case.id, rule, id, said[0], review["next_due"]
            rule = LATER
            for number, duty in enumerate(BEFORE):
                yield case.id, duty.rule, id, said[number + 1], review[f"b{number}_due"]

    def _laid_out(self, case: Case) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        dues, day = self.dues, case.start[1]
        days = [day for _, _, day in case.reviews]
        start = {
            "appointed": case.appointed, "iro_due": dues.iro[day], "first": days[0] if days else None,
            "first_due": dues.first[day],
        }  # fmt: skip
        reviews: list[dict[str, Any]] = []
        for number, (_, key, day) in enumerate(case.reviews):
            following = days[number + 1] if number + 1 < len(days) else None
            review: dict[str, Any] = {"next": following, "next_due": (dues.later if number else dues.second)[day]}
            for place, duty in enumerate(BEFORE):
                review[f"b{place}"] = case.done.get((duty.rule, key))
                review[f"b{place}_due"] = dues.before[duty.rule][day]
            reviews.append(review)
        return start, reviews
