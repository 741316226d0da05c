"""The account owner's word: yes, not now, no; nobody in Slack, oneself, too late."""

from datetime import timedelta

from refbot.storage.accounts import Account
from tests.handlers.looking import (
    answer_alone,
    card,
    chooses,
    declines,
    labels,
    one_engine,
    references,
    sets_account,
    sets_policy,
    thread,
)
from tests.story import BOT, SALES, Story


def test_the_owners_not_now_rests_the_account_and_no_brings_the_next(story: Story) -> None:
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    ask = story.newest(story.sam, "May ")
    story.sam.clicks("Not now", in_=ask)
    day = story.bot.world.pool.today(story.now())
    story.sam.fills({"until": day.isoformat(), "reason": "in the middle of a renewal"})
    assert list(story.sam.submits().errors) == ["until"]
    until = day + timedelta(days=90)
    story.sam.fills({"until": until.isoformat()})
    assert story.sam.submits().ok
    story.settled()
    assert references(story) == ["Dana Finch", "Priya Nandakumar"]
    assert _account(story, "Northwind Health").rests_until == until
    assert any("not now" in line and "middle of a renewal" in line for line in thread(story))
    found = story.riley.types("/reference healthcare product-A director", channel=SALES)
    assert "Northwind Health: _rests until" in str(found.blocks)

    story.casey.clicks("Approve", in_=card(story))
    ask = story.newest(story.noor, "May ")
    story.noor.clicks("Not now", in_=ask)
    story.noor.fills({"reason": "later"})
    assert story.noor.submits().ok
    story.settled()
    assert _account(story, "Calloway Clinics").rests_until == day + timedelta(days=30)
    assert references(story)[-1] == "Jonas Brandt"


@one_engine
def test_the_owners_no_brings_the_next_candidate(story: Story) -> None:
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    ask = story.newest(story.sam, "May ")
    story.sam.clicks("No", in_=ask)
    story.sam.fills({"reason": "never for this prospect"})
    assert story.sam.submits().ok
    story.settled()
    assert story.statuses() == ["declined", "proposed"]
    assert _account(story, "Northwind Health").rests_until is None
    assert "never for this prospect" in str(story.newest(story.sam, "May "))
    assert "never for this prospect" in story.newest(story.riley, "never for")["text"]


def _account(story: Story, name: str) -> Account:
    with story.reading() as session:
        return next(a for a in session.query(Account).all() if a.name == name)


@one_engine
def test_an_owner_who_is_not_in_slack_is_replaced_by_the_champion(story: Story) -> None:
    story.requests()
    declines(story)
    declines(story)
    assert references(story)[-1] == "Jonas Brandt"
    story.casey.clicks("Approve", in_=card(story))
    story.settled()
    assert story.statuses()[-1] == "approved"


@one_engine
def test_nobody_asks_oneself_and_a_policy_without_owner_check_asks_nobody(story: Story) -> None:
    sets_account(story, "Northwind Health", owner_email="casey.morgan@northbeam.example")
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    assert story.statuses() == ["approved"]

    sets_policy(story, ask_account_owner="no")
    story.requests("calloway clinics it director")
    story.devon.clicks("Approve", in_=card(story))
    assert references(story)[-1] == "Priya Nandakumar"
    assert story.statuses() == ["approved", "approved"]
    assert story.noor.sees(BOT) == []


@one_engine
def test_a_champions_own_request_needs_no_second_yes_but_the_owners(story: Story) -> None:
    found = story.casey.types("/reference healthcare product-A director", channel=SALES)
    story.casey.clicks("Request", in_=found)
    story.casey.fills({"opportunity": "mine", "prospect": "Globex", "amount": "1"})
    assert story.casey.submits().ok
    story.settled()
    assert story.statuses() == ["owner_check"]
    story.sam.clicks("Yes", in_=story.newest(story.sam, "May "))
    story.skip(seconds=15)
    assert "dana@" in str(story.newest(story.casey, "dana@"))


def test_an_owners_late_yes_after_another_was_chosen_changes_nothing(story: Story) -> None:
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    ask = story.newest(story.sam, "May ")
    assert chooses(story, "IT Director · Calloway Clinics").ok
    told = answer_alone(story, story.sam, lambda: story.sam.clicks("Yes", in_=ask))
    assert "Already decided by Casey Morgan" in told
    assert story.statuses() == ["declined", "proposed"]
    assert "Yes" not in labels(story.newest(story.sam, "May "))
