"""The same nine duties on this library and on others, files to files: `python -m benchmarks.peers`."""
