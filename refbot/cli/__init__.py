"""The command line. Exit code 0: well; 1: the work failed, with a sentence; 2: wrong usage."""

import signal
import sys
from typing import NoReturn

import structlog
import typer
from rich.console import Console

from refbot.errors import ConfigurationError, RefBotError

app = typer.Typer(
    name="refbot",
    help="Runs a company's customer reference program inside Slack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def main() -> None:
    """Run a command; what goes wrong is told in a sentence."""
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        from refbot.cli import commands  # noqa: F401, PLC0415 - it adds the commands to `app`

        app()
    except ConfigurationError as error:
        count = len(error.problems)
        errors.print(f"The configuration has {count} error{'s' if count > 1 else ''}:")
        for problem in error.problems:
            errors.print(f"  - {problem}", markup=False)
        sys.exit(1)
    except RefBotError as error:
        errors.print(str(error), markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _as_ctrl_c(*_: object) -> NoReturn:
    """Let a polite end clean up as Ctrl-C does, also before a command waits for either."""
    raise KeyboardInterrupt
