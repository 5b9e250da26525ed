"""What is owed to a looked-after child in England, by whom, by when, and under which rule."""

__version__ = "0.1.0"
