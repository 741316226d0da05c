"""What a rep's line found."""

from refbot.matching.answers import as_json
from refbot.storage.colleagues import Colleague
from refbot.storage.outbox import real_now
from refbot.storage.searches import Search, by_key
from refbot.workflow.acts import World

LONGEST_LINE = 10_000


def search(world: World, *, by: int, text: str, key: str) -> Search:
    """Answer a line and store the answer; a second delivery gets the first one's answer."""
    now = world.clock()
    matcher = world.pool.matcher(now)
    answer = matcher.match(text[:LONGEST_LINE], as_of=world.pool.today(now))
    with world.database.write() as session:
        known = by_key(session, key)
        if known is not None:
            return known
        found = Search(
            inbox_key=key,
            requester_id=session.get_one(Colleague, by).id,
            text=text[:LONGEST_LINE],
            answer=as_json(answer),
            created_at=real_now(session),
        )
        session.add(found)
        session.flush()
        return found
