"""From the introduction to the thank-you, and the ways in which it ends before."""

from datetime import timedelta
from email import message_from_string
from typing import Any

import pytest
from sqlalchemy import select

from refbot.storage.references import Consent
from tests.handlers.looking import (
    answer_alone,
    card,
    engagement,
    labels,
    newest_request,
    one_engine,
    references,
    sets_policy,
    thread,
)
from tests.story import SALES, Story


@pytest.fixture
def approved(story: Story) -> Story:
    """Dana is approved, and Riley has her contact."""
    sets_policy(story, ask_account_owner="no")
    story.requests(topics="security", attendees="their CIO")
    story.casey.clicks("Approve", in_=card(story))
    story.skip(seconds=15)
    return story


def brief(story: Story) -> Any:
    return story.newest(story.riley, "Your reference")


def today(story: Story) -> Any:
    return story.bot.world.pool.today(story.now())


def reports(story: Story, **values: Any) -> Any:
    story.riley.clicks("How did it go?", in_=brief(story))
    story.riley.fills(values)
    sent = story.riley.submits()
    story.settled()
    return sent


def test_a_conversation_is_scheduled_missed_scheduled_again_held_and_thanked(
    approved: Story,
) -> None:
    story = approved
    shown = str(brief(story)["blocks"])
    assert "dana@northwind.example.com" in shown
    assert "security" in shown
    old = brief(story)
    story.riley.clicks("I have introduced them", in_=old)
    told = answer_alone(
        story, story.riley, lambda: story.riley.clicks("I have introduced them", in_=old)
    )
    assert "Already decided by Riley Park" in told

    at = story.now() + timedelta(days=2)
    story.riley.chooses("schedule", int(at.timestamp()), in_=brief(story))
    story.settled()
    assert "Takes place" in str(card(story)["blocks"])
    assert reports(story, course="Nobody came").ok
    assert story.statuses() == ["no_show"]
    story.riley.chooses("schedule", int(at.timestamp()) + 86400, in_=brief(story))
    story.settled()
    assert story.statuses() == ["scheduled"]

    sent = reports(story, expected_grade="3: fair", actual_grade="5: could not be better")
    assert sent.ok
    held = engagement(story)
    assert (held.expected_grade, held.actual_grade) == (3, 5)
    assert held.held_on == today(story)
    assert held.rests_until == today(story) + timedelta(days=30)
    assert story.request_status() == "fulfilled"
    assert any("Grade 5 of 5, expected 3" in line for line in thread(story))
    again = story.riley.types("/reference healthcare product-A director", channel=SALES)
    assert "Director of Pharmacy" not in again.text
    assert "rests until" in str(again.blocks)

    story.riley.clicks("I have thanked them", in_=brief(story))
    story.settled()
    assert story.statuses() == ["thanked"]
    assert story.sandbox.mails() == []
    assert "I have" not in str(labels(brief(story)))


@one_engine
def test_refbot_mails_introduction_and_thanks_in_the_reps_name(approved: Story) -> None:
    story = approved
    story.riley.clicks("Let RefBot send the draft", in_=brief(story))
    story.settled()
    assert story.statuses() == ["invited"]
    reports(story)
    story.riley.clicks("Let RefBot send the thank-you", in_=brief(story))
    story.settled()

    invitation, thanks = story.sandbox.mails()
    for mail in (invitation, thanks):
        raw = message_from_string(mail.raw)
        assert raw["Reply-To"] == "Riley Park <riley.park@northbeam.example>"
        assert raw["Cc"] is raw["Bcc"] is None
        assert raw.get_all("To") == ["Dana Finch <dana@northwind.example.com>"]
        assert mail.to == "dana@northwind.example.com"
        assert "Hi Dana," in mail.text
        assert "Riley Park, Northbeam" in mail.text
    assert "Globex" in invitation.subject
    assert "security" in invitation.text
    assert "their CIO" in invitation.text
    assert invitation.message_id != thanks.message_id
    assert story.statuses() == ["thanked"]


@one_engine
@pytest.mark.parametrize(
    ("course", "status", "rest"),
    [("They said: not now", "refused", 45), ("They said: no, please", "refused", 180)],
)
def test_a_refusal_rests_the_reference_and_brings_the_next(
    approved: Story, course: str, status: str, rest: int
) -> None:
    story = approved
    story.riley.clicks("I have introduced them", in_=brief(story))
    assert reports(story, course=course).ok
    assert story.statuses() == [status, "proposed"]
    assert references(story)[-1] == "Priya Nandakumar"
    assert engagement(story, 0).rests_until == today(story) + timedelta(days=rest)
    assert "The reference said no" in str(brief(story)["blocks"])
    assert story.request_status() == "open"


@one_engine
def test_what_is_called_off_brings_the_next_and_counts_against_no_cap(approved: Story) -> None:
    story = approved
    story.riley.clicks("I have introduced them", in_=brief(story))
    reports(story, course="We called it off")
    assert story.statuses() == ["cancelled", "proposed"]
    assert engagement(story, 0).rests_until is None

    story.casey.clicks("Approve", in_=card(story))
    story.skip(seconds=15)
    story.casey.clicks("Call it off", in_=card(story))
    story.settled()
    assert story.statuses() == ["cancelled", "cancelled", "proposed"]
    assert "Called off" in str(brief(story)["blocks"])
    assert "called off" in story.newest(story.riley, "called off")["text"]
    again = story.riley.types("/reference healthcare product-A director", channel=SALES)
    assert "Director of Pharmacy · Northwind Health" in again.text


@one_engine
def test_a_public_activity_without_consent_is_not_held_until_one_is_recorded(story: Story) -> None:
    sets_policy(story, ask_account_owner="no")
    story.requests(activity="case_study")
    story.casey.clicks("Approve", in_=card(story))
    story.skip(seconds=15)
    story.riley.clicks("I have introduced them", in_=brief(story))
    sent = reports(story)
    assert list(sent.errors) == ["course"]
    assert "Ask the program champion to enter it" in sent.errors["course"]
    assert story.statuses() == ["invited"]
    story.riley.closes_modal()

    story.casey.clicks("Record a consent", in_=card(story))
    story.casey.fills({"outlet": "Website", "evidence": "e-mail of 3 May"})
    assert story.casey.submits().ok
    story.settled()
    with story.reading() as session:
        given = session.scalars(select(Consent).order_by(Consent.id.desc())).first()
    assert (given.activity, given.outlet, given.approver) == (
        "case_study", "website", "Casey Morgan",
    )  # fmt: skip
    assert any("recorded a consent" in line for line in thread(story))
    assert reports(story).ok
    assert story.statuses() == ["held"]


@one_engine
def test_a_withdrawn_request_calls_off_what_is_under_way(approved: Story) -> None:
    story = approved
    story.riley.clicks("Withdraw", in_=story.newest(story.riley, "Withdraw"))
    story.settled()
    assert (story.statuses(), story.request_status()) == (["cancelled"], "withdrawn")
    assert "Please do not contact them" in str(brief(story)["blocks"])
    assert "Ask the requester" not in labels(card(story))
    assert any("withdrew the request" in line for line in thread(story))


@one_engine
def test_the_champion_closes_a_request_that_nobody_fits(story: Story) -> None:
    story.requests()
    story.casey.clicks("Close: nobody found", in_=card(story))
    story.settled()
    assert (story.statuses(), story.request_status()) == (["cancelled"], "unfilled")
    assert "no reference was found" in story.newest(story.riley, "no reference was")["text"]


def test_a_day_that_passes_without_an_answer_ends_a_request_unfilled(story: Story) -> None:
    needed_by = (today(story) + timedelta(days=1)).isoformat()
    story.requests(needed_by=needed_by)
    story.skip(days=1)
    assert story.request_status() == "open"
    story.skip(days=1)
    assert (story.statuses(), story.request_status()) == (["cancelled"], "unfilled")
    assert "needed by is over" in str(thread(story))
    assert "needed by is over" in str(story.newest(story.riley, "needed by is over"))


@one_engine
def test_a_day_that_passes_after_the_introduction_ends_nothing(approved: Story) -> None:
    story = approved
    story.riley.clicks("I have introduced them", in_=brief(story))
    with story.bot.world.database.write() as session:
        session.merge(newest_request(story)).needed_by = today(story)
    story.skip(days=2)
    assert (story.statuses(), story.request_status()) == (["invited"], "open")


@one_engine
def test_a_request_for_two_is_fulfilled_when_two_are_held(story: Story) -> None:
    sets_policy(story, ask_account_owner="no")
    story.requests(how_many="2")
    for _ in range(2):
        story.casey.clicks("Approve", in_=card(story))
        story.skip(seconds=15)
        shown = next(m for m in reversed(story.riley.sees("@refbot")) if "introduced" in str(m))
        story.riley.clicks("I have introduced them", in_=shown)
        story.settled()
    for expected in ("open", "fulfilled"):
        shown = next(m for m in story.riley.sees("@refbot") if "How did it go?" in labels(m))
        story.riley.clicks("How did it go?", in_=shown)
        assert story.riley.submits().ok
        story.settled()
        assert story.request_status() == expected
    assert "2 of 2 held" in str(card(story)["blocks"])
