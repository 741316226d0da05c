"""A demo that is ended while it still starts leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_is_ended_while_it_starts_leaves_nothing(
    ending: signal.Signals, tmp_path: Path
) -> None:
    demo = subprocess.Popen(
        [sys.executable, "-m", "refbot", "demo"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not list(tmp_path.glob("refbot-demo-*")) and demo.poll() is None:
        time.sleep(0.01)
    demo.send_signal(ending)
    out, errors = demo.communicate(timeout=30)
    assert "http://" not in out, "it was up already, so this shows nothing"
    assert (demo.returncode, errors) == (130, "")
    assert list(tmp_path.iterdir()) == []
