"""The command line, run as a person would, in a folder of its own."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from refbot.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def refbot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    """Run `refbot …` in a folder and a home of its own, without any settings."""
    for name in ("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET", "API_URL"):
        monkeypatch.delenv(f"SLACK_{name}", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str = "") -> Ran:
        (tmp_path / "stdin").write_text(stdin)
        monkeypatch.setattr(sys, "argv", ["refbot", *arguments])
        capfd.readouterr()
        with (tmp_path / "stdin").open() as typed:
            monkeypatch.setattr(sys, "stdin", typed)
            try:
                main()
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
            finally:
                structlog.reset_defaults()
        told = capfd.readouterr()
        return Ran(code, told.out, told.err)

    return run
