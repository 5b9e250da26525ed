"""Why there is no answer: problem details (RFC 9457), in the words of the library's own errors."""

from __future__ import annotations

from iro_rules.errors import (
    CalendarError,
    CaseError,
    FieldError,
    InterpretationError,
    IroRulesError,
    MissingExtra,
    ProtocolError,
    RulebookError,
)
from iro_rules.formats.assessment_json import json_text
from iro_rules.http.asking import Reply

MEDIA = "application/problem+json"

ASKED_WRONGLY = (CaseError, FieldError, CalendarError, InterpretationError, ProtocolError, RulebookError)
"""What whoever asks can put right; anything else is for whoever runs the service."""

TITLES = {
    400: "The address is not one that can be asked",
    401: "Nobody said who is asking",
    404: "There is nothing here",
    405: "This cannot be asked in that way",
    408: "The request took too long to come",
    413: "The request is too large",
    415: "The request is not JSON",
    421: "The request is for another host",
    500: "Something went wrong here",
    503: "Too much is being asked at once",
    504: "The answer would take too long",
}


def problem(status: int, detail: str, *, headers: dict[str, str] | None = None) -> Reply:
    """A problem that is not about the law: its type is named by its status."""
    title = TITLES.get(status, "There is no answer")
    return _reply(status, f"urn:iro-rules:http:{status}", title, detail, headers=headers)


def problem_of(error: IroRulesError) -> Reply:
    """An error of the library: its type is named as in the page of errors, its detail is its message."""
    status = 422 if isinstance(error, ASKED_WRONGLY) else 501 if isinstance(error, MissingExtra) else 500
    told = (type(error).__doc__ or "").split(";")[0].split("\n")[0].rstrip(".")
    kind = f"urn:iro-rules:error:{error.anchor}"
    return _reply(status, kind, told, str(error), where=error.where, right=error.right)


def _reply(
    status: int,
    kind: str,
    title: str,
    detail: str,
    *,
    where: str = "",
    right: str = "",
    headers: dict[str, str] | None = None,
) -> Reply:
    told = {"type": kind, "title": title, "status": status, "detail": detail, "where": where, "right": right}
    return Reply(status=status, media=MEDIA, body=json_text(told, ascii=True).encode(), headers=headers or {})
