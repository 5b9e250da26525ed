"""The reader that chains forward on durable-rules: fast for one case, and equal to `meaning` on every input.

Importing it needs nothing; judging needs durable-rules, which is built from source (see `available`).
"""

from iro_rules.engines.durable.driver import available
from iro_rules.engines.durable.reader import judge

__all__ = ["available", "judge"]
