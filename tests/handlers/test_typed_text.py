"""Users' text in every field: told as typed, and never a mention, a link or a turned line."""

import re
from typing import Any

from refbot.sandbox import seed
from refbot.sandbox.validator import problems
from tests.handlers.looking import card, one_engine, sets_policy, sets_reference
from tests.story import BOT, PROGRAM, SALES, Story

NASTY = (
    "<!channel> <!here> <@U0LEE> <#C0SALES> <https://evil.example|our site> https://evil.example "
    "& < > </b> *bold* _it_ ~no~ `code` ```x``` &lt;!everyone&gt; <!date^1^x|y> "
    "\u202e\u2066\u200f\x07\x1b שלום 😀 {{ 7*7 }} {% x %} %s"
)
LONG = NASTY + " 0123456789" * 150  # under the fields' 2000
FORBIDDEN = re.compile(
    r"<!(channel|here|everyone|subteam)|<@U0LEE|<#|<https?://evil|\|our site>"
    r"|[\u202a-\u202e\u2066-\u2069\x07\x1b]"
)


def everything_said(story: Story) -> list[dict[str, Any]]:
    """All messages, modals and Homes that RefBot sent, as they went over the wire."""
    calls = [e for e in story.sandbox.traffic() if e["direction"] == "bot→slack"]
    return [e["payload"] for e in calls]


def is_harmless(story: Story) -> None:
    said = everything_said(story)
    assert said
    for payload in said:
        found = FORBIDDEN.search(_as_text(payload))
        assert found is None, (found, payload)
    for channel in ("C0PROGRAM", "D0RILEY", "D0SAM", "D0CASEY"):
        for message in story.sandbox.messages(channel):
            if message["user"] == seed.BOT_USER_ID:
                shown = {"text": message["text"], "blocks": message.get("blocks")}
                assert problems("message", shown) == []


def _as_text(payload: object) -> str:
    """All that Slack reads for marks: plain_text objects it shows as they are."""
    if isinstance(payload, dict):
        if payload.get("type") == "plain_text":
            return re.sub(r"[<|:]", "", payload["text"])
        return " ".join(
            _as_text(v) for k, v in payload.items() if k not in {"initial_value", "value"}
        )
    if isinstance(payload, list):
        return " ".join(map(_as_text, payload))
    return payload if isinstance(payload, str) else ""


def test_every_field_takes_any_text_and_every_message_stays_harmless(story: Story) -> None:
    found = story.riley.types("/reference healthcare product-A director", channel=SALES)
    story.riley.clicks("Request", in_=found)
    story.riley.fills({"opportunity": NASTY[:100], "prospect": NASTY[:290], "amount": "7"})
    for field in ("topics", "attendees", "note"):
        story.riley.fills({field: LONG})
    story.riley.fills({"Stage": NASTY[:50]})
    assert story.riley.submits().ok
    story.settled()

    story.casey.clicks("Ask the rep", in_=card(story))
    story.casey.fills({"question": LONG})
    assert story.casey.submits().ok
    story.riley.clicks("Answer", in_=story.newest(story.riley, "asks about your request"))
    story.riley.fills({"answer": LONG})
    assert story.riley.submits().ok
    story.casey.clicks("Decline", in_=card(story))
    story.casey.fills({"reason": LONG[:1000]})
    assert story.casey.submits().ok
    story.settled()
    story.casey.clicks("Choose another", in_=card(story))
    story.casey.fills({"anybody": "Oliver", "reason": LONG[:1000]})
    assert story.casey.submits().ok
    story.settled()
    story.casey.clicks("Approve", in_=card(story))
    story.noor.clicks("Not now", in_=story.newest(story.noor, "May "))
    story.noor.fills({"reason": LONG[:1000]})
    assert story.noor.submits().ok
    story.settled()
    assert story.statuses() == ["declined", "declined", "declined", "proposed"]
    is_harmless(story)
    assert "שלום 😀" in str(card(story)["blocks"])
    assert "&lt;!channel&gt;" in str(card(story)["blocks"])
    story.riley.types("/reference mine", channel=SALES)
    story.riley.home()
    story.casey.home()
    is_harmless(story)


@one_engine
def test_reports_mails_and_what_is_known_of_a_reference_stay_harmless_too(story: Story) -> None:
    sets_policy(story, ask_account_owner="no")
    for column in ("use_case", "speaks_to", "avoid", "notes"):
        sets_reference(story, "Dana Finch", **{column: LONG})
    sets_reference(story, "Dana Finch", title=NASTY[:150], phone="<tel:1>", results=[LONG] * 8)
    sets_reference(story, "Dana Finch", name="Dana <!channel>\u202e Finch")
    story.requests(prospect=NASTY[:290], topics=LONG, attendees=LONG, note=LONG)
    story.casey.clicks("Who is it?", in_=card(story))
    assert "Dana" in str(story.casey.modal["blocks"])
    story.casey.clicks("Approve", in_=card(story))
    story.skip(seconds=15)

    story.riley.clicks("Let RefBot send the draft", in_=story.newest(story.riley, "dana@"))
    story.settled()
    story.riley.clicks("How did it go?", in_=story.newest(story.riley, "How did it go?"))
    story.riley.fills({"expected_grade": "3", "actual_grade": "3", "report": LONG})
    assert story.riley.submits().ok
    story.settled()
    story.riley.clicks(
        "Let RefBot send the thank-you", in_=story.newest(story.riley, "say thank you")
    )
    story.settled()
    is_harmless(story)
    assert story.statuses() == ["thanked"]

    assert len(story.sandbox.mails()) == 2
    for mail in story.sandbox.mails():
        assert mail.to == "dana@northwind.example.com"
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x07\x1b]", mail.subject + mail.text)
        assert "\n" not in mail.subject
        assert mail.attachments == ()
        assert "{{ 7*7 }}" in mail.text
    assert len(story.riley.sees(BOT)) < 10
    assert len(story.casey.sees(PROGRAM)) == 1
