"""Faults that can be switched on: what a network and a busy Slack do to a bot."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """What can go wrong."""

    RATE_LIMITED = "rate_limited"  # 429; retry_after=seconds
    SERVER_ERROR = "server_error"  # 503, not done; with done=True it was done all the same
    DROP_BEFORE = "drop_before"  # connection closed, not done
    DROP_AFTER = "drop_after"  # done, then closed without an answer
    LATE_ANSWER = "late_answer"  # done, answered after `seconds`
    DUPLICATE_DELIVERY = "duplicate_delivery"  # each envelope comes twice
    NO_HISTORY = "no_history"  # missing_scope on *.history and *.replies
    LATE_HISTORY = "late_history"  # what is younger than `seconds` is not in *.history, *.replies
    MAIL_TEMPORARY = "mail_temporary"  # 451 after the final dot
    MAIL_PERMANENT = "mail_permanent"  # 550 after the final dot
    MAIL_DROP_BEFORE = "mail_drop_before"  # connection lost after the final dot, mail not taken
    MAIL_DROP_AFTER = "mail_drop_after"  # connection lost after the final dot, mail taken


# Those that the page has a switch for.
SWITCHES = (
    FaultKind.RATE_LIMITED,
    FaultKind.SERVER_ERROR,
    FaultKind.DROP_BEFORE,
    FaultKind.DROP_AFTER,
    FaultKind.LATE_ANSWER,
    FaultKind.DUPLICATE_DELIVERY,
)


@dataclass(kw_only=True, slots=True)
class _Fault:
    kind: FaultKind
    method: str | None
    times: int | None
    params: dict[str, Any] = field(default_factory=dict)


class Faults:
    """The faults that are on now. `take` uses one up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[_Fault] = []

    def set(
        self,
        kind: str,
        *,
        method: str | None = None,
        times: int | None = None,
        **params: Any,
    ) -> None:
        """Switch a fault on, for one method or all, so many times or until cleared."""
        fault = _Fault(kind=FaultKind(kind), method=method, times=times, params=params)
        with self._lock:
            self._faults.append(fault)

    def take(self, kind: FaultKind, method: str) -> Mapping[str, Any] | None:
        """The parameters of a fault that strikes this call, or None."""
        with self._lock:
            for fault in self._faults:
                if fault.kind is kind and fault.method in {None, method}:
                    _use_up(fault, self._faults)
                    return fault.params
        return None

    def clear(self, kind: str | None = None) -> None:
        """Switch off one kind, or all."""
        with self._lock:
            self._faults = [f for f in self._faults if kind is not None and f.kind != kind]

    def switch(self, switches: Mapping[str, bool]) -> None:
        """Put the page's switches: on means every call until it is off again."""
        for kind in SWITCHES:
            if kind in switches:
                self.clear(kind)
                if switches[kind]:
                    self.set(kind)

    def switched_on(self) -> dict[str, bool]:
        """Which of the page's switches are on."""
        with self._lock:
            return {kind.value: any(f.kind is kind for f in self._faults) for kind in SWITCHES}


def _use_up(fault: _Fault, faults: list[_Fault]) -> None:
    if fault.times is not None:
        fault.times -= 1
        if fault.times <= 0:
            faults.remove(fault)
