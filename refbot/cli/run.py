"""`refbot run`: connects to Slack and works until it is told to stop."""

import signal
import threading
from datetime import UTC, datetime

from rich.console import Console

from refbot.app import build
from refbot.config import load_settings, must_reach_slack
from refbot.startup import program_is_ready
from refbot.storage import upgrade
from refbot.web.server import serve

out = Console(highlight=False, soft_wrap=True)


def run() -> None:
    """Connect to Slack, over Socket Mode or HTTP, and work until SIGTERM or Ctrl-C."""
    settings = load_settings()
    must_reach_slack(settings)
    bot = build(settings)
    upgrade.must_be_current(bot.world.database)
    program_is_ready(bot)
    bot.start()
    web = None
    if bot.socket is None:
        web = serve(bot.world.database, bot.bolt, host=settings.http_host, port=settings.http_port)
    end = asked_to_end()
    out.print(f"RefBot works. Started {datetime.now(UTC):%Y-%m-%d %H:%M} UTC; Ctrl-C stops it.")
    wait_for(end)
    if web is not None:
        web.stop()
    bot.stop()


def asked_to_end() -> threading.Event:
    """Give what is set once the process is asked to stop. Call it before saying how to."""
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    return asked


def wait_for(asked: threading.Event) -> None:
    """Wait, in pieces in which a signal is heard."""
    while not asked.wait(0.5):
        pass
