"""Reminders: when each chain comes, to whom, in whose working hours, and when it stops."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from refbot.delivery.render import render
from refbot.lifecycle import EngagementStatus, RequestStatus
from refbot.storage.colleagues import Colleague, Part, Standing
from refbot.storage.nudges import Nudge, NudgeKind, NudgeStatus
from refbot.workflow import approvals, engagements, requests
from refbot.workflow.engagements import Course, Debrief
from tests.storage.together import together
from tests.workflow.office import MONDAY, Office


def is_approved(office: Office) -> int:
    """Casey and Sam say yes."""
    office.asks()
    with office.acts("casey") as act:
        approvals.approve(act, 1)
    with office.acts("sam") as act:
        approvals.owner_yes(act, 1)
    return 1


def is_introduced(office: Office) -> int:
    is_approved(office)
    with office.acts("riley") as act:
        engagements.introduce(act, 1)
    return 1


def is_held(office: Office) -> int:
    is_introduced(office)
    with office.acts("riley") as act:
        engagements.report(act, 1, Debrief(course=Course.HELD))
    return 1


def changes(office: Office, name: str, **values: object) -> None:
    with office.world.database.write() as session:
        session.execute(update(Colleague).where(Colleague.name == name).values(**values))


def test_decide_comes_after_four_working_hours_then_a_day_then_to_the_deputy(
    office: Office,
) -> None:
    office.asks()  # 15:00 in Berlin
    assert office.runs_out(NudgeKind.DECIDE) == [
        ("casey", "Tue 02 10:00", False),
        ("casey", "Wed 03 10:00", False),
        ("devon", "Thu 04 09:00", True),
    ]
    assert office.nudges(NudgeStatus.WAITING) == []
    assert office.engagement().status is EngagementStatus.PROPOSED


def test_without_a_deputy_the_next_champion_is_told_and_without_one_the_same(
    office: Office,
) -> None:
    changes(office, "devon", part=Part.MEMBER)
    changes(office, "lee", part=Part.CHAMPION)
    office.asks()
    assert [who for who, _, _ in office.runs_out(NudgeKind.DECIDE)] == ["casey", "casey", "lee"]


def test_the_owner_is_asked_twice_then_the_champion_may_answer(office: Office) -> None:
    office.asks()
    with office.acts("casey") as act:
        approvals.approve(act, 1)
    assert office.runs_out(NudgeKind.OWNER_CHECK) == [
        ("sam", "Tue 02 09:00", False),
        ("sam", "Thu 04 09:00", False),
        ("casey", "Mon 08 16:00", True),
    ]
    with office.acts("casey") as act:
        approvals.owner_yes(act, 1)
    assert office.engagement().status is EngagementStatus.APPROVED


def test_the_rep_is_reminded_three_times_to_introduce_then_the_champion_told(
    office: Office,
) -> None:
    is_approved(office)
    assert office.runs_out(NudgeKind.INTRODUCE) == [
        ("riley", "Tue 02 09:00", False),
        ("riley", "Thu 04 09:00", False),
        ("riley", "Mon 08 09:00", False),
        ("casey", "Wed 10 15:00", True),
    ]


def test_the_debrief_comes_a_working_day_after_the_call(office: Office) -> None:
    is_introduced(office)
    office.passes(minutes=5)
    with office.acts("riley") as act:
        engagements.schedule(act, 1, datetime(2027, 2, 5, 16, tzinfo=UTC))  # Friday 11:00
    assert office.runs_out(NudgeKind.DEBRIEF) == [
        ("riley", "Mon 08 11:00", False),
        ("riley", "Thu 11 11:00", False),
        ("casey", "Tue 16 17:00", True),
    ]


def test_a_call_without_a_date_is_asked_about_after_a_week(office: Office) -> None:
    is_introduced(office)
    told = office.runs_out(NudgeKind.DEBRIEF)
    assert told[0] == ("riley", "Tue 09 09:00", False)
    assert len(told) == 3


def test_a_new_date_moves_the_debrief(office: Office) -> None:
    is_introduced(office)
    for day in (3, 10):
        office.passes(hours=1)
        with office.acts("riley") as act:
            engagements.schedule(act, 1, datetime(2027, 2, day, 16, tzinfo=UTC))
    assert [nudge.due_at.day for nudge in office.nudges(NudgeStatus.WAITING)] == [11]


def test_thanks_are_asked_for_after_24_hours_then_72_then_the_champion_is_told(
    office: Office,
) -> None:
    is_held(office)
    assert office.runs_out(NudgeKind.THANK_YOU) == [
        ("riley", "Tue 02 09:00", False),
        ("riley", "Fri 05 09:00", False),
        ("casey", "Mon 08 15:00", True),
    ]


def test_what_is_done_ends_its_reminders(office: Office) -> None:
    office.asks()
    seen = []
    for who, act_on in (
        ("casey", approvals.approve),
        ("sam", approvals.owner_yes),
        ("riley", engagements.introduce),
    ):
        seen += [nudge.kind for nudge in office.nudges(NudgeStatus.WAITING)]
        with office.acts(who) as act:
            act_on(act, 1)
    with office.acts("riley") as act:
        engagements.report(act, 1, Debrief(course=Course.HELD))
    seen += [nudge.kind for nudge in office.nudges(NudgeStatus.WAITING)]
    assert seen == [
        NudgeKind.DECIDE, NudgeKind.OWNER_CHECK, NudgeKind.INTRODUCE, NudgeKind.THANK_YOU,
    ]  # fmt: skip
    with office.acts("riley") as act:
        engagements.thank(act, 1)
    assert office.next_due() is None
    assert office.bundles() == []
    assert {nudge.status for nudge in office.nudges()} == {NudgeStatus.STOPPED}


def test_a_request_without_a_proposal_waits_on_the_champion_until_one_is_chosen(
    office: Office,
) -> None:
    office.asks(criteria={"country": ["BR"], "industry": ["mining"]}, asks_champion=True)
    (waiting,) = office.nudges(NudgeStatus.WAITING)
    assert (waiting.kind, waiting.engagement_id) == (NudgeKind.DECIDE, None)
    with office.acts("casey") as act:
        requests.give_up(act, 1)
    assert office.next_due() is None


def test_a_withdrawn_request_reminds_nobody(office: Office) -> None:
    office.asks()
    with office.acts("riley") as act:
        requests.withdraw(act, 1)
    assert office.next_due() is None
    assert office.ticks(MONDAY + timedelta(days=30)) == 0


def test_a_due_reminder_waits_for_the_end_of_a_quiet_hour(office: Office) -> None:
    office.asks()
    saturday = datetime(2027, 2, 6, 12, tzinfo=UTC)
    assert office.ticks(saturday) == 0
    (moved,) = office.nudges(NudgeStatus.WAITING)
    assert moved.wall_time == "2027-02-08 09:00"
    assert office.ticks(saturday) == 0
    assert office.ticks(moved.due_at) == 1


def test_after_a_long_silence_a_chain_speaks_once_and_goes_on_from_now(office: Office) -> None:
    office.asks()
    late = datetime(2027, 2, 22, 10, tzinfo=UTC)
    assert office.ticks(late) == 1
    assert office.ticks(late) == 0
    assert len(office.bundles()) == 1
    (waiting,) = office.nudges(NudgeStatus.WAITING)
    assert (waiting.step, waiting.wall_time) == (2, "2027-02-23 11:00")


def test_what_is_due_to_one_person_within_minutes_is_one_message(office: Office) -> None:
    office.asks()
    office.now += timedelta(minutes=9)
    office.asks()
    office.now += timedelta(minutes=11)
    office.asks()
    due = office.next_due()
    assert due is not None
    assert office.ticks(due) == 2
    assert len(office.bundles()) == 1
    assert office.ticks(due + timedelta(minutes=20)) == 1


def test_what_is_due_to_one_person_together_is_one_message(office: Office) -> None:
    office.asks()
    office.asks()
    due = office.next_due()
    assert due is not None
    assert office.ticks(due) == 2
    (bundle,) = office.bundles()
    assert bundle.lane == "colleague:2"
    program = office.world.program
    with office.world.database.read() as session:
        message = render(session, bundle, program)
    assert message is not None
    assert message.text.startswith("2 things wait on you")
    assert "Request 1:" in str(message.blocks)
    assert "Request 2:" in str(message.blocks)

    with office.acts("casey") as act:  # between the tick and the sending
        approvals.approve(act, 1)
    with office.world.database.read() as session:
        message = render(session, bundle, program)
        assert message is not None
        assert "Request 1:" not in str(message.blocks)
    with office.acts("casey") as act:
        approvals.approve(act, 2)
    with office.world.database.read() as session:
        assert render(session, bundle, program) is None


def test_several_clocks_that_strike_at_once_remind_once(office: Office) -> None:
    for _ in range(3):
        office.asks()
    due = office.next_due()
    assert due is not None
    office.now = due
    office.world.pool.matcher(due)
    sent = together(4, lambda _: office.ticks())
    assert sum(sent) == 3
    listed = [number for bundle in office.bundles() for number in bundle.ids["nudge_ids"]]
    assert sorted(listed) == [1, 2, 3]
    assert len(office.nudges(NudgeStatus.WAITING)) == 3


def test_the_recipients_own_holidays_are_kept(office: Office) -> None:
    changes(office, "casey", country="JP")  # 11 and 23 February are free there
    office.now = datetime(2027, 2, 10, 15, tzinfo=UTC)  # Wednesday 16:00 in Berlin
    office.asks()
    assert office.runs_out(NudgeKind.DECIDE)[0] == ("casey", "Fri 12 11:00", False)


@pytest.mark.parametrize(
    ("start", "told"),
    [
        # the clock goes forward on Sunday 28 March, after two days of Easter at its sides
        (datetime(2027, 3, 25, 15, tzinfo=UTC), "Tue 30 11:00"),
        # and back on Sunday 31 October
        (datetime(2027, 10, 29, 14, tzinfo=UTC), "Mon 01 11:00"),
    ],
)
def test_a_changed_clock_moves_no_reminder_on_the_wall(
    office: Office, start: datetime, told: str
) -> None:
    office.now = start  # 16:00 in Berlin
    office.asks()
    assert office.runs_out(NudgeKind.DECIDE)[0] == ("casey", told, False)


def test_a_rep_who_left_is_replaced_by_the_champion(office: Office) -> None:
    is_approved(office)
    changes(office, "riley", standing=Standing.DEACTIVATED)
    office.ticks(office.next_due())
    told = office.runs_out(NudgeKind.INTRODUCE)
    assert {who for who, _, _ in told} == {"casey"}


def test_needed_by_ends_what_nobody_agreed_to_and_its_reminders(office: Office) -> None:
    day = office.world.pool.today(office.now)
    office.asks(needed_by=day)
    assert office.request().status is RequestStatus.OPEN
    office.ticks(MONDAY + timedelta(days=1))
    assert office.request().status is RequestStatus.UNFILLED
    assert office.engagement().status is EngagementStatus.CANCELLED
    assert office.next_due() is None


def test_a_reminder_knows_the_wall_time_and_zone_it_was_reckoned_in(office: Office) -> None:
    is_approved(office)
    (waiting,) = office.nudges(NudgeStatus.WAITING)
    assert (waiting.zone, waiting.wall_time) == ("America/New_York", "2027-02-02 09:00")
    assert isinstance(waiting, Nudge)
    assert waiting.due_at == datetime(2027, 2, 2, 14, tzinfo=UTC)
