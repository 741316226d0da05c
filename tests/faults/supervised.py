"""Keeps a RefBot alive as a service manager does: one that died is started again, unpatched."""

import multiprocessing
import os
import signal
import threading
import time
from dataclasses import replace

from refbot.sandbox.sandbox import Sandbox
from tests.faults.doomed import Life, live

BIRTHS = multiprocessing.get_context("forkserver")
BIRTHS.set_forkserver_preload(["tests.faults.doomed", "tests.faults.warm"])
PATIENCE = 60.0  # seconds; a loaded machine is slow to give birth


class Supervised:
    """A RefBot in a process of its own. `deaths` are the exit codes of those that died."""

    def __init__(self, life: Life, sandbox: Sandbox) -> None:
        self.deaths: list[int | None] = []
        self._life = life
        self._sandbox = sandbox
        self._process = _born(life)
        self._stopping = False
        self._watching = threading.Thread(target=self._watch, name="supervisor")
        self._watching.start()

    def is_at_work(self) -> None:
        """Wait until it lives and has its socket."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._process.is_alive() and self._sandbox.connected.wait(0.05):
                return
            time.sleep(0.01)
        raise AssertionError("RefBot did not connect")

    def asks_to_stop(self) -> None:
        """Send SIGTERM, as a service manager does; what comes back comes from a second life."""
        os.kill(self._pid(), signal.SIGTERM)

    def ends(self) -> int | None:
        """Ask it to stop, for good; give the exit code."""
        self._stopping = True
        self.asks_to_stop()
        self._watching.join(PATIENCE)
        return self._process.exitcode

    def kill(self) -> None:
        """Leave nothing behind."""
        self._stopping = True
        self._process.kill()
        self._watching.join(PATIENCE)

    def _watch(self) -> None:
        while True:
            self._process.join()
            if self._stopping:
                return
            self.deaths.append(self._process.exitcode)
            self._process = _born(replace(self._life, dies=None))

    def _pid(self) -> int:
        pid = self._process.pid
        assert pid is not None
        return pid


def _born(life: Life) -> "multiprocessing.context.ForkServerProcess":
    process = BIRTHS.Process(target=live, args=(life,), daemon=True)
    process.start()
    return process
