"""How fast the readers are, side by side, on the same cases and with equal findings: `python -m benchmarks`."""
