"""What is refused, and in which words: problem details whose message is the library's own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from iro_rules.formats.safe_json import Limits
from iro_rules.formats.schema import shipped
from iro_rules.http.app import application
from iro_rules.http.examples import CASE, QUESTION, SUPPOSITION
from iro_rules.http.settings import Settings, digest
from tests.http.serving import Answer, Service, asked, service

AS_OF = "as_of=2026-03-02"
BODY = json.dumps(CASE).encode()
TOKEN = "0123456789abcdef0123456789abcdef"
PROBLEM = Draft202012Validator(shipped("problem-1"))


def is_problem(answer: Answer, status: int, *words: str) -> None:
    """An answer is a problem of this status, in these words."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json
    PROBLEM.validate(found)
    assert (answer.status, found["status"]) == (status, status)
    for word in words:
        assert word in found["detail"]


WRONG: dict[str, tuple[str, Any, int, str, tuple[str, ...]]] = {
    "no such kind of fact": (
        f"/v1/assess?{AS_OF}",
        CASE | {"facts": [{"kind": "review_hold", "when": "2026-01-01"}]},
        422, "error:case", ("there is no such kind of fact", "'review_hold'", "review_held, perhaps"),
    ),
    "several faults": (
        f"/v1/assess?{AS_OF}",
        CASE | {"subject": "cat", "coverage": "all"},
        422, "error:case", ("2 things are wrong", "the subject is unknown", "coverage is not a list"),
    ),
    "no such day": ("/v1/assess?as_of=2026-02-30", CASE, 422, "error:field", ("as_of is not a day that exists",)),
    "a day beyond the calendar": (
        "/v1/assess?as_of=2050-01-01", CASE, 422, "error:calendar", ("outside the known calendar",),
    ),
    "no such protocol": (
        f"/v1/assess?{AS_OF}&protocol=rochdle", CASE, 422, "error:protocol", ("there is no such protocol", "rochdale"),
    ),
    "no such reading": (
        f"/v1/assess?{AS_OF}&read=counting.first-day=third", CASE, 422, "error:interpretation", ("no such reading",),
    ),
    "a reading in another form": (
        f"/v1/assess?{AS_OF}&read=x", CASE, 422, "error:interpretation", ("needs the form INTERPRETATION=READING",),
    ),
    "an audit of a child": (f"/v1/audit?{AS_OF}", CASE, 422, "error:case", ("an audit is of an authority's service",)),
    "no such finding": (
        f"/v1/explain?{AS_OF}", QUESTION | {"name": "x"}, 422, "error:case", ("there is no such finding",),
    ),
    "a question without its name": (
        f"/v1/explain?{AS_OF}", {**QUESTION, "name": None}, 422, "error:case", ("nothing is named to be explained",),
    ),
    "a case where a question should be": (
        f"/v1/explain?{AS_OF}", CASE, 422, "error:case", ("this is not a question about a case",),
    ),
    "a case where a supposition should be": (
        f"/v1/what-if?{AS_OF}", CASE, 422, "error:case", ("this is not what is supposed of a case",),
    ),
    "a supposition about a fact that is not there": (
        f"/v1/what-if?{AS_OF}", SUPPOSITION | {"move": {"hold": "2026-01-30"}}, 422, "error:case",
        ("there is no such fact", "'hold'", "held, perhaps"),
    ),
    "a supposed day that does not exist": (
        f"/v1/what-if?{AS_OF}", SUPPOSITION | {"move": {"held": "2026-02-30"}}, 422, "error:case",
        ("move, fact held", "is not a day that exists"),
    ),
    "a supposed value of the wrong kind": (
        f"/v1/what-if?{AS_OF}", SUPPOSITION | {"change": {"held": {"review": "the first, I think"}}}, 422, "error:case",
        ("change, fact held", "review"),
    ),
    "a supposed field that is not there": (
        f"/v1/what-if?{AS_OF}", SUPPOSITION | {"change": {"held": {"revue": "first"}}}, 422, "error:case",
        ("this kind of fact has no such field", "review, perhaps"),
    ),
    "suppositions of the wrong shape": (
        f"/v1/what-if?{AS_OF}",
        SUPPOSITION | {"move": [], "add": {}, "without": [1], "change": {"held": 1}},
        422, "error:case", ("4 things are wrong", "move is not an object", "add is not a list", "to leave out"),
    ),
    "one protocol compared": (
        f"/v1/compare?{AS_OF}&protocols=derby", CASE, 422, "error:protocol", ("a comparison needs two or more",),
    ),
    "no such rule": (
        "/v1/rules?rule=regulations.first-revue", None, 422, "error:rulebook", ("regulations.first-review, perhaps",),
    ),
    "no such parameter": (f"/v1/assess?{AS_OF}&asof=1", CASE, 400, "http:400", ("no parameter 'asof'", "as_of")),
    "a plus sign that became a space": (
        "/v1/assess?as_of=2026-03-02T10:00:00+01:00", CASE, 400, "http:400", ("%2B", "2026-03-02T10:00:00 01:00"),
    ),
    "a parameter missing": ("/v1/assess", CASE, 400, "http:400", ("as_of is missing",)),
    "a parameter twice": (f"/v1/assess?{AS_OF}&{AS_OF}", CASE, 400, "http:400", ("as_of is given twice",)),
    "a parameter's value": (f"/v1/assess?{AS_OF}&unverified=yes", CASE, 400, "http:400", ("'yes'", "true or false")),
    "no such path": ("/v2/assess", CASE, 404, "http:404", ("GET /openapi.json",)),
    "a path with a slash too many": (f"/v1/assess/?{AS_OF}", CASE, 404, "http:404", ("GET /openapi.json",)),
    "another method": ("/v1/assess", None, 405, "http:405", ("takes POST",)),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_in_the_words_of_the_library(running: Service, name: str) -> None:
    """What, where, the value and what would be right; with a type that leads to the page of errors."""
    path, body, status, kind, words = WRONG[name]
    answer = running.ask("GET" if body is None else "POST", path, b"" if body is None else json.dumps(body).encode())
    is_problem(answer, status, *words)
    assert answer.json["type"] == f"urn:iro-rules:{kind}"


def test_what_is_not_json_is_refused_with_its_place(running: Service) -> None:
    """Cut off, nested beyond the limit, not UTF-8, or with a number that is none."""
    for body, words in (
        (BODY[:-3], "this is not JSON"),
        (b"[" * 21, "nested too deeply"),
        (b'{"case": "\xff"}', "not UTF-8"),
        (b'{"case": NaN}', "NaN is not a JSON value"),
        (b" ", "the file is empty"),
    ):
        is_problem(running.ask("POST", f"/v1/assess?{AS_OF}", body), 422, words)


def test_a_method_refused_says_which_is_taken(running: Service) -> None:
    """As HTTP asks."""
    assert running.ask("GET", "/v1/assess").headers["allow"] == "POST"


def test_a_body_beyond_the_limit_is_not_read(running: Service) -> None:
    """Neither one that says how long it is, nor one that does not; and the size may be chosen."""
    app = application(Settings(limits=Limits(size=100)))
    told = {"content-type": "application/json", "content-length": "101"}
    is_problem(asked(app, "POST", "/v1/assess", query=AS_OF, headers=told, ends=False), 413, "100 bytes at most")
    parts = [b"x" * 60, b"x" * 60]
    is_problem(asked(app, "POST", "/v1/assess", query=AS_OF, body=parts, ends=False), 413, "100 bytes at most")
    is_problem(running.ask("POST", f"/v1/assess?{AS_OF}", b" " * 2_000_001), 413, "2000000 bytes at most")


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    """However slowly it is sent, it has its time and no more."""
    app = application(Settings(reading=0.01))
    is_problem(asked(app, "POST", "/v1/assess", query=AS_OF, body=[b"{"], ends=False), 408, "within 0.01 seconds")


def test_a_body_must_be_json_as_it_stands() -> None:
    """A form, which any page in a browser could send, is no question; nor is what would have to be unpacked."""
    app = application(Settings())
    for headers in (
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json; charset=latin-1"},
        {"content-type": "application/json", "content-encoding": "gzip"},
    ):
        is_problem(asked(app, "POST", "/v1/assess", query=AS_OF, body=[BODY], headers=headers), 415)


def test_where_no_time_is_left_nothing_is_begun() -> None:
    """The time a request may take counts its waiting too."""
    answer = asked(application(Settings(seconds=0)), "POST", "/v1/assess", query=AS_OF, body=[BODY])
    is_problem(answer, 504, "within 0 seconds")


def test_a_case_that_takes_too_long_is_ended_and_others_are_judged() -> None:
    """The process that judged it is ended, and another answers what is asked next."""
    facts = [
        {"kind": "visited", "by": "iro", "id": f"v{n}", "when": f"20{11 + n % 15}-01-{1 + n % 28:02}"}
        for n in range(15_000)
    ]
    long = json.dumps(CASE | {"facts": [*CASE["facts"], *facts]}).encode()
    with service("--processes", "1", "--seconds", "0.5") as running:
        is_problem(running.ask("POST", f"/v1/assess?{AS_OF}", long), 504, "within 0.5 seconds")
        assert any(running.ask("GET", "/version").status == 200 for _ in range(200))
        assert running.ask("GET", "/health").status == 200


def test_nothing_is_judged_for_somebody_who_has_hung_up() -> None:
    """Whoever gave up waiting, and asks again, does not keep others waiting for what nobody reads."""
    answer = asked(application(Settings()), "POST", "/v1/assess", query=AS_OF, body=[BODY])
    is_problem(answer, 503, "hung up")


def test_more_than_may_wait_are_sent_away() -> None:
    """With room for none, none is let wait, and is told when to ask again."""
    app = application(Settings(processes=1, waiting=-1))
    answer = asked(app, "POST", "/v1/assess", query=AS_OF, body=[BODY])
    is_problem(answer, 503, "ask again")
    assert answer.headers["retry-after"] == "1"


def test_where_tokens_are_known_nobody_is_let_in_without_one() -> None:
    """Nothing is read before; only health is told to all."""
    app = application(Settings(tokens=(digest(TOKEN), digest(TOKEN[::-1])), loopback=False))
    for given in ("", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer \xff"):
        for path in ("/v1/assess", "/v1/rules", "/version", "/openapi.json", "/nothing"):
            answer = asked(app, "GET", path, headers={"authorization": given} if given else {})
            is_problem(answer, 401, "Authorization: Bearer TOKEN")
            assert answer.headers["www-authenticate"] == "Bearer"
    assert asked(app, "GET", "/health").json == {"status": "ok"}
    for token in (TOKEN, TOKEN[::-1]):
        is_problem(asked(app, "GET", "/nothing", headers={"authorization": f"Bearer {token}"}), 404)


def test_on_loopback_a_page_of_another_name_cannot_ask() -> None:
    """A browser that was told that an attacker's name means this machine sends that name."""
    app = application(Settings(loopback=True))
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::2]:80", "10.0.0.1"):
        is_problem(asked(app, "GET", "/health", headers={"host": host}), 421)
    for host in ("localhost", "LOCALHOST:80", "127.0.0.1:8765", "[::1]:8765"):
        assert asked(app, "GET", "/health", headers={"host": host}).status == 200
    assert asked(application(Settings(loopback=False)), "GET", "/health", headers={"host": "iro.example"}).status == 200
