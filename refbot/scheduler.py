"""Clocks, no rules: ticks that claim what is due. The due times are rows, never jobs."""

from collections.abc import Callable

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from refbot.errors import RefBotError
from refbot.workflow.acts import World
from refbot.workflow.clock import forget_what_is_old, tick

log = structlog.get_logger()

HOUR = 3600


def clocks(world: World, *, wake: Callable[[], None], every: float) -> BackgroundScheduler:
    """Make the clocks of one process. Several processes may tick: each claims its own rows."""
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(2)},
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
    )

    def due() -> None:
        if tick(world):
            wake()

    scheduler.add_job(_safe(due), "interval", seconds=every, id="due")
    scheduler.add_job(
        _safe(lambda: forget_what_is_old(world)), "interval", seconds=HOUR, id="forget"
    )
    return scheduler


def _safe(job: Callable[[], object]) -> Callable[[], None]:
    """Keep one bad tick from ending the clock."""

    def run() -> None:
        try:
            job()
        except RefBotError as error:
            log.warning("tick waits", reason=str(error))
        except Exception:
            log.exception("tick failed")

    return run
