"""The rulebook for programs that are not Python: the same answers over HTTP, and nothing kept of a case."""
