"""The three readers of a rulebook: `meaning` (the definition), `durable` and `columnar`."""
