"""The nine duties on durable-rules with its own `Host`, each fact asserted as it is met: see `by_durable_rules`."""

from __future__ import annotations

from typing import Any

from benchmarks.peers import by_durable_rules
from benchmarks.peers.by_durable_rules import NAME


class Contender(by_durable_rules.Contender):
    """The same rules; a call for each fact, as the examples of durable-rules have it."""

    def tell(self, facts: list[dict[str, Any]]) -> None:
        """Assert the facts of a case."""
        for fact in facts:
            self.host.assert_fact(NAME, fact)
