"""What happens because time passes."""

from refbot.storage.nudges import next_due_at
from refbot.workflow import nudges, requests
from refbot.workflow.acts import World, acting


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
        return bool(requests.overdue_requests(session, world.pool.today(now)))
