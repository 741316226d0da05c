"""`/reference` and the talk with RefBot: help, one's own requests, hard text, redelivery."""

from sqlalchemy import select

from refbot.storage.requests import Request
from refbot.storage.searches import Search
from tests.handlers.looking import answer_alone, counts, labels, one_engine
from tests.story import BOT, SALES, Story

HARD = {
    "ten_kilobytes": "healthcare " + "director of very long words " * 380,
    "emoji": "healthcare 🏥 director 👩‍⚕️ 🚀",
    "right_to_left": "healthcare مدير المستشفى director בית חולים",
    "bidi_and_control": "health\u202ecare \u2066director\u2069 \x07\x00 product-A\ufeff",
    "mass_mention": "<!channel> @channel @here healthcare @casey #general director",
    "links": "https://evil.example/?a=1&b=2 <https://evil.example|our site> healthcare & <b>",
    "only_marks": "*_~`>&<|!@#",
    "one_letter": "x",
    "numbers": "9999999999999999999999 employees 5k+ 2+ years 1/0 -1",
}


@one_engine
def test_the_command_alone_opens_the_form_and_help_and_mine_say_what_they_should(
    story: Story,
) -> None:
    assert story.riley.types("/reference", channel=SALES).ok
    assert story.riley.modal["callback_id"] == "request_form"
    story.riley.closes_modal()

    page = story.riley.types("/reference help", channel=SALES)
    assert "mine" in str(page.blocks)
    assert "not X" in str(page.blocks)
    story.riley.clicks("Request a reference", in_=page)
    assert story.riley.modal["callback_id"] == "request_form"
    story.riley.closes_modal()

    assert (
        "not asked for a reference yet" in story.riley.types("/reference mine", channel=SALES).text
    )
    story.requests()
    mine = story.riley.types("/reference  MINE ", channel=SALES)
    assert "Request 1: Sales call for Globex" in str(mine.blocks)
    assert "waits for the champion" in str(mine.blocks)
    assert "Request 1" not in str(story.rex.types("/reference mine", channel=SALES).blocks)


@one_engine
def test_hard_text_is_answered_and_nothing_of_it_becomes_a_mention_or_a_link(story: Story) -> None:
    for name, text in HARD.items():
        found = story.riley.types(f"/reference {text}", channel=SALES)
        assert found.ok, (name, found)
        for mark in ("<!", "<@", "<#", "<http", "\u202e", "\u2066", "\x07"):
            assert mark not in str(found.blocks), (name, mark)
        assert story.riley.clicks("Refine", in_=found).ok
        assert story.riley.modal["callback_id"] == "request_form", name
        story.riley.closes_modal()
    with story.reading() as session:
        kept = session.scalars(select(Search.text)).all()
    assert len(kept) == len(HARD)
    assert max(map(len, kept)) <= 10_000


@one_engine
def test_what_was_not_understood_is_said_and_near_misses_tell_what_holds_them_back(
    story: Story,
) -> None:
    found = str(story.riley.types("/reference healthcare director zzgrblx", channel=SALES).blocks)
    assert "Not understood: “zzgrblx”" in found
    assert "Director of Nursing · Calloway Clinics" in found
    assert "rests until" in found
    assert "large German hospital group" in found
    for hidden in ("Sonnfeld", "Dana", "Oliver", "example.com"):
        assert hidden not in found


@one_engine
def test_a_line_that_nobody_fits_leads_to_the_champion(story: Story) -> None:
    found = story.riley.types("/reference mining brazil cfo", channel=SALES)
    assert labels(found.message) == ["Refine", "None fits: ask the champion"]
    story.riley.clicks("None fits: ask the champion", in_=found)
    story.riley.fills({"activity": "investor_call", "prospect": "Globex"})
    assert story.riley.submits().ok
    assert "Nobody is proposed" in str(story.card()["blocks"])
    assert story.statuses() == []


@one_engine
def test_a_line_written_to_refbot_is_answered_there(story: Story) -> None:
    story.riley.types("healthcare product-A director", channel=BOT)
    story.wait_for(lambda session: session.scalars(select(Search)).first() is not None)
    answer = story.newest(story.riley, "You are looking for")
    story.riley.clicks("Request", in_=answer)
    assert "Director of Pharmacy · Northwind Health" in str(story.riley.modal["blocks"])


@one_engine
def test_one_persons_search_is_not_anothers_to_request_from(story: Story) -> None:
    found = story.riley.types("/reference healthcare director", channel=BOT)
    before = counts(story)
    shown = dict(found.message)
    told = answer_alone(story, story.rex, lambda: _clicked_by_rex(story, shown))
    assert "type `/reference …` again" in told
    assert counts(story) == before


def _clicked_by_rex(story: Story, shown: dict[str, object]) -> object:
    story.riley.types("something to click beside", channel=SALES)
    beside = story.rex.sees(SALES)[-1]
    return story.rex.clicks(
        "Request", in_=shown | {"ts": beside["ts"], "channel": beside["channel"]}
    )


def test_an_act_that_slack_delivers_twice_has_one_effect(story: Story) -> None:
    story.sandbox.faults.set("duplicate_delivery")
    story.requests()
    story.casey.clicks("Approve", in_=story.card())
    story.riley.types("healthcare director", channel=BOT)
    story.newest(story.riley, "You are looking for")
    story.settled()
    with story.reading() as session:
        assert len(session.scalars(select(Request)).all()) == 1
        assert len(session.scalars(select(Search)).all()) == 2
    assert story.statuses() == ["owner_check"]
    answers = [m for m in story.riley.sees(BOT) if "You are looking for" in str(m)]
    assert len(answers) == 1
    assert "did not let me open" not in str(story.sandbox.traffic())


@one_engine
def test_words_of_later_commands_are_answered_as_a_line(story: Story) -> None:
    for word in ("nominate", "gaps", "review", "report"):
        assert story.riley.types(f"/reference {word}", channel=SALES).ok
