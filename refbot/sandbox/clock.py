"""The sandbox's clock: real time plus what was skipped."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """Tells the time of the sandbox; it can skip ahead and never goes back."""

    def __init__(self, real_now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._real_now = real_now
        self._lock = threading.Lock()
        self.skipped = timedelta(0)

    def now(self) -> datetime:
        """The sandbox's present instant, aware, UTC."""
        return self._real_now() + self.skipped

    def skip_to(self, instant: datetime) -> None:
        """Move the clock on to an instant; one that has passed changes nothing."""
        with self._lock:
            self.skipped += max(instant - self.now(), timedelta(0))
