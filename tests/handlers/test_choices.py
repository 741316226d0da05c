"""What is kept of a champion's decisions: one choice each, with what was in play, ids only."""

from datetime import date

import pytest
from sqlalchemy import func, select

from refbot.storage.choices import Choice, ChoiceCandidate, ChoiceKind, ChoiceOutcome, ChoiceReason
from refbot.storage.engagements import Engagement
from tests.handlers.looking import (
    answer_alone,
    card,
    chooses,
    declines,
    one_engine,
    references,
    sets_policy,
    thread,
)
from tests.handlers.test_decisions import at_once
from tests.story import Story

DANA, PRIYA, JONAS, OLIVER, GRETA = range(1, 6)


def choices(story: Story) -> list[Choice]:
    with story.reading() as session:
        found = session.scalars(select(Choice).order_by(Choice.id)).all()
        for choice in found:
            assert choice.candidates
        return list(found)


def in_play(choice: Choice) -> set[int | None]:
    return {candidate.reference_id for candidate in choice.candidates}


def test_an_approval_is_kept_with_all_who_were_in_play(story: Story) -> None:
    story.requests()
    shown = card(story)
    assert story.casey.clicks("Approve", in_=shown).ok
    (kept,) = choices(story)
    assert (kept.kind, kept.reference_id, kept.activity) == (
        ChoiceKind.APPROVED, DANA, "sales_call",
    )  # fmt: skip
    assert kept.day == date(2027, 2, 1)
    assert (kept.reason, kept.instead_of_id, kept.held_back, kept.outcome) == (
        None, None, False, None,
    )  # fmt: skip
    assert in_play(kept) == {DANA, PRIYA, JONAS}
    assert kept.factors[:3] == ["industry", "product", "level"]
    assert kept.factors[-1] == "rotation"
    shares = {c.reference_id: dict(zip(kept.factors, c.shares, strict=True))
              for c in kept.candidates}  # fmt: skip
    assert all(0 <= share <= 1 for row in shares.values() for share in row.values())
    assert shares[DANA]["industry"] == 1
    assert shares[DANA]["strengths"] > shares[JONAS]["strengths"]

    for person in (story.casey, story.devon):
        told = answer_alone(story, person, lambda p=person: p.clicks("Approve", in_=shown))
        assert "Already decided" in told
    assert len(choices(story)) == 1


def test_choosing_another_is_kept_with_its_reason_as_a_code(story: Story) -> None:
    story.requests()
    assert chooses(
        story, "IT Director · Calloway Clinics", why_not="wrong role", reason="Dana's dog is ill"
    ).ok
    (kept,) = choices(story)
    assert (kept.kind, kept.reference_id, kept.instead_of_id, kept.reason) == (
        ChoiceKind.CHOSE_ANOTHER, PRIYA, DANA, ChoiceReason.WRONG_ROLE,
    )  # fmt: skip
    assert in_play(kept) == {DANA, PRIYA, JONAS}
    assert any("chose IT Director" in line and "(wrong role)" in line for line in thread(story))
    with story.reading() as session:
        rows = session.execute(select(Choice.__table__)).all()
        rows += session.execute(select(ChoiceCandidate.__table__)).all()
    assert "dog" not in str(rows)
    assert "Dana" not in str(rows)

    story.casey.clicks("Approve", in_=card(story))
    assert [(c.kind, c.reference_id) for c in choices(story)] == [
        (ChoiceKind.CHOSE_ANOTHER, PRIYA),
        (ChoiceKind.APPROVED, PRIYA),
    ]
    assert DANA in in_play(choices(story)[-1])


@one_engine
def test_a_quick_choice_needs_no_reason(story: Story) -> None:
    story.requests()
    assert chooses(story, "IT Director · Calloway Clinics").ok
    (kept,) = choices(story)
    assert kept.reason is None
    assert not any("(" in line for line in thread(story) if "chose" in line)


@one_engine
def test_one_who_was_held_back_and_one_whom_nobody_would_propose_are_in_play_when_chosen(
    story: Story,
) -> None:
    story.requests()
    assert chooses(story, "Director of Nursing · Calloway Clinics", reason="the CEO asked").ok
    assert chooses(story, "Greta", field="anybody").ok
    nursing, finance = choices(story)
    assert (nursing.reference_id, nursing.held_back) == (OLIVER, True)
    assert in_play(nursing) == {DANA, PRIYA, JONAS, OLIVER}
    assert (finance.reference_id, finance.instead_of_id, finance.held_back) == (
        GRETA, OLIVER, False,
    )  # fmt: skip
    assert in_play(finance) >= {DANA, OLIVER, GRETA}


@one_engine
def test_a_no_is_kept_and_its_typed_reason_is_not(story: Story) -> None:
    story.requests()
    story.casey.clicks("Decline", in_=card(story))
    story.casey.fills({"reason": "busy with a migration", "why_not": "asked too often"})
    assert story.casey.submits().ok
    (kept,) = choices(story)
    assert (kept.kind, kept.reference_id, kept.reason) == (
        ChoiceKind.DECLINED, DANA, ChoiceReason.ASKED_TOO_OFTEN,
    )  # fmt: skip
    assert in_play(kept) == {DANA, PRIYA, JONAS}
    line = next(line for line in thread(story) if "declined" in line)
    assert "(asked too often)" in line
    assert "busy with a migration" in line
    declines(story)
    assert [(c.reference_id, c.reason) for c in choices(story)][1:] == [(PRIYA, None)]


@one_engine
def test_those_that_the_request_has_beside_were_not_passed_over(story: Story) -> None:
    story.requests(how_many="2")
    assert references(story) == ["Dana Finch", "Priya Nandakumar"]
    assert story.casey.clicks("Approve", in_=card(story)).ok
    assert in_play(choices(story)[0]) == {DANA, JONAS}


def test_an_approval_that_is_taken_back_is_no_choice(story: Story) -> None:
    sets_policy(story, ask_account_owner="no")
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    assert len(choices(story)) == 1
    story.casey.clicks("Undo the approval", in_=card(story))
    assert choices(story) == []
    with story.reading() as session:
        assert session.scalar(select(func.count()).select_from(ChoiceCandidate)) == 0
    story.casey.clicks("Approve", in_=card(story))
    assert len(choices(story)) == 1


def test_two_champions_at_once_keep_one_choice(story: Story) -> None:
    story.requests()
    shown = card(story)
    at_once(
        lambda: story.casey.clicks("Approve", in_=shown),
        lambda: story.devon.clicks("Approve", in_=shown),
    )
    story.settled()
    assert len(choices(story)) == 1


@one_engine
def test_the_owners_word_is_an_outcome_and_no_choice(story: Story) -> None:
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    ask = story.newest(story.sam, "May ")
    story.sam.clicks("No", in_=ask)
    assert "In a word" not in str(story.sam.modal)
    story.sam.fills({"reason": "they are angry"})
    assert story.sam.submits().ok
    story.settled()
    (kept,) = choices(story)
    assert (kept.kind, kept.outcome) == (ChoiceKind.APPROVED, ChoiceOutcome.OWNER_DECLINED)


@one_engine
@pytest.mark.parametrize(
    ("told", "outcome"),
    [("They said: no, please", ChoiceOutcome.REFUSED), ("It took place", ChoiceOutcome.ACCEPTED)],
)
def test_what_the_reference_said_is_kept_as_the_outcome(
    story: Story, told: str, outcome: ChoiceOutcome
) -> None:
    sets_policy(story, ask_account_owner="no")
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    story.skip(seconds=15)
    for button in ("I have introduced them", "How did it go?"):
        assert story.riley.clicks(button, in_=story.newest(story.riley, button)).ok
    story.riley.fills({"course": told})
    assert story.riley.submits().ok
    story.settled()
    assert [c.outcome for c in choices(story) if c.reference_id == DANA] == [outcome]


@one_engine
def test_a_champions_own_request_is_approved_by_rule_and_no_choice(story: Story) -> None:
    found = story.casey.types("/reference healthcare director", channel="#sales")
    story.casey.clicks("Request", in_=found)
    story.casey.fills(
        {"opportunity": "Globex rollout (OPP-1)", "prospect": "Globex", "amount": "250000"}
    )
    assert story.casey.submits().ok
    story.settled()
    with story.reading() as session:
        assert session.scalar(select(func.count()).select_from(Engagement)) == 1
    assert story.statuses() != ["proposed"]
    assert choices(story) == []
