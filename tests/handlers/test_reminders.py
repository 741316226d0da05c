"""Reminders as people get them: bundled, in working hours, with buttons that work."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from refbot.sandbox.person import Person
from tests.handlers.looking import labels
from tests.story import BOT, Story


def is_told_at_work(person: Person, zone: str, holding: str) -> None:
    """Every reminder came between nine and six on the person's own clock."""
    for message in person.sees(BOT):
        if holding in message["text"]:
            at = datetime.fromtimestamp(float(message["ts"]), UTC).astimezone(ZoneInfo(zone))
            assert 9 <= at.hour < 18, (message["text"], at)
            assert at.weekday() < 5


def test_reminders_are_bundled_escalate_and_act_by_their_buttons(story: Story) -> None:
    story.skip(hours=8)  # 23:00 for Casey: both wait for the same morning
    story.requests()
    story.requests("calloway clinics it director")
    story.skip(hours=16)
    bundle = story.newest(story.casey, "2 things wait on you")
    assert labels(bundle).count("Approve") == 2
    assert "You get this because" in str(bundle["blocks"])
    assert story.casey.clicks("Approve", in_=bundle).ok
    assert story.statuses() == ["owner_check", "proposed"]

    story.skip(days=3)
    late = story.newest(story.devon, "The champion has not decided yet")
    assert "Calloway" in late["text"]
    assert "Dana" in story.newest(story.sam, "waits for your word")["text"]
    assert story.devon.clicks("Approve", in_=late).ok
    story.settled()
    assert story.statuses() == ["owner_check", "owner_check"]

    story.skip(days=7)
    asked = story.newest(story.casey, "You may answer instead")
    assert story.casey.clicks("Yes", in_=asked).ok
    story.skip(days=4)  # over a weekend
    reminder = story.newest(story.riley, "Please introduce")
    assert story.riley.clicks("I have introduced them", in_=reminder).ok
    story.settled()
    assert "invited" in story.statuses()
    is_told_at_work(story.casey, "Europe/Berlin", "wait")
    is_told_at_work(story.sam, "America/Chicago", "waits for your word")
    is_told_at_work(story.riley, "America/New_York", "Please introduce")
    count = len(story.casey.sees(BOT)), len(story.devon.sees(BOT))
    story.skip(days=1)
    assert (len(story.casey.sees(BOT)), len(story.devon.sees(BOT))) <= (count[0] + 2, count[1])
