"""Yes and no to a proposal: the champion's, the account owner's, and who was first."""

import threading
from collections.abc import Callable
from typing import Any

from refbot.lifecycle import ReferenceStatus
from refbot.storage.colleagues import Part
from refbot.storage.references import Issue, Reference, Severity
from tests.handlers.looking import (
    answer_alone,
    card,
    cards,
    chooses,
    declines,
    engagement,
    labels,
    one_engine,
    references,
    sets_colleague,
    sets_policy,
    sets_reference,
    thread,
)
from tests.story import BOT, Story


def at_once(*acts: Callable[[], object]) -> None:
    """Let several people act in the same instant."""
    start = threading.Barrier(len(acts))

    def act(do: Callable[[], object]) -> None:
        start.wait(5)
        do()

    threads = [threading.Thread(target=act, args=(do,)) for do in acts]
    for thread_ in threads:
        thread_.start()
    for thread_ in threads:
        thread_.join(20)


def test_a_decided_step_is_over_for_everybody_and_old_cards_say_so(story: Story) -> None:
    story.requests()
    old = card(story)
    assert story.casey.clicks("Approve", in_=old).ok
    assert "Approve" not in labels(card(story))
    assert "<@U0CASEY>" in str(card(story)["blocks"])
    for person in (story.casey, story.devon):
        told = answer_alone(story, person, lambda p=person: p.clicks("Approve", in_=old))
        assert "Already decided by Casey Morgan" in told

    ask = story.newest(story.sam, "May ")
    assert story.sam.clicks("Yes", in_=ask).ok
    told = answer_alone(story, story.sam, lambda: story.sam.clicks("Yes", in_=ask))
    assert "Already decided by Sam Ortiz" in told
    assert "Yes" not in labels(story.newest(story.sam, "May "))
    assert "said <@U0SAM>" in str(story.newest(story.sam, "May "))
    assert len([line for line in thread(story) if "approved" in line]) == 1
    story.skip(seconds=15)

    story.riley.clicks("Withdraw", in_=story.newest(story.riley, "Withdraw"))
    story.settled()
    told = answer_alone(story, story.casey, lambda: story.casey.clicks("Approve", in_=old))
    assert "Already decided by Riley Park" in told
    told = answer_alone(
        story, story.casey, lambda: story.casey.clicks("Withdraw the request", in_=old)
    )
    assert "withdrawn already" in told
    assert story.statuses() == ["cancelled"]


def test_two_champions_at_once_have_one_effect(story: Story) -> None:
    sets_policy(story, ask_account_owner="no")
    story.requests(how_many="2")
    shown = card(story)
    told_before = len(story.casey.sees(BOT))
    at_once(
        lambda: story.casey.clicks("Approve", in_=shown),
        lambda: story.devon.clicks("Approve", in_=shown),
        lambda: story.casey.clicks("Approve", in_=shown, nth=1),
        lambda: story.devon.clicks("Approve", in_=shown, nth=1),
    )
    assert story.sandbox.until(lambda: _refusals(story) == 2)
    assert story.statuses() == ["approved", "approved"]
    assert len([line for line in thread(story) if "approved" in line]) == 2
    assert len(story.casey.sees(BOT)) == told_before
    assert len(cards(story)) == 1


def _refusals(story: Story) -> int:
    posts = [e["payload"]["text"] for e in story.sandbox.traffic() if e["what"] == "response_url"]
    return len([text for text in posts if "Already decided by" in text])


def test_one_says_yes_while_the_other_says_no(story: Story) -> None:
    sets_policy(story, ask_account_owner="no")
    story.requests()
    shown = card(story)
    story.devon.clicks("Decline", in_=shown)
    story.devon.fills({"reason": "no"})
    at_once(lambda: story.casey.clicks("Approve", in_=shown), story.devon.submits)
    story.settled()
    first, *later = story.statuses()
    if first == "approved":
        assert later == []
        assert "Already decided by Casey" in str(story.devon.modal["blocks"])
    else:
        assert [first, *later] == ["declined", "proposed"]


def test_a_no_with_its_reason_brings_the_next_candidate_until_there_is_none(story: Story) -> None:
    story.requests()
    assert references(story) == ["Dana Finch"]
    declines(story)
    assert references(story) == ["Dana Finch", "Priya Nandakumar"]
    assert any("busy with a migration" in line for line in thread(story))
    assert "busy with a migration" in story.newest(story.riley, "busy")["text"]
    declines(story)
    declines(story)
    assert references(story)[-1] == "Jonas Brandt"
    assert story.statuses() == ["declined"] * 3
    assert "Nobody is proposed" in str(card(story)["blocks"])
    assert "Sonnfeld" not in str(story.casey.sees("#reference-program"))

    story.casey.clicks("Choose a reference", in_=card(story))
    story.casey.fills({"anybody": "Greta"})
    assert story.casey.submits().ok
    assert references(story)[-1] == "Greta Lindqvist"
    assert story.statuses()[-1] == "proposed"


def test_the_champion_chooses_another_and_gives_a_reason_for_one_held_back(story: Story) -> None:
    story.requests()
    assert chooses(story, "IT Director · Calloway Clinics").ok
    assert story.statuses() == ["declined", "proposed"]
    assert references(story)[-1] == "Priya Nandakumar"

    sent = chooses(story, "Director of Nursing · Calloway Clinics")
    assert "held back: rests until" in sent.errors["reason"]
    assert story.statuses() == ["declined", "proposed"]
    story.casey.closes_modal()

    held_back = chooses(story, "Director of Nursing · Calloway Clinics", reason="the CEO asked")
    assert held_back.ok
    assert references(story)[-1] == "Oliver Stone-Hart"
    assert any(
        "although: rests until" in line and "the CEO asked" in line for line in thread(story)
    )
    assert engagement(story).override_reason == "the CEO asked"
    story.casey.clicks("Approve", in_=card(story))
    assert story.statuses() == ["declined", "declined", "owner_check"]

    assert chooses(story, "Dana", field="anybody", reason="back again").ok
    assert "proposed for this request before" in str(story.casey.modal["blocks"])
    story.casey.closes_modal()
    chooses(story, "Dana", field="anybody")
    assert story.statuses() == ["declined", "declined", "owner_check"]


@one_engine
def test_what_nobody_can_override_is_checked_at_the_approval(story: Story) -> None:
    story.requests()
    as_it_was: dict[str, Any] = {
        "status": ReferenceStatus.ACTIVE, "months_out": [], "most_per_quarter": None,
    }  # fmt: skip
    for changed, why in (
        ({"status": ReferenceStatus.OPTED_OUT}, "opted out"),
        ({"status": ReferenceStatus.PAUSED}, "is paused"),
        ({"months_out": [2]}, "not to be asked in February"),
        ({"most_per_quarter": 0}, "own limit"),
    ):
        sets_reference(story, "Dana Finch", **as_it_was | changed)
        shown = card(story)
        told = answer_alone(
            story, story.casey, lambda c=shown: story.casey.clicks("Approve", in_=c)
        )
        assert why in told
        assert "Finch" not in told
        assert story.statuses() == ["proposed"]


def _tries_to_approve(story: Story) -> str:
    shown = card(story)
    return answer_alone(story, story.casey, lambda: story.casey.clicks("Approve", in_=shown))


@one_engine
def test_what_came_up_since_the_proposal_holds_the_approval_back(story: Story) -> None:
    story.requests()
    with story.bot.world.database.write() as session:
        dana = session.get_one(Reference, 1)
        session.add(
            Issue(
                account_id=dana.account_id, reference_id=dana.id, severity=Severity.BLOCKING,
                text="data loss", opened_on=story.now().date(),
            )
        )  # fmt: skip
    told = answer_alone(story, story.casey, lambda: story.casey.clicks("Approve", in_=card(story)))
    assert "blocking issue" in told
    assert "Choose another" in told
    assert story.statuses() == ["proposed"]


@one_engine
def test_the_champion_asks_the_rep_and_the_answer_stands_in_the_thread(story: Story) -> None:
    story.requests()
    story.casey.clicks("Ask the rep", in_=card(story))
    story.casey.fills({"question": "Who takes part?"})
    assert story.casey.submits().ok
    asked = story.newest(story.riley, "Who takes part?")
    story.riley.clicks("Answer", in_=asked)
    story.riley.fills({"answer": "Their CIO"})
    assert story.riley.submits().ok
    lines = thread(story)
    assert any("<@U0CASEY> asks: “Who takes part?”" in line for line in lines)
    assert any("<@U0RILEY> answers: “Their CIO”" in line for line in lines)
    assert "Their CIO" in story.newest(story.casey, "CIO")["text"]
    assert "Answer" not in labels(story.newest(story.riley, "Who takes part?"))

    story.riley.clicks("Answer", in_=asked)
    story.riley.fills({"answer": "Again"})
    assert list(story.riley.submits().errors) == ["answer"]


def test_an_approval_can_be_undone_until_the_contact_is_shown(story: Story) -> None:
    sets_policy(story, ask_account_owner="no")
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    assert story.statuses() == ["approved"]
    assert "dana@" not in str(story.riley.sees(BOT))
    story.casey.clicks("Undo the approval", in_=card(story))
    assert story.statuses() == ["proposed"]
    story.skip(seconds=30)
    assert "dana@" not in str(story.riley.sees(BOT))

    story.casey.clicks("Approve", in_=card(story))
    old = card(story)
    story.skip(seconds=15)
    assert "dana@" in str(story.riley.sees(BOT))
    assert "dana@" not in str(story.casey.sees("#reference-program"))
    told = answer_alone(
        story, story.casey, lambda: story.casey.clicks("Undo the approval", in_=old)
    )
    assert "has seen the contact already" in told
    assert "Undo the approval" not in labels(card(story))
    assert story.statuses() == ["approved"]


def test_caps_hold_when_two_champions_approve_two_requests_at_once(story: Story) -> None:
    sets_policy(story, ask_account_owner="no", person_per_quarter="1")
    sets_colleague(story, story.devon, part=Part.CHAMPION)
    story.requests("northwind health director")
    story.requests("northwind health director")
    assert references(story) == ["Dana Finch", "Dana Finch"]
    first, second = cards(story)
    at_once(
        lambda: story.casey.clicks("Approve", in_=first),
        lambda: story.devon.clicks("Approve", in_=second),
    )
    assert story.sandbox.until(lambda: "held back: 1 of 1" in str(story.sandbox.traffic()))
    assert sorted(story.statuses()) == ["approved", "proposed"]


@one_engine
def test_an_account_has_its_cap_over_all_its_people(story: Story) -> None:
    sets_policy(story, ask_account_owner="no", account_per_quarter="1")
    sets_reference(story, "Oliver Stone-Hart", last_used=None)
    story.requests("calloway clinics it director")
    story.requests("calloway clinics nursing director")
    assert references(story) == ["Priya Nandakumar", "Oliver Stone-Hart"]
    first, second = cards(story)
    assert story.casey.clicks("Approve", in_=first).ok
    told = answer_alone(story, story.casey, lambda: story.casey.clicks("Approve", in_=second))
    assert "the account has had 1 of 1" in told
    assert story.statuses() == ["approved", "proposed"]
