"""SPEC §5 from the slash command to the thank-you, over a real socket."""

from tests.story import PROGRAM, Story


def test_a_request_goes_from_slash_command_to_thank_you(story: Story) -> None:
    story.requests()
    card = story.card()
    assert "Request 1" in str(card)
    assert "Globex" in str(card)

    assert story.casey.clicks("Approve", in_=card).ok
    ask = story.newest(story.sam, "May ")
    assert story.sam.clicks("Yes", in_=ask).ok
    story.skip(seconds=15)

    brief = story.newest(story.riley, "dana@")
    assert story.riley.clicks("I have introduced them", in_=brief).ok
    brief = story.newest(story.riley, "How did it go?")
    story.riley.clicks("How did it go?", in_=brief)
    story.riley.fills({"expected_grade": "4", "actual_grade": "5", "report": "Went very well"})
    assert story.riley.submits().ok
    brief = story.newest(story.riley, "say thank you")
    assert story.riley.clicks("I have thanked them", in_=brief).ok

    assert story.statuses() == ["thanked"]
    assert story.request_status() == "fulfilled"
    replies = [reply["text"] for reply in story.card()["replies"]]
    assert len([r for r in replies if "approved" in r]) == 1
    assert len([r for r in replies if "took place" in r]) == 1
    assert len([r for r in replies if "thanked" in r]) == 1
    assert len(story.casey.sees(PROGRAM)) == 1
