"""`refbot demo` as a newcomer starts it: a process of its own, known by the URL that it prints."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

URL = re.compile(r"http://127\.0\.0\.1:\d+/")
STOPS_WITHIN = 20.0  # seconds, on a busy machine


@dataclass(kw_only=True)
class Demo:
    """A running demo and what it printed."""

    process: "subprocess.Popen[str]"
    url: str
    printed: list[str]
    started_in: float

    def stop(self) -> str:
        """Press Ctrl-C; give everything that was printed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=STOPS_WITHIN)
        return "".join(self.printed) + rest


@contextmanager
def refbot_demo(*options: str | Path, temporary: Path) -> Iterator[Demo]:
    """Start the demo, wait for its URL, and end it if it still runs."""
    command = [sys.executable, "-m", "refbot", "demo", "--port", "0", *map(str, options)]
    env = os.environ | {"TMPDIR": str(temporary)}
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
    )
    try:
        printed = list(_opening_lines(process))
        found = URL.search("".join(printed))
        assert found, f"The demo ended without a URL: {printed}"
        took = time.monotonic() - began
        yield Demo(process=process, url=found.group(), printed=printed, started_in=took)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _opening_lines(process: "subprocess.Popen[str]") -> Iterator[str]:
    """What is printed until the demo works: the last line says how to stop it."""
    assert process.stdout is not None
    for line in iter(process.stdout.readline, ""):
        yield line
        if "Ctrl-C" in line:
            return
