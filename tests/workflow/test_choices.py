"""A choice stands or falls with its decision, and is kept once."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from refbot.lifecycle import EngagementAction, Role
from refbot.storage.choices import Choice, ChoiceCandidate, ChoiceOutcome
from refbot.workflow import approvals, choices, proposals
from refbot.workflow.acts import Act, Repeated, acting
from refbot.workflow.choices import outcome_of
from tests.workflow.office import CRITERIA, Office


@pytest.fixture
def office(office: Office) -> Office:
    """Riley has asked, and Dana is proposed."""
    office.asks(criteria={"criteria": CRITERIA})
    return office


def counted(office: Office) -> tuple[int, int]:
    """Count choices and their candidates."""
    with office.world.database.read() as session:
        kept, candidates = (
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Choice, ChoiceCandidate)
        )
    return kept, candidates


def breaks_off(office: Office, what: Callable[[Act], object]) -> None:
    with office.acts("casey") as act:
        what(act)
        act.session.flush()
        raise ConnectionError


def test_an_act_that_breaks_off_keeps_no_choice(office: Office) -> None:
    seen = choices.in_play_at(office.world, 1)
    for what in (
        lambda act: approvals.approve(act, 1, seen),
        lambda act: approvals.decline(act, 1, "no", seen=seen),
        lambda act: proposals.choose(act, 1, 3, instead_of=1, reason=None, seen=seen),
    ):
        with pytest.raises(ConnectionError):
            breaks_off(office, what)
        assert counted(office) == (0, 0)
        assert office.engagement().status == "proposed"
    with office.acts("casey") as act:
        approvals.approve(act, 1, seen)
    assert counted(office) == (1, 3)


def test_the_same_delivery_twice_keeps_one_choice(office: Office) -> None:
    seen = choices.in_play_at(office.world, 1)
    for _ in range(2):
        try:
            with acting(office.world, by=2, key="trigger:1") as act:
                approvals.approve(act, 1, seen)
        except Repeated:
            continue
    assert counted(office)[0] == 1


def test_the_database_refuses_a_second_choice_of_the_kind(office: Office) -> None:
    seen = choices.in_play_at(office.world, 1)
    with office.acts("casey") as act:
        approvals.approve(act, 1, seen)
    with office.world.database.read() as session:
        columns = session.execute(select(Choice.__table__)).mappings().one()
        again = {name: value for name, value in columns.items() if name != "id"}
    with pytest.raises(IntegrityError, match="choice"), office.acts("casey") as act:
        act.session.execute(insert(Choice).values(again))


def test_a_yes_by_rule_keeps_nothing(office: Office) -> None:
    with office.acts("casey") as act:
        approvals.approve(act, 1)
    assert counted(office) == (0, 0)


@pytest.mark.parametrize(
    ("action", "role", "outcome"),
    [
        (EngagementAction.ACCEPT, Role.REFERENCE, ChoiceOutcome.ACCEPTED),
        (EngagementAction.REFUSE, Role.REFERENCE, ChoiceOutcome.REFUSED),
        (EngagementAction.EXPIRE, Role.REFBOT, ChoiceOutcome.NO_RESPONSE),
        (EngagementAction.DECLINE, Role.OWNER, ChoiceOutcome.OWNER_DECLINED),
        # The champion's own no is a decision, and what only moves on says nothing.
        (EngagementAction.DECLINE, Role.CHAMPION, None),
        (EngagementAction.INVITE, Role.REQUESTER, None),
        (EngagementAction.CANCEL, Role.REQUESTER, None),
    ],
)
def test_what_a_move_says_of_the_reference(
    action: EngagementAction, role: Role, outcome: ChoiceOutcome | None
) -> None:
    assert outcome_of(action, role) is outcome
