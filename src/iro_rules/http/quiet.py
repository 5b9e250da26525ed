"""What is said to whoever runs the service: that something failed, and where, but nothing of what was asked."""

from __future__ import annotations

import traceback
from typing import Any


class NothingOfACase:
    """A filter of log records: the message of an error may hold a fact, so only its kind and its place are kept."""

    def filter(self, record: Any) -> bool:
        """Let the record through, without what it should not say."""
        found = record.exc_info
        if found and found[0] is not None:
            places = traceback.extract_tb(found[2])
            last = f"{places[-1].filename}, line {places[-1].lineno}" if places else "an unknown place"
            record.msg, record.args = f"an internal error: {found[0].__name__} at {last}", ()
            record.exc_info = record.exc_text = None
        return True


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"quiet": {"()": NothingOfACase}},
    "formatters": {"plain": {"format": "%(levelname)s: %(message)s"}},
    "handlers": {
        "errors": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stderr",
            "formatter": "plain",
            "filters": ["quiet"],
        }
    },
    "loggers": {"uvicorn": {"handlers": ["errors"], "level": "WARNING", "propagate": False}},
}
"""For the server's own messages. No request is logged at all."""
