"""The one module that drives durable-rules: its C extension directly, in the way that was found to be safe.

Facts are told in batches to one session at a time, what fired is read after each batch, nothing is ever retracted,
and the session is deleted whatever happened. No thread of the engine's runs, and no exception is lost in it.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from operator import lt
from types import TracebackType
from typing import Any

from iro_rules.engines.durable.engine_rules import MARK, MOST_FACTS, ROW, EngineRule, Has, vet_rules
from iro_rules.errors import EngineError

Message = dict[str, Any]
"""One fact by its properties: `id`, a number, and what terms read."""
Frame = dict[str, Message]
"""The facts a rule fired for, by the names of its patterns."""

_SESSION = "0"
_FINE, _UNHANDLED = 0, 1


def available() -> str:
    """Why durable-rules cannot be used on this machine, in one sentence; empty where it can."""
    try:
        _modules()
    except EngineError as error:
        return error.what
    return ""


def _modules() -> tuple[Any, Any]:
    """The extension module and orjson."""
    try:
        import durable_rules_engine
        import orjson
    except ImportError as error:
        if "PyEval_CallObject" in str(error):
            why = (
                "durable-rules is installed but was built without what Python 3.13 needs: build it again with"
                ' CPPFLAGS="-DPyEval_CallObject=PyObject_CallObject" in the environment'
            )
        else:
            what = "orjson" if error.name == "orjson" else "durable-rules"
            why = (
                f"{what} is not installed: `pip install iro-rules[durable]` builds durable-rules from source,"
                " which needs a C compiler and, on Python 3.13 or later,"
                ' CPPFLAGS="-DPyEval_CallObject=PyObject_CallObject" in the environment'
            )
        raise EngineError(why, right="the reader `meaning`, which gives the same answers") from error
    return durable_rules_engine, orjson


class Ruleset:
    """Rules in the engine, which keeps them until this value is gone. Not safe for two threads at once.

    Raises EngineError where durable-rules is not installed, and for rules the engine would not survive.
    """

    def __init__(self, name: str, rules: Sequence[EngineRule]) -> None:
        self.engine, self.json = _modules()
        vet_rules(rules)
        self.name = name
        opening = EngineRule(MARK, (Has(MARK),))
        self._text = self.json.dumps({rule.name: rule.definition() for rule in (opening, *rules)})
        self._create()

    def _create(self) -> None:
        try:
            self.handle: int = self.engine.create_ruleset(self.name, self._text.decode())
        except self.engine.error as error:
            raise EngineError("the engine refused a ruleset", where=self.name, value=str(error)) from error
        self._freed = weakref.finalize(self, self.engine.delete_ruleset, self.handle)
        self._freed.atexit = False
        # Deleting the first session of a ruleset frees memory that only a first firing has set; let that
        # happen now, so that no later session can meet it, however early it fails.
        with self.open() as session:
            session.tell([])

    def open(self) -> Session:
        """A session that knows nothing; use it in a `with` statement, one at a time."""
        return Session(self)

    def forsake(self) -> None:
        """Leave the engine's network behind, with a session in it that could not be deleted, and make another."""
        self._freed.detach()
        self._create()


class Session:
    """Facts told to a ruleset, and what fired."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        self._batches, self._last = 0, -1

    def __enter__(self) -> Session:
        return self

    def tell(self, facts: list[Message]) -> dict[str, list[Frame]]:
        """Assert facts in one batch, and give each rule that fired with its frames, in no order.

        Each fact has a number as `id`, higher than that of every fact before it. Raises EngineError where
        the engine cannot be trusted to have taken them all in.
        """
        engine, json, handle = self._ruleset.engine, self._ruleset.json, self._ruleset.handle
        ids = [self._last, *[fact["id"] for fact in facts]]
        if not all(map(lt, ids, ids[1:])):
            raise self._wrong("two facts would be one to the engine", ids, "numbers in rising order")
        if ids[-1] > MOST_FACTS:
            raise self._wrong("too many facts in one session", ids[-1], f"at most {MOST_FACTS}")
        self._batches, self._last = self._batches + 1, ids[-1]
        mark: Message = {"id": -self._batches, MARK: 1}
        told: list[str] = []
        try:
            status, state = engine.assert_facts(handle, json.dumps([*facts, mark]).decode())
            if status not in (_FINE, _UNHANDLED):
                raise self._wrong("the engine did not take in all facts", status, "status 0 or 1")
            started = engine.start_action_for_state(handle, state)
            message = started and started[1]
            while message is not None:
                told.append(message)
                message = engine.complete_and_start_action(handle, state)
        except engine.error as error:
            raise self._wrong("the engine failed", str(error)) from error
        fired: dict[str, list[Frame]] = {}
        for firing in json.loads(f"[{','.join(told)}]"):
            for rule, frames in firing.items():
                fired.setdefault(rule, []).extend(frames)
        # The mark stands last in its batch: that it fired shows that the whole batch was read and run.
        if fired.pop(MARK, None) != [{ROW: mark}]:
            raise self._wrong("the engine did not come to the end of the facts", len(facts))
        return fired

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._batches:
            try:
                self._ruleset.engine.delete_state(self._ruleset.handle, _SESSION)
            except self._ruleset.engine.error as failed:
                self._ruleset.forsake()
                raise self._wrong("the engine could not delete a session", str(failed)) from (error or failed)

    def _wrong(self, what: str, value: object, right: str = "") -> EngineError:
        return EngineError(what, where=f"ruleset {self._ruleset.name}", value=value, right=right)
