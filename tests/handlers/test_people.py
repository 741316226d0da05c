"""Who may use RefBot, and who may do what: SPEC §1, checked again on every click."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from refbot.sandbox.acts import pressing
from refbot.sandbox.acts.reply import Reply
from refbot.sandbox.person import Person
from refbot.storage.colleagues import Colleague, Part, Standing
from tests.handlers.looking import (
    answer_alone,
    counts,
    labels,
    one_engine,
    sets_colleague,
    unchanged,
)
from tests.story import BOT, SALES, Story

ONLY_LEADS = "Only the program champion or a deputy may do this"
LINE = "/reference healthcare product-A director"


def presses(person: Person, action: str, value: object, *, in_: dict[str, object]) -> Reply:
    """Press a button that this person was never shown, as an old copy of a card would have it."""
    told = {"type": "button", "action_id": action, "value": str(value)}
    container = {"type": "message", "channel": in_["channel"], "ts": in_["ts"]}
    return pressing.press(person._workspace, person.id, container, told)  # noqa: SLF001 - as Slack


def turns(story: Story, person: Person, **changes: bool) -> None:
    """Change somebody's profile in Slack, and wait until RefBot has heard of it."""

    def standing(session: Session) -> Standing:
        return session.scalars(
            select(Colleague.standing).where(Colleague.slack_id == person.id)
        ).one()

    with story.reading() as session:
        before = standing(session)
    story.sandbox.changes_user(person.id, **changes)
    story.wait_for(lambda session: standing(session) is not before)


@one_engine
def test_guests_strangers_leavers_and_bots_are_refused_and_leave_no_trace(story: Story) -> None:
    pat = story.sandbox.person("stranger")

    def all_try() -> None:
        assert "Guests cannot use RefBot" in story.gina.types(LINE, channel=SALES).text
        assert "its own company only" in pat.types(LINE, channel="C0SHARED").text
        turns(story, story.rex, deleted=True)
        assert "deactivated" in story.rex.types(LINE, channel=SALES).text
        turns(story, story.sam, is_bot=True)
        assert "does not talk to bots" in story.sam.types(LINE, channel=SALES).text
        assert "Guests" in answer_alone(
            story, story.gina, lambda: story.gina.uses_shortcut("Request a reference")
        )

    unchanged(story, all_try)
    assert story.gina.modal["callback_id"] == "notice"
    assert "Guests cannot" in str(story.gina.home())
    assert "Request" not in str(story.gina.home())
    assert "Globex" not in str(pat.sees("C0SHARED"))


@one_engine
def test_somebody_whom_slack_does_not_know_is_asked_to_try_again(story: Story) -> None:
    lee = story.sandbox.person("lee")
    with story.bot.world.database.write() as session:
        session.execute(delete(Colleague).where(Colleague.slack_id == lee.id))
    story.sandbox.faults.set("drop_before", method="users.info", times=1)
    assert "try again in a minute" in lee.types(LINE, channel="#general").text
    assert "3 references fit" in lee.types(LINE, channel="#general").text


@one_engine
def test_a_member_made_a_guest_is_refused_at_the_next_click(story: Story) -> None:
    found = story.riley.types(LINE, channel=SALES)
    turns(story, story.riley, is_restricted=True)

    told = answer_alone(story, story.riley, lambda: story.riley.clicks("Request", in_=found))
    assert "Guests cannot use RefBot" in told
    assert "Guests cannot" in str(story.riley.home())

    turns(story, story.riley, is_restricted=False)
    assert story.riley.clicks("Request", in_=found).ok
    assert story.riley.modal["callback_id"] == "request_form"


@one_engine
def test_only_who_leads_decides_on_a_card(story: Story) -> None:
    story.requests()
    card = story.card()
    for person in (story.riley, story.rex):
        for label in ("Approve", "Choose another", "Close: nobody found"):
            told = answer_alone(story, person, lambda p=person, b=label: p.clicks(b, in_=card))
            assert ONLY_LEADS in told
    for label in ("Decline", "Who is it?"):
        told = answer_alone(story, story.rex, lambda b=label: story.rex.clicks(b, in_=card))
        assert "not yours to decide" in told
    told = answer_alone(story, story.riley, lambda: story.riley.clicks("Who is it?", in_=card))
    assert "when the reference is approved" in told
    told = answer_alone(
        story, story.rex, lambda: story.rex.clicks("Withdraw the request", in_=card)
    )
    assert "Only the person who asked or the program champion" in told
    assert story.statuses() == ["proposed"]
    assert "Dana" not in str(story.riley.sees(BOT))


@one_engine
def test_a_question_comes_from_who_leads_and_its_answer_from_who_asked(story: Story) -> None:
    story.requests()
    card = story.card()
    story.rex.clicks("Ask the requester", in_=card)
    story.rex.fills({"question": "Why?"})
    assert ONLY_LEADS in answer_alone(story, story.rex, story.rex.submits)

    story.casey.clicks("Ask the requester", in_=card)
    story.casey.fills({"question": "Who takes part?"})
    assert story.casey.submits().ok
    asked = story.newest(story.riley, "Who takes part?")
    presses(story.sam, "answer", 1, in_=asked)
    story.sam.fills({"answer": "I do"})
    told = answer_alone(story, story.sam, story.sam.submits)
    assert "Only the person who asked may do this" in told


@one_engine
def test_the_owners_answer_and_the_later_steps_are_not_for_others(story: Story) -> None:
    story.requests()
    story.casey.clicks("Approve", in_=story.card())
    ask = story.newest(story.sam, "May ")
    for person in (story.riley, story.noor, story.casey):
        told = answer_alone(story, person, lambda p=person: p.clicks("Yes", in_=ask))
        assert "Only the account owner may do this" in told
    for label in ("Not now", "No"):
        told = answer_alone(story, story.noor, lambda b=label: story.noor.clicks(b, in_=ask))
        assert "not yours to decide" in told
    assert story.statuses() == ["owner_check"]

    story.sam.clicks("Yes", in_=ask)
    story.skip(seconds=15)
    brief = story.newest(story.riley, "dana@")
    for label in ("I have introduced them", "Let RefBot send the draft"):
        told = answer_alone(story, story.rex, lambda b=label: story.rex.clicks(b, in_=brief))
        assert "Only the person who asked" in told
    told = answer_alone(story, story.rex, lambda: story.rex.clicks("Call it off", in_=brief))
    assert "Only the person who asked or the program champion" in told
    assert story.statuses() == ["approved"]
    assert story.sandbox.mails() == []

    story.riley.clicks("I have introduced them", in_=brief)
    brief = story.newest(story.riley, "How did it go?")
    told = answer_alone(story, story.rex, lambda: story.rex.clicks("How did it go?", in_=brief))
    assert "not yours" in told
    for action in ("thanked", "mail_thanks", "undo"):
        told = answer_alone(story, story.rex, lambda a=action: presses(story.rex, a, 1, in_=brief))
        assert "Only" in told or "Already decided" in told or "seen the contact" in told
    assert story.statuses() == ["invited"]


@one_engine
def test_policy_and_people_are_refused_to_who_does_not_lead(story: Story) -> None:
    found = story.riley.types("/reference help", channel=SALES).message
    before = counts(story)
    told = answer_alone(
        story, story.riley, lambda: presses(story.riley, "edit_policy", "home", in_=found)
    )
    assert ONLY_LEADS in told
    assert "Change policy" in labels(story.devon.home())
    assert "Change people" not in labels(story.devon.home())
    told = answer_alone(
        story, story.riley, lambda: presses(story.riley, "edit_people", "home", in_=found)
    )
    assert "Only a program champion" in told
    assert counts(story) == before


@one_engine
def test_a_part_taken_away_while_a_form_is_open_counts_when_it_is_sent(story: Story) -> None:
    story.requests()
    story.devon.clicks("Decline", in_=story.card())
    story.devon.fills({"reason": "too late"})
    sets_colleague(story, story.devon, part=Part.MEMBER)
    assert "Only the program champion" in answer_alone(story, story.devon, story.devon.submits)
    assert story.statuses() == ["proposed"]

    story.devon.closes_modal()
    sets_colleague(story, story.devon, part=Part.DEPUTY)
    assert story.sandbox.until(lambda: "Change policy" in labels(story.devon.home()))
    story.devon.clicks("Change policy", in_=story.devon.home())
    story.devon.fills({"undo_seconds": "60"})
    sets_colleague(story, story.devon, part=Part.MEMBER)
    assert ONLY_LEADS in answer_alone(story, story.devon, story.devon.submits)
    assert counts(story)["setting"] == 0


@one_engine
def test_a_zone_that_we_do_not_know_keeps_the_one_from_before(story: Story) -> None:
    story.sandbox.changes_user("casey", tz="Mars/Olympus", is_restricted=True)
    story.wait_for(lambda s: s.get_one(Colleague, 1).standing is Standing.GUEST)
    turns(story, story.casey, is_restricted=False)
    with story.reading() as session:
        assert session.get_one(Colleague, 1).time_zone == "Europe/Berlin"
    story.requests()
    assert story.casey.clicks("Approve", in_=story.card()).ok
    assert story.statuses() == ["owner_check"]
