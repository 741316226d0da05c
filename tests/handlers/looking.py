"""What stories look at: what only one person was told, what stands in the database."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update

from refbot.sandbox.acts.reply import Reply
from refbot.sandbox.filling import all_pressable
from refbot.sandbox.person import Person
from refbot.storage.accounts import Account
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Engagement
from refbot.storage.events import Event
from refbot.storage.outbox import Outbox
from refbot.storage.references import Reference
from refbot.storage.requests import Question, Request
from refbot.storage.revisions import Changed, record
from refbot.storage.searches import Search
from refbot.storage.settings import Setting
from tests.story import PROGRAM, Story

one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For a story about what people read: the database's part in it is proved on both elsewhere."""
FAULTS = ("dropped, not done", "exchanged_trigger_id", "users_not_found")
WORK = (Request, Engagement, Event, Outbox, Question, Setting)


def refused_payloads(story: Story) -> list[str]:
    """What the sandbox would not take of RefBot; but for faults that a test switched on."""
    told = [entry for entry in story.sandbox.traffic() if not entry["ok"]]
    lines = [f"{entry['what']}: {entry['error']}" for entry in told]
    return [line for line in lines if not line.endswith(FAULTS)]


def answer_alone(story: Story, person: Person, act: Callable[[], Reply]) -> str:
    """What only the one who acted reads: in the ack, beside the message, or in a modal."""
    before, shown_before = len(_told_beside(story)), _notice(person)
    reply = act()
    if reply.text or reply.errors:
        return reply.text or " ".join(reply.errors.values())

    def told() -> list[str]:
        notice = _notice(person)
        beside = _told_beside(story)[before:]
        return [*beside, notice[1]] if notice and notice != shown_before else beside

    assert story.sandbox.until(told), "nobody was told anything"
    return told()[0]


def _told_beside(story: Story) -> list[str]:
    posts = [e["payload"] for e in story.sandbox.traffic() if e["what"] == "response_url"]
    assert all(post["response_type"] == "ephemeral" for post in posts)
    return [post["text"] for post in posts]


def _notice(person: Person) -> tuple[str, str] | None:
    """The modal that only says something, if one is on top: its hash and its words."""
    view = person.modal
    if view is None or view["callback_id"] != "notice":
        return None
    return view["hash"], view["blocks"][0]["text"]["text"]


def counts(story: Story) -> dict[str, int]:
    """How many rows each table of the program's work holds: equal when nothing was changed."""
    story.settled()
    with story.reading() as session:
        tables = (*WORK, Search)
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in tables
        }


def unchanged(story: Story, act: Callable[[], object]) -> None:
    """Do something that must leave no trace in the database."""
    before, statuses = counts(story), story.statuses()
    act()
    assert counts(story) == before
    assert story.statuses() == statuses


def references(story: Story) -> list[str]:
    """The names of the engagements' references, in the order of their making."""
    with story.reading() as session:
        found = session.scalars(select(Engagement).order_by(Engagement.id))
        return [engagement.reference.name for engagement in found]


def newest_request(story: Story) -> Request:
    with story.reading() as session:
        found = session.scalars(select(Request).order_by(Request.id.desc())).first()
        assert found is not None
        return found


def engagement(story: Story, number: int = -1) -> Engagement:
    with story.reading() as session:
        return session.scalars(select(Engagement).order_by(Engagement.id)).all()[number]


def sets_account(story: Story, which: str, **values: Any) -> None:
    """Change an account as an import would, the pool told."""
    _changes(story, update(Account).where(Account.name == which).values(**values))


def sets_reference(story: Story, whose: str, **values: Any) -> None:
    _changes(story, update(Reference).where(Reference.name == whose).values(**values))


def sets_colleague(story: Story, person: Person, **values: Any) -> None:
    _changes(story, update(Colleague).where(Colleague.slack_id == person.id).values(**values))


def _changes(story: Story, statement: Any) -> None:
    assert story.bot is not None
    with story.bot.world.database.write() as session:
        assert session.execute(statement).rowcount == 1
        record(session, [(Changed.ALL, 0)])
    story.bot.world.pool.matcher(story.now())
    story.bot.world.pool.settle()


def sets_policy(story: Story, **values: Any) -> None:
    """Put a policy in force as Home does: by Casey."""
    story.casey.clicks("Change policy", in_=story.casey.home())
    story.casey.fills(values)
    assert story.casey.submits().ok
    story.settled()
    story.bot.world.pool.matcher(story.now())
    story.bot.world.pool.settle()


def thread(story: Story) -> list[str]:
    """The replies under the newest card."""
    return [reply["text"] for reply in card(story)["replies"]]


def card(story: Story) -> dict[str, Any]:
    """The newest card, passing over what only Casey was told beside it."""
    return cards(story)[-1]


def cards(story: Story) -> list[dict[str, Any]]:
    story.settled()
    return [m for m in story.casey.sees(PROGRAM) if not m.get("is_ephemeral")]


def labels(shown: dict[str, Any]) -> list[str]:
    """The texts of all buttons and menu entries."""
    return [text for text, _ in all_pressable(shown["blocks"])]


def declines(story: Story, reason: str = "busy with a migration") -> None:
    story.casey.clicks("Decline", in_=card(story))
    story.casey.fills({"reason": reason})
    assert story.casey.submits().ok
    story.settled()


def chooses(story: Story, wanted: str, *, field: str = "reference", **more: Any) -> Any:
    story.casey.clicks("Choose another", in_=card(story))
    story.casey.fills({field: wanted} | more)
    sent = story.casey.submits()
    story.settled()
    return sent
