"""What happens because time passes."""

from datetime import timedelta

from refbot.storage import inbox, outbox, searches
from refbot.storage.nudges import next_due_at
from refbot.storage.requests import overdue_requests
from refbot.workflow import nudges, requests
from refbot.workflow.acts import World, acting

SEARCHES_LAST = timedelta(days=30)
KEYS_LAST = timedelta(days=2)


def tick(world: World) -> int:
    """Do what is due; give how many reminders went out and requests ended."""
    if not _anything_due(world):
        return 0
    with acting(world, by=None) as act:
        return nudges.tick(act) + requests.expire(act)


def _anything_due(world: World) -> bool:
    """Look before taking the lock that writers wait for."""
    now = world.clock()
    with world.database.read() as session:
        due_at = next_due_at(session)
        if due_at is not None and due_at <= now:
            return True
        return bool(overdue_requests(session, world.pool.today(now)))


def forget_what_is_old(world: World) -> None:
    """Delete what is kept for a time only: searches 30 days, inbox keys 2."""
    with world.database.write() as session:
        now = outbox.real_now(session)
        searches.forget_before(session, now - SEARCHES_LAST)
        inbox.forget_before(session, now - KEYS_LAST)
