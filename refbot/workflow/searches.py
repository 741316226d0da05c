"""What a rep's line found."""

from sqlalchemy.orm import Session

from refbot.matching.answers import as_json
from refbot.matching.criteria import Answer
from refbot.storage import outbox
from refbot.storage.colleagues import Colleague
from refbot.storage.searches import Search, by_key
from refbot.workflow.acts import World

LONGEST_LINE = 10_000


def search(world: World, *, by: int, text: str, key: str) -> Search:
    """Answer a line and store the answer; a second delivery gets the first one's answer."""
    answer = _match(world, text)
    with world.database.write() as session:
        return by_key(session, key) or _store(session, by, text, key, answer)


def answer_in_messages(world: World, *, by: int, text: str, key: str) -> None:
    """Answer a line that was written to RefBot directly, in the same direct messages."""
    answer = _match(world, text)
    with world.database.write() as session:
        if by_key(session, key) is not None:
            return
        found = _store(session, by, text, key, answer)
        now = world.clock()
        lane = f"colleague:{by}"
        outbox.add(session, outbox.Kind.ANSWER, lane=lane, subject_id=found.id, now=now)


def _match(world: World, text: str) -> Answer:
    now = world.clock()
    matcher = world.pool.matcher(now)
    return matcher.match(text[:LONGEST_LINE], as_of=world.pool.today(now))


def _store(session: Session, by: int, text: str, key: str, answer: Answer) -> Search:
    found = Search(
        inbox_key=key,
        requester_id=session.get_one(Colleague, by).id,
        text=text[:LONGEST_LINE].replace("\0", ""),
        answer=as_json(answer),
        created_at=outbox.real_now(session),
    )
    session.add(found)
    session.flush()
    return found
