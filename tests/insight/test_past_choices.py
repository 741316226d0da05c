"""Which decisions teach something about weights, on decisions made through the workflow."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from refbot.insight.past_choices import LeftOut, PastChoices, past_choices
from refbot.matching.judging import PastChoice
from refbot.policy import Policy
from refbot.storage import Database, settings
from refbot.storage.choices import Choice, ChoiceReason
from refbot.workflow import approvals, choices, engagements, proposals
from refbot.workflow.engagements import Course, Debrief
from tests.handlers.looking import one_engine
from tests.workflow.office import CRITERIA, Office

DANA, PRIYA, JONAS, OLIVER, GRETA = range(1, 6)


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    database = Database.open(database_url)
    yield Office(database)
    database.close()


def asks(office: Office, **criteria: list[str]) -> None:
    office.asks(criteria={"criteria": criteria or CRITERIA})


def approves(office: Office, number: int) -> None:
    seen = choices.in_play_at(office.world, number)
    with office.acts("casey") as act:
        approvals.approve(act, number, seen)


def declines(office: Office, number: int, why_not: ChoiceReason | None = None) -> None:
    seen = choices.in_play_at(office.world, number)
    with office.acts("casey") as act:
        approvals.decline(act, number, "no", why_not=why_not, seen=seen)


def chooses(
    office: Office, wanted: int, instead_of: int, why_not: ChoiceReason | None = None,
    *, reason: str | None = None,
) -> None:  # fmt: skip
    seen = choices.in_play_for(office.world, 1, wanted)
    with office.acts("casey") as act:
        proposals.choose(
            act, 1, wanted, instead_of=instead_of, reason=reason, why_not=why_not, seen=seen
        )


def past(office: Office) -> PastChoices:
    return past_choices(office.world.database)


def only(office: Office) -> PastChoice:
    (choice,) = past(office).choices
    return choice


def in_play(choice: PastChoice) -> list[int | None]:
    """The chosen one first, then the others."""
    ids = [option.reference_id for option in choice.options]
    return [ids.pop(choice.chosen), *sorted(ids, key=str)]


def without_owners(office: Office) -> None:
    with office.world.database.write() as session:
        settings.keep_policy(session, Policy(ask_account_owner=False))


def test_a_yes_to_the_proposal_is_an_example_that_says_so(office: Office) -> None:
    asks(office)
    approves(office, 1)
    assert in_play(only(office)) == [DANA, PRIYA, JONAS]
    assert past(office).as_proposed == 1
    assert only(office).weight == 1


def test_a_choice_and_its_approval_are_one_example(office: Office) -> None:
    asks(office)
    chooses(office, JONAS, instead_of=1)
    assert in_play(only(office)) == [JONAS, DANA, PRIYA]
    approves(office, 2)
    assert in_play(only(office)) == [JONAS, DANA, PRIYA]
    assert past(office).as_proposed == 0


@one_engine
def test_who_was_declined_was_not_chosen(office: Office) -> None:
    asks(office)
    declines(office, 1)
    assert past(office).choices == ()
    assert past(office).left_out == {LeftOut.NOBODY_CHOSEN: 1}
    approves(office, 2)
    assert in_play(only(office)) == [PRIYA, DANA, JONAS]
    assert past(office).left_out == {}


@one_engine
def test_a_choice_that_the_champion_went_back_on_is_none(office: Office) -> None:
    asks(office)
    approves(office, 1)  # her account's owner is asked
    chooses(office, JONAS, instead_of=1)
    chooses(office, PRIYA, instead_of=2)
    assert in_play(only(office)) == [PRIYA, DANA, JONAS]
    declines(office, 3)
    assert past(office).choices == ()


@one_engine
def test_what_no_factor_knows_is_left_out(office: Office) -> None:
    asks(office)
    declines(office, 1, ChoiceReason.DELICATE)
    approves(office, 2)
    assert in_play(only(office)) == [PRIYA, JONAS]


@one_engine
def test_one_who_is_better_known_teaches_nothing(office: Office) -> None:
    asks(office)
    chooses(office, JONAS, 1, ChoiceReason.BETTER_KNOWN)
    approves(office, 2)
    assert past(office).choices == ()
    assert past(office).left_out == {LeftOut.BETTER_KNOWN: 1}


@one_engine
def test_an_override_teaches_nothing(office: Office) -> None:
    asks(office)
    chooses(office, OLIVER, 1, reason="the CEO asked")
    approves(office, 2)
    assert past(office).left_out == {LeftOut.HELD_BACK: 1}


@one_engine
def test_one_with_nobody_beside_teaches_nothing(office: Office) -> None:
    asks(office, industry=["banking"])
    approves(office, 1)
    assert past(office).left_out == {LeftOut.ALONE: 1}


@one_engine
def test_a_choice_that_came_to_nothing_counts_half(office: Office) -> None:
    without_owners(office)
    asks(office)
    approves(office, 1)
    with office.acts("riley") as act:
        engagements.introduce(act, 1)
        engagements.report(act, 1, Debrief(course=Course.REFUSED))
    assert only(office).weight == 0.5


def test_the_owners_no_is_not_the_champions(office: Office) -> None:
    asks(office)
    approves(office, 1)
    with office.acts("sam") as act:
        approvals.decline(act, 1, "angry")
    approves(office, 2)
    first, second = past(office).choices
    assert (in_play(first), first.weight) == ([DANA, PRIYA, JONAS], 0.5)
    assert (in_play(second), second.weight) == ([PRIYA, JONAS], 1)


@one_engine
def test_an_owner_who_decides_keeps_nothing(office: Office) -> None:
    asks(office)
    approves(office, 1)
    seen = choices.in_play_at(office.world, 1)
    with office.acts("sam") as act:
        approvals.decline(act, 1, "angry", why_not=ChoiceReason.OTHER, seen=seen)
    with office.world.database.read() as session:
        assert len(session.scalars(select(Choice)).all()) == 1


@one_engine
def test_the_days_before_do_not_count(office: Office) -> None:
    asks(office)
    approves(office, 1)
    day = office.now.date()
    database = office.world.database
    assert len(past_choices(database, since=day).choices) == 1
    assert past_choices(database, since=day + timedelta(days=1)).choices == ()


def test_many_decisions_are_read_page_by_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refbot.storage.choices.PAGE", 2)
    for _ in range(5):
        asks(office)
        declines(office, office.engagement().id)
    assert past(office).left_out == {LeftOut.NOBODY_CHOSEN: 5}
