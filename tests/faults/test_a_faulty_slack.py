"""Slack fails while RefBot lives: nothing is lost, nothing is there twice, the others go on."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from refbot.app import build
from refbot.sandbox.sandbox import Sandbox
from refbot.startup import program_is_ready
from refbot.storage.events import Event
from refbot.storage.outbox import Outbox, OutboxStatus, Pause
from refbot.storage.searches import Search
from tests.faults.cast import know_the_cast
from tests.program import seed_program
from tests.story import BOT, PROGRAM, SALES, Story, to_a_working_monday

POST = "chat.postMessage"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def impatient(
    sandbox: Sandbox, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Story]:
    """RefBot at work that waits a second for Slack's answer to a post, not fifteen."""
    monkeypatch.setattr("refbot.app.POST_TIMEOUT", 1)
    told = Story(sandbox, database_url, tmp_path)
    with told.running():
        yield told


def each_message_is_there_once(story: Story) -> None:
    """The card and where the request stands: one each, by its mark and by sight."""
    assert [len(story.casey.sees(PROGRAM)), len(story.riley.sees(BOT))] == [1, 1]
    posted = [*story.casey.sees(PROGRAM), *story.riley.sees(BOT)]
    marks = [message["metadata"]["event_payload"]["outbox"] for message in posted]
    assert len(set(marks)) == len(marks)
    with story.reading() as session:
        assert set(session.scalars(sa.select(Outbox.status))) == {OutboxStatus.SENT}


def test_a_channel_that_must_wait_holds_no_other_back(story: Story) -> None:
    story.sandbox.faults.set("rate_limited", method=POST, times=1, retry_after=2)
    began = time.monotonic()
    ask(story)
    story.wait_for(lambda session: session.scalar(sa.select(Pause.channel)) is not None)
    story.sandbox.until(lambda: story.casey.sees(PROGRAM) or story.riley.sees(BOT), timeout=1.5)
    with story.reading() as session:
        (pause,) = session.scalars(sa.select(Pause))
    standing = [*story.casey.sees(PROGRAM), *story.riley.sees(BOT)]
    assert len(standing) == 1
    assert pause.method == POST
    assert pause.channel not in {"", standing[0]["channel"]}
    story.settled()
    assert time.monotonic() - began > 2
    each_message_is_there_once(story)
    assert len([call for call in story.sandbox.traffic() if call["what"] == POST]) == 3


@on_sqlite
@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("server_error", {}),  # 503, not done
        ("server_error", {"done": True}),  # 503, done all the same
        ("drop_before", {}),
        ("drop_after", {}),
    ],
)
def test_an_answer_that_is_lost_makes_neither_none_nor_two(
    story: Story, kind: str, how: dict[str, bool]
) -> None:
    story.sandbox.faults.set(kind, method=POST, times=2, **how)
    ask(story)
    story.settled()
    each_message_is_there_once(story)


@on_sqlite
def test_an_answer_that_comes_too_late_makes_no_second_message(impatient: Story) -> None:
    impatient.sandbox.faults.set("late_answer", method=POST, times=2, seconds=1.5)
    ask(impatient)
    impatient.settled()
    each_message_is_there_once(impatient)


@on_sqlite
def test_a_look_that_fails_is_no_look(story: Story) -> None:
    """Two looks that see nothing: only then is it sent again. Slack's history may lag."""
    faults = story.sandbox.faults
    faults.set("drop_after", method=POST, times=1)
    for method in ("conversations.history", "conversations.replies"):
        faults.set("drop_before", method=method, times=1)
    faults.set("late_history", times=1, seconds=60)
    ask(story)
    story.settled()
    each_message_is_there_once(story)


@on_sqlite
def test_without_history_a_doubtful_message_is_rather_sent_again(story: Story) -> None:
    story.sandbox.faults.set("no_history")
    story.sandbox.faults.set("drop_after", method=POST, times=1)
    ask(story)
    story.settled()
    assert sorted([len(story.casey.sees(PROGRAM)), len(story.riley.sees(BOT))]) == [1, 2]


def test_an_envelope_that_comes_twice_has_one_effect(story: Story) -> None:
    story.sandbox.faults.set("duplicate_delivery")
    ask(story)
    assert story.casey.clicks("Approve", in_=story.card()).ok
    assert story.sam.clicks("Yes", in_=story.newest(story.sam, "May ")).ok
    story.skip(seconds=15)
    with story.reading() as session:
        events = session.scalars(sa.select(Event.what).order_by(Event.id)).all()
        assert session.scalar(sa.select(sa.func.count()).select_from(Search)) == 1
    wanted = ["request:open", "engagement:ask_owner", "engagement:owner_yes"]
    assert [what for what in events if what in wanted] == wanted
    assert len(story.casey.sees(PROGRAM)) == 1
    assert len(story.card()["replies"]) == 2


@on_sqlite
def test_slack_may_be_down_at_the_start(
    sandbox: Sandbox, database_url: str, tmp_path: Path
) -> None:
    to_a_working_monday(sandbox)
    story = Story(sandbox, database_url, tmp_path)
    story.bot = bot = build(story.settings, clock=sandbox.clock.now)
    seed_program(bot.world.database, story.now())
    know_the_cast(bot.world.database)
    sandbox.faults.set("drop_before")
    program_is_ready(bot)
    bot.start()
    try:
        assert not sandbox.connected.wait(0.5)
        sandbox.faults.clear()
        assert sandbox.connected.wait(10)
        ask(story)
        story.settled()
        each_message_is_there_once(story)
    finally:
        bot.stop()


@on_sqlite
def test_slack_may_be_down_when_messages_are_to_leave(story: Story) -> None:
    fill_in(story)
    story.sandbox.faults.set("drop_before")
    assert story.riley.submits().ok
    time.sleep(1)
    assert [story.casey.sees(PROGRAM), story.riley.sees(BOT)] == [[], []]
    story.sandbox.faults.clear()
    story.settled(timeout=20)
    each_message_is_there_once(story)


@on_sqlite
def test_what_took_too_long_to_find_its_place_is_not_posted_late(
    sandbox: Sandbox, database_url: str, tmp_path: Path
) -> None:
    """Another may have the message by then: the lease is over, and the look found nothing."""
    story = Story(sandbox, database_url, tmp_path)
    story.settings = story.settings.model_copy(update={"lease_seconds": 1.0})
    with story.running():
        sandbox.faults.set("late_answer", method="conversations.open", times=1, seconds=2.5)
        ask(story)
        story.settled()
        time.sleep(2)
        each_message_is_there_once(story)


def fill_in(story: Story) -> None:
    """Riley asks, takes the first candidate, and fills in the form."""
    found = story.riley.types("/reference healthcare product-A director", channel=SALES)
    assert found.ok, found
    assert "Dana" in str(found.blocks) or "Northwind" in str(found.blocks)
    assert story.riley.clicks("Request", in_=found).ok
    story.riley.fills(
        {"opportunity": "Globex rollout (OPP-1)", "prospect": "Globex", "amount": "250000"}
    )


def ask(story: Story) -> None:
    """Riley asks for a reference."""
    fill_in(story)
    assert story.riley.submits().ok
