"""Another connection holds the lock: the person is told in time, and nothing was changed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from refbot.sandbox.acts.reply import Reply
from refbot.storage.engine import sqlite_module
from tests.story import PROGRAM, SALES, Story

SENTENCE = "Not saved: the database is busy right now. Nothing was changed; please try again."
TOLD_WITHIN = 3.0  # seconds: then Slack gives up on us


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Hold the write lock, as an import or an administrator's tool may."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, module=sqlite_module(), poolclass=sa.NullPool)
        take = "BEGIN IMMEDIATE"
    else:
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        take = "LOCK TABLE inbox, search, request, engagement, outbox IN SHARE MODE"
    with engine.connect() as connection:
        connection.exec_driver_sql(take)
        try:
            yield
        finally:
            connection.rollback()
            engine.dispose()


def told(act: Callable[[], Reply]) -> tuple[Reply, float]:
    """The reply to an act, and after how many seconds it came."""
    began = time.monotonic()
    reply = act()
    return reply, time.monotonic() - began


def test_a_command_says_that_nothing_was_saved(story: Story, database_url: str) -> None:
    with locked(database_url):
        found, seconds = told(lambda: story.riley.types("/reference healthcare", channel=SALES))
    assert (found.ok, found.text) == (True, SENTENCE)
    assert seconds < TOLD_WITHIN
    with story.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM search")) == 0
    assert "Northwind" in str(story.riley.types("/reference healthcare", channel=SALES).blocks)


def test_a_click_says_that_nothing_was_saved(story: Story, database_url: str) -> None:
    story.requests()
    card = story.card()
    with locked(database_url):
        clicked, seconds = told(lambda: story.casey.clicks("Approve", in_=card))
        assert clicked.ok
        assert story.sandbox.until(lambda: SENTENCE in str(story.casey.sees(PROGRAM)))
    assert seconds < TOLD_WITHIN
    assert story.statuses() == ["proposed"]
    assert story.casey.clicks("Approve", in_=card).ok
    assert story.statuses() == ["owner_check"]


def test_a_form_says_that_nothing_was_saved_and_keeps_what_was_typed(
    story: Story, database_url: str
) -> None:
    found = story.riley.types("/reference healthcare product-A director", channel=SALES)
    story.riley.clicks("Request", in_=found)
    deal = {"opportunity": "Globex rollout (OPP-1)", "prospect": "Globex", "amount": "250000"}
    story.riley.fills(deal)
    with locked(database_url):
        sent, seconds = told(story.riley.submits)
    assert list(sent.errors.values()) == [SENTENCE]
    assert seconds < TOLD_WITHIN
    assert story.riley.submits().ok
    assert "Request 1" in str(story.card())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_message_that_left_while_the_lock_was_held_is_not_sent_again(
    story: Story, database_url: str
) -> None:
    """Its row could not be marked: the lease ends, it is looked for, and found."""
    story.sandbox.faults.set("late_answer", method="chat.postMessage", times=1, seconds=1.0)
    found = story.riley.types("/reference healthcare product-A director", channel=SALES)
    story.riley.clicks("Request", in_=found)
    deal = {"opportunity": "Globex rollout (OPP-1)", "prospect": "Globex", "amount": "250000"}
    story.riley.fills(deal)
    assert story.riley.submits().ok
    assert story.sandbox.until(lambda: story.casey.sees(PROGRAM))
    with locked(database_url):
        time.sleep(3)
    story.settled(timeout=20)
    assert len(story.casey.sees(PROGRAM)) == 1
    assert len(story.riley.sees("@refbot")) == 1
